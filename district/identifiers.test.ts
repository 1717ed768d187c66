import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { Refusal } from '#engine/refusal.ts'
import { checkCharacter, maskResidentId } from '#law/identifiers/resident-id.ts'
import { maskPhone } from '#law/identifiers/phone.ts'
import { organisationCheckCharacter, usccCheckCharacter } from '#law/identifiers/uscc.ts'
import vectors from '#law/identifiers.vectors.json' with { type: 'json' }
import { checkIdentifier } from './identifiers.ts'

const TODAY = '2026-06-01'

const answer = (kind: string, value: string, today = TODAY): Record<string, unknown> => ({ ...checkIdentifier(kind, value, today) })

for (const { kind, given, expect, why } of vectors) {
  test(`${kind} · ${given.value}: ${why}`, () => {
    const found = answer(kind, given.value)
    for (const [key, expected] of Object.entries(expect)) assert.deepEqual(found[key], expected, key)
  })
}

/** `kind`, value, and the reason, or the parts that a valid value shows. */
const edges: readonly (readonly [kind: string, value: string, expected: string | Record<string, unknown>])[] = [
  ['resident-id', '　３２１３０２１９０００１０２００５ｘ ', { normalized: '32130219000102005X' }],
  ['resident-id', '', 'length'],
  ['resident-id', '32130219000102 005X', 'length'],
  ['resident-id', '321302190001020X5X', 'charset'],
  ['resident-id', '32130219000102005Y', 'charset'],
  ['resident-id', '991302190001010011', 'region'],
  ['resident-id', '911302190001010011', 'region'],
  ['resident-id', '321302184912310011', 'date'],
  ['resident-id', '321302209901010011', 'date'],
  ['resident-id', '321302202613010011', 'date'],
  ['uscc', '９１３２１３０２０００００００００Ｑ', { normalized: '91321302000000000Q' }],
  ['uscc', '913213020000 00000Q', 'length'],
  ['uscc', 'ßß321302000000000Q', 'charset'],
  ['uscc', 'B1321302000000000Q', 'department'],
  ['region-code', '３２１３０２', { name: '宿城区' }],
  ['region-code', '3213a2', 'charset'],
  ['region-code', '321301', 'statistical'],
  ['region-code', '321302400', 'statistical'],
  ['region-code', '321302999', 'unknown'],
  ['region-code', '321302101001', 'unknown'],
  ['region-code', '321302101', { level: 'township', name: '耿车镇', historical: undefined }],
  ['region-code', '321302201', { level: 'township', name: '罗圩乡', historical: true }],
  ['region-code', '321302103', { name: '龙河镇', historical: undefined }],
  ['region-code', '321302112', { name: '屠园镇', historical: undefined }],
  ['region-code', '320684', { name: '海门市', historical: true }],
  ['region-code', '321321', { name: '宿豫县', historical: true }],
  ['item-code', '11321302mb000000064000123001000', { normalized: '11321302MB000000064000123001000' }],
  ['item-code', '11321302MB00000006400012300100001', { form: 'handling', organ: '11321302MB00000006' }],
  ['item-code', '11321302MB000000074000123001000', 'uscc'],
  ['item-code', '11321302MB000000067000123001000', 'level'],
  ['item-code', '11321302MB00000006400012300100X', 'charset'],
  ['item-code', '91321302000000000Q4000123001000', { warning: 'organ' }],
  ['item-code', '830123001000', 'origin'],
  ['item-code', '320123001000', { origin: '32' }],
  ['info-index', '３２１３０２／２０２１－００１２３', { normalized: '321302/2021-00123' }],
  ['info-index', '01618127x/2024-00253', 'format'],
  ['info-index', '321302/1948-00001', 'year'],
  ['info-index', '321302/2027-00001', 'year'],
  ['info-index', '321302/2021-00000', 'serial'],
  ['info-index', '321302/2021-123456', 'serial'],
  ['doc-number', '宿区政规发〔２０２０〕１号', { normalized: '宿区政规发〔2020〕1号', normative: true }],
  ['doc-number', '宿区政发〔2021〕11号', { normative: false }],
  ['doc-number', '宿区政发〔2027〕1号', { year: 2027 }],
  ['doc-number', '宿区政发〔2028〕1号', 'year'],
  ['doc-number', '宿区政发【2020】1号', 'bracket'],
  ['doc-number', '宿区政发〔2020〕 号', 'format'],
  ['doc-number', '宿〔2020〕1号', 'format'],
  ['doc-number', '宿区政发2020年1号', 'format'],
  ['doc-number', '宿区政发〔2020〕0号', 'serial'],
  ['enforcement-number', '宿城应急不罚〔2020〕1号', { organ: '应急', mark: '不罚' }],
  ['enforcement-number', '宿城应急先登〔2020〕1号', { mark: '先登' }],
  ['enforcement-number', '宿城耿车罚〔2020〕3号', { organ: '耿车', mark: '罚' }],
  ['enforcement-number', '宿城应急（罚）〔2020〕3号', 'bracket'],
  ['enforcement-number', '(宿城)应急罚〔2020〕12号', 'bracket'],
  ['enforcement-number', '（宿豫）应急罚〔2020〕12号', 'bracket'],
  ['enforcement-number', '宿城应急罚2020年12号', 'bracket'],
  ['enforcement-number', '应急罚〔2020〕12号', 'format'],
  ['enforcement-number', '宿城罚〔2020〕12号', 'format'],
  ['enforcement-number', '宿城应急发〔20〕12号', 'year'],
  ['enforcement-number', '宿城应急罚〔2020〕第12号', 'serial'],
  ['phone', '+8613000000000', { normalized: '13000000000', form: 'mobile' }],
  ['phone', '００８６１３０００００００００', { normalized: '13000000000' }],
  ['phone', '＋86 13000000000', 'charset'],
  ['phone', '0527－80000000转123456', { form: 'landline', normalized: '0527-80000000转123456' }],
  ['phone', '0527-80000000转1234567', 'charset'],
  ['phone', '052780000000', 'charset'],
  ['phone', '0000-80000000', 'area'],
  ['phone', '05270-8000000', 'area'],
  ['phone', '0527-8000000', 'length'],
  ['phone', '0510-8000000', { area: '0510' }],
  ['phone', '010-10000000', 'prefix'],
  ['phone', '110', { form: 'service', organOnly: true }],
  ['phone', '114', 'length'],
  ['phone', '11345', 'length'],
]

