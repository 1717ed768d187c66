import { choice, date, file, flag, instant, integer, list, longText, optional, party, personal, text } from '#engine/field.ts'
import { documents } from './documents.ts'
import { facts, guards } from './guards.ts'
import { parties } from './serving.ts'
import { procedure } from '#engine/definition.ts'
import { serviceGuardNames, serviceProofs, services } from '../service.ts'
import { statute } from '#engine/citation.ts'
import type { Citation } from '#engine/citation.ts'

const invited = statute('最高人民法院关于人民法院特邀调解的规定', '2016-06-28')
const mediation = statute('人民调解法', '2010-08-28')
const confirmation = statute('最高人民法院关于人民调解协议司法确认程序的若干规定', '2011-03-23')
/** 先行调解 under the text of 2017, in force until 2021-12-31: the article by its number alone, its text could not be read. */
const civil: Citation = { law: '民事诉讼法', version: '2017-06-27', article: '122', standing: 'unverified' }

/** 特邀调解员不得在后续的诉讼程序中担任: what the mediator is in the suit that follows. */
const laterRole = choice('调解员在后续诉讼中的身份', 'Mediator in the later suit', {
  none: ['无', 'none'],
  'agent-in-suit': ['诉讼代理人', 'agent'],
  juror: ['人民陪审员', 'juror'],
  witness: ['证人', 'witness'],
  expert: ['鉴定人', 'expert'],
  interpreter: ['翻译人员', 'interpreter'],
})

