import type { StepTaken } from '#engine/case.ts'
import type { Store } from './store.ts'

/** What another system may be told of. */
export const EVENTS = ['case.opened', 'step.taken', 'step.corrected'] as const
export type EventName = (typeof EVENTS)[number]

/** Which event a step is. */
export function eventOf({ seq, supersedes }: Pick<StepTaken, 'seq' | 'supersedes'>): EventName {
  if (supersedes) return 'step.corrected'
  return seq === 1 ? 'case.opened' : 'step.taken'
}

/** What a receiver is sent: ids, numbers, step and state; nothing about anybody. */
export interface EventBody {
  readonly event: EventName
  readonly region: string
  readonly case: string
  readonly number: string
  readonly procedure: string
  readonly seq: number
  readonly step: string
  readonly from: string | null
  readonly to: string
  /** When it takes effect, and when it was recorded. */
  readonly on: string
  readonly at: string
}

/** An event for one receiver, about to be sent. */
export interface DueEvent {
  readonly id: string
  readonly webhook: string
  readonly client: string
  readonly url: string
  readonly secret: string
  readonly attempts: number
  readonly body: EventBody
}

/** A sender that died is given this long; then another sends what it had taken. */
export const LEASE_SECONDS = 120

/** Takes events that are due, so that no other process sends them at the same time. @param now an instant */
export async function takeDue({ pool, region }: Store, now: string, limit: number): Promise<DueEvent[]> {
  const { rows } = await pool.query<DueEvent>(
    `with due as (
       update outbox o set next_at = $2::timestamptz + make_interval(secs => ${LEASE_SECONDS}), attempts = o.attempts + 1
       where o.region = $1 and o.id in (
         select id from outbox where region = $1 and state = 'waiting' and next_at <= $2 order by next_at limit $3 for update skip locked)
       returning o.*
     )
     select o.id, o.webhook, w.client, w.url, w.secret, o.attempts,
       jsonb_build_object('event', o.event, 'region', o.region, 'case', o.case_id, 'number', c.number, 'procedure', c.procedure, 'seq', o.seq,
         'step', s.step, 'from', s.from_state, 'to', s.to_state, 'on', s.taken_on, 'at', s.at) as body
     from due o join webhook w on w.region = o.region and w.id = o.webhook
       join case_file c on c.region = o.region and c.id = o.case_id
       join step s on s.region = o.region and s.case_id = o.case_id and s.seq = o.seq
     order by o.at`,
    [region, now, limit],
  )
  return rows
}

/** How a sending went. */
export type Outcome =
  | { readonly state: 'delivered'; readonly status?: number }
  | { readonly state: 'withheld' }
  | { readonly state: 'given-up' | 'waiting'; readonly status?: number; readonly error: string; readonly nextAt: string }

/** Keeps how a sending went. @param now an instant */
export async function keepOutcome({ pool, region }: Store, id: string, outcome: Outcome, now: string): Promise<void> {
  const { state } = outcome
  await pool.query(
    `update outbox set state = $3, last_status = $4, last_error = $5, next_at = coalesce($6, next_at), delivered_at = $7
     where region = $1 and id = $2`,
    [
      region,
      id,
      state,
      'status' in outcome ? (outcome.status ?? null) : null,
      'error' in outcome ? outcome.error : null,
      'nextAt' in outcome ? outcome.nextAt : null,
      state === 'delivered' ? now : null,
    ],
  )
}

/** One sending as its owner sees it: whether it went, not of which case. */
export interface Delivery {
  readonly id: string
  readonly event: EventName
  readonly at: string
  readonly state: 'waiting' | 'delivered' | 'withheld' | 'given-up'
  readonly attempts: number
  readonly nextAt: string
  readonly lastStatus: number | null
  readonly lastError: string | null
  readonly deliveredAt: string | null
}

export interface DeliveryQuery {
  readonly webhook: string
  readonly state?: Delivery['state']
  /** The last line of the page before. */
  readonly after?: string
  readonly limit: number
}

/** What was sent to a receiver, the latest first, by keyset. */
export async function deliveriesOf({ pool, region }: Store, { webhook, state, after, limit }: DeliveryQuery): Promise<Delivery[]> {
  const values: unknown[] = [region, webhook, limit]
  const add = (value: unknown): string => `$${values.push(value)}`
  const stateIs = state === undefined ? '' : `and state = ${add(state)}`
  const before = after === undefined ? '' : `and (at, id) < (select at, id from outbox where region = $1 and id = ${add(after)})`
  const { rows } = await pool.query<Delivery>(
    `select id, event, at, state, attempts, next_at as "nextAt", last_status as "lastStatus", last_error as "lastError", delivered_at as "deliveredAt"
     from outbox where region = $1 and webhook = $2 ${stateIs} ${before} order by at desc, id desc limit $3`,
    values,
  )
  return rows
}

/** Sends again what was given up or waits for its next turn. @returns whether there is such a sending */
export async function retryDelivery({ pool, region }: Store, webhook: string, id: string, now: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update outbox set state = 'waiting', attempts = 0, next_at = $4 where region = $1 and webhook = $2 and id = $3 and state in ('waiting', 'given-up')`,
    [region, webhook, id, now],
  )
  return rowCount === 1
}
