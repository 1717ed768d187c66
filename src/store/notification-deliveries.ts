import { LEASE_SECONDS } from './outbox.ts'
import type { ChannelId } from '#readings/notification-kinds.ts'
import type { Delivery, Outcome } from './outbox.ts'
import type { Notification } from './notifications.ts'
import type { Store } from './store.ts'

/** A notification on its way to one person by one channel. */
export interface DueDelivery extends Omit<Notification, 'readAt' | 'id'> {
  readonly id: string
  readonly person: string
  readonly channel: ChannelId
  readonly attempts: number
}

/** Takes what is due, so that no other process sends it at the same time. @param now an instant */
export async function takeDueDeliveries({ pool, region }: Store, now: string, limit: number): Promise<DueDelivery[]> {
  const { rows } = await pool.query<DueDelivery>(
    `with due as (
       update notification_delivery d set next_at = $2::timestamptz + make_interval(secs => ${LEASE_SECONDS}), attempts = d.attempts + 1
       where d.region = $1 and d.id in (
         select id from notification_delivery where region = $1 and state = 'waiting' and next_at <= $2 order by next_at limit $3 for update skip locked)
       returning d.*
     )
     select d.id, d.person, d.channel, d.attempts, n.kind, n.case_id as "caseId", c.number, c.procedure, n.clock, n.proposal, n.what, n.made_at as "madeAt"
     from due d join notification n on n.region = d.region and n.id = d.notification
       left join case_file c on c.region = n.region and c.id = n.case_id
     order by d.at`,
    [region, now, limit],
  )
  return rows
}

/** Keeps how a sending went. @param now an instant */
export async function keepDelivery({ pool, region }: Store, id: string, outcome: Outcome, now: string): Promise<void> {
  await pool.query(
    `update notification_delivery set state = $3, last_error = $4, next_at = coalesce($5, next_at), delivered_at = $6 where region = $1 and id = $2`,
    [
      region,
      id,
      outcome.state,
      'error' in outcome ? outcome.error : null,
      'nextAt' in outcome ? outcome.nextAt : null,
      outcome.state === 'delivered' ? now : null,
    ],
  )
}

/** One sending as the system administrator sees it: to whom and whether it went, not about which case. */
export interface NotificationDelivery extends Omit<Delivery, 'event' | 'lastStatus'> {
  readonly person: string
  readonly channel: ChannelId
  readonly kind: Notification['kind']
  readonly address: string | null
}

/** What was sent, the latest first, by keyset. @param after the last line of the page before */
export async function listDeliveries(
  { pool, region }: Store,
  { state, after, limit }: { readonly state?: Delivery['state']; readonly after?: string; readonly limit: number },
): Promise<NotificationDelivery[]> {
  const values: unknown[] = [region, limit]
  const add = (value: unknown): string => `$${values.push(value)}`
  const stateIs = state === undefined ? '' : `and d.state = ${add(state)}`
  const before =
    after === undefined ? '' : `and (d.at, d.id) < (select at, id from notification_delivery where region = $1 and id = ${add(after)})`
  const { rows } = await pool.query<NotificationDelivery>(
    `select d.id, d.person, d.channel, n.kind, s.addresses->>d.channel as address, d.at, d.state, d.attempts, d.next_at as "nextAt",
       d.last_error as "lastError", d.delivered_at as "deliveredAt"
     from notification_delivery d join notification n on n.region = d.region and n.id = d.notification
       left join notification_setting s on s.region = d.region and s.person = d.person
     where d.region = $1 ${stateIs} ${before} order by d.at desc, d.id desc limit $2`,
    values,
  )
  return rows
}

/** The channels by which the last sending to somebody was given up, and why. */
export async function failingChannels(
  { pool, region }: Store,
  person: string,
): Promise<{ channel: ChannelId; error: string | null; at: string }[]> {
  const { rows } = await pool.query<{ channel: ChannelId; error: string | null; at: string; state: string }>(
    `select distinct on (channel) channel, last_error as error, coalesce(delivered_at, next_at) as at, state from notification_delivery
     where region = $1 and person = $2 and state in ('delivered', 'given-up')
     order by channel, coalesce(delivered_at, next_at) desc, id desc`,
    [region, person],
  )
  return rows.flatMap(({ state, ...failing }) => (state === 'given-up' ? [failing] : []))
}

/** Sends again what was given up or waits for its next turn. @returns whether there is such a sending */
export async function retryNotification({ pool, region }: Store, id: string, now: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update notification_delivery set state = 'waiting', attempts = 0, next_at = $3 where region = $1 and id = $2 and state in ('waiting', 'given-up')`,
    [region, id, now],
  )
  return rowCount === 1
}
