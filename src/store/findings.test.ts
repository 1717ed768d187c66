import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { catalogue } from '#procedures/catalogue.ts'
import { findings } from './findings.ts'
import { loadYear } from './load-year.ts'
import { openStore } from './store.ts'
import { overlooks, scopesOf } from '#identity/permission.ts'
import { publishedCalendar } from '#district/calendar.ts'
import { registers } from '#registers/registers.ts'
import { supervisionPicture } from './supervision-picture.ts'
import { VISITOR } from '#identity/viewer.ts'
import type { AfterFinding, Finding, PostHeld } from './findings.ts'
import type { Reader } from './scope.ts'
import type { Store } from './store.ts'
import type { Viewer } from '#identity/viewer.ts'

let root: string
let store: Store
const TODAY = '2021-01-08'
const everything: Reader = { scopes: scopesOf(VISITOR, catalogue), person: '' }
const held: PostHeld[] = registers
  .find(({ id }) => id === 'posts')!
  .entries.flatMap(({ value }) =>
    (value['procedures'] as string[]).map((procedure) => ({ procedure, post: String(value['post']), organ: String(value['organ']) })),
  )

before(async () => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'yifa-findings-'))
  fs.chmodSync(root, 0o755)
  store = await openStore({ folder: path.join(root, 'data'), region: '321302', as: 'own' })
  const office = { store, catalogue, calendar: publishedCalendar }
  await loadYear(office, registers, { year: 2020, seed: 3, scale: 0.01 }, '2021-01-08T09:00+08:00', () => {})
  await store.pool.query('analyze')
})

after(async () => {
  await store?.close()
  fs.rmSync(root, { recursive: true, force: true })
})

const read = (query: Partial<Parameters<typeof findings>[3]> = {}, reader = everything): Promise<Finding[]> =>
  findings(store, catalogue, held, { today: TODAY, limit: 1000, ...query }, reader)

test('late: a clock past its last day on a case that is open, as the clocks themselves say', async () => {
  const late = await read({ kind: 'late' })
  assert.ok(late.length > 0)
  const { rows } = await store.pool.query<{ count: number }>(
    `select count(*) as count from clock_run k join case_file c on c.region = k.region and c.id = k.case_id
     where not c.is_final and k.state = 'running' and k.due_date < $1::date and k.procedure = 'hotline-12345' and k.clock = 'handle'`,
    [TODAY],
  )
  assert.equal(late.filter(({ procedure, clock }) => procedure === 'hotline-12345' && clock === 'handle').length, rows[0]!.count)
  for (const finding of late) assert.ok(finding.on < TODAY && finding.organs.length > 0, JSON.stringify(finding))
})

test('due soon is within three days and not late', async () => {
  for (const { on } of await read({ kind: 'due-soon' })) assert.ok(on >= TODAY && on <= '2021-01-11', on)
})

test('a case in a state with a post, with nobody assigned and nothing done, is found; assigned it is not', async () => {
  const [first] = await read({ kind: 'no-assignee', procedure: 'hotline-12345' })
  assert.ok(first)
  const { rows } = await store.pool.query<{ state: string }>('select state from case_file where id = $1', [first.id])
  const post = catalogue.find(({ id }) => id === 'hotline-12345')!.definitions.at(-1)!.states[rows[0]!.state]!.with!
  await store.pool.query(
    'insert into case_assignee (region, case_id, post, person, procedure, opened_on) values ($1, $2, $3, $4, $5, $6)',
    ['321302', first.id, post, '虚构甲', 'hotline-12345', first.openedOn],
  )
  assert.ok(!(await read({ kind: 'no-assignee' })).some(({ id }) => id === first.id))
})

test('a post that nobody holds is found; with its holder it is not', async () => {
  const without = await findings(store, catalogue, [], { today: TODAY, kind: 'no-holder', limit: 1000 }, everything)
  assert.ok(without.length > 0)
  const withHolders = await read({ kind: 'no-holder' })
  assert.ok(withHolders.length < without.length)
})

test('a day of service without means and proof is found while the case is open; with them it is not', async () => {
  const { rows } = await store.pool.query<{ id: string }>(
    `select id from case_file where procedure = 'pre-trial-mediation' and not is_final limit 1`,
  )
  const [open] = rows
  assert.ok(open)
  const add = (fields: object) =>
    store.pool.query('update case_file set fields = fields || $2::jsonb where id = $1', [open.id, JSON.stringify(fields)])
  const isFound = async (): Promise<boolean> => (await read({ kind: 'service-unproved' })).some(({ id }) => id === open.id)
  assert.equal(await isFound(), false)
  await add({ deliveredOn: '2020-12-01' })
  assert.equal(await isFound(), true)
  await add({ agreementServices: [{ served: 'plaintiff', means: 'post', shownOn: '2020-12-01' }] })
  assert.equal(await isFound(), false)
})

