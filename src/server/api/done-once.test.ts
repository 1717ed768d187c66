import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { exampleOffice } from '../../../tools/e2e/example-office.ts'
import type { ExampleOffice } from '../../../tools/e2e/example-office.ts'

let own: ExampleOffice
before(async () => {
  own = await exampleOffice()
})
after(() => own.close())

const opening = (name: string, receivedOn = '2024-03-04') => ({
  procedure: 'example',
  step: 'receive',
  input: { receivedOn, applicant: { name, phone: '13000000001' } },
})
const open = (person: string, body: object, key: string) =>
  own.as(person, 'POST', '/api/v1/cases', body, key === '' ? { 'idempotency-key': '' } : { 'idempotency-key': key })
const cases = async (): Promise<number> => {
  const { rows } = await own.office.store.pool.query<{ count: number }>('select count(*)::int as count from case_file')
  return rows[0]!.count
}

test('a request sent again is done once and answered alike, and says that it is a replay', async () => {
  const had = await cases()
  const first = await open('clerk', opening('虚构甲某'), 'replayed-1')
  const again = await open('clerk', opening('虚构甲某'), 'replayed-1')
  assert.deepEqual([first.statusCode, again.statusCode], [201, 201], first.body)
  assert.deepEqual(again.json(), first.json())
  assert.deepEqual([first.headers['idempotent-replay'], again.headers['idempotent-replay']], [undefined, 'true'])
  assert.equal(await cases(), had + 1)
})

test('a step that is replayed is taken once, though the case has gone on since', async () => {
  const id = await own.opened()
  const attach = (note: string, expected: number, key: string) =>
    own.as('clerk', 'POST', `/api/v1/cases/${id}/steps`, { step: 'attach', input: { note }, expected }, { 'idempotency-key': key })
  assert.equal((await attach('一', 1, 'step-one-1')).statusCode, 201)
  assert.equal((await attach('二', 2, 'step-two-1')).statusCode, 201)
  const replayed = await attach('一', 1, 'step-one-1')
  assert.deepEqual([replayed.statusCode, replayed.headers['idempotent-replay']], [201, 'true'])
  const captured = await attach('一', 1, 'another-key')
  assert.deepEqual([captured.statusCode, captured.json().code], [409, 'case.changed-meanwhile'], 'under another key it is another act')
  const { rows } = await own.office.store.pool.query('select seq from step where case_id = $1', [id])
  assert.equal(rows.length, 3)
})

test('of the same request many times at once one case comes', async () => {
  const had = await cases()
  const answers = await Promise.all(Array.from({ length: 8 }, () => open('clerk', opening('虚构乙某'), 'at-once-1')))
  for (const answer of answers) {
    if (answer.statusCode === 201) continue
    assert.deepEqual([answer.statusCode, answer.json().code], [409, 'idempotency.in-progress'])
  }
  assert.ok(answers.some(({ statusCode }) => statusCode === 201))
  assert.equal(await cases(), had + 1)
})

test('a key belongs to one person and one request', async () => {
  const had = await cases()
  await open('clerk', opening('虚构丙某'), 'one-person-1')
  const other = await open('clerk', opening('虚构丁某'), 'one-person-1')
  assert.deepEqual([other.statusCode, other.json().code], [422, 'idempotency.other-request'])
  const colleague = await open('colleague', opening('虚构丙某'), 'one-person-1')
  assert.deepEqual([colleague.statusCode, colleague.headers['idempotent-replay']], [201, undefined], 'nobody is given another’s answer')
  assert.equal(await cases(), had + 2)
})

test('what was refused may be mended under its key; a key that is missing or is none is refused', async () => {
  const refused = await open('clerk', opening('虚构戊某', '2024-03-06'), 'mended-01')
  assert.equal(refused.statusCode, 422, refused.body)
  assert.equal((await open('clerk', opening('虚构戊某'), 'mended-01')).statusCode, 201)
  for (const key of ['', 'short', 'x'.repeat(81), 'with space 1', '键键键键键键键键']) {
    const answer = await open('clerk', opening('虚构己某'), encodeURI(key) === key ? key : encodeURIComponent(key))
    assert.deepEqual([answer.statusCode, answer.json().code], [400, 'idempotency.key-missing'], key)
  }
})
