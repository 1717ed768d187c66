import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkSystem, citationsOf } from './check.ts'
import { example, exampleSystem } from './example.ts'
import { flag, list, open, organ, person, personal, text } from './field.ts'
import { platform } from './citation.ts'
import type { Clock, Definition, Publicity, RegisterQuestion } from './definition.ts'
import type { Field } from './field.ts'
import type { Register } from './register.ts'
import type { RecurrenceRule } from './recurrence-rule.ts'
import type { System } from './system.ts'

const registers = new Map(
  ['officers', 'organs'].map((id): [string, Register] => [
    id,
    { id, name: [id, id], key: ['键', 'Key'], fields: { name: text('姓名', 'Name'), active: flag('在岗', 'Active') }, entries: [] },
  ]),
)

const problemsOf = (system: System): string[] =>
  checkSystem(system, { registers, systems: [exampleSystem] }).map(({ at, problem }) => `${at}: ${problem}`)
const known = problemsOf(exampleSystem)
/** What is new against the example as it stands. */
const newProblems = (system: System): string[] => problemsOf(system).filter((problem) => !known.includes(problem))

const { accept, suspend } = example.steps
const changed = (change: Partial<Definition>): System => ({ ...exampleSystem, definitions: [{ ...(example as Definition), ...change }] })
const withClock = (clock: Partial<Clock>): System =>
  changed({
    steps: {
      ...example.steps,
      accept: { ...accept, input: { ...accept.input, asked: list('各单位', 'Organs', organ('单位', 'Organ')) } },
      suspend: { ...suspend, input: { ...suspend.input, answered: organ('单位', 'Organ') } },
    },
    clocks: { ...example.clocks, each: { ...example.clocks.decide, starts: 'accept', stops: ['suspend'], ...clock } as Clock },
  })

test('a clock for each of several: its start asks the list, a step that stops it names one, and it does not lapse', () => {
  const clock = 'example@2020-01-01 clock each'
  const where = newProblems(withClock({ each: { of: 'asked', by: 'answered' } }))
  assert.deepEqual(where, [])
  const wrong = (each: Clock['each'], more: Partial<Clock> = {}): string[] =>
    newProblems(withClock({ each: each!, ...more })).map((problem) => problem.replace(/^example@\S+ clock each: /, ''))
  assert.deepEqual(
    wrong({ of: 'acceptedOn', by: 'answered' }),
    ['runs for each of “acceptedOn”, which its start does not ask as a list'],
    clock,
  )
  assert.deepEqual(wrong({ of: 'asked', by: 'answered' }, { stops: ['decide'] }), [
    'runs for each of “asked”, but no step that stops it asks “answered”',
  ])
  assert.deepEqual(wrong({ of: 'asked', by: 'answered' }, { lapse: 'deem-accepted' }), [
    'runs for each of “asked”: a lapse would not say for which',
  ])
})

test('a question to a register: its keys are fields, and one field of an entry is asked of one key', () => {
  const asking = (question: RegisterQuestion): string[] =>
    newProblems(changed({ asks: { ...(example as Definition).asks, more: question } })).map((problem) => problem.replace(/^\S+ /, ''))
  assert.deepEqual(asking({ register: 'organs', key: ['officer', 'reason'], absent: true }), [])
  assert.deepEqual(asking({ register: 'organs', key: ['officer', 'nothing'] }), ['asks more: key “nothing” is no field'])
  assert.deepEqual(asking({ register: 'organs', key: ['officer', 'reason'], field: 'name' }), [
    'asks more: asks several entries for one “name”',
  ])
})

