import { sourceOrders } from '#procedures/source-case/thresholds.ts'

/**
 * 工单溯源: a cause that recurs is handled once, at its source. Same second-level topic, and either the same village or community or the
 * same subject, from different callers. A local rule; the numbers are defaults. `src/readings/recurrence.ts` reads it.
 */
export const recurrence = {
  step: 'accept',
  same: [
    ['topic', 'community'],
    ['topic', 'subject'],
  ],
  distinct: 'callerKey',
  atLeast: sourceOrders,
  within: { days: 30 },
  opens: { procedure: 'source-case', step: 'open' },
  /** Each order of the group is then taken into the source case. */
  joins: { step: 'trace', field: 'sourceCase' },
} as const
