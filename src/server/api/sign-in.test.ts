import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { appCode, Browser, codeOf } from './browser-of-tests.ts'
import { catalogue } from '#procedures/catalogue.ts'
import { createServer } from '../server.ts'
import { dateIn, instantText } from '#engine/day.ts'
import { defaultPolicy } from '#identity/account-policy.ts'
import { listEvents } from '#store/read-events.ts'
import { makeAccounts, resetPassword, switchAccount } from '#accounts/manage-accounts.ts'
import { openAccounts, OPERATOR } from '#accounts/account-office.ts'
import { openStore } from '#store/store.ts'
import { place } from '#district/place.ts'
import { posts } from '#registers/posts.ts'
import { publishedCalendar } from '#district/calendar.ts'
import { putEntry } from '#store/registers.ts'
import { writeSecondFactorOrgans } from '#store/place-setting.ts'
import type { AccountOffice } from '#accounts/account-office.ts'
import type { FastifyInstance } from 'fastify'
import type { SignInJson } from './sign-in.ts'
import type { Store } from '#store/store.ts'

const OWN = 'lantern river copper 41'
const DAY_MS = 86_400_000

let root: string
let store: Store
let office: AccountOffice
let app: FastifyInstance
let number = 0
/** How far the clock of the test is ahead of the real one: the library reads the real one. */
let ahead = 0
const now = (): string => instantText(Date.now() + ahead)

before(async () => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'yifa-sign-in-'))
  fs.chmodSync(root, 0o755) // the database's user must reach it
  store = await openStore({ folder: path.join(root, 'data'), region: '321302', as: 'own' })
  office = openAccounts({
    store,
    origin: 'http://localhost',
    policy: { ...defaultPolicy, lockOut: { ...defaultPolicy.lockOut, ofAddressAfter: 1000 } },
    providers: [],
    place: place.name,
    demonstration: false,
    now,
  })
  app = await createServer({ store, catalogue, calendar: publishedCalendar, place, now, accounts: office })
})

// Later tests are not to pay for the hours of earlier ones.
beforeEach(() => {
  ahead = 0
})

after(async () => {
  await app.close()
  await store.close()
  fs.rmSync(root, { recursive: true, force: true })
})

/** A new account that has chosen its own password, signed in. */
async function somebody(person = `虚构某·${(number += 1)}`): Promise<{ browser: Browser; username: string; person: string; id: string }> {
  const username = `user${(number += 1)}`
  const [made] = await makeAccounts(office, [{ username, person }], OPERATOR)
  const browser = new Browser(app)
  assert.equal((await browser.signIn(username, made!.initialPassword)).statusCode, 201)
  assert.equal((await browser.ask('PUT', '/api/v1/my-password', { current: made!.initialPassword, chosen: OWN })).statusCode, 204)
  return { browser, username, person, id: made!.id }
}

const post = (person: string, key: string, more: Record<string, unknown> = {}) => ({
  procedures: ['reconsideration'],
  post: 'handler',
  name: '行政复议人员',
  organ: 'justice',
  person,
  ...more,
  key,
})

async function hold(
  person: string,
  key: string,
  validFrom: string,
  validUntil?: string,
  more: Record<string, unknown> = {},
): Promise<void> {
  const { key: _, ...value } = post(person, key, more)
  await putEntry(store, posts, { key, validFrom, ...(validUntil ? { validUntil } : {}), value }, OPERATOR, now())
}

async function withSecondFactor() {
  const one = await somebody()
  const offer = await one.browser.ask('POST', '/api/v1/my-second-factor', { password: OWN })
  assert.equal(offer.statusCode, 201, offer.body)
  const { uri, recoveryCodes } = offer.json() as { uri: string; recoveryCodes: string[] }
  const confirmed = await one.browser.ask('PUT', '/api/v1/my-second-factor', { code: await appCode(uri) })
  assert.equal(confirmed.statusCode, 204, confirmed.body)
  return { ...one, uri, recoveryCodes }
}

