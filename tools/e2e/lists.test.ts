import assert from 'node:assert/strict'
import ExcelJS from 'exceljs'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { catalogue } from '#procedures/catalogue.ts'
import { openChromium, refuseViolations } from './chromium.ts'
import { createServer } from '#server/server.ts'
import { holdingsOn } from '#store/holdings.ts'
import { loadRegisters } from '#store/registers.ts'
import { loadYear } from '#store/load-year.ts'
import { openStore } from '#store/store.ts'
import { place } from '#district/place.ts'
import { publishedCalendar } from '#district/calendar.ts'
import { registers } from '#registers/registers.ts'
import { SYSTEM } from '#engine/apply-step.ts'
import type { Browser, Locator, Page } from '@playwright/test'
import type { FastifyInstance } from 'fastify'
import type { Store } from '#store/store.ts'
import type { Viewer } from '#identity/viewer.ts'

// Lists and registers as their readers use them. Who signs in is named by a cookie: signing in has tests of its own.

const NOW = '2020-12-20T09:00:00+08:00'
let root: string
let store: Store
let app: FastifyInstance
let address: string
let browser: Browser
let viewers: Map<string, Viewer>

before(async () => {
  browser = await openChromium()
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'yifa-lists-e2e-'))
  fs.chmodSync(root, 0o755)
  store = await openStore({ folder: path.join(root, 'data'), region: '321302', as: 'own' })
  const office = { store, catalogue, calendar: publishedCalendar }
  await loadRegisters(store, registers, SYSTEM, '2019-01-02T09:00+08:00')
  await loadYear(office, registers, { year: 2020, seed: 1, scale: 0.01 }, '2020-12-18T09:00+08:00', () => {})
  viewers = new Map([...(await holdingsOn(store, '2020-12-20'))].map(([person, holdings]) => [person, { person, holdings }]))
  app = await createServer({
    ...office,
    place,
    now: () => NOW,
    demonstration: true,
    identify: async ({ cookie }) => viewers.get(decodeURIComponent(/who=([^;]+)/.exec(cookie ?? '')?.[1] ?? '')),
  })
  address = await app.listen({ port: 0, host: '127.0.0.1' })
})

after(async () => {
  await browser?.close()
  await app?.close()
  await store?.close()
  fs.rmSync(root, { recursive: true, force: true })
})

/** Who holds a post in an organ, or of a procedure; of supervision only where it is named: its posts have the names of others. */
function holder(post: string, where: string): string {
  const found = [...viewers.values()].find(({ holdings }) =>
    holdings.some(
      (held) =>
        held.post === post && (held.procedures.includes(where) || (held.organ === where && !held.procedures.includes('case-supervision'))),
    ),
  )
  assert.ok(found, `${post} ${where}`)
  return found.person
}

interface Options {
  readonly as?: string
  readonly width?: number
  readonly locale?: string
  readonly dark?: boolean
}

async function open(where: string, { as, width = 1280, locale = 'zh-CN', dark = false }: Options = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale, colorScheme: dark ? 'dark' : 'light' })
  if (as !== undefined) await context.addCookies([{ name: 'who', value: encodeURIComponent(as), url: address }])
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  page.on('pageerror', (error) => assert.fail(`${where}: ${error}`))
  await page.goto(`${address}/workbench${where}`)
  await page.locator('main h1').first().waitFor()
  return page
}

async function option(of: Locator): Promise<string> {
  await of.waitFor({ state: 'attached' })
  return (await of.getAttribute('value'))!
}

