import { Alert, Button } from 'antd'
import { Refused } from './api.ts'
import { words } from './words.ts'
import { useSay } from './language.tsx'

/** What stopped something: what, why, and what to do now. */
export function Problem({ error, retry }: { readonly error: unknown; readonly retry?: () => void }) {
  const say = useSay()
  const said =
    error instanceof Refused
      ? error
      : { message: say(words.lineLost), basis: say(words.lineLostBasis), remedy: say(words.lineLostRemedy), code: undefined }
  return (
    <Alert
      type="error"
      role="alert"
      showIcon
      title={said.message}
      description={
        <>
          <div>
            {say(words.basis)}：{said.basis}
          </div>
          <div>
            {say(words.remedy)}：{said.remedy}
          </div>
          {said.code === undefined ? null : <code>{said.code}</code>}
        </>
      }
      {...(retry ? { action: <Button onClick={retry}>{say(words.tryAgain)}</Button> } : {})}
    />
  )
}
