import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { addClient, viewerOfClient } from '#store/api-clients.ts'
import { assign, recuse } from '#store/assign.ts'
import { bulkLoad } from '#store/bulk-load.ts'
import { catalogue } from '#procedures/catalogue.ts'
import { coursesOf, walkCourse, walkOpened } from '#readings/synthetic-year.ts'
import { createServer } from '#server/server.ts'
import { defaultPolicy } from '#identity/account-policy.ts'
import { definitionHash } from '#readings/definition-json.ts'
import { definitionOn, systemNamed } from '#engine/system.ts'
import { foldCase, SYSTEM } from '#engine/apply-step.ts'
import { holdingsOn } from '#store/holdings.ts'
import { isPersonal } from '#engine/field.ts'
import { loadRegisters } from '#store/registers.ts'
import { openAccounts } from '#accounts/account-office.ts'
import { openStore } from '#store/store.ts'
import { place } from '#district/place.ts'
import { publishedCalendar } from '#district/calendar.ts'
import { readConcern } from '#store/read-concern.ts'
import { registers } from '#registers/registers.ts'
import { registerSurroundings } from '#store/load-year.ts'
import { seal } from '#store/ledger.ts'
import { seesCase } from '#identity/permission.ts'
import { VISITOR } from '#identity/viewer.ts'
import type { Case } from '#engine/case.ts'
import type { Concern } from '#identity/permission.ts'
import type { Definition } from '#engine/definition.ts'
import type { FastifyInstance } from 'fastify'
import type { Field, Fields } from '#engine/field.ts'
import type { Holding, Viewer } from '#identity/viewer.ts'
import type { Office } from '#store/take-step.ts'
import type { Story } from '#engine/year.ts'
import type { System } from '#engine/system.ts'
import type { YearOf } from '#readings/synthetic-year.ts'

const YEAR = 2020
/** After the year is over: what its cases still owe is late. */
export const NOW = '2021-01-04T09:00:00+08:00'
const TODAY = NOW.slice(0, 10)
const UNLIMITED = { person: 1e9, client: 1e9, address: 1e9, running: 1e9 }
/** So many cases of each procedure are looked at one by one. */
const LOOKED_AT = 4

/** An unmistakable value: where it turns up, this field of this case is shown. */
export interface Planted {
  readonly id: string
  readonly field: string
  readonly personal: boolean
  /** The name of a file: no search looks for it. */
  readonly isFile: boolean
}

export const MARKER = /zq[pi]\d{5}z/g

/** Who asks, and by which headers they are known. */
export interface Asker {
  readonly name: string
  readonly viewer: Viewer
  readonly headers: Readonly<Record<string, string>>
}

/**
 * An office in which every text of every field of every case is a marker, with cases of every story of every procedure, some assigned to who
 * asks, some to somebody else, some with who asks recused.
 */
export interface PlantedOffice {
  readonly office: Office
  /** Signed in or nobody; and the same store open to look at. */
  readonly app: FastifyInstance
  readonly demonstration: FastifyInstance
  readonly planted: ReadonlyMap<string, Planted>
  readonly cases: ReadonlyMap<string, Case>
  readonly concerns: ReadonlyMap<string, Concern>
  /** A few cases of each procedure, for what is asked of one case. */
  readonly looked: readonly string[]
  readonly askers: readonly Asker[]
  close(): Promise<void>
}

export async function plantedOffice(): Promise<PlantedOffice> {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'yifa-planted-'))
  fs.chmodSync(root, 0o755) // the database's user must reach it
  const store = await openStore({ folder: path.join(root, 'data'), region: '321302', as: 'own' })
  const office = { store, catalogue, calendar: publishedCalendar }
  await loadRegisters(store, registers, SYSTEM, '2019-01-02T09:00+08:00')

  const { plant, planted } = planter()
  const cases = new Map<string, Case>()
  const load = await bulkLoad({ store, catalogue, calendar: publishedCalendar }, (id) => id)
  for (const { theCase, system } of walked()) {
    const definition = definitionOn(system, theCase.openedOn)
    const number = load.number(definition.series, Number(theCase.openedOn.slice(0, 4)))
    const whole = plant({ ...theCase, number }, system)
    cases.set(whole.id, whole)
    load.add(definition, whole)
  }
  await load.finish()
  await seal(store, NOW)

  const looked = catalogue.flatMap(({ id }) => mostTold([...cases.values()].filter(({ procedure }) => procedure === id)))
  const askers = await askersOf(
    office,
    looked.map((id) => cases.get(id)!),
  )
  await giveOut(office, cases, looked, askers)
  const concerns = new Map<string, Concern>()
  for (const id of cases.keys()) concerns.set(id, await readConcern(store, id))

  const known = new Map(askers.map((asker) => [asker.headers['x-asker'], asker.viewer]))
  const now = (): string => NOW
  const accounts = openAccounts({
    store,
    origin: 'http://localhost',
    policy: defaultPolicy,
    providers: [],
    place: place.name,
    demonstration: false,
    now,
  })
  const options = {
    ...office,
    place,
    now,
    accounts,
    limits: UNLIMITED,
    identify: async (headers: Record<string, unknown>) => known.get(String(headers['x-asker'])),
  }
  const app = await createServer(options)
  const demonstration = await createServer({ ...options, demonstration: true })
  return {
    office,
    app,
    demonstration,
    planted,
    cases,
    concerns,
    looked,
    askers,
    async close() {
      await app.close()
      await demonstration.close()
      await store.close()
      fs.rmSync(root, { recursive: true, force: true })
    },
  }
}

