import assert from 'node:assert/strict'
import vectors from './vectors.json' with { type: 'json' }
import { advance, applyStep, correct, countingOf, firstRefusal, foldCase, SYSTEM } from '#engine/apply-step.ts'
import { clocksOf, countClock, deadlinesOf, runsOf } from '#engine/clocks.ts'
import { coursesOf, walkCourse } from '#readings/synthetic-year.ts'
import { countInMemory, evaluateStatement, figureOf } from '#readings/figures.ts'
import { evaluateVector } from '#readings/vectors.ts'
import { fieldsNamed, fill } from '#documents/fill.ts'
import { governing } from '#engine/governing.ts'
import { publishedCalendar as calendar } from '#district/calendar.ts'
import { reconsideration } from './definition.ts'
import { reconsiderationUntil2023 } from './definition.until-2023-12-31.ts'
import { Refusal } from '#engine/refusal.ts'
import { system } from './system.ts'
import { test } from 'node:test'
import type { Case } from '#engine/case.ts'
import type { Definition } from '#engine/definition.ts'

type Input = Readonly<Record<string, unknown>>

for (const vector of vectors) {
  test(`${vector.clock ?? vector.step ?? vector.indicator}：${vector.why}`, () => {
    const { ok, got, expect } = evaluateVector(vector as never, [system], calendar, '2026-11-24')
    assert.ok(ok, `got ${JSON.stringify(got)}, expected ${JSON.stringify(expect)}`)
  })
}

// ——— Every refusal code, on bare facts: what it refuses, and what it lets pass.

/** How service came about: the same under both laws. */
const ofService: readonly (readonly [step: string, code: string, refused: Input, allowed: Input])[] = [
  ['serve', 'means-of-one-missing', { withoutMeans: ['respondent'] }, { withoutMeans: [] }],
  [
    'serve',
    'electronic-without-consent',
    { services: [{ served: 'applicant', means: 'electronic', consented: false }] },
    { services: [{ served: 'applicant', means: 'electronic', consented: true }] },
  ],
  [
    'serve',
    'left-without-record',
    { services: [{ served: 'applicant', means: 'left' }] },
    { services: [{ served: 'applicant', means: 'left', recordedBy: 'witness' }] },
  ],
  [
    'serve-closing',
    'go-between-missing',
    { services: [{ served: 'applicant', means: 'passed-on' }] },
    { services: [{ served: 'applicant', means: 'entrusted', through: '（演示）邻县司法局' }] },
  ],
  ['notify-correction', 'proof-of-service-missing', { withoutProof: ['applicant'] }, { withoutProof: [] }],
  ['serve', 'public-notice-missing', { noticesUnknown: true }, { noticesUnknown: false }],
  ['serve', 'public-notice-not-over', { noticeServesOn: '2024-07-21' }, { noticeServesOn: null }],
  ['send-copy', 'service-day-differs', { serviceDeemedOn: '2024-03-15', serviceStatedOn: '2024-03-14' }, { serviceDeemedOn: null }],
  [
    'give-public-notice',
    'notice-without-reason',
    { noticeGround: 'other-means-failed', meansTried: [] },
    { noticeGround: 'other-means-failed', meansTried: ['post'] },
  ],
]

