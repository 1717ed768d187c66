import assert from 'node:assert/strict'
import { choice, file, list, optional, party, place, text } from './field.ts'
import { inputProblems } from './check-input.ts'
import { test } from 'node:test'

const fields = {
  claim: text('请求', 'Claim'),
  who: party('当事人', 'Party'),
  where: optional(place('地点', 'Place')),
  kind: optional(choice('种类', 'Kind', { one: ['一', 'One'] })),
  papers: optional(list('材料', 'Papers', file('文件', 'File'))),
  rows: optional(list('各行', 'Rows', { name: text('名称', 'Name') })),
}
const good = { claim: '返还𠮷祥物', who: { name: '虚构张三' } }
const wrong = (input: Record<string, unknown>): string[] => inputProblems(fields, { ...good, ...input }).map(({ path }) => path)

test('what has its form is left alone', () => {
  assert.deepEqual(wrong({ where: { address: '幸福路' }, papers: [{ name: 'a.pdf', sha256: '0'.repeat(64), bytes: 1 }], kind: 'one' }), [])
})

test('a record must be one, with its own parts and no others', () => {
  for (const who of [[], {}, { name: '' }, { name: 5 }, { name: '虚构', extra: 1 }, 'x']) assert.deepEqual(wrong({ who }), ['who'])
  assert.deepEqual(wrong({ where: { community: '一社区' } }), ['where'])
  assert.deepEqual(wrong({ papers: [null, { name: 'a.pdf' }, { name: 'a.pdf', sha256: '', bytes: -1 }] }), [
    'papers.1',
    'papers.2',
    'papers.3',
  ])
  assert.deepEqual(wrong({ rows: [[]] }), ['rows'])
})

test('what every object inherits is no choice and no field', () => {
  assert.deepEqual(wrong({ kind: 'constructor' }), ['kind'])
  assert.deepEqual(wrong({ constructor: 'x' }), ['constructor'])
})
