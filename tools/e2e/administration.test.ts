import assert from 'node:assert/strict'
import { appCode } from '#server/api/browser-of-tests.ts'
import ExcelJS from 'exceljs'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { catalogue } from '#procedures/catalogue.ts'
import { calendarInForce } from '#store/calendar-in-force.ts'
import { openChromium, refuseViolations } from './chromium.ts'
import { createServer } from '#server/server.ts'
import { dateIn, instantText } from '#engine/day.ts'
import { defaultPolicy } from '#identity/account-policy.ts'
import { deliverEvents } from '#server/deliver-events.ts'
import { loadRegisters } from '#store/registers.ts'
import { makeAccounts } from '#accounts/manage-accounts.ts'
import { once } from 'node:events'
import { openAccounts, OPERATOR } from '#accounts/account-office.ts'
import { openCase } from '#store/take-step.ts'
import { openStore } from '#store/store.ts'
import { organsRegister } from '#registers/organs.ts'
import { place } from '#district/place.ts'
import { posts } from '#registers/posts.ts'
import { publishedCalendar } from '#district/calendar.ts'
import { SYSTEM } from '#engine/apply-step.ts'
import type { AddressInfo } from 'node:net'
import type { Administrator } from '#identity/viewer.ts'
import type { Browser, BrowserContext, Page } from '@playwright/test'
import type { FastifyInstance } from 'fastify'
import type { Store } from '#store/store.ts'

// The three administrators at their pages, in a real browser: accounts of their own, with a second factor, as the law of three people has it.

const OWN = 'lantern river copper 41'
const now = (): string => instantText(Date.now())
const nextYear = Number(dateIn(now()).slice(0, 4)) + 1

let root: string
let store: Store
let app: FastifyInstance
let address: string
let browser: Browser
const initial = new Map<Administrator, string>()
const contexts = new Map<Administrator, BrowserContext>()

before(async () => {
  browser = await openChromium()
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'yifa-administrators-'))
  fs.chmodSync(root, 0o755) // the database's user must reach it
  store = await openStore({ folder: path.join(root, 'data'), region: '321302', as: 'own' })
  await loadRegisters(store, [organsRegister, posts], SYSTEM, '2019-03-01T09:00+08:00')
  const port = await freePort()
  address = `http://127.0.0.1:${port}`
  const office = openAccounts({
    store,
    origin: address,
    policy: defaultPolicy,
    providers: [],
    place: place.name,
    demonstration: false,
    now,
  })
  for (const administrator of ['system', 'security', 'audit'] as const) {
    const [made] = await makeAccounts(office, [{ username: administrator, person: `虚构${administrator}`, administrator }], OPERATOR)
    initial.set(administrator, made!.initialPassword)
  }
  const calendar = await calendarInForce(store)
  app = await createServer({ store, catalogue, calendar, calendarChanged: calendar.refresh, place, now, accounts: office })
  await app.listen({ port, host: '127.0.0.1' })
})

after(async () => {
  await browser?.close()
  await app?.close()
  await store?.close()
  fs.rmSync(root, { recursive: true, force: true })
})

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** Signs in for the first time as a person does: initial password, a password of one's own, the second factor. */
async function signedIn(kind: Administrator): Promise<BrowserContext> {
  const known = contexts.get(kind)
  if (known) return known
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'zh-CN' })
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  await page.goto(`${address}/workbench/sign-in`)
  await page.getByLabel('用户名').fill(kind)
  await page.locator('input[autocomplete="current-password"]').fill(initial.get(kind)!)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByText('请先更换初始密码').waitFor()
  await page.getByLabel('现在的密码').fill(initial.get(kind)!)
  await page.getByLabel('新密码').fill(OWN)
  await page.getByRole('button', { name: '更换密码' }).click()
  await page.getByText('请先设置第二重验证').waitFor()
  await page.getByRole('region', { name: '第二重验证' }).locator('input[type="password"]').fill(OWN)
  await page.getByRole('button', { name: '设置', exact: true }).click()
  const uri = await page.getByRole('link', { name: '在本机验证器中打开' }).getAttribute('href')
  await page.getByLabel('验证器显示的六位数字').fill(await appCode(uri!))
  await page.getByRole('button', { name: '确认' }).click()
  await page.getByText('已设置。').waitFor()
  contexts.set(kind, context)
  await page.close()
  return context
}

