import type { CaseLine } from './count-steps.ts'
import { readable } from './scope.ts'
import type { Reader } from './scope.ts'
import type { Store } from './store.ts'

export interface CaseQuery {
  readonly procedure: string
  readonly state?: string
  /** Last line of the page before. */
  readonly after?: readonly [openedOn: string, id: string]
  readonly limit: number
}

/** Cases of one procedure, newest first, by keyset: page 10,000 costs what page 1 does. */
export async function listCases(
  { pool, region }: Store,
  { procedure, state, after, limit }: CaseQuery,
  reader: Reader,
): Promise<CaseLine[]> {
  const values: unknown[] = [region, procedure, limit]
  const add = (value: unknown): string => `$${values.push(value)}`
  const stateIs = state === undefined ? '' : `and c.state = ${add(state)}`
  const before = after === undefined ? '' : `and (c.opened_on, c.id) < (${add(after[0])}::date, ${add(after[1])}::uuid)`
  const { rows } = await pool.query<CaseLine>(
    `select c.id, c.number, c.procedure, c.opened_on as "openedOn", c.state, c.is_final as "isFinal", c.step_count as "stepCount"
     from case_file c where c.region = $1 and c.procedure = $2 ${stateIs} ${before} and ${readable(reader, add)}
     order by c.opened_on desc, c.id desc limit $3`,
    values,
  )
  return rows
}

/** How many of the cases that the reader sees are in each state, by procedure. */
export async function countByState(
  { pool, region }: Store,
  reader: Reader,
): Promise<{ procedure: string; state: string; count: number }[]> {
  const values: unknown[] = [region]
  const add = (value: unknown): string => `$${values.push(value)}`
  const { rows } = await pool.query<{ procedure: string; state: string; count: number }>(
    `select c.procedure, c.state, count(*) as count from case_file c where c.region = $1 and ${readable(reader, add)}
     group by c.procedure, c.state order by c.procedure, c.state`,
    values,
  )
  return rows
}
