import { dateIn } from '#engine/day.ts'
import { guard } from '#engine/guard.ts'
import { howMany } from './how-many.ts'
import { platform, statute } from '#engine/citation.ts'
import type { Guard } from '#engine/guard.ts'

const act = statute('行政复议法', '2023-09-01')
const old = statute('行政复议法', '2017-09-01')
const rules = statute('行政复议法实施条例', '2007-05-29')

/** 案件涉及款额三千元以下 (第五十三条第一款第三项): three thousand itself is still open. */
const SUMMARY_YUAN = 3000

/** 审理: procedure, evidence, hearing, suspension, extension. */
export const trialGuards = {
  'summary-not-open': guard({
    needs: ['procedureKind', 'ground'],
    may: ['amountYuan', 'allPartiesConsent'],
    article: act('53(1)', '可以适用简易程序'),
    message: ['该案不具备适用简易程序的情形。', 'The summary procedure is not open to this case.'],
    remedy: [
      '适用普通程序；当事人各方同意的，可以适用简易程序。',
      'Use the ordinary procedure; with the consent of all parties the summary one is open.',
    ],
    refuses: ({ procedureKind, ground, amountYuan, allPartiesConsent }) => {
      if (procedureKind !== 'summary' || allPartiesConsent === true) return false
      if (ground === 'amount') return !(typeof amountYuan === 'number' && amountYuan <= SUMMARY_YUAN)
      return !['on-the-spot', 'warning-or-criticism', 'disclosure'].includes(ground)
    },
  }),
  'not-simple': guard({
    needs: ['procedureKind', 'factsClear'],
    may: ['allPartiesConsent'],
    article: act('53(1)', '事实清楚、权利义务关系明确、争议不大'),
    message: [
      '事实、权利义务关系不清楚或者争议较大的案件，不适用简易程序。',
      'Facts or rights are unclear or the dispute is serious: no summary procedure.',
    ],
    remedy: ['适用普通程序。', 'Use the ordinary procedure.'],
    refuses: ({ procedureKind, factsClear, allPartiesConsent }) =>
      procedureKind === 'summary' && factsClear !== true && allPartiesConsent !== true,
  }),
  'not-in-summary': guard({
    needs: ['procedureKind'],
    article: act(55, '可以转为普通程序审理'),
    message: ['该案不是简易程序案件。', 'The case is not in the summary procedure.'],
    remedy: ['无须转换。', 'Nothing to convert.'],
    refuses: ({ procedureKind }) => procedureKind !== 'summary',
  }),
  'too-few-handlers': guard({
    needs: ['handlers'],
    article: rules(32, '由2名以上行政复议人员参加'),
    message: ['行政复议人员少于二名。', 'Fewer than two handlers.'],
    remedy: ['指定二名以上行政复议人员。', 'Appoint at least two.'],
    refuses: ({ handlers }) => howMany(differentFrom(undefined, handlers)) < 2,
  }),
  'handler-made-the-act': guard({
    needs: ['handlerMadeAct'],
    article: platform,
    message: ['指定的人员曾参与作出被申请复议的行政行为。', 'One of the handlers took part in the act under review.'],
    remedy: ['另行指定。', 'Appoint another.'],
    refuses: ({ handlerMadeAct }) => handlerMadeAct === true,
  }),
  'copy-received-before-sent': guard({
    needs: ['sentOn', 'respondentReceivedOn'],
    article: platform,
    message: [
      '被申请人收到日期 {respondentReceivedOn} 早于发送日期 {sentOn}。',
      'The respondent received the copy on {respondentReceivedOn}, before it was sent on {sentOn}.',
    ],
    remedy: ['请核对两个日期。', 'Check the two dates.'],
    refuses: ({ sentOn, respondentReceivedOn }) => Boolean(sentOn && respondentReceivedOn) && respondentReceivedOn < sentOn,
  }),
  // Filed all the same, but never as proof of the act: it is stored and marked.
  'evidence-after-the-act': guard({
    needs: ['evidence', 'madeOn'],
    may: ['supplementAgreed'],
    article: act('46(1)', '自行收集的证据不作为'),
    message: [
      '被申请人提交的证据中有行政行为作出（{madeOn}）之后取得的，未标明不予采纳。',
      'Evidence obtained after the act of {madeOn} is not marked inadmissible.',
    ],
    remedy: [
      '将该证据标为“不作为依据”；经行政复议机构同意补充的除外。',
      'Mark it inadmissible, unless the office agreed that it be supplemented.',
    ],
    refuses: ({ evidence, madeOn, supplementAgreed }) =>
      Boolean(madeOn) &&
      supplementAgreed !== true &&
      Array.isArray(evidence) &&
      (evidence as readonly { obtainedOn?: string; inadmissible?: boolean }[]).some(
        ({ obtainedOn, inadmissible }) => obtainedOn !== undefined && obtainedOn > madeOn && inadmissible !== true,
      ),
  }),
  'access-cannot-be-refused': guard({
    needs: ['granted'],
    may: ['accessRefusalGround'],
    article: act(47, '行政复议机构应当同意'),
    message: ['没有法定理由，不得拒绝查阅、复制。', 'Access cannot be refused without a ground of law.'],
    remedy: ['同意查阅、复制；涉及秘密、隐私等的，记明理由。', 'Grant it, or record which secret or privacy stands against it.'],
    refuses: ({ granted, accessRefusalGround }) => granted === false && !accessRefusalGround,
  }),
  'views-record-missing': guard({
    needs: ['way'],
    may: ['views', 'notHeardReason'],
    article: act(49, '并将听取的意见记录在案'),
    message: [
      '没有记录听取的意见，也没有记明不能听取的当事人原因。',
      'Neither the views nor the party’s reason for not being heard is recorded.',
    ],
    remedy: ['记录意见；因当事人原因不能听取的，记明原因。', 'Record the views, or the reason on the party’s side.'],
    refuses: ({ way, views, notHeardReason }) => (way === 'not-possible' ? !notHeardReason : !views),
  }),

  'hearing-notice-late': guard({
    needs: ['notifiedOn', 'hearingAt'],
    article: act('51(1)', '应当于举行听证的五日前'),
    message: [
      '听证通知 {notifiedOn} 距听证（{hearingAt}）不足五个工作日。',
      'The notice of {notifiedOn} is less than five working days before the hearing ({hearingAt}).',
    ],
    remedy: ['推迟听证。', 'Postpone the hearing.'],
    refuses: ({ notifiedOn, hearingAt, ...facts }, counting) => {
      const latest = notifiedOn && hearingAt ? counting.lastDay('hearing-notice', dateIn(hearingAt), facts) : undefined
      return latest !== undefined && dateIn(notifiedOn) > latest
    },
  }),
  'hearing-not-notified': guard({
    needs: ['hearingNotified'],
    article: act('51(1)', '书面通知当事人'),
    message: ['尚未将听证的时间、地点和事项书面通知当事人。', 'The parties have not been given notice of the hearing.'],
    remedy: ['先办理“通知听证”，五个工作日后举行。', 'Give notice first, five working days ahead.'],
    refuses: ({ hearingNotified }) => hearingNotified !== true,
  }),
  'hearing-host-missing': guard({
    needs: ['host'],
    article: act('50(3)', '由一名行政复议人员任主持人'),
    message: ['听证须有一名主持人。', 'A hearing has one host.'],
    remedy: ['指定一名行政复议人员主持。', 'Appoint one member of the office.'],
    refuses: ({ host }) => howMany(host) !== 1,
  }),
  'too-few-hearing-officers': guard({
    needs: ['officers'],
    may: ['host'],
    article: act('50(3)', '两名以上行政复议人员任听证员'),
    message: ['主持人之外的听证员少于二名。', 'Fewer than two officers besides the host.'],
    remedy: ['指定两名以上听证员。', 'Appoint at least two.'],
    refuses: ({ officers, host }) => howMany(differentFrom(host, officers)) < 2,
  }),
  'hearing-recorder-missing': guard({
    needs: ['recorder'],
    article: act('50(3)', '一名记录员制作听证笔录'),
    message: ['没有记录员。', 'There is no recorder.'],
    remedy: ['指定一名记录员。', 'Appoint a recorder.'],
    refuses: ({ recorder }) => howMany(recorder) < 1,
  }),
  'respondent-head-absent': guard({
    needs: ['respondentHeadPresent'],
    may: ['deputyReason'],
    article: act('51(3)', '被申请人的负责人应当参加听证'),
    message: ['被申请人的负责人未参加听证，也未说明理由并委托工作人员。', 'The respondent’s head is absent, without reason and delegate.'],
    remedy: ['记明理由和受委托的工作人员，或者改期。', 'Record the reason and the delegate, or postpone.'],
    refuses: ({ respondentHeadPresent, deputyReason }) => respondentHeadPresent === false && !deputyReason,
  }),

  'both-parties-must-consent': guard({
    needs: ['ground'],
    may: ['applicantConsents', 'respondentConsents'],
    article: act('39(1)6', '申请人和被申请人同意中止'),
    message: ['因调解、和解中止，须申请人和被申请人都同意。', 'A suspension for mediation or settlement needs the consent of both.'],
    remedy: ['取得双方书面同意；否则继续审理。', 'Obtain both consents; otherwise go on.'],
    refuses: ({ ground, applicantConsents, respondentConsents }) =>
      ground === 'S6' && !(applicantConsents === true && respondentConsents === true),
  }),
  'cause-remains': guard({
    needs: ['causeGone'],
    article: act('39(2)', '行政复议中止的原因消除后'),
    message: ['中止的原因尚未消除。', 'The cause of the suspension is still there.'],
    remedy: ['原因消除后恢复审理。', 'Resume when it is gone.'],
    refuses: ({ causeGone }) => causeGone !== true,
  }),
  'attached-review-open': guard({
    needs: ['attachedReviewOpen'],
    article: act('39(1)9', '第五十六条或者第五十七条'),
    message: ['规范性文件尚在处理，案件因此中止。', 'The case is suspended for the attached review, which is not over.'],
    remedy: ['办理“附带审查处理完毕”。', 'Take the step “Attached review over”.'],
    refuses: ({ attachedReviewOpen }) => attachedReviewOpen === true,
  }),
  'no-attached-review': guard({
    needs: ['attachedReviewOpen'],
    article: act('39(1)9', '第五十六条或者第五十七条'),
    message: ['没有正在进行的附带审查。', 'No attached review is under way.'],
    remedy: ['因其他原因中止的，办理“恢复审理”。', 'If suspended for another cause, take the step “Resume”.'],
    refuses: ({ attachedReviewOpen }) => attachedReviewOpen !== true,
  }),
  'not-competent-for-document': guard({
    needs: ['competent'],
    article: act(58, '有权处理有关规范性文件'),
    message: ['本机关无权处理该文件。', 'This organ has no power over the document.'],
    remedy: ['转送有权处理的机关。', 'Transfer it to the competent organ.'],
    refuses: ({ competent }) => competent !== true,
  }),
  'competent-for-document': guard({
    needs: ['competent'],
    article: act(56, '无权处理的'),
    message: ['本机关有权处理该文件，不应转送。', 'This organ has power over the document: it is not transferred.'],
    remedy: ['在三十日内依法处理。', 'Deal with it within thirty days.'],
    refuses: ({ competent }) => competent === true,
  }),

  'mediation-not-voluntary': guard({
    needs: ['consentBoth'],
    article: act('5(2)', '调解应当遵循合法、自愿的原则'),
    message: ['双方当事人未同意调解。', 'The parties have not both agreed to mediation.'],
    remedy: ['继续审理。', 'Go on with the case.'],
    refuses: ({ consentBoth }) => consentBoth !== true,
  }),
  'mediation-harmful': guard({
    needs: ['harmful'],
    article: act('5(2)', '不得损害国家利益、社会公共利益和他人合法权益'),
    message: [
      '调解内容损害公共利益、他人合法权益或者违反强制性规定。',
      'The settlement harms the public interest or others, or breaks mandatory law.',
    ],
    remedy: ['修改内容，或者依法作出决定。', 'Change it, or decide the case.'],
    refuses: ({ harmful }) => harmful === true,
  }),

  'no-extension-in-summary': guard({
    needs: ['procedureKind'],
    article: act('62(2)', '自受理申请之日起三十日内'),
    message: ['简易程序案件不能延长审理期限。', 'The summary procedure has no extension.'],
    remedy: ['不宜适用简易程序的，先转为普通程序。', 'If the case is unfit for it, convert to the ordinary procedure first.'],
    refuses: ({ procedureKind }) => procedureKind === 'summary',
  }),
  'wrong-approver': guard({
    needs: ['approvedBy'],
    article: act('62(1)', '经行政复议机构的负责人批准'),
    message: ['应由行政复议机构的负责人批准。', 'The head of the reconsideration office approves.'],
    remedy: ['报行政复议机构负责人批准。', 'Submit it to the head of the office.'],
    refuses: ({ approvedBy }) => approvedBy !== 'office-head',
  }),
  'second-extension': guard({
    needs: ['extensionsBefore'],
    article: act('62(1)', '延长期限最多不得超过三十日'),
    message: ['该案已延长过审理期限。', 'The case has been extended already.'],
    remedy: ['在已延长的期限内作出决定。', 'Decide within the extended limit.'],
    refuses: ({ extensionsBefore }) => Number(extensionsBefore) > 0,
  }),
  'extension-too-long': guard({
    needs: ['days'],
    article: act('62(1)', '延长期限最多不得超过三十日'),
    message: ['延长 {days} 日，超过三十日。', 'An extension of {days} days is more than thirty.'],
    remedy: ['最多延长三十日。', 'Extend by at most thirty days.'],
    refuses: ({ days }) => Number(days) > 30,
  }),
  'limit-already-over': guard({
    needs: ['approvedOn', 'due'],
    article: act('62(1)', '不能在规定期限内作出行政复议决定'),
    message: [
      '批准日期 {approvedOn} 晚于审理期限 {due}，延长无效。',
      'Approved on {approvedOn}, after the limit of {due}: the extension is void.',
    ],
    remedy: ['期限届满前批准的延长才有效；请立即作出决定。', 'Only what is approved within the limit extends it; decide at once.'],
    refuses: ({ approvedOn, due }) => Boolean(approvedOn && due) && approvedOn > due,
  }),
  'extension-not-told': guard({
    needs: ['noticeServedOn'],
    article: act('62(1)', '并书面告知当事人'),
    message: ['延长审理期限未书面告知当事人。', 'The parties have not been told of the extension in writing.'],
    remedy: ['送达延期审理通知书后登记。', 'Serve the notice, then record the extension.'],
    refuses: ({ noticeServedOn }) => !noticeServedOn,
  }),
} satisfies Record<string, Guard>

