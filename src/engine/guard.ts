import type { Citation } from './citation.ts'
import type { CaseView } from './case-view.ts'
import type { Words } from './words.ts'

/** What a guard decides on: fields of the case, the input of the step, derived facts, what registers say. By name. */
export type Facts = Readonly<Record<string, any>>

/** What a guard may count with: pure, on the case's own law and calendar. */
export interface Counting {
  /** The last day of one of the procedure's clocks for a start and the facts given; `undefined` where the facts choose no limit. */
  lastDay(clock: string, start: string, facts: Facts): string | undefined
  isWorkingDay(date: string): boolean
}

/** One condition with one article. Its name in `guards.ts` is its refusal code. */
export interface Guard {
  /** Facts without which it cannot be decided. */
  readonly needs: readonly string[]
  /** Facts that it looks at when they are there. */
  readonly may?: readonly string[]
  readonly article: Citation
  /** What is wrong when it refuses; `{fact}` is filled in. */
  readonly message: Words
  readonly remedy: Words
  /** @returns true when the step must be refused */
  readonly refuses: (facts: Facts, counting: Counting) => boolean
}

/** Names a condition; only returns its argument. */
export function guard(condition: Guard): Guard {
  return condition
}

/** A fact worked out from the case and the step being taken: how often extended, the last day of a clock. */
export type DerivedFact = (view: CaseView) => unknown
