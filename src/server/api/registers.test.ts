import assert from 'node:assert/strict'
import ExcelJS from 'exceljs'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { caseHeads, checkpointTexts, ledgerRecords } from '#store/read-ledger.ts'
import { createServer } from '../server.ts'
import { holdingsOn } from '#store/holdings.ts'
import { ledgerKeys, seal } from '#store/ledger.ts'
import { loadRegisters } from '#store/registers.ts'
import { openStore } from '#store/store.ts'
import { personal, text } from '#engine/field.ts'
import { place } from '#district/place.ts'
import { publishedCalendar } from '#district/calendar.ts'
import { registers as release } from '#registers/registers.ts'
import { SYSTEM } from '#engine/apply-step.ts'
import { verifyLedger } from '#ledger/verify.ts'
import type { EntriesJson, EntryHistoryJson } from './registers.ts'
import type { FastifyInstance } from 'fastify'
import type { ImportJson, ProposalsJson, ProposalWholeJson } from './proposals.ts'
import type { Register } from '#engine/register.ts'
import type { Store } from '#store/store.ts'
import type { Viewer } from '#identity/viewer.ts'

const NOW = '2024-05-06T09:00:00+08:00'
const TODAY = '2024-05-06'

/** The release's registers, one of them with something personal in it. */
const registers: readonly Register[] = release.map((register) =>
  register.id === 'mediators'
    ? {
        ...register,
        fields: { ...register.fields, phone: { ...personal(text('电话', 'Telephone')), optional: true } },
        entries: register.entries.map((entry) => ({ ...entry, value: { ...entry.value, phone: '19900000001' } })),
      }
    : register,
)

let root: string
let store: Store
let app: FastifyInstance
let viewers: Map<string, Viewer>

before(async () => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'yifa-registers-'))
  fs.chmodSync(root, 0o755) // the database's user must reach it
  store = await openStore({ folder: path.join(root, 'data'), region: '321302', as: 'own' })
  await loadRegisters(store, registers, SYSTEM, '2019-01-02T09:00+08:00')
  viewers = new Map([...(await holdingsOn(store, TODAY))].map(([person, holdings]) => [person, { person, holdings }]))
  app = await createServer({
    store,
    catalogue: [],
    calendar: publishedCalendar,
    place,
    now: () => NOW,
    registers,
    demonstration: true,
    identify: async ({ authorization }) => (authorization ? viewers.get(decodeURIComponent(authorization)) : undefined),
  })
})

after(async () => {
  await app?.close()
  await store?.close()
  fs.rmSync(root, { recursive: true, force: true })
})

function keeper(post: 'registrar' | 'register-approver', register: string): Viewer {
  return [...viewers.values()].find(
    ({ holdings }) => holdings[0]!.post === post && holdings[0]!.procedures.includes(`register:${register}`),
  )!
}

const as = (viewer?: Viewer): Record<string, string> => (viewer ? { authorization: encodeURIComponent(viewer.person) } : {})

async function get<T>(url: string, viewer?: Viewer): Promise<T> {
  const answer = await app.inject({ url: `/api/v1${url}`, headers: as(viewer) })
  assert.equal(answer.statusCode, 200, `${url}: ${answer.body}`)
  return answer.json<T>()
}

let sent = 0
function post(url: string, viewer: Viewer | undefined, payload: object) {
  const headers = { ...as(viewer), 'idempotency-key': `register-test-${(sent += 1)}` }
  return app.inject({ method: 'POST', url: `/api/v1${url}`, headers, payload })
}

async function code(answer: ReturnType<typeof post>): Promise<[number, string]> {
  const { statusCode, body } = await answer
  return [statusCode, (JSON.parse(body) as { code: string }).code]
}

const registrar = () => keeper('registrar', 'mediators')
const approver = () => keeper('register-approver', 'mediators')
const value = { name: '虚构壬·0901', kind: 'mediator', disputes: ['loan'], phone: '19900000002' }
const proposal = (key: string, more: object = {}) => ({ key, validFrom: '2024-05-01', value, reason: '新聘', ...more })

async function proposed(register: string, body: object, by: Viewer): Promise<string> {
  const answer = await post(`/registers/${register}/proposals`, by, body)
  assert.equal(answer.statusCode, 201, answer.body)
  return answer.json<{ id: string }>().id
}

const inForce = (on: string, viewer = registrar()) => get<EntriesJson>(`/registers/mediators?on=${on}`, viewer)

