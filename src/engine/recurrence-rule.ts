/** When cases recur so that another case must be opened on their common cause. Data of a system. */
export interface RecurrenceRule {
  /** The step that counts: opening an order. */
  readonly step: string
  /**
   * The step by which an order joins another, and the field that holds that one's id. From then on its caller counts for that one: it recurs
   * with the particulars of the order joined, whatever was first entered on it.
   */
  readonly merged: { readonly step: string; readonly into: string }
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
  /** While this clock of the case opened runs, so many new ones on its cause are a relapse: the step is taken, and its field lists them. */
  readonly relapses: { readonly step: string; readonly field: string; readonly clock: string; readonly atLeast: number }
}

/** A particular that must be equal, or places that must be near each other. */
export type Particular = Named | { readonly place: { readonly within: { readonly metres: number } } }
type Named = 'topic' | 'community' | 'subject'
