import { halfWidth, refused } from './checked.ts'
import { yearOf } from './year.ts'
import type { Checked } from './checked.ts'

/**
 * 政府信息索引号: `321302/2021-00123`. The organ part is a six-digit division code or a nine-character organisation code.
 * Serials are unique per organ part and year and are not used again after a deletion.
 *
 * Reasons in order: `format`, `organ`, `year`, `serial`.
 */
export function checkInfoIndex(
  value: string,
  today: string,
): Checked<{ readonly organ: string; readonly year: number; readonly serial: number }> {
  const index = halfWidth(value)
  const [shaped, organ, yearText, serial] = /^([0-9A-Z]+)\/(\d+)-(\d+)$/.exec(index) ?? []
  if (!shaped || !organ || !yearText || !serial) return refused('format')
  if (!/^\d{6}$|^[0-9A-Z]{9}$/.test(organ)) return refused('organ')

  const year = yearOf(yearText, Number(today.slice(0, 4)))
  if (year === undefined) return refused('year')
  if (serial.length !== 5 || serial === '00000') return refused('serial')
  return { valid: true, normalized: index, organ, year, serial: Number(serial) }
}
