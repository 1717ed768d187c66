import assert from 'node:assert/strict'
import vectors from './vectors.json' with { type: 'json' }
import { advance, applyStep, countingOf, firstRefusal, SYSTEM } from '#engine/apply-step.ts'
import { countInMemory, figureOf, seriesOf } from '#readings/figures.ts'
import { dutyDirectory } from '#registers/duty-directory.ts'
import { evaluateVector } from '#readings/vectors.ts'
import { entryInForce } from '#engine/register.ts'
import { fill } from '#documents/fill.ts'
import { guards } from './guards.ts'
import { hotline } from './definition.ts'
import { hotlineUntil2020 } from './definition.until-2020-12-27.ts'
import { knowledge } from '#registers/knowledge.ts'
import { NOT_STATED } from '#engine/indicator.ts'
import { publishedCalendar as calendar } from '#district/calendar.ts'
import { Refusal } from '#engine/refusal.ts'
import { registers } from '#registers/registers.ts'
import { clocksOf, runsOf } from '#engine/clocks.ts'
import { system } from './system.ts'
import { test } from 'node:test'
import { year } from './year.ts'
import type { Case } from '#engine/case.ts'
import type { Definition } from '#engine/definition.ts'

for (const vector of vectors) {
  test(`${vector.clock ?? vector.step ?? vector.indicator}：${vector.why}`, () => {
    const { ok, got, expect } = evaluateVector(vector as never, [system], calendar, '2026-11-24')
    assert.ok(ok, `got ${JSON.stringify(got)}, expected ${JSON.stringify(expect)}`)
  })
}

// ——— Every refusal code, on bare facts: what it refuses, and what it lets pass.

type Facts = Readonly<Record<string, unknown>>

