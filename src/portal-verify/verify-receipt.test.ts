import assert from 'node:assert/strict'
import { test } from 'node:test'
import { appendLeaves, emptyFrontier, inclusionProof, rootOf, subtrees } from '#ledger/tree.ts'
import { digestOf, verifyReceiptText } from './verify-receipt.ts'
import { ed25519Signer, generateKeys, signCheckpoint } from '#ledger/checkpoint.ts'
import { hashLeaf } from '#ledger/digest.ts'
import { makeLeaf } from '#ledger/entry.ts'
import { verifyReceipt } from '#ledger/verify.ts'
import type { Receipt } from '#ledger/verify.ts'

// The two verifiers share nothing, so each is the other's test: whatever is done to a receipt, they must name the same faults.

const keys = generateKeys()
const signer = ed25519Signer(keys.privateKey)
const PAYLOAD = { 步骤: '受理', 数: [1e21, 0.000001, -0, 12.5], '\u0001"\\': '\n\u001f', 𝒳: null, z: true }

async function receiptsOf(size: number): Promise<Receipt[]> {
  const leaves = Array.from({ length: size }, (_, index) =>
    makeLeaf({
      alg: 'sha256',
      region: '341302',
      kind: 'step',
      subject: `案-${index}`,
      seq: 1,
      at: '2024-03-05T02:00:00Z',
      open: { ...PAYLOAD, index },
      personal: { 姓名: '虚构甲' },
      prev: null,
    }),
  )
  const hashes = leaves.map(({ text }) => hashLeaf('sha256', text))
  const root = rootOf(appendLeaves(emptyFrontier('sha256'), hashes)).toString('base64')
  const checkpoint = signCheckpoint(
    { origin: 'yifa/341302', size, root, at: '2024-03-05T02:01:00Z', previous: null, alg: 'sha256' },
    signer,
  )
  const tree = subtrees('sha256', (from, to) => hashes.slice(from, to))
  return Promise.all(
    leaves.map(async ({ text, saltOpen, saltPersonal }, index) => ({
      leaf: text,
      openPayload: { ...PAYLOAD, index },
      saltOpen: saltOpen.toString('hex'),
      personalPayload: { 姓名: '虚构甲' },
      saltPersonal: saltPersonal!.toString('hex'),
      index,
      proof: (await inclusionProof(tree, index, size)).map((hash) => hash.toString('base64')),
      checkpoint,
    })),
  )
}

/** What both verifiers say of a receipt as it would be handed over: equal, and their names. */
async function judged(receipt: unknown, key = keys.publicKey): Promise<string[]> {
  const text = JSON.stringify(receipt)
  const browser = (await verifyReceiptText(text, key)).problems.map(({ problem }) => problem).sort()
  const node = verifyReceipt(JSON.parse(text) as Receipt, key)
    .problems.map(({ problem }) => problem)
    .sort()
  assert.deepEqual(browser, node, text)
  return browser
}

test('every leaf of every size of a ledger up to 33 is proved', async () => {
  for (let size = 1; size <= 33; size += 1) for (const receipt of await receiptsOf(size)) assert.deepEqual(await judged(receipt), [])
})

test('every tampering is found out by the name that the verifier for Node gives it', async () => {
  const receipts = await receiptsOf(13)
  const receipt = receipts[9]!
  const other = receipts[8]!
  const flipped = Buffer.from(receipt.proof[1]!, 'base64')
  flipped[0]! ^= 1
  const changes: readonly [object, string][] = [
    [{ openPayload: { ...PAYLOAD, index: 10 } }, 'changed-value'],
    [{ saltOpen: other.saltOpen }, 'changed-value'],
    [{ personalPayload: { 姓名: '虚构乙' } }, 'changed-value'],
    [{ leaf: receipt.leaf.replace('"seq":1', '"seq":2') }, 'not-included'],
    [{ leaf: `${receipt.leaf} ` }, 'malformed-leaf'],
    [{ leaf: receipt.leaf.replace('"v":1', '"v":1,"x":1') }, 'malformed-leaf'],
    [{ index: 8 }, 'not-included'],
    [{ index: 13 }, 'not-included'],
    [{ index: -1 }, 'not-included'],
    [{ index: '9' }, 'not-included'],
    [{ proof: receipt.proof.slice(1) }, 'not-included'],
    [{ proof: [...receipt.proof, receipt.proof[0]] }, 'not-included'],
    [{ proof: receipt.proof.with(1, flipped.toString('base64')) }, 'not-included'],
    [{ proof: 'none' }, 'not-included'],
    [{ checkpoint: receipt.checkpoint.replace('\n13\n', '\n14\n') }, 'bad-signature'],
    [{ checkpoint: receipt.checkpoint.replace('02:01:00', '02:02:00') }, 'bad-signature'],
    [{ checkpoint: 'yifa/341302\n' }, 'rewritten-checkpoint'],
  ]
  for (const [change, name] of changes) {
    const problems = await judged({ ...receipt, ...change })
    assert.ok(problems.includes(name), `${JSON.stringify(change)}: ${problems}`)
  }
  assert.deepEqual(await judged(receipt, generateKeys().publicKey), ['bad-signature'])
})

test('what is no receipt, no key, or not for browsers is said to be so', async () => {
  const [receipt] = await receiptsOf(1)
  for (const text of ['', 'null', '[]', '{}', '{"leaf":1}', '<html>'])
    assert.deepEqual(
      (await verifyReceiptText(text, keys.publicKey)).problems.map(({ problem }) => problem),
      ['unreadable'],
      text,
    )
  for (const key of ['', 'x', generateKeys('sm2').publicKey])
    assert.deepEqual(
      (await verifyReceiptText(JSON.stringify(receipt), key)).problems.map(({ problem }) => problem),
      ['unreadable'],
    )
  const sm = JSON.stringify({ ...receipt, leaf: receipt!.leaf.replace('sha256', 'sm3') })
  const checked = await verifyReceiptText(sm, keys.publicKey)
  assert.deepEqual([checked.ok, checked.problems[0]!.problem], [false, 'not-for-browsers'])
})

test('the digest of a file is that of FIPS 180-4', async () => {
  const expected = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
  assert.equal(await digestOf(new TextEncoder().encode('abc')), expected)
})
