import { inTransaction } from './store.ts'
import { logEvent } from './log-event.ts'
import type { Actor } from '#engine/case.ts'
import type { ChannelId } from '#readings/notification-kinds.ts'
import type { Store } from './store.ts'

/** A channel as it was set up. What its form means is for what sends by it. */
export interface ChannelKept {
  readonly id: ChannelId
  readonly isOn: boolean
  readonly form: unknown
  readonly changedBy: string
  readonly changedAt: string
}

export interface ChannelWithSecrets extends ChannelKept {
  readonly secrets: Readonly<Record<string, string>>
}

/** The channels that were set up, with their secrets: for what sends by them alone. */
export async function readChannels({ pool, region }: Store): Promise<Map<ChannelId, ChannelWithSecrets>> {
  const { rows } = await pool.query<ChannelWithSecrets>(
    `select id, is_on as "isOn", form, secrets, changed_by as "changedBy", changed_at as "changedAt" from notification_channel where region = $1`,
    [region],
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/** Sets a channel up. A secret that is not named stays, an empty one goes; the log has their names alone. */
export async function writeChannel(
  store: Store,
  { id, isOn, form, secrets }: Pick<ChannelWithSecrets, 'id' | 'isOn' | 'form' | 'secrets'>,
  by: Actor,
  at: string,
): Promise<void> {
  await inTransaction(store.pool, async (client) => {
    await client.query(
      `insert into notification_channel as was (region, id, is_on, form, secrets, changed_by, changed_at)
       values ($1, $2, $3, $4, (select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each_text($5::jsonb) where value <> ''), $6, $7)
       on conflict (region, id) do update set is_on = excluded.is_on, form = excluded.form, changed_by = excluded.changed_by, changed_at = excluded.changed_at,
         secrets = (select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each_text(was.secrets || $5::jsonb) where value <> '')`,
      [store.region, id, isOn, JSON.stringify(form), JSON.stringify(secrets), by.person, at],
    )
    const what = { act: 'notification-channel-set', channel: id, isOn, secrets: Object.keys(secrets) }
    await logEvent(store, { kind: 'administration', by, of: `notification-channel/${id}`, what, at }, client)
  })
}
