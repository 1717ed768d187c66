import type { Citation } from './citation.ts'
import type { Definition, Step } from './definition.ts'
import type { Words } from './words.ts'

/** A sentence to the public, and where it stands. */
export interface Stated {
  readonly words: Words
  readonly article: Citation | readonly Citation[]
}

/** What the public guide 办事指南 of a procedure says beside its steps, clocks and documents. Where something is left out the guide says so. */
export interface Guide {
  /** What it is for, to somebody who has never heard of it. */
  readonly about: Stated
  /** Who may ask; of a procedure that takes nothing from the public, whom it binds. */
  readonly audience?: readonly Stated[]
  /** What it costs who asks. */
  readonly fee?: Stated
  /** What can be done against the result, or against none. */
  readonly remedies?: readonly Stated[]
  /** How the public brings it through the portal; absent: read off the opening step alone. */
  readonly online?: Online
}

/** What the portal must know beside the steps: who the public is in them, and what of a step is not theirs to say. */
export interface Online {
  /** The outside post whose steps are those of whoever brought the matter. */
  readonly as: string
  /** The opening step; absent: the first intake. */
  readonly opens?: string
  readonly steps?: Readonly<Record<string, OnlineStep>>
  /** Documents that go to whoever brought it though they bear no address, as decisions do not. */
  readonly documents?: readonly string[]
}

export interface OnlineStep {
  /** Particulars that whoever works on the case fills in. */
  readonly left?: readonly string[]
  /** What is so because the step is taken through the portal. */
  readonly sets?: Readonly<Record<string, unknown>>
  /** Particulars, beside the step's own day, that hold when it reached the system. */
  readonly arrived?: readonly string[]
}

/** The sentences of a guide, each with its place in it. */
export function statedIn({ about, audience = [], fee, remedies = [] }: Guide): { readonly at: string; readonly stated: Stated }[] {
  return [
    { at: 'about', stated: about },
    ...audience.map((stated) => ({ at: 'audience', stated })),
    ...(fee ? [{ at: 'fee', stated: fee }] : []),
    ...remedies.map((stated) => ({ at: 'remedies', stated })),
  ]
}

/**
 * The steps by which a matter of the public is taken in: they open a case that goes on, by a post outside government or with a party.
 *
 * @returns their ids; none where the procedure runs inside government alone
 */
export function intakesOf({ steps, posts, states }: Pick<Definition, 'steps' | 'posts' | 'states'>): string[] {
  const isOutside = ({ by }: Step): boolean => ([by].flat() as readonly string[]).some((post) => posts[post]?.outside === true)
  const namesParty = ({ input = {} }: Step): boolean => Object.values(input).some(({ kind }) => kind === 'party')
  const endsAtOnce = ({ to }: Step): boolean => typeof to === 'string' && states[to]?.final === true
  return Object.entries(steps).flatMap(([id, step]) =>
    Array.isArray(step.from) && step.from.length === 0 && !endsAtOnce(step) && (isOutside(step) || namesParty(step)) ? [id] : [],
  )
}