test('an initial password opens nothing but its own change', async () => {
  const [made] = await makeAccounts(office, [{ username: '张三', person: '虚构张三' }], OPERATOR)
  const browser = new Browser(app)
  const signedIn = await browser.signIn('张三', made!.initialPassword)
  assert.equal(signedIn.statusCode, 201, signedIn.body)
  assert.deepEqual(signedIn.json(), { next: 'in' } satisfies SignInJson)
  const cookie = String(signedIn.headers['set-cookie'])
  assert.match(cookie, /HttpOnly/)
  assert.match(cookie, /SameSite=Strict/i)
  assert.equal((await browser.session()).owes, 'password')
  for (const url of ['/api/v1/cases/00000000-0000-4000-8000-000000000000', '/cases', '/api/v1/accounts']) {
    const answer = await browser.ask('GET', url)
    assert.equal(answer.statusCode, 403, url)
    assert.equal(codeOf(answer), 'session.password-must-change', url)
  }
  const change = (chosen: string, current = made!.initialPassword) => browser.ask('PUT', '/api/v1/my-password', { current, chosen })
  assert.equal(codeOf(await change('short')), 'password.length')
  assert.equal(codeOf(await change('Password123!')), 'password.too-common')
  assert.equal(codeOf(await change('abababababababab')), 'password.too-common')
  assert.equal(codeOf(await change('wo ai sucheng 2026')), 'password.names-you')
  assert.equal(codeOf(await change('虚构张三的长长长长长密码')), 'password.names-you')
  assert.equal(codeOf(await change(made!.initialPassword)), 'password.unchanged')
  assert.equal(codeOf(await change(OWN, 'not the current one')), 'sign-in.wrong')
  assert.equal((await change(OWN)).statusCode, 204)
  const { owes, person, username } = await browser.session()
  assert.deepEqual({ owes, person, username }, { owes: null, person: '虚构张三', username: '张三' })
  assert.equal((await new Browser(app).signIn('张三', made!.initialPassword)).statusCode, 401)
})

test('five failures lock an account for fifteen minutes, the right password too; an unknown name answers alike', async () => {
  const { username } = await somebody()
  for (const name of [username, 'nobody-of-this-name']) {
    for (let failure = 1; failure <= 5; failure += 1) {
      const answer = await new Browser(app).signIn(name, 'wrong password')
      assert.equal(answer.statusCode, 401, `${name} ${failure}`)
      assert.equal(codeOf(answer), 'sign-in.wrong')
    }
    const answer = await new Browser(app).signIn(name, OWN)
    assert.equal(answer.statusCode, 429)
    assert.equal(codeOf(answer), 'sign-in.locked')
  }
  ahead += 14 * 60_000
  assert.equal((await new Browser(app).signIn(username, OWN)).statusCode, 429)
  ahead += 61_000
  assert.equal((await new Browser(app).signIn(username, OWN)).statusCode, 201)
  const events = await listEvents(store, { kind: 'sign-in', limit: 20 })
  const results = events.map(({ what }) => `${String(what['username'])} ${String(what['result'])}`)
  assert.ok(results.includes(`${username} locked-out`), results.join('\n'))
  assert.ok(!JSON.stringify(events).includes('nobody-of-this-name'), 'what was typed is kept only where it is an account’s name')
})

test('attempts at once are no more than attempts one after another', async () => {
  const { username } = await somebody()
  const answers = await Promise.all(Array.from({ length: 12 }, () => new Browser(app).signIn(username, 'wrong password')))
  assert.equal(answers.filter(({ statusCode }) => statusCode === 401).length, 5)
  assert.equal(answers.filter(({ statusCode }) => statusCode === 429).length, 7)
  ahead += 16 * 60_000
})

