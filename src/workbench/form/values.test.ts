import assert from 'node:assert/strict'
import { inputOf, valuesOf } from './values.ts'
import { test } from 'node:test'
import type { FieldJson } from '../../server/api/form.ts'

const field = (name: string, kind: FieldJson['kind'], more: Partial<FieldJson> = {}): FieldJson => ({
  name,
  kind,
  label: name,
  help: null,
  optional: false,
  personal: false,
  public: false,
  least: null,
  most: null,
  options: null,
  of: null,
  ...more,
})

test('money is held in fen, exactly, and what is no sum goes as it was typed', () => {
  const of = (text: string) => inputOf([field('fee', 'money')], { fee: text })['fee']
  assert.equal(of('0.1'), 10)
  assert.equal(of('1234567.89'), 123456789)
  assert.equal(of('-3'), -300)
  assert.equal(of('1,000'), '1,000')
  assert.equal(of('1.005'), '1.005')
  assert.equal(of(''), undefined)
})

test('what is empty is absent; a list that must be there is an empty one', () => {
  const fields = [
    field('act', 'text'),
    field('applicant', 'party'),
    field('items', 'list', { of: field('', 'text') }),
    field('on', 'instant'),
  ]
  assert.deepEqual(inputOf(fields, { act: '  ', applicant: { name: '', kind: 'person' }, on: '' }), { items: [] })
})

test('entries keep their places, and records their parts', () => {
  const items = field('items', 'list', { of: field('', 'text') })
  const evidence = field('evidence', 'list', { of: [field('name', 'text'), field('count', 'integer', { optional: true })] })
  assert.deepEqual(inputOf([items, evidence], { items: ['一', undefined, '三'], evidence: [{ name: '合同', count: '2' }, {}] }), {
    items: ['一', '', '三'],
    evidence: [{ name: '合同', count: 2 }, {}],
  })
})

test('an input goes into the form and comes out the same', () => {
  const fields = [
    field('fee', 'money'),
    field('at', 'instant'),
    field('days', 'integer'),
    field('place', 'place'),
    field('applicant', 'party'),
    field('ok', 'flag'),
    field('list', 'list', { of: [field('on', 'date'), field('sum', 'money')] }),
  ]
  const input = {
    fee: 5,
    at: '2024-03-05T09:30+08:00',
    days: 30,
    place: { address: '虚构路 1 号', longitude: 118.25, latitude: 33.96 },
    applicant: { name: '虚构甲𠮷', kind: 'person' },
    ok: false,
    list: [{ on: '2024-03-05', sum: 100 }],
  }
  assert.deepEqual(inputOf(fields, valuesOf(fields, input)), input)
})
