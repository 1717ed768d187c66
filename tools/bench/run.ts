import fs from 'node:fs'
import http from 'node:http'
import os from 'node:os'
import path from 'node:path'
import Fastify from 'fastify'
import { execFileSync, spawnSync } from 'node:child_process'
import { copy } from '#store/bulk-load.ts'
import { catalogue } from '#procedures/catalogue.ts'
import { createServer } from '#server/server.ts'
import { caseHeads, checkpointTexts, ledgerRecords } from '#store/read-ledger.ts'
import { defaultPolicy } from '#identity/account-policy.ts'
import { exampleSystem } from '#engine/example.ts'
import { figures } from '#report/figures.ts'
import { instantText } from '#engine/day.ts'
import { lastDay } from '#engine/deadline.ts'
import { holdingsOn } from '#store/holdings.ts'
import { ledgerKeys } from '#store/ledger.ts'
import { listCases } from '#store/list-cases.ts'
import { LIMITS } from '#server/overload.ts'
import { loadRegisters, putEntry } from '#store/registers.ts'
import { loadYear } from '#store/load-year.ts'
import { makeAccounts } from '#accounts/manage-accounts.ts'
import { makeLeaf } from '#ledger/entry.ts'
import { openAccounts, OPERATOR } from '#accounts/account-office.ts'
import { openCase, takeStep } from '#store/take-step.ts'
import { openStore } from '#store/store.ts'
import { place } from '#district/place.ts'
import { posts } from '#registers/posts.ts'
import { publishedCalendar } from '#district/calendar.ts'
import { registers } from '#registers/registers.ts'
import { reportValues } from '#store/report-source.ts'
import { SYSTEM } from '#engine/apply-step.ts'
import { verifyLedger } from '#ledger/verify.ts'
import type { Office } from '#store/take-step.ts'
import type { Store } from '#store/store.ts'

// Benchmarks as ratios within one run against a named reference. `npm run bench` prints a table; docs/performance.md keeps what was seen.
// `npm run bench -- step http year report count ledger lists scoped portal` runs some of them;
// `portal --items=3000` on a store that small.

const words = process.argv.slice(2)
const wanted = (name: string): boolean => words.every((word) => word.startsWith('--')) || words.includes(name)
const root = fs.mkdtempSync(path.join(os.tmpdir(), 'yifa-bench-'))
fs.chmodSync(root, 0o755)
const period = { from: '2020-01-01', until: '2020-12-31' }
const clerk = { post: 'clerk', person: 'c', organ: 'justice' }
/** Of the scoped lists. */
const CASES = 1_000_000
const CLIENTS = 16
/** Of the clients. */
const agent = new http.Agent({ keepAlive: true })
/** One person is all clients here. */
const unlimited = { ...LIMITS, person: Infinity, address: Infinity }
const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
const say = (name: string, ours: string, reference: string, ratio: string, goal: string): void =>
  console.log(`| ${name} | ${ours} | ${reference} | ${ratio} | ${goal} |`)

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

console.log(`${os.cpus()[0]?.model} × ${os.cpus().length}, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}\n`)
console.log('| what | Yifa | reference | ratio | goal |\n|---|---|---|---|---|')
try {
  if (wanted('count')) await counting()
  if (wanted('step')) await inStore('step', steps)
  if (wanted('http')) await inStore('http', stepsByHttp)
  if (['year', 'report', 'ledger', 'lists'].some(wanted)) await inStore('year', year)
  if (wanted('scoped')) await inStore('scoped', scoped)
  if (wanted('portal')) await inStore('portal', portal)
} finally {
  fs.rmSync(root, { recursive: true, force: true })
}

async function inStore(name: string, work: (store: Store) => Promise<void>): Promise<void> {
  const store = await openStore({ folder: path.join(root, name), region: '321302', as: 'own', connections: 12 })
  try {
    await work(store)
  } finally {
    await store.close()
  }
}

