import assert from 'node:assert/strict'
import { choice, date, file, integer, list, open, optional, party, personal, text } from '#engine/field.ts'
import { exampleSystem } from '#engine/example.ts'
import { recordSchema, stepSchemas, valueSchemas } from './api-schema.ts'
import { test } from 'node:test'

test('fields by kind: bounds, choices, formats, what is personal and what is public', () => {
  const schema = recordSchema(
    {
      day: date('日期', 'Day'),
      days: optional(integer('日数', 'Days', { least: 1, most: 30 })),
      kind: choice('种类', 'Kind', { one: ['一', 'One'], two: ['二', 'Two'] }),
      who: party('当事人', 'Party'),
      phone: optional(personal(text('电话', 'Phone', { most: 20 }))),
      notice: optional(open(file('公告', 'Notice'))),
      rows: optional(list('各行', 'Rows', { name: text('名称', 'Name') }, { least: 1, most: 3 })),
    },
    'en',
  )
  assert.deepEqual(schema['required'], ['day', 'kind', 'who'])
  assert.equal(schema['additionalProperties'], false)
  const fields = schema['properties'] as Record<string, Record<string, unknown>>
  assert.deepEqual(fields['days'], { title: 'Days', type: 'integer', minimum: 1, maximum: 30 })
  assert.equal(fields['day']!['format'], 'date')
  assert.deepEqual(
    [fields['kind']!['enum'], fields['kind']!['x-enum-names']],
    [
      ['one', 'two'],
      ['One', 'Two'],
    ],
  )
  assert.deepEqual(fields['who'], { title: 'Party', $ref: '#/components/schemas/Party', 'x-personal': true })
  assert.deepEqual(fields['phone'], { title: 'Phone', type: 'string', minLength: 1, maxLength: 20, 'x-personal': true })
  assert.deepEqual([fields['notice']!['x-public'], fields['notice']!['x-personal']], [true, undefined])
  assert.deepEqual([fields['rows']!['minItems'], fields['rows']!['maxItems']], [1, 3])
  assert.ok('Party' in valueSchemas && 'FileRef' in valueSchemas)
})

test('every step that somebody takes, with the conditions that may refuse it and their articles', () => {
  const schemas = stepSchemas(exampleSystem, 'zh')
  const names = schemas.map(({ step }) => step)
  assert.ok(names.includes('receive') && !names.includes('deem-accepted') && !names.includes('follow'))
  assert.deepEqual(
    schemas.filter(({ opens }) => opens).map(({ name }) => name),
    ['example.2020-01-01.receive'],
  )
  const suspend = schemas.find(({ step }) => step === 'suspend')!.schema
  assert.deepEqual((suspend['x-refusals'] as { code: string; article: string }[])[0], {
    code: 'reason-too-short',
    status: 422,
    article: '示例法(2020)第3条',
    message: '理由“{reason}”过短。',
    remedy: '请写明理由。',
  })
})