const decisions: readonly (readonly [step: string, code: keyof typeof guards, refused: Facts, allowed: Facts])[] = [
  ['accept', 'excluded', { exclusion: 'disclosure-request' }, { exclusion: 'none' }],
  ['accept', 'excluded', { ground: 'court-or-arbitration' }, {}],
  ['accept', 'no-way-to-reply', { wantsReply: true, phone: null }, { wantsReply: true, phone: '13000000001' }],
  ['accept', 'no-way-to-reply', { wantsReply: true, caller: { name: '虚构甲' } }, { wantsReply: false, caller: { name: '虚构甲' } }],
  ['accept', 'phone-invalid', { caller: { phone: '12' } }, { caller: { phone: '0527-80000000' } }],
  ['accept', 'phone-invalid', { phone: '12345' }, { phone: '13000000001' }],
  ['accept', 'caller-missing', { anonymous: false, caller: null }, { anonymous: true, caller: null }],
  ['accept', 'topic-not-in-force', { topicInForce: false }, { topicInForce: true }],
  ['answer-directly', 'not-for-direct-answer', { kind: 'complaint' }, { kind: 'praise' }],
  [
    'answer-directly',
    'knowledge-expired',
    { kind: 'consultation', knowledgeEntry: 'K007', knowledgeInForce: false },
    { kind: 'consultation', knowledgeEntry: 'K001', knowledgeInForce: true },
  ],
  ['refuse', 'transfer-instead', { ground: 'emergency' }, { ground: 'discipline' }],
  ['refuse', 'proper-channel-not-told', { channelTold: false }, { channelTold: true }],
  ['transfer-emergency', 'not-an-emergency', { urgency: 'normal' }, { urgency: 'urgent' }],
  ['merge', 'merge-target-closed', { targetState: 'closed' }, { targetState: 'in-hand' }],
  ['merge', 'merge-target-closed', { targetOpen: false }, { targetOpen: true }],
  ['merge', 'not-same-matter', { sameMatter: true, samePlace: false }, { sameMatter: true, samePlace: true }],
  ['dispatch', 'co-organs-disagree', { coHandled: true, coOrgansNamed: [] }, { coHandled: true, coOrgansNamed: ['water'] }],
  ['dispatch', 'co-organs-disagree', { coHandled: false, coOrgansNamed: ['water'] }, { coHandled: false, coOrgansNamed: [] }],
  ['dispatch', 'organ-not-in-force', { organsNotInForce: ['321302201'] }, { organsNotInForce: [] }],
  [
    'dispatch',
    'departure-unexplained',
    { organ: 'housing', directoryOrgan: 'ecology', dispatchReason: null },
    { organ: 'housing', directoryOrgan: 'ecology', dispatchReason: '职责划转' },
  ],
  ['dispatch', 'identity-exposed', { confidential: true, callerNamed: true }, { confidential: true, callerNamed: false }],
  [
    'dispatch',
    'identity-exposed',
    { confidential: true, callerNamed: true, organ: 'housing', organComplainedOf: 'housing' },
    { confidential: true, callerNamed: true, organ: 'justice', organComplainedOf: 'housing' },
  ],
  ['dispatch', 'caller-name-missing', { callerNamed: true, caller: null }, { callerNamed: false, caller: null }],
  ['return', 'return-too-late', { insideReturnWindow: false }, { insideReturnWindow: true }],
  [
    'return',
    'return-without-organ',
    { returnReason: 'wrong-place', suggestedOrgan: null },
    { returnReason: 'facts-missing', suggestedOrgan: null },
  ],
  ['return', 'second-return', { returnedBefore: true }, { returnedBefore: false }],
  ['decide-dispute', 'no-dispute', { returns: 1 }, { returns: 2 }],
  ['contact', 'caller-anonymous', { anonymous: true }, { anonymous: false }],
  ['ask-more', 'second-question', { askedBefore: true }, { askedBefore: false }],
  ['extend', 'no-extension-for-kind', { kind: 'help', urgency: 'urgent', days: 1 }, { kind: 'help', urgency: 'normal', days: 1 }],
  ['extend', 'second-extension', { extendedBefore: true }, { extendedBefore: false }],
  ['extend', 'extension-too-late', { approvedBeforeDue: false }, { approvedBeforeDue: true }],
  ['extend', 'extension-too-long', { kind: 'report', days: 11 }, { kind: 'report', days: 10 }],
  ['extend', 'caller-not-told', { callerTold: false, anonymous: false }, { callerTold: false, anonymous: true }],
  [
    'co-report',
    'not-own-co-report',
    { coOrgan: 'water', coOrgans: ['water'], reportingOrgan: 'housing' },
    { coOrgan: 'water', coOrgans: ['water'], reportingOrgan: 'water' },
  ],
  ['co-report', 'not-co-handling', { coOrgan: 'water', coOrgans: ['housing'] }, { coOrgan: 'housing', coOrgans: ['housing'] }],
  [
    'reply',
    'reply-before-acceptance',
    { acceptedAt: '2024-03-04T10:00+08:00', repliedAt: '2024-03-04T09:59+08:00' },
    { acceptedAt: '2024-03-04T10:00+08:00', repliedAt: '2024-03-04T10:00+08:00' },
  ],
  ['reply', 'points-missing', { pointsAsked: 3, pointsAnswered: 2 }, { pointsAsked: 3, pointsAnswered: 3 }],
  ['reply', 'points-missing', { pointsAsked: ['a', 'b'], pointsAnswered: ['a'] }, { pointsAsked: ['a'], pointsAnswered: ['a'] }],
  ['reply', 'basis-missing', { outcome: 'explained', basis: null }, { outcome: 'explained', basis: '物业管理条例' }],
  ['reply', 'evidence-missing', { outcome: 'solved', evidenceCount: 0 }, { outcome: 'partly', evidenceCount: 0 }],
  [
    'call-back',
    'evaluator-not-independent',
    { evaluatorOrgan: 'housing', handlingOrgan: 'housing' },
    { evaluatorOrgan: 'grid-centre', handlingOrgan: 'housing' },
  ],
  ['call-back', 'not-reached', { reached: false, satisfaction: 'satisfied' }, { reached: true, satisfaction: 'satisfied' }],
  ['call-back', 'too-few-tries', { reached: false, tries: 2 }, { reached: false, tries: 3 }],
  [
    'call-back',
    'solved-missing',
    { reached: true, satisfaction: 'satisfied', solved: null },
    { reached: true, satisfaction: 'satisfied', solved: 'yes' },
  ],
  ['rework', 'rework-once', { reworkedBefore: true }, { reworkedBefore: false }],
  [
    'rework',
    'no-ground-for-rework',
    { satisfaction: 'dissatisfied', solved: 'yes' },
    { satisfaction: 'dissatisfied', solved: 'yes', toThePoint: false },
  ],
  ['close', 'evaluation-missing', { isEvaluationRecorded: false }, { isEvaluationRecorded: true }],
  ['close', 'clock-running', { runningClocks: ['协办时限'] }, { runningClocks: [] }],
  ['reopen', 'reopen-too-late', { daysSinceClosed: 31 }, { daysSinceClosed: 30 }],
  ['reopen', 'nothing-new', { newFacts: null, promiseNotDone: null }, { newFacts: null, promiseNotDone: '未修复' }],
  ['supervise', 'no-ground-for-supervision', { supervisionGround: 'late', isLate: false }, { supervisionGround: 'late', isLate: true }],
  ['trace', 'already-traced', { isTraced: true }, { isTraced: false }],
]

for (const [step, code, refused, allowed] of decisions) {
  test(`${step}：${code}`, () => {
    const named = (hotline as Definition).steps[step]!.guards ?? []
    const counting = countingOf(hotline, calendar)
    assert.equal(firstRefusal(hotline, named, refused, counting, true)?.code, code)
    assert.equal(firstRefusal(hotline, named, allowed, counting, true)?.code, undefined)
  })
}

