import assert from 'node:assert/strict'
import { Refusal } from '#engine/refusal.ts'
import { replay } from './published-draw.ts'
import { test } from 'node:test'
import published from './worked-example.json' with { type: 'json' }

test('a draw as published comes out the same', () => {
  const { differs, seed } = replay(published)
  assert.deepEqual([differs, seed], [[], published.seed])
})

test('whatever was hand-picked is named', () => {
  const [first, second, ...rest] = published.drawn as [string, string, ...string[]]
  assert.deepEqual(replay({ ...published, drawn: ['91321302MA00000001', second, ...rest] }).differs, [first, '91321302MA00000001'])
  assert.deepEqual(replay({ ...published, drawn: [second, first, ...rest] }).differs, [first, second], 'the order is part of it')
  assert.deepEqual(replay({ ...published, teams: { ...published.teams, [first]: ['SC0004', 'SC0005'] } }).differs, [first])
  assert.deepEqual(replay({ ...published, teams: { ...published.teams, more: ['SC0001'] } }).differs, ['more'])
})

test('what is no published draw is refused', () => {
  for (const value of [null, [], {}, { ...published, secrets: undefined }, { ...published, objects: [['x']] }, { ...published, team: 0 }])
    assert.throws(
      () => replay(value),
      (error) => error instanceof Refusal && error.code === 'draw-malformed',
    )
})