async function counting(): Promise<void> {
  const rounds = 300_000
  const ms = await timed(async () => {
    for (let round = 0; round < rounds; round += 1) lastDay({ start: '2024-03-12', limit: { workingDays: 60 } }, publishedCalendar)
  })
  // The reference counts the same days one by one with Temporal, as one would write it first.
  const few = 3_000
  const reference = await timed(async () => {
    for (let round = 0; round < few; round += 1) {
      let on = Temporal.PlainDate.from('2024-03-12')
      for (let left = 60; left > 0;) {
        on = on.add({ days: 1 })
        if (publishedCalendar.isWorkingDay(Math.floor(Date.UTC(on.year, on.month - 1, on.day) / 86_400_000))) left -= 1
      }
    }
  })
  const [ours, theirs] = [(rounds / ms) * 1000, (few / reference) * 1000]
  say(
    'lastDay, 60 working days, one core',
    `${Math.round(ours)}/s`,
    `${Math.round(theirs)}/s (Temporal, day by day)`,
    (ours / theirs).toFixed(1),
    '≥ 200,000/s',
  )
}

/** A step of a case by eight clients, against the same two statements sent by pgbench to the same server. */
async function steps(store: Store): Promise<void> {
  const office = { store, catalogue: [exampleSystem], calendar: publishedCalendar }
  const cases = await openedCases(office, 4_000)
  const seconds = 6
  const rates: number[] = []
  for (let round = 0; round < 3; round += 1)
    rates.push(await rateOfSteps(cases, seconds, (id, step) => takeStep(office, id, { ...step, by: clerk, at: '2024-03-07T10:00+08:00' })))
  const { theCase } = await openCase(office, 'example', {
    step: 'receive',
    input: { receivedOn: '2024-03-05', applicant: { name: '虚构某甲' } },
    by: clerk,
    at: '2024-03-05T10:00+08:00',
  })
  const sent = await statementsOfAStep(store, () =>
    takeStep(office, theCase.id, {
      step: 'suspend',
      input: { since: '2024-03-07', reason: '等待鉴定意见' },
      by: clerk,
      at: '2024-03-07T10:00+08:00',
    }),
  )
  const reference = pgbench(store, sent, seconds)
  say(
    'case step through the store, 8 clients, durable',
    `${Math.round(median(rates))}/s`,
    reference ? `${Math.round(reference)}/s (pgbench)` : 'pgbench not here',
    reference ? (median(rates) / reference).toFixed(2) : '—',
    '≥ 0.6',
  )
}

/** A step through HTTP, by somebody signed in with a post of the register, against the store's own rate: the same steps, by turns. */
async function stepsByHttp(store: Store): Promise<void> {
  const now = (): string => '2024-03-07T10:00:00+08:00'
  const office = { store, catalogue: [exampleSystem], calendar: publishedCalendar }
  const holding = { procedures: ['example'], post: 'clerk', name: '经办人', organ: 'justice', person: '虚构经办人' }
  await putEntry(store, posts, { key: 'justice.example.clerk.1', validFrom: '2019-03-01', value: holding }, OPERATOR, now())
  const accounts = openAccounts({
    store,
    origin: 'http://127.0.0.1',
    policy: defaultPolicy,
    providers: [],
    place: place.name,
    demonstration: true,
    now: () => instantText(Date.now()),
  })
  const password = 'lantern river copper 41'
  await makeAccounts(accounts, [{ username: 'clerk', person: holding.person }], OPERATOR, password)
  const app = await createServer({ ...office, place, now, accounts, limits: unlimited })
  try {
    const address = await app.listen({ port: 0, host: '127.0.0.1' })
    const json = { 'content-type': 'application/json', accept: 'application/json', origin: address }
    const send = (url: string, cookie: string, body: object): Promise<Answer> =>
      request(`${address}/api/v1${url}`, { ...json, cookie, 'idempotency-key': crypto.randomUUID() }, JSON.stringify(body))
    const signedIn = await send('/session', '', { username: 'clerk', password })
    if (signedIn.status !== 201) throw new Error(`signing in: ${signedIn.status} ${signedIn.text}`)
    const cookie = signedIn.cookies.map((one) => one.split(';')[0]).join('; ')
    const cases = await openedCases(office, 6_000)
    const [own, through]: [number[], number[]] = [[], []]
    for (let round = 0; round < 3; round += 1) {
      own.push(await rateOfSteps(cases, 4, (id, step) => takeStep(office, id, { ...step, by: clerk, at: '2024-03-07T10:00+08:00' })))
      through.push(
        await rateOfSteps(cases, 4, async (id, step, expected) => {
          const { status, text } = await send(`/cases/${id}/steps`, cookie, { ...step, expected })
          if (status !== 201) throw new Error(`a step: ${status} ${text}`)
        }),
      )
    }
    const [ours, reference] = [median(through), median(own)]
    say(
      'case step through HTTP, with session and permission, 8 clients',
      `${Math.round(ours)}/s`,
      `${Math.round(reference)}/s (the store itself)`,
      (ours / reference).toFixed(2),
      '≥ 0.5',
    )
  } finally {
    await app.close()
  }
}

