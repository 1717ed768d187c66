import { dateIn, dayIn, instantOf, isInstant } from '#engine/day.ts'
import { words } from './words.ts'
import type { Clock } from '#engine/definition.ts'
import type { ClockRun } from '#engine/clocks.ts'
import type { Words } from '#engine/words.ts'

/** How many days before the last one a clock is shown as soon over: a matter of display, no legal limit. */
const SOON_DAYS = 3
const MS_PER_HOUR = 3_600_000

/** `open`: no duty to be late with, or no last day. */
export type StandingKind = 'good' | 'soon' | 'late' | 'paused' | 'open'

/** How a run of a clock stands now. */
export interface ClockStanding {
  readonly kind: StandingKind
  readonly text: Words
}

/** How a run stands now, as a fact: what lateness means is the clock's own words. @param now an instant */
export function clockStanding(run: Pick<ClockRun, 'state' | 'deadline' | 'stoppedOn' | 'late'>, clock: Clock, now: string): ClockStanding {
  if (run.state === 'paused') return { text: words.paused, kind: 'paused' }
  const due = run.deadline?.due
  if (due === undefined) return { text: run.state === 'stopped' ? words.ended : words.running, kind: 'open' }
  if (run.state === 'stopped') {
    if (clock.window) return { text: words.ended, kind: 'open' }
    return run.late
      ? { text: words.afterLastDay(Math.max(0, dayIn(run.stoppedOn!) - dayIn(due))), kind: 'late' }
      : { text: words.withinLimit, kind: 'good' }
  }
  const over = isInstant(due) ? instantOf(now) > instantOf(due) : dateIn(now) > due
  if (clock.window) return { text: over ? words.windowClosed : words.windowOpen, kind: 'open' }
  const days = dayIn(due) - dayIn(now)
  if (over) return { text: words.overSince(-days), kind: 'late' }
  const kind = days <= SOON_DAYS ? 'soon' : 'good'
  if (isInstant(due) && days <= 1) return { text: words.hoursLeft(Math.floor((instantOf(due) - instantOf(now)) / MS_PER_HOUR)), kind }
  return { text: days === 0 ? words.dueToday : words.daysLeft(days), kind }
}
