import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { catalogue } from '#procedures/catalogue.ts'
import { clamdDouble } from '../../../tools/e2e/clamd-double.ts'
import { createServer } from '../server.ts'
import { entriesOn, loadRegisters } from '#store/registers.ts'
import { openStore } from '#store/store.ts'
import { place } from '#district/place.ts'
import { publishedCalendar } from '#district/calendar.ts'
import { randomUUID } from 'node:crypto'
import { registers } from '#registers/registers.ts'
import { SYSTEM } from '#engine/apply-step.ts'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import type { HandInJson, HandInTakenJson } from '../api/hand-ins.ts'
import type { Holding } from '#identity/viewer.ts'
import type { Store } from '#store/store.ts'

// A citizen without a script: what the browser would do is done here by hand, cookies and hidden inputs included.

const BEGAN = '2024-03-05T23:50:00+08:00'
const SECRET = '虚构赵某某'
let now = BEGAN
let root: string
let store: Store
let app: FastifyInstance
let holdings: Map<string, Holding[]>

before(async () => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'yifa-hand-in-'))
  fs.chmodSync(root, 0o755) // the database's user must reach it
  store = await openStore({ folder: path.join(root, 'data'), region: '321302', as: 'own' })
  await loadRegisters(store, registers, SYSTEM, '2019-01-02T09:00+08:00')
  holdings = new Map()
  for (const { key, value } of await entriesOn(store, 'posts', '2024-03-06')) {
    const holding = { key, post: value['post'], organ: value['organ'], procedures: value['procedures'], as: 'regular' } as Holding
    holdings.set(holding.post, [holding])
  }
  app = await createServer({
    store,
    catalogue,
    calendar: publishedCalendar,
    place,
    now: () => now,
    identify: async ({ 'x-post': post }) =>
      post === undefined ? undefined : { person: `虚构 ${String(post)}`, holdings: holdings.get(String(post)) ?? [] },
  })
})

after(async () => {
  await app?.close()
  await store?.close()
  fs.rmSync(root, { recursive: true, force: true })
})

beforeEach(() => {
  now = BEGAN
})

/** A browser: keeps cookies, reads the token of the last form. */
class Browser {
  readonly jar = new Map<string, string>()
  body = ''
  language = 'zh'

  async get(url: string): Promise<LightMyRequestResponse> {
    return this.keep(await app.inject({ url, headers: this.headers() }))
  }

  async post(url: string, form: Record<string, string>): Promise<LightMyRequestResponse> {
    const payload = new URLSearchParams({ token: hidden(this.body, 'token'), ...form }).toString()
    return this.keep(
      await app.inject({
        method: 'POST',
        url,
        payload,
        headers: { ...this.headers(), 'content-type': 'application/x-www-form-urlencoded' },
      }),
    )
  }

  async upload(
    url: string,
    form: Record<string, string>,
    name?: string,
    content: Buffer = Buffer.alloc(0),
  ): Promise<LightMyRequestResponse> {
    const parts = Object.entries({ token: hidden(this.body, 'token'), ...form }).map(([key, value]) =>
      Buffer.from(`--b\r\ncontent-disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`),
    )
    const head = `--b\r\ncontent-disposition: form-data; name="file"; filename="${name ?? ''}"\r\ncontent-type: image/jpeg\r\n\r\n`
    const payload = Buffer.concat([...parts, Buffer.from(head), content, Buffer.from('\r\n--b--\r\n')])
    return this.keep(
      await app.inject({ method: 'POST', url, payload, headers: { ...this.headers(), 'content-type': 'multipart/form-data; boundary=b' } }),
    )
  }

  private headers(): Record<string, string> {
    return {
      accept: 'text/html',
      'accept-language': this.language,
      cookie: [...this.jar].map(([name, value]) => `${name}=${value}`).join('; '),
    }
  }

  private keep(answer: LightMyRequestResponse): LightMyRequestResponse {
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
      assert.match(line, /; Path=\/portal; HttpOnly; SameSite=Strict/)
      const [, name, value] = /^(\w+)=([^;]*)/.exec(line)!
      this.jar.set(name!, value!)
    }
    if (answer.statusCode !== 303) this.body = answer.body
    assert.ok(answer.statusCode < 500, answer.body)
    assert.equal(answer.headers['cache-control'] === 'no-store' || answer.statusCode >= 300, true, 'no private page is kept')
    return answer
  }
}

const hidden = (body: string, name: string): string => new RegExp(`name="${name}"\\s+value="([^"]*)"`).exec(body)?.[1] ?? ''

const DIGITS = '零一二三四五六七八九'
function answerOf(body: string): string {
  const [, a, b] = /([二三四五六七八九])加([二三四五六七八九])等于几/.exec(body)!
  return String(DIGITS.indexOf(a!) + DIGITS.indexOf(b!))
}

