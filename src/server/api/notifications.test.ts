import assert from 'node:assert/strict'
import http from 'node:http'
import net from 'node:net'
import { after, before, test } from 'node:test'
import { appendEntry } from '#store/registers.ts'
import { assign, recuse } from '#store/assign.ts'
import { deliverNotifications } from '../deliver-notifications.ts'
import { exampleOffice, people } from '../../../tools/e2e/example-office.ts'
import { inTransaction } from '#store/store.ts'
import { HTTP_FORMS } from '../channels/http-form.ts'
import { once } from 'node:events'
import { propose } from '#store/register-proposals.ts'
import { registers } from '#registers/registers.ts'
import { SYSTEM } from '#engine/apply-step.ts'
import { tell } from '#store/tell.ts'
import type { AddressInfo } from 'node:net'
import type { ExampleOffice } from '../../../tools/e2e/example-office.ts'
import type { NotificationChannelsJson, TrialJson } from './notification-channels.ts'
import type { NotificationDeliveriesJson } from './notification-deliveries.ts'
import type { NotificationSettingsJson } from './notification-settings.ts'
import type { NotificationsJson } from './notifications.ts'
import type { SendingOffice } from '../deliver-notifications.ts'
import type { TestContext } from 'node:test'

const ADDRESS = 'colleague@office.example.cn'
const HEAD = { post: 'head', person: '虚构丙', organ: 'justice' }
const SECRET = 'quiet-lantern-41'

let own: ExampleOffice
let office: SendingOffice
before(async () => {
  own = await exampleOffice()
  office = { ...own.office, registers, origin: 'https://yifa.example.gov.cn' }
  const { digest } = await own.office.store.algorithms()
  const kept = { person: '虚构壬', post: 'registrar', organ: 'justice', procedures: ['register:organs'], name: '名册管理员' }
  const posts: Record<string, Record<string, unknown>> = {
    keeper: kept,
    approver: { ...kept, person: '虚构癸', post: 'register-approver' },
  }
  // The notifications find people by the posts' register, as a real sign-in does.
  for (const { person, holdings } of Object.values(people))
    for (const { key, ...holding } of holdings) posts[key] = { person, name: holding.post, ...holding }
  await inTransaction(own.office.store.pool, async (client) => {
    for (const [key, value] of Object.entries(posts))
      await appendEntry(client, '321302', digest, 'posts', { key, validFrom: '2020-01-01', value }, SYSTEM, own.now)
  })
})
after(() => own.close())

const listed = async (person: string, query = '') =>
  ((await own.as(person, 'GET', `/api/v1/notifications${query}`)).json() as NotificationsJson).notifications
const kinds = async (person: string) => (await listed(person, '?unread=true')).map(({ kind }) => kind)
const unread = async (person: string) => ((await own.as(person, 'GET', '/api/v1/notifications/unread')).json() as { unread: number }).unread
const told = () => tell(office, own.now)
const sent = () => deliverNotifications(office, own.now, [])
const deliveries = async (query = '') =>
  ((await own.as('system', 'GET', `/api/v1/notification-deliveries${query}`)).json() as NotificationDeliveriesJson).deliveries
const setting = (person: string, addresses: object, channels: object = {}, language = 'zh') =>
  own.as(person, 'PUT', '/api/v1/notification-settings', { language, addresses, channels })
const channel = (id: string, form: unknown, secrets: object = {}, isOn = true) =>
  own.as('system', 'PUT', `/api/v1/notification-channels/${id}`, { isOn, form, secrets })
const readAll = async (person: string) => {
  const [newest] = await listed(person)
  if (newest) assert.equal((await own.as(person, 'PUT', '/api/v1/notifications/read', { until: newest.id })).statusCode, 204)
}

test('a case that comes to a post is told to those who handle it, once, and to nobody else', async () => {
  const id = await own.opened()
  assert.equal(await told(), 1)
  assert.equal(await told(), 0, 'nobody is told twice')
  const [notice] = await listed('colleague')
  assert.deepEqual([notice!.kind, notice!.path, notice!.isRead], ['case-arrived', `/cases/${id}`, false])
  assert.match(notice!.text, /转到您的岗位（已收件）/)
  assert.doesNotMatch(notice!.text, /虚构|1300000/)
  for (const person of ['clerk', 'head', 'elsewhere', 'supervisor', 'system', 'audit']) assert.deepEqual(await listed(person), [], person)
  const { rows } = await own.office.store.pool.query('select 1 from to_tell')
  assert.equal(rows.length, 0)
})

