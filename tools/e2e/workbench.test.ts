import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { openChromium, refuseViolations } from './chromium.ts'
import { createServer } from '#server/server.ts'
import { entriesOn, loadRegisters } from '#store/registers.ts'
import { openStore } from '#store/store.ts'
import { organsRegister } from '#registers/organs.ts'
import { place } from '#district/place.ts'
import { posts } from '#registers/posts.ts'
import { publishedCalendar } from '#district/calendar.ts'
import { SYSTEM } from '#engine/apply-step.ts'
import { system as reconsideration } from '#procedures/reconsideration/system.ts'
import type { Browser, BrowserContext, Page } from '@playwright/test'
import type { FastifyInstance } from 'fastify'
import type { Holding } from '#identity/viewer.ts'
import type { Store } from '#store/store.ts'

// A reconsideration from its receipt to the service of the decision, as its officers take it: in a real browser, by forms read off the definition.

let now = '2024-03-05T10:00:00+08:00'
let sessionsAreOver = false
let root: string
let store: Store
let app: FastifyInstance
let address: string
let browser: Browser
let people: Map<string, Holding[]>
let casePath: string

before(async () => {
  browser = await openChromium()
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'yifa-workbench-'))
  fs.chmodSync(root, 0o755) // the database's user must reach it
  store = await openStore({ folder: path.join(root, 'data'), region: '321302', as: 'own' })
  await loadRegisters(store, [organsRegister, posts], SYSTEM, '2019-03-01T09:00+08:00')
  people = new Map()
  for (const { key, value } of await entriesOn(store, 'posts', '2024-03-05')) {
    if (!(value['procedures'] as string[]).includes('reconsideration')) continue
    const holding = { key, post: value['post'], organ: value['organ'], procedures: value['procedures'], as: 'regular' } as Holding
    people.set(String(value['person']), [...(people.get(String(value['person'])) ?? []), holding])
  }
  app = await createServer({
    store,
    catalogue: [reconsideration],
    calendar: publishedCalendar,
    place,
    now: () => now,
    identify: async ({ cookie }) => {
      const person = decodeURIComponent(/person=([^;]+)/.exec(cookie ?? '')?.[1] ?? '')
      return person === '' || sessionsAreOver ? undefined : { person, holdings: people.get(person) ?? [] }
    },
  })
  address = await app.listen({ port: 0, host: '127.0.0.1' })
})

after(async () => {
  await browser?.close()
  await app?.close()
  await store?.close()
  fs.rmSync(root, { recursive: true, force: true })
})

const holder = (post: string): string => [...people].find(([, held]) => held.some((one) => one.post === post))![0]

async function contextOf(post: string, options: { width?: number; locale?: string; dark?: boolean } = {}): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: 900 },
    locale: options.locale ?? 'zh-CN',
    colorScheme: options.dark ? 'dark' : 'light',
  })
  await context.addCookies([{ name: 'person', value: encodeURIComponent(holder(post)), url: address }])
  return context
}

/** A page of somebody; what the browser complains of fails the test, but for the refusals that the page itself shows. */
async function open(post: string, where: string, options: Parameters<typeof contextOf>[1] = {}): Promise<Page> {
  const page = await (await contextOf(post, options)).newPage()
  page.on('pageerror', (error) => assert.fail(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource.*(401|403|409|422)/.test(message.text())) assert.fail(message.text())
  })
  await page.goto(`${address}/workbench${where}`)
  return page
}

/** The form of a step, opened on the page of the case. */
async function form(post: string, step: string): Promise<Page> {
  const page = await open(post, `${casePath}?step=${step}`)
  await page.locator('.step-form').waitFor()
  return page
}

const field = (page: Page, step: string, ...place: (string | number)[]) => page.locator(`#${['step-' + step, ...place].join('_')}`)
const choose = (page: Page, path_: string, words: string) =>
  page.locator(`[data-path="${path_}"]`).getByText(words, { exact: true }).click()

