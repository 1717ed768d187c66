import { dateIn, instantOf, isInstant } from './day.ts'
import { lastDay } from './deadline.ts'
import { limitOf, limitWords, unitOf } from './limit.ts'
import { standing } from './case.ts'
import { Refusal } from './refusal.ts'
import type { Calendar } from './calendar.ts'
import type { Case, StepTaken } from './case.ts'
import type { Citation } from './citation.ts'
import type { Deadline, Reason } from './deadline.ts'
import type { Clock, Definition, LimitChoice, Mark, When } from './definition.ts'
import type { Facts } from './guard.ts'
import type { Limit } from './limit.ts'

/** One run of a clock in a case: from the step that started it. Worked out from the steps, never the truth itself. */
export interface ClockRun {
  readonly clock: string
  /** `seq` of the step that started it. */
  readonly seq: number
  /** For a clock that runs for each entry of a list: which entry. */
  readonly item?: string
  readonly start: string
  readonly state: 'running' | 'paused' | 'stopped'
  /** Absent while paused without a known end. */
  readonly deadline?: Deadline
  readonly stoppedOn?: string
  /** The step that stopped it: what ended the run tells an answer from a withdrawal. */
  readonly stoppedBy?: string
  /** For a stopped clock: was it stopped after its last day? */
  readonly late?: boolean
}

/** Every run of every clock of the case, in the order of the definition. */
export function clocksOf(definition: Definition, theCase: Case, calendar: Calendar): ClockRun[] {
  return Object.keys(definition.clocks).flatMap((id) => runsOf(definition, theCase, id, calendar))
}

/** The last day of every clock of the case, by its latest run: what a document prints as `{deadlines.decide:date}`. */
export function deadlinesOf(definition: Definition, theCase: Case, calendar: Calendar): Record<string, string> {
  return Object.fromEntries(
    clocksOf(definition, theCase, calendar).flatMap(({ clock, deadline }) => (deadline ? [[clock, deadline.due] as const] : [])),
  )
}

/** The runs of one clock. */
export function runsOf(definition: Definition, theCase: Case, id: string, calendar: Calendar): ClockRun[] {
  const clock = definition.clocks[id]!
  if (clock.when && !holds(clock.when, theCase.fields)) return []
  const steps = standing(theCase.steps)
  const runs: { item?: string; started: StepTaken; start: string; stopped?: StepTaken; stoppedOn?: string; until: number }[] = []
  const starts = [clock.starts].flat() as readonly Mark[]

  steps.forEach((taken, index) => {
    const stop = dateAt(clock.stops, taken, theCase.fields)
    const start = dateAt(starts, taken, theCase.fields)
    for (const run of runs) {
      if (run.stoppedOn !== undefined) continue
      if (stop !== undefined && concerns(clock, taken, run.item)) Object.assign(run, { stopped: taken, stoppedOn: stop, until: index })
      else if (start !== undefined) Object.assign(run, { stopped: taken, stoppedOn: taken.on, until: index })
    }
    if (start === undefined) return
    // One step may do both: a notice names the hearing that it is counted back from; an application names the day that its own limit runs from.
    const ends = stop !== undefined && (clock.backward || stopsWhereItStarts(clock, taken))
    for (const item of itemsOf(clock, taken))
      runs.push({ ...item, started: taken, start, until: steps.length, ...(ends ? { stopped: taken, stoppedOn: stop, until: index } : {}) })
  })

  return runs.map(({ item, started, start, stopped, stoppedOn, until }): ClockRun => {
    const after = steps.slice(steps.indexOf(started), until + 1).filter((taken) => concerns(clock, taken, item))
    const { pauses, open } = pausesIn(clock, after, theCase.fields, stoppedOn)
    const base = { clock: id, seq: started.seq, ...(item === undefined ? {} : { item }), start }
    if (open && stoppedOn === undefined) return { ...base, state: 'paused' }
    const extensions = after.filter((taken) => taken.step === clock.longer?.by).map((taken) => extensionBy(clock, taken))
    // What chose the limit when the clock was stopped: a later change of track does not reach back.
    const fields = stoppedOn === undefined ? theCase.fields : fieldsAfter(definition, steps.slice(0, until + 1))
    const counted = countClock(clock, { start, pauses, extensions, facts: { ...fields, ...started.input } }, calendar)
    const deadline = counted && item !== undefined ? { ...counted, because: [eachReason(clock, item), ...counted.because] } : counted
    if (deadline === undefined)
      return stoppedOn === undefined ? { ...base, state: 'running' } : { ...base, state: 'stopped', stoppedOn, stoppedBy: stopped!.step }
    return stoppedOn === undefined
      ? { ...base, state: 'running', deadline }
      : {
          ...base,
          state: 'stopped',
          deadline,
          stoppedOn,
          stoppedBy: stopped!.step,
          late: !clock.window && isAfter(stoppedOn, stopped!, deadline.due),
        }
  })
}

