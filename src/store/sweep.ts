import { advanceCase, followEnd } from './take-step.ts'
import { endPublications } from './publications.ts'
import { payPending } from './hand-over.ts'
import { readCase } from './read-case.ts'
import type { Office } from './take-step.ts'

/**
 * Looks at every clock that has run out and takes the steps that the machine owes, then at what steps still owe to other cases. The clocks are the
 * law's; this only looks at them.
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
  await payPending(office, now)
  await endPublications(office.store, now)
  await followEnded(office, now)
  return taken
}

/** Steps that should have followed the end of another case and were interrupted. */
async function followEnded(office: Office, now: string): Promise<void> {
  const { store, catalogue } = office
  const kinds = catalogue.flatMap(({ definitions }) =>
    definitions.flatMap(({ steps }) => Object.values(steps).flatMap(({ follows }) => follows ?? [])),
  )
  const { rows } = await store.pool.query<{ other: string }>(
    `select distinct l.other from case_link l
     join case_file o on o.region = l.region and o.id = l.other and o.is_final
     join case_file c on c.region = l.region and c.id = l.case_id and not c.is_final
     where l.region = $1 and l.kind = any($2)`,
    [store.region, [...new Set(kinds)]],
  )
  for (const { other } of rows) await followEnd(office, (await readCase(store.pool, store.region, other, catalogue)).theCase, now)
}
