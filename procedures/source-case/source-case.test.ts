import assert from 'node:assert/strict'
import { applyStep, countingOf, firstRefusal, SYSTEM } from '#engine/apply-step.ts'
import { countClock, runsOf } from '#engine/clocks.ts'
import { fill } from '#documents/fill.ts'
import { entryInForce } from '#engine/register.ts'
import { guards } from './guards.ts'
import { publishedCalendar as calendar } from '#district/calendar.ts'
import { Refusal } from '#engine/refusal.ts'
import { registers } from '#registers/registers.ts'
import { sourceCase } from './definition.ts'
import { test } from 'node:test'
import type { Case } from '#engine/case.ts'
import type { Definition } from '#engine/definition.ts'

type Facts = Readonly<Record<string, unknown>>

const definition: Definition = sourceCase

const decisions: readonly (readonly [step: string, code: keyof typeof guards, refused: Facts, allowed: Facts])[] = [
  ['open', 'too-few-orders', { orders: ['a', 'b'] }, { orders: ['a', 'b', 'c'], callers: 3 }],
  ['open', 'too-few-orders', { orders: 3, callers: 2 }, { orders: 3, callers: 3 }],
  ['open', 'topic-not-in-force', { topicInForce: false }, { topicInForce: true }],
  ['assign', 'organ-not-in-force', { organInForce: false }, { organInForce: true }],
  [
    'plan',
    'due-dates-disagree',
    { firstDueOn: '2024-05-01', earliestDue: '2024-04-01' },
    { firstDueOn: '2024-04-01', earliestDue: '2024-04-01' },
  ],
  ['measure-done', 'measure-unknown', { measureNumber: 3, measuresPlanned: 2 }, { measureNumber: 2, measuresPlanned: 2 }],
  ['measure-done', 'measure-already-done', { measureNumber: 1, measuresDone: [1] }, { measureNumber: 2, measuresDone: [1] }],
  ['measure-done', 'proof-missing', { proof: [] }, { proof: ['照片'] }],
  ['measure-done', 'next-due-wrong', { nextDueOn: null, nextDue: '2024-05-01' }, { nextDueOn: null, nextDue: null }],
  ['verify', 'measures-open', { measuresOpen: 1 }, { measuresOpen: 0 }],
  [
    'verify',
    'verifier-not-independent',
    { verifierOrgan: 'housing', responsibleOrgan: 'housing' },
    { verifierOrgan: 'grid-centre', responsibleOrgan: 'housing' },
  ],
  ['verify', 'not-on-the-spot', { onTheSpot: false }, { onTheSpot: true }],
  ['relapse', 'no-relapse', { relapseOrders: ['a'] }, { relapseOrders: ['a', 'b'] }],
  ['close', 'watch-not-over', { isWatchOver: false }, { isWatchOver: true }],
  ['propose-rule', 'cause-not-rule-gap', { cause: 'staff' }, { cause: 'rule-gap' }],
  ['open-clue', 'cause-not-unenforced', { cause: 'rule-gap' }, { cause: 'not-enforced' }],
]

for (const [step, code, refused, allowed] of decisions) {
  test(`${step}：${code}`, () => {
    const named = definition.steps[step]!.guards ?? []
    const counting = countingOf(definition, calendar)
    assert.equal(firstRefusal(definition, named, refused, counting, true)?.code, code)
    assert.equal(firstRefusal(definition, named, allowed, counting, true)?.code, undefined)
  })
}

test('every guard is refused and allowed above', () => {
  assert.deepEqual(
    Object.keys(guards).filter((code) => !decisions.some(([, tried]) => tried === code)),
    [],
  )
})

test('watch: sixty calendar days, and its end does not roll', () => {
  // 1 June 2024 is a Saturday.
  assert.equal(countClock(definition.clocks['watch']!, { start: '2024-04-02', facts: {} }, calendar)!.due, '2024-06-01')
})

const around = {
  calendar,
  entryOn: (register: string, key: string, day: string) =>
    entryInForce(
      registers.find(({ id }) => id === register)!.entries.filter((entry) => entry.key === key),
      day,
    )?.value,
  stateOf: () => undefined,
}
const proof = [{ name: '照片.jpg', sha256: '0'.repeat(64), bytes: 1 }]
const measures = [
  { measure: '增设隔音屏', owner: '虚构甲', dueOn: '2024-04-12' },
  { measure: '夜间巡查', owner: '虚构乙', dueOn: '2024-04-02' },
]

