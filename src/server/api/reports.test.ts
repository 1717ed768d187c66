import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { catalogue } from '#procedures/catalogue.ts'
import { createHash, randomUUID } from 'node:crypto'
import { createServer } from '../server.ts'
import { loadRegisters } from '#store/registers.ts'
import { loadYear } from '#store/load-year.ts'
import { openStore } from '#store/store.ts'
import { place } from '#district/place.ts'
import { publishedCalendar } from '#district/calendar.ts'
import { registers } from '#registers/registers.ts'
import { SYSTEM } from '#engine/apply-step.ts'
import { strFromU8, unzipSync } from 'fflate'
import type { EditionWholeJson } from './report-editions.ts'
import type { FastifyInstance } from 'fastify'
import type { FindingsJson, PictureJson } from './supervision.ts'
import type { Holding, Viewer } from '#identity/viewer.ts'
import type { ReportCheckJson, ReportFindingJson, ReportJson } from './reports.ts'
import type { Store } from '#store/store.ts'

const everything = catalogue.map(({ id }) => id)
const holding = (post: string, organ: string, procedures: readonly string[], more: Partial<Holding> = {}): Holding => ({
  key: `${organ}.${post}`,
  post,
  organ,
  procedures,
  as: 'regular',
  ...more,
})
const supervisor = (name: string, organ = 'justice'): Viewer => ({
  person: name,
  holdings: [holding('supervisor', organ, ['case-supervision']), holding('overseer', organ, everything, { supervises: true })],
})
const people: Readonly<Record<string, Viewer>> = {
  editor: { person: '虚构编写', holdings: [holding('report-editor', 'justice', everything, { supervises: true })] },
  opener: supervisor('虚构监督甲'),
  looker: supervisor('虚构监督乙'),
  agent: { person: '虚构话务', holdings: [holding('handler', 'housing', ['hotline-12345'])] },
  handler: { person: '虚构承办', holdings: [holding('handler', 'housing', ['case-supervision'])] },
  audit: { person: '虚构审计', holdings: [], administrator: 'audit' },
}

let root: string
let store: Store
let app: FastifyInstance

before(async () => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'yifa-reports-'))
  fs.chmodSync(root, 0o755)
  store = await openStore({ folder: path.join(root, 'data'), region: '321302', as: 'own' })
  const office = { store, catalogue, calendar: publishedCalendar }
  await loadYear(office, registers, { year: 2020, seed: 5, scale: 0.01 }, '2021-01-08T09:00+08:00', () => {})
  await loadRegisters(store, registers, SYSTEM, '2020-01-02T09:00+08:00')
  app = await createServer({
    ...office,
    place,
    now: () => '2021-01-08T10:00:00+08:00',
    identify: async ({ 'x-who': who }) => people[String(who)],
  })
})

after(async () => {
  await app?.close()
  await store?.close()
  fs.rmSync(root, { recursive: true, force: true })
})

