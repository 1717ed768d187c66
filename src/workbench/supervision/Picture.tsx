import { lazy, Suspense, useCallback, useMemo } from 'react'
import { Skeleton } from 'antd'
import { useSay } from '../language.tsx'
import { words } from '../words.ts'
import type { FindingFilter } from './Findings.tsx'
import type { PictureJson, PictureLineJson } from '../../server/api/supervision.ts'
import type { Words } from '#engine/words.ts'

const Chart = lazy(async () => ({ default: (await import('../Chart.tsx')).Chart }))

type Count = 'opened' | 'running' | 'dueSoon' | 'late' | 'paused' | 'closed'

const COUNTS: readonly Count[] = ['opened', 'running', 'dueSoon', 'late', 'paused', 'closed']

/** The counts as tiles, then by organ, system and month: each as a chart and as a table, and each opening onto cases. */
export function Picture({ picture, onFindings }: { readonly picture: PictureJson; readonly onFindings: (filter: FindingFilter) => void }) {
  const say = useSay()
  const { all, systems, organs, months, from, until } = picture
  const shownOrgans = useMemo(() => [...organs].sort((a, b) => b.late - a.late || b.running - a.running).slice(0, 20), [organs])
  return (
    <section aria-label={say(words.picture)}>
      <ul className="tiles">
        {COUNTS.map((count) => (
          <li key={count} className={`tile ${count}`}>
            <Opens count={count} line={all} by="all" period={picture} onFindings={onFindings}>
              <b>{all[count]}</b> <span>{say(words[count === 'running' ? 'inHand' : count])}</span>
            </Opens>
          </li>
        ))}
      </ul>
      <div className="charts">
        <Side
          by="organ"
          heading={words.byOrgan}
          note={words.byOrganNote}
          lines={organs}
          charted={shownOrgans}
          period={picture}
          onFindings={onFindings}
        />
        <Side by="system" heading={words.bySystem} lines={systems} charted={systems} period={picture} onFindings={onFindings} />
        <Months lines={months} period={`${from} – ${until}`} />
      </div>
    </section>
  )
}

type Period = Pick<PictureJson, 'from' | 'until'>
type By = 'all' | 'organ' | 'system'

function Side({
  by,
  heading,
  note,
  lines,
  charted,
  period,
  onFindings,
}: {
  readonly by: By
  readonly heading: Words
  readonly note?: Words
  readonly lines: readonly PictureLineJson[]
  readonly charted: readonly PictureLineJson[]
  readonly period: Period
  readonly onFindings: (filter: FindingFilter) => void
}) {
  const say = useSay()
  const labels = useMemo(() => charted.map(({ name }) => name), [charted])
  const series = useMemo(
    () => [
      { name: say(words.late), values: charted.map(({ late }) => late), colour: ['#b42318', '#ff8a80'], dashed: true } as const,
      { name: say(words.dueSoon), values: charted.map(({ dueSoon }) => dueSoon), colour: ['#b87503', '#ffc266'] } as const,
      {
        name: say(words.otherRunning),
        values: charted.map(({ running, late, dueSoon }) => running - late - dueSoon),
        colour: ['#1a4f95', '#7cb0ff'],
      } as const,
    ],
    [charted, say],
  )
  const choose = useCallback(
    (index: number) => onFindings({ [by === 'organ' ? 'organ' : 'procedure']: charted[index]!.key }),
    [by, charted, onFindings],
  )
  return (
    <section aria-labelledby={`by-${by}`}>
      <h2 id={`by-${by}`}>{say(heading)}</h2>
      {note ? <p className="quiet">{say(note)}</p> : null}
      <Suspense fallback={<Skeleton active />}>
        <Chart name={say(heading)} kind="bars" labels={labels} series={series} onChoose={choose} />
      </Suspense>
      <details>
        <summary>{say(words.asTable)}</summary>
        <div className="scroll" role="region" aria-label={say(heading)} tabIndex={0}>
          <table>
            <caption>{say(heading)}</caption>
            <thead>
              <tr>
                <th scope="col">{say(by === 'organ' ? words.organ : words.system)}</th>
                {COUNTS.map((count) => (
                  <th key={count} scope="col" className="number">
                    {say(words[count === 'running' ? 'inHand' : count])}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => (
                <tr key={line.key}>
                  <th scope="row">{line.name}</th>
                  {COUNTS.map((count) => (
                    <td key={count} className="number">
                      <Opens count={count} line={line} by={by} period={period} onFindings={onFindings}>
                        {line[count]}
                      </Opens>
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  )
}

function Months({ lines, period }: { readonly lines: readonly PictureLineJson[]; readonly period: string }) {
  const say = useSay()
  const labels = useMemo(() => lines.map(({ name }) => name), [lines])
  const series = useMemo(
    () => [
      { name: say(words.opened), values: lines.map(({ opened }) => opened), colour: ['#1a4f95', '#7cb0ff'] } as const,
      { name: say(words.closed), values: lines.map(({ closed }) => closed), colour: ['#1d6b3a', '#7fd39b'], dashed: true } as const,
    ],
    [lines, say],
  )
  return (
    <section aria-labelledby="by-month">
      <h2 id="by-month">{say(words.byMonth)}</h2>
      {lines.length === 0 ? (
        <p>{say(words.nothingInPeriod)}</p>
      ) : (
        <>
          <Suspense fallback={<Skeleton active />}>
            <Chart name={`${say(words.byMonth)} ${period}`} kind="lines" labels={labels} series={series} />
          </Suspense>
          <details>
            <summary>{say(words.asTable)}</summary>
            <table>
              <caption>
                {say(words.byMonth)} <span className="quiet">{period}</span>
              </caption>
              <thead>
                <tr>
                  <th scope="col">{say(words.month)}</th>
                  <th scope="col" className="number">
                    {say(words.opened)}
                  </th>
                  <th scope="col" className="number">
                    {say(words.closed)}
                  </th>
                </tr>
              </thead>
              <tbody>
                {lines.map(({ key, name, opened, closed }) => (
                  <tr key={key}>
                    <th scope="row">{name}</th>
                    <td className="number">{opened}</td>
                    <td className="number">{closed}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </details>
        </>
      )}
    </section>
  )
}

/** What a count opens onto: findings below where a rule finds just these, else the list of the cases. */
function Opens({
  count,
  line,
  by,
  period,
  onFindings,
  children,
}: {
  readonly count: Count
  readonly line: PictureLineJson
  readonly by: By
  readonly period: Period
  readonly onFindings: (filter: FindingFilter) => void
  readonly children: React.ReactNode
}) {
  const where = by === 'all' ? {} : { [by === 'organ' ? 'organ' : 'procedure']: line.key }
  if (count === 'late' || count === 'dueSoon')
    return (
      <button type="button" className="link" onClick={() => onFindings({ ...where, kind: count === 'late' ? 'late' : 'due-soon' })}>
        {children}
      </button>
    )
  return <a href={`/workbench/cases?${new URLSearchParams({ ...where, ...casesBehind(count, period) }).toString()}`}>{children}</a>
}

/** The filters of the list of cases that come nearest to a count. */
function casesBehind(count: Count, { from, until }: Period): Record<string, string> {
  if (count === 'opened') return { openedFrom: from, openedUntil: until }
  return { running: count === 'closed' ? 'no' : 'yes' }
}
