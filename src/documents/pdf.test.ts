import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { findFonts } from './fonts.ts'
import { pdfPrinter } from './pdf.ts'
import { decision, HOSTILE_PRINTED, letter, report } from './samples.ts'

const folder = mkdtempSync(join(tmpdir(), 'yifa-pdf-'))
after(() => rmSync(folder, { recursive: true }))

const printer = pdfPrinter()
const skip = hasPoppler() ? false : 'pdftotext and pdffonts (poppler-utils) are not installed'

test('a decision is printed with its text as it stands, hostile or not', { skip }, () => {
  const text = textOf(printer.print(decision).pdf)
  for (const part of [
    '行政复议决定书',
    '宿区行复〔2024〕1号',
    '张㛃',
    '李𬱖',
    '35㎡',
    '2024年4月28日',
    '2024年4月29日印发',
    '附件：',
    '抄送：宿城区司法局。',
  ]) {
    assert.ok(text.includes(withoutSpace(part)), `“${part}” is not in ${text}`)
  }
  assert.equal(
    text.split(withoutSpace(HOSTILE_PRINTED)).length,
    3,
    'the hostile text stands twice, once in the paragraph and once in the table',
  )
})

test('every font is embedded, with and without the Chinese faces', { skip }, () => {
  for (const fonts of [findFonts(), findFonts([])]) {
    const lines = run('pdffonts', pdfPrinter(fonts).print(decision).pdf).trim().split('\n').slice(2)
    assert.ok(lines.length > 0)
    for (const line of lines) assert.match(line, / yes yes yes +\d+ +\d+$/, 'embedded, subset, with the characters to be read back')
  }
})

test('GB/T 9704-2012, 5.2.3: a page of 22 lines of 28 characters', { skip }, () => {
  const body = [{ kind: 'paragraph' as const, text: '法'.repeat(28 * 60) }]
  const { pdf } = printer.print({ ...letter, kind: 'notice', redHead: '宿城区人民政府', body })
  const pages = run('pdftotext', pdf, ['-layout', '-f', '2', '-l', '2']).split('\f')
  const lines = pages[0]!.split('\n').filter((line) => line.includes('法'))
  assert.equal(lines.length, 22)
  for (const line of lines) assert.equal(line.trim().length, 28)
})

test('7.3.5.4: signature and date never stand alone on a page, whatever the length and the last block', { skip }, () => {
  const words = '本机关依法作出决定。'
  const table = { kind: 'table' as const, columns: ['序号', '证据'], rows: [['1', '现场笔录']] }
  const fields = { kind: 'fields' as const, fields: [{ label: '申请人（签字）', value: '　' }] }
  for (let lines = 8; lines <= 24; lines += 1) {
    const long = { kind: 'paragraph' as const, text: words.repeat(Math.ceil((lines * 28) / words.length)) }
    const short = { kind: 'paragraph' as const, text: '特此通知。' }
    for (const body of [[long], [long, short], [long, fields], [long, table]]) {
      for (const more of [{}, { attachments: ['证据目录'] }]) {
        const { copies: _, printedBy: __, attachments: ___, ...rest } = decision
        const { pdf } = printer.print({ ...rest, ...more, body })
        const last = withoutSpace(run('pdftotext', pdf).split('\f').at(-2)!).replace(/—\d+—|（印章）|附件：证据目录/g, '')
        assert.ok(
          last.length > '宿城区人民政府2024年4月28日'.length,
          `${lines} lines, ${body.at(-1)!.kind}: the last page has only “${last}”`,
        )
      }
    }
  }
})

test('GB/T 9704-2012, 7.5: page numbers at the outer edge; a letter’s first page has none', { skip }, () => {
  const printed = printer.print(report)
  assert.ok(printed.pages > 10, `${printed.pages} pages`)
  const pages = run('pdftotext', printed.pdf, ['-layout']).split('\f')
  assert.match(pages[0]!, /^ {20,}— ?1 ?—$/m)
  assert.match(pages[1]!, /^ {0,6}— ?2 ?—$/m)
  assert.doesNotMatch(run('pdftotext', printer.print(letter).pdf), /— ?1 ?—/)
})

test('the paper is A4 and the type area keeps its margins', { skip }, () => {
  const boxes = run('pdftotext', printer.print(decision).pdf, ['-bbox'])
  assert.match(boxes, /<page width="595\.27\d*" height="841\.88\d*">/)
  const lefts = [...boxes.matchAll(/xMin="([\d.]+)"/g)].map((match) => Number(match[1]))
  assert.ok(Math.min(...lefts) >= (28 / 25.4) * 72 - 1, `leftmost word at ${Math.min(...lefts)} pt`)
})

test('the same document gives the same bytes', () => {
  assert.deepEqual(printer.print(decision).pdf, pdfPrinter().print(decision).pdf)
})

test('a character that no font has is named', () => {
  assert.deepEqual(printer.print({ ...decision, signatory: '𠮷家' }).undrawable, ['𠮷'])
  assert.deepEqual(printer.print(decision).undrawable, [])
})

test('with the npm package alone, every face is stood in for and the printer says so', () => {
  const bare = pdfPrinter(findFonts([]))
  assert.deepEqual(bare.fonts.missing, ['仿宋', '黑体', '楷体', '小标宋', '宋体'])
  assert.equal(bare.print(decision).pages, 2)
})

function textOf(pdf: Uint8Array): string {
  return withoutSpace(run('pdftotext', pdf))
}

function run(program: 'pdftotext' | 'pdffonts', pdf: Uint8Array, options: readonly string[] = []): string {
  const path = join(folder, 'document.pdf')
  writeFileSync(path, pdf)
  return execFileSync(program, [...options, path, ...(program === 'pdftotext' ? ['-'] : [])], { encoding: 'utf8' })
}

function withoutSpace(text: string): string {
  return text.replace(/\s/g, '')
}

function hasPoppler(): boolean {
  try {
    execFileSync('pdftotext', ['-v'], { stdio: 'ignore' })
    execFileSync('pdffonts', ['-v'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
