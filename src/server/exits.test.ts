import assert from 'node:assert/strict'
import http from 'node:http'
import { addClient, viewerOfClient } from '#store/api-clients.ts'
import { addWebhook } from '#store/webhooks.ts'
import { after, before, test } from 'node:test'
import { catalogue } from '#procedures/catalogue.ts'
import { createHash, randomUUID } from 'node:crypto'
import { deliverEvents } from './deliver-events.ts'
import { execFileSync } from 'node:child_process'
import { definitionOn, systemNamed } from '#engine/system.ts'
import {
  editsReport,
  handlingsOf,
  holdingFor,
  keepsRegister,
  overlooks,
  readsOfficers,
  readsPersonal,
  readsRegisterField,
  scopesOf,
  seesCase,
} from '#identity/permission.ts'
import { isPersonal } from '#engine/field.ts'
import { MARKER, NOW, plantedOffice } from '../../tools/e2e/planted-office.ts'
import { once } from 'node:events'
import { readConcern } from '#store/read-concern.ts'
import { Refusal } from '#engine/refusal.ts'
import { registers } from '#registers/registers.ts'
import { strFromU8, unzipSync } from 'fflate'
import { takeStep } from '#store/take-step.ts'
import type { AddressInfo } from 'node:net'
import type { Asker, PlantedOffice } from '../../tools/e2e/planted-office.ts'
import type { CaseChoicesJson, CaseCountJson, CaseListJson } from './api/case-lists.ts'
import type { CaseJson } from './api/case.ts'
import type { FileJson } from './api/files.ts'
import type { FindingsJson, PictureJson } from './api/supervision.ts'
import type { LightMyRequestResponse } from 'fastify'
import type { ReadingJson } from './api/readings.ts'
import type { TodayJson } from './api/today.ts'

// Every way out × everybody who may ask × every case × every field, against the predicate. Each answer is looked through for the markers that
// stand in the fields, and for ids and numbers of cases; what an exit must show besides is asked where it is asked for.

