import { Button } from 'antd'
import { CardTable } from '../CardTable.tsx'
import { get } from '../api.ts'
import { Problem } from '../Problem.tsx'
import { Resource } from '../Resource.tsx'
import { useQuery } from '@tanstack/react-query'
import { useSay } from '../language.tsx'
import { useState } from 'react'
import { words } from '../words.ts'
import type { NumberGapsJson, NumberSeriesJson } from '../../server/api/number-series.ts'

/** 编号: how far each series has come. */
export function NumberSeries() {
  const say = useSay()
  return (
    <>
      <h1>{say(words.numberSeries)}</h1>
      <p className="quiet">{say(words.numberSeriesAre)}</p>
      <Resource<readonly NumberSeriesJson[]> path="/number-series">
        {(all) => (
          <CardTable
            caption={say(words.numberSeries)}
            rows={all}
            keyOf={({ series }) => series}
            columns={[
              { name: say(words.series), cell: ({ series }) => series },
              { name: say(words.numbersWhat), cell: ({ numbers }) => numbers.join(say(words.listComma)) },
              { name: say(words.form), cell: ({ form }) => form },
              {
                name: say(words.lastNumbers),
                cell: ({ series, years }) =>
                  years.length === 0
                    ? '—'
                    : years.map(({ year, lastNumber }) => <Year key={year} series={series} year={year} last={lastNumber} />),
              },
            ]}
          />
        )}
      </Resource>
    </>
  )
}

function Year({ series, year, last }: { readonly series: string; readonly year: number; readonly last: string }) {
  const say = useSay()
  const [isAsked, setAsked] = useState(false)
  return (
    <div className="row">
      <span>{last}</span>
      {isAsked ? (
        <Gaps series={series} year={year} />
      ) : (
        <Button size="small" aria-label={`${say(words.findGaps)}：${last}`} onClick={() => setAsked(true)}>
          {say(words.findGaps)}
        </Button>
      )}
    </div>
  )
}

function Gaps({ series, year }: { readonly series: string; readonly year: number }) {
  const say = useSay()
  const path = `/number-series/gaps?${new URLSearchParams({ series, year: String(year) })}`
  const { data, error } = useQuery({ queryKey: [path], queryFn: ({ signal }) => get<NumberGapsJson>(path, signal) })
  if (error) return <Problem error={error} />
  if (data === undefined) return <span role="status">{say(words.counting)}</span>
  if (data.gaps.length === 0) return <span role="status">{say(words.noGaps)}</span>
  return (
    <span role="status" className="problem">
      {say(words.gapsAre(data.gaps.join(say(words.listComma)), data.more))}
    </span>
  )
}
