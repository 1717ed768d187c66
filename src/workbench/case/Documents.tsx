import { Alert, Button, Tag } from 'antd'
import { get } from '../api.ts'
import { Panel } from '../Panel.tsx'
import { Purpose } from './Purpose.tsx'
import { SessionContext } from '../session.ts'
import { SubmitDocument } from './SubmitDocument.tsx'
import { use, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useSay } from '../language.tsx'
import { words } from '../words.ts'
import type { DocumentIssuesJson } from '../../server/api/document-issues.ts'
import type { DocumentJson } from '../../server/api/case.ts'

interface DocumentsOf {
  readonly caseId: string
  readonly caseNumber: string
  readonly seq: number
  readonly documents: readonly DocumentJson[]
  readonly mayReveal: boolean
  /** The step was not corrected since. */
  readonly stands: boolean
}

/** The documents that a step made: to look at, to save, and how far each has come to approval and seal; masked unless a purpose is given. */
export function Documents({ caseId, caseNumber, seq, documents, mayReveal, stands }: DocumentsOf) {
  const say = useSay()
  const [shown, setShown] = useState<DocumentJson>()
  if (documents.length === 0) return null
  return (
    <>
      <ul className="documents" aria-label={say(words.documents)}>
        {documents.map((document) => {
          const title = document.number === null ? document.name : `${document.name} ${document.number}`
          const path = `/api/v1/cases/${caseId}/documents/${seq}/${document.document}`
          return (
            <li key={document.document}>
              <span>{title}</span>{' '}
              <Button size="small" onClick={() => setShown(document)} aria-label={say(words.previewOf(title))}>
                {say(words.preview)}
              </Button>{' '}
              <a href={`${path}.pdf`} aria-label={`${title} PDF`}>
                PDF
              </a>{' '}
              <a href={`${path}.docx`} aria-label={`${title} DOCX`}>
                DOCX
              </a>{' '}
              <Issue caseId={caseId} caseNumber={caseNumber} seq={seq} document={document} stands={stands} />
            </li>
          )
        })}
      </ul>
      {shown ? <Preview caseId={caseId} seq={seq} document={shown} mayReveal={mayReveal} onClose={() => setShown(undefined)} /> : null}
    </>
  )
}

/** State of approval and seal of one document, and the way there. */
function Issue({
  caseId,
  caseNumber,
  seq,
  document,
  stands,
}: Pick<DocumentsOf, 'caseId' | 'caseNumber' | 'seq' | 'stands'> & { readonly document: DocumentJson }) {
  const say = useSay()
  const [submitting, setSubmitting] = useState(false)
  const drafting = use(SessionContext)?.holdings.find(
    ({ post, procedures, supervises }) => post === 'drafter' && !supervises && procedures.includes('document-issue'),
  )
  const { data } = useQuery({
    queryKey: [`/cases/${caseId}/document-issues`],
    queryFn: ({ signal }) => get<DocumentIssuesJson>(`/cases/${caseId}/document-issues`, signal),
  })
  const issue = data?.issues.find((one) => one.seq === seq && one.document === document.document)
  const sha256 = data?.digests[`${seq}/${document.document}`]
  // One that was returned is submitted again as it is, or as the step made it that replaced the first.
  const returned = data?.issues.find(
    (one) =>
      one.document === document.document &&
      one.state === 'returned' &&
      (one.seq === seq || data.digests[`${one.seq}/${one.document}`] === undefined),
  )
  const maySubmit = drafting !== undefined && stands && sha256 !== undefined && (returned !== undefined || issue === undefined)
  return (
    <>
      {issue ? (
        <>
          <a href={`/workbench/cases/${issue.case}`} aria-label={`${document.name} ${issue.stateName} ${issue.number}`}>
            <Tag variant="outlined">{issue.stateName}</Tag>
          </a>
          {issue.changed ? <Alert type="warning" showIcon title={say(words.documentChanged)} /> : null}
        </>
      ) : (
        <span className="quiet">{say(words.notSubmitted)}</span>
      )}{' '}
      {maySubmit ? (
        <Button
          size="small"
          onClick={() => setSubmitting(true)}
          aria-label={say(returned ? words.submitDocumentAgain(document.name) : words.submitDocument(document.name))}
        >
          {say(returned ? words.submitAgain : words.submit)}
        </Button>
      ) : null}
      {maySubmit && submitting ? (
        <SubmitDocument
          caseId={caseId}
          caseNumber={caseNumber}
          seq={seq}
          document={document}
          sha256={sha256}
          organ={drafting.organ}
          returned={returned}
          onDone={() => setSubmitting(false)}
        />
      ) : null}
    </>
  )
}

function Preview({
  caseId,
  seq,
  document,
  mayReveal,
  onClose,
}: Pick<DocumentsOf, 'caseId' | 'seq' | 'mayReveal'> & { readonly document: DocumentJson; onClose(): void }) {
  const say = useSay()
  const [asking, setAsking] = useState(false)
  const [purpose, setPurpose] = useState<string>()
  const query = purpose === undefined ? '' : `?reveal=1&purpose=${encodeURIComponent(purpose)}`
  const path = `/api/v1/cases/${caseId}/documents/${seq}/${document.document}`
  return (
    <Panel wide title={document.name} onClose={onClose}>
      <div className="buttons">
        {mayReveal ? (
          purpose === undefined ? (
            <Button onClick={() => setAsking(true)}>{say(words.asIssued)}</Button>
          ) : (
            <Button onClick={() => setPurpose(undefined)}>{say(words.masked)}</Button>
          )
        ) : null}
        <a href={`${path}.pdf${query}`}>PDF</a>
        <a href={`${path}.docx${query}`}>DOCX</a>
      </div>
      <iframe className="document" title={say(words.previewOf(document.name))} src={`${path}.html${query}`} />
      {asking ? <Purpose go={async (given) => setPurpose(given)} onClose={() => setAsking(false)} /> : null}
    </Panel>
  )
}
