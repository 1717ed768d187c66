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

const organOn = (key: string, day: string) => entryInForce(organsRegister.entries, key, day)

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
    { key: 'a', validFrom: '2020-01-01', validUntil: '2020-12-31', value: { organ: 'x' } },
    { key: 'a', validFrom: '2021-01-01', value: { organ: 'y' } },
  ]
  const organ = (day: string) => entryInForce(versions, 'a', day)?.value['organ']
  assert.deepEqual(['2019-12-31', '2020-01-01', '2020-12-31', '2021-01-01'].map(organ), [undefined, 'x', 'x', 'y'])
  assert.equal(entryInForce(versions, 'b', '2020-06-01'), undefined)
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
    assert.ok(entryInForce(dutyDirectory.entries, String(value['topic']), validFrom), key)
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
