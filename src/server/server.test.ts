import assert from 'node:assert/strict'
import fs from 'node:fs'
import http from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { createServer } from './server.ts'
import { erasePersonal } from '#store/erase-personal.ts'
import { correctStep, openCase, takeStep } from '#store/take-step.ts'
import { ledgerKeys, seal } from '#store/ledger.ts'
import { openStore } from '#store/store.ts'
import { organsRegister } from '#registers/organs.ts'
import { place } from '#district/place.ts'
import { publishedCalendar } from '#district/calendar.ts'
import { putEntry } from '#store/registers.ts'
import { strFromU8, unzipSync } from 'fflate'
import { system as preTrialMediation } from '#procedures/pre-trial-mediation/system.ts'
import { system as reconsideration } from '#procedures/reconsideration/system.ts'
import { integer, personal, text } from '#engine/field.ts'
import { verifyReceipt } from '#ledger/verify.ts'
import { Writable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import type { Formula } from '#engine/indicator.ts'
import type { Office } from '#store/take-step.ts'
import type { Receipt } from '#ledger/verify.ts'
import type { Register } from '#engine/register.ts'
import type { Store } from '#store/store.ts'

const SCRIPT = '<script>alert("1")</script>'
/** Everything personal that the test writes: none of it may ever come out. */
const SECRETS = ['虚构张三丰', '虚构李四娘', '13000000001', '321302190001010011', '幸福路十二号', '虚构机密备注']
const NOW = '2020-05-06T09:00:00+08:00'
const court = { post: 'court', person: '虚构王法官', organ: 'court' }
const mediator = { post: 'mediator', person: '虚构李调解', organ: 'mediator' }

const mediators: Register = {
  id: 'mediators',
  name: ['特邀调解名册', 'Invited mediators'],
  key: ['编号', 'Number'],
  fields: { name: text('姓名', 'Name'), remark: personal(text('备注', 'Remark')) },
  entries: [],
}

let root: string
let store: Store
let office: Office
let app: FastifyInstance
let id: string

const options = () => ({ ...office, place, now: () => NOW, registers: [mediators], demonstration: true })

before(async () => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'yifa-server-'))
  fs.chmodSync(root, 0o755) // the database's user must reach it
  store = await openStore({ folder: path.join(root, 'data'), region: '321302', as: 'own' })
  office = { store, catalogue: [preTrialMediation], calendar: publishedCalendar }
  for (const [from, name] of [
    ['2019-01-01', '虚构调解员'],
    ['2020-04-01', `虚构调解员${SCRIPT}`],
  ] as const) {
    await putEntry(
      store,
      mediators,
      { key: 'T/001', validFrom: from, value: { name, remark: '虚构机密备注' } },
      court,
      `${from}T09:00+08:00`,
    )
  }
  id = await openOn('2020-03-02', SCRIPT)
  const step = (name: string, at: string, by: typeof court, input: Record<string, unknown>) =>
    takeStep(office, id, { step: name, by, at, input })
  const consent = { plaintiffConsentedOn: '2020-03-03', defendantConsentedOn: '2020-03-03', consentedOn: '2020-03-03', online: false }
  await step('consent', '2020-03-03T10:00+08:00', court, consent)
  await step('choose-mediator', '2020-03-04T10:00+08:00', court, {
    chosenOn: '2020-03-04',
    mediator: 'T/001',
    mediatorName: `虚构调解员${SCRIPT}`,
    chosenBy: 'parties',
    relation: 'none',
  })
  await step('accept-assignment', '2020-03-05T10:00+08:00', mediator, { acceptedAt: '2020-03-05T10:00+08:00' })
  await correctStep(office, id, {
    seq: 2,
    input: { ...consent, plaintiffConsentedOn: '2020-03-02' },
    reason: '申请人同意日期有误',
    approvedBy: '虚构孙庭长',
    by: court,
    at: '2020-03-06T09:00+08:00',
  })
  await seal(store, '2020-03-07T00:00:00Z')
  for (let number = 0; number < 60; number += 1)
    await openOn(`2020-0${1 + (number % 4)}-${String(1 + (number % 28)).padStart(2, '0')}`, '（演示）')
  app = await createServer(options())
})

