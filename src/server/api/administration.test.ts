import assert from 'node:assert/strict'
import ExcelJS from 'exceljs'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { appCode, Browser, codeOf } from './browser-of-tests.ts'
import { catalogue } from '#procedures/catalogue.ts'
import { createServer } from '../server.ts'
import { dateIn, instantText } from '#engine/day.ts'
import { defaultPolicy } from '#identity/account-policy.ts'
import { entriesOn, putEntry } from '#store/registers.ts'
import { logEvent } from '#store/log-event.ts'
import { makeAccounts } from '#accounts/manage-accounts.ts'
import { openAccounts, OPERATOR } from '#accounts/account-office.ts'
import { openCase } from '#store/take-step.ts'
import { openStore } from '#store/store.ts'
import { place } from '#district/place.ts'
import { posts } from '#registers/posts.ts'
import { publishedCalendar } from '#district/calendar.ts'
import { Refusal } from '#engine/refusal.ts'
import { seal } from '#store/ledger.ts'
import type { AccountImportJson } from './account-imports.ts'
import type { AccountOffice } from '#accounts/account-office.ts'
import type { AccountsJson, MadeAccountJson } from './accounts.ts'
import type { Administrator } from '#identity/viewer.ts'
import type { AuditEventsJson } from './audit.ts'
import type { FastifyInstance } from 'fastify'
import type { PersonPostsJson } from './person-posts.ts'
import type { PostProposalsJson } from './post-proposals.ts'
import type { Store } from '#store/store.ts'

const OWN = 'lantern river copper 41'
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const now = (): string => instantText(Date.now())
const today = dateIn(now())
const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code

let root: string
let store: Store
let office: AccountOffice
let app: FastifyInstance
let system: Browser
let security: Browser
let audit: Browser
let caseId: string

before(async () => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'yifa-administration-'))
  fs.chmodSync(root, 0o755) // the database's user must reach it
  store = await openStore({ folder: path.join(root, 'data'), region: '321302', as: 'own' })
  office = openAccounts({
    store,
    origin: 'http://localhost',
    policy: defaultPolicy,
    providers: [],
    place: place.name,
    demonstration: false,
    now,
  })
  app = await createServer({ store, catalogue, calendar: publishedCalendar, place, now, accounts: office })
  system = await administrator('system')
  security = await administrator('security')
  audit = await administrator('audit')
  const { theCase } = await openCase({ store, catalogue, calendar: publishedCalendar }, 'pre-trial-mediation', {
    step: 'intake',
    by: { post: 'court', person: '虚构王法官', organ: 'court' },
    at: '2020-03-02T09:30+08:00',
    input: {
      papersReceivedOn: '2020-03-02',
      plaintiff: { name: '虚构张三丰' },
      defendant: { name: '虚构李四娘' },
      dispute: 'loan',
      claim: '（演示）',
      suitable: true,
      beforeFiling: true,
    },
  })
  caseId = theCase.id
})

after(async () => {
  await app.close()
  await store.close()
  fs.rmSync(root, { recursive: true, force: true })
})

async function administrator(kind: Administrator): Promise<Browser> {
  const [made] = await makeAccounts(office, [{ username: kind, person: `虚构${kind}`, administrator: kind }], OPERATOR)
  const browser = await settled(kind, made!.initialPassword)
  const { uri } = (await browser.ask('POST', '/api/v1/my-second-factor', { password: OWN })).json<{ uri: string }>()
  assert.equal((await browser.ask('PUT', '/api/v1/my-second-factor', { code: await appCode(uri) })).statusCode, 204)
  return browser
}

/** Signed in, with a password of their own. */
async function settled(username: string, initial: string): Promise<Browser> {
  const browser = new Browser(app)
  await browser.signIn(username, initial)
  assert.equal((await browser.ask('PUT', '/api/v1/my-password', { current: initial, chosen: OWN })).statusCode, 204)
  return browser
}

async function sheet(rows: readonly (readonly unknown[])[]): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  const page = book.addWorksheet('x')
  page.addRow(['姓名', '用户名'])
  for (const row of rows) page.addRow([...row])
  return Buffer.from(await book.xlsx.writeBuffer())
}

