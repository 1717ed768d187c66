import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compareFigures, comparisonTable } from './compare-figures.ts'
import { Refusal } from '#engine/refusal.ts'
import type { Figure } from './figures.ts'
import type { FigureValue } from './annual-report.ts'

const FIGURE = { section: '1', name: ['数', 'number'], system: 's', indicator: 'i', as: 'count' } as const

function value(id: string, figure: Figure, status: FigureValue['status'] = 'computed'): FigureValue {
  return { figure: { ...FIGURE, id }, status, value: figure, text: ['', ''] }
}

/** The verdict on one figure, with what is expected and computed as texts. */
function verdict(expected: object, figure: Figure): string {
  const [row] = compareFigures({ figures: [{ id: 'a.b', zh: '数', en: 'number', ...expected }] }, [value('a.b', figure)]).rows
  return `${row!.expected} | ${row!.computed} | ${row!.verdict}`
}
const rate = (num: number, den: number): Figure => ({ num, den })

const ABOUT = { match: 'about', value: 15000, tolerance: 0.034 }
const BETWEEN = { match: 'between', value: [51, 59] }
const AT_LEAST = { match: 'atLeast', value: 0.98, unit: 'ratio' }
const CASES: readonly [object, Figure, string][] = [
  [{ match: 'exact', value: 55513 }, 55513, '55513 | 55513 | match'],
  [{ match: 'exact', value: 55513 }, 55512, '55513 | 55512 | differs'],
  [{ match: 'exact', value: 0 }, 0, '0 | 0 | match'],
  [{ match: 'exact', value: 1, unit: 'ratio' }, rate(12, 12), '100.00% | 100.00% | match'],
  [{ match: 'exact', value: 1, unit: 'ratio' }, rate(99999, 100000), '100.00% | 99.99% | differs'],
  [{ match: 'exact', value: 1, unit: 'ratio' }, rate(0, 0), '100.00% | 0 ÷ 0 | differs'],
  [{ match: 'exact', value: 1, unit: 'ratio' }, null, '100.00% | — | differs'],
  [ABOUT, 14490, '15000 ± 3.4% | 14490 | match'],
  [ABOUT, 15510, '15000 ± 3.4% | 15510 | match'],
  [ABOUT, 14489, '15000 ± 3.4% | 14489 | differs'],
  [ABOUT, 15511, '15000 ± 3.4% | 15511 | differs'],
  [BETWEEN, 51, '51–59 | 51 | match'],
  [BETWEEN, 59, '51–59 | 59 | match'],
  [BETWEEN, 50, '51–59 | 50 | differs'],
  [BETWEEN, 60, '51–59 | 60 | differs'],
  // 0.98 is 98/100, not the float beside it: 49 of 50 is enough, whatever the floats say.
  [AT_LEAST, rate(49, 50), '≥ 98.00% | 98.00% | match'],
  [AT_LEAST, rate(979999, 1000000), '≥ 98.00% | 98.00% | differs'],
  [AT_LEAST, rate(1, 1), '≥ 98.00% | 100.00% | match'],
  [{ match: 'atMost', value: 2 }, 2, '≤ 2 | 2 | match'],
  [{ match: 'atMost', value: 2 }, 3, '≤ 2 | 3 | differs'],
]
for (const [expected, figure, said] of CASES) {
  test(`${JSON.stringify(expected)}: ${said}`, () => {
    assert.equal(verdict(expected, figure), said)
  })
}

const MEDIATION = {
  year: 2020,
  region: '321302',
  figures: [
    { id: 'm.cases', zh: '案件', en: 'cases', match: 'exact', value: 7007 },
    { id: 'm.succeeded', zh: '成功', en: 'succeeded', match: 'exact', value: 2663 },
    { id: 'm.rate', zh: '调成率', en: 'success rate', match: 'derived', value: 0.38, printed: 0.3802, unit: 'ratio' },
  ],
}

