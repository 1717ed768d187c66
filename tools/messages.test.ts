import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { words as ofServer } from '#server/words.ts'
import { words as ofWorkbench } from '../src/workbench/words.ts'

// What the pages and the workbench say: each text is said somewhere, and in both languages. That one which is said exists, the compiler knows.

const root = path.join(import.meta.dirname, '..', 'src')
const HAN = /\p{Script=Han}/u
/** Fits in the place of any value of a text: a name in both languages, and as a text or a number. */
const ANYTHING = Object.assign(['甲', 'X'], { toString: () => '7', valueOf: () => 7, toFixed: () => '7', slice: () => '7' })
/** Names of languages and of what is the same in both. */
const ONE_LANGUAGE = ['languageName', 'language', 'numberExample']

for (const [folder, words] of [
  ['server', ofServer],
  ['workbench', ofWorkbench],
] as const) {
  const sources = fs
    .globSync('**/*.{ts,tsx}', { cwd: path.join(root, folder) })
    .filter((file) => path.basename(file) !== 'words.ts' && !file.endsWith('.test.ts'))
    .map((file) => fs.readFileSync(path.join(root, folder, file), 'utf8'))
    .filter((source) => /\bwords\b/.test(source))

  test(`${folder}: every text is said somewhere`, () => {
    const unsaid = Object.entries(words).flatMap(([name, value]) =>
      !isSaid(name)
        ? [name]
        : isGroup(value)
          ? Object.keys(value).flatMap((part) => (isSaidOf(name, part) ? [] : [`${name}.${part}`]))
          : [],
    )
    assert.deepEqual(unsaid, [], 'remove it')
  })

  test(`${folder}: every text is there in Chinese and in English`, () => {
    for (const [name, value] of Object.entries(words)) {
      if (ONE_LANGUAGE.includes(name)) continue
      for (const [part, one] of isGroup(value) ? Object.entries(value) : [['', value] as const]) {
        const said =
          typeof one === 'function'
            ? (one as (...values: unknown[]) => unknown)(...Array.from({ length: one.length }, () => ANYTHING))
            : one
        const where = `${name} ${part}: ${JSON.stringify(said)}`
        assert.ok(Array.isArray(said) && said.length === 2, where)
        const [zh, en] = said.map(String) as [string, string]
        // A name, a number and what stands between them are the same in both.
        if (typeof one === 'function' && /^[7\s\p{P}]+$/u.test(zh) && zh === en) continue
        assert.ok(/[\u3000-\u9fff\uff00-\uffef]/.test(zh), where)
        assert.ok(!HAN.test(en), where)
      }
    }
  })

  /** By its name; or, where a file chooses among texts, as one of the names that stand there. */
  function isSaid(name: string): boolean {
    return sources.some((source) => new RegExp(`\\bwords\\.${name}\\b`).test(source) || (/\bwords\[/.test(source) && names(source, name)))
  }

  function isSaidOf(group: string, part: string): boolean {
    return sources.some(
      (source) =>
        new RegExp(`\\bwords\\.${group}(\\.${part}\\b|\\['${part}'\\]|\\[(?!'))`).test(source) ||
        new RegExp(`\\bwords\\.${group}\\b(?![.[])`).test(source),
    )
  }
}

function names(source: string, name: string): boolean {
  return new RegExp(`'${name}'|\\b${name}:`).test(source)
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && !Array.isArray(value)
}
