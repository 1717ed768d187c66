import { Alert, Button, Form, Spin } from 'antd'
import { idOf, ProblemsContext, StepFields } from './StepFields.tsx'
import { inputOf } from './values.ts'
import { momentWords } from '../Moment.tsx'
import { Problem } from '../Problem.tsx'
import { Refused } from '../api.ts'
import { SessionContext } from '../session.ts'
import { use, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useDraft } from './use-draft.ts'
import { usePreview } from './use-preview.ts'
import { useSay } from '../language.tsx'
import { words } from '../words.ts'
import { WouldBe } from './WouldBe.tsx'
import type { FieldJson, FormJson } from '../../server/api/form.ts'
import type { PreviewJson } from '../../server/api/previews.ts'
import type { ReactNode } from 'react'
import type { SessionJson } from '../../server/api/session.ts'
import type { Values } from './values.ts'

/** What a form is of, and what becomes of it. */
export interface StepFormOf {
  readonly form: FormJson
  /** Where its draft is kept. */
  readonly draft: string
  /** What would come of it: asked of the server while it is filled in. */
  preview(input: Record<string, unknown>): Promise<PreviewJson>
  /** Sends it. @param key the same until it was answered */
  send(input: Record<string, unknown>, key: string): Promise<void>
  readonly sendLabel: string
  /** Above the fields. */
  readonly children?: ReactNode
  onCancel?(): void
  /** Told of what the server says, e.g. which version governs. */
  onPreview?(preview: PreviewJson): void
}

/** A step as a form: waits until it is known who fills it in and on which day, then for the draft, and begins with it. */
export function StepForm(of: StepFormOf) {
  const session = use(SessionContext)
  return session === undefined ? <Waiting /> : <Drafted {...of} session={session} />
}

function Drafted({ session, ...of }: StepFormOf & { readonly session: SessionJson }) {
  const draft = useDraft(session.person, of.draft)
  if (draft.error && draft.before === undefined) return <Problem error={draft.error} />
  return draft.before === undefined ? <Waiting /> : <Filled {...of} today={session.today} draftOf={draft} />
}

function Waiting() {
  const say = useSay()
  return (
    <div role="status" aria-label={say(words.waiting)}>
      <Spin />
    </div>
  )
}

function Filled({
  form,
  preview: ask,
  send,
  sendLabel,
  children,
  onCancel,
  onPreview,
  today,
  draftOf,
}: StepFormOf & { readonly today: string; readonly draftOf: ReturnType<typeof useDraft> }) {
  const say = useSay()
  const [antd] = Form.useForm<Values>()
  const name = `step-${form.step}`
  const key = useRef(crypto.randomUUID())
  const [attempted, setAttempted] = useState(false)
  const [isSending, setSending] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set())
  const summary = useRef<HTMLDivElement>(null)
  const { preview, look, lookNow } = usePreview(ask)
  const begin = useMemo(() => ({ ...startOf(form, today), ...draftOf.before!.values }), [form, today, draftOf.before])
  const read = useCallback(() => inputOf(form.fields, antd.getFieldsValue(true) as Values), [form.fields, antd])

  useEffect(() => {
    if (preview) onPreview?.(preview)
  }, [preview, onPreview])

  // What a restored draft would come to is asked at once.
  useEffect(() => {
    if (Object.keys(draftOf.before!.values).length > 0) look(read())
  }, [draftOf.before, look, read])

  function changed(changes: Values): void {
    setTouched((before) => new Set([...before, ...Object.keys(changes)]))
    draftOf.keep(antd.getFieldsValue(true) as Values)
    look(read())
  }

  const shown = shownProblems(preview, attempted, touched)

  async function submit(): Promise<void> {
    setAttempted(true)
    setProblem(undefined)
    setSending(true)
    try {
      const input = read()
      const said = await lookNow(input)
      if (said.problems.length > 0 || said.refusal) {
        requestAnimationFrame(() => summary.current?.focus())
        return
      }
      await draftOf.pause()
      await send(input, key.current)
      await draftOf.discard(false)
    } catch (error) {
      // A refusal is an answer: what comes next is another act. A lost line is none, and the same key asks what became of it.
      if (error instanceof Refused) key.current = crypto.randomUUID()
      draftOf.keep(antd.getFieldsValue(true) as Values)
      setProblem(error)
    } finally {
      setSending(false)
    }
  }

  const isStale = problem instanceof Refused && problem.code === 'case.changed-meanwhile'
  return (
    <ProblemsContext value={shown}>
      <Form<Values>
        form={antd}
        name={name}
        layout="vertical"
        initialValues={begin}
        onValuesChange={changed}
        onFinish={() => void submit()}
        requiredMark={false}
        className="step-form"
        aria-label={form.name}
      >
        {children}
        <FormHead form={form} />
        {draftOf.before!.at !== null && Object.keys(draftOf.before!.values).length > 0 ? (
          <p role="status" className="hint">
            {say(words.draftRestored(momentWords(draftOf.before!.at)))}{' '}
            <Button
              type="link"
              onClick={() => {
                antd.setFieldsValue(emptied(form.fields))
                antd.setFieldsValue(startOf(form, today))
                void draftOf.discard(true).catch(setProblem)
              }}
            >
              {say(words.discard)}
            </Button>
          </p>
        ) : null}
        <StepFields fields={form.fields} form={name} />
        {attempted && preview && preview.problems.length > 0 ? (
          <div ref={summary} tabIndex={-1} role="alert" className="summary">
            <h3>{say(words.problemsTitle(preview.problems.length))}</h3>
            <ul>
              {preview.problems.map(({ path, says }) => (
                <li key={path}>
                  <a
                    href={`#${idAt(name, path)}`}
                    onClick={(event) => {
                      event.preventDefault()
                      goTo(name, path)
                    }}
                  >
                    {says}
                  </a>
                </li>
              ))}
            </ul>
          </div>
        ) : null}
        {preview?.refusal ? (
          <div ref={preview.problems.length === 0 ? summary : null} tabIndex={-1}>
            <Alert
              type="warning"
              showIcon
              role="alert"
              title={say(words.wouldBeRefused)}
              description={
                <>
                  <div>{preview.refusal.message}</div>
                  <div>
                    {say(words.basis)}：{preview.refusal.basis}
                  </div>
                  <div>
                    {say(words.remedy)}：{preview.refusal.remedy}
                  </div>
                  <code>{preview.refusal.code}</code>
                </>
              }
            />
          </div>
        ) : null}
        {preview?.would ? <WouldBe would={preview.would} /> : null}
        {problem ? <Problem error={problem} /> : null}
        {isStale ? <p role="status">{say(words.changedMeanwhile)}</p> : null}
        <DraftLine state={draftOf.state} at={draftOf.at} />
        <div className="buttons">
          <Button type="primary" htmlType="submit" loading={isSending}>
            {isStale ? say(words.sendAnyway) : sendLabel}
          </Button>
          {onCancel ? <Button onClick={onCancel}>{say(words.foldUp)}</Button> : null}
        </div>
      </Form>
    </ProblemsContext>
  )
}

