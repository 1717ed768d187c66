import assert from 'node:assert/strict'
import ExcelJS from 'exceljs'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { catalogue } from '#procedures/catalogue.ts'
import { createServer } from '../server.ts'
import { handlingsOf, personsOf, readsPersonal, scopesOf, seesCase } from '#identity/permission.ts'
import { holdingsOn } from '#store/holdings.ts'
import { listCases } from '#store/list-cases.ts'
import { loadRegisters } from '#store/registers.ts'
import { loadYear } from '#store/load-year.ts'
import { openCase } from '#store/take-step.ts'
import { openStore } from '#store/store.ts'
import { place } from '#district/place.ts'
import { publishedCalendar } from '#district/calendar.ts'
import { readablePersonal } from '#store/scope.ts'
import { readConcern } from '#store/read-concern.ts'
import { registers } from '#registers/registers.ts'
import { SYSTEM } from '#engine/apply-step.ts'
import { VISITOR } from '#identity/viewer.ts'
import type { CaseCountJson, CaseLineJson, CaseListJson } from './case-lists.ts'
import type { Concern } from '#identity/permission.ts'
import type { FastifyInstance } from 'fastify'
import type { Office } from '#store/take-step.ts'
import type { Store } from '#store/store.ts'
import type { Viewer } from '#identity/viewer.ts'

const NOW = '2020-12-20T09:00:00+08:00'

let root: string
let store: Store
let office: Office
let app: FastifyInstance
let viewers: Map<string, Viewer>
const concerns = new Map<string, Concern>()

before(async () => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'yifa-lists-'))
  fs.chmodSync(root, 0o755) // the database's user must reach it
  store = await openStore({ folder: path.join(root, 'data'), region: '321302', as: 'own' })
  office = { store, catalogue, calendar: publishedCalendar }
  await loadRegisters(store, registers, SYSTEM, '2019-01-02T09:00+08:00')
  await loadYear(office, registers, { year: 2020, seed: 1, scale: 0.005 }, '2020-12-18T09:00+08:00', () => {})
  const held = await holdingsOn(store, '2020-12-20')
  viewers = new Map([...held].map(([person, holdings]) => [person, { person, holdings }]))
  for (const [name, act] of [
    ['虚构𠮷田䶮', '虚构街道办事处旁商铺租金补助的决定'],
    ['虚构丙', '=HYPERLINK("虚构")'],
  ] as const) {
    await openCase(office, 'reconsideration', {
      step: 'receive',
      by: { post: 'office', person: holderOf('office').person, organ: 'justice' },
      at: '2020-12-18T10:00+08:00',
      input: {
        receivedOn: '2020-12-18',
        channel: 'in-person',
        appliedOn: '2020-12-18',
        applicant: { name, kind: 'person', phone: '19900000077' },
        respondent: 'housing',
        respondentKind: 'department',
        act,
        actKind: 'benefit',
        learnedOn: '2020-12-10',
        learnedHow: 'served',
        madeOn: '2020-12-10',
        toldRights: true,
        requests: ['撤销该决定'],
        facts: '（演示）',
        signed: true,
      },
    })
  }
  app = await createServer({
    ...office,
    place,
    now: () => NOW,
    demonstration: true,
    identify: async ({ authorization }) => (authorization ? viewers.get(decodeURIComponent(authorization)) : undefined),
  })
  const { rows } = await store.pool.query<{ id: string }>('select id from case_file where region = $1', [store.region])
  for (const { id } of rows) concerns.set(id, await readConcern(store, id))
})

after(async () => {
  await app?.close()
  await store?.close()
  fs.rmSync(root, { recursive: true, force: true })
})

function holderOf(post: string, organ?: string): Viewer {
  const found = [...viewers.values()].find(({ holdings }) =>
    holdings.some((held) => held.post === post && (organ === undefined || held.organ === organ)),
  )
  assert.ok(found, `${post} ${organ}`)
  return found
}

const get = <T>(url: string, as?: Viewer) =>
  app.inject({ url: `/api/v1${url}`, headers: as ? { authorization: encodeURIComponent(as.person) } : {} }).then((answer) => {
    assert.equal(answer.statusCode, 200, `${url}: ${answer.body}`)
    return answer.json<T>()
  })

