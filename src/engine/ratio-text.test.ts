import assert from 'node:assert/strict'
import { percent, ratioText } from './ratio-text.ts'
import { test } from 'node:test'

test('in percent, half-up on the exact quotient; what is not complete is never printed as complete', () => {
  assert.equal(ratioText({ num: 2663, den: 7007 }), '38.00%')
  assert.equal(percent({ num: 1, den: 8 }, 1), '12.5')
  assert.equal(percent({ num: 1, den: 8 }, 0), '13')
  assert.equal(ratioText({ num: 99_999, den: 100_000 }), '99.99%')
  assert.equal(ratioText({ num: 7, den: 7 }), '100.00%')
})

test('per 1,000, as its formula says; it may well be more than a thousand', () => {
  assert.equal(ratioText({ num: 3456, den: 28_000, per: 1000 }), '123.43')
  assert.equal(ratioText({ num: 5, den: 4, per: 1000 }), '1250.00')
  assert.equal(ratioText({ num: 0, den: 4, per: 1000 }), '0.00')
})

test('nothing to divide by is no rate', () => {
  assert.equal(ratioText({ num: 0, den: 0 }), null)
  assert.equal(ratioText({ num: 3, den: 0, per: 1000 }), null)
})
