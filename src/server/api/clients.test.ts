import assert from 'node:assert/strict'
import http from 'node:http'
import { after, before, test } from 'node:test'
import { createHmac } from 'node:crypto'
import { deliverEvents } from '../deliver-events.ts'
import { exampleOffice } from '../../../tools/e2e/example-office.ts'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { DeliveriesJson, NewWebhookJson } from './webhooks.ts'
import type { ExampleOffice } from '../../../tools/e2e/example-office.ts'
import type { NewClientJson } from './clients.ts'

let own: ExampleOffice
before(async () => {
  own = await exampleOffice()
})
after(() => own.close())

const wanted = { name: '政务服务平台', organ: 'justice', post: 'clerk', procedures: ['example'], scope: 'act', expiresOn: '2024-12-31' }
const made = async (more: object = {}) =>
  (await own.as('system', 'POST', '/api/v1/clients', { ...wanted, ...more })).json() as NewClientJson
const bearer = (key: string) => ({ authorization: `Bearer ${key}` })
const accept = { step: 'accept', input: { acceptedOn: '2024-03-05' }, expected: 1 }

test('a client is made by the system administrator alone; its key is shown once and kept nowhere', async () => {
  for (const person of ['clerk', 'audit'])
    assert.equal((await own.as(person, 'POST', '/api/v1/clients', wanted)).json().code, 'permission.not-administrator')
  const client = await made()
  assert.match(client.key, /^yifa_[\w-]{43}$/)
  const listed = await own.as('system', 'GET', '/api/v1/clients')
  assert.ok(listed.body.includes('政务服务平台') && !listed.body.includes('yifa_'))
  const { rows } = await own.office.store.pool.query(
    "select string_agg(t::text, '') as all from (select * from api_client union all select * from api_client) t",
  )
  assert.ok(!String(rows[0].all).includes(client.key))
  const { rows: kept } = await own.office.store.pool.query('select answer from idempotency where answer is not null')
  assert.ok(!JSON.stringify(kept).includes(client.key))
  const { rows: log } = await own.office.store.pool.query(
    "select payload from ledger_leaf where kind = 'administration' order by id desc limit 1",
  )
  assert.equal(log[0].payload.what.act, 'client-made')
})

test('what a client may not hold is refused', async () => {
  const code = async (more: object) => (await own.as('system', 'POST', '/api/v1/clients', { ...wanted, ...more })).json().code
  assert.equal(await code({ post: 'constructor' }), 'client.post-unknown')
  assert.equal(await code({ procedures: ['nothing'] }), 'procedure.unknown')
  assert.equal(await code({ expiresOn: '2024-03-04' }), 'client.expired')
  assert.equal(await code({ scope: 'all' }), 'body.invalid')
})

test('a client that acts takes the steps of its post; one that reads takes none and reads no names', async () => {
  const acts = await made()
  const reads = await made({ scope: 'read' })
  const elsewhere = await made({ organ: 'civil' })
  const id = await own.opened()
  const see = async (key: string) => (await own.as(undefined, 'GET', `/api/v1/cases/${id}`, undefined, bearer(key))).statusCode
  assert.deepEqual([await see(acts.key), await see(reads.key), await see(elsewhere.key)], [200, 200, 404])
  const readNames = (key: string) => own.as(undefined, 'POST', `/api/v1/cases/${id}/readings`, { purpose: '核对' }, bearer(key))
  assert.equal((await readNames(reads.key)).json().code, 'permission.not-personal')
  assert.equal((await readNames(acts.key)).statusCode, 201)
  const take = (key: string) => own.as(undefined, 'POST', `/api/v1/cases/${id}/steps`, accept, bearer(key))
  assert.equal((await take(reads.key)).json().code, 'permission.not-your-post')
  assert.equal((await take(acts.key)).statusCode, 201)
  assert.equal((await own.as(undefined, 'GET', '/api/v1/clients', undefined, bearer(acts.key))).json().code, 'permission.not-administrator')
})

test('a key that is wrong, expired or taken away opens nothing', async () => {
  const client = await made()
  const session = async (key: string) => own.as(undefined, 'GET', '/api/v1/session', undefined, bearer(key))
  assert.equal((await session(client.key)).statusCode, 200)
  const wrong = await session(`${client.key.slice(0, -1)}_`)
  assert.deepEqual([wrong.statusCode, wrong.json().code], [401, 'client.key-invalid'])
  own.now = '2025-01-01T00:00:01+08:00'
  assert.equal((await session(client.key)).statusCode, 401)
  own.now = '2024-03-05T10:00:00+08:00'
  assert.equal((await own.as('system', 'DELETE', `/api/v1/clients/${client.id}`)).statusCode, 204)
  assert.equal((await session(client.key)).statusCode, 401)
  assert.equal((await own.as('system', 'DELETE', `/api/v1/clients/${client.id}`)).json().code, 'client.unknown')
})