/** Every line of a list, page by page. */
async function whole(query: string, as?: Viewer): Promise<CaseLineJson[]> {
  const lines: CaseLineJson[] = []
  for (let next: string | null = ''; next !== null;) {
    const page: CaseListJson = await get(`/cases?${query}&limit=150${next === '' ? '' : `&after=${encodeURIComponent(next)}`}`, as)
    lines.push(...page.cases)
    next = page.next
  }
  return lines
}

const readerOf = (viewer: Viewer) => ({
  scopes: scopesOf(viewer, catalogue),
  person: viewer.person,
  handlings: handlingsOf(viewer, catalogue),
  persons: personsOf(viewer),
})

/** One holder of every post, in two organs where there are two, and a visitor. */
function oneOfEach(): Viewer[] {
  const of = new Map<string, Viewer[]>()
  for (const viewer of viewers.values()) {
    const { post } = viewer.holdings[0]!
    const known = of.get(post) ?? []
    if (known.length < 2 && known.every(({ holdings }) => holdings[0]!.organ !== viewer.holdings[0]!.organ))
      of.set(post, [...known, viewer])
  }
  return [...[...of.values()].flat(), VISITOR]
}

test('a list holds what the predicate lets its reader see, and nothing else; whatever the order, each case once', async () => {
  let seen = 0
  for (const viewer of oneOfEach()) {
    const expected = [...concerns]
      .filter(([, concern]) => seesCase(viewer, concern, catalogue))
      .map(([id]) => id)
      .sort()
    for (const order of ['newest', 'number']) {
      const listed = (await whole(`order=${order}`, viewer === VISITOR ? undefined : viewer)).map(({ id }) => id)
      assert.deepEqual([...listed].sort(), expected, `${viewer.holdings[0]?.post} ${order}`)
    }
    const { count } = await get<CaseCountJson>('/cases/count', viewer === VISITOR ? undefined : viewer)
    assert.equal(count, expected.length)
    seen += expected.length
  }
  assert.ok(seen > 500)
})

test('who may read the people of a case: the condition of SQL and the predicate say the same of every case', async () => {
  const assigned = [...concerns].filter(([, { procedure }]) => procedure === 'hotline-12345').slice(0, 40)
  // Some cases are assigned, some to the very reader, some to somebody for whom a reader stands in.
  const handler = holderOf('handler', assigned.find(([, { organs }]) => organs.length > 0)![1].organs[0])
  for (const [index, [id]] of assigned.entries()) {
    await store.pool.query(
      `insert into case_assignee (region, case_id, post, person, procedure, opened_on) select region, id, 'handler', $3, procedure, opened_on from case_file where region = $1 and id = $2`,
      [store.region, id, index % 2 === 0 ? handler.person : '虚构无此人'],
    )
    concerns.set(id, await readConcern(store, id))
  }
  const standIn: Viewer = {
    person: '虚构代理',
    holdings: [{ ...handler.holdings[0]!, key: 'stand-in', as: 'delegated', standsFor: '虚构无此人' }],
  }
  for (const viewer of [...oneOfEach(), handler, standIn]) {
    const values: unknown[] = [store.region]
    const condition = readablePersonal(readerOf(viewer), (value) => `$${values.push(value)}`)
    const { rows } = await store.pool.query<{ id: string }>(
      `select c.id from case_file c where c.region = $1 and ${condition} order by c.id`,
      values,
    )
    const expected = [...concerns]
      .filter(([, concern]) => readsPersonal(viewer, concern, catalogue))
      .map(([id]) => id)
      .sort()
    assert.deepEqual(
      rows.map(({ id }) => id),
      expected,
      `${viewer.person} ${viewer.holdings[0]?.post}`,
    )
  }
})

