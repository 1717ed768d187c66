import { dateIn, instantOf, isInstant } from '#engine/day.ts'
import { html } from './markup.ts'
import { timeWords } from './shown-value.ts'
import { words } from './words.ts'
import type { ClockRun } from '#engine/clocks.ts'
import type { Markup } from './markup.ts'
import type { View } from './view.ts'

const MS_PER_DAY = 86_400_000
const HEIGHT = 26

/** What a bar draws beside the run itself. */
export interface BarOf {
  readonly run: ClockRun
  /** The present instant. */
  readonly now: string
  /** Since when a run is paused that has no end yet. */
  readonly pausedSince?: string
  /** Its end is no lateness. */
  readonly window?: boolean
}

/**
 * One run of a clock as a bar from its start to its last day: stretches not counted are hatched, the stop is a mark, what lies beyond the last
 * day is drawn in the colour of lateness. Widths are percentages, so that the bar is as wide as the page and its hatching is not stretched.
 */
export function clockBar(bar: BarOf, view: View): Markup {
  const { run } = bar
  const start = startMs(run.start)
  const due = run.deadline && endMs(run.deadline.due)
  const stopped = run.stoppedOn === undefined ? undefined : startMs(run.stoppedOn)
  const now = instantOf(bar.now)
  const running = run.state !== 'stopped'
  const marks = [
    start,
    due,
    stopped,
    running && now > start && now - start < 10 * (Math.abs((due ?? now) - start) + MS_PER_DAY) ? now : undefined,
  ].filter((ms) => ms !== undefined)
  const [from, to] = [Math.min(...marks), Math.max(...marks)]
  const at = (ms: number): number =>
    to === from ? 0 : Math.round(((Math.min(Math.max(ms, from), to) - from) / (to - from)) * 10_000) / 100
  const piece = (name: string, first: number, last: number, fill?: string) => {
    const [left, right] = [at(Math.min(first, last)), at(Math.max(first, last))]
    return right <= left
      ? ''
      : html`<rect
          class="${name}"
          x="${left}%"
          y="5"
          width="${Math.round((right - left) * 100) / 100}%"
          height="16"
          ${fill ? html` fill="${fill}"` : ''}
        />`
  }
  const mark = (name: string, ms: number) => html`<line class="${name}" x1="${at(ms)}%" x2="${at(ms)}%" y1="0" y2="${HEIGHT}" />`
  const end = due ?? stopped ?? now
  const reached = stopped ?? (running ? Math.min(now, Math.max(end, start)) : end)
  const lateUntil = stopped ?? now
  return html`<svg class="clock-bar" width="100%" height="${HEIGHT}" role="img" aria-label="${barWords(bar, view)}">
    ${piece('span', start, end)} ${run.deadline || stopped !== undefined ? piece('done', start, Math.min(reached, end)) : ''}
    ${due !== undefined && lateUntil > due && due > start ? piece(bar.window ? 'beyond' : 'late', due, lateUntil) : ''}
    ${pausesOf(bar).map(([first, last]) => piece('pause', first, last, 'url(#hatch)'))} ${due === undefined ? '' : mark('due', due)}
    ${stopped === undefined ? '' : html`${mark('stop', stopped)}<circle class="stop" cx="${at(stopped)}%" cy="13" r="5" />`}
    ${running && marks.includes(now) ? mark('now', now) : ''}
  </svg>`
}

/** The hatching; once on every page that has bars. */
export const hatching = html`<svg class="hidden" width="0" height="0" aria-hidden="true">
  <defs>
    <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect class="hatch-ground" width="6" height="6" />
      <line class="hatch-line" x1="0" y1="0" x2="0" y2="6" />
    </pattern>
  </defs>
</svg>`

/** The bar in words. */
function barWords({ run, pausedSince }: BarOf, { say }: View): string {
  const parts = [say(words.barStart(timeWords(run.start)))]
  for (const { kind, from, to } of run.deadline?.because ?? [])
    if (kind === 'pause') parts.push(say(words.barPause(timeWords(from!), timeWords(to!))))
  if (run.state === 'paused') parts.push(say(words.barPausedSince(timeWords(pausedSince ?? run.start))))
  if (run.deadline) parts.push(say(words.barDue(timeWords(run.deadline.due))))
  if (run.stoppedOn !== undefined) parts.push(say(words.barStop(timeWords(run.stoppedOn))))
  return parts.join(say(words.sentenceComma))
}

function pausesOf({ run, now, pausedSince }: BarOf): [from: number, to: number][] {
  const known = (run.deadline?.because ?? []).flatMap(({ kind, from, to }): [number, number][] =>
    kind === 'pause' ? [[startMs(from!), startMs(to!)]] : [],
  )
  return run.state === 'paused' ? [...known, [startMs(pausedSince ?? run.start), instantOf(now)]] : known
}

function startMs(text: string): number {
  return instantOf(isInstant(text) ? text : dateIn(text))
}

/** A day ends at 24:00 (C10). */
function endMs(text: string): number {
  return isInstant(text) ? instantOf(text) : instantOf(text) + MS_PER_DAY
}
