import { bulkLoad } from './bulk-load.ts'
import { dated, foldCase } from '#engine/apply-step.ts'
import { coursesOf, openCourse, walkCourse, walkOpened } from '#readings/synthetic-year.ts'
import { instantOf, instantText } from '#engine/day.ts'
import { openingOf, recurring, recurringOrder, relapseOf } from '#readings/recurrence.ts'
import { definitionHash } from '#readings/definition-json.ts'
import { definitionOn, systemNamed } from '#engine/system.ts'
import { seal } from './ledger.ts'
import { entryInForce } from '#engine/register.ts'
import { markDemonstration } from './place-setting.ts'
import { Refusal } from '#engine/refusal.ts'
import type { Case } from '#engine/case.ts'
import type { Definition } from '#engine/definition.ts'
import type { Office } from './take-step.ts'
import type { Register } from '#engine/register.ts'
import type { System } from '#engine/system.ts'
import type { Recurrence, RecurringOrder } from '#readings/recurrence.ts'
import type { Course, YearEvent, YearOf, YearSurroundings } from '#readings/synthetic-year.ts'

export interface YearWanted {
  readonly year: number
  readonly seed: number
  readonly scale: number
}

/** How far the loading is. */
export interface YearProgress {
  readonly stage: 'drawing' | 'walking'
  readonly done: number
  readonly of: number
  readonly steps: number
}

export interface YearLoaded {
  readonly cases: number
  readonly steps: number
}

const CASES_PER_FLUSH = 1500

/**
 * Walks a synthetic year of every system and writes it. Nothing is written that a definition did not allow: the totals are what the walk came to.
 *
 * @param at when it is written, an instant
 * @throws Refusal `demo.data-present` when the region holds cases already
 */
export async function loadYear(
  office: Office,
  registers: readonly Register[],
  wanted: YearWanted,
  at: string,
  onProgress: (progress: YearProgress) => void,
): Promise<YearLoaded> {
  const { store, catalogue, calendar } = office
  const { rows } = await store.pool.query('select 1 from case_file where region = $1 limit 1', [store.region])
  if (rows.length > 0) throw dataPresent(store.region)

  const around = registerSurroundings(registers, calendar)
  const of = { ...wanted, region: store.region, hashOf: definitionHash }
  const courses = catalogue.flatMap((system, index) => {
    onProgress({ stage: 'drawing', done: index, of: catalogue.length, steps: 0 })
    return coursesOf(system, of, around)
  })
  courses.sort((a, b) => a.opensAt - b.opensAt)

  await markDemonstration(store.pool, store.region)
  const organs = new Map(registers.find(({ id }) => id === 'organs')?.entries.map(({ key, value }) => [key, String(value['name'])]))
  const load = await bulkLoad(office, (id) => organs.get(id) ?? id)
  const numberFor = (definition: Definition, openedOn: string): string => load.number(definition.series, Number(openedOn.slice(0, 4)))
  let [cases, steps] = [0, 0]
  const add = async (theCase: Case): Promise<void> => {
    const system = catalogue.find(({ id }) => id === theCase.procedure)!
    load.add(definitionOn(system, theCase.openedOn), theCase)
    cases += 1
    steps += theCase.steps.length
    if (cases % CASES_PER_FLUSH !== 0) return
    await load.flush()
    // Sealed as it goes: what is wrong later is found within the leaves of one sealing.
    await seal(store, at)
  }
  const { events, opened } = recurrencesOf(catalogue, courses, of, around, numberFor)
  for (const [index, course] of courses.entries()) {
    for (const theCase of walkCourse(course, of, around, numberFor, events)) await add(theCase)
    if (index % 500 === 0) onProgress({ stage: 'walking', done: index, of: courses.length, steps })
  }
  for (const theCase of opened) await add(theCase)
  await load.finish()
  await seal(store, at)
  onProgress({ stage: 'walking', done: courses.length, of: courses.length, steps })
  return { cases, steps }
}

interface Recurrences {
  /** By the seed of the course that they happen to. */
  readonly events: ReadonlyMap<string, readonly YearEvent[]>
  readonly opened: readonly Case[]
}

/**
 * The cases that recurrence opens in the year, and the steps by which the recurring ones are taken into them. A case is walked when its cause
 * recurs; its own end decides which later orders it takes in, and those decide whether it relapses.
 */
