import { createHash, randomUUID } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { S3Place } from '#store/file-vault.ts'

/** Every part of a multipart upload but the last: Amazon S3 User Guide, “multipart upload limits”. */
const LEAST_PART = 5 * 1024 * 1024

interface Held {
  readonly content: Buffer
  readonly headers: Readonly<Record<string, string>>
}

interface Multipart {
  readonly key: string
  readonly parts: Map<number, Buffer>
}

/** An S3-compatible store for tests, and what it holds. */
export interface S3Double {
  readonly place: S3Place
  /** By their keys. */
  readonly objects: ReadonlyMap<string, { readonly content: Buffer }>
  /** Begun and neither completed nor aborted: their parts are kept, and paid for. */
  readonly multiparts: ReadonlyMap<string, { readonly key: string }>
  /** `METHOD operation` of every request so far. */
  readonly asked: readonly string[]
  /** While true every request is answered 503, as by a store that is down. */
  isDown: boolean
  close(): Promise<void>
}

/**
 * The part of the S3 API that files need, as its reference documents it: PutObject, GetObject with ranges, HeadObject, DeleteObject, and the
 * five operations of a multipart upload. It is as little obliging as the least of the compatible stores: path-style addresses, a signature
 * in every request, a length before every body, no chunked signing, no DeleteObjects.
 */
