import type { Move, Story, Value, YearPlan } from '#engine/year.ts'

type Weights = readonly (readonly [value: string, weight: number])[]

/** Matters of some place in the district: noise here, a broken road there. These may recur. */
const placedTopics: Weights = [
  ['environment.noise', 70],
  ['environment.air', 46],
  ['environment.water-pollution', 16],
  ['environment.solid-waste', 12],
  ['environment.straw', 8],
  ['environment.land', 22],
  ['construction.property', 96],
  ['construction.housing-quality', 30],
  ['construction.demolition', 34],
  ['construction.heating-gas', 10],
  ['construction.night-work', 40],
  ['construction.illegal-building', 44],
  ['construction.street-vending', 40],
  ['construction.waste-collection', 42],
  ['construction.lighting', 20],
  ['construction.greening', 14],
  ['construction.advertising', 8],
  ['construction.parking', 44],
  ['construction.manhole', 34],
  ['construction.water-supply', 36],
  ['construction.drainage', 28],
  ['construction.river', 12],
  ['transport.rural-road', 26],
  ['transport.signals', 18],
  ['commerce.elevator', 18],
  ['security.public-order', 20],
  ['security.fire', 16],
  ['security.work-safety', 8],
  ['security.fireworks', 6],
  ['health.sanitation', 10],
  ['administration.village-affairs', 24],
  ['administration.homestead', 22],
]

/** Matters between a person and an organ, of no particular place. */
const serviceTopics: Weights = [
  ['social.wages', 90],
  ['social.employment', 22],
  ['social.pension', 40],
  ['social.work-injury', 16],
  ['social.labour-dispute', 34],
  ['social.medical-insurance', 44],
  ['social.low-income', 26],
  ['social.elderly-care', 8],
  ['social.disability', 12],
  ['social.veterans', 12],
  ['culture.school-admission', 46],
  ['culture.school-fees', 18],
  ['culture.training', 30],
  ['culture.kindergarten', 16],
  ['culture.tourism', 8],
  ['culture.venues', 6],
  ['health.epidemic', 88],
  ['health.hospital', 26],
  ['health.birth', 8],
  ['environment.real-estate-registration', 20],
  ['environment.planning', 10],
  ['construction.presale', 40],
  ['transport.bus', 22],
  ['transport.taxi', 24],
  ['transport.overload', 8],
  ['commerce.consumer', 110],
  ['commerce.food', 40],
  ['commerce.drugs', 14],
  ['commerce.price', 36],
  ['commerce.prepaid', 40],
  ['finance.tax', 14],
  ['finance.illegal-fundraising', 6],
  ['finance.subsidies', 16],
  ['security.household', 22],
  ['security.fraud', 14],
  ['justice.mediation', 6],
  ['administration.service-hall', 22],
  ['administration.agriculture', 18],
  ['administration.business-environment', 8],
  ['administration.credit', 6],
  ['other.miscellaneous', 30],
]

/** What an agent can answer from the knowledge base: each has an entry in force. */
const knownTopics: Weights = [
  ['social.medical-insurance', 20],
  ['social.pension', 14],
  ['social.social-card', 10],
  ['social.employment', 8],
  ['social.low-income', 6],
  ['culture.school-admission', 14],
  ['health.epidemic', 34],
  ['health.vaccination', 8],
  ['environment.real-estate-registration', 8],
  ['commerce.registration', 8],
  ['commerce.consumer', 14],
  ['finance.tax', 5],
  ['security.household', 12],
  ['justice.legal-aid', 6],
  ['administration.service-hall', 10],
  ['administration.marriage', 6],
  ['transport.bus', 8],
]

/** Where two organs may honestly think the other one competent: the directory names one of these, the return another. */
const disputedTopics: Weights = [
  ['environment.noise', 40],
  ['environment.air', 26],
  ['environment.land', 20],
  ['environment.water-pollution', 10],
  ['construction.river', 10],
  ['construction.drainage', 16],
  ['transport.rural-road', 10],
]

