import { Button, Skeleton } from 'antd'
import { get, post, put } from '../api.ts'
import { Labelled, Ticked } from '../Labelled.tsx'
import { Moment } from '../Moment.tsx'
import { Problem } from '../Problem.tsx'
import { Resource } from '../Resource.tsx'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useSay } from '../language.tsx'
import { useState } from 'react'
import { words } from '../words.ts'
import type { NotificationChannelJson, NotificationChannelsJson, TrialJson } from '../../server/api/notification-channels.ts'
import type { NotificationDeliveriesJson, NotificationDeliveryJson } from '../../server/api/notification-deliveries.ts'

/** 通知渠道: how notifications leave the place, and how each sending went. */
export function NotificationChannels() {
  const say = useSay()
  return (
    <>
      <h1>{say(words.notificationChannels)}</h1>
      <p className="quiet">{say(words.notificationChannelsAre)}</p>
      <Resource<NotificationChannelsJson> path="/notification-channels">
        {({ channels, warningDays }) => (
          <>
            <WarningForm days={warningDays} />
            {channels.map((channel) => (
              <ChannelForm key={channel.id} channel={channel} />
            ))}
          </>
        )}
      </Resource>
      <Deliveries />
    </>
  )
}

function useSetting(path: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: unknown) => put(path, body),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['/notification-channels'] }),
  })
}

function WarningForm({ days }: { readonly days: number }) {
  const say = useSay()
  const saving = useSetting('/notification-warning')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        saving.mutate({ days: Number(new FormData(event.currentTarget).get('days')) })
      }}
    >
      <div className="controls">
        <Labelled label={say(words.notificationWarningDays)}>
          <input name="days" type="number" min={0} max={60} required defaultValue={days} />
        </Labelled>
        <Button htmlType="submit" loading={saving.isPending}>
          {say(words.save)}
        </Button>
        <span role="status">{saving.isSuccess ? say(words.notificationSaved) : ''}</span>
      </div>
      {saving.error ? <Problem error={saving.error} /> : null}
    </form>
  )
}

function ChannelForm({
  channel: { id, name, addressName, isOn, isSetUp, form, secrets, changedBy, changedAt },
}: {
  readonly channel: NotificationChannelJson
}) {
  const say = useSay()
  const saving = useSetting(`/notification-channels/${id}`)
  const trying = useMutation({ mutationFn: (address: string) => post<TrialJson>(`/notification-channels/${id}/trials`, { address }) })
  const [isUnreadable, setUnreadable] = useState(false)
  return (
    <details className="foldable">
      <summary>
        {name} <span className="mark">{say(isOn ? words.notificationChannelOn : words.notificationChannelOff)}</span>
      </summary>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          const given = new FormData(event.currentTarget)
          const secret = String(given.get('secret'))
          const read = jsonIn(String(given.get('form')))
          setUnreadable(read === undefined)
          if (read === undefined) return
          saving.mutate({
            isOn: given.get('on') !== null,
            form: read,
            secrets: secret === '' ? {} : { [secret]: String(given.get('value')) },
          })
        }}
      >
        <Labelled wide label={say(words.notificationForm)}>
          <textarea name="form" rows={14} spellCheck={false} defaultValue={JSON.stringify(form, null, 2)} className="code" />
        </Labelled>
        <p className="quiet">
          {say(words.notificationSecrets)}
          {secrets.length === 0 ? '—' : secrets.join(', ')}
          {changedAt === null ? null : (
            <>
              {' · '}
              {changedBy} <Moment at={changedAt} />
            </>
          )}
        </p>
        <div className="controls">
          <Labelled label={say(words.notificationSecretName)}>
            <input name="secret" pattern="[a-z][a-z0-9_]*" autoComplete="off" />
          </Labelled>
          <Labelled label={say(words.notificationSecretValue)}>
            <input name="value" type="password" autoComplete="new-password" />
          </Labelled>
          <Ticked label={say(words.notificationSwitchOn)}>
            <input type="checkbox" name="on" defaultChecked={isOn} />
          </Ticked>
          <Button htmlType="submit" loading={saving.isPending} aria-label={`${say(words.save)} · ${name}`}>
            {say(words.save)}
          </Button>
          <span role="status">{saving.isSuccess ? say(words.notificationSaved) : ''}</span>
        </div>
        {isUnreadable ? <p role="alert">{say(words.notificationFormUnreadable)}</p> : null}
        {saving.error ? <Problem error={saving.error} /> : null}
      </form>
      {isSetUp ? (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            trying.mutate(String(new FormData(event.currentTarget).get('address')))
          }}
        >
          <div className="controls">
            <Labelled label={addressName}>
              <input name="address" required maxLength={254} autoComplete="off" />
            </Labelled>
            <Button htmlType="submit" loading={trying.isPending}>
              {say(words.notificationTry)}
            </Button>
            <span role="status">
              {trying.data === undefined ? '' : trying.data.taken ? say(words.notificationTaken) : trying.data.error}
            </span>
          </div>
          {trying.error ? <Problem error={trying.error} /> : null}
        </form>
      ) : null}
    </details>
  )
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined // said beside the field
  }
}