/** 诉前调解 under 法释〔2016〕14号 alone; since 2022 the rules on online mediation prevail where they differ. */
export const preTrialMediationUntil2021 = procedure(
  { guards, facts, documents },
  {
    id: 'pre-trial-mediation',
    name: ['诉前调解', 'Pre-trial mediation'],
    inForce: { from: '2016-07-01', until: '2021-12-31' },
    basis: [invited(11, '登记立案前'), civil],
    series: '宿城诉前调',
    title: ['dispute'],
    opened: 'papersReceivedOn',
    guide: {
      online: {
        as: 'party',
        steps: { intake: { left: ['suitable', 'beforeFiling', 'trialProcedure'] } },
        documents: ['registration', 'consent', 'entrustment', 'agreement'],
      },
      about: {
        words: [
          '起诉到法院的民事纠纷，适宜调解且当事人同意的，在登记立案前委派特邀调解员调解。',
          'A civil dispute brought to court that is fit for it is, before filing and with the parties’ consent, mediated by an invited mediator.',
        ],
        article: invited(11, '登记立案前'),
      },
      audience: [
        {
          words: [
            '向法院递交起诉材料的当事人；是否调解由双方自愿决定。',
            'Parties who hand a claim to the court; whether to mediate is for both to decide.',
          ],
          article: [invited('2', '当事人平等自愿'), invited(11, '经当事人同意')],
        },
      ],
      fee: {
        words: [
          '特邀调解规定没有规定向当事人收费，调解员的补贴由法院专项预算列支；其后申请司法确认不收取费用。',
          'The rules on invited mediation provide for no charge to the parties, and the mediator’s allowance comes from the court’s budget; judicial confirmation afterwards is free.',
        ],
        article: [invited('29(1)', '补贴经费应当纳入人民法院专项预算'), confirmation(11, '不收取费用')],
      },
      remedies: [
        {
          words: [
            '没有达成协议的，可以坚持诉讼，法院应当依法登记立案。',
            'Without agreement the claim can be upheld, and the court files it.',
          ],
          article: invited('21(1)', '当事人坚持诉讼的'),
        },
        {
          words: ['达成协议的，双方可以共同申请司法确认。', 'After agreement both can apply together for judicial confirmation.'],
          article: [invited('19(2)', '申请司法确认'), mediation('33(1)', '共同向人民法院申请司法确认')],
        },
        {
          words: [
            '调解员强迫调解、收受财物或者泄露调解内容的，可以向法院投诉。',
            'A mediator who forces an agreement, takes gifts or discloses what was said can be complained of to the court.',
          ],
          article: invited('28(2)', '可以向人民法院投诉'),
        },
      ],
    },

    posts: {
      court: { name: ['人民法院', 'Court'], outside: true, organ: 'court' },
      mediator: { name: ['特邀调解员', 'Invited mediator'], outside: true },
      party: { name: ['当事人', 'Party'], outside: true },
    },

    states: {
      proposed: { name: ['待征求意见', 'Proposed'], with: 'court' },
      consented: { name: ['双方同意', 'Consented'], with: 'court' },
      mediating: { name: ['调解中', 'Being mediated'], with: 'mediator' },
      succeeded: { name: ['调解成功', 'Succeeded'], final: true },
      failed: { name: ['调解终止', 'Ended without agreement'], final: true },
      filed: { name: ['已立案', 'Filed'], final: true },
    },

    steps: {
      intake: {
        name: ['登记', 'Intake'],
        by: 'court',
        from: [],
        to: 'proposed',
        on: 'papersReceivedOn',
        input: {
          papersReceivedOn: date('材料收到日期', 'Papers received on'),
          plaintiff: party('申请人', 'Claimant'),
          defendant: party('被申请人', 'Other party'),
          dispute: choice('纠纷类型', 'Kind of dispute', {
            loan: ['民间借贷纠纷', 'private loan'],
            sale: ['买卖合同纠纷', 'sale'],
            marriage: ['婚姻家庭纠纷', 'family'],
            property: ['物业服务合同纠纷', 'property management'],
            labour: ['劳动争议', 'labour'],
            traffic: ['机动车交通事故责任纠纷', 'traffic accident'],
            neighbour: ['相邻关系纠纷', 'neighbours'],
            other: ['其他民事纠纷', 'other'],
          }),
          // What is said in a mediation is nobody else's (第一条、第二条): kept with the personal data, never in lists, pages or figures.
          claim: personal(longText('事实与请求', 'Facts and claim')),
          suitable: flag('适宜调解', 'Fit for mediation'),
          beforeFiling: flag('立案前委派（否为立案后委托）', 'Commissioned before filing (no: entrusted after filing)'),
          trialProcedure: optional(
            choice('审理程序', 'Trial procedure', { ordinary: ['普通程序', 'ordinary'], summary: ['简易程序', 'summary'] }),
          ),
        },
        guards: ['not-suitable'],
        produces: ['registration'],
        article: [civil, invited(11)],
      },
      consent: {
        name: ['当事人同意', 'Consent'],
        by: ['party', 'court'],
        from: ['proposed'],
        to: 'consented',
        on: 'consentedOn',
        input: {
          plaintiffConsentedOn: date('申请人同意日期', 'Claimant consented on'),
          defendantConsentedOn: date('被申请人同意日期', 'Other party consented on'),
          consentedOn: date('双方同意之日', 'Both consented on'),
          online: flag('在线调解', 'Online'),
        },
        guards: ['consent-missing'],
        produces: ['consent'],
        article: invited(11, '经当事人同意'),
      },
      'choose-mediator': {
        name: ['确定调解员', 'Choose the mediator'],
        by: ['party', 'court'],
        from: ['consented'],
        on: 'chosenOn',
        input: {
          chosenOn: date('确定日期', 'Chosen on'),
          mediator: text('调解员（名册编号）', 'Mediator (register key)'),
          mediatorName: text('调解员姓名', "Mediator's name"),
          chosenBy: choice('确定方式', 'How', { parties: ['当事人协商', 'by the parties'], court: ['法院指定', 'appointed'] }),
          relation: choice('与本案关系', 'Relation to the case', {
            none: ['无', 'none'],
            relative: ['近亲属', 'relative'],
            interest: ['利害关系', 'interest'],
            other: ['其他关系', 'other relation'],
          }),
          partiesWaiveRecusal: optional(flag('双方同意其调解', 'Both agree to the mediator all the same')),
        },
        guards: ['mediator-not-in-force', 'mediator-recused'],
        produces: ['entrustment'],
        article: [invited(12, '应当在名册中协商确定'), invited(15)],
      },
      'accept-assignment': {
        name: ['调解员签收材料', 'Mediator signs for the papers'],
        by: 'mediator',
        from: ['consented'],
        to: 'mediating',
        on: 'acceptedAt',
        input: { acceptedAt: instant('签收时间', 'Signed for at') },
        produces: ['acceptance'],
        tells: ['调解期限三十日，自签收之日起计算。', 'The mediation lasts thirty days from this signature.'],
        article: invited(27, '签字接收法院移交材料之日起计算'),
      },
      extend: {
        name: ['延长调解期限', 'Extend'],
        by: ['party', 'mediator'],
        from: ['mediating'],
        on: 'agreedExtensionOn',
        input: {
          agreedExtensionOn: date('同意延长之日', 'Agreed on'),
          newDays: integer('延长日数', 'Days', { least: 1 }),
          consents: list('同意的当事人', 'Who consents', choice('当事人', 'Party', parties)),
        },
        guards: ['both-must-consent', 'extension-after-limit'],
        produces: ['extension'],
        article: invited(27, '双方当事人同意延长调解期限'),
      },
      agree: {
        name: ['达成调解协议', 'Agreement'],
        by: 'mediator',
        from: ['mediating'],
        to: 'succeeded',
        on: 'agreedOn',
        input: {
          agreedOn: date('协议日期', 'Agreed on'),
          terms: personal(longText('协议内容', 'Terms')),
          agreement: file('调解协议', 'The agreement'),
          deliveredOn: date('送达双方之日', 'Delivered to the parties on'),
          agreementServices: services(parties, 'deliveredOn', 'with-receipt'),
          agreementProofs: serviceProofs(parties),
          filedWithCourtOn: date('提交人民法院备案之日', 'Filed with the court on'),
          byOrganisation: flag('由调解组织主持', 'Before an organisation'),
          organisationSealed: flag('加盖组织印章', 'Sealed by the organisation'),
          mediatorLaterRole: laterRole,
        },
        guards: ['mediator-barred', 'agreement-missing', 'agreement-before-acceptance', 'organisation-seal-missing', ...serviceGuardNames],
        produces: ['agreement'],
        tells: ['可以自协议生效之日起三十日内共同申请司法确认。', 'Both may apply for judicial confirmation within thirty days.'],
        article: [invited(19, '提交人民法院备案'), invited(24, '调解协议书应当记载')],
      },
      'apply-confirmation': {
        name: ['共同申请司法确认', 'Apply for judicial confirmation'],
        by: ['party', 'court'],
        from: ['succeeded'],
        on: 'confirmationAppliedOn',
        input: {
          confirmationAppliedOn: date('申请之日', 'Applied on'),
          appliedBy: list('申请的当事人', 'Who applies', choice('当事人', 'Party', parties)),
        },
        guards: ['both-must-apply', 'not-before-filing', 'confirmation-out-of-time'],
        article: [mediation(33, '共同向人民法院申请司法确认'), invited('19(2)', '申请司法确认')],
      },
      'end-without': {
        name: ['终止调解', 'End without agreement'],
        by: 'mediator',
        from: ['mediating'],
        to: 'failed',
        on: 'endedOn',
        input: {
          endedOn: date('终止日期', 'Ended on'),
          endReason: choice('终止原因', 'Reason', {
            refused: ['当事人明确表示不接受调解', 'refused'],
            withdrawn: ['当事人撤回调解请求', 'withdrawn'],
            'too-far-apart': ['双方分歧较大', 'too far apart'],
            unreachable: ['无法联系当事人', 'party unreachable'],
            expired: ['调解期限届满', 'limit ran out'],
            other: ['其他难以进行的情形', 'other'],
          }),
        },
        produces: ['termination'],
        article: invited(26, '应当终止调解'),
      },
      'to-filing': {
        name: ['转立案', 'To filing'],
        by: 'court',
        from: ['proposed', 'consented', 'failed'],
        to: 'filed',
        on: 'filedOn',
        input: { filedOn: date('登记立案日期', 'Filed on'), mediatorLaterRole: optional(laterRole) },
        guards: ['mediator-barred'],
        article: invited(21, '应当依法登记立案'),
      },
    },

    clocks: {
      mediate: {
        name: ['委派调解期限', 'Mediation before filing'],
        binds: 'mediator',
        starts: 'accept-assignment',
        stops: ['agree', 'end-without'],
        when: { beforeFiling: true },
        limit: { days: 30 },
        longer: { by: 'extend', field: 'newDays', article: invited(27, '双方当事人同意延长调解期限') },
        late: ['期限届满未达成协议的，终止调解，转立案。', 'Without agreement by then the mediation ends and the case goes to filing.'],
        article: invited(27, '调解期限为30日'),
      },
      'mediate-entrusted': {
        name: ['委托调解期限', 'Mediation after filing'],
        binds: 'mediator',
        starts: 'accept-assignment',
        stops: ['agree', 'end-without'],
        when: { beforeFiling: false },
        limit: [{ when: { trialProcedure: 'summary' }, days: 7, article: invited(27, '适用简易程序的调解期限') }, { days: 15 }],
        longer: { by: 'extend', field: 'newDays', article: invited(27, '延长的调解期限不计入审理期限') },
        late: ['期限届满未达成协议的，转入审判程序。', 'Without agreement by then the trial goes on.'],
        article: invited(27, '适用普通程序的调解期限为15日'),
      },
      confirm: {
        name: ['申请司法确认的期限', 'Time to apply for confirmation'],
        binds: 'party',
        starts: 'agree',
        stops: ['apply-confirmation'],
        when: { beforeFiling: true },
        limit: { days: 30 },
        window: true,
        late: ['不能再申请司法确认，协议仍有约束力。', 'Confirmation can no longer be had; the agreement binds all the same.'],
        article: mediation(33, '自调解协议生效之日起三十日内'),
      },
    },

    asks: { mediatorInForce: { register: 'mediators', key: 'mediator' } },
  },
)
