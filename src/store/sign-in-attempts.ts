import { createHash } from 'node:crypto'
import type { Store } from './store.ts'

/** What is tried: by which key, how often it may fail in a row, and for how long it is then locked. */
export interface Tried {
  readonly key: string
  readonly failures: number
  readonly minutes: number
}

/**
 * Begins an attempt. It counts as failed until it is forgotten, so that many at once are not more than the same number one after another.
 *
 * @param at an instant
 * @returns how many failed in a row, with this one; `locked` where no more are taken
 */
export async function beginAttempt({ pool }: Store, { key, failures, minutes }: Tried, at: string): Promise<number | 'locked'> {
  const { rows } = await pool.query<{ failed: number }>(
    `insert into sign_in_attempt as t (key, failed, last_at) values ($1, 1, $2)
     on conflict (key) do update set failed = case when t.last_at <= $2::timestamptz - make_interval(mins => $4) then 1 else t.failed + 1 end, last_at = $2
       where t.failed < $3 or t.last_at <= $2::timestamptz - make_interval(mins => $4)
     returning failed`,
    [hashed(key), at, failures, minutes],
  )
  return rows[0]?.failed ?? 'locked'
}

/** An attempt that did not fail: the row of failures ends. */
export async function forgetAttempts({ pool }: Store, key: string): Promise<void> {
  await pool.query('delete from sign_in_attempt where key = $1', [hashed(key)])
}

/** An attempt that did not fail, where others of the same key may have: it alone is taken back. */
export async function takeBackAttempt({ pool }: Store, key: string): Promise<void> {
  await pool.query('update sign_in_attempt set failed = greatest(failed - 1, 0) where key = $1', [hashed(key)])
}

function hashed(key: string): string {
  return createHash('sha256').update(key).digest('base64url')
}
