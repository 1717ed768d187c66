import assert from 'node:assert/strict'
import { catalogue } from '#procedures/catalogue.ts'
import { openChromium, refuseViolations } from './chromium.ts'
import { correctStep, openCase, takeStep } from '#store/take-step.ts'
import { createServer } from '#server/server.ts'
import { entriesOn, loadRegisters } from '#store/registers.ts'
import fs from 'node:fs'
import { openStore } from '#store/store.ts'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { place } from '#district/place.ts'
import { publishedCalendar } from '#district/calendar.ts'
import { registers } from '#registers/registers.ts'
import { SYSTEM } from '#engine/apply-step.ts'
import type { Browser, BrowserContext, Page } from '@playwright/test'
import type { FastifyInstance } from 'fastify'
import type { Holding, Viewer } from '#identity/viewer.ts'
import type { Store } from '#store/store.ts'

// A decision is submitted, returned, submitted again, approved and sealed, and served by public notice: in a real browser.

let now = '2024-04-19T16:00:00+08:00'
let root: string
let store: Store
let app: FastifyInstance
let address: string
let browser: Browser
let caseId: string
let decidedAt: number

const OFFICE = 'justice.reconsideration.office.1'
const HEAD = 'gov.reconsideration.organ-head.1'
const KEEPER = 'gov.document-issue.seal-keeper.1'

before(async () => {
  browser = await openChromium()
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'yifa-documents-'))
  fs.chmodSync(root, 0o755)
  store = await openStore({ folder: path.join(root, 'data'), region: '321302', as: 'own' })
  await loadRegisters(store, registers, SYSTEM, '2019-03-01T09:00+08:00')
  await decide()
  app = await createServer({
    store,
    catalogue,
    calendar: publishedCalendar,
    place,
    now: () => now,
    identify: ({ cookie }) => viewerNamed(/who=([^;]+)/.exec(cookie ?? '')?.[1]),
  })
  address = await app.listen({ port: 0, host: '127.0.0.1' })
})

after(async () => {
  await browser?.close()
  await app?.close()
  await store?.close()
  fs.rmSync(root, { recursive: true, force: true })
})

const decision = { outcome: 'uphold', factsFound: '事实清楚', reasons: '程序合法', approvedBy: 'organ-head', worseForApplicant: false }
const office = () => ({ store, catalogue, calendar: publishedCalendar })

/** A case as far as its decision. */
async function decide(): Promise<void> {
  const by = { post: 'office', person: holderOf(OFFICE), organ: 'justice' }
  const at = (day: string): string => `${day}T15:00:00+08:00`
  const received = await openCase(office(), 'reconsideration', {
    step: 'receive',
    by,
    at: at('2024-03-05'),
    input: {
      receivedOn: '2024-03-05',
      channel: 'in-person',
      applicant: { name: '虚构甲' },
      respondent: 'market-regulation',
      respondentKind: 'department',
      act: '（演示）行政处罚决定',
      actKind: 'penalty',
      toldRights: true,
      requests: ['撤销行政处罚决定'],
      facts: '事实不清',
      signed: true,
      madeOn: '2024-03-01',
      learnedOn: '2024-03-01',
      appliedOn: '2024-03-05',
    },
  })
  caseId = received.theCase.id
  const head = { post: 'office-head', person: holderOf('justice.reconsideration.office-head.1'), organ: 'justice' }
  const chief = { post: 'organ-head', person: holderOf(HEAD), organ: 'gov' }
  const conditionsMet = ['R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7']
  const handlers = { handlers: ['虚构乙', '虚构丙'], handlerMadeAct: false, complex: false, technical: false }
  for (const [step, day, input, actor] of [
    ['accept', '2024-03-12', { acceptedOn: '2024-03-12', conditionsMet, courtAccepted: false, acceptedBefore: false }, by],
    ['assign', '2024-03-12', handlers, head],
    ['send-copy', '2024-03-14', { sentOn: '2024-03-14', respondentReceivedOn: '2024-03-14' }, by],
    [
      'reply',
      '2024-03-19',
      { repliedOn: '2024-03-19', answer: '事实清楚', evidence: [{ name: '笔录', obtainedOn: '2024-02-28' }], legalBasis: ['某法'] },
      by,
    ],
    [
      'hear-views',
      '2024-03-25',
      { heardOn: '2024-03-25', views: '无新意见', way: 'phone' },
      { post: 'handler', person: '虚构乙', organ: 'justice' },
    ],
    ['decide', '2024-04-19', { decidedOn: '2024-04-19', ...decision }, chief],
  ] as const) {
    const { steps } = (await takeStep(office(), caseId, { step, input, by: actor, at: at(day) })).theCase
    decidedAt = steps.length
  }
}

