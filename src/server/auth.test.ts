import assert from 'node:assert/strict'
import fs from 'node:fs'
import http from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { Browser, codeOf } from './api/browser-of-tests.ts'
import { catalogue } from '#procedures/catalogue.ts'
import { createServer } from './server.ts'
import { defaultPolicy } from '#identity/account-policy.ts'
import { instantText } from '#engine/day.ts'
import { listEvents } from '#store/read-events.ts'
import { makeAccounts, switchAccount } from '#accounts/manage-accounts.ts'
import { openAccounts, OPERATOR } from '#accounts/account-office.ts'
import { openStore } from '#store/store.ts'
import { place } from '#district/place.ts'
import { publishedCalendar } from '#district/calendar.ts'
import type { AccountOffice } from '#accounts/account-office.ts'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { Store } from '#store/store.ts'

// A real provider of OpenID Connect, in this process: who signs in there is whoever the test says.

const now = (): string => instantText(Date.now())
let root: string
let store: Store
let office: AccountOffice
let app: FastifyInstance
let provider: http.Server
let port: number
/** Whom the provider vouches for: the claim that we read. */
let employee = ''

before(async () => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'yifa-oidc-'))
  fs.chmodSync(root, 0o755) // the database's user must reach it
  store = await openStore({ folder: path.join(root, 'data'), region: '321302', as: 'own' })
  const free = http.createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => free.once('listening', resolve))
  port = (free.address() as AddressInfo).port
  await new Promise((resolve) => free.close(resolve))
  // The provider is down when our server begins.
  office = openAccounts({
    store,
    origin: 'http://localhost',
    policy: defaultPolicy,
    providers: [
      {
        id: 'gov',
        name: '统一身份认证',
        discoveryUrl: `http://127.0.0.1:${port}/.well-known/openid-configuration`,
        clientId: 'yifa',
        clientSecret: 'a secret of the test',
        scopes: ['openid', 'profile'],
        claim: 'employee',
        means: 'username',
      },
    ],
    place: place.name,
    demonstration: false,
    now,
  })
  app = await createServer({ store, catalogue, calendar: publishedCalendar, place, now, accounts: office })
})

after(async () => {
  await app.close()
  provider?.closeAllConnections()
  provider?.close()
  await store.close()
  fs.rmSync(root, { recursive: true, force: true })
})

/** What this test uses of oidc-provider, which brings no types. */
interface Oidc {
  readonly Grant: new (of: { clientId: string; accountId: string }) => { addOIDCScope(scope: string): void; save(): Promise<string> }
  callback(): (request: http.IncomingMessage, response: http.ServerResponse) => void
  interactionFinished(request: http.IncomingMessage, response: http.ServerResponse, result: object): Promise<void>
}

async function startProvider(): Promise<http.Server> {
  const named: string = 'oidc-provider'
  const { default: Provider } = (await import(named)) as { default: new (issuer: string, configuration: object) => Oidc }
  const oidc = new Provider(`http://127.0.0.1:${port}`, {
    clients: [
      {
        client_id: 'yifa',
        client_secret: 'a secret of the test',
        redirect_uris: ['http://localhost/api/auth/callback/gov'],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    claims: { openid: ['sub'], profile: ['employee'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    findAccount: (_: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id, employee: id.replace(/^sub-/, '') }) }),
    async loadExistingGrant({ oidc: { client, session } }: { oidc: { client: { clientId: string }; session: { accountId: string } } }) {
      const grant = new oidc.Grant({ clientId: client.clientId, accountId: session.accountId })
      grant.addOIDCScope('openid profile')
      await grant.save()
      return grant
    },
  })
  const answer = oidc.callback()
  const server = http.createServer((request, response) => {
    if (request.url?.startsWith('/interaction/')) {
      // It would ask for a password here.
      oidc.interactionFinished(request, response, { login: { accountId: `sub-${employee}` } }).catch((error: unknown) => {
        response.writeHead(500).end(String(error))
      })
    } else answer(request, response)
  })
  server.listen(port, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return server
}

/** Signs in through the provider as a browser would, and answers what we answer in the end. */
async function through(browser: Browser) {
  const start = await browser.ask('GET', '/api/auth/providers/gov')
  assert.equal(start.statusCode, 302, start.body)
  let address = String(start.headers['location'])
  const cookies = new Map<string, string>()
  while (address.startsWith(`http://127.0.0.1:${port}`)) {
    const answer = await fetch(address, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    })
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
      cookies.set(name!, value!)
    }
    const next = answer.headers.get('location')
    assert.ok(next, `${answer.status} ${await answer.text()}`)
    address = new URL(next, address).href
  }
  const { pathname, search } = new URL(address)
  return browser.ask('GET', pathname + search)
}