test('filters say what they say, alone and together', async () => {
  const head = holderOf('centre-head')
  const all = await whole('', head)
  const check = async (query: string, holds: (line: CaseLineJson) => boolean, as = head, among = all) => {
    const found = await whole(query, as)
    assert.deepEqual(
      found.map(({ id }) => id).sort(),
      among
        .filter(holds)
        .map(({ id }) => id)
        .sort(),
      query,
    )
    const { count } = await get<CaseCountJson>(`/cases/count?${query}`, as)
    assert.equal(count, found.length, query)
    return found.length
  }
  assert.ok((await check('running=yes', ({ isFinal }) => !isFinal)) > 0)
  assert.ok((await check('running=no', ({ isFinal }) => isFinal)) > 0)
  const { state } = all[0]!
  await check(`state=${state}`, (line) => line.state === state)
  await check(
    'procedure=hotline-12345&openedFrom=2020-03-01&openedUntil=2020-05-31',
    ({ openedOn }) => openedOn >= '2020-03-01' && openedOn <= '2020-05-31',
  )
  await check('late=yes', ({ late }) => late)
  await check('late=yes&order=due', ({ late }) => late)
  await check('order=due', ({ due }) => due !== null)
  await check('dueUntil=2020-12-23&order=number', ({ due }) => due !== null && due <= '2020-12-23')
  await check('unassigned=yes', ({ isFinal, assignees }) => !isFinal && assignees.length === 0)
  assert.ok(
    (await check(`assignee=${encodeURIComponent('虚构无此人')}`, ({ assignees }) =>
      assignees.some(({ person }) => person === '虚构无此人'),
    )) > 0,
  )
  assert.ok((await check('organ=market-regulation', ({ id }) => concerns.get(id)!.organs.includes('market-regulation'))) > 0)
  await check('organ=grid-centre', () => true)
  const handler = holderOf('handler', 'market-regulation')
  const own = await whole('', handler)
  await check('order=due', ({ due }) => due !== null, handler, own)
  await check('late=yes', ({ late }) => late, handler, own)
  await check('running=yes', ({ isFinal }) => !isFinal, handler, own)
  await check('organ=urban-management', ({ id }) => concerns.get(id)!.organs.includes('urban-management'), handler, own)
  const mine = holderOf('handler', [...concerns.values()].find(({ assigned }) => assigned['handler'] !== undefined)!.organs[0])
  await check('mine=yes', ({ assignees }) => assignees.some(({ person }) => person === mine.person), mine, await whole('', mine))
})

test('orders: by the day, by the next last day, by the number as a person counts', async () => {
  const head = holderOf('centre-head')
  const sorted = (values: readonly (string | number)[]) =>
    assert.deepEqual(
      values,
      values.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)),
    )
  sorted((await whole('order=oldest', head)).map(({ openedOn }) => openedOn))
  sorted((await whole('order=newest', head)).map(({ openedOn }) => openedOn).reverse())
  sorted((await whole('order=due', head)).map(({ due }) => due!))
  const numbers = (await whole('order=number&procedure=hotline-12345', head)).map(({ number }) => /〔(\d+)〕(\d+)号/.exec(number)!)
  assert.ok(numbers.length > 20)
  sorted(numbers.map(([, year, serial]) => Number(year) * 1_000_000 + Number(serial)))
})

test('search: two characters, a whole number, a run that the index does not prove; in what the reader sees alone', async () => {
  const court = holderOf('office')
  const found = async (q: string, as: Viewer = court, more = '') =>
    (await whole(`q=${encodeURIComponent(q)}${more}`, as)).map(({ id }) => id)
  assert.equal((await found('商铺')).length, 1)
  assert.equal((await found('商铺租金')).length, 1)
  assert.equal((await found('租金 商铺')).length, 1)
  // All its pairs are there, the run is not.
  assert.deepEqual(await found('街道办事处旁商铺租金虚构街'), [])
  assert.deepEqual(await found('商铺旁商'), [])
  const [line] = await whole('', court)
  assert.deepEqual(await found(line!.number), [line!.id])
  assert.deepEqual(await found(line!.number.replace('〔', '[').replace('〕', ']')), [line!.id])
  assert.deepEqual(await found('%_’'), [])
  assert.deepEqual(await found('商铺', holderOf('handler', 'housing')), [])
  const agent = holderOf('agent')
  const common = await found('的', agent)
  assert.deepEqual(common, [...new Set(common)])
})

