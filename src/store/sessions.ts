import type { Administrator, Means } from '#identity/viewer.ts'
import type { Store } from './store.ts'
import type pg from 'pg'

/** A session with whose it is and which posts they hold on a day: all that is needed to know who asks, in one query. */
export interface SessionRead {
  readonly id: string
  readonly account: string
  readonly username: string
  readonly person: string
  readonly administrator: Administrator | null
  readonly secondFactor: boolean
  readonly passwordMustChange: boolean
  readonly means: Means
  /** Instants. */
  readonly startedAt: string
  readonly seenAt: string
  readonly posts: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[]
  /** Organs whose people need a second factor. */
  readonly secondFactorOrgans: readonly string[]
}

// First every entry that ever named the person, then for each of them the newest version that has begun, as `entriesOn` has it.
const SESSION = {
  name: 'read-session',
  text: `select s.id, s.means, s.created_at as "startedAt", coalesce(s.seen_at, s.created_at) as "seenAt",
      a.id as account, a.username, a.person, a.two_factor_enabled as "secondFactor", a.password_must_change as "passwordMustChange",
      m.kind as administrator,
      coalesce((select jsonb_agg(jsonb_build_object('key', e.key, 'value', e.value) order by e.key)
        from (select distinct key from register_entry r where r.region = a.region and r.register = 'posts' and r.value->>'person' = a.person) k
        cross join lateral (select key, value, valid_until from register_entry r
          where r.region = a.region and r.register = 'posts' and r.key = k.key and r.valid_from <= $3::date
          order by r.valid_from desc, r.version desc limit 1) e
        where e.value->>'person' = a.person and (e.valid_until is null or e.valid_until >= $3::date)), '[]') as posts,
      coalesce((select value from place_setting p where p.region = a.region and p.name = 'second-factor-organs'), '[]') as "secondFactorOrgans"
    from session s join account a on a.id = s.user_id left join administrator m on m.region = a.region and m.person = a.person
    where s.token = $2 and a.region = $1 and a.disabled_at is null`,
}

/** Whose session this is; absent where it was ended, or its account closed. @param day `YYYY-MM-DD` */
export async function readSession({ pool, region }: Store, token: string, day: string): Promise<SessionRead | undefined> {
  const { rows } = await pool.query<SessionRead>({ ...SESSION, values: [region, token, day] })
  return rows[0]
}

/** Somebody was there. @param at an instant */
export async function touchSession({ pool }: Store, id: string, at: string): Promise<void> {
  await pool.query('update session set seen_at = $2 where id = $1', [id, at])
}

/** A session as its owner sees it. */
export interface SessionLine {
  readonly id: string
  readonly startedAt: string
  readonly seenAt: string
  readonly means: Means
  readonly address: string | null
  /** What the browser says that it is. */
  readonly agent: string | null
}

/** The sessions of an account, the newest first. */
export async function sessionsOf({ pool, region }: Store, account: string): Promise<SessionLine[]> {
  const { rows } = await pool.query<SessionLine>(
    `select s.id, s.created_at as "startedAt", coalesce(s.seen_at, s.created_at) as "seenAt", s.means, s.ip_address as address, s.user_agent as agent
     from session s join account a on a.id = s.user_id where a.region = $1 and a.id = $2 order by s.created_at desc, s.id`,
    [region, account],
  )
  return rows
}

/**
 * Ends sessions of an account: one, all, or all but one.
 *
 * @returns how many were ended
 */
export async function endSessions(
  db: Pick<pg.Pool, 'query'>,
  account: string,
  which: { readonly only?: string; readonly except?: string } = {},
): Promise<number> {
  const { rowCount } = await db.query(
    'delete from session where user_id = $1 and ($2::text is null or id = $2) and ($3::text is null or id <> $3)',
    [account, which.only ?? null, which.except ?? null],
  )
  return rowCount ?? 0
}

/** Whose password waits for its second factor. @param identifier from the signed cookie of the challenge */
export async function challengedAccount(
  { pool, region }: Store,
  identifier: string,
): Promise<{ id: string; username: string; person: string } | undefined> {
  const { rows } = await pool.query<{ id: string; username: string; person: string }>(
    `select a.id, a.username, a.person from verification v join account a on a.id = v.value where v.identifier = $2 and a.region = $1`,
    [region, identifier],
  )
  return rows[0]
}

/** What ran out is of no use to anybody. @param now an instant */
export async function forgetOldSessions({ pool }: Store, now: string): Promise<void> {
  await pool.query('delete from session where expires_at < $1', [now])
  await pool.query('delete from verification where expires_at < $1', [now])
  await pool.query("delete from sign_in_attempt where last_at < $1::timestamptz - interval '1 day'", [now])
}
