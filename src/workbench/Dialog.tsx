import { Button } from 'antd'
import { useDark } from './dark.ts'
import { useEffect, useId, useRef } from 'react'
import { useSay } from './language.tsx'
import { words } from './words.ts'
import type { ReactNode } from 'react'

/**
 * A question that must be answered before anything else: the browser's own dialog, which keeps the focus and closes by Escape. antd's Modal
 * writes a style into the page that its CSP refuses.
 */
export function Dialog({
  title,
  act,
  acting,
  disabled,
  onAct,
  onClose,
  children,
}: {
  readonly title: string
  /** What the button says that does it. */
  readonly act: string
  readonly acting: boolean
  readonly disabled?: boolean
  readonly onAct: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}) {
  const say = useSay()
  const [dark] = useDark()
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useId()
  useEffect(() => {
    const shown = dialog.current!
    shown.showModal()
    return () => shown.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      className={dark ? 'dialog is-dark' : 'dialog'}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <h2 id={heading}>{title}</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          onAct()
        }}
      >
        {children}
        <p className="fields">
          <Button type="primary" htmlType="submit" loading={acting} disabled={disabled === true}>
            {act}
          </Button>
          <Button onClick={onClose}>{say(words.cancel)}</Button>
        </p>
      </form>
    </dialog>
  )
}
