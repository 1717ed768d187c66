import { addFile, dropFile, fileOf, filesOfCase, finishFile } from '#store/files.ts'
import { attachment } from '../attachment.ts'
import { concernSeen, officerOf, viewerOf } from '../reader.ts'
import { createHash, randomUUID } from 'node:crypto'
import { endingOf, endings, HEAD_BYTES, typeOf } from '#readings/file-kind.ts'
import { isUuid } from '#store/read-case.ts'
import { logEvent } from '#store/log-event.ts'
import { readerFor } from './acting.ts'
import { readQuery } from '../query.ts'
import { readsPersonal } from '#identity/permission.ts'
import { Readable } from 'node:stream'
import { Refusal } from '#engine/refusal.ts'
import { refuseHarmful, scannerFrom } from '../virus-scan.ts'
import { sendRefusal } from '../problem.ts'
import { Server } from '@tus/server'
import { z } from 'zod'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Services } from '../services.ts'
import type { StoredFile } from '#store/files.ts'

/** A file. `name`, `sha256` and `bytes` together are what a field of a step takes. */
export interface FileJson {
  readonly id: string
  /** `null` where who reads may not know it: names of files often are names of people. */
  readonly name: string | null
  readonly bytes: number
  /** `null` until the upload is whole. */
  readonly sha256: string | null
  readonly type: string | null
  readonly at: string
  /** The step of the case that named it first. */
  readonly seq: number | null
  readonly public: boolean
}

const MEGABYTE = 1024 * 1024

const purpose = z.string().trim().min(2).max(500)

type Upload = NonNullable<Parameters<NonNullable<ConstructorParameters<typeof Server>[0]['onUploadCreate']>>[1]>

/**
 * `/files`: resumable uploads after the tus protocol 1.0, and the files of a case. An upload is its uploader's until a step names it by
 * name, size and hash; from then on it is the case's. What is not public is read by who may read personal data, for a purpose, and the
 * reading is in the ledger.
 *
 * @param services.fileLimit largest file, in bytes
 */
