import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { exampleOffice } from './example-office.ts'
import { failOnComplaints, openChromium, refuseViolations } from './chromium.ts'
import { receiptOf } from '#store/receipt.ts'
import { seal } from '#store/ledger.ts'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from '@playwright/test'
import type { ExampleOffice } from './example-office.ts'
import type { Receipt } from '#ledger/verify.ts'

// A citizen checks a receipt: by the server without script, in the browser, and from a saved page with the server stopped.

let own: ExampleOffice
let browser: Browser
let address: string
let receipt: Receipt
let folder: string

before(async () => {
  browser = await openChromium()
  own = await exampleOffice()
  const id = await own.opened()
  await own.opened()
  await seal(own.office.store, own.now)
  receipt = await receiptOf(own.office.store, id)
  await own.app.listen({ port: 0, host: '127.0.0.1' })
  address = `http://127.0.0.1:${(own.app.server.address() as AddressInfo).port}`
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yifa-verify-'))
})

after(async () => {
  await browser?.close()
  await own?.close()
  fs.rmSync(folder, { recursive: true, force: true })
})

async function open(where: string, options: { script?: boolean; width?: number; locale?: string } = {}): Promise<Page> {
  const { script = true, width = 390, locale = 'zh-CN' } = options
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale, javaScriptEnabled: script })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  if (script) failOnComplaints(page)
  await page.goto(where, { waitUntil: 'load' })
  return page
}

const changed = () => ({ ...receipt, openPayload: { ...(receipt.openPayload as object), on: '2024-03-05' } })

test('without script the server answers, and the result stands WCAG', async () => {
  const page = await open(`${address}/portal/verify`, { script: false })
  await page.locator('#receipt').fill(JSON.stringify(receipt))
  await page.locator('form.boxes button').click()
  assert.match(await page.locator('#verdict').innerText(), /回执真实，未被改动/)
  assert.ok(await page.locator('.qr svg').isVisible())
  await page.context().close()
})

test('with script the browser answers itself: nothing is sent', async () => {
  for (const [width, locale, says] of [
    [390, 'zh-CN', /回执真实/],
    [1280, 'en', /genuine and unchanged/],
  ] as const) {
    const page = await open(`${address}/portal/verify`, { width, locale })
    const sent: string[] = []
    page.on('request', (request) => sent.push(request.url()))
    await page.locator('#receipt').fill(JSON.stringify(receipt))
    await page.locator('form.boxes button').click()
    await page.locator('#outcome .good-text').waitFor()
    assert.match(await page.locator('#outcome').innerText(), says)
    assert.deepEqual(sent, [])
    await refuseViolations(page, `/portal/verify ${locale}`)
    await page.context().close()
  }
})

test('a receipt behind the # of a QR code is checked at once; a document is looked up by its digest alone', async () => {
  const page = await open(`${address}/portal/verify#receipt=${encodeURIComponent(JSON.stringify(receipt))}`)
  await page.locator('#outcome .good-text').waitFor()
  await page.locator('#file').setInputFiles({ name: 'x.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') })
  await page.locator('#outcome a').click()
  await page.waitForURL(/\/portal\/verify\?sha256=[0-9a-f]{64}$/)
  assert.match(await page.locator('#verdict').innerText(), /账本中没有这个文件/)
  await page.context().close()
})

test('a saved page checks from disc with the server stopped, and finds a changed receipt out by name', async () => {
  const saved = path.join(folder, 'verify.html')
  fs.writeFileSync(saved, await (await fetch(`${address}/portal/verify/standalone`)).text())
  const [good, bad] = [path.join(folder, 'good.json'), path.join(folder, 'bad.json')]
  fs.writeFileSync(good, JSON.stringify(receipt, null, 2))
  fs.writeFileSync(bad, JSON.stringify(changed()))
  await own.app.close()
  await assert.rejects(fetch(address))

  const page = await open(pathToFileURL(saved).href)
  await page.locator('#file').setInputFiles(good)
  await page.locator('#outcome .good-text').waitFor()
  await page.locator('#file').setInputFiles(bad)
  await page.locator('#outcome .late-text').first().waitFor()
  assert.match(await page.locator('#outcome').innerText(), /changed-value: 公开部分与账本不符/)
  const forged = { ...receipt, checkpoint: receipt.checkpoint.replace('\nat 2024', '\nat 2023') }
  await page.locator('#file').setInputFiles([])
  await page.locator('#receipt').fill(JSON.stringify(forged))
  await page.locator('button').click()
  await page.locator('#outcome', { hasText: 'bad-signature' }).waitFor()
  await refuseViolations(page, 'the saved page')
  await page.context().close()
})
