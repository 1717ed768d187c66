import { Button } from 'antd'
import { Panel } from '../Panel.tsx'
import { Purpose } from './Purpose.tsx'
import { useState } from 'react'
import { useSay } from '../language.tsx'
import { words } from '../words.ts'
import type { DocumentJson } from '../../server/api/case.ts'

interface DocumentsOf {
  readonly caseId: string
  readonly seq: number
  readonly documents: readonly DocumentJson[]
  readonly mayReveal: boolean
}

/** The documents that a step made: to look at, to save; masked unless a purpose is given. */
export function Documents({ caseId, seq, documents, mayReveal }: DocumentsOf) {
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
              </a>
            </li>
          )
        })}
      </ul>
      {shown ? <Preview caseId={caseId} seq={seq} document={shown} mayReveal={mayReveal} onClose={() => setShown(undefined)} /> : null}
    </>
  )
}

function Preview({
  caseId,
  seq,
  document,
  mayReveal,
  onClose,
}: Omit<DocumentsOf, 'documents'> & { readonly document: DocumentJson; onClose(): void }) {
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
