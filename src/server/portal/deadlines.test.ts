import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { catalogue } from '#procedures/catalogue.ts'
import { countClock } from '#engine/clocks.ts'
import Fastify from 'fastify'
import { deadlineRoutes } from './deadlines.ts'
import { factsAsked } from '#readings/clock-facts.ts'
import { handleProblems } from '../problem.ts'
import { publishedCalendar as calendar } from '#district/calendar.ts'
import { viewOf } from '../view.ts'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import type { Services } from '../services.ts'

// The calculator needs neither a store nor accounts: definitions and the calendar are all that it reads.

let app: FastifyInstance

before(async () => {
  app = Fastify()
  app.decorateRequest('view')
  app.addHook('onRequest', async (request) => {
    request.view = viewOf(request)
  })
  handleProblems(app)
  deadlineRoutes(app, { catalogue, calendar, now: () => '2026-03-02T09:00:00+08:00' } as Partial<Services> as Services)
  await app.ready()
})

after(() => app.close())

const get = (url: string, accept = 'text/html'): Promise<LightMyRequestResponse> =>
  app.inject({ url, headers: { accept, 'accept-language': 'zh' } })
const json = async (url: string): Promise<any> => (await get(url, 'application/json')).json()

test('第六十二条：三月二日受理，六十日届满于劳动节，顺延至五月六日', async () => {
  const url = '/portal/deadlines/reconsideration/decide?start=2026-03-02&fact-procedureKind=ordinary'
  const { body, statusCode } = await get(url)
  assert.equal(statusCode, 200)
  assert.match(body, /2026-05-06/)
  assert.match(body, /末日 2026-05-01 为法定休假日，顺延至 2026-05-06/)
  assert.match(body, /普通程序/)
  assert.ok(!body.includes('procedureKind=ordinary（') && !body.includes('因procedureKind'), 'facts are called as people call them')
  assert.equal((await json(url)).due, '2026-05-06')
})

test('an extension and a pause move the last day; more than the law allows is refused beside its box', async () => {
  const base = '/portal/deadlines/reconsideration/decide?start=2026-03-02&fact-procedureKind=ordinary'
  const plain = (await json(base)).due as string
  const longer = await json(`${base}&longer-1=30`)
  assert.ok(longer.due > plain)
  const paused = await json(`${base}&pause-from-1=2026-03-10&pause-until-1=2026-03-20`)
  assert.ok(paused.due > plain)
  const tooLong = await get(`${base}&longer-1=31`)
  assert.equal(tooLong.statusCode, 422)
  assert.match(tooLong.body, /id="longer-1-problem">延长31日，超过30日/)
  assert.match(tooLong.body, /aria-invalid="true" aria-describedby="longer-1-problem"/)
})

test('what cannot be counted with is said beside its box, and nothing typed is lost', async () => {
  const at = '/portal/deadlines/reconsideration/decide'
  for (const [query, box] of [
    ['start=2026-02-30', 'start'],
    ['start=tomorrow', 'start'],
    ['fact-procedureKind=ordinary', 'start'],
    ['start=2026-03-02&fact-procedureKind=%3Cscript%3E', 'fact-procedureKind'],
    ['start=2026-03-02&fact-procedureKind=ordinary&longer-1=-3', 'longer-1'],
    ['start=2026-03-02&fact-procedureKind=ordinary&pause-from-1=2026-03-10', 'pause-until-1'],
    ['start=2026-03-02&fact-procedureKind=ordinary&pause-from-1=2026-03-10&pause-until-1=2026-03-01', 'pause-until-1'],
  ] as const) {
    const { statusCode, body } = await get(`${at}?${query}`)
    assert.equal(statusCode, 422, query)
    assert.match(body, new RegExp(`id="${box}-problem"`), query)
    assert.ok(!body.includes('<script'), query)
    assert.deepEqual(Object.keys((await json(`${at}?${query}`)).problems), [box], query)
  }
  const beyond = await get('/portal/deadlines/reconsideration/decide?start=2079-12-01&fact-procedureKind=ordinary')
  assert.equal(beyond.statusCode, 422)
  assert.match(beyond.body, /超出可计算的范围/)
})

test('a limit that the facts do not choose is said not to apply; a clock that does not exist is refused', async () => {
  const [definition, id] = catalogue
    .flatMap((system) => [system.definitions.at(-1)!])
    .flatMap((one) => Object.keys(one.clocks).map((name) => [one, name] as const))
    .find(([one, name]) => one.clocks[name]!.when !== undefined)!
  const url = `/portal/deadlines/${definition.id}/${id}?start=2026-03-02`
  const none = await json(url)
  assert.deepEqual([none.runs, none.due, none.because], [false, null, []])
  assert.match((await get(url)).body, /这一期限不适用/)
  assert.equal((await get('/portal/deadlines/reconsideration/nothing')).statusCode, 404)
  assert.equal((await get('/portal/deadlines/nothing/decide')).statusCode, 404)
  assert.equal((await get('/portal/deadlines?on=2026-13-01')).statusCode, 400)
})

test('the law of the day of the start governs where no other day is named', async () => {
  assert.equal((await json('/portal/deadlines/reconsideration/decide?start=2020-03-02')).version, '2018-01-01')
  assert.equal((await json('/portal/deadlines/reconsideration/decide?start=2026-03-02')).version, '2024-01-01')
  assert.equal((await json('/portal/deadlines/reconsideration/decide?start=2026-03-02&on=2020-01-01')).version, '2018-01-01')
})

for (const { id, definitions } of catalogue) {
  test(`${id}: every clock of every version has its page, and its last day is the engine’s`, async () => {
    for (const definition of definitions) {
      const on = definition.inForce.from
      const listed = await json(`/portal/deadlines?on=${on}`)
      const clocks = (listed.systems as { id: string; clocks: { id: string }[] }[]).find((one) => one.id === id)?.clocks ?? []
      assert.deepEqual(
        clocks.map((clock) => clock.id),
        Object.keys(definition.clocks),
      )
      for (const [name, clock] of Object.entries(definition.clocks)) {
        const asked = factsAsked(definition, name)
        const start = '2021-09-15'
        // Every choice of the first fact, the first of the others.
        for (const first of asked[0]?.options.length ? asked[0].options : [undefined]) {
          const facts = Object.fromEntries(
            asked.map(({ fact, kind, options }, at) => [
              fact,
              kind === 'number' ? 5 : kind === 'date' ? '2021-09-20' : at === 0 ? first!.value : options[0]!.value,
            ]),
          )
          const query = Object.entries(facts).map(([fact, value]) => `&fact-${fact}=${encodeURIComponent(String(value))}`)
          const answer = await json(`/portal/deadlines/${id}/${name}?on=${on}&start=${start}${query.join('')}`)
          assert.deepEqual(answer.problems, {}, `${name} ${query}`)
          if (!answer.runs) continue
          const byTheHour = String(answer.because[1]?.[0]).includes('小时')
          const expected = countClock(clock, { start, facts }, calendar)
          assert.equal(answer.due, expected?.due, `${name} ${query} ${byTheHour}`)
        }
        const page = await get(`/portal/deadlines/${id}/${name}?on=${on}`)
        assert.equal(page.statusCode, 200)
        assert.match(page.body, /<form class="boxes"/)
      }
    }
  })
}