/** One case of every story, and of the procedures whose cases others open: walked through the real definitions, as a synthetic year is. */
function walked(): { readonly theCase: Case; readonly system: System }[] {
  const around = { ...registerSurroundings(registers, publishedCalendar), digestOf: () => DIGEST }
  const of: YearOf = { year: YEAR, seed: 1, scale: 1, region: '321302', hashOf: definitionHash }
  const found = catalogue.flatMap((system) => {
    if (!system.year) return []
    const stories = system.year.stories.map((story) => ({ ...story, quota: story.companionOnly ? 0 : 1 }))
    const once = { ...system, year: { ...system.year, stories } }
    return coursesOf(once, of, around).flatMap((course) =>
      [...walkCourse(course, of, around, () => '')].map((theCase) => ({ theCase, system })),
    )
  })
  const orders = found.filter(({ theCase }) => theCase.procedure === 'hotline-12345' && theCase.fields['organ'] !== undefined)
  const open = (procedure: string, story: Story, number: number, given: Readonly<Record<string, unknown>>) => {
    const system = systemNamed(catalogue, procedure)
    const course = {
      system,
      story,
      seed: `${procedure}/${number}`,
      opensAt: Date.parse(`${YEAR}-09-01T09:00:00+08:00`) + number * 86_400_000,
    }
    return { theCase: walkOpened(course, given, [], of, around), system }
  }
  const [sourceStory] = systemNamed(catalogue, 'source-case').year!.stories
  const sources = orders.slice(0, 4).map(({ theCase: { id, fields } }, number) =>
    open('source-case', sourceStory!, number, {
      orders: [
        id,
        ...orders
          .filter(({ theCase: one }) => one.id !== id)
          .slice(0, 2)
          .map(({ theCase: one }) => one.id),
      ],
      callers: 3,
      topic: fields['topic'],
      topicName: fields['topicName'],
      place: { address: '虚构路 1 号', longitude: 118.2, latitude: 33.9 },
    }),
  )
  const supervised = found.filter(({ theCase }) => theCase.procedure !== 'hotline-12345').slice(0, 3)
  const supervisions = [...orders.slice(4, 7), ...supervised].map(({ theCase }, number) =>
    open('case-supervision', supervisionStories[number % supervisionStories.length]!, number, {
      supervisedCase: theCase.id,
      supervisedNumber: '1',
      supervisingOrgan: number % 2 === 0 ? 'gov-office' : 'justice',
      organ: theCase.fields['organ'] ?? 'housing',
    }),
  )
  const issues = orders
    .slice(0, 4)
    .map(({ theCase: { id, fields } }, number) =>
      open('document-issue', issueStories[number % issueStories.length]!, number, { issuedCase: id, draftingOrgan: fields['organ'] }),
    )
  return [...found, ...sources, ...supervisions, ...issues]
}

const opens = ['01-01', '12-31'] as const
const bySupervisor = { organFrom: 'supervisingOrgan' } as const
const open = {
  step: 'open',
  ...bySupervisor,
  input: {
    openedOn: { dayOfStep: 0 },
    supervisedCase: { field: 'supervisedCase' },
    supervisedNumber: { field: 'supervisedNumber' },
    finding: 'late',
    findingFacts: '（演示）超过办理期限。',
  },
} as const
const notify = {
  step: 'notify',
  ...bySupervisor,
  after: { workingDays: [1, 2] },
  input: { noticedOn: { dayOfStep: 0 }, organ: { field: 'organ' }, demand: '（演示）请整改。', dueOn: { dayOfStep: 10 } },
} as const
const rectify = {
  step: 'rectify',
  by: 'handler',
  organFrom: 'organ',
  after: { workingDays: [2, 4] },
  input: { rectifiedOn: { dayOfStep: 0 }, cause: 'workload', measures: '（演示）已整改。', proof: [{ file: '材料.pdf' }] },
} as const
/** No synthetic year has them: cases of supervision are opened on cases. */
const supervisionStories: readonly Story[] = [
  { id: 'rectified', quota: 0, opens, moves: [open, notify, rectify] },
  { id: 'noticed', quota: 0, opens, moves: [open, notify] },
  { id: 'opened', quota: 0, opens, moves: [open] },
]

