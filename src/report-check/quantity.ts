import { compare, minus, over, plus, rational, roundTo, times, ZERO } from './rational.ts'
import type { Rational } from './rational.ts'

/** The values a quantity can have; `high` is absent where nothing bounds it above. Both ends belong to it. */
export interface Range {
  readonly low: Rational
  readonly high?: Rational | undefined
}

/** How a printed number is softened: `余` a little above, `近` a little below, `约` about, `以上` at least, `以下` at most. */
export type Hedge = '余' | '近' | '约' | '以上' | '以下' | '之间'

/** A printed number with what it leaves open. */
export interface Quantity extends Range {
  readonly value: Rational
  /** The worth of one unit of the last printed place. */
  readonly step: Rational
  readonly hedge?: Hedge | undefined
}

const TENTH = rational(1n, 10n)
const HALF = rational(1n, 2n)

/**
 * The quantity that a numeral states.
 *
 * 100余 is read as 100 to 200 and 60余 as 60 to 70: writers hedge at the last digit that is not zero. 近 and 约 are given a tenth,
 * wider than any writer means, because a hedge must never lead to an accusation.
 *
 * @param rounded written in 万 or 亿, so that it may itself have been rounded or cut off
 */
export function quantityOf(value: Rational, step: Rational, hedge: Hedge | undefined, rounded: boolean): Quantity {
  const tenth = times(value, TENTH)
  switch (hedge) {
    case '余':
      return { value, step, hedge, low: value, high: plus(value, hedgedPlace(value, step)) }
    case '近':
      return { value, step, hedge, low: minus(value, tenth), high: value }
    case '约':
      return { value, step, hedge, low: minus(value, tenth), high: plus(value, tenth) }
    case '以上':
      return { value, step, hedge, low: value }
    case '以下':
      return { value, step, hedge, low: ZERO, high: value }
    default:
      return rounded
        ? { value, step, low: minus(value, times(step, HALF)), high: plus(value, step) }
        : { value, step, low: value, high: value }
  }
}

/** Whether the number is known to the unit. */
export function isExact(range: Range): boolean {
  return range.high !== undefined && compare(range.low, range.high) === 0
}

/**
 * Whether a computed value can have been printed as `printed`.
 *
 * `unclear` is a threshold that the value reaches only by rounding: 97.6 % printed as 98%以上.
 * A value that lies exactly on a half is accepted rounded either way: GB/T 8170 rounds halves to the even digit, common usage up.
 */
export function judge(computed: Range, printed: Quantity): 'agrees' | 'disagrees' | 'unclear' {
  if (!disjoint(computed, acceptedBy(printed))) return 'agrees'
  const reachesByRounding =
    printed.hedge === '以上' && computed.high !== undefined && compare(roundTo(computed.high, printed.step), printed.value) >= 0
  return reachesByRounding ? 'unclear' : 'disagrees'
}

/** The values that can have been printed as this quantity: those that round to it, or those that its hedge allows. */
export function acceptedBy(quantity: Quantity): Range {
  return quantity.hedge === undefined ? around(quantity) : quantity
}

export function sumOf(ranges: readonly Range[]): Range {
  return ranges.reduce<Range>((sum, range) => ({ low: plus(sum.low, range.low), high: both(sum.high, range.high, plus) }), {
    low: ZERO,
    high: ZERO,
  })
}

export function differenceOf(a: Range, b: Range): Range {
  return { low: b.high === undefined ? ZERO : minus(a.low, b.high), high: a.high === undefined ? undefined : minus(a.high, b.low) }
}

/** `a ÷ b`; undefined where `b` can be zero or less. */
export function quotientOf(a: Range, b: Range): Range | undefined {
  if (compare(b.low, ZERO) <= 0) return undefined
  return { low: b.high === undefined ? ZERO : over(a.low, b.high), high: a.high === undefined ? undefined : over(a.high, b.low) }
}

/** Whether every value of `a` is greater than every value of `b`. */
export function exceeds(a: Range, b: Range): boolean {
  return b.high !== undefined && compare(a.low, b.high) > 0
}

function disjoint(a: Range, b: Range): boolean {
  return exceeds(a, b) || exceeds(b, a)
}

function around({ value, low, high, step }: Quantity): Range {
  const half = times(step, HALF)
  const [lower, upper] = [minus(value, half), plus(value, half)]
  return {
    low: compare(low, lower) < 0 ? low : lower,
    high: high !== undefined && compare(high, upper) > 0 ? high : upper,
  }
}

function hedgedPlace(value: Rational, step: Rational): Rational {
  let place = compare(step, rational(1n)) < 0 ? step : times(step, rational(10n))
  for (
    let next = times(place, rational(10n));
    value.numerator !== 0n && over(value, next).denominator === 1n;
    next = times(place, rational(10n))
  ) {
    place = next
  }
  return place
}

function both(a: Rational | undefined, b: Rational | undefined, join: (a: Rational, b: Rational) => Rational): Rational | undefined {
  return a === undefined || b === undefined ? undefined : join(a, b)
}