test('read and unread are one’s own', async () => {
  assert.equal(await unread('colleague'), 1)
  const [notice] = await listed('colleague')
  assert.equal((await own.as('clerk', 'PUT', `/api/v1/notifications/${notice!.id}/read`)).json().code, 'notification.unknown')
  assert.equal((await own.as('clerk', 'PUT', '/api/v1/notifications/read', { until: notice!.id })).statusCode, 204)
  assert.equal(await unread('colleague'), 1)
  assert.equal((await own.as('colleague', 'PUT', `/api/v1/notifications/${notice!.id}/read`)).statusCode, 204)
  assert.equal(await unread('colleague'), 0)
  await own.opened()
  await own.opened()
  await told()
  await readAll('colleague')
  assert.equal(await unread('colleague'), 0)
  assert.equal((await listed('colleague')).length, 3)
  assert.equal((await own.as(undefined, 'GET', '/api/v1/notifications')).statusCode, 401)
})

test('an assignment is told to whom it names; who must keep away reads no more of the case', async () => {
  const id = await own.opened()
  await assign(own.office.store, { cases: [{ id, by: HEAD }], post: 'clerk', person: '虚构乙', reason: '分案', at: own.now })
  await told()
  assert.deepEqual((await kinds('colleague')).sort(), ['case-arrived', 'case-assigned'])
  assert.equal(await unread('clerk'), 0)
  await recuse(own.office.store, { id, person: '虚构乙', reason: '近亲属', by: HEAD, at: own.now })
  assert.deepEqual(await kinds('colleague'), [])
  assert.equal(await unread('colleague'), 0)
})

test('a clock is told of when it is due soon, once more when it is late, and not again', async () => {
  const id = await own.opened()
  await own.as('clerk', 'POST', `/api/v1/cases/${id}/steps`, { step: 'accept', input: { acceptedOn: '2024-03-05' }, expected: 1 })
  await told()
  await readAll('clerk')
  await readAll('colleague')
  const { rows } = await own.office.store.pool.query(
    "select clock, due from clock_run where case_id = $1 and state = 'running' order by due_date limit 1",
    [id],
  )
  const { due } = rows[0] as { due: string }
  const before = own.now
  const on = (days: number) => `${new Date(Date.parse(due.slice(0, 10)) + days * 86_400_000).toISOString().slice(0, 10)}T09:00:00+08:00`

  own.now = on(-4)
  await told()
  assert.deepEqual(await kinds('clerk'), [], 'not before the warning days of the place')
  assert.equal((await own.as('system', 'PUT', '/api/v1/notification-warning', { days: 4 })).statusCode, 204)
  await told()
  assert.ok((await kinds('clerk')).includes('clock-soon'))
  const ofCase = async (kind: string) => (await listed('clerk')).filter((one) => one.kind === kind && one.path === `/cases/${id}`)
  const soon = (await ofCase('clock-soon')).length
  assert.match((await ofCase('clock-soon'))[0]!.text, new RegExp(due.slice(0, 10)))
  await told()
  own.now = on(-1)
  await told()
  assert.equal((await ofCase('clock-soon')).length, soon)
  assert.equal((await ofCase('clock-late')).length, 0)
  own.now = on(1)
  await told()
  await told()
  assert.equal((await ofCase('clock-late')).length, 1)
  assert.deepEqual((await listed('elsewhere')).length, 0)
  own.now = before
})

test('a proposal is told to whoever approves it, not to its author; the decision to the author', async () => {
  const entry = { key: 'x', validFrom: '2024-01-01', value: { name: '虚构机构' } }
  await propose(own.office.store, 'organs', [entry], '（演示）', { post: 'registrar', person: '虚构壬', organ: 'justice' }, own.now)
  await told()
  const { rows } = await own.office.store.pool.query("select person, kind, what from notification where kind = 'proposal-waiting'")
  assert.deepEqual(rows, [{ person: '虚构癸', kind: 'proposal-waiting', what: { register: 'organs' } }])
})

