import type { DraftOf } from './drafts.ts'
import type { Store } from './store.ts'

/** What is known of a write that comes: new, the answer that it got, or why it cannot be answered. */
export type Before = 'new' | 'other' | 'in-progress' | { readonly status: number; readonly answer: unknown }

/** A write without an answer for so long was cut off with its process, and may be tried again. */
const CUT_OFF_AFTER = "interval '30 seconds'"

/**
 * Neither waits for the disc: whatever the write itself makes durable is written after the key's beginning, and so never without it; an answer
 * that a crash took away is found again by the same request, as one that was cut off.
 */
const BEGIN = {
  name: 'begin-once',
  text: `with unhurried as (select set_config('synchronous_commit', 'off', true))
    insert into idempotency (region, person, key, request, at) select $1, $2, $3, $4, $5 from unhurried
    on conflict (region, person, key) do update set at = excluded.at
    where idempotency.request = excluded.request and idempotency.status is null and idempotency.at < excluded.at - ${CUT_OFF_AFTER}`,
}
const FINISH = {
  name: 'finish-once',
  text: `with unhurried as (select set_config('synchronous_commit', 'off', true)),
    dropped as (delete from draft where region = $1 and person = $2 and target = $6 and step = $7)
    update idempotency set status = $4, answer = $5 from unhurried where region = $1 and person = $2 and key = $3`,
}

/** Begins a write under a key, or finds what it came to before. */
export async function beginOnce(
  { pool, region }: Store,
  { person, key, digest, at }: { readonly person: string; readonly key: string; readonly digest: Buffer; readonly at: string },
): Promise<Before> {
  const { rowCount } = await pool.query({ ...BEGIN, values: [region, person, key, digest, at] })
  if (rowCount === 1) return 'new'
  const { rows } = await pool.query<{ request: Buffer; status: number | null; answer: unknown }>(
    'select request, status, answer from idempotency where region = $1 and person = $2 and key = $3',
    [region, person, key],
  )
  const row = rows[0]
  if (!row) return 'in-progress' // it was refused between the two looks: the next try begins it
  if (!row.request.equals(digest)) return 'other'
  return row.status === null ? 'in-progress' : { status: row.status, answer: row.answer }
}

/** A write that was done, its answer as JSON, and the draft that has become what was written. */
export interface Done {
  readonly person: string
  readonly key: string
  readonly status: number
  readonly answer: string
  readonly draftTaken?: Omit<DraftOf, 'person'>
}

/** Keeps the answer of a write that was done, and drops the draft of it. */
export async function finishOnce({ pool, region }: Store, { person, key, status, answer, draftTaken }: Done): Promise<void> {
  await pool.query({ ...FINISH, values: [region, person, key, status, answer, draftTaken?.target, draftTaken?.step] })
}

/** A write that was refused: its key is free again. */
export async function forgetOnce({ pool, region }: Store, person: string, key: string): Promise<void> {
  await pool.query('delete from idempotency where region = $1 and person = $2 and key = $3', [region, person, key])
}

/** Keys older than a week are of no use to anybody. @param now an instant */
export async function forgetOldKeys({ pool, region }: Store, now: string): Promise<void> {
  await pool.query("delete from idempotency where region = $1 and at < $2::timestamptz - interval '7 days'", [region, now])
}
