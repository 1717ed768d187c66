import assert from 'node:assert/strict'
import { test } from 'node:test'
import { columnsOf, redHeadPoints, signatureIndents, titleLines } from './page-layout.ts'
import { decision } from './samples.ts'

test('7.3.1: a long title is broken between words into even lines; set breaks are kept', () => {
  assert.deepEqual(titleLines('关于开展行政执法案卷评查的通知'), ['关于开展行政执法案卷评查的通知'])
  assert.deepEqual(titleLines('宿城区人民政府\n行政复议决定书'), ['宿城区人民政府', '行政复议决定书'])
  const lines = titleLines('宿城区人民政府办公室关于印发《宿城区重大行政决策程序规定实施办法》和有关配套制度的通知')
  assert.equal(lines.length, 3)
  for (const line of lines) assert.doesNotMatch(line, /^[的和》]|《$/, lines.join('/'))
})

test('7.3.5.1: sealed, the date stands four characters in and the signatory is centred over it', () => {
  const indents = signatureIndents({ ...decision, signatory: '宿城区司法局' }) // 6 characters over 2024年4月28日, 6.5
  assert.deepEqual(indents, { signatory: 4.25, date: 4 })
  assert.deepEqual(signatureIndents({ ...decision, signatory: '宿城区人民政府行政复议委员会办公室' }), { signatory: 2, date: 7.25 })
})

test('7.3.5.2: unsealed, the date begins two characters to the right of the signatory', () => {
  const indents = signatureIndents({ ...decision, signatory: '宿城区司法局', sealPlace: false })
  assert.deepEqual(indents, { signatory: 4.5, date: 2 })
})

test('7.2.4: a red head stands in one line', () => {
  assert.ok(redHeadPoints('宿城区人民政府文件') * 9 <= 443)
  assert.ok(redHeadPoints('宿迁市宿城区人民政府文件') * 12 <= 443)
})

test('short columns get what they ask for, the sentences the rest', () => {
  const [number, reason] = columnsOf({ kind: 'table', columns: ['序号', '理由'], rows: [['1', '适用法律正确，程序合法。'.repeat(8)]] })
  assert.equal(number!.align, 'center')
  assert.equal(reason!.align, 'left')
  assert.ok(number!.share < 0.1 && reason!.share > 0.9)
})
