import type { Indicators } from '#engine/indicator.ts'

/** Figures of the approval and sealing of documents. */
export const indicators = {
  indicators: {
    submitted: { name: ['送审文书', 'Documents submitted'], formula: { count: 'submit' } },
    returned: { name: ['退回', 'Returned'], formula: { count: 'return' } },
    approved: { name: ['签发', 'Approved'], formula: { count: 'approve' } },
    'approved-in-time': { name: ['按时签发或退回', 'Approved or returned in time'], formula: { clock: 'approve', is: 'in-time' } },
    sealed: { name: ['用印', 'Sealed'], formula: { count: 'seal' } },
    withdrawn: { name: ['撤回', 'Withdrawn'], formula: { count: 'withdraw' } },
    running: { name: ['期末在办', 'Open at the end'], formula: { asOf: 'end', since: 'submit', until: ['seal', 'withdraw'] } },
    'return-rate': { name: ['退回率', 'Returned, rate'], formula: { ratio: ['returned', 'submitted'] } },
  },
  statements: {
    issue: {
      name: ['文书审签用印', 'Approval and sealing of documents'],
      figures: {
        submitted: { is: 'submitted' },
        approved: { is: 'approved' },
        sealed: { is: 'sealed' },
        returnRate: { is: 'return-rate', as: 'percent' },
      },
      within: { 'sealed-exceeds-approved': ['sealed', 'approved'] },
    },
  },
} satisfies Indicators
