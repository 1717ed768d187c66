/** An exact quotient of two counts. */
export interface Ratio {
  readonly num: number
  readonly den: number
  /** Stated per so many: `1000` for a rate per 1,000 inhabitants. In percent where it is absent. */
  readonly per?: number
}

/**
 * A ratio as people read it: `38.00%`, or `12.35` per so many as it says.
 *
 * @returns `null` when there is nothing to divide by
 */
export function ratioText(ratio: Ratio): string | null {
  if (ratio.per !== undefined) return ratio.den === 0 ? null : decimal(rounded(ratio, ratio.per, 2), 2)
  const digits = percent(ratio)
  return digits === null ? null : `${digits}%`
}

/**
 * A ratio in percent, rounded half-up on the exact quotient, never on a binary float: 2663 of 7007 is `38.00`.
 * What is not complete is never printed as complete: 99,995 of 100,000 is `99.99` at two digits, not `100.00`.
 *
 * @param digits digits after the point
 * @returns `null` when there is nothing to divide by
 */
export function percent(ratio: Ratio, digits = 2): string | null {
  const { num, den } = ratio
  if (den === 0) return null
  let units = rounded(ratio, 100, digits)
  if (units === 100n * 10n ** BigInt(digits) && num < den) units -= 1n
  return decimal(units, digits)
}

/** `times` the quotient in units of its last digit, half-up on the exact quotient. */
function rounded({ num, den }: Ratio, times: number, digits: number): bigint {
  const [n, d] = [BigInt(num) * BigInt(times) * 10n ** BigInt(digits), BigInt(den)]
  return (2n * n + d) / (2n * d)
}

function decimal(units: bigint, digits: number): string {
  const scale = 10n ** BigInt(digits)
  return digits === 0 ? String(units) : `${units / scale}.${String(units % scale).padStart(digits, '0')}`
}
