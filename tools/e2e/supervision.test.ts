import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { catalogue } from '#procedures/catalogue.ts'
import { openChromium, refuseViolations } from './chromium.ts'
import { createServer } from '#server/server.ts'
import { entriesOn, loadRegisters } from '#store/registers.ts'
import { loadYear } from '#store/load-year.ts'
import { openStore } from '#store/store.ts'
import { place } from '#district/place.ts'
import { publishedCalendar } from '#district/calendar.ts'
import { registers } from '#registers/registers.ts'
import { SYSTEM } from '#engine/apply-step.ts'
import type { Browser, BrowserContext, Page } from '@playwright/test'
import type { FastifyInstance } from 'fastify'
import type { Holding, Viewer } from '#identity/viewer.ts'
import type { Store } from '#store/store.ts'

// Supervision and the report as those who do them use them: in a real browser, in both languages, wide and on a phone.

const NOW = '2021-01-08T10:00:00+08:00'
const TODAY = NOW.slice(0, 10)

let root: string
let store: Store
let app: FastifyInstance
let address: string
let browser: Browser

before(async () => {
  browser = await openChromium()
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'yifa-supervision-'))
  fs.chmodSync(root, 0o755)
  store = await openStore({ folder: path.join(root, 'data'), region: '321302', as: 'own' })
  const office = { store, catalogue, calendar: publishedCalendar }
  await loadRegisters(store, registers, SYSTEM, '2020-01-02T09:00+08:00')
  await loadYear(office, registers, { year: 2020, seed: 5, scale: 0.01 }, NOW, () => {})
  // Who comes is named by a cookie: accounts are tested where they are made.
  app = await createServer({
    ...office,
    place,
    now: () => NOW,
    identify: ({ cookie }) => viewerNamed(/who=([^;]+)/.exec(cookie ?? '')?.[1]),
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const bound = app.server.address()
  assert.ok(bound !== null && typeof bound === 'object')
  address = `http://127.0.0.1:${bound.port}`
})

after(async () => {
  await browser?.close()
  await app?.close()
  await store?.close()
  fs.rmSync(root, { recursive: true, force: true })
})

async function viewerNamed(cookie: string | undefined): Promise<Viewer | undefined> {
  if (cookie === undefined) return undefined
  const person = decodeURIComponent(cookie)
  const held = (await entriesOn(store, 'posts', TODAY)).filter(({ value }) => value['person'] === person)
  const holdings = held.map(({ key, value }): Holding => ({
    key,
    post: String(value['post']),
    organ: String(value['organ']),
    procedures: value['procedures'] as string[],
    as: 'regular',
    ...(value['supervises'] === true ? { supervises: true } : {}),
  }))
  return { person, holdings }
}

/** The person who holds a post in the demonstration's register. */
function holderOf(key: string): string {
  const entry = registers.find(({ id }) => id === 'posts')!.entries.find((one) => one.key === key)
  assert.ok(entry, key)
  return String(entry.value['person'])
}

async function as(person: string, { width = 1280, locale = 'zh-CN' } = {}): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale })
  await context.addCookies([{ name: 'who', value: encodeURIComponent(person), url: address }])
  return context
}

