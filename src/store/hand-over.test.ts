import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { addFile, finishFile } from './files.ts'
import { catalogue } from '#procedures/catalogue.ts'
import { example, exampleSystem } from '#engine/example.ts'
import { loadRegisters } from './registers.ts'
import { openCase, takeStep } from './take-step.ts'
import { openStore } from './store.ts'
import { publishedCalendar } from '#district/calendar.ts'
import { randomUUID } from 'node:crypto'
import { readCase } from './read-case.ts'
import { registers } from '#registers/registers.ts'
import { sweep } from './sweep.ts'
import { SYSTEM } from '#engine/apply-step.ts'
import type { Case } from '#engine/case.ts'
import type { Definition } from '#engine/definition.ts'
import type { Office, Taken } from './take-step.ts'
import type { Store } from './store.ts'

let root: string
let store: Store
let office: Office

before(async () => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'yifa-hand-over-'))
  fs.chmodSync(root, 0o755) // where tests run as root, the database's own user must be able to enter
  store = await openStore({ folder: path.join(root, 'data'), region: '321302', as: 'own' })
  await loadRegisters(store, registers, SYSTEM, '2019-01-02T09:00+08:00')
  office = { store, catalogue, calendar: publishedCalendar }
})

after(async () => {
  await store.close()
  fs.rmSync(root, { recursive: true, force: true })
})

const officer = { post: 'source-officer', person: '乙', organ: 'grid-centre' }

/** Takes a source case from its opening to the watch. */
async function toWatch(id: string, day: string): Promise<void> {
  const handler = { post: 'handler', person: '丙', organ: 'urban-management' }
  const at = `${day}T15:00+08:00`
  const proof = { name: '照片.jpg', sha256: '0'.repeat(64), bytes: 1 }
  const upload = randomUUID()
  await addFile(store, { id: upload, name: proof.name, bytes: proof.bytes, person: handler.person, at })
  await finishFile(store, upload, { type: 'image/jpeg', sha256: proof.sha256 })
  const steps: readonly (readonly [step: string, by: typeof officer, input: Readonly<Record<string, unknown>>])[] = [
    ['assign', officer, { assignedOn: day, organ: 'urban-management' }],
    ['analyse', handler, { analysedOn: day, cause: 'facility', causeFacts: '（演示）' }],
    [
      'plan',
      { ...handler, post: 'organ-head' },
      { plannedOn: day, firstDueOn: day, plannedMeasures: [{ measure: '整治', owner: '丙', dueOn: day }], planApprovedBy: '丁' },
    ],
    ['measure-done', handler, { doneOn: day, measureNumber: 1, proof: [proof] }],
    ['verify', officer, { verifiedOn: day, onTheSpot: true, effective: true, verification: '（演示）' }],
    ['watch', officer, { watchedFrom: day }],
  ]
  for (const [step, by, input] of steps) await takeStep(office, id, { step, input, by, at })
}

const order = (day: string, phone: string, community = '甲社区（虚构）', more: Readonly<Record<string, unknown>> = {}): Promise<Taken> =>
  openCase(office, 'hotline-12345', {
    step: 'accept',
    input: {
      acceptedAt: `${day}T10:00+08:00`,
      channel: 'phone',
      kind: 'complaint',
      urgency: 'normal',
      topic: 'environment.noise',
      topicName: '噪声扰民',
      place: { address: `${community}1号`, community },
      content: '（演示）夜间噪声扰民。',
      wantsReply: true,
      confidential: false,
      anonymous: false,
      caller: { name: '虚构某', phone },
      ...more,
    },
    by: { post: 'agent', person: '甲', organ: 'grid-centre' },
    at: `${day}T10:01+08:00`,
  })

const at = (place: string, metresNorth: number) => ({
  place: { address: place, longitude: 118.28, latitude: 33.9 + metresNorth / 111_195 },
})
const caseNow = async (id: unknown): Promise<Case> => (await readCase(store.pool, store.region, String(id), catalogue)).theCase
const sources = async (topic: string): Promise<string[]> =>
  (
    await store.pool.query<{ id: string }>(
      "select id from case_file where procedure = 'source-case' and fields->>'topic' = $1 order by id",
      [topic],
    )
  ).rows.map(({ id }) => id)
