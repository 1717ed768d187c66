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
import { text } from 'node:stream/consumers'
import type { ExampleOffice } from '../../../tools/e2e/example-office.ts'
import type { FileJson } from './files.ts'

let own: ExampleOffice
before(async () => {
  own = await exampleOffice({ fileLimit: 1000 })
})
after(() => own.close())

const pdf = (text: string): Buffer => Buffer.from(`%PDF-1.7\n%âãÏÓ\n${text}`)
const tus = { 'tus-resumable': '1.0.0' }

function begin(person: string, name: string, bytes: number) {
  const metadata = `filename ${Buffer.from(name).toString('base64')}`
  return own.as(person, 'POST', '/api/v1/files', undefined, { ...tus, 'upload-length': String(bytes), 'upload-metadata': metadata })
}

function go(person: string, url: string, offset: number, part: Buffer) {
  const headers = { ...tus, 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) }
  return own.as(person, 'PATCH', url, part, headers)
}

async function uploaded(person: string, name: string, content: Buffer): Promise<FileJson> {
  const url = String((await begin(person, name, content.length)).headers['location'])
  assert.equal((await go(person, url, 0, content)).statusCode, 204)
  return (await own.as(person, 'GET', url)).json()
}

const ref = ({ name, sha256, bytes }: FileJson) => ({ name, sha256, bytes })

test('an upload broken off goes on where it stopped, and is hashed', async () => {
  const content = pdf('resumed')
  const created = await begin('clerk', '投诉材料𠮷.pdf', content.length)
  assert.equal(created.statusCode, 201)
  const url = String(created.headers['location'])
  assert.match(url, /^\/api\/v1\/files\/[0-9a-f-]{36}$/)
  assert.equal((await go('clerk', url, 0, content.subarray(0, 7))).statusCode, 204)
  assert.equal((await own.as('clerk', 'GET', url)).json().sha256, null)
  const there = await own.as('clerk', 'HEAD', url, undefined, tus)
  assert.equal(there.headers['upload-offset'], '7')
  assert.equal((await go('clerk', url, 3, content.subarray(3))).statusCode, 409)
  const whole = await go('clerk', url, 7, content.subarray(7))
  assert.deepEqual([whole.statusCode, whole.headers['upload-offset']], [204, String(content.length)])
  const file = (await own.as('clerk', 'GET', url)).json() as FileJson
  assert.deepEqual(ref(file), { name: '投诉材料𠮷.pdf', sha256: createHash('sha256').update(content).digest('hex'), bytes: content.length })
  assert.equal(file.type, 'application/pdf')
})

test('what is no such file, too large, empty, badly named or lies about its kind is refused', async () => {
  const code = async (name: string, bytes: number) => {
    const answer = await begin('clerk', name, bytes)
    return [answer.statusCode, answer.json().code]
  }
  assert.deepEqual(await code('a.exe', 10), [415, 'file.type-not-allowed'])
  assert.deepEqual(await code('a.pdf', 1001), [413, 'file.too-large'])
  assert.deepEqual(await code('a.pdf', 0), [400, 'file.empty'])
  assert.deepEqual(await code('../a.pdf', 10), [400, 'file.name-invalid'])
  assert.deepEqual(await code('photo\u202efdp.pdf', 10), [400, 'file.name-invalid'])
  const url = String((await begin('clerk', 'a.pdf', 100)).headers['location'])
  const lies = await go('clerk', url, 0, Buffer.concat([Buffer.from('MZ'), Buffer.alloc(98)]))
  assert.deepEqual([lies.statusCode, lies.json().code], [415, 'file.type-differs'])
  assert.equal((await own.as('clerk', 'GET', url)).statusCode, 404)
  const noProtocol = await own.as('clerk', 'POST', '/api/v1/files')
  assert.deepEqual([noProtocol.statusCode, noProtocol.json().code], [412, 'upload.refused'])
})

test('an upload is its uploader’s alone', async () => {
  const url = String((await begin('clerk', 'a.pdf', 100)).headers['location'])
  for (const method of ['GET', 'HEAD', 'PATCH', 'DELETE'] as const) {
    assert.equal((await own.as('colleague', method, url, undefined, tus)).statusCode, 404, method)
  }
  assert.equal((await own.as(undefined, 'GET', url)).statusCode, 401)
  assert.equal((await own.as('clerk', 'DELETE', url, undefined, tus)).statusCode, 204)
  assert.equal((await own.as('clerk', 'GET', url)).statusCode, 404)
})

test('a step names what was uploaded; anything else is unknown', async () => {
  const id = await own.opened()
  const file = await uploaded('clerk', '材料.pdf', pdf('named'))
  const attach = (person: string, papers: unknown[]) =>
    own.as(person, 'POST', `/api/v1/cases/${id}/steps`, { step: 'attach', input: { papers }, expected: 1 })
  for (const wrong of [
    { ...ref(file), sha256: '0'.repeat(64) },
    { ...ref(file), bytes: 1 },
    { ...ref(file), name: '别的.pdf' },
  ]) {
    const answer = await attach('clerk', [wrong])
    assert.deepEqual([answer.statusCode, answer.json().code], [422, 'file.unknown'])
  }
  assert.equal((await attach('colleague', [ref(file)])).json().code, 'file.unknown', 'another’s upload')
  assert.equal((await attach('clerk', [ref(file)])).statusCode, 201)
  assert.equal((await own.as('clerk', 'GET', `/api/v1/files/${file.id}`)).statusCode, 404, 'it is the case’s now')
  const other = await own.opened()
  const stolen = await own.as('clerk', 'POST', `/api/v1/cases/${other}/steps`, {
    step: 'attach',
    input: { papers: [ref(file)] },
    expected: 1,
  })
  assert.equal(stolen.json().code, 'file.unknown', 'a file of another case')
})