const of2023: readonly (readonly [step: string, code: string, refused: Input, allowed: Input])[] = [
  ...ofService,
  [
    'receive',
    'learned-after-applied',
    { learnedOn: '2024-05-21', appliedOn: '2024-05-20' },
    { learnedOn: '2024-05-20', appliedOn: '2024-05-20' },
  ],
  [
    'receive',
    'applied-after-receipt',
    { appliedOn: '2024-05-21', receivedOn: '2024-05-20' },
    { appliedOn: '2024-05-20', receivedOn: '2024-05-20T09:00+08:00' },
  ],
  [
    'receive',
    'start-of-limit-missing',
    { learnedOn: null, inaction: false },
    { learnedOn: null, inaction: true, performDueOn: '2024-05-20' },
  ],
  ['receive', 'out-of-time', { learnedOn: '2024-05-20', appliedOn: '2024-07-20' }, { learnedOn: '2024-05-20', appliedOn: '2024-07-19' }],
  [
    'receive',
    'out-of-time',
    { learnedOn: '2024-05-20', postmarkDate: '2024-07-20' },
    { learnedOn: '2024-05-20', appliedOn: '2024-07-22', postmarkDate: '2024-07-19' },
  ],
  [
    'receive',
    'out-of-time',
    { learnedOn: '2024-05-20', postmarkDate: null, openedOn: '2024-07-22' },
    { learnedOn: '2024-05-20', postmarkDate: null, openedOn: '2024-07-22', registeredLate: true },
  ],
  ['receive', 'over-absolute-limit', { madeOn: '2019-05-20', appliedOn: '2024-05-21' }, { madeOn: '2019-05-20', appliedOn: '2024-05-20' }],
  [
    'receive',
    'over-absolute-limit',
    { madeOn: '2004-05-20', realEstate: true, appliedOn: '2024-05-21' },
    { madeOn: '2019-05-20', realEstate: true, appliedOn: '2024-05-21' },
  ],
  [
    'receive',
    'over-one-year-from-knowing-content',
    { toldRights: false, knewContentOn: '2024-01-10', knewRightsOn: '2024-12-20', appliedOn: '2025-01-13' },
    { toldRights: false, knewContentOn: '2024-01-10', knewRightsOn: '2024-12-20', appliedOn: '2025-01-10' },
  ],
  // An obstacle of ten days is left out of the year as well (第二十条第二款).
  [
    'receive',
    'over-one-year-from-knowing-content',
    { toldRights: false, knewContentOn: '2024-01-10', obstacleFrom: '2024-06-01', obstacleUntil: '2024-06-11', appliedOn: '2025-01-21' },
    { toldRights: false, knewContentOn: '2024-01-10', obstacleFrom: '2024-06-01', obstacleUntil: '2024-06-11', appliedOn: '2025-01-20' },
  ],
  [
    'receive',
    'over-one-year-from-knowing-content',
    { toldRights: false, knewContentOn: '2024-01-10', appliedOn: '2025-01-13' },
    { toldRights: false, knewContentOn: '2024-01-10', appliedOn: '2025-01-13', registeredLate: true },
  ],
  ['receive', 'one-act-per-application', { acts: 2 }, { acts: 1 }],
  ['receive', 'signature-missing', { signed: false }, { signed: true, channel: 'oral', recordReadBack: true }],
  ['receive', 'signature-missing', { signed: true, channel: 'oral', recordReadBack: false }, { signed: true, channel: 'post' }],
  ['receive', 'signature-missing', { signed: true, channel: 'oral' }, { signed: true, channel: 'online' }],
  ['receive', 'too-many-agents', { agents: 3 }, { agents: ['虚构甲', '虚构乙'] }],
  ['receive', 'representatives-missing', { applicants: 6 }, { applicants: 6, representatives: 1 }],
  ['receive', 'too-many-representatives', { representatives: 6 }, { representatives: ['虚构甲'] }],
  ['receive', 'fee-not-allowed', { fee: 1 }, { fee: 0 }],
  ['forward-from-agency', 'not-through-the-agency', { penaltyWay: 'other' }, { penaltyWay: 'camera' }],
  ['notify-correction', 'acceptance-can-be-judged', { unjudgeable: false }, { unjudgeable: true }],
  ['notify-correction', 'once-only', { correctionsBefore: 1 }, { correctionsBefore: 0 }],
  [
    'notify-correction',
    'correction-notice-late',
    { noticeServedOn: '2024-03-13', receivedOn: '2024-03-05' },
    { noticeServedOn: '2024-03-12', receivedOn: '2024-03-05' },
  ],
  ['extend-correction', 'good-cause-missing', { goodCause: false }, { goodCause: true }],
  [
    'extend-correction',
    'correction-over',
    { extendedOn: '2024-04-18', correctDue: '2024-04-17' },
    { extendedOn: '2024-04-17', correctDue: '2024-04-17' },
  ],
  [
    'receive-correction',
    'corrected-out-of-time',
    { correctedOn: '2024-04-18', correctDue: '2024-04-17' },
    { correctedOn: '2024-04-19', correctionPostmark: '2024-04-17', correctDue: '2024-04-17' },
  ],
  ['accept', 'court-already-accepted', { courtAccepted: true }, { courtAccepted: false }],
  ['accept', 'already-accepted', { acceptedBefore: true }, { acceptedBefore: false }],
  ['accept', 'barred-after-withdrawal', { withdrawnBefore: true }, { withdrawnBefore: true, withdrawnAgainstWill: true }],
  [
    'accept',
    'accepted-before-receipt',
    { acceptedOn: '2024-05-05', receivedOn: '2024-05-06' },
    { acceptedOn: '2024-05-06', receivedOn: '2024-05-06' },
  ],
  ['accept', 'out-of-scope', { actKind: 'civil-mediation' }, { actKind: 'agreement' }],
  ['accept', 'not-our-jurisdiction', { respondentKind: 'vertical' }, { respondentKind: 'department' }],
  ['accept', 'registered-late', { registeredLate: true }, { registeredLate: null }],
  [
    'accept',
    'conditions-not-met',
    { conditionsMet: ['R1', 'R2', 'R3', 'R5', 'R6', 'R7'] },
    { conditionsMet: ['R7', 'R6', 'R5', 'R4', 'R3', 'R2', 'R1'] },
  ],
  ['refuse', 'competent-organ-missing', { reason: 'R6', competentOrgan: null }, { reason: 'R6', competentOrgan: '宿迁市司法局' }],
  [
    'refuse',
    'refused-after-review',
    { refusedOn: '2024-03-13', reviewDue: '2024-03-12' },
    { refusedOn: '2024-03-12', reviewDue: '2024-03-12' },
  ],

  [
    'choose-procedure',
    'summary-not-open',
    { procedureKind: 'summary', ground: 'amount', amountYuan: 3001 },
    { procedureKind: 'summary', ground: 'amount', amountYuan: 3000 },
  ],
  [
    'choose-procedure',
    'summary-not-open',
    { procedureKind: 'summary', ground: 'amount', amountYuan: null },
    { procedureKind: 'summary', ground: 'disclosure' },
  ],
  [
    'choose-procedure',
    'summary-not-open',
    { procedureKind: 'summary', ground: 'consent', allPartiesConsent: false },
    { procedureKind: 'ordinary', ground: null },
  ],
  [
    'choose-procedure',
    'not-simple',
    { procedureKind: 'summary', factsClear: false },
    { procedureKind: 'summary', factsClear: false, allPartiesConsent: true },
  ],
  ['assign', 'too-few-handlers', { handlers: ['虚构甲'] }, { handlers: 2 }],
  ['assign', 'too-few-handlers', { handlers: ['虚构甲', '虚构甲'] }, { handlers: ['虚构甲', '虚构乙'] }],
  ['assign', 'handler-made-the-act', { handlerMadeAct: true }, { handlerMadeAct: false }],
  ['to-ordinary', 'not-in-summary', { procedureKind: 'ordinary' }, { procedureKind: 'summary' }],
  [
    'send-copy',
    'copy-received-before-sent',
    { sentOn: '2024-05-07', respondentReceivedOn: '2024-05-06' },
    { sentOn: '2024-05-07', respondentReceivedOn: '2024-05-08' },
  ],
  [
    'reply',
    'evidence-after-the-act',
    { madeOn: '2024-03-01', evidence: [{ name: '笔录', obtainedOn: '2024-05-15' }] },
    {
      madeOn: '2024-03-01',
      evidence: [
        { name: '笔录', obtainedOn: '2024-05-15', inadmissible: true },
        { name: '照片', obtainedOn: '2024-02-28' },
      ],
    },
  ],
  [
    'file-access',
    'access-cannot-be-refused',
    { granted: false, accessRefusalGround: null },
    { granted: false, accessRefusalGround: 'security' },
  ],
  ['hear-views', 'views-record-missing', { way: 'not-possible', views: '意见' }, { way: 'not-possible', notHeardReason: '申请人拒绝' }],
  [
    'notify-hearing',
    'hearing-notice-late',
    { notifiedOn: '2024-09-29', hearingAt: '2024-10-10T09:00+08:00' },
    { notifiedOn: '2024-09-27', hearingAt: '2024-10-10' },
  ],
  ['hold-hearing', 'hearing-not-notified', { hearingNotified: false }, { hearingNotified: true }],
  // The host is not one of the two officers besides the host, nor is anybody two of them.
  [
    'hold-hearing',
    'too-few-hearing-officers',
    { host: '虚构甲', officers: ['虚构甲', '虚构乙'] },
    { host: '虚构甲', officers: ['虚构乙', '虚构丙'] },
  ],
  ['hold-hearing', 'too-few-hearing-officers', { host: '虚构甲', officers: ['虚构乙', '虚构乙'] }, { host: 1, officers: 2 }],
  ['hold-hearing', 'hearing-host-missing', { host: 0 }, { host: '虚构甲' }],
  ['hold-hearing', 'too-few-hearing-officers', { officers: ['虚构乙'] }, { officers: 2 }],
  ['hold-hearing', 'hearing-recorder-missing', { recorder: null }, { recorder: 1 }],
  [
    'hold-hearing',
    'respondent-head-absent',
    { respondentHeadPresent: false },
    { respondentHeadPresent: false, deputyReason: '出差，委托虚构丙' },
  ],
  [
    'suspend',
    'both-parties-must-consent',
    { ground: 'S6', applicantConsents: true, respondentConsents: null },
    { ground: 'S6', applicantConsents: true, respondentConsents: true },
  ],
  ['suspend', 'both-parties-must-consent', { ground: 'S6' }, { ground: 'S8' }],
  ['resume', 'cause-remains', { causeGone: false }, { causeGone: true }],
  ['resume', 'attached-review-open', { attachedReviewOpen: true }, { attachedReviewOpen: false }],
  ['end-attached-review', 'no-attached-review', { attachedReviewOpen: false }, { attachedReviewOpen: true }],
  ['notify-maker', 'not-competent-for-document', { competent: false }, { competent: true }],
  ['transfer-attached', 'competent-for-document', { competent: true }, { competent: false }],
  ['mediate', 'mediation-not-voluntary', { consentBoth: false }, { consentBoth: true }],
  ['mediate', 'mediation-harmful', { harmful: true }, { harmful: false }],
  ['extend', 'no-extension-in-summary', { procedureKind: 'summary' }, { procedureKind: 'ordinary' }],
  ['extend', 'wrong-approver', { approvedBy: 'organ-head' }, { approvedBy: 'office-head' }],
  ['extend', 'second-extension', { extensionsBefore: 1 }, { extensionsBefore: 0 }],
  ['extend', 'extension-too-long', { days: 31 }, { days: 30 }],
  ['extend', 'limit-already-over', { approvedOn: '2024-05-12', due: '2024-05-11' }, { approvedOn: '2024-05-11', due: '2024-05-11' }],
  ['extend', 'extension-not-told', { noticeServedOn: null }, { noticeServedOn: '2024-05-07' }],

  ['decide', 'resume-first', { suspended: true }, { suspended: false }],
  [
    'decide',
    'worse-for-applicant',
    { worseForApplicant: true, thirdPartyAskedOpposite: null },
    { worseForApplicant: true, outcome: 'alter', thirdPartyAskedOpposite: true },
  ],
  [
    'decide',
    'worse-for-applicant',
    { worseForApplicant: true, outcome: 'revoke', thirdPartyAskedOpposite: true },
    { worseForApplicant: false },
  ],
  [
    'decide',
    'approval-missing',
    { approvedBy: 'office-head', collectiveMeeting: null },
    { approvedBy: null, collectiveMeeting: '第3次会议' },
  ],
  ['decide', 'evidence-missing', { noEvidence: true, outcome: 'uphold' }, { noEvidence: true, outcome: 'confirm-void' }],
  [
    'decide',
    'evidence-missing',
    { noEvidence: true, outcome: 'reject-request' },
    { noEvidence: true, outcome: 'uphold', thirdPartyEvidence: true },
  ],
  ['decide', 'views-not-heard', { viewsHeard: false }, { viewsHeard: false, procedureKind: 'summary' }],
  ['decide', 'hearing-missing', { complex: true, hearingHeld: false }, { complex: false, hearingHeld: false }],
  ['decide', 'committee-mandatory', { technical: true, committeeConsulted: false }, { technical: true, committeeConsulted: true }],
  ['decide', 'handlers-not-assigned', { handlersAssigned: false }, { handlersAssigned: true }],
  ['decide', 'hearing-record-not-relied-on', { hearingHeld: true, onHearingRecord: false }, { hearingHeld: true, onHearingRecord: true }],
  ['decide', 'hearing-record-not-relied-on', { hearingHeld: true, onHearingRecord: null }, { hearingHeld: false, onHearingRecord: null }],
  [
    'decide',
    'committee-opinion-not-cited',
    { committeeConsulted: true, citesCommittee: false },
    { committeeConsulted: true, citesCommittee: true },
  ],
  ['decide', 'performance-limit-missing', { outcome: 'order-perform' }, { outcome: 'order-perform', performWithin: 30 }],
  ['mediation-document', 'mediation-not-agreed', { mediationAgreed: false }, { mediationAgreed: true }],
  ['mediation-document', 'mediation-unsigned', { signedBy: ['applicant'] }, { signedBy: ['respondent', 'applicant'] }],
  [
    'mediation-document',
    'mediation-unsigned',
    { signedBy: ['applicant', 'respondent'], thirdParty: { name: '虚构丙' } },
    { signedBy: ['applicant', 'respondent', 'third-party'], thirdParty: { name: '虚构丙' } },
  ],
  ['mediation-document', 'seal-missing', { sealedOn: null }, { sealedOn: '2024-05-20' }],
  [
    'mediation-document',
    'effective-before-signed',
    { effectiveOn: '2024-05-19', signedOn: '2024-05-19', sealedOn: '2024-05-20' },
    { effectiveOn: '2024-05-20', signedOn: '2024-05-19', sealedOn: '2024-05-20' },
  ],
  ['withdraw', 'withdrawal-not-voluntary', { voluntary: false }, { voluntary: true }],
  ['withdraw', 'withdrawal-not-permitted', { permitted: false }, { permitted: true }],
  ['terminate', 'ground-does-not-allow', { ground: 'T5', suspensionGround: 'S3' }, { ground: 'T5', suspensionGround: 'S4' }],
  [
    'terminate',
    'sixty-days-not-over',
    { ground: 'T5', suspendedOn: '2024-03-29', terminatedOn: '2024-05-28' },
    { ground: 'T5', suspendedOn: '2024-03-29', terminatedOn: '2024-05-29' },
  ],
  ['terminate', 'not-a-detention', { ground: 'T4', actKind: 'penalty' }, { ground: 'T4', actKind: 'detention' }],
  ['publish', 'act-not-public', { actIsPublic: false }, { actIsPublic: true }],
  ['publish', 'not-redacted', { redacted: false }, { redacted: true }],
  [
    'publish',
    'not-redacted',
    { redacted: true, publicText: '申请人某甲（321302190001010011）' },
    { redacted: true, publicText: '申请人某甲，统一社会信用代码略，案号 3213021900010100119' },
  ],
  [
    'copy-superior',
    'nothing-to-copy',
    { copied: ['decision', 'opinion'], decisionServed: true, opinionIssued: false },
    { copied: ['opinion'], decisionServed: false, opinionIssued: true },
  ],
  ['suit-filed', 'suit-while-pending', { pendingWithinLimit: true }, { pendingWithinLimit: false }],
  ['copy-superior', 'respondent-not-our-department', { respondentKind: 'lower-government' }, { respondentKind: 'department' }],
  [
    'perform',
    'same-act-remade',
    { sameAct: true, sameFactsAndReasons: true },
    { sameAct: true, sameFactsAndReasons: true, annulledForProcedure: true },
  ],
  ['archive', 'clocks-not-settled', { runningClocks: ['起诉期限'] }, { runningClocks: [] }],
]

