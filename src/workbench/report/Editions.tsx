import { Button } from 'antd'
import { Dialog } from '../Dialog.tsx'
import { Link } from '@tanstack/react-router'
import { post } from '../api.ts'
import { Problem } from '../Problem.tsx'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useSay } from '../language.tsx'
import { useState } from 'react'
import { words } from '../words.ts'
import type { EditionJson, ReportJson } from '../../server/api/reports.ts'

const FORMS = ['docx', 'pdf', 'html'] as const

/** The report as files, its editions, and the freeze of the next. */
export function Editions({ report }: { readonly report: ReportJson }) {
  const say = useSay()
  const { year, editions, editable } = report
  return (
    <section aria-labelledby="report-editions">
      <h2 id="report-editions">{say(words.editions)}</h2>
      <p className="report-files">
        {say(words.draftFiles)}：<Files year={year} name="draft" />
      </p>
      {editions.length === 0 ? (
        <p>{say(words.noEditions)}</p>
      ) : (
        <ul>
          {editions.map(({ number, by, at }) => (
            <li key={number} className="report-files">
              <Link to="/reports/$year/editions/$number" params={{ year: String(year), number: String(number) }}>
                {say(words.editionNumber(number))}
              </Link>{' '}
              <span className="quiet">{say(words.frozenBy(by, at.slice(0, 16).replace('T', ' ')))}</span>
              <div>
                <Files year={year} name={String(number)} />
              </div>
            </li>
          ))}
        </ul>
      )}
      {editable ? <Freeze report={report} /> : null}
    </section>
  )
}

/** Links to one edition's files. */
export function Files({ year, name }: { readonly year: number; readonly name: string }) {
  const say = useSay()
  return FORMS.map((form) => (
    <span key={form}>
      <a
        href={`/api/v1/reports/${year}/editions/${name}.${form}`}
        aria-label={`${say(words.download)} ${name} ${form.toUpperCase()}`}
        download
      >
        {form.toUpperCase()}
      </a>{' '}
    </span>
  ))
}

function Freeze({ report: { year, version, findings } }: { readonly report: ReportJson }) {
  const say = useSay()
  const queries = useQueryClient()
  const [asking, setAsking] = useState<{ readonly key: string }>()
  const freeze = useMutation({
    mutationFn: (key: string) => post<EditionJson>(`/reports/${year}/editions`, { expected: version, findingsSeen: findings.length }, key),
    onSuccess: () => queries.invalidateQueries({ queryKey: [`/reports/${year}`] }),
  })
  return (
    <>
      <Button onClick={() => setAsking({ key: crypto.randomUUID() })}>{say(words.freeze)}</Button>
      {asking ? (
        <Dialog
          title={say(words.freezeConfirm)}
          act={say(words.freeze)}
          acting={freeze.isPending}
          onAct={() => freeze.mutate(asking.key, { onSuccess: () => setAsking(undefined) })}
          onClose={() => setAsking(undefined)}
        >
          <p>{say(words.freezeNote(findings.length))}</p>
          {freeze.error ? <Problem error={freeze.error} /> : null}
        </Dialog>
      ) : null}
      {freeze.data ? (
        <div role="status">
          <p>{say(words.editionNumber(freeze.data.number))}</p>
          <Sealed edition={freeze.data} />
        </div>
      ) : null}
    </>
  )
}

/** What an edition can be proved by. */
export function Sealed({ edition: { checkpoint, sha256 } }: { readonly edition: EditionJson }) {
  const say = useSay()
  return (
    <dl>
      <dt>{say(words.sha256)}</dt>
      <dd>
        <code className="hash">{sha256}</code>
      </dd>
      <dt>{say(words.checkpoint)}</dt>
      <dd>
        <pre className="checkpoint" tabIndex={0}>
          {checkpoint.trim()}
        </pre>
      </dd>
    </dl>
  )
}
