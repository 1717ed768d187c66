import type { ReactNode } from 'react'

/** A control with its label above it. */
export function Labelled({ label, wide, children }: { readonly label: string; readonly wide?: boolean; readonly children: ReactNode }) {
  return (
    <label className={wide ? 'control wide' : 'control'}>
      <span>{label}</span>
      {children}
    </label>
  )
}

/** A tick with its label beside it. */
export function Ticked({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <label className="control check">
      {children}
      <span>{label}</span>
    </label>
  )
}
