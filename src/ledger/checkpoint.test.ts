import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { checkpointHash, ed25519Signer, verifierOf, generateKeys, openCheckpoint, printedKey, signCheckpoint } from './checkpoint.ts'
import { sm2Signer } from './sm2-signer.ts'
import type { Checkpoint } from './checkpoint.ts'
import { emptyRoot } from './digest.ts'

const keys = generateKeys()
const signer = ed25519Signer(keys.privateKey)
const verifier = verifierOf(keys.publicKey)
const sm2Keys = generateKeys('sm2')
const checkpoint: Checkpoint = {
  origin: 'yifa/341302',
  size: 0,
  root: emptyRoot('sha256').toString('base64'),
  at: '2021-01-04T00:30:00Z',
  previous: null,
  alg: 'sha256',
}

test('what was signed is what is opened', () => {
  const text = signCheckpoint(checkpoint, signer)
  assert.deepEqual(openCheckpoint(text, verifier), { checkpoint, hash: checkpointHash(text) })
  const next = { ...checkpoint, size: 7, previous: checkpointHash(text), alg: 'sm3' } as const
  assert.deepEqual((openCheckpoint(signCheckpoint(next, signer), verifier) as { checkpoint: Checkpoint }).checkpoint, next)
})

test('SM2: what was signed is what is opened; another key, another text, another kind of key are told apart', () => {
  const mine = verifierOf(sm2Keys.publicKey)
  const given = { ...checkpoint, alg: 'sm3', root: emptyRoot('sm3').toString('base64') } as const
  const text = signCheckpoint(given, sm2Signer(sm2Keys.privateKey))
  assert.deepEqual(openCheckpoint(text, mine), { checkpoint: given, hash: checkpointHash(text) })
  assert.equal(reason(openCheckpoint(text, verifierOf(generateKeys('sm2').publicKey))), 'unknown-key')
  assert.equal(reason(openCheckpoint(text, verifier)), 'unknown-key')
  assert.equal(reason(openCheckpoint(text.replace('\n0\n', '\n1\n'), mine)), 'bad-signature')
})

test('refused: a key of the other kind, or of none of the two', () => {
  assert.throws(() => sm2Signer(keys.privateKey), TypeError)
  assert.throws(() => ed25519Signer(sm2Keys.privateKey), TypeError)
  assert.throws(() => verifierOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey), TypeError)
})

test('the printed SM2 key: name, key id, 0xff, sm2 and the 65 bytes of the point', () => {
  const [, id, encoded] = /^yifa\/341302\+([0-9a-f]{8})\+(.+)$/.exec(printedKey('yifa/341302', sm2Keys.publicKey))!
  const bytes = Buffer.from(encoded!, 'base64')
  assert.deepEqual([bytes.length, bytes[0], bytes.toString('latin1', 1, 4), bytes[4]], [69, 0xff, 'sm2', 4])
  assert.equal(id, sm2Signer(sm2Keys.privateKey).keyId('yifa/341302').toString('hex'))
})

test('a witness may sign below without changing the checkpoint or its hash', () => {
  const text = signCheckpoint(checkpoint, signer)
  const witnessed = `${text}— 监督员/1 ${Buffer.alloc(68, 7).toString('base64')}\n`
  assert.deepEqual(openCheckpoint(witnessed, verifier), openCheckpoint(text, verifier))
})

test('another key: unknown; another text under the signature: bad', () => {
  const text = signCheckpoint(checkpoint, signer)
  assert.equal(reason(openCheckpoint(text, verifierOf(generateKeys().publicKey))), 'unknown-key')
  assert.equal(reason(openCheckpoint(text.replace('\n0\n', '\n1\n'), verifier)), 'bad-signature')
  assert.equal(reason(openCheckpoint(text.replaceAll('341302', '341303'), verifier)), 'unknown-key')
})

for (const [name, change] of [
  ['no signature', (text: string) => text.slice(0, text.indexOf('\n\n') + 1)],
  ['a size with a leading zero', (text: string) => text.replace('\n0\n', '\n00\n')],
  ['a root that is no digest', (text: string) => text.replace(/\n47DE/, '\n')],
  ['no end of line', (text: string) => text.trimEnd()],
  ['a line too many', (text: string) => text.replace('\nalg', '\nnote x\nalg')],
  ['an unknown digest', (text: string) => text.replace('sha256', 'md5')],
] as const) {
  test(`malformed: ${name}`, () => {
    const text = change(signCheckpoint(checkpoint, signer))
    assert.equal(reason(openCheckpoint(text, verifier)), 'malformed')
  })
}

test('refused: signing what could not be opened', () => {
  assert.throws(() => signCheckpoint({ ...checkpoint, origin: 'yifa/x' }, signer), TypeError)
  assert.throws(() => signCheckpoint({ ...checkpoint, at: 'now' }, signer), TypeError)
})

test('the printed key is a C2SP verifier key: name, key id, type 1 and 32 bytes', () => {
  const [name, id, encoded] = printedKey('yifa/341302', keys.publicKey)
    .split('+', 2)
    .concat(printedKey('yifa/341302', keys.publicKey).split('+').slice(2).join('+'))
  assert.equal(name, 'yifa/341302')
  assert.equal(id, signer.keyId('yifa/341302').toString('hex'))
  const bytes = Buffer.from(encoded!, 'base64')
  assert.equal(bytes.length, 33)
  assert.equal(bytes[0], 1)
})

test("a key id as Go's golang.org/x/mod/sumdb/note has it", () => {
  // The public example of that package: PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW
  const raw = Buffer.from('ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW', 'base64').subarray(1)
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw])
  const pem = `-----BEGIN PUBLIC KEY-----\n${der.toString('base64')}\n-----END PUBLIC KEY-----\n`
  assert.equal(printedKey('PeterNeumann', pem), 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW')
})

function reason(opened: ReturnType<typeof openCheckpoint>): string | null {
  return 'reason' in opened ? opened.reason : null
}
