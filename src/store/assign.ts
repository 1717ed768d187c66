import { inTransaction } from './store.ts'
import { logEvent } from './log-event.ts'
import { noteToTell } from './to-tell.ts'
import type { Actor } from '#engine/case.ts'
import type { Store } from './store.ts'
import type pg from 'pg'

/** Who is to handle cases in a post; a person of `null` gives them back to whoever of the post comes. */
export interface Assignment {
  /** Each case, and by which holding it is given. */
  readonly cases: readonly { readonly id: string; readonly by: Actor }[]
  readonly post: string
  readonly person: string | null
  readonly reason: string
  /** An instant. */
  readonly at: string
}

/**
 * Assigns cases: all of them, or none. The act is a row of its own; who handles a case now is an index of these rows. Whether it may be done is
 * asked before (`assigningHolding`).
 */
export async function assign(store: Store, { cases, post, person, reason, at }: Assignment): Promise<void> {
  const { region } = store
  await inTransaction(store.pool, async (client) => {
    for (const { id, by } of [...cases].sort((a, b) => (a.id < b.id ? -1 : 1))) {
      await takeTurns(client, region, id)
      await write(store, client, id, { post, person, reason, by, at })
    }
  })
}

/** Has somebody keep away from a case: whatever of it was theirs is nobody's then. */
export async function recuse(
  store: Store,
  {
    id,
    person,
    reason,
    by,
    at,
  }: { readonly id: string; readonly person: string; readonly reason: string; readonly by: Actor; readonly at: string },
): Promise<void> {
  const { region } = store
  await inTransaction(store.pool, async (client) => {
    await takeTurns(client, region, id)
    await client.query(
      `insert into recusal (region, case_id, person, reason, by_person, by_organ, at) values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (region, case_id, person) do nothing`,
      [region, id, person, reason, by.person, by.organ, at],
    )
    const { rows } = await client.query<{ post: string }>(
      'select post from case_assignee where region = $1 and case_id = $2 and person = $3 order by post',
      [region, id, person],
    )
    for (const { post } of rows) await write(store, client, id, { post, person: null, reason, by, at })
    await logEvent(store, { kind: 'recusal', by, of: id, what: { person, reason }, at }, client)
  })
}

/** Two who assign the same case at once take turns by its row: the next number is found by looking. */
async function takeTurns(client: pg.PoolClient, region: string, id: string): Promise<void> {
  await client.query('select 1 from case_file where region = $1 and id = $2 for no key update', [region, id])
}

async function write(
  store: Store,
  client: pg.PoolClient,
  id: string,
  { post, person, reason, by, at }: Omit<Assignment, 'cases'> & { readonly by: Actor },
): Promise<void> {
  const { region } = store
  const { rows } = await client.query<{ seq: number }>(
    `insert into assignment (region, case_id, seq, post, person, reason, by_person, by_organ, at)
     select $1, $2, coalesce(max(seq), 0) + 1, $3, $4, $5, $6, $7, $8 from assignment where region = $1 and case_id = $2 returning seq`,
    [region, id, post, person, reason, by.person, by.organ, at],
  )
  if (person !== null) await noteToTell(client, region, { kind: 'assignment', subject: id, seq: rows[0]!.seq, at })
  if (person === null) await client.query('delete from case_assignee where region = $1 and case_id = $2 and post = $3', [region, id, post])
  else
    await client.query(
      `insert into case_assignee (region, case_id, post, person, procedure, opened_on)
       select $1, $2, $3, $4, procedure, opened_on from case_file where region = $1 and id = $2
       on conflict (region, case_id, post) do update set person = excluded.person`,
      [region, id, post, person],
    )
  await logEvent(store, { kind: 'assignment', by, of: id, what: { post, person, reason }, at }, client)
}
