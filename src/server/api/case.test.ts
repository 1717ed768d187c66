import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { createServer } from '../server.ts'
import { entriesOn, loadRegisters } from '#store/registers.ts'
import { openStore } from '#store/store.ts'
import { organsRegister } from '#registers/organs.ts'
import { place } from '#district/place.ts'
import { posts } from '#registers/posts.ts'
import { publishedCalendar } from '#district/calendar.ts'
import { SYSTEM } from '#engine/apply-step.ts'
import { system as reconsideration } from '#procedures/reconsideration/system.ts'
import type { CaseJson } from './case.ts'
import type { DraftJson } from './drafts.ts'
import type { FastifyInstance } from 'fastify'
import type { FieldJson } from './form.ts'
import type { Holding, Viewer } from '#identity/viewer.ts'
import type { PreviewJson } from './previews.ts'
import type { ProcedureJson } from './procedures.ts'
import type { ReadingJson } from './readings.ts'
import type { Store } from '#store/store.ts'
import type { TodayJson } from './today.ts'

const SECRETS = ['虚构赵某某', '13000000009', '虚构的事实和理由']

let now = '2024-03-06T10:00:00+08:00'
let root: string
let store: Store
let app: FastifyInstance
let people: Map<string, Holding[]>
let id: string

/** The n-th holder of a post, as the posts' register names them. */
const holder = (post: string, index = 0): string => [...people].filter(([, held]) => held.some((one) => one.post === post))[index]![0]

before(async () => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'yifa-api-'))
  fs.chmodSync(root, 0o755) // the database's user must reach it
  store = await openStore({ folder: path.join(root, 'data'), region: '321302', as: 'own' })
  await loadRegisters(store, [organsRegister, posts], SYSTEM, '2019-03-01T09:00+08:00')
  people = new Map()
  for (const { key, value } of await entriesOn(store, 'posts', '2024-03-06')) {
    if (!(value['procedures'] as string[]).includes('reconsideration')) continue
    const holding = { key, post: value['post'], organ: value['organ'], procedures: value['procedures'], as: 'regular' } as Holding
    people.set(String(value['person']), [...(people.get(String(value['person'])) ?? []), holding])
  }
  app = await createServer({
    store,
    catalogue: [reconsideration],
    calendar: publishedCalendar,
    place,
    now: () => now,
    identify: async ({ 'x-person': person }) =>
      person === undefined
        ? undefined
        : ({ person: decodeURIComponent(String(person)), holdings: people.get(decodeURIComponent(String(person))) ?? [] } satisfies Viewer),
  })
  const opened = await send('office', '/cases', { procedure: 'reconsideration', step: 'receive', input: receive })
  assert.equal(opened.statusCode, 201, opened.body)
  id = opened.json<{ id: string }>().id
})

after(async () => {
  await app?.close()
  await store?.close()
  fs.rmSync(root, { recursive: true, force: true })
})

const receive = {
  receivedOn: '2024-03-05',
  channel: 'in-person',
  appliedOn: '2024-03-05',
  applicant: { name: SECRETS[0], kind: 'person', phone: SECRETS[1] },
  respondent: 'natural-resources',
  respondentKind: 'department',
  act: '不予更正登记告知',
  actKind: 'other',
  learnedOn: '2024-02-01',
  toldRights: true,
  requests: ['撤销告知'],
  facts: SECRETS[2],
  signed: true,
}

const accept = {
  acceptedOn: '2024-03-06',
  conditionsMet: ['R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7'],
  courtAccepted: false,
  acceptedBefore: false,
}

const as = (post: string, index = 0) => ({ 'x-person': encodeURIComponent(holder(post, index)), accept: 'application/json' })
const get = (post: string, url: string, index = 0) => app.inject({ url: `/api/v1${url}`, headers: as(post, index) })
let keys = 0
const send = (post: string, url: string, payload: object, index = 0) =>
  app.inject({
    method: 'POST',
    url: `/api/v1${url}`,
    headers: { ...as(post, index), 'idempotency-key': `test-key-${(keys += 1)}` },
    payload,
  })
const theCase = async (post: string, index = 0): Promise<CaseJson> => {
  const answer = await get(post, `/cases/${id}`, index)
  assert.equal(answer.statusCode, 200, answer.body)
  return answer.json<CaseJson>()
}
const leaves = async (kind: string): Promise<number> =>
  (await store.pool.query<{ count: number }>('select count(*)::int as count from ledger_leaf where kind = $1', [kind])).rows[0]!.count

