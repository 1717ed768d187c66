import assert from 'node:assert/strict'
import { test } from 'node:test'
import { catalogue } from '#procedures/catalogue.ts'
import { chapters } from './chapters.ts'
import { figures } from './figures.ts'
import { TO_BE_WRITTEN } from '#readings/annual-report.ts'
import type { Chapter } from '#readings/annual-report.ts'

const all = chapters.flatMap(withParts)
const sentences = all.flatMap(({ number, paragraphs }) => paragraphs.map((sentence) => ({ number, sentence })))
const FACTS = new Set(['year', 'lastYear', 'place'])

test('66 figures, each once', () => {
  assert.equal(figures.length, 66)
  assert.equal(new Set(figures.map(({ id }) => id)).size, 66)
})

for (const { id, section, name, unit } of figures) {
  test(`${id} stands in ${section}, in Chinese and in English`, () => {
    for (const [language, index] of [
      ['zh', 0],
      ['en', 1],
    ] as const) {
      const places = sentences.filter(({ sentence }) => placeholders(sentence[index]).includes(id)).map(({ number }) => number)
      assert.ok(places.includes(section), `${language}: stands in ${places.join(', ') || 'no chapter'}`)
    }
    for (const words of [name, ...(unit ? [unit] : [])]) for (const text of words) assert.notEqual(text.trim(), '')
  })
}

test('sentences name no figure that there is not, and the same in both languages', () => {
  const known = new Set(figures.map(({ id }) => id))
  for (const { number, sentence } of sentences) {
    const [zh, en] = sentence.map((text) => placeholders(text).filter((name) => !FACTS.has(name)))
    for (const name of [...zh!, ...en!]) assert.ok(known.has(name), `${number}: {${name}}`)
    assert.deepEqual(zh, en, number)
  }
})

test('no number is typed into a sentence', () => {
  for (const { number, sentence } of sentences) {
    for (const text of sentence) assert.doesNotMatch(text.replace(/\{[^}]*\}/g, ''), /\d|[百千万]|[一二三四五六七八九十]+[余多]/, number)
  }
})

test('every heading and sentence is there in both languages', () => {
  for (const { number, heading, paragraphs } of all) {
    for (const [zh, en] of [heading, ...paragraphs]) {
      assert.match(zh, /\p{Script=Han}/u, number)
      assert.match(en, /[a-z]/, number)
      assert.doesNotMatch(en, /\p{Script=Han}/u, number)
    }
  }
})

test('chapters are numbered in order; each says something, itself or in its parts', () => {
  const check = (parts: readonly Chapter[], prefix: string, first: number): void => {
    for (const [index, part] of parts.entries()) {
      assert.equal(part.number, `${prefix}${index + first}`)
      assert.ok(part.paragraphs.length > 0 || (part.chapters ?? []).length > 0, `${part.number} is empty`)
      check(part.chapters ?? [], `${part.number}.`, 1)
    }
  }
  check(chapters, '', 0)
  assert.ok(sentences.some(({ number, sentence }) => number === '3' && sentence === TO_BE_WRITTEN))
})

test('a figure of a system that is built is an indicator of it', () => {
  for (const { id, system, indicator, as } of figures) {
    const built = catalogue.find((one) => one.id === system)
    if (!built) continue
    const found = built.indicators.indicators[indicator]
    assert.ok(found, `${id}: ${system} has no indicator “${indicator}”`)
    assert.equal('ratio' in found.formula, as === 'percent', `${id} is shown as ${as}`)
  }
})

function withParts(chapter: Chapter): Chapter[] {
  return [chapter, ...(chapter.chapters ?? []).flatMap(withParts)]
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name!)
}