test('every guard is refused and allowed above, and stands in a step', () => {
  const named = new Set(Object.values((hotline as Definition).steps).flatMap((step) => step.guards ?? []))
  assert.deepEqual(
    Object.keys(guards).filter((code) => !decisions.some(([, tried]) => tried === code) || !named.has(code)),
    [],
  )
})

// ——— Orders walked through the real steps, clocks and registers.

const others = new Map<string, string>()
const around = {
  calendar,
  entryOn: (register: string, key: string, day: string) =>
    entryInForce(
      registers.find(({ id }) => id === register)!.entries.filter((entry) => entry.key === key),
      day,
    )?.value,
  stateOf: (id: string) => others.get(id),
}

const acceptance = {
  channel: 'phone',
  kind: 'complaint',
  urgency: 'normal',
  topic: 'construction.property',
  topicName: '物业管理',
  content: '（演示）小区绿化带被占用。',
  points: ['恢复绿化'],
  anonymous: false,
  caller: { name: '虚构甲·0001', phone: '13000000001' },
  wantsReply: true,
  confidential: false,
}

/** Takes steps in order; what is not said is filled in as an office would. */
class Order {
  current: Case | undefined
  readonly definition: Definition

  constructor(definition: Definition = hotline) {
    this.definition = definition
  }

  take(step: string, at: string, input: Facts = {}, by: { post?: string; organ?: string; person?: string } = {}): this {
    const { on, by: posts } = this.definition.steps[step]!
    const post = by.post ?? ([posts].flat()[0] as string)
    const organ = by.organ ?? this.definition.posts[post]?.organ ?? String(this.current?.fields['organ'] ?? post)
    const actor = post === 'case' || post === 'clock' ? SYSTEM : { post, organ, person: by.person ?? `虚构·${post}` }
    const date = on !== undefined && this.definition.steps[step]!.input?.[on]?.kind === 'date' ? at.slice(0, 10) : at
    this.current = applyStep(
      this.definition,
      this.current ?? { region: '321302', id: 'order', number: '1', hash: '' },
      { step, input: { ...usual[step], ...(on === undefined ? {} : { [on]: date }), ...input }, by: actor, at },
      around,
    )
    // A document that lacks a particular is refused: every step must leave the case with all that its documents print.
    for (const id of this.definition.steps[step]!.produces ?? [])
      fill(this.definition.parts.documents[id]!, this.current.fields, { issuer: '（演示）热线机构', date: at.slice(0, 10) })
    return this
  }

  refuses(code: string, step: string, at: string, input: Facts = {}, by = {}): this {
    assert.throws(
      () => this.take(step, at, input, by),
      (error) => error instanceof Refusal && error.code === code,
      `${step} at ${at} should be refused with ${code}`,
    )
    return this
  }

  until(now: string): this {
    this.current = advance(this.definition, this.current!, now, around)
    return this
  }

  isIn(state: string): this {
    assert.equal(this.current!.state, state)
    return this
  }

  due(clock: string): string | undefined {
    return runsOf(this.definition, this.current!, clock, calendar).at(-1)?.deadline?.due
  }

  stateOf(clock: string): string | undefined {
    return runsOf(this.definition, this.current!, clock, calendar).at(-1)?.state
  }
}

const answers = [{ point: 1, answer: '已恢复' }]
const photo = [{ name: '照片.jpg', sha256: '0'.repeat(64), bytes: 1 }]
const usual: Readonly<Record<string, Facts>> = {
  accept: acceptance,
  dispatch: { organ: 'housing', coHandled: false, callerNamed: true },
  return: { returnReason: 'no-power', suggestedOrgan: 'urban-management', returnNote: '不属于本单位职责' },
  'decide-dispute': { organ: 'housing', rulingReason: '首接负责', directoryProposal: '明确' },
  contact: { contactedHow: 'phone', contactReached: true },
  'ask-more': { question: '哪一栋？', whyNeeded: '地点不明' },
  'caller-answers': { supplement: '三栋' },
  extend: { days: 5, extensionReason: '需要多部门核查', requestedBy: '虚构乙', callerTold: true },
  reply: { reply: '属实', measures: '恢复', answers, outcome: 'solved', evidence: photo, approvedBy: '虚构丙' },
  'answer-directly': { answer: '见指南' },
  'call-back': { calledBackBy: 'phone', reached: true, satisfaction: 'satisfied', solved: 'yes' },
  rework: { reworkReason: '没有解决' },
  merge: { into: 'target', sameMatter: true, samePlace: true },
}