export function fileApi(api: FastifyInstance, services: Services): void {
  const { store, vault, now, catalogue, fileLimit } = services
  const scanner = scannerFrom(process.env)
  /** What our own hooks refused, and who uploads: the protocol's own answers know neither. */
  const uploads = new WeakMap<object, { readonly person: string; refusal?: Refusal }>()

  const tus = new Server({
    path: '/api/v1/files',
    datastore: vault.uploads,
    relativeLocation: true,
    allowedOrigins: () => false,
    disableTerminationForFinishedUploads: true,
    namingFunction: () => randomUUID(),
    onUploadCreate: (request, upload) => hook(request, ({ person }) => begin(upload, person)),
    onUploadFinish: (request, upload) => hook(request, () => finish(upload)),
  })

  async function hook<T>(request: object, work: (own: { readonly person: string }) => Promise<T>): Promise<T> {
    const own = uploads.get(request)!
    try {
      return await work(own)
    } catch (error) {
      if (error instanceof Refusal) own.refusal = error
      throw error
    }
  }

  async function begin({ id, size, metadata }: Upload, person: string): Promise<Record<string, never>> {
    const name = metadata?.['filename'] ?? ''
    if (!isName(name)) throw nameMissing()
    if (endingOf(name) === undefined) throw typeNotAllowed(name)
    if (size === undefined || size === 0) throw empty()
    if (size > fileLimit) throw tooLarge(size, fileLimit)
    await addFile(store, { id, name, bytes: size, person, at: now() })
    return {}
  }

  async function finish({ id }: Upload): Promise<Record<string, never>> {
    const { name } = (await fileOf(store, id))!
    const { sha256, head } = await inspected(await vault.read(id))
    const type = await typeOf(endingOf(name)!, head)
    if (type === undefined) return refuse(id, typeDiffers(name))
    if (scanner !== undefined) await scan(id, name, scanner)
    await finishFile(store, id, { type, sha256 })
    return {}
  }

  /** What cannot be scanned is kept no more than what holds something. */
  async function scan(id: string, name: string, by: string): Promise<void> {
    try {
      await refuseHarmful(await vault.read(id), name, by)
    } catch (error) {
      if (error instanceof Refusal) return refuse(id, error)
      throw error
    }
  }

  async function refuse(id: string, refusal: Refusal): Promise<never> {
    await dropFile(store, id)
    await vault.remove(id)
    throw refusal
  }

  // The body goes to the vault as it comes; nothing of it is held here.
  api.addContentTypeParser('application/offset+octet-stream', (_request, _payload, done) => done(null))

  api.post(
    '/files',
    { config: { repeatable: true, takesLong: true }, schema: { summary: ['开始上传（tus 1.0）', 'Begin an upload (tus 1.0)'] } },
    (request, reply) => upload(request, reply),
  )
  for (const [method, summary] of [
    ['HEAD', ['查询已上传的长度', 'How much of an upload is there']],
    ['PATCH', ['续传', 'Go on with an upload']],
    ['DELETE', ['取消上传', 'Give an upload up']],
  ] as const) {
    api.route<{ Params: { id: string } }>({
      method,
      url: '/files/:id',
      config: { takesLong: true },
      schema: { summary },
      handler: async (request, reply) => {
        const file = await ownFile(request, request.params.id)
        if (method === 'DELETE' && !(await dropFile(store, file.id))) throw unknownFile()
        if (method === 'DELETE' && file.sha256 !== null) {
          await vault.remove(file.id)
          return reply.code(204).send()
        }
        return upload(request, reply)
      },
    })
  }

  api.get<{ Params: { id: string } }>(
    '/files/:id',
    { exposeHeadRoute: false, schema: { summary: ['自己上传的文件', 'A file of one’s own'], answer: 'FileJson' } },
    async (request): Promise<FileJson> => fileJson(await ownFile(request, request.params.id), true),
  )

  api.get<{ Params: { id: string } }>(
    '/cases/:id/files',
    { schema: { summary: ['案件的文件', 'The files of a case'], answer: 'FileJson[]' } },
    async (request): Promise<FileJson[]> => {
      const concern = await concernSeen(request, services, request.params.id)
      const readsNames = readsPersonal(viewerOf(request), concern, catalogue)
      return (await filesOfCase(store, request.params.id))
        .filter(({ erasedAt }) => erasedAt === null)
        .map((file) => fileJson(file, readsNames || file.isPublic))
    },
  )

  api.get<{ Params: { id: string; file: string } }>(
    '/cases/:id/files/:file',
    {
      exposeHeadRoute: false,
      config: { takesLong: true },
      schema: {
        summary: ['下载案件的文件；非公开的须写明用途', 'Download a file of a case; one that is not public for a purpose'],
        parameters: { purpose: purpose.optional() },
        refusals: ['permission.not-personal', 'file.range-unsatisfiable', 'file.store-unreachable'],
      },
    },
    async (request, reply) => {
      const { id, file: fileId } = request.params
      const concern = await concernSeen(request, services, id)
      const file = isUuid(fileId) ? await fileOf(store, fileId) : undefined
      if (file?.caseId !== id || file.erasedAt !== null) throw unknownFile()
      if (!file.isPublic) {
        const by = readerFor(request, services, concern)
        const asked = readQuery({ purpose }, request.query)
        await logEvent(store, { kind: 'reading', by, of: id, what: { purpose: asked.purpose, file: fileId }, at: now() })
      }
      return send(request, reply, file)
    },
  )

  async function send(request: FastifyRequest, reply: FastifyReply, file: StoredFile): Promise<FastifyReply> {
    const range = rangeOf(request.headers.range, file.bytes)
    if (range === 'unsatisfiable') {
      reply.header('content-range', `bytes */${file.bytes}`)
      throw noSuchRange(file.bytes)
    }
    const content = await vault.read(file.id, range)
    reply.headers({
      'content-type': file.type!,
      'content-disposition': attachment(`${file.id}.${endingOf(file.name)}`, file.name),
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-store',
      'accept-ranges': 'bytes',
      etag: `"${file.sha256}"`,
      'content-length': range ? range.last - range.first + 1 : file.bytes,
      ...(range ? { 'content-range': `bytes ${range.first}-${range.last}/${file.bytes}` } : {}),
    })
    return reply.code(range ? 206 : 200).send(content)
  }

  async function ownFile(request: FastifyRequest, id: string): Promise<StoredFile> {
    const { person } = officerOf(request)
    const file = isUuid(id) ? await fileOf(store, id) : undefined
    if (file?.person !== person || file.caseId !== null || file.erasedAt !== null) throw unknownFile()
    return file
  }

  /** Lets the protocol answer; what it refuses is put into our one shape. */
  async function upload(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { method, url, headers, raw } = request
    const hasBody = method === 'PATCH' || method === 'POST'
    const web = new Request(new URL(url, 'http://yifa'), {
      method,
      headers: Object.entries(headers).flatMap(([name, value]): [string, string][] => (typeof value === 'string' ? [[name, value]] : [])),
      ...(hasBody ? { body: Readable.toWeb(raw) as unknown as ReadableStream, duplex: 'half' } : {}),
    } as RequestInit)
    const own: { readonly person: string; refusal?: Refusal } = { person: officerOf(request).person }
    uploads.set(web, own)
    const answer = await tus.handleWeb(web as Parameters<typeof tus.handleWeb>[0])
    for (const [name, value] of answer.headers) if (!/^(access-control|content-)/i.test(name)) reply.header(name, value)
    if (own.refusal) throw own.refusal
    if (answer.status >= 400)
      return sendRefusal(request, reply, notUploaded((await answer.text()).trim()), answer.status >= 500 ? 503 : answer.status)
    return reply.code(answer.status).send()
  }
}

function fileJson({ id, name, bytes, sha256, type, at, seq, isPublic }: StoredFile, withName: boolean): FileJson {
  return { id, name: withName ? name : null, bytes, sha256, type, at, seq, public: isPublic }
}