async function open(kind: Administrator, where: string): Promise<Page> {
  const page = await (await signedIn(kind)).newPage()
  page.on('pageerror', (error) => assert.fail(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource.*(400|403|409|422)/.test(message.text())) assert.fail(message.text())
  })
  await page.goto(`${address}/workbench/administration/${where}`)
  return page
}

async function sheet(rows: readonly (readonly string[])[]): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const book = new ExcelJS.Workbook()
  const page = book.addWorksheet('x')
  for (const row of rows) page.addRow([...row])
  return {
    name: 'sheet.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: Buffer.from(await book.xlsx.writeBuffer()),
  }
}

test('账号：新建、初始密码只显示一次、重名写在栏旁而已填内容保留、停用须确认；三员的账号不在此办理', async () => {
  const page = await open('system', 'accounts')
  await page.getByRole('button', { name: '新建账号' }).click()
  const dialog = page.getByRole('dialog', { name: '新建账号' })
  await dialog.getByLabel('人员').fill('虚构赵一')
  await dialog.getByLabel('用户名').fill('system')
  await dialog.getByRole('button', { name: '新建', exact: true }).click()
  const username = dialog.getByLabel('用户名')
  await dialog.getByRole('alert').waitFor()
  assert.equal(await username.getAttribute('aria-invalid'), 'true')
  assert.equal(await dialog.getByLabel('人员').inputValue(), '虚构赵一')
  await username.fill('zhao1')
  await username.press('Enter')
  await page.getByText('只显示这一次，系统不保存。').waitFor()
  const password = await page.locator('.secret').innerText()
  await page.getByRole('button', { name: '已记下' }).click()
  assert.ok(!(await page.content()).includes(password))

  await page.getByRole('button', { name: '停用：zhao1' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '停用', exact: true }).click()
  await page.getByRole('button', { name: '启用：zhao1' }).waitFor()
  const ofAudit = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'audit', exact: true }) })
  assert.match(await ofAudit.innerText(), /命令行/)
  assert.equal(await ofAudit.getByRole('button').count(), 0)
  await page.close()
})

test('人员导入：错误逐行列出而一个不建；改正后全部建号，初始密码只显示一次', async () => {
  const page = await open('system', 'people-import')
  const file = page.locator('input[type=file]')
  await file.setInputFiles(
    await sheet([
      ['姓名', '用户名'],
      ['虚构钱二', 'zhao1'],
      ['', 'qian3'],
    ]),
  )
  const table = page.getByRole('table')
  await table.waitFor()
  assert.match(await table.innerText(), /2\s+用户名\s+用户名“zhao1”已有人使用/)
  assert.match(await table.innerText(), /3\s+姓名[^\n]*\s+缺少姓名/)
  assert.equal(await page.getByRole('button', { name: /新建 \d+ 个账号/ }).count(), 0)
  await file.setInputFiles(
    await sheet([
      ['姓名', '用户名'],
      ['虚构钱二', 'qian2'],
      ['虚构𠮷田', '吉田'],
    ]),
  )
  await page.getByRole('button', { name: '新建 2 个账号' }).click()
  await page.getByText('已新建 2 个账号。').waitFor()
  assert.match(await page.locator('.secret').innerText(), /^qian2\t\S+\n吉田\t\S+$/)
  await page.close()
})

