import { instantOf, instantText } from '#engine/day.ts'
import type { Outcome } from '#store/outbox.ts'

/** Seconds from one attempt to the next: a minute, five, half an hour, then hours; a receiver that is down for two days loses nothing. */
const WAITS_SECONDS = [60, 300, 1800, 7200, 21_600, 43_200, 86_400]
const ERROR_MOST = 300

/** What was not taken is tried again later, and given up in the end for somebody to look at. @param attempts so many were made */
export function later({ attempts }: { readonly attempts: number }, now: string, error: string, status?: number): Outcome {
  const wait = WAITS_SECONDS[attempts - 1]
  return wait === undefined
    ? givenUp(now, error, status)
    : { state: 'waiting', nextAt: instantText(instantOf(now) + wait * 1000), ...why(error, status) }
}

/** Nothing is to be hoped for from another attempt. */
export function givenUp(now: string, error: string, status?: number): Outcome {
  return { state: 'given-up', nextAt: instantText(instantOf(now)), ...why(error, status) }
}

function why(error: string, status: number | undefined): { error: string; status?: number } {
  return { error: error.slice(0, ERROR_MOST), ...(status === undefined ? {} : { status }) }
}