/** Waits until nothing is being read. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await page.locator('main .ant-skeleton').waitFor({ state: 'detached' })
}

test('各页：中英文，电脑与手机宽度，深浅色，无横向滚动，无障碍检查无违规', async () => {
  const registrar = holder('registrar', 'register:mediators')
  for (const [where, as] of [
    ['/cases', holder('agent', 'grid-centre')],
    ['/cases?procedure=hotline-12345&late=yes&order=due', undefined],
    ['/registers', undefined],
    ['/registers/mediators', registrar],
    ['/registers/mediators/entries/TYTJ-001', undefined],
    ['/registers/mediators/propose?key=TYTJ-001', registrar],
    ['/registers/mediators/import', registrar],
    ['/proposals', registrar],
  ] as const) {
    for (const [width, locale, dark] of [
      [1280, 'zh-CN', false],
      [390, 'en', true],
    ] as const) {
      const page = await open(where, { ...(as === undefined ? {} : { as }), width, locale, dark })
      await settled(page)
      await refuseViolations(page, where)
      await page.context().close()
    }
  }
})

test('案件列表：筛选留在网址里，两个字可查，视图可存，负责人可批量指派', async () => {
  const head = holder('organ-head', 'market-regulation')
  const handler = holder('handler', 'market-regulation')
  const page = await open('/cases', { as: head })
  await page.locator('main tbody tr').first().waitFor()
  const all = await page.locator('main tbody tr').count()

  await page.getByLabel('办理情况').selectOption('no')
  await page.waitForURL(/running=no/)
  await settled(page)
  await page.reload()
  await page.locator('main tbody tr').first().waitFor()
  assert.equal(await page.getByLabel('办理情况').inputValue(), 'no')

  await page.getByText('保存的视图').click()
  await page.getByLabel('视图名称').fill('已办结的')
  await page.getByRole('button', { name: '保存当前视图' }).click()
  await page.getByRole('button', { name: '已办结的', exact: true }).waitFor()
  await page.getByRole('button', { name: '清除筛选' }).click()
  await page.waitForURL((url) => !url.search.includes('running'))
  await page.getByRole('button', { name: '已办结的', exact: true }).click()
  await page.waitForURL(/running=no/)
  await page.getByRole('button', { name: '清除筛选' }).click()

  await page.getByRole('searchbox').fill('消费')
  await page.getByRole('searchbox').press('Enter')
  await page.waitForURL(/q=/)
  await settled(page)
  const found = await page.locator('main tbody tr').count()
  assert.ok(found > 0 && found <= all, `${found} of ${all}`)
  await page.getByRole('searchbox').fill('龘龘')
  await page.getByRole('searchbox').press('Enter')
  await page.getByText('没有符合条件的案件。').waitFor()
  await page.getByRole('button', { name: '清除筛选' }).click()

  const boxes = page.getByRole('checkbox', { name: /^选择 / })
  await boxes.first().waitFor()
  await boxes.nth(0).check()
  await boxes.nth(1).check()
  await page.getByText('已选 2 件').waitFor()
  const assigning = page.getByRole('region', { name: '指派' })
  await assigning.getByLabel('承办人').selectOption(await option(assigning.getByRole('option', { name: handler })))
  await assigning.getByLabel('理由').fill('按分工')
  await assigning.getByRole('button').click()
  await page.locator('main tbody').getByText(handler).nth(1).waitFor()
  await page.context().close()
})

test('名册导入：有错的行逐一列出，改正后整份提交，另一人通过后生效', async () => {
  const file = path.join(root, 'import.xlsx')
  const write = async (second: string): Promise<void> => {
    const workbook = new ExcelJS.Workbook()
    const sheet = workbook.addWorksheet('x')
    sheet.addRow(['名册编号', '生效日', '姓名或名称', '类别', '擅长纠纷类型'])
    sheet.addRow(['TYTJ-801', '2020-12-01', '虚构𠮷·0801', '特邀调解员', 'loan、sale'])
    sheet.addRow(['TYTJ-802', second, '虚构䶮·0802', '特邀调解员', 'loan'])
    await workbook.xlsx.writeFile(file)
  }
  const page = await open('/registers/mediators/import', { as: holder('registrar', 'register:mediators') })
  // Corrected, the file has the same name: it is chosen as a person would.
  const choose = async (): Promise<void> => {
    const chooser = page.waitForEvent('filechooser')
    await page.getByLabel('XLSX 文件').click()
    await (await chooser).setFiles(file)
  }
  await write('2020-02-30')
  await choose()
  await page.getByRole('cell', { name: /不是存在的日期/ }).waitFor()
  assert.equal(await page.getByRole('button', { name: '提交审核' }).count(), 0)
  await write('2020-12-01')
  await choose()
  await page.getByText('新增 2 条，修改 0 条，不变 0 条。').waitFor()
  await refuseViolations(page, 'a sheet with bad rows')
  await page.getByLabel('理由').fill('新聘')
  await page.getByRole('button', { name: '提交审核' }).click()
  await page.getByText('已提交，等待另一人审核。').waitFor()
  await page.context().close()

  const approver = await open('/proposals', { as: holder('register-approver', 'register:mediators') })
  await approver.getByRole('link', { name: '特邀调解名册' }).click()
  await approver.getByText('虚构𠮷·0801').waitFor()
  await approver.getByLabel('理由').fill('属实')
  await approver.getByRole('button', { name: /^通\s?过$/ }).click()
  await approver.getByText('已通过').waitFor()
  await approver.goto(`${address}/workbench/registers/mediators?q=0802`)
  await approver.getByText('虚构䶮·0802').waitFor()
  await approver.context().close()
})
