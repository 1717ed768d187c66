import { Link } from '@tanstack/react-router'
import { useSay } from './language.tsx'
import { words } from './words.ts'
import type { CaseLineJson } from '../server/api/case-lists.ts'

interface Props {
  readonly lines: readonly CaseLineJson[]
  readonly chosen: ReadonlySet<string>
  /** Absent where there is nothing to choose for. */
  readonly toggle: ((id: string) => void) | undefined
}

/** Cases as a table; on a telephone each is a card. */
export function CaseTable({ lines, chosen, toggle }: Props) {
  const say = useSay()
  return (
    // The roles are named because a card's layout would take them away from readers of the screen.
    <table className="lined cards" role="table">
      <caption>{say(words.cases)}</caption>
      <thead role="rowgroup">
        <tr role="row">
          <th scope="col" role="columnheader">
            {say(words.caseNumber)}
          </th>
          <th scope="col" role="columnheader">
            {say(words.title)}
          </th>
          <th scope="col" role="columnheader">
            {say(words.state)}
          </th>
          <th scope="col" role="columnheader">
            {say(words.openedOn)}
          </th>
          <th scope="col" role="columnheader">
            {say(words.handledBy)}
          </th>
          <th scope="col" role="columnheader">
            {say(words.nextLastDay)}
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {lines.map(({ id, number, procedureName, title, stateName, openedOn, assignees, due, late }) => (
          <tr key={id} role="row">
            <th scope="row" role="rowheader">
              {toggle ? (
                <>
                  <input
                    type="checkbox"
                    aria-label={say(words.selectCase(number))}
                    checked={chosen.has(id)}
                    onChange={() => toggle(id)}
                  />{' '}
                </>
              ) : null}
              <Link to={`/cases/${id}` as '/cases'}>{number}</Link>
            </th>
            <td role="cell">
              {title === '' ? procedureName : title} {title === '' ? null : <small className="quiet">{procedureName}</small>}
            </td>
            <td role="cell" data-label={say(words.state)}>
              {stateName}
            </td>
            <td role="cell" className="day" data-label={say(words.openedOn)}>
              <time dateTime={openedOn}>{openedOn}</time>
            </td>
            <td role="cell" data-label={say(words.handledBy)}>
              {assignees
                .map(({ postName, person }) => (person === null ? postName : `${person}（${postName}）`))
                .join(say(words.listComma))}
            </td>
            <td role="cell" className="day" data-label={say(words.nextLastDay)}>
              {due === null ? null : (
                <>
                  <time dateTime={due}>{due}</time> {late ? <span className="mark bad">{say(words.lateMark)}</span> : null}
                </>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
