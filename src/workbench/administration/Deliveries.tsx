import { Button } from 'antd'
import { Labelled } from '../Labelled.tsx'
import { Link, useParams } from '@tanstack/react-router'
import { Moment } from '../Moment.tsx'
import { PagedTable } from '../PagedTable.tsx'
import { post } from '../api.ts'
import { Problem } from '../Problem.tsx'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useSay } from '../language.tsx'
import { useState } from 'react'
import { words } from '../words.ts'
import type { DeliveriesJson } from '../../server/api/webhooks.ts'

type Delivery = DeliveriesJson['deliveries'][number]
const STATES = Object.keys(words.deliveryStates) as Delivery['state'][]

/** 推送记录: how each sending went, and sending again. */
export function Deliveries() {
  const say = useSay()
  const { id } = useParams({ strict: false }) as { id: string }
  const queries = useQueryClient()
  const [state, setState] = useState('')
  const path = `/webhooks/${encodeURIComponent(id)}/deliveries`
  const { mutate, isPending, error } = useMutation({
    mutationFn: (delivery: string) => post(`${path}/${delivery}/retries`, {}),
    onSuccess: () => queries.invalidateQueries(),
  })
  return (
    <>
      <h1>{say(words.deliveries)}</h1>
      <p className="row">
        <Link to="/administration/webhooks">{say(words.webhooks)}</Link>
      </p>
      <div className="controls">
        <Labelled label={say(words.state)}>
          <select value={state} onChange={({ target }) => setState(target.value)}>
            <option value="">{say(words.everything)}</option>
            {STATES.map((one) => (
              <option key={one} value={one}>
                {say(words.deliveryStates[one])}
              </option>
            ))}
          </select>
        </Labelled>
      </div>
      {error ? <Problem error={error} /> : null}
      <PagedTable<DeliveriesJson, Delivery>
        path={path}
        query={{ state }}
        rowsOf={({ deliveries }) => deliveries}
        keyOf={({ id: own }) => own}
        caption={say(words.deliveries)}
        empty={say(words.noDeliveries)}
        columns={[
          { name: say(words.when), cell: ({ at }) => <Moment at={at} /> },
          { name: say(words.events), cell: ({ event }) => say(words.webhookEvents[event]) },
          {
            name: say(words.state),
            cell: (one) => <span className={one.state === 'given-up' ? 'mark bad' : 'mark'}>{say(words.deliveryStates[one.state])}</span>,
          },
          { name: say(words.attempts), cell: ({ attempts }) => attempts },
          {
            name: say(words.lastAnswer),
            cell: ({ lastStatus, lastError }) => [lastStatus, lastError].filter((one) => one !== null).join(' '),
          },
          {
            name: say(words.action),
            cell: (one) =>
              one.state === 'given-up' || one.state === 'waiting' ? (
                <Button size="small" loading={isPending} aria-label={`${say(words.sendAgain)}：${one.at}`} onClick={() => mutate(one.id)}>
                  {say(words.sendAgain)}
                </Button>
              ) : null,
          },
        ]}
      />
    </>
  )
}
