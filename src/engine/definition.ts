import type { Citation } from './citation.ts'
import type { DocumentTemplate } from './document-template.ts'
import type { Fields, InputOfFields } from './field.ts'
import type { DerivedFact, Guard } from './guard.ts'
import type { Guide } from './guide.ts'
import type { Limit, Unit } from './limit.ts'
import type { Words } from './words.ts'

/** What must hold of the facts, each named fact being the value or one of the values. */
export type When = Readonly<Record<string, Scalar | readonly Scalar[]>>
type Scalar = string | number | boolean

export interface State {
  readonly name: Words
  /** A case may rest here for good. */
  readonly final?: true
  /** The post that must act while the case is here; `party` where the law waits for a party. */
  readonly with?: string
}

/** A post: who takes steps. `system` is the clock or a linked case. */
export interface PostOfProcedure {
  readonly name: Words
  /** Outside government: a party, a court, an agency that answers. */
  readonly outside?: true
  /** The organ that it is a post of, where the procedure fixes one (an id of the organs' register). */
  readonly organ?: string
  /** Answers for its organ's cases: may read who the people are in each, and gives them to others to handle. */
  readonly head?: true
}

/** One act. */
export interface Step<S extends string = string, P extends string = string, F extends Fields = Fields> {
  readonly name: Words
  /** `clock`: taken by the machine when a clock lapses; `case`: when a linked case ends, or a rule of recurrence says so. */
  readonly by: P | 'clock' | 'case' | readonly (P | 'case')[]
  /** States in which it may be taken; `[]` opens the case; `'running'` is every state that is not final; `'any'` every state. */
  readonly from: readonly S[] | 'running' | 'any'
  /** State after it; absent: stays. By an input's value, or back to where the case stood before another step. */
  readonly to?: S | { readonly by: string; readonly is: Readonly<Record<string, S | 'stays'>> } | { readonly before: string }
  readonly input?: F
  /** Facts that the act itself fixes. */
  readonly sets?: Readonly<Record<string, Scalar>>
  /** The input field that holds the day (or instant) on which the act takes legal effect; without it, when it was taken. */
  readonly on?: string
  /** Names of guards, in the order in which they are tried. */
  readonly guards?: readonly string[]
  /** Documents 文书 that the step produces. */
  readonly produces?: readonly string[]
  /** A case of another procedure, opened by the machine and linked both ways. `passes`: field of the new case → field of this one, or `id`. */
  readonly opens?: { readonly procedure: string; readonly step: string; readonly passes?: Readonly<Record<string, string>> }
  /**
   * From here on the case runs under the version in force from the day `to`, for the reason in the input field `reason`; the machine records
   * the hash of that version in the input field `record`.
   */
  readonly switches?: { readonly to: string; readonly reason: string; readonly record: string }
  /** For `by: 'case'`: taken when the case linked in this field reaches a final state. */
  readonly follows?: string
  /** What the step tells the party: remedy, limit, organ. */
  readonly tells?: Words
  /** Whoever took one of these steps in the case may not take this one (调查、审核、决定分离). */
  readonly apart?: { readonly from: readonly string[]; readonly article: Citation }
  readonly article: Citation | readonly Citation[]
}

/** A step, or a step and the input field that holds the day. */
export type Mark<Id extends string = string> = Id | { readonly step: Id; readonly field?: string; readonly when?: When }

/**
 * A limit chosen by facts; the first whose `when` holds is the limit. A limit may be taken from an input. `startsUntil`: only for runs that
 * start on that day or before, where a law changed the limit for what starts later while the case goes on under its own version.
 */
export type LimitChoice = (Limit | { readonly fact: string; readonly unit: Unit }) & {
  readonly when?: When
  readonly startsUntil?: string
  readonly article?: Citation
}

/** One statutory clock. */
export interface Clock<Id extends string = string> {
  readonly name: Words
  /** Whose limit it is. */
  readonly binds: string
  readonly starts: Mark<Id> | readonly Mark<Id>[]
  readonly stops: readonly Mark<Id>[]
  /** The clock exists only where these facts hold. */
  readonly when?: When
  /** One run for each entry of the list `of`, which the starting step asks; a step that names one entry in `by` ends or pauses that run alone. */
  readonly each?: { readonly of: string; readonly by: string }
  readonly limit: Limit | readonly LimitChoice[]
  /** Time not counted, from one step until another. */
  readonly paused?: readonly { readonly from: Mark<Id>; readonly until: readonly Mark<Id>[]; readonly article: Citation }[]
  /** Who may lengthen it, by what input field, at most by how much (`limit`: as long as the limit itself), how often. */
  readonly longer?: {
    readonly by: Id
    readonly field: string
    readonly unit?: Unit
    readonly atMost?: Limit | 'limit'
    readonly times?: number
    readonly when?: When
    /** Never where these facts hold. */
    readonly unless?: When
    readonly article: Citation
  }
  /** Another limit from another day; the earlier end holds. */
  readonly earlierOf?: { readonly limit: Limit; readonly from: string; readonly article: Citation }
  readonly backward?: true
  /** `false`: a deemed date or a watch; its end does not roll. */
  readonly rolls?: false
  /** The step that the machine takes when the clock runs out; it takes effect on the clock's last day. */
  readonly lapse?: Id
  /** Not a duty but a time within which something is allowed: its end is no lateness. */
  readonly window?: true
  /** What lateness means. */
  readonly late: Words
  readonly article: Citation | readonly Citation[]
}

