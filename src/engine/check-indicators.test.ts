import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkSystem } from './check.ts'
import { exampleSystem } from './example.ts'
import { flag, integer, text } from './field.ts'
import type { Formula, Indicators } from './indicator.ts'
import type { Register } from './register.ts'

const register = (id: string, fields: Register['fields']): [string, Register] => [
  id,
  { id, name: [id, id], key: ['键', 'Key'], fields, entries: [] },
]
const registers = new Map([
  register('officers', { name: text('姓名', 'Name'), active: flag('在岗', 'Active') }),
  register('inhabitants', { count: integer('人口', 'Inhabitants') }),
])

/** What `check` says of the example with one indicator more. */
function problemsOf(formula: Formula, statements: Indicators['statements'] = {}): string[] {
  const { indicators } = exampleSystem.indicators
  const system = {
    ...exampleSystem,
    indicators: { indicators: { ...indicators, asked: { name: ['所问', 'Asked'] as const, formula } }, statements },
  }
  return checkSystem(system, { registers, systems: [system] })
    .filter(({ at }) => /^example (indicator|statement)/.test(at))
    .map(({ problem }) => problem)
}

const REFUSED: readonly [string, Formula, string][] = [
  ['a step that there is not', { count: 'recieve' }, 'step “recieve” does not exist'],
  ['a clock that there is not', { clock: 'decision', is: 'late' }, 'clock “decision” does not exist'],
  ['a register that there is not', { entries: 'offices' }, 'register “offices” does not exist'],
  ['an indicator that there is not', { sum: ['decided', 'refused'] }, 'indicator “refused” does not exist'],
  [
    'a step that does not stop the clock',
    { clock: 'decide', is: 'in-time', by: ['decide', 'suspend'] },
    'step “suspend” does not stop the clock “decide”',
  ],
  ['a field that the step does not ask', { count: ['decide', 'accept'], where: { reason: '无' } }, 'step “accept” asks no “reason”'],
  ['a field that no step asks', { count: 'decide', whereCase: { hurry: true } }, 'the case has no field “hurry”'],
  ['a field that is no day', { count: 'decide', earlier: 'reason' }, 'field “reason” of the case is no date or instant'],
  ['a field that the register has not', { entries: 'officers', where: { rank: 'high' } }, 'the register “officers” has no field “rank”'],
  ['a value that is no number', { values: 'officers', field: 'name' }, 'field “name” of the register “officers” is no integer or money'],
  ['a value that the register has not', { values: 'inhabitants', field: 'number' }, 'the register “inhabitants” has no field “number”'],
  ['values of a register that there is not', { values: 'people', field: 'count' }, 'register “people” does not exist'],
  ['a group by what the step does not ask', { count: 'decide', each: { input: 'place.township' } }, 'step “decide” asks no “place”'],
  ['a group by what no step asks', { count: 'decide', each: { case: 'town' } }, 'the case has no field “town”'],
  ['a group by a person', { count: 'receive', each: { input: 'applicant' } }, 'field “applicant” is personal: nothing is counted by it'],
  [
    'a group by the address',
    { count: 'receive', each: { input: 'place.address' } },
    '“place.address” makes no groups: a field as a whole does, or of a place its township or community',
  ],
  [
    'a group by a whole place',
    { count: 'receive', each: { case: 'place' } },
    '“place” makes no groups: a field as a whole does, or of a place its township or community',
  ],
  ['different ones of what is no party', { count: 'decide', distinct: 'officer' }, 'field “officer” is no party'],
  ['parties of a step that names none', { count: ['receive', 'accept'], distinct: 'applicant' }, 'step “accept” asks no “applicant”'],
  ['cases and parties at once', { count: 'receive', distinct: 'applicant', distinctCases: true }, 'counts cases or parties, not both'],
  [
    'groups of different kinds',
    { ratio: ['received-by-township', 'decided-by-taker'] },
    'reckons groups of different kinds together: township, organ',
  ],
]
for (const [twist, formula, problem] of REFUSED) {
  test(`an indicator is refused that names ${twist}`, () => {
    assert.deepEqual(problemsOf(formula), [problem])
  })
}

const ALLOWED: readonly Formula[] = [
  { clock: 'decide', is: 'late', by: ['decide', 'follow'] },
  { entries: 'officers', where: { active: true } },
  {
    ratio: [
      { count: 'accept', each: { input: 'unit' } },
      { count: 'decide', each: { taker: 'organ' } },
    ],
  },
  { ratio: [{ count: 'receive', each: { input: 'place.community' } }, 'received'] },
]
for (const formula of ALLOWED) {
  test(`allowed: ${JSON.stringify(formula)}`, () => {
    assert.deepEqual(problemsOf(formula), [])
  })
}

test('a statement states single figures: a series is refused, wherever it stands', () => {
  const name = ['去向', 'Outcome'] as const
  const stating = (statement: Partial<Indicators['statements'][string]>): string[] =>
    problemsOf({ count: 'receive' }, { all: { name, figures: {}, ...statement } })
  const refused = ['states "per-thousand", which is a series']
  assert.deepEqual(stating({ figures: { rate: { is: 'per-thousand' } } }), refused)
  assert.deepEqual(stating({ within: { more: ['received', 'per-thousand'] } }), refused)
  assert.deepEqual(stating({ printed: 'per-thousand' }), refused)
  assert.deepEqual(stating({ figures: { rate: { is: 'rate' } }, printed: 'rate' }), [])
  assert.deepEqual(stating({ printed: 'ratio' }), ['indicator “ratio” does not exist'])
})