/** The runs that a step starts: one, or one for each entry of a list. */
function itemsOf({ each }: Clock, started: StepTaken): { item?: string }[] {
  if (!each) return [{}]
  return [...new Set((started.input[each.of] as readonly string[] | undefined) ?? [])].map((item) => ({ item }))
}

/** A step that names one entry concerns the run of that entry; one that names none concerns all. */
function concerns({ each }: Clock, taken: StepTaken, item: string | undefined): boolean {
  const named = each && taken.input[each.by]
  return named === undefined || named === item
}

function eachReason({ each, article }: Clock, item: string): Reason {
  return { kind: 'each', facts: { [each!.by]: item }, article: ([article].flat() as readonly Citation[])[0]! }
}

function stopsWhereItStarts(clock: Clock, taken: StepTaken): boolean {
  return clock.stops.some((mark) => typeof mark !== 'string' && mark.step === taken.step && mark.field !== undefined)
}

function fieldsAfter(definition: Definition, steps: readonly StepTaken[]): Facts {
  const fields: Record<string, unknown> = {}
  for (const taken of steps) Object.assign(fields, taken.input, definition.steps[taken.step]?.sets)
  return fields
}

/** What a clock is counted from. */
export interface ClockGiven {
  readonly start: string
  readonly pauses?: readonly (readonly [from: string, to: string])[]
  readonly extensions?: readonly Limit[]
  readonly facts: Facts
}

/**
 * Counts one clock: the limit that the facts choose, its extensions and pauses, and the earlier of two ends where the law sets two.
 *
 * @returns `undefined` where the facts choose no limit: then there is no such clock
 */
export function countClock(clock: Clock, given: ClockGiven, calendar: Calendar): Deadline | undefined {
  const chosen = limitFor(clock, given.facts, given.start)
  if (chosen === undefined) return undefined
  const rolls = clock.rolls === false ? { rolls: false } : {}
  const counted = lastDay({ ...given, limit: chosen.limit, ...(clock.backward ? { backward: true } : {}), ...rolls }, calendar)
  const deadline: Deadline = { ...counted, because: [chosen.reason, ...counted.because] }

  const from = clock.earlierOf && (given.facts[clock.earlierOf.from] as string | undefined)
  if (!clock.earlierOf || from === undefined) return deadline
  const other = lastDay({ start: from, limit: clock.earlierOf.limit }, calendar)
  const reason: Reason = { kind: 'earlier-of', from, to: other.due, limit: clock.earlierOf.limit, article: clock.earlierOf.article }
  if (other.due >= deadline.due) return { ...deadline, because: [...deadline.because, reason] }
  return { due: other.due, provisional: other.provisional, because: [...deadline.because, reason, ...other.because] }
}

/**
 * The limit that the facts choose, and why.
 *
 * @param start the day or instant from which it would be counted
 */
export function limitFor(clock: Clock, facts: Facts, start: string): { limit: Limit; reason: Reason } | undefined {
  const article = ([clock.article].flat() as readonly Citation[])[0]!
  if (!Array.isArray(clock.limit)) {
    const limit = clock.limit as Limit
    return { limit, reason: { kind: 'chosen', limit, article } }
  }
  for (const choice of clock.limit as readonly LimitChoice[]) {
    if (choice.when && !holds(choice.when, facts)) continue
    if (choice.startsUntil !== undefined && dateIn(start) > choice.startsUntil) continue
    const limit = 'fact' in choice ? limitFromFact(choice, facts) : limitOf(unitOf(choice).unit, unitOf(choice).amount)
    if (limit === undefined) continue
    const because = choice.when ? Object.fromEntries(Object.keys(choice.when).map((name) => [name, facts[name]])) : undefined
    return { limit, reason: { kind: 'chosen', limit, article: choice.article ?? article, ...(because ? { facts: because } : {}) } }
  }
  return undefined
}

function limitFromFact(
  choice: { readonly fact: string; readonly unit: 'days' | 'workingDays' | 'hours' | 'months' | 'years' },
  facts: Facts,
): Limit | undefined {
  const amount = facts[choice.fact] as unknown
  return typeof amount === 'number' ? limitOf(choice.unit, amount) : undefined
}

