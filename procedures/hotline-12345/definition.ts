import { choice, instant, longText, optional, text } from '#engine/field.ts'
import { documents } from './documents.ts'
import { facts, guards } from './guards.ts'
import { hotlineUntil2020 as before } from './definition.until-2020-12-27.ts'
import { paper, statute } from '#engine/citation.ts'
import { procedure } from '#engine/definition.ts'

const notice = paper('国办发〔2020〕53号')
const business = statute('优化营商环境条例', '2019-10-22')
const { accept, 'call-back': callBack } = before.steps

/**
 * 12345热线与网络问政 since 国办发〔2020〕53号 (2020-12-28): a list of what is not accepted, an evaluation of both the result and the attitude,
 * supervision. The days remain the place's own.
 */
export const hotline = procedure(
  { guards, facts, documents },
  {
    ...before,
    inForce: { from: '2020-12-28' },
    basis: [notice, business(48), business(49), ...before.basis],
    posts: { ...before.posts, supervisor: { name: ['督办人员', 'Supervisor'], organ: 'gov-office' } },
    steps: {
      ...before.steps,
      accept: {
        ...accept,
        input: {
          ...accept.input,
          exclusion: optional(choice('不属受理范围的情形', 'Excluded because', before.steps.refuse.input.ground.options)),
        },
        guards: ['excluded', ...accept.guards],
        article: notice,
      },
      'answer-directly': { ...before.steps['answer-directly'], article: notice },
      'refuse-at-once': { ...before.steps['refuse-at-once'], article: notice },
      refuse: { ...before.steps.refuse, article: notice },
      'transfer-at-once': { ...before.steps['transfer-at-once'], article: notice },
      'transfer-emergency': { ...before.steps['transfer-emergency'], article: notice },
      dispatch: { ...before.steps.dispatch, article: notice },
      reply: { ...before.steps.reply, article: notice },
      'call-back': {
        ...callBack,
        input: {
          ...callBack.input,
          attitude: optional(
            choice('工作人员态度', 'Attitude of the staff', { good: ['好', 'good'], fair: ['一般', 'fair'], poor: ['差', 'poor'] }),
          ),
        },
        guards: [...callBack.guards, 'solved-missing'],
        article: [notice, ...[callBack.article].flat()],
      },
      rework: { ...before.steps.rework, article: notice },
      close: { ...before.steps.close, article: notice },
      supervise: {
        name: ['督办', 'Supervise'],
        by: 'supervisor',
        from: ['dispatched', 'returned', 'in-hand', 'waiting-caller', 'evaluated'],
        // A caller twice dissatisfied has an order that was answered already: supervision puts it in hand again, or nothing could follow.
        to: { by: 'supervisionGround', is: { late: 'stays', 'second-dissatisfaction': 'in-hand', 'head-order': 'stays' } },
        on: 'supervisedAt',
        input: {
          supervisedAt: instant('督办时间', 'Supervised at'),
          supervisionGround: choice('督办事由', 'Ground', {
            late: ['超期未办结', 'late'],
            'second-dissatisfaction': ['再次不满意', 'dissatisfied a second time'],
            'head-order': ['领导批示', "head's order"],
          }),
          supervisionLetter: longText('督办要求', 'What is demanded'),
          supervisionBasis: optional(text('批示或依据', 'Order or basis')),
        },
        guards: ['no-ground-for-supervision'],
        produces: ['supervision'],
        article: notice,
      },
    },
    clocks: {
      ...before.clocks,
      supervised: {
        name: ['督办时限', 'Supervised'],
        binds: 'organ-head',
        starts: 'supervise',
        stops: ['reply', 'merge'],
        limit: { workingDays: 3 },
        late: ['予以通报。', 'Named in a notice.'],
        article: before.clocks.handle.article,
      },
    },
  },
)
