import { guard } from '#engine/guard.ts'
import { platform, statute } from '#engine/citation.ts'
import type { Guard } from '#engine/guard.ts'

const act = statute('行政复议法', '2023-09-01')
const old = statute('行政复议法', '2017-09-01')
const rules = statute('行政复议法实施条例', '2007-05-29')

/** 公民身份号码 (GB 11643): seventeen digits and a check sign. */
const IDENTITY_NUMBER = /(?<!\d)[1-9]\d{16}[\dXx](?!\d)/

/** 决定、结案与执行. */
export const decisionGuards = {
  'resume-first': guard({
    needs: ['suspended'],
    article: act('39(2)', '应当及时恢复行政复议案件'),
    message: ['案件尚在中止，不能作出决定。', 'The case is suspended: it cannot be decided.'],
    remedy: ['先恢复审理。', 'Resume it first.'],
    refuses: ({ suspended }) => suspended === true,
  }),
  'worse-for-applicant': guard({
    needs: ['worseForApplicant'],
    may: ['outcome', 'thirdPartyAskedOpposite'],
    article: act('63(2)', '更为不利的变更决定'),
    message: ['不得作出对申请人更为不利的决定。', 'No decision may be worse for the applicant.'],
    remedy: [
      '在申请人的请求范围内决定；第三人提出相反请求的变更决定除外。',
      'Decide within the request; the exception is an alteration where a third party asked the opposite.',
    ],
    // 实施条例第五十一条 covers every outcome; the exception of 第六十三条第二款 is for alterations alone.
    refuses: ({ worseForApplicant, thirdPartyAskedOpposite, outcome }) =>
      worseForApplicant === true && !(thirdPartyAskedOpposite === true && (outcome ?? 'alter') === 'alter'),
  }),
  'approval-missing': guard({
    needs: ['approvedBy'],
    may: ['collectiveMeeting'],
    article: act('61(1)', '负责人同意或者集体讨论通过'),
    message: [
      '决定未经行政复议机关负责人同意，也没有集体讨论记录。',
      'Neither the head of the organ nor a collective discussion approved the decision.',
    ],
    remedy: ['报负责人同意，或者附集体讨论记录。', 'Have the head approve it, or attach the record of the discussion.'],
    refuses: ({ approvedBy, collectiveMeeting }) => approvedBy !== 'organ-head' && !collectiveMeeting,
  }),
  'evidence-missing': guard({
    needs: ['noEvidence', 'outcome'],
    may: ['thirdPartyEvidence'],
    article: act(70, '视为该行政行为没有证据'),
    message: ['被申请人未答复、未举证，不能作出该种决定。', 'The respondent filed neither answer nor evidence: this outcome is not open.'],
    remedy: [
      '撤销、部分撤销、确认违法或者无效、责令履行；第三人提供证据的除外。',
      'Revoke, confirm unlawful or void, or order performance; unless a third party gave evidence.',
    ],
    refuses: ({ noEvidence, outcome, thirdPartyEvidence }) =>
      noEvidence === true &&
      thirdPartyEvidence !== true &&
      !['revoke', 'revoke-part', 'confirm-unlawful', 'confirm-void', 'order-perform'].includes(outcome),
  }),
  'views-not-heard': guard({
    needs: ['viewsHeard'],
    may: ['procedureKind'],
    article: act(49, '听取当事人的意见'),
    message: ['普通程序案件尚未听取当事人意见。', 'The parties of an ordinary case have not been heard.'],
    remedy: ['听取意见；因当事人原因不能听取的，记明原因。', 'Hear them, or record the reason on their side.'],
    refuses: ({ viewsHeard, procedureKind }) => procedureKind !== 'summary' && viewsHeard !== true,
  }),
  'hearing-missing': guard({
    needs: ['complex', 'hearingHeld'],
    article: act('50(1)', '行政复议机构应当组织听证'),
    message: ['重大、疑难、复杂案件尚未听证。', 'A major, difficult or complex case has not been heard.'],
    remedy: ['组织听证。', 'Hold a hearing.'],
    refuses: ({ complex, hearingHeld }) => complex === true && hearingHeld !== true,
  }),
  'committee-mandatory': guard({
    needs: ['committeeConsulted'],
    may: ['complex', 'technical', 'provinceOwnAct'],
    article: act('52(2)', '应当提请行政复议委员会'),
    message: [
      '重大疑难复杂或者专业性、技术性较强的案件，尚未提请行政复议委员会提出咨询意见。',
      'The committee has not been consulted, which this case requires.',
    ],
    remedy: ['提请行政复议委员会提出咨询意见。', 'Consult the committee.'],
    refuses: ({ complex, technical, provinceOwnAct, committeeConsulted }) =>
      (complex === true || technical === true || provinceOwnAct === true) && committeeConsulted !== true,
  }),
  'committee-opinion-not-cited': guard({
    needs: ['committeeConsulted', 'citesCommittee'],
    article: act('61(3)', '重要参考依据'),
    message: ['决定未参考行政复议委员会的咨询意见。', 'The decision does not refer to the committee’s opinion.'],
    remedy: ['在决定中说明咨询意见的参考情况。', 'Say in the decision how the opinion was used.'],
    refuses: ({ committeeConsulted, citesCommittee }) => committeeConsulted === true && citesCommittee !== true,
  }),
  'handlers-not-assigned': guard({
    needs: ['handlersAssigned'],
    article: act('36(1)', '应当指定行政复议人员'),
    message: [
      '尚未指定承办人员，也就没有确认案件是否重大、疑难、复杂。',
      'No handlers have been assigned, and so nobody has said whether the case is major, difficult or complex.',
    ],
    remedy: ['先办理“指定承办人员”。', 'Assign handlers first.'],
    refuses: ({ handlersAssigned }) => handlersAssigned !== true,
  }),
  'hearing-record-not-relied-on': guard({
    needs: ['hearingHeld'],
    may: ['onHearingRecord'],
    article: act('61(2)', '应当根据听证笔录'),
    message: ['经过听证的案件，决定未根据听证笔录作出。', 'After a hearing the decision rests on its record, and this one does not.'],
    remedy: ['根据听证笔录、审查认定的事实和证据作出决定。', 'Decide on the hearing record, the facts found and the evidence.'],
    refuses: ({ hearingHeld, onHearingRecord }) => hearingHeld === true && onHearingRecord !== true,
  }),
  'performance-limit-missing': guard({
    needs: ['outcome'],
    may: ['performWithin', 'performanceMeaningless'],
    article: act(66, '在一定期限内履行'),
    message: ['责令履行的决定须载明履行期限。', 'An order to perform sets a limit.'],
    remedy: ['填写履行期限（日）。', 'Give the limit in days.'],
    refuses: ({ outcome, performWithin }) => outcome === 'order-perform' && !(Number(performWithin) > 0),
  }),

  'mediation-not-agreed': guard({
    needs: ['mediationAgreed'],
    article: act('73(1)', '当事人经调解达成协议'),
    message: ['没有达成协议的调解笔录，不能制作调解书。', 'No mediation is on record that led to an agreement.'],
    remedy: [
      '先办理“调解”并记录达成的协议；未达成的，依法作出决定。',
      'Record the mediation and its agreement first; without one, decide the case.',
    ],
    refuses: ({ mediationAgreed }) => mediationAgreed !== true,
  }),
  'mediation-unsigned': guard({
    needs: ['signedBy'],
    may: ['thirdParty'],
    article: act('73(1)', '经各方当事人签字或者签章'),
    message: ['调解书未经各方当事人签字。', 'Not every party has signed the mediation document.'],
    remedy: ['取得各方签字或者签章；一方反悔的，及时作出决定。', 'Obtain every signature; if one goes back on it, decide the case.'],
    refuses: ({ signedBy, thirdParty }) => {
      const signatories = Array.isArray(signedBy) ? (signedBy as readonly string[]) : []
      return !['applicant', 'respondent', ...(thirdParty ? ['third-party'] : [])].every((one) => signatories.includes(one))
    },
  }),
  'seal-missing': guard({
    needs: ['sealedOn'],
    article: act('73(1)', '加盖行政复议机关印章'),
    message: ['调解书未加盖行政复议机关印章。', 'The mediation document lacks the organ’s seal.'],
    remedy: ['加盖印章。', 'Seal it.'],
    refuses: ({ sealedOn }) => !sealedOn,
  }),
  'effective-before-signed': guard({
    needs: ['effectiveOn', 'signedOn', 'sealedOn'],
    article: act('73(1)', '即具有法律效力'),
    message: [
      '生效日期 {effectiveOn} 早于签字（{signedOn}）或者盖章（{sealedOn}）。',
      'Effective on {effectiveOn}, before it was signed ({signedOn}) or sealed ({sealedOn}).',
    ],
    remedy: ['生效之日为签字、盖章齐备之日。', 'It takes effect when signatures and seal are complete.'],
    refuses: ({ effectiveOn, signedOn, sealedOn }) => effectiveOn < signedOn || (Boolean(sealedOn) && effectiveOn < sealedOn),
  }),
  'withdrawal-not-voluntary': guard({
    needs: ['voluntary'],
    article: act('74(2)', '撤回行政复议申请违背其真实意愿'),
    message: ['撤回申请不是申请人的真实意愿。', 'The withdrawal is not what the applicant truly wants.'],
    remedy: ['继续审理。', 'Go on with the case.'],
    refuses: ({ voluntary }) => voluntary !== true,
  }),
  'withdrawal-not-permitted': guard({
    needs: ['permitted'],
    article: act('41(1)1', '行政复议机构准予撤回'),
    message: ['行政复议机构未准予撤回。', 'The office has not permitted the withdrawal.'],
    remedy: ['准予后终止；不准予的，继续审理。', 'Permit it and terminate, or go on.'],
    refuses: ({ permitted }) => permitted !== true,
  }),
  'ground-does-not-allow': guard({
    needs: ['ground', 'suspensionGround'],
    article: act('41(1)5', '中止行政复议满六十日'),
    message: ['该案不是因申请人死亡、丧失行为能力或者终止而中止。', 'The suspension is not for death, incapacity or end of the applicant.'],
    remedy: ['只有 S1、S2、S4 中止满六十日的可以终止。', 'Only S1, S2 and S4 lead to termination after sixty days.'],
    refuses: ({ ground, suspensionGround }) => ground === 'T5' && !['S1', 'S2', 'S4'].includes(suspensionGround),
  }),
  'sixty-days-not-over': guard({
    needs: ['ground', 'suspendedOn', 'terminatedOn'],
    article: act('41(1)5', '中止行政复议满六十日'),
    message: ['自 {suspendedOn} 中止至 {terminatedOn} 未满六十日。', 'Sixty days have not passed from {suspendedOn} to {terminatedOn}.'],
    remedy: ['满六十日原因仍未消除的，可以终止。', 'Terminate when sixty days have passed and the cause is still there.'],
    refuses: ({ ground, suspendedOn, terminatedOn, ...facts }, counting) => {
      if (ground !== 'T5') return false
      const over = suspendedOn ? counting.lastDay('suspended-60', suspendedOn, facts) : undefined
      return over === undefined || terminatedOn <= over
    },
  }),
  'not-a-detention': guard({
    needs: ['ground', 'actKind'],
    article: act('41(1)4', '被采取刑事强制措施'),
    message: [
      '该案不是对行政拘留或者限制人身自由的强制措施申请的复议。',
      'The case is not about detention or coercive restriction of liberty.',
    ],
    remedy: ['选择其他终止理由，或者继续审理。', 'Choose another ground, or go on.'],
    refuses: ({ ground, actKind }) => ground === 'T4' && actKind !== 'detention' && actKind !== 'personal-restriction',
  }),

  'act-not-public': guard({
    needs: ['actIsPublic'],
    article: act('79(1)', '行政复议决定书向社会公开'),
    message: ['被复议的行政行为不公开，决定书不公开。', 'The act itself is not public, so the decision is not published.'],
    remedy: ['不办理公开。', 'Do not publish.'],
    refuses: ({ actIsPublic }) => actIsPublic !== true,
  }),
  'not-redacted': guard({
    needs: ['redacted'],
    may: ['publicText'],
    article: platform,
    message: [
      '决定书公开文本尚未隐去个人信息和秘密，或者含有身份证号码。',
      'Personal data and secrets have not been redacted, or the text holds an identity number.',
    ],
    remedy: ['隐去身份证号、住址、未成年人姓名和秘密后公开。', 'Redact identity numbers, addresses, names of minors and secrets.'],
    refuses: ({ redacted, publicText }) => redacted !== true || IDENTITY_NUMBER.test(String(publicText ?? '')),
  }),
  'respondent-not-our-department': guard({
    needs: ['respondentKind'],
    article: act('79(2)', '抄告被申请人的上一级主管部门'),
    message: ['被申请人不是本级人民政府工作部门，无须抄告。', 'The respondent is not a department of this government.'],
    remedy: ['不办理抄告。', 'Nothing to copy.'],
    refuses: ({ respondentKind }) => respondentKind !== 'department' && respondentKind !== 'justice-bureau',
  }),
  'nothing-to-copy': guard({
    needs: ['copied', 'decisionServed', 'opinionIssued'],
    article: act('79(2)', '行政复议决定书、意见书同时抄告'),
    message: ['没有已送达的决定书，或者没有制发意见书，不能抄告。', 'There is no served decision, or no opinion letter, to copy.'],
    remedy: ['选择已有的文书；决定书送达后抄告。', 'Choose what there is; a decision is copied once it is served.'],
    refuses: ({ copied, decisionServed, opinionIssued }) => {
      const chosen = Array.isArray(copied) ? (copied as readonly string[]) : []
      return chosen.length === 0 || (chosen.includes('decision') && !decisionServed) || (chosen.includes('opinion') && !opinionIssued)
    },
  }),
  'suit-while-pending': guard({
    needs: ['pendingWithinLimit'],
    article: act('29(1)', '在行政复议期间不得向人民法院'),
    message: [
      '复议申请已受理，复议期间不得就同一行政行为起诉。',
      'The application is accepted: while it is pending no suit may be brought against the same act.',
    ],
    remedy: [
      '送达决定之后，或者复议期满未作决定之后，可以起诉。',
      'A suit is open after the decision is served, or when the limit has run out without one.',
    ],
    refuses: ({ pendingWithinLimit }) => pendingWithinLimit === true,
  }),
  'same-act-remade': guard({
    needs: ['sameAct', 'sameFactsAndReasons'],
    may: ['annulledForProcedure'],
    article: act('64(2)', '不得以同一事实和理由'),
    message: [
      '被申请人以同一事实和理由作出了相同或者基本相同的行政行为。',
      'The respondent made the same act again on the same facts and reasons.',
    ],
    remedy: ['责令改正；仅因违反法定程序被撤销的除外。', 'Order it corrected; the exception is an annulment for procedure.'],
    refuses: ({ sameAct, sameFactsAndReasons, annulledForProcedure }) =>
      sameAct === true && sameFactsAndReasons === true && annulledForProcedure !== true,
  }),
  'clocks-not-settled': guard({
    needs: ['runningClocks'],
    article: platform,
    message: ['尚有期限未了：{runningClocks}。', 'These limits are not settled: {runningClocks}.'],
    remedy: ['各项期限了结后归档。', 'Archive when every one is settled.'],
    refuses: ({ runningClocks }) => (Array.isArray(runningClocks) ? runningClocks.length > 0 : Number(runningClocks) > 0),
  }),
} satisfies Record<string, Guard>

