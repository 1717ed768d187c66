import { guard } from '#engine/guard.ts'
import { platform, statute } from '#engine/citation.ts'
import type { DerivedFact, Guard } from '#engine/guard.ts'

const invited = statute('最高人民法院关于人民法院特邀调解的规定', '2016-06-28')

/** What the guards ask that is no field: worked out from the case. */
export const facts = {
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
  'mediator-barred': guard({
    needs: ['mediatorLaterRole'],
    article: invited(16, '不得在后续的诉讼程序中担任'),
    message: [
      '特邀调解员不得在后续诉讼中担任该案的陪审员、代理人、证人等。',
      'The mediator may not be juror, agent or witness in the later suit.',
    ],
    remedy: ['更换后续程序中的人员。', 'Replace the person in the later procedure.'],
    refuses: ({ mediatorLaterRole }) => mediatorLaterRole !== 'none',
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
} satisfies Record<string, Guard>
