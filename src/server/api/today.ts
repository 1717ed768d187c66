import { afterCase, day, readQuery } from '../query.ts'
import { caseTitle } from '#readings/case-title.ts'
import { clockStanding } from '../clock-standing.ts'
import { dutiesOf, expectedSteps, statesOfOthers } from '#readings/duties.ts'
import { explain } from '#engine/explain.ts'
import { dateIn } from '#engine/day.ts'
import { isUuid } from '#store/read-case.ts'
import { listDue, listReturned, listWaiting } from '#store/today.ts'
import { organNames } from '../cases.ts'
import { runsOf } from '#engine/clocks.ts'
import { scopesOf } from '#identity/permission.ts'
import { systemNamed, versionFrom } from '#engine/system.ts'
import { viewerOf } from '../reader.ts'
import { words } from '../words.ts'
import { z } from 'zod'
import type { AfterCase, AfterClock, DueRow, OwnCaseRow, Worker } from '#store/today.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Holding } from '#identity/viewer.ts'
import type { OrganNames } from '../shown-value.ts'
import type { Reason } from '#engine/deadline.ts'
import type { Services } from '../services.ts'
import type { StandingKind } from '../clock-standing.ts'

/** A page of a list; `next` goes into `after`. */
export interface PageJson<Item> {
  readonly items: readonly Item[]
  readonly next: string | null
}

interface CaseNamedJson {
  readonly id: string
  readonly number: string
  readonly title: string
  readonly procedureName: string
  readonly stateName: string
}

/** Something to be done by a day. */
export interface DueJson extends CaseNamedJson {
  readonly clock: string
  readonly seq: number
  readonly clockName: string
  /** The last day or instant; absent while paused. */
  readonly due: string | null
  readonly kind: StandingKind
  /** `距末日 3 日` */
  readonly left: string
  /** Why it is that day, in one line. */
  readonly reason: string
  /** Names of the steps that would do it. */
  readonly expected: readonly string[]
}

/** A case that another has now, or gave back. */
export interface OwnCaseJson extends CaseNamedJson {
  readonly openedOn: string
  /** Whom it waits for. */
  readonly waitsFor: string
  /** The step by which it came there, who took it, and when. */
  readonly last: { readonly name: string; readonly by: string; readonly on: string }
  readonly due: string | null
}

export interface TodayJson {
  readonly today: string
  readonly due: PageJson<DueJson>
  readonly waiting: PageJson<OwnCaseJson>
  readonly returned: PageJson<OwnCaseJson>
}

const PAGE = 50
/** So many expected steps are named, not more. */
const NAMED = 3

/** `<day>_<case>_<clock>_<seq>`, with `-` for the day of a paused clock. */
const afterClock = z
  .string()
  .transform((text) => text.split('_'))
  .refine(
    (parts) =>
      parts.length === 4 &&
      (parts[0] === '-' || day.safeParse(parts[0]).success) &&
      isUuid(parts[1]!) &&
      /^[\w-]{1,80}$/.test(parts[2]!) &&
      /^\d{1,6}$/.test(parts[3]!),
  )
  .transform(([dueDate, caseId, clock, seq]): AfterClock => ({
    dueDate: dueDate === '-' ? null : dueDate!,
    caseId: caseId!,
    clock: clock!,
    seq: Number(seq),
  }))

