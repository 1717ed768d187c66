import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readNumeral } from './numerals.ts'
import { shown } from './rational.ts'

const READ: readonly (readonly [printed: string, value: string, step: string])[] = [
  ['7007', '7007', '1'], ['30,005', '30005', '1'], ['1,234,567', '1234567', '1'], ['321 146', '321146', '1'], ['38.02', '38.02', '0.01'], ['38.00', '38', '0.01'],
  ['1.5万', '15000', '1000'], ['3万', '30000', '10000'], ['2.35亿', '235000000', '1000000'], ['5千', '5000', '1000'], ['1.2万亿', '1200000000000', '100000000000'],
  ['四', '4', '1'], ['两', '2', '1'], ['十', '10', '1'], ['十条', '10', '1'], ['二十三', '23', '1'], ['一百零五', '105', '1'], ['一百二十', '120', '1'],
  ['三千零七', '3007', '1'], ['一万二千三百', '12300', '1'], ['七千零七', '7007', '1'], ['三十八点零二', '38.02', '0.01'], ['二〇二〇', '2020', '1'], ['两亿', '200000000', '100000000'], ['壹佰贰拾', '120', '1'],
] // prettier-ignore

for (const [printed, value, step] of READ) {
  test(`${printed} is ${value}, to ${step}`, () => {
    const numeral = readNumeral(printed, 0)
    assert.deepEqual([shown(numeral!.value, 4), shown(numeral!.step, 4)], [value, step])
  })
}

for (const printed of ['四五', '千万', '百', '万', '007', '条', '', '点五']) {
  test(`${printed || 'nothing'} is no numeral`, () => assert.equal(readNumeral(printed, 0), undefined))
}

test('every integer reads back, with and without commas', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), (integer) => {
      for (const printed of [String(integer), integer.toLocaleString('en-US')]) {
        assert.equal(readNumeral(printed, 0)?.value.numerator, BigInt(integer))
        assert.equal(readNumeral(printed, 0)?.length, printed.length)
      }
    }),
  )
})
