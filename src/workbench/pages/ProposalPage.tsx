import { Button, Input } from 'antd'
import { ChangeTable } from '../ChangeTable.tsx'
import { Labelled } from '../Labelled.tsx'
import { Link, useParams } from '@tanstack/react-router'
import { post } from '../api.ts'
import { Problem } from '../Problem.tsx'
import { Resource } from '../Resource.tsx'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useSay } from '../language.tsx'
import { words } from '../words.ts'
import type { ProposalWholeJson } from '../../server/api/proposals.ts'

/** One proposal: what would change, who proposed it and why, and what was decided. */
export function ProposalPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  return (
    <Resource<ProposalWholeJson> path={`/proposals/${encodeURIComponent(id)}`}>{(proposal) => <Proposal proposal={proposal} />}</Resource>
  )
}

function Proposal({ proposal }: { readonly proposal: ProposalWholeJson }) {
  const say = useSay()
  const { register, registerName, state, reason, by, at, decision, changes, size, decides } = proposal
  return (
    <>
      <h1>
        {registerName} · {say(words.proposals)}
      </h1>
      <dl className="facts">
        <dt>{say(words.registers)}</dt>
        <dd>
          <Link to="/registers/$id" params={{ id: register }}>
            {registerName}
          </Link>
        </dd>
        <dt>{say(words.decision)}</dt>
        <dd>
          <span className="mark">{say(words.proposalStates[state])}</span>
        </dd>
        <dt>{say(words.reason)}</dt>
        <dd>{reason}</dd>
        <dt>{say(words.proposedBy)}</dt>
        <dd>
          {by.person} <time dateTime={at}>{at.slice(0, 16).replace('T', ' ')}</time>
        </dd>
        {decision ? (
          <>
            <dt>{say(words.decidedBy)}</dt>
            <dd>
              {decision.by.person} <time dateTime={decision.at}>{decision.at.slice(0, 16).replace('T', ' ')}</time> · {decision.reason}
            </dd>
          </>
        ) : null}
      </dl>
      <ChangeTable changes={changes} of={size} />
      {decides ? <Decide id={proposal.id} /> : state === 'waiting' ? <p>{say(words.notDeciding)}</p> : null}
    </>
  )
}

function Decide({ id }: { readonly id: string }) {
  const say = useSay()
  const queries = useQueryClient()
  const { mutate, isPending, error } = useMutation({
    mutationFn: (body: { approve: boolean; reason: string }) => post(`/proposals/${id}/decisions`, body),
    onSuccess: () => queries.invalidateQueries(),
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        const { submitter } = event.nativeEvent as SubmitEvent
        const reason = String(new FormData(event.currentTarget).get('reason')).trim()
        mutate({ approve: submitter?.dataset['approve'] === 'yes', reason })
      }}
    >
      <h2>{say(words.decision)}</h2>
      <div className="controls">
        <Labelled label={say(words.reason)} wide>
          <Input name="reason" required maxLength={500} />
        </Labelled>
        <Button htmlType="submit" type="primary" data-approve="yes" loading={isPending}>
          {say(words.approve)}
        </Button>
        <Button htmlType="submit" danger disabled={isPending}>
          {say(words.reject)}
        </Button>
      </div>
      {error ? <Problem error={error} /> : null}
    </form>
  )
}
