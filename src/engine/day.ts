import { Refusal } from './refusal.ts'

/**
 * Days and instants as the law counts them: China has one time zone, +08:00, and no daylight saving.
 *
 * At every border a day is ISO text (`2024-03-12`) and an instant ISO text with its offset (`2020-10-02T22:40+08:00`).
 * Inside, a day is a number of days since 1970-01-01 and an instant a number of milliseconds since then: counting 200,000 deadlines
 * a second leaves no room for an object a day. docs/decisions/0003-days-as-numbers.md has the measurement.
 */
export type Day = number

const MS_PER_DAY = 86_400_000
const CHINA_OFFSET_MS = 8 * 3_600_000
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/
const INSTANT = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/

/** Is it an existing day written `YYYY-MM-DD`? */
export function isDay(text: string): boolean {
  try {
    dayOf(text)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

/** @throws Refusal `date.invalid` for anything but an existing day written `YYYY-MM-DD` */
export function dayOf(text: string): Day {
  const parts = DATE.exec(text)
  if (parts) {
    const [year, month, dayOfMonth] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
    const ms = Date.UTC(year, month - 1, dayOfMonth)
    // Date.UTC rolls 02-29 of a common year over to March: a day that does not read back is no day.
    if (year >= 1000 && new Date(ms).getUTCMonth() === month - 1 && new Date(ms).getUTCDate() === dayOfMonth) return ms / MS_PER_DAY
  }
  throw new Refusal({
    code: 'date.invalid',
    exit: 2,
    message: [`“${text}”不是存在的日期。`, `“${text}” is not an existing date.`],
    basis: ['日期按公历，写作 YYYY-MM-DD。', 'Dates are Gregorian, written YYYY-MM-DD.'],
    remedy: ['请改为如 2024-03-05 的日期。', 'Write a date such as 2024-03-05.'],
  })
}

/** `2024-03-05` */
export function dateText(day: Day): string {
  const date = new Date(day * MS_PER_DAY)
  const month = date.getUTCMonth() + 1
  const dayOfMonth = date.getUTCDate()
  return `${date.getUTCFullYear()}-${month < 10 ? '0' : ''}${month}-${dayOfMonth < 10 ? '0' : ''}${dayOfMonth}`
}

/** Is this the text of an instant (with a time), rather than of a day? */
export function isInstant(text: string): boolean {
  return text.length > 10
}

/**
 * Milliseconds since 1970 of `2020-10-02T22:40+08:00`; seconds are optional, an absent offset is +08:00.
 * A bare day is its first moment in China.
 *
 * @throws Refusal `date.invalid`
 */
export function instantOf(text: string): number {
  if (text.length === 10) return dayOf(text) * MS_PER_DAY - CHINA_OFFSET_MS
  const parts = INSTANT.exec(text)
  const [hours, minutes, seconds] = [Number(parts?.[2]), Number(parts?.[3]), Number(parts?.[4] ?? 0)]
  if (parts && hours <= 24 && minutes < 60 && seconds < 60 && (hours < 24 || minutes + seconds === 0)) {
    return dayOf(parts[1]!) * MS_PER_DAY + ((hours * 60 + minutes) * 60 + seconds) * 1000 - offsetMs(parts[5])
  }
  throw new Refusal({
    code: 'date.invalid',
    exit: 2,
    message: [`“${text}”不是存在的时刻。`, `“${text}” is not an existing instant.`],
    basis: ['时刻按 ISO 8601，北京时间 +08:00。', 'Instants follow ISO 8601, Beijing time +08:00.'],
    remedy: ['请改为如 2024-03-05T10:15+08:00 的时刻。', 'Write an instant such as 2024-03-05T10:15+08:00.'],
  })
}

function offsetMs(offset: string | undefined): number {
  if (offset === undefined) return CHINA_OFFSET_MS
  if (offset === 'Z') return 0
  const [hours, minutes] = [Number(offset.slice(1, 3)), Number(offset.slice(-2))]
  return (offset[0] === '-' ? -1 : 1) * (hours * 60 + minutes) * 60_000
}

/** `2020-10-02T22:40+08:00`; seconds are written only when they are not zero. */
export function instantText(ms: number): string {
  const local = ms + CHINA_OFFSET_MS
  const day = Math.floor(local / MS_PER_DAY)
  const seconds = Math.floor((local - day * MS_PER_DAY) / 1000)
  const two = (value: number): string => (value < 10 ? `0${value}` : String(value))
  const tail = seconds % 60 === 0 ? '' : `:${two(seconds % 60)}`
  return `${dateText(day)}T${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}${tail}+08:00`
}

/** The day in China of a day's or an instant's text. */
export function dayIn(text: string): Day {
  return text.length === 10 ? dayOf(text) : Math.floor((instantOf(text) + CHINA_OFFSET_MS) / MS_PER_DAY)
}

/** The date in China of a day's or an instant's text, as text. */
export function dateIn(text: string): string {
  return text.length === 10 ? text : text.endsWith('+08:00') && !text.includes('T24:') ? text.slice(0, 10) : dateText(dayIn(text))
}

/** The last minute of a day, as text; an instant is itself. */
export function endOf(text: string): string {
  return isInstant(text) ? text : `${text}T23:59+08:00`
}

/**
 * The day of the same number `months` later; if that month has no such day, its last day (民法典第二百零二条).
 */
export function addMonths(day: Day, months: number): Day {
  const date = new Date(day * MS_PER_DAY)
  const first = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1))
  const lastOfMonth = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  return Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(date.getUTCDate(), lastOfMonth)) / MS_PER_DAY
}

/** 0 = Sunday … 6 = Saturday */
export function weekday(day: Day): number {
  return (((day + 4) % 7) + 7) % 7
}
