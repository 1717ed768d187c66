import { Refused } from './api.ts'
import { useId } from 'react'
import type { ReactNode } from 'react'

/** What ties a control to what is said about it. */
export interface Tied {
  readonly id: string
  readonly 'aria-invalid'?: true
  readonly 'aria-describedby'?: string
}

/** A control with its label above and, beside it, what the server refused of it. */
export function FieldOf({
  label,
  hint,
  refused,
  codes = [],
  children,
}: {
  readonly label: string
  readonly hint?: string
  /** What the server said of the form. */
  readonly refused?: unknown
  /** Codes of refusals that are about this control. */
  readonly codes?: readonly string[]
  readonly children: (tied: Tied) => ReactNode
}) {
  const id = useId()
  const said = refused instanceof Refused && codes.includes(refused.code) ? refused.message : undefined
  const described = [...(hint === undefined ? [] : [`${id}-hint`]), ...(said === undefined ? [] : [`${id}-said`])].join(' ')
  return (
    <div className="control">
      <label htmlFor={id}>{label}</label>
      {hint === undefined ? null : (
        <span id={`${id}-hint`} className="hint">
          {hint}
        </span>
      )}
      {children({
        id,
        ...(said === undefined ? {} : { 'aria-invalid': true as const }),
        ...(described === '' ? {} : { 'aria-describedby': described }),
      })}
      {said === undefined ? null : (
        <span id={`${id}-said`} className="problem">
          {said}
        </span>
      )}
    </div>
  )
}
