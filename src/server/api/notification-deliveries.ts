import { administratorOf } from '../reader.ts'
import { CHANNELS, NOTIFICATIONS } from '#readings/notification-kinds.ts'
import { isUuid } from '#store/read-case.ts'
import { listDeliveries, retryNotification } from '#store/notification-deliveries.ts'
import { logEvent } from '#store/log-event.ts'
import { readQuery } from '../query.ts'
import { Refusal } from '#engine/refusal.ts'
import { z } from 'zod'
import type { FastifyInstance } from 'fastify'
import type { NotificationDelivery } from '#store/notification-deliveries.ts'
import type { Services } from '../services.ts'

/** One sending: its address masked, and not about which case. */
export interface NotificationDeliveryJson extends NotificationDelivery {
  readonly channelName: string
  readonly kindName: string
}

export interface NotificationDeliveriesJson {
  readonly deliveries: readonly NotificationDeliveryJson[]
  readonly next: string | null
}

const PAGE = 50
const listing = { state: z.enum(['waiting', 'delivered', 'withheld', 'given-up']).optional(), after: z.uuid().optional() }

/** `/notification-deliveries`: how each sending went. Those given up are the system administrator's to see to. */
export function notificationDeliveryApi(api: FastifyInstance, { store, now }: Services): void {
  const refusals = ['permission.not-administrator', 'notification.delivery-unknown']

  api.get(
    '/notification-deliveries',
    { schema: { summary: ['通知发送记录', 'What was sent'], parameters: listing, answer: 'NotificationDeliveriesJson', refusals } },
    async (request): Promise<NotificationDeliveriesJson> => {
      administratorOf(request, 'system')
      const { say } = request.view
      const { state, after } = readQuery(listing, request.query)
      const lines = await listDeliveries(store, { limit: PAGE + 1, ...(state ? { state } : {}), ...(after ? { after } : {}) })
      const deliveries = lines.slice(0, PAGE).map((line) => ({
        ...line,
        address: line.address === null ? null : masked(line.address),
        channelName: say(CHANNELS[line.channel].name),
        kindName: say(NOTIFICATIONS[line.kind].name),
      }))
      return { deliveries, next: lines.length > PAGE ? deliveries.at(-1)!.id : null }
    },
  )

  api.post<{ Params: { id: string } }>(
    '/notification-deliveries/:id/retries',
    { schema: { summary: ['重新发送', 'Send again'], refusals } },
    async (request, reply) => {
      const by = administratorOf(request, 'system')
      const { id } = request.params
      if (!isUuid(id) || !(await retryNotification(store, id, now()))) throw unknownDelivery()
      await logEvent(store, { kind: 'administration', by, of: id, what: { act: 'notification-retried' }, at: now() })
      return reply.code(201).send({ delivery: id })
    },
  )
}

/** Enough to tell two addresses apart, too little to write to: `x***@example.cn`, `138******01`. */
export function masked(address: string): string {
  const [name = '', host] = address.split('@')
  if (host !== undefined) return `${name.slice(0, 1)}***@${host}`
  return address.length < 8 ? '***' : `${address.slice(0, 3)}******${address.slice(-2)}`
}

function unknownDelivery(): Refusal {
  return new Refusal({
    code: 'notification.delivery-unknown',
    message: ['没有这条可以重发的记录。', 'There is no such sending that could be sent again.'],
    basis: ['已送达或不再发送的不重发。', 'What was delivered or withheld is not sent again.'],
    remedy: ['请从列表选择。', 'Choose one from the list.'],
  })
}
