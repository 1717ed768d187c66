import { organServed, receiptOf, servedSomehow } from '../service-year.ts'
import type { Move, Value, YearPlan } from '#engine/year.ts'

/** A department of this government, the act it made, and what the applicant asks for. */
const dispute: Readonly<Record<string, Value>> = {
  respondent: {
    pick: [
      ['market-regulation', 5],
      ['urban-management', 5],
      ['human-resources', 4],
      ['housing', 4],
      ['transport', 2],
      ['civil-affairs', 2],
    ],
  },
  respondentKind: 'department',
  act: {
    pick: [
      ['（演示）行政处罚决定', 6],
      ['（演示）责令限期拆除决定', 3],
      ['（演示）政府信息公开答复', 4],
      ['（演示）投诉举报处理答复', 4],
      ['（演示）工伤认定决定', 3],
    ],
  },
  actKind: {
    pick: [
      ['penalty', 6],
      ['compulsion', 3],
      ['disclosure', 4],
      ['duty', 4],
      ['other', 3],
    ],
  },
  toldRights: true,
  requests: ['（演示）请求撤销该行政行为'],
  facts: '（演示）申请人认为该行政行为认定事实不清、适用依据不当。',
  signed: true,
}

const receive: Move = {
  step: 'receive',
  input: {
    receivedOn: { dayOfStep: 0 },
    channel: {
      pick: [
        ['in-person', 5],
        ['online', 1],
      ],
    },
    appliedOn: { dayAround: [-2, 0] },
    applicant: { invented: 'party' },
    ...dispute,
    madeOn: { dayAround: [-58, -46] },
    learnedOn: { dayAround: [-45, -5] },
    learnedHow: {
      pick: [
        ['served', 6],
        ['posted', 3],
        ['on-the-spot', 1],
      ],
    },
  },
}

/** Posted on the way: the postmark is days before the receipt. */
const receiveByPost: Move = {
  ...receive,
  input: {
    ...receive.input,
    channel: 'post',
    appliedOn: { dayAround: [-6, -4] },
    postmarkDate: { dayAround: [-3, -2] },
    learnedOn: { dayAround: [-50, -10] },
  },
}

/** Months after the act, without an obstacle: registered as late, and refused. */
const receiveLate: Move = {
  ...receive,
  input: { ...receive.input, madeOn: { dayAround: [-190, -170] }, learnedOn: { dayAround: [-160, -90] }, registeredLate: true },
}

/** What the law of 2017 does not know as an act, such as a mediation of neighbours by the township. */
const receiveOutOfScope: Move = { ...receive, input: { ...receive.input, actKind: 'civil-mediation', act: '（演示）民事纠纷调解' } }

const receiveForTax: Move = {
  ...receive,
  input: { ...receive.input, respondent: 'tax', respondentKind: 'vertical', act: '（演示）税务处理决定', actKind: 'other' },
}

const accept: Move = {
  step: 'accept',
  after: { workingDays: [1, 4] },
  input: {
    acceptedOn: { field: 'receivedOn' },
    reviewedOn: { dayOfStep: 0 },
    conditionsMet: ['R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7'],
    courtAccepted: false,
    acceptedBefore: false,
  },
}

const assign: Move = {
  step: 'assign',
  after: { hours: [1, 6] },
  // Two invented names may be one and the same: the second is of another kind.
  input: { handlers: [{ invented: 'official' }, '（演示）复议人员'], handlerMadeAct: false },
}

const sendCopy: Move = {
  step: 'send-copy',
  after: { workingDays: [0, 2] },
  input: {
    sentOn: { dayOfStep: 0 },
    respondentReceivedOn: { dayOfStep: 0 },
    copyServices: [organServed('respondent')],
    copyProofs: [receiptOf('respondent')],
  },
}

const reply: Move = {
  step: 'reply',
  after: { days: [3, 8] },
  by: 'respondent',
  organFrom: 'respondent',
  input: {
    repliedOn: { dayOfStep: 0 },
    answer: '（演示）被申请人认为该行政行为认定事实清楚，适用依据正确，程序合法。',
    evidence: [{ record: { name: '（演示）现场检查笔录', obtainedOn: { field: 'madeOn' } } }, { record: { name: '（演示）送达回证' } }],
    legalBasis: ['（演示）有关法律、法规'],
  },
}

/** Received, accepted and answered: the way of every case that is tried. */
const tried: readonly Move[] = [accept, assign, sendCopy, reply]

const heard: Move = {
  step: 'hear-views',
  after: { workingDays: [2, 6] },
  chance: 0.6,
  input: {
    heardOn: { dayOfStep: 0 },
    way: {
      pick: [
        ['phone', 5],
        ['in-person', 4],
      ],
    },
    views: '（演示）双方坚持各自意见。',
  },
}

