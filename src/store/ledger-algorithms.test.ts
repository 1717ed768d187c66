import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import zlib from 'node:zlib'
import { backup, restore } from './backup.ts'
import { caseHeads, checkpointTexts, ledgerRecords } from './read-ledger.ts'
import { erasePersonal } from './erase-personal.ts'
import { exampleSystem } from '#engine/example.ts'
import { generateKeys } from '#ledger/checkpoint.ts'
import { ledgerKeys, seal } from './ledger.ts'
import { logEvent } from './log-event.ts'
import { openCase, takeStep } from './take-step.ts'
import { openStore } from './store.ts'
import { publishedCalendar } from '#district/calendar.ts'
import { putEntry } from './registers.ts'
import { receiptOf } from './receipt.ts'
import { Refusal } from '#engine/refusal.ts'
import { text } from '#engine/field.ts'
import { verifyLedger, verifyReceipt } from '#ledger/verify.ts'
import type { AlgorithmsName } from '#ledger/algorithms.ts'
import type { LedgerReport } from '#ledger/verify.ts'
import type { Store } from './store.ts'

// A place whose ledger is made with SM3 and SM2, from its first leaf to what a backup of it becomes.

const clerk = { post: 'clerk', person: 'c', organ: 'justice' }
const officers = {
  id: 'officers',
  name: ['执法人员', 'Officers'],
  key: ['编号', 'Key'],
  fields: { name: text('姓名', 'Name') },
  entries: [],
} as const
let root: string
let store: Store
let caseId: string

before(async () => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'yifa-algorithms-'))
  fs.chmodSync(root, 0o755) // where tests run as root, the database's own user must be able to enter
  store = await open('data', 'sm3-sm2')
  await putEntry(store, officers, { key: 'zhang', validFrom: '2020-01-01', value: { name: '张某' } }, clerk, '2020-01-02T09:00+08:00')
  const office = { store, catalogue: [exampleSystem], calendar: publishedCalendar }
  const opened = await openCase(office, 'example', {
    step: 'receive',
    input: { receivedOn: '2024-03-05', applicant: { name: '虚构某甲', phone: '13000000001' } },
    by: clerk,
    at: '2024-03-05T10:00+08:00',
  })
  caseId = opened.theCase.id
  await takeStep(office, caseId, { step: 'accept', input: { acceptedOn: '2024-03-12' }, by: clerk, at: '2024-03-12T10:00+08:00' })
  await logEvent(store, { kind: 'reading', by: clerk, of: caseId, what: { purpose: '核对' }, at: '2024-03-12T11:00+08:00' })
  await seal(store, '2024-03-12T12:00+08:00')
})

after(async () => {
  await store.close()
  fs.rmSync(root, { recursive: true, force: true })
})

function open(name: string, algorithms?: AlgorithmsName): Promise<Store> {
  return openStore({ folder: path.join(root, name), region: '321302', as: 'own', ...(algorithms ? { algorithms } : {}) })
}

const refused =
  (code: string) =>
  (error: unknown): boolean =>
    error instanceof Refusal && error.code === code

async function verify(on: Store): Promise<LedgerReport> {
  return verifyLedger({
    region: on.region,
    records: ledgerRecords(on),
    checkpoints: await checkpointTexts(on),
    publicKey: (await ledgerKeys(on)).publicKey,
    heads: caseHeads(on),
  })
}

async function digestsOf(on: Store): Promise<unknown[]> {
  const { rows } = await on.pool.query<{ alg: string }>("select distinct leaf::json->>'alg' as alg from ledger_leaf")
  return rows.map(({ alg }) => alg)
}

test('国密账本：各类存证均用 SM3，检查点用 SM2 签名，核验、回执、删除个人信息均成立', async () => {
  assert.deepEqual(await store.algorithms(), { digest: 'sm3', signature: 'sm2' })
  const { rows } = await store.pool.query<{ kind: string }>('select distinct kind from ledger_leaf order by kind')
  assert.deepEqual(
    rows.map(({ kind }) => kind),
    ['reading', 'register', 'step'],
  )
  const before = await verify(store)
  assert.deepEqual([before.problems, before.sealed, before.checkpointsConfirmed], [[], 4, 1])

  const { publicKey } = await ledgerKeys(store)
  const receipt = await receiptOf(store, caseId, 1)
  assert.equal(verifyReceipt(receipt, publicKey).ok, true)
  assert.equal(verifyReceipt({ ...receipt, saltOpen: '00'.repeat(16) }, publicKey).ok, false)
  assert.equal(verifyReceipt(receipt, generateKeys('sm2').publicKey).ok, false)

  assert.equal(await erasePersonal(store, caseId, '本人申请', clerk, '2024-03-13T09:00+08:00'), 1)
  await seal(store, '2024-03-13T10:00+08:00')
  const after = await verify(store)
  assert.deepEqual([after.problems, after.sealed, after.checkpointsConfirmed], [[], 5, 2])
  assert.equal(verifyReceipt(receipt, publicKey).ok, true)
  assert.deepEqual(await digestsOf(store), ['sm3'])
})