function recurrencesOf(
  catalogue: readonly System[],
  courses: readonly Course[],
  of: YearOf,
  around: YearSurroundings,
  numberFor: (definition: Definition, openedOn: string) => string,
): Recurrences {
  const events = new Map<string, YearEvent[]>()
  const opened: Case[] = []
  for (const system of catalogue) {
    const rule = system.recurrence
    if (!rule) continue
    const target = systemNamed(catalogue, rule.opens.procedure)
    const topics = new Map<string, string>()
    const orders = courses
      .filter((course) => course.system === system && course.story.moves[0]!.step === rule.step)
      .flatMap((course) => openCourse(course, of, around))
      .map(({ course: { seed, opensAt }, opened: { fields, id, openedOn } }) => {
        topics.set(String(fields['topic']), String(fields['topicName']))
        return { ...recurringOrder({ id, fields, openedOn }, instantText(opensAt)), seed }
      })

    const walked = new Map<Recurrence, { events: YearEvent[]; seen: number; theCase: Case }>()
    /** The case of a group as it runs with the orders that joined it so far. */
    const caseOf = (group: Recurrence): Case => {
      const course = {
        system: target,
        story: target.year!.stories[0]!,
        seed: `${of.seed}/${rule.opens.procedure}/${group.orders[0]!.id}`,
        opensAt: joinedAt(group),
      }
      const walk = (own: readonly YearEvent[]): Case =>
        walkOpened(course, openingOf(group, topics.get(group.same.topic!) ?? group.same.topic!), own, of, around)
      const known = walked.get(group) ?? { events: [], seen: 0, theCase: walk([]) }
      walked.set(group, known)
      while (known.seen < group.later.length) {
        known.seen += 1
        const joined = group.later.slice(0, known.seen)
        const at = joinedAt(joined.at(-1)!)
        const { theCase } = known
        const definition = definitionOn(target, theCase.openedOn)
        const then = foldCase(
          target,
          theCase,
          theCase.steps.filter((taken) => instantOf(taken.at) <= at),
        )
        const input = relapseOf(definition, then, joined, rule, around.calendar)
        if (!input) continue
        const { step } = rule.relapses
        known.events.push({ at, step, input: { ...dated(definition, step, instantText(at)), ...input } })
        known.theCase = walk(known.events)
      }
      return known.theCase
    }
    const isOpen = (group: Recurrence, order: RecurringOrder): boolean => {
      const theCase = caseOf(group)
      const state = theCase.steps.findLast(({ at }) => instantOf(at) <= joinedAt(order))!.to
      return definitionOn(target, theCase.openedOn).states[state]!.final !== true
    }

    for (const group of recurring(orders, rule, isOpen)) {
      const theCase = caseOf(group)
      opened.push({ ...theCase, number: numberFor(definitionOn(target, theCase.openedOn), theCase.openedOn) })
      for (const order of group.orders) take(order.seed, joinedAt(group), theCase.id)
      for (const order of group.later) take(order.seed, joinedAt(order), theCase.id)
    }
    function take(seed: string, at: number, into: string): void {
      const input = { ...dated(system.definitions.at(-1)!, rule!.joins.step, instantText(at)), [rule!.joins.field]: into }
      events.set(seed, [...(events.get(seed) ?? []), { at, step: rule!.joins.step, input }])
    }
  }
  return { events, opened }
}

/** The machine takes an order in a minute after it was accepted. */
function joinedAt({ on }: Pick<RecurringOrder, 'on'>): number {
  return instantOf(on) + 60_000
}

/** The registers as a release brings them, for walks in memory. */
export function registerSurroundings(registers: readonly Register[], calendar: Office['calendar']): YearSurroundings {
  const byKey = new Map<string, Map<string, Register['entries'][number][]>>()
  for (const register of registers) {
    const entries = new Map<string, Register['entries'][number][]>()
    for (const entry of register.entries) entries.set(entry.key, [...(entries.get(entry.key) ?? []), entry])
    byKey.set(register.id, entries)
  }
  const heldBy = postHolders(byKey.get('posts'))
  const onDay = new Map<string, { key: string; value: Readonly<Record<string, unknown>> }[]>()
  return {
    calendar,
    stateOf: () => undefined,
    entryOn: (register, key, day) => entryInForce(byKey.get(register)?.get(key) ?? [], day)?.value,
    entriesOn(register, day) {
      const known = onDay.get(`${register}/${day}`)
      if (known) return known
      const entries = [...(byKey.get(register)?.entries() ?? [])].flatMap(([key, versions]) => {
        const entry = entryInForce(versions, day)
        return entry ? [{ key, value: entry.value }] : []
      })
      onDay.set(`${register}/${day}`, entries)
      return entries
    },
    holdersOn: (procedure, post, organ, day) =>
      (heldBy.get(`${procedure}/${post}/${organ}`) ?? []).flatMap(({ key, person }) => {
        const entry = entryInForce(byKey.get('posts')!.get(key)!, day)
        return entry?.value['person'] === person ? [person] : []
      }),
  }
}

/** Whom the posts' register ever names, by procedure, post and organ: few, so that a step need not look at the whole register. */
function postHolders(
  posts: ReadonlyMap<string, readonly Register['entries'][number][]> | undefined,
): ReadonlyMap<string, readonly { readonly key: string; readonly person: string }[]> {
  const held = new Map<string, { key: string; person: string }[]>()
  for (const { key, value } of [...(posts?.values() ?? [])].flat()) {
    const person = String(value['person'])
    for (const procedure of value['procedures'] as readonly string[]) {
      const place = `${procedure}/${String(value['post'])}/${String(value['organ'])}`
      const known = held.get(place) ?? []
      if (!known.some((one) => one.key === key && one.person === person)) held.set(place, [...known, { key, person }])
    }
  }
  return held
}

function dataPresent(region: string): Refusal {
  return new Refusal({
    code: 'demo.data-present',
    message: [`${region} 已有案件，不再写入演示年度。`, `${region} holds cases already: no synthetic year is written over them.`],
    basis: ['演示数据不与已有案件混放。', 'Synthetic cases are never mixed with others.'],
    remedy: ['请用 --data 指定空目录。', 'Name an empty folder with --data.'],
  })
}
