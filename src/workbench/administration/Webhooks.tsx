import { Button, Input } from 'antd'
import { CardTable } from '../CardTable.tsx'
import { Confirmed } from '../Confirmed.tsx'
import { Dialog } from '../Dialog.tsx'
import { FieldOf } from '../FieldOf.tsx'
import { Link } from '@tanstack/react-router'
import { post, remove } from '../api.ts'
import { Problem } from '../Problem.tsx'
import { Resource } from '../Resource.tsx'
import { Secret } from '../Secret.tsx'
import { Ticked } from '../Labelled.tsx'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useSay } from '../language.tsx'
import { useState } from 'react'
import { words } from '../words.ts'
import type { ClientJson } from '../../server/api/clients.ts'
import type { NewWebhookJson, WebhookJson } from '../../server/api/webhooks.ts'

type EventName = WebhookJson['events'][number]
const EVENTS = Object.keys(words.webhookEvents) as EventName[]

/** 事件推送: where other systems are told of what happens. */
export function Webhooks() {
  const say = useSay()
  const [isMaking, setMaking] = useState(false)
  const [told, setTold] = useState<NewWebhookJson>()
  return (
    <>
      <h1>{say(words.webhooks)}</h1>
      <p className="quiet">{say(words.webhooksAre)}</p>
      <p className="row">
        <Button type="primary" onClick={() => setMaking(true)}>
          {say(words.newWebhook)}
        </Button>
        <Link to="/administration/clients">{say(words.clients)}</Link>
      </p>
      {told ? <Secret title={say(words.secretOf(told.url))} value={told.secret} onClose={() => setTold(undefined)} /> : null}
      <Resource<readonly ClientJson[]> path="/clients">
        {(clients) => (
          <>
            <Resource<readonly WebhookJson[]> path="/webhooks">{(webhooks) => <List webhooks={webhooks} clients={clients} />}</Resource>
            {isMaking ? (
              <MakeWebhook
                clients={clients.filter(({ revokedAt }) => revokedAt === null)}
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
    </>
  )
}

function List({ webhooks, clients }: { readonly webhooks: readonly WebhookJson[]; readonly clients: readonly ClientJson[] }) {
  const say = useSay()
  if (webhooks.length === 0) return <p role="status">{say(words.noWebhooks)}</p>
  const names = new Map(clients.map(({ id, name }) => [id, name]))
  return (
    <CardTable
      caption={say(words.webhooks)}
      rows={webhooks}
      keyOf={({ id }) => id}
      columns={[
        { name: say(words.address), cell: ({ url }) => url },
        { name: say(words.clients), cell: ({ client }) => names.get(client) ?? client },
        { name: say(words.events), cell: ({ events }) => events.map((one) => say(words.webhookEvents[one])).join(say(words.listComma)) },
        {
          name: say(words.deliveries),
          cell: ({ id, url }) => (
            <Link to="/administration/webhooks/$id" params={{ id }} aria-label={`${say(words.deliveries)}：${url}`}>
              {say(words.deliveries)}
            </Link>
          ),
        },
        {
          name: say(words.action),
          cell: ({ id, url, endedAt }) =>
            endedAt === null ? (
              <Confirmed label={say(words.endWebhook)} about={url} danger act={() => remove(`/webhooks/${id}`)}>
                {say(words.endWebhookIs)}
              </Confirmed>
            ) : (
              <span className="mark bad">{say(words.ended)}</span>
            ),
        },
      ]}
    />
  )
}

function MakeWebhook({
  clients,
  onMade,
  onClose,
}: {
  readonly clients: readonly ClientJson[]
  readonly onMade: (made: NewWebhookJson) => void
  readonly onClose: () => void
}) {
  const say = useSay()
  const queries = useQueryClient()
  const [client, setClient] = useState('')
  const [url, setUrl] = useState('')
  const [events, setEvents] = useState<readonly EventName[]>(EVENTS)
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => post<NewWebhookJson>('/webhooks', { client, url: url.trim(), events }),
    onSuccess: async (made) => {
      onMade(made)
      await queries.invalidateQueries()
    },
  })
  return (
    <Dialog
      title={say(words.newWebhook)}
      act={say(words.makeIt)}
      acting={isPending}
      disabled={events.length === 0}
      onAct={() => mutate()}
      onClose={onClose}
    >
      <FieldOf label={say(words.clients)} refused={error} codes={['client.unknown']}>
        {(tied) => (
          <select {...tied} required value={client} onChange={({ target }) => setClient(target.value)}>
            <option value="">{say(words.choose)}</option>
            {clients.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
      </FieldOf>
      <FieldOf label={say(words.address)} hint={say(words.addressHelp)} refused={error} codes={['webhook.url-refused']}>
        {(tied) => <Input {...tied} type="url" required maxLength={2000} value={url} onChange={({ target }) => setUrl(target.value)} />}
      </FieldOf>
      <fieldset className="group">
        <legend>{say(words.events)}</legend>
        {EVENTS.map((one) => (
          <Ticked key={one} label={say(words.webhookEvents[one])}>
            <input
              type="checkbox"
              checked={events.includes(one)}
              onChange={({ target }) => setEvents(target.checked ? [...events, one] : events.filter((other) => other !== one))}
            />
          </Ticked>
        ))}
      </fieldset>
      {error ? <Problem error={error} /> : null}
    </Dialog>
  )
}
