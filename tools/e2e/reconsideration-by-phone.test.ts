import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { createServer } from '#server/server.ts'
import { entriesOn, loadRegisters } from '#store/registers.ts'
import { failOnComplaints, openChromium } from './chromium.ts'
import { openStore } from '#store/store.ts'
import { organsRegister } from '#registers/organs.ts'
import { place } from '#district/place.ts'
import { posts } from '#registers/posts.ts'
import { publishedCalendar } from '#district/calendar.ts'
import { reconsideration as definition } from '#procedures/reconsideration/definition.ts'
import { say } from '#engine/words.ts'
import { system as reconsideration } from '#procedures/reconsideration/system.ts'
import { SYSTEM } from '#engine/apply-step.ts'
import { words } from '../../src/workbench/words.ts'
import type { Browser, Locator, Page } from '@playwright/test'
import type { FastifyInstance } from 'fastify'
import type { Field, Fields } from '#engine/field.ts'
import type { Holding } from '#identity/viewer.ts'
import type { Store } from '#store/store.ts'
import type { Words } from '#engine/words.ts'

// The same story as in workbench.test.ts, by its steps alone: in English, at the width of a telephone. What is typed is the input of each step;
// which control takes it, and by which words, is read off the definition.

const WIDTH = 390
const t = (text: Words): string => say(text, 'en')

let now = '2024-03-05T10:00:00+08:00'
let root: string
let store: Store
let app: FastifyInstance
let address: string
let browser: Browser
let people: Map<string, Holding[]>
let casePath: string

before(async () => {
  browser = await openChromium()
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'yifa-by-phone-'))
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
      return person === '' ? undefined : { person, holdings: people.get(person) ?? [] }
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

async function open(post: string, where: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: WIDTH, height: 844 }, locale: 'en-GB', hasTouch: true, isMobile: true })
  context.setDefaultTimeout(20_000)
  await context.addCookies([{ name: 'person', value: encodeURIComponent(holder(post)), url: address }])
  const page = await context.newPage()
  failOnComplaints(page)
  await page.goto(`${address}/workbench${where}`)
  return page
}

type Step = keyof typeof definition.steps & string

/** Fills a form as a person does, control by control. */
async function fill(page: Page, step: Step, input: Readonly<Record<string, unknown>>): Promise<void> {
  await page.locator('.step-form').waitFor()
  await fillRecord(page, definition.steps[step].input as Fields, input, [`step-${step}`])
}

async function fillRecord(page: Page, fields: Fields, input: Readonly<Record<string, unknown>>, at: readonly string[]): Promise<void> {
  for (const [name, value] of Object.entries(input)) {
    const field = fields[name]
    assert.ok(field, `${at.join('_')} has no ${name}`)
    await fillField(page, field, value, [...at, name])
  }
}

async function fillField(page: Page, field: Field, value: unknown, at: readonly string[]): Promise<void> {
  const control = page.locator(`#${at.join('_')}`)
  const group = page.locator(`[data-path="${at.slice(1).join('.')}"]`)
  if (field.kind === 'flag') await group.getByText(t(value === true ? words.yes : words.no), { exact: true }).click()
  else if (field.kind === 'choice') await choose(control, group, t((field.options as Record<string, Words>)[String(value)]!))
  else if (field.kind === 'party')
    for (const [part, text] of Object.entries(value as object)) await page.locator(`#${[...at, part].join('_')}`).fill(String(text))
  else if (field.kind === 'list') await fillList(page, field.of as Field | Fields, value as readonly unknown[], at, group)
  else if (field.kind === 'organ') await pick(control, String(value))
  else await control.fill(String(value))
}

/** Few choices are all there to be seen; of many one types the name. */
async function choose(control: Locator, group: Locator, label: string): Promise<void> {
  if ((await group.locator('input[type=radio]').count()) > 0) return group.getByText(label, { exact: true }).click()
  await pick(control, label)
}

/** Types a name and takes the first that has it, once there is one: organs come from the server, and another list may still be closing. */
async function pick(control: Locator, name: string): Promise<void> {
  await control.fill(name)
  const page = control.page()
  const own = page.locator(`#${await control.getAttribute('aria-controls')}`)
  await page
    .locator('.ant-select-dropdown')
    .filter({ has: own })
    .locator('.ant-select-item-option')
    .filter({ hasText: name })
    .first()
    .waitFor()
  await control.press('Enter')
}

async function fillList(page: Page, of: Field | Fields, values: readonly unknown[], at: readonly string[], group: Locator): Promise<void> {
  if (of.kind === 'choice') {
    for (const value of values)
      await group.getByText(t(((of as Field).options as Record<string, Words>)[String(value)]!), { exact: true }).click()
    return
  }
  for (const [index, value] of values.entries()) {
    if (index > 0) await group.getByRole('button', { name: /^\+ Add: / }).click()
    if (typeof of.kind === 'string') await fillField(page, of as Field, value, [...at, String(index)])
    else await fillRecord(page, of as Fields, value as Record<string, unknown>, [...at, String(index)])
  }
}

/** Sends the form; the page says that the step was taken, and fits its width. */
async function take(post: string, step: Step, input: Readonly<Record<string, unknown>>): Promise<void> {
  const page = await open(post, `${casePath}?step=${step}`)
  await fill(page, step, input)
  await page.locator('.step-form button[type=submit]').click()
  await page
    .locator('.done')
    .filter({ hasText: t(definition.steps[step].name) })
    .waitFor()
  await fits(page, step)
  await page.context().close()
}

async function fits(page: Page, where: string): Promise<void> {
  const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')
  assert.ok(overflow <= 1, `${where} is ${overflow} px too wide`)
}

