import { Confirmed } from '../Confirmed.tsx'
import { Moment } from '../Moment.tsx'
import { PagedTable } from '../PagedTable.tsx'
import { put } from '../api.ts'
import { SessionContext } from '../session.ts'
import { Ticked } from '../Labelled.tsx'
import { use, useState } from 'react'
import { useSay } from '../language.tsx'
import { Validity } from '../Validity.tsx'
import { words } from '../words.ts'
import type { PostProposalJson, PostProposalsJson } from '../../server/api/post-proposals.ts'

/** Changes of posts: proposed by the system administrator, decided by the security administrator. */
export function PostProposals() {
  const say = useSay()
  const session = use(SessionContext)
  const [all, setAll] = useState(false)
  const decides = session?.administrator === 'security'
  return (
    <>
      <h2>{say(words.postProposals)}</h2>
      <Ticked label={say(words.decidedToo)}>
        <input type="checkbox" checked={all} onChange={({ target }) => setAll(target.checked)} />
      </Ticked>
      <PagedTable<PostProposalsJson, PostProposalJson>
        path="/post-proposals"
        query={{ open: String(!all) }}
        rowsOf={({ proposals }) => proposals}
        keyOf={({ id }) => id}
        caption={say(words.postProposals)}
        empty={say(words.noProposals)}
        columns={[
          { name: say(words.person), cell: ({ shown }) => shown['person'] },
          { name: say(words.post), cell: ({ shown }) => `${shown['organ'] ?? ''} ${shown['name'] ?? ''}` },
          {
            name: say(words.heldAs),
            cell: ({ shown }) =>
              shown['standsFor'] === undefined ? (shown['as'] ?? '') : say(words.heldFor(shown['as'] ?? '', shown['standsFor'])),
          },
          { name: say(words.validity), cell: (proposal) => <Becomes {...proposal} /> },
          { name: say(words.reason), cell: ({ reason }) => reason },
          {
            name: say(words.proposedBy),
            cell: ({ proposedBy, proposedAt }) => (
              <>
                {proposedBy} <Moment at={proposedAt} />
              </>
            ),
          },
          { name: say(words.decision), cell: (proposal) => <Decision proposal={proposal} decides={decides} /> },
        ]}
      />
    </>
  )
}

/** The days that it would be in force, and those that it is now. */
function Becomes({ entry, was }: PostProposalJson) {
  const say = useSay()
  return (
    <>
      <Validity validFrom={entry.validFrom} validUntil={entry.validUntil ?? null} />
      {was === null ? null : (
        <div className="quiet">
          {say(words.was)}：
          <Validity {...was} />
        </div>
      )}
    </>
  )
}

function Decision({ proposal, decides }: { readonly proposal: PostProposalJson; readonly decides: boolean }) {
  const say = useSay()
  const { id, approved, decidedBy, shown } = proposal
  const about = `${shown['person'] ?? ''} ${shown['name'] ?? ''}`
  if (decidedBy !== null)
    return (
      <>
        <span className="mark">{say(words.proposalStates[approved ? 'approved' : 'rejected'])}</span> {decidedBy}
      </>
    )
  if (!decides) return <span className="mark">{say(words.proposalStates.waiting)}</span>
  return (
    <span className="row">
      <Confirmed label={say(words.approve)} about={about} act={() => put(`/post-proposals/${id}/decision`, { approved: true })}>
        {say(words.approvePostIs)}
      </Confirmed>
      <Confirmed label={say(words.reject)} about={about} danger act={() => put(`/post-proposals/${id}/decision`, { approved: false })}>
        {say(words.rejectPostIs)}
      </Confirmed>
    </span>
  )
}