test('what is personal in a register is for those who keep it; who holds a post, for who works here', async () => {
  const fieldsOf = async (register: string, viewer?: Viewer) => (await get<EntriesJson>(`/registers/${register}`, viewer)).entries[0]!.shown
  const agent = [...viewers.values()].find(({ holdings }) => holdings[0]!.post === 'agent')!
  assert.equal((await fieldsOf('mediators', registrar()))['phone'], '19900000001')
  assert.equal((await fieldsOf('mediators', keeper('registrar', 'organs')))['phone'], undefined)
  assert.equal((await fieldsOf('mediators', agent))['phone'], undefined)
  assert.match((await fieldsOf('posts', agent))['person']!, /虚构/)
  assert.equal((await fieldsOf('posts'))['person'], undefined)
  // Neither by searching for it.
  assert.equal((await get<EntriesJson>('/registers/mediators?q=19900000001', agent)).entries.length, 0)
  assert.ok((await get<EntriesJson>('/registers/mediators?q=19900000001', registrar())).entries.length > 0)
  for (const url of ['/registers/posts', '/registers/posts.json']) assert.doesNotMatch((await app.inject({ url })).body, /虚构[甲-癸]·/)
})

test('one proposes, another approves; then it is in force from its day on, and in the ledger', async () => {
  const before = (await inForce(TODAY)).inForce
  const id = await proposed('mediators', proposal('TYTJ-901'), registrar())
  assert.equal((await inForce(TODAY)).inForce, before)
  assert.deepEqual(await code(post(`/proposals/${id}/decisions`, registrar(), { approve: true, reason: '可' })), [
    403,
    'permission.not-keeper',
  ])
  const waiting = (await get<ProposalsJson>('/proposals', approver())).proposals[0]!
  assert.deepEqual([waiting.id, waiting.state, waiting.decides], [id, 'waiting', true])
  assert.equal((await get<ProposalsJson>('/proposals', registrar())).proposals[0]!.decides, false)
  const { changes } = await get<ProposalWholeJson>(`/proposals/${id}`, approver())
  assert.deepEqual([changes[0]!.was, changes[0]!.is.shown['name']], [null, '虚构壬·0901'])
  assert.equal((await post(`/proposals/${id}/decisions`, approver(), { approve: true, reason: '属实' })).statusCode, 201)
  assert.equal((await inForce(TODAY)).inForce, before + 1)
  assert.equal((await inForce('2024-04-30')).inForce, before)
  assert.deepEqual(await code(post(`/proposals/${id}/decisions`, approver(), { approve: false, reason: '再议' })), [
    409,
    'proposal.decided',
  ])
  const { versions, ledger } = await get<EntryHistoryJson>('/registers/mediators/entries/TYTJ-901', approver())
  assert.deepEqual([versions.length, ledger.length], [1, 1])
  await seal(store, NOW)
  const report = await verifyLedger({
    region: store.region,
    records: ledgerRecords(store),
    checkpoints: await checkpointTexts(store),
    publicKey: (await ledgerKeys(store)).publicKey,
    heads: caseHeads(store),
  })
  assert.ok(report.ok, JSON.stringify(report))
})

test('a rejected proposal changes nothing', async () => {
  const id = await proposed('mediators', proposal('TYTJ-902'), registrar())
  assert.equal((await post(`/proposals/${id}/decisions`, approver(), { approve: false, reason: '材料不全' })).statusCode, 201)
  assert.equal((await app.inject({ url: '/api/v1/registers/mediators/entries/TYTJ-902', headers: as(registrar()) })).statusCode, 404)
  const { proposals } = await get<ProposalsJson>('/proposals?register=mediators', registrar())
  assert.equal(proposals.find((one) => one.id === id)!.state, 'rejected')
})

test('who holds both posts, or stands in for who proposed, does not decide on it', async () => {
  const both: Viewer = { person: '虚构兼任', holdings: [...registrar().holdings, ...approver().holdings] }
  const standIn: Viewer = {
    person: '虚构代理',
    holdings: [{ ...approver().holdings[0]!, as: 'delegated', standsFor: both.person }],
  }
  for (const viewer of [both, standIn]) viewers.set(viewer.person, viewer)
  const id = await proposed('mediators', proposal('TYTJ-903'), both)
  assert.deepEqual(await code(post(`/proposals/${id}/decisions`, both, { approve: true, reason: '可' })), [403, 'proposal.own'])
  assert.deepEqual(await code(post(`/proposals/${id}/decisions`, standIn, { approve: true, reason: '可' })), [403, 'proposal.own'])
})

