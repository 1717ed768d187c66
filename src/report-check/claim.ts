import type { Figure } from './figures.ts'
import type { Reason } from './reasons.ts'

/** What a claim says. */
export type Kind = 'count' | 'part' | 'sum' | 'rate' | 'share' | 'change' | 'average' | 'range'

/** Figures added, or taken away where `negative`. */
export type Term = readonly { readonly figure: Figure; readonly negative?: boolean }[]

/** One way in which a printed figure can have come about: a sum, or a sum over another. */
export interface Candidate {
  readonly sum: Term
  readonly over?: Term
}

/** A printed figure that other figures should give. */
export interface Derived {
  readonly form: 'derived'
  readonly kind: Kind
  readonly printed: Figure
  /** The likeliest first. The claim is consistent if any of them gives the printed figure. */
  readonly candidates: readonly Candidate[]
  /** Further readings, less likely; if one of them gives the printed figure, the claim is not testable rather than contradictory. */
  readonly doubts: readonly Candidate[]
  /** Whether the words leave no other reading, so that a figure none of the candidates gives is a contradiction. */
  readonly certain: boolean
  /** Why the claim cannot be tested, where it cannot. */
  readonly reason: Reason
}

/** Parts that must not exceed, or must make up, their whole. */
export interface Bounded {
  readonly form: 'bounded'
  readonly kind: 'part' | 'sum'
  readonly parts: readonly Figure[]
  readonly whole: Figure
  /** Whether the parts are said to be all there is. */
  readonly exhaustive: boolean
  readonly certain: boolean
  readonly reason: Reason
}

/** A change from one figure to another in the direction that its verb names. */
export interface Directed {
  readonly form: 'directed'
  readonly kind: 'change'
  readonly from: Figure
  readonly to: Figure
  /** Undefined for a verb without a direction, such as 调整至. */
  readonly direction: 'up' | 'down' | undefined
}

/** A figure that stands alone. */
export interface Lone {
  readonly form: 'lone'
  readonly kind: 'count' | 'range'
  readonly printed: Figure
}

export type Claim = Derived | Bounded | Directed | Lone

/** A term of one figure, or of several added. */
export function only(...figures: readonly Figure[]): Term {
  return figures.map((figure) => ({ figure }))
}
