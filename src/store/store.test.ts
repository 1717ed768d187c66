import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { backup, restore } from './backup.ts'
import { caseHeads, checkpointTexts, ledgerRecords } from './read-ledger.ts'
import { casesBehind, computeFigures, computeSeries, figuresQuery } from './count-steps.ts'
import { correctStep, openCase, takeStep } from './take-step.ts'
import { countInMemory, figureOf, isSeries, seriesOf, wholeOf } from '#readings/figures.ts'
import { clocksOf } from '#engine/clocks.ts'
import { definitionHash } from '#readings/definition-json.ts'
import { dateText, dayOf } from '#engine/day.ts'
import { entriesOn, entryHistory, putEntry } from './registers.ts'
import { erasePersonal } from './erase-personal.ts'
import { example, exampleSystem } from '#engine/example.ts'
import { calendarInForce } from './calendar-in-force.ts'
import { importSchedule, previewSchedule } from './import-schedule.ts'
import type { MovedClock } from './import-schedule.ts'
import { ledgerKeys, seal } from './ledger.ts'
import { lockFolder } from './folder-lock.ts'
import { openStore } from './store.ts'
import { publishedCalendar } from '#district/calendar.ts'
import { readCase } from './read-case.ts'
import { receiptOf } from './receipt.ts'
import { Refusal } from '#engine/refusal.ts'
import { surroundingsFor } from './surroundings.ts'
import { sweep } from './sweep.ts'
import { system as reconsideration } from '#procedures/reconsideration/system.ts'
import { integer, text } from '#engine/field.ts'
import { NOT_STATED } from '#engine/indicator.ts'
import { randomOf } from '#readings/random.ts'
import { ratioText } from '#engine/ratio-text.ts'
import { verifyLedger, verifyReceipt } from '#ledger/verify.ts'
import type { Count, Counted, Period, Series } from '#readings/figures.ts'
import type { LedgerReport } from '#ledger/verify.ts'
import type { Office } from './take-step.ts'
import type { Ratio } from '#engine/ratio-text.ts'
import type { Register } from '#engine/register.ts'
import type { Store } from './store.ts'

const catalogue = [exampleSystem, reconsideration]
const clerk = { post: 'clerk', person: 'c', organ: 'justice' }
const head = { post: 'head', person: 'h', organ: 'justice' }
const officers: Register = {
  id: 'officers',
  name: ['执法人员', 'Officers'],
  key: ['编号', 'Key'],
  fields: { name: text('姓名', 'Name') },
  entries: [],
}
const inhabitants: Register = {
  id: 'inhabitants',
  name: ['人口', 'Inhabitants'],
  key: ['镇街', 'Township'],
  fields: { count: integer('人口', 'Inhabitants', { least: 0 }) },
  entries: [],
}

let root: string
let store: Store
let office: Office

before(async () => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'yifa-store-'))
  fs.chmodSync(root, 0o755) // where tests run as root, the database's own user must be able to enter
  store = await openStore({ folder: path.join(root, 'data'), region: '321302', as: 'own' })
  office = { store, catalogue, calendar: publishedCalendar }
  await putEntry(store, officers, { key: 'zhang', validFrom: '2020-01-01', value: { name: '张某' } }, head, '2020-01-02T09:00+08:00')
  await putEntry(
    store,
    officers,
    { key: 'zhang', validFrom: '2024-12-01', validUntil: '2024-12-31', value: { name: '张某某' } },
    head,
    '2024-12-01T09:00+08:00',
  )
})

after(async () => {
  await store.close()
  fs.rmSync(root, { recursive: true, force: true })
})

const receive = (day = '2024-03-05'): ReturnType<typeof openCase> =>
  openCase(office, 'example', {
    step: 'receive',
    input: { receivedOn: day, applicant: { name: '虚构某甲', phone: '13000000001' } },
    by: clerk,
    at: `${day}T10:00+08:00`,
  })
const accept = (id: string, on = '2024-03-12'): ReturnType<typeof takeStep> =>
  takeStep(office, id, { step: 'accept', input: { acceptedOn: on }, by: clerk, at: `${on}T10:00+08:00` })
const refused =
  (code: string) =>
  (error: unknown): boolean =>
    error instanceof Refusal && error.code === code

async function verify(on: Store = store): Promise<LedgerReport> {
  return verifyLedger({
    region: on.region,
    records: ledgerRecords(on),
    checkpoints: await checkpointTexts(on),
    publicKey: (await ledgerKeys(on)).publicKey,
    heads: caseHeads(on),
  })
}

