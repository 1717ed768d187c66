import { valueOf } from './candidate-value.ts'
import type { Candidate } from './claim.ts'
import type { Figure } from './figures.ts'
import type { Explanation } from './finding.ts'
import { isExact } from './quantity.ts'
import { ceiling, compare, cutTo, floor, minus, over, plus, rational, roundTo, times } from './rational.ts'
import type { Rational } from './rational.ts'
import { plainValue } from './shown-value.ts'

/** More than this many digits' worth of difference is no slip of the pen in one count. */
const NEAR = 20n

/**
 * The smallest corrections that would make a quotient give the figure printed: another numerator, other denominators, another rate.
 * For 2663 of 7007 and 38.02%: 2664, or 7004 or 7005, or 38.00%.
 */
export function explain(candidate: Candidate, printed: Figure): Explanation[] {
  const value = valueOf(candidate)
  if (value === undefined || !isExact(value)) return []
  return [...otherCounts(candidate, printed), ...otherPrinted(value.low, printed)]
}

function otherCounts({ sum, over: divisor }: Candidate, printed: Figure): Explanation[] {
  const [part, whole] = [sum[0]?.figure, divisor?.[0]?.figure]
  const isPlain = sum.length === 1 && divisor?.length === 1 && part?.form === 'count' && whole?.form === 'count'
  if (!isPlain || printed.quantity.hedge !== undefined || printed.quantity.value.numerator <= 0n) return []

  const [from, to] = [part.quantity.value, whole.quantity.value]
  return [...otherPart(from, to, printed), ...otherWhole(from, to, printed)]
}

/** The counts n for which n ÷ whole rounds to the figure printed; of them, the one nearest to `part`. */
function otherPart(part: Rational, whole: Rational, printed: Figure): Explanation[] {
  const [low, high] = roundingTo(printed)
  const [least, most] = [ceiling(times(low, whole)), lastBelow(times(high, whole))]
  const nearest = closest(least, most > whole.numerator ? whole.numerator : most, part)
  if (nearest === undefined) return []
  const shownRate = plainValue(printed)
  return [
    {
      zh: `若分子为 ${nearest}：${nearest} ÷ ${whole.numerator} = ${shownRate}。`,
      en: `A numerator of ${nearest} would give it: ${nearest} ÷ ${whole.numerator} = ${shownRate}.`,
      data: { change: 'part', from: String(part.numerator), to: [String(nearest)] },
    },
  ]
}

/** The counts n for which part ÷ n rounds to the figure printed, up to three of them, the nearest to `whole` first. */
function otherWhole(part: Rational, whole: Rational, printed: Figure): Explanation[] {
  const [low, high] = roundingTo(printed)
  if (low.numerator <= 0n) return []
  const [least, most] = [floor(over(part, high)) + 1n, floor(over(part, low))]
  const nearest = closest(least < part.numerator ? part.numerator : least, most, whole)
  if (nearest === undefined) return []
  const step = nearest < whole.numerator ? -1n : 1n
  const fitting = [nearest, nearest + step, nearest + 2n * step].filter(
    (count) => count >= least && count <= most && count >= part.numerator,
  )
  const ascending = fitting.toSorted((a, b) => Number(a - b))
  const shownRate = plainValue(printed)
  return [
    {
      zh: `若分母为 ${ascending.join(' 或 ')}：${part.numerator} ÷ ${ascending.join(' 或 ')} = ${shownRate}。`,
      en: `A denominator of ${ascending.join(' or ')} would give it: ${part.numerator} ÷ ${ascending.join(' or ')} = ${shownRate}.`,
      data: { change: 'whole', from: String(whole.numerator), to: fitting.map(String) },
    },
  ]
}

function otherPrinted(value: Rational, printed: Figure): Explanation[] {
  const right = plainValue(printed, roundTo(value, printed.quantity.step))
  const data = { change: 'printed', from: plainValue(printed), to: [right] } as const
  if (compare(cutTo(value, printed.quantity.step), printed.quantity.value) === 0) {
    return [{ zh: `所载数是截去尾数所得；四舍五入应为 ${right}。`, en: `The figure printed was cut off; rounded it is ${right}.`, data }]
  }
  return [{ zh: `若其余数字无误，此处应为 ${right}。`, en: `If the other figures are right, this should be ${right}.`, data }]
}

/** The values that round to the figure printed: from the first, included, to the second, excluded. */
function roundingTo({ quantity: { value, step } }: Figure): [low: Rational, high: Rational] {
  const half = times(step, rational(1n, 2n))
  return [minus(value, half), plus(value, half)]
}

function closest(least: bigint, most: bigint, to: Rational): bigint | undefined {
  if (least > most || to.denominator !== 1n) return undefined
  const count = to.numerator
  const nearest = count < least ? least : count > most ? most : count
  const distance = nearest > count ? nearest - count : count - nearest
  // 12 for 10 is a slip, 30 for 10 another count; of large numbers a two-hundredth is still near.
  return distance <= (count / 200n > NEAR ? count / 200n : NEAR) && distance * 2n <= count ? nearest : undefined
}

/** The greatest integer below `value`. */
function lastBelow(value: Rational): bigint {
  const whole = floor(value)
  return compare(rational(whole), value) === 0 ? whole - 1n : whole
}
