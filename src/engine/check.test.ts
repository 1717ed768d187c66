import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkSystem } from './check.ts'
import { exampleSystem } from './example.ts'
import type { Formula } from './indicator.ts'

/** What `check` says of the example with one indicator more. */
function problemsOf(formula: Formula): string[] {
  const { indicators } = exampleSystem.indicators
  const system = {
    ...exampleSystem,
    indicators: { indicators: { ...indicators, asked: { name: ['所问', 'Asked'] as const, formula } }, statements: {} },
  }
  return checkSystem(system, { registers: new Set(['officers']), systems: [system] }).flatMap(({ at, problem }) =>
    at === 'example indicator asked' ? [problem] : [],
  )
}

const REFUSED: readonly [string, Formula, string][] = [
  ['a step that there is not', { count: 'recieve' }, 'step “recieve” does not exist'],
  ['a clock that there is not', { clock: 'decision', is: 'late' }, 'clock “decision” does not exist'],
  ['a register that there is not', { entries: 'offices' }, 'register “offices” does not exist'],
  [
    'a step that does not stop the clock',
    { clock: 'decide', is: 'in-time', by: ['decide', 'suspend'] },
    'step “suspend” does not stop the clock “decide”',
  ],
]
for (const [twist, formula, problem] of REFUSED) {
  test(`an indicator is refused that names ${twist}`, () => {
    assert.deepEqual(problemsOf(formula), [problem])
  })
}

const ALLOWED: readonly Formula[] = [{ clock: 'decide', is: 'late', by: ['decide', 'follow'] }, { entries: 'officers' }]
for (const formula of ALLOWED) {
  test(`allowed: ${JSON.stringify(formula)}`, () => {
    assert.deepEqual(problemsOf(formula), [])
  })
}
