import { advance, applyStep, dated, isFrom, SYSTEM } from '#engine/apply-step.ts'
import { dateIn, dateText, dayIn, dayOf, instantOf, instantText, isInstant, weekday } from '#engine/day.ts'
import { definitionOn } from '#engine/system.ts'
import { holds, runsOf } from '#engine/clocks.ts'
import { inventedName, inventedParty, inventedPlace, inventedSubject } from './invented.ts'
import { randomOf } from './random.ts'
import { Refusal } from '#engine/refusal.ts'
import { standing } from '#engine/case.ts'
import type { Actor, Case } from '#engine/case.ts'
import type { Definition } from '#engine/definition.ts'
import type { Delay, Move, Story, Value, YearPlan } from '#engine/year.ts'
import type { Random } from './random.ts'
import type { Surroundings } from '#engine/apply-step.ts'
import type { System } from '#engine/system.ts'

/** What the walk needs from outside: the surroundings of steps, and what registers hold. */
export interface YearSurroundings extends Surroundings {
  /** Keys and values of the entries of a register in force on a day. */
  entriesOn(register: string, day: string): readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[]
  /** Persons who hold a post of a procedure in an organ on a day, by the posts' register; none where it names none. */
  holdersOn(procedure: string, post: string, organ: string, day: string): readonly string[]
}

/** A case of the year before it is walked: which story, drawn how. Walking it again gives the same case. */
export interface Course {
  readonly system: System
  readonly story: Story
  readonly seed: string
  /** When it is opened. */
  readonly opensAt: number
  /** For a companion: the case that it joins. */
  readonly main?: Case
}

export interface YearOf {
  readonly year: number
  readonly seed: number
  /** 1 = the report's own volumes. */
  readonly scale: number
  readonly region: string
  readonly hashOf: (definition: Definition) => string
}

/**
 * The courses of one system's year, in the order in which their cases are opened. Those that the year would end otherwise are drawn again,
 * so that a story's quota is the number of cases that really took it.
 */
export function coursesOf(system: System, of: YearOf, around: YearSurroundings): Course[] {
  const plan = system.year
  if (!plan) return []
  const courses: Course[] = []
  for (const story of plan.stories) {
    if (story.companionOnly) continue
    const arrivals = arrivalsOf(plan, story, of.year, around)
    const quota = Math.round(story.quota * of.scale)
    for (let number = 0; number < quota; number += 1) courses.push(drawCourse(system, story, arrivals, number, of, around))
  }
  return courses.sort((a, b) => a.opensAt - b.opensAt)
}

/** Walks one course through the real definitions; its companions come after it. The case numbers are given by `numberFor` in this order. */
export function* walkCourse(
  course: Course,
  of: YearOf,
  around: YearSurroundings,
  numberFor: (definition: Definition, openedOn: string) => string,
  events: ReadonlyMap<string, readonly YearEvent[]> = new Map(),
): Generator<Case> {
  const main = walk(course, of, around, { numberFor, events: events.get(course.seed) ?? [] })
  yield main
  const linked = { ...around, stateOf: (id: string, at: string) => (id === main.id ? stateAt(main, at) : around.stateOf(id, at)) }
  for (const companion of companionsOf(course, main, of))
    yield walk(companion, of, linked, { numberFor, events: events.get(companion.seed) ?? [] })
}

/** The courses of the cases that join this one. What comes to the case from outside does not change them. */
function companionsOf(course: Course, main: Case, of: YearOf): Course[] {
  const { companions } = course.story
  if (!companions) return []
  const random = randomOf(course.seed, 'companions')
  const [from, until] = companions.between.map((step) => main.steps.find((taken) => taken.step === step)?.at)
  if (from === undefined || until === undefined) return []
  const story = course.system.year!.stories.find(({ id }) => id === companions.story)!
  const [earliest, latest] = [instantOf(from) / 60_000 + 1, instantOf(until) / 60_000 - 1]
  const courses: Course[] = []
  for (let number = 0; number < companions.most; number += 1) {
    if (latest <= earliest || !random.chance(companions.chance)) break
    const opensAt = random.whole(earliest, latest) * 60_000
    if (opensAt > yearEnd(of.year)) break
    courses.push({ system: course.system, story, seed: `${course.seed}/${story.id}/${number}`, opensAt, main })
  }
  return courses
}

