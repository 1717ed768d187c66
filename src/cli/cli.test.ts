import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { spawn, spawnSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'

// The command line as other programs use it: its answers as JSON and its exit codes, on a small year of its own.

const BIN = path.join(import.meta.dirname, '..', '..', 'bin', 'yifa.mjs')
let root: string
let data: string
let demoAccounts: { password: string; usernames: readonly string[] }

before(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'yifa-cli-'))
  fs.chmodSync(root, 0o755) // where tests run as root, the database's own user must be able to enter
  data = path.join(root, 'data')
  const demo = yifa('demo', '--scale', '0.01', '--seed', '7', '--data', data, '--json')
  assert.equal(demo.code, 0, demo.err)
  assert.ok((demo.json as { cases: number }).cases > 500)
  demoAccounts = (demo.json as { accounts: typeof demoAccounts }).accounts
  assert.match(demo.err, /\d+\/\d+/, 'progress is said line by line where there is no terminal')
})

after(() => fs.rmSync(root, { recursive: true, force: true }))

interface Ran {
  code: number | null
  out: string
  err: string
  json: unknown
}

function yifa(...words: string[]): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...words], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, LANG: 'zh_CN.UTF-8', DATABASE_URL: '' },
  })
  let json: unknown
  try {
    json = JSON.parse(stdout)
  } catch {
    json = undefined // not every answer is one JSON value; those that must be are looked at
  }
  return { code: status, out: stdout, err: stderr, json }
}

const refused = (ran: Ran, code: string, exit: number): void => {
  assert.equal((ran.json as { code?: string } | undefined)?.code, code, ran.err)
  assert.equal(ran.code, exit)
  for (const part of ['message', 'basis', 'remedy']) assert.match((ran.json as Record<string, string>)[part]!, /\S/)
}

test('due：末日、法律与理由', () => {
  const { json, code } = yifa(
    'due',
    '--procedure',
    'reconsideration',
    '--clock',
    'decide',
    '--start',
    '2024-03-12',
    '--opened-on',
    '2024-03-05',
    '--pause',
    '2024-03-20/2024-04-02',
    '--extend',
    'P30D',
    '--json',
  )
  const answer = json as { due: string; law: string; because: { kind: string; zh: string; en: string }[] }
  assert.deepEqual([code, answer.due], [0, '2024-06-24'])
  assert.match(answer.law, /行政复议法/)
  assert.ok(answer.because.every(({ zh, en }) => zh && en))
  assert.equal(
    (
      yifa(
        'due',
        '--procedure',
        'hotline-12345',
        '--clock',
        'handle',
        '--start',
        '2020-10-01T22:40+08:00',
        '--fact',
        'urgency=urgent',
        '--fact',
        'kind=complaint',
        '--json',
      ).json as { due: string }
    ).due,
    '2020-10-02T22:40+08:00',
  )
})

test('due：不可用的输入被拒绝，各有代码与退出码', () => {
  const due = (...words: string[]): Ran => yifa('due', '--procedure', 'reconsideration', '--clock', 'decide', '--json', ...words)
  refused(due('--start', '2021-02-29'), 'date.invalid', 2)
  refused(due('--start', '2024-03-12', '--pause', '2024-04-02/2024-03-20'), 'pause.ends-before-it-begins', 2)
  refused(due('--start', '2024-03-12', '--pause', 'soon'), 'pause.invalid', 2)
  refused(due('--start', '2024-03-12', '--extend', 'P45D'), 'extension-too-long', 1)
  refused(due('--start', '2024-03-12', '--extend', 'P30D', '--extend', 'P1D'), 'second-extension', 1)
  refused(due('--start', '2024-03-12', '--extend', 'P30D', '--fact', 'procedureKind=summary'), 'no-extension', 1)
  refused(due('--start', '2024-03-12', '--extend', 'soon'), 'duration.invalid', 2)
  refused(due('--start', '1999-03-12'), 'version.none-in-force', 1)
  refused(yifa('due', '--procedure', 'none', '--clock', 'x', '--start', '2024-03-12', '--json'), 'procedure.unknown', 2)
  refused(yifa('due', '--procedure', 'reconsideration', '--clock', 'x', '--start', '2024-03-12', '--json'), 'clock.unknown', 2)
  assert.equal(yifa('due', '--procedure', 'reconsideration').code, 2)
  assert.equal(yifa('nonsense').code, 2)
  assert.equal(yifa('due', '--help').code, 0)
})

