import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { appCode } from '#server/api/browser-of-tests.ts'
import { createServer } from '#server/server.ts'
import { dateIn, instantText } from '#engine/day.ts'
import { defaultPolicy } from '#identity/account-policy.ts'
import { entriesOn, loadRegisters } from '#store/registers.ts'
import { failOnComplaints, freePort, openChromium, refuseViolations } from './chromium.ts'
import { makeAccounts } from '#accounts/manage-accounts.ts'
import { openAccounts, OPERATOR } from '#accounts/account-office.ts'
import { openCase } from '#store/take-step.ts'
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
import { writeSecondFactorOrgans } from '#store/place-setting.ts'
import type { Browser, Page } from '@playwright/test'
import type { FastifyInstance } from 'fastify'
import type { Language, Words } from '#engine/words.ts'
import type { Store } from '#store/store.ts'

// Somebody whose organ asks for a second factor, from the first morning to the day on which the telephone is lost: a real account, a real
// session, and between them the work that it is for.

const OWN = 'lantern river copper 41'
const now = (): string => instantText(Date.now())
const today = dateIn(now())

let root: string
let store: Store
let app: FastifyInstance
let address: string
let browser: Browser
/** Who signs in, in which language, with which initial password; each has a case of their own to accept. */
const clerks = new Map<Language, { readonly username: string; readonly initial: string; readonly number: string }>()

before(async () => {
  browser = await openChromium()
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'yifa-sign-in-browser-'))
  fs.chmodSync(root, 0o755) // the database's user must reach it
  store = await openStore({ folder: path.join(root, 'data'), region: '321302', as: 'own' })
  await loadRegisters(store, [organsRegister, posts], SYSTEM, '2019-03-01T09:00+08:00')
  await writeSecondFactorOrgans(store, ['justice'])
  const port = await freePort()
  address = `http://127.0.0.1:${port}`
  const catalogue = [reconsideration]
  const accounts = openAccounts({
    store,
    origin: address,
    policy: defaultPolicy,
    providers: [],
    place: place.name,
    demonstration: false,
    now,
  })
  const people = (await entriesOn(store, 'posts', today))
    .filter(({ value }) => value['post'] === 'office' && (value['procedures'] as string[]).includes('reconsideration'))
    .map(({ value }) => String(value['person']))
  for (const [index, language] of (['zh', 'en'] as const).entries()) {
    const username = `clerk-${language}`
    const [made] = await makeAccounts(accounts, [{ username, person: people[index]! }], OPERATOR)
    const { theCase } = await openCase({ store, catalogue, calendar: publishedCalendar }, 'reconsideration', {
      step: 'receive',
      by: { post: 'office', organ: 'justice', person: people[index]! },
      at: now(),
      input: received(),
    })
    clerks.set(language, { username, initial: made!.initialPassword, number: theCase.number })
  }
  app = await createServer({ store, catalogue, calendar: publishedCalendar, place, now, accounts })
  await app.listen({ port, host: '127.0.0.1' })
})

after(async () => {
  await browser?.close()
  await app?.close()
  await store?.close()
  fs.rmSync(root, { recursive: true, force: true })
})

/** An application handed in today. */
function received(): Record<string, unknown> {
  return {
    receivedOn: today,
    channel: 'in-person',
    appliedOn: today,
    applicant: { name: '虚构赵某某', kind: 'person' },
    respondent: 'natural-resources',
    respondentKind: 'department',
    act: '不予更正登记告知',
    actKind: 'other',
    learnedOn: today,
    toldRights: true,
    requests: ['撤销告知'],
    facts: '虚构的事实和理由',
    signed: true,
  }
}

