import { bulkLoad } from './bulk-load.ts'
import { dated } from '#engine/apply-step.ts'
import { coursesOf, openCourse, walkCourse, walkOpened } from '#readings/synthetic-year.ts'
import { dateText, dayIn, instantOf, instantText } from '#engine/day.ts'
import { openingOf, recurring, recurringOrder } from '#readings/recurrence.ts'
import { definitionHash } from '#readings/definition-json.ts'
import { definitionOn, systemNamed } from '#engine/system.ts'
import { seal } from './ledger.ts'
import { isInForce } from '#engine/register.ts'
import { markDemonstration } from './place-setting.ts'
import { Refusal } from '#engine/refusal.ts'
import type { Case } from '#engine/case.ts'
import type { Definition } from '#engine/definition.ts'
import type { Office } from './take-step.ts'
import type { Register } from '#engine/register.ts'
import type { System } from '#engine/system.ts'
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
  const load = await bulkLoad(store, calendar)
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
    for (const theCase of walkCourse(course, of, around, numberFor, events.get(course.seed))) await add(theCase)
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

/** The cases that recurrence opens in the year, and the steps by which the recurring ones are taken into them. */
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
    const story = target.year!.stories[0]!
    const topics = new Map<string, string>()
    const orders = courses.flatMap((course) => {
      if (course.system !== system || course.story.moves[0]!.step !== rule.step) return []
      const order = openCourse(course, of, around)
      topics.set(String(order.fields['topic']), String(order.fields['topicName']))
      return [{ ...recurringOrder(order, instantText(course.opensAt)), seed: course.seed }]
    })
    // A source case takes about a quarter with its sixty days' watch; until then later orders on the cause join it.
    for (const group of recurring(orders, rule, ({ on }) => dateText(dayIn(on) + 100))) {
      const at = instantOf(group.on) + 60_000
      const walked = walkOpened(
        target,
        story,
        `${of.seed}/${rule.opens.procedure}/${group.orders[0]!.id}`,
        instantText(at),
        openingOf(group, topics.get(group.same.topic!) ?? group.same.topic!),
        of,
        around,
        numberFor,
      )
      opened.push(walked)
      for (const order of group.orders) take(order.seed, at, walked.id)
      const end = walked.steps.at(-1)!
      for (const order of group.later)
        if (order.on < end.at || walked.state !== 'closed') take(order.seed, instantOf(order.on) + 60_000, walked.id)
    }
    function take(seed: string, at: number, into: string): void {
      const input = { ...dated(system.definitions.at(-1)!, rule!.joins.step, instantText(at)), [rule!.joins.field]: into }
      events.set(seed, [...(events.get(seed) ?? []), { at, step: rule!.joins.step, input }])
    }
  }
  return { events, opened }
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
    // The last version that covers the day, as the store reads it.
    entryOn: (register, key, day) =>
      byKey
        .get(register)
        ?.get(key)
        ?.findLast((entry) => isInForce(entry, day))?.value,
    entriesOn(register, day) {
      const known = onDay.get(`${register}/${day}`)
      if (known) return known
      const entries = [...(byKey.get(register)?.entries() ?? [])].flatMap(([key, versions]) => {
        const entry = versions.findLast((one) => isInForce(one, day))
        return entry ? [{ key, value: entry.value }] : []
      })
      onDay.set(`${register}/${day}`, entries)
      return entries
    },
    holdersOn: (procedure, post, organ, day) =>
      (heldBy.get(`${procedure}/${post}/${organ}`) ?? []).flatMap(({ key, person }) => {
        const entry = byKey
          .get('posts')!
          .get(key)!
          .findLast((one) => isInForce(one, day))
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