test('值被改动，国密账本同样指出', async () => {
  const client = await store.pool.connect()
  try {
    await client.query("set session_replication_role = 'replica'")
    await client.query(`update step set input = jsonb_set(input, '{acceptedOn}', '"2024-03-11"') where case_id = $1 and seq = 2`, [caseId])
    const { problems } = await verify(store)
    assert.deepEqual(
      problems.map(({ problem, subject, seq }) => [problem, subject, seq]),
      [['changed-value', caseId, 2]],
    )
    await client.query(`update step set input = jsonb_set(input, '{acceptedOn}', '"2024-03-12"') where case_id = $1 and seq = 2`, [caseId])
    await client.query("set session_replication_role = 'origin'")
  } finally {
    client.release()
  }
  assert.equal((await verify(store)).ok, true)
})

test('所选算法不可更改：另选被拒绝，数据库也不准改；再次启动不必再选', async () => {
  for (const statement of [
    `update place_setting set value = '"sha256-ed25519"' where name = 'algorithms'`,
    "delete from place_setting where name = 'algorithms'",
    'truncate place_setting',
  ])
    await assert.rejects(store.pool.query(statement), { code: 'YF001' }, statement)
  await store.close()
  await assert.rejects(open('data', 'sha256-ed25519'), refused('ledger.algorithms-fixed'))
  await (await open('data', 'sm3-sm2')).close()
  store = await open('data')
  assert.deepEqual(await store.algorithms(), { digest: 'sm3', signature: 'sm2' })
})

test('未选的用通常算法；早于此项选择的账本即属通常，不能改称国密', async () => {
  let usual = await open('usual')
  await putEntry(usual, officers, { key: 'li', validFrom: '2020-01-01', value: { name: '李某' } }, clerk, '2020-01-02T09:00+08:00')
  assert.deepEqual(await digestsOf(usual), ['sha256'])
  // As an earlier version left it: leaves, and no word of algorithms.
  const client = await usual.pool.connect()
  await client.query("set session_replication_role = 'replica'")
  await client.query("delete from place_setting where name = 'algorithms'")
  client.release(true)
  await usual.close()
  await assert.rejects(open('usual', 'sm3-sm2'), refused('ledger.algorithms-fixed'))
  usual = await open('usual')
  try {
    assert.deepEqual(await usual.algorithms(), { digest: 'sha256', signature: 'ed25519' })
    await seal(usual, '2020-01-03T09:00+08:00')
    assert.equal((await verify(usual)).ok, true)
  } finally {
    await usual.close()
  }
})

test('国密账本的备份：恢复到另有所选而尚无存证之处，核对无误，可继续存证；密钥或算法不符的备份被拒绝', async () => {
  const file = path.join(root, 'backup.yifa')
  await backup(store, file, '2024-03-14T09:00+08:00')
  const plain = zlib.gunzipSync(fs.readFileSync(file)).toString()
  const wrong = (name: string, change: (text: string) => string): string => {
    const changed = change(plain)
    assert.notEqual(changed, plain)
    fs.writeFileSync(path.join(root, name), zlib.gzipSync(changed))
    return path.join(root, name)
  }
  const otherKey = wrong('other-key.yifa', (text) => {
    const [header, ...rest] = text.split('\n')
    return [JSON.stringify({ ...JSON.parse(header!), ledgerKey: generateKeys().privateKey }), ...rest].join('\n')
  })
  const otherName = wrong('other-name.yifa', (text) => text.replace('"sm3-sm2"', '"sha256-ed25519"'))
  const both = wrong('both.yifa', (text) => {
    const [header, ...rest] = text.replace('"sm3-sm2"', '"sha256-ed25519"').split('\n')
    return [JSON.stringify({ ...JSON.parse(header!), ledgerKey: generateKeys().privateKey }), ...rest].join('\n')
  })

  const chose = await open('restored', 'sha256-ed25519')
  for (const one of [otherKey, otherName, both]) await assert.rejects(restore(chose, one), refused('restore.file-broken'), one)
  const { report } = await restore(chose, file)
  assert.deepEqual([report.ok, report.checkpointsConfirmed], [true, 2])
  await chose.close()

  const restored = await open('restored')
  try {
    assert.equal((await ledgerKeys(restored)).privateKey, (await ledgerKeys(store)).privateKey)
    await putEntry(restored, officers, { key: 'li', validFrom: '2024-01-01', value: { name: '李某' } }, clerk, '2024-03-15T09:00+08:00')
    await seal(restored, '2024-03-15T10:00+08:00')
    const after = await verify(restored)
    assert.deepEqual([after.problems, after.checkpointsConfirmed], [[], 3])
  } finally {
    await restored.close()
  }
})
