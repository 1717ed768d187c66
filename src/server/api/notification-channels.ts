import { addressInvalid } from './notification-settings.ts'
import { administratorOf } from '../reader.ts'
import { CHANNEL_IDS, CHANNELS } from '#readings/notification-kinds.ts'
import { HTTP_FORMS } from '../channels/http-form.ts'
import { innerAllowed, unreachable } from '../outbound.ts'
import { logEvent } from '#store/log-event.ts'
import { read } from './cases.ts'
import { readChannels, writeChannel } from '#store/notification-channels.ts'
import { Refusal } from '#engine/refusal.ts'
import { secretsOf } from '../channels/channel.ts'
import { warningDays } from '#store/tell.ts'
import { WAYS } from '../channels/send.ts'
import { words } from '../words.ts'
import { writeWarningDays } from '#store/place-setting.ts'
import { z } from 'zod'
import type { ChannelId } from '#readings/notification-kinds.ts'
import type { FastifyInstance } from 'fastify'
import type { HttpForm } from '../channels/http-form.ts'
import type { Services } from '../services.ts'
import type { SmtpForm } from '../channels/smtp-channel.ts'

/** A channel as its administrator sees it: its secrets by name alone. */
export interface NotificationChannelJson {
  readonly id: ChannelId
  readonly name: string
  readonly addressName: string
  readonly isOn: boolean
  /** As it was set up; else one to begin from. */
  readonly form: SmtpForm | HttpForm
  readonly isSetUp: boolean
  /** Names of the secrets that there are, those of the operator's environment among them. */
  readonly secrets: readonly string[]
  readonly changedBy: string | null
  readonly changedAt: string | null
}

export interface NotificationChannelsJson {
  readonly channels: readonly NotificationChannelJson[]
  /** How many days before its last one a clock is due soon. */
  readonly warningDays: number
}

/** How a test message was taken. */
export interface TrialJson {
  readonly taken: boolean
  readonly error: string | null
}

const BEGINNINGS: Readonly<Record<ChannelId, SmtpForm | HttpForm>> = {
  email: { host: 'smtp.example.gov.cn', port: 465, security: 'tls', user: '', from: 'yifa@example.gov.cn' },
  ...HTTP_FORMS,
}

const secretName = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/)
const setting = z.strictObject({ isOn: z.boolean(), form: z.unknown(), secrets: z.record(secretName, z.string().max(2000)) })
const trying = z.strictObject({ address: z.string().trim().min(1).max(254) })
const warning = z.strictObject({ days: z.int().min(0).max(60) })