/** Routes through which nothing of a case leaves, and why. Every other one must be asked below: a new route fails until it is here or there. */
const NOTHING_OF_A_CASE: Readonly<Record<string, string>> = {
  'GET /health': 'whether the machine runs',
  'GET /ready': 'whether the database answers',
  'GET /metrics': 'counts of requests, told to the machine itself',
  'GET /favicon.ico': 'an icon',
  'GET /workbench': 'the application, which asks the API like everybody',
  'GET /workbench*': 'the application',
  'GET /procedures': 'definitions',
  'GET /procedures/:id': 'definitions',
  'GET /portal': 'definitions',
  'GET /portal/guides': 'definitions',
  'GET /portal/guides/:procedure': 'definitions',
  'GET /portal/guides/:procedure/:from/:file': 'the flow chart of a definition',
  'GET /portal/deadlines': 'definitions',
  'GET /portal/deadlines/:procedure/:clock': 'definitions, and the reader’s own days',
  'GET /portal/verify': 'where a digest stands in the ledger, to who has the thing itself',
  'POST /portal/verify': 'what can be said of what the asker sent',
  'GET /portal/verify/standalone': 'a page that checks by itself',
  'GET /portal/checkpoints': 'checkpoints: hashes',
  'GET /portal/checkpoints.txt': 'checkpoints: hashes',
  'GET /portal/data': 'names of tables',
  'GET /portal/data/:name': 'figures as published, and public fields of registers',
  'GET /portal/reports': 'years',
  'GET /portal/reports/:name': 'the report as frozen: figures and what the office wrote',
  'GET /portal/hand-in/:procedure': 'definitions',
  'POST /portal/hand-in/:procedure': 'a number and a code of one’s own: hand-in.test.ts',
  'GET /portal/hand-in/:procedure/pages/:page': 'one’s own words, by a code: hand-in.test.ts',
  'POST /portal/hand-in/:procedure/pages/:page': 'one’s own words, by a code',
  'GET /portal/hand-in/:procedure/attachments': 'one’s own, by a code',
  'POST /portal/hand-in/:procedure/attachments': 'one’s own, by a code',
  'POST /portal/hand-in/:procedure/attachments/removals': 'one’s own, by a code',
  'GET /portal/hand-in/:procedure/check': 'one’s own words, by a code',
  'POST /portal/hand-in/:procedure/check': 'one’s own words, by a code',
  'GET /portal/hand-in/:procedure/receipt': 'one’s own number, by a code',
  'GET /portal/follow': 'an empty form',
  'POST /portal/follow': 'the way in: hand-in.test.ts',
  'GET /portal/follow/matter': 'the party’s own case, by a code: hand-in.test.ts',
  'GET /portal/follow/matter/steps/:step': 'the party’s own case, by a code',
  'POST /portal/follow/matter/steps/:step': 'the party’s own case, by a code',
  'GET /portal/follow/matter/documents/:seq/:file': 'what is addressed to the party, by a code: hand-in.test.ts',
  'POST /portal/follow/matter/acknowledgements': 'the party’s own case, by a code',
  'POST /portal/follow/matter/evaluation': 'the party’s own case, by a code',
  'POST /portal/follow/matter/end': 'the way out',
  'GET /api/v1/hand-ins': 'what waits, without what it says: hand-in.test.ts',
  'GET /api/v1/hand-ins/evaluations': 'how many',
  'POST /api/v1/hand-ins/:id/drafts': 'what no case holds yet, to who may open it: hand-in.test.ts',
  'POST /api/v1/hand-ins/:id/refusals': 'a number',
  'GET /portal/search': 'definitions, the reader’s own words, and public fields alone: portal/exit.test.ts',
  'GET /portal/publications': 'public fields alone: portal/exit.test.ts',
  'GET /portal/publications.atom': 'public fields alone: portal/exit.test.ts',
  'GET /portal/publications.rss': 'public fields alone: portal/exit.test.ts',
  'GET /portal/publications/:index': 'public fields alone: portal/exit.test.ts',
  'GET /portal/accessibility': 'what the tests of this build found',
  'GET /sitemap.xml': 'addresses of the portal',
  'GET /sitemap/:file': 'addresses of the portal',
  'GET /robots.txt': 'which addresses may be listed',
  'GET /ledger': 'checkpoints: hashes',
  'GET /ledger/public-key.pem': 'the public key',
  'GET /ledger/:ordinal': 'a checkpoint: hashes',
  'GET /api/auth/providers/:id': 'signing in',
  'GET /api/auth/callback/:id': 'signing in',
  'GET /api/v1': 'the description of the API',
  'GET /api/v1/openapi': 'the description of the API',
  'POST /api/v1/session': 'signing in',
  'POST /api/v1/session/second-factor': 'signing in',
  'DELETE /api/v1/session': 'signing out',
  'GET /api/v1/sign-in-means': 'signing in',
  'GET /api/v1/session': 'one’s own posts',
  'GET /api/v1/my-sessions': 'one’s own sessions',
  'DELETE /api/v1/my-sessions': 'one’s own sessions',
  'DELETE /api/v1/my-sessions/:id': 'one’s own sessions',
  'PUT /api/v1/my-password': 'one’s own account',
  'POST /api/v1/my-second-factor': 'one’s own account',
  'PUT /api/v1/my-second-factor': 'one’s own account',
  'POST /api/v1/my-recovery-codes': 'one’s own account',
  'GET /api/v1/accounts': 'accounts',
  'POST /api/v1/accounts': 'accounts',
  'PUT /api/v1/accounts/:id/state': 'accounts',
  'DELETE /api/v1/accounts/:id/second-factor': 'accounts',
  'POST /api/v1/accounts/:id/initial-passwords': 'accounts',
  'GET /api/v1/second-factor-organs': 'accounts',
  'PUT /api/v1/second-factor-organs': 'accounts',
  'GET /api/v1/account-imports/template': 'accounts',
  'POST /api/v1/account-imports': 'accounts',
  'GET /api/v1/post-proposals': 'posts',
  'POST /api/v1/post-proposals': 'posts',
  'PUT /api/v1/post-proposals/:id/decision': 'posts',
  'GET /api/v1/people/:person/posts': 'posts, to who administers them',
  'GET /api/v1/calendars': 'days off',
  'POST /api/v1/calendars': 'days off; how many limits move, by system',
  'POST /api/v1/calendars/previews': 'how many limits would move, by system',
  'GET /api/v1/calendars/template.xlsx': 'days off',
  'GET /api/v1/templates': 'definitions',
  'GET /api/v1/templates/:procedure/:from/:file': 'a document of invented facts',
  'GET /api/v1/number-series': 'how far numbers have come',
  'GET /api/v1/number-series/gaps': 'serials that nothing bears',
  'GET /api/v1/notifications': 'what one was told oneself: notifications.test.ts',
  'GET /api/v1/notifications/unread': 'how many there are of one’s own',
  'PUT /api/v1/notifications/read': 'one’s own',
  'PUT /api/v1/notifications/:id/read': 'one’s own',
  'GET /api/v1/notification-settings': 'one’s own',
  'PUT /api/v1/notification-settings': 'one’s own',
  'GET /api/v1/notification-channels': 'how messages are sent, without secrets',
  'PUT /api/v1/notification-channels/:id': 'how messages are sent',
  'POST /api/v1/notification-channels/:id/trials': 'a message of ours',
  'PUT /api/v1/notification-warning': 'a number of days',
  'GET /api/v1/notification-deliveries': 'that something was sent, not of which case',
  'POST /api/v1/notification-deliveries/:id/retries': 'that something is sent again',
  'GET /api/v1/clients': 'other systems: names and posts',
  'POST /api/v1/clients': 'other systems',
  'DELETE /api/v1/clients/:id': 'other systems',
  'GET /api/v1/webhooks': 'addresses of other systems',
  'POST /api/v1/webhooks': 'addresses of other systems',
  'DELETE /api/v1/webhooks/:id': 'addresses of other systems',
  'GET /api/v1/webhooks/:id/deliveries': 'that something was sent, not of which case',
  'POST /api/v1/webhooks/:id/deliveries/:delivery/retries': 'that something is sent again',
  'GET /api/v1/procedures': 'definitions',
  'GET /api/v1/procedures/:id': 'definitions',
  'GET /api/v1/organs': 'names of organs',
  'GET /api/v1/registers/:id/template.xlsx': 'columns of a register',
  'POST /api/v1/registers/:id/proposals': 'answers with the number of what was proposed',
  'POST /api/v1/registers/:id/imports': 'answers with the number of what was proposed',
  'POST /api/v1/registers/:id/previews': 'what the asker’s own sheet would change',
  'POST /api/v1/proposals/:id/decisions': 'answers with what was decided',
  'POST /api/v1/files': 'one’s own upload',
  'HEAD /api/v1/files/:id': 'one’s own upload',
  'PATCH /api/v1/files/:id': 'one’s own upload',
  'DELETE /api/v1/files/:id': 'one’s own upload',
  'DELETE /api/v1/drafts/:target/:step': 'throws one’s own away',
  'DELETE /api/v1/views/:name': 'throws one’s own away',
}

/** What of these anybody may ask who is nobody. */
const OPEN = new Set(
  Object.keys(NOTHING_OF_A_CASE).filter((route) =>
    /^\w+ (\/health|\/ready|\/metrics|\/favicon|\/workbench|\/portal|\/sitemap|\/robots|\/procedures|\/ledger|\/api\/auth|\/api\/v1$|\/api\/v1\/openapi|\/api\/v1\/sign-in-means)/.test(
      route,
    ),
  ),
)
// `/` is asked above by everybody; nobody is led to the portal.
for (const route of ['GET /', 'POST /api/v1/session', 'POST /api/v1/session/second-factor', 'DELETE /api/v1/session']) OPEN.add(route)

let own: PlantedOffice
const asked = new Set<string>()

before(async () => {
  own = await plantedOffice()
  for (const { number } of own.cases.values()) numbered.add(number)
})
after(() => own.close())