/** Sends the form, and waits until the page says that it was taken. */
async function take(page: Page): Promise<void> {
  await page.locator('.step-form button[type=submit]').click()
  await page.locator('.done').waitFor()
  await page.context().close()
}

test('收到申请：表格读自定义，草稿在刷新后仍在，补正之处列明，立案后即为案件页', async () => {
  const page = await open('office', '/open')
  await page.getByRole('link', { name: '行政复议', exact: true }).click()
  await page.locator('.step-form').waitFor()
  const of = (...place_: (string | number)[]) => field(page, 'receive', ...place_)
  await choose(page, 'channel', '当面递交')
  await of('appliedOn').fill('2024-03-05')
  await of('applicant', 'name').fill('虚构赵某某𠮷')
  await of('act').fill('不予更正登记告知')
  await page.getByText(/草稿已保存/).waitFor()
  await page.reload()
  await page.getByText(/已恢复/).waitFor()
  assert.equal(await of('applicant', 'name').inputValue(), '虚构赵某某𠮷')
  assert.equal(await of('appliedOn').inputValue(), '2024-03-05')

  await page.locator('.step-form button[type=submit]').click()
  const summary = page.locator('.summary')
  await summary.waitFor()
  assert.match(await summary.innerText(), /缺少“被申请人”/)
  await summary.getByRole('link', { name: '缺少“主要事实和理由”' }).click()
  assert.equal(await page.evaluate<string>('document.activeElement.id'), 'step-receive_facts')
  await refuseViolations(page, 'the form with its problems')

  await of('facts').fill('虚构的事实和理由')
  await of('respondent').fill('自然资源')
  await page.keyboard.press('Enter')
  await of('respondentKind').click()
  await page.keyboard.press('Enter')
  await of('actKind').fill('其他')
  await page.keyboard.press('Enter')
  await of('learnedOn').fill('2024-02-01')
  await choose(page, 'toldRights', '是')
  await of('requests', 0).fill('撤销告知')
  await choose(page, 'signed', '否')
  await page.getByText('照现在的内容将不予办理').waitFor()
  assert.match(await page.locator('[data-path="signed"]').innerText(), /签名/, 'the refusal stands beside its field')
  await choose(page, 'signed', '是')
  await page.getByText('案件转为“待审查”').waitFor()
  await page.locator('.step-form button[type=submit]').click()
  await page.waitForURL(/\/cases\//)
  casePath = new URL(page.url()).pathname.replace('/workbench', '')
  await page.getByRole('heading', { level: 1, name: /宿区行复〔2024〕1号/ }).waitFor()
  assert.ok(!(await page.locator('main').innerText()).includes('虚构赵某某'), 'who it is stays masked until it is asked for')
  await page.context().close()
})

test('今日：受理审查期限及其理由；点开到案件', async () => {
  const page = await open('office', '/today')
  const row = page.locator('tbody tr').filter({ hasText: '受理审查期限' })
  await row.waitFor()
  assert.match(await row.innerText(), /2024-03-12[\s\S]*期限为5个工作日/)
  await row.getByRole('link').click()
  await page.getByRole('heading', { level: 1, name: /宿区行复/ }).waitFor()
  await page.context().close()
})

test('受理：条件不符的在办理前即说明理由和依据；改正后办理', async () => {
  now = '2024-03-06T10:00:00+08:00'
  const page = await form('office', 'accept')
  for (const box of await page.locator('[data-path="conditionsMet"] input').all()) await box.check()
  await choose(page, 'courtAccepted', '是')
  await choose(page, 'acceptedBefore', '否')
  const refusal = page.getByRole('alert').filter({ hasText: 'court-already-accepted' })
  await refusal.waitFor()
  assert.match(await refusal.innerText(), /行政复议法/)
  await choose(page, 'courtAccepted', '否')
  await page.getByText('审理期限：').waitFor()
  await take(page)
})

test('不能办理的步骤列有原因、依据和办法', async () => {
  const page = await open('office', casePath)
  await page
    .getByText(/现在不能办理的 \d+ 个步骤/)
    .first()
    .click()
  const row = page.locator('tr').filter({ has: page.getByRole('rowheader', { name: '作出行政复议决定', exact: true }) })
  assert.match(await row.innerText(), /现为“已受理”[\s\S]*须在/)
  await page.context().close()
})

test('登录在填写中失效：内容留在页上，重新登录后自动保存', async () => {
  const page = await form('office', 'choose-procedure')
  sessionsAreOver = true
  await field(page, 'choose-procedure', 'amountYuan').fill('5000')
  await page.getByText(/登录已失效/).waitFor()
  sessionsAreOver = false
  await page.getByText(/草稿已保存/).waitFor({ timeout: 15_000 })
  assert.equal(await field(page, 'choose-procedure', 'amountYuan').inputValue(), '5000')
  await choose(page, 'procedureKind', '普通程序')
  await take(page)
})

test('两个标签页办同一案：后到的被告知有了什么变化，已填内容保留', async () => {
  const [first, second] = [await form('office', 'send-copy'), await form('office', 'suspend')]
  for (const name of ['sentOn', 'respondentReceivedOn']) await field(first, 'send-copy', name).fill('2024-03-06')
  await take(first)
  await field(second, 'suspend', 'suspendedOn').fill('2024-03-06')
  await field(second, 'suspend', 'ground').fill('其他案件')
  await second.keyboard.press('Enter')
  await field(second, 'suspend', 'suspendReason').fill('以另案审理结果为依据')
  await field(second, 'suspend', 'partiesToldOn').fill('2024-03-06')
  await second.locator('.step-form button[type=submit]').click()
  const said = second.getByRole('alert').filter({ hasText: 'case.changed-meanwhile' })
  await said.waitFor()
  assert.match(await said.innerText(), /发送申请书副本/)
  assert.equal(await field(second, 'suspend', 'suspendReason').inputValue(), '以另案审理结果为依据')
  await second.getByText('被申请人').first().waitFor()
  await second.getByRole('button', { name: '已看过最新情况，再次提交' }).click()
  await second.locator('.done').waitFor()
  await second.context().close()
})

test('中止期间不计入、延长写明新的末日，条形图与理由都可由键盘读到', async () => {
  now = '2024-03-20T10:00:00+08:00'
  const resume = await form('office', 'resume')
  await field(resume, 'resume', 'resumedOn').fill('2024-03-18')
  await choose(resume, 'causeGone', '是')
  await take(resume)
  const extend = await form('office-head', 'extend')
  await field(extend, 'extend', 'days').fill('45')
  await field(extend, 'extend', 'extendReason').fill('情况复杂')
  await choose(extend, 'approvedBy', '行政复议机构负责人')
  await field(extend, 'extend', 'noticeServedOn').fill('2024-03-20')
  await extend.getByRole('alert').filter({ hasText: 'extension-too-long' }).first().waitFor()
  await field(extend, 'extend', 'days').fill('30')
  await take(extend)

  const page = await open('office', casePath)
  const clock = page.getByRole('article', { name: '审理期限' })
  await clock.waitFor()
  // Accepted on 6 March, 60 days and 30 more, eleven days of suspension left out (the day of acceptance is not counted anyway): 15 June is a Saturday.
  assert.match(await clock.innerText(), /末日 2024-06-17/)
  const bar = clock.locator('button.bar')
  assert.match((await bar.getAttribute('aria-label')) ?? '', /不计入 2024-03-06 至 2024-03-18[\s\S]*延长/)
  await bar.focus()
  await clock
    .locator('.peek')
    .getByText(/不计入，共 11 日/)
    .waitFor()
  await page.context().close()
})

test('指定承办人员、答复、听取意见、决定、送达', async () => {
  now = '2024-03-21T10:00:00+08:00'
  const assign = await form('office-head', 'assign')
  await field(assign, 'assign', 'handlers', 0).fill(holder('handler'))
  await assign.getByRole('button', { name: /添加人员/ }).click()
  await field(assign, 'assign', 'handlers', 1).fill('虚构另一人')
  for (const name of ['handlerMadeAct', 'complex', 'technical']) await choose(assign, name, '否')
  await take(assign)

  const reply = await form('office', 'reply')
  await field(reply, 'reply', 'repliedOn').fill('2024-03-19')
  await field(reply, 'reply', 'answer').fill('告知合法')
  await field(reply, 'reply', 'evidence', 0, 'name').fill('登记簿')
  await field(reply, 'reply', 'legalBasis', 0).fill('不动产登记暂行条例')
  await take(reply)

  now = '2024-04-01T10:00:00+08:00'
  const hear = await form('handler', 'hear-views')
  await choose(hear, 'way', '电话')
  await field(hear, 'hear-views', 'views').fill('坚持请求')
  await take(hear)

  const decide = await form('organ-head', 'decide')
  await field(decide, 'decide', 'outcome').fill('维持')
  await decide.keyboard.press('Enter')
  await field(decide, 'decide', 'factsFound').fill('虚构的查明事实')
  await field(decide, 'decide', 'reasons').fill('虚构的理由')
  await choose(decide, 'approvedBy', '行政复议机关负责人')
  await choose(decide, 'worseForApplicant', '否')
  await decide.getByText('案件转为“已决定”').waitFor()
  await take(decide)

  const serve = await form('office', 'serve')
  for (const name of ['servedOn', 'respondentServedOn']) await field(serve, 'serve', name).fill('2024-04-01')
  await take(serve)
})

test('更正错误的步骤：写明理由和批准人，原步骤保留并划去', async () => {
  const page = await open('office', casePath)
  const served = page.locator('.timeline > li').filter({ hasText: '送达决定书' })
  await served.getByRole('button', { name: '更正“送达决定书”' }).click()
  const correction = page.getByRole('form', { name: '更正“送达决定书”' })
  await correction.getByLabel('送达第三人之日').fill('2024-04-01')
  await correction.getByLabel('理由', { exact: true }).fill('漏登第三人')
  await correction.getByLabel('批准人', { exact: true }).fill(holder('office-head'))
  await page.getByRole('button', { name: '提交更正' }).click()
  await page.locator('.timeline > li.superseded').waitFor()
  assert.match(await page.locator('.timeline').innerText(), /漏登第三人/)
  await page.context().close()
})

test('个人信息：写明用途后显示，文书可预览', async () => {
  const page = await open('office', casePath)
  await page.getByRole('button', { name: '查看个人信息' }).click()
  await page.getByRole('textbox', { name: '用途' }).fill('制作送达回证')
  await page.getByRole('button', { name: '继续' }).click()
  await page.getByText('虚构赵某某𠮷').first().waitFor()
  await page
    .getByRole('button', { name: /预览：行政复议决定书/ })
    .first()
    .click()
  const frame = page.frameLocator('iframe.document')
  await frame
    .getByText(/宿区行复/)
    .first()
    .waitFor()
  assert.ok(!(await frame.locator('body').innerText()).includes('虚构赵某某'), 'a document is masked until it is asked for')
  await page.context().close()
})

test('今日与案件页：中英文，电脑与手机宽度，深色浅色，无横向滚动，无障碍检查无违规', async () => {
  for (const [where, ready] of [
    ['/today', 'h2'],
    [casePath, '.flow'],
    ['/open/reconsideration', '.step-form'],
  ] as const) {
    for (const options of [
      { width: 1280, locale: 'zh-CN' },
      { width: 390, locale: 'en', dark: true },
    ]) {
      const page = await open('office', where, options)
      await page.locator(ready).first().waitFor()
      assert.equal(await page.locator('html').getAttribute('lang'), options.locale)
      await refuseViolations(page, `${where} ${JSON.stringify(options)}`)
      await page.context().close()
    }
  }
})
