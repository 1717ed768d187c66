import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chineseDate, chineseNumber, officialDate, officialTime } from './chinese-date.ts'

test('GB/T 9704-2012, 7.3.5.4: a date in Arabic numerals without leading zeros', () => {
  assert.equal(officialDate('2020-12-28'), '2020年12月28日')
  assert.equal(officialDate('2024-03-05'), '2024年3月5日')
})

test('an instant is printed as its day in China', () => {
  assert.equal(officialDate('2020-12-31T16:30Z'), '2021年1月1日')
  assert.equal(officialTime('2024-03-05T10:05+08:00'), '2024年3月5日10时05分')
  assert.equal(officialTime('2024-03-05'), '2024年3月5日')
})

test('a date in Chinese numerals', () => {
  assert.equal(chineseDate('2024-03-05'), '二〇二四年三月五日')
  assert.equal(chineseDate('2020-12-28'), '二〇二〇年十二月二十八日')
  assert.equal(chineseDate('2010-10-10'), '二〇一〇年十月十日')
  assert.equal(chineseDate('2021-11-30'), '二〇二一年十一月三十日')
})

test('numbers of chapters and sections', () => {
  assert.deepEqual([1, 10, 11, 20, 45, 99].map(chineseNumber), ['一', '十', '十一', '二十', '四十五', '九十九'])
  assert.throws(() => chineseNumber(100), RangeError)
})

test('a day that does not exist is refused, not printed', () => {
  assert.throws(() => officialDate('2023-02-29'), { code: 'date.invalid' })
  assert.throws(() => chineseDate('2024年3月5日'), { code: 'date.invalid' })
})