test('each of the three has tasks of their own; none reads cases', async () => {
  const mine: Readonly<Record<Administrator, readonly string[]>> = {
    system: [
      '/api/v1/accounts',
      '/api/v1/second-factor-organs',
      '/api/v1/post-proposals',
      '/api/v1/account-imports/template',
      '/api/v1/people/x/posts',
      '/api/v1/number-series',
      '/api/v1/number-series/gaps?series=x&year=2020',
      '/api/v1/calendars/template.xlsx',
      '/api/v1/clients',
      '/api/v1/webhooks',
    ],
    security: ['/api/v1/post-proposals', '/api/v1/people/x/posts'],
    audit: ['/api/v1/audit-events', '/api/v1/audit-events.csv', '/api/v1/audit-events.xlsx'],
  }
  const every = [...new Set(Object.values(mine).flat())]
  for (const [kind, browser] of Object.entries({ system, security, audit }) as [Administrator, Browser][]) {
    for (const url of every) {
      const answer = await browser.ask('GET', url)
      assert.equal(answer.statusCode, mine[kind].includes(url) ? 200 : 403, `${kind} ${url}`)
      if (answer.statusCode === 403) assert.equal(codeOf(answer), 'permission.not-administrator')
    }
    assert.equal((await browser.ask('GET', `/api/v1/cases/${caseId}`)).statusCode, 404, kind)
    assert.equal((await browser.ask('GET', `/cases/${caseId}`)).statusCode, 404, kind)
    assert.equal((await browser.ask('GET', '/report')).statusCode, 403, kind)
    assert.ok(!(await browser.ask('GET', '/cases?procedure=pre-trial-mediation')).body.includes(caseId), kind)
  }
})

test('the three are three people, and hold no post: the database refuses it', async () => {
  await assert.rejects(
    makeAccounts(office, [{ username: 'second', person: '虚构system', administrator: 'audit' }], OPERATOR),
    refused('administrator.holds-another'),
  )
  const held = { procedures: ['reconsideration'], post: 'handler', name: '行政复议人员', organ: 'justice', person: '虚构任职人' }
  await putEntry(store, posts, { key: 'T/holder', validFrom: '2020-01-01', value: held }, OPERATOR, now())
  await assert.rejects(
    makeAccounts(office, [{ username: 'third', person: '虚构任职人', administrator: 'audit' }], OPERATOR),
    refused('administrator.holds-post'),
  )
  await assert.rejects(
    putEntry(store, posts, { key: 'T/admin', validFrom: '2020-01-01', value: { ...held, person: '虚构system' } }, OPERATOR, now()),
    /administrator holds no post/,
  )
  await assert.rejects(store.pool.query("update ledger_leaf set kind = 'x'"), /append|change/i, 'nobody changes the log')
  await assert.rejects(store.pool.query('delete from ledger_leaf'), /append|change/i)
})

test('the system administrator makes, closes and resets accounts, but none of an administrator', async () => {
  const made = await system.ask('POST', '/api/v1/accounts', { username: '王五', person: '虚构王五' })
  assert.equal(made.statusCode, 201, made.body)
  const { id, initialPassword } = made.json<MadeAccountJson>()
  assert.equal(codeOf(await system.ask('POST', '/api/v1/accounts', { username: '王五', person: '虚构别人' })), 'account.username-taken')
  assert.equal(codeOf(await system.ask('POST', '/api/v1/accounts', { username: 'wang5', person: '虚构王五' })), 'account.person-taken')
  assert.equal(codeOf(await system.ask('POST', '/api/v1/accounts', { username: '<b>', person: '虚构甲' })), 'account.username-invalid')
  const kept = await store.pool.query("select 1 from idempotency where answer::text like '%' || $1 || '%'", [initialPassword])
  assert.equal(kept.rows.length, 0, 'a password is kept nowhere')
  const browser = await settled('王五', initialPassword)
  assert.equal((await system.ask('PUT', `/api/v1/accounts/${id}/state`, { state: 'closed' })).statusCode, 204)
  assert.equal((await browser.ask('GET', '/api/v1/session')).statusCode, 401)
  await system.ask('PUT', `/api/v1/accounts/${id}/state`, { state: 'open' })
  const reset = (await system.ask('POST', `/api/v1/accounts/${id}/initial-passwords`)).json<MadeAccountJson>()
  assert.notEqual(reset.initialPassword, initialPassword)
  assert.equal((await new Browser(app).signIn('王五', OWN)).statusCode, 401)
  assert.equal((await new Browser(app).signIn('王五', reset.initialPassword)).statusCode, 201)

  const { accounts } = (await system.ask('GET', '/api/v1/accounts?text=security')).json<AccountsJson>()
  const theirs = accounts[0]!
  for (const [method, url, body] of [
    ['PUT', 'state', { state: 'closed' }],
    ['POST', 'initial-passwords', undefined],
    ['DELETE', 'second-factor', undefined],
  ] as const) {
    const answer = await system.ask(method, `/api/v1/accounts/${theirs.id}/${url}`, body)
    assert.equal(codeOf(answer), 'account.of-administrator', url)
  }
  for (const browser2 of [security, audit, await settled('王五', reset.initialPassword)])
    assert.equal((await browser2.ask('POST', '/api/v1/accounts', { username: 'x1', person: '虚构丙' })).statusCode, 403)
})

