import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { exampleSystem } from '#engine/example.ts'
import { figureSources, reportValues } from './report-source.ts'
import { openCase, takeStep } from './take-step.ts'
import { openStore } from './store.ts'
import { publishedCalendar } from '#district/calendar.ts'
import type { ReportFigure } from '#readings/annual-report.ts'
import type { Store } from './store.ts'
import type { System } from '#engine/system.ts'

// The example with a statement that two of its three cases break.
const system: System = {
  ...exampleSystem,
  indicators: {
    ...exampleSystem.indicators,
    statements: {
      all: {
        name: ['去向', 'Outcome'],
        figures: {},
        identities: { 'not-all-pending': ['received', 'pending'] },
        within: { 'pending-exceeds-received': ['pending', 'received'] },
      },
    },
  },
}
const figure = (id: string, indicator: string, as: ReportFigure['as'], systemId = 'example'): ReportFigure => ({
  id,
  section: '1',
  name: [id, id],
  system: systemId,
  indicator,
  as,
})
const figures = [
  figure('a.received', 'received', 'count'),
  figure('a.rate', 'rate', 'percent'),
  figure('a.pending', 'pending', 'count'),
  figure('b.cases', 'cases', 'count', 'not-there'),
]
const counts = figures.filter(({ indicator }) => indicator !== 'pending')
const period = { from: '2024-01-01', until: '2024-12-31' }

let root: string
let store: Store

before(async () => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'yifa-report-'))
  fs.chmodSync(root, 0o755) // where tests run as root, the database's own user must be able to enter
  store = await openStore({ folder: path.join(root, 'data'), region: '321302', as: 'own' })
  const office = { store, catalogue: [system], calendar: publishedCalendar }
  const by = { post: 'clerk', person: 'c', organ: 'justice' }
  for (const day of ['2023-12-28', '2024-03-05', '2024-03-06', '2024-05-08']) {
    const { theCase } = await openCase(office, 'example', {
      step: 'receive',
      input: { receivedOn: day, applicant: { name: '虚构某甲' } },
      by,
      at: `${day}T10:00+08:00`,
    })
    if (day < '2024-05') await takeStep(office, theCase.id, { step: 'accept', input: { acceptedOn: day }, by, at: `${day}T11:00+08:00` })
  }
})

after(async () => {
  await store.close()
  fs.rmSync(root, { recursive: true, force: true })
})

test('figures of built systems are computed; an identity that does not hold is found', async () => {
  const { values, builtSystems, findings } = await reportValues(store, [system], figures, period)
  assert.deepEqual(
    [...values],
    [
      ['a.received', 3],
      ['a.rate', { num: 0, den: 3 }],
      ['a.pending', 3],
    ],
  )
  assert.deepEqual([...builtSystems], ['example'])
  assert.deepEqual(findings, [])
  const next = await reportValues(store, [system], figures, { from: '2024-05-01', until: '2024-12-31' })
  assert.deepEqual(
    next.findings.map(({ finding, words }) => [finding, words?.[0]]),
    [
      ['not-all-pending', '去向：“收件”（1）≠ “期末未结”（3）'],
      ['pending-exceeds-received', '去向：“期末未结”（3）> “收件”（1）'],
    ],
  )
})

test('a figure’s source: the newest records of each counting, months that add up, nothing personal', async () => {
  const [received, rate, ...others] = await figureSources(store, [system], counts, period, 2)
  assert.equal(others.length, 0)
  assert.equal(received!.countings[0]!.total, 3)
  assert.deepEqual(
    received!.countings[0]!.records.map(({ openedOn, state }) => [openedOn, state[0]]),
    [
      ['2024-05-08', '已收件'],
      ['2024-03-06', '办理中'],
    ],
  )
  assert.equal(received!.months!.length, 12)
  assert.deepEqual(
    received!.months!.filter(({ count }) => count > 0),
    [
      { month: '2024-03', count: 2 },
      { month: '2024-05', count: 1 },
    ],
  )
  assert.deepEqual(
    rate!.countings.map(({ definition, total }) => [definition[0], total]),
    [
      ['本期内“决定”的次数', 0],
      ['本期内“收件”的次数', 3],
    ],
  )
  assert.equal(rate!.months, undefined)
  assert.doesNotMatch(JSON.stringify([received, rate]), /虚构某甲/)
})

test('a figure that is only a stock at the end of the period', async () => {
  const [pending] = await figureSources(store, [system], [figure('a.pending', 'pending', 'count')], period, 2)
  assert.equal(pending!.countings[0]!.total, 3)
})

test('the query runs as it is printed, and counts what the figure says', async () => {
  const [, rate] = await figureSources(store, [system], counts, period, 0)
  const client = await store.pool.connect()
  try {
    const results: unknown = await client.query(rate!.query) // one result a statement
    assert.deepEqual((results as { rows: unknown[] }[])[1]!.rows, [{ f0: 0, f1: 3 }])
  } finally {
    client.release(true)
  }
})
