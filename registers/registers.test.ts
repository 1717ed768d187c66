import assert from 'node:assert/strict'
import { catalogue } from '#procedures/catalogue.ts'
import { dutyDirectory } from './duty-directory.ts'
import { entryInForce } from '#engine/register.ts'
import { inputProblems } from '#engine/check-input.ts'
import { knowledge } from './knowledge.ts'
import { mediators } from './mediators.ts'
import { organsRegister } from './organs.ts'
import { posts } from './posts.ts'
import { registers } from './registers.ts'
import { test } from 'node:test'
import type { Register } from '#engine/register.ts'

const versionsOf = ({ entries }: Register, key: string) => entries.filter((entry) => entry.key === key)
const organOn = (key: string, day: string) => entryInForce(versionsOf(organsRegister, key), day)

for (const register of registers) {
  test(`${register.name[0]}：各条目合于其栏目`, () => {
    for (const entry of register.entries) assert.deepEqual(inputProblems(register.fields, entry.value), [], `${register.id} ${entry.key}`)
  })

  test(`${register.name[0]}：同一条目的各版本互不重叠`, () => {
    for (const one of register.entries) {
      const overlapping = register.entries.filter(
        (other) =>
          other !== one &&
          other.key === one.key &&
          other.validFrom <= (one.validUntil ?? '9999') &&
          one.validFrom <= (other.validUntil ?? '9999'),
      )
      assert.deepEqual(overlapping, [], `${register.id} ${one.key}`)
      assert.ok(one.validUntil === undefined || one.validFrom <= one.validUntil, `${register.id} ${one.key} ends before it begins`)
    }
  })
}

test('an entry is in force on its first and its last day, and on no other side of them', () => {
  const versions = [
    { validFrom: '2020-01-01', validUntil: '2020-12-31', organ: 'x' },
    { validFrom: '2021-01-01', organ: 'y' },
  ]
  const organ = (day: string) => entryInForce(versions, day)?.organ
  assert.deepEqual(['2019-12-31', '2020-01-01', '2020-12-31', '2021-01-01'].map(organ), [undefined, 'x', 'x', 'y'])
  assert.equal(entryInForce([], '2020-06-01'), undefined)
})

test('an entry that a newer version ended stays ended: the older one, though it names no end, does not come back', () => {
  const versions = [{ validFrom: '2020-01-01' }, { validFrom: '2020-06-01', validUntil: '2020-06-30' }]
  const holds = (day: string) => entryInForce(versions, day) !== undefined
  assert.deepEqual(['2020-05-31', '2020-06-30', '2020-07-01', '2026-01-01'].map(holds), [true, true, false, false])
})

test('what is written later of an earlier time does not end what came after it; of two that begin together the later written holds', () => {
  const versions = [
    { validFrom: '2020-01-01', organ: 'x' },
    { validFrom: '2018-01-01', validUntil: '2019-12-31', organ: 'w' },
  ]
  const organ = (day: string, of = versions) => entryInForce(of, day)?.organ
  assert.deepEqual([organ('2019-06-01'), organ('2020-06-01')], ['w', 'x'])
  assert.equal(organ('2020-06-01', [...versions, { validFrom: '2020-01-01', organ: 'y' }]), 'y')
})

test('the duty directory names organs that are in force whenever its entry is, and at least sixty topics', () => {
  assert.ok(new Set(dutyDirectory.entries.map(({ key }) => key)).size >= 60)
  for (const { key, validFrom, validUntil, value } of dutyDirectory.entries) {
    for (const day of [validFrom, validUntil ?? '2026-12-31'])
      assert.ok(organOn(String(value['organ']), day), `${key}: ${value['organ']} on ${day}`)
  }
})

test('knowledge is owned by organs, about topics of the directory, and some of it has expired', () => {
  for (const { key, validFrom, value } of knowledge.entries) {
    assert.ok(organOn(String(value['owner']), validFrom), key)
    assert.ok(entryInForce(versionsOf(dutyDirectory, String(value['topic'])), validFrom), key)
  }
  assert.ok(knowledge.entries.some(({ validUntil }) => validUntil !== undefined && validUntil < '2020-12-31'))
})

test('罗圩乡 is an organ until March 2021; the number of enforcement organs is the report’s', () => {
  assert.ok(organOn('321302201', '2021-03-31'))
  assert.equal(organOn('321302201', '2021-04-01'), undefined)
  const inForce = organsRegister.entries.filter(
    ({ validFrom, validUntil }) => validFrom <= '2020-12-31' && (validUntil ?? '9999') >= '2020-12-31',
  )
  assert.equal(inForce.filter(({ value }) => value['enforcement']).length, 28)
  assert.equal(inForce.filter(({ value }) => value['doubleRandom']).length, 25)
})

test('who supervises, and who writes the report, looks over every system of the catalogue', () => {
  const all = catalogue.map(({ id }) => id).sort()
  const supervising = posts.entries.filter(({ value }) => value['supervises'] === true)
  assert.ok(supervising.length > 0)
  for (const { key, value } of supervising) assert.deepEqual([...(value['procedures'] as string[])].sort(), all, key)
})

test('every person is visibly invented, and no two are called alike: a name is of one organ, and holds no post twice', () => {
  const named = [...new Set(posts.entries.map(({ value }) => String(value['person'])))]
  for (const name of named) {
    const held = posts.entries.filter(({ value }) => value['person'] === name)
    assert.equal(new Set(held.map(({ value }) => value['organ'])).size, 1, name)
    assert.equal(new Set(held.map(({ value }) => value['post'])).size, held.length, name)
  }
  for (const name of [...named, ...mediators.entries.map(({ value }) => String(value['name']))]) assert.match(name, /虚构|演示/)
  assert.ok(mediators.entries.length >= 60)
})