const pending = async (): Promise<string[]> =>
  (await store.pool.query<{ kind: string }>('select kind from pending order by case_id, seq, kind')).rows.map(({ kind }) => kind)

const sourceCaseOf = async (taken: Taken): Promise<unknown> =>
  (await readCase(store.pool, store.region, taken.theCase.id, catalogue)).theCase.fields['sourceCase']

test('三十日内三名不同诉求人反映同一地点同一事项：自动启动溯源，其后的工单并入；同一人三次不算', async () => {
  const same = [
    await order('2020-05-11', '13000000001'),
    await order('2020-05-12', '13000000001'),
    await order('2020-05-13', '13000000001'),
  ]
  for (const taken of same) assert.equal(await sourceCaseOf(taken), undefined)
  const second = await order('2020-05-14', '13000000002')
  assert.equal(await sourceCaseOf(second), undefined)
  await order('2020-05-14', '13000000009', '乙社区（虚构）')
  const third = await order('2020-05-15', '13000000003')
  const source = await sourceCaseOf(third)
  assert.equal(typeof source, 'string')
  assert.equal(await sourceCaseOf(second), source)
  assert.equal(await sourceCaseOf(same[0]!), source)
  const { theCase } = await readCase(store.pool, store.region, String(source), catalogue)
  assert.deepEqual(
    [theCase.procedure, theCase.state, theCase.fields['callers'], (theCase.fields['orders'] as string[]).length],
    ['source-case', 'opened', 3, 5],
  )
  assert.equal(await sourceCaseOf(await order('2020-05-20', '13000000004')), source)
  const { rows } = await store.pool.query<{ count: number }>("select count(*) as count from case_file where procedure = 'source-case'")
  assert.equal(rows[0]!.count, 1)
})

test('五百米以内视为同一地点，社区不同或不明亦同；以最新一件为中心', async () => {
  const topic = { topic: 'environment.air', topicName: '大气污染' }
  const far = await order('2020-05-11', '13000000001', '', { ...topic, ...at('一', -300) })
  const near = await order('2020-05-12', '13000000002', '', { ...topic, ...at('二', 700) })
  assert.equal(await sourceCaseOf(await order('2020-05-13', '13000000003', '', { ...topic, ...at('三', 1300) })), undefined)
  const newest = await order('2020-05-14', '13000000004', '', { ...topic, ...at('四', 900) })
  const source = await sourceCaseOf(newest)
  assert.equal(typeof source, 'string')
  assert.deepEqual([await sourceCaseOf(near), await sourceCaseOf(far)], [source, undefined])
  const { fields } = await caseNow(source)
  assert.deepEqual([fields['place'], fields['community'], (fields['orders'] as string[]).length], [at('四', 900).place, undefined, 3])
  assert.equal(await sourceCaseOf(await order('2020-05-15', '13000000005', '', { ...topic, ...at('五', 1399) })), source)
  assert.equal(await sourceCaseOf(await order('2020-05-15', '13000000006', '', { ...topic, ...at('六', 1401) })), undefined)
})

test('并单：并入工单的诉求人计入主单的事项和地点', async () => {
  const main = { topic: 'construction.lighting', topicName: '路灯照明' }
  const joined = await order('2020-06-01', '13000000001', '丙社区（虚构）', main)
  await order('2020-06-02', '13000000002', '丙社区（虚构）', main)
  const third = await order('2020-06-03', '13000000003', '丁社区（虚构）', { topic: 'construction.parking', topicName: '停车管理' })
  assert.equal(await sourceCaseOf(third), undefined)
  await takeStep(office, third.theCase.id, {
    step: 'merge',
    input: { mergedAt: '2020-06-03T11:00+08:00', into: joined.theCase.id, sameMatter: true, samePlace: true },
    by: { post: 'dispatcher', person: '戊', organ: 'grid-centre' },
    at: '2020-06-03T11:00+08:00',
  })
  const source = await sourceCaseOf(third)
  assert.equal(typeof source, 'string')
  assert.equal(await sourceCaseOf(joined), source)
  const { fields, state } = await caseNow(source)
  assert.deepEqual(
    [state, fields['callers'], fields['topic'], fields['community'], fields['topicName']],
    ['opened', 3, main.topic, '丙社区（虚构）', main.topicName],
  )
  assert.equal((await caseNow(third.theCase.id)).state, 'merged')
})

