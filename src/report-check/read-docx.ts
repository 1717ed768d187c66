import { strFromU8, unzipSync } from 'fflate'
import { Refusal } from '#engine/refusal.ts'

/** A report's document part, unpacked, stays far below this; what unpacks to more is a zip bomb. */
const LARGEST_PART_BYTES = 100 * 1024 * 1024

/**
 * The text of a Word document: one paragraph per `w:p`, parted by blank lines; tables as rows of cells between `|`; footnotes at the end.
 *
 * Only what the document shows is read: deleted text of tracked changes (`w:delText`) and field codes are left out.
 *
 * @throws Refusal `report.docx-broken`, where the file is no zip, is cut short, holds no `word/document.xml`, or unpacks beyond measure
 */
export function readDocx(bytes: Uint8Array, path: string): string {
  const parts = unpack(bytes, path)
  const document = parts['word/document.xml']
  if (document === undefined) throw broken(path, ['其中没有 word/document.xml', 'it holds no word/document.xml'])

  const xml = strFromU8(document)
  if (!/<\/w:document>\s*$/.test(xml)) throw broken(path, ['word/document.xml 不完整', 'its word/document.xml is cut short'])
  const notes = parts['word/footnotes.xml'] === undefined ? '' : textOfXml(strFromU8(parts['word/footnotes.xml']))
  return [textOfXml(xml), notes].filter((text) => text !== '').join('\n\n')
}

function unpack(bytes: Uint8Array, path: string): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (name !== 'word/document.xml' && name !== 'word/footnotes.xml') return false
        if (originalSize > LARGEST_PART_BYTES) throw broken(path, ['解压后过大', 'it unpacks to too much'])
        return true
      },
    })
  } catch (cause) {
    if (cause instanceof Refusal) throw cause
    throw broken(path, ['不是完整的 zip 压缩包', 'it is no complete zip archive'], cause)
  }
}

const TAG = /<(\/?)(w:[A-Za-z]+)([^<>]*?)(\/?)>|([^<]+)/g

/** Reads the tags in order; paragraphs inside a table's cell become part of the cell. */
function textOfXml(xml: string): string {
  let text = ''
  let depth = 0
  let inText = false
  for (const [, closing, tag, , empty, characters] of xml.matchAll(TAG)) {
    if (characters !== undefined) {
      if (inText) text += unescaped(characters)
      continue
    }
    const opens = closing === '' && empty === ''
    if (tag === 'w:t') inText = opens
    if (tag === 'w:tab' && depth >= 0 && closing === '') text += ' '
    if ((tag === 'w:br' || tag === 'w:cr') && closing === '') text += depth > 0 ? ' ' : '\n'
    if (tag === 'w:tbl' && opens) depth += 1
    if (tag === 'w:tbl' && closing !== '') depth -= 1
    // A table within a cell is told as part of that cell.
    if (tag === 'w:tr' && opens && depth === 1) text += '|'
    if (tag === 'w:tc' && closing !== '' && depth === 1) text += '|'
    if (tag === 'w:tr' && closing !== '' && depth === 1) text += '\n'
    if (tag === 'w:p' && !opens) text += depth > 0 ? ' ' : '\n\n'
    if (tag === 'w:tbl' && closing !== '' && depth === 0) text += '\n'
  }
  return text.replace(/\n{3,}/g, '\n\n').trim()
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function unescaped(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/g,
    (printed, hex: string | undefined, decimal: string | undefined, name: string | undefined) => {
      if (name !== undefined) return ENTITIES[name] ?? printed
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
      return code <= 0x10ffff ? String.fromCodePoint(code) : printed
    },
  )
}

function broken(path: string, why: readonly [zh: string, en: string], cause?: unknown): Refusal {
  return new Refusal({
    code: 'report.docx-broken',
    message: [`文件 ${path} 不是完好的 Word 文档：${why[0]}。`, `${path} is no intact Word document: ${why[1]}.`],
    basis: ['docx 是装有 word/document.xml 的 zip 压缩包。', 'A docx file is a zip archive that holds word/document.xml.'],
    remedy: [
      '请在文字处理软件中打开并另存为 docx，或者重新取得该文件。',
      'Open it in a word processor and save it as docx again, or obtain the file anew.',
    ],
    cause,
  })
}
