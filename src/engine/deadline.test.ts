import assert from 'node:assert/strict'
import fc from 'fast-check'
import { test } from 'node:test'
import { calendarOf } from './calendar.ts'
import { dateText, dayOf } from './day.ts'
import { durationOf } from './limit.ts'
import { explain } from './explain.ts'
import { lastDay } from './deadline.ts'
import { publishedCalendar, publishedSchedules } from '#district/calendar.ts'
import { Refusal } from './refusal.ts'
import type { Counting } from './deadline.ts'

const due = (counting: Counting): string => lastDay(counting, publishedCalendar).due
const day = fc.integer({ min: dayOf('2018-03-01'), max: dayOf('2025-06-30') }).map(dateText)
const days = fc.integer({ min: 0, max: 120 })
const limit = fc.oneof(
  days.map((n) => ({ days: n })),
  days.map((n) => ({ workingDays: n })),
  fc.integer({ min: 0, max: 14 }).map((n) => ({ months: n })),
)

test('C1, C2：起算日不计入，末日为休息日的顺延', () => {
  assert.equal(due({ start: '2024-07-05', limit: { days: 30 } }), '2024-08-05') // 4 August is a Sunday
  assert.equal(due({ start: '2024-05-20', limit: { days: 60 } }), '2024-07-19')
})

test('C3：调休上班日计为工作日，节假日不计', () => {
  assert.equal(due({ start: '2024-02-06', limit: { workingDays: 5 } }), '2024-02-19')
  assert.equal(due({ start: '2024-09-11', limit: { workingDays: 7 } }), '2024-09-23')
})

test('C4：没有对应日的，以月末日为末日', () => {
  assert.equal(due({ start: '2024-01-31', limit: { months: 1 } }), '2024-02-29')
  assert.equal(due({ start: '2023-01-31', limit: { months: 1 } }), '2023-02-28')
  assert.equal(due({ start: '2020-02-29', limit: { years: 1 } }), '2021-03-01') // 28 February 2021 is a Sunday
})

test('C5：按小时计算的，夜间与节假日照算，不顺延', () => {
  assert.equal(due({ start: '2020-10-01T22:40+08:00', limit: { hours: 24 } }), '2020-10-02T22:40+08:00')
  assert.equal(due({ start: '2020-10-01T22:40+08:00', limit: { hours: 0.5 } }), '2020-10-01T23:10+08:00')
})

test('C6：中止期间自第一日起至恢复日前一日不计入，重叠的只计一次', () => {
  const pause = (...pauses: [string, string][]): string => due({ start: '2024-03-12', limit: { days: 60 }, pauses })
  assert.equal(pause(['2024-03-20', '2024-04-02']), '2024-05-24')
  assert.equal(pause(['2024-03-20', '2024-03-28'], ['2024-03-25', '2024-04-02']), pause(['2024-03-20', '2024-04-02']))
  assert.equal(pause(['2024-03-20', '2024-03-20']), due({ start: '2024-03-12', limit: { days: 60 } }))
})

test('C7：延长后仍为一个期间，只在最后顺延一次', () => {
  // 60 days from 5 July end on Sunday 1 September; rolled and then extended it would be one day too late.
  assert.equal(
    due({ start: '2024-07-03', limit: { days: 60 }, extensions: [{ days: 30 }] }),
    due({ start: '2024-07-03', limit: { days: 90 } }),
  )
  assert.equal(due({ start: '2023-05-16', limit: { workingDays: 5 }, extensions: [durationOf('P5D', 'workingDays')] }), '2023-05-30')
})

test('C8：倒数期间当日不计入，自然日不顺延', () => {
  assert.equal(due({ start: '2024-10-10', limit: { workingDays: 5 }, backward: true }), '2024-09-27')
  assert.equal(due({ start: '2021-03-18', limit: { days: 3 }, backward: true }), '2021-03-15')
  assert.equal(due({ start: '2024-05-08', limit: { days: 7 }, backward: true }), '2024-05-01')
})

test('超出已公布放假安排的，答案标为暂定，安排公布后重算', () => {
  const counting = { start: '2026-12-28', limit: { workingDays: 5 } }
  const before = lastDay(counting, publishedCalendar)
  assert.equal(before.provisional, true)
  const after = lastDay(
    counting,
    calendarOf({ ...publishedSchedules, '2027': { holidays: ['2027-01-01', '2027-01-02', '2027-01-03', '2027-01-04'], workdays: [] } }),
  )
  assert.deepEqual([before.due, after.due, after.provisional], ['2027-01-04', '2027-01-06', false])
  assert.equal(lastDay({ start: '2026-11-02', limit: { days: 30 } }, publishedCalendar).provisional, false)
})

