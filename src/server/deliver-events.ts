import { clientOf, viewerOfClient } from '#store/api-clients.ts'
import { createHmac } from 'node:crypto'
import { innerAllowed, post } from './outbound.ts'
import { instantOf } from '#engine/day.ts'
import { keepOutcome, takeDue } from '#store/outbox.ts'
import { later } from './next-attempt.ts'
import { readConcern } from '#store/read-concern.ts'
import { seesCase } from '#identity/permission.ts'
import type { DueEvent, Outcome } from '#store/outbox.ts'
import type { Office } from '#store/take-step.ts'

const BATCH = 20
const TIMEOUT_MS = 10_000

/**
 * Sends the events that are due, each signed; what is not taken is tried again later, and given up in the end for somebody to look at.
 *
 * @param now an instant
 * @returns how many were sent and taken
 */
export async function deliverEvents(office: Office, now: string, allowed = innerAllowed(process.env)): Promise<number> {
  const due = await takeDue(office.store, now, BATCH)
  const outcomes = await Promise.all(
    due.map(async (event) => {
      const outcome = await deliver(office, event, now, allowed)
      await keepOutcome(office.store, event.id, outcome, now)
      return outcome
    }),
  )
  return outcomes.filter(({ state }) => state === 'delivered').length
}

async function deliver({ store, catalogue }: Office, event: DueEvent, now: string, allowed: readonly string[]): Promise<Outcome> {
  const client = await clientOf(store, event.client)
  // The predicate is asked when it is sent: a client that may not see the case, or not any more, is not told of it.
  const sees =
    client?.revokedAt === null &&
    client.expiresOn >= now.slice(0, 10) &&
    seesCase(viewerOfClient(client), await readConcern(store, event.body.case), catalogue)
  if (!sees) return { state: 'withheld' }
  const body = JSON.stringify(event.body)
  const headers = {
    'yifa-event': event.body.event,
    'yifa-delivery': event.id,
    ...signed(event.secret, String(Math.floor(instantOf(now) / 1000)), body),
  }
  try {
    const status = await post({ url: event.url, body, headers, allowed, timeoutMs: TIMEOUT_MS })
    return status >= 200 && status < 300 ? { state: 'delivered', status } : later(event, now, `HTTP ${status}`, status)
  } catch (error) {
    return later(event, now, error instanceof Error ? error.message : String(error))
  }
}

/** The headers by which a receiver knows that it is we who send: HMAC-SHA256 of `timestamp.body` under the webhook's secret. */
export function signed(secret: string, timestamp: string, body: string): Record<string, string> {
  const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')
  return { 'yifa-timestamp': timestamp, 'yifa-signature': `v1=${signature}` }
}
