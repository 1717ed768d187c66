import { findAverages } from './averages.ts'
import { findChanges } from './changes.ts'
import type { Claim } from './claim.ts'
import type { Figure, Passage } from './figures.ts'
import { findParts, findTotals } from './parts.ts'
import { findRates } from './rates.ts'

/**
 * Finds the claims that put figures of one sentence in relation.
 *
 * @param before the sentence before it in the same paragraph, where a rate may find its whole
 * @param wholes counts from anywhere earlier in the report that a rate may silently refer to
 */
export function findClaims(passage: Passage, before: Passage | undefined, wholes: readonly Figure[]): Claim[] {
  return [
    ...findChanges(passage),
    ...findRates(passage, before, wholes),
    ...findAverages(passage, before),
    ...findTotals(passage),
    ...findParts(passage, before),
  ]
}
