import { Button, Form, Input } from 'antd'
import { get, post, put, remove } from '../api.ts'
import { NotificationSettings } from '../NotificationSettings.tsx'
import { Problem } from '../Problem.tsx'
import { SessionContext } from '../session.ts'
import { use, useState } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useSay } from '../language.tsx'
import { words } from '../words.ts'
import type { OwnSessionJson } from '../../server/api/my-sessions.ts'
import type { SecondFactorJson } from '../../server/api/my-account.ts'

/** One's own account: posts, password, second factor, sessions. */
export function Account() {
  const say = useSay()
  const session = use(SessionContext)
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [error, setError] = useState<unknown>()

  /** Does one thing and looks anew at who is signed in; what stops it is shown. */
  async function attempt(act: () => Promise<unknown>): Promise<boolean> {
    setError(undefined)
    try {
      await act()
      await queries.invalidateQueries()
      return true
    } catch (refused) {
      setError(refused)
      return false
    }
  }

  if (!session || session.person === '')
    return (
      <>
        <h1>{say(words.account)}</h1>
        <p>{say(words.nobodySignedIn)}</p>
        <Button type="primary" onClick={() => void navigate({ to: '/sign-in' })}>
          {say(words.signIn)}
        </Button>
      </>
    )
  return (
    <>
      <h1>{session.person}</h1>
      {session.owes === null ? null : <p role="status">{say(words.owes[session.owes])}</p>}
      {error === undefined ? null : <Problem error={error} />}
      <ul>
        {session.holdings.map(({ key, organName, postName }) => (
          <li key={key}>
            {organName} · {postName}
          </li>
        ))}
      </ul>
      <Button onClick={() => void attempt(() => remove('/session')).then((done) => (done ? navigate({ to: '/sign-in' }) : undefined))}>
        {say(words.signOut)}
      </Button>
      <PasswordForm attempt={attempt} />
      <SecondFactor attempt={attempt} isSetUp={session.secondFactor} />
      {session.owes === null ? <NotificationSettings /> : null}
      {session.owes === null ? <Sessions attempt={attempt} /> : null}
    </>
  )
}

type Attempt = (act: () => Promise<unknown>) => Promise<boolean>

function PasswordForm({ attempt }: { readonly attempt: Attempt }) {
  const say = useSay()
  const [form] = Form.useForm<{ current: string; chosen: string }>()
  const [isDone, setDone] = useState(false)
  const rules = [{ required: true, message: say(words.needed) }]
  return (
    <section aria-labelledby="password">
      <h2 id="password">{say(words.changePassword)}</h2>
      {isDone ? <p role="status">{say(words.passwordChanged)}</p> : null}
      <Form
        form={form}
        layout="vertical"
        className="narrow"
        onFinish={async (given) => {
          const done = await attempt(() => put('/my-password', given))
          setDone(done)
          if (done) form.resetFields()
        }}
      >
        <Form.Item label={say(words.currentPassword)} name="current" rules={rules}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Form.Item label={say(words.newPassword)} name="chosen" rules={rules} help={say(words.passwordHelp)}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Button htmlType="submit">{say(words.changePassword)}</Button>
      </Form>
    </section>
  )
}

function SecondFactor({ attempt, isSetUp }: { readonly attempt: Attempt; readonly isSetUp: boolean }) {
  const say = useSay()
  const [offer, setOffer] = useState<SecondFactorJson | undefined>()
  const secret = offer === undefined ? undefined : new URL(offer.uri).searchParams.get('secret')
  const rules = [{ required: true, message: say(words.needed) }]
  return (
    <section aria-labelledby="second-factor">
      <h2 id="second-factor">{say(words.secondFactor)}</h2>
      <p>{say(isSetUp ? words.secondFactorIsSet : words.secondFactorIsNot)}</p>
      {isSetUp || offer ? null : (
        <Form
          layout="vertical"
          className="narrow"
          onFinish={({ password }: { password: string }) =>
            void attempt(async () => setOffer(await post<SecondFactorJson>('/my-second-factor', { password })))
          }
        >
          <Form.Item label={say(words.password)} name="password" rules={rules}>
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          <Button htmlType="submit">{say(words.setUp)}</Button>
        </Form>
      )}
      {offer === undefined || isSetUp ? null : (
        <>
          <p>{say(words.enterSecret)}</p>
          <p>
            <code className="secret">{secret}</code> · <a href={offer.uri}>{say(words.openInApp)}</a>
          </p>
          <p>{say(words.keepRecoveryCodes)}</p>
          <ul>
            {offer.recoveryCodes.map((code) => (
              <li key={code}>
                <code>{code}</code>
              </li>
            ))}
          </ul>
          <Form
            layout="vertical"
            className="narrow"
            onFinish={(given: { code: string }) => void attempt(() => put('/my-second-factor', given))}
          >
            <Form.Item label={say(words.firstCode)} name="code" rules={rules}>
              <Input inputMode="numeric" autoComplete="one-time-code" />
            </Form.Item>
            <Button type="primary" htmlType="submit">
              {say(words.confirm)}
            </Button>
          </Form>
        </>
      )}
    </section>
  )
}

function Sessions({ attempt }: { readonly attempt: Attempt }) {
  const say = useSay()
  const { data } = useQuery({ queryKey: ['/my-sessions'], queryFn: () => get<{ sessions: OwnSessionJson[] }>('/my-sessions') })
  return (
    <section aria-labelledby="sessions">
      <h2 id="sessions">{say(words.sessions)}</h2>
      <ul>
        {(data?.sessions ?? []).map(({ id, startedAt, isThis }) => (
          <li key={id}>
            <time dateTime={startedAt}>{startedAt}</time>{' '}
            {isThis ? (
              say(words.thisSession)
            ) : (
              <Button onClick={() => void attempt(() => remove(`/my-sessions/${id}`))}>{say(words.endSession)}</Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