test('一案经存储办理：编号、文书号、期限索引、当事人、登记册事实', async () => {
  const opened = await receive()
  assert.match(opened.theCase.number, /^示例〔2024〕\d+号$/)
  await accept(opened.theCase.id)
  const decided = await takeStep(office, opened.theCase.id, {
    step: 'decide',
    input: { decidedOn: '2024-05-06', reason: '理由充分', officer: 'zhang' },
    by: head,
    at: '2024-05-06T10:00+08:00',
  })
  assert.match(decided.documents[0]!.number!, /^示例通〔2024〕\d+号$/)
  const { theCase } = await readCase(store.pool, store.region, opened.theCase.id, catalogue)
  assert.deepEqual(theCase, decided.theCase)
  const { rows } = await store.pool.query('select clock, state, due, stopped_by, late from clock_run where case_id = $1 order by clock', [
    theCase.id,
  ])
  assert.deepEqual(rows, [
    { clock: 'decide', state: 'stopped', due: '2024-05-11', stopped_by: 'decide', late: false },
    { clock: 'review', state: 'stopped', due: '2024-03-12', stopped_by: 'accept', late: false },
  ])
  const { rows: kept } = await store.pool.query<{ input: unknown; fields: unknown }>(
    'select s.input, c.fields from step s join case_file c on c.id = s.case_id where s.case_id = $1 and s.seq = 1',
    [theCase.id],
  )
  assert.doesNotMatch(JSON.stringify(kept), /虚构某甲/, 'what is personal stands only in its own table')
})

test('登记册：某日有效的版本；执法人员当日无资格的，拒绝', async () => {
  assert.deepEqual((await entriesOn(store, 'officers', '2024-12-15'))[0]!.value, { name: '张某某' })
  assert.equal((await entriesOn(store, 'officers', '2019-12-31')).length, 0)
  assert.equal((await entriesOn(store, 'officers', '2025-01-01')).length, 0, 'the newer version ended the entry')
  assert.deepEqual(
    (await entryHistory(store, 'officers', 'zhang')).map(({ version }) => version),
    [2, 1],
  )
  const { theCase } = await receive('2024-12-10')
  await accept(theCase.id, '2024-12-11')
  const decide = (officer: string, day: string) =>
    takeStep(office, theCase.id, {
      step: 'decide',
      input: { decidedOn: day, reason: '理由充分', officer },
      by: head,
      at: `${day}T10:00+08:00`,
    })
  await assert.rejects(decide('li', '2024-12-16'), refused('officer-not-in-force'))
  await assert.rejects(decide('zhang', '2025-01-02'), refused('officer-not-in-force'))
  assert.equal((await decide('zhang', '2024-12-31')).theCase.state, 'done')
  await assert.rejects(
    putEntry(
      store,
      officers,
      { key: 'x', validFrom: '2024-01-02', validUntil: '2024-01-01', value: { name: 'x' } },
      head,
      '2024-01-01T09:00+08:00',
    ),
    refused('register.entry-invalid'),
  )
})

test('两人同时办理一案：一人办成，另一人得到告知；什么都不丢', async () => {
  const { theCase } = await receive()
  const results = await Promise.allSettled(Array.from({ length: 6 }, () => accept(theCase.id)))
  assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1)
  for (const result of results) {
    if (result.status === 'rejected')
      assert.ok(refused('case.changed-meanwhile')(result.reason) || refused('step.not-now')(result.reason), String(result.reason))
  }
  await assert.rejects(
    takeStep(office, theCase.id, { step: 'extend', input: { days: 5 }, by: head, at: '2024-03-13T10:00+08:00' }, 1),
    refused('case.changed-meanwhile'),
  )
})

test('编号连续：被拒绝的立案不占用案号', async () => {
  const numbers = [await receive('2023-06-01'), await receive('2023-06-02')].map(({ theCase }) => theCase.number)
  await assert.rejects(
    openCase(office, 'example', { step: 'receive', input: { receivedOn: '2023-06-03' }, by: clerk, at: '2023-06-03T10:00+08:00' }),
    refused('input.invalid'),
  )
  numbers.push((await receive('2023-06-04')).theCase.number)
  assert.deepEqual(numbers, ['示例〔2023〕1号', '示例〔2023〕2号', '示例〔2023〕3号'])
})

test('期限届满的步骤由系统补记，生效于期限最后一日', async () => {
  const { theCase } = await receive('2024-07-01')
  assert.ok((await sweep(office, '2024-07-09T08:00+08:00')) >= 1)
  const { theCase: lapsed } = await readCase(store.pool, store.region, theCase.id, catalogue)
  assert.deepEqual([lapsed.state, lapsed.steps.at(-1)!.on], ['running', '2024-07-08'])
  const late = await receive('2024-08-01')
  const taken = await takeStep(office, late.theCase.id, { step: 'extend', input: { days: 5 }, by: head, at: '2024-08-20T10:00+08:00' })
  assert.deepEqual(
    taken.theCase.steps.map(({ step }) => step),
    ['receive', 'deem-accepted', 'extend'],
  )
})

