import type { Indicators } from '#engine/indicator.ts'

/** Figures of pre-trial mediation. The rate is computed, never typed. */
export const indicators = {
  indicators: {
    cases: {
      name: ['调解案件数', 'Cases mediated'],
      formula: { count: 'accept-assignment', distinctCases: true },
      note: ['调解员在本期签收材料、开始调解的案件', 'cases whose mediation began in the period'],
    },
    succeeded: { name: ['调解成功数', 'Mediations that succeeded'], formula: { count: 'agree' } },
    failed: { name: ['终止调解数', 'Ended without agreement'], formula: { count: 'end-without' } },
    concluded: { name: ['调解结束数', 'Mediations ended'], formula: { sum: ['succeeded', 'failed'] } },
    'success-rate': { name: ['调成率', 'Success rate'], formula: { ratio: ['succeeded', 'cases'] } },
    'success-rate-of-concluded': {
      name: ['结束案件调成率', 'Success rate of those ended'],
      formula: { ratio: ['succeeded', 'concluded'] },
    },
    pending: {
      name: ['期末在调', 'Being mediated at the end'],
      formula: { asOf: 'end', since: 'accept-assignment', until: ['agree', 'end-without'] },
    },
    'in-time': { name: ['期限内结束', 'Ended in time'], formula: { clock: 'mediate', is: 'in-time' } },
    'applied-for-confirmation': {
      name: ['申请司法确认数', 'Applied for judicial confirmation'],
      formula: { count: 'apply-confirmation', distinctCases: true },
    },
    'to-filing': { name: ['转立案', 'Went to filing'], formula: { count: 'to-filing' } },
  },
  statements: {
    'success-rate': {
      name: ['调成率', 'Success rate'],
      figures: { computed: { is: 'success-rate', as: 'percent' } },
      within: { 'succeeded-exceeds-cases': ['succeeded', 'cases'] },
      printed: 'success-rate',
    },
  },
} satisfies Indicators