/** Sends a file as the application does, from the page that stands open, and answers how a step names it. */
async function uploaded(person: string, name: string, content: string): Promise<{ name: string; sha256: string; bytes: number }> {
  const context = await as(person)
  const page = await context.newPage()
  await page.goto(`${address}/workbench/supervision`)
  const file = await page.evaluate(
    async ([name, content]) => {
      const body = new TextEncoder().encode(content)
      const tus = { 'tus-resumable': '1.0.0' }
      const metadata = `filename ${btoa(String.fromCharCode(...new TextEncoder().encode(name)))}`
      const created = await fetch('/api/v1/files', {
        method: 'POST',
        headers: { ...tus, 'upload-length': String(body.length), 'upload-metadata': metadata },
      })
      const url = created.headers.get('location')!
      await fetch(url, {
        method: 'PATCH',
        headers: { ...tus, 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' },
        body,
      })
      const { sha256, bytes } = (await (await fetch(url)).json()) as { sha256: string; bytes: number }
      return { sha256, bytes }
    },
    [name, content] as const,
  )
  await context.close()
  return { name, ...file }
}

function listened(page: Page): string[] {
  const said: string[] = []
  page.on('console', (message) => message.type() === 'error' && said.push(message.text()))
  page.on('pageerror', (error) => said.push(String(error)))
  return said
}

/** What the person does by the API, from a page of the site: the forms of a case have tests of their own. */
async function step(person: string, id: string, name: string, expected: number, input: object): Promise<{ status: number; code?: string }> {
  const context = await as(person)
  const page = await context.newPage()
  await page.goto(`${address}/workbench/supervision`)
  const answer = await page.evaluate(
    async ([url, body]) => {
      const response = await fetch(url!, {
        method: 'POST',
        headers: { accept: 'application/json', 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
        body: body!,
      })
      return { status: response.status, ...((await response.json()) as object) }
    },
    [`/api/v1/cases/${id}/steps`, JSON.stringify({ step: name, expected, input })],
  )
  await context.close()
  return answer
}

test('a late case → finding → notice → rectification → look-back by another', async () => {
  const [noticing, looking] = [holderOf('justice.case-supervision.supervisor.1'), holderOf('justice.case-supervision.supervisor.2')]
  const context = await as(noticing)
  const page = await context.newPage()
  const said = listened(page)
  await page.goto(`${address}/workbench/supervision`)
  // The tile opens onto the findings that it counts.
  await page.locator('.tile.late button').click()
  const first = page.locator('table.findings tbody tr').first()
  await first.locator('.late-tag').waitFor()
  const number = await first.locator('th a').innerText()
  await first.getByRole('button').click()
  await page.getByRole('dialog').getByLabel('发现的情况').fill('期限已过最后一日，尚未答复。')
  await refuseViolations(page, 'the dialog')
  await page.getByRole('dialog').getByRole('button', { name: '立案', exact: true }).click()
  const opened = page.getByRole('dialog').getByRole('link', { name: /已立案/ })
  await opened.waitFor()
  const id = (await opened.getAttribute('href'))!.split('/').at(-1)!
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  // The finding says that it is under supervision now.
  const row = page.locator('table.findings tbody tr', { hasText: number }).first()
  await row.getByRole('link', { name: /监督中/ }).waitFor()
  assert.deepEqual(said, [])
  await context.close()

  const notice = { noticedOn: TODAY, organ: 'housing', demand: '限期答复。', dueOn: '2021-01-15' }
  assert.equal((await step(noticing, id, 'notify', 1, notice)).status, 201)
  const handler = holderOf('housing.case-supervision.handler.1')
  const rectified = {
    rectifiedOn: TODAY,
    cause: 'coordination',
    measures: '已答复当事人。',
    proof: [await uploaded(handler, '答复.pdf', '%PDF-1.7\n% 已答复当事人')],
  }
  assert.equal((await step(handler, id, 'rectify', 2, rectified)).status, 201)
  const looked = { lookedBackOn: TODAY, lookBackBy: 'records', isSettled: true, lookBackFacts: '案卷已有答复。' }
  assert.equal((await step(noticing, id, 'look-back', 3, looked)).code, 'step.not-apart')
  assert.equal((await step(looking, id, 'look-back', 3, looked)).status, 201)
})

test('supervision: both languages, wide and on a phone; each chart has its table', async () => {
  for (const [width, locale] of [
    [1280, 'zh-CN'],
    [390, 'en'],
  ] as const) {
    const context = await as(holderOf('gov-office.case-supervision.supervisor.1'), { width, locale })
    const page = await context.newPage()
    const said = listened(page)
    await page.goto(`${address}/workbench/supervision`)
    await page.locator('input[type=date]').first().fill('2020-01-01')
    // Months are drawn only where something was opened or closed in the period: this year nothing was.
    await page.locator('.charts > section:nth-child(3) svg').waitFor()
    for (const summary of await page.locator('.charts summary').all()) await summary.click()
    assert.equal(await page.locator('.charts table').count(), 3)
    // A link under the pointer must be as legible as the others.
    await page.locator('.charts table a').first().hover()
    await refuseViolations(page, `supervision ${locale}`)
    assert.deepEqual(said, [])
    await context.close()
  }
})

test('the report: a section is written and checked as it is typed, then frozen, and the edition is read-only', async () => {
  const editor = holderOf('justice.all.report-editor.1')
  const context = await as(editor)
  const page = await context.newPage()
  const said = listened(page)
  await page.goto(`${address}/workbench/reports`)
  await page.getByRole('link', { name: /2020/ }).click()
  const section = page.locator('#section-2\\.6\\.1')
  await section.getByRole('button', { name: /^编辑/ }).click()
  const text = section.getByLabel('第 1 段（中文）')
  await text.fill('全年共调解案件98765件，调解成功{pre-trial-mediation.succeeded}，调成率{pre-trial-mediation.success-rate}。')
  const check = page.locator('.report-aside .check-findings').first()
  await check.getByText('手工数字').waitFor()
  await check.getByText('缺少数据').first().waitFor()
  await check.getByRole('link', { name: /98765/ }).first().waitFor()
  await refuseViolations(page, 'the editor')
  await text.fill('诉前调解案件')
  await section.getByLabel('插入数据').selectOption('pre-trial-mediation.cases')
  assert.equal(await text.inputValue(), '诉前调解案件{pre-trial-mediation.cases}')
  await text.fill(
    '诉前调解案件{pre-trial-mediation.cases}，调解成功{pre-trial-mediation.succeeded}，调成率{pre-trial-mediation.success-rate}，较上年平稳。',
  )
  await section.getByRole('button', { name: '保存' }).click()
  await section.locator('p[id]', { hasText: '较上年平稳' }).waitFor()
  const chip = section.locator('.figure-chip').first()
  await chip.focus()
  await page.getByRole('tooltip').getByText('上年').waitFor()
  assert.match((await chip.getAttribute('href'))!, /^\/figures\/pre-trial-mediation\.cases\?year=2020$/)

  await page.getByRole('button', { name: '定稿' }).click()
  await refuseViolations(page, 'the freeze')
  await page.getByRole('dialog').getByRole('button', { name: '定稿' }).click()
  await page.locator('.report-aside .checkpoint').getByText('yifa/321302').waitFor()
  await page.getByRole('link', { name: '第 1 版定稿' }).click()
  await page.waitForURL(/\/editions\//)
  await page.locator('.report-aside').waitFor({ state: 'detached' })
  await page.getByText('较上年平稳').waitFor()
  assert.equal(await page.locator('main button, main textarea').count(), 0)
  await refuseViolations(page, 'the edition')
  assert.deepEqual(said, [])
  await context.close()

  const reader = await as(holderOf('justice.case-supervision.supervisor.1'), { width: 390, locale: 'en' })
  const phone = await reader.newPage()
  await phone.goto(`${address}/workbench/reports/2020`)
  await phone.getByText('You may read it').waitFor()
  assert.equal(await phone.getByRole('button', { name: /^Edit/ }).count(), 0)
  await refuseViolations(phone, 'the report on a phone')
  await reader.close()
})