test('channels are the system administrator’s; a secret is written and never read', async () => {
  const form = { host: '127.0.0.1', port: 25, security: 'none', user: '', from: 'yifa@example.gov.cn' }
  for (const person of ['clerk', 'audit']) {
    assert.equal((await own.as(person, 'GET', '/api/v1/notification-channels')).json().code, 'permission.not-administrator')
    assert.equal((await own.as(person, 'GET', '/api/v1/notification-deliveries')).json().code, 'permission.not-administrator')
    const body = { isOn: true, form, secrets: {} }
    assert.equal((await own.as(person, 'PUT', '/api/v1/notification-channels/email', body)).json().code, 'permission.not-administrator')
  }
  const code = async (id: string, given: unknown) => (await channel(id, given)).json().code
  assert.equal(await code('pigeon', form), 'notification.channel-unknown')
  assert.equal(await code('email', { ...form, port: 0 }), 'notification.form-invalid')
  assert.equal(await code('email', { ...form, user: 'yifa' }), 'notification.form-invalid', 'no password over an open line')
  assert.equal(await code('sms', form), 'notification.form-invalid')
  const inner = { ...HTTP_FORMS.sms, send: { ...HTTP_FORMS.sms.send, url: 'https://10.0.0.1/send' } }
  assert.equal(await code('sms', inner), 'notification.url-refused')

  assert.equal((await channel('sms', HTTP_FORMS.sms, { key: SECRET }, false)).statusCode, 204)
  const shown = await own.as('system', 'GET', '/api/v1/notification-channels')
  assert.ok(!shown.body.includes(SECRET))
  const sms = (shown.json() as NotificationChannelsJson).channels.find(({ id }) => id === 'sms')!
  assert.deepEqual([sms.isOn, sms.isSetUp, sms.secrets], [false, true, ['key']])
  await channel('sms', HTTP_FORMS.sms, {}, false)
  const kept = () => own.office.store.pool.query("select secrets from notification_channel where id = 'sms'")
  assert.deepEqual((await kept()).rows[0].secrets, { key: SECRET }, 'one that is not named stays')
  await channel('sms', HTTP_FORMS.sms, { key: '' }, false)
  assert.deepEqual((await kept()).rows[0].secrets, {})
  const { rows } = await own.office.store.pool.query(
    "select string_agg(payload::text, '') as log from ledger_leaf where kind = 'administration'",
  )
  assert.ok(rows[0].log.includes('notification-channel-set') && !rows[0].log.includes(SECRET))
})

test('an address must have the form of its channel; it is one’s own', async () => {
  const code = async (addresses: object) => (await setting('colleague', addresses)).json().code
  assert.equal(await code({ email: 'nobody' }), 'notification.address-invalid')
  assert.equal(await code({ email: 'a@b.cn\r\nBcc: c@d.cn' }), 'notification.address-invalid')
  assert.equal(await code({ sms: '110a' }), 'notification.address-invalid')
  assert.equal(await code({ pigeon: 'x' }), 'body.invalid')
  assert.equal((await setting('colleague', { email: ADDRESS, sms: '13000000002' })).statusCode, 204)
  const settings = async (person: string) =>
    (await own.as(person, 'GET', '/api/v1/notification-settings')).json() as NotificationSettingsJson
  assert.deepEqual(
    (await settings('colleague')).channels.map(({ address }) => address),
    [ADDRESS, '13000000002', null, null],
  )
  assert.ok((await settings('clerk')).channels.every(({ address }) => address === null))
})

