import { Alert, Input } from 'antd'
import { Dialog } from '../Dialog.tsx'
import { post } from '../api.ts'
import { Problem } from '../Problem.tsx'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useSay } from '../language.tsx'
import { useState } from 'react'
import { words } from '../words.ts'
import type { FindingJson } from '../../server/api/supervision.ts'

/** From a finding to a supervision case: what was found is written by whoever opens it. */
export function OpenSupervision({
  finding,
  today,
  onDone,
}: {
  readonly finding: FindingJson
  readonly today: string
  readonly onDone: () => void
}) {
  const say = useSay()
  const queries = useQueryClient()
  const [facts, setFacts] = useState(
    [finding.says, finding.clock === null ? '' : `${finding.clock} ${finding.on}`].filter((one) => one !== '').join(' '),
  )
  // One key for every try of this one opening.
  const [key] = useState(() => crypto.randomUUID())
  const open = useMutation({
    mutationFn: () =>
      post<{ id: string; number: string }>(
        '/cases',
        {
          procedure: 'case-supervision',
          step: 'open',
          input: {
            openedOn: today,
            supervisedCase: finding.case.id,
            supervisedNumber: finding.case.number,
            finding: finding.kind,
            findingFacts: facts,
          },
        },
        key,
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['/supervision/findings'] }),
  })
  return (
    <Dialog
      title={say(words.superviseCase(finding.case.number))}
      act={say(words.openIt)}
      acting={open.isPending}
      disabled={facts.trim().length < 2 || open.isSuccess}
      onAct={() => open.mutate()}
      onClose={onDone}
    >
      <p>
        {finding.kindName} · {finding.case.procedureName}
      </p>
      <label>
        {say(words.findingFacts)}
        <Input.TextArea rows={4} maxLength={4000} required value={facts} onChange={({ target }) => setFacts(target.value)} />
      </label>
      {open.error ? <Problem error={open.error} /> : null}
      {open.data ? (
        <Alert
          type="success"
          role="status"
          showIcon
          title={<a href={`/workbench/cases/${open.data.id}`}>{say(words.supervisionOpened(open.data.number))}</a>}
        />
      ) : null}
    </Dialog>
  )
}
