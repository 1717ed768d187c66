import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createHash } from 'node:crypto'
import { exampleOffice } from '../../../tools/e2e/example-office.ts'
import { issuedDocument } from '#store/public-proof.ts'
import { ledgerKeys, seal } from '#store/ledger.ts'
import { listCheckpoints } from '#store/read-checkpoints.ts'
import { logEvent } from '#store/log-event.ts'
import { receiptOf } from '#store/receipt.ts'
import type { ExampleOffice } from '../../../tools/e2e/example-office.ts'
import type { LightMyRequestResponse } from 'fastify'
import type { Receipt } from '#ledger/verify.ts'

const NAME = '虚构核验者'
let own: ExampleOffice
let receipt: Receipt
let caseId: string

before(async () => {
  own = await exampleOffice()
  caseId = await own.opened(NAME)
  await own.opened()
  await seal(own.office.store, own.now)
  receipt = await receiptOf(own.office.store, caseId)
})

after(() => own.close())

const HEADERS = { accept: 'text/html', 'accept-language': 'zh' }
const get = (url: string, accept = 'text/html') => own.as(undefined, 'GET', url, undefined, { ...HEADERS, accept })

/** As a browser without script sends the form. */
async function post(
  parts: { readonly file?: string | Uint8Array; readonly receipt?: string },
  accept = 'text/html',
): Promise<LightMyRequestResponse> {
  const form = new FormData()
  form.append('file', new Blob(parts.file === undefined ? [] : [parts.file as string]), 'x')
  form.append('receipt', parts.receipt ?? '')
  const sent = new Response(form)
  return own.app.inject({
    method: 'POST',
    url: '/portal/verify',
    headers: { ...HEADERS, accept, 'content-type': sent.headers.get('content-type')! },
    payload: Buffer.from(await sent.arrayBuffer()),
  })
}

test('a receipt pasted or chosen is found genuine, with its checkpoint and an address to look it up again', async () => {
  for (const parts of [{ receipt: JSON.stringify(receipt) }, { file: JSON.stringify(receipt, null, 2) }]) {
    const { body, statusCode } = await post(parts)
    assert.equal(statusCode, 200)
    assert.match(body, /回执真实，未被改动/)
    assert.match(body, /href="\/ledger\/1"/)
    assert.match(body, /<svg role="img"/)
    assert.ok(!body.includes(NAME) && !body.includes(caseId), 'nothing of the case')
    const again = /href="(\/portal\/verify\?index=[^"]+)"/.exec(body)![1]!.replaceAll('&amp;', '&')
    const found = await get(again)
    assert.match(found.body, /账本中有这一页/)
    assert.ok(!found.body.includes(caseId))
    assert.match((await get(again.replace(/index=\d+/, 'index=1000'))).body, /账本的这一序号不是这一页/)
  }
})

test('a receipt that was changed is refused by the name of what is wrong', async () => {
  const changed = await post({ receipt: JSON.stringify({ ...receipt, openPayload: { other: true } }) })
  assert.match(changed.body, /回执不成立/)
  assert.match(changed.body, /changed-value/)
  assert.doesNotMatch(changed.body, /<svg role/)
  const json = (await post({ receipt: JSON.stringify({ ...receipt, index: receipt.index + 1 }) }, 'application/json')).json() as any
  assert.deepEqual([json.holds, /not-included/.test(json.problems[0][1])], [false, true])
})

test('nothing, half a form, and things of any shape are answered', async () => {
  assert.match((await post({})).body, /没有收到内容/)
  assert.match((await post({ receipt: 'null' })).body, /账本中没有这个文件/)
  assert.match((await post({ receipt: '{"leaf":"x","checkpoint":"y"}' })).body, /回执不成立/)
  assert.match((await post({ file: new Uint8Array([0, 255, 254, 1]) })).body, /账本中没有这个文件/)
  const broken = await own.app.inject({
    method: 'POST',
    url: '/portal/verify',
    headers: { ...HEADERS, 'content-type': 'multipart/form-data; boundary=x' },
    payload: '--x\r\nContent-Disp',
  })
  assert.deepEqual([broken.statusCode, /没有收到内容/.test(broken.body)], [200, true])
  const json = await own.app.inject({ method: 'POST', url: '/portal/verify', headers: HEADERS, payload: { receipt: 'x' } })
  assert.equal(json.statusCode, 415)
  for (const query of ['sha256=x', 'leaf=x', `index=-1&leaf=${'a'.repeat(64)}`])
    assert.equal((await get(`/portal/verify?${query}`)).statusCode, 400, query)
})

test('a document as it was handed out is known by its digest alone; masked copies and others are not', async () => {
  const bytes = Buffer.from('%PDF-1.7 an issued document')
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  assert.equal(await issuedDocument(own.office.store, sha256), undefined)
  assert.match((await post({ file: bytes })).body, /账本中没有这个文件/)
  const document = Object.keys(own.office.catalogue[0]!.definitions[0]!.parts.documents)[0] ?? 'notice'
  await logEvent(own.office.store, {
    kind: 'export',
    by: { post: 'clerk', person: '虚构甲', organ: 'justice' },
    of: caseId,
    what: { issued: 'document', procedure: 'example', document, form: 'pdf', sha256 },
    at: own.now,
  })
  const waiting = await post({ file: bytes })
  assert.match(waiting.body, /这是本机关发出的/)
  assert.match(waiting.body, /待封存/)
  await seal(own.office.store, '2024-03-05T10:05:00+08:00')
  const known = await get(`/portal/verify?sha256=${sha256}`)
  assert.match(known.body, /href="\/ledger\/2"/)
  assert.ok(!known.body.includes(caseId) && !known.body.includes('虚构甲'))
})

test('a checkpoint is known; one of another key, and one that the ledger does not list, are told apart', async () => {
  const [last] = await listCheckpoints(own.office.store, { limit: 1 })
  assert.match((await post({ file: last!.text })).body, /这是本账本的第 \d+ 个检查点/)
  assert.match((await post({ file: last!.text.replace('\nat 2024', '\nat 2023') })).body, /检查点不成立/)
  const all = await get('/portal/checkpoints', 'application/json')
  assert.equal((all.json() as { checkpoints: unknown[] }).checkpoints.length, last!.ordinal)
  assert.ok((await get('/portal/checkpoints.txt')).body.includes(last!.text))
  assert.equal((await get('/portal/checkpoints')).statusCode, 303)
})

test('the page has one script, of this server; the page to keep holds it with the key and asks nobody', async () => {
  const { body, headers } = await get('/portal/verify')
  assert.match(String(headers['content-security-policy']), /^default-src 'none'; .*script-src 'self'$/)
  const [, src] = /<script type="module" src="([^"]+)"><\/script>/.exec(body)!
  const script = await get(src!)
  assert.equal(script.headers['content-type'], 'text/javascript; charset=utf-8')
  assert.doesNotMatch(script.body, /\b(import|fetch|XMLHttpRequest)\b\s*[({'"]/)
  const kept = await get('/portal/verify/standalone')
  assert.match(String(kept.headers['content-disposition']), /^attachment; filename="yifa-verify-321302.html"/)
  assert.ok(kept.body.includes((await ledgerKeys(own.office.store)).publicKey.split('\n')[1]!))
  assert.doesNotMatch(kept.body, /(src|href)="/)
})
