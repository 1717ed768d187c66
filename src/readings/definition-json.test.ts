import assert from 'node:assert/strict'
import { definitionHash, definitionJson } from './definition-json.ts'
import { example } from '#engine/example.ts'
import { platform } from '#engine/citation.ts'
import { test } from 'node:test'
import type { Definition } from '#engine/definition.ts'

test('what a guide tells the public changes no hash; what binds a case does', () => {
  const definition: Definition = example
  const guide = { about: { words: ['（演示）', '(example)'], article: platform } } as const
  assert.equal(definitionHash({ ...definition, guide }), definitionHash(definition))
  assert.deepEqual(definitionJson({ ...definition, guide })['guide'], guide)
  assert.notEqual(definitionHash({ ...definition, series: '（演示）' }), definitionHash(definition))
})
