import assert from 'node:assert/strict'
import { test } from 'node:test'
import { advance, applyStep, correct, foldCase, permittedSteps } from './apply-step.ts'
import { clocksOf } from './clocks.ts'
import { example, exampleSystem } from './example.ts'
import { procedure } from './definition.ts'
import { publishedCalendar } from '#district/calendar.ts'
import { Refusal } from './refusal.ts'
import { statute } from './citation.ts'
import type { Case } from './case.ts'
import type { InputOf } from './definition.ts'
import type { Surroundings } from './apply-step.ts'

const around: Surroundings = {
  calendar: publishedCalendar,
  entryOn: (_register, key, day) => (key === 'zhang' && day < '2024-12-01' ? { name: '张某' } : undefined),
  stateOf: () => undefined,
}
const opening = { region: '321302', id: '0190aaaa-0000-7000-8000-000000000001', number: '示例〔2024〕1号', hash: 'h' }
const opened = { ...opening, version: example.inForce.from }
const clerk = { post: 'clerk', person: 'c', organ: 'justice' }
const head = { post: 'head', person: 'h', organ: 'justice' }

const received = (): Case =>
  applyStep(
    example,
    opening,
    { step: 'receive', input: { receivedOn: '2024-03-05', applicant: { name: '虚构甲' } }, by: clerk, at: '2024-03-05T10:00+08:00' },
    around,
  )
const accepted = (): Case =>
  applyStep(example, received(), { step: 'accept', input: { acceptedOn: '2024-03-12' }, by: clerk, at: '2024-03-12T10:00+08:00' }, around)
const dueOf = (theCase: Case): string | undefined =>
  clocksOf(example, theCase, publishedCalendar).find(({ clock }) => clock === 'decide')?.deadline?.due
const refused =
  (code: string) =>
  (error: unknown): boolean =>
    error instanceof Refusal && error.code === code

test('一案自收件至办结：状态、字段、期限由步骤推出', () => {
  const decided = applyStep(
    example,
    accepted(),
    { step: 'decide', input: { decidedOn: '2024-05-06', reason: '理由充分', officer: 'zhang' }, by: head, at: '2024-05-06T10:00+08:00' },
    around,
  )
  assert.deepEqual(
    [decided.state, decided.openedOn, decided.fields['acceptedOn'], decided.steps.length],
    ['done', '2024-03-05', '2024-03-12', 3],
  )
  const run = clocksOf(example, decided, publishedCalendar).find(({ clock }) => clock === 'decide')!
  assert.deepEqual([run.state, run.stoppedOn, run.late, run.deadline!.due], ['stopped', '2024-05-06', false, '2024-05-11'])
  assert.deepEqual(foldCase(exampleSystem, opened, decided.steps), decided)
})

test('期限届满：审查期限最后一日视为受理，办理期限自次日起算', () => {
  const lapsed = advance(example, received(), '2024-03-20T08:00+08:00', around)
  const step = lapsed.steps.at(-1)!
  assert.deepEqual([step.step, step.on, step.by.post, lapsed.state], ['deem-accepted', '2024-03-12', 'system', 'running'])
  assert.equal(dueOf(lapsed), '2024-05-11')
  assert.equal(advance(example, received(), '2024-03-12T23:00+08:00', around).steps.length, 1, 'not before the last day is over')
})

test('中止期间不计入，恢复后回到中止前的状态；未恢复前没有末日', () => {
  const suspended = applyStep(
    example,
    accepted(),
    { step: 'suspend', input: { since: '2024-03-20', reason: '等待鉴定' }, by: clerk, at: '2024-03-20T10:00+08:00' },
    around,
  )
  assert.equal(dueOf(suspended), undefined)
  const resumed = applyStep(
    example,
    suspended,
    { step: 'resume', input: { until: '2024-04-02' }, by: clerk, at: '2024-04-02T10:00+08:00' },
    around,
  )
  assert.deepEqual([resumed.state, dueOf(resumed)], ['running', '2024-05-24'])
  const extended = applyStep(example, resumed, { step: 'extend', input: { days: 30 }, by: head, at: '2024-05-06T10:00+08:00' }, around)
  assert.equal(dueOf(extended), '2024-06-24')
  assert.throws(
    () => applyStep(example, extended, { step: 'extend', input: { days: 5 }, by: head, at: '2024-05-07T10:00+08:00' }, around),
    refused('extended-before'),
  )
})

