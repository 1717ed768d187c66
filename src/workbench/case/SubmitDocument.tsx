import { Dialog } from '../Dialog.tsx'
import { Input } from 'antd'
import { OrganField } from '../form/OrganField.tsx'
import { post } from '../api.ts'
import { Problem } from '../Problem.tsx'
import { SessionContext } from '../session.ts'
import { use, useId, useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useSay } from '../language.tsx'
import { words } from '../words.ts'
import type { DocumentIssueJson } from '../../server/api/document-issues.ts'
import type { DocumentJson } from '../../server/api/case.ts'

/** A document of a case goes to whoever approves it: everything but the organ and the note is known already. */
export function SubmitDocument({
  caseId,
  caseNumber,
  seq,
  document,
  sha256,
  organ,
  returned,
  onDone,
}: {
  readonly caseId: string
  readonly caseNumber: string
  readonly seq: number
  readonly document: DocumentJson
  readonly sha256: string
  readonly organ: string
  /** The case in which it was returned: it goes on there. */
  readonly returned: DocumentIssueJson | undefined
  readonly onDone: () => void
}) {
  const say = useSay()
  const queries = useQueryClient()
  const today = use(SessionContext)!.today
  const [issuingOrgan, setOrgan] = useState<string | undefined>(organ)
  const [note, setNote] = useState('')
  const organField = useId()
  // One key for every try of this one submission.
  const [key] = useState(() => crypto.randomUUID())
  const submit = useMutation({
    mutationFn: () => {
      const what = {
        documentSeq: seq,
        documentId: document.document,
        documentName: document.name,
        ...(document.number === null ? {} : { documentNumber: document.number }),
        documentSha256: sha256,
      }
      if (returned !== undefined) {
        const again = { step: 'resubmit', input: { resubmittedOn: today, ...what, answer: note }, expected: returned.steps }
        return post<unknown>(`/cases/${returned.case}/steps`, again, key)
      }
      const opening = { submittedOn: today, issuedCase: caseId, caseNumber, ...what, issuingOrgan }
      const input = note.trim() === '' ? opening : { ...opening, draftNote: note }
      return post<unknown>('/cases', { procedure: 'document-issue', step: 'submit', input }, key)
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: [`/cases/${caseId}/document-issues`] })
      onDone()
    },
  })
  return (
    <Dialog
      title={say(returned === undefined ? words.submitDocument(document.name) : words.submitDocumentAgain(document.name))}
      act={say(returned === undefined ? words.submit : words.submitAgain)}
      acting={submit.isPending}
      disabled={returned === undefined ? issuingOrgan === undefined : note.trim().length < 2}
      onAct={() => submit.mutate()}
      onClose={onDone}
    >
      <p>
        {caseNumber} · {document.name} {document.number}
      </p>
      <p className="quiet">SHA-256 {sha256}</p>
      {returned === undefined ? (
        <>
          <label htmlFor={organField}>{say(words.issuingOrgan)}</label>
          <OrganField id={organField} {...(issuingOrgan === undefined ? {} : { value: issuingOrgan })} onChange={setOrgan} />
        </>
      ) : null}
      <label>
        {say(returned === undefined ? words.draftNote : words.whatWasChanged)}
        <Input.TextArea rows={3} maxLength={2000} value={note} onChange={({ target }) => setNote(target.value)} />
      </label>
      {submit.error ? <Problem error={submit.error} /> : null}
    </Dialog>
  )
}
