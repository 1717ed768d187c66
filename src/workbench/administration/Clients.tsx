import { Button, Input } from 'antd'
import { CardTable } from '../CardTable.tsx'
import { Confirmed } from '../Confirmed.tsx'
import { Dialog } from '../Dialog.tsx'
import { FieldOf } from '../FieldOf.tsx'
import { Link } from '@tanstack/react-router'
import { Moment } from '../Moment.tsx'
import { post, remove } from '../api.ts'
import { Problem } from '../Problem.tsx'
import { Resource } from '../Resource.tsx'
import { Secret } from '../Secret.tsx'
import { Ticked } from '../Labelled.tsx'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useSay } from '../language.tsx'
import { useState } from 'react'
import { words } from '../words.ts'
import type { ClientJson, NewClientJson } from '../../server/api/clients.ts'
import type { OrganJson } from '../../server/api/organs.ts'
import type { ProcedureLineJson } from '../../server/api/procedures.ts'

/** 接口客户端: other systems of the government. */
export function Clients() {
  const say = useSay()
  const [isMaking, setMaking] = useState(false)
  const [told, setTold] = useState<NewClientJson>()
  return (
    <>
      <h1>{say(words.clients)}</h1>
      <p className="quiet">{say(words.clientsAre)}</p>
      <p className="row">
        <Button type="primary" onClick={() => setMaking(true)}>
          {say(words.newClient)}
        </Button>
        <Link to="/administration/webhooks">{say(words.webhooks)}</Link>
      </p>
      {told ? <Secret title={say(words.keyOf(told.name))} value={told.key} onClose={() => setTold(undefined)} /> : null}
      <Resource<readonly OrganJson[]> path="/organs">
        {(organs) => (
          <Resource<readonly ProcedureLineJson[]> path="/procedures">
            {(procedures) => (
              <>
                <Resource<readonly ClientJson[]> path="/clients">
                  {(clients) => <List clients={clients} organs={organs} procedures={procedures} />}
                </Resource>
                {isMaking ? (
                  <MakeClient
                    organs={organs}
                    procedures={procedures}
                    onMade={(made) => {
                      setMaking(false)
                      setTold(made)
                    }}
                    onClose={() => setMaking(false)}
                  />
                ) : null}
              </>
            )}
          </Resource>
        )}
      </Resource>
    </>
  )
}

interface Named {
  readonly organs: readonly OrganJson[]
  readonly procedures: readonly ProcedureLineJson[]
}

function List({ clients, organs, procedures }: Named & { readonly clients: readonly ClientJson[] }) {
  const say = useSay()
  if (clients.length === 0) return <p role="status">{say(words.noClients)}</p>
  const organNames = new Map(organs.map(({ id, name }) => [id, name]))
  const named = new Map(procedures.map((one) => [one.id, one]))
  return (
    <CardTable
      caption={say(words.clients)}
      rows={clients}
      keyOf={({ id }) => id}
      columns={[
        { name: say(words.clientName), cell: ({ name }) => name },
        {
          name: say(words.holds),
          cell: ({ organ, post: of, procedures: ids }) => {
            const known = ids.map((id) => named.get(id))
            const name = known.flatMap((one) => one?.posts ?? []).find(({ id }) => id === of)?.name ?? of
            return `${organNames.get(organ) ?? organ} · ${name}（${known.map((one, index) => one?.name ?? ids[index]).join(say(words.listComma))}）`
          },
        },
        { name: say(words.scope), cell: ({ scope }) => say(words.scopes[scope]) },
        { name: say(words.expiresOn), cell: ({ expiresOn }) => <time dateTime={expiresOn}>{expiresOn}</time> },
        { name: say(words.lastUsed), cell: ({ usedAt }) => (usedAt === null ? '—' : <Moment at={usedAt} />) },
        {
          name: say(words.action),
          cell: ({ id, name, revokedAt }) =>
            revokedAt === null ? (
              <Confirmed label={say(words.revoke)} about={name} danger act={() => remove(`/clients/${id}`)}>
                {say(words.revokeIs)}
              </Confirmed>
            ) : (
              <>
                <span className="mark bad">{say(words.revoked)}</span> <Moment at={revokedAt} />
              </>
            ),
        },
      ]}
    />
  )
}

function MakeClient({
  organs,
  procedures,
  onMade,
  onClose,
}: Named & { readonly onMade: (made: NewClientJson) => void; readonly onClose: () => void }) {
  const say = useSay()
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const [organ, setOrgan] = useState('')
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [of, setOf] = useState('')
  const [scope, setScope] = useState<ClientJson['scope']>('read')
  const [expiresOn, setExpiresOn] = useState('')
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => post<NewClientJson>('/clients', { name: name.trim(), organ, post: of, procedures: chosen, scope, expiresOn }),
    onSuccess: async (made) => {
      onMade(made)
      await queries.invalidateQueries()
    },
  })
  // A post that each of the chosen procedures has.
  const posts = procedures
    .filter(({ id }) => chosen.includes(id))
    .map((one) => one.posts)
    .reduce<ProcedureLineJson['posts'] | undefined>(
      (common, own) => (common === undefined ? own : common.filter(({ id }) => own.some((one) => one.id === id))),
      undefined,
    )
  return (
    <Dialog
      title={say(words.newClient)}
      act={say(words.makeIt)}
      acting={isPending}
      disabled={chosen.length === 0}
      onAct={() => mutate()}
      onClose={onClose}
    >
      <FieldOf label={say(words.clientName)}>
        {(tied) => <Input {...tied} required minLength={2} maxLength={80} value={name} onChange={({ target }) => setName(target.value)} />}
      </FieldOf>
      <FieldOf label={say(words.inOrgan)} refused={error} codes={['client.organ-unknown']}>
        {(tied) => (
          <select {...tied} required value={organ} onChange={({ target }) => setOrgan(target.value)}>
            <option value="">{say(words.choose)}</option>
            {organs.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
        )}
      </FieldOf>
      <fieldset className="group">
        <legend>{say(words.procedure)}</legend>
        {procedures.map((one) => (
          <Ticked key={one.id} label={one.name}>
            <input
              type="checkbox"
              checked={chosen.includes(one.id)}
              onChange={({ target }) => setChosen(target.checked ? [...chosen, one.id] : chosen.filter((id) => id !== one.id))}
            />
          </Ticked>
        ))}
      </fieldset>
      <FieldOf label={say(words.post)} hint={say(words.commonPosts)} refused={error} codes={['client.post-unknown']}>
        {(tied) => (
          <select {...tied} required value={of} onChange={({ target }) => setOf(target.value)}>
            <option value="">{say(words.choose)}</option>
            {(posts ?? []).map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
        )}
      </FieldOf>
      <FieldOf label={say(words.scope)}>
        {(tied) => (
          <select {...tied} value={scope} onChange={({ target }) => setScope(target.value as ClientJson['scope'])}>
            <option value="read">{say(words.scopes.read)}</option>
            <option value="act">{say(words.scopes.act)}</option>
          </select>
        )}
      </FieldOf>
      <FieldOf label={say(words.expiresOn)} refused={error} codes={['client.expired']}>
        {(tied) => (
          <input
            {...tied}
            type="date"
            required
            min="1990-01-01"
            max="2079-12-31"
            value={expiresOn}
            onChange={({ target }) => setExpiresOn(target.value)}
          />
        )}
      </FieldOf>
      {error ? <Problem error={error} /> : null}
    </Dialog>
  )
}