test('a case shows its clocks with reasons, its steps without names, what may be done now and why the rest may not', async () => {
  const shown = await theCase('office')
  const review = shown.clocks.find(({ clock }) => clock === 'review')!
  assert.equal(review.due, '2024-03-12')
  assert.ok(review.reasons.some((why) => why.includes('起算日')))
  assert.deepEqual(
    review.segments.map(({ kind }) => kind),
    ['used', 'left'],
  )
  assert.ok(shown.actions.some(({ form }) => form.step === 'accept'))
  const refused = Object.fromEntries(shown.refused.map(({ step, code }) => [step, code]))
  assert.equal(refused['refuse'], 'permission.not-your-post', 'the head of the organ refuses applications')
  assert.equal(refused['decide'], 'step.not-now')
  for (const secret of SECRETS) assert.ok(!JSON.stringify(shown).includes(secret), secret)
  assert.ok(shown.timeline[0]!.rows.some(({ name, personal, value }) => name === 'applicant' && personal === 'held' && value === null))
  assert.equal(shown.timeline[0]!.by.person, holder('office'))
})

test('the form of a step has its fields, bounds, choices and conditions with articles', async () => {
  const { form } = (await theCase('office')).actions.find((one) => one.form.step === 'accept')!
  assert.equal(form.on, 'acceptedOn')
  const conditions = form.fields.find(({ name }) => name === 'conditionsMet')!
  assert.equal(conditions.kind, 'list')
  assert.equal((conditions.of as FieldJson).options!.length, 7)
  assert.ok(form.conditions.some(({ article }) => article.includes('行政复议法')))
  const english = await app.inject({ url: `/api/v1/cases/${id}?lang=en`, headers: as('office') })
  assert.equal(english.json<CaseJson>().actions.find((one) => one.form.step === 'accept')!.form.name, 'Accept')
})

test('procedures by version: what opens a case, and whose it is to take', async () => {
  const { versions } = (await get('office', '/procedures/reconsideration')).json<ProcedureJson>()
  assert.deepEqual(
    versions.map(({ from }) => from),
    ['2018-01-01', '2024-01-01'],
  )
  const receiving = versions[1]!.opening.find(({ step }) => step === 'receive')!
  assert.equal(receiving.mayTake, true)
  assert.equal(receiving.fields.find(({ name }) => name === 'applicant')!.personal, true)
  const heads = (await get('organ-head', '/procedures/reconsideration')).json<ProcedureJson>()
  assert.equal(heads.versions[1]!.opening.find(({ step }) => step === 'receive')!.mayTake, false)
})

test('a preview says what is missing field by field, what would be refused, and what would come; it writes nothing', async () => {
  const preview = async (input: object) =>
    (await send('office', `/cases/${id}/steps/preview`, { step: 'accept', input })).json<PreviewJson>()
  const incomplete = await preview({ acceptedOn: '2024-03-06', courtAccepted: 'maybe' })
  assert.ok(incomplete.problems.some(({ path: where, missing }) => where === 'conditionsMet' && missing))
  assert.ok(incomplete.problems.some(({ path: where, missing }) => where === 'courtAccepted' && !missing))
  const refused = await preview({ ...accept, courtAccepted: true })
  assert.equal(refused.refusal?.code, 'court-already-accepted')
  assert.deepEqual(refused.refusal?.fields, ['courtAccepted'])
  const early = await preview({ ...accept, acceptedOn: '2024-03-07' })
  assert.deepEqual([early.refusal?.code, early.refusal?.fields], ['step.in-the-future', ['acceptedOn']])
  const would = (await preview(accept)).would!
  assert.equal(would.stateName, '已受理')
  assert.ok(would.clocks.some(({ clock, due }) => clock === 'decide' && due === '2024-05-06'))
  assert.equal((await theCase('office')).steps, 1)
  const others = await send('organ-head', `/cases/${id}/steps/preview`, { step: 'accept', input: accept })
  assert.equal(others.statusCode, 403)
})

test('a preview of an opening is tried under the version of its day', async () => {
  const at = async (receivedOn: string) =>
    (
      await send('office', '/cases/preview', { procedure: 'reconsideration', step: 'receive', input: { ...receive, receivedOn } })
    ).json<PreviewJson>()
  assert.equal((await at('2024-03-05')).version, '2024-01-01')
  assert.equal((await at('2023-12-29')).version, '2018-01-01')
})

test('a draft is kept for its writer alone, and gone when the step is taken', async () => {
  const url = `/api/v1/drafts/${id}/accept`
  const put = await app.inject({ method: 'PUT', url, headers: as('office'), payload: { input: { acceptedOn: '2024-03' } } })
  assert.equal(put.statusCode, 200, put.body)
  assert.deepEqual((await get('office', `/drafts/${id}/accept`)).json<DraftJson>().input, { acceptedOn: '2024-03' })
  assert.equal((await get('office', `/drafts/${id}/accept`, 1)).body, 'null', 'another holder of the same post')
  const notTheirs = await app.inject({ method: 'PUT', url, headers: as('organ-head'), payload: { input: {} } })
  assert.equal(notTheirs.statusCode, 403)
})

