import { CHANNEL_IDS, CHANNELS, NOTIFICATION_KINDS, NOTIFICATIONS } from '#readings/notification-kinds.ts'
import { failingChannels } from '#store/notification-deliveries.ts'
import { NO_SETTING, settingsOf, writeSetting } from '#store/notification-settings.ts'
import { officerOf } from '../reader.ts'
import { read } from './cases.ts'
import { readChannels } from '#store/notification-channels.ts'
import { Refusal } from '#engine/refusal.ts'
import { z } from 'zod'
import type { ChannelId, NotificationKind } from '#readings/notification-kinds.ts'
import type { FastifyInstance } from 'fastify'
import type { Language } from '#engine/words.ts'
import type { Services } from '../services.ts'

/** Where one is reached beside the workbench, and about what by which way. */
export interface NotificationSettingsJson {
  readonly language: Language
  readonly channels: readonly {
    readonly id: ChannelId
    readonly name: string
    readonly addressName: string
    /** Set up and switched on by the system administrator. */
    readonly isOn: boolean
    /** One's own, in full. */
    readonly address: string | null
    /** Why the last sending to this address was given up. */
    readonly failing: { readonly at: string; readonly error: string | null } | null
  }[]
  readonly kinds: readonly { readonly kind: NotificationKind; readonly name: string; readonly channels: readonly ChannelId[] }[]
}

const setting = z.strictObject({
  language: z.enum(['zh', 'en']),
  addresses: z.partialRecord(z.enum(CHANNEL_IDS), z.string().trim().max(254)),
  channels: z.partialRecord(z.enum(NOTIFICATION_KINDS), z.array(z.enum(CHANNEL_IDS)).max(CHANNEL_IDS.length)),
})

/** `/notification-settings`: one's own. Addresses are personal: nobody else reads them but masked. */
export function notificationSettingApi(api: FastifyInstance, { store }: Services): void {
  api.get(
    '/notification-settings',
    { schema: { summary: ['本人的通知设置', 'Your notification settings'], answer: 'NotificationSettingsJson' } },
    async (request): Promise<NotificationSettingsJson> => {
      const { person } = officerOf(request)
      const { say } = request.view
      const [settings, channels, failing] = await Promise.all([
        settingsOf(store, [person]),
        readChannels(store),
        failingChannels(store, person),
      ])
      const own = settings.get(person) ?? NO_SETTING
      return {
        language: own.language,
        channels: CHANNEL_IDS.map((id) => {
          const failed = failing.find(({ channel }) => channel === id)
          return {
            id,
            name: say(CHANNELS[id].name),
            addressName: say(CHANNELS[id].address),
            isOn: channels.get(id)?.isOn ?? false,
            address: own.addresses[id] ?? null,
            failing: failed ? { at: failed.at, error: failed.error } : null,
          }
        }),
        kinds: NOTIFICATION_KINDS.map((kind) => ({
          kind,
          name: say(NOTIFICATIONS[kind].name),
          channels: own.channels[kind] ?? NOTIFICATIONS[kind].channels,
        })),
      }
    },
  )

  api.put(
    '/notification-settings',
    {
      schema: {
        summary: ['保存本人的通知设置；空地址即删除', 'Keep your notification settings; an empty address goes'],
        body: setting,
        refusals: ['notification.address-invalid'],
      },
    },
    async (request, reply) => {
      const { person } = officerOf(request)
      const { language, addresses, channels } = read(setting, request.body)
      const given = Object.entries(addresses).filter(([, address]) => address !== '') as [ChannelId, string][]
      const wrong = given.find(([id, address]) => !CHANNELS[id].is.test(address))
      if (wrong) throw addressInvalid(wrong[0])
      await writeSetting(store, person, { language, addresses: Object.fromEntries(given), channels })
      return reply.code(204).send()
    },
  )
}

/** @param id of the channel whose address it is */
export function addressInvalid(id: ChannelId): Refusal {
  const { name, address } = CHANNELS[id]
  return new Refusal({
    code: 'notification.address-invalid',
    exit: 2,
    message: [`填写的${address[0]}不是${name[0]}的地址。`, `What was given as ${address[1]} is no address for ${name[1]}.`],
    basis: ['通知只发到形式正确的地址。', 'Notifications are sent only to an address of the right form.'],
    remedy: ['请改正，或留空。', 'Correct it, or leave it empty.'],
  })
}