const sees = ({ viewer }: Asker, id: string): boolean => seesCase(viewer, own.concerns.get(id)!, catalogue)
const reads = ({ viewer }: Asker, id: string): boolean => readsPersonal(viewer, own.concerns.get(id)!, catalogue)
const seen = (asker: Asker): string[] => [...own.cases.keys()].filter((id) => sees(asker, id)).sort()
const isVisitor = ({ viewer }: Asker): boolean => viewer.demonstration === true
const visitor = (): Asker => own.askers.find(isVisitor)!
const markersOf = (id: string, personal: boolean): string[] =>
  [...own.planted].flatMap(([marker, one]) => (one.id === id && one.personal === personal ? [marker] : []))
const codeOf = (answer: LightMyRequestResponse): string =>
  String(answer.headers['content-type']).startsWith('application/json') ? ((answer.json() as { code?: string } | null)?.code ?? '') : ''

type Method = 'GET' | 'POST' | 'PUT'

interface Asking {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly body?: object
  /** What is personal may be shown here to who may read it: it was asked for, for a purpose. */
  readonly forPurpose?: true
  readonly page?: true
}

/** Asks a way out and looks through the answer. */
async function ask(asker: Asker, method: Method, route: string, { params = {}, query = {}, body, forPurpose, page }: Asking = {}) {
  asked.add(`${method} ${route}`)
  const path = route.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name]!))
  const answer = await (isVisitor(asker) ? own.demonstration : own.app).inject({
    method,
    url: `${path}?${new URLSearchParams(query)}`,
    headers: {
      accept: page ? 'text/html' : 'application/json',
      'accept-language': 'zh',
      ...asker.headers,
      ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
    },
    ...(body ? { payload: body } : {}),
  })
  assert.ok(answer.statusCode < 500, `${method} ${path}: ${answer.body}`)
  lookThrough(asker, readable(answer), `${asker.name}: ${method} ${path}`, {
    forPurpose: forPurpose === true,
    given: JSON.stringify([params, query, body]),
  })
  return answer
}

/** What can be read of an answer: of a file the text inside. */
function readable(answer: LightMyRequestResponse): string {
  const type = String(answer.headers['content-type'])
  if (type.includes('officedocument'))
    return Object.values(unzipSync(answer.rawPayload))
      .map((file) => strFromU8(file))
      .join('\n')
  if (type.includes('application/pdf'))
    return execFileSync('pdftotext', ['-', '-'], { input: answer.rawPayload }).toString().replaceAll(/\s/g, '')
  return answer.body
}

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
const NUMBER = /[\p{Script=Han}]+〔\d{4}〕\d+号/gu

function lookThrough(asker: Asker, text: string, where: string, { forPurpose, given }: { forPurpose: boolean; given: string }): void {
  for (const [marker] of text.matchAll(MARKER)) {
    if (given.includes(marker)) continue
    const { id, field, personal } = own.planted.get(marker)!
    assert.ok(
      personal ? forPurpose && reads(asker, id) : sees(asker, id),
      `${where} shows ${field} of ${own.concerns.get(id)!.procedure} ${id}`,
    )
  }
  const { ids, numbers } = namable(asker)
  for (const [id] of text.matchAll(ID)) if (own.cases.has(id) && !given.includes(id)) assert.ok(ids.has(id), `${where} names case ${id}`)
  for (const [number] of text.matchAll(NUMBER))
    if (numbered.has(number) && !given.includes(number)) assert.ok(numbers.has(number), `${where} names ${number}`)
}

const numbered = new Set<string>()
const namables = new Map<Asker, { readonly ids: ReadonlySet<string>; readonly numbers: ReadonlySet<string> }>()

/** Ids and numbers of the cases that somebody sees. A case that a field of another names is named by the other. */
function namable(asker: Asker) {
  const known = namables.get(asker)
  if (known) return known
  const cases = seen(asker).map((id) => own.cases.get(id)!)
  const linked = cases.flatMap(({ fields }) => JSON.stringify(fields).match(ID) ?? [])
  const found = { ids: new Set([...cases.map(({ id }) => id), ...linked]), numbers: new Set(cases.map(({ number }) => number)) }
  namables.set(asker, found)
  return found
}

test('the cases and those who ask try every side of the predicate', () => {
  const holds = (what: (asker: Asker, id: string) => boolean): number =>
    own.askers.reduce((sum, asker) => sum + own.looked.filter((id) => what(asker, id)).length, 0)
  const concern = (id: string) => own.concerns.get(id)!
  assert.ok(holds(sees) > 100 && holds((asker, id) => !sees(asker, id)) > 100)
  assert.ok(holds(reads) > 50 && holds((asker, id) => sees(asker, id) && !reads(asker, id)) > 50)
  assert.ok(holds(({ viewer }, id) => Object.values(concern(id).assigned).includes(viewer.person)) > 3, 'assigned to who asks')
  assert.ok([...own.cases.keys()].filter((id) => Object.values(concern(id).assigned).includes('虚构无此人')).length > 10)
  assert.ok(holds(({ viewer }, id) => concern(id).recused.includes(viewer.person)) > 5, 'recused')
  for (const { id } of catalogue)
    assert.ok(
      own.looked.some((one) => concern(one).procedure === id),
      id,
    )
  for (const personal of [true, false]) assert.ok([...own.planted.values()].filter((one) => one.personal === personal).length > 80)
})

