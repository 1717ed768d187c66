import type { Indicators } from '#engine/indicator.ts'

/** Figures of source tracing. */
export const indicators = {
  indicators: {
    opened: { name: ['启动溯源件', 'Source cases opened'], formula: { count: ['open', 'open-by-choice'] } },
    'opened-by-rule': { name: ['自动启动', 'Opened by the rule'], formula: { count: 'open' } },
    closed: { name: ['办结溯源件', 'Source cases closed'], formula: { count: 'close' } },
    relapsed: { name: ['复发', 'Relapses'], formula: { count: 'relapse' } },
    'measures-done': { name: ['完成措施', 'Measures done'], formula: { count: 'measure-done' } },
    'measures-in-time': { name: ['按期完成措施', 'Measures done in time'], formula: { clock: 'measure', is: 'in-time' } },
    'rule-gaps': { name: ['制度缺失', 'Gaps in the rules'], formula: { count: 'analyse', where: { cause: 'rule-gap' } } },
    'not-enforced': { name: ['执行不到位', 'Rules not enforced'], formula: { count: 'analyse', where: { cause: 'not-enforced' } } },
    'rules-proposed': { name: ['制度修订建议', 'Changes of rule proposed'], formula: { count: 'propose-rule' } },
    clues: { name: ['移送监督线索', 'Clues for supervision'], formula: { count: 'open-clue' } },
    running: { name: ['期末未结', 'Open at the end'], formula: { asOf: 'end', since: ['open', 'open-by-choice'], until: ['close'] } },
    'relapse-rate': { name: ['复发率', 'Relapse rate'], formula: { ratio: ['relapsed', { sum: ['closed', 'relapsed'] }] } },
  },
  statements: {
    'source-cases': {
      name: ['工单溯源', 'Source tracing'],
      figures: {
        opened: { is: 'opened' },
        closed: { is: 'closed' },
        relapsed: { is: 'relapsed' },
        relapseRate: { is: 'relapse-rate', as: 'percent' },
      },
    },
  },
} satisfies Indicators