const of2017: typeof of2023 = [
  ...ofService,
  ['receive', 'out-of-time', { learnedOn: '2020-01-10', appliedOn: '2020-03-11' }, { learnedOn: '2020-01-10', appliedOn: '2020-03-10' }],
  // Force majeure pauses: 45 days are left out and the rest runs on (第九条第二款).
  [
    'receive',
    'out-of-time',
    { learnedOn: '2020-01-10', obstacleFrom: '2020-01-25', obstacleUntil: '2020-03-10', appliedOn: '2020-04-25' },
    { learnedOn: '2020-01-10', obstacleFrom: '2020-01-25', obstacleUntil: '2020-03-10', appliedOn: '2020-04-24' },
  ],
  [
    'accept',
    'accepted-on-receipt',
    { acceptedOn: '2020-08-05', receivedOn: '2020-08-03' },
    { acceptedOn: '2020-08-03', receivedOn: '2020-08-03' },
  ],
  [
    'accept',
    'review-day-impossible',
    { reviewedOn: '2020-08-02', receivedOn: '2020-08-03' },
    { reviewedOn: '2020-08-03', receivedOn: '2020-08-03', at: '2020-08-03T10:00+08:00' },
  ],
  [
    'accept',
    'review-day-impossible',
    { reviewedOn: '2020-08-07', receivedOn: '2020-08-03', at: '2020-08-06T10:00+08:00' },
    { reviewedOn: '2020-08-06', receivedOn: '2020-08-03', at: '2020-08-06T10:00+08:00' },
  ],
  ['refuse', 'told-not-refused', { reason: 'R6', competentOrgan: '宿迁市人民政府' }, { reason: 'R4' }],
  ['transfer', 'not-to-be-transferred', { underArticle15: false }, { underArticle15: true }],
  ['choose-procedure', 'summary-not-open', { procedureKind: 'summary' }, { procedureKind: 'ordinary' }],
  ['switch-law', 'received-outside-transition', { receivedOn: '2023-11-30' }, { receivedOn: '2023-12-01' }],
  ['switch-law', 'accepted-outside-transition', { reviewFinishedOn: '2023-12-29' }, { reviewFinishedOn: '2024-01-02' }],
  ['switch-law', 'accepted-outside-transition', { reviewFinishedOn: '2024-02-01' }, { reviewFinishedOn: '2024-01-31' }],
  ['switch-law', 'accepted-outside-transition', { reviewFinishedOn: null }, { reviewFinishedOn: '2024-01-31' }],
  [
    'switch-law',
    'switched-outside-limit',
    { switchedOn: '2024-02-28', reviewFinishedOn: '2024-01-05', due: '2024-02-27' },
    { switchedOn: '2024-02-27', reviewFinishedOn: '2024-01-05', due: '2024-02-27' },
  ],
  [
    'switch-law',
    'switched-outside-limit',
    { switchedOn: '2024-01-04', reviewFinishedOn: '2024-01-05', due: '2024-02-27' },
    { switchedOn: '2024-01-05', reviewFinishedOn: '2024-01-05', due: null },
  ],
  ['mediate', 'mediation-not-open', { mediationMatter: 'other' }, { mediationMatter: 'compensation' }],
  ['extend', 'wrong-approver', { approvedBy: 'office-head' }, { approvedBy: 'organ-head' }],
  [
    'decide',
    'worse-for-applicant',
    { worseForApplicant: true, outcome: 'alter', thirdPartyAskedOpposite: true },
    { worseForApplicant: false },
  ],
  ['decide', 'evidence-missing', { noEvidence: true, outcome: 'confirm-unlawful' }, { noEvidence: true, outcome: 'revoke' }],
  ['mediation-document', 'mediation-unsigned', { signedBy: [] }, { signedBy: ['applicant', 'respondent'], thirdParty: { name: '虚构丙' } }],
  ['withdraw', 'settlement-agreement-missing', { settled: true, settlementAgreement: null }, { settled: false, settlementAgreement: null }],
  [
    'withdraw',
    'settlement-agreement-missing',
    { settled: true, settlementAgreement: { name: 'a.pdf' }, settlementMatter: 'other' },
    { settled: true, settlementAgreement: { name: 'a.pdf' }, settlementMatter: 'discretion' },
  ],
  [
    'perform',
    'same-act-remade',
    { sameAct: true, sameFactsAndReasons: true, annulledForProcedure: true },
    { sameAct: true, sameFactsAndReasons: false },
  ],
]

for (const [definition, decisions] of [
  [reconsideration, of2023],
  [reconsiderationUntil2023, of2017],
] as const) {
  for (const [step, code, refusedFacts, allowedFacts] of decisions) {
    test(`${definition.inForce.from} ${step}: ${code} ${JSON.stringify(refusedFacts)}`, () => {
      const verdict = (facts: Input): string | undefined =>
        firstRefusal(definition, (definition as Definition).steps[step]!.guards!, facts, countingOf(definition, calendar), true)?.code
      assert.equal(verdict(refusedFacts), code)
      assert.notEqual(verdict(allowedFacts), code)
    })
  }
}

test('每一拒绝代码都有一例', () => {
  const tried = new Set([...of2023, ...of2017].map(([, code]) => code))
  for (const definition of system.definitions) {
    for (const code of Object.values(definition.steps).flatMap(({ guards }) => guards ?? [])) assert.ok(tried.has(code), code)
  }
})

test('第二十条第三款：未告知权利的，六十日与一年取先到者', () => {
  const verdict = (facts: Input): string | undefined =>
    firstRefusal(reconsideration, ['out-of-time'], facts, countingOf(reconsideration, calendar), true)?.code
  const told = { toldRights: false, learnedOn: '2024-01-10' }
  assert.equal(verdict({ ...told, knewRightsOn: '2024-06-03', appliedOn: '2024-08-02' }), undefined)
  assert.equal(verdict({ ...told, knewRightsOn: '2024-06-03', appliedOn: '2024-08-05' }), 'out-of-time')
  // The whole year: the guard on it comes before this one, which would let nothing pass either.
  assert.equal(verdict({ ...told, knewRightsOn: '2024-12-20', appliedOn: '2025-01-10' }), undefined)
  assert.equal(verdict({ ...told, knewRightsOn: '2024-12-20', appliedOn: '2025-01-13' }), 'out-of-time')
  assert.equal(verdict({ ...told, appliedOn: '2024-09-02' }), undefined)
})

test('条例第十六条：没有履行期限的，收到请求满六十日起再计六十日；紧急情况不受限制', () => {
  const verdict = (facts: Input): string | undefined =>
    firstRefusal(
      reconsideration,
      ['out-of-time'],
      { learnedOn: null, inaction: true, ...facts },
      countingOf(reconsideration, calendar),
      true,
    )?.code
  assert.equal(verdict({ requestReceivedOn: '2024-01-15', appliedOn: '2024-05-14' }), undefined)
  assert.equal(verdict({ requestReceivedOn: '2024-01-15', appliedOn: '2024-05-15' }), 'out-of-time')
  assert.equal(verdict({ performDueOn: '2024-03-15', appliedOn: '2024-05-15' }), 'out-of-time')
  assert.equal(verdict({ urgent: true, appliedOn: '2025-05-15' }), undefined)
})

