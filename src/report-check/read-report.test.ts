import assert from 'node:assert/strict'
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { strToU8, zipSync } from 'fflate'
import { Refusal } from '#engine/refusal.ts'
import { checkReport } from './check-report.ts'
import { readReport } from './read-report.ts'

const SENTENCE = '调解案件7007件，调解成功2663件，调成率为38.02%。'
/** 调解案件 in GB18030. */
const GB18030 = [0xb5, 0xf7, 0xbd, 0xe2, 0xb0, 0xb8, 0xbc, 0xfe]

let folder = ''
before(async () => void (folder = await mkdtemp(join(tmpdir(), 'yifa-report-'))))
after(() => rm(folder, { recursive: true }))

async function written(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

function docx(body: string, more: Record<string, Uint8Array> = {}): Uint8Array {
  return zipSync({
    'word/document.xml': strToU8(`<?xml version="1.0"?><w:document xmlns:w="w"><w:body>${body}</w:body></w:document>`),
    ...more,
  })
}

const refused = (path: string, code: string, exit: number) =>
  assert.rejects(readReport(path), (error) => {
    assert.ok(error instanceof Refusal)
    assert.deepEqual([error.code, error.exit], [code, exit])
    for (const words of [error.said.message, error.said.basis, error.said.remedy]) assert.ok(words[0] !== '' && words[1] !== '')
    return true
  })

test('txt in UTF-8, with and without a byte order mark, and in UTF-16 with one', async () => {
  assert.equal(await readReport(await written('a.txt', SENTENCE)), SENTENCE)
  assert.equal(await readReport(await written('b.txt', `\ufeff${SENTENCE}`)), SENTENCE)
  const utf16 = Buffer.from(`\ufeff${SENTENCE}`, 'utf16le')
  assert.equal(await readReport(await written('c.TXT', utf16)), SENTENCE)
  assert.equal(await readReport(await written('d.md', Buffer.from(utf16).swap16())), SENTENCE)
})

test('docx: runs make one paragraph, rows of a table make clauses, footnotes follow, deleted text is left out', async () => {
  const paragraph =
    '<w:p><w:r><w:t>调解案件7007件，调解成</w:t></w:r><w:r><w:t xml:space="preserve">功2663件 &amp; 调成率</w:t></w:r><w:del><w:r><w:delText>39%</w:delText></w:r></w:del></w:p>'
  const cell = (text: string) => `<w:tc><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:tc>`
  const table = `<w:tbl><w:tr>${cell('受理')}${cell('22件')}</w:tr><w:tr>${cell('办结')}${cell('17件')}</w:tr></w:tbl>`
  const notes = strToU8('<w:footnotes><w:footnote><w:p><w:r><w:t>注一</w:t></w:r></w:p></w:footnote></w:footnotes>')
  const text = await readReport(await written('a.docx', docx(paragraph + table, { 'word/footnotes.xml': notes })))
  assert.equal(text, '调解案件7007件，调解成功2663件 & 调成率\n\n|受理 |22件 |\n|办结 |17件 |\n\n注一')
})

test('a docx report is checked like any other', async () => {
  const text = await readReport(await written('b.docx', docx(`<w:p><w:r><w:t>${SENTENCE}</w:t></w:r></w:p>`)))
  assert.equal(checkReport(text).filter(({ verdict }) => verdict === 'contradictory').length, 1)
})

test('a GBK file is refused, and said to be GBK', async () => {
  const path = await written('gbk.txt', Uint8Array.from(GB18030))
  await refused(path, 'report.not-utf8', 1)
  await assert.rejects(readReport(path), /GB18030/)
  const neither = await written('neither.txt', Uint8Array.from([0xff, 0x00, 0xff, 0xff]))
  await refused(neither, 'report.not-utf8', 1)
})

test('a broken docx is refused: no zip, cut short, without document.xml, document.xml cut short', async () => {
  await refused(await written('text.docx', SENTENCE), 'report.docx-broken', 1)
  const whole = docx(`<w:p><w:r><w:t>${SENTENCE.repeat(50)}</w:t></w:r></w:p>`)
  await refused(await written('short.docx', whole.slice(0, whole.length / 2)), 'report.docx-broken', 1)
  await refused(await written('other.docx', zipSync({ 'xl/workbook.xml': strToU8('<x/>') })), 'report.docx-broken', 1)
  await refused(await written('cut.docx', zipSync({ 'word/document.xml': strToU8('<w:document><w:body><w:p>') })), 'report.docx-broken', 1)
  await refused(await written('empty.docx', ''), 'report.docx-broken', 1)
})

test('a zip bomb is refused before it is unpacked', async () => {
  const bomb = zipSync({ 'word/document.xml': new Uint8Array(101 * 1024 * 1024) }, { level: 9 })
  assert.ok(bomb.length < 1024 * 1024)
  await refused(await written('bomb.docx', bomb), 'report.docx-broken', 1)
})

test('an empty file, a missing file, an unknown format and a file too large are refused', async () => {
  await refused(await written('empty.txt', ' \n\u3000'), 'report.empty', 1)
  await refused(await written('blank.docx', docx('<w:p/>')), 'report.empty', 1)
  await refused(join(folder, 'none.txt'), 'report.file-missing', 2)
  await refused(folder + '/.txt/x.txt', 'report.file-missing', 2)
  for (const name of ['a.doc', 'a.pdf', 'a.xlsx', 'a']) await refused(await written(name, 'x'), 'report.format-unknown', 2)
  const large = await written('large.txt', 'x')
  await truncate(large, 51 * 1024 * 1024)
  await refused(large, 'report.too-large', 1)
})
