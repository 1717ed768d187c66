import { publishedSchedules } from '#district/calendar.ts'
import type { Schedule } from '#engine/calendar.ts'
import type { Store } from './store.ts'

/** A version of one year's schedule, as it was imported here. */
export interface ScheduleVersion {
  readonly year: number
  readonly version: number
  readonly schedule: Schedule
  /** An instant. */
  readonly at: string
}

/** Every version that was imported here, the newest of each year first. */
export async function importedSchedules({ pool, region }: Pick<Store, 'pool' | 'region'>): Promise<ScheduleVersion[]> {
  const { rows } = await pool.query<ScheduleVersion>(
    'select year, version, value as schedule, at from schedule where region = $1 order by year, version desc',
    [region],
  )
  return rows
}

/** The schedules of this release, and over them those that were imported here; keyed by year. */
export async function schedulesInForce(store: Pick<Store, 'pool' | 'region'>): Promise<Record<string, Schedule>> {
  const imported = (await importedSchedules(store)).toReversed() // the newest of a year is the last word on it
  return { ...publishedSchedules, ...Object.fromEntries(imported.map(({ year, schedule }) => [String(year), schedule])) }
}
