import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { catalogue } from './catalogue.ts'
import { evaluateVector } from '#readings/vectors.ts'
import { publishedCalendar } from '#district/calendar.ts'
import type { Vector } from '#readings/vectors.ts'

for (const system of catalogue) {
  const file = path.join(import.meta.dirname, system.id, 'vectors.json')
  if (!fs.existsSync(file)) continue
  for (const vector of JSON.parse(fs.readFileSync(file, 'utf8')) as Vector[]) {
    test(`${system.id} · ${vector.clock ?? vector.step ?? vector.indicator} · ${vector.law}: ${vector.why}`, () => {
      const { ok, got, expect } = evaluateVector(vector, catalogue, publishedCalendar, '2026-11-24')
      assert.ok(ok, `got ${JSON.stringify(got)}, expected ${JSON.stringify(expect)}`)
    })
  }
}

test('尚未建成的系统：案例不通过，并说明原因', () => {
  const { ok, got } = evaluateVector(
    { procedure: 'no-such-system', clock: 'decide', given: { start: '2024-01-02' }, expect: { due: '2024-01-03' } },
    catalogue,
    publishedCalendar,
    '2026-11-24',
  )
  assert.deepEqual([ok, got['refused']], [false, 'procedure.not-built'])
})

test('没有期望的案例不算通过', () => {
  const { ok } = evaluateVector(
    { procedure: 'pre-trial-mediation', clock: 'mediate', given: { start: '2020-08-12' }, expect: {} },
    catalogue,
    publishedCalendar,
    '2026-11-24',
  )
  assert.equal(ok, false)
})