test('依职权启动：所列工单一并纳入，已在另一溯源件中的除外；其后同因的并入', async () => {
  const topic = { topic: 'construction.drainage', topicName: '排水' }
  const orders = [await order('2020-06-01', '13000000001', '戊社区', topic), await order('2020-06-01', '13000000002', '己社区', topic)]
  const open = (more: readonly Taken[], at: string): Promise<Taken> =>
    openCase(office, 'source-case', {
      step: 'open-by-choice',
      input: {
        openedAt: at,
        orders: more.map(({ theCase }) => theCase.id),
        callers: more.length,
        ...topic,
        community: '戊社区',
        choiceReason: '（演示）两处同源',
      },
      by: officer,
      at,
    })
  const { theCase } = await open(orders, '2020-06-02T15:00+08:00')
  for (const one of orders) assert.equal(await sourceCaseOf(one), theCase.id)
  const again = await open([...orders, await order('2020-06-02', '13000000003', '己社区', topic)], '2020-06-02T16:00+08:00')
  assert.equal(await sourceCaseOf(orders[0]!), theCase.id)
  assert.deepEqual(await pending(), [], 'an order that is in another case is no debt')
  assert.equal(await sourceCaseOf(await order('2020-06-04', '13000000004', '戊社区', topic)), again.theCase.id)
})

test('观察期内同因工单第二件受理，系统即认定复发，退回分析；观察开始当日的和一件不算', async () => {
  const topic = { topic: 'construction.property', topicName: '物业管理' }
  const accepted = (day: string, phone: string): Promise<Taken> => order(day, phone, '庚社区', topic)
  await accepted('2020-06-01', '13000000001')
  await accepted('2020-06-01', '13000000002')
  const source = String(await sourceCaseOf(await accepted('2020-06-02', '13000000003')))
  await toWatch(source, '2020-06-10')
  assert.equal(await sourceCaseOf(await accepted('2020-06-10', '13000000004')), source)
  const first = await accepted('2020-06-20', '13000000005')
  assert.deepEqual([await sourceCaseOf(first), (await caseNow(source)).state], [source, 'watched'])
  const second = await accepted('2020-06-25', '13000000005')
  const relapsed = await caseNow(source)
  const { step, by, on, at: when, input } = relapsed.steps.at(-1)!
  assert.deepEqual(
    [relapsed.state, step, by.post, on, when, input['relapseOrders']],
    ['assigned', 'relapse', 'system', '2020-06-25', '2020-06-25T10:01+08:00', [first.theCase.id, second.theCase.id]],
  )
  // It joins all the same, and is no second relapse: nothing is watched now.
  assert.equal(await sourceCaseOf(await accepted('2020-06-26', '13000000006')), source)
  assert.equal((await caseNow(source)).steps.filter((taken) => taken.step === 'relapse').length, 1)
})

test('中断：已登记而未移交的，下次巡查补办一次，日期仍为原步骤之日；再查不重复', async () => {
  const topic = { topic: 'construction.manhole', topicName: '窨井盖' }
  const orders = [await order('2020-07-01', '13000000001', '辛社区', topic), await order('2020-07-01', '13000000002', '辛社区', topic)]
  // As a process leaves it that dies when the step is acknowledged: the step is kept, the debt with it, and nothing else.
  const dying: Office = { ...office, catalogue: catalogue.filter(({ id }) => id !== 'source-case') }
  const third = await openCase(dying, 'hotline-12345', {
    step: 'accept',
    input: {
      ...(await caseNow(orders[0]!.theCase.id)).steps[0]!.input,
      acceptedAt: '2020-07-02T10:00+08:00',
      caller: { name: '虚构某', phone: '13000000003' },
    },
    by: { post: 'agent', person: '甲', organ: 'grid-centre' },
    at: '2020-07-02T10:01+08:00',
  })
  assert.deepEqual([await sources(topic.topic), await pending()], [[], ['recurs']])

  await sweep(office, '2020-07-05T08:00+08:00')
  const [source, ...others] = await sources(topic.topic)
  assert.deepEqual([others, await pending()], [[], []])
  for (const one of [...orders, third]) assert.equal(await sourceCaseOf(one), source)
  const { steps } = await caseNow(source)
  assert.deepEqual([steps[0]!.on, steps[0]!.at], ['2020-07-02T10:01+08:00', '2020-07-05T08:00+08:00'])

  await sweep(office, '2020-07-06T08:00+08:00')
  // Died after the opening: the debt of the order is there still, and so is that of the case it opened. Nothing happens twice.
  await store.pool.query("insert into pending (region, case_id, seq, kind) values ($1, $2, 1, 'recurs'), ($1, $3, 1, 'joins')", [
    store.region,
    third.theCase.id,
    source,
  ])
  await sweep(office, '2020-07-07T08:00+08:00')
  assert.deepEqual([await sources(topic.topic), await pending()], [[source], []])
  assert.equal((await caseNow(third.theCase.id)).steps.length, 2)
})