/** The persons of a list, each once and without one of them; a bare number, as a case may be stated, stays what it is. */
function differentFrom(one: unknown, persons: unknown): unknown {
  return Array.isArray(persons) ? [...new Set(persons)].filter((person) => person !== one) : persons
}

/** What the law of 2017 says otherwise. */
export const trialGuardsUntil2023 = {
  'summary-not-open': {
    ...trialGuards['summary-not-open'],
    needs: ['procedureKind'],
    may: [],
    article: old('31(1)', '自受理申请之日起六十日内'),
    message: ['2023年12月31日以前收到的案件没有简易程序。', 'Cases received until 2023-12-31 know no summary procedure.'],
    remedy: ['按六十日的审理期限办理。', 'The limit is sixty days.'],
    refuses: ({ procedureKind }) => procedureKind === 'summary',
  },
  'evidence-after-the-act': { ...trialGuards['evidence-after-the-act'], article: old(24, '不得自行向申请人') },
  'access-cannot-be-refused': { ...trialGuards['access-cannot-be-refused'], article: old('23(2)', '行政复议机关不得拒绝') },
  // 实施条例第三十三条 leaves the composition of a hearing open; two officers besides the host are our rule, after 第三十二条.
  'hearing-host-missing': { ...trialGuards['hearing-host-missing'], article: platform },
  'too-few-hearing-officers': { ...trialGuards['too-few-hearing-officers'], article: platform },
  'hearing-recorder-missing': { ...trialGuards['hearing-recorder-missing'], article: platform },
  'cause-remains': { ...trialGuards['cause-remains'], article: rules('41(2)', '行政复议中止的原因消除后') },
  'attached-review-open': { ...trialGuards['attached-review-open'], article: old(26, '中止对具体行政行为的审查') },
  'no-attached-review': { ...trialGuards['no-attached-review'], article: old(26, '中止对具体行政行为的审查') },
  'competent-for-document': { ...trialGuards['competent-for-document'], article: old(26, '在七日内按照法定程序转送') },
  'mediation-not-voluntary': { ...trialGuards['mediation-not-voluntary'], article: rules('50(1)', '自愿、合法的原则进行调解') },
  'mediation-harmful': { ...trialGuards['mediation-harmful'], article: rules('50(1)', '自愿、合法的原则进行调解') },
  'mediation-not-open': guard({
    needs: ['mediationMatter'],
    article: rules('50(1)', '有下列情形之一的'),
    message: [
      '只有行使自由裁量权的行政行为和行政赔偿、补偿纠纷可以调解。',
      'Only acts of discretion and disputes over compensation can be mediated.',
    ],
    remedy: ['继续审理。', 'Go on with the case.'],
    refuses: ({ mediationMatter }) => mediationMatter !== 'discretion' && mediationMatter !== 'compensation',
  }),
  // The law of 2017 has the parties told, and not the summary procedure.
  'no-extension-in-summary': { ...trialGuards['no-extension-in-summary'], article: old('31(1)', '自受理申请之日起六十日内') },
  'wrong-approver': {
    ...trialGuards['wrong-approver'],
    article: old('31(1)', '经行政复议机关的负责人批准'),
    message: ['应由行政复议机关的负责人批准。', 'The head of the reconsideration organ approves.'],
    remedy: ['报行政复议机关负责人批准。', 'Submit it to the head of the organ.'],
    refuses: ({ approvedBy }) => approvedBy !== 'organ-head',
  },
  'second-extension': { ...trialGuards['second-extension'], article: old('31(1)', '延长期限最多不超过三十日') },
  'extension-too-long': { ...trialGuards['extension-too-long'], article: old('31(1)', '延长期限最多不超过三十日') },
  'limit-already-over': { ...trialGuards['limit-already-over'], article: old('31(1)', '不能在规定期限内作出行政复议决定') },
  'extension-not-told': {
    ...trialGuards['extension-not-told'],
    article: old('31(1)', '并告知申请人和被申请人'),
    message: ['延长审理期限未告知申请人和被申请人。', 'Applicant and respondent have not been told of the extension.'],
    remedy: ['告知后登记。', 'Tell them, then record the extension.'],
  },
} satisfies Record<string, Guard>