test('e-mail: sent without anything about anybody; a broken line is tried again, a refused address given up and shown', async (t) => {
  const server = await mailServer(t)
  await channel('email', { host: '127.0.0.1', port: server.port, security: 'none', user: '', from: 'yifa@example.gov.cn' })
  await setting('colleague', { email: ADDRESS }, { 'case-arrived': ['email'] })
  const id = await own.opened('虚构赵六')
  await told()
  assert.equal(await sent(), 1)
  const [mail] = server.mails
  assert.deepEqual(mail!.to, [`<${ADDRESS}>`])
  const [head = '', body = ''] = mail!.data.split(/\n\n([^]*)/)
  const text = /base64/i.test(head) ? Buffer.from(body, 'base64').toString() : fromQuotedPrintable(body)
  assert.ok(text.includes(`https://yifa.example.gov.cn/workbench/cases/${id}`), text)
  assert.match(text, /转到您的岗位/)
  assert.doesNotMatch(head + text, /虚构|赵六|13000000001/)
  const [line] = await deliveries('?state=delivered')
  assert.deepEqual([line!.person, line!.channel, line!.address], ['虚构乙', 'email', 'c***@office.example.cn'])
  assert.ok(!JSON.stringify(await deliveries()).includes(id), 'the system administrator learns of no case')

  server.answer = '451 4.3.0 try again'
  await own.opened()
  await told()
  assert.equal(await sent(), 0)
  const [waiting] = await deliveries('?state=waiting')
  assert.deepEqual([waiting!.attempts, waiting!.nextAt.slice(0, 16)], [1, '2024-03-05T10:01'])
  assert.equal(await sent(), 0, 'not before its turn')
  const tries = server.tries
  own.now = '2024-03-05T10:01:00+08:00'
  server.answer = `550 5.1.1 <${ADDRESS}> no such user`
  assert.equal(await sent(), 0)
  assert.equal(server.tries, tries + 1)
  const [failed] = await deliveries('?state=given-up')
  assert.match(failed!.lastError!, /550/)
  assert.ok(!failed!.lastError!.includes(ADDRESS), 'an error repeats no address')
  const mine = (await own.as('colleague', 'GET', '/api/v1/notification-settings')).json() as NotificationSettingsJson
  assert.match(mine.channels[0]!.failing!.error!, /550/)

  server.answer = '250 ok'
  const retry = (person: string, of: string) => own.as(person, 'POST', `/api/v1/notification-deliveries/${of}/retries`)
  assert.equal((await retry('colleague', failed!.id)).json().code, 'permission.not-administrator')
  assert.equal((await retry('system', failed!.id)).statusCode, 201)
  assert.equal(await sent(), 1)
  assert.equal((await retry('system', failed!.id)).json().code, 'notification.delivery-unknown', 'what was delivered is not sent again')
  own.now = '2024-03-05T10:00:00+08:00'
})

test('whoever may not see the case any more, or has emptied the address, is sent nothing', async (t) => {
  const server = await mailServer(t)
  await channel('email', { host: '127.0.0.1', port: server.port, security: 'none', user: '', from: 'yifa@example.gov.cn' })
  // A moment of their own: the list is by when they were made.
  own.now = '2024-03-05T10:00:01+08:00'
  const id = await own.opened()
  await told()
  await recuse(own.office.store, { id, person: '虚构乙', reason: '近亲属', by: HEAD, at: own.now })
  assert.equal(await sent(), 0)
  await own.opened()
  await told()
  await setting('colleague', {})
  assert.equal(await sent(), 0)
  assert.equal(server.tries, 0)
  own.now = '2024-03-05T10:00:00+08:00'
  assert.deepEqual(
    (await deliveries()).slice(0, 2).map(({ state }) => state),
    ['withheld', 'withheld'],
  )
})

