import { Button } from 'antd'
import { useEffect, useId, useRef } from 'react'
import { useSay } from './language.tsx'
import { words } from './words.ts'
import type { ReactNode } from 'react'

/**
 * Something to answer before the page goes on. The browser's own: it keeps the focus, closes on Escape, and needs no style of ours in the
 * page, which the content security policy would refuse to antd's.
 */
export function Panel({
  title,
  wide,
  onClose,
  children,
}: {
  readonly title: string
  readonly wide?: true
  onClose(): void
  readonly children: ReactNode
}) {
  const say = useSay()
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const shown = dialog.current!
    shown.showModal()
    return () => shown.close()
  }, [])
  return (
    <dialog ref={dialog} aria-labelledby={id} className={wide ? 'wide' : ''} onClose={onClose}>
      <header>
        <h2 id={id}>{title}</h2>
        <Button onClick={onClose}>{say(words.close)}</Button>
      </header>
      {children}
    </dialog>
  )
}