/** The articles of a step, what it tells the party, and when it is refused. */
function FormHead({ form }: { readonly form: FormJson }) {
  const say = useSay()
  return (
    <div className="form-head">
      <p className="quiet">
        {say(words.articles)}：{form.articles.join('；')}
      </p>
      {form.tells === null ? null : (
        <p>
          <b>{say(words.tellsParty)}</b> {form.tells}
        </p>
      )}
      {form.conditions.length === 0 ? null : (
        <details>
          <summary>{say(words.conditions(form.conditions.length))}</summary>
          <ul>
            {form.conditions.map(({ says, article }) => (
              <li key={says}>
                {say(words.refusedWhen)}
                {says} <span className="quiet">{article}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}

function DraftLine({ state, at }: Pick<ReturnType<typeof useDraft>, 'state' | 'at'>) {
  const say = useSay()
  if (state === 'over')
    return (
      <Alert
        type="warning"
        role="alert"
        showIcon
        title={say(words.sessionOver)}
        action={
          <a href="/workbench/sign-in" target="_blank" rel="noreferrer">
            {say(words.signInElsewhere)}
          </a>
        }
      />
    )
  const text =
    state === 'kept' && at !== null
      ? say(words.draftKept(momentWords(at)))
      : state === 'keeping'
        ? say(words.draftKeeping)
        : state === 'lost'
          ? say(words.draftLost)
          : ''
  return (
    <p className="hint draft" role="status">
      {text}
    </p>
  )
}

/** The day of an act is today until somebody says otherwise; a list that must have entries begins with one. */
function startOf({ fields, on }: FormJson, today: string): Values {
  return Object.fromEntries(
    fields.flatMap(({ name, kind, optional, of }): [string, unknown][] => {
      if (name === on && kind === 'date') return [[name, today]]
      const isTicked = of !== null && !Array.isArray(of) && (of as FieldJson).kind === 'choice'
      return kind === 'list' && !optional && !isTicked ? [[name, [Array.isArray(of) ? {} : undefined]]] : []
    }),
  )
}

function emptied(fields: readonly FieldJson[]): Values {
  return Object.fromEntries(fields.map(({ name }) => [name, undefined]))
}

/** What is wrong, at the fields that were touched; once it was tried to be sent, at all of them. */
function shownProblems(preview: PreviewJson | undefined, attempted: boolean, touched: ReadonlySet<string>): ReadonlyMap<string, string> {
  const problems = (preview?.problems ?? []).filter(({ path, missing }) => attempted || (!missing && touched.has(path.split('.')[0]!)))
  const refused = preview?.refusal
  const behind = refused ? refused.fields.filter((name) => attempted || touched.has(name)) : []
  return new Map([...behind.map((name) => [name, refused!.message] as const), ...problems.map(({ path, says }) => [path, says] as const)])
}

function idAt(form: string, path: string): string {
  return idOf(
    form,
    path.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) - 1 : part)),
  )
}

/** To the control at a path, or to the group that it is of. */
function goTo(form: string, path: string): void {
  const group = document.querySelector<HTMLElement>(`[data-path="${CSS.escape(path)}"]`)
  const target = document.getElementById(idAt(form, path)) ?? group?.querySelector<HTMLElement>('input, textarea, button') ?? group
  target?.focus()
  target?.scrollIntoView({ block: 'center' })
}
