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
 * The version of an entry that holds on a day: the one that began last decides, so that one that ends the entry ends it. Of two that begin on the
 * same day the later written one decides.
 *
 * @param versions of one entry, in the order in which they were written
 * @param day `YYYY-MM-DD`
 * @returns `undefined` before the first has begun, and after the one that began last has ended
 */
export function entryInForce<Version extends Pick<RegisterEntry, 'validFrom' | 'validUntil'>>(
  versions: readonly Version[],
  day: string,
): Version | undefined {
  let last: Version | undefined
  for (const version of versions) {
    if (version.validFrom <= day && (last === undefined || last.validFrom <= version.validFrom)) last = version
  }
  return last?.validUntil === undefined || day <= last.validUntil ? last : undefined
}
