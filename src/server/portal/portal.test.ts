import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { catalogue } from '#procedures/catalogue.ts'
import { createServer } from '../server.ts'
import { openStore } from '#store/store.ts'
import { place } from '#district/place.ts'
import { publishedCalendar } from '#district/calendar.ts'
import { styleHref } from '../assets.ts'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import type { Store } from '#store/store.ts'

// The portal as anybody meets it: nobody is signed in, and the place is no demonstration.

const SCRIPT = '<script>alert("1")</script>'
let root: string
let store: Store
let app: FastifyInstance

before(async () => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'yifa-portal-'))
  fs.chmodSync(root, 0o755) // the database's user must reach it
  store = await openStore({ folder: path.join(root, 'data'), region: '321302', as: 'own' })
  app = await createServer({ store, catalogue, calendar: publishedCalendar, place, now: () => '2026-03-02T09:00:00+08:00' })
})

after(async () => {
  await app.close()
  await store.close()
  fs.rmSync(root, { recursive: true, force: true })
})

const get = (url: string, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> =>
  app.inject({ url, headers: { accept: 'text/html', 'accept-language': 'zh', ...headers } })

/** Every address that a page names on this server, with its fragment; those of the other language too. */
const linksOf = (html: string): string[] =>
  [...html.matchAll(/ (?:href|src|action)="([^"]+)"/g)].map(([, link]) => link!.replaceAll('&amp;', '&'))

test('the home page leads to what the public brings and to what the government does', async () => {
  const { body, statusCode } = await get('/portal')
  assert.equal(statusCode, 200)
  const [bring, own] = [body.indexOf('id="bring"'), body.indexOf('id="own"')]
  for (const id of ['reconsideration', 'hotline-12345', 'pre-trial-mediation']) {
    const at = body.indexOf(`href="/portal/guides/${id}"`)
    assert.ok(bring < at && at < own, id)
  }
  for (const id of ['source-case', 'case-supervision', 'document-issue']) assert.ok(body.indexOf(`href="/portal/guides/${id}"`) > own, id)
  assert.match(body, /<form class="find" action="\/portal\/search">/)
  assert.match(body, /href="\/portal\/reports"/)
  assert.match((await get('/portal/reports')).body, /还没有公布的年度报告/)
  assert.match((await get('/portal', { 'accept-language': 'en' })).body, /<html lang="en"[\s\S]*What you can bring/)
})

test('a guide says what it is, who may, what is needed, who does what, how long, what it costs, what then, in both languages', async () => {
  const { body } = await get('/portal/guides/reconsideration')
  for (const words of [
    '行政复议办事指南',
    '公民、法人或者其他组织都可以申请',
    '行政复议法(2023)第14(1)条',
    '必填',
    '申请人',
    '行政复议机构',
    '30日（审理程序：简易程序）',
    '自“中止”至“恢复审理”不计入',
    '不收取任何费用',
    '行政复议法(2023)第87条',
    '自收到决定书之日起十五日内起诉',
    '行政复议决定书',
  ])
    assert.ok(body.includes(words), words)
  assert.match(body, /itemtype="https:\/\/schema.org\/GovernmentService"/)
  const english = (await get('/portal/guides/reconsideration', { 'accept-language': 'en' })).body
  for (const words of ['Free of charge', 'Who may ask', 'Required', '30 calendar days (Procedure: summary)', 'If you disagree'])
    assert.ok(english.includes(words), words)
})

test('where a definition is silent the guide says so', async () => {
  const { body } = await get('/portal/guides/source-case')
  for (const words of ['约束谁', '不由公众提出，不需要材料', '不由公众提出，不涉及收费', '定义没有写明救济途径'])
    assert.ok(body.includes(words), words)
})

test('each version has its address; the one of a day is found by the day', async () => {
  const then = await get('/portal/guides/reconsideration?on=2020-05-06')
  assert.match(then.body, /这是 2018-01-01 至 2023-12-31 施行的版本/)
  assert.match(then.body, /行政复议法\(2017\)第39条/)
  assert.equal(then.body, (await get('/portal/guides/reconsideration?on=2018-01-01')).body)
  assert.ok(!then.body.includes('2020-05-06'), 'what a reader typed is not on a page that is kept')
  const now = await get('/portal/guides/reconsideration?on=2025-01-01')
  assert.equal(now.body, (await get('/portal/guides/reconsideration')).body)
  assert.ok(now.body.includes('href="/portal/guides/reconsideration?on=2018-01-01"'))
  const before = await get('/portal/guides/reconsideration?on=1999-01-01', { accept: 'application/json' })
  assert.equal((before.json() as { code: string }).code, 'version.none-in-force')
  assert.equal((await get('/portal/guides/reconsideration?on=tomorrow')).statusCode, 400)
})

test('the search finds, counts, narrows, and shows what was typed as text', async () => {
  const { body } = await get(`/portal/search?q=${encodeURIComponent('補正')}`)
  assert.match(body, /共 \d+ 条结果/)
  assert.match(body, /href="\/portal\/guides\/reconsideration#clock-correct"/)
  const json = (await get(`/portal/search?q=${encodeURIComponent('补正')}&kind=clock`, { accept: 'application/json' })).json() as {
    count: number
    results: { kind: string }[]
  }
  assert.ok(json.count > 0 && json.results.every(({ kind }) => kind === 'clock'))
  const echoed = await get(`/portal/search?q=${encodeURIComponent(`${SCRIPT}" onfocus="x`)}`)
  assert.ok(!echoed.body.includes('<script') && !echoed.body.includes('" onfocus="x'))
  assert.match(echoed.body, /&lt;script&gt;/)
  assert.match(echoed.body, /没有找到/)
  assert.equal(echoed.headers['cache-control'], 'private, no-cache')
  assert.match((await get('/portal/search')).body, /输入两个字以上的词/)
  assert.match(body, /<meta name="robots" content="noindex" \/>/)
  for (const query of [`q=${'长'.repeat(101)}`, 'kind=nothing', 'q=a&q=b', 'after=-1'])
    assert.equal((await get(`/portal/search?${query}`)).statusCode, 400, query)
  assert.equal((await get('/portal/search?q=%F0%A0%AE%B7%00')).statusCode, 400)
})

test('no result is lost between the pages of a search', async () => {
  const found: string[] = []
  for (let next: string | null = `/portal/search?q=${encodeURIComponent('申请')}`; next !== null;) {
    const {
      results,
      next: following,
      count,
    } = (await get(next, { accept: 'application/json' })).json() as {
      results: { href: string; title: string[] }[]
      next: string | null
      count: number
    }
    found.push(...results.map(({ href, title }) => href + title[0]))
    next = following
    if (next === null) assert.equal(found.length, count)
  }
  assert.ok(found.length > 30)
})

test('pages are kept, known by their tag, and one reader’s where they set a language', async () => {
  const first = await get('/portal/guides/hotline-12345')
  assert.equal(first.headers['cache-control'], 'public, max-age=300')
  const tag = String(first.headers['etag'])
  for (const known of [tag, `W/${tag}`, `"other", ${tag}`]) {
    const again = await get('/portal/guides/hotline-12345', { 'if-none-match': known })
    assert.deepEqual([again.statusCode, again.body], [304, ''])
  }
  assert.equal((await get('/portal/guides/hotline-12345', { 'if-none-match': tag, 'accept-language': 'en' })).statusCode, 200)
  const chosen = await get('/portal/guides/hotline-12345?lang=en')
  assert.equal(chosen.headers['cache-control'], 'private, no-cache')
  assert.match(String(chosen.headers['set-cookie']), /lang=en/)
})

test('the flow chart is an image whose policy allows its own style and nothing else', async () => {
  const { body, headers } = await get('/portal/guides/reconsideration/2024-01-01/flow-chart.zh.svg')
  assert.equal(headers['content-type'], 'image/svg+xml; charset=utf-8')
  assert.match(String(headers['content-security-policy']), /^default-src 'none'; style-src 'sha256-/)
  assert.match(body, /^<svg\s+xmlns="http:\/\/www.w3.org\/2000\/svg"/)
  assert.match(body, /已受理/)
  for (const other of [
    'reconsideration/2024-01-01/flow-chart.fr.svg',
    'reconsideration/2020-01-01/flow-chart.zh.svg',
    'none/2024-01-01/flow-chart.zh.svg',
  ])
    assert.equal((await get(`/portal/guides/${other}`)).statusCode, 404, other)
})

test('what is not there is said in the reader’s language, within the portal', async () => {
  for (const where of ['/portal/guides/none', '/portal/nothing', '/nothing']) {
    const zh = await get(where)
    assert.equal(zh.statusCode, 404)
    assert.match(zh.body, /没有找到/)
    assert.match(zh.body, /href="\/portal"/)
    assert.ok(!zh.body.includes('href="/cases"'), 'no way to what is closed')
    assert.match((await get(where, { 'accept-language': 'en' })).body, /Not found/)
  }
})

test('whoever is nobody is led from / to the portal', async () => {
  const { statusCode, headers } = await get('/')
  assert.deepEqual([statusCode, headers['location']], [303, '/portal'])
})

test('no link of the portal is dead, for nobody, in either language; no page holds a script; none is heavy', async () => {
  const style = (await get(styleHref.style)).rawPayload.length
  for (const language of ['zh', 'en']) {
    const seen = new Map<string, LightMyRequestResponse>()
    const waiting = ['/portal', '/sitemap.xml', '/robots.txt', `/portal/search?q=${language === 'zh' ? '%E7%94%B3%E8%AF%B7' : 'apply'}`]
    for (let where = waiting.pop(); where !== undefined; where = waiting.pop()) {
      const [address] = where.split('#')
      if (seen.has(address!)) continue
      const answer = await get(address!, { cookie: `lang=${language}` })
      seen.set(address!, answer)
      // The workbench is an application of its own, here perhaps not built.
      // The page to be kept is a file of its own, script and all: verify.test.ts.
      if (address === '/workbench' || address === '/portal/verify/standalone') continue
      assert.ok(answer.statusCode < 400, `${address}: ${answer.statusCode}`)
      if (!/html/.test(String(answer.headers['content-type']))) continue
      assert.doesNotMatch(answer.body, /<script(?! type="module" src="\/assets\/verify\.)|javascript:| on\w+="|style="/, String(address))
      assert.ok(answer.rawPayload.length + style < 60_000, `${address} weighs ${answer.rawPayload.length} and its style ${style}`)
      assert.ok(/^\/(portal|ledger)/.test(address!), `${address} is beyond the portal`)
      for (const link of linksOf(answer.body)) {
        if (link.startsWith('#')) assert.ok(answer.body.includes(`id="${link.slice(1)}"`), `${address} has no ${link}`)
        else if (!/[?&](lang|elder|contrast)=/.test(link)) waiting.push(link)
      }
    }
    // What a link names within a page is there.
    for (const { body } of seen.values())
      for (const link of linksOf(body).filter((one) => /^\/.*#/.test(one))) {
        const [address, fragment] = link.split('#') as [string, string]
        assert.ok(seen.get(address)!.body.includes(`id="${fragment}"`), link)
      }
    for (const { id, definitions } of catalogue)
      for (const { inForce } of definitions)
        assert.ok(
          seen.has(`/portal/guides/${id}`) && [...seen.keys()].some((one) => one.startsWith(`/portal/guides/${id}/${inForce.from}/`)),
          id,
        )
  }
})

test('the sitemap lists every version of every guide by its whole address, and robots are shown the way', async () => {
  const { body, headers } = await get('/sitemap.xml', { host: 'localhost:8020' })
  assert.match(String(headers['content-type']), /^application\/xml/)
  const listed = [...body.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, one]) => one!)
  assert.equal(listed.length, 9 + catalogue.flatMap(({ definitions }) => definitions).length)
  for (const one of listed)
    assert.equal((await get(one.replace('http://localhost:8020', '').replaceAll('&amp;', '&'))).statusCode, 200, one)
  const robots = (await get('/robots.txt', { host: 'localhost:8020' })).body
  assert.match(robots, /Disallow: \/\n/)
  assert.match(robots, /Sitemap: http:\/\/localhost:8020\/sitemap.xml/)
})

test('every page has its twin for programs', async () => {
  for (const where of [
    '/portal.json',
    '/portal/guides.json',
    '/portal/guides/reconsideration.json',
    '/portal/search.json?q=%E5%A4%8D%E8%AE%AE',
    '/portal/publications.json',
  ]) {
    const { statusCode, headers } = await get(where)
    assert.deepEqual([statusCode, headers['content-type']], [200, 'application/json; charset=utf-8'], where)
  }
})

test('larger text and high contrast are chosen in the address, kept by a cookie, and pages kept apart by them', async () => {
  const plain = await get('/portal')
  assert.doesNotMatch(plain.body, /<html[^>]* class=/)
  const chosen = await get('/portal?elder=1')
  assert.match(chosen.body, /<html[^>]* class="elder"/)
  assert.equal(chosen.headers['cache-control'], 'private, no-cache')
  assert.match(String(chosen.headers['set-cookie']), /^look=elder; /)
  const kept = await get('/portal', { cookie: 'lang=zh; look=elder.contrast' })
  assert.match(kept.body, /<html[^>]* class="elder contrast"/)
  assert.notEqual(kept.headers['etag'], plain.headers['etag'])
  assert.ok(kept.body.includes('href="/portal?elder=0"') && !kept.body.includes('href="/portal/data"'), 'fewer things')
  assert.ok(plain.body.includes('href="/portal/data"'))
  const back = await get('/portal?elder=0', { cookie: 'look=elder.contrast' })
  assert.match(String(back.headers['set-cookie']), /^look=contrast; /)
  assert.match((await get('/portal', { cookie: 'look=<script>' })).body, /<html lang="zh-CN"\s*>/)
  assert.equal((await get('/portal?elder=7')).headers['set-cookie'], undefined)
})

test('the accessibility statement says what was found, or that nothing was brought', async () => {
  const { body } = await get('/portal/accessibility')
  assert.match(body, /WCAG 2\.1/)
  assert.match(body, /本版本没有附带检查结果|以 axe 检查 \d+ 个页面/)
  const { results } = (await get('/portal/accessibility.json')).json() as { results: { pages: unknown[] } | null }
  assert.equal(results !== null, /以 axe 检查/.test(body))
})