after(async () => {
  await app.close()
  await store.close()
  fs.rmSync(root, { recursive: true, force: true })
})

async function openOn(day: string, claim: string): Promise<string> {
  const plaintiff = {
    name: `虚构张三丰${SCRIPT}`,
    kind: 'person',
    phone: '13000000001',
    idNumber: '321302190001010011',
    address: '幸福路十二号',
  }
  const input = {
    papersReceivedOn: day,
    plaintiff,
    defendant: { name: '虚构李四娘' },
    dispute: 'loan',
    claim,
    suitable: true,
    beforeFiling: true,
  }
  return (await openCase(office, 'pre-trial-mediation', { step: 'intake', by: court, at: `${day}T09:30+08:00`, input })).theCase.id
}

const get = (url: string, headers: Record<string, string> = {}, of = app) => of.inject({ method: 'GET', url, headers })

/** Every address that the pages link to, from the first page on. */
async function crawl(from: FastifyInstance): Promise<Map<string, Awaited<ReturnType<typeof get>>>> {
  const seen = new Map<string, Awaited<ReturnType<typeof get>>>()
  const waiting = ['/', `/cases/${id}`, '/?lang=zh']
  for (let url = waiting.shift(); url !== undefined; url = waiting.shift()) {
    if (seen.has(url) || seen.size > 1200) continue
    const answer = await get(url, {}, from)
    seen.set(url, answer)
    if (!String(answer.headers['content-type']).startsWith('text/html') || answer.headers['content-disposition'] !== undefined) continue
    for (const [, href] of answer.body.matchAll(/href="(\/[^"#]*)/g)) {
      const target = href!.replaceAll('&amp;', '&')
      // An application of its own, full of script and perhaps not built.
      if (target === '/workbench') continue
      // The sixty cases are alike: the list's own links and a few of them are enough.
      if (/^\/cases\/[0-9a-f-]{36}/.test(target) && !target.includes(id) && seen.size > 60) continue
      waiting.push(target)
    }
  }
  return seen
}

/** What can be read of an answer: of a DOCX the text inside. */
function readable(answer: Awaited<ReturnType<typeof get>>): string {
  if (!String(answer.headers['content-type']).includes('wordprocessingml')) return answer.body
  return Object.values(unzipSync(answer.rawPayload))
    .map((file) => strFromU8(file))
    .join('\n')
}

test('every address that the pages link to answers; nothing personal and no markup of others is in any of them', async () => {
  const seen = await crawl(app)
  assert.ok(seen.size > 150, `${seen.size} addresses`)
  for (const kind of [
    '/report/2020',
    '/figures/',
    '/cases?',
    `/cases/${id}`,
    '/procedures/',
    '/registers/mediators/T%2F001',
    '/ledger/1.txt',
    '.pdf',
    '.docx',
    '/receipts/',
  ]) {
    assert.ok(
      [...seen.keys()].some((url) => url.includes(kind)),
      `nothing links to ${kind}`,
    )
  }
  for (const [url, answer] of seen) {
    assert.equal(answer.statusCode, 200, url)
    const body = readable(answer)
    // A receipt holds the open payload that its leaf commits to, and so the officers who acted; of a party nothing.
    const officers = url.includes('/receipts/') ? [] : ['虚构王法官', '虚构孙庭长']
    for (const secret of [...SECRETS, ...officers]) assert.ok(!body.includes(secret), `${url} shows ${secret}`)
    // One page is handed out to be carried away, and brings its script along.
    const isCarriedAway = String(answer.headers['content-disposition']).startsWith('attachment')
    if (String(answer.headers['content-type']).startsWith('text/html') && !isCarriedAway)
      assert.doesNotMatch(body, /<script(?! type="module" src="\/assets\/verify\.)/, `${url} holds a script`)
  }
})

test('every page is strict: CSP without inline code, no inline style, one h1, a language, labelled tables', async () => {
  for (const url of [
    '/',
    '/report/2020',
    '/figures/pre-trial-mediation.success-rate?year=2020',
    '/cases',
    '/cases?procedure=pre-trial-mediation',
    `/cases/${id}`,
    '/procedures/pre-trial-mediation',
    '/registers/mediators',
    '/registers/mediators/T%2F001',
    '/ledger',
    '/ledger/1',
    '/no-such-page',
  ]) {
    const { headers, body } = await get(url)
    assert.match(String(headers['content-security-policy']), /^default-src 'none'; style-src 'self'/, url)
    assert.equal(headers['x-content-type-options'], 'nosniff')
    assert.doesNotMatch(body, /<script| style="| on[a-z]+="|<style/, url)
    assert.equal(body.match(/<h1>/g)?.length, 1, url)
    assert.match(body, /<html lang="zh-CN"/)
    for (const table of body.match(/<div class="scrolling"[^>]*>/g) ?? []) assert.match(table, /aria-label="[^"]+"/, url)
  }
})

test('the style sheet is kept for good under an address of its content', async () => {
  const [, href] = /href="(\/assets\/style\.[0-9a-f]{16}\.css)"/.exec((await get('/')).body)!
  const answer = await get(href!)
  assert.equal(answer.statusCode, 200)
  assert.match(String(answer.headers['cache-control']), /immutable/)
})

test('a case: clocks with their reasons, steps by post, a correction with what it replaces, what can be done now and what cannot', async () => {
  const { body } = await get(`/cases/${id}`)
  assert.match(body, /委派调解期限/)
  assert.match(body, /<svg class="clock-bar"[^>]*aria-label="自 2020-03-05 10:00 起算，末日 2020-04-07"/) // 04-04 to 04-06 is 清明
  assert.match(body, /顺延至 2020-04-07/)
  assert.match(body, /已过末日 29 日/)
  assert.match(body, /（个人信息）/)
  assert.match(body, /&lt;script&gt;alert\(&quot;1&quot;\)/)
  assert.match(body, /已被更正，见<a href="#step-5">第 5 步/)
  assert.match(body, /申请人同意日期有误/)
  assert.match(body, /达成调解协议<\/b>/)
  assert.match(body, /现在不能办理的 \d+ 个步骤/)
  assert.match(body, /诉前调委〔2020〕1号/)
  assert.match(body, /调解期限三十日，自签收之日起计算。/)
})

test('the same case as JSON, by its suffix and by Accept; of what is personal only the names of the fields', async () => {
  const twin = await get(`/cases/${id}.json`)
  assert.equal(twin.headers['content-type'], 'application/json; charset=utf-8')
  assert.deepEqual((await get(`/cases/${id}`, { accept: 'application/json' })).json(), twin.json())
  const value = twin.json() as {
    number: string
    steps: { personal: unknown; by: unknown; input: object }[]
    clocks: { deadline: { due: string } }[]
  }
  assert.deepEqual(value.steps[0]!.personal, ['claim', 'defendant', 'plaintiff'])
  assert.deepEqual(value.steps[0]!.by, { post: 'court', organ: 'court' })
  assert.ok(!('plaintiff' in value.steps[0]!.input))
  assert.equal(value.clocks[0]!.deadline.due, '2020-04-07')
  const byNumber = await get(`/cases/${encodeURIComponent(value.number)}`)
  assert.deepEqual([byNumber.statusCode, byNumber.headers.location], [302, `/cases/${id}`])
  assert.equal((await get(`/cases?number=${encodeURIComponent(value.number)}`)).headers.location, `/cases/${id}`)
})

test('lists go on by keyset: every case once, newest first, and the last page says so', async () => {
  const found: { id: string; openedOn: string }[] = []
  for (let url: string | null = '/cases?procedure=pre-trial-mediation'; url !== null;) {
    const page: { cases: { id: string; openedOn: string }[]; next: string | null } = (await get(url, { accept: 'application/json' })).json()
    found.push(...page.cases)
    url = page.next
  }
  assert.equal(found.length, 61)
  assert.equal(new Set(found.map((one) => one.id)).size, 61)
  assert.deepEqual(
    found.map(({ openedOn }) => openedOn),
    found
      .map(({ openedOn }) => openedOn)
      .sort()
      .reverse(),
  )
  const mediating: { cases: unknown[] } = (
    await get('/cases?procedure=pre-trial-mediation&state=mediating', { accept: 'application/json' })
  ).json()
  assert.equal(mediating.cases.length, 1)
  assert.match((await get('/cases?procedure=pre-trial-mediation&state=succeeded')).body, /这里没有案件/)
})

test('what is not there is 404, what cannot be read 400: code, message, basis and remedy in one shape, and as a page', async () => {
  const cases: [url: string, status: number, code: string][] = [
    ['/nothing', 404, 'page.unknown'],
    ['/cases/017098dd-39c0-7b43-ab24-5a728a74d850', 404, 'case.unknown'],
    ['/cases/abc', 404, 'case.unknown'],
    ['/cases?procedure=nothing', 404, 'procedure.unknown'],
    ['/cases?procedure=pre-trial-mediation&state=nothing', 404, 'state.unknown'],
    ['/cases?procedure=pre-trial-mediation&after=x', 400, 'query.invalid'],
    ['/cases?procedure=a&procedure=b', 400, 'query.invalid'],
    ['/procedures/nothing', 404, 'procedure.unknown'],
    ['/procedures/pre-trial-mediation?version=2000-01-01', 404, 'version.unknown'],
    ['/figures/nothing.at-all', 404, 'figure.unknown'],
    ['/figures/pre-trial-mediation.constructor', 404, 'figure.unknown'],
    ['/figures/pre-trial-mediation.cases?year=20', 400, 'query.invalid'],
    ['/report/nothing', 400, 'query.invalid'],
    ['/report/2020.exe', 400, 'query.invalid'],
    ['/registers/nothing', 404, 'register.unknown'],
    ['/registers/mediators?on=2020-02-30', 400, 'query.invalid'],
    ['/registers/mediators/nobody', 404, 'register.entry-unknown'],
    ['/ledger/99', 404, 'ledger.checkpoint-unknown'],
    ['/ledger/x', 404, 'ledger.checkpoint-unknown'],
    [`/cases/${id}/documents/1/agreement.pdf`, 404, 'document.not-of-step'],
    [`/cases/${id}/documents/1/registration.exe`, 404, 'document.not-of-step'],
    [`/cases/${id}/documents/x/registration.pdf`, 404, 'ledger.no-such-step'],
    [`/cases/${id}/receipts/99`, 404, 'ledger.no-such-step'],
    ['/%zz', 400, 'request.unreadable'],
  ]
  for (const [url, status, code] of cases) {
    const json = await get(url, { accept: 'application/json' })
    assert.equal(json.statusCode, status, url)
    const said: Record<string, string> = json.json()
    assert.deepEqual(Object.keys(said), ['code', 'message', 'basis', 'remedy'], url)
    assert.equal(said['code'], code, url)
    assert.match(said['message']!, /[\u4e00-\u9fff]/)
    const page = await get(url)
    assert.equal(page.statusCode, status)
    assert.match(page.body, new RegExp(`<code>${code.replace('.', '\\.')}</code>`))
  }
  const hostile = await get(`/cases/${encodeURIComponent(SCRIPT)}`)
  assert.ok(!hostile.body.includes('<script'))
})

test('the language: Chinese first, then what the browser prefers, the cookie over it, the address over all', async () => {
  const language = async (url: string, headers: Record<string, string>) => /<html lang="([\w-]+)"/.exec((await get(url, headers)).body)![1]
  assert.equal(await language('/', {}), 'zh-CN')
  assert.equal(await language('/', { 'accept-language': 'fr, de;q=0.5' }), 'zh-CN')
  assert.equal(await language('/', { 'accept-language': 'zh;q=0.3, en-GB' }), 'en')
  assert.equal(await language('/', { 'accept-language': 'en', cookie: 'a=b; lang=zh' }), 'zh-CN')
  assert.equal(await language('/?lang=en', { cookie: 'lang=zh' }), 'en')
  const switched = await get(`/cases?procedure=pre-trial-mediation&lang=en`)
  assert.match(String(switched.headers['set-cookie']), /^lang=en; .*HttpOnly/)
  assert.match(switched.body, /href="\/cases\?procedure=pre-trial-mediation&amp;lang=zh" lang="zh-CN"/)
  assert.match((await get(`/cases/${id}?lang=en`)).body, /Last day/)
  assert.deepEqual(
    (await get('/nothing', { accept: 'application/json', 'accept-language': 'en' })).json().message,
    'There is no such page.',
  )
})

test('a figure: value, both sides, definition, query with its values, and the cases of each part', async () => {
  const url = '/figures/pre-trial-mediation.success-rate?year=2020'
  const figure: {
    text: string
    value: unknown
    query: { text: string; values: unknown[] }
    countings: { count: number }[]
    records: { id: string }[]
  } = (await get(`${url}&of=1`, { accept: 'application/json' })).json()
  assert.equal(figure.text, '0.00%')
  assert.deepEqual(figure.value, { num: 0, den: 1 })
  assert.deepEqual(
    figure.countings.map(({ count }) => count),
    [0, 1],
  )
  assert.deepEqual(
    figure.records.map((one) => one.id),
    [id],
  )
  const { rows } = await store.pool.query(figure.query.text, figure.query.values)
  assert.deepEqual(Object.values(rows[0] as object).map(Number), [0, 1])
  const { body } = await get(url)
  assert.match(body, /“调解成功数”/)
  assert.match(body, /select \* from/)
  assert.match((await get('/figures/pre-trial-mediation.success-rate?year=2019')).body, /分母为零/)
  assert.match((await get('/figures/leadership.committee-session?year=2020')).body, /尚未建成/)
})

test('a figure by groups: a table by names, greatest first; the cases, counts and entry of one group', async () => {
  const seats: Register = {
    id: 'seats',
    name: ['席位', 'Seats'],
    key: ['机构', 'Organ'],
    fields: { count: integer('席位', 'Seats') },
    entries: [],
  }
  await putEntry(
    store,
    organsRegister,
    organsRegister.entries.find(({ key }) => key === 'court')!,
    court,
    '2019-03-01T09:00+08:00',
  )
  await putEntry(store, seats, { key: 'court', validFrom: '2020-01-01', value: { count: 8 } }, court, '2020-01-01T09:00+08:00')
  await putEntry(store, seats, { key: 'tax', validFrom: '2020-01-01', value: { count: 3 } }, court, '2020-01-01T09:00+08:00')
  const taken: Formula = { count: ['intake', 'accept-assignment'], each: { taker: 'organ' } }
  const { indicators, statements } = preTrialMediation.indicators
  const grouped = {
    ...preTrialMediation,
    indicators: {
      statements,
      indicators: {
        ...indicators,
        'per-seat': {
          name: ['每千席', 'Per 1,000 seats'],
          formula: { ratio: [taken, { values: 'seats', field: 'count' }], per: 1000 },
        } as const,
        'by-dispute': { name: ['各类纠纷', 'By dispute'], formula: { count: 'intake', each: { input: 'dispute' } } } as const,
      },
    },
  }
  const here = await createServer({ ...options(), catalogue: [grouped], registers: [mediators, seats] })
  const url = '/figures/pre-trial-mediation.per-seat?year=2020'
  const figure: {
    status: string
    series: { rows: { group: string; value: unknown; counts: unknown[] }[] }
    query: { text: string; values: unknown[] }
  } = (await get(url, { accept: 'application/json' }, here)).json()
  assert.equal(figure.status, 'by-group')
  assert.deepEqual(
    figure.series.rows.map(({ group, value, counts }) => [group, value, counts]),
    [
      ['court', { num: 61, den: 8, per: 1000 }, [61, 8]],
      ['mediator', null, [1, null]],
      ['tax', { num: 0, den: 3, per: 1000 }, [0, 3]],
    ],
  )
  const { rows } = await store.pool.query(figure.query.text, figure.query.values)
  assert.deepEqual(rows[0], { f0: { court: 61, mediator: 1 }, f1: { court: 8, tax: 3 } })

  const { body } = await get(url, {}, here)
  assert.match(body, /人民法院<\/a>[^]*?<td class="number">61<\/td>\s*<td class="number">8<\/td>\s*<td class="number">7625\.00<\/td>/)
  assert.match(body, /mediator<\/a>[^]*?<td class="number">1<\/td>\s*<td class="number">未知<\/td>\s*<td class="number">—<\/td>/)
  const ofMediator = await get(`${url}&group=mediator`, { accept: 'application/json' }, here)
  const { records, countings }: { records: { id: string }[]; countings: { count: unknown }[] } = ofMediator.json()
  assert.deepEqual([records.map((one) => one.id), countings.map(({ count }) => count)], [[id], [1, null]])
  assert.match((await get(`${url}&group=court&of=1`, {}, here)).body, /href="\/registers\/seats\/court"/)
  const first = await get(`${url}&group=court`, {}, here)
  const next = /rel="next" href="([^"]*)"/.exec(first.body)![1]!.replaceAll('&amp;', '&')
  assert.match(next, /group=court/)
  assert.equal((await get(next, {}, here)).body.match(/<tr>\s*<th scope="row"><a href="\/cases\//g)!.length, 11)
  assert.match((await get('/figures/pre-trial-mediation.by-dispute?lang=en', {}, here)).body, />private loan<\/a>/)
  for (const wrong of [`${url}&group=nobody`, '/figures/pre-trial-mediation.cases?year=2020&group=court']) {
    const answer = await get(wrong, { accept: 'application/json' }, here)
    assert.deepEqual([answer.statusCode, answer.json().code], [404, 'figure.group-unknown'])
  }
  await here.close()
})

test('the report: every figure is a link; PDF, DOCX, HTML and JSON of the same', async () => {
  const { body } = await get('/report/2020')
  assert.match(body, /<a class="figure" href="\/figures\/pre-trial-mediation\.[\w-]+\?year=2020">/)
  assert.match(body, /各月立案/)
  const pdf = await get('/report/2020.pdf')
  assert.equal(pdf.rawPayload.subarray(0, 5).toString(), '%PDF-')
  assert.match(String(pdf.headers['content-disposition']), /filename="report-2020\.pdf"; filename\*=UTF-8''%E5/)
  assert.match(readable(await get('/report/2020.docx')), /法治政府建设工作报告/)
  assert.match((await get('/report/2020.html')).body, /^<!doctype html>/)
  assert.equal((await get('/report/2020.json')).json().year, 2020)
})

test('the report and its sources are computed once, and again when something is written', async () => {
  let queries = 0
  const query = (...asked: Parameters<typeof store.pool.query>) => {
    queries += 1
    return store.pool.query(...asked)
  }
  const counting = await createServer({ ...options(), store: { ...store, pool: Object.assign(Object.create(store.pool), { query }) } })
  const ask = async () => {
    queries = 0
    const { body } = await get('/report/2021.html', {}, counting)
    return { body, queries }
  }
  const first = await ask()
  const second = await ask()
  assert.ok(second.body === first.body)
  assert.equal(second.queries, 1, 'only the mark of what is written is read')
  await openOn('2021-03-02', '（演示）')
  assert.equal((await ask()).queries, first.queries)
  await counting.close()
})

test('a document is masked and says so', async () => {
  const url = `/cases/${id}/documents/1/registration`
  const masked = await get(`${url}.html`)
  assert.match(masked.body, /【个人信息已遮蔽】/)
  assert.match(masked.body, /（个人信息）/)
  assert.match(readable(await get(`${url}.docx`)), /个人信息已遮蔽/)
  assert.equal((await get(`${url}.pdf`)).rawPayload.subarray(0, 5).toString(), '%PDF-')
  // As the case stood after the step: what came later is not in it.
  assert.match((await get(`/cases/${id}/documents/2/consent.html`)).body, /申请人（个人信息）于2020年3月3日/)
  assert.match((await get(`/cases/${id}/documents/5/consent.html`)).body, /申请人（个人信息）于2020年3月2日/)
})

test('a register on a day, and what became of an entry', async () => {
  const on = async (day: string) =>
    ((await get(`/registers/mediators?on=${day}`, { accept: 'application/json' })).json() as { entries: { value: object }[] }).entries.map(
      ({ value }) => value,
    )
  assert.deepEqual(await on('2018-12-31'), [])
  assert.deepEqual(await on('2019-06-01'), [{ name: '虚构调解员' }])
  assert.match((await get('/registers/mediators?on=2018-12-31')).body, /该日没有有效的条目/)
  const history = (await get('/registers/mediators/T%2F001')).body
  assert.ok(history.indexOf('2020-04-01') < history.indexOf('2019-01-01'))
  assert.match(history, /（个人信息）/)
})

test('a receipt proves its step to whoever has the public key; a step not sealed yet has none', async () => {
  const { publicKey } = await ledgerKeys(store)
  assert.equal((await get('/ledger/public-key.pem')).body, publicKey)
  const receipt: Receipt = (await get(`/cases/${id}/receipts/1.json`)).json()
  const report = verifyReceipt(receipt, publicKey)
  assert.deepEqual([report.ok, report.subject, report.seq], [true, id, 1])
  assert.equal((await get('/ledger/1.txt')).body, receipt.checkpoint)
  const later = await openOn('2020-05-01', '（演示）')
  assert.match((await get(`/cases/${later}`)).body, /待封存/)
  const refused = await get(`/cases/${later}/receipts/1.json`)
  assert.deepEqual([refused.statusCode, refused.json().code], [409, 'ledger.not-sealed-yet'])
})

test('what was erased is shown as erased, in the page and in the document', async () => {
  const erased = await openOn('2020-05-02', '（演示）')
  await erasePersonal(store, erased, '虚构当事人请求', court, NOW)
  assert.match((await get(`/cases/${erased}`)).body, /（个人信息已删除）/)
  assert.match((await get(`/cases/${erased}/documents/1/registration.html`)).body, /（个人信息已删除）/)
})

test('a defect is logged with its stack and shown without', async () => {
  let logged = ''
  const log = new Writable({
    write(chunk: Buffer, _, done) {
      logged += chunk.toString()
      done()
    },
  })
  const broken = await createServer({
    ...options(),
    log,
    now: () => {
      throw new Error('the clock is broken')
    },
  })
  const answer = await get('/report/2020?number=13000000001', { accept: 'application/json' }, broken)
  assert.deepEqual([answer.statusCode, answer.json().code], [500, 'server.defect'])
  assert.ok(!answer.body.includes('clock'))
  assert.match(logged, /the clock is broken/)
  assert.match(logged, /"route":"\/report\/:name"/)
  assert.match(logged, /server\.test\.ts/)
  assert.ok(!logged.includes('13000000001'))
  assert.equal((await get(`/cases/${id}`, {}, broken)).statusCode, 500)
  await broken.close()
})

test('an empty place has its first page, its report and its lists', async () => {
  const elsewhere = { ...store, region: '321311' }
  const bare = await createServer({ ...options(), store: elsewhere })
  for (const url of [
    '/',
    '/report',
    '/cases',
    '/cases?procedure=pre-trial-mediation',
    '/ledger',
    '/registers/mediators',
    '/report/2020',
    '/figures/pre-trial-mediation.cases',
  ])
    assert.equal((await get(url, {}, bare)).statusCode, 200, url)
  assert.match((await get('/', {}, bare)).body, /还没有案件/)
  assert.match((await get('/ledger', {}, bare)).body, /尚未封存/)
  assert.equal((await get(`/cases/${id}`, {}, bare)).statusCode, 404)
  await bare.close()
})

test('a case that went over to another law: which, since when, why; its steps and documents keep the law of their day', async (t) => {
  const both = { ...options(), catalogue: [preTrialMediation, reconsideration] }
  const wider = await createServer(both)
  t.after(() => wider.close())
  const by = (post: string) => ({ post, person: '虚构周科员', organ: 'justice' })
  const input = {
    receivedOn: '2023-12-29',
    appliedOn: '2023-12-29',
    madeOn: '2023-12-01',
    learnedOn: '2023-12-01',
    channel: 'in-person',
    applicant: { name: '虚构李四娘' },
    respondent: 'market-regulation',
    respondentKind: 'department',
    act: '（演示）处罚决定',
    actKind: 'penalty',
    toldRights: true,
    requests: ['（演示）撤销'],
    facts: '虚构机密备注',
    signed: true,
  }
  const { theCase } = await openCase(both, 'reconsideration', { step: 'receive', input, by: by('office'), at: '2023-12-29T10:00+08:00' })
  const step = (name: string, on: string, post: string, given: Record<string, unknown>) =>
    takeStep(both, theCase.id, { step: name, by: by(post), at: `${on}T10:00+08:00`, input: given })
  const conditionsMet = ['R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7']
  const accepted = { acceptedOn: '2023-12-29', reviewedOn: '2024-01-05', conditionsMet, courtAccepted: false, acceptedBefore: false }
  await step('accept', '2024-01-05', 'office', accepted)
  const before = (await get(`/cases/${theCase.id}`, {}, wider)).body
  assert.match(before, /2024-02-27/)
  assert.doesNotMatch(before, /改按版本/)
  const { theCase: switched } = await step('switch-law', '2024-01-08', 'office-head', {
    switchedOn: '2024-01-08',
    switchReason: '（演示）各方同意简易程序',
    revisedDefinition: '-',
  })
  await step('send-copy', '2024-01-09', 'office', { sentOn: '2024-01-09', respondentReceivedOn: '2024-01-09' })
  await step('extend', '2024-01-15', 'office-head', {
    days: 30,
    extendReason: '（演示）复杂',
    approvedBy: 'office-head',
    approvedOn: '2024-01-15',
    noticeServedOn: '2024-01-15',
  })

  const { body } = await get(`/cases/${theCase.id}`, {}, wider)
  assert.match(body, /version=2024-01-01/)
  assert.match(body, new RegExp(`适用版本：自 2018-01-01 起施行（${switched.openedUnder.hash.slice(0, 16)}），因 2023-12-29 立案`))
  assert.match(
    body,
    new RegExp(
      `改按版本：自 2024-01-01 起施行（${switched.hash.slice(0, 16)}），因第 3 步“改按修订后的行政复议法办理”，2024-01-08，行政复议机构负责人，理由：（演示）各方同意简易程序（平台规则）`,
    ),
  )
  assert.match(body, /末日 2024-04-07/)
  assert.match(body, /审查完毕之日/, 'the acceptance keeps the particulars of the former law')
  assert.doesNotMatch(body, /定义在程序中有过改动/)
  const json = (await get(`/cases/${theCase.id}.json`, {}, wider)).json() as Record<string, unknown>
  assert.deepEqual(
    [json['version'], json['hash'], json['openedUnder'], json['switches']],
    [
      '2024-01-01',
      switched.hash,
      switched.openedUnder,
      [{ seq: 3, from: '2018-01-01', to: '2024-01-01', reason: '（演示）各方同意简易程序' }],
    ],
  )
  const document = async (seq: number, name: string) => (await get(`/cases/${theCase.id}/documents/${seq}/${name}.html`, {}, wider)).body
  assert.match(await document(2, 'acceptance-notice'), /第十七条第二款/)
  assert.match(await document(4, 'reply-notice'), /第四十八条/)
  assert.match(await document(5, 'extension'), /第六十二条第一款[^。]*延长30日，至2024年4月7日止/)
  for (const text of [body, await document(2, 'acceptance-notice'), JSON.stringify(json)])
    assert.doesNotMatch(text, /虚构李四娘|虚构机密备注|虚构周科员/)
})

test('over the loopback only the machine’s own names are answered', async () => {
  const listening = await createServer({ ...options(), hosts: ['yifa.example'] })
  const port = Number(new URL(await listening.listen({ port: 0, host: '127.0.0.1' })).port)
  const status = (host: string) =>
    new Promise<number>((resolve, reject) => {
      http
        .get({ port, host: '127.0.0.1', path: '/ledger', headers: { host } }, (answer) => resolve(answer.resume().statusCode!))
        .on('error', reject)
    })
  assert.equal(await status(`127.0.0.1:${port}`), 200)
  assert.equal(await status(`localhost:${port}`), 200)
  assert.equal(await status('yifa.example'), 200)
  assert.equal(await status('evil.example'), 421)
  await listening.close()
})