/** Opened beforehand: what is timed is the step alone. @returns their ids */
async function openedCases(office: Office, count: number): Promise<string[]> {
  const cases: string[] = []
  await spread(count, 8, async () => {
    const { theCase } = await openCase(office, 'example', {
      step: 'receive',
      input: { receivedOn: '2024-03-05', applicant: { name: '虚构某甲' } },
      by: clerk,
      at: '2024-03-05T10:00+08:00',
    })
    cases.push(theCase.id)
  })
  return cases
}

/** Steps a second by eight clients: suspend and resume by turns; a case is left after eight, as no case in life has thousands. Uses `cases` up. */
async function rateOfSteps(
  cases: string[],
  seconds: number,
  take: (id: string, step: { readonly step: string; readonly input: Record<string, unknown> }, expected: number) => Promise<unknown>,
): Promise<number> {
  const began = performance.now()
  const until = began + seconds * 1000
  const client = async (): Promise<number> => {
    let taken = 0
    while (performance.now() < until) {
      const id = cases.pop()
      if (id === undefined) throw new Error('more cases must be opened beforehand')
      for (let count = 0; count < 8 && performance.now() < until; count += 1) {
        const step =
          count % 2 === 0
            ? { step: 'suspend', input: { since: '2024-03-07', reason: '等待鉴定意见' } }
            : { step: 'resume', input: { until: '2024-03-07' } }
        await take(id, step, count + 1)
        taken += 1
      }
    }
    return taken
  }
  const taken = await Promise.all(Array.from({ length: 8 }, client))
  return taken.reduce((a, b) => a + b) / ((performance.now() - began) / 1000)
}

/** The statements of one step as `takeStep` sends them, with the values that it sends. */
async function statementsOfAStep(store: Store, work: () => Promise<unknown>): Promise<{ text: string; values: unknown[] }[]> {
  const sent: { text: string; values: unknown[] }[] = []
  const watched = new Proxy(store.pool, {
    get(pool, name) {
      if (name !== 'query') return Reflect.get(pool, name) as unknown
      return (query: { text: string; values: unknown[] }) => {
        sent.push(query)
        return pool.query(query)
      }
    },
  })
  const pool = store.pool
  Object.assign(store, { pool: watched })
  await work()
  Object.assign(store, { pool })
  return sent
}

