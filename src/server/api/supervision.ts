import { caseTitle } from '#readings/case-title.ts'
import { dateIn, dayIn } from '#engine/day.ts'
import { day, readQuery, word } from '../query.ts'
import { entriesOn } from '#store/registers.ts'
import { findingRules } from '#readings/finding-rules.ts'
import { findings } from '#store/findings.ts'
import { isUuid } from '#store/read-case.ts'
import { organNames } from '../cases.ts'
import { readerOf } from '../reader.ts'
import { supervisionPicture } from '#store/supervision-picture.ts'
import { versionFrom } from '#engine/system.ts'
import { z } from 'zod'
import type { AfterFinding, Finding, PostHeld } from '#store/findings.ts'
import type { FastifyInstance } from 'fastify'
import type { FindingKind } from '#readings/finding-rules.ts'
import type { PictureLine } from '#store/supervision-picture.ts'
import type { Services } from '../services.ts'
import type { View } from '../view.ts'

/** One finding, in the reader's language. */
export interface FindingJson {
  readonly kind: FindingKind
  readonly kindName: string
  /** Why it is found, in one line. */
  readonly says: string
  /** May a supervision case be opened on it? */
  readonly opens: boolean
  /** Where it is about a clock: its name. */
  readonly clock: string | null
  /** The clock's last day, or the day on which the case was opened. */
  readonly on: string
  /** From that day to today; negative while it is still to come. */
  readonly days: number
  readonly case: {
    readonly id: string
    readonly number: string
    readonly title: string
    readonly procedure: string
    readonly procedureName: string
    readonly stateName: string
    readonly openedOn: string
    readonly lastOn: string
  }
  readonly organs: readonly { readonly id: string; readonly name: string }[]
  readonly supervision: { readonly id: string; readonly number: string } | null
}

export interface FindingsJson {
  readonly today: string
  readonly findings: readonly FindingJson[]
  /** `after` of the next page. */
  readonly next: string | null
  /** What can be found, and where: for filters. */
  readonly kinds: readonly { readonly id: FindingKind; readonly name: string; readonly says: string }[]
  readonly procedures: readonly { readonly id: string; readonly name: string }[]
  readonly organs: readonly { readonly id: string; readonly name: string }[]
}

/** Counts of one side of the picture; `href` opens onto its cases. */
export interface PictureLineJson extends Omit<PictureLine, 'part'> {
  readonly name: string
}

export interface PictureJson {
  readonly today: string
  readonly from: string
  readonly until: string
  readonly all: PictureLineJson
  readonly systems: readonly PictureLineJson[]
  readonly organs: readonly PictureLineJson[]
  readonly months: readonly PictureLineJson[]
}

const PAGE = 50

const kind = z.enum(findingRules.map((rule) => rule.kind) as [FindingKind, ...FindingKind[]])

/** Where a page of findings goes on: `2024-03-05_<case>_late_decide`. */
const afterFinding = z
  .string()
  .max(200)
  .transform((text) => text.split('_'))
  .refine((parts): parts is [string, string, string, string] => {
    const [on, id, found] = parts
    return parts.length === 4 && day.safeParse(on).success && isUuid(id!) && kind.safeParse(found).success
  })

