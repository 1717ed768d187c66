import { dateIn } from '#engine/day.ts'
import { givenUp, later } from './next-attempt.ts'
import { holdingsOn } from '#store/holdings.ts'
import { innerAllowed } from './outbound.ts'
import { keepDelivery, takeDueDeliveries } from '#store/notification-deliveries.ts'
import { NOTIFICATIONS } from '#readings/notification-kinds.ts'
import { notificationText } from '#readings/notification-text.ts'
import { readChannels } from '#store/notification-channels.ts'
import { readConcern } from '#store/read-concern.ts'
import { say } from '#engine/words.ts'
import { seesCase } from '#identity/permission.ts'
import { settingsOf } from '#store/notification-settings.ts'
import { WAYS } from './channels/send.ts'
import type { ChannelId } from '#readings/notification-kinds.ts'
import type { ChannelWithSecrets } from '#store/notification-channels.ts'
import type { DueDelivery } from '#store/notification-deliveries.ts'
import type { NotificationSetting } from '#store/notification-settings.ts'
import type { Outcome } from '#store/outbox.ts'
import type { TellingOffice } from '#store/tell.ts'
import type { Viewer } from '#identity/viewer.ts'

/** What sending needs beside: the address under which people open the workbench. */
export interface SendingOffice extends TellingOffice {
  readonly origin: string
}

const BATCH = 20

/**
 * Sends the notifications that are due by the channels that people chose; what is not taken is tried again later, and given up in the end for
 * the system administrator to look at.
 *
 * @param now an instant
 * @returns how many were sent and taken
 */
export async function deliverNotifications(office: SendingOffice, now: string, allowed = innerAllowed(process.env)): Promise<number> {
  const { store } = office
  const due = await takeDueDeliveries(store, now, BATCH)
  if (due.length === 0) return 0
  const channels = await readChannels(store)
  const settings = await settingsOf(
    store,
    due.map(({ person }) => person),
  )
  const held = await holdingsOn(store, dateIn(now))
  const outcomes = await Promise.all(
    due.map(async (delivery) => {
      const viewer = { person: delivery.person, holdings: held.get(delivery.person) ?? [] }
      const outcome = await deliver(office, delivery, { channels, setting: settings.get(delivery.person), viewer, now, allowed })
      await keepDelivery(store, delivery.id, outcome, now)
      return outcome
    }),
  )
  return outcomes.filter(({ state }) => state === 'delivered').length
}

interface Around {
  readonly channels: ReadonlyMap<ChannelId, ChannelWithSecrets>
  readonly setting: NotificationSetting | undefined
  readonly viewer: Viewer
  readonly now: string
  readonly allowed: readonly string[]
}

async function deliver(
  office: SendingOffice,
  delivery: DueDelivery,
  { channels, setting, viewer, now, allowed }: Around,
): Promise<Outcome> {
  const { store, catalogue, registers, origin } = office
  const channel = channels.get(delivery.channel)
  const address = setting?.addresses[delivery.channel]
  if (!channel?.isOn || !setting || address === undefined) return { state: 'withheld' }
  // The predicate is asked when it is sent: whoever may not see the case any more is not told of it.
  if (delivery.caseId !== null && !seesCase(viewer, await readConcern(store, delivery.caseId), catalogue)) return { state: 'withheld' }
  const { language } = setting
  const sent = await WAYS[delivery.channel].send({ channel, allowed }, address, {
    title: say(NOTIFICATIONS[delivery.kind].name, language),
    text: say(notificationText(delivery, catalogue, registers), language),
    link: `${origin}/workbench${pathOf(delivery)}`,
  })
  if (sent.is === 'delivered') return { state: 'delivered' }
  return sent.is === 'refused' ? givenUp(now, sent.error, sent.status) : later(delivery, now, sent.error, sent.status)
}

/** The page of the workbench that a notification leads to. A proposal of none of the registers is one of posts. */
export function pathOf({ caseId, proposal }: Pick<DueDelivery, 'caseId' | 'proposal'>): string {
  if (caseId !== null) return `/cases/${caseId}`
  return proposal === null ? '/administration/posts' : `/proposals/${proposal}`
}
