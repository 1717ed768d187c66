import { useSay } from './language.tsx'
import { words } from './words.ts'
import type { ChangeJson } from '../server/api/proposals.ts'

/** What entries would become: each that differs, with what it was. */
export function ChangeTable({ changes, of }: { readonly changes: readonly ChangeJson[]; readonly of: number }) {
  const say = useSay()
  return (
    <div className="scroll" role="region" aria-label={say(words.changes)} tabIndex={0}>
      <table className="lined">
        <caption>
          {say(words.changes)} {of > changes.length ? `（${say(words.changesShown(changes.length))}）` : null}
        </caption>
        <thead>
          <tr>
            <th scope="col">{say(words.item)}</th>
            <th scope="col">{say(words.column)}</th>
            <th scope="col">{say(words.was)}</th>
            <th scope="col">{say(words.becomes)}</th>
          </tr>
        </thead>
        {changes.map(({ row, key, was, differs }) => (
          <tbody key={key}>
            {differs.map(({ name, was: before, is }, index) => (
              <tr key={name}>
                {index === 0 ? (
                  <th scope="rowgroup" rowSpan={differs.length}>
                    {key} {was === null ? <span className="mark">{say(words.added)}</span> : null}
                    {row === undefined ? null : (
                      <div className="quiet">
                        {say(words.row)} {row}
                      </div>
                    )}
                  </th>
                ) : null}
                <td>{name}</td>
                <td>{before === '' ? '—' : before}</td>
                <td>{is === '' ? '—' : is}</td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  )
}
