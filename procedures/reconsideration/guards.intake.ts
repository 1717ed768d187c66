import { appliedDay, lastDayToApply } from './application-limit.ts'
import { dateIn } from '#engine/day.ts'
import { guard } from '#engine/guard.ts'
import { conditions, outOfScope } from './grounds.ts'
import { howMany } from './how-many.ts'
import { platform, statute } from '#engine/citation.ts'
import type { Guard } from '#engine/guard.ts'

const act = statute('行政复议法', '2023-09-01')
const old = statute('行政复议法', '2017-09-01')
const rules = statute('行政复议法实施条例', '2007-05-29')

/** What limits of application look at besides the day of learning. */
const TIMES = [
  'postmarkDate',
  'appliedOn',
  'receivedOn',
  'openedOn',
  'toldRights',
  'knewRightsOn',
  'knewContentOn',
  'specialApplyDays',
  'inaction',
  'urgent',
  'performDueOn',
  'requestReceivedOn',
  'obstacleFrom',
  'obstacleUntil',
  'registeredLate',
] as const

/** 申请与受理: from receipt to acceptance or refusal. */
export const intakeGuards = {
  'learned-after-applied': guard({
    needs: ['learnedOn', 'appliedOn'],
    article: platform,
    message: [
      '知道行政行为的日期 {learnedOn} 晚于申请日期 {appliedOn}。',
      'The act was learned of on {learnedOn}, after the application of {appliedOn}.',
    ],
    remedy: ['请核对两个日期。', 'Check the two dates.'],
    refuses: ({ learnedOn, appliedOn }) => Boolean(learnedOn && appliedOn) && learnedOn > appliedOn,
  }),
  'applied-after-receipt': guard({
    needs: ['appliedOn', 'receivedOn'],
    article: platform,
    message: [
      '申请日期 {appliedOn} 晚于收到日期 {receivedOn}。',
      'The application is dated {appliedOn}, after its receipt on {receivedOn}.',
    ],
    remedy: ['请核对两个日期。', 'Check the two dates.'],
    refuses: ({ appliedOn, receivedOn }) => Boolean(appliedOn && receivedOn) && appliedOn > String(receivedOn).slice(0, 10),
  }),
  'start-of-limit-missing': guard({
    needs: ['learnedOn', 'inaction'],
    may: ['performDueOn', 'requestReceivedOn', 'urgent'],
    article: rules('15(1)'),
    message: ['没有可以起算申请期限的日期。', 'There is no day from which the limit could be counted.'],
    remedy: [
      '填写知道行政行为的日期；不履行职责的，填写履行期限届满之日或者行政机关收到请求之日。',
      'Give the day of learning; for inaction the end of the limit to act, or the day of the request.',
    ],
    refuses: ({ learnedOn, inaction, performDueOn, requestReceivedOn, urgent }) =>
      inaction === true ? !performDueOn && !requestReceivedOn && urgent !== true : !learnedOn,
  }),
  'over-one-year-from-knowing-content': guard({
    needs: ['toldRights'],
    may: [...TIMES, 'learnedOn'],
    article: act('20(3)', '最长不得超过一年'),
    message: [
      '未告知申请权利的，自知道行政行为内容（{knewContentOn}）之日起最长一年，申请已超过。',
      'Where the right was not told, a year from knowing the content ({knewContentOn}) is the longest: the application is beyond it.',
    ],
    remedy: [
      '有不可抗力等正当理由的，填写障碍起止日期；确已逾期的，登记为逾期申请，并在审查期限内决定不予受理（R4）。',
      'Record an obstacle with its dates; if it is late all the same, register it as late and refuse it (R4) within the review.',
    ],
    // As if the right had been learned of when applying: then only the year can have run out.
    refuses: (facts, counting) =>
      facts['registeredLate'] !== true &&
      facts['inaction'] !== true &&
      facts['toldRights'] === false &&
      isLate(lastDayToApply({ ...facts, knewRightsOn: appliedDay(facts) }, counting, true), appliedDay(facts)),
  }),
  'out-of-time': guard({
    needs: ['learnedOn'],
    may: TIMES,
    article: act('20(1)', '该行政行为之日起六十日内'),
    message: ['申请已超过法定期限（知道之日 {learnedOn}）。', 'The application is out of time (learned on {learnedOn}).'],
    remedy: [
      '按邮戳日期计算；有不可抗力等正当理由的，填写障碍起止日期；确已逾期的，登记为逾期申请，并在审查期限内决定不予受理（R4）。',
      'The postmark counts; record an obstacle with its dates; if it is late all the same, register it as late and refuse it (R4) within the review.',
    ],
    refuses: (facts, counting) => facts['registeredLate'] !== true && isLate(lastDayToApply(facts, counting, true), appliedDay(facts)),
  }),
  'over-absolute-limit': guard({
    needs: ['madeOn'],
    may: [...TIMES, 'realEstate'],
    article: act(21, '行政复议机关不予受理'),
    message: [
      '行政行为作出于 {madeOn}，申请已超过最长期限。',
      'The act was made on {madeOn}: the application is beyond the absolute limit.',
    ],
    remedy: [
      '登记为逾期申请，并在审查期限内决定不予受理（R4）；不因正当理由延长。',
      'Register it as late and refuse it (R4) within the review; no good cause lengthens this limit.',
    ],
    refuses: (facts, counting) =>
      facts['registeredLate'] !== true &&
      Boolean(facts['madeOn']) &&
      isLate(counting.lastDay('apply-bar', facts['madeOn'], facts), appliedDay(facts)),
  }),
  'one-act-per-application': guard({
    needs: ['acts'],
    article: act('22(4)', '应当分别申请行政复议'),
    message: ['一份申请涉及 {acts} 个行政行为。', 'One application challenges {acts} acts.'],
    remedy: ['请申请人就每一行政行为分别申请，分别登记。', 'Each act takes an application of its own.'],
    refuses: ({ acts }) => howMany(acts) > 1,
  }),
  'signature-missing': guard({
    needs: ['signed'],
    may: ['channel', 'recordReadBack'],
    article: rules(20, '并由申请人签字确认'),
    message: [
      '申请书未签名或者盖章；口头申请的，笔录未经核对、签字确认。',
      'The application is unsigned; an oral one has not been read back and signed.',
    ],
    remedy: ['请申请人签名、盖章；口头申请的，宣读笔录后由申请人签字。', 'Have it signed; read an oral record back, then have it signed.'],
    refuses: ({ signed, channel, recordReadBack }) => signed !== true || (channel === 'oral' && recordReadBack !== true),
  }),
  'too-many-agents': guard({
    needs: ['agents'],
    article: act('17(1)', '委托一至二名律师'),
    message: ['委托代理人超过二名。', 'More than two agents.'],
    remedy: ['保留一至二名代理人。', 'Keep one or two.'],
    refuses: ({ agents }) => howMany(agents) > 2,
  }),
  'representatives-missing': guard({
    needs: ['applicants'],
    may: ['representatives'],
    article: rules(8, '申请人超过5人的'),
    message: ['申请人超过五人，尚未推选代表人。', 'More than five applicants and no representative.'],
    remedy: ['由申请人推选一至五名代表人。', 'The applicants choose one to five representatives.'],
    refuses: ({ applicants, representatives }) => howMany(applicants) > 5 && howMany(representatives) === 0,
  }),
  'too-many-representatives': guard({
    needs: ['representatives'],
    article: rules(8, '推选1至5名代表'),
    message: ['代表人超过五名。', 'More than five representatives.'],
    remedy: ['推选一至五名代表人。', 'Choose one to five.'],
    refuses: ({ representatives }) => howMany(representatives) > 5,
  }),
  'fee-not-allowed': guard({
    needs: ['fee'],
    article: act(87, '不得向申请人收取任何费用'),
    message: ['行政复议不得收费。', 'Reconsideration is free of charge.'],
    remedy: ['删除费用；已收取的，退还。', 'Remove the fee; give back what was taken.'],
    refuses: ({ fee }) => Number(fee ?? 0) > 0,
  }),
  'not-through-the-agency': guard({
    needs: ['penaltyWay'],
    article: act('32(1)', '通过作出行政处罚决定的'),
    message: [
      '只有当场作出的处罚和依据电子技术监控设备记录作出的处罚，可以通过处罚机关提交。',
      'Only on-the-spot and camera-based penalties may be challenged through the agency.',
    ],
    remedy: ['请申请人直接向行政复议机关提出。', 'The applicant applies to the reconsideration organ.'],
    refuses: ({ penaltyWay }) => penaltyWay !== 'on-the-spot' && penaltyWay !== 'camera',
  }),

  'acceptance-can-be-judged': guard({
    needs: ['unjudgeable'],
    article: act('31(1)', '无法判断行政复议申请是否符合'),
    message: [
      '现有材料能够判断是否符合受理条件，不得通知补正。',
      'The papers at hand suffice to judge the acceptance: no corrections are asked for.',
    ],
    remedy: ['直接决定受理或者不予受理。', 'Accept or refuse.'],
    refuses: ({ unjudgeable }) => unjudgeable !== true,
  }),
  'once-only': guard({
    needs: ['correctionsBefore'],
    article: act('31(1)', '应当一次性载明'),
    message: ['该申请已发过补正通知。', 'A correction notice has been given already.'],
    remedy: ['根据现有材料决定受理或者不予受理。', 'Accept or refuse on the papers at hand.'],
    refuses: ({ correctionsBefore }) => Number(correctionsBefore) > 0,
  }),
  'correction-notice-late': guard({
    needs: ['noticeServedOn', 'receivedOn'],
    may: ['reviewFrom'],
    article: act('31(1)', '五日内书面通知申请人补正'),
    message: [
      '补正通知 {noticeServedOn} 已超过收到申请之日起五个工作日。',
      'The notice of {noticeServedOn} is later than five working days from receipt.',
    ],
    remedy: [
      '审查期限届满未决定不予受理的，视为受理。',
      'When the review has run out without a refusal the application is deemed accepted.',
    ],
    refuses: ({ noticeServedOn, receivedOn, reviewFrom, ...facts }, counting) =>
      Boolean(noticeServedOn && receivedOn) &&
      isLate(counting.lastDay('correction-notice', String(reviewFrom ?? receivedOn).slice(0, 10), facts), noticeServedOn),
  }),
  'good-cause-missing': guard({
    needs: ['goodCause'],
    article: act('31(2)', '有正当理由不能按期补正'),
    message: ['没有正当理由，不得延长补正期限。', 'Without good cause the limit for corrections is not extended.'],
    remedy: ['记明正当理由。', 'Record the good cause.'],
    refuses: ({ goodCause }) => goodCause !== true,
  }),
  'correction-over': guard({
    needs: ['extendedOn', 'correctDue'],
    article: act('31(2)', '有正当理由不能按期补正'),
    message: ['补正期限已于 {correctDue} 届满。', 'The limit for corrections ran out on {correctDue}.'],
    remedy: ['期限届满前提出正当理由的才可以延长。', 'It is extended only for cause shown before it runs out.'],
    refuses: ({ extendedOn, correctDue }) => Boolean(extendedOn && correctDue) && extendedOn > correctDue,
  }),
  'corrected-out-of-time': guard({
    needs: ['correctedOn', 'correctDue'],
    may: ['correctionPostmark'],
    article: act('31(2)', '无正当理由逾期不补正'),
    message: [
      '补正材料提交于 {correctedOn}，补正期限为 {correctDue}。',
      'The corrections came on {correctedOn}; the limit was {correctDue}.',
    ],
    remedy: ['按邮戳日期计算；有正当理由的，先延长补正期限。', 'The postmark counts; with good cause, extend the limit first.'],
    refuses: ({ correctedOn, correctDue, correctionPostmark }) => Boolean(correctDue) && (correctionPostmark ?? correctedOn) > correctDue,
  }),

  'court-already-accepted': guard({
    needs: ['courtAccepted'],
    article: act('29(2)', '不得申请行政复议'),
    message: ['人民法院已经受理就同一行政行为提起的诉讼。', 'A court has already accepted a suit against the same act.'],
    remedy: ['决定不予受理（R7）。', 'Refuse the application (R7).'],
    refuses: ({ courtAccepted }) => courtAccepted === true,
  }),
  'already-accepted': guard({
    needs: ['acceptedBefore'],
    article: act('30(1)7', '行政复议机关未受理过'),
    message: [
      '行政复议机关已经受理过该申请人就同一行政行为提出的申请。',
      'An application of the same applicant against the same act has been accepted before.',
    ],
    remedy: ['决定不予受理（R7）。', 'Refuse the application (R7).'],
    refuses: ({ acceptedBefore }) => acceptedBefore === true,
  }),
  'barred-after-withdrawal': guard({
    needs: ['withdrawnBefore'],
    may: ['withdrawnAgainstWill'],
    article: act('74(2)', '不得再以同一事实和理由'),
    message: [
      '申请人曾撤回申请，不得再以同一事实和理由申请。',
      'The applicant withdrew before and may not apply again on the same facts and reasons.',
    ],
    remedy: [
      '申请人能够证明撤回违背其真实意愿的，记明后受理；否则决定不予受理。',
      'Accept if the withdrawal is shown to have been against the applicant’s will; otherwise refuse.',
    ],
    refuses: ({ withdrawnBefore, withdrawnAgainstWill }) => withdrawnBefore === true && withdrawnAgainstWill !== true,
  }),
  'accepted-before-receipt': guard({
    needs: ['acceptedOn', 'receivedOn'],
    article: platform,
    message: ['受理日期 {acceptedOn} 早于收到日期 {receivedOn}。', 'Accepted on {acceptedOn}, before receipt on {receivedOn}.'],
    remedy: ['请核对两个日期。', 'Check the two dates.'],
    refuses: ({ acceptedOn, receivedOn }) => Boolean(acceptedOn && receivedOn) && acceptedOn < String(receivedOn).slice(0, 10),
  }),
  'out-of-scope': guard({
    needs: ['actKind'],
    article: act(12, '不属于行政复议范围'),
    message: ['该事项不属于行政复议范围。', 'The matter is outside the scope of reconsideration.'],
    remedy: ['决定不予受理（R5）。', 'Refuse the application (R5).'],
    refuses: ({ actKind }) => outOfScope.includes(actKind),
  }),
  'not-our-jurisdiction': guard({
    needs: ['respondentKind'],
    article: act(27, '向上一级主管部门'),
    message: ['该被申请人的行政行为不由本级人民政府管辖。', 'Acts of this respondent are not within the jurisdiction of this government.'],
    remedy: ['决定不予受理（R6），告知有管辖权的行政复议机关。', 'Refuse (R6) and name the competent organ.'],
    refuses: ({ respondentKind }) => respondentKind === 'vertical' || respondentKind === 'elsewhere',
  }),
  'registered-late': guard({
    needs: ['registeredLate'],
    article: act('30(1)4', '在法定申请期限内提出'),
    message: ['该申请登记为逾期申请。', 'The application is registered as out of time.'],
    remedy: ['决定不予受理（R4）；登记有误的，先更正登记。', 'Refuse it (R4); if the registration is wrong, correct it first.'],
    refuses: ({ registeredLate }) => registeredLate === true,
  }),
  'conditions-not-met': guard({
    needs: ['conditionsMet'],
    article: act('30(1)', '行政复议机关应当予以受理'),
    message: ['七项受理条件尚未全部确认。', 'Not all seven conditions are confirmed.'],
    remedy: ['逐项确认；有一项不符合的，决定不予受理。', 'Confirm each; where one fails, refuse.'],
    refuses: ({ conditionsMet }) => !Object.keys(conditions).every((one) => (conditionsMet as readonly string[]).includes(one)),
  }),
  'competent-organ-missing': guard({
    needs: ['reason'],
    may: ['competentOrgan'],
    article: act('30(2)', '有管辖权的行政复议机关'),
    message: ['不属于本机关管辖，但未告知有管辖权的行政复议机关。', 'Outside our jurisdiction, but the competent organ is not named.'],
    remedy: ['写明有管辖权的行政复议机关。', 'Name the competent organ.'],
    refuses: ({ reason, competentOrgan }) => reason === 'R6' && !competentOrgan,
  }),
  'refused-after-review': guard({
    needs: ['refusedOn', 'reviewDue'],
    article: act('30(3)', '审查期限届满之日起视为受理'),
    message: [
      '审查期限已于 {reviewDue} 届满，不能再决定不予受理。',
      'The review ran out on {reviewDue}: the application can no longer be refused.',
    ],
    remedy: ['视为受理；不符合受理条件的，决定驳回申请。', 'It is deemed accepted; if a condition fails, dismiss it.'],
    refuses: ({ refusedOn, reviewDue }) => Boolean(refusedOn && reviewDue) && refusedOn > reviewDue,
  }),
} satisfies Record<string, Guard>

