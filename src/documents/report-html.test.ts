import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chapters } from '#report/chapters.ts'
import { figures } from '#report/figures.ts'
import { HOSTILE } from './samples.ts'
import { reportDocument } from './report-document.ts'
import { reportHtml } from './report-html.ts'
import { writeReport } from '#readings/annual-report.ts'
import type { AnnualReport } from '#readings/annual-report.ts'
import type { Figure } from '#readings/figures.ts'
import type { FigureSource } from '#readings/figure-source.ts'

const values = new Map<string, Figure>([
  ['pre-trial-mediation.cases', 7007],
  ['pre-trial-mediation.succeeded', 2663],
  ['pre-trial-mediation.success-rate', { num: 2663, den: 7007 }],
])
const CHECKPOINT =
  'yifa/321302\n18867\ntnK/R4ZX1WIJxWszVduGk8bXXbb/Gzvp3jom/nC2CC4=\nat 2021-01-05T01:00:00Z\nalg sha256\n\n— yifa/321302 D0moX6Go4Gp/Lt=\n'

const report: AnnualReport = writeReport({
  chapters,
  figures,
  values,
  builtSystems: new Set(['pre-trial-mediation']),
  year: 2020,
  period: { from: '2020-01-01', until: '2020-12-31' },
  region: '321302',
  place: ['宿城区', 'Sucheng District'],
  issuer: ['宿城区人民政府', 'People’s Government of Sucheng District'],
  at: '2021-01-05T09:00+08:00',
  findings: [],
  checkpoint: CHECKPOINT,
})
const source: FigureSource = {
  id: 'pre-trial-mediation.cases',
  definition: ['本期内开始调解的案件数。', 'Cases whose mediation began in the period.'],
  query: 'select count(*) from step where a < b;',
  countings: [
    {
      definition: ['调解员签收材料', 'Mediator signs'],
      total: 7007,
      records: [
        {
          id: 'x',
          number: '宿城诉前调〔2020〕7576号',
          procedure: 'pre-trial-mediation',
          openedOn: '2020-12-23',
          state: ['调解成功', 'Agreed'],
        },
      ],
    },
  ],
  months: [
    { month: '2020-01', count: 300 },
    { month: '2020-02', count: 0 },
  ],
}

/** Everything that a form, a register or a database could bring in. */
const hostile: AnnualReport = {
  ...report,
  title: [HOSTILE, HOSTILE],
  place: [HOSTILE, HOSTILE],
  issuer: [HOSTILE, HOSTILE],
  checkpoint: HOSTILE,
  findings: [{ system: HOSTILE, statement: HOSTILE, finding: HOSTILE }],
  sections: report.sections.map((section) => ({
    ...section,
    heading: [HOSTILE, HOSTILE],
    paragraphs: [{ zh: [HOSTILE, { text: HOSTILE, figure: 'hotline.accepted' }], en: [HOSTILE] }],
  })),
  figures: report.figures.map((value) => ({
    ...value,
    text: [HOSTILE, HOSTILE],
    figure: { ...value.figure, name: [HOSTILE, HOSTILE], unit: [HOSTILE, HOSTILE] },
  })),
}
const hostileSource: FigureSource = {
  ...source,
  definition: [HOSTILE, HOSTILE],
  query: HOSTILE,
  href: '"><script>alert(2)</script>',
  countings: [1, 2].map(() => ({
    definition: [HOSTILE, HOSTILE],
    total: 1,
    records: [{ ...source.countings[0]!.records[0]!, number: HOSTILE, state: [HOSTILE, HOSTILE] }],
  })),
}

