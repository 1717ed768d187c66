import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkIdentities, identityTerms, TO_BE_WRITTEN, writeReport } from './annual-report.ts'
import type { Chapter, ReportFigure, ReportParts } from './annual-report.ts'
import type { Figure } from './figures.ts'
import type { Indicators } from '#engine/indicator.ts'

const figure = (id: string, as: ReportFigure['as'], unit?: ReportFigure['unit']): ReportFigure => ({
  id,
  section: '2.1.1',
  name: [id, id],
  system: id.split('.')[0]!,
  indicator: id.split('.')[1]!,
  as,
  ...(unit && { unit }),
})
const figures = [
  figure('mediation.cases', 'count', ['件', 'cases']),
  figure('mediation.rate', 'percent'),
  figure('penalty.cases', 'count', ['件', 'cases']),
]
const chapters: readonly Chapter[] = [
  {
    number: '0',
    heading: ['前言', 'Preamble'],
    paragraphs: [['{place}{year}年，上年为{lastYear}年。', '{place} in {year}, after {lastYear}.']],
  },
  {
    number: '1',
    heading: ['甲', 'A'],
    paragraphs: [],
    chapters: [{ number: '1.1', heading: ['甲一', 'A1'], paragraphs: [TO_BE_WRITTEN] }],
  },
  {
    number: '2',
    heading: ['乙', 'B'],
    paragraphs: [],
    chapters: [
      {
        number: '2.1',
        heading: ['乙一', 'B1'],
        paragraphs: [],
        chapters: [
          {
            number: '2.1.1',
            heading: ['乙一一', 'B11'],
            paragraphs: [
              [
                '调解{mediation.cases}，率{mediation.rate}；处罚{penalty.cases}。',
                'Mediated: {mediation.cases}; rate: {mediation.rate}; penalties: {penalty.cases}.',
              ],
            ],
          },
        ],
      },
    ],
  },
]

function reportWith(values: Record<string, Figure>, more: Partial<ReportParts> = {}): ReturnType<typeof writeReport> {
  return writeReport({
    chapters,
    figures,
    values: new Map(Object.entries(values)),
    builtSystems: new Set(['mediation']),
    year: 2020,
    period: { from: '2020-01-01', until: '2020-12-31' },
    region: '321302',
    place: ['某区', 'Some District'],
    issuer: ['某区人民政府', 'Government of Some District'],
    at: '2021-01-05T09:00+08:00',
    findings: [],
    checkpoint: null,
    ...more,
  })
}
const COMPUTED = { 'mediation.cases': 7007, 'mediation.rate': { num: 2663, den: 7007 } }

test('a sentence carries its figures: with the measure word in Chinese, without in English; a system not built is said to be so', () => {
  const [paragraph] = reportWith(COMPUTED).sections.find(({ number }) => number === '2.1.1')!.paragraphs
  assert.deepEqual(paragraph!.zh, [
    '调解',
    { text: '7007件', figure: 'mediation.cases' },
    '，率',
    { text: '38.00%', figure: 'mediation.rate' },
    '；处罚',
    { text: '（系统待建）', figure: 'penalty.cases' },
    '。',
  ])
  assert.deepEqual(paragraph!.en, [
    'Mediated: ',
    { text: '7007', figure: 'mediation.cases' },
    '; rate: ',
    { text: '38.00%', figure: 'mediation.rate' },
    '; penalties: ',
    { text: '(system not built yet)', figure: 'penalty.cases' },
    '.',
  ])
})

test('figures: text and status', () => {
  const texts = (report: ReturnType<typeof writeReport>): unknown[] => report.figures.map(({ status, text }) => [status, ...text])
  assert.deepEqual(texts(reportWith(COMPUTED)), [
    ['computed', '7007', '7007'],
    ['computed', '38.00%', '38.00%'],
    ['not-built', '（系统待建）', '(system not built yet)'],
  ])
  for (const none of [{ num: 0, den: 0 }, null]) {
    assert.deepEqual(texts(reportWith({ ...COMPUTED, 'mediation.rate': none }))[1], [
      'no-denominator',
      '无（分母为零）',
      'none (nothing to divide by)',
    ])
  }
  assert.equal(reportWith({ ...COMPUTED, 'penalty.cases': 5 }).figures[2]!.value, null, 'a value without a system is not shown')
})