test('岗位：离岗委托由系统管理员提出、安全管理员审批，之后在册并见于本人历任岗位', async () => {
  const page = await open('system', 'posts')
  await page.getByLabel('姓名、岗位或机构').fill('行政复议机构负责人')
  await page.getByRole('button', { name: '查看', exact: true }).click()
  await page
    .getByRole('link', { name: /^委托或代理：/ })
    .first()
    .click()
  await page.getByLabel('人员').fill('虚构代行人')
  await page.getByLabel('末日').fill(`${nextYear}-01-31`)
  await page.getByLabel('理由').fill('学习培训')
  await page.getByRole('button', { name: '提交审核' }).click()
  await page.getByText('等待安全管理员审批').waitFor()
  await page.close()

  const deciding = await open('security', 'posts')
  assert.equal(await deciding.getByRole('link', { name: '提出新任职' }).count(), 0)
  await deciding.getByRole('button', { name: /^通过：虚构代行人/ }).click()
  await deciding.getByRole('dialog').getByRole('button', { name: '通过', exact: true }).click()
  await deciding.getByText('没有提案。').waitFor()
  await deciding.goto(`${address}/workbench/administration/people/${encodeURIComponent('虚构代行人')}`)
  const held = deciding.getByRole('table')
  await held.waitFor()
  assert.match(await held.innerText(), new RegExp(`行政复议机构负责人[\\s\\S]*委托代行（虚构[^）]+的岗位）[\\s\\S]*${nextYear}-01-31`))
  await deciding.close()
})

test('接口客户端与事件推送：密钥只显示一次，地址不许写在栏旁，吊销须确认', async () => {
  const page = await open('system', 'clients')
  await page.getByRole('button', { name: '新增客户端' }).click()
  const dialog = page.getByRole('dialog', { name: '新增客户端' })
  await dialog.getByLabel('名称').fill('政务服务平台')
  await dialog.getByLabel('所在机构').selectOption('justice')
  await dialog.getByRole('checkbox', { name: /行政复议/ }).check()
  await dialog.getByLabel('岗位', { exact: true }).selectOption('handler')
  await dialog.getByLabel('到期日').fill(`${nextYear}-12-31`)
  await dialog.getByRole('button', { name: '新建', exact: true }).click()
  await page.getByText('“政务服务平台”的密钥').waitFor()
  assert.match(await page.locator('.secret').innerText(), /^yifa_/)

  await page.getByRole('link', { name: '事件推送' }).last().click()
  await page.getByRole('button', { name: '新增推送' }).click()
  const making = page.getByRole('dialog', { name: '新增推送' })
  await making.getByLabel('接口客户端').selectOption({ label: '政务服务平台' })
  await making.getByLabel('地址').fill('http://10.0.0.9/x')
  await making.getByRole('button', { name: '新建', exact: true }).click()
  await making.getByRole('alert').waitFor()
  assert.equal(await making.getByLabel('地址').getAttribute('aria-invalid'), 'true')
  await making.getByLabel('地址').fill('http://127.0.0.1:9/events')
  await making.getByRole('button', { name: '新建', exact: true }).click()
  await page.getByText('http://127.0.0.1:9/events 的签名密钥').waitFor()
  await page.getByRole('link', { name: /^发送记录：/ }).click()
  await page.getByText('没有这样的发送记录。').waitFor()
  const office = { store, catalogue, calendar: publishedCalendar }
  const opened = now()
  const today = dateIn(opened)
  await openCase(office, 'reconsideration', {
    step: 'receive',
    by: { post: 'office', person: '虚构收件人', organ: 'justice' },
    at: opened,
    input: {
      channel: 'in-person',
      appliedOn: today,
      receivedOn: today,
      applicant: { name: '虚构赵某某' },
      respondent: 'natural-resources',
      respondentKind: 'department',
      act: '不予更正登记',
      actKind: 'other',
      learnedOn: today,
      toldRights: true,
      requests: ['撤销'],
      facts: '虚构的事实和理由',
      signed: true,
    },
  })
  await deliverEvents(office, opened)
  await page.reload()
  const sending = page.getByRole('row').filter({ hasText: 'ECONNREFUSED' })
  assert.match(await sending.innerText(), /待发\s+1\s/)
  await sending.getByRole('button', { name: /^重新发送：/ }).click()
  await page
    .getByRole('row')
    .filter({ hasText: /待发0/ })
    .waitFor()

  await page.goto(`${address}/workbench/administration/clients`)
  await page.getByRole('button', { name: '吊销：政务服务平台' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '吊销', exact: true }).click()
  await page.getByText('已吊销').waitFor()
  await page.close()
})

