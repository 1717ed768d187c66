import { Button, Input } from 'antd'
import { Moment } from './Moment.tsx'
import { post } from './api.ts'
import { Problem } from './Problem.tsx'
import { Resource } from './Resource.tsx'
import { useNavigate } from '@tanstack/react-router'
import { useQueryClient } from '@tanstack/react-query'
import { useSay } from './language.tsx'
import { useState } from 'react'
import { useWriteKey } from './write-key.ts'
import { words } from './words.ts'
import type { HandInJson } from '../server/api/hand-ins.ts'

/** 网上收件: what was brought through the portal and waits to be registered by this post; nothing is shown where nothing waits. */
export function HandIns() {
  const say = useSay()
  return (
    <Resource<readonly HandInJson[]> path="/hand-ins">
      {(items) =>
        items.length === 0 ? null : (
          <section aria-labelledby="hand-ins">
            <h2 id="hand-ins">{say(words.handInsTitle)}</h2>
            <ul className="choose">
              {items.map((item) => (
                <HandInLine key={item.id} item={item} />
              ))}
            </ul>
          </section>
        )
      }
    </Resource>
  )
}

function HandInLine({ item }: { readonly item: HandInJson }) {
  const say = useSay()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const writeKey = useWriteKey()
  const [reason, setReason] = useState<string>()
  const [error, setError] = useState<unknown>()
  const { id, number, procedure, step } = item

  async function act(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (caught) {
      setError(caught)
    }
  }
  const takeUp = () =>
    act(async () => {
      await post(`/hand-ins/${id}/drafts`, {}, writeKey({ id }))
      await navigate({ to: '/open/$procedure', params: { procedure }, search: { handIn: id, step } })
    })
  const turnAway = () =>
    act(async () => {
      await post(`/hand-ins/${id}/refusals`, { reason }, writeKey({ id, reason }))
      await queries.invalidateQueries({ queryKey: ['/hand-ins'] })
    })

  return (
    <li>
      <b>{number}</b> {item.procedureName} <Moment at={item.arrivedAt} />{' '}
      <Button type="primary" onClick={() => void takeUp()} aria-label={say(words.handInTakeUp(number))}>
        {say(words.handInRegister)}
      </Button>{' '}
      <Button onClick={() => setReason(reason === undefined ? '' : undefined)} aria-expanded={reason !== undefined}>
        {say(words.handInTurnAway)}
      </Button>
      {reason === undefined ? null : (
        <p>
          <label>
            {say(words.handInReason)}
            <Input.TextArea value={reason} rows={2} maxLength={2000} onChange={({ target }) => setReason(target.value)} />
          </label>
          <Button danger disabled={reason.trim().length < 2} onClick={() => void turnAway()}>
            {say(words.handInTurnAway)}
          </Button>
        </p>
      )}
      {error === undefined ? null : <Problem error={error} />}
    </li>
  )
}