async function viewerNamed(cookie: string | undefined): Promise<Viewer | undefined> {
  if (cookie === undefined) return undefined
  const person = decodeURIComponent(cookie)
  const held = (await entriesOn(store, 'posts', now.slice(0, 10))).filter(({ value }) => value['person'] === person)
  const holdings = held.map(({ key, value }): Holding => ({
    key,
    post: String(value['post']),
    organ: String(value['organ']),
    procedures: value['procedures'] as string[],
    as: 'regular',
  }))
  return { person, holdings }
}

/** The person who holds a post in the demonstration's register. */
function holderOf(key: string): string {
  const entry = registers.find(({ id }) => id === 'posts')!.entries.find((one) => one.key === key)
  assert.ok(entry, key)
  return String(entry.value['person'])
}

async function as(key: string): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'zh-CN' })
  await context.addCookies([{ name: 'who', value: encodeURIComponent(holderOf(key)), url: address }])
  return { context, page: await context.newPage() }
}

interface Answer {
  readonly status: number
  readonly code?: string
  readonly message?: string
}

function headersOf(key: string): Record<string, string> {
  return { cookie: `who=${encodeURIComponent(holderOf(key))}`, 'sec-fetch-site': 'same-origin', accept: 'application/json' }
}

/** A step by the API: generated forms have tests of their own. */
async function step(key: string, id: string, name: string, input: object): Promise<Answer> {
  const url = `/api/v1/cases/${id}`
  const headers = { ...headersOf(key), 'idempotency-key': crypto.randomUUID() }
  // As the page does: what the case has now is what was seen.
  const { steps } = (await app.inject({ url, headers })).json<{ steps: number }>()
  const answer = await app.inject({ method: 'POST', url: `${url}/steps`, headers, payload: { step: name, expected: steps, input } })
  return { ...answer.json<Omit<Answer, 'status'>>(), status: answer.statusCode }
}