async function begin(procedure: string): Promise<{ browser: Browser; number: string; code: string }> {
  const browser = new Browser()
  await browser.get(`/portal/hand-in/${procedure}`)
  const { statusCode } = await browser.post(`/portal/hand-in/${procedure}`, {
    answer: answerOf(browser.body),
    seal: hidden(browser.body, 'seal'),
  })
  assert.equal(statusCode, 200)
  const [, number] = /id="matter-number">([^<]+)</.exec(browser.body)!
  const [, code] = /id="matter-code">([^<]+)</.exec(browser.body)!
  return { browser, number: number!, code: code! }
}

/** Fills in every page: what is named with its value, the rest is left empty. */
async function fill(browser: Browser, procedure: string, values: Record<string, string>): Promise<void> {
  let url = `/portal/hand-in/${procedure}/pages/1`
  while (url.includes('/pages/')) {
    await browser.get(url)
    const names = [...browser.body.matchAll(/<(?:input|select|textarea)[^>]* name="([^"]+)"/g)].map(([, name]) => name!)
    const form = Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)))
    const answer = await browser.post(url, form)
    assert.equal(answer.statusCode, 303, `${url} ${/<li><a href="#.*/.exec(answer.body)?.[0]}`)
    url = String(answer.headers.location)
  }
}

async function enter(number: string, code: string): Promise<Browser> {
  const browser = new Browser()
  await browser.get('/portal/follow')
  assert.equal((await browser.post('/portal/follow', { number, code })).headers.location, '/portal/follow/matter')
  await browser.get('/portal/follow/matter')
  return browser
}

const api = (post: string, method: 'GET' | 'POST', url: string, payload?: object): Promise<LightMyRequestResponse> =>
  app.inject({
    method,
    url: `/api/v1${url}`,
    headers: { 'x-post': post, ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}) },
    ...(payload ? { payload } : {}),
  })

const application = {
  'applicant.name': SECRET,
  'applicant.kind': 'person',
  'applicant.idNumber': '11010519491231002X',
  respondent: 'natural-resources',
  act: '不予更正登记告知',
  actKind: 'other',
  learnedOn: '2024-02-01',
  toldRights: 'yes',
  requests: '撤销告知\n责令重新作出',
  facts: '虚构的事实和理由',
}

const photo = Buffer.concat([
  Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
  Buffer.from('ffe1001c', 'hex'),
  Buffer.from('http://ns.adobe.com/GPS33.96'.slice(0, 26)),
  Buffer.from('ffda000301ffd9', 'hex'),
])