test('of two proposals for one entry the second is told that there is a newer version', async () => {
  const [first, second] = [
    await proposed('mediators', proposal('TYTJ-904'), registrar()),
    await proposed('mediators', proposal('TYTJ-904'), registrar()),
  ]
  assert.equal((await post(`/proposals/${first}/decisions`, approver(), { approve: true, reason: '可' })).statusCode, 201)
  assert.deepEqual(await code(post(`/proposals/${second}/decisions`, approver(), { approve: true, reason: '可' })), [409, 'proposal.stale'])
  // It stands undecided: it can still be rejected.
  assert.equal((await post(`/proposals/${second}/decisions`, approver(), { approve: false, reason: '重复' })).statusCode, 201)
})

test('a proposal that is wrong, of somebody else’s register, or of nobody, is refused', async () => {
  assert.deepEqual(await code(post('/registers/mediators/proposals', undefined, proposal('X'))), [401, 'session.missing'])
  assert.deepEqual(await code(post('/registers/mediators/proposals', keeper('registrar', 'organs'), proposal('X'))), [
    403,
    'permission.not-keeper',
  ])
  assert.deepEqual(await code(post('/registers/mediators/proposals', registrar(), proposal('X', { value: {} }))), [
    422,
    'register.entry-invalid',
  ])
  assert.deepEqual(await code(post('/registers/mediators/proposals', registrar(), proposal('X', { validUntil: '2023-01-01' }))), [
    422,
    'register.entry-invalid',
  ])
  assert.deepEqual(await code(post('/registers/mediators/proposals', registrar(), proposal('X', { validFrom: '2024-02-30' }))), [
    400,
    'body.invalid',
  ])
  assert.deepEqual(await code(post('/registers/none/proposals', registrar(), proposal('X'))), [404, 'register.unknown'])
  assert.deepEqual((await get<ProposalsJson>('/proposals', keeper('registrar', 'organs'))).proposals, [])
})

async function sheetOf(
  rows: readonly (readonly unknown[])[],
  head = ['名册编号 [key]', '生效日 [validFrom]', '失效日 [validUntil]', '姓名或名称 [name]', '类别 [kind]', '擅长纠纷类型 [disputes]'],
): Promise<string> {
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet('x')
  sheet.addRow(head)
  for (const row of rows) sheet.addRow([...row])
  return Buffer.from(await workbook.xlsx.writeBuffer()).toString('base64')
}

const preview = async (file: string, viewer = registrar()) => {
  const answer = await post('/registers/mediators/previews', viewer, { file })
  assert.equal(answer.statusCode, 200, answer.body)
  return answer.json<ImportJson>()
}

test('5,000 rows of which 17 are wrong: exactly the 17 are listed, quickly, and nothing is proposed', async () => {
  const wrong: Readonly<Record<number, readonly [column: number, value: unknown]>> = Object.fromEntries(
    Array.from({ length: 17 }, (_, index) => {
      const kinds = [
        [0, ''],
        [1, '2024-02-30'],
        [2, '2020-01-01'],
        [3, ''],
        [4, '法官'],
        [5, { formula: '1+1', result: 2 }],
      ] as const
      return [37 + index * 251, kinds[index % kinds.length]!]
    }),
  )
  const rows = Array.from({ length: 5000 }, (_, index) => {
    const row: unknown[] = [`LARGE-${index}`, '2024-01-01', '', `虚构𠮷·${index}`, '特邀调解员', 'loan、sale']
    const one = wrong[index]
    if (one) row[one[0]] = one[1]
    return row
  })
  const file = await sheetOf(rows)
  const began = performance.now()
  const read = await preview(file)
  assert.ok(performance.now() - began < 10_000, `${Math.round(performance.now() - began)} ms`)
  assert.deepEqual(
    read.errors.map(({ row }) => row),
    Object.keys(wrong).map((index) => Number(index) + 2),
  )
  assert.deepEqual(
    new Set(read.errors.map(({ column }) => column)),
    new Set(['名册编号', '生效日', '失效日', '姓名或名称', '类别', '擅长纠纷类型']),
  )
  assert.equal(read.added, 4983)
  const count = (await get<ProposalsJson>('/proposals', registrar())).proposals.length
  assert.deepEqual(await code(post('/registers/mediators/imports', registrar(), { file, reason: '年度更新' })), [400, 'import.rows-wrong'])
  assert.equal((await get<ProposalsJson>('/proposals', registrar())).proposals.length, count)
})

