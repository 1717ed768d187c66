import { halfWidth, refused } from './checked.ts'
import { yearOf } from './year.ts'
import type { Checked } from './checked.ts'

const ANY_BRACKETS = /[〔([（【［](\d+)[〕)\]）】］]/

/**
 * 发文字号: `宿区政规发〔2020〕1号` (党政机关公文处理工作条例 2012; GB/T 9704-2012).
 * The year stands in full in six-angle brackets; the serial has no leading zeros and no 第. Other brackets are corrected only as a suggestion.
 *
 * `normative` says whether the letters contain 规, which by the local rule of 三统一 marks a normative document.
 *
 * Reasons in order: `bracket`, `format`, `year`, `serial`.
 */
export function checkDocNumber(
  value: string,
  today: string,
): Checked<{ readonly prefix: string; readonly year: number; readonly serial: number; readonly normative: boolean }> {
  const number = halfWidth(value)
  const corrected = withYearBrackets(number)
  if (corrected !== number) return refused('bracket', corrected)

  const [shaped, prefix, yearText, serialText] = /^(\p{Script=Han}{2,14})〔(\d+)〕(第?\d+)号$/u.exec(number) ?? []
  if (!shaped || !prefix || !yearText || !serialText) return refused('format')

  const year = yearOfDocument(yearText, today)
  if (year === undefined) return refused('year')
  const serial = serialOf(serialText)
  if (serial === undefined) return refused('serial')
  return { valid: true, normalized: number, prefix, year, serial, normative: prefix.includes('规') }
}

/** The same number with 〔 〕 round the year, whatever brackets stood there. */
export function withYearBrackets(number: string): string {
  return number.replace(ANY_BRACKETS, '〔$1〕')
}

/** A number may be of the coming year at most. */
export function yearOfDocument(text: string, today: string): number | undefined {
  return yearOf(text, Number(today.slice(0, 4)) + 1)
}

/** A serial from 1 without leading zeros; 第 is not written. */
export function serialOf(text: string): number | undefined {
  return /^[1-9]\d*$/.test(text) ? Number(text) : undefined
}