const DIGEST = '0'.repeat(64)
const inTheOrgan = { organFrom: 'draftingOrgan' } as const
const submit = {
  step: 'submit',
  ...inTheOrgan,
  input: {
    submittedOn: { dayOfStep: 0 },
    issuedCase: { field: 'issuedCase' },
    caseNumber: '1',
    documentSeq: 1,
    documentId: 'order',
    documentName: '（演示）转办单',
    documentSha256: DIGEST,
    issuingOrgan: { field: 'draftingOrgan' },
    draftNote: '（演示）请审签。',
  },
} as const
const sentBack = {
  step: 'return',
  by: 'approver',
  ...inTheOrgan,
  after: { workingDays: [1, 2] },
  input: { returnedOn: { dayOfStep: 0 }, returnReason: '（演示）请补充依据。' },
} as const
/** Nor these: documents are submitted by whoever drafts them. */
const issueStories: readonly Story[] = [
  { id: 'returned', quota: 0, opens, moves: [submit, sentBack] },
  { id: 'submitted', quota: 0, opens, moves: [submit] },
]

/** Puts a marker in place of every text of a case, and folds it anew. */
function planter(): { plant: (theCase: Case, system: System) => Case; planted: ReadonlyMap<string, Planted> } {
  const planted = new Map<string, Planted>()

  function plant(theCase: Case, system: System): Case {
    const definition = definitionOn(system, theCase.openedOn)
    const steps = theCase.steps.map((taken) => {
      const fields: Fields = definition.steps[taken.step]?.input ?? {}
      const input = Object.entries(taken.input).map(([name, value]) => {
        const field = fields[name]
        // The procedure that a key is looked up by, such as the topic of an order, goes on as it was.
        if (field === undefined || name === 'topic') return [name, value]
        return [name, marked(field, value, { id: theCase.id, field: name, personal: isPersonal(field), isFile: false })]
      })
      return { ...taken, input: Object.fromEntries(input) as Record<string, unknown> }
    })
    const { region, id, number, openedUnder } = theCase
    return foldCase(system, { region, id, number, ...openedUnder }, steps)
  }

  function marked(field: Field, value: unknown, of: Planted): unknown {
    if (value === undefined || value === null) return value
    switch (field.kind) {
      case 'text':
      case 'longText':
      case 'person':
      case 'subject':
        return marker(of)
      case 'party':
        return { ...(value as object), ...parts(value as object, ['name', 'idNumber', 'phone', 'address'], of) }
      case 'place':
        return { ...(value as object), ...parts(value as object, ['address'], of) }
      case 'file':
        return { ...(value as object), name: marker({ ...of, isFile: true }) }
      case 'list':
        return (value as unknown[]).map((entry) =>
          isField(field.of!)
            ? marked(field.of, entry, of)
            : Object.fromEntries(
                Object.entries(entry as object).map(([name, part]) => {
                  const own = (field.of as Fields)[name]
                  return [name, own ? marked(own, part, of) : part]
                }),
              ),
        )
      default:
        return value
    }
  }

  function parts(value: object, names: readonly string[], of: Planted): Record<string, string> {
    return Object.fromEntries(names.filter((name) => Object.hasOwn(value, name)).map((name) => [name, marker(of)]))
  }

  function marker(of: Planted): string {
    const text = `zq${of.personal ? 'p' : 'i'}${String(planted.size).padStart(5, '0')}z`
    planted.set(text, of)
    return text
  }

  return { plant, planted }
}

function isField(of: Field | Fields): of is Field {
  return typeof (of as Field).kind === 'string'
}

/** The cases of a procedure with the most particulars, of as many organs as there are. */
function mostTold(cases: readonly Case[]): string[] {
  const told = cases.toSorted((a, b) => Object.keys(b.fields).length - Object.keys(a.fields).length)
  const organ = (theCase: Case): unknown => theCase.fields['organ']
  const first = told.filter((theCase, index) => told.findIndex((one) => organ(one) === organ(theCase)) === index)
  return [...new Set([...first, ...told])].slice(0, LOOKED_AT).map(({ id }) => id)
}

