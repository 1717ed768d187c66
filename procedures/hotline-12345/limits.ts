/**
 * Limits of handling by kind of request, in working days: the place sets them, these are the defaults.
 * An urgent order has 24 hours whatever its kind.
 */
export const handleWorkingDays = {
  consultation: 1,
  help: 5,
  complaint: 5,
  report: 10,
  suggestion: 10,
  praise: 5,
} as const

export type Kind = keyof typeof handleWorkingDays

/** A consultation is answered within a day; it is not extended. Nor is an urgent order, whatever its kind. */
export const extendableKinds: readonly Kind[] = ['help', 'complaint', 'report', 'suggestion', 'praise']

/** A closed order may be taken up again within so many calendar days. */
export const reopenDays = 30

/** On so many different days an officer tries before the caller counts as unreached. */
export const callBackTries = 3