/** The same statements by pgbench: it reads one of the cases and writes a step of a case of its own each time. */
function pgbench(store: Store, statements: readonly { text: string; values: unknown[] }[], seconds: number): number | undefined {
  // `:null` would be a variable to pgbench; JSON may have a space there.
  const literal = (value: unknown): string =>
    value === null
      ? 'null'
      : Buffer.isBuffer(value)
        ? `'\\x${value.toString('hex')}'::bytea`
        : typeof value === 'number' || typeof value === 'boolean'
          ? String(value)
          : `'${(Array.isArray(value) ? `{${value.map((one) => JSON.stringify(one)).join(',')}}` : String(value)).replaceAll("'", "''").replaceAll('":', '": ')}'`
  const own = "('00000000-0000-7000-8000-' || lpad(:n::bigint::text, 12, '0'))::uuid"
  const lines = statements.map(({ text, values }) =>
    text.replaceAll(/\s*\n\s*/g, ' ').replaceAll(/\$(\d+)/g, (_, number: string) => {
      const index = Number(number) - 1
      if (!text.startsWith('with changed')) return literal(values[index])
      if (index === 1) return own
      return index === 3 ? "('n' || :n::bigint::text)" : index === 12 ? '0' : literal(values[index])
    }),
  )
  const script = path.join(root, 'step.sql')
  fs.writeFileSync(script, `\\set n random(1, 900000000000)\n${lines.map((line) => `${line};`).join('\n')}\n`)
  const { host, user, database } = store.pool.options as { host: string; user: string; database: string }
  const { status, stdout, stderr, error } = spawnSync(
    'pgbench',
    ['-h', host, '-U', user, '-n', '-c', '8', '-j', '1', '-T', String(seconds), '-M', 'prepared', '-f', script, database],
    { encoding: 'utf8' },
  )
  if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') return undefined
  // A reference that fails is no figure: what was not compared must not look as if pgbench were not installed.
  if (status !== 0) throw new Error(`pgbench failed:\n${stderr}`, { cause: error })
  return Number(/tps = ([\d.]+)/.exec(stdout)?.[1])
}

async function year(store: Store): Promise<void> {
  await loadRegisters(store, registers, SYSTEM, '2019-01-02T09:00+08:00')
  const office = { store, catalogue, calendar: publishedCalendar }
  let peak = 0
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 200)
  let loaded = { cases: 0, steps: 0 }
  const ms = await timed(async () => {
    loaded = await loadYear(office, registers, { year: 2020, seed: 1, scale: 1 }, '2021-01-05T09:00+08:00', () => {})
  })
  clearInterval(watch)
  await store.pool.query('analyze')
  if (wanted('year')) {
    const reference = await copyAlone(store)
    say(
      `the year of 2020: ${loaded.cases} cases, ${loaded.steps} steps`,
      `${(ms / 1000).toFixed(1)} s, ${Math.round(peak / 1e6)} MB`,
      `${(reference / 1000).toFixed(1)} s (COPY of the same rows)`,
      (ms / reference).toFixed(1),
      '≤ 5, < 120 s, < 1 GiB',
    )
  }
  if (wanted('report')) await report(store)
  if (wanted('ledger')) await ledger(store, ms)
  if (wanted('lists')) await lists(store)
}

/** The same rows copied out, and copied into tables of the same shape: what the database alone costs. */
async function copyAlone(store: Store): Promise<number> {
  const tables = ['case_file', 'step', 'personal', 'ledger_leaf', 'clock_run', 'document', 'party', 'case_link']
  const client = await store.pool.connect()
  try {
    let total = 0
    for (const table of tables) {
      await client.query(`create table bench_${table} (like ${table} including all)`)
      const { rows } = await client.query<{ line: string }>(
        `select string_agg(column_name, ', ' order by ordinal_position) as line from information_schema.columns where table_name = '${table}' and column_name not in ('txid') and is_generated = 'NEVER'`,
      )
      const columns = rows[0]!.line
      const file = path.join('/tmp', `bench-${process.pid}-${table}`)
      await client.query(`copy (select ${columns} from ${table}) to '${file}'`)
      const text = fs.readFileSync(file, 'utf8')
      execFileSync('rm', ['-f', file])
      total += await timed(() => copy(client, `bench_${table}`, columns, text))
      await client.query(`drop table bench_${table}`)
    }
    return total
  } finally {
    client.release()
  }
}

