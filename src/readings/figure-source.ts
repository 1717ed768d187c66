import type { Words } from '#engine/words.ts'

/** What a figure of the report rests on: what it counts, how it was asked, and the cases that it found. */
export interface FigureSource {
  /** The report's id of the figure. */
  readonly id: string
  readonly definition: Words
  /** SQL that anybody with the database can run: text with its values. */
  readonly query: string
  /** Every counting that the figure is reckoned from; of a rate those of both its parts. */
  readonly countings: readonly CountingSource[]
  /** The figure for each month of the period, where it is a plain count. */
  readonly months?: readonly { readonly month: string; readonly count: number }[]
  /** Where all its records are listed. */
  readonly href?: string
}

export interface CountingSource {
  readonly definition: Words
  /** What the counting came to. A case that took a step twice may be counted twice. */
  readonly total: number
  /** The newest cases behind it. */
  readonly records: readonly RecordLine[]
}

/** A case as a list shows it: nothing personal. */
export interface RecordLine {
  readonly id: string
  readonly number: string
  readonly procedure: string
  readonly openedOn: string
  readonly state: Words
}