test('a provider that is down is said, and asked again when somebody comes', async () => {
  const browser = new Browser(app)
  const down = await browser.ask('GET', '/api/auth/providers/gov')
  assert.equal(down.statusCode, 502)
  assert.equal(codeOf(down), 'sign-in.provider-failed')
  provider = await startProvider()
  assert.equal((await browser.ask('GET', '/api/auth/providers/gov')).statusCode, 302)
  assert.equal((await browser.ask('GET', '/api/auth/providers/other')).statusCode, 404)
})

test('somebody known signs in by the claim, and owes nothing of passwords', async () => {
  const [made] = await makeAccounts(office, [{ username: '张三', person: '虚构张三' }], OPERATOR)
  employee = '张三'
  const browser = new Browser(app)
  const answer = await through(browser)
  assert.equal(answer.statusCode, 200, answer.body)
  assert.match(answer.body, /http-equiv="refresh"/)
  assert.match(String(answer.headers['set-cookie']), /session_token=[^,]*SameSite=Strict/i)
  const { person, owes } = await browser.session()
  assert.deepEqual({ person, owes }, { person: '虚构张三', owes: null })
  await switchAccount(office, made!.id, 'closed', OPERATOR)
  assert.equal((await browser.ask('GET', '/api/v1/session')).statusCode, 401)
  assert.equal(codeOf(await through(new Browser(app))), 'sign-in.not-known-here', 'a closed account is closed for a provider too')
})

test('somebody unknown does not come in, and no account is made for them', async () => {
  employee = 'stranger'
  const browser = new Browser(app)
  const answer = await through(browser)
  assert.equal(answer.statusCode, 403)
  assert.equal(codeOf(answer), 'sign-in.not-known-here')
  assert.equal((await browser.ask('GET', '/api/v1/session')).statusCode, 401)
  const { rows } = await store.pool.query("select 1 from account where username = 'stranger' or email like 'nobody%'")
  assert.equal(rows.length, 0)
  const [event] = await listEvents(store, { kind: 'sign-in', limit: 1 })
  assert.equal(event!.what['result'], 'provider-gov: sign-in.not-known-here')
})

test('an administrator does not come in through a provider', async () => {
  await makeAccounts(office, [{ username: 'boss', person: '虚构系统员', administrator: 'system' }], OPERATOR)
  employee = 'boss'
  const browser = new Browser(app)
  assert.equal(codeOf(await through(browser)), 'sign-in.administrator-by-provider')
  assert.equal((await browser.ask('GET', '/api/v1/session')).statusCode, 401)
})

test('a way back that nobody began leads nowhere', async () => {
  for (const url of ['/api/auth/callback/gov', '/api/auth/callback/gov?code=x&state=y', '/api/auth/callback/gov?error=access_denied']) {
    const answer = await new Browser(app).ask('GET', url)
    assert.equal(codeOf(answer), 'sign-in.provider-failed', url)
    assert.equal(answer.headers['set-cookie'], undefined)
  }
  for (const url of ['/api/auth/sign-up/email', '/api/auth/sign-in/username', '/api/auth/get-session', '/api/auth/ok'])
    assert.equal((await new Browser(app).ask('GET', url)).statusCode, 404, url)
})