async function report(store: Store): Promise<void> {
  // What one would write for the eleven figures of the report: one reading of the year's steps, beside the kind of each work order.
  const byHand = `select count(*) filter (where s.step = 'accept' and s.procedure = 'hotline-12345') as accepted,
      count(*) filter (where s.step = 'call-back' and s.input->>'satisfaction' in ('satisfied', 'basically') and c.kind <> 'praise') as satisfied,
      count(*) filter (where s.step = 'call-back' and s.input->>'satisfaction' is not null and c.kind <> 'praise') as evaluated,
      count(distinct s.case_id) filter (where s.step = 'accept-assignment') as mediated,
      count(*) filter (where s.step = 'agree') as agreed,
      count(*) filter (where s.procedure = 'reconsideration' and s.step = 'receive') as received,
      count(*) filter (where s.procedure = 'reconsideration' and s.step in ('accept', 'deem-accepted')) as taken,
      count(*) filter (where s.procedure = 'reconsideration' and s.step in ('decide', 'mediation-document', 'withdraw', 'terminate', 'dismiss-application')) as concluded,
      count(*) filter (where s.step = 'opinion-letter') as letters
    from step s join (select id, fields->>'kind' as kind from case_file where region = '321302' offset 0) c on c.id = s.case_id
    where s.region = '321302' and s.on_date between '2020-01-01' and '2020-12-31'`
  const ours: number[] = []
  const theirs: number[] = []
  for (let round = 0; round < 5; round += 1) {
    ours.push(await timed(() => reportValues(store, catalogue, figures, period)))
    theirs.push(await timed(() => store.pool.query(byHand)))
  }
  say(
    'the report’s figures and identities over the year',
    `${Math.round(median(ours))} ms`,
    `${Math.round(median(theirs))} ms (one query by hand)`,
    (median(ours) / median(theirs)).toFixed(1),
    '≤ 3, < 2 s',
  )
  await inStore('tenth', async (small) => {
    await loadRegisters(small, registers, SYSTEM, '2019-01-02T09:00+08:00')
    await loadYear(
      { store: small, catalogue, calendar: publishedCalendar },
      registers,
      { year: 2020, seed: 1, scale: 0.1 },
      '2021-01-05T09:00+08:00',
      () => {},
    )
    await small.pool.query('analyze')
    const tenth: number[] = []
    for (let round = 0; round < 5; round += 1) tenth.push(await timed(() => reportValues(small, catalogue, figures, period)))
    say(
      'the same at ten times the volume',
      `${Math.round(median(ours))} ms`,
      `${Math.round(median(tenth))} ms (a tenth of it)`,
      (median(ours) / median(tenth)).toFixed(1),
      '≤ 12',
    )
  })
}