/** `/notification-channels`: how notifications leave the place. For the system administrator. */
export function notificationChannelApi(api: FastifyInstance, { store, now }: Services): void {
  const refusals = ['permission.not-administrator', 'notification.channel-unknown']

  api.get(
    '/notification-channels',
    { schema: { summary: ['通知渠道', 'Notification channels'], answer: 'NotificationChannelsJson', refusals } },
    async (request): Promise<NotificationChannelsJson> => {
      administratorOf(request, 'system')
      const { say } = request.view
      const kept = await readChannels(store)
      return {
        warningDays: await warningDays(store),
        channels: CHANNEL_IDS.map((id) => {
          const channel = kept.get(id)
          return {
            id,
            name: say(CHANNELS[id].name),
            addressName: say(CHANNELS[id].address),
            isOn: channel?.isOn ?? false,
            form: (channel?.form ?? BEGINNINGS[id]) as SmtpForm | HttpForm,
            isSetUp: channel !== undefined,
            secrets: Object.keys(secretsOf({ id, secrets: channel?.secrets ?? {} })).toSorted(),
            changedBy: channel?.changedBy ?? null,
            changedAt: channel?.changedAt ?? null,
          }
        }),
      }
    },
  )

  api.put<{ Params: { id: string } }>(
    '/notification-channels/:id',
    {
      schema: {
        summary: ['设置通知渠道；密钥只写不读，空值即删除', 'Set a channel up; secrets are written and never read, an empty one goes'],
        body: setting,
        refusals: [...refusals, 'notification.form-invalid', 'notification.url-refused'],
      },
    },
    async (request, reply) => {
      const by = administratorOf(request, 'system')
      const id = channelNamed(request.params.id)
      const { isOn, form, secrets } = read(setting, request.body)
      const checked = WAYS[id].form.safeParse(form)
      if (!checked.success) throw formInvalid([...new Set(checked.error.issues.map(({ path }) => path.join('.')))])
      if (addressesIn(checked.data as SmtpForm | HttpForm).some((url) => unreachable(url, innerAllowed(process.env)))) throw urlRefused()
      await writeChannel(store, { id, isOn, form: checked.data, secrets }, by, now())
      return reply.code(204).send()
    },
  )

  // Each trial is another message: it is not for a key to say that it was done.
  api.post<{ Params: { id: string } }>(
    '/notification-channels/:id/trials',
    {
      config: { repeatable: true },
      schema: {
        summary: ['发送测试通知', 'Send a test message'],
        body: trying,
        answer: 'TrialJson',
        refusals: [...refusals, 'notification.address-invalid', 'notification.channel-not-set-up'],
      },
    },
    async (request, reply): Promise<TrialJson> => {
      const by = administratorOf(request, 'system')
      const id = channelNamed(request.params.id)
      const { address } = read(trying, request.body)
      if (!CHANNELS[id].is.test(address)) throw addressInvalid(id)
      const channel = (await readChannels(store)).get(id)
      if (!channel) throw notSetUp()
      const { say } = request.view
      const sent = await WAYS[id].send({ channel, allowed: innerAllowed(process.env) }, address, {
        title: say(words.testMessage),
        text: say(words.testMessageSays),
        link: `${request.protocol}://${request.host}/workbench/notifications`,
      })
      const what = { act: 'notification-channel-tried', channel: id, taken: sent.is === 'delivered' }
      await logEvent(store, { kind: 'administration', by, of: `notification-channel/${id}`, what, at: now() })
      reply.code(201)
      return { taken: sent.is === 'delivered', error: sent.is === 'delivered' ? null : sent.error }
    },
  )

  api.put(
    '/notification-warning',
    { schema: { summary: ['设置临近到期的提前天数', 'Set how early a clock is due soon'], body: warning, refusals } },
    async (request, reply) => {
      const by = administratorOf(request, 'system')
      const { days } = read(warning, request.body)
      await writeWarningDays(store, days)
      await logEvent(store, { kind: 'administration', by, what: { act: 'notification-warning-set', days }, at: now() })
      return reply.code(204).send()
    },
  )
}

function channelNamed(id: string): ChannelId {
  const found = CHANNEL_IDS.find((one) => one === id)
  if (!found) throw channelUnknown()
  return found
}

/** Where a form would have us send: its placeholders stand in the query. */
function addressesIn(form: SmtpForm | HttpForm): string[] {
  return 'send' in form
    ? [form.send.url, ...(form.token ? [form.token.request.url] : [])].map((url) => url.replace(/\{[\w.]+\}/g, 'x'))
    : []
}

function channelUnknown(): Refusal {
  return new Refusal({
    code: 'notification.channel-unknown',
    message: ['没有这个通知渠道。', 'There is no such channel.'],
    basis: ['通知渠道有电子邮件、短信、企业微信、微信服务号。', 'There are e-mail, text messages, WeCom and WeChat.'],
    remedy: ['请从列表选择。', 'Choose one from the list.'],
  })
}

function formInvalid(names: readonly string[]): Refusal {
  return new Refusal({
    code: 'notification.form-invalid',
    exit: 2,
    message: [`渠道设置有误：${names.join('、')}。`, `The channel cannot be set up so: ${names.join(', ')}.`],
    basis: ['设置须合乎该渠道的格式，见 docs/notifications.md。', 'It must have the form of the channel, see docs/notifications.md.'],
    remedy: ['请改正所列各项。', 'Correct what is named.'],
  })
}

function urlRefused(): Refusal {
  return new Refusal({
    code: 'notification.url-refused',
    exit: 2,
    message: ['不能向该地址发送通知。', 'Notifications are not sent to this address.'],
    basis: [
      '地址须为 https，或本机回环；内网地址须由运维人员在 YIFA_WEBHOOK_INNER 中允许。',
      'The address must be https, or this machine itself; an inner one must be allowed by the operator in YIFA_WEBHOOK_INNER.',
    ],
    remedy: ['请更换地址，或请运维人员允许。', 'Use another address, or have the operator allow it.'],
  })
}

function notSetUp(): Refusal {
  return new Refusal({
    code: 'notification.channel-not-set-up',
    message: ['该渠道尚未设置。', 'The channel is not set up.'],
    basis: ['测试通知按已保存的设置发送。', 'A test message is sent by what was kept.'],
    remedy: ['请先保存设置。', 'Keep its settings first.'],
  })
}
