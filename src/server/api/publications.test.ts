import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { exampleOffice, attachingSystem } from '../../../tools/e2e/example-office.ts'
import { example } from '#engine/example.ts'
import { longText, open, optional, text } from '#engine/field.ts'
import { platform } from '#engine/citation.ts'
import { sweep } from '#store/sweep.ts'
import type { CasePublicationsJson, PublishedJson } from './publications.ts'
import type { Definition } from '#engine/definition.ts'
import type { ExampleOffice } from '../../../tools/e2e/example-office.ts'
import type { Office } from '#store/take-step.ts'
import type { System } from '#engine/system.ts'

// What a step makes public, who publishes it, and what takes it back.

const publishing: Definition = {
  ...example,
  steps: {
    ...example.steps,
    announce: {
      name: ['通告', 'Announce'],
      by: 'clerk',
      from: 'running',
      input: { announcement: optional(open(longText('通告', 'Announcement'))), inner: optional(text('内部意见', 'Inner')) },
      article: platform,
    },
    check: { name: ['检查', 'Check'], by: 'clerk', from: 'running', input: { finding: open(text('结果', 'Finding')) }, article: platform },
  },
  publicity: {
    announcement: {
      name: ['通告', 'Announcements'],
      after: 'announce',
      fields: ['announcement', 'inner'], // `yifa check` refuses the second; it must not come out even so
      text: 'announcement',
      until: ['suspend'],
      stays: { days: 30 },
      article: platform,
    },
    finding: {
      name: ['检查结果', 'Findings'],
      after: 'check',
      within: { workingDays: 5 },
      by: 'head',
      fields: ['finding'],
      article: platform,
    },
    notable: { name: ['典型', 'Notable'], after: 'check', by: 'head', chosen: true, fields: ['finding'], article: platform },
  },
}
const catalogue: readonly System[] = [{ ...attachingSystem, definitions: [publishing] }]
let own: ExampleOffice
let office: Office

before(async () => {
  own = await exampleOffice({ catalogue })
  office = { ...own.office, catalogue }
})
after(() => own.close())

async function take(id: string, step: string, input: object): Promise<void> {
  const { rows } = await own.office.store.pool.query<{ count: number }>('select step_count as count from case_file where id = $1', [id])
  const answer = await own.as('clerk', 'POST', `/api/v1/cases/${id}/steps`, { step, input, expected: rows[0]!.count })
  assert.equal(answer.statusCode, 201, answer.body)
}
const of = async (id: string, person = 'head'): Promise<CasePublicationsJson> =>
  (await own.as(person, 'GET', `/api/v1/cases/${id}/publications`)).json() as CasePublicationsJson
const portal = (index: string | null, accept = 'text/html') =>
  own.as(undefined, 'GET', `/portal/publications/${index}`, undefined, { accept, 'accept-language': 'zh' })
const leaves = async (id: string): Promise<string[]> =>
  (
    await own.office.store.pool.query<{ act: string }>(
      "select payload->'what'->>'act' as act from ledger_leaf where kind = 'publication' and payload->>'of' = $1 order by id",
      [id],
    )
  ).rows.map(({ act }) => act)

test('what nobody has to decide is published with its step, the public fields alone; nothing without a text', async () => {
  const id = await own.opened()
  await take(id, 'announce', { inner: '内部意见甲' })
  assert.deepEqual((await of(id)).publications, [])
  await take(id, 'announce', { announcement: '明日停水。\n请备水。', inner: '内部意见乙' })
  const [one, ...others] = (await of(id)).publications
  assert.deepEqual(others, [])
  assert.match(one!.indexNumber!, /^321302-2024-\d{6}$/)
  const page = await portal(one!.indexNumber)
  assert.equal(page.statusCode, 200)
  assert.match(page.body, /<p>明日停水。<\/p>/)
  assert.match(page.body, /itemprop="datePublished" datetime="2024-03-05"/)
  for (const answer of [page, await portal(one!.indexNumber, 'application/json')])
    assert.ok(!answer.body.includes('内部意见'), 'a field not public')
  assert.equal(page.headers['cache-control'], 'public, max-age=60')
  const again = await own.as(undefined, 'GET', `/portal/publications/${one!.indexNumber}`, undefined, {
    accept: 'text/html',
    'accept-language': 'zh',
    'if-none-match': String(page.headers['etag']),
  })
  assert.equal(again.statusCode, 304)
  assert.deepEqual(await leaves(id), ['publish'])
})