/** The steps in order: id, day, input. */
const course: readonly (readonly [step: string, day: string, input: Facts])[] = [
  [
    'open',
    '2024-03-04',
    { orders: ['a', 'b', 'c'], callers: 3, topic: 'environment.noise', topicName: '噪声污染', community: '（演示）第一社区' },
  ],
  ['assign', '2024-03-05', { organ: 'ecology' }],
  ['analyse', '2024-03-11', { cause: 'facility', causeFacts: '没有隔音设施' }],
  ['plan', '2024-03-18', { firstDueOn: '2024-04-02', plannedMeasures: measures, planApprovedBy: '虚构丙' }],
  ['measure-done', '2024-04-01', { measureNumber: 2, proof, nextDueOn: '2024-04-12' }],
  ['measure-done', '2024-04-12', { measureNumber: 1, proof }],
  ['verify', '2024-04-15', { onTheSpot: true, effective: true, verification: '已建成' }],
  ['watch', '2024-04-16', {}],
]

function take(before: Case | undefined, step: string, day: string, input: Facts): Case {
  const { on, by, input: fields } = definition.steps[step]!
  const at = `${day}T10:00+08:00`
  const post = [by].flat()[0] as string
  const actor = post === 'case' ? SYSTEM : { post, organ: definition.posts[post]!.organ ?? 'ecology', person: `虚构·${post}` }
  const when = fields![on!]!.kind === 'instant' ? at : day
  const after = applyStep(
    definition,
    before ?? { region: '321302', id: 'cause', number: '1', hash: '' },
    { step, input: { [on!]: when, ...input }, by: actor, at },
    around,
  )
  for (const id of definition.steps[step]!.produces ?? [])
    fill(definition.parts.documents[id]!, after.fields, { issuer: '（演示）热线机构', date: day })
  return after
}

const upTo = (step: string): Case => {
  let current: Case | undefined
  for (const [id, day, input] of course) {
    current = take(current, id, day, input)
    if (id === step) break
  }
  return current!
}

const refuses = (code: string, before: Case, step: string, day: string, input: Facts): void =>
  assert.throws(
    () => take(before, step, day, input),
    (error) => error instanceof Refusal && error.code === code,
  )

const due = (theCase: Case, clock: string): string | undefined => runsOf(definition, theCase, clock, calendar).at(-1)?.deadline?.due

test('a cause is assigned, analysed, planned for, dealt with, verified, watched and closed', () => {
  const opened = upTo('open')
  assert.equal(due(opened, 'assign'), '2024-03-05')
  assert.equal(due(opened, 'plan'), '2024-03-18')
  assert.equal(due(upTo('assign'), 'analyse'), '2024-03-12')
  const watched = upTo('watch')
  assert.equal(due(watched, 'watch'), '2024-06-15')
  refuses('watch-not-over', watched, 'close', '2024-06-15', { conclusion: '无复发' })
  assert.equal(take(watched, 'close', '2024-06-16', { conclusion: '无复发' }).state, 'closed')
})

test('each measure has its own date: the clock stands on the earliest that is left', () => {
  const planned = upTo('plan')
  assert.equal(due(planned, 'measure'), '2024-04-02')
  refuses('next-due-wrong', planned, 'measure-done', '2024-04-01', { measureNumber: 2, proof })
  refuses('measures-open', planned, 'verify', '2024-04-01', { onTheSpot: true, effective: true, verification: '未建' })
  const first = take(planned, 'measure-done', '2024-04-01', { measureNumber: 2, proof, nextDueOn: '2024-04-12' })
  assert.equal(due(first, 'measure'), '2024-04-12')
  refuses('measure-already-done', first, 'measure-done', '2024-04-02', { measureNumber: 2, proof, nextDueOn: '2024-04-12' })
  const late = take(first, 'measure-done', '2024-04-13', { measureNumber: 1, proof })
  assert.deepEqual(
    runsOf(definition, late, 'measure', calendar).map((run) => run.late),
    [false, true],
  )
})

test('a relapse leads back to the analysis, with its five and ten working days anew, and a new plan', () => {
  const watched = upTo('watch')
  refuses('no-relapse', watched, 'relapse', '2024-05-06', { relapseOrders: ['d'] })
  const relapsed = take(watched, 'relapse', '2024-05-06', { relapseOrders: ['d', 'e'] })
  assert.equal(relapsed.state, 'assigned')
  // Saturday 11 May 2024 is a make-up day.
  assert.equal(due(relapsed, 'analyse'), '2024-05-11')
  assert.equal(due(relapsed, 'plan'), '2024-05-17')
  const again = take(take(relapsed, 'analyse', '2024-05-08', { cause: 'rule-gap', causeFacts: '没有规定' }), 'plan', '2024-05-10', {
    firstDueOn: '2024-06-03',
    plannedMeasures: [{ measure: '制定规定', owner: '虚构甲', dueOn: '2024-06-03' }],
    planApprovedBy: '虚构丙',
  })
  assert.equal(take(again, 'measure-done', '2024-06-03', { measureNumber: 1, proof }).state, 'carrying-out')
  refuses('cause-not-unenforced', again, 'open-clue', '2024-05-10', { clue: '无' })
  take(again, 'propose-rule', '2024-05-10', { ruleProposal: '补充规定', proposalFor: 'normative-document' })
})
