import { Button } from 'antd'
import { Labelled } from './Labelled.tsx'
import { Moment } from './Moment.tsx'
import { Problem } from './Problem.tsx'
import { put } from './api.ts'
import { Resource } from './Resource.tsx'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useSay } from './language.tsx'
import { words } from './words.ts'
import type { NotificationSettingsJson } from '../server/api/notification-settings.ts'

/** 通知设置: where one is reached, and about what by which way. */
export function NotificationSettings() {
  const say = useSay()
  return (
    <section aria-labelledby="notification-settings">
      <h2 id="notification-settings">{say(words.notificationSettings)}</h2>
      <p className="quiet">{say(words.notificationSettingsAre)}</p>
      <Resource<NotificationSettingsJson> path="/notification-settings">{(settings) => <SettingsForm settings={settings} />}</Resource>
    </section>
  )
}

function SettingsForm({ settings: { language, channels, kinds } }: { readonly settings: NotificationSettingsJson }) {
  const say = useSay()
  const queries = useQueryClient()
  const saving = useMutation({
    mutationFn: (body: unknown) => put('/notification-settings', body),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['/notification-settings'] }),
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        const given = new FormData(event.currentTarget)
        saving.mutate({
          language: given.get('language'),
          addresses: Object.fromEntries(channels.map(({ id }) => [id, given.get(`address.${id}`)])),
          channels: Object.fromEntries(kinds.map(({ kind }) => [kind, given.getAll(`kind.${kind}`)])),
        })
      }}
    >
      <div className="controls">
        {channels.map(({ id, addressName, address, isOn }) => (
          <Labelled key={id} label={isOn ? addressName : `${addressName} ${say(words.notificationChannelNotOn)}`}>
            <input name={`address.${id}`} defaultValue={address ?? ''} maxLength={254} autoComplete="off" />
          </Labelled>
        ))}
        <Labelled label={say(words.notificationLanguage)}>
          <select name="language" defaultValue={language}>
            <option value="zh" lang="zh-CN">
              中文
            </option>
            <option value="en" lang="en">
              English
            </option>
          </select>
        </Labelled>
      </div>
      {channels.map(({ id, name, failing }) =>
        failing === null ? null : (
          <p key={id} role="note">
            <span className="mark bad">{say(words.notificationFailing)}</span> {name} · <Moment at={failing.at} /> · {failing.error}
          </p>
        ),
      )}
      <div className="sideways">
        <table className="lined">
          <caption>{say(words.notificationByWhich)}</caption>
          <thead>
            <tr>
              <th scope="col">{say(words.notificationKind)}</th>
              {channels.map(({ id, name }) => (
                <th key={id} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {kinds.map(({ kind, name, channels: chosen }) => (
              <tr key={kind}>
                <th scope="row">{name}</th>
                {channels.map((channel) => (
                  <td key={channel.id}>
                    <input
                      type="checkbox"
                      name={`kind.${kind}`}
                      value={channel.id}
                      defaultChecked={chosen.includes(channel.id)}
                      aria-label={`${name} · ${channel.name}`}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {saving.error ? <Problem error={saving.error} /> : null}
      <p className="fields">
        <Button htmlType="submit" loading={saving.isPending}>
          {say(words.save)}
        </Button>{' '}
        <span role="status">{saving.isSuccess ? say(words.notificationSaved) : ''}</span>
      </p>
    </form>
  )
}