test('a correction takes the old words back and publishes the new ones; one that changes nothing public keeps the address', async () => {
  const id = await own.opened()
  await take(id, 'announce', { announcement: '原文甲乙', inner: '旧' })
  const first = (await of(id)).publications[0]!
  const correct = async (seq: number, announcement: string): Promise<void> => {
    const answer = await own.as('clerk', 'POST', `/api/v1/cases/${id}/corrections`, {
      seq,
      input: { announcement, inner: '新' },
      reason: '笔误',
      approvedBy: '虚构丙',
    })
    assert.equal(answer.statusCode, 201, answer.body)
  }
  await correct(2, '原文甲乙')
  assert.equal((await of(id)).publications[0]!.indexNumber, first.indexNumber)
  await correct(3, '新文丙丁')
  const { publications } = await of(id)
  const old = publications.find(({ indexNumber }) => indexNumber === first.indexNumber)!
  assert.equal(old.withdrawnFor, 'corrected')
  const gone = await portal(first.indexNumber)
  assert.equal(gone.statusCode, 410)
  for (const words of ['通告', first.indexNumber!, '2024-03-05', '已更正', '政府信息公开条例(2019)第6条'])
    assert.ok(gone.body.includes(words), words)
  assert.ok(!gone.body.includes('原文'), 'what was withdrawn is not said again')
  const now = publications.find(({ withdrawnOn }) => withdrawnOn === null)!
  assert.match((await portal(now.indexNumber)).body, /新文丙丁/)
  const found = await own.as(undefined, 'GET', `/portal/publications.json?q=${encodeURIComponent('原文甲乙')}`)
  assert.deepEqual((found.json() as { items: unknown[] }).items, [])
  assert.deepEqual(await leaves(id), ['publish', 'withdraw', 'publish'])
})

test('a later step that undoes it, and the end of its time, withdraw it', async () => {
  const [undone, ended] = [await own.opened(), await own.opened()]
  for (const id of [undone, ended]) await take(id, 'announce', { announcement: '通告一则' })
  await take(undone, 'suspend', { since: '2024-03-05', reason: '情况复杂' })
  assert.equal((await of(undone)).publications[0]!.withdrawnFor, 'undone')
  await sweep(office, '2024-04-04T10:00:00+08:00')
  assert.equal((await of(ended)).publications[0]!.withdrawnFor, null, 'the thirtieth day is its last')
  await sweep(office, '2024-04-05T10:00:00+08:00')
  assert.equal((await of(ended)).publications[0]!.withdrawnFor, 'ended')
})

test('what somebody must look at waits for the post that does, with its last day, and is nowhere on the portal before', async () => {
  const id = await own.opened()
  await take(id, 'check', { finding: '合格无误' })
  const { publications, publishable } = await of(id)
  assert.deepEqual(
    publications.map(({ duty, due, indexNumber }) => [duty, due, indexNumber]),
    [['finding', '2024-03-12', null]],
  )
  assert.deepEqual(
    publishable.map(({ duty, body }) => [duty, body]),
    [
      ['finding', { finding: '合格无误' }],
      ['notable', { finding: '合格无误' }],
    ],
  )
  const list = await own.as(undefined, 'GET', '/portal/publications.json')
  assert.ok(!list.body.includes('合格无误'))
  assert.equal((await portal(publications[0]!.id)).statusCode, 404)

  const wanted = { seq: 2, duty: 'finding' }
  const url = `/api/v1/cases/${id}/publications`
  assert.equal((await own.as(undefined, 'POST', url, wanted)).statusCode, 401)
  assert.equal((await own.as('elsewhere', 'POST', url, wanted)).statusCode, 404)
  for (const person of ['clerk', 'supervisor']) {
    const refused = await own.as(person, 'POST', url, wanted)
    assert.deepEqual([refused.statusCode, (refused.json() as { code: string }).code], [403, 'permission.not-publishing'], person)
  }
  for (const other of [
    { seq: 1, duty: 'finding' },
    { seq: 2, duty: 'constructor' },
  ]) {
    const refused = await own.as('head', 'POST', url, other)
    assert.equal((refused.json() as { code: string }).code, 'publication.nothing-to-publish')
  }
  const published = await own.as('head', 'POST', url, wanted)
  assert.equal(published.statusCode, 201, published.body)
  const { indexNumber } = published.json() as PublishedJson
  assert.match((await portal(indexNumber)).body, /合格无误/)
  assert.equal(((await own.as('head', 'POST', url, wanted)).json() as { code: string }).code, 'publication.already-published')
  assert.equal((await own.as('head', 'POST', url, { seq: 2, duty: 'notable' })).statusCode, 201)
})