async function ledger(store: Store, yearMs: number): Promise<void> {
  const rounds = 50_000
  const payload = {
    procedure: 'hotline-12345',
    step: 'dispatch',
    on: '2020-03-02T10:15+08:00',
    by: { post: 'dispatcher', person: '王某（虚构）', organ: 'grid-centre' },
    from: 'accepted',
    to: 'dispatched',
    supersedes: null,
    input: { organ: 'urban', dispatchedAt: '2020-03-02T10:15+08:00', reason: '按派单目录' },
    documents: [],
  }
  const leaf = await timed(async () => {
    for (let round = 0; round < rounds; round += 1)
      makeLeaf({
        alg: 'sha256',
        region: '321302',
        kind: 'step',
        subject: '0190aaaa-0000-7000-8000-000000000001',
        seq: 1,
        at: '2020-03-02T02:15:00Z',
        open: payload,
        prev: null,
      })
  })
  const { rows } = await store.pool.query<{ steps: number }>('select count(*) as steps from step')
  const share = ((leaf / rounds) * rows[0]!.steps) / yearMs
  say(
    'ledger leaf, of the cost of a step in the year',
    `${((leaf / rounds) * 1000).toFixed(0)} µs`,
    `${((yearMs / rows[0]!.steps) * 1000).toFixed(0)} µs a step`,
    share.toFixed(2),
    '< 0.10',
  )
  let ok = false
  const verify = await timed(async () => {
    ok = (
      await verifyLedger({
        region: store.region,
        records: ledgerRecords(store),
        checkpoints: await checkpointTexts(store),
        publicKey: (await ledgerKeys(store)).publicKey,
        heads: caseHeads(store),
      })
    ).ok
  })
  say(`ledger verify, ${rows[0]!.steps} leaves (${ok ? 'whole' : 'BROKEN'})`, `${(verify / 1000).toFixed(1)} s`, '—', '—', '< 10 s')
}

async function lists(store: Store): Promise<void> {
  const page = { filter: { procedures: ['hotline-12345'] }, order: 'newest', limit: 5 } as const
  const reader = { scopes: [{ procedure: 'hotline-12345', organ: null }], person: '', handlings: [], persons: [] }
  const { rows } = await store.pool.query<{ opened_on: string; id: string }>(
    "select opened_on, id from case_file where region = '321302' and procedure = 'hotline-12345' order by opened_on desc, id desc offset 50000 limit 1",
  )
  const after = [rows[0]!.opened_on, rows[0]!.id] as const
  const first: number[] = []
  const late: number[] = []
  for (let round = 0; round < 300; round += 1) {
    first.push(await timed(() => listCases(store, catalogue, page, reader)))
    late.push(await timed(() => listCases(store, catalogue, { ...page, after }, reader)))
  }
  say(
    'list by keyset, page 10,000 of 5 lines',
    `${median(late).toFixed(2)} ms`,
    `${median(first).toFixed(2)} ms (page 1)`,
    (median(late) / median(first)).toFixed(2),
    '≤ 2',
  )
}

/**
 * Lists and searches of one organ's handler among a million cases, through HTTP with permission, by sixteen clients. The million are a tenth of
 * a year multiplied by SQL: rows of the four tables that lists read, under new ids and days, without steps; nothing else can be measured on them.
 */
async function scoped(store: Store): Promise<void> {
  await loadRegisters(store, registers, SYSTEM, '2019-01-02T09:00+08:00')
  const office = { store, catalogue, calendar: publishedCalendar }
  const loaded = await loadYear(office, registers, { year: 2020, seed: 1, scale: 0.1 }, '2021-01-05T09:00+08:00', () => {})
  await multiply(store, Math.ceil(CASES / loaded.cases) - 1)
  const { rows } = await store.pool.query<{ cases: number }>('select count(*) as cases from case_file')
  const people = await holdingsOn(store, '2020-12-20')
  const handler = [...people].find(([, holdings]) =>
    holdings.some(
      ({ post, organ, procedures }) => post === 'handler' && organ === 'market-regulation' && procedures.includes('hotline-12345'),
    ),
  )!
  const viewer = { person: handler[0], holdings: handler[1] }
  const app = await createServer({
    ...office,
    place,
    now: () => '2020-12-20T09:00:00+08:00',
    identify: async () => viewer,
    limits: unlimited,
  })
  try {
    const address = await app.listen({ port: 0, host: '127.0.0.1' })
    for (const [name, query] of [
      ['list, newest first', () => ''],
      ['list, by the next last day', () => 'order=due'],
      ['list, late', () => 'late=yes'],
      ['list, by number', () => 'order=number'],
      ['list, running', () => 'running=yes'],
      ['search, a common word', () => `q=${encodeURIComponent('消费')}`],
      ['search, a rare pair', (n: number) => `q=${encodeURIComponent(['路灯', '低保', '医保', '物业'][n % 4]!)}`],
      ['search, a number', (n: number) => `q=${encodeURIComponent(`宿城热线〔2020〕${n + 1}号`)}`],
    ] as const) {
      const times: number[] = []
      // The first quarter warms what a working day keeps warm: the compiled code, the index's pages.
      await spread(533, CLIENTS, async (n) => {
        const began = performance.now()
        const { status } = await request(`${address}/api/v1/cases?${query(n)}`, { accept: 'application/json' })
        if (status !== 200) throw new Error(`${name}: ${status}`)
        if (n >= 133) times.push(performance.now() - began)
      })
      const p95 = times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)]!
      say(`${name}, of ${rows[0]!.cases} cases`, `${median(times).toFixed(0)} ms`, `p95 ${p95.toFixed(0)} ms`, '—', '< 50 ms, p95 < 200 ms')
    }
  } finally {
    await app.close()
  }
}

