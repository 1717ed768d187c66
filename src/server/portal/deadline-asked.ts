import { checkExtensions, countClock, holds, limitFor } from '#engine/clocks.ts'
import { dateText, dayOf, instantOf, isInstant } from '#engine/day.ts'
import { factsAsked } from '#readings/clock-facts.ts'
import { limitOf, unitOf } from '#engine/limit.ts'
import { Refusal } from '#engine/refusal.ts'
import { words } from '../words.ts'
import type { AskedFact } from '#readings/clock-facts.ts'
import type { Calendar } from '#engine/calendar.ts'
import type { Definition, LimitChoice } from '#engine/definition.ts'
import type { Deadline } from '#engine/deadline.ts'
import type { Limit, Unit } from '#engine/limit.ts'
import type { Words } from '#engine/words.ts'

/** How many pauses, and how many extensions where the law names no number, a form has room for. */
const PAUSES = 3
const EXTENSIONS = 3

/** The boxes of the form of a clock, by the names under which they are sent. */
export interface DeadlineBoxes {
  /** Must the start have its minute? */
  readonly byTheHour: boolean
  readonly facts: readonly AskedFact[]
  readonly pauses: readonly { readonly from: string; readonly until: string }[]
  readonly extensions: { readonly names: readonly string[]; readonly unit: Unit } | undefined
}

export interface DeadlineAsked {
  /** As typed, by box. */
  readonly typed: Readonly<Record<string, string>>
  /** What cannot be counted with, by box; `form` where it is none of one box. */
  readonly problems: Readonly<Record<string, Words>>
  /** Absent while something is missing or wrong; `none` where the clock does not run on these facts. */
  readonly answer?: Deadline | 'none'
}

export function deadlineBoxes(definition: Definition, id: string): DeadlineBoxes {
  const clock = definition.clocks[id]!
  const choices = [clock.limit].flat() as readonly LimitChoice[]
  const { longer } = clock
  return {
    byTheHour: choices.some((choice) => unitOfChoice(choice) === 'hours'),
    facts: factsAsked(definition, id),
    pauses: clock.paused
      ? Array.from({ length: PAUSES }, (_, at) => ({ from: `pause-from-${at + 1}`, until: `pause-until-${at + 1}` }))
      : [],
    extensions: longer && {
      names: Array.from({ length: Math.min(longer.times ?? EXTENSIONS, EXTENSIONS) }, (_, at) => `longer-${at + 1}`),
      unit: longer.unit ?? unitOfChoice(choices[0]!),
    },
  }
}

/**
 * Reads what was typed and counts, by the engine that counts the cases.
 *
 * @param typed by box; a box that was left empty is not there
 */
export function deadlineAsked(
  definition: Definition,
  id: string,
  typed: Readonly<Record<string, string>>,
  calendar: Calendar,
): DeadlineAsked {
  const clock = definition.clocks[id]!
  const boxes = deadlineBoxes(definition, id)
  const { start: startTyped } = typed
  if (startTyped === undefined) return { typed, problems: Object.keys(typed).length === 0 ? {} : { start: words.boxEmpty } }
  const problems: Record<string, Words> = {}
  const read = (box: string, of: () => unknown): any => {
    try {
      return of()
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      problems[box] ??= error.said.message
      return undefined
    }
  }
  const dayIn = (box: string): string | undefined => read(box, () => dateText(dayOf(typed[box]!)))
  const start: string | undefined = boxes.byTheHour ? read('start', () => instantTyped(startTyped)) : dayIn('start')

  const facts: Record<string, unknown> = {}
  for (const { fact, kind, options } of boxes.facts) {
    const value = typed[`fact-${fact}`]
    if (value === undefined) continue
    const chosen = kind === 'choice' ? options.find((option) => String(option.value) === value)?.value : undefined
    const known = kind === 'date' ? dayIn(`fact-${fact}`) : kind === 'number' ? numberTyped(value) : chosen
    if (known === undefined) problems[`fact-${fact}`] ??= kind === 'number' ? words.notAWholeNumber : words.notAChoice
    facts[fact] = known
  }

  const pauses: [string, string][] = []
  for (const { from, until } of boxes.pauses) {
    if (typed[from] === undefined && typed[until] === undefined) continue
    for (const box of [from, until]) if (typed[box] === undefined) problems[box] = words.boxEmpty
    if (typed[from] === undefined || typed[until] === undefined) continue
    const [first, last] = [dayIn(from), dayIn(until)]
    if (first === undefined || last === undefined) continue
    if (last < first) problems[until] = words.pauseEndsBefore
    else pauses.push([first, last])
  }

  const extensions: Limit[] = []
  for (const box of boxes.extensions?.names ?? []) {
    if (typed[box] === undefined) continue
    const amount = numberTyped(typed[box])
    if (amount === undefined || amount === 0) problems[box] = words.notAWholeNumber
    else extensions.push(limitOf(boxes.extensions!.unit, amount))
  }

  if (start === undefined || Object.keys(problems).length > 0) return { typed, problems }
  if (clock.when && !holds(clock.when, facts)) return { typed, problems, answer: 'none' }
  if (limitFor(clock, facts, start) === undefined) return { typed, problems, answer: 'none' }
  read('longer-1', () => checkExtensions(clock, extensions, facts, start))
  const answer = read('form', () => countClock(clock, { start, pauses, extensions, facts }, calendar))
  return Object.keys(problems).length > 0 ? { typed, problems } : { typed, problems, answer: answer as Deadline }
}

function unitOfChoice(choice: LimitChoice): Unit {
  return 'fact' in choice ? choice.unit : unitOf(choice as Limit).unit
}

/** A box for an instant sends it without its offset: it is Beijing's. @throws Refusal `date.invalid` */
function instantTyped(text: string): string {
  instantOf(text)
  return isInstant(text) && !/(Z|[+-]\d\d:?\d\d)$/.test(text) ? `${text}+08:00` : text
}

function numberTyped(text: string): number | undefined {
  return /^\d{1,5}$/.test(text) ? Number(text) : undefined
}