test('vectors：逐行结果与合计；坏文件不打印任何结果', () => {
  const file = path.join(root, 'vectors.json')
  fs.writeFileSync(
    file,
    JSON.stringify([
      {
        procedure: 'reconsideration',
        clock: 'review',
        openedOn: '2024-03-05',
        given: { start: '2024-03-05', pauses: [], extensions: [] },
        expect: { due: '2024-03-12' },
      },
      {
        procedure: 'reconsideration',
        clock: 'review',
        openedOn: '2024-03-05',
        given: { start: '2024-03-05', pauses: [], extensions: [] },
        expect: { due: '2024-03-13' },
      },
      { procedure: 'penalty-not-built', clock: 'decide', given: { start: '2024-03-05' }, expect: { due: '2024-03-12' } },
      { procedure: 'identifiers', kind: 'phone', given: { value: '12345' }, expect: { valid: true, form: 'service' } },
    ]),
  )
  const { code, out } = yifa('vectors', file, '--json')
  const lines = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  assert.deepEqual(
    lines.map(({ ok }) => ok),
    [true, false, false, true, undefined],
  )
  assert.deepEqual(Object.keys(lines[0]!), ['file', 'index', 'ok', 'got', 'expect', 'why'])
  assert.deepEqual([lines[4], code], [{ passed: 2, failed: 2 }, 1])
  assert.match(JSON.stringify(lines[2]), /尚未建成/)
  fs.writeFileSync(path.join(root, 'bad.json'), '{ not json')
  refused(yifa('vectors', path.join(root, 'bad.json'), '--json'), 'file.not-json', 2)
  refused(yifa('vectors', path.join(root, 'none.json'), '--json'), 'file.missing', 2)
  fs.writeFileSync(path.join(root, 'odd.json'), '{"a":1}')
  refused(yifa('vectors', path.join(root, 'odd.json'), '--json'), 'vectors.malformed', 2)
})

test('report：四种格式；与期望数比对', () => {
  const out = path.join(root, 'report.html')
  const made = yifa('report', '2020', '--data', data, '--format', 'json,html,docx,pdf', '--out', out)
  assert.equal(made.code, 0, made.err)
  const bytes = (format: string): Buffer => fs.readFileSync(path.join(root, `report.${format}`))
  assert.equal(bytes('pdf').subarray(0, 5).toString(), '%PDF-')
  assert.equal(bytes('docx').subarray(0, 2).toString(), 'PK')
  assert.match(bytes('html').toString(), /宿城区2020年度法治政府建设工作报告/)
  const report = JSON.parse(bytes('json').toString()) as { figures: { figure: { id: string }; status: string }[] }
  assert.equal(report.figures.length, 66)
  const expected = path.join(root, 'figures.json')
  const figure = { section: '2.5.3', zh: '受理', en: 'accepted', system: 'hotline-12345', match: 'exact', quote: '', formula: '' }
  fs.writeFileSync(expected, JSON.stringify({ year: 2020, region: '321302', figures: [{ ...figure, id: 'hotline.accepted', value: 1 }] }))
  const compared = yifa('report', '2020', '--data', data, '--compare', expected, '--json')
  assert.equal(compared.code, 1)
  assert.deepEqual((compared.json as { totals: unknown }).totals, { match: 0, differs: 1, notBuilt: 0 })
  refused(yifa('report', '20x', '--data', data, '--json'), 'year.invalid', 2)
  refused(yifa('report', '2020', '--data', data, '--format', 'doc', '--json'), 'format.unknown', 2)
})

test('report check：发现矛盾；GBK 与损坏的 DOCX 被拒绝', () => {
  const file = path.join(root, 'report.md')
  fs.writeFileSync(file, '# 报告\n\n全年共调解案件7007件,调解成功2663件,调成率为38.02%。共办理案件50件,办结50件,办结率100%。\n')
  const { code, json } = yifa('report', 'check', file, '--json')
  assert.equal(code, 1)
  assert.equal((json as { summary: { contradictory: number } }).summary.contradictory, 1)
  const gbk = path.join(root, 'gbk.txt')
  fs.writeFileSync(gbk, Buffer.from([0xb7, 0xa8, 0xd6, 0xce, 0xd5, 0xfe, 0xb8, 0xae]))
  refused(yifa('report', 'check', gbk, '--json'), 'report.not-utf8', 1)
  const docx = path.join(root, 'broken.docx')
  fs.writeFileSync(docx, 'PK not really')
  refused(yifa('report', 'check', docx, '--json'), 'report.docx-broken', 1)
})