test('people are found only by whoever may read who they are, rare characters too, and it is kept that somebody looked', async () => {
  const court = holderOf('office')
  const found = async (q: string, more = '&people=yes', as = court) =>
    (await whole(`q=${encodeURIComponent(q)}${more}`, as === VISITOR ? undefined : as)).length
  const readings = async () =>
    (
      await store.pool.query<{ payload: unknown }>("select payload from ledger_leaf where region = $1 and kind = 'reading' order by id", [
        store.region,
      ])
    ).rows
  assert.equal(await found('𠮷田', ''), 0)
  assert.equal((await readings()).length, 0)
  assert.equal(await found('𠮷田'), 1)
  assert.equal(await found('田䶮'), 1)
  assert.equal(await found('19900000077'), 2)
  assert.equal(await found('19900000077', '&people=yes', holderOf('court')), 0)
  const kept = await readings()
  assert.equal(kept.length, 4)
  assert.ok(!JSON.stringify(kept).includes('𠮷'), 'the log holds no name')
  assert.equal(await found('𠮷田', '&people=yes', holderOf('agent')), 0)
  assert.equal(await found('𠮷田', '&people=yes', VISITOR), 0)
  const short = await app.inject({
    url: `/api/v1/cases?q=${encodeURIComponent('𠮷')}&people=yes`,
    headers: { authorization: encodeURIComponent(court.person) },
  })
  assert.deepEqual([short.statusCode, short.json<{ code: string }>().code], [400, 'search.too-short'])
})

test('a visitor learns no officer’s name, neither shown nor by asking', async () => {
  const lines = await whole('')
  assert.ok(lines.some(({ assignees }) => assignees.length > 0))
  assert.ok(lines.every(({ assignees }) => assignees.every(({ person }) => person === null)))
  const asked = await app.inject({ url: `/api/v1/cases?assignee=${encodeURIComponent('虚构无此人')}` })
  assert.deepEqual([asked.statusCode, asked.json<{ code: string }>().code], [403, 'permission.not-officers'])
})

test('what cannot be read is refused, and never a defect', async () => {
  for (const query of [
    'after=x',
    'after=2020-13-01_00000000-0000-7000-8000-000000000000',
    'order=number&after=_',
    'limit=0',
    'limit=9999',
    'order=best',
    'openedFrom=yesterday',
    'late=no',
  ]) {
    const answer = await app.inject({ url: `/api/v1/cases?${query}` })
    assert.deepEqual([answer.statusCode, answer.json<{ code: string }>().code], [400, 'query.invalid'], query)
  }
  assert.deepEqual((await get<CaseListJson>('/cases?procedure=no-such')).cases, [])
  assert.deepEqual((await get<CaseListJson>('/cases?state=no-such&organ=no-such')).cases, [])
})

test('as many queries for a catalogue of 300 systems as for three', async () => {
  const many = Array.from({ length: 297 }, (_, index) => ({ ...catalogue[0]!, id: `another-${index}` }))
  const reader = { ...readerOf(VISITOR), scopes: scopesOf(VISITOR, [...catalogue, ...many]) }
  const sent = async (systems: typeof catalogue, asked: Parameters<typeof listCases>[2]) => {
    let queries = 0
    const lists = new Proxy(store.lists, {
      get(target, name) {
        if (name !== 'query') return Reflect.get(target, name) as unknown
        return (...given: [string, unknown[]]) => {
          queries += 1
          return target.query(...given)
        }
      },
    })
    const lines = await listCases({ ...store, lists }, systems, asked, reader)
    assert.ok(queries > 0)
    return [queries, lines.map(({ id }) => id)]
  }
  for (const asked of [
    { filter: {}, order: 'newest', limit: 20 },
    { filter: { text: '的' }, order: 'newest', limit: 20 },
    { filter: {}, order: 'due', limit: 20 },
  ] as const)
    assert.deepEqual(await sent([...catalogue, ...many], asked), await sent(catalogue, asked).then((few) => few))
})

test('an export is the list as it is filtered, harmless in a spreadsheet, and in the ledger', async () => {
  const court = holderOf('office')
  const download = async (url: string) => {
    const answer = await app.inject({
      url: `/api/v1${url}`,
      headers: { authorization: encodeURIComponent(court.person), 'accept-language': 'zh' },
    })
    assert.equal(answer.statusCode, 200, answer.body)
    return answer
  }
  const lines = await whole('procedure=reconsideration&order=number', court)
  const csv = (await download('/cases/export.csv?procedure=reconsideration&order=number')).body
  assert.ok(csv.startsWith('\ufeff案号,'))
  assert.deepEqual(
    csv
      .trim()
      .split('\r\n')
      .slice(1)
      .map((row) => row.split(',')[0]),
    lines.map(({ number }) => number),
  )
  const { rawPayload } = await download('/cases/export.xlsx?procedure=reconsideration&order=number')
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(rawPayload.buffer as ArrayBuffer)
  const sheet = workbook.worksheets[0]!
  assert.equal(sheet.rowCount, lines.length + 1)
  assert.equal(sheet.getRow(2).getCell(1).text, lines[0]!.number)
  const { rows } = await store.pool.query<{ payload: { what: unknown } }>(
    "select payload from ledger_leaf where region = $1 and kind = 'export' order by id",
    [store.region],
  )
  assert.deepEqual(
    rows.map(({ payload }) => payload.what),
    ['csv', 'xlsx'].map((format) => ({
      list: 'cases',
      format,
      order: 'number',
      filter: { procedures: ['reconsideration'] },
      lines: lines.length,
    })),
  )
})

