import { calendarOf } from '#engine/calendar.ts'
import { clockRow, nextLastDay } from './case-rows.ts'
import { clocksOf } from '#engine/clocks.ts'
import { readCase } from './read-case.ts'
import { Refusal } from '#engine/refusal.ts'
import { inTransaction } from './store.ts'
import type { Schedule } from '#engine/calendar.ts'
import type { Store } from './store.ts'
import type { System } from '#engine/system.ts'

/** A running clock whose last day moves when a schedule changes. */
export interface MovedClock {
  readonly case: string
  readonly number: string
  readonly clock: string
  readonly from: string
  readonly to: string
}

/**
 * Takes a new or changed holiday schedule, recounts every running clock and moves the index where the last day moves.
 *
 * @param schedules keyed by year; other keys are left alone, as in `district/holidays.json`
 * @param at an instant
 * @throws Refusal `schedule.invalid`
 */
export async function importSchedule(
  store: Store,
  catalogue: readonly System[],
  schedules: Readonly<Record<string, unknown>>,
  at: string,
): Promise<MovedClock[]> {
  const years = Object.entries(schedules).filter(([year]) => /^\d{4}$/.test(year))
  if (years.length === 0 || !years.every(([, value]) => isSchedule(value))) throw invalid()
  calendarOf(Object.fromEntries(years) as Record<string, Schedule>) // a day that does not exist, or of another year, is refused here

  await inTransaction(store.pool, async (client) => {
    for (const [year, value] of years) {
      await client.query(
        'insert into schedule (region, year, version, value, at) select $1, $2, coalesce(max(version), 0) + 1, $3, $4 from schedule where region = $1 and year = $2',
        [store.region, Number(year), JSON.stringify(value), at],
      )
    }
  })
  return recountRunning(store, catalogue)
}

/** Recounts every clock that runs: the index follows the calendar, the steps are what they were. */
async function recountRunning(store: Store, catalogue: readonly System[]): Promise<MovedClock[]> {
  const calendar = await store.calendar()
  const moved: MovedClock[] = []
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const { rows } = await store.pool.query<{ case_id: string }>(
      "select distinct case_id from clock_run where region = $1 and state = 'running' and case_id > $2 order by case_id limit 500",
      [store.region, after],
    )
    if (rows.length === 0) return moved
    for (const { case_id } of rows) {
      const { theCase, definition } = await readCase(store.pool, store.region, case_id, catalogue)
      const runs = clocksOf(definition, theCase, calendar)
      for (const run of runs) {
        if (run.state !== 'running' || !run.deadline) continue
        const row = clockRow(run)
        const { rows: changed } = await store.pool.query<{ due: string }>(
          `update clock_run k set due = $5, due_date = $6, provisional = $7 from (select due from clock_run where region = $1 and case_id = $2 and clock = $3 and seq = $4 and item = $8) old
           where k.region = $1 and k.case_id = $2 and k.clock = $3 and k.seq = $4 and k.item = $8 and (k.due is distinct from $5 or k.provisional is distinct from $7) returning old.due`,
          [store.region, case_id, run.clock, run.seq, row['due'], row['due_date'], row['provisional'], row['item']],
        )
        if (changed[0] && changed[0].due !== row['due'])
          moved.push({ case: case_id, number: theCase.number, clock: run.clock, from: changed[0].due, to: String(row['due']) })
      }
      const due = nextLastDay(definition, theCase, runs)
      for (const [table, id] of [
        ['case_file', 'id'],
        ['case_organ', 'case_id'],
      ])
        await store.pool.query(`update ${table} set due = $3 where region = $1 and ${id} = $2 and due is distinct from $3`, [
          store.region,
          case_id,
          due,
        ])
    }
    after = rows.at(-1)!.case_id
  }
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
