import { Alert, Button } from 'antd'
import { ClockBars } from '../case/ClockBars.tsx'
import { Files } from '../case/Files.tsx'
import { FlowChart } from '../case/FlowChart.tsx'
import { Handlers } from '../case/Handlers.tsx'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Moment } from '../Moment.tsx'
import { post } from '../api.ts'
import { previewAt } from '../form/use-preview.ts'
import { Purpose } from '../case/Purpose.tsx'
import { Resource } from '../Resource.tsx'
import { StepForm } from '../form/StepForm.tsx'
import { Timeline } from '../case/Timeline.tsx'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { useSay } from '../language.tsx'
import { words } from '../words.ts'
import type { ActionJson, CaseJson, RefusedStepJson } from '../../server/api/case.ts'
import type { ValueJson } from '../../server/api/shown-input.ts'
import type { ReadingJson } from '../../server/api/readings.ts'

/** A case from its head to its proofs, and what this reader can do with it. */
export function CasePage() {
  const { id = '' } = useParams({ strict: false })
  return <Resource<CaseJson> path={`/cases/${encodeURIComponent(id)}`}>{(value) => <Shown key={value.id} value={value} />}</Resource>
}

function Shown({ value }: { readonly value: CaseJson }) {
  const say = useSay()
  const [reading, setReading] = useState<ReadingJson>()
  const [asking, setAsking] = useState(false)

  async function reveal(purpose: string): Promise<void> {
    setReading(await post<ReadingJson>(`/cases/${value.id}/readings`, { purpose }))
  }

  return (
    <>
      <Head value={value} />
      {value.owed.map((step) => (
        <Alert key={step} type="info" showIcon title={say(words.machineOwes(step))} />
      ))}
      <section aria-labelledby="now">
        <h2 id="now">{say(words.whatNow)}</h2>
        <Actions value={value} />
        <NotNow refused={value.refused} />
      </section>
      <section aria-labelledby="clocks">
        <h2 id="clocks">{say(words.clocks)}</h2>
        <ClockBars clocks={value.clocks} now={value.now} />
      </section>
      <section aria-labelledby="timeline">
        <h2 id="timeline">{say(words.timeline)}</h2>
        {value.hasPersonal && value.mayReadPersonal ? (
          reading === undefined ? (
            <Button onClick={() => setAsking(true)}>{say(words.reveal)}</Button>
          ) : (
            <p role="status">
              {say(words.revealed)} <Button onClick={() => setReading(undefined)}>{say(words.hide)}</Button>
            </p>
          )
        ) : null}
        <Timeline value={value} reading={reading} />
      </section>
      {namesFiles(value) ? <Files caseId={value.id} mayReadPersonal={value.mayReadPersonal} /> : null}
      <section aria-labelledby="handlers">
        <h2 id="handlers">{say(words.handlers)}</h2>
        <Handlers value={value} />
      </section>
      <section aria-labelledby="flow">
        <h2 id="flow">{say(words.flowChart)}</h2>
        <FlowChart caseId={value.id} />
      </section>
      <Links value={value} />
      <Leaves value={value} />
      {asking ? <Purpose go={reveal} onClose={() => setAsking(false)} /> : null}
    </>
  )
}

/** Did a step name a file? */
function namesFiles({ timeline }: CaseJson): boolean {
  const has = (value: ValueJson | null): boolean =>
    value?.kind === 'file' ||
    (value?.kind === 'list' && value.values.some(has)) ||
    (value?.kind === 'records' && value.records.flat().some((row) => has(row.value)))
  return timeline.some(({ rows }) => rows.some(({ value }) => has(value)))
}