for (const [language, locale] of [
  ['zh', 'zh-CN'],
  ['en', 'en-GB'],
] as const) {
  test(`sign-in with a second factor on a telephone, and the work after it: ${language}`, async () => {
    const { username, initial, number } = clerks.get(language)!
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale })
    context.setDefaultTimeout(15_000)
    const page = await context.newPage()
    failOnComplaints(page)
    const t = (text: Words): string => say(text, language)
    const button = (text: Words, within: Page | ReturnType<Page['locator']> = page) =>
      within.getByRole('button', { name: t(text), exact: true })
    const refused = (code: string) => page.getByRole('alert').filter({ hasText: code }).waitFor()

    const givePassword = async (password: string): Promise<void> => {
      await page.getByLabel(t(words.username), { exact: true }).fill(username)
      await page.locator('input[autocomplete="current-password"]').fill(password)
      await button(words.signIn).click()
    }
    const giveCode = async (code: string): Promise<void> => {
      await page.getByLabel(t(words.secondFactorCode), { exact: true }).fill(code)
      await page.keyboard.press('Enter')
    }
    const signOut = async (): Promise<void> => {
      await page.goto(`${address}/workbench/account`)
      await button(words.signOut).click()
      await page.waitForURL(/\/sign-in$/)
    }

    // The first morning: the initial password opens its own change, and then the second factor that the organ asks for.
    await page.goto(`${address}/workbench/sign-in`)
    await givePassword('not the initial one')
    await refused('sign-in.wrong')
    await refuseViolations(page, 'the refused password')
    await givePassword(initial)
    await page.getByText(t(words.owes.password)).waitFor()
    await page.getByLabel(t(words.currentPassword)).fill(initial)
    await page.getByLabel(t(words.newPassword)).fill(OWN)
    await button(words.changePassword).click()
    await page.getByText(t(words.owes['second-factor'])).waitFor()
    const factor = page.getByRole('region', { name: t(words.secondFactor), exact: true })
    await factor.locator('input[type="password"]').fill(OWN)
    await button(words.setUp, factor).click()
    const uri = (await factor.getByRole('link', { name: t(words.openInApp) }).getAttribute('href'))!
    const recovery = await factor.locator('li code').allInnerTexts()
    assert.ok(recovery.length >= 5 && new Set(recovery).size === recovery.length, recovery.join())
    await refuseViolations(page, 'the recovery codes')
    await factor.getByLabel(t(words.firstCode)).fill(wrongFor(await appCode(uri)))
    await button(words.confirm, factor).click()
    await refused('second-factor.code-wrong')
    await factor.getByLabel(t(words.firstCode)).fill(await appCode(uri))
    await button(words.confirm, factor).click()
    await factor.getByText(t(words.secondFactorIsSet)).waitFor()
    const holds = async (): Promise<boolean> => (await page.content()).includes(recovery[0]!)
    assert.equal(await holds(), false, 'the recovery codes are gone once the factor is set up')
    await page.reload()
    await factor.getByText(t(words.secondFactorIsSet)).waitFor()
    assert.equal(await holds(), false, 'and are not shown again')
    await signOut()

    // Any other day: the password alone opens nothing, nor does a wrong code; the right one leads to the work of the day.
    await givePassword(OWN)
    await page.getByLabel(t(words.secondFactorCode), { exact: true }).waitFor()
    assert.equal((await page.request.get(`${address}/api/v1/today`)).status(), 401, 'the password alone')
    await refuseViolations(page, 'the second factor')
    await giveCode(wrongFor(await appCode(uri)))
    await refused('sign-in.code-wrong')
    assert.equal((await page.request.get(`${address}/api/v1/today`)).status(), 401, 'a wrong code')
    await giveCode(await appCode(uri))
    await page.waitForURL(/\/today$/)
    await page.locator('tr').filter({ hasText: number }).first().getByRole('link').first().click()
    await page.getByRole('heading', { level: 1, name: new RegExp(number.replaceAll(/[〔〕]/g, '.')) }).waitFor()
    const open = page.url()
    await page.goto(`${open}?step=accept`)
    await page.locator('.step-form').waitFor()
    for (const box of await page.locator('[data-path="conditionsMet"] input').all()) await box.check()
    for (const name of ['courtAccepted', 'acceptedBefore']) {
      await page.locator(`[data-path="${name}"]`).getByText(t(words.no), { exact: true }).click()
    }
    await page.locator('.step-form button[type=submit]').click()
    await page
      .locator('.done')
      .filter({ hasText: t(definition.steps.accept.name) })
      .waitFor()
    await signOut()
    await page.goto(open)
    await page.getByRole('link', { name: t(words.signIn), exact: true }).waitFor()
    assert.ok(!(await page.content()).includes(number), 'who signed out reads no case')

    // The telephone is lost: a code from paper opens, once.
    await page.goto(`${address}/workbench/sign-in`)
    await givePassword(OWN)
    await giveCode(recovery[0]!)
    await page.waitForURL(/\/today$/)
    await signOut()
    await givePassword(OWN)
    await giveCode(recovery[0]!)
    await refused('sign-in.code-wrong')
    await giveCode(recovery[1]!)
    await page.waitForURL(/\/today$/)
    await context.close()
  })
}

/** Six digits that are not the code. */
function wrongFor(code: string): string {
  return code.replaceAll(/\d/g, (digit) => String((Number(digit) + 5) % 10))
}
