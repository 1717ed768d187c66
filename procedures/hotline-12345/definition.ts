import { choice, instant, longText, optional, text } from '#engine/field.ts'
import { documents } from './documents.ts'
import { facts, guards } from './guards.ts'
import { hotlineUntil2020 as before } from './definition.until-2020-12-27.ts'
import { local, paper, statute } from '#engine/citation.ts'
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
    guide: {
      about: {
        words: [
          '对政府工作的咨询、求助、投诉、举报和建议，由热线统一受理，派给有权的单位办理，并答复、回访；回访对结果和态度分别评价。',
          'Questions, requests for help, complaints, reports and suggestions are taken in by the hotline, sent to the organ that has the power, answered and followed up; the result and the attitude are evaluated apart.',
        ],
        article: [notice, business(49, '受理有关营商环境的投诉和举报')],
      },
      audience: [
        {
          words: [
            '任何人和任何单位，可以匿名，也可以要求身份保密；要求答复的须留下联系方式。',
            'Any person and any organisation, also without a name or with the name kept confidential; whoever wants a reply leaves a way to be reached.',
          ],
          article: local,
        },
        {
          words: [
            '应当通过诉讼、仲裁、纪检监察、信息公开等途径解决的事项，热线不受理，会告知应走的途径。',
            'What belongs to the courts, arbitration, discipline inspection or disclosure is not taken in; the proper way is named.',
          ],
          article: notice,
        },
      ],
      online: {
        as: 'caller',
        opens: 'accept',
        steps: {
          accept: { sets: { channel: 'web' }, left: ['urgency', 'topic', 'topicName', 'exclusion', 'organComplainedOf'] },
          'call-back': { sets: { calledBackBy: 'online', reached: true } },
        },
        documents: ['receipt', 'reply', 'refusal-notice'],
      },
      fee: { words: ['不收费（拨打电话的通信费除外）。', 'Free of charge, but for the telephone call itself.'], article: local },
      remedies: [
        {
          words: [
            '对答复不满意且问题没有解决的，回访时说明，可以退回重办一次；再次不满意的，由督办人员督办。',
            'Whoever is dissatisfied and whose matter is not solved says so when called back: the order can be sent back once; after a second time it is supervised.',
          ],
          article: notice,
        },
      ],
    },
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