// ——— Cases, taken step by step.

const around = { calendar, entryOn: () => undefined, entriesOn: () => [], holdersOn: () => [], stateOf: () => undefined }
const opening = { region: '321302', id: '0190aaaa-0000-7000-8000-000000000055', number: '宿区行复〔2024〕1号', hash: 'h' }
const head = { post: 'office-head', person: '虚构官', organ: 'justice' }
const dispute = {
  channel: 'in-person',
  applicant: { name: '虚构甲' },
  respondent: 'market-regulation',
  respondentKind: 'department',
  act: '宿市监处罚〔2024〕1号行政处罚决定',
  actKind: 'penalty',
  toldRights: true,
  requests: ['撤销行政处罚决定'],
  facts: '事实不清',
  signed: true,
}
const conditionsMet = ['R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7']
const answer = { answer: '事实清楚', evidence: [{ name: '现场笔录', obtainedOn: '2024-02-28' }], legalBasis: ['某法'] }
const made: { template: string; text: string }[] = []

/** Takes a step on a day at 16:00; the day's documents are filled in, so that none asks what the case does not have. */
function take(definition: Definition, theCase: Case | undefined, step: string, on: string, input: Input, post?: string): Case {
  const rule = definition.steps[step]!
  const before = theCase && advance(definition, theCase, `${on}T15:59+08:00`, around)
  const by = { post: post ?? ([rule.by].flat()[0] as string), person: '虚构官', organ: 'justice' }
  const dated =
    rule.on !== undefined && !(rule.on in input) ? { [rule.on]: rule.input![rule.on]!.kind === 'instant' ? `${on}T15:00+08:00` : on } : {}
  const after = applyStep(definition, before ?? opening, { step, input: { ...dated, ...input }, by, at: `${on}T16:00+08:00` }, around)
  for (const taken of after.steps.slice(before?.steps.length ?? 0)) produce(definition, taken.step, after, on)
  return after
}

function produce(definition: Definition, step: string, theCase: Case, on: string): void {
  for (const id of definition.steps[step]!.produces ?? []) {
    const values = { ...theCase.fields, deadlines: deadlinesOf(definition, theCase, calendar) }
    const document = fill(definition.parts.documents[id]!, values, { issuer: '宿城区人民政府', date: on })
    made.push({ template: id, text: JSON.stringify(document) })
  }
}

type Line = readonly [step: string, on: string, input?: Input, post?: string]

function walk(definition: Definition, lines: readonly Line[], from?: Case): Case {
  return lines.reduce<Case | undefined>((theCase, [step, on, input, post]) => take(definition, theCase, step, on, input ?? {}, post), from)!
}

const dueOf = (definition: Definition, theCase: Case, clock: string): string | undefined =>
  runsOf(definition, theCase, clock, calendar).at(-1)?.deadline?.due
const refusedWith =
  (code: string) =>
  (error: unknown): boolean => {
    assert.ok(error instanceof Refusal, String(error))
    assert.equal(error.code, code)
    return true
  }

const received: Line = ['receive', '2024-03-05', { ...dispute, madeOn: '2024-03-01', learnedOn: '2024-03-01', appliedOn: '2024-03-05' }]
const accepted: readonly Line[] = [received, ['accept', '2024-03-12', { conditionsMet, courtAccepted: false, acceptedBefore: false }]]
const simple: Line = ['assign', '2024-03-12', { handlers: ['虚构乙', '虚构丙'], handlerMadeAct: false, complex: false, technical: false }]
const underReview: readonly Line[] = [
  ...accepted,
  ['assign', '2024-03-12', { handlers: ['虚构乙', '虚构丙'], handlerMadeAct: false, complex: true, technical: false }],
  ['send-copy', '2024-03-14', { respondentReceivedOn: '2024-03-14' }],
  ['reply', '2024-03-19', answer],
]

test('2023年修订：一案自收件经听证、咨询、中止、延长至决定、送达、公开、履行、归档', () => {
  let theCase = walk(reconsideration, underReview)
  assert.equal(dueOf(reconsideration, theCase, 'decide'), '2024-05-11')
  theCase = walk(
    reconsideration,
    [
      ['suspend', '2024-03-20', { ground: 'S8', suspendReason: '另案未结', partiesToldOn: '2024-03-20' }],
      ['resume', '2024-04-02', { causeGone: true }],
    ],
    theCase,
  )
  assert.deepEqual([theCase.state, dueOf(reconsideration, theCase, 'decide')], ['under-review', '2024-05-24'])
  theCase = walk(
    reconsideration,
    [
      ['stay-enforcement', '2024-04-03', { stayGround: 'organ' }],
      ['file-access', '2024-04-03', { items: ['答复书'], granted: true }],
      ['hear-views', '2024-04-07', { way: 'phone', views: '坚持请求' }],
      ['notify-hearing', '2024-04-08', { hearingAt: '2024-04-18T09:00+08:00', hearingPlace: '听证室', matters: '事实' }],
      [
        'hold-hearing',
        '2024-04-18',
        { host: '虚构乙', officers: ['虚构丙', '虚构丁'], recorder: '虚构戊', respondentHeadPresent: true, hearingRecord: '笔录' },
      ],
      ['consult-committee', '2024-04-22', { consultGround: 'major', committeeMembers: ['虚构己'], opinions: '建议撤销' }],
      ['extend', '2024-05-06', { days: 30, extendReason: '案情复杂', approvedBy: 'office-head', noticeServedOn: '2024-05-07' }],
    ],
    theCase,
  )
  assert.equal(dueOf(reconsideration, theCase, 'decide'), '2024-06-24')
  const again = { days: 5, extendReason: '复杂', approvedBy: 'office-head', noticeServedOn: '2024-06-03' }
  assert.throws(() => take(reconsideration, theCase, 'extend', '2024-06-03', again), refusedWith('second-extension'))
  const decision = {
    outcome: 'revoke',
    factsFound: '主要事实不清',
    reasons: '证据不足',
    approvedBy: 'organ-head',
    worseForApplicant: false,
    remakeOrdered: true,
    citesCommittee: true,
    onHearingRecord: true,
  }
  theCase = walk(
    reconsideration,
    [
      ['decide', '2024-06-20', decision],
      ['serve', '2024-06-21', { respondentServedOn: '2024-06-21' }],
      ['publish', '2024-07-01', { actIsPublic: true, redacted: true, redactions: '姓名', publicText: '公开文本' }],
      ['copy-superior', '2024-07-01', { copiedTo: '宿迁市市场监督管理局', copied: ['decision'] }],
      [
        'opinion-letter',
        '2024-07-01',
        { addressee: 'market-regulation', findings: '取证不规范', requiredActions: '整改', letterServedOn: '2024-07-02' },
      ],
      ['suggestion-letter', '2024-07-01', { suggestionTo: '市司法局', problem: '裁量不一', suggestion: '统一裁量' }],
      ['order-performance', '2024-07-03', { newLimitDays: 20, talk: true }],
    ],
    theCase,
  )
  assert.deepEqual(
    [dueOf(reconsideration, theCase, 'sue'), dueOf(reconsideration, theCase, 'remake'), dueOf(reconsideration, theCase, 'opinion-report')],
    ['2024-07-08', '2024-08-20', '2024-09-02'],
  )
  assert.throws(() => take(reconsideration, theCase, 'archive', '2024-07-08', {}), refusedWith('clocks-not-settled'))
  theCase = walk(
    reconsideration,
    [
      ['perform', '2024-07-20', { performance: '已重新作出', newAct: '不予处罚决定', sameAct: false, sameFactsAndReasons: false }],
      ['report-on-opinion', '2024-08-20', { opinionReport: '已整改' }],
      ['archive', '2024-08-21', {}],
    ],
    theCase,
  )
  assert.equal(theCase.state, 'archived')
  assert.deepEqual(
    clocksOf(reconsideration, theCase, calendar).filter(({ late }) => late),
    [],
  )
})

test('第三十条第三款：五个工作日内未决定的，最后一日视为受理，审理期限自次日起算', () => {
  const theCase = walk(reconsideration, [received])
  assert.equal(advance(reconsideration, theCase, '2024-03-12T23:00+08:00', around).state, 'received')
  const deemed = advance(reconsideration, theCase, '2024-03-20T09:00+08:00', around)
  assert.deepEqual([deemed.state, deemed.fields['acceptedOn'], deemed.steps.at(-1)!.by.post], ['accepted', '2024-03-12', SYSTEM.post])
  assert.equal(dueOf(reconsideration, deemed, 'decide'), '2024-05-11')
  produce(reconsideration, 'deem-accepted', deemed, '2024-03-13')
})

