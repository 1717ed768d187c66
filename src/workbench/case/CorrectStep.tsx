import { Button, Form, Input } from 'antd'
import { Panel } from '../Panel.tsx'
import { idOf, StepFields } from '../form/StepFields.tsx'
import { inputOf, valuesOf } from '../form/values.ts'
import { post, Refused } from '../api.ts'
import { Problem } from '../Problem.tsx'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useSay } from '../language.tsx'
import { words } from '../words.ts'
import type { CaseJson, StepTakenJson } from '../../server/api/case.ts'
import type { Values } from '../form/values.ts'

interface CorrectionOf {
  readonly value: CaseJson
  readonly taken: StepTakenJson
  readonly correction: NonNullable<StepTakenJson['correction']>
  /** What is personal of the step, where it was asked for. */
  readonly known: Readonly<Record<string, unknown>> | undefined
  onClose(): void
}

/** A wrong step is superseded: its form with what was sent, the reason, and who approved. */
export function CorrectStep({ value, taken, correction, known, onClose }: CorrectionOf) {
  const say = useSay()
  const queries = useQueryClient()
  const [antd] = Form.useForm<Values>()
  const [why, setWhy] = useState({ reason: '', approvedBy: '' })
  const [problem, setProblem] = useState<unknown>()
  const [isSending, setSending] = useState(false)
  const [striking, setStriking] = useState(false)
  const key = useRef(crypto.randomUUID())
  const { form, mayStrike } = correction
  const name = `correct-${taken.seq}`

  async function send(strike: boolean): Promise<void> {
    setSending(true)
    setProblem(undefined)
    try {
      const input = strike ? {} : { input: inputOf(form.fields, antd.getFieldsValue(true) as Values) }
      await post(`/cases/${value.id}/corrections`, { seq: taken.seq, ...why, ...input }, key.current)
      await queries.invalidateQueries()
      onClose()
    } catch (error) {
      if (error instanceof Refused) key.current = crypto.randomUUID()
      setProblem(error)
    } finally {
      setSending(false)
    }
  }

  return (
    <Form<Values>
      form={antd}
      name={name}
      layout="vertical"
      className="step-form"
      aria-label={say(words.correctStep(taken.name))}
      initialValues={valuesOf(form.fields, { ...taken.input, ...known })}
      onFinish={() => void send(false)}
    >
      <h4>{say(words.correctStep(taken.name))}</h4>
      <p>{say(words.correctionHelp)}</p>
      {taken.rows.some(({ personal }) => personal === 'held') && known === undefined ? <p>{say(words.personalKept)}</p> : null}
      <StepFields fields={form.fields} form={name} />
      <Form.Item label={say(words.reason)} htmlFor={idOf(name, ['why'])}>
        <Input.TextArea
          id={idOf(name, ['why'])}
          required
          value={why.reason}
          maxLength={2000}
          rows={2}
          className="growing"
          onChange={({ target }) => setWhy({ ...why, reason: target.value })}
        />
      </Form.Item>
      <Form.Item label={say(words.approvedBy)} htmlFor={idOf(name, ['approver'])}>
        <Input
          id={idOf(name, ['approver'])}
          required
          value={why.approvedBy}
          maxLength={80}
          className="medium"
          onChange={({ target }) => setWhy({ ...why, approvedBy: target.value })}
        />
      </Form.Item>
      {problem ? <Problem error={problem} /> : null}
      <div className="buttons">
        <Button type="primary" htmlType="submit" loading={isSending}>
          {say(words.correctIt)}
        </Button>
        {mayStrike ? (
          <Button danger onClick={() => setStriking(true)}>
            {say(words.strike)}
          </Button>
        ) : null}
        <Button onClick={onClose}>{say(words.foldUp)}</Button>
      </div>
      {striking ? (
        <Panel title={`${say(words.strike)}：${taken.name}`} onClose={() => setStriking(false)}>
          <p>{say(words.correctionHelp)}</p>
          <div className="buttons">
            <Button
              danger
              onClick={() => {
                setStriking(false)
                void send(true)
              }}
            >
              {say(words.strike)}
            </Button>
          </div>
        </Panel>
      ) : null}
    </Form>
  )
}