/** What the law of 2017 says otherwise. */
export const decisionGuardsUntil2023 = {
  'resume-first': { ...decisionGuards['resume-first'], article: rules('41(2)', '应当及时恢复行政复议案件') },
  'worse-for-applicant': {
    ...decisionGuards['worse-for-applicant'],
    may: ['outcome'],
    article: rules(51, '不得作出对申请人更为不利'),
    remedy: ['在申请人的请求范围内决定。', 'Decide within the applicant’s request.'],
    refuses: ({ worseForApplicant }) => worseForApplicant === true,
  },
  'approval-missing': { ...decisionGuards['approval-missing'], article: old('28(1)', '负责人同意或者集体讨论通过') },
  'evidence-missing': {
    ...decisionGuards['evidence-missing'],
    may: [],
    article: old('28(1)4', '没有证据、依据，决定撤销'),
    remedy: ['决定撤销该具体行政行为；不履行职责的，责令履行。', 'Revoke the act, or order performance where there is none.'],
    // 第二十八条第一款第四项 knows revocation alone; where the complaint is that nothing was done there is no act to revoke (第二项).
    refuses: ({ noEvidence, outcome }) => noEvidence === true && outcome !== 'revoke' && outcome !== 'order-perform',
  },
  'performance-limit-missing': { ...decisionGuards['performance-limit-missing'], article: old('28(1)2', '决定其在一定期限内履行') },
  'suit-while-pending': { ...decisionGuards['suit-while-pending'], article: old('16(1)', '在法定行政复议期限内不得') },
  // 实施条例第三十二条 has at least two officials try the case: somebody must have appointed them.
  'handlers-not-assigned': {
    ...decisionGuards['handlers-not-assigned'],
    article: rules(32, '由2名以上行政复议人员参加'),
    message: ['尚未指定承办人员。', 'No handlers have been assigned.'],
  },
  'mediation-not-agreed': { ...decisionGuards['mediation-not-agreed'], article: rules('50(2)', '当事人经调解达成协议') },
  'mediation-unsigned': {
    ...decisionGuards['mediation-unsigned'],
    article: rules('50(2)', '经双方当事人签字'),
    refuses: ({ signedBy }) => !['applicant', 'respondent'].every((one) => Array.isArray(signedBy) && signedBy.includes(one)),
  },
  'seal-missing': { ...decisionGuards['seal-missing'], article: rules('50(2)', '加盖行政复议机关印章') },
  'effective-before-signed': { ...decisionGuards['effective-before-signed'], article: rules('50(2)', '即具有法律效力') },
  'withdrawal-not-voluntary': { ...decisionGuards['withdrawal-not-voluntary'], article: rules('38(1)', '自愿撤回行政复议申请') },
  'withdrawal-not-permitted': { ...decisionGuards['withdrawal-not-permitted'], article: rules('38(1)', '经行政复议机构同意') },
  'ground-does-not-allow': { ...decisionGuards['ground-does-not-allow'], article: rules('42(2)', '满60日行政复议中止的原因') },
  'sixty-days-not-over': { ...decisionGuards['sixty-days-not-over'], article: rules('42(2)', '满60日行政复议中止的原因') },
  'not-a-detention': { ...decisionGuards['not-a-detention'], article: rules('42(1)5', '变更为刑事拘留') },
  'settlement-agreement-missing': guard({
    needs: ['settled'],
    may: ['settlementAgreement', 'settlementMatter'],
    article: rules(40, '提交书面和解协议'),
    message: [
      '和解须是对自由裁量行为的和解，并提交书面和解协议。',
      'A settlement must be about an act of discretion, and its written agreement filed.',
    ],
    remedy: [
      '提交书面和解协议；不是自由裁量行为的，按一般撤回办理。',
      'File the agreement; if the act is not one of discretion, treat it as a plain withdrawal.',
    ],
    refuses: ({ settled, settlementAgreement, settlementMatter }) =>
      settled === true && (!settlementAgreement || (settlementMatter !== undefined && settlementMatter !== 'discretion')),
  }),
  'same-act-remade': {
    ...decisionGuards['same-act-remade'],
    may: [],
    article: old('28(2)', '不得以同一的事实和理由'),
    remedy: ['责令改正。', 'Order it corrected.'],
    refuses: ({ sameAct, sameFactsAndReasons }) => sameAct === true && sameFactsAndReasons === true,
  },
} satisfies Record<string, Guard>