test('today: what is due, by last day, with its reason and the steps expected', async () => {
  const today = (await get('office', '/today')).json<TodayJson>()
  const review = today.due.items.find(({ clock }) => clock === 'review')!
  assert.deepEqual([review.due, review.kind, review.id], ['2024-03-12', 'good', id])
  assert.match(review.reason, /期限为5个工作日/)
  assert.deepEqual([...review.expected].sort(), ['受理', '通知补正'].sort())
  assert.deepEqual((await get('handler', '/today')).json<TodayJson>().due.items, [], 'the case is not with the handlers yet')
  now = '2024-03-11T10:00:00+08:00'
  assert.equal((await get('office', '/today')).json<TodayJson>().due.items.find(({ clock }) => clock === 'review')!.kind, 'soon')
  now = '2024-03-06T10:00:00+08:00'
})

test('an assignment is a head’s; whoever holds the post may take on what is nobody’s; it is in the ledger', async () => {
  const assign = (post: string, person: string | null, index = 0) =>
    send(post, `/cases/${id}/assignments`, { post: 'office', person, reason: '分工' }, index)
  const before0 = await leaves('assignment')
  assert.equal((await assign('office', holder('office', 1))).json<{ code: string }>().code, 'assignment.not-yours')
  assert.equal((await assign('office-head', holder('handler'))).json<{ code: string }>().code, 'assignment.not-a-holder')
  assert.equal((await assign('office', holder('office'))).statusCode, 201)
  const [mine, others] = [await theCase('office'), await theCase('office', 1)]
  assert.equal(mine.handlers.find(({ post }) => post === 'office')!.person, holder('office'))
  assert.ok(mine.actions.some(({ form }) => form.step === 'accept'))
  assert.equal(others.refused.find(({ step }) => step === 'accept')!.code, 'permission.assigned-to-another')
  assert.deepEqual((await get('office', '/today', 1)).json<TodayJson>().due.items, [], 'what is another’s is not mine to do')
  const head = await theCase('office-head')
  assert.deepEqual(head.handlers.find(({ post }) => post === 'office')!.mayGiveTo, [holder('office', 1)])
  assert.equal((await assign('office-head', null)).statusCode, 201)
  assert.equal((await theCase('office')).handlers.find(({ post }) => post === 'office')!.person, null)
  assert.equal((await leaves('assignment')) - before0, 2)
})

test('a recusal ends what was theirs, and hides the case from them', async () => {
  const one = holder('handler', 3)
  assert.equal((await send('office-head', `/cases/${id}/assignments`, { post: 'handler', person: one, reason: '分工' })).statusCode, 201)
  assert.equal(
    (await send('handler', `/cases/${id}/recusals`, { person: one, reason: '近亲属' })).json<{ code: string }>().code,
    'assignment.not-yours',
  )
  assert.equal((await send('office-head', `/cases/${id}/recusals`, { person: one, reason: '与申请人为近亲属' })).statusCode, 201)
  assert.equal((await get('handler', `/cases/${id}`, 3)).statusCode, 404)
  assert.equal((await theCase('office-head')).handlers.find(({ post }) => post === 'handler')!.person, null)
  const again = await send('office-head', `/cases/${id}/assignments`, { post: 'handler', person: one, reason: '分工' })
  assert.equal(again.json<{ code: string }>().code, 'assignment.recused')
  assert.equal(await leaves('recusal'), 1)
})

test('a document is masked; as issued only for a purpose, and the reading is in the ledger', async () => {
  const document = (await theCase('office')).timeline[0]!.documents[0]!
  const url = `/cases/${id}/documents/1/${document.document}.html`
  const masked = await get('office', url)
  assert.match(String(masked.headers['content-security-policy']), /frame-ancestors 'self'/)
  for (const secret of SECRETS) assert.ok(!masked.body.includes(secret))
  const before0 = await leaves('reading')
  assert.equal((await get('office', `${url}?reveal=1`)).statusCode, 400, 'a purpose is needed')
  const revealed = await get('office', `${url}?reveal=1&purpose=${encodeURIComponent('送达前核对')}`)
  assert.ok(revealed.body.includes(SECRETS[0]!))
  assert.equal((await leaves('reading')) - before0, 1)
})

