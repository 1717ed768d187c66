import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { attachingSystem, people } from '../../../tools/e2e/example-office.ts'
import { createServer } from '../server.ts'
import { defaultPolicy } from '#identity/account-policy.ts'
import { knowledge } from '#registers/knowledge.ts'
import { loadRegisters } from '#store/registers.ts'
import { openAccounts } from '#accounts/account-office.ts'
import { openStore } from '#store/store.ts'
import { place } from '#district/place.ts'
import { posts } from '#registers/posts.ts'
import { publishedCalendar } from '#district/calendar.ts'
import { randomUUID } from 'node:crypto'
import { SYSTEM } from '#engine/apply-step.ts'
import type { EventKind } from '#store/log-event.ts'
import type { FastifyInstance } from 'fastify'
import type { Store } from '#store/store.ts'
import type { Viewer } from '#identity/viewer.ts'

// Whoever reads who people are, takes data away, fails to sign in or administers is in the ledger: each such route is tried, and its leaf looked
// for. A new write fails the last test until it is tried here, or named as none of these.

const NOW = '2024-03-05T10:00:00+08:00'
const REGISTERS = ['register:knowledge']
const asked: Readonly<Record<string, Viewer>> = {
  ...people,
  security: { person: '虚构辛', holdings: [], administrator: 'security' },
  registrar: {
    person: '虚构壬',
    holdings: [{ key: 'registrar', post: 'registrar', organ: 'grid-centre', procedures: REGISTERS, as: 'regular' }],
  },
  approver: {
    person: '虚构癸',
    holdings: [{ key: 'approver', post: 'register-approver', organ: 'grid-centre', procedures: REGISTERS, as: 'regular' }],
  },
  editor: {
    person: '虚构子',
    holdings: [{ key: 'editor', post: 'report-editor', organ: 'justice', procedures: ['example'], as: 'regular', supervises: true }],
  },
}