test('lists, counts, exports and choices hold what the predicate says, and nothing else', async () => {
  for (const asker of own.askers) {
    const expected = seen(asker)
    const list = (await ask(asker, 'GET', '/api/v1/cases', { query: { limit: '200' } })).json() as CaseListJson
    assert.deepEqual(list.cases.map(({ id }) => id).sort(), expected, asker.name)
    const names = list.cases.flatMap(({ assignees }) => assignees.map(({ person }) => person))
    assert.ok(names.every((person) => (person !== null) === readsOfficers(asker.viewer)))
    const { count } = (await ask(asker, 'GET', '/api/v1/cases/count')).json() as CaseCountJson
    assert.equal(count, expected.length, asker.name)
    const choices = (await ask(asker, 'GET', '/api/v1/cases/choices')).json() as CaseChoicesJson
    assert.deepEqual(
      choices.procedures.map(({ id }) => id).sort(),
      [...new Set(scopesOf(asker.viewer, catalogue).map(({ procedure }) => procedure))].sort(),
    )
    assert.equal(choices.people, handlingsOf(asker.viewer, catalogue).length > 0)
    const numbers = expected.map((id) => own.cases.get(id)!.number)
    for (const form of ['csv', 'xlsx']) {
      const text = readable(await ask(asker, 'GET', `/api/v1/cases/export.${form}`))
      for (const number of numbers) assert.ok(text.includes(number), `${asker.name}: ${form} lacks ${number}`)
    }
    const { systems } = (await ask(asker, 'GET', '/cases')).json() as { systems: { total: number }[] }
    assert.equal(
      systems.reduce((sum, { total }) => sum + total, 0),
      expected.length,
    )
    for (const { id: procedure } of catalogue) {
      const { cases } = (await ask(asker, 'GET', '/cases', { query: { procedure } })).json() as { cases: { id: string }[] }
      assert.deepEqual(
        cases.map(({ id }) => id).sort(),
        expected.filter((id) => own.cases.get(id)!.procedure === procedure),
        asker.name,
      )
    }
    await ask(asker, 'GET', '/cases', { query: { procedure: 'hotline-12345' }, page: true })
    await ask(asker, 'GET', '/', { page: true })
    await ask(asker, 'GET', '/')
  }
})

test('a search finds a text where its field may be seen, and a person where who they are may be read', async () => {
  for (const asker of oneOfEach()) {
    const found = async (query: Record<string, string>) =>
      ((await ask(asker, 'GET', '/api/v1/cases', { query })).json() as CaseListJson).cases.map(({ id }) => id)
    for (const id of twoOfEach()) {
      const [inner, person] = [false, true].map((personal) => markersOf(id, personal).find((marker) => !own.planted.get(marker)!.isFile))
      if (inner !== undefined)
        assert.deepEqual(await found({ q: inner }), sees(asker, id) ? [id] : [], `${asker.name} ${own.planted.get(inner)!.field}`)
      if (person !== undefined) {
        assert.deepEqual(await found({ q: person }), [], asker.name)
        assert.deepEqual(
          await found({ q: person, people: 'yes' }),
          reads(asker, id) ? [id] : [],
          `${asker.name} ${own.planted.get(person)!.field}`,
        )
      }
      assert.deepEqual(await found({ q: own.cases.get(id)!.number }), sees(asker, id) ? [id] : [], asker.name)
    }
  }
})

test('what is to be done, what is found and what is counted are of cases that the asker sees', async () => {
  for (const asker of own.askers) {
    const today = (await ask(asker, 'GET', '/api/v1/today')).json() as TodayJson
    if (asker.viewer.administrator || isVisitor(asker))
      assert.deepEqual([today.due.items, today.waiting.items, today.returned.items], [[], [], []])
    for (const part of ['due', 'waiting', 'returned']) await ask(asker, 'GET', `/api/v1/today/${part}`)
    const { findings } = (await ask(asker, 'GET', '/api/v1/supervision/findings')).json() as FindingsJson
    if (seen(asker).length > 40) assert.ok(findings.length > 0, asker.name)
    const picture = (
      await ask(asker, 'GET', '/api/v1/supervision/picture', { query: { from: '2018-01-01', until: '2021-01-04' } })
    ).json() as PictureJson
    const running = seen(asker).filter((id) => !isFinal(id))
    assert.deepEqual([picture.all.opened, picture.all.running], [seen(asker).length, running.length], asker.name)
    for (const line of picture.systems)
      assert.equal(line.running, running.filter((id) => own.cases.get(id)!.procedure === line.key).length, `${asker.name} ${line.key}`)
  }
})

function isFinal(id: string): boolean {
  const { procedure, openedOn, state } = own.cases.get(id)!
  return definitionOn(systemNamed(catalogue, procedure), openedOn).states[state]!.final === true
}

test('a publication of a case that may not be seen is one that there is not, to whoever would withdraw it', async () => {
  const { rows } = await own.office.store.pool.query<{ id: string; of: string }>('select id, case_id as of from publication limit 5')
  assert.ok(rows.length > 0)
  for (const asker of oneOfEach()) {
    for (const { id, of } of rows) {
      if (sees(asker, of)) continue
      const route = '/api/v1/publications/:id/withdrawals'
      const { statusCode, body } = await ask(asker, 'POST', route, { params: { id }, body: { ground: 'wrong' } })
      assert.ok(statusCode === 404 || (isVisitor(asker) && statusCode === 401), `${asker.name}: ${body}`)
      assert.ok(!body.includes(of))
    }
  }
})