for (const language of ['zh', 'en'] as const) {
  const page = reportHtml(report, { language, sources: [source] })

  test(`${language}: every link within the page has its target, every id stands once`, () => {
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id!)
    assert.equal(new Set(ids).size, ids.length)
    const targets = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id!)
    for (const target of targets) assert.ok(ids.includes(target), `#${target} leads nowhere`)
    for (const { id } of figures) assert.ok(targets.includes(`figure-${id}`), `${id} is not linked in the text`)
  })

  test(`${language}: it stands alone, without script`, () => {
    assert.doesNotMatch(page, /<script|<link|<img|<iframe|@import|url\(|https?:/)
    assert.match(page, /^<!doctype html>/)
    assert.match(page, language === 'zh' ? /<html lang="zh-CN">/ : /<html lang="en">/)
  })

  test(`${language}: nothing that comes in becomes markup`, () => {
    const sources = [hostileSource, { ...hostileSource, id: 'pre-trial-mediation.succeeded' }]
    const shown = reportHtml(hostile, {
      language,
      sources,
      caseHref: () => '"><script>alert(3)</script>',
      listAll: () => [HOSTILE, HOSTILE],
      otherLanguage: '"><script>',
    })
    assert.doesNotMatch(shown, /<script/)
    assert.match(shown, /&lt;script&gt;alert\(1\)/)
  })
}

test('a figure opens onto its definition, its query, its months and its records', () => {
  const page = reportHtml(report, { sources: [source] })
  const entry = /<details class="entry" id="figure-pre-trial-mediation\.cases">[^]*?<\/details>/.exec(page)![0]
  for (const text of [
    '7007',
    '本期内开始调解的案件数。',
    'where a &lt; b',
    '〔2020〕7576号',
    '2020年12月23日',
    '调解成功',
    '<svg',
    '最近立案的 1 件',
  ])
    assert.ok(entry.includes(text), text)
  assert.ok(
    reportHtml(report, { sources: [source], caseHref: ({ id }) => `/cases/${id}` }).includes(
      '<a href="/cases/x">宿城诉前调〔2020〕7576号</a>',
    ),
  )
})

test('a figure of a system not built is linked to an entry that says so', () => {
  const page = reportHtml(report, { language: 'en' })
  const entry = /<div class="entry plain" id="figure-hotline\.accepted">[^]*?<\/div>/.exec(page)![0]
  assert.match(entry, /system not built yet/)
  assert.match(entry, /“hotline-12345” is not built yet/)
})

test('the header tells place, year, period, when it was computed, what contradicts, and the checkpoint', () => {
  const shown = reportHtml({
    ...report,
    findings: [{ system: 's', statement: 'intake', finding: 'sum', words: ['收件 22 ≠ 21', 'Received 22 ≠ 21'] }],
  })
  const header = /<header>[^]*?<\/header>/.exec(shown)![0]
  for (const text of [
    '宿城区（321302）',
    '2020年1月1日至2020年12月31日',
    '2021年1月5日9时00分',
    '收件 22 ≠ 21',
    'tnK/R4ZX1WIJxWszVduGk8bXXbb/Gzvp3jom/nC2CC4=',
  ])
    assert.ok(header.includes(text), text)
})

test('as an official document: numbered headings, figures with their ids, the date of its computing, what it rests on', () => {
  const document = reportDocument(report)
  assert.deepEqual(
    document.body
      .filter((block) => block.kind === 'heading')
      .slice(0, 2)
      .map(({ level, text }) => [level, text]),
    [
      [1, '一、党政主要负责人切实履行第一责任，高位推进法治政府建设'],
      [3, '1.紧抓关键少数，加强对法治政府建设的领导'],
    ],
  )
  const runs = document.body.flatMap((block) => (block.kind === 'paragraph' && typeof block.text !== 'string' ? block.text : []))
  const shown = runs.flatMap((run) => (typeof run === 'string' || run.figure === undefined ? [] : [run.figure]))
  assert.deepEqual(shown.toSorted(), figures.map(({ id }) => id).toSorted())
  assert.equal(document.date, '2021-01-05')
  const told = JSON.stringify(document.body.slice(-4))
  for (const text of ['其中3项已计算，63项所属系统待建', '封存18867条', 'tnK/R4ZX']) assert.ok(told.includes(text), text)
})

test('the day of an instant is its day in China', () => {
  assert.equal(reportDocument({ ...report, at: '2021-01-04T16:30:00Z' }).date, '2021-01-05')
})
