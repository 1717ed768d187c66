import { Alert, Button, Input } from 'antd'
import { Labelled } from './Labelled.tsx'
import { Link } from '@tanstack/react-router'
import { post } from './api.ts'
import { Problem } from './Problem.tsx'
import { useMutation } from '@tanstack/react-query'
import { useSay } from './language.tsx'
import { useWriteKey } from './write-key.ts'
import { words } from './words.ts'
import type { CaseChoicesJson } from '../server/api/case-lists.ts'
import type { EntryJson, RegisterFieldJson, RegisterJson } from '../server/api/registers.ts'

type Organs = CaseChoicesJson['organs']

interface Props {
  readonly register: RegisterJson
  readonly organs: Organs
  /** The version that is to be changed. */
  readonly from: EntryJson | undefined
}

/** The fields of a register as a form; what is wrong is said by the server, field by field. */
export function EntryForm({ register, organs, from }: Props) {
  const say = useSay()
  const keyFor = useWriteKey()
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: (body: object) => post(`/registers/${encodeURIComponent(register.id)}/proposals`, body, keyFor(body)),
  })
  const title = say(from ? words.proposeChange : words.proposeNew)
  if (isSuccess)
    return (
      <>
        <h1>
          {register.name} · {title}
        </h1>
        <Alert type="success" role="status" showIcon title={say(words.proposed)} />
        <p className="row">
          <Link to="/proposals">{say(words.proposals)}</Link>
          <Link to="/registers/$id" params={{ id: register.id }}>
            {register.name}
          </Link>
        </p>
      </>
    )
  return (
    <>
      <h1>
        {register.name} · {title}
      </h1>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          const form = new FormData(event.currentTarget)
          const text = (name: string): string => String(form.get(name) ?? '').trim()
          const value = Object.fromEntries(
            register.fields.flatMap((field) => {
              const read = valueOf(field, text(`field ${field.id}`))
              return read === undefined ? [] : [[field.id, read]]
            }),
          )
          mutate({
            key: text('key'),
            validFrom: text('validFrom'),
            ...(text('validUntil') === '' ? {} : { validUntil: text('validUntil') }),
            value,
            reason: text('reason'),
          })
        }}
      >
        <Labelled label={register.keyName}>
          <Input name="key" required maxLength={120} defaultValue={from?.key} readOnly={from !== undefined} />
        </Labelled>
        <Labelled label={say(words.validFrom)}>
          <input type="date" name="validFrom" required min="1990-01-01" max="2079-12-31" defaultValue={from?.validFrom} />
        </Labelled>
        <Labelled label={say(words.validUntil)}>
          <input type="date" name="validUntil" min="1990-01-01" max="2079-12-31" defaultValue={from?.validUntil ?? ''} />
        </Labelled>
        {register.fields.map((field) => (
          <Labelled key={field.id} label={`${field.name}${field.optional ? `（${say(words.optional)}）` : ''}${hint(field, say)}`}>
            <FieldControl field={field} organs={organs} was={from?.value[field.id]} />
          </Labelled>
        ))}
        <Labelled label={say(words.reason)}>
          <Input name="reason" required maxLength={500} />
        </Labelled>
        {error ? <Problem error={error} /> : null}
        <div>
          <Button htmlType="submit" type="primary" loading={isPending}>
            {say(words.submitProposal)}
          </Button>
        </div>
      </form>
    </>
  )
}

function hint({ kind }: RegisterFieldJson, say: ReturnType<typeof useSay>): string {
  return kind === 'list' ? ` · ${say(words.onePerLine)}` : ''
}

function FieldControl({ field, organs, was }: { readonly field: RegisterFieldJson; readonly organs: Organs; readonly was: unknown }) {
  const say = useSay()
  const shared = { name: `field ${field.id}`, required: !field.optional }
  const text = was === undefined ? '' : Array.isArray(was) ? was.join('\n') : String(was)
  const options =
    field.kind === 'choice'
      ? (field.options ?? [])
      : field.kind === 'organ'
        ? organs.map(({ id, name }) => ({ value: id, name }))
        : field.kind === 'flag'
          ? [
              { value: 'true', name: say(words.yes) },
              { value: 'false', name: say(words.no) },
            ]
          : undefined
  if (options)
    return (
      <select {...shared} defaultValue={text}>
        <option value="">{say(words.choose)}</option>
        {options.map(({ value, name }) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
    )
  if (field.kind === 'longText' || field.kind === 'list') return <textarea {...shared} rows={4} defaultValue={text} />
  const type =
    field.kind === 'date' ? 'date' : field.kind === 'integer' || field.kind === 'ratio' || field.kind === 'money' ? 'number' : 'text'
  // Money is kept in fen and typed in yuan.
  const shown = field.kind === 'money' && typeof was === 'number' ? (was / 100).toFixed(2) : text
  return <input {...shared} type={type} {...(type === 'number' ? { step: 'any' } : {})} defaultValue={shown} />
}

/** What was typed as a value of its field. The server judges it. */
function valueOf({ kind }: RegisterFieldJson, text: string): unknown {
  if (text === '') return undefined
  switch (kind) {
    case 'flag':
      return text === 'true'
    case 'integer':
    case 'ratio':
      return Number(text)
    case 'money':
      return Math.round(Number(text) * 100)
    case 'list':
      return text
        .split('\n')
        .map((one) => one.trim())
        .filter((one) => one !== '')
    default:
      return text
  }
}