const organOfTheTopic: Value = { entryOf: 'duty-directory', where: { key: 'topic' }, field: 'organ' }

const channel: Value = {
  pick: [
    ['phone', 40],
    ['wechat', 20],
    ['web', 19],
    ['app', 9],
    ['letterbox', 6],
    ['transferred', 5],
    ['sms', 1],
  ],
}

/** How an order begins; `of` says what is asked and by whom. */
function accept(topics: Weights, kind: Value, of: { anonymous?: true; confidential?: true; urgent?: true; placed?: true } = {}): Move {
  return {
    step: 'accept',
    by: 'agent',
    input: {
      acceptedAt: { instantOfStep: 0 },
      channel,
      kind,
      urgency: of.urgent ? 'urgent' : 'normal',
      topic: { pick: topics },
      topicName: { entryOf: 'duty-directory', where: { key: 'topic' }, field: 'name' },
      ...(of.placed ? { place: { placeIn: 'district' } } : {}),
      // Not every complaint is against a firm, nor does every caller know which.
      subject: { maybe: 0.3, is: { invented: 'subject' }, when: { kind: ['complaint', 'report'] } },
      content: {
        pick: [
          [{ words: '（演示）反映{topicName}方面的问题，希望核实处理并答复。' }, 5],
          [{ words: '（演示）来电询问{topicName}的有关规定，并请责任单位联系。' }, 2],
          [{ words: '（演示）{topicName}问题长期没有解决，请尽快办理。' }, 3],
        ],
      },
      points: ['（演示）请核实并处理'],
      anonymous: of.anonymous === true,
      ...(of.anonymous ? {} : { caller: { invented: 'party' } }),
      wantsReply: of.anonymous !== true,
      confidential: of.confidential === true,
    },
  }
}

/** The centre and the liaisons are on duty round the clock, for the hours run through the night. */
function dispatch(of: { callerNamed: boolean; minutes?: readonly [number, number] }): Move {
  return {
    step: 'dispatch',
    after: { minutes: of.minutes ?? [4, 170], anyTime: true },
    input: { dispatchedAt: { instantOfStep: 0 }, organ: organOfTheTopic, coHandled: false, callerNamed: of.callerNamed },
  }
}

const sign: Move = {
  step: 'sign',
  after: { minutes: [5, 210], anyTime: true },
  organFrom: 'organ',
  input: { signedAt: { instantOfStep: 0 } },
}

/** Named orders go on with the caller's name, confidential and anonymous ones without. */
const toOrgan: readonly Move[] = [dispatch({ callerNamed: true }), sign]
const toOrganUnnamed: readonly Move[] = [dispatch({ callerNamed: false }), sign]
const toOrganUrgently: readonly Move[] = [
  dispatch({ callerNamed: true, minutes: [2, 25] }),
  { ...sign, after: { minutes: [2, 26], anyTime: true } },
]

const contact: Move = {
  step: 'contact',
  after: { hours: [1, 9] },
  organFrom: 'organ',
  input: {
    contactedAt: { instantOfStep: 0 },
    contactedHow: {
      pick: [
        ['phone', 8],
        ['visit', 1],
        ['message', 1],
      ],
    },
    contactReached: {
      pick: [
        [true, 93],
        [false, 7],
      ],
    },
  },
}

const reply: Move = {
  step: 'reply',
  after: { beforeDue: 'handle', workingDays: [0, 3] },
  organFrom: 'organ',
  input: {
    repliedAt: { instantOfStep: 0 },
    reply: { words: '（演示）经核实，{topicName}问题的情况属实，已依职责处理。' },
    measures: '（演示）已督促落实并向诉求人说明。',
    answers: [{ record: { point: 1, answer: '（演示）已核实处理。' } }],
    outcome: {
      pick: [
        ['solved', 66],
        ['partly', 12],
        ['explained', 16],
        ['unfounded', 3],
        ['referred', 3],
      ],
    },
    basis: '（演示）有关法律、法规和政策规定。',
    evidence: [{ file: '办理情况.jpg' }],
    approvedBy: { invented: 'official' },
    publicReply: { maybe: 1, is: { words: '（演示）关于{topicName}的建议已研究采纳，将纳入年度工作。' }, when: { kind: 'suggestion' } },
  },
}