test('accounts come page by page, each once', async () => {
  const seen: string[] = []
  for (let after: string | null = null; ;) {
    const page: AccountsJson = (
      await system.ask('GET', `/api/v1/accounts?limit=2${after === null ? '' : `&after=${encodeURIComponent(after)}`}`)
    ).json()
    seen.push(...page.accounts.map(({ username }) => username))
    after = page.next
    if (after === null) break
  }
  assert.equal(new Set(seen).size, seen.length)
  assert.ok(
    ['audit', 'security', 'system', '王五'].every((name) => seen.includes(name)),
    seen.join(),
  )
  const three = (await system.ask('GET', '/api/v1/accounts?administrators=true')).json<AccountsJson>().accounts
  assert.deepEqual(
    three.map(({ administrator: kind }) => kind),
    ['audit', 'security', 'system'],
  )
})

test('a change of posts is proposed by one and decided by another; approved, it is in force', async () => {
  const value = { procedures: ['reconsideration'], post: 'handler', name: '行政复议人员', organ: 'justice', person: '虚构新任' }
  const proposal = { key: 'T/new', validFrom: today, value, reason: '人员调整' }
  assert.equal((await security.ask('POST', '/api/v1/post-proposals', proposal)).statusCode, 403)
  assert.equal(
    codeOf(await system.ask('POST', '/api/v1/post-proposals', { ...proposal, value: { ...value, organ: '' } })),
    'register.entry-invalid',
  )
  const { id } = (await system.ask('POST', '/api/v1/post-proposals', proposal)).json<{ id: string }>()
  const held = async () => (await entriesOn(store, 'posts', today)).some(({ key }) => key === 'T/new')
  assert.equal(await held(), false)
  assert.equal((await system.ask('PUT', `/api/v1/post-proposals/${id}/decision`, { approved: true })).statusCode, 403)
  const { proposals } = (await security.ask('GET', '/api/v1/post-proposals')).json<PostProposalsJson>()
  assert.deepEqual(
    proposals.map(({ entry, proposedBy }) => [entry.key, proposedBy]),
    [['T/new', '虚构system']],
  )
  assert.equal((await security.ask('PUT', `/api/v1/post-proposals/${id}/decision`, { approved: true })).statusCode, 204)
  assert.equal(await held(), true)
  assert.equal(codeOf(await security.ask('PUT', `/api/v1/post-proposals/${id}/decision`, { approved: false })), 'proposal.decided')
  assert.equal(codeOf(await security.ask('PUT', '/api/v1/post-proposals/nothing/decision', { approved: true })), 'proposal.unknown')

  const history = (await security.ask('GET', `/api/v1/people/${encodeURIComponent('虚构新任')}/posts`)).json<PersonPostsJson>()
  assert.deepEqual(
    history.held.map(({ key, validFrom, validUntil }) => [key, validFrom, validUntil]),
    [['T/new', today, null]],
  )

  const declined = (await system.ask('POST', '/api/v1/post-proposals', { ...proposal, key: 'T/declined' })).json<{ id: string }>()
  await security.ask('PUT', `/api/v1/post-proposals/${declined.id}/decision`, { approved: false })
  assert.ok(!(await entriesOn(store, 'posts', today)).some(({ key }) => key === 'T/declined'))
  const ofAdmin = (
    await system.ask('POST', '/api/v1/post-proposals', { ...proposal, key: 'T/admin', value: { ...value, person: '虚构audit' } })
  ).json<{ id: string }>()
  assert.equal(
    codeOf(await security.ask('PUT', `/api/v1/post-proposals/${ofAdmin.id}/decision`, { approved: true })),
    'administrator.holds-post',
  )
  await assert.rejects(
    store.pool.query('update post_proposal set decided_by = proposed_by where id = $1', [ofAdmin.id]),
    /check constraint/,
    'the database refuses who decides their own',
  )
})