test('主案办结，并入的案件随之办结', async () => {
  const main = (await receive('2024-09-02')).theCase
  const { theCase: joined } = await openCase(office, 'example', {
    step: 'receive',
    input: { receivedOn: '2024-09-02', applicant: { name: '虚构某乙' }, into: main.id },
    by: clerk,
    at: '2024-09-02T11:00+08:00',
  })
  await accept(main.id, '2024-09-03')
  await takeStep(office, main.id, {
    step: 'decide',
    input: { decidedOn: '2024-09-10', reason: '理由充分', officer: 'zhang' },
    by: head,
    at: '2024-09-10T10:00+08:00',
  })
  const { theCase } = await readCase(store.pool, store.region, joined.id, catalogue)
  assert.deepEqual([theCase.state, theCase.steps.at(-1)!.step], ['done', 'follow'])
})

test('被并入的主案的状态，是该步骤生效之时的状态：补录与更正不看今天', async () => {
  const main = (await receive('2024-09-02')).theCase
  const joining = (await receive('2024-09-02')).theCase
  await accept(main.id, '2024-09-03')
  await takeStep(office, main.id, {
    step: 'decide',
    input: { decidedOn: '2024-09-10', reason: '理由充分', officer: 'zhang' },
    by: head,
    at: '2024-09-10T10:00+08:00',
  })
  const join = (joinedOn: string, at: string) =>
    takeStep(office, joining.id, { step: 'join', input: { joinedOn, into: main.id }, by: clerk, at })
  await assert.rejects(join('2024-09-11', '2024-09-12T09:00+08:00'), refused('main-case-over'))
  // On the day itself it counts what came first.
  await assert.rejects(join('2024-09-10', '2024-09-10T10:01+08:00'), refused('main-case-over'))
  // Recorded late, of a day on which the main case was still running.
  const late = await join('2024-09-05', '2024-09-12T09:30+08:00')
  const seq = late.theCase.steps.at(-1)!.seq
  const correction = { reason: '日期录错', approvedBy: 'h', by: clerk, at: '2024-09-13T10:00+08:00' }
  const before = await correctStep(office, joining.id, { ...correction, seq, input: { joinedOn: '2024-09-09', into: main.id } })
  await assert.rejects(
    correctStep(office, joining.id, {
      ...correction,
      seq: before.theCase.steps.at(-1)!.seq,
      input: { joinedOn: '2024-09-11', into: main.id },
    }),
    refused('main-case-over'),
  )

  // The main case's own corrections count: it was not decided on the tenth, it turns out, but on the sixth.
  await correctStep(office, main.id, {
    ...correction,
    seq: 3,
    input: { decidedOn: '2024-09-06', reason: '理由充分', officer: 'zhang' },
  })
  const { theCase, definition } = await readCase(store.pool, store.region, joining.id, catalogue)
  const asked = { step: 'join', input: { into: main.id }, by: clerk, at: '2024-09-13T10:00+08:00' }
  const around = await surroundingsFor(office, [definition], theCase, asked)
  assert.deepEqual(
    ['2024-09-01T09:00+08:00', '2024-09-02T12:00+08:00', '2024-09-05T12:00+08:00', '2024-09-09T12:00+08:00'].map((at) =>
      around.stateOf(main.id, at),
    ),
    [undefined, 'received', 'running', 'done'],
  )
  assert.equal(around.stateOf(joining.id, '2024-09-05T12:00+08:00'), undefined, 'not asked for')
})

