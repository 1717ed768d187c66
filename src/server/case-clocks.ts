import { citations } from './citations.ts'
import { clockBar } from './clock-bar.ts'
import { clocksOf } from '#engine/clocks.ts'
import { dateIn, dayIn, instantOf, isInstant } from '#engine/day.ts'
import { empty } from './page.ts'
import { explain } from '#engine/explain.ts'
import { html } from './markup.ts'
import { shownTime, shownValue } from './shown-value.ts'
import { standing } from '#engine/case.ts'
import { words } from './words.ts'
import type { CaseShown } from './case-page.ts'
import type { Clock, Definition } from '#engine/definition.ts'
import type { ClockRun } from '#engine/clocks.ts'
import type { Markup } from './markup.ts'
import type { OrganNames } from './shown-value.ts'
import type { StepTaken } from '#engine/case.ts'
import type { View } from './view.ts'
import type { Words } from '#engine/words.ts'

/** Every run of every clock of a case: how it stands today, its bar, its last day and why. */
export function caseClocks({ theCase, definition, services, organs }: CaseShown, view: View): Markup {
  // What somebody must still act on comes first.
  const all = clocksOf(definition, theCase, services.calendar)
  const isOpen = (run: ClockRun): boolean =>
    run.state !== 'stopped' && standingOf(run, definition.clocks[run.clock]!, services.now()).text !== words.windowClosed
  const runs = [...all.filter(isOpen), ...all.filter((run) => !isOpen(run))]
  if (runs.length === 0) return empty(view.say(words.noClockRuns))
  return html`<p class="legend quiet">${view.say(words.legend)}</p>
    ${runs.map((run) => clockRun(run, definition.clocks[run.clock]!, { theCase, definition, services, organs }, view))}`
}

function clockRun(
  run: ClockRun,
  clock: Clock,
  { theCase, definition, services, organs }: Pick<CaseShown, 'theCase' | 'definition' | 'services' | 'organs'>,
  view: View,
): Markup {
  const { say } = view
  const now = services.now()
  const since = run.state === 'paused' ? pausedSince(clock, theCase.steps) : undefined
  const { text, kind } = standingOf(run, clock, now)
  const binds = definition.posts[clock.binds]?.name
  return html`<article class="clock">
    <h3>
      ${say(clock.name)}${run.item === undefined ? '' : html`${say(words.colon)}${shownItem(run.item, clock, definition, organs, view)}`}
      <span class="verdict ${kind}">${say(text)}</span>
    </h3>
    ${clockBar({ run, now, window: clock.window === true, ...(since === undefined ? {} : { pausedSince: since }) }, view)}
    <div class="clock-days">
      <span>${say(words.start)} ${shownTime(run.start)}</span>
      ${run.stoppedOn === undefined ? '' : html`<span>${say(words.stopped)} ${shownTime(run.stoppedOn)}</span>`}
      ${
        run.deadline
          ? html`<span
              ><b>${say(clock.backward ? words.latestOn : words.lastDay)} ${shownTime(run.deadline.due)}</b
              >${run.deadline.provisional ? html` <span class="chip">${say(words.provisional)}</span>` : ''}</span
            >`
          : html`<span>${say(run.state === 'paused' ? words.noEndWhilePaused : words.noLimit)}</span>`
      }
    </div>
    <details>
      <summary>${say(words.why)}</summary>
      <ol class="reasons">
        ${(run.deadline?.because ?? []).map((reason) => html`<li>${say(explain(reason))}</li> `)}
      </ol>
      <p class="quiet">
        ${binds ? html`${say(words.binds)}${say(binds)}${say(words.fullStop)} ` : ''}${say(words.basis)}${say(words.colon)}${citations(clock.article, view)}
        ${clock.window ? say(words.isWindow) : html`${say(words.whenLate)}${say(clock.late)}`}
      </p>
    </details>
  </article> `
}

/** For whom or what of several the clock runs. */
function shownItem(item: string, { each }: Clock, { steps }: Definition, organs: OrganNames, view: View): Markup {
  const field = Object.values(steps).findLast(({ input }) => input?.[each!.by])?.input?.[each!.by]
  return field === undefined ? html`${item}` : shownValue(field, item, view, organs)
}

/** How a run stands today, as a fact: what lateness means is the clock's own words. */
function standingOf(run: ClockRun, clock: Clock, now: string): { text: Words; kind: 'good' | 'late' | 'open' } {
  if (run.state === 'paused') return { text: words.paused, kind: 'open' }
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
  return over
    ? { text: words.overSince(-days), kind: 'late' }
    : { text: days === 0 ? words.dueToday : words.daysLeft(days), kind: days <= 3 ? 'late' : 'open' }
}

/** The day of the step that paused the clock and was not taken back since. */
function pausedSince(clock: Clock, steps: readonly StepTaken[]): string | undefined {
  const marks = (clock.paused ?? []).map(({ from }) =>
    typeof from === 'string' ? { step: from, field: undefined } : { step: from.step, field: from.field },
  )
  const last = standing(steps).findLast((taken) => marks.some(({ step }) => step === taken.step))
  if (!last) return undefined
  const field = marks.find(({ step }) => step === last.step)?.field
  return field === undefined ? last.on : ((last.input[field] as string | undefined) ?? last.on)
}