test('people from a spreadsheet: a preview, every wrong row told, all or nothing', async () => {
  const send = async (rows: readonly (readonly unknown[])[], apply = false) =>
    system.ask('POST', `/api/v1/account-imports?apply=${apply}`, await sheet(rows), { 'content-type': XLSX })
  const bad = await send(
    [
      ['虚构赵一', 'zhao1'],
      ['', 'nobody'],
      ['虚构钱二', '王五'],
      ['虚构赵一', 'zhao1b'],
      ['虚构孙三', '=cmd|x'],
      ['虚构李四', 'ZHAO1'],
      [null, null],
      ['虚构𠮷田', 320104],
    ],
    true,
  )
  const { problems, made } = bad.json<AccountImportJson>()
  assert.deepEqual(
    problems.map(({ row }) => row),
    [3, 4, 5, 6, 7],
  )
  assert.match(problems[4]!.says, /第 2 行/)
  assert.deepEqual(made, [])
  assert.ok(!(await system.ask('GET', '/api/v1/accounts?text=zhao1')).json<AccountsJson>().accounts.length)

  const good = [
    ['虚构赵一', 'zhao1'],
    ['虚构𠮷田', 320104],
  ] as const
  const preview = (await send(good)).json<AccountImportJson>()
  assert.deepEqual(
    preview.wouldMake.map(({ username }) => username),
    ['zhao1', '320104'],
  )
  assert.equal(preview.made.length, 0)
  const applied = await send(good, true)
  assert.equal(applied.statusCode, 201)
  const [zhao] = applied.json<AccountImportJson>().made
  assert.equal((await new Browser(app).signIn('zhao1', zhao!.initialPassword)).statusCode, 201)
  assert.equal(
    codeOf(await system.ask('POST', '/api/v1/account-imports', Buffer.from('no'), { 'content-type': XLSX })),
    'import.unreadable',
  )
  const template = await system.ask('GET', '/api/v1/account-imports/template')
  const again = await system.ask('POST', '/api/v1/account-imports', template.rawPayload, { 'content-type': XLSX })
  assert.equal(again.json<AccountImportJson>().rows, 0)
})

test('the log: filtered, page by page, exported with its formulas made harmless; the export is in it', async () => {
  await logEvent(store, {
    kind: 'reading',
    by: { post: 'court', person: '=HYPERLINK("x")', organ: 'court' },
    of: caseId,
    what: { purpose: '+1' },
    at: '2020-03-02T16:30+08:00',
  })
  const read = async (query: string) => (await audit.ask('GET', `/api/v1/audit-events?${query}`)).json<AuditEventsJson>()
  assert.deepEqual(
    (await read('kind=reading')).events.map(({ at }) => at),
    ['2020-03-02T16:30+08:00'],
  )
  assert.equal((await read('from=2020-03-02&until=2020-03-02')).events.length, 1)
  assert.equal((await read('from=2020-03-03&until=2020-03-03')).events.length, 0)
  assert.equal((await read(`person=${encodeURIComponent('虚构system')}&kind=reading`)).events.length, 0)
  assert.ok((await read(`person=${encodeURIComponent('虚构system')}`)).events.length > 5)
  const first = await read('limit=3')
  const second = await read(`limit=3&after=${encodeURIComponent(first.next!)}`)
  assert.equal(new Set([...first.events, ...second.events].map(({ id }) => id)).size, 6)
  assert.ok(first.events[2]!.at >= second.events[0]!.at)

  const { body, headers } = await audit.ask('GET', '/api/v1/audit-events.csv?kind=reading')
  assert.match(String(headers['content-type']), /text\/csv/)
  assert.ok(body.includes(`"'=HYPERLINK(""x"")"`), body)
  const { events } = await read('kind=export')
  const [leaf] = (
    await store.pool.query<{ hash: string }>("select encode(hash, 'hex') as hash from ledger_leaf where id = $1", [events[0]!.id])
  ).rows
  assert.deepEqual([events[0]!.hash, events[0]!.checkpoint], [leaf!.hash, null], 'not sealed yet')
  await seal(store, now())
  assert.equal((await read('kind=export')).events[0]!.checkpoint, 1)
  const book = new ExcelJS.Workbook()
  await book.xlsx.load((await audit.ask('GET', '/api/v1/audit-events.xlsx?kind=reading')).rawPayload as unknown as ExcelJS.Buffer)
  assert.equal(book.worksheets[0]!.getRow(2).getCell(3).value, '=HYPERLINK("x")', 'text, no formula')
  assert.deepEqual(events[0]!.what, { did: 'export-audit-events', kind: 'reading' })
  assert.equal(codeOf(await audit.ask('GET', '/api/v1/audit-events?from=2020-02-30')), 'query.invalid')
})