test('第三十一条：补正后重新审查五日；逾期不补正视为放弃；只补正一次', () => {
  const asked: readonly Line[] = [received, ['notify-correction', '2024-03-06', { missing: ['身份证明'], unjudgeable: true }]]
  const abandoned = advance(reconsideration, walk(reconsideration, asked), '2024-04-01T09:00+08:00', around)
  assert.deepEqual([abandoned.state, abandoned.fields['abandonedOn']], ['abandoned', '2024-03-20'])
  produce(reconsideration, 'deem-abandoned', abandoned, '2024-04-01')

  const extended = walk(reconsideration, [
    ...asked,
    ['extend-correction', '2024-03-20', { days: 5, goodCause: true, correctionReason: '住院' }],
    ['receive-correction', '2024-03-26', { corrected: '补交' }],
  ])
  assert.deepEqual([extended.state, dueOf(reconsideration, extended, 'review')], ['received', '2024-04-02'])
  assert.throws(
    () => take(reconsideration, extended, 'notify-correction', '2024-03-27', { missing: ['其他'], unjudgeable: true }),
    refusedWith('once-only'),
  )
})

test('第五十三条、第五十五条：简易程序三十日，不得延长；转为普通程序不重新起算', () => {
  const summary = walk(reconsideration, [
    ...accepted,
    simple,
    ['choose-procedure', '2024-03-12', { procedureKind: 'summary', ground: 'amount', amountYuan: 3000, factsClear: true }],
    ['send-copy', '2024-03-14', { respondentReceivedOn: '2024-03-14' }],
  ])
  assert.deepEqual(
    [dueOf(reconsideration, summary, 'decide'), dueOf(reconsideration, summary, 'reply'), dueOf(reconsideration, summary, 'send-copy')],
    ['2024-04-11', '2024-03-21', '2024-03-15'],
  )
  const extension = { days: 10, extendReason: '复杂', approvedBy: 'office-head', noticeServedOn: '2024-03-15' }
  assert.throws(() => take(reconsideration, summary, 'extend', '2024-03-15', extension), refusedWith('no-extension-in-summary'))
  const converted = walk(
    reconsideration,
    [
      ['reply', '2024-03-20', answer],
      ['to-ordinary', '2024-04-01', { conversionReason: '争议较大', approvedBy: 'office-head' }],
    ],
    summary,
  )
  assert.equal(dueOf(reconsideration, converted, 'decide'), '2024-05-11')
  const decision = { outcome: 'uphold', factsFound: '清楚', reasons: '合法', approvedBy: 'organ-head', worseForApplicant: false }
  assert.throws(() => take(reconsideration, converted, 'decide', '2024-04-20', decision), refusedWith('views-not-heard'))
})

test('第七十条：逾期未答复的，期限最后一日起视为没有证据，不能维持', () => {
  const sent = walk(reconsideration, [...accepted, simple, ['send-copy', '2024-03-14', { respondentReceivedOn: '2024-03-14' }]])
  const silent = advance(reconsideration, sent, '2024-04-01T09:00+08:00', around)
  assert.deepEqual([silent.state, silent.fields['noReplyOn'], silent.fields['noEvidence']], ['under-review', '2024-03-28', true])
  const heard = walk(reconsideration, [['hear-views', '2024-04-02', { way: 'not-possible', notHeardReason: '申请人不愿陈述' }]], silent)
  const decision = { factsFound: '无证据', reasons: '视为没有证据', approvedBy: 'organ-head', worseForApplicant: false }
  assert.throws(
    () => take(reconsideration, heard, 'decide', '2024-04-10', { ...decision, outcome: 'uphold' }),
    refusedWith('evidence-missing'),
  )
  assert.equal(take(reconsideration, heard, 'decide', '2024-04-10', { ...decision, outcome: 'revoke' }).state, 'decided')
})

test('第三十九条：答复期间中止的，恢复后回到待答复，期限顺延；中止中不能决定；S6 须双方同意', () => {
  const sent = walk(reconsideration, [...accepted, ['send-copy', '2024-03-14', { respondentReceivedOn: '2024-03-14' }]])
  const suspension = { ground: 'S6', suspendReason: '调解', partiesToldOn: '2024-03-18' }
  assert.throws(
    () => take(reconsideration, sent, 'suspend', '2024-03-18', { ...suspension, applicantConsents: true }),
    refusedWith('both-parties-must-consent'),
  )
  const suspended = take(reconsideration, sent, 'suspend', '2024-03-18', {
    ...suspension,
    applicantConsents: true,
    respondentConsents: true,
  })
  assert.equal(advance(reconsideration, suspended, '2024-06-30T09:00+08:00', around).state, 'suspended')
  const decision = { outcome: 'uphold', factsFound: '清楚', reasons: '合法', approvedBy: 'organ-head', worseForApplicant: false }
  assert.throws(() => take(reconsideration, suspended, 'decide', '2024-03-20', decision), refusedWith('resume-first'))
  const resumed = take(reconsideration, suspended, 'resume', '2024-04-08', { causeGone: true })
  assert.deepEqual([resumed.state, dueOf(reconsideration, resumed, 'reply')], ['awaiting-reply', '2024-04-18'])
})

test('第四十一条：S1 中止满六十日原因仍在的终止；未满的不能', () => {
  const suspended = walk(reconsideration, [
    ...underReview,
    ['suspend', '2024-03-29', { ground: 'S1', suspendReason: '申请人死亡', partiesToldOn: '2024-03-29' }],
  ])
  const termination = { ground: 'T5', terminateReason: '近亲属仍未确定' }
  assert.throws(() => take(reconsideration, suspended, 'terminate', '2024-05-28', termination), refusedWith('sixty-days-not-over'))
  const terminated = take(reconsideration, suspended, 'terminate', '2024-05-29', termination)
  assert.equal(terminated.state, 'terminated')
  walk(reconsideration, [['serve-closing', '2024-05-30']], terminated)
})

test('第五十六条至第六十条：附带审查中止案件，处理完毕恢复', () => {
  const opened = walk(reconsideration, [
    ...underReview,
    ['open-attached-review', '2024-03-25', { attachedDocument: '某办法', clause: '第三条', origin: 'request', competent: true }],
  ])
  assert.deepEqual(
    ['attached-decide', 'attached-notify'].map((clock) => dueOf(reconsideration, opened, clock)),
    ['2024-04-24', '2024-03-28'],
  )
  assert.throws(() => take(reconsideration, opened, 'resume', '2024-03-26', { causeGone: true }), refusedWith('attached-review-open'))
  const over = walk(
    reconsideration,
    [
      ['notify-maker', '2024-03-26', { maker: '某局', makerReceivedOn: '2024-03-27' }],
      ['maker-replies', '2024-04-08', { makerReply: '合法' }],
      ['end-attached-review', '2024-04-24', { attachedResult: 'lawful', attachedReasons: '未违反上位法' }],
    ],
    opened,
  )
  assert.deepEqual([over.state, dueOf(reconsideration, over, 'decide')], ['under-review', '2024-06-11'])
  const elsewhere = walk(reconsideration, [
    ...underReview,
    ['open-attached-review', '2024-03-25', { attachedDocument: '某办法', clause: '第三条', origin: 'own-motion', competent: false }],
    ['transfer-attached', '2024-04-02', { attachedTo: '市政府', competentReceivedOn: '2024-04-03' }],
  ])
  assert.equal(dueOf(reconsideration, elsewhere, 'attached-outside'), '2024-06-03')
})

test('行政诉讼法第四十五条：逾期未决定的，自期满之日起十五日内可以起诉；迟作的决定仍记为超期', () => {
  const late = advance(reconsideration, walk(reconsideration, underReview), '2024-05-20T09:00+08:00', around)
  assert.deepEqual([late.state, late.fields['overOn'], dueOf(reconsideration, late, 'sue')], ['under-review', '2024-05-11', '2024-05-27'])
  assert.equal(advance(reconsideration, late, '2024-05-30T09:00+08:00', around).steps.length, late.steps.length)
  const dismissed = walk(
    reconsideration,
    [
      ['dismiss-application', '2024-05-21', { failing: 'R2', dismissReason: '无利害关系' }],
      ['serve-closing', '2024-05-22'],
    ],
    late,
  )
  assert.deepEqual(
    [runsOf(reconsideration, dismissed, 'decide', calendar).at(-1)!.late, dueOf(reconsideration, dismissed, 'sue')],
    [true, '2024-06-06'],
  )
  assert.equal(
    runsOf(
      reconsideration,
      walk(reconsideration, [['suit-filed', '2024-06-03', { courtName: '宿迁市宿城区人民法院' }]], dismissed),
      'sue',
      calendar,
    ).at(-1)!.state,
    'stopped',
  )
})