/** Writes that are no reading, no export and no administration, and why. */
const NOT_LOGGED_SO: Readonly<Record<string, string>> = {
  'POST /portal/hand-in/:procedure': 'a citizen’s own unfinished words',
  'POST /portal/hand-in/:procedure/pages/:page': 'a citizen’s own unfinished words',
  'POST /portal/hand-in/:procedure/attachments': 'a citizen’s own',
  'POST /portal/hand-in/:procedure/attachments/removals': 'a citizen’s own',
  'POST /portal/hand-in/:procedure/check': 'hand-in.test.ts looks for its leaf',
  'POST /portal/follow': 'the way in',
  'POST /portal/follow/matter/steps/:step': 'a step',
  'POST /portal/follow/matter/acknowledgements': 'hand-in.test.ts looks for its leaf',
  'POST /portal/follow/matter/evaluation': 'a citizen’s own words',
  'POST /portal/follow/matter/end': 'the way out',
  'POST /api/v1/hand-ins/:id/drafts': 'hand-in.test.ts looks for its leaf',
  'POST /api/v1/hand-ins/:id/refusals': 'hand-in.test.ts looks for its leaf',
  'POST /api/v1/cases': 'a step: a leaf of its own kind',
  'POST /api/v1/cases/:id/steps': 'a step',
  'POST /api/v1/cases/:id/corrections': 'a step',
  'POST /portal/verify': 'writes nothing',
  'POST /api/v1/cases/preview': 'writes nothing',
  'POST /api/v1/cases/:id/steps/preview': 'writes nothing',
  'POST /api/v1/registers/:id/previews': 'writes nothing',
  'POST /api/v1/calendars/previews': 'writes nothing',
  'POST /api/v1/calendars': 'calendars.test.ts looks for its leaf',
  'POST /api/v1/reports/:year/checks': 'writes nothing',
  'PUT /api/v1/drafts/:target/:step': 'one’s own unfinished words',
  'DELETE /api/v1/drafts/:target/:step': 'one’s own unfinished words',
  'PUT /api/v1/views/:name': 'one’s own',
  'DELETE /api/v1/views/:name': 'one’s own',
  'POST /api/v1/files': 'an upload, a leaf of the step that names it',
  'PATCH /api/v1/files/:id': 'an upload',
  'DELETE /api/v1/files/:id': 'an upload',
  'PUT /api/v1/reports/:year/narrative/:section': 'a version of the text, kept with its writer',
  'PUT /api/v1/reports/:year/figures/:figure/note': 'a version of the text, kept with its writer',
  'PUT /api/v1/notifications/read': 'one’s own',
  'PUT /api/v1/notifications/:id/read': 'one’s own',
  'PUT /api/v1/notification-settings': 'one’s own',
  'PUT /api/v1/notification-channels/:id': 'notifications.test.ts looks for its leaf',
  'PUT /api/v1/notification-warning': 'notifications.test.ts looks for its leaf',
  'POST /api/v1/notification-channels/:id/trials': 'notifications.test.ts looks for its leaf',
  'POST /api/v1/notification-deliveries/:id/retries': 'notifications.test.ts looks for its leaf',
  'DELETE /api/v1/session': 'signing out',
  'POST /api/v1/cases/assignments': 'a leaf of its own kind: lists.test.ts',
  'POST /api/v1/cases/:id/assignments': 'a leaf of its own kind: case.test.ts',
  'POST /api/v1/cases/:id/recusals': 'a leaf of its own kind: case.test.ts',
  'POST /api/v1/cases/:id/publications': 'a leaf of its own kind: publications.test.ts',
  'POST /api/v1/publications/:id/withdrawals': 'a leaf of its own kind: publications.test.ts',
  'POST /api/v1/registers/:id/imports': 'proposes as one entry is proposed',
  'POST /api/v1/account-imports': 'makes accounts as one is made: administration.test.ts',
  // With a session of one’s own: sign-in.test.ts has them.
  'POST /api/v1/session/second-factor': 'sign-in.test.ts',
  'DELETE /api/v1/my-sessions': 'sign-in.test.ts',
  'DELETE /api/v1/my-sessions/:id': 'sign-in.test.ts',
  'PUT /api/v1/my-password': 'sign-in.test.ts',
  'POST /api/v1/my-second-factor': 'sign-in.test.ts',
  'PUT /api/v1/my-second-factor': 'sign-in.test.ts',
  'POST /api/v1/my-recovery-codes': 'sign-in.test.ts',
}

let root: string
let store: Store
let app: FastifyInstance
const tried = new Set<string>()

before(async () => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'yifa-logged-'))
  fs.chmodSync(root, 0o755) // the database's user must reach it
  store = await openStore({ folder: path.join(root, 'data'), region: '321302', as: 'own' })
  await loadRegisters(store, [posts, knowledge], SYSTEM, '2019-03-01T09:00+08:00')
  const now = (): string => NOW
  const accounts = openAccounts({
    store,
    origin: 'http://localhost',
    policy: defaultPolicy,
    providers: [],
    place: place.name,
    demonstration: false,
    now,
  })
  app = await createServer({
    store,
    catalogue: [attachingSystem],
    calendar: publishedCalendar,
    place,
    now,
    accounts,
    identify: async (headers) => asked[String(headers['x-person'])],
  })
})

after(async () => {
  await app?.close()
  await store?.close()
  fs.rmSync(root, { recursive: true, force: true })
})

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

async function send(
  person: string | undefined,
  method: Method,
  route: string,
  params: Record<string, string> = {},
  body?: object | Buffer,
) {
  tried.add(`${method} ${route.split('?')[0]}`)
  const url = route.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name]!))
  return app.inject({
    method,
    url,
    headers: {
      accept: 'application/json',
      ...(person === undefined ? {} : { 'x-person': person }),
      ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
    },
    ...(body ? { payload: body } : {}),
  })
}

