import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { catalogue } from '#procedures/catalogue.ts'
import { createServer } from '../server.ts'
import { dutyOf, kindsOf } from './publication-kinds.ts'
import { entriesOn, loadRegisters } from '#store/registers.ts'
import { loadYear } from '#store/load-year.ts'
import { MARKER, plantedOffice } from '../../../tools/e2e/planted-office.ts'
import { openStore } from '#store/store.ts'
import { place } from '#district/place.ts'
import { publishedCalendar } from '#district/calendar.ts'
import { registers } from '#registers/registers.ts'
import { SYSTEM } from '#engine/apply-step.ts'
import { fieldsOf } from '#readings/case-title.ts'
import { readPublished } from '#store/published.ts'
import type { Field } from '#engine/field.ts'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import type { PlantedOffice } from '../../../tools/e2e/planted-office.ts'
import type { Store } from '#store/store.ts'

// Everything that the portal emits, read as nobody: by its own links, by its feeds and sitemaps, by what can be guessed. Nothing personal and
// nothing that is not marked public may be in it, whatever the year holds.

/** What is chosen among the words of a definition: a word of ours, about nobody. */
const ID = /^[a-z][a-z-]*$/
const DAY = /^\d{4}-\d\d-\d\d/
const NOW = '2021-01-04T09:00:00+08:00'
let root: string
let store: Store
let app: FastifyInstance
let planted: PlantedOffice

before(async () => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'yifa-portal-exit-'))
  fs.chmodSync(root, 0o755) // the database's user must reach it
  store = await openStore({ folder: path.join(root, 'data'), region: '321302', as: 'own' })
  await loadRegisters(store, registers, SYSTEM, '2019-01-02T09:00+08:00')
  const office = { store, catalogue, calendar: publishedCalendar }
  await loadYear(office, registers, { year: 2020, seed: 1, scale: 0.01 }, NOW, () => {})
  app = await createServer({ ...office, place, now: () => NOW, limits: { person: 1e9, client: 1e9, address: 1e9, running: 1e9 } })
  planted = await plantedOffice()
})

after(async () => {
  await app.close()
  await store.close()
  await planted.close()
  fs.rmSync(root, { recursive: true, force: true })
})

interface Emitted {
  readonly url: string
  readonly status: number
  readonly text: string
}

/** Everything that links lead to from the portal's first pages, in both languages, with the twins for programs. */
async function crawl(server: FastifyInstance, guesses: readonly string[]): Promise<Emitted[]> {
  const kinds = kindsOf(catalogue).map(({ id }) => id)
  const waiting = [
    '/portal',
    '/portal/publications',
    '/robots.txt',
    '/sitemap.xml',
    ...[...kinds, undefined].flatMap((kind) =>
      ['atom', 'rss', 'json'].map((form) => `/portal/publications.${form}${kind ? `?kind=${kind}` : ''}`),
    ),
    ...guesses,
  ]
  const seen = new Set(waiting)
  const emitted: Emitted[] = []
  for (let url = waiting.shift(); url !== undefined; url = waiting.shift()) {
    for (const headers of [
      { accept: 'text/html', 'accept-language': 'zh' },
      { accept: 'text/html', 'accept-language': 'en' },
      { accept: 'application/json' },
    ]) {
      const answer: LightMyRequestResponse = await server.inject({ url, headers })
      assert.ok(answer.statusCode < 500, `${url}: ${answer.body}`)
      emitted.push({ url, status: answer.statusCode, text: `${answer.body}\n${JSON.stringify(answer.headers)}` })
      for (const [, link] of answer.body.matchAll(
        /(?:href="|<loc>http:\/\/[^/]+|Sitemap: http:\/\/[^/]+|"href": "|"next": ")(\/[^"<\s]*)/g,
      )) {
        const target = link!.replaceAll('&amp;', '&').replace(/#.*/, '')
        if (seen.has(target) || !/^\/(portal|sitemap)/.test(target) || /[?&]lang=/.test(target)) continue
        seen.add(target)
        waiting.push(target)
      }
    }
  }
  return emitted
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) yield* textsIn(part)
}