test('an officer withdraws on a ground of the list, once', async () => {
  const id = await own.opened()
  await take(id, 'announce', { announcement: '含有隐私的通告' })
  const { id: publication, indexNumber } = (await of(id)).publications[0]!
  const url = `/api/v1/publications/${publication}/withdrawals`
  assert.equal((await own.as('elsewhere', 'POST', url, { ground: 'private' })).statusCode, 404)
  assert.equal((await own.as('supervisor', 'POST', url, { ground: 'private' })).statusCode, 403)
  for (const ground of ['corrected', '想撤就撤']) assert.equal((await own.as('clerk', 'POST', url, { ground })).statusCode, 400, ground)
  assert.equal((await own.as('clerk', 'POST', url, { ground: 'private' })).statusCode, 201)
  assert.equal((await own.as('clerk', 'POST', url, { ground: 'wrong' })).statusCode, 409)
  const { rows } = await own.office.store.pool.query('select title, body, words from publication where index_number = $1', [indexNumber])
  assert.deepEqual(rows, [{ title: null, body: null, words: null }], 'nothing of it is kept')
  assert.match((await portal(indexNumber)).body, /商业秘密或者个人隐私/)
  assert.equal(
    (await own.as('clerk', 'POST', '/api/v1/publications/00000000-0000-4000-8000-000000000000/withdrawals', { ground: 'wrong' }))
      .statusCode,
    404,
  )
})

test('feeds are what feeds are, and hold what stands; 繁體 finds 简体, a filter narrows', async () => {
  const id = await own.opened()
  await take(id, 'announce', { announcement: '关于饮用水水质的通告 <b>&\u000b' })
  const get = async (url: string) => (await own.as(undefined, 'GET', url)).body
  const atom = await get('/portal/publications.atom?kind=example.announcement')
  assert.match(atom, /^<\?xml version="1.0"[^>]*>\s*<feed xmlns="http:\/\/www.w3.org\/2005\/Atom"/)
  assert.match(atom, /饮用水水质的通告 &lt;b&gt;&amp; /)
  const rss = await get('/portal/publications.rss')
  assert.match(rss, /<link>http:\/\/[^<]+\/portal\/publications\/321302-2024-\d{6}<\/link>/)
  assert.ok(!(await get('/portal/publications.atom?kind=example.finding')).includes('饮用水'))
  const count = async (query: string): Promise<number> =>
    (JSON.parse(await get(`/portal/publications.json?${query}`)) as { items: unknown[] }).items.length
  const q = `q=${encodeURIComponent('飲用水水質')}`
  assert.equal(await count(q), 1)
  assert.equal(await count(`${q}&kind=example.announcement&organ=justice&from=2024-03-05&until=2024-03-05`), 1)
  for (const other of ['kind=example.finding', 'kind=nothing', 'organ=civil', 'from=2024-03-06', 'until=2024-03-04', 'year=2023'])
    assert.equal(await count(`${q}&${other}`), 0, other)
  assert.equal(await count(`q=${encodeURIComponent('！！')}`), 0)
  for (const query of ['from=yesterday', 'after=x', 'year=1', `q=${'长'.repeat(101)}`])
    assert.equal((await own.as(undefined, 'GET', `/portal/publications?${query}`)).statusCode, 400, query)
  const search = await own.as(undefined, 'GET', `/portal/search?${q}`, undefined, { accept: 'text/html', 'accept-language': 'zh' })
  assert.match(search.body, /关于饮用水水质的通告/)
})