test('ledger：核验、证明与检查点；改动后核验不通过', () => {
  const verify = yifa('ledger', 'verify', '--data', data, '--json')
  assert.deepEqual([verify.code, (verify.json as { ok: boolean }).ok], [0, true])
  const proof = yifa('ledger', 'proof', '宿城热线〔2020〕1号', '--data', data, '--json')
  assert.ok((proof.json as { proof: string[] }).proof.length > 3, proof.err)
  assert.match((yifa('ledger', 'checkpoint', '--data', data, '--json').json as { text: string }).text, /yifa\/321302/)
  refused(yifa('ledger', 'proof', 'none', '--data', data, '--json'), 'case.unknown', 1)
})

test('算法：demo 选用国密，核验、证明、备份恢复均成立；另选、选错均被拒绝', () => {
  const place = path.join(root, 'sm')
  const demo = yifa('demo', '--scale', '0.001', '--data', place, '--algorithms', 'sm3-sm2', '--json')
  assert.equal(demo.code, 0, demo.err)
  assert.match((demo.json as { ledger: { checkpoint: string } }).ledger.checkpoint, /\nalg sm3\n/)
  const verify = yifa('ledger', 'verify', '--data', place, '--key', path.join(place, 'ledger-key.sm2.public.pem'), '--json')
  const { ok, leaves, sealed, checkpointsConfirmed } = verify.json as Record<string, unknown>
  assert.deepEqual([verify.code, ok, sealed], [0, true, leaves])
  assert.ok(Number(checkpointsConfirmed) > 0)
  assert.match((yifa('ledger', 'proof', '宿城热线〔2020〕1号', '--data', place, '--json').json as { leaf: string }).leaf, /^\{"alg":"sm3"/)

  const file = path.join(root, 'sm.yifa')
  assert.equal(yifa('backup', file, '--data', place).code, 0)
  const other = path.join(root, 'sm-restored')
  assert.equal(yifa('restore', file, '--data', other).code, 0)
  assert.equal(yifa('ledger', 'verify', '--data', other).code, 0)

  refused(yifa('start', '--data', place, '--port', '0', '--algorithms', 'sha256-ed25519', '--json'), 'ledger.algorithms-fixed', 1)
  refused(yifa('start', '--data', path.join(root, 'none'), '--algorithms', 'md5-rsa', '--json'), 'algorithms.unknown', 2)
  process.env['YIFA_ALGORITHMS'] = 'sm3-sm2'
  try {
    refused(yifa('demo', '--data', data, '--scale', '0.001', '--json'), 'ledger.algorithms-fixed', 1)
  } finally {
    delete process.env['YIFA_ALGORITHMS']
  }
})

test('explain、check、law cite', () => {
  assert.match(yifa('explain', 'reconsideration/decide').out, /60日/)
  assert.match(yifa('explain', 'no-extension-in-summary', '--lang', 'en').out, /summary/i)
  const explained = yifa('explain', '宿城热线〔2020〕1号', '--data', data).out
  assert.match(explained, /热线/)
  assert.match(explained, /适用版本：自 \d{4}-\d\d-\d\d 起施行（[0-9a-f]{16}），因 2020-\d\d-\d\d 立案/)
  refused(yifa('explain', 'no-such-thing', '--json'), 'explain.unknown', 1)
  assert.equal(yifa('check', '--json').code, 0)
  const places = (yifa('law', 'cite', '行政复议法', '62', '--json').json as { places: { at: string }[] }).places
  assert.ok(
    places.some(({ at }) => at.includes('clock decide')),
    JSON.stringify(places),
  )
  assert.equal(yifa('law', 'cite', '行政复议法', '999').code, 1)
})

test('backup、restore、calendar import；演示数据不与已有案件混放', () => {
  const file = path.join(root, 'all.yifa')
  assert.equal(yifa('backup', file, '--data', data).code, 0)
  const other = path.join(root, 'other')
  const restored = yifa('restore', file, '--data', other, '--json')
  assert.deepEqual([restored.code, (restored.json as { ledger: { ok: boolean } }).ledger.ok], [0, true], restored.err)
  assert.equal(yifa('ledger', 'verify', '--data', other).code, 0)
  refused(yifa('restore', file, '--data', other, '--json'), 'restore.not-empty', 1)
  refused(yifa('demo', '--data', data, '--scale', '0.01', '--json'), 'demo.data-present', 1)
  const schedule = path.join(root, 'holidays.json')
  fs.writeFileSync(schedule, JSON.stringify({ 2021: { holidays: ['2021-01-01', '2021-01-04', '2021-01-05', '2021-01-06'], workdays: [] } }))
  const moved = (yifa('calendar', 'import', schedule, '--data', other, '--json').json as { moved: { from: string; to: string }[] }).moved
  assert.ok(moved.length > 0 && moved.every(({ from, to }) => from !== to))
})

test('start：打印地址；第二次启动被拒绝；其他命令可同时读取；中断后干净停止', async (t) => {
  const server = spawn(process.execPath, [BIN, 'start', '--data', data, '--port', '0', '--json'], { stdio: ['ignore', 'pipe', 'pipe'] })
  // A failure above the end of the test must not leave the server running: the file would never finish.
  t.after(() => server.kill('SIGINT'))
  let out = ''
  server.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  for (let waited = 0; !out.includes('\n') && waited < 60_000; waited += 50) await sleep(50)
  const { address } = JSON.parse(out) as { address: string }
  const page = await fetch(address)
  assert.equal(page.status, 200)
  assert.equal((await fetch(`${address}/report/2020`)).status, 200)
  const signIn = async (username: string, password: string) =>
    fetch(`${address}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password }),
    })
  const signedIn = await signIn('dispatcher', demoAccounts.password)
  assert.equal(signedIn.status, 201)
  const cookie = signedIn.headers
    .getSetCookie()
    .map((line) => line.split(';')[0]!)
    .join('; ')
  const session = (await (await fetch(`${address}/api/v1/session`, { headers: { cookie } })).json()) as {
    owes: unknown
    holdings: unknown[]
  }
  assert.deepEqual([session.owes, session.holdings.length], [null, 2], 'nothing is owed in a demonstration; who dispatches drafts as well')

  const added = yifa('account', 'add', '--person', '虚构新人', '--username', '新人', '--data', data, '--json')
  const { initialPassword } = added.json as { initialPassword: string }
  assert.equal((await signIn('新人', initialPassword)).status, 201)
  assert.equal(yifa('account', 'disable', '新人', '--data', data).code, 0)
  assert.equal((await signIn('新人', initialPassword)).status, 403)
  assert.equal(yifa('account', 'enable', '新人', '--data', data).code, 0)
  assert.equal(yifa('account', 'reset-password', '新人', '--data', data).code, 0)
  assert.equal((await signIn('新人', initialPassword)).status, 401)
  const { accounts } = yifa('account', 'list', '--data', data, '--json').json as {
    accounts: { username: string; administrator: unknown }[]
  }
  assert.equal(accounts.length, demoAccounts.usernames.length + 1, 'those of the demonstration and the new one')
  assert.equal(accounts.filter(({ administrator }) => administrator !== null).length, 3)
  refused(yifa('account', 'reset-second-factor', 'nobody', '--data', data, '--json'), 'account.username-unknown', 1)
  const another = ['account', 'add', '--person', '虚构系统管理员', '--username', 'x', '--administrator']
  refused(yifa(...another, 'audit', '--data', data, '--json'), 'administrator.holds-another', 1)
  refused(yifa(...another, 'king', '--data', data, '--json'), 'administrator.kind-unknown', 2)
  refused(yifa('start', '--data', data, '--port', '0', '--json'), 'data.in-use', 1)
  assert.equal(yifa('ledger', 'verify', '--data', data).code, 0)
  const ended = new Promise<number | null>((resolve) => server.once('exit', resolve))
  server.kill('SIGINT')
  assert.equal(await ended, 0)
  refused(yifa('start', '--data', data, '--port', 'x', '--json'), 'port.invalid', 2)
})

test('同一种子得到同一年度', () => {
  const again = path.join(root, 'again')
  assert.equal(yifa('demo', '--scale', '0.01', '--seed', '7', '--data', again).code, 0)
  const figures = (folder: string): unknown => (yifa('report', '2020', '--data', folder, '--json').json as { figures: unknown }).figures
  assert.deepEqual(figures(again), figures(data))
})