test('a case that may not be seen is one that there is not, whichever way it is asked for', async () => {
  const nobody = randomUUID()
  const unknowns = new Map<string, string>()
  for (const asker of oneOfEach()) {
    for (const id of twoOfEach()) {
      const theCase = own.cases.get(id)!
      const [document] = issued(id)
      const step = Object.keys(definitionOn(systemNamed(catalogue, theCase.procedure), theCase.openedOn).steps)[1]!
      const ways: [Method, string, Asking?][] = [
        ['GET', '/api/v1/cases/:id'],
        ['GET', '/api/v1/cases/:id/flow-chart'],
        ['GET', '/api/v1/cases/:id/files'],
        ['GET', '/api/v1/cases/:id/document-issues'],
        ['GET', '/api/v1/cases/:id/publications'],
        ['POST', '/api/v1/cases/:id/publications', { body: { seq: 9999, duty: 'no-such' } }],
        ['GET', '/api/v1/cases/:id/files/:file', { params: { file: nobody } }],
        ['GET', '/cases/:id'],
        ['GET', '/cases/:id', { page: true }],
        ['GET', '/cases/:id/receipts/:seq', { params: { seq: '1' } }],
        ['POST', '/api/v1/cases/:id/steps', { body: { step: 'no-such', input: {}, expected: 1 } }],
        ['POST', '/api/v1/cases/:id/steps/preview', { body: { step: 'no-such', input: {} } }],
        ['POST', '/api/v1/cases/:id/corrections', { body: { seq: 9999, reason: '更正', approvedBy: '虚构无此人' } }],
        ['POST', '/api/v1/cases/:id/assignments', { body: { post: 'no-such', person: '虚构无此人', reason: '分工' } }],
        ['POST', '/api/v1/cases/:id/recusals', { body: { person: '虚构查无此人', reason: '回避' } }],
        ['POST', '/api/v1/cases/assignments', { body: { cases: [id], post: 'no-such', person: '虚构无此人', reason: '分工' } }],
        ['PUT', '/api/v1/drafts/:target/:step', { params: { target: id, step: 'no-such' }, body: { input: {} } }],
        ['PUT', '/api/v1/drafts/:target/:step', { params: { target: id, step }, body: { input: {} } }],
        ...(document
          ? ([
              ['GET', '/cases/:id/documents/:seq/:file', { params: { seq: document.seq, file: `${document.name}.html` }, page: true }],
              ['GET', '/api/v1/cases/:id/documents/:seq/:file', { params: { seq: document.seq, file: `${document.name}.html` } }],
            ] as [Method, string, Asking][])
          : []),
      ]
      for (const [method, route, asking = {}] of ways) {
        const { statusCode, body } = await answer(id)
        const where = `${asker.name}: ${method} ${route} of ${theCase.procedure}: ${body.slice(0, 200)}`
        // Who looks at a demonstration is nobody where something is done.
        if (statusCode === 401) assert.ok(isVisitor(asker) && method !== 'GET', where)
        else assert.equal(statusCode === 404 && isUnknown(body), !sees(asker, id), where)
        // Nothing in the refusal tells it from that of a case that there is not.
        if (!sees(asker, id) && asking.page === undefined) assert.equal(body, (await unknown()).replaceAll(nobody, id), where)

        /** What is answered of a case that there is not, asked once by each. */
        async function unknown(): Promise<string> {
          const key = `${asker.name} ${method} ${route} ${JSON.stringify(asking).replaceAll(id, nobody)}`
          const known = unknowns.get(key) ?? (await answer(nobody)).body
          unknowns.set(key, known)
          return known
        }

        async function answer(of: string) {
          const filled = JSON.parse(JSON.stringify(asking).replaceAll(id, of)) as Asking
          return ask(asker, method, route, { ...filled, params: { id: of, ...filled.params } })
        }
      }
      await byNumber(asker, id)
    }
  }

  function isUnknown(body: string): boolean {
    return body.includes('case.unknown') || body.includes('没有案件')
  }

  async function byNumber(asker: Asker, id: string): Promise<void> {
    const { number } = own.cases.get(id)!
    const api = await ask(asker, 'GET', '/api/v1/cases/numbered/:number', { params: { number } })
    const named = await ask(asker, 'GET', '/cases/:id', { params: { id: number } })
    const found = await ask(asker, 'GET', '/cases', { query: { number } })
    const expected = sees(asker, id) ? [200, 302, 302] : [404, 404, 404]
    assert.deepEqual([api.statusCode, named.statusCode, found.statusCode], expected, `${asker.name} by ${number}`)
    if (sees(asker, id)) return
    for (const { body } of [api, named, found]) assert.ok(!body.includes(id) && body.includes(number), body)
  }
})

/** One holder of each post in an organ of the cases, one elsewhere, and everybody else: for what is asked most often. */
function oneOfEach(): Asker[] {
  const placeOf = ({ name, viewer }: Asker): string => name.replace(` ${viewer.person}`, '')
  return own.askers.filter((asker, index) => own.askers.findIndex((one) => placeOf(one) === placeOf(asker)) === index)
}

/** Two cases of each procedure, for what is asked of each case in many ways by everybody. */
function twoOfEach(): string[] {
  return catalogue.flatMap(({ id }) => own.looked.filter((one) => own.cases.get(one)!.procedure === id).slice(0, 2))
}

/** The documents that a case's steps made. */
function issued(id: string): { readonly seq: string; readonly name: string }[] {
  const { procedure, openedOn, steps } = own.cases.get(id)!
  const definition = definitionOn(systemNamed(catalogue, procedure), openedOn)
  return steps.flatMap(({ seq, step }) => (definition.steps[step]?.produces ?? []).map((name) => ({ seq: String(seq), name })))
}

test('a case shows every field that is not personal, of what is personal its name alone, and offers what may be done', async () => {
  for (const asker of own.askers) {
    for (const id of own.looked.filter((one) => sees(asker, one))) {
      const theCase = own.cases.get(id)!
      const system = systemNamed(catalogue, theCase.procedure)
      const shown = (await ask(asker, 'GET', '/api/v1/cases/:id', { params: { id } })).json() as CaseJson
      const text = JSON.stringify(shown.timeline)
      for (const marker of markersOf(id, false)) assert.ok(text.includes(marker), `${asker.name} lacks ${own.planted.get(marker)!.field}`)
      const definition = definitionOn(system, theCase.openedOn)
      for (const { step, input, rows } of shown.timeline) {
        const fields = definition.steps[step]?.input ?? {}
        assert.deepEqual(
          Object.keys(input).filter((name) => fields[name] && isPersonal(fields[name])),
          [],
          `${step} of ${theCase.procedure}`,
        )
        for (const row of rows) if (isPersonal(fields[row.name]!)) assert.deepEqual([row.personal, row.value], ['held', null])
      }
      const named = shown.timeline.flatMap(({ by }) => by.person).filter((person) => person !== null)
      assert.equal(named.length > 0, readsOfficers(asker.viewer), asker.name)
      assert.equal(shown.mayReadPersonal, reads(asker, id), asker.name)
      for (const link of shown.links) assert.ok(sees(asker, link.id))
      const may = (step: string): string | undefined => {
        try {
          holdingFor(asker.viewer, definition, step, own.concerns.get(id)!, system)
          return undefined
        } catch (error) {
          if (error instanceof Refusal) return error.code
          throw error
        }
      }
      for (const { form } of shown.actions) assert.equal(may(form.step), undefined, `${asker.name} ${form.step}`)
      for (const { step, code } of shown.refused) if (code.startsWith('permission.')) assert.equal(may(step), code, `${asker.name} ${step}`)
    }
  }
})

