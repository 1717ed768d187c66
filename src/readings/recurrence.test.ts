import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recurrence as rule } from '#procedures/hotline-12345/recurrence.ts'
import { applyStep, SYSTEM } from '#engine/apply-step.ts'
import { isOnCause, openingOf, recurring, recurringOrder, relapseOf } from './recurrence.ts'
import { publishedCalendar } from '#district/calendar.ts'
import { sourceCase } from '#procedures/source-case/definition.ts'
import type { Case } from '#engine/case.ts'
import type { Definition } from '#engine/definition.ts'
import type { RecurringOrder } from './recurrence.ts'

let number = 0
const order = (on: string, callerKey: string | undefined, where: Partial<RecurringOrder> = { community: '甲社区' }): RecurringOrder => ({
  id: `order-${(number += 1)}`,
  on,
  topic: 'environment.noise',
  ...where,
  ...(callerKey === undefined ? {} : { callerKey }),
})
const sizes = (orders: RecurringOrder[]) => recurring(orders, rule).map((group) => group.orders.length)

test('three different callers on one topic in one community open a source case', () => {
  const orders = [order('2020-03-01T09:00+08:00', 'a'), order('2020-03-10T09:00+08:00', 'b'), order('2020-03-20T09:00+08:00', 'c')]
  const [group, ...others] = recurring(orders, rule)
  assert.deepEqual(others, [])
  assert.deepEqual(
    group!.orders.map(({ id }) => id),
    orders.map(({ id }) => id),
  )
  assert.deepEqual(group!.same, { topic: 'environment.noise', community: '甲社区' })
  assert.equal(group!.on, '2020-03-20T09:00+08:00')
})

test('the same caller three times is one caller; anonymous ones cannot be told apart', () => {
  assert.deepEqual(sizes([order('2020-03-01', 'a'), order('2020-03-02', 'a'), order('2020-03-03', 'a')]), [])
  assert.deepEqual(sizes([order('2020-03-01', 'a'), order('2020-03-02', 'a'), order('2020-03-03', 'b'), order('2020-03-04', 'c')]), [4])
  assert.deepEqual(sizes([order('2020-03-01', undefined), order('2020-03-02', undefined), order('2020-03-03', undefined)]), [])
  assert.deepEqual(sizes([order('2020-03-01', undefined), order('2020-03-02', 'a'), order('2020-03-03', 'b')]), [3])
})

test('the window is thirty calendar days, both ends included', () => {
  assert.deepEqual(sizes([order('2020-03-01', 'a'), order('2020-03-15', 'b'), order('2020-03-30', 'c')]), [3])
  assert.deepEqual(sizes([order('2020-03-01', 'a'), order('2020-03-15', 'b'), order('2020-03-31', 'c')]), [])
  assert.deepEqual(sizes([order('2020-03-01', 'a'), order('2020-03-15', 'b'), order('2020-03-31', 'c'), order('2020-04-01', 'd')]), [3])
})

test('another community or another topic is another cause; the same subject anywhere is one', () => {
  assert.deepEqual(sizes([order('2020-03-01', 'a'), order('2020-03-02', 'b'), order('2020-03-03', 'c', { community: '乙社区' })]), [])
  assert.deepEqual(
    sizes([
      order('2020-03-01', 'a'),
      order('2020-03-02', 'b'),
      order('2020-03-03', 'c', { community: '甲社区', topic: 'environment.air' }),
    ]),
    [],
  )
  assert.deepEqual(
    sizes([
      order('2020-03-01', 'a', { subject: 'X' }),
      order('2020-03-02', 'b', { subject: 'X', community: '乙社区' }),
      order('2020-03-03', 'c', { subject: 'X' }),
    ]),
    [3],
  )
  assert.deepEqual(
    sizes([order('2020-03-01', 'a', {}), order('2020-03-02', 'b', {}), order('2020-03-03', 'c', {})]),
    [],
    'without a place or a subject there is no common cause',
  )
})

test('an order belongs to one group only, though place and subject both recur', () => {
  const both = { community: '甲社区', subject: 'X' }
  const groups = recurring(
    [order('2020-03-01', 'a', both), order('2020-03-02', 'b', both), order('2020-03-03', 'c', both), order('2020-03-04', 'd', both)],
    rule,
  )
  assert.equal(groups.length, 1)
  const ids = groups.flatMap(({ orders, later }) => [...orders, ...later]).map(({ id }) => id)
  assert.equal(new Set(ids).size, ids.length)
})

test('while its case is open later orders join it; afterwards three new ones open another', () => {
  const early = ['2020-03-01', '2020-03-02', '2020-03-03', '2020-03-04'].map((on, index) => order(on, `a${index}`))
  const late = ['2020-06-01', '2020-06-02', '2020-06-03'].map((on, index) => order(on, `b${index}`))
  assert.deepEqual(
    recurring([...early, ...late], rule).map(({ orders, later }) => [orders.length, later.length]),
    [[3, 4]],
  )
  assert.deepEqual(
    recurring([...late, ...early], rule, (_, { on }) => on <= '2020-05-31').map(({ orders, later }) => [orders.length, later.length]),
    [
      [3, 1],
      [3, 0],
    ],
  )
})

/** A place so many metres north of a point of the district. */
const at = (metresNorth: number): Partial<RecurringOrder> => ({
  place: { address: '（演示）', longitude: 118.28, latitude: 33.9 + metresNorth / 111_195.08 },
})