test('改按修订后的法律办理：读回、期限索引、存证与撤销；所记的定义由系统给出', async () => {
  const [until, revised] = reconsideration.definitions
  const office1 = { post: 'office', person: 'o', organ: 'justice' }
  const leader = { post: 'office-head', person: 'l', organ: 'justice' }
  const opened = await openCase(office, 'reconsideration', {
    step: 'receive',
    input: {
      receivedOn: '2023-12-29',
      appliedOn: '2023-12-29',
      madeOn: '2023-12-01',
      learnedOn: '2023-12-01',
      channel: 'in-person',
      applicant: { name: '虚构某丁' },
      respondent: 'market-regulation',
      respondentKind: 'department',
      act: '（演示）行政处罚决定',
      actKind: 'penalty',
      toldRights: true,
      requests: ['（演示）撤销'],
      facts: '（演示）事实不清',
      signed: true,
    },
    by: office1,
    at: '2023-12-29T10:00+08:00',
  })
  const { id } = opened.theCase
  const conditionsMet = ['R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7']
  await takeStep(office, id, {
    step: 'accept',
    input: { acceptedOn: '2023-12-29', reviewedOn: '2024-01-05', conditionsMet, courtAccepted: false, acceptedBefore: false },
    by: office1,
    at: '2024-01-05T10:00+08:00',
  })
  const dues = async (): Promise<unknown> =>
    (
      await store.pool.query(
        "select clock, due from clock_run where case_id = $1 and clock in ('decide', 'send-copy', 'review') order by clock",
        [id],
      )
    ).rows
  const under2017 = await dues()
  assert.deepEqual(under2017, [
    { clock: 'decide', due: '2024-02-27' },
    { clock: 'review', due: '2024-01-08' },
    { clock: 'send-copy', due: '2024-01-10' },
  ])
  const switching = {
    step: 'switch-law',
    // Whatever is given for the definition: the machine knows which one it is.
    input: { switchedOn: '2024-01-08', switchReason: '（演示）各方同意', revisedDefinition: 'forged' },
    by: leader,
    at: '2024-01-08T10:00+08:00',
  }
  await assert.rejects(takeStep(office, id, { ...switching, by: office1 }), refused('step.not-your-post'))
  const { theCase: switched } = await takeStep(office, id, switching)
  assert.deepEqual(
    [switched.version, switched.hash, switched.openedUnder],
    ['2024-01-01', definitionHash(revised!), { version: '2018-01-01', hash: definitionHash(until!) }],
  )
  const read = await readCase(store.pool, store.region, id, catalogue)
  assert.deepEqual([read.theCase, read.definition], [switched, revised])
  assert.deepEqual(await dues(), [
    { clock: 'decide', due: '2024-03-05' },
    { clock: 'review', due: '2024-01-08' },
    { clock: 'send-copy', due: '2024-01-16' },
  ])
  await assert.rejects(takeStep(office, id, { ...switching, at: '2024-01-09T10:00+08:00' }), refused('version.switched-already'))
  const { rows: kept } = await store.pool.query<{ fields: unknown }>('select fields from case_file where id = $1', [id])
  assert.doesNotMatch(JSON.stringify(kept), /虚构某丁|事实不清/)

  // The ledger commits to both definitions: to the first in the opening leaf, to the second in that of the switch.
  const leaves = new Map<number | null, Record<string, unknown>>()
  for await (const record of ledgerRecords(store))
    if (record.subject === id) leaves.set(record.seq, record.openPayload as Record<string, unknown>)
  assert.deepEqual(
    [leaves.get(1)!['version'], leaves.get(1)!['definition'], (leaves.get(3)!['input'] as Record<string, unknown>)['revisedDefinition']],
    ['2018-01-01', definitionHash(until!), definitionHash(revised!)],
  )
  assert.deepEqual((await verify()).problems, [])

  const { theCase: struck } = await correctStep(office, id, {
    seq: 3,
    reason: '未经各方同意',
    approvedBy: 'h',
    by: leader,
    at: '2024-01-09T10:00+08:00',
  })
  assert.deepEqual([struck.version, struck.hash], ['2018-01-01', definitionHash(until!)])
  assert.deepEqual(await dues(), under2017)
  assert.deepEqual((await readCase(store.pool, store.region, id, catalogue)).theCase, struck)
  assert.deepEqual((await verify()).problems, [])
})

test('数据库自身拒绝改写与删除', async () => {
  for (const statement of [
    "update step set step = 'x'",
    'delete from step',
    'truncate step cascade',
    'update ledger_leaf set leaf = leaf',
    'delete from ledger_checkpoint',
    'update register_entry set value = value',
    'delete from document',
    'delete from personal',
    'update personal set payload = payload',
  ]) {
    await assert.rejects(store.pool.query(statement), /append-only/, statement)
  }
})

test('更正写入存证，前后两步都在', async () => {
  const { theCase } = await receive('2024-04-01')
  await accept(theCase.id, '2024-04-03')
  const { theCase: corrected } = await correctStep(office, theCase.id, {
    seq: 2,
    input: { acceptedOn: '2024-04-02' },
    reason: '录错',
    approvedBy: 'h',
    by: clerk,
    at: '2024-04-08T10:00+08:00',
  })
  assert.deepEqual((await readCase(store.pool, store.region, theCase.id, catalogue)).theCase, corrected)
})

