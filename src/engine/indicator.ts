import type { Field } from './field.ts'
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
      /**
       * Each party once, by the name of a party field of the step's input: told apart by telephone, else by name, where the personal data are
       * and nowhere else. One who is not named, or is erased, cannot be told from others and counts each time.
       */
      readonly distinct?: string
      /** One count for each group instead of one in all: a series. */
      readonly each?: Each
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
  /** A number that each of them states, by the entry's key: a series. */
  | { readonly values: string; readonly field: string }
  | { readonly sum: readonly Term[] }
  | { readonly minus: readonly [Term, ...Term[]] }
  /** An exact quotient; `null` when the denominator is 0, never 0 %. `per: 1000`: stated per 1,000, not in percent. */
  | { readonly ratio: readonly [numerator: Term, denominator: Term]; readonly per?: number }

/**
 * What a count is taken apart by: a field of the step's input, a field of the case as it stands now, or the organ whose officer took the step.
 * `place.township` leads to a part of a place. Arithmetic over series is done group by group.
 */
export type Each = { readonly input: string } | { readonly case: string } | { readonly taker: 'organ' }

/** The group of steps whose field is not filled in. */
export const NOT_STATED = '—'

/** The parts of a place by which may be counted: an address may reveal who lives there. */
export const PARTS_OF_PLACE = ['township', 'community'] as const

/**
 * What the groups are: `organ`, `township`, `community`, or the field whose values they are. Series are reckoned together only where that is the same.
 *
 * @param fieldNamed the field of a step or case by its name
 */
export function groupsOf(each: Each, fieldNamed: (name: string) => Field | undefined): string {
  if ('taker' in each) return 'organ'
  const [name = '', part] = ('input' in each ? each.input : each.case).split('.')
  return part ?? (fieldNamed(name)?.kind === 'organ' ? 'organ' : name)
}

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