/** A course and those of its companions, each with its case as it is opened, before anything else happens to it. */
export function openCourse(course: Course, of: YearOf, around: YearSurroundings): { course: Course; opened: Case }[] {
  const companions = course.story.companions ? companionsOf(course, walk(course, of, around), of) : []
  return [course, ...companions].map((one) => {
    const story = { ...one.story, moves: one.story.moves.slice(0, 1) }
    return { course: one, opened: walk({ ...one, story }, of, around, { end: one.opensAt }) }
  })
}

/** A step that comes to a case from outside its story: recurrence takes it into a source case. */
export interface YearEvent {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly step: string
  readonly input: Readonly<Record<string, unknown>>
}

/**
 * Walks a case that something else in the year opens, such as recurrence; it has no number yet.
 *
 * @param given what its opening step may draw from
 * @param events in order of time; walked again with one more, the case is the same until that
 */
export function walkOpened(
  course: Course,
  given: Readonly<Record<string, unknown>>,
  events: readonly YearEvent[],
  of: YearOf,
  around: YearSurroundings,
): Case {
  return walk(course, of, around, { given, events })
}

function drawCourse(system: System, story: Story, arrivals: Arrivals, number: number, of: YearOf, around: YearSurroundings): Course {
  for (let attempt = 0; attempt < 400; attempt += 1) {
    const seed = [of.seed, system.id, story.id, number, attempt].join('/')
    const opensAt = arrivals(randomOf(seed, 'arrival'))
    const course = { system, story, seed, opensAt }
    if (!story.must && !story.never) return course
    const walked = walk(course, of, around)
    if (keeps(story, walked, of.year)) return course
  }
  throw new Error(`${system.id}: no course of story “${story.id}” keeps its conditions in 400 draws`)
}

function keeps(story: Story, walked: Case, year: number): boolean {
  const must = (story.must ?? []).every(
    ({ step, from, until }) =>
      walked.steps.some(
        (taken) =>
          taken.step === step && dateIn(taken.on) >= dayText(from ?? '01-01', year) && dateIn(taken.on) <= dayText(until ?? '12-31', year),
      ) ||
      (from === undefined &&
        until !== undefined &&
        walked.steps.some((taken) => taken.step === step && dateIn(taken.on) <= dayText(until, year))),
  )
  return must && !(story.never ?? []).some((step) => walked.steps.some((taken) => taken.step === step))
}

/** `03-01` of the year, `-12-01` of the year before, or a whole date as it stands. */
function dayText(text: string, year: number): string {
  if (text.length === 10) return text
  return text.startsWith('-') ? `${year - 1}${text}` : `${year}-${text}`
}

type Arrivals = (random: Random) => number

function arrivalsOf(plan: YearPlan, story: Story, year: number, around: YearSurroundings): Arrivals {
  const { months, weekdays, restDays, hours } = plan.arrivals
  const [from, until] = story.opens.map((text) => dayOf(dayText(text, year))) as [number, number]
  const days: number[] = []
  const weights: number[] = []
  for (let day = from; day <= until; day += 1) {
    const working = around.calendar.isWorkingDay(day)
    const ofWeekday = weekdays[(weekday(day) + 6) % 7]!
    // A make-up Saturday is worked like the Friday before it; a holiday on a Tuesday like a share of a Tuesday.
    const weight = working ? ofWeekday || weekdays[4]! : (ofWeekday || Math.max(...weekdays)) * restDays
    days.push(day)
    weights.push(weight * months[Number(dateText(day).slice(5, 7)) - 1]!)
  }
  const upTo: number[] = []
  let total = 0
  for (const weight of weights) upTo.push((total += weight))
  return (random) => {
    const wanted = (random.whole(0, 999_999_999) / 1e9) * total
    let [low, high] = [0, upTo.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if (upTo[middle]! <= wanted) low = middle + 1
      else high = middle
    }
    return days[low]! * 86_400_000 - 8 * 3_600_000 + (hours === 'office' ? officeMinute(random) : anyMinute(random)) * 60_000
  }
}

/** Minutes of a day at which an office is open: 8:30–11:45 and 13:30–17:30. */
function officeMinute(random: Random): number {
  const minute = random.whole(0, 434)
  return minute < 195 ? 510 + minute : 810 + (minute - 195)
}

const HOURLY = [2, 1, 1, 1, 1, 2, 5, 12, 30, 42, 45, 38, 24, 26, 40, 42, 40, 34, 28, 26, 24, 18, 10, 5]

function anyMinute(random: Random): number {
  return random.index(HOURLY) * 60 + random.whole(0, 59)
}

