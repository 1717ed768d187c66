import { Button } from 'antd'
import { Dialog } from './Dialog.tsx'
import { Problem } from './Problem.tsx'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ReactNode } from 'react'

/** A button for what cannot be undone: it asks before it acts, and says in the same place why it could not. */
export function Confirmed<Answer>({
  label,
  about,
  act,
  danger,
  onDone,
  children,
}: {
  readonly label: string
  /** What it is done to: the button's whole name to who does not see its row. */
  readonly about: string
  readonly act: () => Promise<Answer>
  readonly danger?: boolean
  readonly onDone?: (answer: Answer) => void
  /** What comes of it. */
  readonly children: ReactNode
}) {
  const queries = useQueryClient()
  const [isOpen, setOpen] = useState(false)
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: act,
    onSuccess: async (answer) => {
      setOpen(false)
      onDone?.(answer)
      await queries.invalidateQueries()
    },
  })
  return (
    <>
      <Button
        size="small"
        danger={danger === true}
        aria-label={`${label}：${about}`}
        onClick={() => {
          reset()
          setOpen(true)
        }}
      >
        {label}
      </Button>
      {isOpen ? (
        <Dialog title={`${label}：${about}`} act={label} acting={isPending} onAct={() => mutate()} onClose={() => setOpen(false)}>
          <p>{children}</p>
          {error ? <Problem error={error} /> : null}
        </Dialog>
      ) : null}
    </>
  )
}
