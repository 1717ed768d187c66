import { Button, Input, Skeleton } from 'antd'
import { EntryTable } from '../EntryTable.tsx'
import { get } from '../api.ts'
import { Labelled } from '../Labelled.tsx'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Problem } from '../Problem.tsx'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useSay } from '../language.tsx'
import { words } from '../words.ts'
import type { EntriesJson } from '../../server/api/registers.ts'

/** One register as it was in force on a day. */
export function RegisterPage() {
  const say = useSay()
  const navigate = useNavigate()
  const { id } = useParams({ strict: false }) as { id: string }
  const search: { on?: unknown; q?: unknown } = useSearch({ strict: false })
  const [on, q] = [String(search.on ?? ''), String(search.q ?? '')]
  const address = new URLSearchParams({ ...(on === '' ? {} : { on }), ...(q === '' ? {} : { q }) }).toString()
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['/registers', id, address],
    queryFn: ({ pageParam, signal }) =>
      get<EntriesJson>(
        `/registers/${encodeURIComponent(id)}?${address}${pageParam === '' ? '' : `&after=${encodeURIComponent(pageParam)}`}`,
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })
  if (error) return <Problem error={error} retry={() => void refetch()} />
  const first = data?.pages[0]
  if (!first)
    return (
      <div role="status" aria-label={say(words.waiting)}>
        <Skeleton active />
      </div>
    )
  const { register, inForce } = first
  const entries = data.pages.flatMap((page) => page.entries)
  return (
    <>
      <h1>{register.name}</h1>
      <p className="row">
        {register.proposes ? (
          <>
            <Link to="/registers/$id/propose" params={{ id }}>
              {say(words.proposeNew)}
            </Link>
            <Link to="/registers/$id/import" params={{ id }}>
              {say(words.importSheet)}
            </Link>
          </>
        ) : null}
        {register.proposes || register.approves ? <Link to="/proposals">{say(words.proposals)}</Link> : null}
      </p>
      <form
        className="controls"
        role="search"
        aria-label={say(words.searchEntries)}
        key={address}
        onSubmit={(event) => {
          event.preventDefault()
          const form = new FormData(event.currentTarget)
          const next = Object.fromEntries([...form].filter(([, value]) => value !== ''))
          void navigate({ to: '/registers/$id', params: { id }, search: next as never })
        }}
      >
        <Labelled label={say(words.onDay)}>
          <input type="date" name="on" defaultValue={first.on} min="1990-01-01" max="2079-12-31" required />
        </Labelled>
        <Labelled label={say(words.searchEntries)} wide>
          <Input type="search" name="q" defaultValue={q} maxLength={100} autoComplete="off" />
        </Labelled>
        <Button htmlType="submit">{say(words.show)}</Button>
      </form>
      <p role="status">{say(words.inForce(inForce, first.on))}</p>
      {entries.length === 0 ? <p>{say(words.noEntries)}</p> : <EntryTable register={register} entries={entries} />}
      {hasNextPage ? (
        <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {say(words.more)}
        </Button>
      ) : null}
    </>
  )
}
