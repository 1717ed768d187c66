import { Button, Form, Input } from 'antd'
import { get, post } from '../api.ts'
import { Problem } from '../Problem.tsx'
import { useNavigate } from '@tanstack/react-router'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useSay } from '../language.tsx'
import { useState } from 'react'
import { words } from '../words.ts'
import type { SessionJson } from '../../server/api/session.ts'
import type { SignInJson, SignInMeansJson } from '../../server/api/sign-in.ts'

/** Signing in: the password, then the second factor where there is one. */
export function SignIn() {
  const say = useSay()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [next, setNext] = useState<SignInJson['next'] | undefined>()
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const { data: means } = useQuery({ queryKey: ['/sign-in-means'], queryFn: () => get<SignInMeansJson>('/sign-in-means') })

  async function send(path: string, body: unknown): Promise<void> {
    setBusy(true)
    setError(undefined)
    try {
      const answer = await post<SignInJson>(path, body)
      if (answer.next === 'second-factor') return setNext('second-factor')
      queries.clear()
      const { owes, administrator } = await get<SessionJson>('/session')
      // To the work of the day; to one's account while something is owed there, or where no case is to be read.
      await navigate({ to: owes === null && administrator === null ? '/today' : '/account' })
    } catch (refused) {
      setError(refused)
    } finally {
      setBusy(false)
    }
  }

  return (
    <div className="narrow">
      <h1>{say(words.signIn)}</h1>
      {error === undefined ? null : <Problem error={error} />}
      {next === 'second-factor' ? (
        <Form layout="vertical" onFinish={({ code }: { code: string }) => void send('/session/second-factor', secondFactorOf(code))}>
          <Form.Item
            label={say(words.secondFactorCode)}
            name="code"
            rules={[{ required: true, message: say(words.needed) }]}
            help={say(words.secondFactorHelp)}
          >
            <Input autoFocus autoComplete="one-time-code" inputMode="text" />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={busy}>
            {say(words.confirm)}
          </Button>
        </Form>
      ) : (
        <Form layout="vertical" onFinish={(given: { username: string; password: string }) => void send('/session', given)}>
          <Form.Item label={say(words.username)} name="username" rules={[{ required: true, message: say(words.needed) }]}>
            <Input autoFocus autoComplete="username" />
          </Form.Item>
          <Form.Item label={say(words.password)} name="password" rules={[{ required: true, message: say(words.needed) }]}>
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={busy}>
            {say(words.signIn)}
          </Button>
        </Form>
      )}
      {means && means.providers.length > 0 ? (
        <ul className="row plain">
          {means.providers.map(({ id, name }) => (
            <li key={id}>
              <a href={`/api/auth/providers/${id}`}>{say(words.signInBy(name))}</a>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}

/** Six digits are of the app; anything else is a code from paper. */
function secondFactorOf(text: string): { code: string } | { recoveryCode: string } {
  const code = text.replace(/\s/g, '')
  return /^\d{6}$/.test(code) ? { code } : { recoveryCode: text.trim() }
}
