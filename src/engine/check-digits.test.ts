import assert from 'node:assert/strict'
import { isCreditCode, isIdentityNumber } from './check-digits.ts'
import { test } from 'node:test'

test('identity numbers: the example of the standard, and each digit of it changed', () => {
  // GB 11643—1999 appendix A
  assert.equal(isIdentityNumber('11010519491231002X'), true)
  for (let index = 0; index < 17; index += 1) {
    const digits = [...'11010519491231002X']
    digits[index] = String((Number(digits[index]) + 1) % 10)
    assert.equal(isIdentityNumber(digits.join('')), false, digits.join(''))
  }
  assert.equal(isIdentityNumber('11010519491231002x'), false, 'as it is stored: capital')
})

test('credit codes: a published one, a changed character, letters that the standard leaves out', () => {
  assert.equal(isCreditCode('91350100M000100Y43'), true)
  assert.equal(isCreditCode('91350100M000100Y44'), false)
  assert.equal(isCreditCode('91350100M000100YI3'), false)
})