test('who the people are is shown to who may read it, whole, for a purpose, and to nobody else', async () => {
  const purpose = '核对'
  for (const asker of own.askers) {
    for (const id of own.looked) {
      const answer = await ask(asker, 'POST', '/api/v1/cases/:id/readings', { params: { id }, body: { purpose }, forPurpose: true })
      const expected = !sees(asker, id)
        ? 'case.unknown'
        : isVisitor(asker)
          ? 'session.missing'
          : reads(asker, id)
            ? ''
            : 'permission.not-personal'
      assert.equal(codeOf(answer), expected, asker.name)
      if (reads(asker, id)) {
        const { steps } = answer.json() as ReadingJson
        for (const marker of markersOf(id, true))
          assert.ok(JSON.stringify(steps).includes(marker), `${asker.name} lacks ${own.planted.get(marker)!.field}`)
      }
      // One document of each case is enough for everybody; the next test makes all of them.
      const [document] = issued(id)
      if (!document) continue
      const params = { id, seq: document.seq, file: `${document.name}.html` }
      const revealed = await ask(asker, 'GET', '/api/v1/cases/:id/documents/:seq/:file', {
        params,
        query: { reveal: '1', purpose },
        forPurpose: true,
      })
      assert.equal(revealed.statusCode === 200, reads(asker, id), asker.name)
    }
  }
})

test('every document in every form is masked, and whole only for who may read who the people are', async () => {
  const tried = new Set<string>()
  let whole = 0
  for (const id of own.looked) {
    const looker = own.askers.find((asker) => sees(asker, id) && !reads(asker, id)) ?? own.askers.find((asker) => sees(asker, id))!
    const reader = own.askers.find((asker) => reads(asker, id))
    for (const { seq, name } of issued(id)) {
      const template = `${own.cases.get(id)!.procedure}/${name}`
      if (tried.has(template)) continue
      tried.add(template)
      // All forms are made of the same document: the slowest of a few is enough.
      for (const form of ['html', ...(tried.size % 4 === 1 ? ['docx'] : []), ...(tried.size === 1 ? ['pdf'] : [])]) {
        const params = { id, seq, file: `${name}.${form}` }
        for (const route of ['/cases/:id/documents/:seq/:file', '/api/v1/cases/:id/documents/:seq/:file'])
          for (const asker of [looker, ...(reader ? [reader] : [])])
            assert.equal((await ask(asker, 'GET', route, { params })).statusCode, 200, template)
        if (!reader) continue
        const asking = { params, query: { reveal: '1', purpose: '送达' }, forPurpose: true } as const
        const text = readable(await ask(reader, 'GET', '/api/v1/cases/:id/documents/:seq/:file', asking))
        if (markersOf(id, true).some((marker) => text.includes(marker))) whole += 1
      }
    }
  }
  assert.ok(tried.size > 15 && whole > 15, `${tried.size} documents, ${whole} with names`)
})