interface Walking {
  readonly numberFor?: (definition: Definition, openedOn: string) => string
  readonly given?: Readonly<Record<string, unknown>>
  readonly events?: readonly YearEvent[]
  readonly end?: number
}

function walk({ system, story, seed, opensAt, main }: Course, of: YearOf, around: YearSurroundings, walking: Walking = {}): Case {
  const { numberFor = () => '', given, events = [], end = yearEnd(of.year) } = walking
  const random = randomOf(seed, 'walk')
  const openedOn = dateIn(instantText(opensAt))
  const definition = definitionOn(system, openedOn)
  const opening = { region: of.region, id: caseId(opensAt, random), number: numberFor(definition, openedOn), hash: of.hashOf(definition) }
  let current: Case | undefined
  let now = opensAt
  const moves = [...story.moves]
  const wait = (until: number): boolean => {
    const { theCase, stoppedBy } = happen(definition, current!, events, until, around, story.resumes)
    current = theCase
    if (stoppedBy === undefined) return false
    // The story is taken up again at that moment, whatever it was waiting for.
    now = stoppedBy.at
    moves.splice(0, moves.length, ...story.moves.slice(story.moves.findIndex(({ step }) => step === story.resumes![stoppedBy.step])))
    return true
  }

  for (;;) {
    const move = moves.shift()
    if (move === undefined) {
      if (!current) throw new Error(`${system.id}: story “${story.id}” opens no case`)
      if (wait(end)) continue
      return settle(definition, current, main, end, around)
    }
    for (let time = move.times ? random.whole(...move.times) : 1; time > 0; time -= 1) {
      if (move.chance !== undefined && !random.chance(move.chance)) continue
      if (current && move.after) {
        const then = after(move.after, now, definition, current, around, random)
        if (then === undefined) continue
        if (wait(Math.min(then, end))) break
        if (then > end) return settle(definition, current, main, end, around)
        current = advance(definition, current, instantText(then), around)
        now = then
      }
      const step = definition.steps[move.step]
      if (!step) throw new Error(`${system.id}: story “${story.id}” moves by “${move.step}”, which is no step`)
      if (!isFrom(definition, step, current?.state)) continue
      if (move.while && !move.while.includes(current?.state ?? '')) continue
      if (move.when && !holds(move.when, current?.fields ?? {})) continue
      current = take(definition, current ?? opening, move, now, { around, random, main, given }, story)
    }
  }
}

/** Takes the events that are due by `until` and were not taken yet; after one with which the story begins anew, no further ones. */
function happen(
  definition: Definition,
  theCase: Case,
  events: readonly YearEvent[],
  until: number,
  around: YearSurroundings,
  resumes: Story['resumes'] = {},
): { theCase: Case; stoppedBy?: YearEvent } {
  let current = theCase
  for (const event of events) {
    const { at, step, input } = event
    if (at > until || current.steps.some((taken) => taken.step === step && taken.at === instantText(at))) continue
    current = applyStep(
      definition,
      advance(definition, current, instantText(at), around),
      { step, input, by: SYSTEM, at: instantText(at) },
      around,
    )
    if (resumes[step] !== undefined) return { theCase: current, stoppedBy: event }
  }
  return { theCase: current }
}

/** What the machine owes until the year is over: lapsed clocks, and steps that follow the end of the main case. */
function settle(definition: Definition, current: Case, main: Case | undefined, end: number, around: YearSurroundings): Case {
  let settled = advance(definition, current, instantText(end), around)
  if (!main) return settled
  const ended = definition.states[main.state]?.final ? main.steps.at(-1)! : undefined
  for (const [id, step] of Object.entries(definition.steps)) {
    if (
      step.by !== 'case' ||
      !step.follows ||
      !ended ||
      settled.fields[step.follows] !== main.id ||
      !isFrom(definition, step, settled.state)
    )
      continue
    settled = applyStep(definition, settled, { step: id, input: dated(definition, id, ended.at), by: SYSTEM, at: ended.at }, around)
  }
  return settled
}

interface Drawing {
  readonly around: YearSurroundings
  readonly random: Random
  readonly main: Case | undefined
  readonly given: Readonly<Record<string, unknown>> | undefined
  readonly dueOf?: (clock: string) => string | undefined
}