/** A duty to publish what a step came to. Nothing but fields that are marked `public` leaves the case. */
export interface Publicity<Id extends string = string, P extends string = string> {
  readonly name: Words
  readonly after: Mark<Id>
  /** The last day, counted from the day of the step; without it the law names none. */
  readonly within?: Limit
  /** The post that looks at it and publishes it; without it nothing is left to decide, and the machine does. */
  readonly by?: P
  /** May be published, need not be: whoever holds the post `by` chooses the case. */
  readonly chosen?: true
  readonly fields: readonly string[]
  /** Those of `fields` that make its title, after the name. */
  readonly title?: readonly string[]
  /** The one of `fields` that was written for the public: where it is empty there is nothing to publish. */
  readonly text?: string
  /** Steps after which it no longer holds, and is withdrawn. */
  readonly until?: readonly Mark<Id>[]
  /** How long it stays, counted from the day on which it was published. */
  readonly stays?: Limit
  readonly article: Citation | readonly Citation[]
}

/** A fact that a register answers on the day of the step: is there an entry in force, and which. */
export interface RegisterQuestion {
  readonly register: string
  /**
   * The input or case fields that hold the entry's key. One that is a list asks for each of its entries, but only those that the step itself
   * names: what earlier steps named was asked on their days.
   */
  readonly key: string | readonly string[]
  /** The field of the one entry asked for that is the fact; without it: is there one in force, for every key? */
  readonly field?: string
  /** The fact is the list of those keys that have no entry in force. */
  readonly absent?: true
}

/** The keys that a question asks for. */
export function keysAsked(
  { key }: RegisterQuestion,
  input: Readonly<Record<string, unknown>>,
  fields: Readonly<Record<string, unknown>>,
): string[] {
  return ([key].flat() as readonly string[]).flatMap((name) => {
    const value = input[name] ?? (Array.isArray(fields[name]) ? undefined : fields[name])
    return ([value].flat() as unknown[]).filter((one) => typeof one === 'string')
  })
}

/** One procedure under one version of the law. */
export interface Definition {
  readonly id: string
  readonly name: Words
  readonly inForce: { readonly from: string; readonly until?: string }
  /** The laws it rests on, in words. */
  readonly basis: readonly Citation[]
  /** Prefix of case numbers (字号), e.g. 宿区复. */
  readonly series: string
  /** Fields that name a case in a list, nothing personal among them; without it the number alone. */
  readonly title?: readonly string[]
  /** The opening step's input field that holds the day (or instant) on which the case counts as opened; the law of that day governs. */
  readonly opened: string
  readonly posts: Readonly<Record<string, PostOfProcedure>>
  readonly states: Readonly<Record<string, State>>
  readonly steps: Readonly<Record<string, Step>>
  readonly clocks: Readonly<Record<string, Clock>>
  readonly asks?: Readonly<Record<string, RegisterQuestion>>
  /** The fields that name a document of a linked case, whose digest guards ask (`digestOf`). */
  readonly documentIn?: { readonly case: string; readonly seq: string; readonly document: string }
  readonly publicity?: Readonly<Record<string, Publicity>>
  /** What the public is told beside all this. It binds no case: neither hashed nor among what a case carries. */
  readonly guide?: Guide
  /** What the literal names: functions and whole documents. Left out when the definition is printed or hashed. */
  readonly parts: Parts
}

/** What a definition refers to by name. */
export interface Parts {
  readonly guards: Readonly<Record<string, Guard>>
  readonly facts: Readonly<Record<string, DerivedFact>>
  readonly documents: Readonly<Record<string, DocumentTemplate>>
}

/**
 * A procedure as one literal. Returns it with its parts; what it does is relate them: a step from a misspelled state, a clock on a missing
 * step, an unknown guard or document is a compile error at the word.
 *
 * @param parts the guards, derived facts and documents that the literal names
 */
export function procedure<
  const Named extends Parts,
  const P extends Readonly<Record<string, PostOfProcedure>>,
  const S extends Readonly<Record<string, State>>,
  const T extends {
    readonly [K in string]: TypedStep<keyof S & string, keyof P & string, keyof Named['guards'] & string, keyof Named['documents'] & string>
  },
  const C extends { readonly [K in string]: Clock<keyof T & string> },
>(
  parts: Named,
  literal: Omit<Definition, 'parts' | 'posts' | 'states' | 'steps' | 'clocks' | 'publicity'> & {
    readonly posts: P
    readonly states: S
    readonly steps: T
    readonly clocks: C
    readonly publicity?: { readonly [K in string]: Publicity<keyof T & string, keyof P & string> }
  },
): typeof literal & { readonly parts: Named } {
  return { ...literal, parts }
}

type TypedStep<S extends string, P extends string, G extends string, D extends string> = Omit<Step<S, P>, 'guards' | 'produces'> & {
  readonly guards?: readonly G[]
  readonly produces?: readonly D[]
}

/** What a step asks: `InputOf<typeof reconsideration, 'accept'>`. */
export type InputOf<D extends { steps: Readonly<Record<string, unknown>> }, K extends keyof D['steps']> = D['steps'][K] extends {
  input: infer F extends Fields
}
  ? InputOfFields<F>
  : Record<string, never>
