import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commitment, makeLeaf } from './entry.ts'
import type { Entry } from './entry.ts'
import { hashLeaf } from './digest.ts'

const entry: Entry = {
  alg: 'sha256',
  region: '341302',
  kind: 'step',
  subject: '2020-fuyi-0001',
  seq: 1,
  at: '2020-03-02T01:30:00Z',
  open: { step: 'accept', input: { acceptedOn: '2020-03-02' } },
  personal: { applicant: '张某' },
  prev: null,
}

test('a leaf commits to both payloads, each with a salt of its own', () => {
  const { leaf, text, leafHash, saltOpen, saltPersonal } = makeLeaf(entry)
  assert.deepEqual(JSON.parse(text), leaf)
  assert.deepEqual(leafHash, hashLeaf('sha256', text))
  assert.equal(leaf.open, commitment('sha256', saltOpen, entry.open))
  assert.equal(leaf.personal, commitment('sha256', saltPersonal!, entry.personal))
  assert.notDeepEqual(saltOpen, saltPersonal)
  assert.equal(saltOpen.length, 16)
})

test('the same act twice gives two leaves that have nothing in common to compare', () => {
  const [one, other] = [makeLeaf(entry).leaf, makeLeaf(entry).leaf]
  assert.notEqual(one.open, other.open)
  assert.notEqual(one.personal, other.personal)
})

test('nothing personal: null, and no salt', () => {
  const { leaf, saltPersonal } = makeLeaf({ ...entry, personal: undefined })
  assert.equal(leaf.personal, null)
  assert.equal(saltPersonal, null)
})

test('SM3 is recorded in the leaf and used throughout', () => {
  const { leaf, text, leafHash, saltOpen } = makeLeaf({ ...entry, alg: 'sm3' })
  assert.equal(leaf.alg, 'sm3')
  assert.equal(leaf.open, commitment('sm3', saltOpen, entry.open))
  assert.deepEqual(leafHash, hashLeaf('sm3', text))
})

const malformed: [name: string, change: Partial<Entry>][] = [
  ['alg', { alg: 'md5' as 'sm3' }],
  ['region', { region: '3413' }],
  ['kind', { kind: 'Step' }],
  ['subject', { subject: '' }],
  ['seq', { seq: 0 }],
  ['at', { at: '2020-03-02T09:30:00+08:00' }],
  ['open', { open: null }],
  ['prev', { seq: 2 }],
  ['prev', { prev: Buffer.alloc(32) }],
  ['prev', { seq: 2, prev: Buffer.alloc(20) }],
]
for (const [name, change] of malformed) {
  test(`refused: ${name} ${JSON.stringify(change)}`, () => {
    assert.throws(() => makeLeaf({ ...entry, ...change }), new RegExp(`^TypeError: ${name}`))
  })
}
