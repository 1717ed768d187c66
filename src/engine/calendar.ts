import { dateText, dayOf, weekday } from './day.ts'
import { Refusal } from './refusal.ts'
import type { Day } from './day.ts'

/** One year of the State Council's schedule (国务院办公厅关于部分节假日安排的通知). */
export interface Schedule {
  /** Every day off, weekends inside a break included. */
  readonly holidays: readonly string[]
  /** Weekend days turned into working days. */
  readonly workdays: readonly string[]
}

/** Which days are working days, indexed so that any count is two look-ups. */
export interface Calendar {
  isWorkingDay(day: Day): boolean
  /** Has the schedule of this day's year been published here? Beyond it only weekends are known. */
  isPublished(day: Day): boolean
  /** Is this weekend day a make-up working day? */
  isMakeUp(day: Day): boolean
  /** Working days in (after, until]. */
  workingDaysBetween(after: Day, until: Day): number
  /** The `count`-th working day after `day`; before it when `count` is negative. */
  addWorkingDays(day: Day, count: number): Day
  /** `day` itself if it is a working day, else the next one. */
  workingDayFrom(day: Day): Day
  /** The years whose schedules are known, ascending. */
  readonly years: readonly number[]
}

// Wide enough for a limit of twenty years (不动产, 行政复议法 2023 第二十一条) from any act that this platform will meet.
const FIRST = dayOf('1990-01-01')
const LAST = dayOf('2079-12-31')

/**
 * Builds the calendar from published schedules, keyed by year.
 *
 * @throws Refusal `calendar.day-of-other-year` when a day is filed under a year that is not its own
 */
export function calendarOf(schedules: Readonly<Record<string, Schedule>>): Calendar {
  const holidays = new Set<Day>()
  const makeUps = new Set<Day>()
  const published = new Set<number>()
  for (const [year, schedule] of Object.entries(schedules)) {
    published.add(Number(year))
    for (const [days, kind] of [
      [schedule.holidays, holidays],
      [schedule.workdays, makeUps],
    ] as const) {
      for (const day of days) {
        if (day.slice(0, 4) !== year) throw otherYear(day, year)
        kind.add(dayOf(day))
      }
    }
  }

  const length = LAST - FIRST + 1
  const countTo = new Int32Array(length) // working days in [FIRST, day]
  const nth: Day[] = []
  for (let day = FIRST; day <= LAST; day += 1) {
    if (isWorking(day)) nth.push(day)
    countTo[day - FIRST] = nth.length
  }

  function isWorking(day: Day): boolean {
    if (makeUps.has(day)) return true
    const dayOfWeek = weekday(day)
    return dayOfWeek !== 0 && dayOfWeek !== 6 && !holidays.has(day)
  }

  function countUpTo(day: Day): number {
    const count = countTo[day - FIRST]
    if (count === undefined) throw outOfRange(day)
    return count
  }

  const calendar: Calendar = {
    years: [...published].sort((a, b) => a - b),
    isWorkingDay: (day) => countUpTo(day) !== countUpTo(day - 1),
    isPublished: (day) => published.has(new Date(day * 86_400_000).getUTCFullYear()),
    isMakeUp: (day) => makeUps.has(day),
    workingDaysBetween: (after, until) => countUpTo(until) - countUpTo(after),
    addWorkingDays(day, count) {
      // Counting back from a rest day, the first working day before it is number one, as from a working day.
      const index = count >= 0 ? countUpTo(day) + count - 1 : countUpTo(day - 1) + count
      const reached = nth[index]
      if (reached === undefined) throw outOfRange(day)
      return count === 0 ? day : reached
    },
    workingDayFrom: (day) => (calendar.isWorkingDay(day) ? day : calendar.addWorkingDays(day, 1)),
  }
  return calendar
}

function outOfRange(day: Day): Refusal {
  return new Refusal({
    code: 'calendar.out-of-range',
    message: [`${dateText(day)} 超出可计算的范围。`, `${dateText(day)} is beyond what can be counted.`],
    basis: ['日历自 1990 年至 2079 年。', 'The calendar runs from 1990 to 2079.'],
    remedy: ['请核对日期。', 'Check the date.'],
  })
}

function otherYear(day: string, year: string): Refusal {
  return new Refusal({
    code: 'calendar.day-of-other-year',
    message: [`${day} 列在 ${year} 年之下。`, `${day} is listed under ${year}.`],
    basis: ['每一日列在其所属公历年之下。', 'Every day is filed under its own calendar year.'],
    remedy: ['请改正放假安排文件。', 'Correct the schedule file.'],
  })
}
