import { readFile, stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { Refusal } from '#engine/refusal.ts'
import { readDocx } from './read-docx.ts'

/** A report is a text; what is larger than this is something else. */
export const LARGEST_BYTES = 50 * 1024 * 1024

/**
 * Reads a report's text from a file: `.txt` and `.md` in UTF-8 (UTF-16 with a byte order mark is read too), or `.docx`.
 *
 * @throws Refusal `report.file-missing`, `report.format-unknown` (both exit 2), `report.too-large`, `report.empty`, `report.not-utf8`, `report.docx-broken`
 */
export async function readReport(path: string): Promise<string> {
  const read = readerFor(path)
  const found = await stat(path).catch(() => undefined)
  if (found === undefined || !found.isFile()) throw fileMissing(path)
  if (found.size > LARGEST_BYTES) throw tooLarge(path, found.size)

  const text = read(await readFile(path), path)
  if (text.trim() === '') throw empty(path)
  return text
}

/** The text of a `.txt` or `.md` file. */
export function readPlain(bytes: Uint8Array, path: string): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw notUtf8(path, bytes, cause)
  }
}

type Reader = (bytes: Uint8Array, path: string) => string

function readerFor(path: string): Reader {
  const extension = extname(path).toLowerCase()
  if (extension === '.docx') return readDocx
  if (extension === '.txt' || extension === '.md' || extension === '.markdown') return readPlain
  throw formatUnknown(path, extension)
}

const FORMATS = ['可核对的文件为 txt、md、docx。', 'A report is checked from a txt, md or docx file.'] as const

function fileMissing(path: string): Refusal {
  return new Refusal({
    code: 'report.file-missing',
    message: [`找不到文件：${path}`, `There is no file ${path}.`],
    basis: ['核对报告须读取一个已有的文件。', 'The check reads a file that exists.'],
    remedy: ['请检查路径和文件名。', 'Check the path and the name.'],
    exit: 2,
  })
}

function formatUnknown(path: string, extension: string): Refusal {
  const isOther = extension === '.doc' || extension === '.wps' || extension === '.pdf' || extension === '.ofd' || extension === '.rtf'
  return new Refusal({
    code: 'report.format-unknown',
    message: [`不能读取此类文件：${path}`, `Files of this kind cannot be read: ${path}`],
    basis: FORMATS,
    remedy: isOther
      ? [
          '请在文字处理软件中另存为 docx，或者复制文字存为 UTF-8 编码的 txt。',
          'Save it as docx in a word processor, or copy its text into a txt file in UTF-8.',
        ]
      : ['请将报告存为 txt、md 或 docx，并使用相应的扩展名。', 'Save the report as txt, md or docx, with that extension.'],
    exit: 2,
  })
}

function tooLarge(path: string, bytes: number): Refusal {
  const [megabytes, largest] = [Math.ceil(bytes / 1024 / 1024), LARGEST_BYTES / 1024 / 1024]
  return new Refusal({
    code: 'report.too-large',
    message: [`文件 ${path} 有 ${megabytes} MB，超过 ${largest} MB。`, `${path} has ${megabytes} MB, more than ${largest} MB.`],
    basis: [`一份报告的文字不会超过 ${largest} MB。`, `The text of a report does not exceed ${largest} MB.`],
    remedy: ['请只保存报告的文字，不含图片和附件。', 'Save the text of the report alone, without pictures and annexes.'],
  })
}

function empty(path: string): Refusal {
  return new Refusal({
    code: 'report.empty',
    message: [`文件 ${path} 中没有文字。`, `${path} holds no text.`],
    basis: ['没有文字就没有可核对的数字。', 'Without text there are no figures to check.'],
    remedy: ['如果报告是扫描件，请先识别成文字再保存。', 'If the report is a scan, have its text recognised and saved first.'],
  })
}

function notUtf8(path: string, bytes: Uint8Array, cause: unknown): Refusal {
  const isGb18030 = decodes('gb18030', bytes)
  return new Refusal({
    code: 'report.not-utf8',
    message: isGb18030
      ? [`文件 ${path} 不是 UTF-8 编码，看来是 GBK（GB18030）编码。`, `${path} is not in UTF-8; it appears to be in GBK (GB18030).`]
      : [`文件 ${path} 不是 UTF-8 编码。`, `${path} is not in UTF-8.`],
    basis: [
      '按猜测的编码读取会读错字，核对结果就不可靠。',
      'Read in an encoding that is only guessed, characters may be wrong and the check cannot be relied on.',
    ],
    remedy: ['请在文字编辑软件中另存为 UTF-8 编码后再核对。', 'Save it as UTF-8 in a text editor and check it again.'],
    cause,
  })
}

function decodes(encoding: string, bytes: Uint8Array): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}
