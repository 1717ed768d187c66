import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { catalogue } from '#procedures/catalogue.ts'
import { dateIn } from '#engine/day.ts'
import { loadRegisters } from './registers.ts'
import { loadYear } from './load-year.ts'
import { openStore } from './store.ts'
import { publishedCalendar } from '#district/calendar.ts'
import { readCase } from './read-case.ts'
import { registers } from '#registers/registers.ts'
import { runsOf } from '#engine/clocks.ts'
import { SYSTEM } from '#engine/apply-step.ts'
import type { Case } from '#engine/case.ts'
import type { Definition } from '#engine/definition.ts'
import type { Office } from './take-step.ts'
import type { Store } from './store.ts'
import type { Story } from '#engine/year.ts'
import type { System } from '#engine/system.ts'

// A year of one topic in few places: causes recur, later orders join, and some come again in the watch.

let root: string
const stores: Store[] = []

before(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'yifa-year-'))
  fs.chmodSync(root, 0o755) // where tests run as root, the database's own user must be able to enter
})

after(async () => {
  for (const store of stores) await store.close()
  fs.rmSync(root, { recursive: true, force: true })
})

const hotline = catalogue.find(({ id }) => id === 'hotline-12345')!
const storyNamed = (id: string): Story => hotline.year!.stories.find((story) => story.id === id)!
const narrow = (id: string, quota: number): Story => {
  const story = storyNamed(id)
  const [accept, ...moves] = story.moves
  const communities = [['甲社区（虚构）', 6] as const, ['乙社区（虚构）', 1] as const]
  const place = { pick: communities.map(([community, weight]) => [{ record: { address: community, community } }, weight] as const) }
  return {
    ...story,
    quota,
    moves: [{ ...accept!, input: { ...accept!.input, topic: 'environment.noise', place, subject: { field: 'none' } } }, ...moves],
  }
}
const year: System = {
  ...hotline,
  year: { ...hotline.year!, stories: [narrow('placed', 60), narrow('same-matter', 10), storyNamed('merged')] },
}
const own = catalogue
  .map((system) => (system === hotline ? year : system))
  .filter(({ id }) => ['hotline-12345', 'source-case'].includes(id))

async function loaded(name: string): Promise<{ sources: Case[]; orders: Map<string, Case>; definition: Definition }> {
  const store = await openStore({ folder: path.join(root, name), region: '321302', as: 'own' })
  stores.push(store)
  await loadRegisters(store, registers, SYSTEM, '2019-01-02T09:00+08:00')
  const office: Office = { store, catalogue: own, calendar: publishedCalendar }
  await loadYear(office, registers, { year: 2020, seed: 1, scale: 1 }, '2021-01-04T09:00+08:00', () => {})
  const { rows } = await store.pool.query<{ id: string }>('select id from case_file order by id')
  const cases = await Promise.all(rows.map(async ({ id }) => (await readCase(store.pool, store.region, id, own)).theCase))
  return {
    sources: cases.filter(({ procedure }) => procedure === 'source-case'),
    orders: new Map(cases.filter(({ procedure }) => procedure !== 'source-case').map((theCase) => [theCase.id, theCase])),
    definition: own.find(({ id }) => id === 'source-case')!.definitions[0]!,
  }
}

test('the year’s source cases take in what comes while they are open, companions included, and relapse by what comes in the watch', async () => {
  const { sources, orders, definition } = await loaded('one')
  assert.equal(orders.size, 80)
  const joined = (id: string): Case[] => [...orders.values()].filter(({ fields }) => fields['sourceCase'] === id)
  assert.ok(sources.length > 1)
  assert.ok(
    sources.some(({ id }) => joined(id).some(({ fields }) => fields['merged'] === true)),
    'no companion was taken in',
  )

  let relapses = 0
  for (const source of sources) {
    const closed = source.steps.find(({ step }) => step === 'close')?.at
    const community = (source.fields as { community: string }).community
    for (const order of orders.values()) {
      const { at } = order.steps[0]!
      const sameCause = (order.fields['place'] as { community: string }).community === community
      if (!sameCause || at <= source.steps[0]!.at) continue
      const isTaken = order.fields['sourceCase'] === source.id
      assert.equal(isTaken, closed === undefined || at < closed, `order accepted ${at}, source case ${source.openedOn} – ${closed ?? ''}`)
    }
    const byDay = joined(source.id)
      .map(({ id, openedOn }) => ({ id, openedOn }))
      .sort((a, b) => (a.openedOn < b.openedOn ? -1 : 1))
    for (const run of runsOf(definition, source, 'watch', publishedCalendar)) {
      const within = byDay.filter(({ openedOn }) => openedOn > run.start && openedOn <= run.deadline!.due)
      const end = source.steps.find(({ seq, step }) => seq > run.seq && (step === 'relapse' || step === 'close'))
      if (within.length < 2) {
        assert.notEqual(end?.step, 'relapse')
        continue
      }
      relapses += 1
      assert.equal(end?.step, 'relapse')
      assert.equal(dateIn(end!.on), within[1]!.openedOn)
      assert.deepEqual(
        [...(end!.input['relapseOrders'] as string[])].map((id) => orders.get(id)!.openedOn),
        within.slice(0, 2).map(({ openedOn }) => openedOn),
      )
      const next = source.steps.find(({ seq, step }) => seq > end!.seq && step === 'analyse')
      const due = runsOf(definition, source, 'analyse', publishedCalendar).find(({ seq }) => seq === end!.seq)!.deadline!.due
      if (next) assert.ok(dateIn(next.on) <= due, `analysed on ${next.on}, due on ${due}: the story goes on from the relapse`)
    }
  }
  assert.ok(relapses > 0, 'nothing relapsed')
  const numbers = [...sources].sort((a, b) => (a.steps[0]!.at < b.steps[0]!.at ? -1 : 1)).map(({ number }) => number)
  assert.deepEqual(
    numbers,
    [...numbers].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })),
    'numbers in the order of opening',
  )
})

test('the same seed gives the same year', async () => {
  const [one, two] = [await loaded('two'), await loaded('three')]
  assert.deepEqual(one.sources, two.sources)
  assert.deepEqual([...one.orders.values()], [...two.orders.values()])
})