test('views are kept by their owner, and gone when removed', async () => {
  const [one, other] = [holderOf('court'), holderOf('agent')]
  const put = (name: string, as?: Viewer) =>
    app.inject({
      method: 'PUT',
      url: `/api/v1/views/${encodeURIComponent(name)}`,
      headers: as ? { authorization: encodeURIComponent(as.person) } : {},
      payload: { query: { late: 'yes' } },
    })
  assert.equal((await put('本周到期', one)).statusCode, 204)
  assert.equal((await put('本周到期', one)).statusCode, 204)
  assert.deepEqual(await get('/views', one), { views: [{ name: '本周到期', query: { late: 'yes' } }] })
  assert.deepEqual(await get('/views', other), { views: [] })
  assert.equal((await put('x')).statusCode, 401)
  await app.inject({
    method: 'DELETE',
    url: `/api/v1/views/${encodeURIComponent('本周到期')}`,
    headers: { authorization: encodeURIComponent(one.person) },
  })
  assert.deepEqual(await get('/views', one), { views: [] })
  for (let number = 0; number < 50; number += 1) await put(`视图${number}`, one)
  const full = await put('再一个', one)
  assert.deepEqual([full.statusCode, full.json<{ code: string }>().code], [422, 'view.too-many'])
})

test('cases are assigned together by their head, all or none', async () => {
  // Which organs got orders is the year's to say: any head with two that are nobody's yet.
  const heads = [...viewers.values()].filter(({ holdings }) => holdings.some(({ post, organ }) => post === 'organ-head' && organ !== 'gov'))
  const lists = await Promise.all(
    heads.map(async (head) => ({ head, cases: (await whole('', head)).filter(({ assignees }) => assignees.length === 0) })),
  )
  const { head: centre, cases } = lists.find((one) => one.cases.length >= 2)!
  const [first, second] = cases
  const organ = centre.holdings[0]!.organ
  const handles = (viewer: Viewer, own: boolean) =>
    viewer.holdings.some((one) => one.post === 'handler' && one.procedures.includes(first!.procedure) && (one.organ === organ) === own)
  const handler = [...viewers.values()].find((one) => handles(one, true))!
  const foreign = [...viewers.values()].find((one) => handles(one, false))!
  let number = 0
  const send = (cases: readonly string[], as: Viewer, person: string | null = handler.person) =>
    app.inject({
      method: 'POST',
      url: '/api/v1/cases/assignments',
      headers: { authorization: encodeURIComponent(as.person), 'idempotency-key': `assign-${(number += 1)}-key` },
      payload: { cases, post: 'handler', person, reason: '按分工' },
    })
  const code = async (answer: ReturnType<typeof send>) => (await answer).json<{ code: string }>().code
  const notSeen = [...concerns].find(([, concern]) => !seesCase(centre, concern, catalogue))![0]
  assert.equal(await code(send([first!.id, notSeen], centre)), 'case.unknown')
  assert.equal(await code(send([first!.id, second!.id], handler, foreign.person)), 'assignment.not-a-holder')
  assert.equal(await code(send([first!.id], handler, null)), 'assignment.not-yours')
  assert.equal((await whole(`assignee=${encodeURIComponent(handler.person)}`, centre)).length, 0)
  assert.equal((await send([first!.id, second!.id], centre)).statusCode, 201)
  assert.deepEqual(
    (await whole(`assignee=${encodeURIComponent(handler.person)}`, centre)).map(({ id }) => id).sort(),
    [first!.id, second!.id].sort(),
  )
  assert.equal((await send([first!.id], centre, null)).statusCode, 201)
  assert.equal((await whole(`assignee=${encodeURIComponent(handler.person)}`, centre)).length, 1)
  const { rows } = await store.pool.query("select 1 from ledger_leaf where region = $1 and kind = 'assignment'", [store.region])
  assert.equal(rows.length, 3)
})
