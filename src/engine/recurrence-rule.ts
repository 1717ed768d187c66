/** When cases recur so that another case must be opened on their common cause. Data of a system. */
export interface RecurrenceRule {
  /** The step that counts: opening an order. */
  readonly step: string
  /** Sets of particulars; cases alike in every particular of one set have a cause in common. */
  readonly same: readonly (readonly Particular[])[]
  /** Counted by this: the same caller three times is one. */
  readonly distinct: 'callerKey'
  readonly atLeast: number
  /** All within so many calendar days, the first and the last included. */
  readonly within: { readonly days: number }
  readonly opens: { readonly procedure: string; readonly step: string }
  /** The step by which each of the cases is taken into the case opened, and the field that holds its id. */
  readonly joins: { readonly step: string; readonly field: string }
}

export type Particular = 'topic' | 'community' | 'subject'
