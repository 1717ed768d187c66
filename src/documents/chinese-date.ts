import { dateIn, instantOf, instantText } from '#engine/day.ts'

const DIGITS = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九']

/**
 * The day as official documents print it, `2024年3月5日`: Arabic numerals, no leading zeros (GB/T 9704-2012, 7.3.5.4).
 *
 * @param text a day `2024-03-05` or an instant, whose day in China it is
 * @throws Refusal `date.invalid`
 */
export function officialDate(text: string): string {
  const [year, month, day] = partsOf(text)
  return `${year}年${month}月${day}日`
}

/** The day in Chinese numerals, `二〇二四年三月五日`, as many court and enforcement forms write it. */
export function chineseDate(text: string): string {
  const [year, month, day] = partsOf(text)
  return `${[...String(year)].map((digit) => DIGITS[Number(digit)]).join('')}年${chineseNumber(month)}月${chineseNumber(day)}日`
}

/** `2024年3月5日10时15分`, the time in China; a bare day has no time and is printed as a day. */
export function officialTime(text: string): string {
  if (text.length === 10) return officialDate(text)
  const local = instantText(instantOf(text))
  return `${officialDate(local)}${Number(local.slice(11, 13))}时${local.slice(14, 16)}分`
}

/**
 * A whole number from 0 to 99 in Chinese: 五, 十, 二十八. Numbers chapters 一、 and sections （一） too.
 *
 * @throws RangeError beyond that
 */
export function chineseNumber(value: number): string {
  if (!Number.isInteger(value) || value < 0 || value > 99)
    throw new RangeError(`chineseNumber: ${value} is not a whole number from 0 to 99`)
  const [tens, units] = [Math.floor(value / 10), value % 10]
  if (tens === 0) return DIGITS[units]!
  return `${tens === 1 ? '' : DIGITS[tens]}十${units === 0 ? '' : DIGITS[units]}`
}

function partsOf(text: string): [year: number, month: number, day: number] {
  // Through an instant, so that a day that does not exist is refused and not printed.
  const [year, month, day] = dateIn(instantText(instantOf(text)))
    .split('-')
    .map(Number)
  return [year!, month!, day!]
}