function Head({ value }: { readonly value: CaseJson }) {
  const say = useSay()
  return (
    <header className="case-head">
      <h1>{value.number}</h1>
      {value.title === '' ? null : <p className="title">{value.title}</p>}
      <dl className="particulars">
        <div>
          <dt>{say(words.caseState)}</dt>
          <dd>
            <b className={value.isFinal ? 'chip final' : 'chip'}>{value.stateName}</b>{' '}
            {value.waitsFor === null ? null : <span className="quiet">{say(words.waitsFor(value.waitsFor))}</span>}
          </dd>
        </div>
        <div>
          <dt>{say(words.procedure)}</dt>
          <dd>{value.procedureName}</dd>
        </div>
        <div>
          <dt>{say(words.openedOn)}</dt>
          <dd>
            <Moment at={value.openedOn} />
          </dd>
        </div>
        <div>
          <dt>{say(words.lawVersion)}</dt>
          <dd>
            <a href={`/procedures/${value.procedure}?version=${value.law.version}`}>{say(words.inForceFrom(value.law.version))}</a>
          </dd>
        </div>
      </dl>
      {value.law.notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </header>
  )
}

/** The steps that this reader may take now; the one chosen as a form, kept in the address. */
function Actions({ value }: { readonly value: CaseJson }) {
  const say = useSay()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const { step: chosen } = useSearch({ strict: false }) as { step?: string }
  const [done, setDone] = useState<string>()
  const status = useRef<HTMLParagraphElement>(null)
  const list = useRef<HTMLUListElement>(null)
  const found = value.actions.find(({ form }) => form.step === chosen)
  // While a form is open it stays, whatever became of the case meanwhile: nothing typed is thrown away.
  const [kept, setKept] = useState<ActionJson>()
  const action = found ?? (kept?.form.step === chosen ? kept : undefined)
  if (found !== undefined && found.form !== kept?.form) setKept(found)

  const choose = (step: string | undefined): void => {
    setDone(undefined)
    void navigate({ to: '/cases/$id', params: { id: value.id }, search: (step === undefined ? {} : { step }) as never, replace: true })
  }

  /** Folds the form up; who works by the keyboard stands again at the button that opened it. */
  const foldUp = (): void => {
    list.current?.querySelector<HTMLElement>('[aria-expanded=true]')?.focus()
    choose(undefined)
  }

  useEffect(() => {
    if (done !== undefined) status.current?.focus()
  }, [done])

  const step = action?.form.step ?? ''
  const preview = useCallback(
    (input: Record<string, unknown>) => previewAt(`/cases/${value.id}/steps/preview`, { step, input }),
    [value.id, step],
  )

  async function send(input: Record<string, unknown>, key: string): Promise<void> {
    try {
      await post(`/cases/${value.id}/steps`, { step, input, expected: value.steps }, key)
    } catch (error) {
      // What changed meanwhile is to be seen beside the form.
      await queries.invalidateQueries({ queryKey: [`/cases/${value.id}`] })
      throw error
    }
    const { name } = action!.form
    choose(undefined)
    setDone(name)
    setKept(undefined)
    await queries.invalidateQueries()
  }

  return (
    <>
      {done === undefined ? null : (
        <p ref={status} tabIndex={-1} role="status" className="done">
          {say(words.taken(done))}
        </p>
      )}
      {value.actions.length === 0 ? <p>{say(value.isFinal ? words.caseIsOver : words.nothingNow)}</p> : null}
      <ul className="actions" ref={list}>
        {value.actions.map(({ form, as }) => (
          <li key={form.step}>
            <Button
              type={form.step === step ? 'primary' : 'default'}
              aria-expanded={form.step === step}
              onClick={() => choose(form.step === step ? undefined : form.step)}
            >
              {form.name}
            </Button>{' '}
            <small className="quiet">{as}</small>
          </li>
        ))}
      </ul>
      {action === undefined ? null : (
        <StepForm
          key={step}
          form={action.form}
          draft={`/drafts/${value.id}/${encodeURIComponent(step)}`}
          preview={preview}
          send={send}
          sendLabel={say(words.takeIt(action.form.name))}
          onCancel={foldUp}
        >
          <FormHeading name={action.form.name} />
          <p className="quiet">{say(words.takenAs(action.as))}</p>
        </StepForm>
      )}
    </>
  )
}

/** The form opens below all the steps: who opened it by the keyboard is taken to it, and not to the next step. */
function FormHeading({ name }: { readonly name: string }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <h3 ref={heading} tabIndex={-1}>
      {name}
    </h3>
  )
}

function NotNow({ refused }: { readonly refused: readonly RefusedStepJson[] }) {
  const say = useSay()
  if (refused.length === 0) return null
  return (
    <details>
      <summary>{say(words.notNow(refused.length))}</summary>
      <table className="lines">
        <caption className="unseen">{say(words.notNow(refused.length))}</caption>
        <thead>
          <tr>
            <th scope="col">{say(words.step)}</th>
            <th scope="col">{say(words.whyNot)}</th>
            <th scope="col">{say(words.remedy)}</th>
            <th scope="col">{say(words.basis)}</th>
          </tr>
        </thead>
        <tbody>
          {refused.map(({ step, name, message, remedy, basis }) => (
            <tr key={step}>
              <th scope="row">{name}</th>
              <td>{message}</td>
              <td>{remedy}</td>
              <td className="quiet">{basis}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

function Links({ value }: { readonly value: CaseJson }) {
  const say = useSay()
  if (value.links.length === 0) return null
  return (
    <section aria-labelledby="links">
      <h2 id="links">{say(words.links)}</h2>
      <ul>
        {value.links.map(({ id, number, procedureName, stateName, direction }) => (
          <li key={`${id}/${direction}`}>
            {say(direction === 'to' ? words.linksTo : words.linkedFrom)}{' '}
            <Link to="/cases/$id" params={{ id }}>
              {number}
            </Link>{' '}
            <span className="quiet">
              {procedureName} · {stateName}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Leaves({ value }: { readonly value: CaseJson }) {
  const say = useSay()
  return (
    <section aria-labelledby="ledger">
      <h2 id="ledger">{say(words.ledger)}</h2>
      <table className="lines">
        <caption>{say(words.ledgerCaption)}</caption>
        <thead>
          <tr>
            <th scope="col">{say(words.step)}</th>
            <th scope="col">{say(words.leaf)}</th>
            <th scope="col">{say(words.receipt)}</th>
          </tr>
        </thead>
        <tbody>
          {value.leaves.map(({ seq, hash, position }) => (
            <tr key={seq}>
              <th scope="row">
                {seq}. {value.timeline.find((taken) => taken.seq === seq)?.name}
              </th>
              <td>
                <code title={hash}>{hash.slice(0, 16)}…</code>
              </td>
              <td>
                {position === null ? (
                  say(words.notSealed)
                ) : (
                  <a href={`/cases/${value.id}/receipts/${seq}.json`} aria-label={say(words.receiptOf(seq))}>
                    JSON
                  </a>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