test('a filled template that was not changed changes nothing; one cell changed is one change, approved as a whole', async () => {
  const download = async () => {
    const answer = await app.inject({ url: '/api/v1/registers/mediators/template.xlsx?filled=yes', headers: as(registrar()) })
    assert.equal(answer.statusCode, 200)
    const workbook = new ExcelJS.Workbook()
    await workbook.xlsx.load(answer.rawPayload.buffer as ArrayBuffer)
    return workbook
  }
  const base64 = async (workbook: ExcelJS.Workbook) => Buffer.from(await workbook.xlsx.writeBuffer()).toString('base64')
  const workbook = await download()
  const same = await preview(await base64(workbook))
  assert.deepEqual([same.added, same.changed, same.errors], [0, 0, []])
  assert.ok(same.unchanged > 50)
  assert.deepEqual(await code(post('/registers/mediators/imports', registrar(), { file: await base64(workbook), reason: '无' })), [
    400,
    'import.nothing-new',
  ])

  const sheet = workbook.worksheets[0]!
  const place = (id: string) => (sheet.getRow(1).values as string[]).findIndex((head) => head?.endsWith(`[${id}]`))
  const key = sheet.getRow(2).getCell(1).text
  sheet.getRow(2).getCell(place('name')).value = '（演示）改名后的调解组织'
  sheet.getRow(3).getCell(place('validUntil')).value = '2030-12-31'
  const file = await base64(workbook)
  const changed = await preview(file)
  assert.deepEqual([changed.added, changed.changed], [0, 2])
  assert.deepEqual(
    changed.changes[0]!.differs.map(({ name, is }) => [name, is]),
    [['姓名或名称', '（演示）改名后的调解组织']],
  )
  const answer = await post('/registers/mediators/imports', registrar(), { file, reason: '改名' })
  assert.deepEqual([answer.statusCode, answer.json<{ size: number }>().size], [201, 2])
  const id = answer.json<{ id: string }>().id
  assert.equal((await post(`/proposals/${id}/decisions`, approver(), { approve: true, reason: '属实' })).statusCode, 201)
  const { versions } = await get<EntryHistoryJson>(`/registers/mediators/entries/${key}`, registrar())
  assert.equal(versions[0]!.shown['name'], '（演示）改名后的调解组织')
  // What the sheet of another reader does not show is left as it was.
  assert.equal(versions[0]!.shown['phone'], '19900000001')
})

test('a sheet without a column of what is personal leaves that as it is', async () => {
  const read = await preview(await sheetOf([['TYTJ-001', '2019-01-01', '', '虚构改名·0001', 'mediator', 'loan']]))
  assert.equal(read.changed, 1)
  assert.ok(!read.changes[0]!.differs.some(({ name }) => name === '电话'))
  assert.equal(read.changes[0]!.is.shown['phone'], '19900000001')
})

test('what is no workbook, has strange columns or the same key twice is said', async () => {
  const refused = (file: string) => code(post('/registers/mediators/previews', registrar(), { file }))
  assert.deepEqual(await refused(Buffer.from('名册编号,姓名').toString('base64')), [400, 'import.unreadable'])
  assert.deepEqual(await refused('***'), [400, 'body.invalid'])
  assert.deepEqual(await refused(await sheetOf([], ['名册编号 [key]', '生效日 [validFrom]', '电话号码'])), [400, 'import.columns'])
  assert.deepEqual(await refused(await sheetOf([], ['名册编号 [key]'])), [400, 'import.columns'])
  assert.deepEqual(await refused(await sheetOf([], ['名册编号 [key]', '名册编号', '生效日'])), [400, 'import.columns'])
  const row = ['TWIN', '2024-01-01', '', '虚构', 'mediator', 'loan']
  const { errors } = await preview(await sheetOf([row, row]))
  assert.deepEqual(errors, [{ row: 3, column: '名册编号', message: '与第 2 行编号相同' }])
  const foreign = keeper('registrar', 'organs')
  assert.deepEqual(await code(post('/registers/mediators/previews', foreign, { file: '' })), [403, 'permission.not-keeper'])
})

test('proposals and decisions are in the ledger’s log, and neither can be changed', async () => {
  const { rows } = await store.pool.query<{ payload: { what: { proposal?: string } } }>(
    "select payload from ledger_leaf where region = $1 and kind = 'administration'",
    [store.region],
  )
  assert.ok(rows.length >= 8)
  await assert.rejects(store.pool.query('update register_decision set approved = true'), /append-only/)
  await assert.rejects(store.pool.query('delete from register_proposal'), /append-only/)
})
