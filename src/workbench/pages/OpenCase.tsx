import { Alert, Radio } from 'antd'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { post } from '../api.ts'
import { previewAt } from '../form/use-preview.ts'
import { Resource } from '../Resource.tsx'
import { SessionContext } from '../session.ts'
import { StepForm } from '../form/StepForm.tsx'
import { use, useCallback, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { useSay } from '../language.tsx'
import { words } from '../words.ts'
import type { PreviewJson } from '../../server/api/previews.ts'
import type { ProcedureJson, ProcedureLineJson } from '../../server/api/procedures.ts'

/** Opening a case: which procedure, by which step, with what. */
export function OpenCase() {
  const say = useSay()
  const { procedure } = useParams({ strict: false })
  if (procedure === undefined)
    return (
      <>
        <h1>{say(words.openCase)}</h1>
        <Resource<readonly ProcedureLineJson[]> path="/procedures">{(lines) => <Procedures lines={lines} />}</Resource>
      </>
    )
  return (
    <Resource<ProcedureJson> path={`/procedures/${encodeURIComponent(procedure)}`}>
      {(value) => <Opening key={value.id} procedure={value} />}
    </Resource>
  )
}

function Procedures({ lines }: { readonly lines: readonly ProcedureLineJson[] }) {
  const say = useSay()
  const own = lines.filter(({ opens }) => opens.length > 0)
  const others = lines.filter(({ opens }) => opens.length === 0)
  return (
    <>
      <h2>{say(words.chooseProcedure)}</h2>
      {own.length === 0 ? (
        <p>{say(words.nothingToOpen)}</p>
      ) : (
        <>
          <p>{say(words.youMayOpen)}</p>
          <ul className="choose">
            {own.map(({ id, name, opens }) => (
              <li key={id}>
                <Link to="/open/$procedure" params={{ procedure: id }}>
                  {name}
                </Link>
                <small className="quiet"> {opens.join(say(['、', ', ']))}</small>
              </li>
            ))}
          </ul>
        </>
      )}
      {others.length === 0 ? null : (
        <p className="quiet">
          {say(words.othersOpen)}
          {others.map(({ name }) => name).join(say(['、', ', ']))}
        </p>
      )}
    </>
  )
}

function Opening({ procedure }: { readonly procedure: ProcedureJson }) {
  const say = useSay()
  const navigate = useNavigate()
  const queries = useQueryClient()
  // Something brought online becomes this case; its particulars are the draft.
  const { handIn, step: brought } = useSearch({ strict: false }) as { handIn?: string; step?: string }
  const today = use(SessionContext)?.today ?? ''
  const inForce =
    procedure.versions.find(({ from, until }) => from <= today && (until === null || until >= today)) ?? procedure.versions.at(-1)!
  // What the answers say; until then, what today says, and today is known only with the session.
  const [said, setFrom] = useState<string>()
  const from = said ?? inForce.from
  const version = procedure.versions.find((one) => one.from === from) ?? inForce
  const mine = version.opening.filter(({ mayTake }) => mayTake)
  const [chosen, setChosen] = useState(brought ?? mine[0]?.step)
  const form = mine.find(({ step }) => step === chosen) ?? mine[0]
  const step = form?.step ?? ''

  const preview = useCallback(
    (input: Record<string, unknown>) => previewAt('/cases/preview', { procedure: procedure.id, step, input }),
    [procedure.id, step],
  )
  // The day that is given decides which law governs: the form follows it.
  const follow = useCallback(({ version: governing }: PreviewJson) => setFrom(governing), [])

  async function send(input: Record<string, unknown>, key: string): Promise<void> {
    const { id } = await post<{ id: string }>('/cases', { procedure: procedure.id, step, input, ...(handIn ? { handIn } : {}) }, key)
    await queries.invalidateQueries({ queryKey: ['/today'] })
    await navigate({ to: '/cases/$id', params: { id } })
  }

  return (
    <>
      <h1>
        {say(words.openCase)} · {procedure.name}
      </h1>
      <p>
        <Link to="/open">{say(words.chooseProcedure)}</Link> · <span className="quiet">{say(words.versionGoverns(version.from))}</span>
      </p>
      {from === inForce.from ? null : <Alert type="info" showIcon role="status" title={say(words.versionChanged(version.from))} />}
      {mine.length > 1 ? (
        <fieldset className="group">
          <legend>{say(words.chooseOpening)}</legend>
          <Radio.Group
            className="choices"
            name="opening"
            value={step}
            onChange={({ target }) => setChosen(String(target.value))}
            options={mine.map((one) => ({ value: one.step, label: one.name }))}
          />
        </fieldset>
      ) : null}
      {form ? (
        <StepForm
          key={step}
          form={form}
          draft={`/drafts/${encodeURIComponent(procedure.id)}/${encodeURIComponent(step)}`}
          preview={preview}
          onPreview={follow}
          send={send}
          sendLabel={say(words.openTheCase)}
        />
      ) : (
        <p>{say(words.nothingToOpen)}</p>
      )}
    </>
  )
}