test('a synthetic year: no personal value and no value that is not public is in anything that the portal emits', async () => {
  const { rows: kept } = await store.pool.query<{ payload: unknown }>('select payload from personal where payload is not null')
  const personal = new Set(
    kept.flatMap(({ payload }) => [...textsIn(payload)]).filter((text) => text.length > 1 && !ID.test(text) && !DAY.test(text)),
  )
  const { rows: steps } = await store.pool.query<{ procedure: string; step: string; on: string; input: Record<string, unknown> }>(
    'select procedure, step, taken_on as on, input from step',
  )
  const [closed, open] = [new Set<string>(), new Set<string>()]
  for (const { procedure, step, input } of steps) {
    for (const definition of catalogue.find(({ id }) => id === procedure)!.definitions) {
      for (const [name, field] of Object.entries(definition.steps[step]?.input ?? {})) {
        // What is chosen among the words of a definition is no value of a case; days and numbers are everywhere.
        if (!['text', 'longText', 'person', 'subject', 'place', 'party', 'file', 'list', 'case'].includes(field.kind)) continue
        for (const text of textsIn(input[name]))
          if (text.length > 3 && !ID.test(text) && !DAY.test(text)) (field.public ? open : closed).add(text)
      }
    }
  }
  const { rows: cases } = await store.pool.query<{ id: string; number: string }>('select id, number from case_file')
  for (const { id, number } of cases) closed.add(id).add(number)
  const { rows: people } = await store.pool.query<{ person: string }>("select distinct person from step where person <> 'system'")
  for (const { person } of people) personal.add(person)

  // What a register is open with by law, such as the list of mediators, is no secret of the cases that name it.
  for (const { id, fields } of registers)
    for (const { key, value } of await entriesOn(store, id, '2020-12-31')) {
      open.add(key)
      for (const [name, field] of Object.entries<Field>(fields))
        if (field.public)
          for (const text of textsIn(value[name])) {
            open.add(text)
            personal.delete(text)
          }
    }

  const guesses = cases
    .slice(0, 40)
    .flatMap(({ id, number }) => [
      ...[id, number].map((one) => `/portal/publications/${encodeURIComponent(one)}`),
      `/portal/publications?organ=${id}`,
      `/portal/guides/${id}`,
    ])
  const emitted = await crawl(app, guesses)
  const items = emitted.filter(({ url, status }) => url.startsWith('/portal/publications/321302-') && status === 200)
  assert.ok(items.length > 20, `${items.length} pages of items`)
  assert.ok(personal.size > 500 && closed.size > 500, `${personal.size} personal values, ${closed.size} that are not public`)
  const whole = [...new Set(emitted.map(({ text }) => text))].join('\n')
  for (const value of [...personal, ...[...closed].filter((one) => !open.has(one))]) {
    if (!whole.includes(value)) continue
    const where = emitted.filter(({ url, text }) => text.includes(value) && !url.includes(encodeURIComponent(value)))
    assert.deepEqual(
      where.slice(0, 3).map(({ url }) => url),
      [],
      `${value} is shown`,
    )
  }
})

test('a synthetic year: a search for a personal value finds nothing of a case', async () => {
  const { rows } = await store.pool.query<{ payload: unknown }>('select payload from personal where payload is not null limit 60')
  for (const text of new Set(rows.flatMap(({ payload }) => [...textsIn(payload)]).filter((one) => one.length > 1 && one.length < 60))) {
    const list = await app.inject(`/portal/publications.json?q=${encodeURIComponent(text)}`)
    const { items } = list.json() as { items: { text: string; title: string }[] }
    for (const item of items) assert.ok(!`${item.title}${item.text}`.includes(text), `${text} is found`)
  }
})

test('a mark in every field of every case: only those of published public fields turn up', async () => {
  const emitted = await crawl(
    planted.app,
    [...planted.cases.keys()].slice(0, 20).map((id) => `/portal/publications/${id}`),
  )
  const shown = new Set(emitted.flatMap(({ text }) => text.match(MARKER) ?? []))
  assert.ok(shown.size > 5, `${shown.size} marks: something must be published for this to prove anything`)
  for (const marker of shown) {
    const { id, field, personal } = planted.planted.get(marker)!
    const { procedure } = planted.cases.get(id)!
    assert.equal(personal, false, `${procedure} ${field}`)
    const definitions = catalogue.find((system) => system.id === procedure)!.definitions
    assert.ok(
      definitions.some(
        (definition) =>
          fieldsOf(definition).get(field)?.public && Object.values(definition.publicity ?? {}).some(({ fields }) => fields.includes(field)),
      ),
      `${field} of ${procedure} is in no duty`,
    )
  }
  for (const theCase of planted.cases.values())
    for (const { text } of emitted.filter(({ url }) => !url.includes(theCase.id)))
      assert.ok(!text.includes(theCase.id) && !text.includes(theCase.number))
})

test('what was never published cannot be told from what never was, and every item is of a duty that there is', async () => {
  const [one, other] = await Promise.all(
    ['321302-2020-999999', '321302-1999-000001'].map((index) => app.inject(`/portal/publications/${index}`)),
  )
  assert.deepEqual([one!.statusCode, other!.statusCode], [404, 404])
  const { rows } = await store.pool.query<{ index: string }>('select index_number as index from publication where index_number is not null')
  for (const { index } of rows) assert.ok(dutyOf((await readPublished(store, index))!, catalogue).duty, index)
})
