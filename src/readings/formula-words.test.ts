import assert from 'node:assert/strict'
import { test } from 'node:test'
import { catalogue } from '#procedures/catalogue.ts'
import { example, exampleSystem } from '#engine/example.ts'
import { formulaWords, termWords } from './formula-words.ts'

const { indicators } = exampleSystem
const words = (term: Parameters<typeof formulaWords>[1]): readonly [string, string] => formulaWords(indicators, term, [example])

const CASES: readonly [string, string, string][] = [
  ['received', '本期内“收件”的次数。', 'How often “Receive” was done in the period.'],
  [
    'with-reason',
    '本期内“中止”或“决定”的次数，其“理由”为“理由充分”或“情况复杂”。',
    'How often “Suspend” or “Decide” was done in the period, with its “Reason” “理由充分” or “情况复杂”.',
  ],
  [
    'carried-over',
    '本期内“决定”的次数，且案件的“受理日期”早于本期。',
    'How often “Decide” was done in the period, in cases whose “Accepted on” lies before the period.',
  ],
  ['suspended-cases', '本期内有“中止”的案件数（每案计一次）。', 'Cases with “Suspend” in the period, each counted once.'],
  [
    'pending',
    '期末已“受理”或“视为受理”、尚未“决定”或“随主案办结”的案件数。',
    'Cases that at the end of the period had “Accept” or “Deemed accepted” but not “Decide” or “Ended with the main case”.',
  ],
  ['in-time', '本期内在“办理期限”内办结的件数。', 'Completions within “Decision” in the period.'],
  ['decided-in-time', '本期内在“办理期限”内以“决定”办结的件数。', 'Completions by “Decide” within “Decision” in the period.'],
  ['late', '本期内超过“办理期限”办结的件数。', 'Completions after the end of “Decision” in the period.'],
  ['overdue', '期末已超过“办理期限”而仍未办结的件数。', 'Cases still open past “Decision” at the end of the period.'],
  [
    'urgent-decided',
    '本期内“决定”的次数，案件的“紧急”为“是”。',
    'How often “Decide” was done in the period, in cases with “Urgent” “yes”.',
  ],
  [
    'rate',
    '“办结” ÷ “收件”。“办结”：本期内“决定”的次数。“收件”：本期内“收件”的次数。',
    '“Decided” ÷ “Received”. “Decided”: how often “Decide” was done in the period. “Received”: how often “Receive” was done in the period.',
  ],
  [
    'applicants',
    '本期内“收件”的不同“申请人”数（以电话区分，没有电话的以姓名；不具名或信息已删除的无从区分，每次各计一个）。',
    'How many different persons or firms were “Applicant” of “Receive” in the period (told apart by telephone, else by name; those not named, or erased, cannot be told apart and count once each time).',
  ],
  [
    'suspended-by-unit',
    '本期内有“中止”的案件数（每案计一次），按“承办机构”分列。',
    'Cases with “Suspend” in the period, each counted once, for each “Handling organ”.',
  ],
  ['decided-by-taker', '本期内“决定”的次数，按办理机构分列。', 'How often “Decide” was done in the period, for each organ that did it.'],
  [
    'per-thousand',
    '“各镇街收件” ÷ “人口” × 1000。“各镇街收件”：本期内“收件”的次数，按“地点”所在镇街分列。“人口”：期末有效的“inhabitants”登记各条所载的数（count）。',
    '“Received by township” ÷ “Inhabitants” × 1000. “Received by township”: how often “Receive” was done in the period, for each township or sub-district of “Place”. “Inhabitants”: the number (count) stated by each entry of the register “inhabitants” in force at the end of the period.',
  ],
]
for (const [indicator, zh, en] of CASES) {
  test(`${indicator}: ${zh}`, () => {
    assert.deepEqual(words(indicator), [zh, en])
  })
}

test('formulas within formulas stand in brackets; an indicator that both name is explained once', () => {
  const term = { ratio: [{ sum: ['decided', 'received'] }, { minus: ['received', { entries: 'officers' }] }] } as const
  assert.equal(
    words(term)[0],
    '（“办结” + “收件”） ÷ （“收件” − （期末有效的“officers”登记条数））。“办结”：本期内“决定”的次数。“收件”：本期内“收件”的次数。',
  )
  assert.deepEqual(
    termWords(indicators, term)[1],
    '(“Decided” + “Received”) ÷ (“Received” − (entries of the register “officers” in force at the end of the period))',
  )
})

test('without a definition the ids stand', () => {
  assert.equal(formulaWords(indicators, 'in-time')[1], 'Completions within “decide” in the period.')
})

test('an indicator that there is not is a defect', () => {
  assert.throws(() => words('missing'), TypeError)
})

for (const { id, indicators: ofSystem, definitions } of catalogue) {
  test(`${id}: every indicator can be said, with the names of its steps`, () => {
    for (const indicator of Object.keys(ofSystem.indicators)) {
      const [zh, en] = formulaWords(ofSystem, indicator, definitions)
      assert.doesNotMatch(`${zh}${en}`, /undefined|\[object/, indicator)
      assert.doesNotMatch(zh, /“[a-z][a-z-]+”(?!登记)/, `${indicator}: ${zh}`)
    }
  })
}