test('within five hundred metres is the same place, whatever the community; a metre further is not', () => {
  assert.deepEqual(
    sizes([
      order('2020-03-01', 'a', at(0)),
      order('2020-03-02', 'b', at(499)),
      order('2020-03-03', 'c', { ...at(250), community: '乙社区' }),
    ]),
    [3],
  )
  assert.deepEqual(sizes([order('2020-03-01', 'a', at(0)), order('2020-03-02', 'b', at(499.9)), order('2020-03-03', 'c', at(0))]), [3])
  assert.deepEqual(sizes([order('2020-03-01', 'a', at(0)), order('2020-03-02', 'b', at(500.1)), order('2020-03-03', 'c', at(0))]), [])
  assert.deepEqual(
    sizes([
      order('2020-03-01', 'a', at(0)),
      order('2020-03-02', 'b', { ...at(1), topic: 'environment.air' }),
      order('2020-03-03', 'c', at(0)),
    ]),
    [],
  )
})

test('the distance is taken from the newest order: a chain of neighbours is no place', () => {
  const chain = (newest: number): RecurringOrder[] => [
    order('2020-03-01', 'a', at(0)),
    order('2020-03-02', 'b', at(800)),
    order('2020-03-03', 'c', at(newest)),
  ]
  assert.deepEqual(sizes(chain(400)), [3])
  assert.deepEqual(sizes(chain(1200)), [])
  const [group] = recurring(chain(400), rule)
  assert.deepEqual(group!.same.place, at(400).place)
  // While it is open, what lies near that newest order joins; what lies near the first alone does not.
  const later = recurring([...chain(400), order('2020-03-04', 'd', at(899)), order('2020-03-05', 'e', at(-300))], rule)
  assert.deepEqual(
    later.map(({ later: joined }) => joined.map(({ callerKey }) => callerKey)),
    [['d']],
  )
})

test('what a case was opened on is told apart: place, community, subject, and never without the topic', () => {
  const near = openingOf(
    recurring(
      [1, 2, 3].map((metre) => order('2020-03-01', `c${metre}`, at(metre))),
      rule,
    )[0]!,
    '噪声',
  )
  assert.deepEqual([near['callers'], near['community'], near['topicName']], [3, undefined, '噪声'])
  assert.ok(isOnCause(order('2020-04-01', 'd', at(502)), near, rule))
  assert.ok(!isOnCause(order('2020-04-01', 'd', at(504)), near, rule))
  assert.ok(!isOnCause(order('2020-04-01', 'd', { ...at(3), topic: 'environment.air' }), near, rule))
  assert.ok(isOnCause(order('2020-04-01', 'd'), { topic: 'environment.noise', community: '甲社区' }, rule))
  assert.ok(isOnCause(order('2020-04-01', 'd', { subject: 'X' }), { topic: 'environment.noise', subject: 'X' }, rule))
  assert.ok(!isOnCause(order('2020-04-01', 'd', {}), { topic: 'environment.noise' }, rule), 'nothing known is nothing in common')
})

test('a merged order counts with its own caller for the order joined', () => {
  const fields = { topic: 'environment.air', place: { address: '乙', community: '乙社区' }, caller: { name: '虚构某', phone: '1' } }
  const joined = { topic: 'environment.noise', place: { address: '甲', community: '甲社区' }, caller: { name: '虚构另', phone: '2' } }
  const { topic, community, callerKey } = recurringOrder({ id: 'm', openedOn: '2020-03-03', fields }, '2020-03-03T09:00+08:00', joined)
  assert.deepEqual([topic, community, callerKey], ['environment.noise', '甲社区', '1'])
})

test('relapse: two orders in the sixty days after the watch began, the first day not counted and the last one counted', () => {
  const definition: Definition = sourceCase
  const watched = { ...opened, state: 'watched', steps: [...opened.steps, watchFrom('2020-05-06')] }
  const relapse = (...days: string[]) =>
    relapseOf(
      definition,
      watched,
      days.map((on, index) => ({ id: `o${index}`, on: `${on}T09:00+08:00` })),
      rule,
      publishedCalendar,
    )
  assert.deepEqual(relapse('2020-05-07', '2020-07-05'), { relapseOrders: ['o0', 'o1'] })
  assert.equal(relapse('2020-05-07'), undefined)
  assert.equal(relapse('2020-05-06', '2020-05-07'), undefined)
  assert.equal(relapse('2020-05-07', '2020-07-06'), undefined)
  assert.deepEqual(relapse('2020-05-01', '2020-05-07', '2020-05-08'), { relapseOrders: ['o1', 'o2'] })
  assert.equal(
    relapseOf(
      definition,
      opened,
      [1, 2].map((n) => ({ id: `${n}`, on: '2020-05-07' })),
      rule,
      publishedCalendar,
    ),
    undefined,
  )
})

const opened: Case = applyStep(
  sourceCase,
  { region: '321302', id: 'cause', number: '1', hash: '' },
  {
    step: 'open',
    input: { openedAt: '2020-03-03T09:00+08:00', orders: ['a', 'b', 'c'], callers: 3, topic: 'environment.noise', topicName: '噪声扰民' },
    by: SYSTEM,
    at: '2020-03-03T09:00+08:00',
  },
  { calendar: publishedCalendar, entryOn: () => ({}), stateOf: () => undefined },
)

function watchFrom(day: string): Case['steps'][number] {
  const at = `${day}T10:00+08:00`
  return { seq: 2, step: 'watch', on: day, at, by: SYSTEM, input: { watchedFrom: day }, from: 'verified', to: 'watched' }
}
