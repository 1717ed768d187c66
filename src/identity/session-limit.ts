import { instantOf } from '#engine/day.ts'
import type { AccountPolicy } from './account-policy.ts'

/** Is a session over: for it was idle too long, or began too long ago? Instants as text. */
export function isSessionOver(
  { startedAt, seenAt }: { readonly startedAt: string; readonly seenAt: string },
  now: string,
  { session: { idleMinutes, hours } }: Pick<AccountPolicy, 'session'>,
): boolean {
  return instantOf(now) - instantOf(seenAt) > idleMinutes * 60_000 || instantOf(now) - instantOf(startedAt) > hours * 3_600_000
}