/**
 * Holders of every post of the posts' register: two in an organ of a case that is looked at, one elsewhere; then who stands in for them, the three
 * administrators, systems of the government that read and that act, and a visitor.
 */
async function askersOf({ store }: Office, looked: readonly Case[]): Promise<Asker[]> {
  const organs = new Set(looked.flatMap(({ fields, steps }) => [fields['organ'], ...steps.map(({ by }) => by.organ)]))
  const places = new Map<string, Viewer[]>()
  for (const [person, holdings] of await holdingsOn(store, TODAY)) {
    const own = holdings.map(({ post, procedures }) => `${post}@${procedures.join('+')}`).join(' and ')
    const place = `${own} ${organs.has(holdings[0]!.organ) ? 'within' : 'elsewhere'}`
    places.set(place, [...(places.get(place) ?? []), { person, holdings }])
  }
  const holders = [...places].flatMap(([place, viewers]) =>
    (place.endsWith('within') ? viewers.slice(0, 2) : viewers.slice(0, 1)).map((viewer): [string, Viewer] => [place, viewer]),
  )
  const handler = holders.find(([place]) => place.includes('handler@hotline') && place.endsWith('within'))![1]
  const handling = handler.holdings.find(({ post }) => post === 'handler')!
  const standsFor = (as: 'acting' | 'delegated'): Holding => ({ ...handling, key: as, as, standsFor: handler.person })
  const others: [string, Viewer][] = [
    ['acting', { person: '虚构代理', holdings: [standsFor('acting')] }],
    ['delegated', { person: '虚构代行', holdings: [standsFor('delegated')] }],
    ...(['system', 'security', 'audit'] as const).map((administrator): [string, Viewer] => [
      `${administrator} administrator`,
      { person: `虚构${administrator}`, holdings: [], administrator },
    ]),
    ['nobody’s post', { person: '虚构无岗', holdings: [] }],
  ]
  const clients: Asker[] = []
  for (const scope of ['read', 'act'] as const) {
    const { organ, post, procedures } = handling
    const made = { name: scope, organ, post, procedures: [...procedures], scope, at: NOW, expiresOn: '2021-12-31', by: '虚构system' }
    const { client, key } = await addClient(store, made)
    clients.push({ name: `client that may ${scope}`, viewer: viewerOfClient(client), headers: { authorization: `Bearer ${key}` } })
  }
  return [
    ...[...holders, ...others].map(([name, viewer], index): Asker => ({
      name: `${name} ${viewer.person}`,
      viewer,
      headers: { 'x-asker': String(index) },
    })),
    ...clients,
    { name: 'visitor', viewer: VISITOR, headers: {} },
  ]
}

/** Of each three cases one is somebody's of those who ask, one somebody else's, one nobody's; and each who sees cases keeps away from one. */
async function giveOut(
  { store }: Office,
  cases: ReadonlyMap<string, Case>,
  looked: readonly string[],
  askers: readonly Asker[],
): Promise<void> {
  const by = SYSTEM
  const inTurn = [...looked, ...[...cases.keys()].filter((id) => !looked.includes(id))].map((id) => cases.get(id)!)
  for (const [index, theCase] of inTurn.entries()) {
    if (index % 3 === 2) continue
    const { id, procedure } = theCase
    const concern = await readConcern(store, id)
    const definition: Definition = definitionOn(systemNamed(catalogue, procedure), theCase.openedOn)
    for (const post of Object.keys(definition.posts).filter((one) => !definition.posts[one]!.outside)) {
      const own = askers.filter(
        ({ viewer }) =>
          seesCase(viewer, concern, catalogue) && viewer.holdings.some((held) => held.post === post && held.procedures.includes(procedure)),
      )
      const person = index % 3 === 0 ? own[index % Math.max(1, own.length)]?.viewer.person : '虚构无此人'
      if (person !== undefined) await assign(store, { cases: [{ id, by }], post, person, reason: '（演示）', at: NOW })
    }
  }
  const taken = new Set<string>()
  for (const { viewer } of askers) {
    if (viewer.person === '') continue
    for (const id of [...cases.keys()].toReversed()) {
      if (taken.has(`${viewer.person}/${id}`) || !seesCase(viewer, await readConcern(store, id), catalogue)) continue
      await recuse(store, { id, person: viewer.person, reason: '（演示）', by, at: NOW })
      break
    }
  }
}
