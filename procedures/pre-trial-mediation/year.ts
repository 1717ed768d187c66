import { receiptOf } from '../service-year.ts'
import type { Move, Value, YearPlan } from '#engine/year.ts'

const intake: Move = {
  step: 'intake',
  input: {
    papersReceivedOn: { dayOfStep: 0 },
    plaintiff: { invented: 'party' },
    defendant: { invented: 'party' },
    dispute: {
      pick: [
        ['loan', 24],
        ['sale', 18],
        ['property', 17],
        ['marriage', 12],
        ['traffic', 11],
        ['labour', 7],
        ['neighbour', 4],
        ['other', 7],
      ],
    },
    claim: { words: '（演示）双方因履行发生争议，申请人请求依法处理。' },
    suitable: true,
    beforeFiling: true,
  },
}

const consent: Move = {
  step: 'consent',
  after: { workingDays: [0, 3] },
  by: 'court',
  input: {
    plaintiffConsentedOn: { dayOfStep: 0 },
    defendantConsentedOn: { dayOfStep: 0 },
    consentedOn: { dayOfStep: 0 },
    online: {
      pick: [
        [true, 3],
        [false, 7],
      ],
    },
  },
}

const assigned: readonly Move[] = [
  {
    step: 'choose-mediator',
    after: { workingDays: [0, 2] },
    by: 'court',
    input: {
      chosenOn: { dayOfStep: 0 },
      mediator: { entryOf: 'mediators' },
      mediatorName: { entryOf: 'mediators', where: { key: 'mediator' }, field: 'name' },
      chosenBy: {
        pick: [
          ['parties', 6],
          ['court', 4],
        ],
      },
      relation: 'none',
    },
  },
  { step: 'accept-assignment', after: { workingDays: [0, 2] }, input: { acceptedAt: { instantOfStep: 0 } } },
]

const extend: Move = {
  step: 'extend',
  after: { beforeDue: 'mediate', workingDays: [0, 3] },
  chance: 0.09,
  by: 'mediator',
  input: {
    agreedExtensionOn: { dayOfStep: 0 },
    newDays: {
      pick: [
        [15, 5],
        [30, 4],
        [10, 1],
      ],
    },
    consents: ['plaintiff', 'defendant'],
  },
}

/** Who has just signed takes the agreement along. */
const handed = (served: string): Value => ({ record: { served, means: 'in-person', shownOn: { dayOfStep: 0 }, receivedBy: 'self' } })

const agree: Move = {
  step: 'agree',
  after: { days: [3, 26] },
  input: {
    agreedOn: { dayOfStep: 0 },
    terms: { words: '（演示）被申请人分期履行，申请人放弃其余请求。' },
    agreement: { file: '调解协议.pdf' },
    deliveredOn: { dayOfStep: 0 },
    agreementServices: [handed('plaintiff'), handed('defendant')],
    agreementProofs: [receiptOf('plaintiff'), receiptOf('defendant')],
    filedWithCourtOn: { dayOfStep: 0 },
    byOrganisation: true,
    organisationSealed: true,
    mediatorLaterRole: 'none',
  },
}

const endWithout: Move = {
  step: 'end-without',
  after: { days: [5, 29] },
  input: {
    endedOn: { dayOfStep: 0 },
    endReason: {
      pick: [
        ['too-far-apart', 41],
        ['refused', 24],
        ['unreachable', 18],
        ['withdrawn', 9],
        ['other', 8],
      ],
    },
  },
}

/** A party that fails to settle mostly goes to court. */
const toFiling: Move = { step: 'to-filing', after: { workingDays: [1, 6] }, chance: 0.86, input: { filedOn: { dayOfStep: 0 } } }

const mediating = [intake, consent, ...assigned]

/**
 * The court's mediation committee in a year: 7,007 mediations begun and 2,663 agreements (the report's volumes).
 * 2,663 = 2,607 of this year's and 56 carried over; 7,007 = 2,607 + 4,050 ended without agreement + 350 still running.
 */
export const year: YearPlan = {
  arrivals: {
    // The courts were shut for the epidemic in February 2020 and caught up in spring; December closes the books.
    months: [62, 24, 78, 100, 104, 102, 100, 104, 108, 86, 104, 96],
    weekdays: [24, 22, 20, 19, 17, 0, 0],
    restDays: 0,
    hours: 'office',
  },
  stories: [
    {
      id: 'carried-over-succeeded',
      quota: 56,
      opens: ['-12-01', '-12-27'],
      must: [
        { step: 'accept-assignment', until: '-12-31' },
        { step: 'agree', from: '01-01' },
      ],
      moves: [...mediating, agree],
    },
    {
      id: 'carried-over-failed',
      quota: 118,
      opens: ['-12-01', '-12-27'],
      must: [
        { step: 'accept-assignment', until: '-12-31' },
        { step: 'end-without', from: '01-01' },
      ],
      moves: [...mediating, endWithout, toFiling],
    },
    {
      id: 'succeeded',
      quota: 2607,
      opens: ['01-01', '12-31'],
      must: [{ step: 'accept-assignment' }, { step: 'agree' }],
      moves: [...mediating, extend, agree],
    },
    {
      id: 'failed',
      quota: 3902,
      opens: ['01-01', '12-31'],
      must: [{ step: 'accept-assignment' }, { step: 'end-without' }],
      moves: [...mediating, extend, endWithout, toFiling],
    },
    // Without a result when the limit ran out: the mediator reports late.
    {
      id: 'failed-late',
      quota: 148,
      opens: ['01-01', '12-31'],
      must: [{ step: 'accept-assignment' }, { step: 'end-without' }],
      moves: [
        ...mediating,
        { ...endWithout, after: { afterDue: 'mediate', days: [1, 9] }, input: { ...endWithout.input, endReason: 'expired' } },
        toFiling,
      ],
    },
    {
      id: 'running',
      quota: 350,
      opens: ['11-25', '12-31'],
      must: [{ step: 'accept-assignment' }],
      never: ['agree', 'end-without'],
      moves: [...mediating, { ...endWithout, after: { days: [18, 29] } }],
    },
    { id: 'refused', quota: 640, opens: ['01-01', '12-31'], moves: [intake, { ...toFiling, after: { workingDays: [1, 4] }, chance: 1 }] },
  ],
}