test('不存在的日期、先止后起的中止、负的期限被拒绝', () => {
  for (const [counting, code] of [
    [{ start: '2021-02-29', limit: { days: 1 } }, 'date.invalid'],
    [{ start: '2021-13-01', limit: { days: 1 } }, 'date.invalid'],
    [{ start: '2021-1-1', limit: { days: 1 } }, 'date.invalid'],
    [{ start: '2021-03-01', limit: { days: 10 }, pauses: [['2021-03-05', '2021-03-02']] }, 'pause.ends-before-it-begins'],
    [{ start: '2021-03-01', limit: { days: -1 } }, 'limit.invalid'],
    [{ start: '2021-03-01', limit: { years: 200 } }, 'calendar.out-of-range'],
  ] as const) {
    assert.throws(
      () => due(counting as unknown as Counting),
      (error) => error instanceof Refusal && error.code === code,
      code,
    )
  }
})

test('每一条理由都有中英文句子', () => {
  const { because } = lastDay(
    { start: '2024-03-12', limit: { days: 60 }, pauses: [['2024-03-20', '2024-04-02']], extensions: [{ days: 30 }] },
    publishedCalendar,
  )
  assert.deepEqual(
    because.map(({ kind }) => kind),
    ['start', 'limit', 'extension', 'pause', 'roll'],
  )
  for (const reason of because) for (const sentence of explain(reason)) assert.match(sentence, /\S/)
})

test('单调：限期更长，末日不会更早；起算更晚，末日不会更早', () => {
  fc.assert(
    fc.property(day, limit, fc.integer({ min: 1, max: 40 }), (start, given, more) => {
      const [unit, amount] = Object.entries(given)[0]!
      assert.ok(due({ start, limit: given }) <= due({ start, limit: { [unit]: amount + more } as never }))
      const later = dateText(dayOf(start) + more)
      assert.ok(due({ start, limit: given }) <= due({ start: later, limit: given }))
    }),
  )
})

test('顺延是幂等的：末日总是工作日，再顺延一次不动', () => {
  fc.assert(
    fc.property(day, limit, (start, given) => {
      const end = dayOf(due({ start, limit: given }))
      if ('workingDays' in given && given.workingDays === 0) return
      assert.ok(publishedCalendar.isWorkingDay(end))
      assert.equal(publishedCalendar.workingDayFrom(end), end)
    }),
  )
})

test('中止可加：两段不相接的中止，移动的日数等于两段之和（不计末日顺延）', () => {
  fc.assert(
    fc.property(
      day,
      fc.integer({ min: 60, max: 90 }),
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 20 }),
      (start, amount, first, second) => {
        const at = (offset: number): string => dateText(dayOf(start) + offset)
        const counting = { start, limit: { days: amount }, rolls: false }
        const pauses: [string, string][] = [
          [at(3), at(3 + first)],
          [at(30), at(30 + second)],
        ]
        assert.equal(dayOf(due({ ...counting, pauses })) - dayOf(due(counting)), first + second)
      },
    ),
  )
})

test('工作日期间与逐日清点一致', () => {
  fc.assert(
    fc.property(
      day,
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 15 }),
      fc.integer({ min: 0, max: 15 }),
      (start, amount, offset, length) => {
        const pause: [string, string] = [dateText(dayOf(start) + offset), dateText(dayOf(start) + offset + length)]
        let on = dayOf(start)
        for (let left = amount; left > 0;) {
          on += 1
          if (publishedCalendar.isWorkingDay(on) && !(dateText(on) >= pause[0] && dateText(on) < pause[1])) left -= 1
        }
        assert.equal(due({ start, limit: { workingDays: amount }, pauses: [pause] }), dateText(on))
      },
    ),
  )
})

test('倒数与顺数互逆：自末日倒数同样的工作日回到起算日之后', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 60 }), (start, amount) => {
      const end = due({ start, limit: { workingDays: amount } })
      const back = due({ start: end, limit: { workingDays: amount }, backward: true })
      assert.ok(back <= start)
      assert.equal(due({ start: back, limit: { workingDays: amount } }), end)
    }),
  )
})
