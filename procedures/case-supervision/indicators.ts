import type { Indicators } from '#engine/indicator.ts'

/** Figures of the supervision of cases. */
export const indicators = {
  indicators: {
    opened: { name: ['监督立案数', 'Supervision cases opened'], formula: { count: 'open' } },
    'opened-late': { name: ['因超期立案', 'Opened because late'], formula: { count: 'open', where: { finding: 'late' } } },
    notices: { name: ['制发督办通知书', 'Notices of supervision'], formula: { count: 'notify' } },
    rectified: { name: ['报告整改', 'Rectifications reported'], formula: { count: 'rectify' } },
    'rectified-in-time': { name: ['按期整改或说明', 'Answered in time'], formula: { clock: 'rectify', is: 'in-time' } },
    explained: { name: ['情况说明', 'Explanations'], formula: { count: 'explain' } },
    'looked-back': { name: ['回访', 'Look-backs'], formula: { count: 'look-back' } },
    'settled-at-look-back': {
      name: ['回访认定已解决', 'Settled at the look-back'],
      formula: { count: 'look-back', where: { isSettled: true } },
    },
    closed: { name: ['监督结案数', 'Supervision cases closed'], formula: { count: 'close' } },
    withdrawn: { name: ['撤销监督', 'Withdrawn'], formula: { count: 'withdraw' } },
    running: { name: ['期末未结', 'Open at the end'], formula: { asOf: 'end', since: 'open', until: ['close', 'withdraw'] } },
    'settled-rate': { name: ['回访解决率', 'Settled at the look-back, rate'], formula: { ratio: ['settled-at-look-back', 'looked-back'] } },
  },
  statements: {
    supervision: {
      name: ['案件监督', 'Supervision of cases'],
      figures: {
        opened: { is: 'opened' },
        notices: { is: 'notices' },
        closed: { is: 'closed' },
        settledRate: { is: 'settled-rate', as: 'percent' },
      },
      within: { 'settled-exceeds-looked-back': ['settled-at-look-back', 'looked-back'] },
    },
  },
} satisfies Indicators
