import { countUnread, listNotifications, markRead, markReadUntil } from '#store/notifications.ts'
import { isUuid } from '#store/read-case.ts'
import { NOTIFICATIONS } from '#readings/notification-kinds.ts'
import { notificationText } from '#readings/notification-text.ts'
import { officerOf, readerOf } from '../reader.ts'
import { pathOf } from '../deliver-notifications.ts'
import { read } from './cases.ts'
import { readQuery } from '../query.ts'
import { Refusal } from '#engine/refusal.ts'
import { z } from 'zod'
import type { FastifyInstance } from 'fastify'
import type { NotificationKind } from '#readings/notification-kinds.ts'
import type { Services } from '../services.ts'

/** Something that one was told. */
export interface NotificationJson {
  readonly id: string
  readonly kind: NotificationKind
  readonly kindName: string
  readonly text: string
  /** The page of the workbench that it leads to. */
  readonly path: string
  readonly madeAt: string
  readonly isRead: boolean
}

export interface NotificationsJson {
  readonly notifications: readonly NotificationJson[]
  readonly next: string | null
}

/** How many are unread; it counts no further than `most`. */
export interface UnreadJson {
  readonly unread: number
  readonly most: number
}

const PAGE = 50
const COUNTED_MOST = 100
const listing = { unread: z.enum(['true', 'false']).optional(), after: z.uuid().optional() }
const reading = z.object({ until: z.uuid() })

/** `/notifications`: what one was told; of cases only those that one still sees. */
export function notificationApi(api: FastifyInstance, services: Services): void {
  const { store, catalogue, registers, now } = services

  api.get(
    '/notifications',
    { schema: { summary: ['本人的通知', 'What you were told'], parameters: listing, answer: 'NotificationsJson' } },
    async (request): Promise<NotificationsJson> => {
      officerOf(request)
      const { say } = request.view
      const { unread, after } = readQuery(listing, request.query)
      const lines = await listNotifications(store, readerOf(request, services), {
        unread: unread === 'true',
        limit: PAGE + 1,
        ...(after ? { after } : {}),
      })
      const shown = lines.slice(0, PAGE)
      return {
        notifications: shown.map((line) => ({
          id: line.id,
          kind: line.kind,
          kindName: say(NOTIFICATIONS[line.kind].name),
          text: say(notificationText(line, catalogue, registers)),
          path: pathOf(line),
          madeAt: line.madeAt,
          isRead: line.readAt !== null,
        })),
        next: lines.length > PAGE ? shown.at(-1)!.id : null,
      }
    },
  )

  api.get(
    '/notifications/unread',
    { schema: { summary: ['未读通知数', 'How many are unread'], answer: 'UnreadJson' } },
    async (request): Promise<UnreadJson> => {
      officerOf(request)
      return { unread: await countUnread(store, readerOf(request, services), COUNTED_MOST), most: COUNTED_MOST }
    },
  )

  // What came after the list was read was not seen: it stays unread.
  api.put('/notifications/read', { schema: { summary: ['全部标为已读', 'Mark all as read'], body: reading } }, async (request, reply) => {
    const { person } = officerOf(request)
    await markReadUntil(store, person, read(reading, request.body).until, now())
    return reply.code(204).send()
  })

  api.put<{ Params: { id: string } }>(
    '/notifications/:id/read',
    { schema: { summary: ['标为已读', 'Mark one as read'], refusals: ['notification.unknown'] } },
    async (request, reply) => {
      const { person } = officerOf(request)
      const { id } = request.params
      if (!isUuid(id) || !(await markRead(store, person, id, now()))) throw unknownNotification()
      return reply.code(204).send()
    },
  )
}

function unknownNotification(): Refusal {
  return new Refusal({
    code: 'notification.unknown',
    message: ['没有这条通知。', 'There is no such notification.'],
    basis: ['通知只供本人查看。', 'A notification is for the one who was told.'],
    remedy: ['请从通知列表选择。', 'Choose one from your list.'],
  })
}