test('WeCom: a token is asked for once, anew when it has expired; throttling is tried again; who is unknown there is given up', async (t) => {
  const gateway = await wecom(t)
  const form = JSON.parse(JSON.stringify(HTTP_FORMS.wecom).replaceAll('https://qyapi.weixin.qq.com', gateway.origin))
  await channel('wecom', form, { corpsecret: SECRET })
  await setting('colleague', { wecom: 'zhang"san'.replace('"', '') }, { 'case-arrived': ['wecom'] }, 'en')
  await own.opened()
  await told()
  assert.equal(await sent(), 1)
  assert.equal(gateway.sent.length, 1)
  assert.deepEqual([gateway.sent[0].touser, gateway.sent[0].textcard.title], ['zhangsan', 'A case for your post'])

  gateway.expire()
  await own.opened()
  await told()
  assert.equal(await sent(), 1)
  assert.equal(gateway.tokens, 2, 'the first token served until it expired')

  const outcome = async (answer: object) => {
    gateway.next = answer
    const trial = await own.as('system', 'POST', '/api/v1/notification-channels/wecom/trials', { address: 'zhangsan' })
    return trial.json() as TrialJson
  }
  assert.deepEqual(await outcome({ errcode: 0, errmsg: 'ok' }), { taken: true, error: null })
  assert.match((await outcome({ errcode: 0, errmsg: 'ok', invaliduser: 'zhangsan' })).error!, /invaliduser/)
  const leaking = (await outcome({ errcode: 40_013, errmsg: `secret ${SECRET} of zhangsan` })).error!
  assert.equal(leaking, 'HTTP 200 · 40013 · secret *** of ***')

  for (const [answer, state] of [
    [{ errcode: 45_009, errmsg: 'api freq out of limit' }, 'waiting'],
    [{ errcode: 81_013, errmsg: 'user & party & tag all invalid' }, 'given-up'],
  ] as const) {
    gateway.next = answer
    own.now = state === 'waiting' ? '2024-03-05T10:00:10+08:00' : '2024-03-05T10:00:20+08:00'
    await own.opened()
    await told()
    assert.equal(await sent(), 0)
    const [line] = await deliveries()
    assert.deepEqual([line!.state, line!.lastError], [state, `HTTP 200 · ${answer.errcode} · ${answer.errmsg}`])
  }
  const { rows } = await own.office.store.pool.query(
    "select count(*)::int as n from ledger_leaf where payload->'what'->>'act' = 'notification-channel-tried'",
  )
  assert.equal(rows[0].n, 3)
})

test('text messages: by the gateway’s status where it says nothing else; never through a redirection', async (t) => {
  let status = 503
  const gateway = http.createServer((request, answer) => {
    request.resume()
    answer.writeHead(status, status === 302 ? { location: 'http://127.0.0.1:1/' } : {}).end('<html>')
  })
  const origin = await listening(gateway, t)
  await channel(
    'sms',
    { send: { ...HTTP_FORMS.sms.send, url: `${origin}/send` }, answer: { good: [], again: [], expired: [] } },
    { key: SECRET },
  )
  const trial = async () =>
    (await own.as('system', 'POST', '/api/v1/notification-channels/sms/trials', { address: '13000000002' })).json() as TrialJson
  assert.deepEqual(await trial(), { taken: false, error: 'HTTP 503' })
  status = 302
  assert.deepEqual(await trial(), { taken: false, error: 'HTTP 302' })
  status = 204
  assert.deepEqual(await trial(), { taken: true, error: null })
  assert.equal(
    (await own.as('system', 'POST', '/api/v1/notification-channels/sms/trials', { address: 'x' })).json().code,
    'notification.address-invalid',
  )
  assert.equal(
    (await own.as('system', 'POST', '/api/v1/notification-channels/wechat/trials', { address: 'o-invented-open-id' })).json().code,
    'notification.channel-not-set-up',
  )
})

test('WeChat: a template message of the service account, by a token asked for once and anew when it has expired', async (t) => {
  const gateway = await wechat(t)
  const form = JSON.parse(JSON.stringify(HTTP_FORMS.wechat).replaceAll('https://api.weixin.qq.com', gateway.origin))
  await channel('wechat', form, { appsecret: SECRET })
  await setting('colleague', { wechat: 'o-invented-open-id' }, { 'case-arrived': ['wechat'] }, 'zh')
  await own.opened()
  await told()
  assert.equal(await sent(), 1)
  assert.deepEqual(
    [gateway.sent[0].touser, gateway.sent[0].template_id, gateway.sent[0].data.thing1.value],
    ['o-invented-open-id', 'TEMPLATE_ID', '案件转到本岗位'],
  )
  gateway.expire()
  await own.opened()
  await told()
  assert.equal(await sent(), 1)
  assert.equal(gateway.tokens, 2)
  gateway.next = { errcode: 43_004, errmsg: 'require subscribe' }
  const trial = await own.as('system', 'POST', '/api/v1/notification-channels/wechat/trials', { address: 'o-invented-open-id' })
  assert.deepEqual(trial.json(), { taken: false, error: 'HTTP 200 · 43004 · require subscribe' })
})