/** What the law of 2017 says otherwise. */
export const intakeGuardsUntil2023 = {
  'out-of-time': {
    ...intakeGuards['out-of-time'],
    article: old('9(1)', '之日起六十日内提出'),
    refuses: (facts, counting) => facts['registeredLate'] !== true && isLate(lastDayToApply(facts, counting, false), appliedDay(facts)),
  },
  'too-many-agents': { ...intakeGuards['too-many-agents'], article: rules(10, '委托1至2名代理人') },
  'fee-not-allowed': { ...intakeGuards['fee-not-allowed'], article: old(39, '不得向申请人收取任何费用') },
  // 实施条例第二十九条 asks the notice to name what is missing; that there is only one is law since 2024 and our rule before.
  'once-only': { ...intakeGuards['once-only'], article: platform },
  'correction-notice-late': { ...intakeGuards['correction-notice-late'], article: rules(29, '5日内书面通知申请人补正') },
  'corrected-out-of-time': { ...intakeGuards['corrected-out-of-time'], article: rules(29, '无正当理由逾期不补正') },
  'court-already-accepted': { ...intakeGuards['court-already-accepted'], article: old('16(2)', '不得申请行政复议') },
  'already-accepted': { ...intakeGuards['already-accepted'], article: rules('28(1)7', '尚未受理同一行政复议申请') },
  'barred-after-withdrawal': { ...intakeGuards['barred-after-withdrawal'], article: rules('38(2)', '不得再以同一事实和理由') },
  'out-of-scope': { ...intakeGuards['out-of-scope'], article: rules('28(1)5', '属于行政复议法规定的行政复议范围') },
  'not-our-jurisdiction': { ...intakeGuards['not-our-jurisdiction'], article: old('12(2)', '向上一级主管部门申请行政复议') },
  'registered-late': { ...intakeGuards['registered-late'], article: rules('28(1)4', '在法定申请期限内提出') },
  'conditions-not-met': { ...intakeGuards['conditions-not-met'], article: rules(28, '应当予以受理') },
  'competent-organ-missing': { ...intakeGuards['competent-organ-missing'], article: old('17(1)', '应当告知申请人向有关行政复议机关提出') },
  'refused-after-review': {
    ...intakeGuards['refused-after-review'],
    article: old('17(2)', '收到之日起即为受理'),
    message: [
      '五日的审查期限已于 {reviewDue} 届满，申请自收到之日起即为受理。',
      'The five days of review ran out on {reviewDue}: the application was accepted when it was received.',
    ],
    remedy: ['继续审理；不符合受理条件的，决定驳回行政复议申请。', 'Go on with the case; if a condition fails, dismiss the application.'],
  },
  'accepted-on-receipt': guard({
    needs: ['acceptedOn', 'receivedOn'],
    article: old('17(2)', '收到之日起即为受理'),
    message: [
      '受理日期 {acceptedOn} 不是收到日期 {receivedOn}。',
      'The day of acceptance {acceptedOn} is not the day of receipt {receivedOn}.',
    ],
    remedy: ['申请自收到之日起即为受理，受理日期填写收到之日。', 'An application is accepted on the day it is received: give that day.'],
    refuses: ({ acceptedOn, receivedOn }) => Boolean(acceptedOn && receivedOn) && acceptedOn !== String(receivedOn).slice(0, 10),
  }),
  'review-day-impossible': guard({
    needs: ['reviewedOn', 'receivedOn'],
    may: ['at'],
    article: platform,
    message: [
      '审查完毕日期 {reviewedOn} 早于收到日期 {receivedOn}，或者晚于登记之时。',
      'The review was finished on {reviewedOn}: before the receipt on {receivedOn}, or after this entry.',
    ],
    remedy: ['请核对审查完毕日期。', 'Check the day on which the review was finished.'],
    refuses: ({ reviewedOn, receivedOn, at }) =>
      Boolean(reviewedOn && receivedOn) &&
      (reviewedOn < String(receivedOn).slice(0, 10) || (typeof at === 'string' && reviewedOn > dateIn(at))),
  }),
  'told-not-refused': guard({
    needs: ['reason'],
    article: old('17(1)', '不属于本机关受理的'),
    message: [
      '不属于本机关受理的申请，应当告知，不作不予受理决定。',
      'An application that belongs elsewhere is told so; it is not refused.',
    ],
    remedy: ['办理“告知向有关机关提出”。', 'Take the step “Tell where to apply”.'],
    refuses: ({ reason }) => reason === 'R6',
  }),
  'not-to-be-transferred': guard({
    needs: ['underArticle15'],
    article: old(18, '依照本法第十五条第二款的规定接受'),
    message: ['该申请不是依照第十五条第二款接受的，不适用转送。', 'The application was not received under §15(2): it is not transferred.'],
    remedy: ['不属于本机关受理的，告知申请人向有关行政复议机关提出。', 'Tell the applicant which organ is competent.'],
    refuses: ({ underArticle15 }) => underArticle15 !== true,
  }),
} satisfies Record<string, Guard>

function isLate(due: string | undefined, on: string | undefined): boolean {
  return due !== undefined && on !== undefined && on > due
}
