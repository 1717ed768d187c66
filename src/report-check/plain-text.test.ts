import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asPrinted, plainParagraphs } from './plain-text.ts'

const plain = (text: string) => plainParagraphs(text).map((sentences) => sentences.map((sentence) => sentence.plain))

test('traditional characters, full-width signs and blanks become plain', () => {
  assert.deepEqual(plain('調解 案件７００７件（約１．５萬），調成率３８．０２％。'), [['调解案件7007件(约1.5万)，调成率38.02%。']])
})

test('the digits of two numbers do not run together', () => {
  assert.deepEqual(plain('表 3 120 件'), [['表3 120件']])
})

test('sentences end after 。！？ and after a full stop that stands for one', () => {
  assert.deepEqual(plain('一。二！“三？”四38.02%.五1.5'), [['一。', '二！'.replace('！', '!'), '“三?”', '四38.02%.', '五1.5']])
})

test('lines broken to fit a width are joined, paragraphs and list items are not', () => {
  assert.deepEqual(plain('一、标题\n全年共受理行政复议申请二十二件其中受\n理十七件。\n2.另一段\n调解案件\n7007件'), [
    ['一、标题'], ['全年共受理行政复议申请二十二件其中受理十七件。'], ['2.另一段'], ['调解案件7007件'],
  ]) // prettier-ignore
})

test('marks of markdown and HTML are dropped', () => {
  assert.deepEqual(plain('## 标题\n\n- **受理** [22件](http://x.y)<br>，`办结`'), [['标题'], ['受理22件，办结']])
})

test('a table reads row by row, its numbers with the words beside or above them', () => {
  assert.deepEqual(plain('| 事项 | 数量 |\n|---|---|\n| 受理 | 22件 |'), [['事项，数量；受理22件；']])
  assert.deepEqual(plain('| 受理（件） | 办结率 |\n|:--|--:|\n| 22 | 98% |'), [['受理(件)，办结率；受理22件，办结率98%；']])
})

test('a sentence finds its way back to the characters printed', () => {
  const text = '前言。𠮷 調解 **案件** ７００７件。'
  const sentence = plainParagraphs(text)[0]![1]!
  assert.equal(asPrinted(text, sentence), '𠮷 調解 **案件** ７００７件。')
  assert.equal(asPrinted(text, sentence, sentence.plain.indexOf('7')), '７００７件。')
})
