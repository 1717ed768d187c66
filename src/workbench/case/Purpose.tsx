import { Button, Input } from 'antd'
import { Panel } from '../Panel.tsx'
import { Problem } from '../Problem.tsx'
import { useId, useState } from 'react'
import { useSay } from '../language.tsx'
import { words } from '../words.ts'

/** The purpose is at least a word. */
const SHORTEST = 2

/** Asks for what purpose somebody reads personal data: it goes into the ledger. */
export function Purpose({ go, onClose }: { readonly go: (purpose: string) => Promise<void>; onClose(): void }) {
  const say = useSay()
  const id = useId()
  const [purpose, setPurpose] = useState('')
  const [isWaiting, setWaiting] = useState(false)
  const [problem, setProblem] = useState<unknown>()

  async function submit(): Promise<void> {
    setWaiting(true)
    setProblem(undefined)
    try {
      await go(purpose.trim())
      onClose()
    } catch (error) {
      setProblem(error)
    } finally {
      setWaiting(false)
    }
  }

  return (
    <Panel title={say(words.purposeTitle)} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          // It may stand within a form of its own.
          event.stopPropagation()
          void submit()
        }}
      >
        <p>{say(words.purposeHelp)}</p>
        <label htmlFor={id}>{say(words.purposeLabel)}</label>
        <Input id={id} value={purpose} maxLength={500} autoFocus onChange={({ target }) => setPurpose(target.value)} />
        {problem ? <Problem error={problem} /> : null}
        <div className="buttons">
          <Button type="primary" htmlType="submit" loading={isWaiting} disabled={purpose.trim().length < SHORTEST}>
            {say(words.continue)}
          </Button>
        </div>
      </form>
    </Panel>
  )
}
