import assert from 'node:assert/strict'
import { AxeBuilder } from '@axe-core/playwright'
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { chromium } from '@playwright/test'
import { once } from 'node:events'
import { spawnSync } from 'node:child_process'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from '@playwright/test'

const ROOT = path.join(import.meta.dirname, '..', '..')
const CHROMIUM = [process.env['YIFA_CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (file) => file && fs.existsSync(file),
)

/** The browser of the tests, and the workbench built for it. */
export async function openChromium(): Promise<Browser> {
  assert.ok(CHROMIUM, 'no Chromium: the test command installs it, or name one by YIFA_CHROMIUM')
  const built = spawnSync(process.execPath, [path.join(ROOT, 'tools', 'build-workbench.mjs')], { encoding: 'utf8' })
  assert.equal(built.status, 0, built.stderr)
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

/** Where pictures of the pages are left to be looked at. */
export const PICTURES = path.join(ROOT, 'build', 'pictures')

/** A page fits its width, and axe finds nothing against WCAG 2.1 AA; a picture of it is kept. @param where what to call it */
export async function refuseViolations(page: Page, where: string): Promise<void> {
  assert.deepEqual(await violationsOf(page, where), [], where)
}

/** What axe finds against WCAG 2.1 AA on a page, which must fit its width; a picture of it is kept. */
export async function violationsOf(page: Page, where: string): Promise<string[]> {
  const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')
  assert.ok(overflow <= 1, `${where} is ${overflow} px too wide`)
  // Colours fade in: what is measured half way is neither.
  await page.evaluate(
    'Promise.allSettled(document.getAnimations().filter((one) => one instanceof CSSTransition).map((one) => one.finished))',
  )
  await keepPicture(page, where)
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
}

async function keepPicture(page: Page, where: string): Promise<void> {
  fs.mkdirSync(PICTURES, { recursive: true })
  const language = await page.locator('html').getAttribute('lang')
  const name = `${where}-${language}-${page.viewportSize()?.width}`.replace(/[^\p{L}\p{N}-]+/gu, '-').replace(/^-+/, '')
  await page.screenshot({ path: path.join(PICTURES, `${name}.png`), fullPage: true })
}

/** What a page complains of fails the test, but for the refusals that the page itself shows. */
export function failOnComplaints(page: Page): void {
  page.on('pageerror', (error) => assert.fail(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource.*(40[0139]|422|429)/.test(message.text())) assert.fail(message.text())
  })
}

/** For a server that must know its own address before it listens. */
export async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
