import assert from 'node:assert/strict'
import { catalogue } from '#procedures/catalogue.ts'
import { clockWords } from './clock-words.ts'
import { definitionOn, systemNamed } from '#engine/system.ts'
import { test } from 'node:test'
import type { ClockWords } from './clock-words.ts'

const read = (procedure: string, clock: string, on: string): ClockWords =>
  clockWords(definitionOn(systemNamed(catalogue, procedure), on), clock)

test('a limit says on what it depends in the words of the form', () => {
  const { limits, notes } = read('reconsideration', 'decide', '2024-03-01')
  assert.deepEqual(limits[0]!.words, ['30日（审理程序：简易程序）', '30 calendar days (Procedure: summary)'])
  assert.deepEqual(limits.at(-1)!.words, ['60日', '60 calendar days'])
  assert.ok(notes.some(({ words: [zh] }) => zh === '自“中止”至“恢复审理”不计入'))
  assert.ok(notes.some(({ words: [zh] }) => zh === '可以经“延长审理期限”延长，至多30日，以1次为限（审理程序：简易程序的除外）'))
})

test('a clock that exists only then says when; one without length ends on its day', () => {
  assert.deepEqual(read('pre-trial-mediation', 'mediate', '2020-03-01').when?.[0], '立案前委派（否为立案后委托）：是')
  assert.deepEqual(read('case-supervision', 'rectify', '2020-03-01').limits[0]!.words[0], '以该日为末日')
})

test('what only an earlier version asked, and what a step alone sets, reads as words', () => {
  assert.equal(read('reconsideration', 'decide', '2024-03-01').starts[0], '受理、审查期满，视为受理')
  assert.match(read('reconsideration', 'sue', '2024-03-01').starts[0], /经“不予受理或驳回行政复议申请”/)
})

test('no clock of the catalogue shows an id for a word', () => {
  for (const { definitions } of catalogue)
    for (const definition of definitions)
      for (const id of Object.keys(definition.clocks)) {
        const { name, binds, limits, when, starts, stops, notes } = clockWords(definition, id)
        for (const [zh] of [
          name,
          binds,
          starts,
          stops,
          ...(when ? [when] : []),
          ...limits.map((one) => one.words),
          ...notes.map((one) => one.words),
        ])
          assert.doesNotMatch(zh, /[a-z]{2,}/, `${definition.id} ${id}: ${zh}`)
      }
})