const STATES = ['given-up', 'waiting', 'delivered', 'withheld'] as const

/** What was sent, those given up first of all: they are the system administrator's to see to. */
function Deliveries() {
  const say = useSay()
  const queries = useQueryClient()
  const [state, setState] = useState<string>('given-up')
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['/notification-deliveries', state],
    queryFn: ({ pageParam, signal }) =>
      get<NotificationDeliveriesJson>(`/notification-deliveries?${new URLSearchParams({ state, after: pageParam })}`, signal),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })
  const retrying = useMutation({
    mutationFn: (id: string) => post(`/notification-deliveries/${id}/retries`, {}),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['/notification-deliveries'] }),
  })
  const lines = data?.pages.flatMap(({ deliveries }) => deliveries)
  return (
    <section aria-labelledby="deliveries">
      <h2 id="deliveries">{say(words.notificationDeliveries)}</h2>
      <div className="controls">
        <Labelled label={say(words.state)}>
          <select value={state} onChange={({ target }) => setState(target.value)}>
            {STATES.map((one) => (
              <option key={one} value={one}>
                {say(words.notificationStates[one])}
              </option>
            ))}
            <option value="">{say(words.any)}</option>
          </select>
        </Labelled>
      </div>
      {retrying.error ? <Problem error={retrying.error} /> : null}
      {error ? (
        <Problem error={error} retry={() => void refetch()} />
      ) : lines === undefined ? (
        <div role="status" aria-label={say(words.waiting)}>
          <Skeleton active />
        </div>
      ) : lines.length === 0 ? (
        <p role="status">{say(words.notificationNoDeliveries)}</p>
      ) : (
        <DeliveryTable lines={lines} retry={(id) => retrying.mutate(id)} />
      )}
      {hasNextPage ? (
        <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {say(words.more)}
        </Button>
      ) : null}
    </section>
  )
}

function DeliveryTable({ lines, retry }: { readonly lines: readonly NotificationDeliveryJson[]; retry(id: string): void }) {
  const say = useSay()
  const columns = [
    words.notificationPerson,
    words.notificationKind,
    words.notificationChannel,
    words.state,
    words.notificationAttempts,
    words.notificationError,
    words.notificationNext,
  ]
  return (
    // The roles are named because a card's layout would take them away from readers of the screen.
    <table className="lined cards" role="table">
      <caption>{say(words.notificationDeliveries)}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((name) => (
            <th key={name[1]} scope="col" role="columnheader">
              {say(name)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {lines.map(({ id, person, address, kindName, channelName, state, attempts, lastError, nextAt, deliveredAt }) => (
          <tr key={id} role="row">
            <th scope="row" role="rowheader">
              {person} <small>{address}</small>
            </th>
            <td role="cell" data-label={say(words.notificationKind)}>
              {kindName}
            </td>
            <td role="cell" data-label={say(words.notificationChannel)}>
              {channelName}
            </td>
            <td role="cell" data-label={say(words.state)}>
              <span className={state === 'given-up' ? 'mark bad' : 'mark'}>{say(words.notificationStates[state])}</span>
            </td>
            <td role="cell" data-label={say(words.notificationAttempts)}>
              {attempts}
            </td>
            <td role="cell" data-label={say(words.notificationError)}>
              {lastError}
            </td>
            <td role="cell" className="day" data-label={say(words.notificationNext)}>
              {state === 'waiting' ? <Moment at={nextAt} /> : deliveredAt === null ? null : <Moment at={deliveredAt} />}{' '}
              {state === 'waiting' || state === 'given-up' ? (
                <Button size="small" aria-label={`${say(words.notificationSendAgain)} · ${person}`} onClick={() => retry(id)}>
                  {say(words.notificationSendAgain)}
                </Button>
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
