import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { catalogue } from '#procedures/catalogue.ts'
import { createServer } from '#server/server.ts'
import { entriesOn, loadRegisters } from '#store/registers.ts'
import { failOnComplaints, openChromium, refuseViolations } from './chromium.ts'
import { openStore } from '#store/store.ts'
import { place } from '#district/place.ts'
import { publishedCalendar } from '#district/calendar.ts'
import { randomUUID } from 'node:crypto'
import { registers } from '#registers/registers.ts'
import { SYSTEM } from '#engine/apply-step.ts'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContext, Page } from '@playwright/test'
import type { FastifyInstance } from 'fastify'
import type { HandInJson, HandInTakenJson } from '#server/api/hand-ins.ts'
import type { Holding } from '#identity/viewer.ts'
import type { Store } from '#store/store.ts'

// A citizen on a telephone, with script off, hands in and follows. Each page kind is looked at by axe in a twin of the browser that has script.

const NOW = '2024-03-05T10:00:00+08:00'
const PICTURES = process.env['YIFA_PICTURES']
let root: string
let store: Store
let app: FastifyInstance
let address: string
let browser: Browser
let holdings: Map<string, Holding[]>

before(async () => {
  browser = await openChromium()
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'yifa-hand-in-'))
  fs.chmodSync(root, 0o755) // the database's user must reach it
  store = await openStore({ folder: path.join(root, 'data'), region: '321302', as: 'own' })
  await loadRegisters(store, registers, SYSTEM, '2019-01-02T09:00+08:00')
  holdings = new Map()
  for (const { key, value } of await entriesOn(store, 'posts', '2024-03-06')) {
    const holding = { key, post: value['post'], organ: value['organ'], procedures: value['procedures'], as: 'regular' } as Holding
    // A post may bear the same name in several procedures.
    holdings.set(holding.post, [...(holdings.get(holding.post) ?? []), holding])
  }
  app = await createServer({
    store,
    catalogue,
    calendar: publishedCalendar,
    place,
    now: () => NOW,
    identify: async ({ 'x-post': post }) =>
      post === undefined ? undefined : { person: `虚构 ${String(post)}`, holdings: holdings.get(String(post)) ?? [] },
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  address = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
})

after(async () => {
  await browser?.close()
  await app?.close()
  await store?.close()
  fs.rmSync(root, { recursive: true, force: true })
})

async function api<T>(post: string, method: 'GET' | 'POST', url: string, payload?: object): Promise<T> {
  const answer = await app.inject({
    method,
    url: `/api/v1${url}`,
    headers: { 'x-post': post, ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}) },
    ...(payload ? { payload } : {}),
  })
  assert.ok(answer.statusCode < 300, answer.body)
  return answer.json<T>()
}

const SUMS: Readonly<Record<string, number>> = Object.fromEntries(
  ['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'].flatMap((word, index) => [
    [word, index + 2],
    ['二三四五六七八九'[index]!, index + 2],
  ]),
)

async function answerQuestion(page: Page): Promise<void> {
  const label = (await page.textContent('label[for=answer]'))!
  const [, a, b] = /(\w+|[二三四五六七八九])(?: plus |加)(\w+|[二三四五六七八九])/.exec(label)!
  await page.fill('#answer', String(SUMS[a!]! + SUMS[b!]!))
  await submit(page)
}

async function submit(page: Page): Promise<void> {
  await press(page, 'form.page:not([action$="/end"]) button')
}

async function press(page: Page, button: string): Promise<void> {
  await Promise.all([page.waitForEvent('load'), page.click(button)])
}

/** Fills in what a page asks of these, and goes on until the attachments. */
async function fillPages(page: Page, values: Readonly<Record<string, string>>, look: (kind: string) => Promise<void>): Promise<void> {
  for (let at = 1; page.url().includes('/pages/'); at += 1) {
    if (at === 1) await look('form')
    for (const [name, value] of Object.entries(values)) {
      const input = page.locator(`main [name="${name}"]`).first()
      if ((await input.count()) === 0) continue
      if (await page.locator(`main input[type=radio][name="${name}"]`).count()) await page.check(`main [name="${name}"][value="${value}"]`)
      else if (await page.locator(`main select[name="${name}"]`).count()) await page.selectOption(`main select[name="${name}"]`, value)
      else await input.fill(value)
    }
    const url = page.url()
    await submit(page)
    assert.notEqual(page.url(), url, (await page.textContent('main')) ?? '')
  }
}