test('an address that fails over and over is locked, whatever names it tries', async () => {
  const strict = { ...office, policy: { ...office.policy, lockOut: { ...office.policy.lockOut, ofAddressAfter: 3 } } }
  const { signIn } = await import('#accounts/sign-in.ts')
  const caller = { address: '10.9.9.9' }
  for (let failure = 0; failure < 3; failure += 1)
    await assert.rejects(signIn(strict, { username: `stranger${failure}`, password: 'x' }, caller), /sign-in\.wrong/)
  await assert.rejects(signIn(strict, { username: 'stranger4', password: 'x' }, caller), /sign-in\.locked/)
  await assert.rejects(signIn(strict, { username: 'stranger5', password: 'x' }, { address: '10.9.9.8' }), /sign-in\.wrong/)
})

test('a session ends when it is idle, and in any case after twelve hours', async () => {
  const { browser, username } = await somebody()
  ahead += 29 * 60_000
  assert.equal((await browser.ask('GET', '/api/v1/session')).statusCode, 200)
  ahead += 29 * 60_000
  assert.equal((await browser.ask('GET', '/api/v1/session')).statusCode, 200, 'it was not idle for half an hour')
  ahead += 31 * 60_000
  assert.equal(codeOf(await browser.ask('GET', '/api/v1/session')), 'session.missing')

  const busy = new Browser(app)
  await busy.signIn(username, OWN)
  const began = ahead
  while (ahead < began + 12 * 3_600_000) {
    const answer = await busy.ask('GET', '/api/v1/session')
    if (answer.statusCode !== 200) break
    ahead += 20 * 60_000
  }
  ahead = began + 12 * 3_600_000 + 60_000
  assert.equal((await busy.ask('GET', '/api/v1/session')).statusCode, 401)
  ahead = 0
})

test('a cookie that we did not sign is nobody’s', async () => {
  const { browser } = await somebody()
  const [name, value] = [...browser.cookies][0]!
  const token = decodeURIComponent(value).split('.')[0]!
  for (const forged of [token, `${token}.AAAA`, `${token}.${Buffer.alloc(32).toString('base64')}`, '%E0%A4%A', '.']) {
    const answer = await app.inject({ url: '/api/v1/session', headers: { accept: 'application/json', cookie: `${name}=${forged}` } })
    assert.equal(answer.statusCode, 401, forged)
  }
})

test('one sees one’s sessions and ends them; another’s cannot be ended', async () => {
  const { browser, username } = await somebody()
  const other = new Browser(app, '10.0.0.2')
  await other.signIn(username, OWN)
  const list = (await browser.ask('GET', '/api/v1/my-sessions')).json() as { sessions: { id: string; isThis: boolean; address: string }[] }
  assert.equal(list.sessions.length, 2)
  assert.equal(list.sessions.filter(({ isThis }) => isThis).length, 1)
  assert.deepEqual(new Set(list.sessions.map(({ address }) => address)), new Set(['10.0.0.1', '10.0.0.2']))
  const stranger = await somebody()
  const theirs = list.sessions.find(({ isThis }) => !isThis)!
  assert.equal((await stranger.browser.ask('DELETE', `/api/v1/my-sessions/${theirs.id}`)).statusCode, 404)
  assert.equal((await other.ask('GET', '/api/v1/session')).statusCode, 200)
  assert.equal((await browser.ask('DELETE', `/api/v1/my-sessions/${theirs.id}`)).statusCode, 204)
  assert.equal((await other.ask('GET', '/api/v1/session')).statusCode, 401)
  await other.signIn(username, OWN)
  assert.deepEqual((await browser.ask('DELETE', '/api/v1/my-sessions')).json(), { ended: 1 })
  assert.equal((await browser.ask('DELETE', '/api/v1/session')).statusCode, 204)
  assert.equal((await browser.ask('GET', '/api/v1/session')).statusCode, 401)
})

