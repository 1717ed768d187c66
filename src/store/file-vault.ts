import { FileStore } from '@tus/file-store'
import fs from 'node:fs'
import path from 'node:path'
import { Refusal } from '#engine/refusal.ts'
import { S3Store } from '@tus/s3-store'
import type { DataStore } from '@tus/server'
import type { Readable } from 'node:stream'
import type { Store } from './store.ts'

/** Where the content of files lies, by the file's id: below the data folder, or in an S3-compatible store. */
export interface FileVault {
  /** What the resumable upload writes to. */
  readonly uploads: DataStore
  /**
   * The content, from its first byte to its last, or a range of it; both ends included.
   *
   * @param id of a file that is whole
   * @throws Refusal `file.store-unreachable`
   */
  read(id: string, range?: { readonly first: number; readonly last: number }): Promise<Readable>
  /** Writes a content that is whole, from a file of a backup. */
  write(id: string, file: string): Promise<void>
  /** Removes the content, or what there is of it; one that is not there is gone already. */
  remove(id: string): Promise<void>
}

/** An S3-compatible store: endpoint, bucket and key as its operator gives them. */
export interface S3Place {
  readonly endpoint: string
  readonly bucket: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** The S3 store that the environment names by YIFA_S3_ENDPOINT, _BUCKET, _REGION, _KEY_ID and _SECRET; absent: files lie in the data folder. */
export function s3From(environment: Readonly<Record<string, string | undefined>>): S3Place | undefined {
  const { YIFA_S3_ENDPOINT, YIFA_S3_BUCKET, YIFA_S3_REGION, YIFA_S3_KEY_ID, YIFA_S3_SECRET } = environment
  if (!YIFA_S3_ENDPOINT || !YIFA_S3_BUCKET) return undefined
  return {
    endpoint: YIFA_S3_ENDPOINT,
    bucket: YIFA_S3_BUCKET,
    region: YIFA_S3_REGION ?? 'us-east-1', // the name that stores without regions expect
    accessKeyId: YIFA_S3_KEY_ID ?? '',
    secretAccessKey: YIFA_S3_SECRET ?? '',
  }
}

/** The vault of a place. */
export function fileVault({ folder, region }: Pick<Store, 'folder' | 'region'>, s3 = s3From(process.env)): FileVault {
  return s3 ? inS3(s3) : inFolder(path.join(folder, 'files', region))
}

function inFolder(directory: string): FileVault {
  fs.mkdirSync(directory, { recursive: true, mode: 0o700 })
  const uploads = new FileStore({ directory })
  return {
    uploads,
    read: async (id, range) => fs.createReadStream(path.join(directory, id), range ? { start: range.first, end: range.last } : {}),
    async write(id, file) {
      const half = path.join(directory, `${id}.part`)
      await fs.promises.writeFile(half, fs.createReadStream(file), { mode: 0o600 })
      await fs.promises.rename(half, path.join(directory, id)) // a file of that name is always a whole one
    },
    remove: async (id) => {
      for (const name of [id, `${id}.json`]) await fs.promises.rm(path.join(directory, name), { force: true })
    },
  }
}

function inS3({ bucket, endpoint, region, accessKeyId, secretAccessKey }: S3Place): FileVault {
  const store = new S3Objects({
    s3ClientConfig: {
      bucket,
      endpoint,
      region,
      forcePathStyle: true,
      credentials: { accessKeyId, secretAccessKey },
      // By default each body is sent in signed chunks with a checksum behind it, which few stores but Amazon's own can read.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    },
  })
  return {
    uploads: store,
    read: (id, range) => store.readRange(id, range),
    write: (id, file) => store.put(id, file),
    remove: (id) => store.remove(id),
  }
}

/** The upload's own S3 client, for what uploads do not need: ranges, and contents that come back from a backup. */
class S3Objects extends S3Store {
  async readRange(id: string, range?: { readonly first: number; readonly last: number }): Promise<Readable> {
    const asked = range ? { Range: `bytes=${range.first}-${range.last}` } : {}
    try {
      const { Body } = await this.client.getObject({ Bucket: this.bucket, Key: id, ...asked })
      return Body as Readable
    } catch (error) {
      throw isDown(error) ? unreachable() : error
    }
  }

  async put(id: string, file: string): Promise<void> {
    await this.client.putObject({ Bucket: this.bucket, Key: id, Body: fs.createReadStream(file) })
  }

  /** To the library whatever goes wrong here is an upload that there is not, and a browser would begin anew when the store is only down. */
  override async getUpload(id: string): ReturnType<S3Store['getUpload']> {
    await this.getMetadata(id).catch(unlessGone)
    return super.getUpload(id)
  }

  /** Also what was broken off: the parts of a multipart upload, and the piece that was too small to be one. The library leaves the latter. */
  override async remove(id: string): Promise<void> {
    try {
      const { 'upload-id': uploadId } = await this.getMetadata(id)
      await this.client.abortMultipartUpload({ Bucket: this.bucket, Key: id, UploadId: uploadId })
    } catch (error) {
      unlessGone(error)
    }
    // One by one: of several at once (DeleteObjects) many stores ask a checksum of their own.
    for (const key of [id, this.partKey(id, true), this.infoKey(id)]) await this.client.deleteObject({ Bucket: this.bucket, Key: key })
    await this.clearCache(id)
  }
}

/** What S3 says of an upload that was completed, or was never begun. */
const GONE: readonly string[] = ['NoSuchKey', 'NoSuchUpload', 'NotFound']

function unlessGone(error: unknown): void {
  if (!(error instanceof Error) || !GONE.includes(error.name)) throw error
}

/** It did not answer, or said that it cannot now. What it denies is an error of ours. */
function isDown(error: unknown): boolean {
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode
  return status === undefined || status >= 500
}

function unreachable(): Refusal {
  return new Refusal({
    code: 'file.store-unreachable',
    message: ['文件暂时不能读取。', 'The file cannot be read just now.'],
    basis: ['存放文件的存储没有应答。', 'The store that holds the files does not answer.'],
    remedy: ['请稍后再试；仍不成功的，请联系运维人员。', 'Try again later; if it fails again, tell whoever runs the machine.'],
  })
}
