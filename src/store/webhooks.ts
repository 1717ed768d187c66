import { randomUUID } from 'node:crypto'
import type { EventName } from './outbox.ts'
import type { Store } from './store.ts'

/** Where a client of the API is told of events. */
export interface Webhook {
  readonly id: string
  readonly client: string
  readonly url: string
  readonly events: readonly EventName[]
  readonly at: string
  readonly endedAt: string | null
}

const COLUMNS = 'id, client, url, events, at, ended_at as "endedAt"'

/** @param secret with which what is sent is signed */
export async function addWebhook(
  { pool, region }: Store,
  {
    client,
    url,
    events,
    secret,
    by,
    at,
  }: Pick<Webhook, 'client' | 'url' | 'events' | 'at'> & { readonly secret: string; readonly by: string },
): Promise<Webhook> {
  const { rows } = await pool.query<Webhook>(
    `insert into webhook (region, id, client, url, events, secret, made_by, at) values ($1, $2, $3, $4, $5, $6, $7, $8) returning ${COLUMNS}`,
    [region, randomUUID(), client, url, events, secret, by, at],
  )
  return rows[0]!
}

/** All of the place, the latest first: there are as many as the government has systems. */
export async function webhooks({ pool, region }: Store): Promise<Webhook[]> {
  const { rows } = await pool.query<Webhook>(`select ${COLUMNS} from webhook where region = $1 order by at desc, id limit 1000`, [region])
  return rows
}

/** Ends a webhook: nothing more is sent to it. @returns whether there was one to end */
export async function endWebhook({ pool, region }: Store, id: string, at: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    `with ended as (update webhook set ended_at = $3 where region = $1 and id = $2 and ended_at is null returning id),
       stopped as (update outbox set state = 'withheld' where region = $1 and webhook in (select id from ended) and state = 'waiting')
     select id from ended`,
    [region, id, at],
  )
  return rowCount === 1
}