test('拒绝：岗位、状态、内容、日期、条件，各有代码、依据与办法', () => {
  const decide = (input: Record<string, unknown>, by = head, at = '2024-05-06T10:00+08:00'): Case =>
    applyStep(example, accepted(), { step: 'decide', input, by, at }, around)
  const good = { decidedOn: '2024-05-06', reason: '理由充分', officer: 'zhang' }
  assert.throws(() => decide(good, clerk), refused('step.not-your-post'))
  assert.throws(
    () => applyStep(example, received(), { step: 'decide', input: good, by: head, at: '2024-05-06T10:00+08:00' }, around),
    refused('step.not-now'),
  )
  assert.throws(
    () => applyStep(example, accepted(), { step: 'nothing', input: {}, by: head, at: '2024-05-06T10:00+08:00' }, around),
    refused('step.unknown'),
  )
  assert.throws(() => decide({ ...good, decidedOn: '2024-02-30' }), refused('input.invalid'))
  assert.throws(() => decide({ ...good, reason: undefined }), refused('input.invalid'))
  assert.throws(() => decide({ ...good, surprise: 1 }), refused('input.invalid'))
  assert.throws(() => decide({ ...good, decidedOn: '2024-05-07' }), refused('step.in-the-future'))
  assert.throws(() => decide({ ...good, decidedOn: '2024-03-04' }), refused('step.before-opening'))
  assert.throws(() => decide({ ...good, reason: '无' }), refused('reason-too-short'))
  assert.throws(() => decide({ ...good, officer: 'li' }), refused('officer-not-in-force'))
  try {
    decide({ ...good, reason: '无' })
  } catch (error) {
    const said = (error as Refusal).on('zh')
    assert.deepEqual(said, { code: 'reason-too-short', message: '理由“无”过短。', basis: '示例法(2020)第3条', remedy: '请写明理由。' })
  }
})

test('更正：错误的步骤由更正步骤取代，二者都保留；后续步骤不成立的，拒绝更正', () => {
  const extended = applyStep(example, accepted(), { step: 'extend', input: { days: 10 }, by: head, at: '2024-05-06T10:00+08:00' }, around)
  const corrected = correct(
    exampleSystem,
    extended,
    { seq: 2, input: { acceptedOn: '2024-03-11' }, reason: '受理日期录错', approvedBy: 'h', by: clerk, at: '2024-05-07T10:00+08:00' },
    around,
  )
  assert.equal(corrected.steps.length, 4)
  assert.deepEqual(corrected.steps[1]!.input, { acceptedOn: '2024-03-12' })
  assert.deepEqual(corrected.steps[3]!.supersedes, { seq: 2, reason: '受理日期录错', approvedBy: 'h' })
  assert.deepEqual([corrected.state, corrected.fields['acceptedOn'], dueOf(corrected)], ['running', '2024-03-11', '2024-05-20'])
  assert.deepEqual(foldCase(exampleSystem, opened, corrected.steps), corrected)

  const struck = correct(
    exampleSystem,
    extended,
    { seq: 3, reason: '未经批准', approvedBy: 'h', by: clerk, at: '2024-05-07T10:00+08:00' },
    around,
  )
  assert.deepEqual([struck.steps.length, struck.steps[3]!.step, dueOf(struck)], [4, 'strike', '2024-05-11'])
  assert.throws(
    () =>
      correct(exampleSystem, extended, { seq: 2, reason: '不应受理', approvedBy: 'h', by: clerk, at: '2024-05-07T10:00+08:00' }, around),
    refused('correction.breaks-later-step'),
  )
  assert.throws(
    () =>
      correct(
        exampleSystem,
        extended,
        { seq: 2, input: { acceptedOn: '2024-03-11' }, reason: '自批', approvedBy: 'c', by: clerk, at: '2024-05-07T10:00+08:00' },
        around,
      ),
    refused('correction.not-approved'),
  )
  assert.throws(
    () => correct(exampleSystem, extended, { seq: 9, reason: '无此步', approvedBy: 'h', by: clerk, at: '2024-05-07T10:00+08:00' }, around),
    refused('correction.no-such-step'),
  )
})

