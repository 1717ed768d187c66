import assert from 'node:assert/strict'
import { ACCESSIBILITY_RESULTS } from '#server/portal/accessibility.ts'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { catalogue } from '#procedures/catalogue.ts'
import { openChromium, PICTURES, violationsOf } from './chromium.ts'
import { createServer } from '#server/server.ts'
import { openStore } from '#store/store.ts'
import { place } from '#district/place.ts'
import { publishedCalendar } from '#district/calendar.ts'
import type { AccessibilityResults } from '#server/portal/accessibility.ts'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from '@playwright/test'
import type { FastifyInstance } from 'fastify'
import type { Store } from '#store/store.ts'

// The portal in a real browser, on a telephone and on a screen. Its pages hold no script, and a citizen uses them with script off; only axe, which is
// one itself, needs it on.

/** Each page in both languages and at both widths; which with which matters little, and axe takes its time. */
const SEEN = [
  [1280, 'zh-CN'],
  [390, 'en'],
] as const
const PAGES = {
  home: '/portal',
  guides: '/portal/guides',
  guide: '/portal/guides/reconsideration',
  version: '/portal/guides/reconsideration?on=2020-01-01',
  own: '/portal/guides/case-supervision',
  search: '/portal/search',
  found: '/portal/search?q=%E5%A4%8D%E8%AE%AE',
  nothing: '/portal/search?q=zzzz',
  unknown: '/portal/guides/none',
  deadlines: '/portal/deadlines',
  deadline: '/portal/deadlines/reconsideration/decide?start=2026-03-02&fact-procedureKind=ordinary&longer-1=30',
  refused: '/portal/deadlines/reconsideration/decide?start=2026-02-30&longer-1=x',
  elder: '/portal?elder=1',
  contrast: '/portal/guides/reconsideration?contrast=1',
  both: '/portal/deadlines?elder=1&contrast=1',
  accessibility: '/portal/accessibility',
  verify: '/portal/verify',
  data: '/portal/data',
  reports: '/portal/reports',
  ledger: '/ledger',
}

/** What axe found, for the portal’s own statement. */
const found: AccessibilityResults['pages'][number][] = []

let root: string
let store: Store
let app: FastifyInstance
let address: string
let browser: Browser

before(async () => {
  browser = await openChromium()
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'yifa-portal-'))
  fs.chmodSync(root, 0o755)
  store = await openStore({ folder: path.join(root, 'data'), region: '321302', as: 'own' })
  app = await createServer({ store, catalogue, calendar: publishedCalendar, place, now: () => '2026-03-02T09:00:00+08:00' })
  await app.listen({ port: 0, host: '127.0.0.1' })
  address = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
})

after(async () => {
  if (found.length === Object.keys(PAGES).length * SEEN.length) {
    fs.mkdirSync(path.dirname(ACCESSIBILITY_RESULTS), { recursive: true })
    const results: AccessibilityResults = { on: new Date().toISOString().slice(0, 10), pages: found }
    fs.writeFileSync(ACCESSIBILITY_RESULTS, JSON.stringify(results, null, 1))
  }
  await browser?.close()
  await app?.close()
  await store?.close()
  fs.rmSync(root, { recursive: true, force: true })
})

async function open(where: string, width: number, locale: string, script = true): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale, javaScriptEnabled: script })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  await page.goto(`${address}${where}`, { waitUntil: 'load' })
  return page
}

for (const [name, where] of Object.entries(PAGES)) {
  test(`${name}: no axe violation and no sideways scrolling, both languages, telephone and screen`, async () => {
    for (const [width, locale] of SEEN) {
      const page = await open(where, width, locale)
      assert.equal(await page.locator('html').getAttribute('lang'), locale)
      const violations = await violationsOf(page, name)
      found.push({ page: where, language: locale, width, violations: violations.map((one) => one.split(':')[0]!) })
      assert.deepEqual(violations, [], `${where} ${locale} ${width}`)
      await page.context().close()
    }
  })
}

test('a citizen searches, opens a guide at what was found, and sees the flow chart, by keyboard and without script', async () => {
  const page = await open('/portal', 390, 'zh-CN', false)
  await page.keyboard.press('Tab')
  assert.equal(await page.locator(':focus').getAttribute('href'), '#main')
  await page.locator('#q').focus()
  await page.keyboard.type('補正期限')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/portal\/search\?q=/)
  const first = page.locator('.found a').first()
  assert.equal(await first.innerText(), '补正期限')
  await first.focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/portal\/guides\/reconsideration#clock-correct$/)
  assert.ok(await page.locator('#clock-correct').isVisible())
  const chart = page.locator('img.flow')
  await page.getByText('以文字显示').click()
  assert.match(await page.locator('#flow-words').innerText(), /立案 →\s*待审查：收到申请/)
  const image = await page.context().newPage()
  const drawn = await image.goto(`${address}${await chart.getAttribute('src')}`)
  assert.equal(drawn?.status(), 200)
  assert.ok(await image.locator('svg.flow').isVisible())
  await page.context().close()
})

test('a guide prints without what belongs to the screen', async () => {
  const page = await open('/portal/guides/reconsideration', 1280, 'zh-CN')
  await page.emulateMedia({ media: 'print' })
  for (const hidden of ['.top nav', '.contents', '.bottom', '.language'])
    assert.equal(await page.locator(hidden).first().isVisible(), false, hidden)
  assert.ok(await page.locator('#fee').isVisible())
  fs.writeFileSync(path.join(PICTURES, 'guide.pdf'), await page.pdf({ format: 'A4' }))
  await page.context().close()
})
