/** An exact fraction in lowest terms; the denominator is positive. Rates are tested on these, never on binary floats. */
export interface Rational {
  readonly numerator: bigint
  readonly denominator: bigint
}

export const ZERO: Rational = { numerator: 0n, denominator: 1n }
export const ONE: Rational = { numerator: 1n, denominator: 1n }

/** `numerator ÷ denominator`, in lowest terms. The denominator must not be zero. */
export function rational(numerator: bigint, denominator = 1n): Rational {
  if (denominator === 0n) throw new RangeError('a fraction over zero')
  const sign = denominator < 0n ? -1n : 1n
  const divisor = greatestCommonDivisor(numerator, denominator)
  return { numerator: (sign * numerator) / divisor, denominator: (sign * denominator) / divisor }
}

export function plus(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)
}

export function minus(a: Rational, b: Rational): Rational {
  return plus(a, { numerator: -b.numerator, denominator: b.denominator })
}

export function times(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.numerator, a.denominator * b.denominator)
}

export function over(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator, a.denominator * b.numerator)
}

/** Negative, zero or positive as `a` is less than, equal to or greater than `b`. */
export function compare(a: Rational, b: Rational): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** The greatest integer not above `value`. */
export function floor(value: Rational): bigint {
  const quotient = value.numerator / value.denominator
  return value.numerator < 0n && quotient * value.denominator !== value.numerator ? quotient - 1n : quotient
}

/** The least integer not below `value`. */
export function ceiling(value: Rational): bigint {
  return -floor({ numerator: -value.numerator, denominator: value.denominator })
}

/** The multiple of `step` nearest to `value`; halves go up, as 四舍五入 is commonly taught. */
export function roundTo(value: Rational, step: Rational): Rational {
  return times(rational(floor(plus(over(value, step), rational(1n, 2n)))), step)
}

/** The greatest multiple of `step` not above `value`: what is left when the further digits are cut off. */
export function cutTo(value: Rational, step: Rational): Rational {
  return times(rational(floor(over(value, step))), step)
}

/** How many decimal digits a power of ten such as 1/100 stands for; 0 for 1 and above. */
export function decimalsOf(step: Rational): number {
  return step.denominator === 1n ? 0 : step.denominator.toString().length - 1
}

/** `value` rounded half-up and written with exactly `decimals` digits: `38.00`. */
export function written(value: Rational, decimals: number): string {
  const scaled = floor(plus(times(value, rational(10n ** BigInt(decimals))), rational(1n, 2n)))
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals)
  const sign = scaled < 0n ? '-' : ''
  return decimals === 0 ? sign + whole : `${sign}${whole}.${digits.slice(-decimals)}`
}

/** `value` as far as a reader wants to see it: exact where the decimals end early, otherwise cut and marked with `…`. */
export function shown(value: Rational, decimals: number): string {
  const cut = cutTo(value, rational(1n, 10n ** BigInt(decimals)))
  if (compare(cut, value) !== 0) return `${written(cut, decimals)}…`
  return written(value, decimals)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '')
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b]
  while (y > 0n) [x, y] = [y, x % y]
  return x === 0n ? 1n : x
}
