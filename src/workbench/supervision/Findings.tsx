import { Button, Skeleton, Tag } from 'antd'
import { get } from '../api.ts'
import { OpenSupervision } from './OpenSupervision.tsx'
import { Problem } from '../Problem.tsx'
import { SessionContext } from '../session.ts'
import { use, useState } from 'react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useSay } from '../language.tsx'
import { words } from '../words.ts'
import type { FindingJson, FindingsJson } from '../../server/api/supervision.ts'
import type { Words } from '#engine/words.ts'

export interface FindingFilter {
  readonly kind?: string
  readonly procedure?: string
  readonly organ?: string
}

/** What the rules find, the oldest first, and the way from a finding to a supervision case. */
export function Findings({ filter, onFilter }: { readonly filter: FindingFilter; readonly onFilter: (filter: FindingFilter) => void }) {
  const say = useSay()
  const [chosen, setChosen] = useState<FindingJson>()
  const mayOpen = use(SessionContext)?.holdings.some(
    ({ post, procedures, supervises }) => post === 'supervisor' && !supervises && procedures.includes('case-supervision'),
  )
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['/supervision/findings', filter],
    queryFn: ({ pageParam, signal }) =>
      get<FindingsJson>(
        `/supervision/findings?${new URLSearchParams({ ...filter, ...(pageParam === '' ? {} : { after: pageParam }) }).toString()}`,
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  })
  if (error) return <Problem error={error} retry={() => void refetch()} />
  if (data === undefined)
    return (
      <div role="status" aria-label={say(words.waiting)}>
        <Skeleton active />
      </div>
    )
  const { kinds, procedures, organs } = data.pages[0]!
  const found = data.pages.flatMap(({ findings }) => findings)
  return (
    <>
      <p className="fields">
        <Choice name={words.findingKind} of="kind" options={kinds} filter={filter} onFilter={onFilter} />
        <Choice name={words.system} of="procedure" options={procedures} filter={filter} onFilter={onFilter} />
        <Choice name={words.organ} of="organ" options={organs} filter={filter} onFilter={onFilter} />
      </p>
      {found.length === 0 ? (
        <p role="status">{say(words.noFindings)}</p>
      ) : (
        <div className="scroll" role="region" aria-label={say(words.findings)} tabIndex={0}>
          <table className="findings">
            <caption className="hidden">{say(words.findings)}</caption>
            <thead>
              <tr>
                <th scope="col">{say(words.findingKind)}</th>
                <th scope="col">{say(words.aboutCase)}</th>
                <th scope="col">{say(words.organ)}</th>
                <th scope="col">{say(words.sinceWhen)}</th>
                {mayOpen ? <th scope="col">{say(words.action)}</th> : null}
              </tr>
            </thead>
            <tbody>
              {found.map((finding) => (
                <tr key={`${finding.case.id}/${finding.kind}/${finding.clock ?? ''}`}>
                  <td>
                    <Tag variant="outlined" {...(finding.kind === 'late' ? { className: 'late-tag' } : {})}>
                      {finding.kindName}
                    </Tag>
                    <div>{finding.clock ?? finding.says}</div>
                  </td>
                  <th scope="row">
                    <a href={`/workbench/cases/${finding.case.id}`}>{finding.case.number}</a>
                    <div className="quiet">
                      {[finding.case.procedureName, finding.case.title, finding.case.stateName].filter((one) => one !== '').join(' · ')}
                    </div>
                  </th>
                  <td>{finding.organs.map(({ name }) => name).join('、')}</td>
                  <td>
                    <time dateTime={finding.on}>{finding.on}</time> {finding.clock === null ? say(words.caseOpenedOn) : null}
                    <div>{say(words.dayCount(finding.days))}</div>
                  </td>
                  {mayOpen ? (
                    <td>
                      {finding.supervision ? (
                        <a href={`/workbench/cases/${finding.supervision.id}`}>{say(words.underSupervision(finding.supervision.number))}</a>
                      ) : finding.opens ? (
                        <Button size="small" onClick={() => setChosen(finding)} aria-label={say(words.superviseCase(finding.case.number))}>
                          {say(words.supervise)}
                        </Button>
                      ) : null}
                    </td>
                  ) : null}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {hasNextPage ? (
        <p>
          <Button onClick={() => void fetchNextPage()} loading={isFetchingNextPage}>
            {say(words.more)}
          </Button>
        </p>
      ) : null}
      {chosen ? <OpenSupervision finding={chosen} today={data.pages[0]!.today} onDone={() => setChosen(undefined)} /> : null}
    </>
  )
}

function Choice({
  name,
  of,
  options,
  filter,
  onFilter,
}: {
  readonly name: Words
  readonly of: keyof FindingFilter
  readonly options: readonly { readonly id: string; readonly name: string }[]
  readonly filter: FindingFilter
  readonly onFilter: (filter: FindingFilter) => void
}) {
  const say = useSay()
  return (
    <label>
      {say(name)}{' '}
      <select
        value={filter[of] ?? ''}
        onChange={({ target }) => {
          const { [of]: _, ...others } = filter
          onFilter(target.value === '' ? others : { ...others, [of]: target.value })
        }}
      >
        <option value="">{say(words.everything)}</option>
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.name}
          </option>
        ))}
      </select>
    </label>
  )
}
