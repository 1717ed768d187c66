/** An exact quotient of two counts. */
export interface Ratio {
  readonly num: number
  readonly den: number
}

/**
 * A ratio in percent, rounded half-up on the exact quotient, never on a binary float: 2663 of 7007 is `38.00`.
 * What is not complete is never printed as complete: 99,995 of 100,000 is `99.99` at two digits, not `100.00`.
 *
 * @param digits digits after the point
 * @returns `null` when there is nothing to divide by
 */
export function percent({ num, den }: Ratio, digits = 2): string | null {
  if (den === 0) return null
  const scale = 10n ** BigInt(digits)
  const [n, d] = [BigInt(num) * 100n * scale, BigInt(den)]
  let units = (2n * n + d) / (2n * d)
  if (units === 100n * scale && num < den) units -= 1n
  const whole = units / scale
  return digits === 0 ? String(whole) : `${whole}.${String(units % scale).padStart(digits, '0')}`
}