const monday = (time: string): string => `2024-03-04T${time}+08:00`
const tuesday = (time: string): string => `2024-03-05T${time}+08:00`
const inHand = (input: Facts = {}): Order =>
  new Order()
    .take('accept', monday('09:00'), input)
    .take('dispatch', monday('10:00'), { callerNamed: input['anonymous'] !== true })
    .take('sign', monday('11:00'))
const closed = (): Order =>
  inHand().take('reply', tuesday('10:00')).take('call-back', '2024-03-06T10:00+08:00').take('close', '2024-03-07T10:00+08:00')

test('an order from acceptance to the archive', () => {
  const order = closed().isIn('closed')
  assert.equal(order.stateOf('handle'), 'stopped')
  assert.equal(order.stateOf('call-back'), 'stopped')
})

test('an acceptance in the future, and a topic that is in no directory, are refused', () => {
  new Order().refuses('step.in-the-future', 'accept', monday('09:00'), { acceptedAt: monday('09:01') })
  new Order().refuses('topic-not-in-force', 'accept', monday('09:00'), { topic: 'nothing.at-all' })
})

test('a caller who wants a reply leaves a way to be reached; an anonymous one may do without', () => {
  new Order().refuses('no-way-to-reply', 'accept', monday('09:00'), { caller: { name: '虚构甲' } })
  new Order().take('accept', monday('09:00'), { caller: { name: '虚构甲' }, contact: '（演示）微信号' })
  new Order().take('accept', monday('09:00'), { anonymous: true, caller: undefined, wantsReply: false })
})

test('the knowledge entry must be in force on the day of the answer', () => {
  const asked = (): Order => new Order().take('accept', monday('09:00'), { kind: 'consultation' })
  asked().refuses('knowledge-expired', 'answer-directly', monday('09:05'), { knowledgeEntry: 'K007' })
  asked().take('answer-directly', monday('09:05'), { knowledgeEntry: 'K001' }).isIn('replied')
  asked().take('answer-directly', monday('09:05')).isIn('replied')
})

test('the agent who answered does not call back', () => {
  const answered = new Order().take('accept', monday('09:00'), { kind: 'consultation' }).take('answer-directly', monday('09:05'))
  answered.refuses('evaluator-not-independent', 'call-back', tuesday('09:00'), {}, { person: '虚构·agent' })
  answered.take('call-back', tuesday('09:00')).isIn('evaluated')
})

test('a dispatch: 罗圩乡 is no organ any more; another organ than the directory’s needs a reason of this dispatch', () => {
  const order = new Order().take('accept', monday('09:00'))
  order.refuses('organ-not-in-force', 'dispatch', monday('10:00'), { organ: '321302201', dispatchReason: '属地' })
  order.refuses('departure-unexplained', 'dispatch', monday('10:00'), { organ: 'urban-management' })
  order.take('dispatch', monday('10:00'), { organ: 'urban-management', dispatchReason: '涉及城市管理' })
  order
    .take('return', monday('11:00'), { suggestedOrgan: 'natural-resources' })
    .refuses('departure-unexplained', 'dispatch', monday('12:00'), { organ: 'natural-resources' })
})

test('a confidential caller is not named to the organ, and stays unnamed in the reply', () => {
  const order = new Order().take('accept', monday('09:00'), { confidential: true, organComplainedOf: 'housing' })
  order.refuses('identity-exposed', 'dispatch', monday('10:00'))
  order.take('dispatch', monday('10:00'), { callerNamed: false }).take('sign', monday('11:00'))
  order.refuses('identity-exposed', 'reply', tuesday('09:00'), { callerNamed: true }).take('reply', tuesday('09:00'))
})

test('a return: within one working day, once for each organ, and the handling time runs on', () => {
  const order = new Order().take('accept', monday('09:00')).take('dispatch', monday('10:00'))
  assert.equal(order.due('return'), '2024-03-05')
  order.refuses('return-too-late', 'return', '2024-03-06T08:00+08:00')
  order.refuses('return-without-organ', 'return', tuesday('10:00'), { suggestedOrgan: undefined })
  const due = order.due('handle')
  order.take('return', tuesday('10:00')).isIn('returned')
  assert.equal(order.due('handle'), due)
  assert.equal(order.due('dispatch'), tuesday('14:00'))
  order.take('dispatch', tuesday('11:00')).refuses('second-return', 'return', tuesday('12:00'))
})