test('from the receipt of an application to its acceptance', async () => {
  const page = await open('office', '/open/reconsideration?step=receive')
  await fill(page, 'receive', {
    channel: 'in-person',
    appliedOn: '2024-03-05',
    applicant: { name: '虚构赵某某𠮷' },
    respondent: '自然资源',
    respondentKind: 'department',
    act: 'Refusal to correct an entry',
    actKind: 'other',
    learnedOn: '2024-02-01',
    toldRights: true,
    requests: ['Revoke the refusal'],
    facts: 'Invented facts and reasons',
    signed: true,
  })
  await page.getByText(t(words.wouldState(t(definition.states.received.name)))).waitFor()
  await fits(page, 'receive')
  await page.locator('.step-form button[type=submit]').click()
  await page.waitForURL(/\/cases\//)
  casePath = new URL(page.url()).pathname.replace('/workbench', '')
  await page.getByRole('heading', { level: 1, name: /宿区行复〔2024〕1号/ }).waitFor()
  await page.context().close()
  now = '2024-03-06T10:00:00+08:00'
  await take('office', 'accept', {
    conditionsMet: ['R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7'],
    courtAccepted: false,
    acceptedBefore: false,
  })
})

test('suspended, resumed, extended: a longer extension is refused with its reason, and the clock names its last day', async () => {
  await take('office', 'choose-procedure', { procedureKind: 'ordinary' })
  await take('office', 'send-copy', { sentOn: '2024-03-06', respondentReceivedOn: '2024-03-06' })
  await take('office', 'suspend', {
    suspendedOn: '2024-03-06',
    ground: 'S8',
    suspendReason: 'The outcome of another case is decisive',
    partiesToldOn: '2024-03-06',
  })
  now = '2024-03-20T10:00:00+08:00'
  await take('office', 'resume', { resumedOn: '2024-03-18', causeGone: true })
  const page = await open('office-head', `${casePath}?step=extend`)
  const extension = { extendReason: 'The case is complex', approvedBy: 'office-head', noticeServedOn: '2024-03-20' }
  await fill(page, 'extend', { days: 45, ...extension })
  await page.getByRole('alert').filter({ hasText: 'extension-too-long' }).filter({ hasText: '行政复议法(2023) §62' }).first().waitFor()
  await fill(page, 'extend', { days: 30 })
  await page.locator('.step-form button[type=submit]').click()
  await page.locator('.done').waitFor()
  const clock = page.getByRole('article', { name: t(definition.clocks.decide.name), exact: true })
  await clock.filter({ hasText: `${t(words.lastDay)} 2024-06-17` }).waitFor()
  await fits(page, 'the clocks')
  await page.context().close()
})

test('assigned, replied to, heard, decided and served', async () => {
  now = '2024-03-21T10:00:00+08:00'
  await take('office-head', 'assign', {
    handlers: [holder('handler'), '虚构另一人'],
    handlerMadeAct: false,
    complex: false,
    technical: false,
  })
  await take('office', 'reply', {
    repliedOn: '2024-03-19',
    answer: 'The notice is lawful',
    evidence: [{ name: 'The register' }],
    legalBasis: ['不动产登记暂行条例'],
  })
  now = '2024-04-01T10:00:00+08:00'
  await take('handler', 'hear-views', { way: 'phone', views: 'Upholds the request' })
  await take('organ-head', 'decide', {
    outcome: 'uphold',
    factsFound: 'Invented findings',
    reasons: 'Invented reasons',
    approvedBy: 'organ-head',
    worseForApplicant: false,
  })
  await take('office', 'serve', { servedOn: '2024-04-01', respondentServedOn: '2024-04-01' })
})

test('a wrong step is replaced, with a reason and somebody else’s approval, and both stay', async () => {
  const page = await open('office', casePath)
  const name = t(definition.steps.serve.name)
  await page
    .locator('.timeline > li')
    .filter({ hasText: name })
    .getByRole('button', { name: t(words.correctStep(name)) })
    .click()
  const correction = page.getByRole('form', { name: t(words.correctStep(name)) })
  await correction.getByLabel(t(definition.steps.serve.input.thirdPartyServedOn.name)).fill('2024-04-01')
  await correction.getByLabel(t(words.reason), { exact: true }).fill('The third party was left out')
  await correction.getByLabel(t(words.approvedBy), { exact: true }).fill(holder('office-head'))
  await page.getByRole('button', { name: t(words.correctIt) }).click()
  await page.locator('.timeline > li.superseded').waitFor()
  assert.match(await page.locator('.timeline').innerText(), /The third party was left out/)
  await fits(page, 'the case')
  await page.context().close()
})

test('by the keyboard alone: a form that opens has the focus, one that is folded up gives it back, one that was sent says so', async () => {
  const page = await open('office', casePath)
  const name = t(definition.steps.archive.name)
  const button = page.getByRole('button', { name, exact: true })
  const focused = () => page.evaluate<string>('document.activeElement.textContent')
  await button.focus()
  await page.keyboard.press('Enter')
  await page.locator('.step-form').waitFor()
  assert.equal(await focused(), name)
  assert.equal(await page.evaluate<string>('document.activeElement.tagName'), 'H3')
  await page
    .locator('.step-form')
    .getByRole('button', { name: t(words.foldUp), exact: true })
    .press('Enter')
  await page.locator('.step-form').waitFor({ state: 'detached' })
  assert.equal(await focused(), name)
  assert.equal(await page.evaluate<string>('document.activeElement.tagName'), 'BUTTON')
  await page.context().close()
})