test('第三十二条：通过处罚机关提交；第三十条第二款：不属于管辖的在决定中告知', () => {
  const forwarded: Line = [
    'forward-from-agency',
    '2024-03-08',
    {
      ...Object.fromEntries(Object.entries(dispute).filter(([name]) => name !== 'channel')),
      madeOn: '2024-03-01',
      learnedOn: '2024-03-01',
      appliedOn: '2024-03-04',
      agencyReceivedOn: '2024-03-04',
      forwardedOn: '2024-03-07',
      agencyView: 'uphold',
      penaltyWay: 'camera',
    },
  ]
  const theCase = walk(reconsideration, [forwarded])
  assert.deepEqual(
    [theCase.fields['channel'], dueOf(reconsideration, theCase, 'review'), dueOf(reconsideration, theCase, 'agency-forward')],
    ['via-penalising-agency', '2024-03-15', '2024-03-11'],
  )
  const refused = walk(
    reconsideration,
    [
      ['refuse', '2024-03-12', { reason: 'R6', refusalReason: '不属于本机关管辖', competentOrgan: '市政府' }],
      ['serve-closing', '2024-03-13'],
    ],
    theCase,
  )
  assert.deepEqual([refused.state, dueOf(reconsideration, refused, 'sue')], ['refused', '2024-03-28'])
  walk(reconsideration, [received, ['withdraw-application', '2024-03-06', { withdrawReason: '已解决' }], ['archive', '2024-03-07']])
})

const received2020: Line = [
  'receive',
  '2020-08-03',
  { ...dispute, channel: 'oral', recordReadBack: true, madeOn: '2020-07-20', learnedOn: '2020-07-20', appliedOn: '2020-08-03' },
]
const accept2020: Line = [
  'accept',
  '2020-08-06',
  { acceptedOn: '2020-08-03', reviewedOn: '2020-08-06', conditionsMet, courtAccepted: false, acceptedBefore: false },
]
const answer2020 = { ...answer, evidence: [{ name: '现场笔录', obtainedOn: '2020-07-10' }] }

test('2017年：自收到之日起即为受理，六十日自收到起算；机关负责人批准延长；答复十日为自然日', () => {
  const until = reconsiderationUntil2023
  let theCase = walk(until, [
    received2020,
    accept2020,
    ['assign', '2020-08-06', { handlers: ['虚构乙', '虚构丙'], handlerMadeAct: false }],
    ['send-copy', '2020-08-10', { respondentReceivedOn: '2020-08-11' }],
  ])
  assert.deepEqual(
    ['decide', 'reply', 'send-copy'].map((clock) => dueOf(until, theCase, clock)),
    ['2020-10-09', '2020-08-21', '2020-08-12'],
  )
  theCase = walk(
    until,
    [
      ['reply', '2020-08-20', answer2020, 'respondent'],
      ['begin-inspection', '2020-09-01', {}],
      ['end-inspection', '2020-09-04', { inspectionFindings: '现场勘验' }],
      ['begin-appraisal', '2020-09-07', { appraisalMatter: '质量' }],
      ['end-appraisal', '2020-09-14', {}],
    ],
    theCase,
  )
  assert.equal(dueOf(until, theCase, 'decide'), '2020-10-12')
  const extension = { days: 30, extendReason: '复杂', noticeServedOn: '2020-10-09' }
  assert.throws(
    () => take(until, theCase, 'extend', '2020-10-09', { ...extension, approvedBy: 'office-head' }),
    refusedWith('wrong-approver'),
  )
  theCase = walk(
    until,
    [
      ['extend', '2020-10-09', { ...extension, approvedBy: 'organ-head' }],
      [
        'decide',
        '2020-11-02',
        {
          outcome: 'order-perform',
          factsFound: '未履行',
          reasons: '应当履行',
          approvedBy: 'organ-head',
          worseForApplicant: false,
          performWithin: 30,
        },
      ],
      ['serve', '2020-11-03', { respondentServedOn: '2020-11-04' }],
      ['perform', '2020-11-30', { performance: '已履行', sameAct: false, sameFactsAndReasons: false }],
      ['archive', '2020-12-02', {}],
    ],
    theCase,
  )
  assert.equal(theCase.state, 'archived')
  assert.deepEqual(
    clocksOf(until, theCase, calendar).filter(({ late }) => late),
    [],
  )
})

test('2017年：补正时间不计入；审查期满未决定的，仍自收到之日起计算六十日', () => {
  const until = reconsiderationUntil2023
  const corrected = walk(until, [
    received2020,
    ['notify-correction', '2020-08-05', { missing: ['身份证明'], correctionDays: 15 }],
    ['receive-correction', '2020-08-14', { corrected: '补交' }],
  ])
  assert.equal(dueOf(until, corrected, 'decide'), '2020-10-12')
  const deemed = advance(until, corrected, '2020-08-25T09:00+08:00', around)
  assert.deepEqual([deemed.state, deemed.fields['acceptedOn'], dueOf(until, deemed, 'decide')], ['accepted', '2020-08-21', '2020-10-12'])
  produce(until, 'deem-accepted', deemed, '2020-08-25')
  const withoutReceiptDay = {
    reviewedOn: '2020-08-06',
    acceptedOn: '2020-08-06',
    conditionsMet,
    courtAccepted: false,
    acceptedBefore: false,
  }
  assert.throws(
    () => take(until, walk(until, [received2020]), 'accept', '2020-08-06', withoutReceiptDay),
    refusedWith('accepted-on-receipt'),
  )
})

test('2017年：告知、转送、协商管辖、调解、和解、驳回', () => {
  const until = reconsiderationUntil2023
  assert.equal(walk(until, [received2020, ['tell-elsewhere', '2020-08-05', { competentOrgan: '市政府' }]]).state, 'told-elsewhere')
  const [step, on, input] = received2020
  const article15 = walk(until, [[step, on, { ...input, underArticle15: true }]])
  assert.equal(dueOf(until, article15, 'transfer'), '2020-08-12')
  assert.equal(walk(until, [['transfer', '2020-08-06', { toOrgan: '市政府' }]], article15).state, 'transferred')
  const agreed = walk(until, [
    received2020,
    ['begin-competence', '2020-08-05', { otherOrgans: ['市局'] }],
    ['settle-competence', '2020-08-12', { settledBy: 'agreed' }],
  ])
  assert.deepEqual([dueOf(until, agreed, 'review'), dueOf(until, agreed, 'decide')], ['2020-08-17', '2020-10-09'])

  const tried = walk(until, [
    received2020,
    accept2020,
    ['send-copy', '2020-08-10', { respondentReceivedOn: '2020-08-10' }],
    ['reply', '2020-08-14', answer2020],
  ])
  const mediation = { mediationMatter: 'discretion', consentBoth: true, harmful: false, mediationRecord: '笔录', agreed: true }
  assert.throws(
    () => take(until, tried, 'mediate', '2020-08-20', { ...mediation, mediationMatter: 'other' }),
    refusedWith('mediation-not-open'),
  )
  const terms = { terms: '减轻处罚', factsFound: '无争议', signedBy: ['applicant', 'respondent'], signedOn: '2020-08-25' }
  const mediated = take(until, tried, 'mediate', '2020-08-20', mediation)
  assert.throws(() => take(until, mediated, 'mediation-document', '2020-08-25', terms), refusedWith('seal-missing'))
  assert.equal(take(until, mediated, 'mediation-document', '2020-08-25', { ...terms, sealedOn: '2020-08-25' }).state, 'mediated')
  const settlement = { withdrawReason: '和解', voluntary: true, permitted: true, settled: true }
  assert.throws(() => take(until, tried, 'withdraw', '2020-08-25', settlement), refusedWith('settlement-agreement-missing'))
  assert.equal(
    take(until, tried, 'withdraw', '2020-08-25', {
      ...settlement,
      settlementMatter: 'discretion',
      settlementAgreement: { name: '和解.pdf', sha256: '0', bytes: 1 },
    }).state,
    'terminated',
  )
})

test('第二十九条第一款：复议期间不得起诉；期满未决定的、送达之后的可以', () => {
  const suit = { courtName: '宿迁市宿城区人民法院' }
  const pending = walk(reconsideration, underReview)
  assert.throws(() => take(reconsideration, pending, 'suit-filed', '2024-05-11', suit), refusedWith('suit-while-pending'))
  assert.equal(take(reconsideration, pending, 'suit-filed', '2024-05-13', suit).fields['suedOn'], '2024-05-13')
  const suspended = take(reconsideration, pending, 'suspend', '2024-03-20', {
    ground: 'S8',
    suspendReason: '另案',
    partiesToldOn: '2024-03-20',
  })
  assert.throws(() => take(reconsideration, suspended, 'suit-filed', '2024-06-20', suit), refusedWith('suit-while-pending'))
  assert.equal(walk(reconsideration, [received, ['suit-filed', '2024-03-06', suit]]).state, 'received')
})

