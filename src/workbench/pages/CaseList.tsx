import { AssignCases } from '../AssignCases.tsx'
import { Button, Skeleton } from 'antd'
import { CaseFilters } from '../CaseFilters.tsx'
import { CaseTable } from '../CaseTable.tsx'
import { get } from '../api.ts'
import { Problem } from '../Problem.tsx'
import { Resource } from '../Resource.tsx'
import { SavedViews } from '../SavedViews.tsx'
import { SessionContext } from '../session.ts'
import { use, useState } from 'react'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useSay } from '../language.tsx'
import { words } from '../words.ts'
import type { CaseChoicesJson, CaseCountJson, CaseListJson } from '../../server/api/case-lists.ts'

/** What the list is narrowed by and ordered in, by the names of the address: it can be kept, sent, gone back to. */
export type ListQuery = Readonly<Record<string, string>>

/** 案件: the cases that this reader sees. */
export function CaseList() {
  const say = useSay()
  return (
    <>
      <h1>{say(words.cases)}</h1>
      <Resource<CaseChoicesJson> path="/cases/choices">{(choices) => <Cases choices={choices} />}</Resource>
    </>
  )
}

function Cases({ choices }: { readonly choices: CaseChoicesJson }) {
  const say = useSay()
  const session = use(SessionContext)
  const navigate = useNavigate()
  const queries = useQueryClient()
  const search: Record<string, unknown> = useSearch({ strict: false })
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const query: ListQuery = Object.fromEntries(
    Object.entries(search).flatMap(([name, value]) => (value === '' || value === undefined ? [] : [[name, String(value)]])),
  )
  const address = new URLSearchParams(query).toString()

  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['/cases', address],
    queryFn: ({ pageParam, signal }) =>
      get<CaseListJson>(`/cases?${address}${pageParam === '' ? '' : `&after=${encodeURIComponent(pageParam)}`}`, signal),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })
  const lines = data?.pages.flatMap(({ cases }) => cases)
  const shown = new Set(lines?.map(({ id }) => id))
  const selected = [...chosen].filter((id) => shown.has(id))

  const change = (next: ListQuery): void => {
    setChosen(new Set())
    void navigate({ to: '/cases', search: next as never })
  }
  const toggle = (id: string): void => {
    setChosen((before) => new Set(before.has(id) ? [...before].filter((one) => one !== id) : [...before, id]))
  }
  const signedIn = session !== undefined && session.person !== ''
  return (
    <>
      <CaseFilters key={address} query={query} choices={choices} change={change} />
      {signedIn ? <SavedViews query={query} change={change} /> : null}
      <div className="row">
        <Count address={address} />
        {(['xlsx', 'csv'] as const).map((format) => (
          <Button key={format} href={`/api/v1/cases/export.${format}?${address}`} download>
            {say(words.exportAs(format.toUpperCase(), choices.exportedMost))}
          </Button>
        ))}
      </div>
      {error ? (
        <Problem error={error} retry={() => void refetch()} />
      ) : lines === undefined ? (
        <div role="status" aria-label={say(words.waiting)}>
          <Skeleton active />
        </div>
      ) : lines.length === 0 ? (
        <p role="status">{say(words.noCases)}</p>
      ) : (
        <>
          <CaseTable lines={lines} chosen={chosen} toggle={signedIn ? toggle : undefined} />
          {hasNextPage ? (
            <p>
              <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
                {say(words.more)}
              </Button>
            </p>
          ) : null}
        </>
      )}
      {lines !== undefined && selected.length > 0 ? (
        <AssignCases
          key={selected.join()}
          cases={lines.filter(({ id }) => chosen.has(id))}
          choices={choices}
          done={() => {
            setChosen(new Set())
            void queries.invalidateQueries({ queryKey: ['/cases'] })
          }}
        />
      ) : null}
    </>
  )
}

function Count({ address }: { readonly address: string }) {
  const say = useSay()
  const { data } = useQuery({
    queryKey: ['/cases', 'count', address],
    queryFn: ({ signal }) => get<CaseCountJson>(`/cases/count?${address}`, signal),
  })
  return (
    <strong role="status" aria-live="polite">
      {data ? say(words.caseCount(data.count, data.more)) : say(words.waiting)}
    </strong>
  )
}