test('再次更正同一步骤：只有最后一次有效', () => {
  const once = correct(
    exampleSystem,
    accepted(),
    { seq: 2, input: { acceptedOn: '2024-03-11' }, reason: '录错', approvedBy: 'h', by: clerk, at: '2024-03-13T10:00+08:00' },
    around,
  )
  const twice = correct(
    exampleSystem,
    once,
    { seq: 3, input: { acceptedOn: '2024-03-08' }, reason: '再次录错', approvedBy: 'h', by: clerk, at: '2024-03-14T10:00+08:00' },
    around,
  )
  assert.deepEqual([twice.fields['acceptedOn'], twice.steps.length], ['2024-03-08', 4])
})

test('可办理的步骤与不可办理的理由', () => {
  const permitted = permittedSteps(example, accepted(), 'head')
  assert.deepEqual(
    permitted.filter(({ refusal }) => !refusal).map(({ step }) => step),
    ['extend', 'decide'],
  )
  assert.equal(permitted.find(({ step }) => step === 'receive')!.refusal!.code, 'step.not-your-post')
})

// Never called: what tsc must refuse, at the word.
export function compileTimeTests(): unknown {
  const act = statute('示例法', '2020-01-01')
  const parts = { guards: example.parts.guards, facts: {}, documents: example.parts.documents }
  const base = {
    id: 'x',
    name: ['x', 'x'],
    inForce: { from: '2020-01-01' },
    basis: [],
    series: 'x',
    opened: 'on',
    posts: { clerk: { name: ['a', 'a'] } },
    states: { one: { name: ['a', 'a'] } },
  } as const
  const input: InputOf<typeof example, 'accept'> = { acceptedOn: '2024-03-12' }
  // @ts-expect-error the step asks acceptedOn, a text
  const wrong: InputOf<typeof example, 'accept'> = { acceptedOn: 5 }
  return [
    input,
    wrong,
    // @ts-expect-error a misspelled state
    procedure(parts, { ...base, steps: { go: { name: ['a', 'a'], by: 'clerk', from: ['on'], article: act(1) } }, clocks: {} }),
    procedure(parts, {
      ...base,
      // @ts-expect-error a misspelled guard
      steps: { go: { name: ['a', 'a'], by: 'clerk', from: ['one'], guards: ['reason-to-short'], article: act(1) } },
      clocks: {},
    }),
    procedure(parts, {
      ...base,
      // @ts-expect-error a misspelled document
      steps: { go: { name: ['a', 'a'], by: 'clerk', from: ['one'], produces: ['notise'], article: act(1) } },
      clocks: {},
    }),
    // @ts-expect-error a misspelled post
    procedure(parts, { ...base, steps: { go: { name: ['a', 'a'], by: 'clark', from: ['one'], article: act(1) } }, clocks: {} }),
    procedure(parts, {
      ...base,
      steps: { go: { name: ['a', 'a'], by: 'clerk', from: ['one'], article: act(1) } },
      clocks: {
        // @ts-expect-error a clock on a misspelled step
        c: { name: ['a', 'a'], binds: 'clerk', starts: 'goo', stops: ['go'], limit: { days: 1 }, late: ['a', 'a'], article: act(1) },
      },
    }),
  ]
}