test('who the people are is read for a purpose, readable and as it was sent', async () => {
  const reading = (await send('office', `/cases/${id}/readings`, { purpose: '审查受理条件' })).json<ReadingJson>()
  const [first] = reading.steps
  assert.equal((first!.values['applicant'] as { name: string }).name, SECRETS[0])
  assert.match(JSON.stringify(first!.rows.find(({ name }) => name === 'applicant')!.value), /虚构赵某某.*13000000009/)
})

test('a step taken: the draft is gone, the case goes on, a second write on the old state is told so', async () => {
  const stale = { step: 'accept', input: accept, expected: 1 }
  assert.equal((await send('office', `/cases/${id}/steps`, stale)).statusCode, 201)
  assert.equal((await get('office', `/drafts/${id}/accept`)).body, 'null')
  const second = await send('office', `/cases/${id}/steps`, stale)
  assert.deepEqual([second.statusCode, second.json<{ code: string }>().code], [409, 'case.changed-meanwhile'])
})

test('a correction keeps what is personal of the step where it does not name it', async () => {
  const { applicant: _applicant, facts: _facts, ...open } = receive
  const corrected = await send('office', `/cases/${id}/corrections`, {
    seq: 1,
    input: { ...open, act: '不予更正登记告知书' },
    reason: '行政行为名称有误',
    approvedBy: holder('office-head'),
  })
  assert.equal(corrected.statusCode, 201, corrected.body)
  const shown = await theCase('office')
  assert.equal(shown.timeline[0]!.supersededBy, 3)
  assert.ok(shown.timeline[2]!.rows.some(({ name, personal }) => name === 'applicant' && personal === 'held'))
})

test('the flow chart has the place of the case', async () => {
  const { nodes } = (await get('office', `/cases/${id}/flow-chart`)).json<{ nodes: { id: string; place: string | null }[] }>()
  assert.equal(nodes.find(({ place: where }) => where === 'present')!.id, 'accepted')
  assert.equal(nodes.find(({ id: state }) => state === 'received')!.place, 'been')
})

test('what waits for the respondent is waiting; what another puts back is returned', async () => {
  const step = (post: string, name: string, input: object) =>
    theCase(post).then(({ steps }) => send(post, `/cases/${id}/steps`, { step: name, input, expected: steps }))
  assert.equal((await step('office', 'choose-procedure', { procedureKind: 'ordinary' })).statusCode, 201)
  const assigned = await step('office-head', 'assign', {
    handlers: [holder('handler'), holder('handler', 1)],
    handlerMadeAct: false,
    complex: false,
    technical: false,
  })
  assert.equal(assigned.statusCode, 201, assigned.body)
  const sent = await step('office', 'send-copy', { sentOn: '2024-03-06', respondentReceivedOn: '2024-03-06' })
  assert.equal(sent.statusCode, 201, sent.body)
  const today = (await get('office', '/today')).json<TodayJson>()
  assert.deepEqual(
    today.waiting.items.map(({ id: one, waitsFor }) => [one, waitsFor]),
    [[id, '被申请人']],
  )
  assert.deepEqual((await get('office', '/today', 1)).json<TodayJson>().waiting.items, [], 'not theirs: they took no part')
  assert.deepEqual(today.returned.items, [])
  const suspended = await step('organ-head', 'suspend', {
    suspendedOn: '2024-03-06',
    ground: 'S8',
    suspendReason: '需以另案审理结果为依据',
    partiesToldOn: '2024-03-06',
  })
  assert.equal(suspended.statusCode, 201, suspended.body)
  const back = (await get('office', '/today')).json<TodayJson>()
  assert.deepEqual(
    back.returned.items.map(({ id: one, last }) => [one, last.name]),
    [[id, '中止']],
  )
  assert.deepEqual(back.waiting.items, [])
  assert.ok(
    back.due.items.some(({ clock, kind, due }) => clock === 'decide' && kind === 'paused' && due === null),
    'paused clocks come last',
  )
  assert.deepEqual((await get('office', '/today', 1)).json<TodayJson>().returned.items, [], 'it was never with them')
})

test('nothing is anybody’s who is nobody', async () => {
  for (const url of ['/today', `/cases/${id}`, '/procedures', '/organs', `/drafts/${id}/accept`])
    assert.equal((await app.inject({ url: `/api/v1${url}`, headers: { accept: 'application/json' } })).statusCode, 401, url)
  const stranger = { 'x-person': encodeURIComponent('虚构路人'), accept: 'application/json' }
  assert.equal((await app.inject({ url: `/api/v1/cases/${id}`, headers: stranger })).statusCode, 404)
  assert.deepEqual((await app.inject({ url: '/api/v1/today', headers: stranger })).json<TodayJson>().due.items, [])
})
