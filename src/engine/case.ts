import { dateIn, endOf, isInstant } from './day.ts'

/** Who did it: a person holding a post in an organ. The machine acts as `system`. */
export interface Actor {
  readonly post: string
  readonly person: string
  readonly organ: string
}

/** One step of one case, as it was taken. Never edited: a wrong one is superseded by a later one. */
export interface StepTaken {
  /** 1, 2, 3 … in the case. */
  readonly seq: number
  readonly step: string
  /** The day or instant on which it takes legal effect. */
  readonly on: string
  /** When it was recorded. */
  readonly at: string
  readonly by: Actor
  readonly input: Readonly<Record<string, unknown>>
  /** State before and after. */
  readonly from: string | null
  readonly to: string
  /** The step that this one replaces, with its reason and approver. */
  readonly supersedes?: { readonly seq: number; readonly reason: string; readonly approvedBy: string }
}

/** A case: the fold of its steps. Everything but `id`, `number` and the steps can be worked out again. */
export interface Case {
  readonly region: string
  readonly id: string
  readonly number: string
  readonly procedure: string
  /** First day in force of the version of law that it runs under now, and the hash of that version when the case came under it. */
  readonly version: string
  readonly hash: string
  /** The same of the version that it was opened under; another one only where a step has switched since. */
  readonly openedUnder: { readonly version: string; readonly hash: string }
  readonly openedOn: string
  readonly state: string
  /** Every particular, the latest value by name. */
  readonly fields: Readonly<Record<string, unknown>>
  readonly steps: readonly StepTaken[]
}

/** The step that strikes out another without replacing it. */
export const STRIKE = 'strike'

/**
 * The steps that stand, in the order in which they count: a superseding step takes the place of the one that it replaces,
 * a struck one is left out.
 */
export function standing(steps: readonly StepTaken[]): readonly StepTaken[] {
  if (!steps.some((step) => step.supersedes)) return steps
  const placeOf = placesOf(steps)
  const places = new Map(steps.map((step) => [placeOf.get(step.seq)!, step]))
  return [...places.keys()]
    .sort((a, b) => a - b)
    .map((place) => places.get(place)!)
    .filter((step) => step.step !== STRIKE)
}

/** The place in which each step counts, by `seq`: its own, or that of the step that it replaces. */
export function placesOf(steps: readonly StepTaken[]): ReadonlyMap<number, number> {
  const placeOf = new Map<number, number>()
  for (const { seq, supersedes } of steps) placeOf.set(seq, supersedes ? (placeOf.get(supersedes.seq) ?? supersedes.seq) : seq)
  return placeOf
}

/** The instant at which a step takes effect. Where only its day is known: when it was recorded, if that was the same day, else the day's end. */
export function effectiveAt({ on, at }: Pick<StepTaken, 'on' | 'at'>): string {
  if (isInstant(on)) return on
  return dateIn(at) === on ? at : endOf(on)
}
