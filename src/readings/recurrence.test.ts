import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recurrence as rule } from '#procedures/hotline-12345/recurrence.ts'
import { recurring } from './recurrence.ts'
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
    recurring([...late, ...early], rule, () => '2020-05-31').map(({ orders, later }) => [orders.length, later.length]),
    [
      [3, 1],
      [3, 0],
    ],
  )
})