test('第七十三条：没有达成协议的调解不能制作调解书；调解书也须履行，意见书也须抄告（第七十七条、第七十九条第二款）', () => {
  const reviewed = walk(reconsideration, underReview)
  const terms = {
    terms: '减轻处罚',
    factsFound: '无争议',
    signedBy: ['applicant', 'respondent'],
    signedOn: '2024-03-25',
    sealedOn: '2024-03-25',
  }
  const mediation = { consentBoth: true, harmful: false, mediationRecord: '笔录' }
  for (const before of [reviewed, take(reconsideration, reviewed, 'mediate', '2024-03-22', { ...mediation, agreed: false })])
    assert.throws(() => take(reconsideration, before, 'mediation-document', '2024-03-25', terms), refusedWith('mediation-not-agreed'))
  const mediated = walk(
    reconsideration,
    [
      ['mediate', '2024-03-22', { ...mediation, agreed: true }],
      ['mediation-document', '2024-03-25', terms],
    ],
    reviewed,
  )
  const copy = (copied: readonly string[]) => ({ copiedTo: '宿迁市市场监督管理局', copied })
  assert.throws(() => take(reconsideration, mediated, 'copy-superior', '2024-03-28', copy(['opinion'])), refusedWith('nothing-to-copy'))
  const letter = { addressee: 'market-regulation', findings: '取证不规范', requiredActions: '整改', letterServedOn: '2024-03-27' }
  const performed = walk(
    reconsideration,
    [
      ['opinion-letter', '2024-03-27', letter],
      ['copy-superior', '2024-03-28', copy(['opinion'])],
      ['order-performance', '2024-04-10', { newLimitDays: 10 }],
      ['perform', '2024-04-18', { performance: '已履行', sameAct: false, sameFactsAndReasons: false }],
    ],
    mediated,
  )
  assert.deepEqual([performed.state, runsOf(reconsideration, performed, 'perform-ordered', calendar).at(-1)!.late], ['performed', false])
})

// ——— 新旧法衔接: received in December 2023, accepted in January 2024.

const received2023: Line = [
  'receive',
  '2023-12-29',
  { ...dispute, madeOn: '2023-12-01', learnedOn: '2023-12-01', appliedOn: '2023-12-29', act: '宿市监处罚〔2023〕1号行政处罚决定' },
]
const reviewed = (on: string): Line => [
  'accept',
  on,
  { acceptedOn: '2023-12-29', reviewedOn: on, conditionsMet, courtAccepted: false, acceptedBefore: false },
]
const over: Input = { switchReason: '当事人各方同意适用简易程序', revisedDefinition: 'revised' }

test('衔接：负责人附理由改按修订后的法律办理；六十日改自审查完毕之日起算，其后按新法', () => {
  const until = reconsiderationUntil2023
  const accepted2024 = walk(until, [received2023, reviewed('2024-01-05')])
  assert.deepEqual(
    ['decide', 'send-copy'].map((clock) => dueOf(until, accepted2024, clock)),
    ['2024-02-27', '2024-01-10'],
  )
  const switched = take(until, accepted2024, 'switch-law', '2024-01-08', over)
  assert.deepEqual(
    [switched.version, switched.hash, switched.openedUnder, switched.state, switched.openedOn],
    ['2024-01-01', 'revised', { version: '2018-01-01', hash: 'h' }, 'accepted', '2023-12-29'],
  )
  assert.deepEqual(
    ['decide', 'send-copy', 'review'].map((clock) => dueOf(reconsideration, switched, clock)),
    ['2024-03-05', '2024-01-16', '2024-01-08'],
  )
  assert.equal(runsOf(reconsideration, switched, 'review', calendar).at(-1)!.late, false)
  const { region, id, number } = opening
  assert.deepEqual(foldCase(system, { region, id, number, ...switched.openedUnder }, switched.steps), switched)

  // What only the revised law knows: the summary procedure, its thirty days, its working days for the reply.
  const summary = walk(
    reconsideration,
    [
      ['choose-procedure', '2024-01-09', { procedureKind: 'summary', ground: 'consent', allPartiesConsent: true }],
      ['send-copy', '2024-01-10', { respondentReceivedOn: '2024-01-10' }],
    ],
    switched,
  )
  assert.deepEqual(
    ['decide', 'reply'].map((clock) => dueOf(reconsideration, summary, clock)),
    ['2024-02-04', '2024-01-17'],
  )
  assert.equal(foldCase(system, { region, id, number, ...summary.openedUnder }, summary.steps).version, '2024-01-01')
})

test('衔接：审查期满自收到之日起受理的，改按新法后自期满之日起算', () => {
  const until = reconsiderationUntil2023
  const deemed = advance(until, walk(until, [received2023]), '2024-01-09T09:00+08:00', around)
  assert.deepEqual([deemed.fields['acceptedOn'], dueOf(until, deemed, 'decide')], ['2024-01-08', '2024-02-27'])
  const switched = take(until, deemed, 'switch-law', '2024-01-10', over)
  assert.equal(dueOf(reconsideration, switched, 'decide'), '2024-03-08')
})

test('衔接：其他岗位、没有理由、不在期间、期满之后、第二次，都被拒绝', () => {
  const until = reconsiderationUntil2023
  const accepted2024 = walk(until, [received2023, reviewed('2024-01-05')])
  const switching =
    (theCase: Case, on = '2024-01-08', input: Input = over, post?: string) =>
    () =>
      take(until, theCase, 'switch-law', on, input, post)
  for (const post of ['office', 'handler', 'organ-head', 'applicant'])
    assert.throws(switching(accepted2024, '2024-01-08', over, post), refusedWith('step.not-your-post'))
  for (const switchReason of [undefined, '', '  '])
    assert.throws(switching(accepted2024, '2024-01-08', { ...over, switchReason }), refusedWith('input.invalid'))
  assert.throws(switching(walk(until, [received2023]), '2024-01-03'), refusedWith('step.not-now'))
  assert.throws(switching(walk(until, [received2023, reviewed('2023-12-29')])), refusedWith('accepted-outside-transition'))
  assert.throws(switching(accepted2024, '2024-02-28'), refusedWith('switched-outside-limit'))
  const november: Line = [
    'receive',
    '2023-11-30',
    { ...received2023[2], appliedOn: '2023-11-30', madeOn: '2023-11-01', learnedOn: '2023-11-01' },
  ]
  const corrected = walk(until, [
    november,
    ['notify-correction', '2023-12-01', { missing: ['身份证明'], correctionDays: 40 }],
    ['receive-correction', '2024-01-02', { corrected: '补交' }],
    ['accept', '2024-01-04', { ...reviewed('2024-01-04')[2], acceptedOn: '2023-11-30' }],
  ])
  assert.throws(switching(corrected), refusedWith('received-outside-transition'))

  const switched = take(until, accepted2024, 'switch-law', '2024-01-08', over)
  assert.throws(() => {
    const asked = { step: 'switch-law', input: { ...over, switchedOn: '2024-01-09' }, by: head, at: '2024-01-09T16:00+08:00' }
    applyStep(reconsideration, switched, asked, around)
  }, refusedWith('version.switched-already'))
  const native = walk(reconsideration, accepted)
  assert.throws(() => {
    const asked = { step: 'switch-law', input: { ...over, switchedOn: '2024-03-13' }, by: head, at: '2024-03-13T16:00+08:00' }
    applyStep(reconsideration, native, asked, around)
  }, refusedWith('step.unknown'))
})

test('衔接：更正可撤销改按新法；其后只有新法才有的步骤的，拒绝撤销；审查日期改到期间之外的，拒绝更正', () => {
  const until = reconsiderationUntil2023
  const switched = walk(until, [received2023, reviewed('2024-01-05'), ['switch-law', '2024-01-08', over]])
  const strike = { seq: 3, reason: '当事人未同意', approvedBy: '虚构长', by: head, at: '2024-01-12T10:00+08:00' }
  const struck = correct(system, switched, strike, around)
  assert.deepEqual([struck.version, struck.hash, dueOf(until, struck, 'decide')], ['2018-01-01', 'h', '2024-02-27'])
  const { region, id, number } = opening
  assert.deepEqual(foldCase(system, { region, id, number, ...struck.openedUnder }, struck.steps), struck)
  const summary = { procedureKind: 'summary', ground: 'consent', allPartiesConsent: true }
  const after = take(reconsideration, switched, 'choose-procedure', '2024-01-09', summary)
  assert.throws(() => correct(system, after, strike, around), refusedWith('correction.breaks-later-step'))
  const wrongDay = { ...strike, seq: 2, input: { ...reviewed('2023-12-29')[2] } }
  assert.throws(() => correct(system, switched, wrongDay, around), refusedWith('correction.breaks-later-step'))
  const rightDay = { ...strike, seq: 2, input: { ...reviewed('2024-01-04')[2] } }
  const moved = correct(system, switched, rightDay, around)
  assert.deepEqual([moved.version, dueOf(reconsideration, moved, 'decide')], ['2024-01-01', '2024-03-04'])
  const law = governing(system, moved)
  assert.deepEqual(
    [1, 2, 3, 4].map((seq) => law.of(seq).inForce.from),
    ['2018-01-01', '2018-01-01', '2018-01-01', '2018-01-01'],
    'a correction counts under the law of the place that it takes',
  )
})

// ——— Service.