/** Does something that is answered, and finds one leaf more of its kind, by who did it. */
async function leaves(kind: EventKind, person: string | undefined, ...what: [Method, string, Record<string, string>?, object?]) {
  const before0 = await countOf(kind)
  const answer = await send(person, ...what)
  const where = `${what[0]} ${what[1]}: ${answer.body.slice(0, 300)}`
  assert.ok(answer.statusCode < 300 || kind === 'sign-in', where)
  assert.equal((await countOf(kind)) - before0, 1, where)
  if (person === undefined) return answer
  const { rows } = await store.pool.query<{ person: string }>(
    "select payload->'by'->>'person' as person from ledger_leaf where region = $1 and kind = $2 order by id desc limit 1",
    [store.region, kind],
  )
  assert.equal(rows[0]!.person, asked[person]!.person, where)
  return answer
}

async function countOf(kind: EventKind): Promise<number> {
  const { rows } = await store.pool.query<{ count: number }>(
    'select count(*)::int as count from ledger_leaf where region = $1 and kind = $2',
    [store.region, kind],
  )
  return rows[0]!.count
}

async function opened(): Promise<string> {
  const input = { receivedOn: '2024-03-04', applicant: { name: '虚构张三丰', phone: '13000000001' } }
  return ((await send('clerk', 'POST', '/api/v1/cases', {}, { procedure: 'example', step: 'receive', input })).json() as { id: string }).id
}

test('reading who the people are is in the ledger: by itself, in a document, by a search', async () => {
  const id = await opened()
  await leaves('reading', 'clerk', 'POST', '/api/v1/cases/:id/readings', { id }, { purpose: '核对' })
  for (const list of ['/api/v1/cases?q=张三&people=yes', '/api/v1/cases/count?q=张三&people=yes'])
    await leaves('reading', 'clerk', 'GET', list)
  // Refused, it is none.
  const before0 = await countOf('reading')
  assert.equal((await send('supervisor', 'POST', '/api/v1/cases/:id/readings', { id }, { purpose: '核对' })).statusCode, 403)
  assert.equal((await send('elsewhere', 'POST', '/api/v1/cases/:id/readings', { id }, { purpose: '核对' })).statusCode, 404)
  assert.equal(await countOf('reading'), before0)
})

test('taking data away is in the ledger', async () => {
  for (const form of ['csv', 'xlsx']) {
    await leaves('export', 'clerk', 'GET', `/api/v1/cases/export.${form}`)
    await leaves('export', 'clerk', 'GET', `/api/v1/cases/export.${form}?q=张三&people=yes`)
  }
  await leaves('export', 'registrar', 'GET', '/api/v1/registers/:id/template.xlsx?filled=yes', { id: 'knowledge' })
  await leaves('export', 'audit', 'GET', '/api/v1/audit-events.csv')
})

test('a sign-in that fails is in the ledger, and what was typed is not', async () => {
  await leaves('sign-in', undefined, 'POST', '/api/v1/session', {}, { username: 'nobody-here', password: 'lantern river 7' })
  const { rows } = await store.pool.query<{ text: string }>(
    "select payload::text as text from ledger_leaf where region = $1 and kind = 'sign-in'",
    [store.region],
  )
  for (const { text } of rows) assert.ok(!/nobody-here|lantern/.test(text), text)
})