test('a file of a case: read for a purpose that the ledger keeps; a public one by whoever sees the case; ranges', async () => {
  const id = await own.opened()
  const secret = await uploaded('clerk', '虚构张三丰身份证.pdf', pdf('secret content'))
  const notice = await uploaded('clerk', '公告.pdf', pdf('public content'))
  const input = { papers: [ref(secret)], notice: ref(notice) }
  assert.equal((await own.as('clerk', 'POST', `/api/v1/cases/${id}/steps`, { step: 'attach', input, expected: 1 })).statusCode, 201)
  const at = (file: FileJson) => `/api/v1/cases/${id}/files/${file.id}`

  const events = async () =>
    (await own.office.store.pool.query("select payload from ledger_leaf where kind = 'reading' order by id desc")).rows as {
      payload: { of: string; by: { person: string }; what: object }
    }[]
  const before = (await events()).length
  assert.equal((await own.as('clerk', 'GET', at(secret))).json().code, 'query.invalid', 'no purpose')
  const read = await own.as('clerk', 'GET', `${at(secret)}?purpose=${encodeURIComponent('核对身份')}`)
  assert.equal(read.body, pdf('secret content').toString())
  assert.match(String(read.headers['content-disposition']), /^attachment; /)
  assert.equal(read.headers['x-content-type-options'], 'nosniff')
  assert.match(String(read.headers['content-security-policy']), /sandbox/)
  const after = await events()
  assert.equal(after.length, before + 1)
  assert.deepEqual(
    [after[0]!.payload.of, after[0]!.payload.by.person, after[0]!.payload.what],
    [id, '虚构甲', { purpose: '核对身份', file: secret.id }],
  )

  assert.equal((await own.as('supervisor', 'GET', `${at(secret)}?purpose=xx`)).json().code, 'permission.not-personal')
  assert.equal((await own.as('elsewhere', 'GET', `${at(secret)}?purpose=xx`)).json().code, 'case.unknown')
  assert.equal((await own.as('supervisor', 'GET', at(notice))).statusCode, 200)
  const names = async (person: string) =>
    ((await own.as(person, 'GET', `/api/v1/cases/${id}/files`)).json() as FileJson[]).map(({ name }) => name).sort()
  assert.deepEqual(await names('clerk'), ['公告.pdf', '虚构张三丰身份证.pdf'])
  assert.deepEqual(await names('supervisor'), [null, '公告.pdf'])
  const shown = (await own.as('supervisor', 'GET', `/api/v1/cases/${id}`)).body
  assert.ok(!shown.includes('身份证') && shown.includes('公告.pdf'))

  const part = await own.as('clerk', 'GET', at(notice), undefined, { range: 'bytes=1-3' })
  assert.deepEqual([part.statusCode, part.body, part.headers['content-range']], [206, 'PDF', `bytes 1-3/${notice.bytes}`])
  assert.equal((await own.as('clerk', 'GET', at(notice), undefined, { range: 'bytes=-7' })).body, 'content')
  assert.equal((await own.as('clerk', 'GET', at(notice), undefined, { range: 'bytes=9999-' })).statusCode, 416)

  await erasePersonal(own.office.store, id, '本人申请', { post: 'head', person: '虚构丙', organ: 'justice' }, own.now)
  assert.equal((await own.as('clerk', 'GET', `${at(secret)}?purpose=xx`)).json().code, 'upload.unknown')
  assert.equal((await own.as('clerk', 'GET', at(notice))).statusCode, 200)
  const vault = fileVault(own.office.store)
  await sweepFiles(own.office.store, vault, own.now)
  await assert.rejects(async () => {
    for await (const _ of await vault.read(secret.id)) break
  }, /ENOENT/)
})

test('an upload that no step names is kept for seven days, then gone', async () => {
  const { store } = own.office
  const vault = fileVault(store)
  const file = await uploaded('clerk', '忘了.pdf', pdf('forgotten'))
  await sweepFiles(store, vault, '2024-03-12T10:30:00+08:00')
  assert.ok(await fileOf(store, file.id))
  assert.ok((await sweepFiles(store, vault, '2024-03-12T11:00:01+08:00')) > 0)
  assert.equal(await fileOf(store, file.id), undefined)
})

test('a backup takes the files with it; a restore looks at each, and keeps nothing where one is another', async (t) => {
  const { store } = own.office
  const id = await own.opened()
  const file = await uploaded('clerk', '备份.pdf', pdf('kept'))
  const taken = await own.as('clerk', 'POST', `/api/v1/cases/${id}/steps`, { step: 'attach', input: { papers: [ref(file)] }, expected: 1 })
  assert.equal(taken.statusCode, 201)
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'yifa-files-'))
  fs.chmodSync(root, 0o755) // the database's user must reach it
  t.after(() => fs.rmSync(root, { recursive: true, force: true }))
  const saved = path.join(root, 'saved.gz')
  assert.ok((await backup(store, saved, own.now)).files > 0)
  const elsewhere = await openStore({ folder: path.join(root, 'data'), region: '321302', as: 'own' })
  t.after(() => elsewhere.close())

  const kept = path.join(`${saved}.files`, file.sha256!)
  fs.writeFileSync(kept, 'another')
  await assert.rejects(restore(elsewhere, saved), { code: 'restore.file-broken' })
  assert.equal(await fileOf(elsewhere, file.id), undefined)
  fs.writeFileSync(kept, pdf('kept'))
  await restore(elsewhere, saved)
  assert.equal((await fileOf(elsewhere, file.id))?.caseId, id)
  assert.equal(await text(await fileVault(elsewhere).read(file.id)), pdf('kept').toString())
})