test('headings are numbered as official documents number them', () => {
  const { sections, title } = reportWith(COMPUTED)
  assert.deepEqual(
    sections.map(({ number, level, label }) => [number, level, ...label]),
    [
      ['0', 1, '', ''],
      ['1', 1, '一、', '1'],
      ['1.1', 3, '1.', '1.1'],
      ['2', 1, '二、', '2'],
      ['2.1', 2, '（一）', '2.1'],
      ['2.1.1', 3, '1.', '2.1.1'],
    ],
  )
  assert.deepEqual(title, ['某区2020年度法治政府建设工作报告', 'Some District: Report on Building a Law-based Government, 2020'])
})

test('the year, the year before and the place are set in; what no record can tell is marked', () => {
  const { sections } = reportWith(COMPUTED)
  assert.deepEqual(sections[0]!.paragraphs, [{ zh: ['某区2020年，上年为2019年。'], en: ['Some District in 2020, after 2019.'] }])
  assert.equal(sections[2]!.paragraphs[0]!.toBeWritten, true)
})

test('what would be a wrong report is a defect', () => {
  assert.throws(() => reportWith({ 'mediation.cases': 1 }), /no value for mediation\.rate/)
  assert.throws(() => reportWith({ ...COMPUTED, 'mediation.cases': { num: 1, den: 2 } }), /is a count/)
  assert.throws(() => reportWith({ ...COMPUTED, 'mediation.rate': 3 }), /is a percentage/)
  assert.throws(
    () => reportWith(COMPUTED, { chapters: [{ number: '1', heading: ['甲', 'A'], paragraphs: [['{无}', '{none}']] }] }),
    /no figure of the report/,
  )
})

const indicators: Indicators = {
  indicators: {
    received: { name: ['收到', 'Received'], formula: { count: 'receive' } },
    accepted: { name: ['受理', 'Accepted'], formula: { count: 'accept' } },
    refused: { name: ['不予受理', 'Refused'], formula: { count: 'refuse' } },
  },
  statements: {
    intake: {
      name: ['收件去向', 'Intake'],
      figures: {},
      identities: { 'does-not-add-up': ['received', { sum: ['accepted', 'refused'] }], 'needs-a-total': ['received', 'printed-total'] },
      within: { 'accepted-exceeds-received': ['accepted', 'received'] },
    },
  },
}
const found = (values: Record<string, number>): unknown[] =>
  checkIdentities('example', indicators, (term) => (typeof term === 'string' ? values[term]! : values['accepted']! + values['refused']!))

test('identities over computed figures: those that hold find nothing, equality is within', () => {
  assert.deepEqual(found({ received: 22, accepted: 17, refused: 5 }), [])
  assert.deepEqual(found({ received: 17, accepted: 17, refused: 0 }), [])
})

test('identities that are broken are found with both sides', () => {
  assert.deepEqual(found({ received: 10, accepted: 11, refused: 5 }), [
    {
      system: 'example',
      statement: 'intake',
      finding: 'does-not-add-up',
      words: ['收件去向：“收到”（10）≠ “受理” + “不予受理”（16）', 'Intake: “Received” (10) ≠ “Accepted” + “Refused” (16)'],
    },
    {
      system: 'example',
      statement: 'intake',
      finding: 'accepted-exceeds-received',
      words: ['收件去向：“受理”（11）> “收到”（10）', 'Intake: “Accepted” (11) > “Received” (10)'],
    },
  ])
})

test('an identity over a total that no indicator computes is not asked for', () => {
  assert.deepEqual(identityTerms(indicators), ['received', { sum: ['accepted', 'refused'] }, 'accepted', 'received'])
})