for (const [language, width] of [
  ['zh-CN', 390],
  ['en', 1280],
] as const)
  test(`handing in, correcting, following and evaluating without script (${language}, ${width} px)`, async () => {
    const options = { locale: language, viewport: { width, height: 800 } }
    const context = await browser.newContext({ ...options, javaScriptEnabled: false })
    const twin = await browser.newContext(options)
    const page = await context.newPage()
    failOnComplaints(page)
    const look = (kind: string): Promise<void> => lookAt(twin, page, `${kind} ${language} ${width}`)

    await page.goto(`${address}/portal/guides/reconsideration`)
    await press(page, 'a[href="/portal/hand-in/reconsideration"]')
    await look('start')
    await answerQuestion(page)
    const number = (await page.textContent('#matter-number'))!
    const code = (await page.textContent('#matter-code'))!
    assert.match(code, /^\w{4}-\w{4}-\w{4}$/)
    await press(page, 'main a.button')
    await page.fill('[name="applicant.name"]', '虚构赵某某')
    await page.check('[name="applicant.kind"][value="person"]')
    await page.fill('[name="applicant.idNumber"]', '110105194912310021')
    await submit(page)
    await look('wrong')
    assert.equal(await page.inputValue('[name="applicant.idNumber"]'), '110105194912310021')
    await fillPages(
      page,
      {
        'applicant.idNumber': '11010519491231002X',
        respondent: 'natural-resources',
        act: '不予更正登记告知',
        actKind: 'other',
        learnedOn: '2024-02-01',
        toldRights: 'yes',
        requests: '撤销告知',
        facts: '虚构的事实和理由',
      },
      look,
    )
    await page.setInputFiles('#file', { name: '照片.png', mimeType: 'image/png', buffer: Buffer.from('no picture') })
    await submit(page)
    await look('lying file')
    await page.setInputFiles('#file', { name: '说明.txt', mimeType: 'text/plain', buffer: Buffer.from('虚构的说明') })
    await submit(page)
    assert.match((await page.textContent('main'))!, /说明\.txt/)
    await press(page, 'a[href$="/check"]')
    await look('check')
    await page.check('[name=consent][value=yes]')
    await submit(page)
    await look('receipt')
    assert.ok(await page.locator('svg.qr').isVisible())

    const waiting = (await api<HandInJson[]>('office', 'GET', '/hand-ins')).find((one) => one.number === number)!
    const taken = await api<HandInTakenJson>('office', 'POST', `/hand-ins/${waiting.id}/drafts`)
    const input = { ...taken.input, respondentKind: 'department', signed: true }
    await api('office', 'POST', '/cases', { procedure: 'reconsideration', step: 'receive', input, handIn: waiting.id })
    const step = async (post: string, name: string, given: object): Promise<unknown> => {
      const { steps } = await api<{ steps: number }>('office', 'GET', `/cases/${waiting.id}`)
      return api(post, 'POST', `/cases/${waiting.id}/steps`, { step: name, input: given, expected: steps })
    }
    await step('office', 'notify-correction', { missing: ['身份证明'], noticeServedOn: '2024-03-05', unjudgeable: true })

    await context.clearCookies()
    await page.goto(`${address}/portal/follow`)
    await page.fill('#number', number)
    await page.fill('#code', 'AAAA-AAAA-AAAA')
    await submit(page)
    await look('wrong code')
    await page.fill('#code', code)
    await submit(page)
    await look('matter')
    await press(page, 'a[href$="/steps/receive-correction"]')
    await look('step')
    await page.fill('#corrected', '已补交身份证明')
    await submit(page)
    await step('organ-head', 'refuse', { refusedOn: '2024-03-05', reason: 'R2', refusalReason: '虚构的理由' })
    await page.goto(`${address}/portal/follow/matter`)
    const before = page.url()
    await press(page, 'a[href*="/refusal.html"]')
    await look('document')
    await page.goto(before)
    await press(page, 'li:has(a[href*="/refusal.html"]) button')
    assert.match((await page.textContent('main'))!, /已签收|Acknowledged/)
    await page.check('[name=rating][value=fair]')
    await press(page, 'form[action$="/evaluation"] button')
    assert.match((await page.textContent('main'))!, /谢谢|Thank you/)
    await look('evaluated')
    await context.close()
    await twin.close()
  })

test('an inquiry is handed in without an account, with script on', async () => {
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 390, height: 800 } })
  const page = await context.newPage()
  failOnComplaints(page)
  await page.goto(`${address}/portal/hand-in/hotline-12345`)
  await answerQuestion(page)
  await press(page, 'main a.button')
  await fillPages(
    page,
    {
      kind: 'consultation',
      content: '虚构的咨询',
      anonymous: 'no',
      'caller.name': '虚构赵某某',
      'caller.kind': 'person',
      'caller.phone': '13000000009',
      wantsReply: 'yes',
      confidential: 'no',
    },
    async () => {},
  )
  await press(page, 'a[href$="/check"]')
  await page.check('[name=consent][value=no]')
  await submit(page)
  assert.ok(page.url().endsWith('/receipt'))
  await context.close()
})

async function lookAt(twin: BrowserContext, page: Page, where: string): Promise<void> {
  if (PICTURES) await page.screenshot({ path: path.join(PICTURES, `hand-in ${where}.png`), fullPage: true })
  // What axe needs script for is done on the same markup in the twin.
  await twin.clearCookies()
  const looked = await twin.newPage()
  await looked.route('**/*', async (route) => {
    if (route.request().resourceType() !== 'document') return route.continue()
    return route.fulfill({ status: 200, contentType: 'text/html; charset=utf-8', body: await page.content() })
  })
  await looked.goto(page.url())
  await refuseViolations(looked, where)
  await looked.close()
}