/** Do the facts have these values? */
export function holds(when: When, facts: Facts): boolean {
  return Object.entries(when).every(([name, wanted]) => ([wanted].flat() as unknown[]).includes(facts[name]))
}

/**
 * Refuses a lengthening that the law does not know: by whom is the step's matter, how much and how often is the clock's.
 *
 * @throws Refusal `no-extension` · `second-extension` · `extension-too-long`
 */
export function checkExtensions(clock: Clock, extensions: readonly Limit[], facts: Facts, start: string): void {
  if (extensions.length === 0) return
  const { longer } = clock
  const refuse = (code: string, message: readonly [string, string], remedy: readonly [string, string]): never => {
    const article = longer?.article ?? ([clock.article].flat() as readonly Citation[])[0]!
    throw new Refusal({ code, message, remedy, basis: [articleWords(article), articleWords(article)] })
  }
  if (!longer || (longer.when && !holds(longer.when, facts)) || (longer.unless && holds(longer.unless, facts))) {
    return refuse(
      'no-extension',
      [`“${clock.name[0]}”不得延长。`, `“${clock.name[1]}” cannot be extended.`],
      ['请在原期限内办结。', 'Act within the limit.'],
    )
  }
  if (longer.times !== undefined && extensions.length > longer.times) {
    return refuse(
      'second-extension',
      [`只能延长 ${longer.times} 次。`, `It can be extended ${longer.times} time(s) only.`],
      ['请在已延长的期限内办结。', 'Act within the extended limit.'],
    )
  }
  const most = longer.atMost === 'limit' ? limitFor(clock, facts, start)?.limit : longer.atMost
  if (most === undefined) return
  for (const extension of extensions) {
    const [given, allowed] = [unitOf(extension), unitOf(most)]
    if (given.unit === allowed.unit && given.amount <= allowed.amount) continue
    if (given.unit !== allowed.unit && inHours(given) <= inHours(allowed)) continue
    refuse(
      'extension-too-long',
      [`延长${limitWords(extension)[0]}，超过${limitWords(most)[0]}。`, `${limitWords(extension)[1]} is more than ${limitWords(most)[1]}.`],
      [`最多延长${limitWords(most)[0]}。`, `Extend by at most ${limitWords(most)[1]}.`],
    )
  }
}

function articleWords(article: Citation): string {
  return article.article ? `${article.law}第${article.article}条` : article.law
}

const HOURS = { hours: 1, days: 24, workingDays: 24, months: 24 * 31, years: 24 * 366 }

function inHours({ unit, amount }: { unit: keyof typeof HOURS; amount: number }): number {
  return amount * HOURS[unit]
}

function dateAt(marks: readonly Mark[], taken: StepTaken, fields: Facts): string | undefined {
  for (const mark of marks) {
    if (typeof mark === 'string') {
      if (mark === taken.step) return taken.on
      continue
    }
    if (mark.step !== taken.step || (mark.when && !holds(mark.when, { ...fields, ...taken.input }))) continue
    const value = mark.field === undefined ? taken.on : (taken.input[mark.field] as string | undefined)
    if (value !== undefined) return value
  }
  return undefined
}

function pausesIn(
  clock: Clock,
  steps: readonly StepTaken[],
  fields: Facts,
  stoppedOn: string | undefined,
): { pauses: [string, string][]; open: boolean } {
  const pauses: [string, string][] = []
  let open = false
  for (const { from, until } of clock.paused ?? []) {
    let since: string | undefined
    for (const taken of steps) {
      const end = since === undefined ? undefined : dateAt(until, taken, fields)
      if (end !== undefined) {
        pauses.push([since!, end])
        since = undefined
      }
      since ??= dateAt([from], taken, fields)
    }
    if (since === undefined) continue
    if (stoppedOn === undefined) open = true
    else if (instantOf(stoppedOn) > instantOf(since)) pauses.push([since, stoppedOn])
  }
  return { pauses, open }
}

function extensionBy(clock: Clock, taken: StepTaken): Limit {
  const { field, unit } = clock.longer!
  const own = Array.isArray(clock.limit) ? (clock.limit[0] as LimitChoice) : (clock.limit as Limit)
  return limitOf(unit ?? ('fact' in own ? own.unit : unitOf(own).unit), Number(taken.input[field]))
}

/** Compares as the last day does: a day ends at 24:00 (C10), an instant at its minute. */
function isAfter(stoppedOn: string, stopped: StepTaken, due: string): boolean {
  if (!isInstant(due)) return dateIn(stoppedOn) > due
  return instantOf(isInstant(stoppedOn) ? stoppedOn : stopped.at) > instantOf(due)
}