function fromQuotedPrintable(text: string): string {
  const joined = text.replaceAll('=\n', '')
  return decodeURIComponent(joined.replaceAll('%', '%25').replace(/=([0-9A-F]{2})/g, '%$1'))
}

async function listening(server: http.Server | net.Server, t: TestContext): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A mail server that speaks as much of RFC 5321 as is needed; `answer` is what it says to a recipient. */
async function mailServer(t: TestContext) {
  const made = { port: 0, answer: '250 ok', tries: 0, mails: [] as { to: string[]; data: string }[] }
  const server = net.createServer((socket) => {
    const mail = { to: [] as string[], data: '' }
    let isData = false
    let rest = ''
    const say = (line: string) => socket.write(`${line}\r\n`)
    say('220 test ESMTP')
    socket.on('error', () => socket.destroy())
    socket.on('data', (chunk) => {
      rest += chunk.toString()
      for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end)
        rest = rest.slice(end + 2)
        if (isData) {
          if (line !== '.') mail.data += `${line}\n`
          else {
            isData = false
            made.mails.push(mail)
            say('250 queued')
          }
        } else if (/^RCPT/i.test(line)) {
          made.tries += 1
          mail.to.push(line.replace(/^RCPT TO:/i, '').trim())
          say(made.answer)
        } else if (/^DATA/i.test(line)) {
          isData = true
          say('354 go on')
        } else say(/^QUIT/i.test(line) ? '221 bye' : '250 ok')
      }
    })
  })
  made.port = Number(new URL(await listening(server, t)).port)
  return made
}

interface Asked {
  readonly method: string | undefined
  readonly url: URL
  readonly body: string
}

/** A double of 企业微信: `gettoken` and `message/send` as its documentation has them. */
const wecom = (t: TestContext) =>
  tencent(t, '/cgi-bin/gettoken', ({ url }) =>
    url.searchParams.get('corpsecret') === SECRET ? undefined : { errcode: 40_001, errmsg: 'invalid credential' },
  )

/** A double of 微信服务号: `stable_token` (JSON by POST) and `message/template/send` as its documentation has them. */
const wechat = (t: TestContext) =>
  tencent(t, '/cgi-bin/stable_token', ({ method, body }) => {
    const given = JSON.parse(body) as Record<string, unknown>
    if (method !== 'POST' || given['grant_type'] !== 'client_credential') return { errcode: 40_002, errmsg: 'invalid grant_type' }
    return given['secret'] === SECRET ? undefined : { errcode: 40_125, errmsg: 'invalid appsecret' }
  })

/** What both have in common: a token, for a time, and messages under it. @param refusal of who asks for a token, where it is refused */
async function tencent(t: TestContext, tokenAt: string, refusal: (asked: Asked) => object | undefined) {
  const made = { origin: '', tokens: 0, sent: [] as any[], next: undefined as object | undefined, expire: () => void (valid = 'none') }
  let valid = 'none'
  const server = http.createServer((request, answer) => {
    const url = new URL(request.url!, 'http://x')
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      const say = (value: object) => answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value))
      if (url.pathname === tokenAt) {
        const refused = refusal({ method: request.method, url, body })
        if (refused) return say(refused)
        made.tokens += 1
        valid = `token-${made.tokens}`
        return say({ errcode: 0, errmsg: 'ok', access_token: valid, expires_in: 7200 })
      }
      if (url.searchParams.get('access_token') !== valid) return say({ errcode: 42_001, errmsg: 'access_token expired' })
      const given = made.next
      made.next = undefined
      if (given) return say(given)
      made.sent.push(JSON.parse(body))
      say({ errcode: 0, errmsg: 'ok', msgid: 'x' })
    })
  })
  made.origin = await listening(server, t)
  return made
}

test('whatever was done to channels and sendings is in the ledger', async () => {
  await own.as('system', 'PUT', '/api/v1/notification-warning', { days: 3 })
  const { rows } = await own.office.store.pool.query<{ act: string }>(
    "select distinct payload->'what'->>'act' as act from ledger_leaf where kind = 'administration' order by 1",
  )
  const acts = rows.map(({ act }) => act)
  for (const act of ['notification-channel-set', 'notification-channel-tried', 'notification-retried', 'notification-warning-set'])
    assert.ok(acts.includes(act), act)
})