/** Pages of published items, and the search over them, as nobody; beside a page of the same weight that Fastify has at hand. */
async function portal(store: Store): Promise<void> {
  const items = Number(words.find((word) => word.startsWith('--items='))?.slice('--items='.length) ?? 300_000)
  await loadRegisters(store, registers, SYSTEM, '2019-01-02T09:00+08:00')
  const office = { store, catalogue, calendar: publishedCalendar }
  await loadYear(office, registers, { year: 2020, seed: 1, scale: 0.1 }, '2021-01-05T09:00+08:00', () => {})
  const { rows } = await store.pool.query<{ count: number }>('select count(*)::int as count from publication')
  await store.pool.query(
    `insert into publication (region, case_id, seq, duty, procedure, version, organ, index_number, title, body, words, published_at, published_on)
     select region, case_id, 1000 + time, duty, procedure, version, organ, region || '-1999-' || lpad((row_number() over ())::text, 6, '0'), title, body,
       words, published_at - time * interval '1 day', published_on - (time % 3000)::int
     from publication cross join generate_series(1, $1) as time limit $2`,
    [Math.ceil(items / rows[0]!.count), items],
  )
  await store.pool.query('vacuum analyze publication')
  const app = await createServer({ ...office, place, now: () => '2021-01-05T09:00:00+08:00', limits: unlimited })
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  const item = (n: number): string => `${address}/portal/publications/321302-1999-${String((n % items) + 1).padStart(6, '0')}`
  const body = (await request(item(0), { accept: 'text/html' })).text
  const plain = Fastify()
  plain.get('/', (_, reply) => reply.type('text/html; charset=utf-8').send(body))
  const beside = await plain.listen({ port: 0, host: '127.0.0.1' })
  try {
    const rate = async (url: (n: number) => string): Promise<{ perSecond: number; p99: number }> => {
      const [requests, times]: [number, number[]] = [6_000, []]
      const ms = await timed(() =>
        spread(requests, CLIENTS, async (n) => {
          const began = performance.now()
          const { status } = await request(url(n), { accept: 'text/html' })
          if (status !== 200) throw new Error(`${url(n)}: ${status}`)
          times.push(performance.now() - began)
        }),
      )
      return { perSecond: (requests / ms) * 1000, p99: times.toSorted((a, b) => a - b)[Math.floor(requests * 0.99)]! }
    }
    await rate(item)
    const reference = await rate(() => beside)
    for (const [name, url] of [
      // A stride that meets no page twice while it is kept, and the few that everybody reads.
      ['published pages, none read twice', (n: number) => item(n * 7919)],
      ['published pages, twenty of them', (n: number) => item(n % 20)],
      ['the catalogue’s first page', () => `${address}/portal/publications`],
    ] as const) {
      const { perSecond, p99 } = await rate(url)
      const ratio = (perSecond / reference.perSecond).toFixed(2)
      say(
        `${name}, of ${items}`,
        `${Math.round(perSecond)}/s, p99 ${p99.toFixed(0)} ms`,
        `${Math.round(reference.perSecond)}/s (Fastify, a page at hand)`,
        ratio,
        '≥ 3,000/s',
      )
    }
    for (const [name, query] of [
      ['a common word', '建议'],
      ['a rare word', '供气'],
      ['a word that there is not', '极光航天'],
    ] as const) {
      const times: number[] = []
      await spread(400, CLIENTS, async (n) => {
        const began = performance.now()
        const { status } = await request(`${address}/portal/publications?q=${encodeURIComponent(query)}`, { accept: 'text/html' })
        if (status !== 200) throw new Error(`${name}: ${status}`)
        if (n >= 100) times.push(performance.now() - began)
      })
      const p95 = times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)]!
      say(
        `search of what is published, ${name}, of ${items}`,
        `${median(times).toFixed(0)} ms`,
        `p95 ${p95.toFixed(0)} ms`,
        '—',
        'p95 < 100 ms',
      )
    }
  } finally {
    await plain.close()
    await app.close()
  }
}

