import assert from 'node:assert/strict'
import { placeWord, searchQuery, searchVector, unprovenRuns } from './search-words.ts'
import { test } from 'node:test'

test('a text is its characters and pairs, and words of letters and digits', () => {
  assert.equal(searchVector(['城市低保', '苏N·A1']), "'城' '城市' '市' '市低' '低' '低保' '保' '苏' 'n' 'a1'")
})

test('a query of two characters is their pair; of one, itself', () => {
  assert.equal(searchQuery('低保'), "'低保'")
  assert.equal(searchQuery('宿区行复〔2024〕1号'), "'宿区' & '区行' & '行复' & '2024':* & '1':* & '号'")
  assert.equal(searchQuery('保'), "'保'")
})

test('characters beyond the first plane are one character each', () => {
  assert.equal(searchQuery('𠮷䶮'), "'𠮷䶮'")
  assert.ok(searchVector(['虚构𠮷']).includes("'构𠮷'"))
})

test('marks and quotes alone are no query, and never break one', () => {
  assert.equal(searchQuery('  ’%_&|! '), undefined)
  assert.equal(searchQuery("o'brien"), "'o':* & 'brien':*")
})

test('what the pairs do not prove is named, to be looked for in the text itself', () => {
  assert.deepEqual(unprovenRuns('低保 行政复议 A12 城市管'), ['行政复议', '城市管'])
})

test('no text holds the word of a place', () => {
  assert.equal(placeWord({ procedure: 'hotline', organ: null }), "'#hotline'")
  assert.ok(!searchVector(['#hotline/water']).includes('#'))
})

test('marks that nobody sees hide nothing', () => {
  assert.equal(searchVector(['虚\u202e构\u200b某']), searchVector(['虚构某']))
  assert.equal(searchQuery('虚\ufeff构'), searchQuery('虚构'))
})