test('an application is handed in, registered, corrected, decided, served, acknowledged and evaluated', async () => {
  const { browser, number, code } = await begin('reconsideration')
  await fill(browser, 'reconsideration', application)
  const attachments = '/portal/hand-in/reconsideration/attachments'
  await browser.get(attachments)
  assert.equal((await browser.upload(attachments, {}, '照片.jpg', photo)).statusCode, 303)
  await browser.get('/portal/hand-in/reconsideration/check')
  assert.match(browser.body, /照片\.jpg/)
  assert.ok(browser.body.includes(SECRET))
  const check = '/portal/hand-in/reconsideration/check'
  assert.equal((await browser.post(check, {})).statusCode, 422, 'consent is not presumed')
  now = '2024-03-05T23:59:30+08:00'
  assert.equal((await browser.post(check, { consent: 'yes' })).headers.location, '/portal/hand-in/reconsideration/receipt')
  // Registered the day after: the day of receipt stays that of the arrival.
  now = '2024-03-06T09:00:00+08:00'
  const again = await enter(number, code)
  assert.match(again.body, /等待工作人员登记/)

  assert.equal((await api('agent', 'GET', '/hand-ins')).json<HandInJson[]>().length, 0, 'another procedure’s post')
  const [waiting] = (await api('office', 'GET', '/hand-ins')).json<HandInJson[]>()
  assert.equal(waiting!.number, number)
  assert.equal(JSON.stringify(waiting).includes(SECRET), false)
  const taken = (await api('office', 'POST', `/hand-ins/${waiting!.id}/drafts`)).json<HandInTakenJson>()
  assert.equal(taken.input['receivedOn'], '2024-03-05')
  assert.deepEqual((taken.input['applicant'] as { name: string }).name, SECRET)
  assert.equal(taken.attachments.length, 1)
  const input = { ...taken.input, respondentKind: 'department', signed: true, receivedOn: '2024-03-06' }
  const opening = { procedure: 'reconsideration', step: 'receive', input, handIn: waiting!.id }
  const opened = await api('office', 'POST', '/cases', opening)
  assert.equal(opened.statusCode, 201, opened.body)
  const { id } = opened.json<{ id: string }>()
  assert.equal(id, waiting!.id)
  const shown = (await api('office', 'GET', `/cases/${id}`)).json<{ timeline: { on: string }[] }>()
  assert.equal(shown.timeline[0]!.on, '2024-03-05')
  assert.equal((await api('office', 'GET', `/cases/${id}/files`)).json<unknown[]>().length, 1)
  assert.equal((await api('office', 'POST', `/hand-ins/${id}/drafts`)).json<{ code: string }>().code, 'hand-in.decided')

  const step = async (post: string, name: string, given: object): Promise<void> => {
    const { steps } = (await api('office', 'GET', `/cases/${id}`)).json<{ steps: number }>()
    const answer = await api(post, 'POST', `/cases/${id}/steps`, { step: name, input: given, expected: steps })
    assert.equal(answer.statusCode, 201, answer.body)
  }
  await step('office', 'notify-correction', { missing: ['身份证明'], noticeServedOn: '2024-03-06', unjudgeable: true })

  await again.get('/portal/follow/matter')
  assert.match(again.body, /待补正/)
  assert.match(again.body, /2024-03-20/, 'ten working days to correct')
  assert.match(again.body, /steps\/receive-correction/)
  assert.match(again.body, /补正行政复议申请通知书/)
  assert.equal((await again.get('/portal/follow/matter/steps/accept')).statusCode, 409, 'not the party’s')
  const correct = '/portal/follow/matter/steps/receive-correction'
  await again.get(correct)
  assert.equal((await again.upload(correct, {})).statusCode, 422)
  assert.match(again.body, /id="corrected-wrong"/)
  assert.equal((await again.upload(correct, { corrected: '已补交身份证明' }, '照片.jpg', photo)).statusCode, 303)
  assert.equal((await api('office', 'GET', `/cases/${id}/files`)).json<unknown[]>().length, 2)

  await again.get('/portal/follow/matter')
  const notice = /documents\/(\d+)\/correction-notice\.html/.exec(again.body)!
  const page = await again.get(`/portal/follow/matter/documents/${notice[1]}/correction-notice.html`)
  assert.ok(page.body.includes(SECRET), 'as it was issued, to whom it is addressed')
  assert.equal((await again.get(`/portal/follow/matter/documents/1/assignment.html`)).statusCode, 404)
  await again.get('/portal/follow/matter')
  await again.post('/portal/follow/matter/acknowledgements', { seq: notice[1]!, document: 'correction-notice' })
  await again.get('/portal/follow/matter')
  assert.match(again.body, /已签收/)

  await again.get('/portal/follow/matter/steps/withdraw-application')
  const fields = [...again.body.matchAll(/ name="([^"]+)" type="(\w+)"|<textarea id="([^"]+)"/g)].map(
    ([, name, , area]) => name ?? area ?? '',
  )
  const given = Object.fromEntries(fields.filter((name) => !/token|file|keep/.test(name)).map((name) => [name, '不再申请']))
  const withdrawn = await again.upload('/portal/follow/matter/steps/withdraw-application', given)
  assert.equal(withdrawn.statusCode, 303, withdrawn.body)
  await again.get('/portal/follow/matter')
  assert.match(again.body, /受理前撤回/)
  assert.equal(/name="rating"[^>]* checked/.test(again.body), false, 'no answer is preset')
  assert.equal((await again.post('/portal/follow/matter/evaluation', {})).statusCode, 422)
  assert.equal((await again.post('/portal/follow/matter/evaluation', { rating: 'good' })).statusCode, 303)
  const { rows } = await store.pool.query<{ kind: string }>(
    "select kind from ledger_leaf where region = $1 and payload->>'of' = $2 order by id",
    [store.region, id],
  )
  assert.deepEqual(
    rows.map(({ kind }) => kind),
    ['hand-in', 'reading', 'acknowledgement'],
  )
  assert.deepEqual((await api('office', 'GET', '/hand-ins/evaluations')).json(), [{ procedure: 'reconsideration', asked: 1, answered: 1 }])
})

test('an inquiry is handed in without an account, and twice is once', async () => {
  const { browser, number, code } = await begin('hotline-12345')
  await fill(browser, 'hotline-12345', {
    kind: 'consultation',
    content: '虚构的咨询',
    anonymous: 'no',
    'caller.name': SECRET,
    'caller.phone': '13000000009',
    wantsReply: 'yes',
    confidential: 'no',
  })
  const check = '/portal/hand-in/hotline-12345/check'
  await browser.get(check)
  await browser.post(check, { consent: 'no' })
  now = '2024-03-06T00:05:00+08:00'
  assert.equal((await browser.post(check, { consent: 'no' })).headers.location, '/portal/hand-in/hotline-12345/receipt')
  const { body } = await browser.get('/portal/hand-in/hotline-12345/receipt')
  assert.match(body, new RegExp(`<code>${number}</code>`))
  assert.match(body, /2024-03-05 23:50/)
  assert.match(body, /<svg class="qr" role="img"/)
  assert.equal((await browser.get('/portal/hand-in/hotline-12345/pages/1')).statusCode, 409)
  const [waiting] = (await api('agent', 'GET', '/hand-ins')).json<HandInJson[]>()
  assert.equal((await api('agent', 'POST', `/hand-ins/${waiting!.id}/refusals`, { reason: '请向法院提出' })).statusCode, 201)
  assert.equal(
    (await api('agent', 'POST', `/hand-ins/${waiting!.id}/refusals`, { reason: '再一次' })).json<{ code: string }>().code,
    'hand-in.decided',
  )
  assert.match((await enter(number, code)).body, /请向法院提出/)
})