/** Within a working day of signing: the reply is the contact. */
const replySoon: Move = { ...reply, after: { hours: [2, 14] } }
const replyOnTheLastDay: Move = { ...reply, after: { beforeDue: 'handle', workingDays: [0, 0] } }
const replyLate: Move = { ...reply, after: { afterDue: 'handle', days: [1, 6] } }

const evaluation: Move['input'] = {
  calledBackAt: { instantOfStep: 0 },
  calledBackBy: {
    pick: [
      ['phone', 5],
      ['message', 4],
      ['online', 1],
    ],
  },
  reached: true,
  satisfaction: {
    pick: [
      ['satisfied', 871],
      ['basically', 119],
      ['dissatisfied', 10],
    ],
  },
  // Independent of each other: a caller may be content with the answer though nothing could be done, or discontent with the manner of it.
  solved: {
    pick: [
      ['yes', 84],
      ['partly', 12],
      ['no', 4],
    ],
  },
}

const callBack: Move = { step: 'call-back', after: { workingDays: [1, 3] }, by: 'callback-officer', input: evaluation }
/** Who was answered at once is asked by a message. */
const callerEvaluates: Move = {
  step: 'call-back',
  after: { hours: [1, 30], anyTime: true },
  by: 'caller',
  input: { ...evaluation, calledBackBy: 'message' },
}
const dissatisfied: Move = {
  ...callBack,
  input: {
    ...evaluation,
    satisfaction: 'dissatisfied',
    solved: {
      pick: [
        ['no', 7],
        ['partly', 3],
      ],
    },
    opinion: '（演示）问题没有解决。',
  },
}
const close: Move = { step: 'close', after: { workingDays: [0, 2] }, by: 'callback-officer', input: { closedOn: { dayOfStep: 0 } } }

const answer: Move = {
  step: 'answer-directly',
  after: { minutes: [1, 40], anyTime: true },
  input: {
    answeredAt: { instantOfStep: 0 },
    answer: { words: '（演示）已按知识库答复{topicName}的办理方式。' },
    knowledgeEntry: { entryOf: 'knowledge', where: { topic: 'topic' } },
  },
}
const thanks: Move = { ...answer, input: { answeredAt: { instantOfStep: 0 }, answer: '（演示）感谢您的意见，已转有关单位知悉。' } }

const giveBack: Move = {
  step: 'return',
  after: { minutes: [15, 200], anyTime: true },
  organFrom: 'organ',
  input: {
    returnedAt: { instantOfStep: 0 },
    returnReason: {
      pick: [
        ['no-power', 8],
        ['wrong-place', 2],
      ],
    },
    suggestedOrgan: {
      pick: [
        ['urban-management', 6],
        ['housing', 3],
        ['agriculture', 1],
      ],
    },
    returnNote: '（演示）经核对职责清单，不属于本单位职责。',
  },
}
const dispatchElsewhere: Move = {
  step: 'dispatch',
  after: { minutes: [10, 180], anyTime: true },
  input: {
    dispatchedAt: { instantOfStep: 0 },
    organ: { field: 'suggestedOrgan' },
    coHandled: false,
    dispatchReason: '（演示）原承办单位退单，理由成立，改派。',
    callerNamed: true,
  },
}
const giveBackAgain: Move = { ...giveBack, input: { ...giveBack.input, suggestedOrgan: organOfTheTopic } }
const rule: Move = {
  step: 'decide-dispute',
  after: { minutes: [30, 200], anyTime: true },
  input: {
    ruledAt: { instantOfStep: 0 },
    organ: { field: 'suggestedOrgan' },
    rulingReason: '（演示）按职责清单和首接负责的要求。',
    directoryProposal: { words: '（演示）明确{topicName}的责任单位。' },
  },
}

