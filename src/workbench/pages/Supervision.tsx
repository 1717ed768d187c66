import { Findings } from '../supervision/Findings.tsx'
import { get } from '../api.ts'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Picture } from '../supervision/Picture.tsx'
import { Problem } from '../Problem.tsx'
import { Skeleton } from 'antd'
import { useCallback, useState } from 'react'
import { useSay } from '../language.tsx'
import { words } from '../words.ts'
import type { FindingFilter } from '../supervision/Findings.tsx'
import type { PictureJson } from '../../server/api/supervision.ts'

/** 监督: how the cases stand, and what is to be asked about them. */
export function Supervision() {
  const say = useSay()
  const [filter, setFilter] = useState<FindingFilter>({})
  const choose = useCallback((chosen: FindingFilter) => {
    setFilter(chosen)
    document.getElementById('findings')?.scrollIntoView()
    document.getElementById('findings')?.focus()
  }, [])
  return (
    <>
      <h1>{say(words.supervision)}</h1>
      <p className="quiet">{say(words.supervisionIs)}</p>
      <PictureOfPeriod onFindings={choose} />
      <h2 id="findings" tabIndex={-1}>
        {say(words.findings)}
      </h2>
      <p className="quiet">{say(words.findingsNote)}</p>
      <Findings filter={filter} onFilter={setFilter} />
    </>
  )
}

function PictureOfPeriod({ onFindings }: { readonly onFindings: (filter: FindingFilter) => void }) {
  const say = useSay()
  const [period, setPeriod] = useState<{ readonly from?: string; readonly until?: string }>({})
  const query = new URLSearchParams(period).toString()
  const path = `/supervision/picture${query === '' ? '' : `?${query}`}`
  // The picture before stays until the next is there: whoever types a date keeps the focus.
  const { data, error, refetch } = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => get<PictureJson>(path, signal),
    placeholderData: keepPreviousData,
  })
  if (error) return <Problem error={error} retry={() => void refetch()} />
  if (data === undefined)
    return (
      <div role="status" aria-label={say(words.waiting)}>
        <Skeleton active />
      </div>
    )
  const { from, until } = { from: data.from, until: data.until, ...period }
  return (
    <>
      <p className="fields">
        <label>
          {say(words.periodFrom)}{' '}
          <input type="date" value={from} onChange={({ target }) => target.value && setPeriod({ from: target.value, until })} />
        </label>
        <label>
          {say(words.periodUntil)}{' '}
          <input type="date" value={until} onChange={({ target }) => target.value && setPeriod({ from, until: target.value })} />
        </label>
      </p>
      <Picture picture={data} onFindings={onFindings} />
    </>
  )
}
