import { halfWidth, refused } from './checked.ts'
import type { Checked } from './checked.ts'

/** One division of the country, or a unit that only the statistics know. */
export interface Division {
  /** Six digits for province, prefecture and county; nine for a township. */
  readonly code: string
  readonly name: string
  readonly level: 'province' | 'prefecture' | 'county' | 'township'
  /** A statistical code, such as that of an economic zone: never an organ's jurisdiction. */
  readonly statistical?: true
  /** No longer in force; a case of its day keeps it. */
  readonly historical?: true
  /** Last month in force, `YYYY-MM`, where the code is to become historical after that. */
  readonly until?: string
}

/**
 * 行政区划代码, GB/T 2260 (six digits) and the township codes built on it (nine; twelve for villages, of which no list is kept).
 *
 * Reasons in order: `length`, `charset`, `statistical`, `unknown`. Abolished codes are valid and say `historical`.
 *
 * @param divisions the divisions this place knows
 */
export function checkRegionCode(
  value: string,
  divisions: readonly Division[],
  today: string,
): Checked<{ readonly level: Division['level']; readonly name: string; readonly historical?: true }> {
  const code = halfWidth(value)
  if (![6, 9, 12].includes([...code].length)) return refused('length')
  if (!/^\d+$/.test(code)) return refused('charset')

  const division = divisions.find((known) => known.code === code)
  // xxxx01 is 市辖区, the statistics' sum of a city's districts; in nine digits 01 ends ordinary townships.
  if (division?.statistical || (code.length === 6 && code.endsWith('01'))) return refused('statistical')
  if (!division) return refused('unknown')

  const { level, name } = division
  const historical = division.historical || (division.until !== undefined && division.until < today.slice(0, 7))
  return historical ? { valid: true, normalized: code, level, name, historical } : { valid: true, normalized: code, level, name }
}
