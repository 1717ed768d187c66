import { relapseOrders, sourceOrders } from '#procedures/source-case/thresholds.ts'

/**
 * 工单溯源: a cause that recurs is handled once, at its source. Same second-level topic, and either the same place (the same village or
 * community, or within 500 m) or the same subject, from different callers. A local rule; the numbers are defaults.
 * `src/readings/recurrence.ts` reads it.
 */
export const recurrence = {
  step: 'accept',
  merged: { step: 'merge', into: 'into' },
  same: [
    ['topic', 'community'],
    ['topic', { place: { within: { metres: 500 } } }],
    ['topic', 'subject'],
  ],
  distinct: 'callerKey',
  atLeast: sourceOrders,
  within: { days: 30 },
  opens: { procedure: 'source-case', step: 'open' },
  /** Each order of the group is then taken into the source case. */
  joins: { step: 'trace', field: 'sourceCase' },
  /** Sixty days' watch; what comes again in it leads back to the analysis. */
  relapses: { step: 'relapse', field: 'relapseOrders', clock: 'watch', atLeast: relapseOrders },
} as const
