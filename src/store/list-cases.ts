import type { CaseLine } from './count-steps.ts'
import type { Store } from './store.ts'

export interface CaseQuery {
  readonly procedure: string
  readonly state?: string
  /** Last line of the page before. */
  readonly after?: readonly [openedOn: string, id: string]
  readonly limit: number
}

/** Cases of one procedure, newest first, by keyset: page 10,000 costs what page 1 does. */
export async function listCases({ pool, region }: Store, { procedure, state, after, limit }: CaseQuery): Promise<CaseLine[]> {
  const values: unknown[] = [region, procedure, limit]
  const add = (value: unknown): string => `$${values.push(value)}`
  const stateIs = state === undefined ? '' : `and state = ${add(state)}`
  const before = after === undefined ? '' : `and (opened_on, id) < (${add(after[0])}::date, ${add(after[1])}::uuid)`
  const { rows } = await pool.query<CaseLine>(
    `select id, number, procedure, opened_on as "openedOn", state, is_final as "isFinal", step_count as "stepCount"
     from case_file where region = $1 and procedure = $2 ${stateIs} ${before} order by opened_on desc, id desc limit $3`,
    values,
  )
  return rows
}

/** How many cases of each procedure are in each state. */
export async function countByState({ pool, region }: Store): Promise<{ procedure: string; state: string; count: number }[]> {
  const { rows } = await pool.query<{ procedure: string; state: string; count: number }>(
    'select procedure, state, count(*) as count from case_file where region = $1 group by procedure, state order by procedure, state',
    [region],
  )
  return rows
}