test('日历：错误逐行列出；预览之后确认导入，该年不再是暂定', async () => {
  const page = await open('system', 'calendars')
  const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: String(nextYear), exact: true }) })
  assert.match(await row.innerText(), /暂定/)
  const file = page.locator('input[type=file]')
  await file.setInputFiles(
    await sheet([
      ['日期', '放假或上班'],
      [`${nextYear}-02-30`, '放假'],
    ]),
  )
  await page.getByText(`“${nextYear}-02-30”不是日期`).waitFor()
  const schedule = { [nextYear]: { holidays: [`${nextYear}-01-01`], workdays: [] } }
  await file.setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(schedule)) })
  await page.getByText('导入后 0 个期限的末日改变。').waitFor()
  await page.getByRole('button', { name: `导入：${nextYear}` }).click()
  await page.getByRole('dialog').getByRole('button', { name: '导入', exact: true }).click()
  await page.getByText('已导入，0 个期限的末日改变。').waitFor()
  await row.getByText('已公布').waitFor()
  assert.match(await row.innerText(), /第 1 版/)
  await page.close()
})

test('文书模板可看样张，编号列出格式', async () => {
  const page = await open('system', 'templates')
  await page.locator('summary').filter({ hasText: '行政复议' }).first().click()
  await page.getByRole('button', { name: '预览：行政复议决定书' }).first().click()
  await page.frameLocator('iframe.document').getByText('行政复议决定书').first().waitFor()
  await page.goto(`${address}/workbench/administration/number-series`)
  // The form of the series, and the last number given: that of the case opened above.
  await page
    .getByText(/^宿区行复〔\d{4}〕1号$/)
    .nth(1)
    .waitFor()
  await page.close()
})

test('审计：只有审计管理员可见；按类别、人员查找，导出本身留痕；其他人被告知原因', async () => {
  const page = await open('audit', 'audit')
  await page.getByLabel('类别').selectOption('administration')
  await page.getByLabel('人员').fill('虚构system')
  await page.getByRole('button', { name: '查看', exact: true }).click()
  await page.getByText('导入放假安排').waitFor()
  const answer = await page.request.get(`${address}/api/v1/audit-events.csv`)
  assert.equal(answer.status(), 200)
  await page.getByLabel('类别').selectOption('export')
  await page.getByLabel('人员').fill('虚构audit')
  await page.getByRole('button', { name: '查看', exact: true }).click()
  await page.getByText('导出审计记录').waitFor()
  await page.close()

  for (const [kind, where] of [
    ['system', 'audit'],
    ['audit', 'accounts'],
    ['security', 'calendars'],
  ] as const) {
    const other = await open(kind, where)
    await other.getByRole('navigation', { name: '主导航' }).waitFor()
    assert.equal(await other.locator(`nav a[href$="/administration/${where}"]`).count(), 0, `${kind} ${where}`)
    if (where === 'calendars') assert.equal(await other.locator('input[type=file]').count(), 0)
    else await other.getByText('permission.not-administrator').first().waitFor()
    await other.close()
  }
})

test('各页在手机宽度、深色、英文下不超宽，无障碍检查无违规', async () => {
  for (const [kind, where, opens] of [
    ['system', 'accounts', 'New account'],
    ['system', 'people-import'],
    ['system', 'posts/propose'],
    ['security', 'posts'],
    ['system', 'clients', 'New client'],
    ['system', 'webhooks', 'New webhook'],
    ['system', 'calendars'],
    ['system', 'templates'],
    ['system', 'number-series'],
    ['system', 'notifications'],
    ['audit', 'audit'],
  ] as const) {
    const context = await browser.newContext({
      viewport: { width: 390, height: 900 },
      locale: 'en',
      colorScheme: 'dark',
      storageState: { cookies: (await (await signedIn(kind)).storageState()).cookies, origins: [] },
    })
    await context.addCookies([{ name: 'lang', value: 'en', url: address }])
    const page = await context.newPage()
    await page.goto(`${address}/workbench/administration/${where}`)
    await page.locator('html[lang^=en] h1').waitFor()
    await page.locator('main .ant-skeleton').first().waitFor({ state: 'detached' })
    await refuseViolations(page, where)
    if (opens !== undefined) {
      await page.getByRole('button', { name: opens }).click()
      await page.getByRole('dialog', { name: opens }).waitFor()
      await refuseViolations(page, opens)
    }
    await context.close()
  }
})
