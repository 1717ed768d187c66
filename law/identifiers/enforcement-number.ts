import { halfWidth, refused } from './checked.ts'
import { serialOf, withYearBrackets, yearOfDocument } from './doc-number.ts'
import type { Checked } from './checked.ts'

/** The marks of enforcement documents; each has its own serial per organ and year. */
export const enforcementMarks = {
  立: 'filing',
  询: 'questioning',
  检: 'inspection',
  先登: 'evidence preservation',
  封: 'sealing',
  扣: 'seizure',
  责改: 'order to correct',
  告: 'notice before penalty',
  听告: 'hearing notice',
  罚: 'penalty decision',
  不罚: 'no penalty',
  催: 'reminder',
  强: 'coercion decision',
  移: 'transfer',
  结: 'closing',
} as const

export type EnforcementMark = keyof typeof enforcementMarks

/** Longest first, so that 不罚 is found before 罚 and 听告 before 告. */
const MARKS = (Object.keys(enforcementMarks) as EnforcementMark[]).toSorted((a, b) => b.length - a.length)

/**
 * 执法文书号 [local layout]: `宿城应急罚〔2020〕12号`; a township's organ part is its name: `宿城耿车罚〔2020〕3号`.
 * The area may be written in full-width round brackets, which the canonical form drops.
 *
 * Reasons in order: `bracket`, `format`, `year`, `mark`, `serial`.
 *
 * @param area the district's short name, e.g. 宿城
 */
export function checkEnforcementNumber(
  value: string,
  area: string,
  today: string,
): Checked<{ readonly organ: string; readonly mark: EnforcementMark; readonly year: number; readonly serial: number }> {
  const written = halfWidth(value)
  const number = written.startsWith(`（${area}）`) ? area + written.slice(area.length + 2) : written
  if (!/〔.*〕/.test(number) || /[()[\]（）【】［］]/.test(number)) {
    const corrected = withYearBrackets(number)
    return refused('bracket', corrected === number ? undefined : corrected)
  }

  const [shaped, letters, yearText, serialText] = /^(\p{Script=Han}+)〔(\d+)〕(第?\d+)号$/u.exec(number) ?? []
  if (!shaped || !letters?.startsWith(area) || !yearText || !serialText) return refused('format')
  const body = letters.slice(area.length)
  const mark = MARKS.find((candidate) => body.endsWith(candidate))
  const organ = body.slice(0, body.length - (mark?.length ?? 0))
  if (organ === '') return refused('format')

  const year = yearOfDocument(yearText, today)
  if (year === undefined) return refused('year')
  if (mark === undefined) return refused('mark')
  const serial = serialOf(serialText)
  if (serial === undefined) return refused('serial')
  return { valid: true, normalized: number, organ, mark, year, serial }
}
