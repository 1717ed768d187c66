import { Tooltip } from 'antd'
import { useSay } from '../language.tsx'
import { words } from '../words.ts'
import type { ReportFigureJson } from '../../server/api/reports.ts'

/** A live figure in the text: its value, what it counts on hover or focus, and the way to its records. */
export function FigureChip({ text, figure }: { readonly text: string; readonly figure: ReportFigureJson }) {
  const say = useSay()
  const { name, definition, lastYear, change, note, href } = figure
  return (
    <Tooltip
      trigger={['hover', 'focus']}
      title={
        <>
          <b>{name}</b>
          {definition === null ? null : <div>{definition}</div>}
          <div>
            {say(words.lastYear)} {lastYear}
            {change === null ? null : ` · ${say(words.change)} ${change}`}
          </div>
          {note === null ? null : (
            <div>
              {say(words.note)} {say([note.zh, note.en])}
            </div>
          )}
        </>
      }
    >
      <a className="figure-chip" href={href}>
        {text}
        {note === null ? null : '※'}
      </a>
    </Tooltip>
  )
}