/** Hash and beginning of a content, read once as a stream. */
async function inspected(content: Readable): Promise<{ sha256: string; head: Buffer }> {
  const hash = createHash('sha256')
  const head: Buffer[] = []
  let held = 0
  for await (const chunk of content as AsyncIterable<Buffer>) {
    hash.update(chunk)
    if (held < HEAD_BYTES) head.push(chunk.subarray(0, HEAD_BYTES - held))
    held += chunk.length
  }
  return { sha256: hash.digest('hex'), head: Buffer.concat(head) }
}

/** A name that a folder could hold: no path, no control or direction characters, which would show it as another. */
function isName(name: string): boolean {
  return (
    name.trim() !== '' && [...name].length <= 200 && name.isWellFormed() && !/[\p{Cc}\u2028-\u202e\u2066-\u2069\u200e\u200f/\\]/u.test(name)
  )
}

/** The one range that a request asks for; several, or what is no range, are answered with the whole (RFC 9110 §14.2). */
function rangeOf(header: string | undefined, bytes: number): { first: number; last: number } | 'unsatisfiable' | undefined {
  const [, from, to] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? []
  if (from === undefined || to === undefined || (from === '' && to === '')) return undefined
  const first = from === '' ? Math.max(0, bytes - Number(to)) : Number(from)
  const last = from === '' || to === '' ? bytes - 1 : Math.min(Number(to), bytes - 1)
  if (from !== '' && to !== '' && Number(to) < first) return undefined
  return first > last ? 'unsatisfiable' : { first, last }
}

const uploadBasis = [
  '上传按 tus 1.0 协议，可断点续传；名称、类型、大小有限制。',
  'Uploads follow tus 1.0 and can be resumed; names, kinds and sizes are limited.',
] as const

function nameMissing(): Refusal {
  return new Refusal({
    code: 'file.name-invalid',
    exit: 2,
    message: ['文件没有名称，或名称含有不可用的字符。', 'The file has no name, or one with characters that cannot be used.'],
    basis: uploadBasis,
    remedy: ['请改名后上传（Upload-Metadata 的 filename）。', 'Rename it and upload it (filename in Upload-Metadata).'],
  })
}

function typeNotAllowed(name: string): Refusal {
  return new Refusal({
    code: 'file.type-not-allowed',
    message: [`不接收“${name}”这类文件。`, `Files such as “${name}” are not taken.`],
    basis: uploadBasis,
    remedy: [`可上传：${endings.join('、')}。`, `May be uploaded: ${endings.join(', ')}.`],
  })
}

function typeDiffers(name: string): Refusal {
  return new Refusal({
    code: 'file.type-differs',
    message: [`“${name}”的内容与其扩展名不符，未予保存。`, `The content of “${name}” is not what its ending says: it was not kept.`],
    basis: ['类型按内容识别，不按名称。', 'The kind is found out from the content, not from the name.'],
    remedy: ['请用原来的程序另存为该格式后上传。', 'Save it in that format and upload it again.'],
  })
}

function empty(): Refusal {
  return new Refusal({
    code: 'file.empty',
    exit: 2,
    message: ['文件是空的，或没有写明长度。', 'The file is empty, or its length is not given.'],
    basis: uploadBasis,
    remedy: ['请选择有内容的文件。', 'Choose a file with content.'],
  })
}

function tooLarge(size: number, limit: number): Refusal {
  const [has, most] = [size, limit].map((bytes) => Math.ceil(bytes / MEGABYTE))
  return new Refusal({
    code: 'file.too-large',
    message: [`文件有 ${has} MB，上限为 ${most} MB。`, `The file has ${has} MB; at most ${most} MB are taken.`],
    basis: ['上限由运维人员设定。', 'The limit is set by whoever runs the machine.'],
    remedy: ['请压缩或分成几份。', 'Compress or divide it.'],
  })
}

function unknownFile(): Refusal {
  return new Refusal({
    code: 'upload.unknown',
    message: ['没有这个文件。', 'There is no such file.'],
    basis: ['未归案的文件只供上传人使用；归案后按案件权限。', 'Until a step names it a file is its uploader’s, then the case’s.'],
    remedy: ['请从案件页面进入，或重新上传。', 'Start from the case, or upload it again.'],
  })
}

function notUploaded(why: string): Refusal {
  return new Refusal({
    code: 'upload.refused',
    exit: 2,
    message: ['上传未被接受。', 'The upload was not accepted.'],
    basis: [why, why],
    remedy: ['请查询已上传的长度后续传，或重新上传。', 'Ask how much is there and go on, or upload it again.'],
  })
}

function noSuchRange(bytes: number): Refusal {
  return new Refusal({
    code: 'file.range-unsatisfiable',
    exit: 2,
    message: [`文件只有 ${bytes} 字节。`, `The file has ${bytes} bytes.`],
    basis: ['请求的范围在文件之外。', 'The range asked for lies outside it.'],
    remedy: ['请改正 Range。', 'Correct the range.'],
  })
}