test('a file of a case is named and read as what is personal is', async () => {
  const content = Buffer.from('%PDF-1.7\n%âãÏÓ\nzqp99999z')
  const sha256 = createHash('sha256').update(content).digest('hex')
  const { store } = own.office
  for (const id of own.looked.slice(0, 8)) {
    const uploader = own.askers.find((asker) => reads(asker, id) && asker.headers['x-asker'] !== undefined)
    if (!uploader) continue
    const tus = { 'tus-resumable': '1.0.0', ...uploader.headers }
    const metadata = `filename ${Buffer.from('虚构申请人身份证.pdf').toString('base64')}`
    const begun = await own.app.inject({
      method: 'POST',
      url: '/api/v1/files',
      headers: { ...tus, 'upload-length': String(content.length), 'upload-metadata': metadata },
    })
    const url = String(begun.headers['location'])
    const sent = { ...tus, 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' }
    assert.equal((await own.app.inject({ method: 'PATCH', url, headers: sent, payload: content })).statusCode, 204)
    const file = url.slice(-36)
    for (const asker of own.askers.filter(({ viewer }) => viewer !== uploader.viewer))
      assert.notEqual((await ask(asker, 'GET', '/api/v1/files/:id', { params: { id: file } })).statusCode, 200, asker.name)
    await store.pool.query('update file set case_id = $3, seq = 1 where region = $1 and id = $2', [store.region, file, id])
    for (const asker of own.askers) {
      const listed = await ask(asker, 'GET', '/api/v1/cases/:id/files', { params: { id } })
      if (!sees(asker, id)) continue
      const [one] = listed.json() as FileJson[]
      assert.deepEqual([one!.name, one!.sha256], [reads(asker, id) ? '虚构申请人身份证.pdf' : null, sha256], asker.name)
      const asking = { params: { id, file }, query: { purpose: '核对' } }
      asked.add('GET /api/v1/cases/:id/files/:file')
      const got = await (isVisitor(asker) ? own.demonstration : own.app).inject({
        url: `/api/v1/cases/${id}/files/${file}?purpose=${encodeURIComponent(asking.query.purpose)}`,
        headers: { accept: 'application/json', ...asker.headers },
      })
      assert.equal(got.statusCode === 200, reads(asker, id), `${asker.name}: ${got.body}`)
      assert.equal(got.body.includes('zqp99999z'), reads(asker, id))
    }
    await store.pool.query('delete from file where region = $1 and id = $2', [store.region, file])
  }
})

test('figures and the report are for who looks over the whole place; the records behind them are cases that the asker sees', async () => {
  const year = '2020'
  const figures = catalogue.flatMap(({ id, indicators }) => Object.keys(indicators.indicators).map((one) => `${id}.${one}`))
  const some = figures.filter((_, index) => index % 5 === 0)
  let records = 0
  for (const asker of own.askers) {
    const may = overlooks(asker.viewer)
    const looks = async (route: string, asking: Asking = {}) => {
      const answer = await ask(asker, 'GET', route, asking)
      assert.equal(answer.statusCode, may ? 200 : 403, `${asker.name}: ${route} ${JSON.stringify(asking)} ${answer.body.slice(0, 200)}`)
      return answer
    }
    await looks('/report')
    await looks('/api/v1/reports')
    await looks('/api/v1/reports/:year', { params: { year } })
    await looks('/api/v1/reports/:year/editions', { params: { year } })
    await looks('/report/:name', { params: { name: year } })
    for (const id of may ? some : some.slice(0, 1)) {
      const answer = await looks('/figures/:id', { params: { id }, query: { year } })
      if (may) records += (answer.json() as { records?: unknown[] }).records?.length ?? 0
    }
    // As files for one of each kind: they are long in the making.
    if (may && !asker.name.includes('report-editor') && !isVisitor(asker)) continue
    for (const form of ['html', 'docx']) {
      await looks('/report/:name', { params: { name: `${year}.${form}` } })
      await looks('/api/v1/reports/:year/editions/:name', { params: { year, name: `draft.${form}` } })
    }
    const writing = { params: { year, section: '1' }, body: { paragraphs: [], expected: 99 } }
    const mayWrite = editsReport(asker.viewer) !== undefined
    for (const [method, route, asking] of [
      ['PUT', '/api/v1/reports/:year/narrative/:section', writing],
      ['PUT', '/api/v1/reports/:year/figures/:figure/note', { params: { year, figure: 'no-such' }, body: { zh: '', en: '' } }],
      ['POST', '/api/v1/reports/:year/editions', { params: { year }, body: { expected: 99, findingsSeen: 9999 } }],
    ] as [Method, string, Asking][])
      assert.equal(codeOf(await ask(asker, method, route, asking)) === 'permission.not-report-editor', !mayWrite, `${asker.name}: ${route}`)
    const checked = await ask(asker, 'POST', '/api/v1/reports/:year/checks', { params: { year }, body: {} })
    assert.equal(checked.statusCode, may ? 200 : 403)
  }
  assert.ok(records > 200, `${records} records`)
})

test('a link is made to cases that the asker sees, tried or done', async () => {
  const opens = own.askers.filter(({ viewer }) =>
    viewer.holdings.some(({ post, procedures }) => post === 'supervisor' && procedures.includes('case-supervision')),
  )
  let unseen = 0
  for (const asker of opens) {
    for (const [id, { number }] of own.cases) {
      if (sees(asker, id)) continue
      unseen += 1
      const input = { openedOn: '2021-01-04', supervisedCase: id, supervisedNumber: number, finding: 'late', findingFacts: '发现的情况' }
      for (const route of ['/api/v1/cases', '/api/v1/cases/preview']) {
        const answer = await ask(asker, 'POST', route, { body: { procedure: 'case-supervision', step: 'open', input } })
        assert.deepEqual([answer.statusCode, codeOf(answer)], [404, 'case.unknown'], `${asker.name}: ${route}`)
      }
    }
  }
  assert.ok(unseen > 0)
})

test('what somebody is typing and the views that they keep are theirs alone', async () => {
  const id = own.looked.find((one) => own.askers.some((asker) => reads(asker, one)))!
  const writer = own.askers.find((asker) => reads(asker, id) && asker.headers['x-asker'] !== undefined)!
  const { procedure, openedOn } = own.cases.get(id)!
  const system = systemNamed(catalogue, procedure)
  const definition = definitionOn(system, openedOn)
  const step = Object.keys(definition.steps).find((one) => {
    try {
      return holdingFor(writer.viewer, definition, one, own.concerns.get(id)!, system) !== undefined
    } catch {
      return false
    }
  })!
  const params = { target: id, step }
  const typed = 'zqp88888z'
  await ask(writer, 'PUT', '/api/v1/drafts/:target/:step', { params, body: { input: { facts: typed } } })
  await ask(writer, 'PUT', '/api/v1/views/:name', { params: { name: '我的' }, body: { query: { q: typed } } })
  for (const asker of own.askers) {
    for (const [route, asking] of [
      ['/api/v1/drafts/:target/:step', { params }],
      ['/api/v1/views', {}],
    ] as [string, Asking][]) {
      asked.add(`GET ${route}`)
      const answer = await (isVisitor(asker) ? own.demonstration : own.app).inject({
        url: route.replace(':target', id).replace(':step', asking.params?.['step'] ?? ''),
        headers: { accept: 'application/json', ...asker.headers },
      })
      assert.equal(answer.body.includes(typed), asker.viewer === writer.viewer, `${asker.name}: ${route}`)
    }
  }
})

test('registers show what the predicate says of each field; a proposal is for who keeps the register', async () => {
  const { pool, region } = own.office.store
  for (const asker of own.askers) {
    const { viewer } = asker
    await ask(asker, 'GET', '/registers')
    await ask(asker, 'GET', '/api/v1/registers')
    for (const register of registers) {
      const params = { id: register.id }
      const api = (await ask(asker, 'GET', '/api/v1/registers/:id', { params })).json() as { entries: { key: string; value: object }[] }
      const page = (await ask(asker, 'GET', '/registers/:id', { params })).json() as { entries: { key: string; value: object }[] }
      await ask(asker, 'GET', '/registers/:id', { params, page: true })
      for (const [entries, never] of [
        [api.entries, false],
        [page.entries, true],
      ] as const)
        for (const { key, value } of entries.slice(0, 5)) {
          const { rows } = await pool.query<{ value: object }>(
            'select value from register_entry where region = $1 and register = $2 and key = $3 order by version desc limit 1',
            [region, register.id, key],
          )
          const expected = Object.entries(register.fields).flatMap(([name, field]) =>
            Object.hasOwn(rows[0]!.value, name) &&
            !(never && isPersonal(field)) &&
            readsRegisterField(viewer, register, isPersonal(field) ? { ...field, personal: true } : field)
              ? [name]
              : [],
          )
          assert.deepEqual(Object.keys(value).sort(), expected.sort(), `${asker.name}: ${register.id} ${key}`)
        }
      const [first] = api.entries
      if (!first) continue
      await ask(asker, 'GET', '/api/v1/registers/:id/entries/:key', { params: { ...params, key: first.key } })
      await ask(asker, 'GET', '/registers/:id/:key', { params: { ...params, key: first.key } })
    }
  }
  const knowledge = registers.find(({ id }) => id === 'knowledge')!
  const proposer = own.askers.find(({ viewer }) => keepsRegister(viewer, knowledge, 'propose'))!
  const { rows } = await pool.query<{ key: string; value: object }>(
    "select key, value from register_entry where region = $1 and register = 'knowledge' limit 1",
    [region],
  )
  const proposed = await own.app.inject({
    method: 'POST',
    url: '/api/v1/registers/knowledge/proposals',
    headers: { ...proposer.headers, 'idempotency-key': randomUUID() },
    payload: { ...rows[0], validFrom: '2021-02-01', reason: '（演示）' },
  })
  assert.equal(proposed.statusCode, 201, proposed.body)
  const { id } = proposed.json() as { id: string }
  for (const asker of own.askers) {
    const keeps = (['propose', 'approve'] as const).some((as) => keepsRegister(asker.viewer, knowledge, as))
    assert.equal((await ask(asker, 'GET', '/api/v1/proposals')).body.includes(id), keeps, asker.name)
    assert.equal((await ask(asker, 'GET', '/api/v1/proposals/:id', { params: { id } })).statusCode === 200, keeps, asker.name)
  }
})

test('to whom cases may be given is asked by who gives them; the log is the audit administrator’s', async () => {
  for (const asker of own.askers) {
    for (const { id: procedure } of catalogue) {
      const answer = await ask(asker, 'GET', '/api/v1/cases/assignees', { query: { procedure } })
      if (!handlingsOf(asker.viewer, catalogue).some((one) => one.procedure === procedure))
        assert.ok(answer.statusCode === 401 || (answer.json() as { people: unknown[] }).people.length === 0, asker.name)
    }
    for (const route of ['/api/v1/audit-events', '/api/v1/audit-events.csv', '/api/v1/audit-events.xlsx']) {
      asked.add(`GET ${route}`)
      const answer = await (isVisitor(asker) ? own.demonstration : own.app).inject({
        url: route,
        headers: { accept: 'application/json', ...asker.headers },
      })
      assert.equal(answer.statusCode, asker.viewer.administrator === 'audit' ? 200 : 403, `${asker.name}: ${route}`)
      // It names cases, and says nothing of them.
      assert.equal(answer.body.match(MARKER), null, asker.name)
    }
  }
})

test('another system is told of cases that it sees, and of no others', async () => {
  const { office } = own
  const { store } = office
  const told: string[] = []
  const receiver = http.createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      told.push(body)
      response.end()
    })
  })
  receiver.listen(0, '127.0.0.1')
  await once(receiver, 'listening')
  const noticed = [...own.cases.values()].filter(({ procedure, state }) => procedure === 'case-supervision' && state === 'noticed')
  const [organ, elsewhere] = [String(noticed[0]!.fields['organ']), 'no-such-organ']
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`
  const clients = []
  for (const at of [organ, elsewhere]) {
    const made = {
      name: at,
      organ: at,
      post: 'handler',
      procedures: ['case-supervision'],
      scope: 'read',
      at: NOW,
      expiresOn: '2021-12-31',
      by: '虚构system',
    } as const
    const { client } = await addClient(store, made)
    await addWebhook(store, { client: client.id, url, events: ['step.taken'], secret: 'secret', by: '虚构system', at: NOW })
    clients.push(client)
  }
  let expected = 0
  for (const { id } of noticed) {
    const concern = await readConcern(store, id)
    const by = { post: 'supervisor', person: '虚构监督', organ: 'gov-office' }
    await takeStep(office, id, {
      step: 'prolong',
      by,
      at: NOW,
      input: { prolongedOn: '2021-01-04', newDueOn: '2021-03-01', prolongReason: 'zqi77777z' },
    })
    expected += clients.filter((client) => seesCase(viewerOfClient(client), concern, catalogue)).length
  }
  await deliverEvents(office, NOW)
  receiver.close()
  assert.ok(expected > 0)
  assert.equal(told.length, expected)
  for (const body of told) assert.equal(body.match(MARKER), null, 'ids, numbers and states')
})

test('whoever is nobody is told nothing, but for what is open to anybody', async () => {
  for (const route of routes()) {
    const [method, path] = route.split(' ') as [Method, string]
    const url = path.replaceAll(/:\w+/g, 'x')
    const { statusCode, body } = await own.app.inject({
      method,
      url,
      headers: { accept: 'application/json', 'idempotency-key': randomUUID() },
    })
    if (OPEN.has(route) || path.startsWith('/assets/')) assert.ok(!body.includes('session.missing'), route)
    else assert.equal(statusCode, 401, `${route}: ${body}`)
  }
})

test('every way out is asked here, or named as one through which nothing of a case leaves', () => {
  const all = routes().filter((route) => !route.includes(' /assets/'))
  assert.ok(all.length > 90, `${all.length} routes`)
  assert.deepEqual(
    all.filter((route) => !asked.has(route) && !Object.hasOwn(NOTHING_OF_A_CASE, route)),
    [],
    'ask it above, or say why it need not be',
  )
  assert.deepEqual(
    Object.keys(NOTHING_OF_A_CASE).filter((route) => !all.includes(route)),
    [],
    'there is no such route any more',
  )
  assert.deepEqual(
    [...asked].filter((route) => !all.includes(route)),
    [],
  )
  assert.ok(visitor())
})

/** Every route of the server, as it prints them: `GET /api/v1/cases/:id`. A GET brings its HEAD along. */
function routes(): string[] {
  const above: string[] = []
  return own.app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const [, indent, segment, methods] = /^([│ ]*)[└├]── (\S+)(?: \((.+)\))?$/.exec(line) ?? []
      if (segment === undefined) return []
      const depth = indent!.length / 4
      above.splice(depth, above.length, segment)
      const path = above.join('')
      const given = methods?.split(', ') ?? []
      return given
        .filter((method) => method !== 'HEAD' || !given.includes('GET') || path === '/api/v1/files/:id')
        .map((method) => `${method} ${path}`)
    })
}