test('存证核对无误；回执可独立核验；删除个人信息后仍无误', async () => {
  await seal(store, '2024-12-31T12:00+08:00')
  assert.deepEqual((await verify()).problems, [])
  const { theCase } = await receive('2024-10-09')
  await assert.rejects(receiptOf(store, theCase.id), refused('ledger.not-sealed-yet'))
  await seal(store, '2024-12-31T12:01+08:00')
  const receipt = await receiptOf(store, theCase.number)
  assert.equal(verifyReceipt(receipt, (await ledgerKeys(store)).publicKey).ok, true)
  assert.equal(
    verifyReceipt(
      { ...receipt, openPayload: { ...(receipt.openPayload as object), on: '2024-10-08' } },
      (await ledgerKeys(store)).publicKey,
    ).ok,
    false,
  )
  assert.doesNotMatch(JSON.stringify(receipt), /虚构某甲/)

  assert.equal(await erasePersonal(store, theCase.id, '本人申请', head, '2024-12-31T13:00+08:00'), 1)
  await seal(store, '2024-12-31T13:01+08:00')
  const report = await verify()
  assert.deepEqual([report.problems, report.ok], [[], true])
  assert.doesNotMatch(JSON.stringify((await store.pool.query('select * from personal where subject = $1', [theCase.id])).rows), /虚构/)
  assert.equal(verifyReceipt(receipt, (await ledgerKeys(store)).publicKey).ok, true)
})

/** Does something behind the ledger's back, as one with the database's own powers could; says what the verifier names; undoes it. */
async function tamper(statements: readonly [string, unknown[]?][], undo: readonly [string, unknown[]?][]): Promise<LedgerReport> {
  const client = await store.pool.connect()
  const run = async (list: readonly [string, unknown[]?][]): Promise<void> => {
    await client.query("set session_replication_role = 'replica'")
    for (const [text, values] of list) await client.query(text, values)
    await client.query("set session_replication_role = 'origin'")
  }
  try {
    await run(statements)
    return await verify()
  } finally {
    await run(undo)
    client.release()
  }
}

test('改动的值、删去的步骤、调换的步骤、改写的检查点都被发现，并指明案件与步骤', async () => {
  const { theCase } = await receive('2024-11-04')
  await accept(theCase.id, '2024-11-05')
  await seal(store, '2024-12-31T14:00+08:00')
  assert.deepEqual((await verify()).problems, [])
  const { id } = theCase
  const where = 'where case_id = $1 and seq = $2'
  const names = (report: LedgerReport): [string, string | null, number | null][] =>
    report.problems.map(({ problem, subject, seq }) => [problem, subject, seq])

  const changed = await tamper(
    [[`update step set input = jsonb_set(input, '{acceptedOn}', '"2024-11-06"') ${where}`, [id, 2]]],
    [[`update step set input = jsonb_set(input, '{acceptedOn}', '"2024-11-05"') ${where}`, [id, 2]]],
  )
  assert.deepEqual(names(changed), [['changed-value', id, 2]])

  const person = await tamper(
    [["update personal set payload = jsonb_set(payload, '{applicant,name}', '\"虚构某丙\"') where subject = $1", [id]]],
    [["update personal set payload = jsonb_set(payload, '{applicant,name}', '\"虚构某甲\"') where subject = $1", [id]]],
  )
  assert.deepEqual(names(person), [['changed-value', id, 1]])

  await store.pool.query('create table kept as select * from step where case_id = $1', [id])
  const removed = await tamper([[`delete from step ${where}`, [id, 1]]], [['insert into step select * from kept where seq = 1']])
  assert.deepEqual(
    names(removed).map(([problem, subject, seq]) => [problem, subject, seq]),
    [['removed-step', id, 1]],
  )

  await store.pool.query("create table kept_leaf as select * from ledger_leaf where subject = $1 and kind = 'step'", [id])
  await store.pool.query('create table kept_position as select p.* from ledger_position p join kept_leaf l on l.id = p.id')
  const gone = await tamper(
    [
      [`delete from step ${where}`, [id, 2]],
      ['delete from ledger_position where id in (select id from kept_leaf where seq = 2)'],
      ['delete from ledger_leaf where id in (select id from kept_leaf where seq = 2)'],
    ],
    [
      ['insert into step select * from kept where seq = 2'],
      ['insert into ledger_leaf overriding system value select * from kept_leaf where seq = 2'],
      ['insert into ledger_position select p.* from kept_position p join kept_leaf l on l.id = p.id where l.seq = 2'],
    ],
  )
  assert.ok(
    gone.problems.some(({ subject, seq }) => subject === id && seq === 2),
    JSON.stringify(names(gone)),
  )

  const swap: [string, unknown[]][] = [
    [`update step set seq = 99 ${where}`, [id, 1]],
    [`update step set seq = 1 ${where}`, [id, 2]],
    ['update step set seq = 2 where case_id = $1 and seq = 99', [id]],
  ]
  const reordered = await tamper(swap, swap)
  assert.ok(
    reordered.problems.some(({ problem, subject }) => ['reordered-step', 'changed-value'].includes(problem) && subject === id),
    JSON.stringify(names(reordered)),
  )

  const { rows } = await store.pool.query<{ ordinal: number; text: string }>(
    'select ordinal, text from ledger_checkpoint order by ordinal desc limit 1',
  )
  const { ordinal, text: good } = rows[0]!
  const rewritten = await tamper(
    [['update ledger_checkpoint set text = $1 where ordinal = $2', [good.replace(/\n\d+\n/, '\n1\n'), ordinal]]],
    [['update ledger_checkpoint set text = $1 where ordinal = $2', [good, ordinal]]],
  )
  assert.ok(
    rewritten.problems.some(({ checkpoint }) => checkpoint === ordinal - 1),
    JSON.stringify(rewritten.problems),
  )
  assert.deepEqual((await verify()).problems, [])
})

