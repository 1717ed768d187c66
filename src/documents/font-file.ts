import { closeSync, openSync, readFileSync, readSync } from 'node:fs'

/** One face of a font file: what it is called and which characters it can draw. */
export interface FontFace {
  readonly path: string
  /** Family names, as its authors wrote them: English, Chinese, or both. */
  readonly families: readonly string[]
  has(codePoint: number): boolean
  /** Whether its licence bits let a part of it go into a document that can be edited: OS/2 fsType. */
  readonly embeddable: boolean
}

const FAMILY = 1
const TYPOGRAPHIC_FAMILY = 16

/**
 * Reads a TrueType or OpenType file, of a collection its first face. Only the tables needed are read: the files are some 15 MB each.
 *
 * @returns `undefined` for a file that is no font
 * @see https://learn.microsoft.com/typography/opentype/spec/otff
 */
export function readFontFace(path: string): FontFace | undefined {
  const tables = directoryOf(path)
  const name = tables?.get('name')
  if (tables === undefined || name === undefined) return undefined
  let characters: ((codePoint: number) => boolean) | undefined
  return {
    path,
    families: familiesIn(read(path, name.offset, name.length)),
    has(codePoint) {
      const cmap = tables.get('cmap')
      characters ??= cmap === undefined ? () => false : charactersIn(read(path, cmap.offset, cmap.length))
      return characters(codePoint)
    },
    get embeddable() {
      const metrics = tables.get('OS/2')
      return metrics !== undefined && letsPartsBeEmbedded(read(path, metrics.offset, 10).readUInt16BE(8))
    },
  }
}

/**
 * The whole file as bytes; of a collection its first face, as a file of its own: the face's directory, with every offset moved by its length,
 * before the file as it is.
 */
export function fontFileBytes(path: string): Buffer {
  const file = readFileSync(path)
  if (file.toString('latin1', 0, 4) !== 'ttcf') return file
  const start = file.readUInt32BE(12)
  const length = 12 + 16 * file.readUInt16BE(start + 4)
  const directory = Buffer.from(file.subarray(start, start + length))
  for (let offset = 12 + 8; offset < length; offset += 16) directory.writeUInt32BE(directory.readUInt32BE(offset) + length, offset)
  return Buffer.concat([directory, file])
}

/**
 * Installable (no bit) or editable; a face for preview and print only would make the document one that cannot be edited.
 *
 * @see https://learn.microsoft.com/typography/opentype/spec/os2#fstype
 */
function letsPartsBeEmbedded(fsType: number): boolean {
  const usage = fsType & 0x000f
  return (usage === 0 || (usage & EDITABLE) !== 0) && (fsType & (NO_SUBSETTING | BITMAPS_ONLY)) === 0
}
const EDITABLE = 0x0008
const NO_SUBSETTING = 0x0100
const BITMAPS_ONLY = 0x0200

function directoryOf(path: string): Map<string, { offset: number; length: number }> | undefined {
  const head = read(path, 0, 16)
  const start = head.toString('latin1', 0, 4) === 'ttcf' ? head.readUInt32BE(12) : 0
  const table = read(path, start, 12)
  if (!['\0\x01\0\0', 'OTTO', 'true'].includes(table.toString('latin1', 0, 4))) return undefined
  const count = table.readUInt16BE(4)
  const entries = read(path, start + 12, count * 16)
  return new Map(
    Array.from({ length: count }, (_, index) => [
      entries.toString('latin1', index * 16, index * 16 + 4),
      { offset: entries.readUInt32BE(index * 16 + 8), length: entries.readUInt32BE(index * 16 + 12) },
    ]),
  )
}

function familiesIn(name: Buffer): string[] {
  const strings = name.readUInt16BE(4)
  const families = new Set<string>()
  for (let record = 6; record < 6 + 12 * name.readUInt16BE(2); record += 12) {
    const id = name.readUInt16BE(record + 6)
    if (name.readUInt16BE(record) !== 3 || (id !== FAMILY && id !== TYPOGRAPHIC_FAMILY)) continue // 3: Windows, UTF-16
    const from = strings + name.readUInt16BE(record + 10)
    const bytes = Buffer.from(name.subarray(from, from + name.readUInt16BE(record + 8)))
    families.add(bytes.swap16().toString('utf16le'))
  }
  return [...families]
}

/** Formats 4 (16 bits, in segments) and 12 (32 bits, in groups): the two that Chinese fonts have. */
function charactersIn(cmap: Buffer): (codePoint: number) => boolean {
  const ranges: [first: number, last: number][] = []
  for (let record = 4; record < 4 + 8 * cmap.readUInt16BE(2); record += 8) {
    const table = cmap.subarray(cmap.readUInt32BE(record + 4))
    const format = table.readUInt16BE(0)
    if (format === 12) {
      for (let group = 16; group < 16 + 12 * table.readUInt32BE(12); group += 12)
        ranges.push([table.readUInt32BE(group), table.readUInt32BE(group + 4)])
    } else if (format === 4) {
      const segments = table.readUInt16BE(6)
      for (let at = 0; at < segments; at += 2) ranges.push([table.readUInt16BE(16 + segments + at), table.readUInt16BE(14 + at)])
    }
  }
  return (codePoint) => codePoint !== 0xffff && ranges.some(([first, last]) => first <= codePoint && codePoint <= last)
}

function read(path: string, offset: number, length: number): Buffer {
  const file = openSync(path, 'r')
  try {
    const buffer = Buffer.alloc(length)
    readSync(file, buffer, 0, length, offset)
    return buffer
  } finally {
    closeSync(file)
  }
}
