import { Alert, Button, Input } from 'antd'
import { FieldOf } from '../FieldOf.tsx'
import { Link, useSearch } from '@tanstack/react-router'
import { OrganField } from '../form/OrganField.tsx'
import { post } from '../api.ts'
import { Problem } from '../Problem.tsx'
import { Resource } from '../Resource.tsx'
import { SessionContext } from '../session.ts'
import { use, useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { useSay } from '../language.tsx'
import { useWriteKey } from '../write-key.ts'
import { words } from '../words.ts'
import type { EntryHistoryJson, EntryJson } from '../../server/api/registers.ts'
import type { ProcedureLineJson } from '../../server/api/procedures.ts'

type Change = keyof typeof words.postChanges

/** A change of posts as somebody would have it: a new holder, somebody who stands in, an end. */
export function ProposePost() {
  const { like, change }: { like?: unknown; change?: unknown } = useSearch({ strict: false })
  if (typeof like !== 'string')
    return (
      <Resource<readonly ProcedureLineJson[]> path="/procedures">
        {(procedures) => <PostForm change="holder" like={undefined} procedures={procedures} />}
      </Resource>
    )
  const asked: Change = change === 'end' || change === 'stand-in' ? change : 'holder'
  return (
    <Resource<EntryHistoryJson> path={`/registers/posts/entries/${encodeURIComponent(like)}`}>
      {({ versions }) => <PostForm change={asked} like={versions[0]} procedures={[]} />}
    </Resource>
  )
}

function PostForm({
  change,
  like,
  procedures,
}: {
  readonly change: Change
  /** The post that is ended, stood in for, or held by somebody else too. */
  readonly like: EntryJson | undefined
  readonly procedures: readonly ProcedureLineJson[]
}) {
  const say = useSay()
  const today = use(SessionContext)?.today ?? ''
  const keyFor = useWriteKey()
  const [suffix] = useState(() => crypto.randomUUID().slice(0, 8))
  const [person, setPerson] = useState('')
  const [organ, setOrgan] = useState<string>()
  const [chosen, setChosen] = useState('')
  const [as, setAs] = useState<'acting' | 'delegated'>('delegated')
  const [given, setFrom] = useState<string>()
  // Who is signed in, and what day it is, may be known only after the form is there.
  const from = given ?? (change === 'end' ? (like?.validFrom ?? '') : today)
  const [until, setUntil] = useState('')
  const [reason, setReason] = useState('')
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: (body: object) => post('/post-proposals', body, keyFor(body)),
  })

  function proposal(): object {
    const days = { validFrom: from, ...(until === '' ? {} : { validUntil: until }) }
    if (like && change === 'end') return { key: like.key, ...days, value: like.value, reason }
    if (like) {
      const { as: _, standsFor: __, ...post_ } = like.value
      const value = { ...post_, person: person.trim(), ...(change === 'stand-in' ? { as, standsFor: like.value['person'] } : {}) }
      return { key: `${like.key}.${suffix}`, ...days, value, reason }
    }
    const [procedure, postId] = JSON.parse(chosen) as [string, string]
    const name = procedures.find(({ id }) => id === procedure)?.posts.find(({ id }) => id === postId)?.name ?? postId
    const value = { procedures: [procedure], post: postId, name, organ: organ ?? '', person: person.trim() }
    return { key: `${value.organ}.${procedure}.${postId}.${suffix}`, ...days, value, reason }
  }

  const title = say(like ? words.postChanges[change] : words.newPost)
  if (isSuccess)
    return (
      <>
        <h1>{title}</h1>
        <Alert type="success" role="status" showIcon title={say(words.postProposed)} />
        <p>
          <Link to="/administration/posts">{say(words.posts)}</Link>
        </p>
      </>
    )
  const days = { type: 'date', min: '1990-01-01', max: '2079-12-31' } as const
  return (
    <>
      <h1>{title}</h1>
      {like ? (
        <dl className="facts">
          <dt>{say(words.person)}</dt>
          <dd>{like.shown['person']}</dd>
          <dt>{say(words.post)}</dt>
          <dd>{like.shown['name']}</dd>
          <dt>{say(words.inOrgan)}</dt>
          <dd>{like.shown['organ']}</dd>
        </dl>
      ) : null}
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          mutate(proposal())
        }}
      >
        {like ? null : (
          <>
            <FieldOf label={say(words.post)}>
              {(tied) => (
                <select {...tied} required value={chosen} onChange={({ target }) => setChosen(target.value)}>
                  <option value="">{say(words.choose)}</option>
                  {procedures.map((procedure) => (
                    <optgroup key={procedure.id} label={procedure.name}>
                      {procedure.posts.map(({ id, name }) => (
                        <option key={id} value={JSON.stringify([procedure.id, id])}>
                          {name}
                        </option>
                      ))}
                    </optgroup>
                  ))}
                </select>
              )}
            </FieldOf>
            <FieldOf label={say(words.inOrgan)}>
              {(tied) => <OrganField {...tied} {...(organ === undefined ? {} : { value: organ })} onChange={setOrgan} />}
            </FieldOf>
          </>
        )}
        {change === 'end' ? null : (
          <FieldOf label={say(words.person)} hint={say(words.personHelp)} refused={error} codes={['administrator.holds-post']}>
            {(tied) => <Input {...tied} required maxLength={80} value={person} onChange={({ target }) => setPerson(target.value)} />}
          </FieldOf>
        )}
        {change === 'stand-in' ? (
          <FieldOf label={say(words.heldAs)}>
            {(tied) => (
              <select {...tied} value={as} onChange={({ target }) => setAs(target.value as typeof as)}>
                <option value="delegated">{say(words.delegated)}</option>
                <option value="acting">{say(words.acting)}</option>
              </select>
            )}
          </FieldOf>
        ) : null}
        {change === 'end' ? null : (
          <FieldOf label={say(words.firstDay)}>
            {(tied) => <input {...tied} {...days} required value={from} onChange={({ target }) => setFrom(target.value)} />}
          </FieldOf>
        )}
        <FieldOf
          label={say(change === 'holder' ? words.lastDayOptional : words.lastDay)}
          refused={error}
          codes={['register.entry-invalid', 'date.invalid']}
        >
          {(tied) => (
            <input {...tied} {...days} required={change !== 'holder'} value={until} onChange={({ target }) => setUntil(target.value)} />
          )}
        </FieldOf>
        <FieldOf label={say(words.reason)}>
          {(tied) => (
            <Input {...tied} required minLength={2} maxLength={500} value={reason} onChange={({ target }) => setReason(target.value)} />
          )}
        </FieldOf>
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
