import type { When } from './definition.ts'
import type { Words } from './words.ts'

/** A figure of a procedure: named, defined, computable in SQL and in memory with the same result. */
export interface Indicator {
  readonly name: Words
  readonly formula: Formula
  /** What is and is not counted, where a reader would ask. */
  readonly note?: Words
}

/** A reference is the id of another indicator of the same procedure. */
export type Term = string | Formula

export type Formula =
  /** Steps that stand and took effect in the period. `where`: values of the step's own input; `whereCase`: fields of the case. */
  | {
      readonly count: string | readonly string[]
      readonly where?: When
      readonly whereCase?: When
      /** Only cases whose date field lies in an earlier year than the period: carried over. */
      readonly earlier?: string
      /** Each case once. */
      readonly distinctCases?: true
    }
  /** Cases that had taken a step of `since` and none of `until`, at the start or the end of the period. */
  | {
      readonly asOf: 'start' | 'end'
      readonly since: string | readonly string[]
      readonly until: readonly string[]
      readonly whereCase?: When
    }
  /** Runs of a clock: stopped in time or late within the period. `by`: only those that one of these steps stopped. */
  | { readonly clock: string; readonly is: 'in-time' | 'late'; readonly by?: readonly string[] }
  /** Runs of a clock that at the end of the period are still running past their last day. */
  | { readonly clock: string; readonly is: 'overdue' }
  /** Register entries in force at the end of the period. */
  | { readonly entries: string; readonly where?: When }
  | { readonly sum: readonly Term[] }
  | { readonly minus: readonly [Term, ...Term[]] }
  /** An exact quotient; `null` when the denominator is 0, never 0 %. */
  | { readonly ratio: readonly [numerator: Term, denominator: Term] }

/** Figures that are stated and checked together: formulas over indicators, or over totals given in their place. */
export interface Statement {
  readonly name: Words
  /** Name in the statement → the figure. */
  readonly figures: Readonly<Record<string, { readonly is: Term; readonly as?: 'count' | 'ratio' | 'percent' }>>
  /** Both sides must be equal; broken ones are findings under their name. */
  readonly identities?: Readonly<Record<string, readonly [Term, Term]>>
  /** The first must not exceed the second. */
  readonly within?: Readonly<Record<string, readonly [Term, Term]>>
  /** A printed percentage is compared with this ratio; a difference is the finding `ratio-mismatch`. */
  readonly printed?: Term
}

/** What a system's `indicators.ts` exports. */
export interface Indicators {
  readonly indicators: Readonly<Record<string, Indicator>>
  readonly statements: Readonly<Record<string, Statement>>
}