const ask: Move = {
  step: 'ask-more',
  after: { hours: [1, 6] },
  organFrom: 'organ',
  input: { askedAt: { instantOfStep: 0 }, question: '（演示）请补充具体地点和时间。', whyNeeded: '（演示）缺少地点无法核查。' },
}
const extend: Move = {
  step: 'extend',
  after: { beforeDue: 'handle', workingDays: [0, 1] },
  input: {
    approvedAt: { instantOfStep: 0 },
    days: {
      pick: [
        [2, 2],
        [3, 4],
        [5, 4],
      ],
    },
    extensionReason: '（演示）需要多部门现场核查。',
    requestedBy: { invented: 'official' },
    callerTold: true,
  },
}

/** Matters of a place are mostly complaints; with an organ one asks for help. */
const ofPlace: Value = {
  pick: [
    ['complaint', 58],
    ['help', 34],
    ['suggestion', 8],
  ],
}
const ofService: Value = {
  pick: [
    ['help', 48],
    ['complaint', 46],
    ['suggestion', 6],
  ],
}

const allYear = ['01-01', '12-31'] as const
const ended: readonly Move[] = [callBack, close]

const placed = accept(placedTopics, ofPlace, { placed: true })
const served = accept(serviceTopics, ofService)

/**
 * The hotline in a year: 55,513 orders accepted (the report's volume). Those of the companions count as well: each order of `same-matter` is
 * joined by exactly one of `merged`. Carried-over orders, those refused and those handed over at once are not accepted in the year.
 * Who calls on the last days of December is answered in the next year.
 */