const paper = { name: '送达回证.jpg', sha256: '0'.repeat(64), bytes: 1 }
const decided2024: readonly Line[] = [
  ...accepted,
  simple,
  ['send-copy', '2024-03-14', { respondentReceivedOn: '2024-03-14' }],
  ['reply', '2024-03-19', answer],
  ['hear-views', '2024-03-25', { views: '无新意见', way: 'phone' }],
  [
    'decide',
    '2024-04-19',
    { outcome: 'uphold', factsFound: '事实清楚', reasons: '程序合法', approvedBy: 'organ-head', worseForApplicant: false },
  ],
]
const notice = {
  noticeTo: 'applicant',
  noticePaper: '行政复议决定书',
  noticeGround: 'whereabouts-unknown',
  noticeCourse: '登记的住址无人居住，社区证明去向不明。',
  noticeMedium: '区政府网站',
}
const onRespondent = { served: 'respondent', means: 'in-person', shownOn: '2024-04-22' }
const bothPapers = [
  { served: 'applicant', paper },
  { served: 'respondent', paper },
]

test('公告送达：期满之前不得登记，并告知自何日起；期满之日为送达之日，起诉期限自该日起算，公告期内不计送达时限', () => {
  const noticed = walk(reconsideration, [...decided2024, ['give-public-notice', '2024-04-22', notice]])
  // Thirty days from a notice of 2024 end on 22 May; sixty, as before 2022, would end in June.
  assert.equal(dueOf(reconsideration, noticed, 'public-notice'), '2024-05-22')
  assert.equal(runsOf(reconsideration, noticed, 'service', calendar).at(-1)!.state, 'paused')
  const served = (on: string, shownOn: string) => ({
    servedOn: on,
    respondentServedOn: '2024-04-22',
    decisionServices: [{ served: 'applicant', means: 'public-notice', shownOn }, onRespondent],
    decisionProofs: bothPapers,
  })
  assert.throws(
    () => take(reconsideration, noticed, 'serve', '2024-05-21', served('2024-05-21', '2024-04-22')),
    (error) => refusedWith('public-notice-not-over')(error) && (error as Refusal).message.includes('2024-05-22'),
  )
  assert.throws(
    () => take(reconsideration, noticed, 'serve', '2024-05-24', served('2024-05-24', '2024-04-22')),
    refusedWith('service-day-differs'),
  )
  assert.throws(
    () => take(reconsideration, noticed, 'serve', '2024-05-24', served('2024-05-22', '2024-04-21')),
    refusedWith('public-notice-missing'),
  )
  const done = take(reconsideration, noticed, 'serve', '2024-05-24', served('2024-05-22', '2024-04-22'))
  assert.equal(dueOf(reconsideration, done, 'sue'), '2024-06-06')
  assert.equal(runsOf(reconsideration, done, 'service', calendar).at(-1)!.late, false)
  assert.match(made.findLast(({ template }) => template === 'service-receipt')!.text, /public-notice.*2024年4月22日.*送达回证\.jpg/)
})

test('公告送达：2022年前发出的公告期六十日，其后三十日，以公告之日为准', () => {
  const clock = (start: string) => countClock(reconsiderationUntil2023.clocks['public-notice'], { start, facts: {} }, calendar)!.due
  assert.deepEqual([clock('2021-12-31'), clock('2022-01-01')], ['2022-03-01', '2022-01-31'])
})

test('送达之日与凭证不一致、没有凭证、只填一方的，拒绝；都不填的，照登记', () => {
  const decided = walk(reconsideration, decided2024)
  const serve = (input: Input) => () =>
    take(reconsideration, decided, 'serve', '2024-04-23', { servedOn: '2024-04-22', respondentServedOn: '2024-04-22', ...input })
  const byPost = (shownOn: string) => ({ served: 'applicant', means: 'post', shownOn })
  assert.throws(
    serve({ decisionServices: [byPost('2024-04-23'), onRespondent], decisionProofs: bothPapers }),
    refusedWith('service-day-differs'),
  )
  assert.throws(
    serve({ decisionServices: [byPost('2024-04-22'), onRespondent], decisionProofs: bothPapers.slice(0, 1) }),
    refusedWith('proof-of-service-missing'),
  )
  assert.throws(serve({ decisionServices: [byPost('2024-04-22')], decisionProofs: bothPapers }), refusedWith('means-of-one-missing'))
  assert.throws(
    serve({ decisionServices: [{ ...byPost('2024-04-22'), means: 'electronic' }, onRespondent], decisionProofs: bothPapers }),
    refusedWith('electronic-without-consent'),
  )
  assert.equal(serve({ decisionServices: [byPost('2024-04-22'), onRespondent], decisionProofs: bothPapers })().state, 'served')
  assert.equal(serve({})().state, 'served')
})

// ——— Documents and figures.

test('每一文书所列栏目与正文一致，且在办案中填写齐全', () => {
  for (const definition of system.definitions) {
    for (const template of Object.values(definition.parts.documents))
      assert.deepEqual([...template.fields].sort(), fieldsNamed(template).sort(), `${definition.inForce.from} ${template.id}`)
  }
  const filled = new Set(made.map(({ template }) => template))
  const all = new Set(system.definitions.flatMap(({ parts }) => Object.keys(parts.documents)))
  assert.deepEqual(
    [...all].filter((id) => !filled.has(id)),
    [],
  )
})

test('第七十五条：决定书写明当事人、请求、答复、查明事实、理由、决定、起诉期限', () => {
  const decision = made.find(({ template }) => template === 'decision')!.text
  for (const words of [
    '虚构甲',
    '撤销行政处罚决定',
    '被申请人称',
    '经审理查明',
    '本机关认为',
    '第六十四条第一款',
    '重要参考依据',
    '十五日内',
  ])
    assert.ok(decision.includes(words), words)
  assert.ok(made.find(({ template, text }) => template === 'decision' && text.includes('第二十八条第一款第二项')))
  assert.ok(decision.includes('没有规定的，依照《中华人民共和国行政复议法实施条例》第四十九条第一款为六十日'))
})

test('文书写明期限：延期通知书写明延长后的末日，重作的决定写明履行期限，审理程序告知书写明三十日', () => {
  const extension = made.find(({ template }) => template === 'extension')!.text
  assert.ok(extension.includes('审理期限延长30日，至2024年6月24日止'), extension)
  const decided = walk(reconsideration, [
    ...accepted,
    simple,
    ['send-copy', '2024-03-14', { respondentReceivedOn: '2024-03-14' }],
    ['reply', '2024-03-19', answer],
    ['hear-views', '2024-03-20', { way: 'phone', views: '坚持请求' }],
    [
      'decide',
      '2024-04-20',
      {
        outcome: 'revoke',
        factsFound: '事实不清',
        reasons: '证据不足',
        approvedBy: 'organ-head',
        worseForApplicant: false,
        remakeOrdered: true,
        performWithin: 20,
      },
    ],
  ])
  assert.equal(decided.state, 'decided')
  const { text } = made.findLast(({ template }) => template === 'decision')!
  assert.ok(text.includes('责令被申请人重新作出行政行为。') && text.includes('履行期限：自收到本决定书之日起20日内。'), text)
  assert.ok(!text.includes('没有规定的'))
  assert.match(made.find(({ template }) => template === 'procedure-notice')!.text, /适用简易程序的情形[^。]*。.*审理期限为三十日/)
})

test('2020年：收到22件、受理17件、审结14件（含2019年结转1件）、期末4件、意见书2份、直接纠错0件', () => {
  const of = { year: 2020, seed: 1, scale: 1, region: '321302', hashOf: () => 'h' }
  const cases = coursesOf(system, of, around).flatMap((course) => [...walkCourse(course, of, around, () => '')])
  const count = countInMemory(cases, (theCase) => clocksOf(reconsiderationUntil2023, theCase, calendar), {
    from: '2020-01-01',
    until: '2020-12-31',
  })
  const figure = (id: string): unknown => figureOf(system.indicators, id, count)
  const expected = {
    received: 22,
    accepted: 17,
    concluded: 14,
    'concluded-carried-over': 1,
    'pending-start': 1,
    'pending-end': 4,
    'pending-counted': 4,
    'opinion-letters': 2,
    'direct-corrections': 0,
    'other-intake-fates': 5,
    refused: 2,
    'told-elsewhere': 1,
    abandoned: 1,
    'withdrawn-before-acceptance': 1,
    'in-time': 14,
    overdue: 0,
  }
  assert.deepEqual(Object.fromEntries(Object.keys(expected).map((id) => [id, figure(id)])), expected)
  const { identities = {}, within = {} } = system.indicators.statements['annual-arithmetic']!
  for (const [name, [left, right]] of Object.entries(identities))
    assert.equal(figureOf(system.indicators, left, count), figureOf(system.indicators, right, count), name)
  for (const [name, [small, large]] of Object.entries(within))
    assert.ok(Number(figureOf(system.indicators, small, count)) <= Number(figureOf(system.indicators, large, count)), name)
})

test('年度数字互相矛盾的指出来；没有审结的，纠错率为空而不是零', () => {
  const statement = system.indicators.statements['annual-arithmetic']!
  const given = { received: 22, accepted: 17, concluded: 14, concludedCarriedOver: 2, pendingStart: 1, directCorrections: 0 }
  assert.deepEqual(evaluateStatement(system.indicators, statement, given)['findings'], ['carried-over-exceeds-pending'])
  assert.equal(evaluateStatement(system.indicators, statement, { ...given, concluded: 0, concludedCarriedOver: 0 })['correctionRate'], null)
})
