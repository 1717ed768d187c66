import { addWebhook, endWebhook, webhooks } from '#store/webhooks.ts'
import { administratorOf } from '../reader.ts'
import { clientOf } from '#store/api-clients.ts'
import { deliveriesOf, EVENTS, retryDelivery } from '#store/outbox.ts'
import { innerAllowed, unreachable } from '../outbound.ts'
import { isUuid } from '#store/read-case.ts'
import { logEvent } from '#store/log-event.ts'
import { randomBytes } from 'node:crypto'
import { read } from './cases.ts'
import { readQuery } from '../query.ts'
import { Refusal } from '#engine/refusal.ts'
import { unknownClient } from './clients.ts'
import { z } from 'zod'
import type { Delivery } from '#store/outbox.ts'
import type { FastifyInstance } from 'fastify'
import type { Services } from '../services.ts'
import type { Webhook } from '#store/webhooks.ts'

/** Where a client is told of events. */
export type WebhookJson = Webhook

/** A webhook just made. Its secret is shown this once. */
export interface NewWebhookJson extends WebhookJson {
  readonly secret: string
}

/** What was sent to a webhook, the latest first; `next` where there is more. */
export interface DeliveriesJson {
  readonly deliveries: readonly Delivery[]
  readonly next: string | null
}

const making = z.object({
  client: z.string().max(80),
  url: z.string().max(2000),
  events: z.array(z.enum(EVENTS)).min(1).max(EVENTS.length),
})
const listing = {
  state: z.enum(['waiting', 'delivered', 'withheld', 'given-up']).optional(),
  after: z.uuid().optional(),
}
const PAGE = 50

/**
 * `/webhooks`: where clients are told that a case was opened or a step taken, and how each sending went. For the system administrator, who
 * sees that something was sent and when, not of which case.
 */
export function webhookApi(api: FastifyInstance, services: Services): void {
  const { store, now } = services
  const refusals = ['permission.not-administrator', 'webhook.unknown']

  api.get(
    '/webhooks',
    { schema: { summary: ['事件订阅', 'Webhooks'], answer: 'WebhookJson[]', refusals } },
    async (request): Promise<WebhookJson[]> => {
      administratorOf(request, 'system')
      return webhooks(store)
    },
  )

  // It may be repeated: kept as the answer of a key, the secret would stand there a second time.
  api.post(
    '/webhooks',
    {
      config: { repeatable: true },
      schema: {
        summary: ['新增事件订阅；签名密钥只显示一次', 'Make a webhook; its secret is shown once'],
        body: making,
        answer: 'NewWebhookJson',
        refusals: ['permission.not-administrator', 'client.unknown', 'webhook.url-refused'],
      },
    },
    async (request, reply) => {
      const by = administratorOf(request, 'system')
      const { client, url, events } = read(making, request.body)
      const found = isUuid(client) ? await clientOf(store, client) : undefined
      if (found?.revokedAt !== null) throw unknownClient()
      const why = unreachable(url, innerAllowed(process.env))
      if (why) throw urlRefused()
      const secret = randomBytes(32).toString('base64url')
      const made = await addWebhook(store, { client, url, events, secret, by: by.person, at: now() })
      await logEvent(store, { kind: 'administration', by, of: made.id, what: { act: 'webhook-made', client, url, events }, at: now() })
      return reply.code(201).send({ ...made, secret } satisfies NewWebhookJson)
    },
  )

  api.delete<{ Params: { id: string } }>(
    '/webhooks/:id',
    { schema: { summary: ['停止事件订阅', 'End a webhook'], refusals } },
    async (request, reply) => {
      const by = administratorOf(request, 'system')
      const { id } = request.params
      if (!isUuid(id) || !(await endWebhook(store, id, now()))) throw unknownWebhook()
      await logEvent(store, { kind: 'administration', by, of: id, what: { act: 'webhook-ended' }, at: now() })
      return reply.code(204).send()
    },
  )

  api.get<{ Params: { id: string } }>(
    '/webhooks/:id/deliveries',
    { schema: { summary: ['发送记录', 'What was sent'], parameters: listing, answer: 'DeliveriesJson', refusals } },
    async (request): Promise<DeliveriesJson> => {
      administratorOf(request, 'system')
      const { id } = request.params
      if (!isUuid(id)) throw unknownWebhook()
      const { state, after } = readQuery(listing, request.query)
      const lines = await deliveriesOf(store, {
        webhook: id,
        limit: PAGE + 1,
        ...(state ? { state } : {}),
        ...(after ? { after } : {}),
      })
      const deliveries = lines.slice(0, PAGE)
      return { deliveries, next: lines.length > PAGE ? deliveries.at(-1)!.id : null }
    },
  )

  api.post<{ Params: { id: string; delivery: string } }>(
    '/webhooks/:id/deliveries/:delivery/retries',
    { schema: { summary: ['重新发送', 'Send again'], refusals } },
    async (request, reply) => {
      const by = administratorOf(request, 'system')
      const { id, delivery } = request.params
      if (!isUuid(id) || !isUuid(delivery) || !(await retryDelivery(store, id, delivery, now()))) throw unknownWebhook()
      await logEvent(store, { kind: 'administration', by, of: id, what: { act: 'delivery-retried', delivery }, at: now() })
      return reply.code(201).send({ delivery })
    },
  )
}

function unknownWebhook(): Refusal {
  return new Refusal({
    code: 'webhook.unknown',
    message: ['没有这个事件订阅或发送记录。', 'There is no such webhook or sending.'],
    basis: ['已停止的订阅不再发送；已送达的不再重发。', 'What has ended sends nothing more; what was delivered is not sent again.'],
    remedy: ['请从列表选择。', 'Choose one from the list.'],
  })
}

function urlRefused(): Refusal {
  return new Refusal({
    code: 'webhook.url-refused',
    exit: 2,
    message: ['不能向该地址发送事件。', 'Events are not sent to this address.'],
    basis: [
      '地址须为 https，或本机回环；内网地址须由运维人员在 YIFA_WEBHOOK_INNER 中允许。',
      'The address must be https, or this machine itself; an inner one must be allowed by the operator in YIFA_WEBHOOK_INNER.',
    ],
    remedy: ['请更换地址，或请运维人员允许。', 'Use another address, or have the operator allow it.'],
  })
}