/** Cases as chance has them: persons who come again, places or none, organs, endings of every kind, some of them erased or corrected. */
async function manyCases(): Promise<void> {
  const random = randomOf('figures')
  const one = <Value>(values: readonly Value[]): Value => values[random.whole(0, values.length - 1)]!
  const towns = [
    { township: '321302101', community: '甲村' },
    { township: '321302102' },
    { community: '乙村' },
    { township: '321302103' },
    {},
  ]
  const units = ['justice', 'housing', undefined]
  for (let count = 0; count < 60; count += 1) {
    const day = (offset: number): string => dateText(dayOf('2024-05-06') + offset)
    const opened = random.whole(-200, 100)
    const place = one([undefined, ...towns])
    const { theCase } = await openCase(office, 'example', {
      step: 'receive',
      input: {
        receivedOn: day(opened),
        applicant: {
          name: `虚构${one(['甲', '乙', '丙', '丁'])}`,
          ...one([{}, { phone: '' }, { phone: one(['13000000001', '13000000002']) }]),
        },
        ...(place === undefined ? {} : { place: { address: '某处', ...place } }),
      },
      by: clerk,
      at: `${day(opened)}T10:00+08:00`,
    })
    const step = async (name: string, offset: number, input: Record<string, unknown>, by = clerk): Promise<unknown> =>
      takeStep(office, theCase.id, { step: name, input, by, at: `${day(opened + offset)}T10:00+08:00` })
    const unit = one(units)
    if (random.chance(0.8)) {
      await step('accept', 1, { acceptedOn: day(opened + 1), ...(unit === undefined ? {} : { unit }) })
      for (let times = random.whole(0, 2); times > 0; times -= 1) {
        await step('suspend', 2, { since: day(opened + 2), reason: '等待鉴定意见' })
        await step('resume', 3, { until: day(opened + 3) })
      }
      const took = random.whole(4, 90)
      if (random.chance(0.6))
        await step(
          'decide',
          took,
          {
            decidedOn: day(opened + took),
            reason: one(['理由充分', '情况复杂']),
            officer: 'zhang',
            ...(random.chance(0.2) ? { urgent: true } : {}),
          },
          { ...head, organ: one(['justice', 'housing']) },
        )
      if (random.chance(0.1))
        await correctStep(office, theCase.id, {
          seq: 2,
          input: { acceptedOn: day(opened), unit: 'housing' },
          reason: '录错',
          approvedBy: 'h',
          by: clerk,
          at: '2024-12-30T10:00+08:00',
        })
    }
    if (random.chance(0.15)) await erasePersonal(store, theCase.id, '本人申请', head, '2024-12-30T12:00+08:00')
  }
}

async function inMemory(period: Period): Promise<Count> {
  const { rows } = await store.pool.query<{ id: string }>("select id from case_file where procedure = 'example'")
  const cases = await Promise.all(rows.map(async ({ id }) => (await readCase(store.pool, store.region, id, catalogue)).theCase))
  const entries = new Map(
    await Promise.all(['officers', 'inhabitants'].map(async (id) => [id, await entriesOn(store, id, period.until)] as const)),
  )
  return countInMemory(
    cases,
    (theCase) => clocksOf(example, theCase, publishedCalendar),
    period,
    (register) => entries.get(register)!,
  )
}