function take(
  definition: Definition,
  theCase: Case | { region: string; id: string; number: string; hash: string },
  move: Move,
  now: number,
  drawing: Drawing,
  story: Story,
): Case {
  const step = definition.steps[move.step]!
  const at = instantText(now)
  const known: Record<string, unknown> = { ...drawing.main?.fields, ...('fields' in theCase ? theCase.fields : {}), ...drawing.given }
  const dueOf = (clock: string): string | undefined =>
    'steps' in theCase ? runsOf(definition, theCase, clock, drawing.around.calendar).at(-1)?.deadline?.due : undefined
  const input: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(move.input ?? {})) {
    const drawn = draw(value, now, { ...known, ...input }, { ...drawing, dueOf })
    if (drawn !== undefined) input[name] = drawn
  }
  const post = move.by ?? ([step.by].flat()[0] as string)
  const organ =
    move.organFrom === undefined ? (definition.posts[post]?.organ ?? post) : String(input[move.organFrom] ?? known[move.organFrom] ?? post)
  const by: Actor =
    post === 'clock' || post === 'case'
      ? SYSTEM
      : { post, organ, person: officialFor(definition, post, organ, 'id' in theCase ? theCase.id : '', now, drawing) }
  try {
    return applyStep(definition, theCase, { step: move.step, input, by, at }, drawing.around)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    // A story that the law refuses is a defect of the story: it must be seen, not left out.
    throw new Error(
      `${definition.id}: story “${story.id}”, step “${move.step}” at ${at}: ${error.message}; input ${JSON.stringify(input)}`,
      { cause: error },
    )
  }
}

/** Who holds the post, and stays with the case; where the register names nobody, such as for an outside post, an invented one. */
function officialFor(definition: Definition, post: string, organ: string, id: string, now: number, { around, random }: Drawing): string {
  const nth = random.whole(1, 3)
  const holders = around.holdersOn(definition.id, post, organ, dateIn(instantText(now)))
  if (holders.length === 0) return inventedName('official', randomOf(organ, post, nth))
  return holders.length === 1 ? holders[0]! : holders[randomOf(id, post).whole(0, holders.length - 1)]!
}

