/** What a place decides about accounts. */
export interface AccountPolicy {
  /** Characters of a password. */
  readonly password: { readonly least: number; readonly most: number }
  readonly lockOut: {
    /** Failures in a row after which an account, and a second factor, is locked. */
    readonly ofAccountAfter: number
    /** Failures after which an address is locked: many people of one office share theirs. */
    readonly ofAddressAfter: number
    readonly minutes: number
  }
  readonly session: {
    /** Ends when nothing was asked for so long. */
    readonly idleMinutes: number
    /** Ends in any case. */
    readonly hours: number
  }
}

/** [platform] The defaults; a place can choose others. */
export const defaultPolicy: AccountPolicy = {
  password: { least: 12, most: 128 },
  lockOut: { ofAccountAfter: 5, ofAddressAfter: 30, minutes: 15 },
  session: { idleMinutes: 30, hours: 12 },
}

/** The shortest password that a place can choose: from 8 to 64. */
export const SHORTEST_PASSWORD = { least: 8, most: 64 } as const