test('a refusal names the proper way, at once or after acceptance; an emergency is handed over instead', () => {
  const refusal = { ground: 'beyond-government', properChannel: '人民调解委员会', channelTold: true }
  new Order().take('refuse-at-once', monday('09:00'), { channel: 'phone', content: '（演示）', ...refusal }).isIn('refused')
  const order = new Order().take('accept', monday('09:00'))
  order.refuses('transfer-instead', 'refuse', monday('09:10'), { ...refusal, ground: 'emergency' })
  order.refuses('not-an-emergency', 'transfer-emergency', monday('09:10'), { emergencyService: '119' })
  assert.equal(order.take('refuse', monday('09:10'), refusal).isIn('refused').stateOf('handle'), 'stopped')
  new Order()
    .take('accept', monday('09:00'), { urgency: 'urgent' })
    .take('transfer-emergency', monday('09:01'), { emergencyService: '119' })
    .isIn('transferred')
  new Order().take('transfer-at-once', monday('09:00'), { emergencyService: '120', content: '（演示）' }).isIn('transferred')
})

test('a dispute is ruled on after two returns; the ruling binds', () => {
  const order = new Order().take('accept', monday('09:00')).take('dispatch', monday('10:00')).take('return', monday('11:00'))
  order.refuses('no-dispute', 'decide-dispute', monday('12:00'))
  order
    .take('dispatch', monday('12:00'), { organ: 'urban-management', dispatchReason: '改派' })
    .take('return', monday('13:00'), { suggestedOrgan: 'housing' })
  order.take('decide-dispute', monday('14:00')).isIn('dispatched')
  assert.equal(order.due('sign'), monday('18:00'))
  order.refuses('return-too-late', 'return', monday('15:00'))
})

test('an extension: once, before the last day is over, with one limit of ten', () => {
  assert.equal(inHand().due('handle'), '2024-03-11')
  const order = inHand().take('extend', '2024-03-11T17:00+08:00')
  assert.equal(order.due('handle'), '2024-03-18')
  order.refuses('second-extension', 'extend', '2024-03-12T09:00+08:00')
  inHand().refuses('extension-too-late', 'extend', '2024-03-12T00:01+08:00')
  inHand({ urgency: 'urgent' }).refuses('no-extension-for-kind', 'extend', monday('12:00'))
  inHand().refuses('extension-too-long', 'extend', tuesday('09:00'), { days: 6 })
})

test('the caller is asked once; an answer resumes the handling time', () => {
  const order = inHand().take('ask-more', tuesday('09:00')).isIn('waiting-caller')
  assert.equal(order.stateOf('handle'), 'paused')
  order.take('caller-answers', '2024-03-07T09:00+08:00').isIn('in-hand')
  assert.equal(order.due('handle'), '2024-03-13')
  order.refuses('second-question', 'ask-more', '2024-03-07T10:00+08:00')
})

test('lapse: after three working days without an answer the order is in hand again, from the last of them', () => {
  const order = inHand().take('ask-more', tuesday('09:00'))
  order.until('2024-03-08T23:59+08:00').isIn('waiting-caller')
  order.until('2024-03-09T00:00+08:00').isIn('in-hand')
  assert.equal(order.current!.steps.at(-1)!.on, '2024-03-08T23:59+08:00')
  assert.equal(order.due('handle'), '2024-03-14')
})

test('urgent: twenty-four hours from acceptance, through the night', () => {
  assert.equal(inHand({ urgency: 'urgent' }).due('handle'), tuesday('09:00'))
  assert.equal(new Order().take('accept', monday('23:50'), { urgency: 'urgent' }).due('dispatch'), tuesday('00:20'))
})

test('a reply answers every point, proves what it says is solved, and gives the basis of an explanation', () => {
  const order = inHand({ points: ['恢复绿化', '处罚占用人'] })
  order.refuses('points-missing', 'reply', tuesday('09:00'))
  const both = [...answers, { point: 2, answer: '已处罚' }]
  order.refuses('evidence-missing', 'reply', tuesday('09:00'), { answers: both, evidence: [] })
  order.refuses('basis-missing', 'reply', tuesday('09:00'), { answers: both, outcome: 'explained' })
  order.refuses('step.before-opening', 'reply', tuesday('09:00'), { answers: both, repliedAt: '2024-03-01T09:00+08:00' })
  order.refuses('reply-before-acceptance', 'reply', tuesday('09:00'), { answers: both, repliedAt: monday('08:59') })
  order.take('reply', tuesday('09:00'), { answers: both }).isIn('replied')
})

test('unreached: three tries on different days', () => {
  const order = inHand().take('reply', tuesday('10:00'))
  order.refuses('not-reached', 'call-back', tuesday('11:00'), { reached: false })
  const unreached = { reached: false, satisfaction: undefined, solved: undefined }
  order
    .take('try-call', tuesday('11:00'))
    .take('try-call', tuesday('15:00'))
    .refuses('too-few-tries', 'call-back', '2024-03-06T09:00+08:00', unreached)
  order.take('try-call', '2024-03-06T09:00+08:00').take('call-back', '2024-03-07T09:00+08:00', unreached).isIn('unreached')
  order.take('close', '2024-03-07T10:00+08:00').isIn('closed')
})

