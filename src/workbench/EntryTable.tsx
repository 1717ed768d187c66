import { Link } from '@tanstack/react-router'
import { useSay } from './language.tsx'
import { Validity } from './Validity.tsx'
import { words } from './words.ts'
import type { EntryJson, RegisterJson } from '../server/api/registers.ts'

/** Entries of a register; on a telephone each is a card. */
export function EntryTable({ register, entries }: { readonly register: RegisterJson; readonly entries: readonly EntryJson[] }) {
  const say = useSay()
  const { id, name, keyName, fields } = register
  return (
    // The roles are named because a card's layout would take them away from readers of the screen.
    <table className="lined cards" role="table">
      <caption>{name}</caption>
      <thead role="rowgroup">
        <tr role="row">
          <th scope="col" role="columnheader">
            {keyName}
          </th>
          {fields.map((field) => (
            <th key={field.id} scope="col" role="columnheader">
              {field.name}
            </th>
          ))}
          <th scope="col" role="columnheader">
            {say(words.validity)}
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {entries.map((entry) => (
          <tr key={entry.key} role="row">
            <th scope="row" role="rowheader">
              <Link to="/registers/$id/entries/$key" params={{ id, key: entry.key }}>
                {entry.key}
              </Link>
            </th>
            {fields.map((field) => (
              <td key={field.id} role="cell" data-label={field.name}>
                {field.isShown ? (entry.shown[field.id] ?? '') : <span className="quiet">{say(words.hidden)}</span>}
              </td>
            ))}
            <td role="cell" data-label={say(words.validity)}>
              <Validity {...entry} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
