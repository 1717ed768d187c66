import { date, longText } from '#engine/field.ts'
import { documents } from './documents.ts'
import { facts, guards } from './guards.ts'
import { paper, statute } from '#engine/citation.ts'
import { preTrialMediationUntil2021 as before } from './definition.until-2021-12-31.ts'
import { procedure } from '#engine/definition.ts'

const online = (article: number | string) => ({ ...paper('人民法院在线调解规则', 'unverified'), article: String(article) })
const invited = statute('最高人民法院关于人民法院特邀调解的规定', '2016-06-28')
const civil = statute('民事诉讼法', '2023-09-01')

/** 诉前调解 since the rules on online mediation (人民法院在线调解规则, from 2022-01-01), which prevail where they differ. */
export const preTrialMediation = procedure(
  { guards, facts, documents },
  {
    ...before,
    inForce: { from: '2022-01-01' },
    basis: [invited(11, '登记立案前'), civil(125, '适宜调解的，先行调解'), online(24)],
    steps: {
      ...before.steps,
      intake: { ...before.steps.intake, article: [civil(125, '适宜调解的，先行调解'), invited(11)] },
      'request-appointment': {
        name: ['请求人民法院指定调解员', 'Ask the court to appoint the mediator'],
        by: ['party', 'court'],
        from: ['consented'],
        on: 'requestedOn',
        input: { requestedOn: date('收到请求之日', 'Request received on') },
        article: online('10(3)'),
      },
      'begin-appraisal': {
        name: ['诉前鉴定开始', 'Pre-suit appraisal begins'],
        by: 'court',
        from: ['mediating'],
        on: 'appraisalFrom',
        input: { appraisalFrom: date('鉴定开始日期', 'Appraisal begins on'), matter: longText('鉴定事项', 'Matter') },
        article: online(26),
      },
      'end-appraisal': {
        name: ['诉前鉴定结束', 'Pre-suit appraisal ends'],
        by: 'court',
        from: ['mediating'],
        on: 'appraisalUntil',
        input: { appraisalUntil: date('鉴定结束日期', 'Appraisal ends on') },
        article: online(26),
      },
    },
    clocks: {
      ...before.clocks,
      mediate: {
        ...before.clocks.mediate,
        // 第二十六条 is a rule on mediation online.
        paused: [{ from: { step: 'begin-appraisal', when: { online: true } }, until: ['end-appraisal'], article: online(26) }],
      },
      choose: {
        name: ['协商选定调解员', 'Parties choose the mediator'],
        binds: 'party',
        starts: 'consent',
        stops: ['choose-mediator', 'request-appointment', 'to-filing'],
        when: { online: true },
        limit: { workingDays: 2 },
        late: ['由人民法院指定。', 'The court appoints one.'],
        article: online('10(2)'),
      },
      assign: {
        name: ['指定调解员', 'Court appoints the mediator'],
        binds: 'court',
        starts: 'request-appointment',
        stops: ['choose-mediator', 'to-filing'],
        when: { online: true },
        limit: { workingDays: 3 },
        late: ['催促指定。', 'To be urged.'],
        article: online('10(3)'),
      },
      accept: {
        name: ['调解员确认接收', 'Mediator accepts'],
        binds: 'mediator',
        starts: 'choose-mediator',
        stops: ['accept-assignment', 'to-filing'],
        when: { online: true },
        limit: { workingDays: 3 },
        late: ['重新指定调解员。', 'Another mediator is appointed.'],
        article: online(12),
      },
    },
  },
)
