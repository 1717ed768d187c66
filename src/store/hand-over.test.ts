import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { catalogue } from '#procedures/catalogue.ts'
import { example, exampleSystem } from '#engine/example.ts'
import { loadRegisters } from './registers.ts'
import { openCase, takeStep } from './take-step.ts'
import { openStore } from './store.ts'
import { publishedCalendar } from '#district/calendar.ts'
import { readCase } from './read-case.ts'
import { registers } from '#registers/registers.ts'
import { SYSTEM } from '#engine/apply-step.ts'
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

const order = (day: string, phone: string, community = '甲社区（虚构）'): Promise<Taken> =>
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
    },
    by: { post: 'agent', person: '甲', organ: 'grid-centre' },
    at: `${day}T10:01+08:00`,
  })

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
})
