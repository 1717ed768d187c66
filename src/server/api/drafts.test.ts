import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { erasePersonal } from '#store/erase-personal.ts'
import { exampleOffice } from '../../../tools/e2e/example-office.ts'
import type { ExampleOffice } from '../../../tools/e2e/example-office.ts'

let own: ExampleOffice
/** What is answered where nothing was being typed. */
const NONE = 'null'
before(async () => {
  own = await exampleOffice()
})
after(() => own.close())

test('a draft is its writer’s alone, the latest holds, and it is gone when the step is taken', async () => {
  const id = await own.opened()
  const url = `/api/v1/drafts/${id}/accept`
  assert.equal((await own.as('clerk', 'GET', url)).body, NONE)
  await own.as('clerk', 'PUT', url, { input: { acceptedOn: '2024-03' } })
  assert.equal((await own.as('clerk', 'PUT', url, { input: { acceptedOn: '2024-03-05' } })).statusCode, 200)
  assert.deepEqual((await own.as('clerk', 'GET', url)).json(), { input: { acceptedOn: '2024-03-05' }, at: '2024-03-05T10:00+08:00' })
  assert.equal((await own.as('colleague', 'GET', url)).body, NONE)
  const input = { acceptedOn: '2024-03-05' }
  assert.equal((await own.as('clerk', 'POST', `/api/v1/cases/${id}/steps`, { step: 'accept', input, expected: 1 })).statusCode, 201)
  assert.equal((await own.as('clerk', 'GET', url)).body, NONE)
})

test('a draft of a new case goes with its opening; one may be thrown away', async () => {
  const url = '/api/v1/drafts/example/receive'
  assert.equal((await own.as('clerk', 'PUT', url, { input: { receivedOn: '2024' } })).statusCode, 200)
  await own.opened()
  assert.equal((await own.as('clerk', 'GET', url)).body, NONE)
  await own.as('clerk', 'PUT', url, { input: {} })
  assert.equal((await own.as('clerk', 'DELETE', url)).statusCode, 204)
  assert.equal((await own.as('clerk', 'GET', url)).body, NONE)
})

test('nobody drafts what they may not take', async () => {
  const id = await own.opened()
  const code = async (person: string, target: string, step: string) =>
    (await own.as(person, 'PUT', `/api/v1/drafts/${target}/${step}`, { input: {} })).json().code
  assert.equal(await code('clerk', id, 'decide'), 'permission.not-your-post')
  assert.equal(await code('elsewhere', id, 'accept'), 'case.unknown')
  assert.equal(await code('supervisor', id, 'accept'), 'permission.not-your-post')
  assert.equal(await code('system', 'example', 'receive'), 'permission.not-your-post')
  assert.equal(await code('clerk', id, 'constructor'), 'step.unknown')
  assert.equal(await code('clerk', 'constructor', 'receive'), 'procedure.unknown')
})

test('a draft of a case goes with its personal data', async () => {
  const id = await own.opened()
  await own.as('clerk', 'PUT', `/api/v1/drafts/${id}/suspend`, { input: { reason: '虚构张三丰住院' } })
  await erasePersonal(own.office.store, id, '本人申请', { post: 'head', person: '虚构丙', organ: 'justice' }, own.now)
  assert.equal((await own.as('clerk', 'GET', `/api/v1/drafts/${id}/suspend`)).body, NONE)
})

test('a stale write is told which steps came since, by which post and when; not by whom', async () => {
  const id = await own.opened()
  const take = (person: string, step: string, input: object, expected: number) =>
    own.as(person, 'POST', `/api/v1/cases/${id}/steps`, { step, input, expected }, { 'accept-language': 'zh' })
  await take('clerk', 'accept', { acceptedOn: '2024-03-05' }, 1)
  await take('colleague', 'suspend', { since: '2024-03-05', reason: '（演示）鉴定' }, 2)
  const stale = await take('colleague', 'suspend', { since: '2024-03-05', reason: '（演示）鉴定' }, 1)
  assert.equal(stale.statusCode, 409)
  assert.match(stale.json().message, /受理（经办人，2024-03-05 10:00）、中止（经办人，2024-03-05 10:00）/)
  assert.doesNotMatch(stale.body, /虚构/)
})

test('of two who take a step at the same moment one is told of the other’s, not of their own', async () => {
  const id = await own.opened()
  const answers = await Promise.all(
    ['clerk', 'colleague'].map((person, index) =>
      own.as(
        person,
        'POST',
        `/api/v1/cases/${id}/steps`,
        index === 0
          ? { step: 'accept', input: { acceptedOn: '2024-03-05' }, expected: 1 }
          : { step: 'suspend', input: { since: '2024-03-05', reason: '（演示）鉴定' }, expected: 1 },
      ),
    ),
  )
  assert.deepEqual(answers.map(({ statusCode }) => statusCode).sort(), [201, 409])
  const accepted = answers[0]!.statusCode === 201
  const refused = answers.find(({ statusCode }) => statusCode === 409)!
  assert.match(refused.json().message, accepted ? /：受理（/ : /：中止（/)
})

test('what no database keeps is refused before it gets there', async () => {
  const deep = `{"input":${'['.repeat(50_000)}${']'.repeat(50_000)}}`
  for (const body of ['{"input":{"reason":"a\\u0000b"}}', '{"input":{"reason":"\\ud842"}}', deep, '{"input":{"__proto__":{"x":1}}}']) {
    const answer = await own.as('clerk', 'PUT', '/api/v1/drafts/example/receive', body, { 'content-type': 'application/json' })
    assert.deepEqual([answer.statusCode, answer.json().code], [400, 'request.unreadable'], body.slice(0, 60))
  }
  assert.equal((await own.as('clerk', 'GET', '/api/v1/drafts/a%00b/receive')).statusCode, 400)
})
