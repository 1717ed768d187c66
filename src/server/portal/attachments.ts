import { addFile, finishFile } from '#store/files.ts'
import { createHash, randomUUID } from 'node:crypto'
import { endingOf, endings, HEAD_BYTES, typeOf } from '#readings/file-kind.ts'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { partyPerson } from '#store/hand-ins.ts'
import { Readable } from 'node:stream'
import { Refusal } from '#engine/refusal.ts'
import { refuseHarmful, scannerFrom } from '../virus-scan.ts'
import { withoutLocation } from '#readings/photo-location.ts'
import type { FastifyRequest } from 'fastify'
import type { Services } from '../services.ts'

/** 20 MB: a scan of some dozens of pages. What is larger is brought on a disc. */
const PORTAL_FILE_LIMIT = 20 * 1024 * 1024
export const MEGABYTE = 1024 * 1024

export function portalFileLimit({ fileLimit }: Pick<Services, 'fileLimit'>): number {
  return Math.min(fileLimit, PORTAL_FILE_LIMIT)
}

/** A form with a file in it. */
export interface Sent {
  readonly body: Readonly<Record<string, string>>
  readonly file: { readonly name: string; readonly content: Buffer; readonly isTooLarge: boolean } | undefined
}

/** Reads a form of `multipart/form-data`; of a file that is too large no more is held than the limit. */
export async function readSent(request: FastifyRequest, services: Services): Promise<Sent> {
  const body: Record<string, string> = {}
  let file: Sent['file']
  for await (const part of request.parts({ limits: { fileSize: portalFileLimit(services), files: 1, fields: 10 } })) {
    if (part.type === 'field') body[part.fieldname] = typeof part.value === 'string' ? part.value : ''
    else {
      const chunks: Buffer[] = []
      for await (const chunk of part.file as AsyncIterable<Buffer>) chunks.push(chunk)
      file = { name: part.filename, content: Buffer.concat(chunks), isTooLarge: part.file.truncated }
    }
  }
  return { body, file }
}

/**
 * Keeps an attachment of a matter; where a photograph was taken is removed.
 *
 * @throws Refusal `file.empty` · `file.too-large` · `file.type-not-allowed` · `file.type-differs` · `file.infected` · `file.scanner-unreachable`
 */
export async function keepAttachment(services: Services, id: string, file: Sent['file'], keepsLocation: boolean): Promise<void> {
  const { store, vault, now } = services
  const name = file?.name.replaceAll(/[\p{Cc}\u2028-\u202e\u2066-\u2069\u200e\u200f/\\]/gu, '').slice(-200) ?? ''
  if (file === undefined || name === '' || file.content.length === 0) throw noFile()
  if (file.isTooLarge) throw tooLarge(portalFileLimit(services))
  const ending = endingOf(name)
  if (ending === undefined) throw notTaken(name)
  const type = await typeOf(ending, file.content.subarray(0, HEAD_BYTES))
  if (type === undefined) throw differs(name)
  const scanner = scannerFrom(process.env)
  if (scanner !== undefined) await refuseHarmful(Readable.from([file.content]), name, scanner)
  const content = type === 'image/jpeg' && !keepsLocation ? withoutLocation(file.content) : file.content
  const fileId = randomUUID()
  const folder = await fs.promises.mkdtemp(path.join(os.tmpdir(), 'yifa-attachment-'))
  try {
    const half = path.join(folder, 'content')
    await fs.promises.writeFile(half, content, { mode: 0o600 })
    await addFile(store, { id: fileId, name, bytes: content.length, person: partyPerson(id), at: now() })
    await vault.write(fileId, half)
    await finishFile(store, fileId, { type, sha256: createHash('sha256').update(content).digest('hex') })
  } finally {
    await fs.promises.rm(folder, { recursive: true, force: true })
  }
}

const basis = ['附件的类型和大小有限制。', 'Kinds and sizes of attachments are limited.'] as const

function noFile(): Refusal {
  return new Refusal({
    code: 'file.empty',
    exit: 2,
    message: ['没有选择文件，或文件是空的。', 'No file was chosen, or it is empty.'],
    basis,
    remedy: ['请选择有内容的文件。', 'Choose a file with content.'],
  })
}

function tooLarge(limit: number): Refusal {
  return new Refusal({
    code: 'file.too-large',
    message: [`文件超过 ${limit / MEGABYTE} MB，没有保存。`, `The file has more than ${limit / MEGABYTE} MB: it was not kept.`],
    basis,
    remedy: ['请压缩或分成几份，或者当面提交。', 'Compress or divide it, or bring it in person.'],
  })
}

function notTaken(name: string): Refusal {
  return new Refusal({
    code: 'file.type-not-allowed',
    message: [`不接收“${name}”这类文件。`, `Files such as “${name}” are not taken.`],
    basis,
    remedy: [`可上传：${endings.join('、')}。`, `May be uploaded: ${endings.join(', ')}.`],
  })
}

function differs(name: string): Refusal {
  return new Refusal({
    code: 'file.type-differs',
    message: [`“${name}”的内容与其扩展名不符，没有保存。`, `The content of “${name}” is not what its ending says: it was not kept.`],
    basis: ['类型按内容识别，不按名称。', 'The kind is found out from the content, not from the name.'],
    remedy: ['请另存为该格式后上传。', 'Save it in that format and upload it again.'],
  })
}
