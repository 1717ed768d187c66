import { correctingOutcomes } from './grounds.ts'
import type { Indicators } from '#engine/indicator.ts'

const opened = ['receive', 'forward-from-agency']
const accepted = ['accept', 'deem-accepted']
const intakeEnds = [...accepted, 'refuse', 'tell-elsewhere', 'transfer', 'deem-abandoned', 'withdraw-application']
const concluded = ['decide', 'mediation-document', 'withdraw', 'terminate', 'dismiss-application']

/** Figures of reconsideration. A case counts in the year of the event, never by its number. */
export const indicators = {
  indicators: {
    received: { name: ['收到申请件数', 'Applications received'], formula: { count: opened } },
    accepted: {
      name: ['受理件数', 'Applications accepted'],
      formula: { count: accepted },
      note: ['含视为受理', 'deemed acceptance included'],
    },
    refused: { name: ['不予受理件数', 'Refused'], formula: { count: 'refuse' } },
    'told-elsewhere': {
      name: ['告知向有关机关提出件数', 'Told where to apply'],
      formula: { count: 'tell-elsewhere' },
      note: ['2024年起不属于本机关管辖的作不予受理决定，计入不予受理', 'since 2024 lack of jurisdiction is a refusal and counted as one'],
    },
    transferred: { name: ['转送件数', 'Transferred'], formula: { count: 'transfer' } },
    abandoned: { name: ['视为放弃件数', 'Deemed abandoned'], formula: { count: 'deem-abandoned' } },
    'withdrawn-before-acceptance': { name: ['受理前撤回件数', 'Withdrawn before acceptance'], formula: { count: 'withdraw-application' } },
    'intake-pending-start': {
      name: ['期初待审查', 'Intake pending at the start'],
      formula: { asOf: 'start', since: opened, until: intakeEnds },
    },
    'intake-pending': { name: ['期末待审查', 'Intake pending at the end'], formula: { asOf: 'end', since: opened, until: intakeEnds } },
    'other-intake-fates': {
      name: ['未受理的申请', 'Received and not accepted'],
      formula: { minus: ['received', 'accepted'] },
      note: [
        '按去向分别列为不予受理、告知、转送、视为放弃、受理前撤回、待审查',
        'named one by one: refused, told elsewhere, transferred, abandoned, withdrawn, pending',
      ],
    },
    concluded: {
      name: ['审结件数', 'Cases concluded'],
      formula: { count: concluded },
      note: ['不论何年受理', 'whatever the year of acceptance'],
    },
    'concluded-carried-over': { name: ['其中上年结转', 'Of these carried over'], formula: { count: concluded, earlier: 'acceptedOn' } },
    'concluded-of-this-year': {
      name: ['其中本年受理', 'Of these accepted this year'],
      formula: { minus: ['concluded', 'concluded-carried-over'] },
    },
    'pending-start': { name: ['期初未结', 'Pending at the start'], formula: { asOf: 'start', since: accepted, until: concluded } },
    'pending-end': { name: ['期末未结', 'Pending at the end'], formula: { minus: [{ sum: ['pending-start', 'accepted'] }, 'concluded'] } },
    'pending-counted': {
      name: ['期末未结（逐案清点）', 'Pending at the end, counted case by case'],
      formula: { asOf: 'end', since: accepted, until: concluded },
    },
    'pending-of-this-year': {
      name: ['期末未结中本年受理', 'Pending, accepted this year'],
      formula: { minus: ['accepted', 'concluded-of-this-year'] },
    },

    upheld: { name: ['维持', 'Upheld'], formula: { count: 'decide', where: { outcome: 'uphold' } } },
    'request-rejected': {
      name: ['驳回行政复议请求', 'Requests rejected'],
      formula: { count: 'decide', where: { outcome: 'reject-request' } },
    },
    revoked: {
      name: ['撤销、部分撤销', 'Revoked, wholly or in part'],
      formula: { count: 'decide', where: { outcome: ['revoke', 'revoke-part'] } },
    },
    altered: { name: ['变更', 'Altered'], formula: { count: 'decide', where: { outcome: 'alter' } } },
    'confirmed-unlawful': {
      name: ['确认违法', 'Confirmed unlawful'],
      formula: { count: 'decide', where: { outcome: 'confirm-unlawful' } },
    },
    'confirmed-void': { name: ['确认无效', 'Confirmed void'], formula: { count: 'decide', where: { outcome: 'confirm-void' } } },
    'ordered-to-perform': { name: ['责令履行', 'Ordered to perform'], formula: { count: 'decide', where: { outcome: 'order-perform' } } },
    'agreement-liability': {
      name: ['责令承担协议责任', 'Liability under an agreement'],
      formula: { count: 'decide', where: { outcome: 'agreement-liability' } },
    },
    dismissed: { name: ['驳回行政复议申请', 'Applications dismissed'], formula: { count: 'dismiss-application' } },
    mediated: { name: ['调解结案', 'Mediated'], formula: { count: 'mediation-document' } },
    terminated: { name: ['终止', 'Terminated'], formula: { count: ['withdraw', 'terminate'] } },
    settled: {
      name: ['其中和解后撤回', 'Of these withdrawn after a settlement'],
      formula: { count: 'withdraw', where: { settled: true } },
    },

    'direct-corrections': {
      name: ['直接纠错件数', 'Direct corrections'],
      formula: { count: 'decide', where: { outcome: correctingOutcomes } },
      note: ['调解、终止、驳回和意见书不计入', 'mediation, termination, dismissal and opinion letters are none'],
    },
    'correction-rate': { name: ['直接纠错率', 'Correction rate'], formula: { ratio: ['direct-corrections', 'concluded'] } },
    'opinion-letters': {
      name: ['行政复议意见书份数', 'Opinion letters'],
      formula: { count: 'opinion-letter' },
      note: ['按制发日期，不论案件年份', 'by date of issue, whatever the year of the case'],
    },
    'suggestion-letters': { name: ['行政复议建议书份数', 'Suggestion letters'], formula: { count: 'suggestion-letter' } },
    'mediated-settled-rate': {
      name: ['调解和解率', 'Share mediated or settled'],
      formula: { ratio: [{ sum: ['mediated', 'settled'] }, 'concluded'] },
    },
    late: { name: ['超期审结件数', 'Concluded late'], formula: { clock: 'decide', is: 'late' } },
    'in-time': { name: ['法定期限内审结件数', 'Concluded in time'], formula: { minus: ['concluded', 'late'] } },
    'in-time-rate': { name: ['法定期限内审结率', 'Share concluded in time'], formula: { ratio: ['in-time', 'concluded'] } },
    overdue: { name: ['期末超期未结', 'Overdue at the end'], formula: { clock: 'decide', is: 'overdue' } },
    hearings: { name: ['听证案件数', 'Cases heard'], formula: { count: 'hold-hearing', distinctCases: true } },
    'hearing-rate': { name: ['听证率', 'Share heard'], formula: { ratio: ['hearings', 'concluded'] } },
    'sued-after': { name: ['复议后起诉件数', 'Sued after reconsideration'], formula: { count: 'suit-filed', distinctCases: true } },
    'sued-after-rate': { name: ['复议后起诉率', 'Share sued after reconsideration'], formula: { ratio: ['sued-after', 'concluded'] } },
  },
  statements: {
    'annual-arithmetic': {
      name: ['年度收结案', 'The year’s arithmetic'],
      figures: {
        otherIntakeFates: { is: 'other-intake-fates' },
        concludedOfThisYear: { is: 'concluded-of-this-year' },
        pendingOfThisYear: { is: 'pending-of-this-year' },
        pendingEnd: { is: 'pending-end' },
        correctionRate: { is: 'correction-rate', as: 'ratio' },
      },
      identities: {
        'intake-does-not-add-up': [
          { sum: ['received', 'intake-pending-start'] },
          { sum: ['accepted', 'refused', 'told-elsewhere', 'transferred', 'abandoned', 'withdrawn-before-acceptance', 'intake-pending'] },
        ],
        'cases-do-not-add-up': ['pending-end', 'pending-counted'],
        'outcomes-do-not-add-up': [
          {
            sum: [
              'upheld',
              'request-rejected',
              'revoked',
              'altered',
              'confirmed-unlawful',
              'confirmed-void',
              'ordered-to-perform',
              'agreement-liability',
              'dismissed',
              'mediated',
              'terminated',
            ],
          },
          'concluded',
        ],
      },
      within: {
        'carried-over-exceeds-pending': ['concluded-carried-over', 'pending-start'],
        'concluded-exceeds-accepted': ['concluded-of-this-year', 'accepted'],
        'accepted-exceeds-received': ['accepted', { sum: ['received', 'intake-pending-start'] }],
        'corrections-exceed-concluded': ['direct-corrections', 'concluded'],
      },
      printed: 'correction-rate',
    },
  },
} satisfies Indicators