test('events: signed, without anything about anybody; tried again, given up, sent again by hand; withheld from who may not see', async (t) => {
  const taken: { headers: http.IncomingHttpHeaders; body: string }[] = []
  let status = 500
  const receiver = http.createServer((request, answer) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      taken.push({ headers: request.headers, body })
      answer.writeHead(status).end()
    })
  })
  receiver.listen(0, '127.0.0.1')
  await once(receiver, 'listening')
  t.after(() => receiver.close())
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/events`

  const client = await made({ scope: 'read' })
  const blind = await made({ organ: 'civil', scope: 'read' })
  const hook = async (of: string, events: string[]) =>
    (await own.as('system', 'POST', '/api/v1/webhooks', { client: of, url, events })).json() as NewWebhookJson
  const seeing = await hook(client.id, ['case.opened', 'step.taken'])
  const unseeing = await hook(blind.id, ['case.opened'])
  const deliveries = async (id: string, query = '') =>
    (await own.as('system', 'GET', `/api/v1/webhooks/${id}/deliveries${query}`)).json() as DeliveriesJson

  const id = await own.opened()
  await own.as('clerk', 'POST', `/api/v1/cases/${id}/steps`, { ...accept, input: { acceptedOn: '2024-03-99' } })
  assert.equal((await deliveries(seeing.id)).deliveries.length, 1, 'a refused step is no event')
  await own.as('clerk', 'POST', `/api/v1/cases/${id}/steps`, accept)

  assert.equal(await deliverEvents(own.office, own.now, []), 0)
  assert.equal(taken.length, 2)
  assert.deepEqual(
    (await deliveries(unseeing.id)).deliveries.map(({ state }) => state),
    ['withheld'],
  )
  const [failed] = (await deliveries(seeing.id)).deliveries
  assert.deepEqual([failed!.state, failed!.attempts, failed!.lastStatus, failed!.nextAt], ['waiting', 1, 500, '2024-03-05T10:01+08:00'])
  assert.equal(await deliverEvents(own.office, own.now, []), 0, 'not before its turn')
  assert.equal(taken.length, 2)

  status = 204
  assert.equal(await deliverEvents(own.office, '2024-03-05T10:01:00+08:00', []), 2)
  const opened = taken.find(({ headers }) => headers['yifa-event'] === 'case.opened')!
  const body = JSON.parse(opened.body) as Record<string, unknown>
  assert.deepEqual(Object.keys(body).sort(), ['at', 'case', 'event', 'from', 'number', 'on', 'procedure', 'region', 'seq', 'step', 'to'])
  assert.deepEqual([body['case'], body['step'], body['to']], [id, 'receive', 'received'])
  for (const { body: sent, headers } of taken) {
    assert.doesNotMatch(sent, /虚构|13000000001/)
    const expected = createHmac('sha256', seeing.secret)
      .update(`${String(headers['yifa-timestamp'])}.${sent}`)
      .digest('hex')
    assert.equal(headers['yifa-signature'], `v1=${expected}`)
  }
  assert.deepEqual((await deliveries(seeing.id, '?state=delivered')).deliveries.length, 2)
  assert.doesNotMatch(JSON.stringify(await deliveries(seeing.id)), new RegExp(id), 'the system administrator learns of no case')

  status = 500
  await own.opened()
  let now = Date.parse('2024-03-06T00:00:00Z')
  for (let attempt = 0; attempt < 8; attempt += 1, now += 86_400_000)
    await deliverEvents(own.office, new Date(now).toISOString().replace('.000Z', 'Z'), [])
  const [given] = (await deliveries(seeing.id, '?state=given-up')).deliveries
  assert.equal(given!.attempts, 8)
  assert.equal((await own.as('clerk', 'POST', `/api/v1/webhooks/${seeing.id}/deliveries/${given!.id}/retries`)).statusCode, 403)
  assert.equal((await own.as('system', 'POST', `/api/v1/webhooks/${seeing.id}/deliveries/${given!.id}/retries`)).statusCode, 201)
  status = 200
  assert.equal(await deliverEvents(own.office, own.now, []), 1)

  assert.equal((await own.as('system', 'DELETE', `/api/v1/webhooks/${seeing.id}`)).statusCode, 204)
  const before = taken.length
  await own.opened()
  await deliverEvents(own.office, '2024-04-05T10:00:00+08:00', [])
  assert.equal(taken.length, before, 'what has ended sends nothing')
})

test('events go to no address inside that the operator did not allow', async () => {
  const client = await made()
  const code = async (url: string) =>
    (await own.as('system', 'POST', '/api/v1/webhooks', { client: client.id, url, events: ['step.taken'] })).json().code
  for (const url of [
    'http://example.com/',
    'https://10.0.0.5/',
    'https://169.254.169.254/latest',
    'https://[fd00::1]/',
    'https://[::ffff:10.0.0.1]/',
    'ftp://example.com/',
    'https://user:word@example.com/',
    'nothing',
  ])
    assert.equal(await code(url), 'webhook.url-refused', url)
})