/** Sends a file as the application does, and answers how a step names it. */
async function uploaded(key: string, name: string): Promise<{ name: string; sha256: string; bytes: number }> {
  const body = Buffer.from(`${name}：（演示）一页。\n`)
  const tus = { ...headersOf(key), 'tus-resumable': '1.0.0' }
  const metadata = `filename ${Buffer.from(name).toString('base64')}`
  const created = await app.inject({
    method: 'POST',
    url: '/api/v1/files',
    headers: { ...tus, 'upload-length': String(body.length), 'upload-metadata': metadata },
  })
  const { pathname } = new URL(String(created.headers.location), address)
  const sent = { ...tus, 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' }
  await app.inject({ method: 'PATCH', url: pathname, headers: sent, payload: body })
  const { sha256, bytes } = (await app.inject({ url: pathname, headers: headersOf(key) })).json<{ sha256: string; bytes: number }>()
  return { name, sha256, bytes }
}

test('a decision is submitted, returned, corrected, submitted again, approved and sealed', async () => {
  now = '2024-04-22T09:00:00+08:00'
  const { context, page } = await as(OFFICE)
  await page.goto(`${address}/workbench/cases/${caseId}`)
  const made = page.locator(`#step-${decidedAt} .documents li`).filter({ hasText: '行政复议决定书' })
  await made.getByText('未送审').waitFor()
  await made.getByRole('button', { name: /^送审/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('签发单位').click()
  await page.keyboard.type('宿城区人民政府')
  await page.locator('.ant-select-item-option', { hasText: /^宿城区人民政府$/ }).click()
  await refuseViolations(page, 'submit')
  await dialog.getByRole('button', { name: '送审', exact: true }).click()
  const tag = made.getByRole('link', { name: /待签发/ })
  await tag.waitFor()
  const issue = (await tag.getAttribute('href'))!.split('/').at(-1)!
  await refuseViolations(page, 'submitted')

  assert.equal((await step(HEAD, issue, 'return', { returnedOn: '2024-04-22', returnReason: '漏写理由。' })).status, 201)
  const correction = { reason: '漏写理由', approvedBy: holderOf(HEAD), by: { post: 'office', person: holderOf(OFFICE), organ: 'justice' } }
  await correctStep(office(), caseId, {
    seq: decidedAt,
    ...correction,
    input: { decidedOn: '2024-04-19', ...decision, reasons: '程序合法，裁量适当' },
    at: now,
  })
  await page.reload()
  await made.getByText('文书已变').waitFor()
  await refuseViolations(page, 'changed')
  const corrected = page.locator('.documents li').filter({ has: page.getByRole('button', { name: '重新送审：行政复议决定书' }) })
  await corrected.getByRole('button', { name: /^重新送审/ }).click()
  await dialog.getByLabel('修改情况').fill('已补写理由。')
  await dialog.getByRole('button', { name: '重新送审' }).click()
  await page.getByRole('link', { name: /待签发/ }).waitFor()

  // Nobody seals what was not approved, and the keeper is another than who approves.
  const seal = { sealedOn: '2024-04-22', copies: 3 }
  assert.equal((await step(KEEPER, issue, 'seal', seal)).code, 'step.not-now')
  assert.equal((await step(HEAD, issue, 'approve', { approvedOn: '2024-04-22', opinion: 'agreed' })).status, 201)
  assert.equal((await step(KEEPER, issue, 'seal', seal)).status, 201)
  await page.reload()
  await page.getByRole('link', { name: /已用印/ }).waitFor()
  await page.getByRole('link', { name: /已用印/ }).click()
  await page.getByText('文书审签单').first().waitFor()
  await refuseViolations(page, 'sealed')
  await context.close()
})

test('served by public notice: too early is refused with the day; on that day the time to sue begins', async () => {
  const notice = {
    noticeGivenOn: '2024-04-22',
    noticeTo: 'applicant',
    noticePaper: '行政复议决定书',
    noticeGround: 'other-means-failed',
    noticeCourse: '登记住址无人居住，邮件退回。',
    noticeMedium: '区政府网站',
  }
  const unreasoned = await step(OFFICE, caseId, 'give-public-notice', notice)
  assert.equal(unreasoned.code, 'notice-without-reason', String(unreasoned.message))
  assert.equal((await step(OFFICE, caseId, 'give-public-notice', { ...notice, meansTried: ['in-person', 'post'] })).status, 201)
  const served = async (servedOn: string) => ({
    servedOn,
    respondentServedOn: '2024-04-22',
    decisionServices: [
      { served: 'applicant', means: 'public-notice', shownOn: '2024-04-22' },
      { served: 'respondent', means: 'in-person', shownOn: '2024-04-22', receivedBy: 'in-charge' },
    ],
    decisionProofs: [
      { served: 'applicant', paper: await uploaded(OFFICE, '送达公告.txt') },
      { served: 'respondent', paper: await uploaded(OFFICE, '送达回证.txt') },
    ],
  })
  now = '2024-05-10T09:00:00+08:00'
  const early = await step(OFFICE, caseId, 'serve', await served('2024-05-10'))
  assert.equal(early.code, 'public-notice-not-over')
  assert.match(early.message!, /2024-05-22/)
  const { context, page } = await as(OFFICE)
  await page.goto(`${address}/workbench/cases/${caseId}`)
  await page.getByText('公告送达的公告期').first().waitFor()
  await refuseViolations(page, 'notice')
  now = '2024-05-22T09:00:00+08:00'
  const done = await step(OFFICE, caseId, 'serve', await served('2024-05-22'))
  assert.equal(done.status, 201, JSON.stringify(done))
  await page.reload()
  await page.getByText('公告送达', { exact: true }).first().waitFor()
  await refuseViolations(page, 'served')
  await context.close()
})
