import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { exampleOffice, people } from '../../../tools/e2e/example-office.ts'
import { openCase } from '#store/take-step.ts'
import { openStore } from '#store/store.ts'
import type { ExampleOffice } from '../../../tools/e2e/example-office.ts'
import type { ReadingJson } from './readings.ts'
import type { Store } from '#store/store.ts'

let own: ExampleOffice
/** Another county on the same database. */
let neighbour: Store

before(async () => {
  own = await exampleOffice()
  neighbour = await openStore({ folder: own.office.store.folder, region: '321311', as: 'guest' })
})

after(async () => {
  await neighbour.close()
  await own.close()
})

const SECRET = '邻县某某'

test('a case of another region, and one that was never opened, are unknown to every route that names a case', async () => {
  const by = { post: 'clerk', organ: 'justice', person: people['clerk']!.person }
  const { theCase } = await openCase({ ...own.office, store: neighbour }, 'example', {
    step: 'receive',
    by,
    at: own.now,
    input: { receivedOn: '2024-03-04', applicant: { name: SECRET, phone: '13000000002' } },
  })
  const mine = await own.opened()
  const forged = `${mine.slice(0, -1)}${mine.endsWith('0') ? '1' : '0'}`
  const { paths } = (await own.as('clerk', 'GET', '/api/v1/openapi.json')).json() as { paths: Record<string, Record<string, unknown>> }
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    /^\/(cases\/\{id\}|drafts\/\{target\})/.test(path) ? Object.keys(methods).map((method) => [method.toUpperCase(), path] as const) : [],
  )
  assert.ok(routes.length > 10, `${routes.length} routes`)
  const body = {
    step: 'attach',
    input: { note: '越界' },
    expected: 1,
    seq: 1,
    reason: '越界',
    approvedBy: '虚构丙',
    purpose: '越界',
    post: 'clerk',
    person: '虚构甲',
  }
  for (const id of [theCase.id, forged, 'x', `${mine}'--`, '../cases', '%00']) {
    for (const [method, path] of routes) {
      const url = `/api/v1${path.replace(/\{(?:id|target)\}/, encodeURIComponent(id)).replaceAll(/\{\w+\}/g, '1')}`
      const answer = await own.as('clerk', method as 'GET', url, method === 'GET' || method === 'DELETE' ? undefined : body)
      const asked = `${method} ${url}: ${answer.statusCode} ${answer.body.slice(0, 200)}`
      // A draft of nothing is none; its removal removes nothing.
      const isNothing = path.startsWith('/drafts') && ['null', ''].includes(answer.body)
      assert.ok((answer.statusCode >= 400 && answer.statusCode < 500) || isNothing, asked)
      if (method === 'GET' && !isNothing && path === '/cases/{id}') assert.equal(answer.statusCode, 404, asked)
      for (const kept of [SECRET, theCase.number]) assert.ok(id === theCase.id ? !answer.body.includes(kept) : true, asked)
    }
  }
  for (const [table, column] of [
    ['step', 'case_id'],
    ['draft', 'target'],
    ['assignment', 'case_id'],
    ['recusal', 'case_id'],
  ] as const) {
    const { rows } = await own.office.store.pool.query(`select 1 from ${table} where ${column}::text = $1`, [theCase.id])
    assert.equal(rows.length, table === 'step' ? 1 : 0, table)
  }
})

test('names with markup, marks of direction, emoji and rare characters are kept as they were given, and found', async () => {
  for (const [name, query] of [
    ['<img src=x onerror=alert(1)>虚某', '虚某'],
    ['虚构\u202e三张\u202c某', '虚构三张某'],
    ['虚构👨‍👩‍👧某', '虚构'],
    ['虚构𠮷某', '构𠮷某'],
    ['虚构䶮某', '䶮某'],
    ["虚构'); drop table step;--", '虚构'],
  ] as const) {
    const id = await own.opened(name)
    const read = await own.as('clerk', 'POST', `/api/v1/cases/${id}/readings`, { purpose: '核对姓名' })
    assert.equal(read.statusCode, 201, read.body)
    assert.equal(String(read.headers['content-type']).startsWith('application/json'), true)
    assert.equal(read.headers['x-content-type-options'], 'nosniff')
    const [step] = read.json<ReadingJson>().steps
    assert.equal((step!.values['applicant'] as { name: string }).name, name)
    const found = await own.as('clerk', 'GET', `/api/v1/cases?people=yes&q=${encodeURIComponent(query)}`)
    assert.equal(found.statusCode, 200, found.body)
    assert.ok(
      (found.json() as { cases: { id: string }[] }).cases.some((line) => line.id === id),
      `${name}: ${query}`,
    )
    assert.ok(!(await own.as('supervisor', 'GET', `/api/v1/cases/${id}`)).body.includes(name), 'and masked for who may not read it')
  }
})

test('wrong types and sizes are told at their place, and nothing is written', async () => {
  const count = async () =>
    (await own.office.store.pool.query('select 1 from case_file where region = $1', [own.office.store.region])).rows.length
  const had = await count()
  const open = (input: unknown, more: object = {}) =>
    own.as('clerk', 'POST', '/api/v1/cases', { procedure: 'example', step: 'receive', input, ...more })
  const applicant = { name: '虚构某某', phone: '13000000001' }
  for (const [input, status, code] of [
    [[], 400, 'body.invalid'],
    ['receivedOn', 400, 'body.invalid'],
    [null, 400, 'body.invalid'],
    [{ receivedOn: 20240304, applicant }, 400, 'date.invalid'],
    [{ receivedOn: '2024-02-30', applicant }, 422, 'input.invalid'],
    [{ receivedOn: '2024-03-04', applicant: '虚构某某' }, 422, 'input.invalid'],
    [{ receivedOn: '2024-03-04', applicant: { name: { toString: '某' } } }, 422, 'input.invalid'],
    [{ receivedOn: '2024-03-04', applicant: { ...applicant, name: '某'.repeat(100_000) } }, 422, 'input.invalid'],
    [{ receivedOn: '2024-03-04', applicant, unheardOf: 1 }, 422, 'input.invalid'],
    [{ receivedOn: '2024-03-04', applicant: { ...applicant, name: '虚构\u0000某' } }, 400, 'request.unreadable'],
    [{ receivedOn: '2024-03-04', applicant: { ...applicant, name: '虚构\ud842某' } }, 400, 'request.unreadable'],
  ] as const) {
    const answer = await open(input)
    assert.deepEqual([answer.statusCode, answer.json().code], [status, code], JSON.stringify(input)?.slice(0, 200))
  }
  const huge = await open({ receivedOn: '2024-03-04', applicant: { ...applicant, name: '某'.repeat(2_000_000) } })
  assert.deepEqual([huge.statusCode, await count()], [413, had])
})