test('what is wrong is said beside its field in the reader’s language, and nothing typed is lost', async () => {
  const { browser } = await begin('reconsideration')
  browser.language = 'en'
  const url = '/portal/hand-in/reconsideration/pages/1'
  await browser.get(url)
  const wrong = await browser.post(url, {
    ...application,
    'applicant.idNumber': '110105194912310021',
    legalRepresentative: '长'.repeat(301),
  })
  assert.equal(wrong.statusCode, 422)
  assert.match(wrong.body, /id="applicant\.idNumber-wrong">The check digit/)
  assert.match(wrong.body, /At most 300 characters, and these are 301/)
  assert.ok(wrong.body.includes('value="110105194912310021"') && wrong.body.includes('长'.repeat(301)))
  assert.ok((await browser.get(url)).body.includes('长'.repeat(301)), 'kept for later, too')
  assert.match((await browser.post(url, {})).body, /id="applicant\.name-wrong">Please fill this in/)
})

test('files that lie, are too large or none, and what a scanner finds something in, are refused beside the field', async (t) => {
  const clamd = await clamdDouble()
  process.env['YIFA_CLAMD'] = clamd.address
  t.after(() => {
    delete process.env['YIFA_CLAMD']
    clamd.close()
  })
  const { browser } = await begin('reconsideration')
  const url = '/portal/hand-in/reconsideration/attachments'
  for (const [name, content, says] of [
    ['照片.jpg', Buffer.from('MZ this is no photograph'), /与其扩展名不符/],
    ['程序.exe', Buffer.from('MZ'), /不接收/],
    ['大.jpg', Buffer.concat([photo, Buffer.alloc(21 * 1024 * 1024)]), /超过 20 MB/],
    [undefined, undefined, /没有选择文件/],
    ['毒.jpg', Buffer.concat([photo, Buffer.from('EICAR')]), /含有恶意内容/],
  ] as const) {
    await browser.get(url)
    const answer = await browser.upload(url, {}, name, content)
    assert.equal(answer.statusCode, 422)
    assert.match(answer.body, says)
  }
  await browser.get(url)
  assert.match(browser.body, /还没有附件/)
})

test('robots, forged forms, foreign browsers and ended sessions are refused', async () => {
  const browser = new Browser()
  await browser.get('/portal/hand-in/reconsideration')
  const seal = hidden(browser.body, 'seal')
  assert.equal((await browser.post('/portal/hand-in/reconsideration', { answer: '99', seal })).statusCode, 422)
  assert.equal((await browser.post('/portal/hand-in/reconsideration', { token: 'x', answer: '9', seal })).statusCode, 403)
  assert.equal((await new Browser().get('/portal/follow/matter')).statusCode, 401)
  const own = await begin('reconsideration')
  own.browser.jar.set(
    'matter',
    own.browser.jar.get('matter')!.replace(/^./, (one) => (one === 'a' ? 'b' : 'a')),
  )
  assert.equal((await own.browser.get('/portal/hand-in/reconsideration/pages/1')).statusCode, 401)
  const other = await begin('hotline-12345')
  assert.equal((await other.browser.get('/portal/hand-in/reconsideration/pages/1')).statusCode, 404, 'another matter')
  now = '2024-03-06T00:30:00+08:00'
  assert.equal((await other.browser.get('/portal/hand-in/hotline-12345/pages/1')).statusCode, 401, 'half an hour later')
  assert.equal((await new Browser().get('/portal/hand-in/source-case')).statusCode, 404)
})

test('codes that are tried are locked by matter, whether or not the number exists', async () => {
  const { number, code } = await begin('reconsideration')
  for (const tried of [number, 'W20240305-22222222']) {
    const browser = new Browser()
    await browser.get('/portal/follow')
    for (let time = 0; time < 10; time += 1)
      assert.match((await browser.post('/portal/follow', { number: tried, code: 'AAAA-AAAA-AAAA' })).body, /编号或者查询码不对/)
    const answer = await browser.post('/portal/follow', { number: tried, code })
    assert.equal(answer.statusCode, 429)
    assert.match(answer.body, /输错次数过多/)
  }
})
