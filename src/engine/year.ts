/** How one system's cases run in a synthetic year: volumes, stories and how long things take. Data; the walk is `readings/synthetic-year`. */
export interface YearPlan {
  /** When cases arrive. */
  readonly arrivals: {
    /** Relative weight of January … December. */
    readonly months: readonly number[]
    /** Relative weight of Monday … Sunday. */
    readonly weekdays: readonly number[]
    /** Weight of a statutory rest day relative to what its weekday would have. */
    readonly restDays: number
    /** Office hours of working days only, or round the clock. */
    readonly hours: 'office' | 'all-day'
  }
  readonly stories: readonly Story[]
}

/** A course that a number of cases take. */
export interface Story {
  readonly id: string
  /** How many cases take it in a year at scale 1. */
  readonly quota: number
  /** Days within which they are opened, `MM-DD` of the year, or `YYYY-MM-DD` shifted with it (carried over from the year before). */
  readonly opens: readonly [from: string, until: string]
  /** A course that ends otherwise (the year is over first) is drawn again. */
  readonly must?: readonly { readonly step: string; readonly from?: string; readonly until?: string }[]
  /** Must not have been taken by the end of the year. */
  readonly never?: readonly string[]
  readonly moves: readonly Move[]
  /** A step that comes to the case from outside → the step of the first move with which the story goes on after it. */
  readonly resumes?: Readonly<Record<string, string>>
  /** Cases that join this one while it is open: each is opened and walked with `into` known to its inputs. */
  readonly companions?: {
    readonly story: string
    readonly chance: number
    readonly most: number
    readonly between: readonly [from: string, until: string]
  }
  /** Told by another story only. */
  readonly companionOnly?: true
}

/** One step of a story. */
export interface Move {
  readonly step: string
  readonly after?: Delay
  readonly input?: Readonly<Record<string, Value>>
  /** Probability that it happens; 1 without it. */
  readonly chance?: number
  /** Only while the case is in one of these states. */
  readonly while?: readonly string[]
  /** Only if fields of the case have these values. */
  readonly when?: Readonly<Record<string, string | number | boolean | readonly (string | number | boolean)[]>>
  /** The post that takes it, when the definition lets several; and whose organ (a field of this step or of the case), when it is not the procedure's own. */
  readonly by?: string
  readonly organFrom?: string
  /** How often at most. */
  readonly times?: readonly [least: number, most: number]
}

/** How long after the step before: drawn evenly within the range, then moved to a moment at which offices are open unless `anyTime`. */
export type Delay =
  | { readonly minutes: readonly [number, number]; readonly anyTime?: true }
  | { readonly hours: readonly [number, number]; readonly anyTime?: true }
  | { readonly days: readonly [number, number]; readonly anyTime?: true }
  | { readonly workingDays: readonly [number, number] }
  /** So many working days before the end of a running clock (0 = on its last day), and never before the step before. */
  | { readonly beforeDue: string; readonly workingDays: readonly [number, number] }
  /** So many days after the end of a running clock: late. */
  | { readonly afterDue: string; readonly days: readonly [number, number] }

/** A value of an input: itself, or drawn. */
export type Value =
  | string
  | number
  | boolean
  | readonly Value[]
  | { readonly pick: readonly (readonly [value: Value, weight: number])[] }
  /** The day of the step, shifted by days. */
  | { readonly dayOfStep: number }
  /** The instant of the step, shifted by minutes. */
  | { readonly instantOfStep: number }
  /** The last day of the latest run of a clock. */
  | { readonly dueOf: string }
  /** A day drawn so many days before (negative) or after the step. */
  | { readonly dayAround: readonly [from: number, to: number] }
  | { readonly whole: readonly [from: number, to: number] }
  /** A visibly invented person, organisation or official; `subject`: the credit code of a firm. */
  | { readonly invented: 'person' | 'organisation' | 'party' | 'official' | 'phone' | 'subject' }
  /** An entry of a register in force on the day. `where`: its fields equal to fields of the case or input so far. */
  | { readonly entryOf: string; readonly where?: Readonly<Record<string, string>>; readonly field?: string }
  /** The value with this probability, and only where fields of the case or input so far have these values; else nothing. */
  | { readonly maybe: number; readonly is: Value; readonly when?: Readonly<Record<string, string | readonly string[]>> }
  /** A place in the district: by its community, by longitude and latitude, or both. */
  | { readonly placeIn: 'district' }
  /** A field of the case or of this input so far. */
  | { readonly field: string }
  /** Words with `{field}` filled in from the case and this input so far. */
  | { readonly words: string }
  | { readonly file: string }
  | { readonly record: Readonly<Record<string, Value>> }
  /** The case that this one joins. */
  | { readonly mainCase: true }
