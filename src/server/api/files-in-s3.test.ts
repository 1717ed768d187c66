import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { backup, restore } from '#store/backup.ts'
import { createHash } from 'node:crypto'
import { erasePersonal } from '#store/erase-personal.ts'
import { exampleOffice } from '../../../tools/e2e/example-office.ts'
import { fileOf, sweepFiles } from '#store/files.ts'
import { fileVault } from '#store/file-vault.ts'
import { openStore } from '#store/store.ts'
import { s3Double } from '../../../tools/e2e/s3-double.ts'
import type { ExampleOffice } from '../../../tools/e2e/example-office.ts'
import type { FileJson } from './files.ts'
import type { S3Double } from '../../../tools/e2e/s3-double.ts'

// The same files where they lie in an S3-compatible store: what is special there is that parts have a least size and that what is broken off
// stays, unseen, until somebody removes it.

const MEGABYTE = 1024 * 1024

let s3: S3Double
let own: ExampleOffice

before(async () => {
  s3 = await s3Double()
  const { endpoint, bucket, region, accessKeyId, secretAccessKey } = s3.place
  Object.assign(process.env, {
    YIFA_S3_ENDPOINT: endpoint,
    YIFA_S3_BUCKET: bucket,
    YIFA_S3_REGION: region,
    YIFA_S3_KEY_ID: accessKeyId,
    YIFA_S3_SECRET: secretAccessKey,
  })
  own = await exampleOffice({ fileLimit: 20 * MEGABYTE })
})

after(async () => {
  await own.close()
  await s3.close()
})

const tus = { 'tus-resumable': '1.0.0' }
const keysOf = (id: string): string[] => [...s3.objects.keys()].filter((key) => key.startsWith(id))
const unfinished = (id: string): number => [...s3.multiparts.values()].filter(({ key }) => key === id).length
const ref = ({ name, sha256, bytes }: FileJson) => ({ name, sha256, bytes })

/** A PDF by its first bytes; the rest differs from place to place, so that parts in a wrong order would show. */
function pdf(bytes: number): Buffer {
  const content = Buffer.alloc(bytes)
  for (let at = 0; at + 4 <= bytes; at += 4) content.writeUInt32BE(at, at)
  content.write('%PDF-1.7\n')
  return content
}

async function begun(name: string, bytes: number): Promise<{ url: string; id: string }> {
  const metadata = `filename ${Buffer.from(name).toString('base64')}`
  const answer = await own.as('clerk', 'POST', '/api/v1/files', undefined, {
    ...tus,
    'upload-length': String(bytes),
    'upload-metadata': metadata,
  })
  assert.equal(answer.statusCode, 201, answer.body)
  const url = String(answer.headers['location'])
  return { url, id: url.split('/').at(-1)! }
}

const go = (url: string, offset: number, part: Buffer) =>
  own.as('clerk', 'PATCH', url, part, { ...tus, 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) })

const offsetOf = async (url: string): Promise<number> =>
  Number((await own.as('clerk', 'HEAD', url, undefined, tus)).headers['upload-offset'])

async function uploaded(name: string, content: Buffer): Promise<FileJson> {
  const { url } = await begun(name, content.length)
  const answer = await go(url, 0, content)
  assert.equal(answer.statusCode, 204, answer.body)
  return (await own.as('clerk', 'GET', url)).json()
}

/** A case with the file in it, not public. */
async function attached(file: FileJson): Promise<string> {
  const id = await own.opened()
  const answer = await own.as('clerk', 'POST', `/api/v1/cases/${id}/steps`, { step: 'attach', input: { papers: [ref(file)] }, expected: 1 })
  assert.equal(answer.statusCode, 201, answer.body)
  return id
}

async function whileDown<T>(act: () => Promise<T>): Promise<T> {
  s3.isDown = true
  try {
    return await act()
  } finally {
    s3.isDown = false
  }
}

test('an upload in pieces small and large goes on after a restart in the middle, and is whole and hashed', async () => {
  const content = pdf(13 * MEGABYTE)
  const { url, id } = await begun('材料𠮷.pdf', content.length)
  // A piece below the least size of a part, then one with which it makes a part.
  assert.equal((await go(url, 0, content.subarray(0, MEGABYTE))).statusCode, 204)
  assert.equal((await go(url, MEGABYTE, content.subarray(MEGABYTE, 7 * MEGABYTE))).statusCode, 204)
  assert.equal((await go(url, 7 * MEGABYTE, content.subarray(7 * MEGABYTE, 8 * MEGABYTE))).statusCode, 204)

  await own.restart()
  assert.equal(await offsetOf(url), 8 * MEGABYTE)
  assert.equal((await go(url, 3, content.subarray(3))).statusCode, 409, 'from where it does not stand')
  assert.equal((await go(url, 8 * MEGABYTE, content.subarray(8 * MEGABYTE))).statusCode, 204)
  const file = (await own.as('clerk', 'GET', url)).json() as FileJson
  assert.deepEqual(ref(file), { name: '材料𠮷.pdf', sha256: createHash('sha256').update(content).digest('hex'), bytes: content.length })
  assert.equal(file.type, 'application/pdf')
  assert.equal(unfinished(id), 0)
})

