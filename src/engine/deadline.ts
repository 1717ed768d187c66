import { basisOf } from '#law/counting-rules.ts'
import { addMonths, dateText, dayIn, instantOf, instantText } from './day.ts'
import { unitOf } from './limit.ts'
import { Refusal } from './refusal.ts'
import type { Citation } from './citation.ts'
import type { CountingRule } from '#law/counting-rules.ts'
import type { Calendar } from './calendar.ts'
import type { Day } from './day.ts'
import type { Limit } from './limit.ts'

/** What is counted: a start, a limit, and what lengthens it. */
export interface Counting {
  /** The day or the instant of the event that starts the period; itself never counted (C1). For a backward clock: the day counted back from. */
  readonly start: string
  readonly limit: Limit
  /** `[first day not counted, first day counted again)` (C6). */
  readonly pauses?: readonly (readonly [from: string, to: string])[]
  /** Lengthen the limit itself; the end rolls once, at the very end (C7). */
  readonly extensions?: readonly Limit[]
  /** “N days before”: counted back from `start`; calendar days do not roll (C8). */
  readonly backward?: boolean
  /** `false` for a watch that is a limit on nobody: its end does not roll. */
  readonly rolls?: boolean
}

/** One line of why: data, from which `explain` makes the sentence. */
export interface Reason {
  readonly kind:
    | 'start'
    | 'limit'
    | 'extension'
    | 'pause'
    | 'not-counted'
    | 'make-up'
    | 'roll'
    | 'no-roll'
    | 'provisional'
    | 'earlier-of'
    | 'chosen'
    | 'each'
  readonly rule?: CountingRule
  readonly from?: string
  readonly to?: string
  /** A number of days, in `days`, or the length of what was added or chosen. */
  readonly days?: number
  readonly limit?: Limit
  readonly facts?: Readonly<Record<string, unknown>>
  readonly article?: Citation
}

export interface Deadline {
  /** The last day (or, for hours, the instant) that is still in time. */
  readonly due: string
  /** True when the count uses a year whose holiday schedule is not published yet: it will be recomputed. */
  readonly provisional: boolean
  readonly because: readonly Reason[]
}

/**
 * The last day of a period, and why it is that day.
 *
 * @throws Refusal `date.invalid` · `pause.ends-before-it-begins` · `limit.invalid` · `calendar.out-of-range`
 * @see law/counting-rules.ts for C1–C8 and their articles
 */
export function lastDay(counting: Counting, calendar: Calendar): Deadline {
  const { unit, amount } = unitOf(counting.limit)
  if (!(amount >= 0) || (unit !== 'hours' && !Number.isInteger(amount))) throw invalidLimit(amount)
  if (counting.backward) return countBack(counting, unit, amount, calendar)
  if (unit === 'hours') return countHours(counting, amount)
  return unit === 'workingDays' ? countWorkingDays(counting, amount, calendar) : countDays(counting, calendar)
}

/** C2 and C4: every day counts, and an end on a rest day rolls to the next working day. */
function countDays(counting: Counting, calendar: Calendar): Deadline {
  const start = dayIn(counting.start)
  const startText = dateText(start)
  const because = begin(startText)

  let end = lengthen(start, counting.limit)
  because.push({ kind: 'limit', limit: counting.limit, to: dateText(end), ...monthRule(counting.limit, startText) })
  for (const extension of counting.extensions ?? []) {
    end = lengthen(end, extension)
    because.push({ kind: 'extension', rule: 'C7', limit: extension, to: dateText(end), article: basisOf('C7', startText) })
  }
  for (const [from, to] of pausesOf(counting)) {
    if (from > end || to <= start) continue
    const days = to - Math.max(from, start + 1)
    end += days
    because.push({ kind: 'pause', rule: 'C6', from: dateText(from), to: dateText(to), days, article: basisOf('C6', startText) })
  }

  if (counting.rolls === false)
    return { due: dateText(end), provisional: false, because: [...because, { kind: 'no-roll', to: dateText(end) }] }
  const due = calendar.workingDayFrom(end)
  if (due !== end) because.push({ kind: 'roll', rule: 'C2', from: dateText(end), to: dateText(due), article: basisOf('C2', startText) })
  else if (calendar.isMakeUp(end)) because.push({ kind: 'make-up', rule: 'C2', to: dateText(end) })
  return finish(due, !calendar.isPublished(end) || !calendar.isPublished(due), because)
}

/** C3: only working days count, so the end can never be a rest day. */
function countWorkingDays(counting: Counting, amount: number, calendar: Calendar): Deadline {
  const start = dayIn(counting.start)
  const startText = dateText(start)
  const because = begin(startText)
  because.push({ kind: 'limit', rule: 'C3', limit: counting.limit, article: basisOf('C3', startText) })

  let left = amount
  let others: Limit[] | undefined
  for (const extension of counting.extensions ?? []) {
    if ('workingDays' in extension) left += extension.workingDays
    else (others ??= []).push(extension)
    because.push({ kind: 'extension', rule: 'C7', limit: extension, article: basisOf('C7', startText) })
  }

  let counted = start // the last day looked at
  for (const [from, to] of pausesOf(counting)) {
    if (to <= counted + 1) continue
    const before = calendar.workingDaysBetween(counted, Math.max(from - 1, counted))
    if (before >= left) break
    left -= before
    const first = Math.max(from, counted + 1)
    counted = to - 1
    because.push({
      kind: 'pause',
      rule: 'C6',
      from: dateText(from),
      to: dateText(to),
      days: calendar.workingDaysBetween(first - 1, to - 1),
      article: basisOf('C6', startText),
    })
  }
  let due = left === 0 ? counted : calendar.addWorkingDays(counted, left)
  for (const extension of others ?? []) due = calendar.workingDayFrom(lengthen(due, extension))

  const restDays = due - start - calendar.workingDaysBetween(start, due)
  if (restDays > 0) because.push({ kind: 'not-counted', rule: 'C3', from: startText, to: dateText(due), days: restDays })
  return finish(due, !calendar.isPublished(due) || !calendar.isPublished(start + 1), because)
}