test('指标：数据库与内存计算一致，包括分组的和区分当事人的', async () => {
  await manyCases()
  for (const [key, count] of [
    ['321302101', 28_000],
    ['321302102', 0],
    ['321302109', 31_500],
  ] as const)
    await putEntry(store, inhabitants, { key, validFrom: '2020-11-01', value: { count } }, head, '2021-05-11T09:00+08:00')
  const { indicators } = exampleSystem.indicators
  const ids = Object.keys(indicators)
  const [series, single] = [
    ids.filter((id) => isSeries(exampleSystem.indicators, id)),
    ids.filter((id) => !isSeries(exampleSystem.indicators, id)),
  ]
  assert.ok(series.length > 5 && single.length > 10)
  for (const period of [
    { from: '2024-01-01', until: '2024-12-31' },
    { from: '2024-04-01', until: '2024-06-30' },
    { from: '2024-05-06', until: '2024-05-06' },
    { from: '2019-01-01', until: '2019-12-31' },
  ]) {
    const count = await inMemory(period)
    const [singleInSql, seriesInSql] = [
      await computeFigures(store, exampleSystem, single, period),
      await computeSeries(store, exampleSystem, series, period),
    ]
    assert.deepEqual(
      Object.fromEntries(single.map((id, index) => [id, singleInSql[index]])),
      Object.fromEntries(single.map((id) => [id, figureOf(exampleSystem.indicators, id, count)])),
    )
    assert.deepEqual(
      Object.fromEntries(series.map((id, index) => [id, seriesInSql[index]])),
      Object.fromEntries(series.map((id, index) => [id, seriesOf(exampleSystem.indicators, series, count)[index]])),
    )
    // The parts of a whole: groups of steps add up to it, and behind each group are its cases and no others.
    for (const id of ['received-by-township', 'suspended-by-unit', 'decided-by-taker']) {
      const counted = indicators[id]!.formula as Extract<Counted, { count: unknown }>
      const groups = count(counted) as Series<number>
      if (!counted.distinctCases)
        assert.equal(
          [...groups.values()].reduce((sum, each) => sum + each, 0),
          count(wholeOf(counted)),
        )
      for (const [group, number] of groups) {
        const behind = await casesBehind(store, exampleSystem, counted, period, { limit: 1000, group })
        const alone = count({ ...counted, distinctCases: true }) as Series<number>
        assert.deepEqual([behind.length, behind.length <= number], [alone.get(group), true], `${id} ${group}`)
      }
    }
  }
  const [received] = await computeFigures(store, exampleSystem, ['received'], { from: '2024-01-01', until: '2024-12-31' })
  assert.ok((received as number) > 40)
})

test('每千人：没有登记人口的镇街不计算；人口为零的没有比率', async () => {
  const [perThousand] = await computeSeries(store, exampleSystem, ['per-thousand'], { from: '2024-01-01', until: '2024-12-31' })
  const { num } = perThousand!.get('321302101') as Ratio
  assert.ok(num > 0)
  assert.deepEqual(perThousand!.get('321302101'), { num, den: 28_000, per: 1000 })
  assert.deepEqual(perThousand!.get('321302109'), { num: 0, den: 31_500, per: 1000 })
  assert.equal(ratioText(perThousand!.get('321302102') as Ratio), null)
  assert.deepEqual([perThousand!.get('321302103'), perThousand!.get(NOT_STATED)], [null, null])
  await assert.rejects(computeFigures(store, exampleSystem, ['per-thousand'], { from: '2024-01-01', until: '2024-12-31' }), /is a series/)
})

test('区分当事人：电话相同的为一人，没有电话的以姓名；信息删除后无从区分，各计一人，电话不出数据库', async () => {
  const period = { from: '2025-03-03', until: '2025-03-03' }
  const applicants = async (): Promise<unknown> => (await computeFigures(store, exampleSystem, ['applicants'], period))[0]
  const cases: string[] = []
  for (const applicant of [
    { name: '虚构甲', phone: '13000000007' },
    { name: '虚构乙', phone: '13000000007' },
    { name: '虚构甲' },
    { name: '虚构甲' },
    { name: '虚构丙', phone: '13000000008' },
  ]) {
    const { theCase } = await openCase(office, 'example', {
      step: 'receive',
      input: { receivedOn: '2025-03-03', applicant },
      by: clerk,
      at: '2025-03-03T10:00+08:00',
    })
    cases.push(theCase.id)
  }
  assert.equal(await applicants(), 3)
  await erasePersonal(store, cases[1]!, '本人申请', head, '2025-03-04T10:00+08:00')
  await erasePersonal(store, cases[3]!, '本人申请', head, '2025-03-04T10:00+08:00')
  assert.equal(await applicants(), 5)
  const counted = exampleSystem.indicators.indicators['applicants']!.formula as Counted
  const { text: query, values } = figuresQuery(store.region, 'example', [counted], period)
  assert.doesNotMatch(JSON.stringify((await store.pool.query(query, values)).rows), /1300000000|虚构/)
})

