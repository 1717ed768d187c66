import { Button, Input, Modal } from 'antd'
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
    <Modal open title={say(words.purposeTitle)} onCancel={onClose} footer={null}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
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
          <Button onClick={onClose}>{say(words.foldUp)}</Button>
        </div>
      </form>
    </Modal>
  )
}