test('derived: the quotient of its two counts, not the printed figure; the contradiction is told', () => {
  const compared = compareFigures(MEDIATION, [value('m.cases', 7007), value('m.succeeded', 2663), value('m.rate', rate(2663, 7007))])
  assert.deepEqual(compared.rows[2], {
    figure: 'm.rate',
    zh: '调成率',
    en: 'success rate',
    expected: '38.00%',
    computed: '38.00%',
    verdict: 'match',
    printed: '38.02%',
    note: [
      '印发稿为 38.02%，与其两个数矛盾：2663 ÷ 7007 = 38.00%。',
      'The printed 38.02% contradicts its own two counts: 2663 ÷ 7007 = 38.00%.',
    ],
  })
  assert.deepEqual(compared.totals, { match: 3, differs: 0, notBuilt: 0 })
  assert.deepEqual([compared.year, compared.region], [2020, '321302'])
})

test('derived: other counts give another rate; a bare number is no quotient', () => {
  const verdictOf = (figure: Figure): string => compareFigures(MEDIATION, [value('m.rate', figure)]).rows[2]!.verdict
  assert.equal(verdictOf(rate(2664, 7007)), 'differs', '2664 of 7007 is the printed 38.02 %')
  assert.equal(verdictOf(rate(19, 50)), 'match')
  assert.equal(verdictOf(0.38), 'differs')
  assert.equal(verdictOf(rate(0, 0)), 'differs')
})

test('not built: no value is compared; a figure that the report does not have is told apart', () => {
  const { rows, totals } = compareFigures(MEDIATION, [value('m.cases', null, 'not-built'), value('m.rate', rate(2663, 7007))])
  assert.deepEqual([rows[0]!.verdict, rows[0]!.computed, rows[0]!.note], ['not-built', '—', undefined])
  assert.deepEqual([rows[1]!.verdict, rows[1]!.note?.[1]], ['not-built', 'The report has no such figure.'])
  assert.deepEqual(totals, { match: 1, differs: 0, notBuilt: 2 })
})

const one = { id: 'a.b', zh: '数', en: 'number', match: 'exact', value: 1 }
const MALFORMED: readonly [string, unknown][] = [
  ['nothing', null],
  ['a list', [one]],
  ['no figures', { figures: [] }],
  ['an unknown match', { figures: [{ ...one, match: 'nearly' }] }],
  ['a value of the wrong kind', { figures: [{ ...one, value: '1' }] }],
  ['a range with one end', { figures: [{ ...one, match: 'between', value: [1] }] }],
  ['a range turned round', { figures: [{ ...one, match: 'between', value: [2, 1] }] }],
  ['no tolerance', { figures: [{ ...one, match: 'about' }] }],
  ['a figure twice', { figures: [one, one] }],
]
for (const [what, expected] of MALFORMED) {
  test(`refused, exit 2: ${what}`, () => {
    assert.throws(
      () => compareFigures(expected, []),
      (error) => error instanceof Refusal && error.code === 'compare.file-invalid' && error.exit === 2,
    )
  })
}

test('the table: full-width characters take two columns, numbers stand right, notes and totals follow', () => {
  const compared = compareFigures(MEDIATION, [value('m.cases', 7007), value('m.succeeded', null, 'not-built'), value('m.rate', rate(1, 2))])
  assert.deepEqual(comparisonTable(compared, 'zh').split('\n'), [
    '数据         名称      应为    计算  结论',
    '───────────  ──────  ──────  ──────  ────────',
    'm.cases      案件      7007    7007  一致',
    'm.succeeded  成功      2663       —  系统待建',
    'm.rate       调成率  38.00%  50.00%  不一致',
    '',
    'm.rate：印发稿为 38.02%，与其两个数矛盾：2663 ÷ 7007 = 38.00%。',
    '共 3 个数据：一致 1，不一致 1，系统待建 1',
  ])
  assert.match(
    comparisonTable(compared, 'en'),
    /m\.rate +success rate +38\.00% +50\.00% +differs\n[^]*3 figures: 1 match, 1 differs?, 1 not built$/,
  )
})
