import { Button, Skeleton } from 'antd'
import { get } from '../api.ts'
import { Link } from '@tanstack/react-router'
import { Problem } from '../Problem.tsx'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useSay } from '../language.tsx'
import { words } from '../words.ts'
import type { ProposalsJson } from '../../server/api/proposals.ts'

/** 名册提案: mine, and those to decide on. */
export function Proposals() {
  const say = useSay()
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['/proposals'],
    queryFn: ({ pageParam, signal }) =>
      get<ProposalsJson>(`/proposals${pageParam === '' ? '' : `?after=${encodeURIComponent(pageParam)}`}`, signal),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })
  const proposals = data?.pages.flatMap((page) => page.proposals)
  return (
    <>
      <h1>{say(words.proposals)}</h1>
      <p className="quiet">{say(words.proposalsAre)}</p>
      {error ? (
        <Problem error={error} retry={() => void refetch()} />
      ) : proposals === undefined ? (
        <div role="status" aria-label={say(words.waiting)}>
          <Skeleton active />
        </div>
      ) : proposals.length === 0 ? (
        <p role="status">{say(words.noProposals)}</p>
      ) : (
        // The roles are named because a card's layout would take them away from readers of the screen.
        <table className="lined cards" role="table">
          <caption>{say(words.proposals)}</caption>
          <thead role="rowgroup">
            <tr role="row">
              {[words.registers, words.size, words.reason, words.proposedBy, words.proposedAt, words.decision].map((name) => (
                <th key={name[1]} scope="col" role="columnheader">
                  {say(name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {proposals.map(({ id, registerName, key, size, reason, by, at, state, decides }) => (
              <tr key={id} role="row">
                <th scope="row" role="rowheader">
                  <Link to="/proposals/$id" params={{ id }}>
                    {registerName}
                  </Link>
                </th>
                <td role="cell" data-label={say(words.size)}>
                  {key ?? size}
                </td>
                <td role="cell" data-label={say(words.reason)}>
                  {reason}
                </td>
                <td role="cell" data-label={say(words.proposedBy)}>
                  {by.person}
                </td>
                <td role="cell" className="day" data-label={say(words.proposedAt)}>
                  <time dateTime={at}>{at.slice(0, 16).replace('T', ' ')}</time>
                </td>
                <td role="cell" data-label={say(words.decision)}>
                  <span className={decides ? 'mark bad' : 'mark'}>{say(words.proposalStates[state])}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {hasNextPage ? (
        <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {say(words.more)}
        </Button>
      ) : null}
    </>
  )
}
