import { Moment, momentWords } from '../Moment.tsx'
import { Standing } from '../Standing.tsx'
import { useId, useMemo } from 'react'
import { useSay } from '../language.tsx'
import { words } from '../words.ts'
import type { ClockJson } from '../../server/api/clock-json.ts'

const DAY_MS = 86_400_000
const CHINA_MS = 8 * 3_600_000
/** A bar that has been late for years must not squeeze the others: so much of the whole is drawn beyond the last day, not more. */
const BEYOND = 0.35
/** So many months, or days, are named at most. */
const LABELS = 8

/** The calendar on which the bars stand: instants in milliseconds. */
interface Axis {
  readonly from: number
  readonly to: number
}

/** The clocks of a case as bars on one calendar; every reason on hover, on focus, and below in words. */
export function ClockBars({ clocks, now }: { readonly clocks: readonly ClockJson[]; readonly now: string }) {
  const say = useSay()
  const axis = useMemo(() => axisOf(clocks, now), [clocks, now])
  if (clocks.length === 0) return <p>{say(words.noClocks)}</p>
  // What somebody must still act on comes first.
  const isOpen = ({ running, kind }: ClockJson): boolean => running && kind !== 'open'
  const ordered = [...clocks.filter(isOpen), ...clocks.filter((one) => !isOpen(one))]
  return (
    <div className="clocks">
      <p className="quiet">{say(words.clocksLegend)}</p>
      <Hatching />
      <div className="axis" aria-hidden="true">
        {ticksOf(axis).map(({ at, label }) => (
          <span key={label} style={{ left: `${shareOf(axis, at)}%` }}>
            {label}
          </span>
        ))}
      </div>
      <ol className="bars">
        {ordered.map((clock) => (
          <li key={`${clock.clock}/${clock.seq}`}>
            <ClockRow clock={clock} axis={axis} now={now} />
          </li>
        ))}
      </ol>
    </div>
  )
}

function ClockRow({ clock, axis, now }: { readonly clock: ClockJson; readonly axis: Axis; readonly now: string }) {
  const say = useSay()
  const id = useId()
  const dueName = say(clock.backward ? words.notLaterThan : words.lastDay)
  return (
    <article aria-labelledby={id} className={clock.window ? 'clock window' : 'clock'}>
      <header>
        <h3 id={id}>{clock.name}</h3>
        <Standing kind={clock.kind} text={clock.standing} />
      </header>
      <div className="bar-place">
        <button
          type="button"
          className="bar"
          aria-label={barWords(clock, say)}
          onKeyDown={({ key, currentTarget }) => {
            if (key === 'Escape') currentTarget.blur()
          }}
        >
          <Bar clock={clock} axis={axis} now={now} />
        </button>
        {/* Seen on hover and focus; the name of the button says the same. */}
        <div className="peek" aria-hidden="true">
          <Reasons clock={clock} />
        </div>
      </div>
      <p className="days">
        <span>
          {say(words.start)} <Moment at={clock.start} />
        </span>
        {clock.stoppedOn === null ? null : (
          <span>
            {say(words.stoppedOn)} <Moment at={clock.stoppedOn} />
          </span>
        )}
        {clock.due === null ? null : (
          <b>
            {dueName} <Moment at={clock.due} />
          </b>
        )}
        {clock.provisional ? <span>{say(words.provisional)}</span> : null}
      </p>
      <details>
        <summary>{say(words.why)}</summary>
        <Reasons clock={clock} />
      </details>
    </article>
  )
}

