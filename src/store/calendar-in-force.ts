import type { Calendar } from '#engine/calendar.ts'
import type { Store } from './store.ts'

/** A calendar that follows what is imported while the program runs. */
export interface CalendarInForce extends Calendar {
  /** Looks at the schedules anew. */
  refresh(): Promise<void>
}

/** The calendar of a place as it stands: one that everything which counts may keep. */
export async function calendarInForce(store: Pick<Store, 'calendar'>): Promise<CalendarInForce> {
  let current = await store.calendar()
  return {
    get years() {
      return current.years
    },
    isWorkingDay: (day) => current.isWorkingDay(day),
    isPublished: (day) => current.isPublished(day),
    isMakeUp: (day) => current.isMakeUp(day),
    workingDaysBetween: (after, until) => current.workingDaysBetween(after, until),
    addWorkingDays: (day, count) => current.addWorkingDays(day, count),
    workingDayFrom: (day) => current.workingDayFrom(day),
    async refresh() {
      current = await store.calendar()
    },
  }
}
