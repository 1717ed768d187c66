import type { Indicators } from '#engine/indicator.ts'
import type { When } from '#engine/definition.ts'

/** A praise is in no measure of satisfaction: neither above nor below the line. */
const notPraise: When = { kind: ['consultation', 'help', 'complaint', 'report', 'suggestion'] }

const ANSWERED = ['reply', 'answer-directly']
const LEAVES_ACCEPTED = ['answer-directly', 'dispatch', 'merge', 'refuse', 'transfer-emergency']

/** Figures of the hotline. Every rate is computed from counts, never typed. */
export const indicators = {
  indicators: {
    accepted: {
      name: ['受理件数', 'Orders accepted'],
      formula: { count: 'accept' },
      note: ['各渠道，含并单；不含未受理即不予受理的', 'all channels, merged ones included; those refused at once are not'],
    },
    // Five calls of one person on one matter are five orders where they are not merged: orders and callers are stated together.
    callers: {
      name: ['诉求人数', 'Callers'],
      formula: { count: 'accept', distinct: 'caller' },
      note: [
        '含并单的诉求人；匿名受理的另见“匿名受理件数”',
        'those of merged orders included; how many orders are anonymous is stated apart',
      ],
    },
    'accepted-anonymously': {
      name: ['匿名受理件数', 'Orders accepted from anonymous callers'],
      formula: { count: 'accept', where: { anonymous: true } },
    },
    'accepted-by-township': {
      name: ['各镇街受理件数', 'Orders accepted, by township'],
      formula: { count: 'accept', each: { input: 'place.township' } },
      note: ['没有发生地点的另列', 'those without a place are a group of their own'],
    },
    inhabitants: { name: ['各镇街常住人口', 'Inhabitants, by township'], formula: { values: 'populations', field: 'inhabitants' } },
    'orders-per-1000-inhabitants': {
      name: ['各镇街每千人受理件数', 'Orders per 1,000 inhabitants, by township'],
      formula: { ratio: ['accepted-by-township', 'inhabitants'], per: 1000 },
      note: ['没有登记人口的镇街不计算', 'not reckoned where the population is not known'],
    },

    // Where the orders of the period went. As stocks at both ends, so that an order that changes course (dispatched, then merged) moves with it.
    direct: {
      name: ['直接答复', 'Answered directly'],
      formula: {
        minus: [
          { asOf: 'end', since: 'answer-directly', until: [] },
          { asOf: 'start', since: 'answer-directly', until: [] },
        ],
      },
    },
    dispatched: {
      name: ['派单办理', 'Dispatched'],
      formula: {
        minus: [
          { asOf: 'end', since: 'dispatch', until: ['merge'] },
          { asOf: 'start', since: 'dispatch', until: ['merge'] },
        ],
      },
      note: ['派单后又并单的，计入并单', 'one dispatched and merged afterwards counts as merged'],
    },
    merged: { name: ['并单', 'Merged'], formula: { count: 'merge' } },
    'refused-after-acceptance': { name: ['受理后不予受理', 'Refused after acceptance'], formula: { count: 'refuse' } },
    transferred: { name: ['转紧急救助', 'Handed to emergency services'], formula: { count: 'transfer-emergency' } },
    'awaiting-at-start': {
      name: ['期初待处理', 'Awaiting at the start'],
      formula: { asOf: 'start', since: 'accept', until: LEAVES_ACCEPTED },
    },
    'awaiting-at-end': { name: ['期末待处理', 'Awaiting at the end'], formula: { asOf: 'end', since: 'accept', until: LEAVES_ACCEPTED } },
    'still-accepted': {
      name: ['尚待处理', 'Still accepted'],
      formula: { minus: ['awaiting-at-end', 'awaiting-at-start'] },
      note: ['期末减期初', 'at the end less those at the start'],
    },
    'refused-at-once': { name: ['未受理即不予受理', 'Refused at once'], formula: { count: 'refuse-at-once' } },
    'direct-answer-rate': { name: ['直接答复率', 'Direct answer rate'], formula: { ratio: ['direct', 'accepted'] } },

    // On time is judged by the instant at which the reply was approved. Orders merged, refused or handed over stop the clock without a reply.
    'replied-in-time': {
      name: ['按期答复', 'Replied in time'],
      formula: { clock: 'handle', is: 'in-time', by: ANSWERED },
      note: ['并单、不予受理、转紧急救助的不在内', 'orders merged, refused or handed over are not among them'],
    },
    'replied-late': { name: ['逾期答复', 'Replied late'], formula: { clock: 'handle', is: 'late', by: ANSWERED } },
    overdue: { name: ['期末超期未答复', 'Overdue at the end'], formula: { clock: 'handle', is: 'overdue' } },
    'on-time': {
      name: ['按期办结率', 'On-time rate'],
      formula: { ratio: ['replied-in-time', { sum: ['replied-in-time', 'replied-late', 'overdue'] }] },
    },

    answered: { name: ['答复件次', 'Replies, praise included'], formula: { count: ANSWERED } },
    replied: {
      name: ['答复件次（不含表扬）', 'Replies'],
      formula: { count: ANSWERED, whereCase: notPraise },
      note: ['重办后的答复另计一次', 'a reply after rework counts again'],
    },
    anonymous: {
      name: ['匿名（不回访）', 'Anonymous, not called back'],
      formula: { count: ANSWERED, whereCase: { ...notPraise, anonymous: true } },
    },
    unreached: {
      name: ['未联系上', 'Unreached'],
      formula: {
        sum: [
          { count: 'call-back', where: { reached: false }, whereCase: notPraise },
          { count: 'message-unanswered', whereCase: notPraise },
        ],
      },
    },
    satisfied: { name: ['满意', 'Satisfied'], formula: { count: 'call-back', where: { satisfaction: 'satisfied' }, whereCase: notPraise } },
    basically: {
      name: ['基本满意', 'Basically satisfied'],
      formula: { count: 'call-back', where: { satisfaction: 'basically' }, whereCase: notPraise },
      note: ['计入满意，另行列出', 'counted as satisfied, shown apart'],
    },
    dissatisfied: {
      name: ['不满意', 'Dissatisfied'],
      formula: { count: 'call-back', where: { satisfaction: 'dissatisfied' }, whereCase: notPraise },
    },
    evaluated: {
      name: ['评价件次', 'Evaluated'],
      formula: { sum: ['satisfied', 'basically', 'dissatisfied'] },
      note: ['未联系上的和匿名的不在内', 'neither unreached nor anonymous'],
    },
    satisfaction: { name: ['满意率', 'Satisfaction'], formula: { ratio: [{ sum: ['satisfied', 'basically'] }, 'evaluated'] } },
    participation: { name: ['参评率', 'Participation'], formula: { ratio: ['evaluated', { minus: ['replied', 'anonymous'] }] } },
    solved: {
      name: ['评价为已解决', 'Evaluated as solved'],
      formula: { count: 'call-back', where: { reached: true, solved: 'yes' }, whereCase: notPraise },
    },
    'solved-rate': { name: ['解决率', 'Solved rate'], formula: { ratio: ['solved', 'evaluated'] } },

    dispatches: { name: ['派单次数', 'Dispatches'], formula: { count: ['dispatch', 'decide-dispute'] } },
    returned: { name: ['退单次数', 'Returns'], formula: { count: 'return' } },
    'return-rate': { name: ['退单率', 'Return rate'], formula: { ratio: ['returned', 'dispatches'] } },
    'dispatches-by-organ': {
      name: ['各单位派单次数', 'Dispatches, by organ'],
      formula: { count: ['dispatch', 'decide-dispute'], each: { input: 'organ' } },
    },
    'returned-by-organ': {
      name: ['各单位退单次数', 'Returns, by organ'],
      formula: { count: 'return', each: { taker: 'organ' } },
      note: ['以退单的单位计，不论后来派给谁', 'of the organ that returned it, wherever it went afterwards'],
    },
    'return-rate-by-organ': {
      name: ['各单位退单率', 'Return rate, by organ'],
      formula: { ratio: ['returned-by-organ', 'dispatches-by-organ'] },
    },
    disputes: { name: ['派单争议裁定', 'Disputes ruled on'], formula: { count: 'decide-dispute' } },
    closed: { name: ['归档件数', 'Closed'], formula: { count: 'close', distinctCases: true } },
    reopened: { name: ['重启件数', 'Reopened'], formula: { count: 'reopen', distinctCases: true } },
    'reopen-rate': { name: ['重启率', 'Reopen rate'], formula: { ratio: ['reopened', 'closed'] } },
    reworked: { name: ['重办件数', 'Sent back'], formula: { count: 'rework', distinctCases: true } },
    'rework-rate': { name: ['重办率', 'Rework rate'], formula: { ratio: ['reworked', 'evaluated'] } },
    extended: { name: ['延期件数', 'Extended'], formula: { count: 'extend', distinctCases: true } },
    supervised: { name: ['督办件数', 'Supervised'], formula: { count: 'supervise', distinctCases: true } },
    'orders-traced': { name: ['纳入溯源工单', 'Orders covered by source cases'], formula: { count: 'trace', distinctCases: true } },
    'in-hand': {
      name: ['期末未答复', 'Not answered at the end'],
      formula: { asOf: 'end', since: 'accept', until: [...ANSWERED, 'refuse', 'transfer-emergency', 'merge'] },
    },
  },
  statements: {
    satisfaction: {
      name: ['满意率', 'Satisfaction'],
      figures: {
        evaluated: { is: 'evaluated' },
        satisfaction: { is: 'satisfaction', as: 'percent' },
        participation: { is: 'participation', as: 'percent' },
        basically: { is: 'basically' },
        unreached: { is: 'unreached' },
        anonymous: { is: 'anonymous' },
      },
      printed: 'satisfaction',
    },
    accepted: {
      name: ['受理件数及去向', 'Orders accepted, and where they went'],
      figures: {
        accepted: { is: 'accepted' },
        callers: { is: 'callers' },
        direct: { is: 'direct' },
        dispatched: { is: 'dispatched' },
        merged: { is: 'merged' },
        refusedAfterAcceptance: { is: 'refused-after-acceptance' },
        transferred: { is: 'transferred' },
        stillAccepted: { is: 'still-accepted' },
        accountedFor: { is: { sum: ['direct', 'dispatched', 'merged', 'refused-after-acceptance', 'transferred', 'still-accepted'] } },
        directAnswerRate: { is: 'direct-answer-rate', as: 'percent' },
      },
      identities: {
        'accepted-does-not-add-up': [
          'accepted',
          { sum: ['direct', 'dispatched', 'merged', 'refused-after-acceptance', 'transferred', 'still-accepted'] },
        ],
      },
    },
    'direct-answer-rate': {
      name: ['直接答复率', 'Direct answer rate'],
      figures: { computed: { is: 'direct-answer-rate', as: 'percent' } },
      printed: 'direct-answer-rate',
    },
    'on-time': {
      name: ['按期办结率', 'On-time rate'],
      figures: {
        computed: { is: 'on-time', as: 'percent' },
        onTime: { is: 'on-time', as: 'percent' },
        late: { is: { sum: ['replied-late', 'overdue'] } },
      },
      printed: 'on-time',
    },
    'solved-rate': {
      name: ['解决率', 'Solved rate'],
      figures: { computed: { is: 'solved-rate', as: 'percent' }, evaluated: { is: 'evaluated' } },
      within: { 'solved-exceeds-evaluated': ['solved', 'evaluated'] },
      printed: 'solved-rate',
    },
    participation: {
      name: ['参评率', 'Participation'],
      figures: { computed: { is: 'participation', as: 'percent' } },
      printed: 'participation',
    },
    'return-rate': { name: ['退单率', 'Return rate'], figures: { computed: { is: 'return-rate', as: 'percent' } }, printed: 'return-rate' },
    'reopen-rate': { name: ['重启率', 'Reopen rate'], figures: { computed: { is: 'reopen-rate', as: 'percent' } }, printed: 'reopen-rate' },
    'rework-rate': { name: ['重办率', 'Rework rate'], figures: { computed: { is: 'rework-rate', as: 'percent' } }, printed: 'rework-rate' },
  },
} satisfies Indicators
