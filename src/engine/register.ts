import type { Fields } from './field.ts'
import type { Words } from './words.ts'

/** A standing list with validity dates: organs, a duty directory, mediators. */
export interface Register {
  readonly id: string
  readonly name: Words
  /** What the key of an entry is. */
  readonly key: Words
  readonly fields: Fields
  /** The posts that keep it once it is loaded: one proposes entries, another person of the other post approves them. */
  readonly keeper?: { readonly propose: string; readonly approve: string }
  readonly entries: readonly RegisterEntry[]
}

/** One version of one entry. A change is a new version; the old one ends the day before and stays. */
export interface RegisterEntry {
  readonly key: string
  /** First and last day in force, both inclusive; without `validUntil` still in force. */
  readonly validFrom: string
  readonly validUntil?: string
  readonly value: Readonly<Record<string, unknown>>
}

/**
 * The version of an entry in force on a day.
 *
 * @param versions entries of one register, in any order
 * @param day `YYYY-MM-DD`
 * @returns the latest of those in force, `undefined` if there is none
 */
export function entryInForce(versions: readonly RegisterEntry[], key: string, day: string): RegisterEntry | undefined {
  let found: RegisterEntry | undefined
  for (const entry of versions) {
    if (entry.key !== key || !isInForce(entry, day)) continue
    if (found === undefined || found.validFrom < entry.validFrom) found = entry
  }
  return found
}

/** Is this version in force on that day? */
export function isInForce({ validFrom, validUntil }: RegisterEntry, day: string): boolean {
  return validFrom <= day && (validUntil === undefined || day <= validUntil)
}