test('administration is in the ledger', async () => {
  const act = (person: string, ...what: [Method, string, Record<string, string>?, object?]) => leaves('administration', person, ...what)
  const made = await act('system', 'POST', '/api/v1/accounts', {}, { username: 'wang', person: '虚构王' })
  assert.equal(made.statusCode, 201)
  const { rows } = await store.pool.query<{ id: string }>("select id from account where username = 'wang'")
  const { id } = rows[0]!
  await act('system', 'PUT', '/api/v1/accounts/:id/state', { id }, { state: 'closed' })
  await act('system', 'POST', '/api/v1/accounts/:id/initial-passwords', { id })
  await act('system', 'DELETE', '/api/v1/accounts/:id/second-factor', { id })
  await act('system', 'PUT', '/api/v1/second-factor-organs', {}, { organs: ['justice'] })

  const client = (
    await act(
      'system',
      'POST',
      '/api/v1/clients',
      {},
      { name: '政务平台', organ: 'justice', post: 'clerk', procedures: ['example'], scope: 'read', expiresOn: '2024-12-31' },
    )
  ).json() as { id: string }
  const webhook = (
    await act('system', 'POST', '/api/v1/webhooks', {}, { client: client.id, url: 'https://example.org/', events: ['case.opened'] })
  ).json() as { id: string }
  await opened()
  const sent = await store.pool.query<{ id: string }>('select id from outbox limit 1')
  await act('system', 'POST', '/api/v1/webhooks/:id/deliveries/:delivery/retries', { id: webhook.id, delivery: sent.rows[0]!.id })
  await act('system', 'DELETE', '/api/v1/webhooks/:id', { id: webhook.id })
  await act('system', 'DELETE', '/api/v1/clients/:id', { id: client.id })

  const [post] = posts.entries
  const value = { ...post!.value, person: '虚构新人' }
  const proposed = (
    await act('system', 'POST', '/api/v1/post-proposals', {}, { key: 'new', validFrom: '2024-04-01', value, reason: '新任' })
  ).json() as { id: string }
  const decided = await send('security', 'PUT', '/api/v1/post-proposals/:id/decision', { id: proposed.id }, { approved: false })
  assert.equal(decided.statusCode, 204, decided.body)
  assert.ok((await kinds(proposed.id)).filter((kind) => kind === 'administration').length === 2)

  const [entry] = knowledge.entries
  const change = { key: entry!.key, validFrom: '2024-04-01', value: entry!.value, reason: '更新' }
  const proposal = (await act('registrar', 'POST', '/api/v1/registers/:id/proposals', { id: 'knowledge' }, change)).json() as { id: string }
  await act('approver', 'POST', '/api/v1/proposals/:id/decisions', { id: proposal.id }, { approve: false, reason: '不必' })

  const checked = (await send('editor', 'POST', '/api/v1/reports/:year/checks', { year: '2024' }, {})).json() as { findings: unknown[] }
  await act('editor', 'POST', '/api/v1/reports/:year/editions', { year: '2024' }, { expected: 0, findingsSeen: checked.findings.length })
})

async function kinds(of: string): Promise<string[]> {
  const { rows } = await store.pool.query<{ kind: string }>("select kind from ledger_leaf where region = $1 and payload->>'of' = $2", [
    store.region,
    of,
  ])
  return rows.map(({ kind }) => kind)
}

test('every write is tried here, or named as none that the log keeps', () => {
  const writes = app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .reduce<{ readonly above: string[]; readonly found: string[] }>(
      ({ above, found }, line) => {
        const [, indent, segment, methods = ''] = /^([│ ]*)[└├]── (\S+)(?: \((.+)\))?$/.exec(line) ?? []
        if (segment === undefined) return { above, found }
        const path0 = [...above.slice(0, indent!.length / 4), segment]
        const own = methods.split(', ').filter((method) => ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method))
        return { above: path0, found: [...found, ...own.map((method) => `${method} ${path0.join('')}`)] }
      },
      { above: [], found: [] },
    ).found
  assert.ok(writes.length > 30, writes.join('\n'))
  assert.deepEqual(
    writes.filter((route) => !tried.has(route) && !Object.hasOwn(NOT_LOGGED_SO, route)),
    [],
    'look for its leaf above, or say why it has none',
  )
  assert.deepEqual(
    Object.keys(NOT_LOGGED_SO).filter((route) => !writes.includes(route)),
    [],
    'there is no such write any more',
  )
})
