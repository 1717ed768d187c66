import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createServer } from './server.ts'
import { exampleOffice } from '../../tools/e2e/example-office.ts'
import { LIMITS } from './overload.ts'
import { place } from '#district/place.ts'
import { Writable } from 'node:stream'
import type { ExampleOffice } from '../../tools/e2e/example-office.ts'

let own: ExampleOffice
let logged = ''
const log = new Writable({
  write(chunk: Buffer, _, done) {
    logged += chunk.toString()
    done()
  },
})
before(async () => {
  own = await exampleOffice({ log, logLevel: 'info', limits: { ...LIMITS, person: 60, address: 5, running: 8 } }, 2)
})
after(() => own.close())

test('under more than it can bear it turns away with Retry-After, and what it acknowledged is there', async () => {
  const ids = await Promise.all(
    Array.from({ length: 40 }, async (_, index) => {
      const input = { receivedOn: '2024-03-04', applicant: { name: `虚构${index}` } }
      return own.as('clerk', 'POST', '/api/v1/cases', { procedure: 'example', step: 'receive', input })
    }),
  )
  const [done, refused] = [ids.filter(({ statusCode }) => statusCode === 201), ids.filter(({ statusCode }) => statusCode !== 201)]
  assert.ok(done.length > 0 && refused.length > 0, `${done.length} done, ${refused.length} refused`)
  for (const answer of refused) {
    assert.deepEqual([answer.statusCode, answer.json().code], [503, 'server.overloaded'])
    assert.ok(Number(answer.headers['retry-after']) > 0)
  }
  const { rows } = await own.office.store.pool.query('select count(*) as cases from case_file')
  assert.equal(rows[0].cases, done.length, 'as many cases as were acknowledged')
})

test('too many requests of one are turned away, those of another are not; health is always told', async () => {
  const answers = []
  for (let count = 0; count < 7; count += 1) answers.push(await own.as(undefined, 'GET', '/api/v1/session'))
  assert.deepEqual(
    answers.map(({ statusCode }) => statusCode),
    [401, 401, 401, 401, 401, 401, 401],
    'who is nobody is refused before',
  )
  let last = await own.as('colleague', 'GET', '/api/v1/session')
  for (let count = 0; count < 70; count += 1) last = await own.as('colleague', 'GET', '/api/v1/session')
  assert.deepEqual([last.statusCode, last.json().code], [429, 'request.too-many'])
  assert.ok(Number(last.headers['retry-after']) > 0)
  assert.equal((await own.as('head', 'GET', '/api/v1/session')).statusCode, 200)
  assert.equal((await own.as('colleague', 'GET', '/health')).statusCode, 200)
})

test('health, readiness, metrics; the log names routes and nobody', async () => {
  assert.deepEqual((await own.as(undefined, 'GET', '/health')).json(), { live: true })
  assert.deepEqual((await own.as(undefined, 'GET', '/ready')).json(), { ready: true, database: true, disc: true })
  await own.as('head', 'GET', '/cases?number=13000000001')
  const { body } = await own.as(undefined, 'GET', '/metrics')
  assert.match(body, /yifa_http_requests_total\{method="POST",route="\/api\/v1\/cases",status="201"\} \d+/)
  assert.match(body, /yifa_http_request_seconds_bucket\{le="0.05",method="GET",route="\/cases"\}/)
  assert.match(body, /yifa_waiting\{what="ledgerUnsealed"\} [1-9]/)
  assert.match(body, /yifa_database_connections\{state="idle"\}/)
  assert.equal((await own.as(undefined, 'GET', '/metrics', undefined, { 'x-forwarded-for': '1.2.3.4' })).statusCode, 404)
  assert.match(logged, /"method":"GET","route":"\/cases","status":\d+,"ms":\d+/)
  assert.match(logged, /"reqId":/)
  assert.doesNotMatch(logged, /13000000001|虚构/)
})

test('a stop lets what runs finish', async () => {
  const begun = Promise.withResolvers<void>()
  const slow = await createServer({
    ...own.office,
    place,
    now: () => own.now,
    identify: async () => {
      begun.resolve()
      await new Promise((resolve) => setTimeout(resolve, 300))
      return { person: '虚构甲', holdings: [] }
    },
  })
  const address = await slow.listen({ port: 0, host: '127.0.0.1' })
  const running = fetch(`${address}/api/v1/session`)
  await begun.promise
  await slow.close()
  assert.equal((await running).status, 200)
  await assert.rejects(fetch(`${address}/api/v1/session`))
})