/** `/today`: what this person must do, what of theirs waits for others, and what came back; each goes on by itself. */
export function todayApi(api: FastifyInstance, services: Services): void {
  const { store, catalogue, calendar, now } = services

  api.get(
    '/today',
    { schema: { summary: ['今日', 'What is to be done today'], answer: 'TodayJson' } },
    async (request): Promise<TodayJson> => {
      const [dueItems, waitingItems, returnedItems] = await Promise.all([due(request), waiting(request), returned(request)])
      return { today: dateIn(now()), due: dueItems, waiting: waitingItems, returned: returnedItems }
    },
  )
  api.get('/today/due', { schema: { summary: ['要办的', 'What is due'], answer: 'TodayDueJson' } }, (request) =>
    due(request, readQuery({ after: afterClock.optional() }, request.query).after),
  )
  api.get('/today/waiting', { schema: { summary: ['等待他人的', 'What waits for others'], answer: 'TodayWaitingJson' } }, (request) =>
    waiting(request, readQuery({ after: afterCase.optional() }, request.query).after),
  )
  api.get('/today/returned', { schema: { summary: ['退回来的', 'What came back'], answer: 'TodayReturnedJson' } }, (request) =>
    returned(request, readQuery({ after: afterCase.optional() }, request.query).after),
  )

  async function due(request: FastifyRequest, after?: AfterClock): Promise<PageJson<DueJson>> {
    const { worker, held } = workerOf(request)
    const rows = await listDue(store, catalogue, worker, dutiesOf(catalogue, held), { limit: PAGE + 1, ...(after ? { after } : {}) })
    const organs = await namesFor(rows.length)
    return pageJson(
      rows,
      (row) => `${row.dueDate ?? '-'}_${row.caseId}_${row.clock}_${row.seq}`,
      (row) => dueJson(row, request, held, organs),
    )
  }

  async function waiting(request: FastifyRequest, after?: AfterCase): Promise<PageJson<OwnCaseJson>> {
    const { worker, held } = workerOf(request)
    const rows = await listWaiting(store, worker, statesOfOthers(catalogue, held), { limit: PAGE + 1, ...(after ? { after } : {}) })
    const organs = await namesFor(rows.length)
    return pageJson(
      rows,
      (row) => `${row.openedOn}_${row.id}`,
      (row) => ownCaseJson(row, request, organs),
    )
  }

  async function returned(request: FastifyRequest, after?: AfterCase): Promise<PageJson<OwnCaseJson>> {
    const { worker, held } = workerOf(request)
    const rows = await listReturned(store, worker, dutiesOf(catalogue, held), { limit: PAGE + 1, ...(after ? { after } : {}) })
    const organs = await namesFor(rows.length)
    return pageJson(
      rows,
      (row) => `${row.openedOn}_${row.id}`,
      (row) => ownCaseJson(row, request, organs),
    )
  }

  /** Who works here: what a post that only looks over sees is no work. */
  function workerOf(request: FastifyRequest): { worker: Worker; held: readonly Holding[] } {
    const viewer = viewerOf(request)
    const held = viewer.administrator ? [] : viewer.holdings.filter(({ supervises }) => !supervises)
    const { person } = viewer
    const persons = [person, ...held.flatMap(({ standsFor }) => standsFor ?? [])]
    return { worker: { scopes: scopesOf({ person, holdings: held }, catalogue), person, persons }, held }
  }

  async function namesFor(count: number): Promise<OrganNames> {
    return count === 0 ? new Map() : organNames(services, dateIn(now()))
  }

  function dueJson(
    { theCase, clock: id, seq, dueDate }: DueRow,
    { view }: FastifyRequest,
    held: readonly Holding[],
    organs: OrganNames,
  ): DueJson {
    const { say, language } = view
    const definition = versionFrom(systemNamed(catalogue, theCase.procedure), theCase.version)
    const clock = definition.clocks[id]!
    const run = runsOf(definition, theCase, id, calendar).find((one) => one.seq === seq)
    const { kind, text } = clockStanding(run ?? { state: 'running' }, clock, now())
    const posts = held.filter(({ procedures }) => procedures.includes(definition.id)).map(({ post }) => post)
    return {
      id: theCase.id,
      number: theCase.number,
      title: caseTitle(definition, theCase.fields, (organ) => organs.get(organ) ?? organ, language),
      procedureName: say(definition.name),
      stateName: say(definition.states[theCase.state]!.name),
      clock: id,
      seq,
      clockName: say(clock.name),
      due: run?.deadline?.due ?? dueDate,
      kind,
      left: say(text),
      reason: (run?.deadline?.because ?? [])
        .filter(({ kind: why }) => TELLING.has(why))
        .map((reason) => say(explain(reason)))
        .join(say(words.clauseStop)),
      expected: expectedSteps(definition, theCase.state, posts, id)
        .slice(0, NAMED)
        .map((step) => say(definition.steps[step]!.name)),
    }
  }

  function ownCaseJson({ fields, last, ...row }: OwnCaseRow, { view }: FastifyRequest, organs: OrganNames): OwnCaseJson {
    const { say, language } = view
    const { definitions } = systemNamed(catalogue, row.procedure)
    const definition = definitions.findLast(({ states, steps }) => states[row.state] && steps[last.step]) ?? definitions.at(-1)!
    const waitsFor = definition.states[row.state]?.with ?? ''
    const post = definition.posts[last.post]?.name
    return {
      id: row.id,
      number: row.number,
      title: caseTitle(definition, fields, (organ) => organs.get(organ) ?? organ, language),
      procedureName: say(definition.name),
      stateName: say(definition.states[row.state]?.name ?? [row.state, row.state]),
      openedOn: row.openedOn,
      waitsFor: say(definition.posts[waitsFor]?.name ?? [waitsFor, waitsFor]),
      last: {
        name: say(definition.steps[last.step]?.name ?? words.struckOut),
        by: [organs.get(last.organ), post ? say(post) : say(words.theSystem)].filter(Boolean).join(' '),
        on: last.on,
      },
      due: row.due,
    }
  }
}

/** The reasons that say why it is this day and no other; how it was counted stands on the page of the case. */
const TELLING: ReadonlySet<Reason['kind']> = new Set(['start', 'chosen', 'extension', 'pause', 'roll', 'earlier-of', 'provisional'])

/** One page of a list read with one line more than it shows. */
function pageJson<Row, Item>(rows: readonly Row[], place: (row: Row) => string, item: (row: Row) => Item): PageJson<Item> {
  const shown = rows.slice(0, PAGE)
  return { items: shown.map(item), next: rows.length > PAGE ? place(shown.at(-1)!) : null }
}