for (const [kind, value, expected] of edges) {
  test(`${kind} · ${value} → ${JSON.stringify(expected)}`, () => {
    const found = answer(kind, value)
    if (typeof expected === 'string') return assert.deepEqual([found['valid'], found['reason']], [false, expected])
    assert.equal(found['valid'], true, String(found['reason']))
    for (const [key, part] of Object.entries(expected)) assert.equal(found[key], part, key)
  })
}

test('resident-id: 81, 82 and 83 stand on the permits of Hong Kong, Macao and Taiwan residents', () => {
  for (const province of ['81', '82', '83']) assert.equal(answer('resident-id', complete(`${province}000019900101001`))['valid'], true)
})

test('resident-id: a birth date is in the future until its day', () => {
  const id = complete('32130220260601001')
  assert.equal(answer('resident-id', id, '2026-05-31')['reason'], 'date')
  assert.equal(answer('resident-id', id, '2026-06-01')['birth'], '2026-06-01')
})

test('resident-id: the code of an abolished county stays good', () => {
  for (const county of ['320684', '321321']) assert.equal(answer('resident-id', complete(`${county}19900101001`))['region'], county)
})

test('uscc: a wrong check inside the organisation code is a warning, not a refusal', () => {
  const body = '91321302MA000000'
  const right = organisationCheckCharacter(body.slice(8))
  const wrong = right === '0' ? '1' : '0'
  assert.equal(answer('uscc', withUsccCheck(body + right))['warning'], undefined)
  assert.equal(answer('uscc', withUsccCheck(body + wrong))['warning'], 'inner')
})

test('region-code: a township abolished in March 2021 is not historical in a case of 2020', () => {
  assert.equal(answer('region-code', '321302201', '2020-12-28')['historical'], undefined)
  assert.equal(answer('region-code', '321302201', '2021-03-31')['historical'], undefined)
  assert.equal(answer('region-code', '321302201', '2021-04-01')['historical'], true)
})

test('a wrong bracket is corrected as a suggestion only', () => {
  assert.equal(answer('doc-number', '宿区政发〔2020]1号')['suggest'], '宿区政发〔2020〕1号')
  assert.equal(answer('enforcement-number', '（宿城）应急罚［2020］12号')['suggest'], '宿城应急罚〔2020〕12号')
  assert.equal(answer('enforcement-number', '宿城应急罚2020年12号')['suggest'], undefined)
})

test('masks hide the birth date and the middle of a number', () => {
  assert.equal(maskResidentId('321302190001010011'), '321302********0011')
  assert.equal(maskPhone('13000000000'), '130****0000')
  assert.equal(maskPhone('0527-80000000转123'), '0527-****0000转123')
})

test('an unknown kind is refused', () => {
  for (const kind of ['passport', 'toString', '']) {
    assert.throws(
      () => checkIdentifier(kind, '1', TODAY),
      (thrown) => thrown instanceof Refusal && thrown.code === 'identifier.kind-unknown' && thrown.exit === 2,
    )
  }
})

const residentId = fc
  .record({
    county: fc.integer({ min: 110_000, max: 159_999 }),
    born: fc.date({ min: new Date('1850-01-01'), max: new Date('2026-05-31'), noInvalidDate: true }),
    sequence: fc.integer({ min: 0, max: 999 }),
  })
  .map(({ county, born, sequence }) =>
    complete(`${county}${born.toISOString().slice(0, 10).replaceAll('-', '')}${String(sequence).padStart(3, '0')}`),
  )

test('resident-id: every number made by the standard passes', () => {
  fc.assert(fc.property(residentId, (id) => answer('resident-id', id)['normalized'] === id))
})

test('resident-id: changing any one character fails', () => {
  const change = fc.tuple(residentId, fc.nat(17), fc.integer({ min: 1, max: 9 }))
  fc.assert(
    fc.property(change, ([id, at, by]) => {
      const changed = id[at] === 'X' ? String(by) : String((Number(id[at]) + by) % 10)
      return answer('resident-id', id.slice(0, at) + changed + id.slice(at + 1))['valid'] === false
    }),
  )
})

test('no check throws, whatever it is given', () => {
  const kinds = [...new Set(vectors.map(({ kind }) => kind))]
  fc.assert(
    fc.property(fc.constantFrom(...kinds), fc.string({ unit: 'grapheme' }), (kind, value) => {
      const found = answer(kind, value)
      return found['valid'] === true || typeof found['reason'] === 'string'
    }),
  )
})

/** 17 digits and their check character. */
function complete(digits: string): string {
  return digits + checkCharacter(digits)
}

function withUsccCheck(body: string): string {
  return body + usccCheckCharacter(body)
}
