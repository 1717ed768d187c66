import { Findings } from '../supervision/Findings.tsx'
import { Picture } from '../supervision/Picture.tsx'
import { Resource } from '../Resource.tsx'
import { useCallback, useState } from 'react'
import { useSay } from '../language.tsx'
import { words } from '../words.ts'
import type { FindingFilter } from '../supervision/Findings.tsx'
import type { PictureJson } from '../../server/api/supervision.ts'

/** 监督: how the cases stand, and what is to be asked about them. */
export function Supervision() {
  const say = useSay()
  const [period, setPeriod] = useState<{ readonly from?: string; readonly until?: string }>({})
  const [filter, setFilter] = useState<FindingFilter>({})
  const query = new URLSearchParams(period).toString()
  const choose = useCallback((chosen: FindingFilter) => {
    setFilter(chosen)
    document.getElementById('findings')?.scrollIntoView()
    document.getElementById('findings')?.focus()
  }, [])
  return (
    <>
      <h1>{say(words.supervision)}</h1>
      <p className="quiet">{say(words.supervisionIs)}</p>
      <Resource<PictureJson> path={`/supervision/picture${query === '' ? '' : `?${query}`}`}>
        {(picture) => (
          <>
            <p className="fields">
              <label>
                {say(words.periodFrom)}{' '}
                <input
                  type="date"
                  value={picture.from}
                  onChange={({ target }) => target.value && setPeriod({ from: target.value, until: picture.until })}
                />
              </label>
              <label>
                {say(words.periodUntil)}{' '}
                <input
                  type="date"
                  value={picture.until}
                  onChange={({ target }) => target.value && setPeriod({ from: picture.from, until: target.value })}
                />
              </label>
            </p>
            <Picture picture={picture} onFindings={choose} />
          </>
        )}
      </Resource>
      <h2 id="findings" tabIndex={-1}>
        {say(words.findings)}
      </h2>
      <p className="quiet">{say(words.findingsNote)}</p>
      <Findings filter={filter} onFilter={setFilter} />
    </>
  )
}
