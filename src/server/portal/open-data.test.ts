import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { catalogue } from '#procedures/catalogue.ts'
import { chapters } from '#report/chapters.ts'
import { createHash } from 'node:crypto'
import { createServer } from '../server.ts'
import { dataSets } from './data-sets.ts'
import { figures } from '#report/figures.ts'
import { freezeEdition } from '#store/report-editions.ts'
import { liveReport } from '../live-report.ts'
import { loadRegisters, putEntry } from '#store/registers.ts'
import { openStore } from '#store/store.ts'
import { place } from '#district/place.ts'
import { publishedCalendar } from '#district/calendar.ts'
import { registers } from '#registers/registers.ts'
import { seal } from '#store/ledger.ts'
import { SYSTEM } from '#engine/apply-step.ts'
import { writeReport } from '#readings/annual-report.ts'
import type { FastifyInstance } from 'fastify'
import type { Services } from '../services.ts'
import type { Store } from '#store/store.ts'

// What anybody may take home: open data and published reports, in a place that loaded its registers and froze the report of one year.

const NOW = '2021-02-01T09:00:00+08:00'
let root: string
let store: Store
let app: FastifyInstance
let services: Services

before(async () => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'yifa-open-data-'))
  fs.chmodSync(root, 0o755)
  store = await openStore({ folder: path.join(root, 'data'), region: '321302', as: 'own' })
  await loadRegisters(store, registers, SYSTEM, '2020-01-02T09:00+08:00')
  const office = { store, catalogue, calendar: publishedCalendar, place, now: () => NOW }
  services = { ...office, registers, report: { chapters, figures } } as Partial<Services> as Services
  app = await createServer(office)
})

after(async () => {
  await app?.close()
  await store?.close()
  fs.rmSync(root, { recursive: true, force: true })
})

const get = (url: string, headers: Record<string, string> = {}) =>
  app.inject({ url, headers: { accept: 'text/html', 'accept-language': 'zh', ...headers } })

async function publish(year: number, mark: string): Promise<string> {
  await seal(store, NOW)
  const report = { ...writeReport(await liveReport(services, year)), notes: [{ figure: 'x', name: ['甲', 'A'], note: [mark, mark] }] }
  const text = JSON.stringify(report)
  const sha256 = createHash('sha256').update(text).digest('hex')
  const frozen = { checkpoint: report.checkpoint!, figures: {}, report: text, sha256 }
  await freezeEdition(store, {
    year,
    expected: mark === '一' ? 0 : 1,
    frozen,
    by: { post: 'report-editor', person: '虚构编写者', organ: 'justice' },
    at: NOW,
  })
  return sha256
}

test('a year without an edition is said not to be published; nothing live is shown in its place', async () => {
  const none = await get('/portal/reports/2020')
  assert.equal(none.statusCode, 404)
  assert.match(none.body, /2020 年度报告尚未公布/)
  assert.match((await get('/portal/reports')).body, /还没有公布的年度报告/)
  assert.equal((await get('/portal/reports/x')).statusCode, 400)
})

test('the report is shown as frozen, the last edition of each year, in every form, without who froze it', async () => {
  await publish(2020, '一')
  const sha256 = await publish(2020, '二')
  const { body } = await get('/portal/reports/2020')
  assert.match(body, /第 2 版定稿/)
  assert.ok(body.includes(sha256))
  assert.ok(!body.includes('虚构编写者'))
  assert.doesNotMatch(body, /href="\/(figures|cases|report)\//)
  assert.match((await get('/portal/verify?sha256=' + sha256)).body, /这是 2020 年度报告第 2 版定稿/)
  const text = await get('/portal/reports/2020.txt')
  assert.equal(createHash('sha256').update(text.rawPayload).digest('hex'), sha256)
  const json = (await get('/portal/reports/2020.json')).json() as Record<string, unknown>
  assert.deepEqual([json['number'], 'by' in json], [2, false])
  for (const form of ['docx', 'html'])
    assert.match(String((await get(`/portal/reports/2020.${form}`)).headers['content-disposition']), /^attachment/)
  assert.match((await get('/portal/reports', { 'accept-language': 'en' })).body, /Edition 2/)
})

test('every set is what its schema says, in JSON and in CSV', async () => {
  const { datasets } = (await get('/portal/data.json')).json() as { datasets: { id: string; csv: string; json: string; schema: string }[] }
  assert.deepEqual(
    datasets.map(({ id }) => id),
    dataSets(services).map(({ id }) => id),
  )
  assert.ok(datasets.length >= 3)
  for (const { id, csv, json, schema } of datasets) {
    const form = (await get(schema)).json() as object
    const file = (await get(json)).json() as { rows: object[] }
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(form)
    assert.ok(validate(file), `${id}: ${JSON.stringify(validate.errors)}`)
    assert.ok(!validate({ ...file, rows: [{ other: 1 }] }), 'a schema that takes anything says nothing')
    const lines = (await get(csv)).body.slice(1).split('\r\n')
    // The register of populations is empty until the place fills it.
    if (id !== 'populations') assert.ok(file.rows.length > 0, id)
    for (const row of file.rows.slice(0, 1)) assert.equal(lines[0], Object.keys(row).join(','), id)
  }
})

test('nothing is in a set but what is marked public; a register that holds anything personal is none', () => {
  for (const set of dataSets(services).slice(1)) {
    const register = registers.find(({ id }) => id === set.id)!
    const shown = set.columns.map(({ id }) => id).filter((id) => !['key', 'valid_from', 'valid_until'].includes(id))
    for (const id of shown) assert.equal(register.fields[id]!.public, true, `${set.id}.${id}`)
    assert.ok(!Object.values(register.fields).some(({ personal }) => personal))
  }
  const planted = registers.map((one) =>
    one.id === 'knowledge' ? { ...one, fields: { ...one.fields, who: { kind: 'text', name: ['甲', 'A'], personal: true } as const } } : one,
  )
  assert.ok(!dataSets({ ...services, registers: planted }).some(({ id }) => id === 'knowledge'))
})

test('a copy that is still right is not sent again; what would be a formula is text', async () => {
  const first = await get('/portal/data/knowledge.csv')
  const etag = String(first.headers['etag'])
  assert.deepEqual([first.statusCode, (await get('/portal/data/knowledge.csv', { 'if-none-match': etag })).statusCode], [200, 304])
  const entry = {
    key: 'zz',
    validFrom: '2021-01-01',
    value: { topic: '=cmd|1', question: '甲？', answer: '乙', source: '丙', owner: 'justice' },
  }
  await putEntry(
    store,
    registers.find(({ id }) => id === 'knowledge')!,
    entry,
    SYSTEM,
    NOW,
  )
  const next = await get('/portal/data/knowledge.csv', { 'if-none-match': etag })
  assert.equal(next.statusCode, 200)
  assert.ok(next.body.includes("'=cmd|1"))
})

test('what there is not is refused plainly', async () => {
  for (const name of ['none', 'none.csv', 'posts.csv', '..%2f..%2fetc'])
    assert.equal((await get(`/portal/data/${name}`)).statusCode, 404, name)
  assert.equal((await get('/portal/data/figures')).statusCode, 303)
})
