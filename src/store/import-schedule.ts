import { calendarOf } from '#engine/calendar.ts'
import { clockRow, nextLastDay } from './case-rows.ts'
import { clocksOf } from '#engine/clocks.ts'
import { readCase } from './read-case.ts'
import { Refusal } from '#engine/refusal.ts'
import { inTransaction } from './store.ts'
import { logEvent } from './log-event.ts'
import { schedulesInForce } from './schedules.ts'
import type { Actor } from '#engine/case.ts'
import type { Calendar, Schedule } from '#engine/calendar.ts'
import type { ClockRun } from '#engine/clocks.ts'
import type { Store } from './store.ts'
import type { System } from '#engine/system.ts'

/** A running clock whose last day moves when a schedule changes. */
export interface MovedClock {
  readonly case: string
  readonly number: string
  readonly procedure: string
  readonly clock: string
  readonly from: string
  readonly to: string
}

/**
 * Takes a new or changed holiday schedule, recounts every running clock and moves the index where the last day moves.
 *
 * @param schedules keyed by year; other keys are left alone, as in `district/holidays.json`
 * @param at an instant
 * @param counting has whoever counts in this process look at the schedules anew, before the clocks are recounted
 * @throws Refusal `schedule.invalid`
 */
export async function importSchedule(
  store: Store,
  catalogue: readonly System[],
  schedules: Readonly<Record<string, unknown>>,
  { by, at }: { readonly by: Actor; readonly at: string },
  counting: () => Promise<void> = async () => {},
): Promise<MovedClock[]> {
  const years = yearsOf(schedules)
  await inTransaction(store.pool, async (client) => {
    for (const [year, value] of years) {
      await client.query(
        'insert into schedule (region, year, version, value, at) select $1, $2, coalesce(max(version), 0) + 1, $3, $4 from schedule where region = $1 and year = $2',
        [store.region, Number(year), JSON.stringify(value), at],
      )
    }
    await logEvent(
      store,
      { kind: 'administration', by, what: { did: 'import-schedule', years: years.map(([year]) => Number(year)) }, at },
      client,
    )
  })
  await counting()
  const moved: MovedClock[] = []
  for await (const { clock, row, run, next } of changedClocks(store, catalogue, await store.calendar())) {
    await store.pool.query(
      `update clock_run set due = $6, due_date = $7, provisional = $8
       where region = $1 and case_id = $2 and clock = $3 and seq = $4 and item = $5`,
      [store.region, clock.case, run.clock, run.seq, row['item'], row['due'], row['due_date'], row['provisional']],
    )
    for (const [table, id] of [
      ['case_file', 'id'],
      ['case_organ', 'case_id'],
    ])
      await store.pool.query(`update ${table} set due = $3 where region = $1 and ${id} = $2`, [store.region, clock.case, next])
    if (clock.from !== clock.to) moved.push(clock)
  }
  return moved
}

/** What {@link importSchedule} would move; nothing is written. @throws Refusal `schedule.invalid` */
export async function previewSchedule(
  store: Store,
  catalogue: readonly System[],
  schedules: Readonly<Record<string, unknown>>,
): Promise<MovedClock[]> {
  const calendar = calendarOf({ ...(await schedulesInForce(store)), ...Object.fromEntries(yearsOf(schedules)) })
  const moved: MovedClock[] = []
  for await (const { clock } of changedClocks(store, catalogue, calendar)) if (clock.from !== clock.to) moved.push(clock)
  return moved
}

/** The schedules by their years. @throws Refusal `schedule.invalid` · `date.invalid` · `calendar.day-of-other-year` */
function yearsOf(schedules: Readonly<Record<string, unknown>>): [string, Schedule][] {
  const years = Object.entries(schedules).filter(([year]) => /^\d{4}$/.test(year))
  if (years.length === 0 || !years.every((entry): entry is [string, Schedule] => isSchedule(entry[1]))) throw invalid()
  calendarOf(Object.fromEntries(years)) // a day that does not exist, or of another year, is refused here
  return years
}

/** Every running clock of which a calendar says otherwise than the index does: the index follows it, the steps are what they were. */
async function* changedClocks(
  store: Store,
  catalogue: readonly System[],
  calendar: Calendar,
): AsyncGenerator<{
  readonly clock: MovedClock
  readonly run: ClockRun
  readonly row: Readonly<Record<string, unknown>>
  readonly next: string | null
}> {
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const { rows } = await store.pool.query<{ case_id: string; kept: readonly KeptRun[] }>(
      `select case_id, jsonb_agg(jsonb_build_object('clock', clock, 'seq', seq, 'item', item, 'due', due, 'provisional', provisional)) as kept
       from clock_run where region = $1 and state = 'running' and case_id > $2 group by case_id order by case_id limit 500`,
      [store.region, after],
    )
    if (rows.length === 0) return
    for (const { case_id, kept } of rows) {
      const { theCase, definition } = await readCase(store.pool, store.region, case_id, catalogue)
      const runs = clocksOf(definition, theCase, calendar)
      const next = nextLastDay(definition, theCase, runs)
      for (const run of runs) {
        if (run.state !== 'running' || !run.deadline) continue
        const row = clockRow(run)
        const old = kept.find(({ clock, seq, item }) => clock === run.clock && seq === run.seq && item === row['item'])
        if (!old || (old.due === row['due'] && old.provisional === row['provisional'])) continue
        const { number, procedure } = theCase
        yield { clock: { case: case_id, number, procedure, clock: run.clock, from: old.due ?? '', to: String(row['due']) }, run, row, next }
      }
    }
    after = rows.at(-1)!.case_id
  }
}

/** A run as the index has it. */
interface KeptRun {
  readonly clock: string
  readonly seq: number
  readonly item: string
  readonly due: string | null
  readonly provisional: boolean
}

function isSchedule(value: unknown): value is Schedule {
  const { holidays, workdays } = (value ?? {}) as Partial<Schedule>
  return Array.isArray(holidays) && Array.isArray(workdays) && [...holidays, ...workdays].every((day) => typeof day === 'string')
}

function invalid(): Refusal {
  return new Refusal({
    code: 'schedule.invalid',
    message: ['文件不是放假安排。', 'The file is no holiday schedule.'],
    basis: [
      '每年一项：{"2027":{"holidays":["2027-01-01"],"workdays":[]}}',
      'One entry a year: {"2027":{"holidays":["2027-01-01"],"workdays":[]}}',
    ],
    remedy: [
      '请按国务院办公厅通知填写后再导入；日历未作改动。',
      'Write it after the State Council’s notice and import it again; the calendar is unchanged.',
    ],
  })
}