test('lapse: a message unanswered for three working days is an unreached caller', () => {
  const order = inHand().take('reply', tuesday('10:00')).take('ask-by-message', tuesday('10:30'))
  order.refuses('evaluation-missing', 'close', '2024-03-06T09:00+08:00')
  order.until('2024-03-08T23:59+08:00').isIn('replied')
  order.until('2024-03-11T08:00+08:00').isIn('unreached')
  assert.equal(order.stateOf('call-back'), 'stopped')
})

test('rework: dissatisfied and unsolved, once; what the first evaluation said is no part of the second', () => {
  const order = inHand()
    .take('reply', tuesday('10:00'))
    .take('call-back', '2024-03-06T10:00+08:00', { satisfaction: 'dissatisfied', solved: 'no' })
  order.take('rework', '2024-03-06T11:00+08:00').isIn('in-hand')
  assert.equal(order.due('rework'), '2024-03-13')
  order.take('reply', '2024-03-08T10:00+08:00')
  order.refuses('solved-missing', 'call-back', '2024-03-11T09:00+08:00', { solved: undefined })
  order.take('call-back', '2024-03-11T10:00+08:00', { satisfaction: 'dissatisfied', solved: 'no' })
  order.refuses('rework-once', 'rework', '2024-03-11T11:00+08:00')
  order.refuses('no-ground-for-supervision', 'supervise', '2024-03-11T11:00+08:00', {
    supervisionGround: 'head-order',
    supervisionLetter: '请办理',
  })
  order
    .take('supervise', '2024-03-11T11:00+08:00', { supervisionGround: 'second-dissatisfaction', supervisionLetter: '请办理' })
    .isIn('in-hand')
  assert.equal(order.due('supervised'), '2024-03-14')
  inHand()
    .take('reply', tuesday('10:00'))
    .take('call-back', '2024-03-06T10:00+08:00')
    .refuses('no-ground-for-rework', 'rework', '2024-03-06T11:00+08:00')
})

test('an order is closed when nothing runs: the co-handling organ still owes its opinion', () => {
  const order = new Order()
    .take('accept', monday('09:00'))
    .take('dispatch', monday('10:00'), { coHandled: true, coOrgans: ['urban-management'] })
  order.take('sign', monday('11:00')).take('reply', tuesday('10:00')).take('call-back', '2024-03-06T10:00+08:00')
  order.refuses('clock-running', 'close', '2024-03-06T11:00+08:00')
  order.refuses('not-co-handling', 'co-report', '2024-03-06T12:00+08:00', { coOrgan: 'water', coOpinion: '无' })
  order
    .refuses(
      'not-own-co-report',
      'co-report',
      '2024-03-06T12:00+08:00',
      { coOrgan: 'urban-management', coOpinion: '已配合' },
      { organ: 'water' },
    )
    .take('co-report', '2024-03-06T12:00+08:00', { coOrgan: 'urban-management', coOpinion: '已配合' }, { organ: 'urban-management' })
    .take('close', '2024-03-06T13:00+08:00')
})

test('every co-handling organ is in force on that day', () => {
  const order = new Order().take('accept', monday('09:00'))
  const coHandled = (...coOrgans: string[]): Facts => ({ coHandled: true, coOrgans })
  assert.throws(
    () => order.take('dispatch', monday('10:00'), coHandled('water', '321302201', 'nobody')),
    (error) => error instanceof Refusal && error.code === 'organ-not-in-force' && /“321302201,nobody”/.test(error.said.message[0]),
  )
  order.refuses('co-organs-disagree', 'dispatch', monday('10:00'), coHandled())
  order.refuses('co-organs-disagree', 'dispatch', monday('10:00'), { coHandled: false, coOrgans: ['water'] })
  order.take('dispatch', monday('10:00'), coHandled('water', 'transport')).isIn('dispatched')
})

test('each co-handling organ answers for itself: the time of one ends with its own report, and lateness is its own', () => {
  const order = new Order()
    .take('accept', monday('09:00'))
    .take('dispatch', monday('10:00'), { coHandled: true, coOrgans: ['urban-management', 'water', 'water'] })
    .take('sign', monday('11:00'))
  const runs = (): unknown[] =>
    runsOf(hotline, order.current!, 'co-handle', calendar).map(({ item, state, late, deadline }) => [item, state, late, deadline!.due])
  const due = '2024-03-07'
  assert.deepEqual(runs(), [
    ['urban-management', 'running', undefined, due],
    ['water', 'running', undefined, due],
  ])
  order.take('co-report', tuesday('10:00'), { coOrgan: 'water', coOpinion: '已疏通' }, { organ: 'water' })
  assert.deepEqual(runs(), [
    ['urban-management', 'running', undefined, due],
    ['water', 'stopped', false, due],
  ])
  order.take('reply', tuesday('11:00')).take('call-back', '2024-03-06T10:00+08:00')
  // The last of the list has reported, the first has not.
  order.refuses('clock-running', 'close', '2024-03-06T11:00+08:00')
  order.take('co-report', '2024-03-08T10:00+08:00', { coOrgan: 'urban-management', coOpinion: '已清理' }, { organ: 'urban-management' })
  assert.deepEqual(runs(), [
    ['urban-management', 'stopped', true, due],
    ['water', 'stopped', false, due],
  ])
  order.take('close', '2024-03-08T11:00+08:00').isIn('closed')
  const [reason] = runsOf(hotline, order.current!, 'co-handle', calendar)[0]!.deadline!.because
  assert.deepEqual(reason!.facts, { coOrgan: 'urban-management' })
})

