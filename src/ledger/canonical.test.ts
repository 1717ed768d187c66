import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { canonical } from './canonical.ts'

test('RFC 8785 §3.2.2: literals, numbers and strings of the example', () => {
  const given = JSON.parse(String.raw`{
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
    "literals": [null, true, false]
  }`)
  const expected = String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`
  assert.equal(canonical(given), expected)
})

test('RFC 8785 §3.2.3: members sort by UTF-16 code units, so an emoji stands before U+FB33', () => {
  const given = {
    '\u20ac': 'Euro Sign',
    '\r': 'Carriage Return',
    '\ufb33': 'Dalet',
    '1': 'One',
    '\ud83d\ude00': 'Smiley',
    '\u0080': 'Control',
    '\u00f6': 'o',
  }
  assert.deepEqual(Object.values(JSON.parse(canonical(given))).length, 7)
  assert.deepEqual(
    [...canonical(given).matchAll(/"([^"]+)":/g)].map(([, key]) => key),
    [String.raw`\r`, '1', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33'],
  )
})

/** Appendix B of RFC 8785: the bits of a double, and its text. */
const numbers: [bits: string, text: string][] = [
  ['0000000000000000', '0'],
  ['8000000000000000', '0'],
  ['0000000000000001', '5e-324'],
  ['8000000000000001', '-5e-324'],
  ['7fefffffffffffff', '1.7976931348623157e+308'],
  ['ffefffffffffffff', '-1.7976931348623157e+308'],
  ['4340000000000000', '9007199254740992'],
  ['c340000000000000', '-9007199254740992'],
  ['4430000000000000', '295147905179352830000'],
  ['44b52d02c7e14af5', '9.999999999999997e+22'],
  ['44b52d02c7e14af6', '1e+23'],
  ['44b52d02c7e14af7', '1.0000000000000001e+23'],
  ['444b1ae4d6e2ef4e', '999999999999999700000'],
  ['444b1ae4d6e2ef4f', '999999999999999900000'],
  ['444b1ae4d6e2ef50', '1e+21'],
  ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
  ['3eb0c6f7a0b5ed8d', '0.000001'],
  ['41b3de4355555553', '333333333.3333332'],
  ['41b3de4355555554', '333333333.33333325'],
  ['41b3de4355555555', '333333333.3333333'],
  ['41b3de4355555556', '333333333.3333334'],
  ['41b3de4355555557', '333333333.33333343'],
  ['becbf647612f3696', '-0.0000033333333333333333'],
  ['43143ff3c1cb0959', '1424953923781206.2'],
]
for (const [bits, text] of numbers) {
  test(`RFC 8785 Appendix B: ${bits} is written ${text}`, () => {
    assert.equal(canonical(Buffer.from(bits, 'hex').readDoubleBE()), text)
  })
}

test('Chinese, U+2028 and DEL are written as they are, control characters with lower-case hex', () => {
  assert.equal(canonical('依法\u2028\u007f\u001f\b'), '"依法\u2028\u007f\\u001f\\b"')
})

test('an undefined member is left out; undefined in a list is refused, with its place', () => {
  assert.equal(canonical({ b: undefined, a: 1 }), '{"a":1}')
  assert.throws(() => canonical({ fine: [1, undefined] }), { name: 'TypeError', message: '$.fine[1]: undefined has no JSON form' })
  // oxlint-disable-next-line no-sparse-arrays
  assert.throws(() => canonical([1, , 2]), /\$\[1\]/)
})

for (const [name, value] of Object.entries({
  NaN: NaN,
  Infinity: Infinity,
  bigint: 1n,
  function: () => 1,
  symbol: Symbol('x'),
  undefined: undefined,
  Date: new Date(0),
  Map: new Map(),
  'boxed string': Object('x'),
  'lone surrogate': '\ud800',
})) {
  test(`refused: ${name}`, () => {
    assert.throws(() => canonical({ value }.value), TypeError)
    assert.throws(() => canonical([value]), TypeError)
  })
}

test('refused: a lone surrogate as a key', () => {
  assert.throws(() => canonical({ '\udc00': 1 }), TypeError)
})

test('the text reads back as the value, and one value has one text whatever the order of its members', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonical(value)
      assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)))
      assert.equal(canonical(backwards(value)), text)
      assert.equal(canonical(JSON.parse(text)), text)
    }),
  )
})

function backwards(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(backwards)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, backwards(member)]),
  )
}
