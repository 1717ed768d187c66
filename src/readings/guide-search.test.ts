import assert from 'node:assert/strict'
import { catalogue } from '#procedures/catalogue.ts'
import { guideIndex, searchGuides } from './guide-search.ts'
import { test } from 'node:test'

const index = guideIndex(catalogue.map(({ definitions }) => definitions.at(-1)!))
const titles = (query: string): string[] => searchGuides(index, query).found.map(({ title }) => title[0])

test('two characters find what holds them, and the guide of that name stands first', () => {
  assert.equal(titles('调解')[0], '诉前调解')
  assert.equal(titles('复议')[0], '行政复议')
  assert.ok(titles('补正').includes('补正期限'))
  assert.deepEqual(
    titles('补正'),
    searchGuides(index, '补正').found.map(({ title }) => title[0]),
  )
  assert.ok(titles('受理').length > 5)
})

test('traditional and simplified, full width and half find the same', () => {
  for (const [other, usual] of [
    ['行政復議', '行政复议'],
    ['調解', '调解'],
    ['１２３４５', '12345'],
    ['ＭＥＤＩＡＴＩＯＮ', 'mediation'],
  ] as const) {
    assert.deepEqual(titles(other), titles(usual))
    assert.ok(titles(usual).length > 0, usual)
  }
})

test('every word must be there; the name of the procedure may be one of them, and alone finds no parts', () => {
  const found = searchGuides(index, '行政复议 补正期限').found
  assert.equal(found[0]!.title[0], '补正期限')
  assert.ok(found.every(({ of }) => of[0] === '行政复议'))
  assert.deepEqual(titles('行政复议 没有这样的词'), [])
  assert.ok(titles('reconsideration hear').length > 0)
})

test('words in another order are found by their pairs', () => {
  assert.ok(titles('送达决定').length > 0)
  assert.ok(titles('申请行政复议').includes('行政复议'))
})

test('an article is found by its number in digits or in characters, and 6 is not 62', () => {
  const article = (query: string) => searchGuides(index, query, 'article').found.map(({ title }) => title[0])
  assert.ok(article('行政复议法 62').includes('行政复议法(2023)第62(1)条'))
  assert.deepEqual(article('行政复议法第六十二条'), article('行政复议法第62条'))
  assert.ok(article('行政复议法第六十二条').length > 0)
  assert.ok(!article('行政复议法 6').some((title) => title.includes('第62')))
})

test('a kind narrows the list and not the counts', () => {
  const all = searchGuides(index, '期限')
  const clocks = searchGuides(index, '期限', 'clock')
  assert.deepEqual(clocks.counts, all.counts)
  assert.equal(clocks.found.length, all.counts.clock)
  assert.ok(clocks.found.every(({ kind }) => kind === 'clock'))
  assert.equal(
    all.found.length,
    Object.values(all.counts).reduce((sum, one) => sum + one, 0),
  )
})

test('marks, blanks and nothing find nothing', () => {
  for (const query of ['', '  ', '<>&"\'', '。、，', '𠮷𠮷']) assert.deepEqual(searchGuides(index, query), { found: [], counts: {} })
})