test('a return ends the time of all co-handling organs, and the next dispatch begins without them', () => {
  const order = new Order()
    .take('accept', monday('09:00'))
    .take('dispatch', monday('10:00'), { coHandled: true, coOrgans: ['water', 'transport'] })
    .take('return', monday('11:00'))
  assert.deepEqual(
    runsOf(hotline, order.current!, 'co-handle', calendar).map(({ state }) => state),
    ['stopped', 'stopped'],
  )
  order.take('dispatch', monday('12:00'), { organ: 'urban-management', dispatchReason: '退单理由成立' })
  assert.equal(runsOf(hotline, order.current!, 'co-handle', calendar).length, 2)
  order.refuses('not-co-handling', 'co-report', monday('13:00'), { coOrgan: 'water', coOpinion: '无' })
})

test('an anonymous order is closed from the reply, and has no call-back', () => {
  const order = inHand({ anonymous: true, caller: undefined, wantsReply: false })
  order.refuses('caller-anonymous', 'contact', monday('12:00')).take('reply', tuesday('10:00'))
  assert.equal(order.stateOf('call-back'), undefined)
  order.take('close', tuesday('11:00')).isIn('closed')
})

test('reopening: within thirty days of closing, on new facts or a promise not kept', () => {
  closed().refuses('reopen-too-late', 'reopen', '2024-04-07T09:00+08:00', { newFacts: '再次被占用' })
  closed().refuses('nothing-new', 'reopen', '2024-04-06T09:00+08:00')
  const order = closed().take('reopen', '2024-04-06T09:00+08:00', { promiseNotDone: '未补种' }).isIn('in-hand')
  // Sunday 7 April 2024 is a make-up day.
  assert.equal(order.due('rework'), '2024-04-11')
  assert.equal(order.stateOf('handle'), 'stopped')
})

test('merging: into an open order, never into itself; its end closes the merged one', () => {
  others.set('target', 'closed')
  new Order().take('accept', monday('09:00')).refuses('merge-target-closed', 'merge', monday('09:30'))
  new Order().take('accept', monday('09:00')).refuses('merge-target-closed', 'merge', monday('09:30'), { into: 'nobody' })
  others.set('order', 'accepted')
  new Order().take('accept', monday('09:00')).refuses('merge-target-closed', 'merge', monday('09:30'), { into: 'order' })
  others.set('target', 'in-hand')
  const order = new Order().take('accept', monday('09:00')).take('merge', monday('09:30')).isIn('merged')
  assert.equal(order.stateOf('handle'), 'stopped')
  order.take('close-merged', '2024-03-07T10:00+08:00').isIn('closed-merged')
})

test('an order belongs to one open source case', () => {
  others.set('cause', 'assigned')
  const order = inHand().take('trace', monday('12:00'), { sourceCase: 'cause' })
  order.refuses('already-traced', 'trace', monday('13:00'), { sourceCase: 'other' })
  others.set('cause', 'closed')
  order.take('trace', monday('13:00'), { sourceCase: 'other' })
})

test('before 2020-12-28 there is no list of exclusions, no supervision, and “solved” need not be asked', () => {
  const [old, now] = [hotlineUntil2020, hotline] as readonly Definition[]
  assert.deepEqual([old!.inForce.until, now!.inForce.from], ['2020-12-27', '2020-12-28'])
  assert.ok(!('supervise' in old!.steps) && !('supervised' in old!.clocks) && 'supervise' in now!.steps)
  assert.ok(!old!.steps['accept']!.guards!.includes('excluded') && now!.steps['accept']!.guards!.includes('excluded'))
  const order = new Order(hotlineUntil2020)
    .take('accept', '2020-03-02T09:00+08:00')
    .take('dispatch', '2020-03-02T10:00+08:00')
    .take('sign', '2020-03-02T11:00+08:00')
  order.take('reply', '2020-03-03T10:00+08:00').take('call-back', '2020-03-04T10:00+08:00', { solved: undefined }).isIn('evaluated')
  new Order().refuses('excluded', 'accept', monday('09:00'), { exclusion: 'court-or-arbitration' })
})

