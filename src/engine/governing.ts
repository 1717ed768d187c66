import { placesOf, standing } from './case.ts'
import { versionFrom } from './system.ts'
import type { Case } from './case.ts'
import type { Definition } from './definition.ts'
import type { Versions } from './system.ts'

/** Which version of the law governs a case, step by step. Worked out from the steps, never stored. */
export interface Governing {
  /** The version under which a step was taken. */
  of(seq: number): Definition
  /** The version under which the next step is taken. */
  readonly now: Definition
  /** Its hash, as it was recorded when the case came under it. */
  readonly hash: string
  /** Every step that switched, in order; the last one is why `now` governs. */
  readonly switches: readonly Switch[]
}

/** A step by which the case left one version for another. */
export interface Switch {
  readonly seq: number
  readonly from: Definition
  readonly to: Definition
  /** Of `to`, as recorded by the step. */
  readonly hash: string
  readonly reason: string
}

/** The version in force when the case was opened, until a step that stands has switched (`switches` in the definition). */
export function governing(versions: Versions, theCase: Pick<Case, 'openedUnder' | 'steps'>): Governing {
  const opening = versionFrom(versions, theCase.openedUnder.version)
  const switches: Switch[] = []
  let now = opening
  for (const { seq, step, input } of standing(theCase.steps)) {
    const rule = now.steps[step]?.switches
    if (!rule) continue
    const to = versionFrom(versions, rule.to)
    switches.push({ seq, from: now, to, hash: String(input[rule.record]), reason: String(input[rule.reason]) })
    now = to
  }
  const hash = switches.at(-1)?.hash ?? theCase.openedUnder.hash
  if (switches.length === 0) return { of: () => opening, now, hash, switches }
  const places = placesOf(theCase.steps)
  // A correction counts in the place of what it corrects, and so under the law of that place.
  const of = (seq: number): Definition => switches.findLast((one) => places.get(one.seq)! < places.get(seq)!)?.to ?? opening
  return { of, now, hash, switches }
}