export async function s3Double(): Promise<S3Double> {
  const objects = new Map<string, Held>()
  const multiparts = new Map<string, Multipart>()
  const asked: string[] = []
  const server = createServer((request, response) => {
    answer(request).then(
      ({ status = 200, headers = {}, body = '' }) => response.writeHead(status, headers).end(body),
      (error: unknown) => fail(response, error),
    )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const place = {
    endpoint: `http://127.0.0.1:${port}`,
    bucket: 'yifa-files',
    region: 'us-east-1',
    accessKeyId: 'TESTKEY',
    secretAccessKey: 'not a secret',
  }
  const double: S3Double = {
    place,
    objects,
    multiparts,
    asked,
    isDown: false,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return double

  async function answer(
    request: IncomingMessage,
  ): Promise<{ status?: number; headers?: Record<string, string | number>; body?: string | Buffer }> {
    const { pathname, searchParams } = new URL(request.url!, place.endpoint)
    const body = await buffer(request)
    if (double.isDown) throw new S3Error(503, 'ServiceUnavailable')
    refuseUnsigned(request, body)
    const [, bucket, key] = /^\/([^/]+)\/(.+)$/.exec(decodeURIComponent(pathname)) ?? []
    if (bucket !== place.bucket) throw new S3Error(404, 'NoSuchBucket')
    if (key === undefined) throw new S3Error(501, 'NotImplemented')
    const uploadId = searchParams.get('uploadId')
    const operation = `${request.method} ${searchParams.has('uploads') ? 'uploads' : uploadId === null ? 'object' : 'upload'}`
    asked.push(operation)
    if (operation === 'POST uploads') {
      const id = randomUUID()
      multiparts.set(id, { key, parts: new Map() })
      return xml(
        `<InitiateMultipartUploadResult><Bucket>${bucket}</Bucket><Key>${key}</Key><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
      )
    }
    if (uploadId !== null) {
      const multipart = multiparts.get(uploadId)
      if (multipart?.key !== key) throw new S3Error(404, 'NoSuchUpload')
      if (request.method === 'DELETE') {
        multiparts.delete(uploadId)
        return { status: 204 }
      }
      if (request.method === 'PUT') {
        multipart.parts.set(Number(searchParams.get('partNumber')), body)
        return { headers: { etag: etag(body) } }
      }
      if (request.method === 'GET') return xml(partsOf(multipart))
      objects.set(key, { content: completed(multipart, body.toString()), headers: {} })
      multiparts.delete(uploadId)
      return xml(`<CompleteMultipartUploadResult><Bucket>${bucket}</Bucket><Key>${key}</Key></CompleteMultipartUploadResult>`)
    }
    if (request.method === 'PUT') {
      const kept = Object.entries(request.headers).filter(([name]) => name.startsWith('x-amz-meta-'))
      objects.set(key, { content: body, headers: Object.fromEntries(kept) as Record<string, string> })
      return { headers: { etag: etag(body) } }
    }
    if (request.method === 'DELETE') {
      objects.delete(key) // one that is not there is answered alike
      return { status: 204 }
    }
    const held = objects.get(key)
    if (!held) throw new S3Error(404, 'NoSuchKey')
    const headers = { ...held.headers, etag: etag(held.content), 'accept-ranges': 'bytes' }
    if (request.method === 'HEAD') return { headers: { ...headers, 'content-length': held.content.length } }
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? []
    if (first === undefined) return { headers, body: held.content }
    const part = held.content.subarray(Number(first), Number(last) + 1)
    return { status: 206, headers: { ...headers, 'content-range': `bytes ${first}-${last}/${held.content.length}` }, body: part }
  }

  /** Every request is signed by the key of the place, and says what it signs of its body. */
  function refuseUnsigned({ method, headers }: IncomingMessage, body: Buffer): void {
    const signed = new RegExp(
      `^AWS4-HMAC-SHA256 Credential=${place.accessKeyId}/\\d{8}/${place.region}/s3/aws4_request, SignedHeaders=\\S*host\\S*, Signature=[0-9a-f]{64}$`,
    )
    if (!signed.test(headers.authorization ?? '')) throw new S3Error(403, 'AccessDenied')
    if (headers['content-encoding'] === 'aws-chunked') throw new S3Error(501, 'NotImplemented')
    if ((method === 'PUT' || method === 'POST') && headers['content-length'] === undefined) throw new S3Error(411, 'MissingContentLength')
    const digest = headers['x-amz-content-sha256']
    if (digest !== 'UNSIGNED-PAYLOAD' && digest !== createHash('sha256').update(body).digest('hex'))
      throw new S3Error(400, 'XAmzContentSHA256Mismatch')
  }

  function partsOf({ key, parts }: Multipart): string {
    const each = [...parts].map(
      ([number, part]) => `<Part><PartNumber>${number}</PartNumber><ETag>${etag(part)}</ETag><Size>${part.length}</Size></Part>`,
    )
    return `<ListPartsResult><Key>${key}</Key><IsTruncated>false</IsTruncated>${each.join('')}</ListPartsResult>`
  }

  function completed({ parts }: Multipart, asked: string): Buffer {
    const numbers = [...asked.matchAll(/<PartNumber>(\d+)<\/PartNumber>/g)].map(([, number]) => Number(number))
    const contents = numbers.map((number) => {
      const part = parts.get(number)
      if (!part || !asked.includes(etag(part).replaceAll('"', ''))) throw new S3Error(400, 'InvalidPart')
      return part
    })
    if (contents.length === 0) throw new S3Error(400, 'MalformedXML')
    if (contents.slice(0, -1).some(({ length }) => length < LEAST_PART)) throw new S3Error(400, 'EntityTooSmall')
    return Buffer.concat(contents)
  }
}

class S3Error extends Error {
  readonly status: number

  constructor(status: number, code: string) {
    super(code)
    this.status = status
  }
}

function fail(response: ServerResponse, error: unknown): void {
  const { status, message } = error instanceof S3Error ? error : { status: 500, message: String(error) }
  response
    .writeHead(status, { 'content-type': 'application/xml' })
    .end(`<Error><Code>${message}</Code><Message>${message}</Message></Error>`)
}

function xml(body: string): { headers: Record<string, string>; body: string } {
  return { headers: { 'content-type': 'application/xml' }, body: `<?xml version="1.0" encoding="UTF-8"?>${body}` }
}

const etag = (content: Buffer): string => `"${createHash('md5').update(content).digest('hex')}"`