test('放假安排改变：列出末日移动的运行中期限', async () => {
  const { theCase } = await receive('2026-12-28')
  const listed = async (): Promise<unknown> =>
    (
      await store.pool.query(
        'select c.due as own, array_agg(distinct o.due::text) as organs from case_file c join case_organ o on o.region = c.region and o.case_id = c.id where c.id = $1 group by c.due',
        [theCase.id],
      )
    ).rows
  assert.deepEqual(await listed(), [{ own: '2027-01-04', organs: ['2027-01-04'] }])
  const schedules = { '2027': { holidays: ['2027-01-01', '2027-01-02', '2027-01-03', '2027-01-04'], workdays: [] } }
  const asWas = { by: clerk, at: '2026-12-28T12:00+08:00' }
  const expected = { case: theCase.id, number: theCase.number, procedure: 'example', clock: 'review', from: '2027-01-04', to: '2027-01-06' }
  const ofTheCase = (moved: readonly MovedClock[]) => moved.filter(({ case: id }) => id === theCase.id)
  const follows = await calendarInForce(store)
  assert.deepEqual(ofTheCase(await previewSchedule(store, catalogue, schedules)), [expected])
  assert.deepEqual(ofTheCase(await previewSchedule(store, catalogue, schedules)), [expected], 'a preview writes nothing')
  assert.equal(follows.isPublished(dayOf('2027-01-04')), false)
  assert.deepEqual(ofTheCase(await importSchedule(store, catalogue, schedules, asWas, follows.refresh)), [expected])
  assert.deepEqual(
    [follows.isPublished(dayOf('2027-01-04')), follows.isWorkingDay(dayOf('2027-01-04'))],
    [true, false],
    'who counts in this process follows',
  )
  assert.deepEqual(await listed(), [{ own: '2027-01-06', organs: ['2027-01-06'] }])
  assert.deepEqual(await previewSchedule(store, catalogue, schedules), [], 'what is there moves nothing')
  await assert.rejects(
    importSchedule(store, catalogue, { '2027': { holidays: ['2027-02-30'], workdays: [] } }, asWas),
    refused('date.invalid'),
  )
  await assert.rejects(importSchedule(store, catalogue, { '2027': 5 }, asWas), refused('schedule.invalid'))
})

test('备份与恢复：恢复后由存证核对；恢复后可继续办理与封存', async () => {
  const file = path.join(root, 'backup.yifa')
  await seal(store, '2026-12-28T13:00+08:00')
  const written = await backup(store, file, '2026-12-28T13:00+08:00')
  assert.ok(written.rows > 20)
  await assert.rejects(restore(store, file), refused('restore.not-empty'))
  const cut = path.join(root, 'cut.yifa')
  fs.writeFileSync(cut, fs.readFileSync(file).subarray(0, Math.floor(written.bytes * 0.7)))
  const other = await openStore({ folder: path.join(root, 'other'), region: '321302', as: 'own' })
  try {
    await assert.rejects(restore(other, cut), refused('restore.file-broken'))
    await assert.rejects(restore(other, path.join(root, 'none')), refused('restore.file-broken'))
    const { rows, report } = await restore(other, file)
    assert.deepEqual([rows, report.ok], [written.rows, true])
    const opened = await openCase({ ...office, store: other }, 'example', {
      step: 'receive',
      input: { receivedOn: '2024-03-05', applicant: { name: '虚构某丁' } },
      by: clerk,
      at: '2024-03-05T10:00+08:00',
    })
    assert.ok(Number(/〔2024〕(\d+)号/.exec(opened.theCase.number)![1]) > 5, 'numbers go on')
    await seal(other, '2026-12-28T14:00+08:00')
    assert.deepEqual((await verify(other)).problems, [])
  } finally {
    await other.close()
  }
})

test('同一数据目录第二次启动被拒绝；更新版本的目录被拒绝；陌生目录被拒绝', async () => {
  await assert.rejects(openStore({ folder: store.folder, region: '321302', as: 'own' }), refused('data.in-use'))
  assert.throws(() => lockFolder(store.folder), refused('data.in-use'))
  const newer = path.join(root, 'newer')
  fs.mkdirSync(newer)
  fs.writeFileSync(path.join(newer, 'yifa-data.json'), '{"layout":99}')
  await assert.rejects(openStore({ folder: newer, region: '321302', as: 'own' }), refused('data.newer-version'))
  const strange = path.join(root, 'strange')
  fs.mkdirSync(strange)
  fs.writeFileSync(path.join(strange, 'letter.txt'), 'mine')
  await assert.rejects(openStore({ folder: strange, region: '321302', as: 'own' }), refused('data.not-a-data-folder'))
  assert.deepEqual(fs.readdirSync(strange), ['letter.txt'])
})