function decide(outcome: string, after: Move['after']): Move {
  return {
    step: 'decide',
    after,
    by: 'organ-head',
    input: {
      decidedOn: { dayOfStep: 0 },
      outcome,
      factsFound: '（演示）查明的事实与被申请人认定的一致。',
      reasons: '（演示）该行政行为认定事实清楚，证据确凿，适用依据正确，程序合法，内容适当。',
      approvedBy: 'organ-head',
      worseForApplicant: false,
    },
  }
}

const serve: Move = {
  step: 'serve',
  after: { workingDays: [1, 4] },
  input: {
    servedOn: { dayOfStep: 0 },
    respondentServedOn: { dayOfStep: 0 },
    decisionServices: [servedSomehow('applicant'), organServed('respondent')],
    decisionProofs: [receiptOf('applicant'), receiptOf('respondent')],
  },
}

/** Recorded by its day alone, as was done before: supervision finds it. */
const serveUnproved: Move = { ...serve, input: { servedOn: { dayOfStep: 0 }, respondentServedOn: { dayOfStep: 0 } } }

/** The applicant cannot be found: public notice, and service on the day on which it runs out; else as usual. */
const serveOrNotify: readonly Move[] = [
  {
    step: 'give-public-notice',
    after: { workingDays: [1, 3] },
    chance: 0.3,
    input: {
      noticeGivenOn: { dayOfStep: 0 },
      noticeTo: 'applicant',
      noticePaper: '行政复议决定书',
      noticeGround: 'other-means-failed',
      meansTried: ['in-person', 'post'],
      noticeCourse: '（演示）登记住址无人居住，邮件以查无此人退回，社区证明去向不明。',
      noticeMedium: '（演示）区政府网站、住所地公告栏',
      noticeProof: [{ file: '送达公告.pdf' }],
    },
  },
  {
    step: 'serve',
    after: { afterDue: 'public-notice', days: [1, 3] },
    when: { noticeTo: 'applicant' },
    input: {
      servedOn: { dueOf: 'public-notice' },
      respondentServedOn: { field: 'noticeGivenOn' },
      decisionServices: [
        { record: { served: 'applicant', means: 'public-notice', shownOn: { field: 'noticeGivenOn' } } },
        { record: { served: 'respondent', means: 'in-person', receivedBy: 'in-charge', shownOn: { field: 'noticeGivenOn' } } },
      ],
      decisionProofs: [{ record: { served: 'applicant', paper: { file: '送达公告.pdf' } } }, receiptOf('respondent')],
    },
  },
  { ...serve, while: ['decided'] },
]

const serveClosing: Move = {
  step: 'serve-closing',
  after: { workingDays: [1, 3] },
  input: {
    closingServedOn: { dayOfStep: 0 },
    closingServices: [servedSomehow('applicant')],
    closingProofs: [receiptOf('applicant')],
  },
}

const inTime: Move['after'] = { beforeDue: 'decide', workingDays: [1, 8] }

const opinionLetter: Move = {
  step: 'opinion-letter',
  after: { workingDays: [1, 5] },
  input: {
    letterIssuedOn: { dayOfStep: 0 },
    addressee: { field: 'respondent' },
    findings: '（演示）告知权利的文书表述不规范。',
    requiredActions: '（演示）规范文书，完善送达记录。',
    letterServedOn: { dayOfStep: 0 },
    letterServices: [organServed('addressee')],
    letterProofs: [receiptOf('addressee')],
  },
}

const reportOnOpinion: Move = {
  step: 'report-on-opinion',
  after: { beforeDue: 'opinion-report', workingDays: [2, 12] },
  by: 'respondent',
  organFrom: 'respondent',
  input: { opinionReportOn: { dayOfStep: 0 }, opinionReport: '（演示）已修订文书样式并组织培训。' },
}

const sued: Move = {
  step: 'suit-filed',
  after: { days: [5, 14] },
  by: 'office',
  input: { suedOn: { dayOfStep: 0 }, courtName: '宿迁市宿城区人民法院' },
}

const settlement: readonly Move[] = [
  {
    step: 'ask-withdrawal',
    after: { workingDays: [3, 12] },
    by: 'applicant',
    input: { withdrawalAskedOn: { dayOfStep: 0 }, withdrawReason: '（演示）双方达成和解' },
  },
  {
    step: 'withdraw',
    after: { workingDays: [1, 3] },
    input: {
      withdrawnOn: { dayOfStep: 0 },
      withdrawReason: '（演示）双方达成和解',
      voluntary: true,
      permitted: true,
      settled: true,
      settlementMatter: 'discretion',
      settlementAgreement: { file: '和解协议.pdf' },
    },
  },
  serveClosing,
]