interface Answer {
  readonly status: number
  readonly text: string
  readonly cookies: readonly string[]
}

/** Asks by `node:http`: the clients share the two cores with the server, and `fetch` costs more. @param body by POST; absent: GET */
function request(url: string, headers: http.OutgoingHttpHeaders, body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    http
      .request(url, { method: body === undefined ? 'GET' : 'POST', agent, headers }, (answer) => {
        let text = ''
        answer.setEncoding('utf8')
        answer.on('data', (part: string) => (text += part))
        answer.on('end', () => resolve({ status: answer.statusCode!, text, cookies: answer.headers['set-cookie'] ?? [] }))
        answer.on('error', reject)
      })
      .on('error', reject)
      .end(body)
  })
}

/** Does `count` pieces of work, `clients` at a time. */
async function spread(count: number, clients: number, work: (n: number) => Promise<void>): Promise<void> {
  let next = 0
  const client = async (): Promise<void> => {
    while (next < count) await work(next++)
  }
  await Promise.all(Array.from({ length: clients }, client))
}

/** Writes every case so many times more, each time under another id, number and day. Due days stay: they are what is late on the day of the year. */
async function multiply(store: Store, times: number): Promise<void> {
  const id = (of: string): string => `md5(${of}::text || '/' || time)::uuid`
  const again = `cross join generate_series(1, ${times}) as time`
  const day = '(opened_on - (time % 700)::int)::date'
  const client = await store.pool.connect()
  try {
    await client.query('set session_replication_role = replica') // no trigger and no foreign key looks at what is only measured
    for (const statement of [
      `insert into case_file (region, id, procedure, number, version, hash, opened_on, state, is_final, step_count, last_leaf, fields)
       select region, ${id('id')}, procedure, regexp_replace(number, '号$', lpad(time::text, 6, '0') || '号'), version, hash, ${day}, state, is_final,
         step_count, last_leaf, fields from case_file ${again}`,
      `insert into case_organ (region, case_id, organ, procedure, opened_on, running, number)
       select region, ${id('case_id')}, organ, procedure, ${day}, running, regexp_replace(number, '号$', lpad(time::text, 6, '0') || '号') from case_organ ${again}`,
      `insert into case_search (region, case_id, open, personal) select region, ${id('case_id')}, open, personal from case_search ${again}`,
      `insert into clock_run (region, case_id, clock, seq, item, procedure, start_at, state, due, due_date, provisional, stopped_on, late)
       select region, ${id('case_id')}, clock, seq, item, procedure, start_at, state, due, due_date, provisional, stopped_on, late from clock_run ${again}`,
      'reset session_replication_role',
      'vacuum analyze',
    ])
      await client.query(statement)
  } finally {
    client.release()
  }
}
