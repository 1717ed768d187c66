import { Button, Input } from 'antd'
import { Labelled } from '../Labelled.tsx'
import { Moment } from '../Moment.tsx'
import { PagedTable } from '../PagedTable.tsx'
import { useSay } from '../language.tsx'
import { useState } from 'react'
import { words } from '../words.ts'
import type { Words } from '#engine/words.ts'
import type { AuditEventJson, AuditEventsJson } from '../../server/api/audit.ts'

const KINDS = Object.keys(words.auditKinds) as (keyof typeof words.auditKinds)[]
const FILTERS = ['kind', 'person', 'from', 'until'] as const

/** 审计: what the ledger keeps beside steps; the audit administrator's. */
export function AuditLog() {
  const say = useSay()
  const [query, setQuery] = useState<Readonly<Record<string, string>>>({})
  const exported = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''))
  const day = { type: 'date', min: '1990-01-01', max: '2079-12-31' } as const
  return (
    <>
      <h1>{say(words.audit)}</h1>
      <p className="quiet">{say(words.auditIs)}</p>
      <form
        className="controls"
        role="search"
        onSubmit={(event) => {
          event.preventDefault()
          const form = new FormData(event.currentTarget)
          setQuery(Object.fromEntries(FILTERS.map((name) => [name, String(form.get(name)).trim()])))
        }}
      >
        <Labelled label={say(words.auditKind)}>
          <select name="kind" defaultValue="">
            <option value="">{say(words.everything)}</option>
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {say(words.auditKinds[kind])}
              </option>
            ))}
          </select>
        </Labelled>
        <Labelled label={say(words.person)}>
          <Input name="person" maxLength={80} />
        </Labelled>
        <Labelled label={say(words.periodFrom)}>
          <input name="from" {...day} />
        </Labelled>
        <Labelled label={say(words.periodUntil)}>
          <input name="until" {...day} />
        </Labelled>
        <Button htmlType="submit">{say(words.show)}</Button>
      </form>
      <p className="row">
        {['csv', 'xlsx'].map((form) => (
          <Button key={form} href={`/api/v1/audit-events.${form}?${exported}`} download>
            {say(words.exportAudit(form.toUpperCase()))}
          </Button>
        ))}
        <span className="quiet">{say(words.exportIsLogged)}</span>
      </p>
      <PagedTable<AuditEventsJson, AuditEventJson>
        path="/audit-events"
        query={query}
        rowsOf={({ events }) => events}
        keyOf={({ id }) => String(id)}
        caption={say(words.audit)}
        empty={say(words.noEvents)}
        columns={[
          { name: say(words.when), cell: ({ at }) => <Moment at={at} /> },
          { name: say(words.auditKind), cell: ({ kind }) => say(words.auditKinds[kind]) },
          { name: say(words.person), cell: ({ by }) => `${by.person}${by.organ === '' ? '' : `（${by.organ} ${by.post}）`}` },
          { name: say(words.whatWasDone), cell: (event) => <What {...event} /> },
          { name: say(words.ledger), cell: (event) => <Leaf {...event} /> },
        ]}
      />
    </>
  )
}

/** What was done, as it was written down: particulars, and what it was done to. */
function What({ of, what: { did, act, ...what } }: AuditEventJson) {
  const say = useSay()
  const deed = String(did ?? act ?? '')
  const known = (words.deeds as Readonly<Record<string, Words>>)[deed]
  return (
    <>
      {deed === '' ? null : <div>{known ? say(known) : deed}</div>}
      {Object.entries(what).map(([name, value]) => (
        <div key={name}>
          <span className="quiet">{name}</span> {typeof value === 'string' ? value : JSON.stringify(value)}
        </div>
      ))}
      {of === null ? null : <code className="hash">{of}</code>}
    </>
  )
}

function Leaf({ id, hash, checkpoint }: AuditEventJson) {
  const say = useSay()
  return (
    <>
      {say(words.leafNumber(id))} <code title={hash}>{hash.slice(0, 12)}…</code> {/* The ledger is a page outside the workbench. */}
      {checkpoint === null ? say(words.notSealed) : <a href={`/ledger/${checkpoint}`}>{say(words.sealedIn(checkpoint))}</a>}
    </>
  )
}