const mediation: readonly Move[] = [
  {
    step: 'mediate',
    after: { workingDays: [4, 12] },
    by: 'handler',
    input: {
      mediatedOn: { dayOfStep: 0 },
      mediationMatter: 'discretion',
      consentBoth: true,
      harmful: false,
      mediationRecord: '（演示）经释明，双方互谅互让。',
      agreed: true,
    },
  },
  {
    step: 'mediation-document',
    after: { workingDays: [1, 4] },
    by: 'organ-head',
    input: {
      terms: '（演示）被申请人减轻处罚，申请人按期履行。',
      factsFound: '（演示）双方对事实无争议。',
      signedBy: ['applicant', 'respondent'],
      signedOn: { dayOfStep: 0 },
      sealedOn: { dayOfStep: 0 },
      effectiveOn: { dayOfStep: 0 },
    },
  },
  { ...serveClosing, after: { workingDays: [0, 2] } },
]

const dismissal: readonly Move[] = [
  {
    step: 'dismiss-application',
    after: { workingDays: [5, 12] },
    input: { dismissedOn: { dayOfStep: 0 }, failing: 'R2', dismissReason: '（演示）申请人与该行政行为没有利害关系。' },
  },
  serveClosing,
]

/** Suspended when the respondent could not take part during the epidemic, and resumed. */
const suspension: readonly Move[] = [
  {
    step: 'suspend',
    after: { workingDays: [1, 3] },
    by: 'office',
    input: {
      suspendedOn: { dayOfStep: 0 },
      ground: 'S5',
      suspendReason: '（演示）因疫情防控，当事人不能参加行政复议',
      partiesToldOn: { dayOfStep: 0 },
    },
  },
  { step: 'resume', after: { workingDays: [10, 20] }, input: { resumedOn: { dayOfStep: 0 }, causeGone: true } },
]

const extension: Move = {
  step: 'extend',
  after: { beforeDue: 'decide', workingDays: [2, 5] },
  by: 'office',
  input: {
    days: 30,
    extendReason: '（演示）案情复杂，需要进一步查证',
    approvedBy: 'organ-head',
    approvedOn: { dayOfStep: 0 },
    noticeServedOn: { dayOfStep: 0 },
  },
}

const hearing: readonly Move[] = [
  {
    step: 'notify-hearing',
    after: { workingDays: [1, 2] },
    // Ten days ahead whatever the weekday: the law of 2017 sets no notice, and a week is left all the same.
    input: {
      notifiedOn: { dayOfStep: 0 },
      hearingAt: { instantOfStep: 14_400 },
      hearingPlace: '区司法局听证室',
      matters: '（演示）行政行为的事实和依据',
    },
  },
  {
    step: 'hold-hearing',
    after: { days: [10, 12] },
    input: {
      heardAt: { instantOfStep: -60 },
      host: { invented: 'official' },
      officers: ['（演示）听证员一', '（演示）听证员二'],
      recorder: { invented: 'official' },
      respondentHeadPresent: true,
      hearingRecord: '（演示）听证笔录',
    },
  },
]

/** Papers not put right: the limit of the notice runs out and the application counts as abandoned. */
const uncorrected: Move = {
  step: 'notify-correction',
  after: { workingDays: [1, 4] },
  input: {
    missing: ['（演示）身份证明', '（演示）被申请行政复议的行政行为的材料'],
    noticeServedOn: { dayOfStep: 0 },
    correctionDays: 10,
    correctionServices: [servedSomehow('applicant')],
    correctionProofs: [receiptOf('applicant')],
  },
}

const corrected: readonly Move[] = [
  { ...uncorrected, after: { workingDays: [1, 2] } },
  {
    step: 'receive-correction',
    after: { days: [2, 7] },
    by: 'applicant',
    input: { correctedOn: { dayOfStep: 0 }, corrected: '（演示）补交身份证明' },
  },
]

function refuse(reason: string, words: string): readonly Move[] {
  return [
    { step: 'refuse', after: { workingDays: [2, 5] }, input: { refusedOn: { dayOfStep: 0 }, reason, refusalReason: words } },
    serveClosing,
  ]
}

const CONCLUDING = ['decide', 'mediation-document', 'withdraw', 'terminate', 'dismiss-application']

/** Cases that end within the year begin early enough for it. */
const WITHIN = ['01-06', '10-16'] as const

/**
 * The district's reconsideration in 2020: 22 received and 17 accepted; 14 concluded, of which 1 accepted in 2019; 4 pending; 2 opinion letters,
 * no correction. The five that were not accepted: two refused, one told elsewhere, one abandoned, one withdrawn before acceptance.
 */
