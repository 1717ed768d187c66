import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { openChromium, refuseViolations } from './chromium.ts'
import { spawn, spawnSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Page } from '@playwright/test'
import type { ChildProcess } from 'node:child_process'

// The first page as its reader uses it: in a real browser, with and without script, on a screen and on a phone.

const BIN = path.join(import.meta.dirname, '..', '..', 'bin', 'yifa.mjs')
let root: string
let server: ChildProcess
let address: string
let browser: Browser

before(async () => {
  browser = await openChromium()
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'yifa-pages-'))
  fs.chmodSync(root, 0o755)
  const data = path.join(root, 'data')
  const demo = spawnSync(process.execPath, [BIN, 'demo', '--scale', '0.02', '--data', data], { encoding: 'utf8' })
  assert.equal(demo.status, 0, demo.stderr)
  server = spawn(process.execPath, [BIN, 'start', '--data', data, '--port', '0', '--json'], { stdio: ['ignore', 'pipe', 'inherit'] })
  let out = ''
  server.stdout!.setEncoding('utf8').on('data', (text: string) => (out += text))
  for (let waited = 0; !out.includes('\n') && waited < 60_000; waited += 50) await sleep(50)
  address = (JSON.parse(out) as { address: string }).address
})

after(async () => {
  await browser?.close()
  const ended = new Promise((resolve) => server?.once('exit', resolve))
  server?.kill('SIGTERM')
  await ended
  fs.rmSync(root, { recursive: true, force: true })
})

async function open(where: string, options: { width?: number; script?: boolean; locale?: string } = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: 900 },
    javaScriptEnabled: options.script ?? true,
    locale: options.locale ?? 'zh-CN',
  })
  const page = await context.newPage()
  const said: string[] = []
  page.on('console', (message) => message.type() === 'error' && said.push(message.text()))
  page.on('pageerror', (error) => said.push(String(error)))
  const response = await page.goto(address + where)
  assert.equal(response?.status(), 200, where)
  assert.deepEqual(said, [], `errors in the browser at ${where}`)
  return page
}

test('自报告的一个数，点开到其案件，再到案件的期限与理由', async () => {
  const page = await open('/report/2020', { script: false })
  await page.locator('a[href*="/figures/pre-trial-mediation.cases"]').first().click()
  await page.waitForLoadState()
  assert.match((await page.locator('main').textContent()) ?? '', /select count/, 'the query is there to open')
  await page.locator('main a[href*="/cases/"]').first().click()
  await page.waitForLoadState()
  const text = await page.locator('main').innerText()
  assert.match(text, /宿城诉前调〔20(19|20)〕\d+号/)
  await page.locator('details summary').first().click()
  assert.match(await page.locator('main').innerText(), /不计入期间/)
})

test('报告、案件列表、程序、名录、存证各页：中英文，电脑与手机宽度，无横向滚动，无障碍检查无违规', async () => {
  for (const where of [
    '/',
    '/report/2020',
    '/cases?procedure=hotline-12345',
    '/procedures/reconsideration',
    '/registers/mediators',
    '/ledger',
    '/figures/hotline.satisfaction?year=2020',
  ]) {
    for (const [width, locale] of [
      [1280, 'zh-CN'],
      [390, 'en'],
    ] as const) {
      const page = await open(where, { width, locale })
      assert.equal(await page.locator('html').getAttribute('lang'), locale === 'en' ? 'en' : 'zh-CN', where)
      await refuseViolations(page, where)
      await page.context().close()
    }
  }
})

test('键盘可达：第一个焦点是“跳到正文”', async () => {
  const page = await open('/')
  await page.keyboard.press('Tab')
  assert.equal(await page.evaluate<string>("document.activeElement.getAttribute('href')"), '#main')
})
