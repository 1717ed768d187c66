import { Button, Input, Select } from 'antd'
import { post } from '../api.ts'
import { Problem } from '../Problem.tsx'
import { SessionContext } from '../session.ts'
import { use, useId, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { useSay } from '../language.tsx'
import { words } from '../words.ts'
import type { CaseJson, HandlerJson } from '../../server/api/case.ts'

/** Who handles the case, post by post; a head gives it to others, and has somebody keep away. */
export function Handlers({ value }: { readonly value: CaseJson }) {
  const say = useSay()
  return (
    <>
      {value.handlers.length === 0 ? <p>{say(words.noHandlers)}</p> : null}
      <ul className="handlers">
        {value.handlers.map((handler) => (
          <li key={handler.post}>
            <Handler caseId={value.id} handler={handler} />
          </li>
        ))}
      </ul>
      {value.mayRecuse ? (
        <details>
          <summary>{say(words.recuse)}</summary>
          <Recusal caseId={value.id} />
        </details>
      ) : null}
    </>
  )
}

function Handler({
  caseId,
  handler: { post: which, name, person, mayGiveTo, mayTakeBack },
}: {
  readonly caseId: string
  readonly handler: HandlerJson
}) {
  const say = useSay()
  const id = useId()
  const self = use(SessionContext)?.person ?? ''
  const onlySelf = mayGiveTo.length === 1 && mayGiveTo[0] === self
  const [to, setTo] = useState<string | undefined>(onlySelf ? self : undefined)
  const [reason, setReason] = useState('')
  const { act, problem, isWaiting } = useAct()
  const path = `/cases/${caseId}/assignments`
  return (
    <>
      <b>{name}</b> {person ?? <span className="quiet">{say(words.nobodyYet)}</span>}
      {mayGiveTo.length === 0 && !mayTakeBack ? null : (
        <details>
          <summary>{say(onlySelf ? words.takeOn : words.assign)}</summary>
          <form
            className="inline"
            onSubmit={(event) => {
              event.preventDefault()
              void act(path, { post: which, person: to, reason })
            }}
          >
            {onlySelf ? null : (
              <label>
                {say(words.giveTo)}
                <Select
                  className="medium"
                  value={to}
                  onChange={setTo}
                  showSearch
                  aria-label={`${name} ${say(words.giveTo)}`}
                  options={mayGiveTo.map((one) => ({ value: one, label: one }))}
                />
              </label>
            )}
            <label htmlFor={id}>{say(words.reason)}</label>
            <Input
              id={id}
              className="medium"
              required
              minLength={2}
              maxLength={2000}
              value={reason}
              onChange={({ target }) => setReason(target.value)}
            />
            {problem ? <Problem error={problem} /> : null}
            <div className="buttons">
              <Button type="primary" htmlType="submit" loading={isWaiting} disabled={to === undefined}>
                {say(onlySelf ? words.takeOn : words.assign)}
              </Button>
              {mayTakeBack ? (
                <Button disabled={reason.trim().length < 2} onClick={() => void act(path, { post: which, person: null, reason })}>
                  {say(words.takeBack)}
                </Button>
              ) : null}
            </div>
          </form>
        </details>
      )}
    </>
  )
}

function Recusal({ caseId }: { readonly caseId: string }) {
  const say = useSay()
  const id = useId()
  const [person, setPerson] = useState('')
  const [reason, setReason] = useState('')
  const { act, problem, isWaiting } = useAct()
  return (
    <form
      className="inline"
      onSubmit={(event) => {
        event.preventDefault()
        void act(`/cases/${caseId}/recusals`, { person: person.trim(), reason })
      }}
    >
      <label htmlFor={`${id}-person`}>{say(words.recusePerson)}</label>
      <Input
        id={`${id}-person`}
        className="medium"
        required
        maxLength={80}
        value={person}
        onChange={({ target }) => setPerson(target.value)}
      />
      <label htmlFor={`${id}-reason`}>{say(words.reason)}</label>
      <Input
        id={`${id}-reason`}
        className="medium"
        required
        minLength={2}
        maxLength={2000}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
      {problem ? <Problem error={problem} /> : null}
      <div className="buttons">
        <Button htmlType="submit" loading={isWaiting}>
          {say(words.recuseIt)}
        </Button>
      </div>
    </form>
  )
}

/** Sends something about the case, and has everything read anew. */
function useAct() {
  const queries = useQueryClient()
  const [problem, setProblem] = useState<unknown>()
  const [isWaiting, setWaiting] = useState(false)
  async function act(path: string, body: object): Promise<void> {
    setWaiting(true)
    setProblem(undefined)
    try {
      await post(path, body)
      await queries.invalidateQueries()
    } catch (error) {
      setProblem(error)
    } finally {
      setWaiting(false)
    }
  }
  return { act, problem, isWaiting }
}