export const year: YearPlan = {
  arrivals: {
    months: [5, 2, 8, 10, 10, 9, 9, 9, 10, 8, 9, 8],
    weekdays: [24, 22, 20, 18, 16, 0, 0],
    restDays: 0,
    hours: 'office',
  },
  stories: [
    {
      id: 'carried-over',
      quota: 1,
      opens: ['-11-25', '-12-20'],
      must: [
        { step: 'accept', until: '-12-31' },
        { step: 'decide', from: '01-01' },
      ],
      moves: [receive, ...tried, heard, decide('uphold', inTime), serve],
    },
    {
      id: 'upheld',
      quota: 3,
      opens: WITHIN,
      must: [{ step: 'accept' }, { step: 'decide' }],
      moves: [receive, ...tried, heard, decide('uphold', inTime), ...serveOrNotify],
    },
    {
      id: 'upheld-by-post',
      quota: 1,
      opens: WITHIN,
      must: [{ step: 'accept' }, { step: 'decide' }, { step: 'suit-filed' }],
      moves: [receiveByPost, ...tried, heard, decide('uphold', inTime), serve, sued],
    },
    {
      id: 'upheld-after-hearing',
      quota: 1,
      opens: WITHIN,
      must: [{ step: 'hold-hearing' }, { step: 'decide' }, { step: 'opinion-letter' }],
      moves: [
        receive,
        ...tried,
        ...hearing,
        decide('uphold', inTime),
        opinionLetter,
        { ...serve, after: { hours: [2, 6] } },
        reportOnOpinion,
      ],
    },
    {
      id: 'upheld-extended',
      quota: 1,
      opens: ['01-06', '09-10'],
      must: [{ step: 'extend' }, { step: 'decide' }],
      moves: [receive, ...tried, heard, extension, decide('uphold', inTime), serve],
    },
    {
      id: 'upheld-after-suspension',
      quota: 1,
      opens: ['01-20', '02-28'],
      must: [{ step: 'suspend' }, { step: 'resume' }, { step: 'decide' }],
      moves: [receive, ...tried, ...suspension, decide('uphold', inTime), serve],
    },
    {
      id: 'request-rejected',
      quota: 2,
      opens: WITHIN,
      must: [{ step: 'accept' }, { step: 'decide' }],
      moves: [
        { ...receive, input: { ...receive.input, actKind: 'duty', act: '（演示）不履行法定职责' } },
        ...tried,
        decide('reject-request', inTime),
        serveUnproved,
      ],
    },
    {
      id: 'mediated',
      quota: 1,
      opens: WITHIN,
      must: [{ step: 'accept' }, { step: 'mediation-document' }],
      moves: [receive, ...corrected, { ...accept, after: { workingDays: [0, 2] } }, ...tried.slice(1), ...mediation],
    },
    {
      id: 'settled',
      quota: 2,
      opens: WITHIN,
      must: [{ step: 'accept' }, { step: 'withdraw' }],
      moves: [receive, ...tried, ...settlement],
    },
    {
      id: 'dismissed',
      quota: 1,
      opens: WITHIN,
      must: [{ step: 'dismiss-application' }, { step: 'opinion-letter' }],
      moves: [receive, ...tried, ...dismissal, opinionLetter, reportOnOpinion],
    },
    {
      id: 'pending',
      quota: 4,
      opens: ['11-16', '12-18'],
      must: [{ step: 'accept' }],
      never: CONCLUDING,
      moves: [receive, ...tried, heard, decide('uphold', inTime)],
    },
    {
      id: 'refused-late',
      quota: 1,
      opens: ['01-06', '12-10'],
      must: [{ step: 'refuse' }],
      moves: [receiveLate, ...refuse('R4', '（演示）申请超过六十日的申请期限，没有正当理由。')],
    },
    {
      id: 'refused-out-of-scope',
      quota: 1,
      opens: ['01-06', '12-10'],
      must: [{ step: 'refuse' }],
      moves: [receiveOutOfScope, ...refuse('R5', '（演示）该调解不属于行政复议范围。')],
    },
    {
      id: 'told-elsewhere',
      quota: 1,
      opens: ['01-06', '12-10'],
      must: [{ step: 'tell-elsewhere' }],
      moves: [
        receiveForTax,
        { step: 'tell-elsewhere', after: { workingDays: [1, 4] }, input: { toldOn: { dayOfStep: 0 }, competentOrgan: '上一级税务机关' } },
      ],
    },
    { id: 'abandoned', quota: 1, opens: ['01-06', '11-30'], must: [{ step: 'deem-abandoned' }], moves: [receive, uncorrected] },
    {
      id: 'withdrawn-before-acceptance',
      quota: 1,
      opens: ['01-06', '12-10'],
      must: [{ step: 'withdraw-application' }],
      moves: [
        receive,
        {
          step: 'withdraw-application',
          after: { workingDays: [1, 3] },
          by: 'applicant',
          input: { withdrawnOn: { dayOfStep: 0 }, withdrawReason: '（演示）问题已解决' },
        },
      ],
    },
  ],
}
