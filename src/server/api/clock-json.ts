import { articlesOf } from './form.ts'
import { clockStanding } from '../clock-standing.ts'
import { dateIn, dateText, dayIn, instantOf, instantText, isInstant } from '#engine/day.ts'
import { explain } from '#engine/explain.ts'
import { pausedSince } from '../case-clocks.ts'
import { unitOf } from '#engine/limit.ts'
import type { Calendar } from '#engine/calendar.ts'
import type { Case } from '#engine/case.ts'
import type { Clock, Definition } from '#engine/definition.ts'
import type { ClockRun } from '#engine/clocks.ts'
import type { StandingKind } from '../clock-standing.ts'
import type { View } from '../view.ts'

const MS_PER_DAY = 86_400_000

/** A stretch of a clock, from an instant until another. `beyond`: after the end of what is no duty. */
export interface SegmentJson {
  readonly kind: 'used' | 'paused' | 'left' | 'extended' | 'late' | 'beyond'
  readonly from: string
  readonly to: string
}

/** One run of a clock as it stands now, counted by the server. */
export interface ClockJson {
  readonly clock: string
  readonly seq: number
  readonly name: string
  /** The post whose limit it is. */
  readonly binds: string
  readonly start: string
  /** The last day or instant in time; absent while paused, or where there is no limit. */
  readonly due: string | null
  readonly stoppedOn: string | null
  readonly running: boolean
  readonly kind: StandingKind
  readonly standing: string
  readonly provisional: boolean
  readonly backward: boolean
  /** No duty, but a time within which something is allowed. */
  readonly window: boolean
  readonly segments: readonly SegmentJson[]
  readonly reasons: readonly string[]
  readonly articles: readonly string[]
  /** What lateness means. */
  readonly late: string
}

/** A run of a clock for its reader. @param now an instant */
export function clockJson(
  run: ClockRun,
  {
    definition,
    theCase,
    calendar,
    now,
  }: { readonly definition: Definition; readonly theCase: Case; readonly calendar: Calendar; readonly now: string },
  view: View,
): ClockJson {
  const { say } = view
  const clock = definition.clocks[run.clock]!
  const { kind, text } = clockStanding(run, clock, now)
  const open = run.state === 'paused' ? (pausedSince(clock, theCase.steps) ?? run.start) : undefined
  return {
    clock: run.clock,
    seq: run.seq,
    name: say(clock.name),
    binds: say(definition.posts[clock.binds]?.name ?? [clock.binds, clock.binds]),
    start: run.start,
    due: run.deadline?.due ?? null,
    stoppedOn: run.stoppedOn ?? null,
    running: run.state !== 'stopped',
    kind,
    standing: say(text),
    provisional: run.deadline?.provisional ?? false,
    backward: clock.backward === true,
    window: clock.window === true,
    segments: segmentsOf(run, clock, open, calendar, now),
    reasons: (run.deadline?.because ?? []).map((reason) => say(explain(reason))),
    articles: articlesOf(clock.article, view),
    late: say(clock.late),
  }
}

/** The run cut where something changes: pauses, now or the stop, the extension, the last day. */
function segmentsOf(run: ClockRun, clock: Clock, pausedFrom: string | undefined, calendar: Calendar, now: string): SegmentJson[] {
  if (clock.backward && run.deadline) {
    const [first, last] = [startMs(run.deadline.due), startMs(run.start)]
    return last > first ? [segment('left', first, last)] : []
  }
  const present = instantOf(now)
  const start = startMs(run.start)
  const stopped = run.stoppedOn === undefined ? undefined : endMs(run.stoppedOn)
  const due = run.deadline ? endMs(run.deadline.due) : undefined
  const until = stopped ?? present
  const end = Math.max(due ?? until, stopped ?? (run.state === 'running' ? present : start))
  const pauses = (run.deadline?.because ?? []).flatMap(({ kind, from, to }): [number, number][] =>
    kind === 'pause' ? [[startMs(from!), startMs(to!)]] : [],
  )
  if (pausedFrom !== undefined) pauses.push([startMs(pausedFrom), present])
  const extendedFrom = due === undefined ? undefined : extensionStart(run, due, calendar)

  const cuts = [start, end, until, due, extendedFrom, ...pauses.flat()].filter(
    (ms): ms is number => ms !== undefined && ms >= start && ms <= end,
  )
  const points = [...new Set(cuts)].sort((a, b) => a - b)
  return points.slice(1).map((to, index) => {
    const from = points[index]!
    const inPause = pauses.some(([first, last]) => from >= first && to <= last)
    if (inPause) return segment('paused', from, to)
    if (due !== undefined && from >= due) return segment(clock.window ? 'beyond' : 'late', from, to)
    if (to <= until) return segment('used', from, to)
    return segment(extendedFrom !== undefined && from >= extendedFrom ? 'extended' : 'left', from, to)
  })
}

/** Where the part of the limit begins that an extension added: it is the last part. */
function extensionStart(run: ClockRun, due: number, calendar: Calendar): number | undefined {
  const extensions = (run.deadline?.because ?? []).flatMap(({ kind, limit }) => (kind === 'extension' && limit ? [unitOf(limit)] : []))
  if (extensions.length === 0) return undefined
  return extensions.reduce((from, { unit, amount }) => {
    if (unit === 'hours') return from - amount * (MS_PER_DAY / 24)
    const day = dayIn(instantText(from - 1))
    const before = unit === 'workingDays' ? calendar.addWorkingDays(day, -amount) : day - Math.round(amount * DAYS[unit])
    return endMs(dateText(before))
  }, due)
}

/** For drawing only: what is counted is counted by the engine. */
const DAYS = { days: 1, months: 30.4, years: 365.25 } as const

function segment(kind: SegmentJson['kind'], from: number, to: number): SegmentJson {
  return { kind, from: instantText(from), to: instantText(to) }
}

function startMs(text: string): number {
  return instantOf(isInstant(text) ? text : dateIn(text))
}

/** A day ends at 24:00. */
function endMs(text: string): number {
  return isInstant(text) ? instantOf(text) : instantOf(text) + MS_PER_DAY
}
