import assert from 'node:assert/strict'
import { applyStep, permittedSteps } from '#engine/apply-step.ts'
import { caseSupervision } from './definition.ts'
import { entryInForce } from '#engine/register.ts'
import { fill } from '#documents/fill.ts'
import { findingRules } from '#readings/finding-rules.ts'
import { guards } from './guards.ts'
import { publishedCalendar as calendar } from '#district/calendar.ts'
import { Refusal } from '#engine/refusal.ts'
import { registers } from '#registers/registers.ts'
import { runsOf } from '#engine/clocks.ts'
import { test } from 'node:test'
import vectors from './vectors.json' with { type: 'json' }
import type { Case } from '#engine/case.ts'
import type { Definition } from '#engine/definition.ts'

const definition: Definition = caseSupervision
const around = {
  calendar,
  entryOn: (register: string, key: string, day: string) =>
    entryInForce(
      registers.find(({ id }) => id === register)!.entries.filter((entry) => entry.key === key),
      day,
    )?.value,
  stateOf: () => undefined,
}
const proof = [{ name: '送达回证.jpg', sha256: '0'.repeat(64), bytes: 1 }]
const [opener, looker, handler] = [
  { post: 'supervisor', organ: 'justice', person: '虚构监督甲' },
  { post: 'supervisor', organ: 'justice', person: '虚构监督乙' },
  { post: 'handler', organ: 'housing', person: '虚构承办' },
]

function take(before: Case | undefined, step: string, day: string, by: typeof opener, input: Record<string, unknown>): Case {
  const after = applyStep(
    definition,
    before ?? { region: '321302', id: 'supervision', number: '1', hash: '' },
    { step, input: { [definition.steps[step]!.on!]: day, ...input }, by, at: `${day}T10:00+08:00` },
    around,
  )
  for (const id of definition.steps[step]!.produces ?? [])
    fill(definition.parts.documents[id]!, after.fields, { issuer: '（演示）监督单位', date: day })
  return after
}

const opened = () =>
  take(undefined, 'open', '2024-03-04', opener, {
    supervisedCase: '0190aaaa-0000-7000-8000-000000000001',
    supervisedNumber: '热线〔2024〕1号',
    finding: 'late',
    findingFacts: '办理期限 2024-02-28 届满，尚未答复。',
  })
const noticed = () =>
  take(opened(), 'notify', '2024-03-05', opener, { organ: 'housing', demand: '限期答复并说明原因。', dueOn: '2024-03-15' })
const rectified = () => take(noticed(), 'rectify', '2024-03-12', handler, { cause: 'coordination', measures: '已答复当事人。', proof })
const looksBack = { lookBackBy: 'records', lookBackFacts: '案卷中已有答复。' }

const refuses = (code: string, work: () => unknown): void => {
  assert.throws(work, (error) => error instanceof Refusal && error.code === code)
}

test('a late case is opened, put to its organ, mended, looked back at by somebody else, and closed', () => {
  const settled = take(rectified(), 'look-back', '2024-03-18', looker, { ...looksBack, isSettled: true })
  assert.equal(settled.state, 'settled')
  assert.equal(runsOf(definition, settled, 'rectify', calendar).at(-1)!.late, false)
  assert.equal(take(settled, 'close', '2024-03-19', opener, { conclusion: '已解决。' }).state, 'closed')
})

test('who noticed it, and who mended it, do not look back', () => {
  refuses('step.not-apart', () => take(rectified(), 'look-back', '2024-03-18', opener, { ...looksBack, isSettled: true }))
  const mendedByALaterSupervisor = take(
    noticed(),
    'rectify',
    '2024-03-12',
    { ...handler, person: looker.person },
    {
      cause: 'neglect',
      measures: '已答复。',
      proof,
    },
  )
  refuses('step.not-apart', () => take(mendedByALaterSupervisor, 'look-back', '2024-03-18', looker, { ...looksBack, isSettled: true }))
  const now = permittedSteps(definition, rectified(), 'supervisor', looker.person).find(({ step }) => step === 'look-back')
  assert.equal(now?.refusal, undefined)
})

test('what is not settled goes back to the organ with a day of its own; being late then is seen', () => {
  refuses('again-due-missing', () => take(rectified(), 'look-back', '2024-03-18', looker, { ...looksBack, isSettled: false }))
  const again = take(rectified(), 'look-back', '2024-03-18', looker, { ...looksBack, isSettled: false, againDueOn: '2024-03-29' })
  assert.equal(again.state, 'noticed')
  assert.equal(runsOf(definition, again, 'rectify', calendar).at(-1)!.deadline!.due, '2024-03-29')
  const late = take(again, 'rectify', '2024-04-01', handler, { cause: 'neglect', measures: '已整改。', proof })
  assert.equal(runsOf(definition, late, 'rectify', calendar).at(-1)!.late, true)
})

test('the last day can be moved on, with a reason, and only later', () => {
  const reason = { prolongReason: '等待专家意见。' }
  refuses('new-due-not-later', () => take(noticed(), 'prolong', '2024-03-06', opener, { ...reason, newDueOn: '2024-03-15' }))
  const prolonged = take(noticed(), 'prolong', '2024-03-06', opener, { ...reason, newDueOn: '2024-03-22' })
  assert.equal(runsOf(definition, prolonged, 'rectify', calendar).at(-1)!.deadline!.due, '2024-03-22')
  assert.equal(prolonged.state, 'noticed')
})

test('an organ that has nothing to mend explains; what was unfounded is withdrawn', () => {
  assert.equal(take(noticed(), 'explain', '2024-03-07', handler, { explanation: '已按期答复，系登记错误。' }).state, 'answered')
  assert.equal(take(opened(), 'withdraw', '2024-03-05', opener, { withdrawReason: '重复立案。' }).state, 'withdrawn')
})

test('every guard is refused and allowed in vectors.json', () => {
  for (const code of Object.keys(guards))
    assert.ok(
      vectors.some(({ expect }) => 'reason' in expect && expect.reason === code),
      code,
    )
})

test('whatever the rules find can be the ground of a supervision case', () => {
  const grounds = Object.keys(definition.steps['open']!.input!['finding']!.options!)
  for (const { kind, opens } of findingRules) if (opens) assert.ok(grounds.includes(kind), kind)
})
