import { guard } from '#engine/guard.ts'
import { platform, statute } from '#engine/citation.ts'
import { serviceFacts, serviceGuards } from '../service.ts'
import { serviceLaw, serving } from './serving.ts'
import type { DerivedFact, Guard } from '#engine/guard.ts'

const people = statute('人民调解法', '2010-08-28')
const invited = statute('最高人民法院关于人民法院特邀调解的规定', '2016-06-28')

/** What the guards ask that is no field: worked out from the case. */
export const facts = {
  ...serviceFacts(serving),
  /** The last day of the mediation as it stands before this step. */
  mediationDue: ({ clock }) => (clock('mediate') ?? clock('mediate-entrusted'))?.deadline?.due,
  confirmDue: ({ clock }) => clock('confirm')?.deadline?.due,
  /** The day on which the mediator signed for the papers. */
  acceptedOn: ({ taken }) => taken('accept-assignment').at(-1)?.on.slice(0, 10),
} satisfies Record<string, DerivedFact>

export const guards = {
  'not-suitable': guard({
    needs: ['suitable'],
    article: invited(11, '适宜调解的纠纷'),
    message: ['该纠纷不适宜调解。', 'The dispute is not fit for mediation.'],
    remedy: ['请依法登记立案。', 'File the case.'],
    refuses: ({ suitable }) => suitable !== true,
  }),
  'consent-missing': guard({
    needs: ['plaintiffConsentedOn', 'defendantConsentedOn'],
    article: invited(11, '可以经当事人同意委派'),
    message: ['尚未取得双方当事人同意。', 'Not every party has consented.'],
    remedy: ['取得双方同意；一方拒绝的，转立案。', 'Obtain both consents; where a party refuses, the case goes to filing.'],
    refuses: ({ plaintiffConsentedOn, defendantConsentedOn }) => !plaintiffConsentedOn || !defendantConsentedOn,
  }),
  'mediator-not-in-force': guard({
    needs: ['mediatorInForce'],
    article: invited(12, '应当在名册中协商确定'),
    message: ['调解员“{mediator}”当日不在名册中。', 'Mediator “{mediator}” is not in the register on that day.'],
    remedy: ['从名册中另选调解员。', 'Choose a mediator from the register.'],
    refuses: ({ mediatorInForce }) => mediatorInForce !== true,
  }),
  'mediator-recused': guard({
    needs: ['relation'],
    may: ['partiesWaiveRecusal'],
    article: invited(15, '应当自行回避'),
    message: ['调解员与本案有利害关系，应当回避。', 'The mediator has a relation to the case and must withdraw.'],
    remedy: ['另选调解员，或由双方当事人书面同意其调解。', 'Choose another, or have both parties agree in writing.'],
    refuses: ({ relation, partiesWaiveRecusal }) => relation !== 'none' && partiesWaiveRecusal !== true,
  }),
  'both-must-consent': guard({
    needs: ['consents'],
    article: invited(27, '双方当事人同意延长调解期限'),
    message: ['延长调解期限须双方当事人同意。', 'Both parties must consent to a longer mediation.'],
    remedy: ['取得双方书面同意，或在期限内终止调解。', 'Obtain both consents, or end the mediation within the limit.'],
    refuses: ({ consents }) => !['plaintiff', 'defendant'].every((side) => (consents as readonly string[]).includes(side)),
  }),
  'extension-after-limit': guard({
    needs: ['agreedExtensionOn', 'mediationDue'],
    article: platform,
    message: [
      '同意延长于 {agreedExtensionOn}，调解期限已于 {mediationDue} 届满。',
      'The extension was agreed on {agreedExtensionOn}; the limit ran out on {mediationDue}.',
    ],
    remedy: [
      '期限届满的，终止调解；双方仍愿调解的，重新征求同意。',
      'End the mediation; where both still want it, ask for their consent anew.',
    ],
    refuses: ({ agreedExtensionOn, mediationDue }) => Boolean(mediationDue) && agreedExtensionOn > mediationDue,
  }),
  'both-must-apply': guard({
    needs: ['appliedBy'],
    article: people(33, '共同向人民法院申请司法确认'),
    message: ['申请司法确认须由双方当事人共同提出。', 'Both parties apply for the confirmation together.'],
    remedy: ['取得双方的申请。', 'Obtain the application of both.'],
    refuses: ({ appliedBy }) => !['plaintiff', 'defendant'].every((side) => (appliedBy as readonly string[]).includes(side)),
  }),
  'not-before-filing': guard({
    needs: ['beforeFiling'],
    article: invited('19(2)', '委派调解达成的调解协议'),
    message: [
      '立案后委托调解的，由人民法院制作调解书，不申请司法确认。',
      'After filing the court makes a mediation document; there is no confirmation.',
    ],
    remedy: ['向人民法院提交调解协议。', 'Hand the agreement to the court.'],
    refuses: ({ beforeFiling }) => beforeFiling !== true,
  }),
  'confirmation-out-of-time': guard({
    needs: ['confirmationAppliedOn', 'confirmDue'],
    article: people(33, '自调解协议生效之日起三十日内'),
    message: [
      '申请于 {confirmationAppliedOn}，申请司法确认的期限已于 {confirmDue} 届满。',
      'Applied for on {confirmationAppliedOn}; the time for it ran out on {confirmDue}.',
    ],
    remedy: ['协议仍有约束力；不履行的，可以起诉。', 'The agreement binds all the same; if it is not performed, a suit is open.'],
    refuses: ({ confirmationAppliedOn, confirmDue }) => Boolean(confirmDue) && confirmationAppliedOn > confirmDue,
  }),
  'mediator-barred': guard({
    needs: ['mediatorLaterRole'],
    article: invited(16, '不得在后续的诉讼程序中担任'),
    message: [
      '特邀调解员不得在后续诉讼中担任该案的陪审员、代理人、证人等。',
      'The mediator may not be juror, agent or witness in the later suit.',
    ],
    remedy: ['更换后续程序中的人员。', 'Replace the person in the later procedure.'],
    refuses: ({ mediatorLaterRole }) => Boolean(mediatorLaterRole) && mediatorLaterRole !== 'none',
  }),
  'agreement-missing': guard({
    needs: ['agreement'],
    article: invited(24, '调解协议书应当记载'),
    message: ['没有调解协议，不能记为调解成功。', 'Without an agreement the mediation has not succeeded.'],
    remedy: ['附上双方签名的调解协议或笔录。', 'Attach the signed agreement or record.'],
    refuses: ({ agreement }) => !agreement,
  }),
  'agreement-before-acceptance': guard({
    needs: ['agreedOn', 'acceptedOn'],
    article: platform,
    message: [
      '调解协议日期 {agreedOn} 早于调解员签收日 {acceptedOn}。',
      'The agreement is dated {agreedOn}, before the mediator signed for the papers on {acceptedOn}.',
    ],
    remedy: ['请核对日期。', 'Check the dates.'],
    refuses: ({ agreedOn, acceptedOn }) => acceptedOn !== undefined && agreedOn < acceptedOn,
  }),
  'organisation-seal-missing': guard({
    needs: ['byOrganisation', 'organisationSealed'],
    article: invited(24, '还应当加盖调解组织印章'),
    message: ['由调解组织主持的，协议应加盖其印章。', 'An agreement reached before an organisation bears its seal.'],
    remedy: ['加盖印章后再登记。', 'Have it sealed, then record it.'],
    refuses: ({ byOrganisation, organisationSealed }) => byOrganisation === true && organisationSealed !== true,
  }),
  ...serviceGuards(serviceLaw),
} satisfies Record<string, Guard>
