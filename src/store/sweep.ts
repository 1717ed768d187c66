import { advanceCase } from './take-step.ts'
import type { Office } from './take-step.ts'

/**
 * Looks at every clock that has run out and takes the steps that the machine owes. The clocks are the law's; this only looks at them.
 *
 * @param now an instant
 * @returns how many steps were taken
 */
export async function sweep(office: Office, now: string): Promise<number> {
  const lapsing = office.catalogue.flatMap((system) =>
    system.definitions.flatMap((definition) =>
      Object.entries(definition.clocks).flatMap(([id, { lapse }]) => (lapse === undefined ? [] : [`${definition.id}/${id}`])),
    ),
  )
  const { rows } = await office.store.pool.query<{ case_id: string }>(
    `select distinct case_id from clock_run where region = $1 and state = 'running' and due_date <= left($2, 10)::date and procedure || '/' || clock = any($3)`,
    [office.store.region, now, [...new Set(lapsing)]],
  )
  let taken = 0
  for (const { case_id } of rows) taken += await advanceCase(office, case_id, now)
  return taken
}
