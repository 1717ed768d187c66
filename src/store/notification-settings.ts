import { CHANNEL_IDS, NOTIFICATIONS } from '#readings/notification-kinds.ts'
import type { ChannelId, NotificationKind } from '#readings/notification-kinds.ts'
import type { Language } from '#engine/words.ts'
import type { Store } from './store.ts'

/** Where somebody is reached, and about what by which way; of a kind that is not named, as it is usual. */
export interface NotificationSetting {
  readonly language: Language
  readonly addresses: Readonly<Partial<Record<ChannelId, string>>>
  readonly channels: Readonly<Partial<Record<NotificationKind, readonly ChannelId[]>>>
}

export const NO_SETTING: NotificationSetting = { language: 'zh', addresses: {}, channels: {} }

/** The settings of these persons; who has none is not among them. */
export async function settingsOf({ pool, region }: Store, persons: readonly string[]): Promise<Map<string, NotificationSetting>> {
  const { rows } = await pool.query<NotificationSetting & { person: string }>(
    'select person, language, addresses, channels from notification_setting where region = $1 and person = any($2)',
    [region, persons],
  )
  return new Map(rows.map(({ person, ...setting }) => [person, setting]))
}

export async function writeSetting(
  { pool, region }: Store,
  person: string,
  { language, addresses, channels }: NotificationSetting,
): Promise<void> {
  await pool.query(
    `insert into notification_setting (region, person, language, addresses, channels) values ($1, $2, $3, $4, $5)
     on conflict (region, person) do update set language = excluded.language, addresses = excluded.addresses, channels = excluded.channels`,
    [region, person, language, JSON.stringify(addresses), JSON.stringify(channels)],
  )
}

/** The ways by which somebody is told of a kind: chosen or usual, where they can be reached by it. */
export function channelsFor({ addresses, channels }: NotificationSetting, kind: NotificationKind): ChannelId[] {
  const chosen = channels[kind] ?? NOTIFICATIONS[kind].channels
  return CHANNEL_IDS.filter((id) => chosen.includes(id) && addresses[id] !== undefined)
}