async function call<T>(who: string, method: 'GET' | 'POST' | 'PUT', url: string, body?: unknown) {
  const response = await app.inject({
    method,
    url: `/api/v1${url}`,
    headers: { 'x-who': who, ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}) },
    ...(body === undefined ? {} : { payload: body as object }),
  })
  return { status: response.statusCode, json: () => response.json<T & { code: string }>(), response }
}
/** Sends a file as the application does, and answers how a step names it. */
async function uploaded(who: string, name: string, content: Buffer) {
  const send = (method: 'POST' | 'PATCH' | 'GET', url: string, headers: Record<string, string>, payload?: Buffer) =>
    app.inject({ method, url, headers: { 'x-who': who, 'tus-resumable': '1.0.0', ...headers }, ...(payload ? { payload } : {}) })
  const metadata = `filename ${Buffer.from(name).toString('base64')}`
  const created = await send('POST', '/api/v1/files', { 'upload-length': String(content.length), 'upload-metadata': metadata })
  const url = String(created.headers['location'])
  await send('PATCH', url, { 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' }, content)
  const { sha256, bytes } = (await send('GET', url, {})).json<{ sha256: string; bytes: number }>()
  return { name, sha256, bytes }
}
const report = async (): Promise<ReportJson> => (await call<ReportJson>('editor', 'GET', '/reports/2020')).json()
const only = (findings: readonly ReportFindingJson[], kind: ReportFindingJson['kind']) => findings.filter((one) => one.kind === kind)

test('the report has live figures, with last year’s beside them, what they count, and where their records are', async () => {
  const { figures, sections, editable, findings } = await report()
  assert.equal(editable, true)
  const cases = figures.find(({ id }) => id === 'pre-trial-mediation.cases')!
  assert.equal(cases.status, 'computed')
  assert.match(cases.text, /^\d+/)
  assert.ok(cases.definition !== null && cases.change !== null && cases.href.includes('pre-trial-mediation.cases'))
  const section = sections.find(({ number }) => number === cases.section)!
  assert.ok(section.paragraphs.flat().some((run) => typeof run !== 'string' && run.figure === cases.id))
  assert.ok(section.source.some(({ zh, en }) => zh.includes(`{${cases.id}}`) && en.includes(`{${cases.id}}`)))
  assert.ok(only(findings, 'to-write').length > 5)
})

test('who may: its editor writes, who supervises reads, a handler and an administrator do neither', async () => {
  const write = { paragraphs: [{ zh: '情况如下。', en: '' }], expected: 0 }
  for (const [who, seen] of [
    ['opener', 200],
    ['agent', 403],
    ['audit', 403],
  ] as const) {
    assert.equal((await call(who, 'GET', '/reports/2020')).status, seen, who)
    const put = await call(who, 'PUT', '/reports/2020/narrative/1.2', write)
    assert.deepEqual([put.status, put.json().code], [403, 'permission.not-report-editor'], who)
    assert.equal((await call(who, 'PUT', '/reports/2020/figures/hotline.accepted/note', { zh: '注', en: '' })).status, 403)
    assert.equal((await call(who, 'POST', '/reports/2020/editions', { expected: 0, findingsSeen: 0 })).status, 403)
    assert.equal((await call(who, 'GET', '/reports/2020/editions/draft.docx')).status, seen)
  }
  assert.equal((await report()).version, 0)
})

test('a section is written in place; a figure in it stays live, and only who writes the same section is told that it changed', async () => {
  const zh =
    '诉前调解案件{pre-trial-mediation.cases}，调解成功{pre-trial-mediation.succeeded}，调成率{pre-trial-mediation.success-rate}，较上年平稳。'
  const write = (section: string, expected: number, text = zh) =>
    call<{ version: number }>('editor', 'PUT', `/reports/2020/narrative/${section}`, { paragraphs: [{ zh: text, en: '' }], expected })
  assert.equal((await write('2.6.1', 0)).status, 200)
  assert.equal((await write('2.7.1', 0, '组织领导干部学法。')).status, 200)
  const stale = await write('2.6.1', 0)
  assert.deepEqual([stale.status, stale.json().code], [409, 'report.changed-meanwhile'])
  const now = await report()
  const section = now.sections.find(({ number }) => number === '2.6.1')!
  assert.equal(section.version, 1)
  assert.equal(now.version, 2)
  const cases = now.figures.find(({ id }) => id === 'pre-trial-mediation.cases')!
  assert.ok(
    section.paragraphs[0]!.some(
      (run) => typeof run !== 'string' && run.figure === cases.id && run.text.startsWith(/\d+/.exec(cases.text)![0]),
    ),
  )
  assert.equal(only(now.findings, 'typed-number').length, 0)
  assert.ok(!only(now.findings, 'to-write').some(({ section: number }) => number === '2.7.1'))
})

test('a figure cannot be typed over: a strange name is refused, a typed number is found, a figure left out is missed', async () => {
  const strange = await call('editor', 'PUT', '/reports/2020/narrative/2.6.1', {
    paragraphs: [{ zh: '案件{no-such.figure}。', en: '' }],
    expected: 1,
  })
  assert.deepEqual([strange.status, strange.json().code], [422, 'report.no-such-figure'])
  assert.equal((await call('editor', 'PUT', '/reports/2020/narrative/9.9', { paragraphs: [], expected: 0 })).status, 404)
  const check = await call<ReportCheckJson>('opener', 'POST', '/reports/2020/checks', {
    narrative: { '2.6.1': [{ zh: '共调解案件98765件，调解成功{pre-trial-mediation.succeeded}。', en: '' }] },
  })
  assert.equal(check.status, 200)
  const { findings } = check.json()
  const [typed] = only(findings, 'typed-number')
  assert.deepEqual([typed?.section, typed?.paragraph], ['2.6.1', 0])
  assert.match(typed!.says, /98765件/)
  assert.match(typed!.sentence!, /^共调解案件98765件/)
  assert.ok(only(findings, 'figure-missing').some(({ says }) => says.includes('{pre-trial-mediation.cases}')))
  assert.equal((await report()).version, 2, 'a check saves nothing')
})

test('a typed rate that its own figures contradict is found at its sentence', async () => {
  const check = await call<ReportCheckJson>('editor', 'POST', '/reports/2020/checks', {
    narrative: { '1.2': [{ zh: '共调解案件7007件，调解成功2663件，调成率为38.02%。', en: '' }] },
  })
  const [contradiction] = only(check.json().findings, 'contradiction')
  assert.equal(contradiction?.section, '1.2')
  assert.match(contradiction!.says, /38\.00/)
})

test('a figure is annotated, and the remark taken back', async () => {
  const note = (zh: string) => call('editor', 'PUT', '/reports/2020/figures/hotline.accepted/note', { zh, en: '' })
  assert.equal((await note('含网络问政。')).status, 200)
  const noted = (await report()).figures.find(({ id }) => id === 'hotline.accepted')!
  assert.deepEqual([noted.note?.zh, noted.note?.by], ['含网络问政。', '虚构编写'])
  const docx = await call('editor', 'GET', '/reports/2020/editions/draft.docx')
  assert.match(strFromU8(unzipSync(docx.response.rawPayload)['word/document.xml']!).replace(/<[^>]*>/g, ''), /含网络问政。/)
  await note('')
  assert.equal((await report()).figures.find(({ id }) => id === 'hotline.accepted')!.note, null)
  assert.equal((await call('editor', 'PUT', '/reports/2020/figures/no-such/note', { zh: '注', en: '' })).status, 422)
})

test('frozen: sealed, hashed, in the ledger, and the same for ever; who has not seen the findings freezes nothing', async () => {
  const before = await report()
  const unseen = await call('editor', 'POST', '/reports/2020/editions', {
    expected: before.version,
    findingsSeen: before.findings.length + 1,
  })
  assert.deepEqual([unseen.status, unseen.json().code], [409, 'report.findings-not-seen'])
  const stale = await call('editor', 'POST', '/reports/2020/editions', {
    expected: before.version - 1,
    findingsSeen: before.findings.length,
  })
  assert.deepEqual([stale.status, stale.json().code], [409, 'report.changed-meanwhile'])
  assert.deepEqual((await report()).editions, [])

  const frozen = await call<EditionWholeJson>('editor', 'POST', '/reports/2020/editions', {
    expected: before.version,
    findingsSeen: before.findings.length,
  })
  assert.equal(frozen.status, 201)
  const text = (await call('opener', 'GET', '/reports/2020/editions/1.txt')).response.payload
  assert.equal(createHash('sha256').update(text).digest('hex'), frozen.json().sha256)
  assert.match(frozen.json().checkpoint, /^yifa\/321302\n/)
  const { rows } = await store.pool.query<{ payload: { what: unknown } }>(
    "select payload from ledger_leaf where kind = 'administration' order by id desc limit 1",
  )
  assert.deepEqual(rows[0]!.payload.what, { froze: 'report', year: 2020, edition: 1, sha256: frozen.json().sha256 })

  await call('editor', 'PUT', '/reports/2020/narrative/2.7.1', { paragraphs: [{ zh: '定稿之后的修改。', en: '' }], expected: 2 })
  const kept = (await call<EditionWholeJson>('editor', 'GET', '/reports/2020/editions/1')).json()
  assert.ok(!JSON.stringify(kept.report).includes('定稿之后的修改'))
  assert.equal((await call('editor', 'GET', '/reports/2020/editions/1.txt')).response.payload, text)
  for (const form of ['docx', 'pdf', 'html'])
    assert.equal((await call('editor', 'GET', `/reports/2020/editions/1.${form}`)).status, 200, form)
  assert.equal((await call('editor', 'GET', '/reports/2020/editions/2')).status, 404)
  await assert.rejects(store.pool.query("update report_edition set report = 'x' where edition = 1"), /append-only/)
})

test('a late case → finding → notice → rectification → look-back by another → closed, through the API', async () => {
  const { findings, next } = (await call<FindingsJson>('opener', 'GET', '/supervision/findings?kind=late')).json()
  const [late] = findings
  assert.ok(late && late.opens && late.supervision === null)
  assert.equal(next, null)
  const at = '2021-01-08'
  const opened = await call<{ id: string; steps: number }>('opener', 'POST', '/cases', {
    procedure: 'case-supervision',
    step: 'open',
    input: { openedOn: at, supervisedCase: late.case.id, supervisedNumber: late.case.number, finding: 'late', findingFacts: late.says },
  })
  assert.equal(opened.status, 201, opened.response.payload)
  const { id } = opened.json()
  const step = (who: string, name: string, expected: number, input: object) =>
    call(who, 'POST', `/cases/${id}/steps`, { step: name, expected, input })
  const notice = { noticedOn: at, organ: 'housing', demand: '限期答复。', dueOn: '2021-01-15' }
  assert.equal((await step('handler', 'notify', 1, notice)).status, 404, 'not theirs yet')
  assert.equal((await step('opener', 'notify', 1, notice)).status, 201)
  assert.equal((await step('opener', 'rectify', 2, {})).status, 403)
  const rectified = await step('handler', 'rectify', 2, {
    rectifiedOn: at,
    cause: 'coordination',
    measures: '已答复当事人。',
    proof: [await uploaded('handler', '答复.pdf', Buffer.from('%PDF-1.7\n（演示）'))],
  })
  assert.equal(rectified.status, 201, rectified.response.payload)
  const looked = { lookedBackOn: at, lookBackBy: 'records', isSettled: true, lookBackFacts: '案卷已有答复。' }
  const own = await step('opener', 'look-back', 3, looked)
  assert.equal(own.json().code, 'step.not-apart')
  assert.equal((await step('looker', 'look-back', 3, looked)).status, 201)
  const seen = (await call<FindingsJson>('opener', 'GET', '/supervision/findings?kind=late')).json().findings
  assert.equal(seen.find((one) => one.case.id === late.case.id)?.supervision?.id, id)
  assert.equal((await step('opener', 'close', 4, { closedOn: at, conclusion: '已解决。' })).status, 201)
  const after = (await call<FindingsJson>('opener', 'GET', '/supervision/findings?kind=late')).json().findings
  assert.equal(after.find((one) => one.case.id === late.case.id)?.supervision, null)
})

test('findings and picture are of what the reader sees; the words are in their language; nonsense is refused', async () => {
  const all = (await call<PictureJson>('opener', 'GET', '/supervision/picture?from=2020-01-01&until=2020-12-31')).json()
  const own = (await call<PictureJson>('agent', 'GET', '/supervision/picture?from=2020-01-01&until=2020-12-31')).json()
  assert.ok(own.all.opened > 0 && own.all.opened < all.all.opened)
  assert.deepEqual(
    own.systems.map(({ key }) => key),
    ['hotline-12345'],
  )
  assert.deepEqual((await call<FindingsJson>('audit', 'GET', '/supervision/findings')).json().findings, [])
  for (const { organs } of (await call<FindingsJson>('agent', 'GET', '/supervision/findings')).json().findings)
    assert.ok(organs.some(({ id }) => id === 'housing'))
  const english = await app.inject({
    url: '/api/v1/supervision/findings?kind=late',
    headers: { 'x-who': 'opener', 'accept-language': 'en' },
  })
  assert.equal(english.json<FindingsJson>().findings[0]?.kindName, 'Late')
  for (const query of ['kind=none', 'after=x', 'after=2020-01-01_x_late_y', `after=2020-01-01_${randomUUID()}_none_`])
    assert.equal((await call('opener', 'GET', `/supervision/findings?${query}`)).status, 400, query)
  assert.equal((await call('nobody', 'GET', '/supervision/findings')).status, 401)
})