test('a store that is down is no missing upload: it goes on from where it stood', async () => {
  const content = pdf(2 * MEGABYTE)
  const { url } = await begun('断线.pdf', content.length)
  const refused = await whileDown(() => go(url, 0, content))
  assert.deepEqual([refused.statusCode, refused.json().code], [503, 'upload.refused'])
  assert.equal(await offsetOf(url), 0)
  assert.equal((await go(url, 0, content)).statusCode, 204)
})

test('a content that lies about its kind is removed there too', async () => {
  const { url, id } = await begun('a.pdf', 100)
  const lies = await go(url, 0, Buffer.concat([Buffer.from('MZ'), Buffer.alloc(98)]))
  assert.deepEqual([lies.statusCode, lies.json().code], [415, 'file.type-differs'])
  assert.deepEqual([keysOf(id), unfinished(id)], [[], 0])
})

test('a file is read whole and by ranges', async () => {
  const content = pdf(MEGABYTE)
  const file = await uploaded('下载.pdf', content)
  const at = `/api/v1/cases/${await attached(file)}/files/${file.id}?purpose=${encodeURIComponent('核对')}`
  const whole = await own.as('clerk', 'GET', at)
  assert.ok(whole.rawPayload.equals(content))
  const part = await own.as('clerk', 'GET', at, undefined, { range: 'bytes=1000-1999' })
  assert.deepEqual([part.statusCode, part.headers['content-range']], [206, `bytes 1000-1999/${content.length}`])
  const later = await whileDown(() => own.as('clerk', 'GET', at))
  assert.deepEqual([later.statusCode, later.json().code], [503, 'file.store-unreachable'])
  assert.match(String(later.headers['content-type']), /json/)
  assert.ok(part.rawPayload.equals(content.subarray(1000, 2000)))
  const end = await own.as('clerk', 'GET', at, undefined, { range: 'bytes=-10' })
  assert.ok(end.rawPayload.equals(content.subarray(-10)))
})

test('an upload given up or forgotten leaves nothing behind, neither its parts nor a piece below their size', async () => {
  for (const pieces of [MEGABYTE, 6 * MEGABYTE]) {
    const content = pdf(12 * MEGABYTE)
    const givenUp = await begun('放弃.pdf', content.length)
    assert.equal((await go(givenUp.url, 0, content.subarray(0, pieces))).statusCode, 204)
    assert.equal((await own.as('clerk', 'DELETE', givenUp.url, undefined, tus)).statusCode, 204)
    assert.deepEqual([keysOf(givenUp.id), unfinished(givenUp.id)], [[], 0], `given up after ${pieces}`)

    const forgotten = await begun('忘了.pdf', content.length)
    assert.equal((await go(forgotten.url, 0, content.subarray(0, pieces))).statusCode, 204)
    assert.equal(unfinished(forgotten.id), 1)
    await sweepFiles(own.office.store, fileVault(own.office.store), '2024-03-12T11:00:01+08:00')
    assert.deepEqual([keysOf(forgotten.id), unfinished(forgotten.id)], [[], 0], `forgotten after ${pieces}`)
  }
})

test('what is erased goes from the store, also where that was down when it was first tried', async () => {
  const file = await uploaded('身份证.pdf', pdf(MEGABYTE))
  const id = await attached(file)
  const { store } = own.office
  await erasePersonal(store, id, '本人申请', { post: 'head', person: '虚构丙', organ: 'justice' }, own.now)
  await whileDown(() => assert.rejects(sweepFiles(store, fileVault(store), own.now)))
  assert.ok(keysOf(file.id).length > 0 && (await fileOf(store, file.id)) !== undefined, 'it is still known that it must go')
  await sweepFiles(store, fileVault(store), own.now)
  assert.deepEqual([keysOf(file.id), await fileOf(store, file.id)], [[], undefined])
})

test('a backup takes the files with it, and a restore brings them into an empty bucket', async (t) => {
  const content = pdf(6 * MEGABYTE)
  const file = await uploaded('备份.pdf', content)
  await attached(file)
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'yifa-files-s3-'))
  fs.chmodSync(root, 0o755) // the database's user must reach it
  t.after(() => fs.rmSync(root, { recursive: true, force: true }))
  const saved = path.join(root, 'saved.gz')
  assert.ok((await backup(own.office.store, saved, own.now)).files > 0)
  const vault = fileVault(own.office.store)
  await vault.remove(file.id)
  assert.deepEqual(keysOf(file.id), [])
  const elsewhere = await openStore({ folder: path.join(root, 'data'), region: '321302', as: 'own' })
  t.after(() => elsewhere.close())
  await restore(elsewhere, saved)
  assert.ok(s3.objects.get(file.id)!.content.equals(content))
})
