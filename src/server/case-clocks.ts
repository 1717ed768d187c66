import { citations } from './citations.ts'
import { clockBar } from './clock-bar.ts'
import { clocksOf } from '#engine/clocks.ts'
import { clockStanding } from './clock-standing.ts'
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

/** Every run of every clock of a case: how it stands today, its bar, its last day and why. */
export function caseClocks({ theCase, definition, services, organs }: CaseShown, view: View): Markup {
  // What somebody must still act on comes first.
  const all = clocksOf(definition, theCase, services.calendar)
  const isOpen = (run: ClockRun): boolean =>
    run.state !== 'stopped' && clockStanding(run, definition.clocks[run.clock]!, services.now()).text !== words.windowClosed
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
  const { text, kind } = clockStanding(run, clock, now)
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

/** The day of the step that paused the clock and was not taken back since. */
export function pausedSince(clock: Clock, steps: readonly StepTaken[]): string | undefined {
  const marks = (clock.paused ?? []).map(({ from }) =>
    typeof from === 'string' ? { step: from, field: undefined } : { step: from.step, field: from.field },
  )
  const last = standing(steps).findLast((taken) => marks.some(({ step }) => step === taken.step))
  if (!last) return undefined
  const field = marks.find(({ step }) => step === last.step)?.field
  return field === undefined ? last.on : ((last.input[field] as string | undefined) ?? last.on)
}
