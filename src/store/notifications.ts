import { readable } from './scope.ts'
import type { ChannelId, NotificationKind } from '#readings/notification-kinds.ts'
import type { NotificationFacts } from '#readings/notification-text.ts'
import type { Reader } from './scope.ts'
import type { Store } from './store.ts'
import type pg from 'pg'

/** Something to tell one person. */
export interface Notice {
  readonly person: string
  readonly kind: NotificationKind
  /** Which happening: the same again is not told again. */
  readonly about: string
  readonly caseId?: string
  readonly clock?: string
  readonly proposal?: string
  readonly what: NotificationFacts['what']
}

/** What somebody was told. */
export interface Notification extends NotificationFacts {
  readonly id: string
  readonly caseId: string | null
  readonly proposal: string | null
  readonly madeAt: string
  readonly readAt: string | null
}

/**
 * Tells somebody once; the ways by which it reaches them wait to be sent.
 *
 * @param channels those on by which this person is told
 * @returns whether they had not been told before
 */
export async function notify(
  db: Pick<pg.Pool, 'query'>,
  region: string,
  { person, kind, about, caseId, clock, proposal, what }: Notice,
  channels: readonly ChannelId[],
  at: string,
): Promise<boolean> {
  const { rows } = await db.query<{ told: boolean }>(
    `with told as (
       insert into notification (region, person, kind, case_id, clock, proposal, what, about, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (region, person, kind, about) do nothing returning id
     ), sent as (
       insert into notification_delivery (region, notification, person, channel, at, next_at)
       select $1, told.id, $2, channel, $9, $9 from told, unnest($10::text[]) as channel
     )
     select exists (select 1 from told) as told`,
    [region, person, kind, caseId ?? null, clock ?? null, proposal ?? null, JSON.stringify(what), about, at, channels],
  )
  return rows[0]!.told
}

type Add = (value: unknown) => string

/** One's own, and of cases only those that one still sees: whoever must keep away is told no more. */
function own({ person, scopes }: Reader, add: Add): string {
  return `from notification n left join case_file c on c.region = n.region and c.id = n.case_id
    where n.region = $1 and n.person = ${add(person)} and (n.case_id is null or ${readable({ person, scopes }, add)})`
}

/** What somebody was told, the latest first, by keyset. @param after the last one of the page before */
export async function listNotifications(
  { pool, region }: Store,
  reader: Reader,
  { unread, after, limit }: { readonly unread: boolean; readonly after?: string; readonly limit: number },
): Promise<Notification[]> {
  const values: unknown[] = [region]
  const add: Add = (value) => `$${values.push(value)}`
  const from = own(reader, add)
  const before =
    after === undefined ? '' : `and (n.made_at, n.id) < (select made_at, id from notification where region = $1 and id = ${add(after)})`
  const { rows } = await pool.query<Notification>(
    `select n.id, n.kind, n.case_id as "caseId", c.number, c.procedure, n.clock, n.proposal, n.what, n.made_at as "madeAt", n.read_at as "readAt"
     ${from} ${unread ? 'and n.read_at is null' : ''} ${before} order by n.made_at desc, n.id desc limit ${add(limit)}`,
    values,
  )
  return rows
}

/** How many somebody has not read. @param most it counts no further */
export async function countUnread({ pool, region }: Store, reader: Reader, most: number): Promise<number> {
  const values: unknown[] = [region]
  const add: Add = (value) => `$${values.push(value)}`
  const { rows } = await pool.query<{ count: number }>(
    `select count(*)::int as count from (select 1 ${own(reader, add)} and n.read_at is null limit ${add(most)}) as unread`,
    values,
  )
  return rows[0]!.count
}

/** Marks one as read. @returns whether it is the person's */
export async function markRead({ pool, region }: Store, person: string, id: string, at: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    'update notification set read_at = coalesce(read_at, $4) where region = $1 and person = $2 and id = $3',
    [region, person, id, at],
  )
  return rowCount === 1
}

/** Marks one and all before it as read. @param until what came later was not seen */
export async function markReadUntil({ pool, region }: Store, person: string, until: string, at: string): Promise<void> {
  await pool.query(
    `update notification set read_at = $4 where region = $1 and person = $2 and read_at is null
       and (made_at, id) <= (select made_at, id from notification where region = $1 and person = $2 and id = $3)`,
    [region, person, until, at],
  )
}