test('a rule of recurrence names steps, fields and clocks that exist', () => {
  const rule: RecurrenceRule = {
    step: 'receive',
    merged: { step: 'receive', into: 'into' },
    same: [['topic', 'community']],
    distinct: 'callerKey',
    atLeast: 3,
    within: { days: 30 },
    opens: { procedure: 'example', step: 'receive' },
    joins: { step: 'receive', field: 'into' },
    relapses: { step: 'suspend', field: 'reason', clock: 'decide', atLeast: 2 },
  }
  const recurring = (change: Partial<RecurrenceRule>): string[] =>
    newProblems({ ...exampleSystem, recurrence: { ...rule, ...change } }).map((problem) => problem.replace(/@\S+/, ''))
  assert.deepEqual(recurring({}), [])
  assert.deepEqual(recurring({ joins: { step: 'receive', field: 'nothing' } }), [
    'example recurrence: example has no step “receive” that asks “nothing”',
  ])
  assert.deepEqual(recurring({ relapses: { ...rule.relapses, clock: 'nothing' } }), ['example recurrence: example has no clock “nothing”'])
  assert.deepEqual(recurring({ opens: { procedure: 'nothing', step: 'open' } }), [
    'example recurrence: opens “nothing”, which is not in the catalogue',
  ])
})

test('a procedure in which the public brings something has a guide, whole in both languages and with its articles', () => {
  const about = { words: ['（演示）', '(example)'], article: platform } as const
  const problems = (guide: Definition['guide']): string[] =>
    problemsOf(changed(guide ? { guide } : {})).filter((problem) => problem.includes(' guide: '))
  assert.deepEqual(problems(undefined), ['example@2020-01-01 guide: is missing, though the public brings something by “receive”'])
  assert.deepEqual(problems({ about }), ['example@2020-01-01 guide: says not who may ask'])
  assert.deepEqual(problems({ about, audience: [about], fee: { words: ['不收费', ''], article: [] } }), [
    'example@2020-01-01 guide: fee is not in both languages',
    'example@2020-01-01 guide: fee cites no article',
  ])
  assert.deepEqual(problems({ about, audience: [about] }), [])
  const { applicant: _applicant, ...inside } = example.steps.receive.input
  const within = problemsOf(changed({ steps: { ...example.steps, receive: { ...example.steps.receive, input: inside } } }))
  assert.ok(!within.some((problem) => problem.includes(' guide: ')), 'nobody brings anything')
})

test('the sentences of a guide are looked up like every other citation', () => {
  const guide = { about: { words: ['（演示）', '(example)'], article: platform } } as const
  assert.deepEqual(
    citationsOf(changed({ guide })).filter(({ at }) => at.includes('guide')),
    [{ at: 'example@2020-01-01 guide about', name: '（演示）', citation: platform }],
  )
})

test('what is published is marked public wherever it is asked, names nobody, and is published by a post that there is', () => {
  const { decide } = example.steps
  const publishing = (duty: Partial<Publicity>, field: Field = open(text('理由', 'Reason'))): string[] =>
    newProblems(
      changed({
        steps: { ...example.steps, decide: { ...decide, input: { ...decide.input, summary: field } } },
        publicity: { notice: { name: ['公告', 'Notice'], after: 'decide', fields: ['summary'], article: platform, ...duty } },
      }),
    ).map((problem) => problem.replace(/^example@\S+ publicity notice: /, ''))
  assert.deepEqual(publishing({ title: ['summary'], text: 'summary' }), [])
  assert.deepEqual(publishing({}, text('理由', 'Reason')), ['field “summary” is not marked public wherever it is asked'])
  assert.deepEqual(publishing({}, open(personal(text('姓名', 'Name')))), ['field “summary” is personal'])
  assert.deepEqual(publishing({}, open(person('承办人', 'Handler'))), ['field “summary” is of the kind “person”, which is not published'])
  assert.deepEqual(publishing({ fields: ['nothing'] }), ['field “nothing” is asked by no step'])
  assert.deepEqual(publishing({ text: 'reason' }), ['“reason” is not among its fields'])
  assert.deepEqual(publishing({ by: 'nobody' }), ['post “nobody” does not exist'])
  assert.deepEqual(publishing({ chosen: true }), ['is chosen, but no post chooses'])
  assert.deepEqual(publishing({ until: ['no-step'] }), ['step “no-step” does not exist'])
  assert.deepEqual(publishing({ article: [] }), ['cites no article'])
})