test('what must be published and is not is found from the day after its last day, also of a case that is over', async () => {
  const { rows } = await store.pool.query<{ id: string }>("select id from case_file where procedure = 'hotline-12345' and is_final limit 1")
  const [closed] = rows
  assert.ok(closed)
  await store.pool.query('delete from publication where case_id = $1', [closed.id])
  const add = `insert into publication (region, case_id, seq, duty, procedure, version, organ, due)
    values ('321302', $1, 1, 'suggestion-reply', 'hotline-12345', '2012-01-01', 'grid-centre', $2) returning id`
  const { rows: made } = await store.pool.query<{ id: string }>(add, [closed.id, TODAY])
  const isFound = async (reader = everything): Promise<boolean> =>
    (await read({ kind: 'unpublished' }, reader)).some(({ id }) => id === closed.id)
  assert.equal(await isFound(), false, 'the last day is in time')
  await store.pool.query("update publication set due = '2021-01-07' where id = $1", [made[0]!.id])
  assert.equal(await isFound(), true)
  assert.equal(await isFound({ scopes: [], person: '' }), false, 'whoever does not see the case is not told')
  await store.pool.query("update publication set index_number = 'x', published_at = now() where id = $1", [made[0]!.id])
  assert.equal(await isFound(), false)
})

test('the pages of the list are the list: each finding once, in order', async () => {
  const whole = await read()
  assert.ok(whole.length > 20)
  const paged: Finding[] = []
  for (let after: AfterFinding | undefined; ;) {
    const page = await read({ limit: 7, ...(after ? { after } : {}) })
    paged.push(...page)
    const last = page.at(-1)
    if (page.length < 7 || !last) break
    after = [last.on, last.id, last.kind, last.clock]
  }
  assert.deepEqual(paged, whole)
})

test('an organ’s findings are those of its cases; who sees one organ finds nothing of another', async () => {
  const all = await read({ kind: 'late', procedure: 'hotline-12345' })
  const organ = all.flatMap(({ organs }) => organs).find((id) => id !== 'grid-centre')!
  const ofOrgan = all.filter(({ organs }) => organs.includes(organ))
  assert.deepEqual(
    (await read({ kind: 'late', procedure: 'hotline-12345', organ })).map(({ id }) => id),
    ofOrgan.map(({ id }) => id),
  )
  const handler: Viewer = {
    person: '虚构甲',
    holdings: [{ key: 'k', post: 'handler', organ, procedures: ['hotline-12345'], as: 'regular' }],
  }
  assert.equal(overlooks(handler), false)
  const own = await read({ kind: 'late' }, { scopes: scopesOf(handler, catalogue), person: handler.person })
  assert.ok(own.length > 0 && own.length < all.length)
  for (const { organs } of own) assert.ok(organs.includes(organ))
  assert.deepEqual(await read({}, { scopes: [], person: '虚构乙' }), [])
})

test('the picture: all is the sum of the systems, its late cases are those of the findings, and months add up to the period', async () => {
  const period = { today: TODAY, from: '2020-01-01', until: '2020-12-31' }
  const lines = await supervisionPicture(store, catalogue, period, everything)
  const [all] = lines.filter(({ part }) => part === 'all')
  const sum = (part: string, of: 'opened' | 'closed' | 'running' | 'late' | 'dueSoon' | 'paused') =>
    lines.filter((line) => line.part === part).reduce((total, line) => total + line[of], 0)
  for (const name of ['opened', 'closed', 'running', 'late', 'dueSoon', 'paused'] as const)
    assert.equal(sum('system', name), all![name], name)
  for (const name of ['opened', 'closed'] as const) assert.equal(sum('month', name), all![name], name)
  assert.equal(all!.late, new Set((await read({ kind: 'late' })).map(({ id }) => id)).size)
  const { rows } = await store.pool.query<{ opened: number; running: number }>(
    "select count(*) filter (where extract(year from opened_on) = 2020) as opened, count(*) filter (where not is_final) as running from case_file where region = '321302'",
  )
  assert.deepEqual([all!.opened, all!.running], [rows[0]!.opened, rows[0]!.running])
  const nothing = await supervisionPicture(store, catalogue, period, { scopes: [], person: '虚构乙' })
  assert.deepEqual(nothing, [{ part: 'all', key: '', opened: 0, closed: 0, running: 0, dueSoon: 0, late: 0, paused: 0 }])
})