const stories: readonly Story[] = [
  // Answered at once: 12,240, or 22 %.
  { id: 'answered', quota: 9900, opens: allYear, moves: [accept(knownTopics, 'consultation'), answer, callerEvaluates, close] },
  {
    id: 'answered-anonymous',
    quota: 2000,
    opens: allYear,
    moves: [accept(knownTopics, 'consultation', { anonymous: true }), answer, close],
  },
  {
    id: 'thanked',
    quota: 340,
    opens: allYear,
    moves: [
      accept(
        [
          ['other.conduct', 3],
          ['administration.service-hall', 2],
          ['other.miscellaneous', 3],
        ],
        {
          pick: [
            ['praise', 3],
            ['suggestion', 2],
          ],
        },
      ),
      thanks,
      callerEvaluates,
      close,
    ],
  },

  // Consultations that an organ must answer, within a working day.
  {
    id: 'consulted',
    quota: 6900,
    opens: allYear,
    moves: [accept(serviceTopics, 'consultation'), ...toOrgan, replyOnTheLastDay, callBack, close],
  },
  {
    id: 'consulted-anonymous',
    quota: 900,
    opens: allYear,
    moves: [accept(serviceTopics, 'consultation', { anonymous: true }), ...toOrganUnnamed, replyOnTheLastDay, close],
  },

  { id: 'served-soon', quota: 5880, opens: allYear, moves: [served, ...toOrgan, replySoon, ...ended] },
  { id: 'served', quota: 4970, opens: allYear, moves: [served, ...toOrgan, contact, reply, ...ended] },
  {
    id: 'served-anonymous',
    quota: 2700,
    opens: allYear,
    moves: [accept(serviceTopics, ofService, { anonymous: true }), ...toOrganUnnamed, reply, close],
  },
  { id: 'placed-soon', quota: 4280, opens: allYear, moves: [placed, ...toOrgan, replySoon, ...ended] },
  { id: 'placed', quota: 3600, opens: allYear, moves: [placed, ...toOrgan, contact, reply, ...ended] },
  {
    id: 'placed-anonymous',
    quota: 1600,
    opens: allYear,
    moves: [accept(placedTopics, ofPlace, { placed: true, anonymous: true }), ...toOrganUnnamed, reply, close],
  },
  {
    id: 'reported',
    quota: 850,
    opens: allYear,
    moves: [accept(placedTopics, 'report', { placed: true, confidential: true }), ...toOrganUnnamed, contact, reply, ...ended],
  },
  {
    id: 'urgent',
    quota: 1180,
    opens: allYear,
    moves: [
      accept(
        [
          ['construction.water-supply', 5],
          ['construction.heating-gas', 2],
          ['construction.manhole', 2],
          ['commerce.elevator', 2],
          ['security.fire', 1],
        ],
        {
          pick: [
            ['help', 7],
            ['complaint', 3],
          ],
        },
        { urgent: true, placed: true },
      ),
      ...toOrganUrgently,
      { ...reply, after: { hours: [1, 21], anyTime: true } },
      ...ended,
    ],
  },

  // Late: about 1.5 %.
  { id: 'late', quota: 780, opens: allYear, moves: [served, ...toOrgan, contact, replyLate, ...ended] },
  {
    id: 'consulted-late',
    quota: 60,
    opens: allYear,
    moves: [accept(serviceTopics, 'consultation'), ...toOrgan, contact, replyLate, ...ended],
  },
  {
    id: 'urgent-late',
    quota: 17,
    opens: allYear,
    moves: [
      accept(
        [
          ['construction.water-supply', 1],
          ['construction.heating-gas', 1],
        ],
        'help',
        { urgent: true, placed: true },
      ),
      ...toOrganUrgently,
      contact,
      { ...reply, after: { hours: [26, 40], anyTime: true } },
      ...ended,
    ],
  },

  { id: 'extended', quota: 950, opens: allYear, moves: [placed, ...toOrgan, contact, extend, reply, ...ended] },
  {
    id: 'asked-and-answered',
    quota: 520,
    opens: allYear,
    moves: [
      served,
      ...toOrgan,
      contact,
      ask,
      {
        step: 'caller-answers',
        after: { workingDays: [1, 2] },
        by: 'caller',
        input: { supplementedAt: { instantOfStep: 0 }, supplement: '（演示）补充了地点和时间。' },
      },
      { ...reply, after: { workingDays: [1, 3] } },
      ...ended,
    ],
  },
  {
    id: 'asked-in-vain',
    quota: 230,
    opens: allYear,
    moves: [served, ...toOrgan, contact, ask, { ...reply, after: { workingDays: [5, 6] } }, ...ended],
  },
  {
    id: 'co-handled',
    quota: 280,
    opens: allYear,
    moves: [
      placed,
      {
        ...dispatch({ callerNamed: true }),
        input: {
          dispatchedAt: { instantOfStep: 0 },
          organ: organOfTheTopic,
          coHandled: true,
          coOrgans: ['development-zone'],
          callerNamed: true,
        },
      },
      sign,
      contact,
      {
        step: 'co-report',
        after: { workingDays: [1, 2] },
        organFrom: 'coOrgan',
        input: { coReportedAt: { instantOfStep: 0 }, coOrgan: 'development-zone', coOpinion: '（演示）已配合核查。' },
      },
      reply,
      ...ended,
    ],
  },
  // Two organs besides the one that leads; the second now and then reports late.
  {
    id: 'co-handled-by-two',
    quota: 120,
    opens: allYear,
    moves: [
      placed,
      {
        ...dispatch({ callerNamed: true }),
        input: {
          dispatchedAt: { instantOfStep: 0 },
          organ: organOfTheTopic,
          coHandled: true,
          coOrgans: ['development-zone', 'emergency'],
          callerNamed: true,
        },
      },
      sign,
      contact,
      {
        step: 'co-report',
        after: { workingDays: [1, 2] },
        organFrom: 'coOrgan',
        input: { coReportedAt: { instantOfStep: 0 }, coOrgan: 'development-zone', coOpinion: '（演示）已配合核查。' },
      },
      {
        step: 'co-report',
        after: { workingDays: [0, 1] },
        organFrom: 'coOrgan',
        input: { coReportedAt: { instantOfStep: 0 }, coOrgan: 'emergency', coOpinion: '（演示）已到场处置。' },
      },
      reply,
      ...ended,
    ],
  },

  {
    id: 'returned',
    quota: 900,
    opens: allYear,
    moves: [
      accept(disputedTopics, ofPlace, { placed: true }),
      dispatch({ callerNamed: true }),
      giveBack,
      dispatchElsewhere,
      sign,
      contact,
      reply,
      ...ended,
    ],
  },
  {
    id: 'disputed',
    quota: 85,
    opens: allYear,
    moves: [
      accept(disputedTopics, ofPlace, { placed: true }),
      dispatch({ callerNamed: true }),
      giveBack,
      dispatchElsewhere,
      giveBackAgain,
      rule,
      sign,
      contact,
      reply,
      ...ended,
    ],
  },

  // Discontent: sent back once; most are content then.
  {
    id: 'reworked',
    quota: 260,
    opens: allYear,
    moves: [
      placed,
      ...toOrgan,
      contact,
      reply,
      dissatisfied,
      {
        step: 'rework',
        after: { workingDays: [0, 1] },
        by: 'callback-officer',
        input: { reworkedAt: { instantOfStep: 0 }, reworkReason: '（演示）诉求人不满意且问题未解决。' },
      },
      { ...reply, after: { beforeDue: 'rework', workingDays: [0, 3] } },
      {
        ...callBack,
        input: {
          ...evaluation,
          satisfaction: {
            pick: [
              ['satisfied', 5],
              ['basically', 3],
              ['dissatisfied', 2],
            ],
          },
        },
      },
      close,
    ],
  },
  {
    id: 'reopened',
    quota: 130,
    opens: allYear,
    moves: [
      placed,
      ...toOrgan,
      contact,
      reply,
      callBack,
      close,
      {
        step: 'reopen',
        after: { days: [3, 25] },
        by: 'caller',
        input: { reopenedAt: { instantOfStep: 0 }, newFacts: '（演示）处理后问题再次出现。' },
      },
      { ...reply, after: { beforeDue: 'rework', workingDays: [0, 3] } },
      ...ended,
    ],
  },
  {
    id: 'unreached',
    quota: 700,
    opens: allYear,
    moves: [
      served,
      ...toOrgan,
      contact,
      reply,
      { step: 'try-call', after: { workingDays: [1, 1] }, input: { triedAt: { instantOfStep: 0 } } },
      { step: 'try-call', after: { workingDays: [1, 1] }, input: { triedAt: { instantOfStep: 0 } } },
      {
        step: 'call-back',
        after: { workingDays: [1, 1] },
        by: 'callback-officer',
        input: { calledBackAt: { instantOfStep: 0 }, calledBackBy: 'phone', reached: false },
      },
      close,
    ],
  },
  {
    id: 'silent',
    quota: 3620,
    opens: allYear,
    moves: [
      served,
      ...toOrgan,
      replySoon,
      { step: 'ask-by-message', after: { minutes: [3, 40], anyTime: true }, input: { messageSentAt: { instantOfStep: 0 } } },
      { ...close, after: { workingDays: [4, 6] } },
    ],
  },
  // Supervision came with the guidance of 28 December.
  {
    id: 'supervised',
    quota: 6,
    opens: ['12-28', '12-29'],
    moves: [
      placed,
      ...toOrgan,
      contact,
      {
        step: 'supervise',
        after: { hours: [1, 12] },
        input: {
          supervisedAt: { instantOfStep: 0 },
          supervisionGround: 'head-order',
          supervisionLetter: '（演示）请尽快核实办理并报告结果。',
          supervisionBasis: '（演示）区领导批示',
        },
      },
      { ...reply, after: { beforeDue: 'supervised', workingDays: [0, 2] } },
      ...ended,
    ],
  },

  // Two callers, one matter. Both are accepted; the second joins the first.
  {
    id: 'same-matter',
    quota: 640,
    opens: ['01-01', '12-20'],
    must: [{ step: 'reply' }],
    companions: { story: 'merged', chance: 1, most: 1, between: ['dispatch', 'reply'] },
    moves: [placed, ...toOrgan, contact, reply, ...ended],
  },
  {
    id: 'merged',
    quota: 0,
    companionOnly: true,
    opens: allYear,
    moves: [
      {
        ...placed,
        input: {
          ...placed.input,
          kind: { field: 'kind' },
          topic: { field: 'topic' },
          place: { field: 'place' },
          subject: { field: 'subject' },
        },
      },
      {
        step: 'merge',
        after: { minutes: [2, 25], anyTime: true },
        input: { mergedAt: { instantOfStep: 0 }, into: { mainCase: true }, sameMatter: true, samePlace: true },
      },
    ],
  },

  {
    id: 'refused',
    quota: 410,
    opens: allYear,
    moves: [
      accept(serviceTopics, ofService),
      {
        step: 'refuse',
        after: { minutes: [5, 200], anyTime: true },
        input: {
          refusedAt: { instantOfStep: 0 },
          ground: {
            pick: [
              ['court-or-arbitration', 40],
              ['petition-in-hand', 22],
              ['concluded-repeat', 16],
              ['beyond-government', 16],
              ['discipline', 6],
            ],
          },
          properChannel: '（演示）已告知相应的法定途径',
          channelTold: true,
        },
      },
    ],
  },
  {
    id: 'transferred',
    quota: 65,
    opens: allYear,
    moves: [
      accept(
        [
          ['security.public-order', 4],
          ['security.fire', 3],
          ['health.hospital', 2],
          ['transport.signals', 1],
        ],
        'help',
        { urgent: true },
      ),
      {
        step: 'transfer-emergency',
        after: { minutes: [1, 9], anyTime: true },
        input: {
          transferredAt: { instantOfStep: 0 },
          emergencyService: {
            pick: [
              ['110', 5],
              ['119', 2],
              ['120', 2],
              ['122', 1],
            ],
          },
        },
      },
    ],
  },

  // Not accepted in the year.
  {
    id: 'carried-over',
    quota: 380,
    opens: ['-12-20', '-12-31'],
    must: [
      { step: 'accept', until: '-12-31' },
      { step: 'reply', from: '01-01' },
    ],
    moves: [placed, ...toOrgan, contact, reply, ...ended],
  },
  {
    id: 'refused-at-once',
    quota: 1300,
    opens: allYear,
    moves: [
      {
        step: 'refuse-at-once',
        input: {
          refusedAt: { instantOfStep: 0 },
          channel: {
            pick: [
              ['phone', 7],
              ['web', 2],
              ['wechat', 1],
            ],
          },
          content: '（演示）所诉事项不属于热线受理范围。',
          ground: {
            pick: [
              ['court-or-arbitration', 40],
              ['beyond-government', 24],
              ['disclosure-request', 12],
              ['petition-in-hand', 10],
              ['unlawful-or-abusive', 8],
              ['discipline', 6],
            ],
          },
          properChannel: '（演示）已告知相应的法定途径',
          channelTold: true,
        },
      },
    ],
  },
  {
    id: 'transferred-at-once',
    quota: 45,
    opens: allYear,
    moves: [
      {
        step: 'transfer-at-once',
        input: {
          transferredAt: { instantOfStep: 0 },
          emergencyService: {
            pick: [
              ['110', 5],
              ['119', 2],
              ['120', 3],
            ],
          },
          content: '（演示）紧急求助。',
        },
      },
    ],
  },
]

export const year: YearPlan = {
  arrivals: {
    // The epidemic made February the busiest month; the summer holidays and the autumn bring school and property matters.
    months: [88, 142, 106, 92, 90, 92, 98, 102, 94, 84, 88, 90],
    weekdays: [17, 16, 15, 15, 14, 12, 11],
    restDays: 0.8,
    hours: 'all-day',
  },
  stories,
}
