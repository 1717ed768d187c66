import { inTransaction } from './store.ts'
import { logEvent } from './log-event.ts'
import type { Actor } from '#engine/case.ts'
import type { Store } from './store.ts'
import type pg from 'pg'

/** Who is to handle a case in a post, by whom it was so decided, and why. */
export interface Assignment {
  readonly caseId: string
  readonly post: string
  /** `null` gives it back: it is nobody's then. */
  readonly person: string | null
  readonly reason: string
  readonly by: Actor
  /** An instant. */
  readonly at: string
}

/** Gives a case to somebody to handle. The assignment, who holds now, and the ledger's leaf are written together or not at all. */
export function assignCase(store: Store, assignment: Assignment): Promise<void> {
  return inTransaction(store.pool, async (client) => {
    await lockCase(client, store.region, assignment.caseId)
    await writeAssignment(store, client, assignment)
  })
}

/** Has somebody keep away from a case: whatever of it was theirs is nobody's then. */
export function recuse(
  store: Store,
  { caseId, person, reason, by, at }: Omit<Assignment, 'post' | 'person'> & { readonly person: string },
): Promise<void> {
  return inTransaction(store.pool, async (client) => {
    const { region } = store
    await lockCase(client, region, caseId)
    await client.query(
      `insert into recusal (region, case_id, person, reason, by_person, by_organ, at) values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (region, case_id, person) do nothing`,
      [region, caseId, person, reason, by.person, by.organ, at],
    )
    const { rows } = await client.query<{ post: string }>(
      'select post from case_assignee where region = $1 and case_id = $2 and person = $3 order by post',
      [region, caseId, person],
    )
    for (const { post } of rows) await writeAssignment(store, client, { caseId, post, person: null, reason, by, at })
    await logEvent(store, { kind: 'recusal', by, of: caseId, what: { person, reason }, at }, client)
  })
}

/** One after the other: the next number of an assignment is found by looking. */
async function lockCase(client: pg.PoolClient, region: string, caseId: string): Promise<void> {
  await client.query('select 1 from case_file where region = $1 and id = $2 for update', [region, caseId])
}

async function writeAssignment(store: Store, client: pg.PoolClient, { caseId, post, person, reason, by, at }: Assignment): Promise<void> {
  const { region } = store
  await client.query(
    `insert into assignment (region, case_id, seq, post, person, reason, by_person, by_organ, at)
     select $1, $2, coalesce(max(seq), 0) + 1, $3, $4, $5, $6, $7, $8 from assignment where region = $1 and case_id = $2`,
    [region, caseId, post, person, reason, by.person, by.organ, at],
  )
  if (person === null)
    await client.query('delete from case_assignee where region = $1 and case_id = $2 and post = $3', [region, caseId, post])
  else
    await client.query(
      `insert into case_assignee (region, case_id, post, person, procedure, opened_on)
       select c.region, c.id, $3, $4, c.procedure, c.opened_on from case_file c where c.region = $1 and c.id = $2
       on conflict (region, case_id, post) do update set person = excluded.person`,
      [region, caseId, post, person],
    )
  await logEvent(store, { kind: 'assignment', by, of: caseId, what: { post, person, reason }, at }, client)
}
