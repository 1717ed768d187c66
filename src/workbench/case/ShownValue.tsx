import { bytesWords } from '../form/FileField.tsx'
import { Link } from '@tanstack/react-router'
import { useSay } from '../language.tsx'
import { words } from '../words.ts'
import type { RowJson, ValueJson } from '../../server/api/shown-input.ts'

/** Particulars as label and value; what is personal as far as it was asked for. */
export function Rows({ rows, revealed }: { readonly rows: readonly RowJson[]; readonly revealed?: readonly RowJson[] | undefined }) {
  const say = useSay()
  if (rows.length === 0) return null
  return (
    <dl className="particulars">
      {rows.map((row) => {
        const value = row.value ?? revealed?.find(({ name }) => name === row.name)?.value
        return (
          <div key={row.name}>
            <dt>{row.label}</dt>
            <dd>
              {value ? (
                <ShownValue value={value} />
              ) : (
                <span className="masked">{say(row.personal === 'erased' ? words.personalErased : words.personalHeld)}</span>
              )}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

function ShownValue({ value }: { readonly value: ValueJson }) {
  const say = useSay()
  switch (value.kind) {
    case 'text':
      return <bdi className="said">{value.text}</bdi>
    case 'case':
      return (
        <Link to="/cases/$id" params={{ id: value.id }}>
          {say(words.links)}
        </Link>
      )
    case 'file':
      return (
        <>
          <bdi>{value.name}</bdi> {bytesWords(value.bytes)} <code title={value.sha256}>{value.sha256.slice(0, 16)}…</code>
        </>
      )
    case 'list':
      return (
        <ul className="simple">
          {value.values.map((one, index) => (
            <li key={index}>
              <ShownValue value={one} />
            </li>
          ))}
        </ul>
      )
    case 'records':
      return (
        <ol>
          {value.records.map((rows, index) => (
            <li key={index}>
              <Rows rows={rows} />
            </li>
          ))}
        </ol>
      )
  }
}
