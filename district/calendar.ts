import { calendarOf } from '#engine/calendar.ts'
import holidays from './holidays.json' with { type: 'json' }
import type { Calendar, Schedule } from '#engine/calendar.ts'

/** The State Council's schedules as published, keyed by year. */
export const publishedSchedules: Readonly<Record<string, Schedule>> = Object.fromEntries(
  Object.entries(holidays as Readonly<Record<string, unknown>>).filter((entry): entry is [string, Schedule] => /^\d{4}$/.test(entry[0])),
)

/** The calendar of the schedules that come with this release. */
export const publishedCalendar: Calendar = calendarOf(publishedSchedules)