// ——— What is counted.

test('replied in time, or late: a reply only; an order merged, be it in time or long after, is neither', () => {
  const refusal = { ground: 'beyond-government', properChannel: '人民调解委员会', channelTold: true }
  const orders = [
    inHand().take('reply', tuesday('10:00')),
    inHand().take('reply', '2024-03-20T10:00+08:00'),
    new Order().take('accept', monday('09:00'), { kind: 'consultation' }).take('answer-directly', monday('09:05')),
    new Order().take('accept', monday('09:00')).take('refuse', monday('09:10'), refusal),
    new Order().take('accept', monday('09:00')).take('merge', tuesday('09:00')),
    new Order().take('accept', monday('09:00')).take('merge', '2024-03-20T09:00+08:00'),
  ].map(({ current }) => current!)
  const count = countInMemory(orders, (order) => clocksOf(hotline, order, calendar), { from: '2024-01-01', until: '2024-12-31' })
  assert.deepEqual(
    ['replied-in-time', 'replied-late', 'overdue', 'on-time'].map((id) => figureOf(system.indicators, id, count)),
    [2, 1, 0, { num: 2, den: 3 }],
  )
})

test('orders and callers; returns of the organ that returned; orders by township, per 1,000 of those whose number is known', () => {
  const at = (township?: string): Facts => ({ place: { address: '（演示）', ...(township === undefined ? {} : { township }) } })
  const [one, other] = [{ name: '虚构甲', phone: '13000000001' }, { name: '虚构乙' }]
  const moved = { organ: 'urban-management', dispatchReason: '改派' }
  const orders = [
    inHand({ caller: one, ...at('321302101') }),
    inHand({ caller: { ...one, name: '虚构甲甲' }, ...at('321302101') }),
    inHand({ caller: other, wantsReply: false, ...at() }),
    inHand({ anonymous: true, caller: undefined, wantsReply: false, ...at('321302102') }),
    new Order()
      .take('accept', monday('09:00'), { caller: other, wantsReply: false, place: undefined })
      .take('dispatch', monday('10:00'))
      .take('return', monday('11:00'), { suggestedOrgan: 'urban-management' })
      .take('dispatch', monday('12:00'), moved),
  ].map(({ current }) => current!)
  const period = { from: '2024-01-01', until: '2024-12-31' }
  const count = countInMemory(
    orders,
    (order) => clocksOf(hotline, order, calendar),
    period,
    () => [{ key: '321302101', validFrom: '2020-11-01', value: { name: '耿车镇', inhabitants: 40_000, source: '（演示）' } }],
  )
  assert.deepEqual(
    ['accepted', 'callers', 'accepted-anonymously'].map((id) => figureOf(system.indicators, id, count)),
    [5, 3, 1],
  )
  const [returns, perThousand] = seriesOf(system.indicators, ['return-rate-by-organ'], count).concat(
    seriesOf(system.indicators, ['orders-per-1000-inhabitants'], count),
  )
  assert.deepEqual(
    [...returns!],
    [
      ['housing', { num: 1, den: 5 }],
      ['urban-management', { num: 0, den: 1 }],
    ],
  )
  assert.deepEqual(Object.fromEntries(perThousand!), {
    '321302101': { num: 2, den: 40_000, per: 1000 },
    '321302102': null,
    [NOT_STATED]: null,
  })
})

// ——— The synthetic year.

test('55,513 orders are accepted in the year', () => {
  const accepted = year.stories
    .filter(({ opens: [from], moves, companionOnly }) => !companionOnly && moves[0]!.step === 'accept' && !from.startsWith('-'))
    .map(({ quota, companions }) => quota * (companions && companions.chance === 1 ? 1 + companions.most : 1))
  assert.equal(
    accepted.reduce((sum, count) => sum + count, 0),
    55_513,
  )
})

test('every topic of the year is in the directory, and every known one in the knowledge base, from the first day to the last', () => {
  for (const { id, moves } of year.stories) {
    const topic = moves[0]!.input?.['topic']
    const answered = moves.some(({ step, input }) => step === 'answer-directly' && input?.['knowledgeEntry'] !== undefined)
    for (const [key] of (topic as { pick?: readonly (readonly [string, number])[] } | undefined)?.pick ?? []) {
      for (const day of ['2019-12-20', '2020-01-01', '2020-12-31']) {
        assert.ok(
          entryInForce(
            dutyDirectory.entries.filter((entry) => entry.key === key),
            day,
          ),
          `${id}: ${key} on ${day}`,
        )
        if (answered)
          assert.ok(
            knowledge.entries.some((entry) => entry.value['topic'] === key && entryInForce([entry], day)),
            `${id}: nothing is known of ${key} on ${day}`,
          )
      }
    }
  }
})