function draw(value: Value, now: number, known: Readonly<Record<string, unknown>>, drawing: Drawing): unknown {
  if (typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map((entry) => draw(entry as Value, now, known, drawing))
  const { random, around } = drawing
  const today = dateIn(instantText(now))
  const drawable = value as Exclude<Value, string | number | boolean | readonly Value[]>
  if ('pick' in drawable) return draw(random.pick(drawable.pick), now, known, drawing)
  if ('dayOfStep' in drawable) return dateText(dayOf(today) + drawable.dayOfStep)
  if ('dueOf' in drawable) return drawing.dueOf?.(drawable.dueOf)
  if ('instantOfStep' in drawable) return instantText(now + drawable.instantOfStep * 60_000)
  if ('dayAround' in drawable) return dateText(dayOf(today) + random.whole(...drawable.dayAround))
  if ('whole' in drawable) return random.whole(...drawable.whole)
  if ('invented' in drawable) {
    if (drawable.invented === 'subject') return inventedSubject(random)
    return drawable.invented === 'party' ? inventedParty(random) : inventedName(drawable.invented, random)
  }
  if ('maybe' in drawable) {
    if (drawable.when && !holds(drawable.when, known)) return undefined
    return random.chance(drawable.maybe) ? draw(drawable.is, now, known, drawing) : undefined
  }
  if ('entryOf' in drawable) return drawEntry(drawable, today, known, around, random)
  if ('placeIn' in drawable) return inventedPlace(random)
  if ('field' in drawable) return known[drawable.field]
  if ('words' in drawable) return drawable.words.replace(/\{(\w+)\}/g, (_, name: string) => String(known[name] ?? ''))
  if ('file' in drawable) return inventedFile(drawable.file, random)
  if ('record' in drawable) {
    const record: Record<string, unknown> = {}
    for (const [name, part] of Object.entries(drawable.record)) record[name] = draw(part, now, { ...known, ...record }, drawing)
    return record
  }
  return drawing.main?.id
}

function drawEntry(
  value: { readonly entryOf: string; readonly where?: Readonly<Record<string, string>>; readonly field?: string },
  today: string,
  known: Readonly<Record<string, unknown>>,
  around: YearSurroundings,
  random: Random,
): unknown {
  const { key, ...others } = value.where ?? {}
  if (key !== undefined) {
    const entry = around.entryOn(value.entryOf, String(known[key]), today)
    return value.field === undefined ? known[key] : entry?.[value.field]
  }
  const entries = around.entriesOn(value.entryOf, today)
  const wanted = Object.entries(others)
  const fitting = wanted.length === 0 ? entries : entries.filter((entry) => wanted.every(([field, of]) => entry.value[field] === known[of]))
  if (fitting.length === 0) return undefined
  // The front of a register is used more than its end, as favourites are.
  const entry = fitting[Math.min(random.whole(0, fitting.length - 1), random.whole(0, fitting.length - 1))]!
  return value.field === undefined ? entry.key : entry.value[value.field]
}

function inventedFile(name: string, random: Random): { name: string; sha256: string; bytes: number } {
  let sha256 = ''
  for (let part = 0; part < 8; part += 1) sha256 += random.whole(0, 0xffffffff).toString(16).padStart(8, '0')
  return { name, sha256, bytes: random.whole(20_000, 900_000) }
}

/** The moment after a delay; `undefined` where it hangs on a clock that does not run. */
function after(
  delay: Delay,
  now: number,
  definition: Definition,
  current: Case,
  around: YearSurroundings,
  random: Random,
): number | undefined {
  const { calendar } = around
  const today = dayIn(instantText(now))
  if ('minutes' in delay || 'hours' in delay) {
    const minutes = 'minutes' in delay ? random.whole(...delay.minutes) : random.whole(delay.hours[0] * 60, delay.hours[1] * 60)
    const then = now + minutes * 60_000
    return delay.anyTime ? then : inOffice(then, random, around)
  }
  if ('beforeDue' in delay || 'afterDue' in delay) return aroundDue(delay, now, definition, current, around, random)
  if ('days' in delay) {
    const day = today + random.whole(...delay.days)
    return later(now, delay.anyTime ? day : calendar.workingDayFrom(day), random, around)
  }
  return later(now, calendar.addWorkingDays(today, random.whole(...delay.workingDays)), random, around)
}

type DueDelay = Extract<Delay, { beforeDue: string } | { afterDue: string }>

function aroundDue(
  delay: DueDelay,
  now: number,
  definition: Definition,
  current: Case,
  around: YearSurroundings,
  random: Random,
): number | undefined {
  const { calendar } = around
  const today = dayIn(instantText(now))
  const clock = 'beforeDue' in delay ? delay.beforeDue : delay.afterDue
  const due = runsOf(definition, current, clock, calendar).findLast((run) => run.state === 'running')?.deadline?.due
  if (due === undefined) return undefined
  if ('afterDue' in delay) return later(now, calendar.workingDayFrom(dayIn(due) + Math.max(1, random.whole(...delay.days))), random, around)
  if (isInstant(due)) {
    const left = Math.floor((instantOf(due) - now) / 60_000)
    return now + random.whole(1, Math.max(1, left - 1)) * 60_000
  }
  const count = random.whole(...delay.workingDays)
  const day = count === 0 ? dayOf(due) : calendar.addWorkingDays(dayOf(due), -count)
  return later(now, Math.max(day, today), random, around)
}

/** A moment of an office on a day, after `now`. */
function later(now: number, day: number, random: Random, around: YearSurroundings): number {
  const then = day * 86_400_000 - 8 * 3_600_000 + officeMinute(random) * 60_000
  return then > now ? then : inOffice(now + random.whole(3, 90) * 60_000, random, around)
}

/** The moment itself if an office is open then, else in the first hours of the next working day. */
function inOffice(then: number, random: Random, around: YearSurroundings): number {
  const day = dayIn(instantText(then))
  const minute = Math.floor((then + 8 * 3_600_000) / 60_000) % 1440
  if (around.calendar.isWorkingDay(day) && minute <= 1050)
    return minute >= 510 ? then : (day * 1440 + 510 + random.whole(0, 90) - 480) * 60_000
  return (around.calendar.addWorkingDays(day, 1) * 1440 + 510 + random.whole(0, 90) - 480) * 60_000
}

function yearEnd(year: number): number {
  return instantOf(`${year}-12-31T23:59+08:00`)
}

function stateAt(theCase: Case, at: string): string | undefined {
  return standing(theCase.steps).findLast((taken) => taken.at <= at)?.to
}

/** A UUID of version 7 from the moment of opening and the walk's own chance, so that the same year has the same ids. */
function caseId(ms: number, random: Random): string {
  const time = Math.floor(ms).toString(16).padStart(12, '0')
  const hex = (digits: number): string =>
    random
      .whole(0, 16 ** digits - 1)
      .toString(16)
      .padStart(digits, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${(8 + random.whole(0, 3)).toString(16)}${hex(3)}-${hex(6)}${hex(6)}`
}