test('a closed account is out with its next request, and told only who knows the password', async () => {
  const { browser, username, id } = await somebody()
  await switchAccount(office, id, 'closed', OPERATOR)
  assert.equal((await browser.ask('GET', '/api/v1/session')).statusCode, 401)
  assert.equal(codeOf(await new Browser(app).signIn(username, OWN)), 'sign-in.account-disabled')
  assert.equal(codeOf(await new Browser(app).signIn(username, 'wrong')), 'sign-in.wrong')
  await switchAccount(office, id, 'open', OPERATOR)
  assert.equal((await new Browser(app).signIn(username, OWN)).statusCode, 201)
})

test('a reset password ends sessions, lifts the lock, and must be changed', async () => {
  const { browser, username, id } = await somebody()
  for (let failure = 0; failure < 6; failure += 1) await new Browser(app).signIn(username, 'wrong')
  const { initialPassword } = await resetPassword(office, id, OPERATOR)
  assert.equal((await browser.ask('GET', '/api/v1/session')).statusCode, 401)
  const again = new Browser(app)
  assert.equal((await again.signIn(username, initialPassword)).statusCode, 201)
  assert.equal((await again.session()).owes, 'password')
})

test('a second factor: the code of the app, each once; a recovery code, each once', async () => {
  const { username, uri, recoveryCodes, browser } = await withSecondFactor()
  assert.ok(!uri.includes('invalid'), 'the made-up e-mail is not shown')
  assert.ok(decodeURIComponent(uri).includes(username))
  assert.equal((await browser.session()).secondFactor, true)

  const waiting = new Browser(app)
  assert.deepEqual((await waiting.signIn(username, OWN)).json(), { next: 'second-factor' })
  assert.equal((await waiting.ask('GET', '/api/v1/session')).statusCode, 401, 'half a sign-in is none')
  const code = await appCode(uri)
  const wrong = code === '000000' ? '000001' : '000000'
  assert.equal(codeOf(await waiting.ask('POST', '/api/v1/session/second-factor', { code: wrong })), 'sign-in.code-wrong')
  assert.equal((await waiting.ask('POST', '/api/v1/session/second-factor', { code })).statusCode, 201)
  assert.equal((await waiting.session()).owes, null)

  const overTheShoulder = new Browser(app)
  await overTheShoulder.signIn(username, OWN)
  assert.equal(codeOf(await overTheShoulder.ask('POST', '/api/v1/session/second-factor', { code })), 'sign-in.code-wrong')

  const [recoveryCode] = recoveryCodes
  assert.equal((await overTheShoulder.ask('POST', '/api/v1/session/second-factor', { recoveryCode })).statusCode, 201)
  const again = new Browser(app)
  await again.signIn(username, OWN)
  assert.equal(codeOf(await again.ask('POST', '/api/v1/session/second-factor', { recoveryCode })), 'sign-in.code-wrong')
  assert.equal(
    codeOf(await new Browser(app).ask('POST', '/api/v1/session/second-factor', { recoveryCode: recoveryCodes[1] })),
    'sign-in.begin-again',
    'without the password no code is taken',
  )
})

test('second factors are locked after five failures, over all sign-ins', async () => {
  const { username, recoveryCodes } = await withSecondFactor()
  for (let failure = 0; failure < 5; failure += 1) {
    const browser = new Browser(app)
    await browser.signIn(username, OWN)
    const answer = await browser.ask('POST', '/api/v1/session/second-factor', { recoveryCode: `wrong-${failure}` })
    assert.equal(codeOf(answer), 'sign-in.code-wrong')
  }
  const browser = new Browser(app)
  await browser.signIn(username, OWN)
  const answer = await browser.ask('POST', '/api/v1/session/second-factor', { recoveryCode: recoveryCodes[0] })
  assert.equal(codeOf(answer), 'sign-in.locked')
})

