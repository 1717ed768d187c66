import { strFromU8, unzipSync } from 'fflate'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { documentDocx } from './docx.ts'
import { findFonts } from './fonts.ts'
import type { Role } from './fonts.ts'
import type { OfficialDocument } from './official-document.ts'
import { decision, HOSTILE_PRINTED, letter, report } from './samples.ts'

test('a decision is written with its text as it stands, hostile or not', async () => {
  const { text } = await read(decision)
  for (const part of ['行政复议决定书', '宿区行复〔2024〕1号', '张㛃', '李𬱖', '35㎡', '2024年4月28日', '2024年4月29日印发', '证据目录']) {
    assert.ok(text.includes(part), `“${part}” is not in ${text}`)
  }
  assert.equal(text.split(HOSTILE_PRINTED).length, 3)
})

test('GB/T 9704-2012, 5.2.1: A4 with 天头 37 mm and 订口 28 mm', async () => {
  const { xml } = await read(decision)
  assert.match(xml, /<w:pgSz w:w="11905" w:h="16837"/)
  const margins = /<w:pgMar ([^>]*)\/>/.exec(xml)![1]!
  for (const margin of ['w:top="2097"', 'w:left="1587"', 'w:right="1474"', 'w:bottom="1984"']) assert.ok(margins.includes(margin), margins)
})

test('5.2.2: 3号仿宋, titles in 2号小标宋, level 1 in 黑体, level 2 in 楷体', async () => {
  const { xml, files } = await read(decision)
  assert.match(files['word/styles.xml']!, /<w:docDefaults>.*?w:eastAsia="仿宋_GB2312".*?<w:sz w:val="32"\/>/)
  assert.match(paragraphWith(xml, '行政复议决定书'), /w:eastAsia="方正小标宋简体".*<w:sz w:val="44"\/>/)
  assert.match(paragraphWith(xml, '一、申请人的请求'), /w:pStyle w:val="Heading1".*w:eastAsia="黑体"/)
  assert.match(paragraphWith(xml, '（一）证据'), /w:pStyle w:val="Heading2".*w:eastAsia="楷体_GB2312"/)
})

test('7.2.7, 10.1: the red line under the head, double in a letter', async () => {
  assert.match(paragraphWith((await read(report)).xml, '宿区政发〔2021〕3号'), /<w:bottom w:val="single" w:color="FF0000" w:sz="12"/)
  const { files, xml } = await read(letter)
  assert.match(files['word/header1.xml']!, /w:val="thickThinSmallGap" w:color="FF0000"/)
  assert.match(xml, /<w:titlePg\/>/)
})

test('7.5: page numbers at the outer edge', async () => {
  const { files } = await read(report)
  assert.match(files['word/settings.xml']!, /<w:evenAndOddHeaders\/>/)
  const footers = Object.entries(files).filter(([name]) => name.startsWith('word/footer'))
  assert.deepEqual(footers.map(([, xml]) => /<w:jc w:val="(\w+)"\/>/.exec(xml)![1]).toSorted(), ['left', 'right'])
})

test('a decision carries its own characters of every face it names, and is small', async () => {
  for (const fonts of [findFonts(), findFonts([])]) {
    const bytes = await documentDocx(decision, fonts)
    assert.ok(bytes.length < 300_000, `${bytes.length} bytes`)
    const parts = unzipSync(bytes)
    const families = [...strFromU8(parts['word/fontTable.xml']!).matchAll(/<w:font w:name="([^"]*)"/g)].map((match) => match[1]!)
    const inDocument = Object.keys(parts).filter((name) => /^word\/(document|footer\d+)\.xml$/.test(name))
    const named = new Set(
      inDocument.flatMap((name) => [...strFromU8(parts[name]!).matchAll(/w:eastAsia="([^"]*)"/g)].map((match) => match[1]!)),
    )
    assert.deepEqual(families.toSorted(), [...named].toSorted())
    assert.equal(Object.keys(parts).filter((name) => name.startsWith('word/fonts/')).length, families.length)
  }
})

test('a character that a face lacks is set in Noto Serif SC, the rest of the name is not', async () => {
  const { xml } = await read(decision)
  const runs = xml.split('</w:r>').map((run) => ({ face: /w:eastAsia="([^"]*)"/.exec(run)?.[1], text: />([^<]*)<\/w:t>/.exec(run)?.[1] }))
  assert.equal(runs.find(({ text }) => text?.includes('𬱖'))?.face, 'Noto Serif SC')
  assert.equal(
    runs.find(({ text }) => text?.endsWith('法定代表人李'))?.face,
    findFonts().missing.includes('仿宋') ? undefined : '仿宋_GB2312',
  )
})

test('a face whose licence bits forbid it is named but not put in', async () => {
  const fonts = findFonts()
  const closed = { ...fonts, faceOf: (role: Role) => ({ ...fonts.faceOf(role), embeddable: false }) }
  const parts = unzipSync(await documentDocx({ ...decision, body: [] }, closed))
  assert.ok(strFromU8(parts['word/document.xml']!).includes('仿宋_GB2312'))
  assert.deepEqual(
    Object.keys(parts).filter((name) => name.startsWith('word/fonts/')),
    [],
  )
})

async function read(document: OfficialDocument): Promise<{ xml: string; text: string; files: Record<string, string> }> {
  const entries = Object.entries(unzipSync(await documentDocx(document))).map(([name, bytes]) => [name, strFromU8(bytes)] as const)
  const files = Object.fromEntries(entries)
  const xml = files['word/document.xml']!
  const text = xml.replace(/<\/w:p>/g, '\n').replace(/<[^>]*>/g, '')
  return { xml, text: unescaped(text), files }
}

function unescaped(text: string): string {
  return text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&apos;/g, "'")
    .replace(/&amp;/g, '&')
}

function paragraphWith(xml: string, text: string): string {
  return xml.split('</w:p>').find((paragraph) => paragraph.includes(text)) ?? assert.fail(`no paragraph with “${text}”`)
}