/** `/supervision/findings` and `/supervision/picture`: of the cases that the reader sees, and no others. */
export function supervisionApi(api: FastifyInstance, services: Services): void {
  const { store, catalogue, now } = services

  api.get(
    '/supervision/findings',
    { schema: { summary: ['发现的问题', 'Findings'], answer: 'FindingsJson' } },
    async (request): Promise<FindingsJson> => {
      const { view } = request
      const today = dateIn(now())
      const asked = readQuery(
        { kind: kind.optional(), procedure: word.optional(), organ: word.optional(), after: afterFinding.optional() },
        request.query,
      )
      const reader = readerOf(request, services)
      const [held, organs] = await Promise.all([postsHeld(services, today), organNames(services, today)])
      const found = await findings(
        store,
        catalogue,
        held,
        {
          today,
          limit: PAGE + 1,
          ...(asked.kind ? { kind: asked.kind } : {}),
          ...(asked.procedure === undefined ? {} : { procedure: asked.procedure }),
          ...(asked.organ === undefined ? {} : { organ: asked.organ }),
          ...(asked.after ? { after: asked.after as AfterFinding } : {}),
        },
        reader,
      )
      const shown = found.slice(0, PAGE)
      const last = shown.at(-1)
      const seen = catalogue.filter(({ id }) => reader.scopes.some(({ procedure }) => procedure === id))
      return {
        today,
        findings: shown.map((one) => findingJson(one, today, organs, services, view)),
        next: found.length > PAGE && last ? [last.on, last.id, last.kind, last.clock].join('_') : null,
        kinds: findingRules.map((rule) => ({ id: rule.kind, name: view.say(rule.name), says: saysOf(rule, view) })),
        procedures: seen.map(({ id, definitions }) => ({ id, name: view.say(definitions.at(-1)!.name) })),
        organs: [...organs].map(([id, name]) => ({ id, name })),
      }
    },
  )

  api.get(
    '/supervision/picture',
    { schema: { summary: ['总体情况', 'The live picture'], answer: 'PictureJson' } },
    async (request): Promise<PictureJson> => {
      const { view } = request
      const today = dateIn(now())
      const asked = readQuery({ from: day.optional(), until: day.optional() }, request.query)
      const period = { today, from: asked.from ?? `${today.slice(0, 4)}-01-01`, until: asked.until ?? today }
      const [lines, organs] = await Promise.all([
        supervisionPicture(store, catalogue, period, readerOf(request, services)),
        organNames(services, today),
      ])
      const nameOf = ({ part, key }: PictureLine): string => {
        if (part === 'organ') return organs.get(key) ?? key
        const system = part === 'system' ? catalogue.find(({ id }) => id === key) : undefined
        return system ? view.say(system.definitions.at(-1)!.name) : key
      }
      const json = (line: PictureLine): PictureLineJson => {
        const { part: _, ...counts } = line
        return { ...counts, name: nameOf(line) }
      }
      const of = (part: PictureLine['part']) => lines.filter((line) => line.part === part).map(json)
      return { ...period, all: of('all')[0]!, systems: of('system'), organs: of('organ'), months: of('month') }
    },
  )
}

async function postsHeld({ store }: Services, today: string): Promise<PostHeld[]> {
  const entries = await entriesOn(store, 'posts', today)
  return entries
    .filter(({ value }) => value['supervises'] !== true)
    .flatMap(({ value }) =>
      (value['procedures'] as readonly string[]).map((procedure) => ({
        procedure,
        post: String(value['post']),
        organ: String(value['organ']),
      })),
    )
}

function findingJson(found: Finding, today: string, organs: ReadonlyMap<string, string>, { catalogue }: Services, view: View): FindingJson {
  const { say, language } = view
  const rule = findingRules.find(({ kind: one }) => one === found.kind)!
  const definition = versionFrom(
    catalogue.find(({ id }) => id === found.procedure)!,
    found.version,
  )
  const organName = (id: string): string => organs.get(id) ?? id
  const { id, number, procedure, openedOn, lastOn, fields } = found
  return {
    kind: found.kind,
    kindName: say(rule.name),
    says: saysOf(rule, view),
    opens: rule.opens,
    clock:
      found.clock === ''
        ? null
        : say((definition.clocks[found.clock] ?? definition.publicity?.[found.clock])?.name ?? [found.clock, found.clock]),
    on: found.on,
    days: dayIn(today) - dayIn(found.on),
    case: {
      id,
      number,
      title: caseTitle(definition, fields, organName, language),
      procedure,
      procedureName: say(definition.name),
      stateName: say(definition.states[found.state]?.name ?? [found.state, found.state]),
      openedOn,
      lastOn,
    },
    organs: found.organs.map((organ) => ({ id: organ, name: organName(organ) })),
    supervision: found.supervision,
  }
}

function saysOf({ says, days }: (typeof findingRules)[number], { say }: View): string {
  return say(says).replace('{days}', String(days))
}
