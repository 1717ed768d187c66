import { date, longText } from '#engine/field.ts'
import { documents } from './documents.ts'
import { facts, guards } from './guards.ts'
import { paper, statute } from '#engine/citation.ts'
import { preTrialMediationUntil2021 as before } from './definition.until-2021-12-31.ts'
import { procedure } from '#engine/definition.ts'

const online = (article: number | string) => ({ ...paper('人民法院在线调解规则', 'unverified'), article: String(article) })
const civil = statute('民事诉讼法', '2023-09-01')

/** 诉前调解 since the rules on online mediation (人民法院在线调解规则, from 2022-01-01), which prevail where they differ. */
export const preTrialMediation = procedure(
  { guards, facts, documents },
  {
    ...before,
    inForce: { from: '2022-01-01' },
    basis: [...before.basis, civil(125, '适宜调解的，先行调解'), online(24)],
    steps: {
      ...before.steps,
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
        paused: [{ from: 'begin-appraisal', until: ['end-appraisal'], article: online(26) }],
      },
      choose: {
        name: ['协商选定调解员', 'Parties choose the mediator'],
        binds: 'party',
        starts: 'consent',
        stops: ['choose-mediator', 'to-filing'],
        when: { online: true },
        limit: { workingDays: 2 },
        late: ['由人民法院指定。', 'The court appoints one.'],
        article: online('10(2)'),
      },
      assign: {
        name: ['指定调解员', 'Court appoints the mediator'],
        binds: 'court',
        starts: 'consent',
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