/** C5: from the moment of the event, through nights, weekends and holidays. */
function countHours(counting: Counting, amount: number): Deadline {
  const start = instantOf(counting.start)
  const startText = instantText(start)
  let end = start + amount * 3_600_000
  const because: Reason[] = [
    { kind: 'start', rule: 'C5', from: startText, article: basisOf('C5', startText) },
    { kind: 'limit', rule: 'C5', limit: counting.limit, to: instantText(end), article: basisOf('C5', startText) },
  ]
  for (const extension of counting.extensions ?? []) {
    const { unit, amount: more } = unitOf(extension)
    end += more * (unit === 'hours' ? 3_600_000 : 86_400_000)
    because.push({ kind: 'extension', rule: 'C7', limit: extension, to: instantText(end), article: basisOf('C7', startText) })
  }
  for (const pause of counting.pauses ?? []) {
    const [from, to] = [instantOf(pause[0]), instantOf(pause[1])]
    if (to < from) throw backwardPause(pause)
    if (from > end || to <= start) continue
    end += to - Math.max(from, start)
    because.push({ kind: 'pause', rule: 'C6', from: pause[0], to: pause[1], article: basisOf('C6', startText) })
  }
  return { due: instantText(end), provisional: false, because }
}

/** C8: the act must be done on or before the day so reached. */
function countBack(counting: Counting, unit: string, amount: number, calendar: Calendar): Deadline {
  const start = dayIn(counting.start)
  const startText = dateText(start)
  const because: Reason[] = [{ kind: 'start', rule: 'C8', from: startText, article: basisOf('C8', startText) }]
  const due =
    unit === 'workingDays'
      ? calendar.addWorkingDays(start, -amount)
      : unit === 'months' || unit === 'years'
        ? addMonths(start, unit === 'years' ? -12 * amount : -amount)
        : start - amount
  because.push({ kind: 'limit', rule: 'C8', limit: counting.limit, to: dateText(due), article: basisOf('C8', startText) })
  if (unit !== 'workingDays')
    return { due: dateText(due), provisional: false, because: [...because, { kind: 'no-roll', rule: 'C8', to: dateText(due) }] }
  const restDays = start - due - calendar.workingDaysBetween(due - 1, start - 1)
  if (restDays > 0) because.push({ kind: 'not-counted', rule: 'C3', from: dateText(due), to: startText, days: restDays })
  return finish(due, !calendar.isPublished(due) || !calendar.isPublished(start), because)
}

function begin(start: string): Reason[] {
  return [{ kind: 'start', rule: 'C1', from: start, article: basisOf('C1', start) }]
}

function finish(due: Day, provisional: boolean, because: Reason[]): Deadline {
  const text = dateText(due)
  if (provisional) because.push({ kind: 'provisional', to: text })
  return { due: text, provisional, because }
}

function lengthen(day: Day, limit: Limit): Day {
  const { unit, amount } = unitOf(limit)
  if (unit === 'months') return addMonths(day, amount)
  if (unit === 'years') return addMonths(day, 12 * amount)
  return day + (unit === 'hours' ? Math.ceil(amount / 24) : amount)
}

function monthRule(limit: Limit, start: string): Pick<Reason, 'rule' | 'article'> {
  return 'months' in limit || 'years' in limit ? { rule: 'C4', article: basisOf('C4', start) } : { rule: 'C2' }
}

/** The pauses as days, in order, overlapping ones made one: a day is left out once however many reasons there are. */
function pausesOf(counting: Counting): [from: Day, to: Day][] {
  if (!counting.pauses?.length) return []
  const pauses = counting.pauses.map((pause): [Day, Day] => {
    const [from, to] = [dayIn(pause[0]), dayIn(pause[1])]
    if (to < from) throw backwardPause(pause)
    return [from, to]
  })
  pauses.sort((a, b) => a[0] - b[0])
  const merged: [Day, Day][] = []
  for (const [from, to] of pauses) {
    const last = merged.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else if (to > from) merged.push([from, to])
  }
  return merged
}

function backwardPause([from, to]: readonly [string, string]): Refusal {
  return new Refusal({
    code: 'pause.ends-before-it-begins',
    exit: 2,
    message: [`中止于 ${from}，却恢复于 ${to}。`, `The pause begins on ${from} but ends on ${to}.`],
    basis: ['中止期间为自中止之日起至恢复之日前一日（C6）。', 'A pause runs from its first day to the day before it ends (C6).'],
    remedy: ['请核对中止与恢复的日期。', 'Check the two dates.'],
  })
}

function invalidLimit(amount: number): Refusal {
  return new Refusal({
    code: 'limit.invalid',
    exit: 2,
    message: [`“${amount}”不是可计算的期限。`, `“${amount}” is not a limit that can be counted.`],
    basis: ['期限为非负整数；小时可带小数。', 'Limits are whole numbers, not negative; hours may be fractions.'],
    remedy: ['请核对期限。', 'Check the limit.'],
  })
}