/** Why it is that day: stretch by stretch, reason by reason. */
function Reasons({ clock }: { readonly clock: ClockJson }) {
  const say = useSay()
  return (
    <div className="reasons">
      <ol>
        {clock.reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ol>
      <ul>
        {clock.segments.map(({ kind, from, to }) => (
          <li key={from}>
            {say(words.segmentKinds[kind])} {say(words.fromTo(momentWords(from), momentWords(to)))}
          </li>
        ))}
      </ul>
      <p>
        {say(words.binds)}：{clock.binds} · {say(words.articles)}：{clock.articles.join('；')}
      </p>
      <p>{clock.window ? say(words.isWindow) : `${say(words.whenLate)}：${clock.late}`}</p>
    </div>
  )
}

function Bar({ clock, axis, now }: { readonly clock: ClockJson; readonly axis: Axis; readonly now: string }) {
  const at = (text: string): number => shareOf(axis, Date.parse(text))
  const present = at(now)
  return (
    <svg width="100%" height="22" aria-hidden="true" focusable="false">
      {clock.segments.map(({ kind, from, to }) => {
        const [left, right] = [at(from), at(to)]
        return right - left < 0.01 ? null : (
          <rect
            key={from}
            className={`segment ${kind}`}
            x={`${left}%`}
            width={`${right - left}%`}
            y="4"
            height="14"
            {...(PATTERNS[kind] ? { fill: PATTERNS[kind] } : {})}
          />
        )
      })}
      {clock.due === null ? null : <line className="due" x1={`${at(endOf(clock.due))}%`} x2={`${at(endOf(clock.due))}%`} y1="0" y2="22" />}
      {present > 0 && present < 100 ? <line className="now" x1={`${present}%`} x2={`${present}%`} y1="0" y2="22" /> : null}
    </svg>
  )
}

const PATTERNS: Readonly<Record<string, string>> = { paused: 'url(#paused)', extended: 'url(#extended)' }

/** Told apart without colour. */
function Hatching() {
  return (
    <svg width="0" height="0" aria-hidden="true" className="hatching">
      <defs>
        <pattern id="paused" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect className="ground" width="6" height="6" />
          <line className="mark" x1="0" y1="0" x2="0" y2="6" />
        </pattern>
        <pattern id="extended" width="6" height="6" patternUnits="userSpaceOnUse">
          <rect className="ground" width="6" height="6" />
          <circle className="dot" cx="3" cy="3" r="1.4" />
        </pattern>
      </defs>
    </svg>
  )
}

function barWords({ name, standing, segments, reasons }: ClockJson, say: ReturnType<typeof useSay>): string {
  const parts = segments.map(
    ({ kind, from, to }) => `${say(words.segmentKinds[kind])} ${say(words.fromTo(from.slice(0, 10), to.slice(0, 10)))}`,
  )
  return [`${name}：${standing}`, ...parts, ...reasons].join('；')
}

/** From the first start to the last end of what is a duty; what is only a time within which something is allowed may run over both edges. */
function axisOf(clocks: readonly ClockJson[], now: string): Axis {
  const duties = clocks.filter(({ window, kind }) => !window && kind !== 'open')
  const drawn = (duties.length > 0 ? duties : clocks).flatMap(({ segments }) => segments)
  const starts = drawn.map(({ from }) => Date.parse(from))
  const ends = drawn.filter(({ kind }) => kind !== 'late' && kind !== 'beyond').map(({ to }) => Date.parse(to))
  const all = drawn.map(({ to }) => Date.parse(to))
  if (starts.length === 0) return { from: Date.parse(now) - DAY_MS, to: Date.parse(now) + DAY_MS }
  const from = Math.min(...starts)
  const lastEnd = Math.max(...(ends.length > 0 ? ends : all))
  const most = lastEnd + Math.max((lastEnd - from) * BEYOND, DAY_MS)
  return { from, to: Math.max(Math.min(Math.max(...all), most), from + DAY_MS) }
}

function shareOf({ from, to }: Axis, at: number): number {
  return Math.round((Math.min(Math.max((at - from) / (to - from), 0), 1) * 100 + Number.EPSILON) * 100) / 100
}

/** The first days of months, or days where it is a matter of days: as many as there is room to name. */
function ticksOf({ from, to }: Axis): { at: number; label: string }[] {
  const months: { at: number; label: string }[] = []
  const days: { at: number; label: string }[] = []
  for (let day = dayOf(from); Date.parse(`${day}T00:00+08:00`) <= to; day = dayOf(Date.parse(`${day}T00:00+08:00`) + DAY_MS)) {
    const at = Date.parse(`${day}T00:00+08:00`)
    if (at < from) continue
    days.push({ at, label: day.slice(5) })
    if (day.endsWith('-01')) months.push({ at, label: day.slice(0, 7) })
  }
  const ticks = months.length > 1 ? months : days
  const every = Math.ceil(ticks.length / LABELS)
  return ticks.filter((_, index) => index % every === 0)
}

/** The day of an instant in China. */
function dayOf(at: number): string {
  return new Date(at + CHINA_MS).toISOString().slice(0, 10)
}

/** A day ends at 24:00. */
function endOf(due: string): string {
  return due.length === 10 ? `${due}T23:59+08:00` : due
}
