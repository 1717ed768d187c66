import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fontFileBytes, readFontFace } from './font-file.ts'
import { findFonts } from './fonts.ts'

const folder = mkdtempSync(join(tmpdir(), 'yifa-font-file-'))
after(() => rmSync(folder, { recursive: true }))

const { path } = findFonts([]).fallback

test('Noto Serif SC is read by its name, its characters and its licence bits', () => {
  const face = readFontFace(path)!
  assert.ok(face.families.includes('Noto Serif SC'))
  assert.ok(face.has('法'.codePointAt(0)!))
  assert.ok(!face.has(0xe000), 'private use')
  assert.ok(face.embeddable)
})

test('OS/2 fsType: installable and editable may be embedded in part; restricted, preview, whole and bitmaps may not', () => {
  const bytes = fontFileBytes(path)
  const at = bytes.readUInt32BE(tableEntry(bytes, 'OS/2') + 8) + 8
  const embeddable = (fsType: number): boolean => {
    const changed = Buffer.from(bytes)
    changed.writeUInt16BE(fsType, at)
    writeFileSync(join(folder, 'changed.ttf'), changed)
    return readFontFace(join(folder, 'changed.ttf'))!.embeddable
  }
  assert.deepEqual([0x0000, 0x0008].map(embeddable), [true, true])
  assert.deepEqual([0x0002, 0x0004, 0x0108, 0x0200].map(embeddable), [false, false, false, false])
})

test('of a collection the first face comes out as a file of its own', () => {
  const bytes = fontFileBytes(path)
  // A collection of this one face: its header of 16 bytes, then the face with its offsets moved by as much.
  const header = Buffer.from('ttcf\0\x01\0\0\0\0\0\x01\0\0\0\x10', 'latin1')
  const moved = Buffer.from(bytes)
  for (let entry = 0; entry < bytes.readUInt16BE(4); entry += 1) {
    const at = 12 + 16 * entry + 8
    moved.writeUInt32BE(bytes.readUInt32BE(at) + header.length, at)
  }
  writeFileSync(join(folder, 'collection.ttc'), Buffer.concat([header, moved]))
  writeFileSync(join(folder, 'face.ttf'), fontFileBytes(join(folder, 'collection.ttc')))
  const face = readFontFace(join(folder, 'face.ttf'))!
  assert.deepEqual(face.families, readFontFace(path)!.families)
  assert.ok(face.has('法'.codePointAt(0)!))
})

function tableEntry(bytes: Buffer, tag: string): number {
  return Array.from({ length: bytes.readUInt16BE(4) }, (_, index) => 12 + 16 * index).find(
    (at) => bytes.toString('latin1', at, at + 4) === tag,
  )!
}