test('an administrator, and whoever is in an organ that asks for it, sets up a second factor before anything else', async () => {
  const [made] = await makeAccounts(office, [{ username: 'auditor', person: '虚构审计员', administrator: 'audit' }], OPERATOR)
  const auditor = new Browser(app)
  await auditor.signIn('auditor', made!.initialPassword)
  await auditor.ask('PUT', '/api/v1/my-password', { current: made!.initialPassword, chosen: OWN })
  assert.equal((await auditor.session()).owes, 'second-factor')
  assert.equal(codeOf(await auditor.ask('GET', '/api/v1/audit-events')), 'session.second-factor-required')
  const { uri } = (await auditor.ask('POST', '/api/v1/my-second-factor', { password: OWN })).json() as { uri: string }
  assert.equal(codeOf(await auditor.ask('PUT', '/api/v1/my-second-factor', { code: '000000' })), 'second-factor.code-wrong')
  assert.equal((await auditor.session()).owes, 'second-factor', 'not before its first code is confirmed')
  assert.equal((await auditor.ask('PUT', '/api/v1/my-second-factor', { code: await appCode(uri) })).statusCode, 204)
  assert.equal((await auditor.ask('GET', '/api/v1/audit-events')).statusCode, 200)

  const handler = await somebody()
  await hold(handler.person, 'T/second-factor', '2020-01-01')
  assert.equal((await handler.browser.session()).owes, null)
  await writeSecondFactorOrgans(store, ['justice'])
  assert.equal((await handler.browser.session()).owes, 'second-factor')
  await writeSecondFactorOrgans(store, [])
})

test('posts begin and end by their dates; whoever stands in says for whom', async () => {
  const { browser, person } = await somebody()
  const held = async () => (await browser.session()).holdings.map(({ key, as, standsFor }) => [key, as, standsFor ?? null])
  const day = (daysOn: number): string => dateIn(instantText(Date.now() + ahead + daysOn * DAY_MS))
  assert.deepEqual(await held(), [])
  await hold(person, 'T/acting', day(0), day(3), { as: 'acting', standsFor: '虚构缺员' })
  await hold(person, 'T/away', day(1), day(1), { as: 'delegated', standsFor: '虚构休假' })
  assert.deepEqual(await held(), [['T/acting', 'acting', '虚构缺员']])
  // The clock goes on for the posts alone: the session would be over.
  const { readSession } = await import('#store/sessions.ts')
  const { signedCookie } = await import('#identity/sign-in-library.ts')
  const cookie = browser.cookieHeader()
  const token = signedCookie(cookie, office.cookies.session, office.secret)!
  const keysOn = async (daysOn: number) => (await readSession(store, token, day(daysOn)))!.posts.map(({ key }) => key)
  assert.deepEqual(await keysOn(1), ['T/acting', 'T/away'])
  assert.deepEqual(await keysOn(2), ['T/acting'])
  assert.deepEqual(await keysOn(4), [])
  // A version that ends the post ends it, though the one before it had no end; one that gives it to somebody else takes it away.
  await hold(person, 'T/open-ended', day(-10))
  assert.deepEqual(await keysOn(0), ['T/acting', 'T/open-ended'])
  await hold(person, 'T/open-ended', day(-10), day(-1))
  assert.deepEqual(await keysOn(0), ['T/acting'])
  await hold('虚构他人', 'T/acting', day(0))
  assert.deepEqual(await keysOn(0), [])
})

test('to know who asks takes two queries at most', async () => {
  const { browser } = await somebody()
  const { identify } = await import('#accounts/identify.ts')
  const cookie = browser.cookieHeader()
  let queries = 0
  const pool = new Proxy(store.pool, {
    get: (target, name) =>
      name === 'query'
        ? (...given: unknown[]) => {
            queries += 1
            return Reflect.apply(target.query as never, target, given)
          }
        : Reflect.get(target, name),
  })
  ahead += 2 * 60_000
  assert.ok(await identify({ ...office, store: { ...store, pool } }, { cookie }))
  assert.equal(queries, 2)
  ahead = 0
})
