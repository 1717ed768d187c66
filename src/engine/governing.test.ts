import assert from 'node:assert/strict'
import { test } from 'node:test'
import { applyStep, correct, foldCase } from './apply-step.ts'
import { checkSystem } from './check.ts'
import { clocksOf } from './clocks.ts'
import { date, flag, integer, longText, optional, text } from './field.ts'
import { example, exampleSystem } from './example.ts'
import { governing } from './governing.ts'
import { platform } from './citation.ts'
import { publishedCalendar } from '#district/calendar.ts'
import { Refusal } from './refusal.ts'
import type { Case } from './case.ts'
import type { Definition, Step } from './definition.ts'
import type { Surroundings } from './apply-step.ts'
import type { Register } from './register.ts'
import type { System } from './system.ts'

const goOver: Step = {
  name: ['改按新法', 'Go over'],
  by: 'head',
  from: ['running'],
  on: 'since',
  input: { since: date('日期', 'On'), why: longText('理由', 'Reason'), definition: text('定义', 'Definition') },
  switches: { to: '2020-01-01', reason: 'why', record: 'definition' },
  article: platform,
}

/** The example as it was before 2020: ninety days, and a step by which a case goes over to the sixty days of today. */
const formerly = (switching: Partial<Step> = {}): Definition => ({
  ...example,
  inForce: { from: '2015-01-01', until: '2019-12-31' },
  steps: { ...example.steps, 'go-over': { ...goOver, ...switching } },
  clocks: { ...example.clocks, decide: { ...example.clocks.decide, limit: { days: 90 } } },
})
const system: System = { ...exampleSystem, definitions: [formerly(), example] }
const around: Surroundings = { calendar: publishedCalendar, entryOn: () => ({ name: '张某' }), stateOf: () => undefined }
const opened = { region: '321302', id: '0190aaaa-0000-7000-8000-000000000001', number: '示例〔2019〕1号', hash: 'old' }
const by = { post: 'clerk', person: 'c', organ: 'justice' }
const head = { post: 'head', person: 'h', organ: 'justice' }
const [old] = system.definitions as [Definition]

function accepted(): Case {
  const received = { step: 'receive', input: { receivedOn: '2019-12-02', applicant: { name: '虚构甲' } }, by, at: '2019-12-02T10:00+08:00' }
  const accept = { step: 'accept', input: { acceptedOn: '2019-12-05' }, by, at: '2019-12-05T10:00+08:00' }
  return applyStep(old, applyStep(old, opened, received, around), accept, around)
}
const goneOver = (): Case =>
  applyStep(
    old,
    accepted(),
    { step: 'go-over', input: { since: '2020-01-06', why: '从新', definition: 'new' }, by: head, at: '2020-01-06T10:00+08:00' },
    around,
  )
const dueUnder = (definition: Definition, theCase: Case): string | undefined =>
  clocksOf(definition, theCase, publishedCalendar).find(({ clock }) => clock === 'decide')?.deadline?.due

test('案件所适用的版本由步骤推出：改变之前的步骤仍属旧版本，其后属新版本', () => {
  assert.equal(dueUnder(old, accepted()), '2020-03-04')
  const over = goneOver()
  assert.deepEqual(
    [over.version, over.hash, over.openedUnder, dueUnder(example, over)],
    ['2020-01-01', 'new', { version: '2015-01-01', hash: 'old' }, '2020-02-03'],
  )
  const law = governing(system, over)
  assert.deepEqual(
    [law.of(1), law.of(3), law.now, law.hash, law.switches],
    [old, old, example, 'new', [{ seq: 3, from: old, to: example, hash: 'new', reason: '从新' }]],
  )
  assert.deepEqual(foldCase(system, { ...opened, version: '2015-01-01' }, over.steps), over)
  assert.equal(governing(system, accepted()).now, old)
})

test('改变之后更正改变之前的步骤：在其原来的位置、按当时的版本重新核对；撤销改变的，回到旧版本', () => {
  const extended = applyStep(example, goneOver(), { step: 'extend', input: { days: 5 }, by: head, at: '2020-01-10T10:00+08:00' }, around)
  const correction = { reason: '录错', approvedBy: 'h', by, at: '2020-01-13T10:00+08:00' }
  const moved = correct(system, extended, { ...correction, seq: 2, input: { acceptedOn: '2019-12-04' } }, around)
  const law = governing(system, moved)
  assert.deepEqual([moved.version, moved.hash, law.of(5), law.of(4)], ['2020-01-01', 'new', old, example])
  const struck = correct(system, moved, { ...correction, seq: 3 }, around)
  assert.deepEqual([struck.version, struck.hash, governing(system, struck).now], ['2015-01-01', 'old', old])
  assert.deepEqual(foldCase(system, { ...opened, version: '2015-01-01' }, struck.steps), struck)
})

test('第二次改变被拒绝，说明已适用的版本；撤销之后可以再次改变', () => {
  const again = { step: 'go-over', input: { since: '2020-01-07', why: '从新', definition: 'new' }, by: head, at: '2020-01-07T10:00+08:00' }
  assert.throws(
    () => applyStep(example, goneOver(), again, around),
    (error) => error instanceof Refusal && error.code === 'version.switched-already' && error.said.message[0].includes('2020-01-01'),
  )
  const struck = correct(system, goneOver(), { seq: 3, reason: '录错', approvedBy: 'c', by: head, at: '2020-01-07T09:00+08:00' }, around)
  assert.equal(applyStep(old, struck, again, around).version, '2020-01-01')
})

const register = (id: string, fields: Register['fields']): [string, Register] => [
  id,
  { id, name: [id, id], key: ['键', 'Key'], fields, entries: [] },
]
const registers = new Map([
  register('officers', { name: text('姓名', 'Name'), active: flag('在岗', 'Active') }),
  register('inhabitants', { count: integer('人口', 'Inhabitants') }),
])

test('定义核对：只能改到较后的版本，由人决定，必须说明理由并记录定义，新版本须有该状态', () => {
  const problems = (switching: Partial<Step>, after: Partial<Definition> = {}): string[] => {
    const checked: System = { ...system, definitions: [formerly(switching), { ...example, ...after }] }
    return checkSystem(checked, { registers, systems: [checked] })
      .map(({ problem }) => problem)
      .filter((problem) => !problem.includes('the public brings something')) // that the example has no guide is asked in check.test.ts
  }
  assert.deepEqual(problems({}), [])
  const { switches } = goOver
  assert.deepEqual(problems({ switches: { ...switches!, to: '2019-01-01' } }), ['switches to “2019-01-01”, which is no later version'])
  assert.deepEqual(problems({ switches: { ...switches!, to: '2015-01-01' } }), ['switches to “2015-01-01”, which is no later version'])
  assert.deepEqual(problems({ input: { ...goOver.input, why: optional(longText('理由', 'Reason')) } }), [
    '“why” is no field that it must ask',
  ])
  assert.deepEqual(problems({ switches: { ...switches!, record: 'nothing' } }), ['“nothing” is no field that it must ask'])
  assert.ok(problems({ by: 'clock' }).includes('switches the law without a person'))
  const { running: _running, ...states } = example.states
  assert.ok(
    problems({}, { states: states as unknown as Definition['states'] }).includes('the version of 2020-01-01 has no state “running”'),
  )
})