test('同时受理的两件只启动一件溯源件', async () => {
  const topic = { topic: 'construction.greening', topicName: '绿化' }
  for (const phone of ['13000000001', '13000000002']) await order('2020-07-01', phone, '壬社区', topic)
  const both = await Promise.all(['13000000003', '13000000004'].map((phone) => order('2020-07-02', phone, '壬社区', topic)))
  await sweep(office, '2020-07-02T12:00+08:00')
  const [source, ...others] = await sources(topic.topic)
  assert.deepEqual([others, await pending()], [[], []])
  for (const one of both) assert.equal(await sourceCaseOf(one), source)
})

test('移交：一步办理后开立另一程序的案件，双方相互关联', async () => {
  const following: Definition = {
    ...example,
    id: 'following',
    series: '后续',
    steps: { ...example.steps, receive: { ...example.steps.receive, by: ['clerk', 'case'] } },
  }
  const handing: Definition = {
    ...example,
    steps: {
      ...example.steps,
      accept: {
        ...example.steps.accept,
        opens: { procedure: 'following', step: 'receive', passes: { applicant: 'applicant', into: 'id' } },
      },
    },
  }
  const own: Office = {
    ...office,
    catalogue: [
      { ...exampleSystem, definitions: [handing] },
      { ...exampleSystem, id: 'following', definitions: [following] },
    ],
  }
  const clerk = { post: 'clerk', person: 'c', organ: 'justice' }
  /** As a process leaves it that dies before the hand-over. */
  const dying: Office = { ...own, catalogue: own.catalogue.slice(0, 1) }
  const { theCase } = await openCase(own, 'example', {
    step: 'receive',
    input: { receivedOn: '2024-03-05', applicant: { name: '虚构某甲' } },
    by: clerk,
    at: '2024-03-05T10:00+08:00',
  })
  await takeStep(own, theCase.id, { step: 'accept', input: { acceptedOn: '2024-03-06' }, by: clerk, at: '2024-03-06T10:00+08:00' })
  const { rows } = await store.pool.query<{ case_id: string; kind: string }>('select case_id, kind from case_link where other = $1', [
    theCase.id,
  ])
  assert.deepEqual(
    rows.map(({ kind }) => kind),
    ['into'],
  )
  const opened = await readCase(store.pool, store.region, rows[0]!.case_id, own.catalogue)
  assert.deepEqual(
    [opened.theCase.procedure, opened.theCase.fields['applicant'], opened.theCase.openedOn],
    ['following', { name: '虚构某甲' }, '2024-03-06'],
  )

  const other = await openCase(own, 'example', {
    step: 'receive',
    input: { receivedOn: '2024-03-05', applicant: { name: '虚构某乙' } },
    by: clerk,
    at: '2024-03-05T10:00+08:00',
  })
  const accept = { step: 'accept', input: { acceptedOn: '2024-03-06' }, by: clerk, at: '2024-03-06T10:00+08:00' }
  await takeStep(dying, other.theCase.id, accept)
  const openedNext = async (): Promise<string[]> =>
    (await store.pool.query<{ opened_on: string }>("select opened_on from case_file where procedure = 'following' order by id")).rows.map(
      ({ opened_on }) => opened_on,
    )
  assert.deepEqual([await openedNext(), await pending()], [['2024-03-06'], ['opens']])
  // Two that pay at once: one opens, the other finds it paid.
  await Promise.all([sweep(own, '2024-03-11T08:00+08:00'), sweep(own, '2024-03-11T08:00+08:00')])
  assert.deepEqual([await openedNext(), await pending()], [['2024-03-06', '2024-03-06'], []])
})
