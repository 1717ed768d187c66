import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createPublicKey, randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { generateKeys, noteKey } from './checkpoint.ts'
import { sm2Signer } from './sm2-signer.ts'
import { sm2Check } from './verify-sm2.ts'

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(/\s/g, ''), 'hex')

// GB/T 32918.5-2017, annex A: the standard's own signature on the recommended curve, by user 1234567812345678.
const published = {
  publicKey: hex(`04
    09F9DF31 1E5421A1 50DD7D16 1E4BC5C6 72179FAD 1833FC07 6BB08FF3 56F35020
    CCEA490C E26775A5 2DC6EA71 8CC1AA60 0AED05FB F35E084A 6632F607 2DA9AD13`),
  message: Buffer.from('message digest'),
  signature: hex(`
    F5A03B06 48D2C463 0EEAC513 E1BB81A1 5944DA38 27D5B741 43AC7EAC EEE720B3
    B1B6AA29 DF212FD8 763182BC 0D421CA1 BB9038FD 1F7F42D4 840B69C4 85BBC1AA`),
}
const order = hex('FFFFFFFE FFFFFFFF FFFFFFFF FFFFFFFF 7203DF6B 21C6052B 53BBF409 39D54123')

test("GB/T 32918.5 annex A: the standard's signature holds", () => {
  assert.equal(sm2Check(published.publicKey)(published.message, published.signature), true)
})

test('another user id, message, key, or any bit of the signature: it does not hold', () => {
  const { publicKey, message, signature } = published
  assert.equal(sm2Check(publicKey, 'ALICE123@YAHOO.COM')(message, signature), false)
  assert.equal(sm2Check(publicKey, '')(message, signature), false, 'without an id, as node:crypto signs')
  assert.equal(sm2Check(pointOf(generateKeys('sm2').publicKey))(message, signature), false)
  const check = sm2Check(publicKey)
  assert.equal(check(Buffer.from('message digesT'), signature), false)
  for (let bit = 0; bit < 512; bit += 7) {
    const changed = Buffer.from(signature)
    changed[bit >> 3]! ^= 1 << (bit & 7)
    assert.equal(check(message, changed), false, `bit ${bit}`)
  }
})

test('what no signature can be: of another length, r or s 0 or from the order upwards, r + s the order', () => {
  const { publicKey, message, signature } = published
  const check = sm2Check(publicKey)
  const [r, s] = [signature.subarray(0, 32), signature.subarray(32)]
  const zero = Buffer.alloc(32)
  const past = Buffer.from(order)
  past[31]! += 1
  for (const parts of [
    [],
    [r],
    [r, s, zero],
    [zero, s],
    [r, zero],
    [zero, zero],
    [order, s],
    [r, order],
    [past, s],
    [Buffer.alloc(32, 0xff), s],
  ])
    assert.equal(check(message, Buffer.concat(parts)), false)
  const opposite = (BigInt(`0x${order.toString('hex')}`) - BigInt(`0x${r.toString('hex')}`)).toString(16).padStart(64, '0')
  assert.equal(check(message, Buffer.concat([r, hex(opposite)])), false)
})

test('a key that is no point of the curve is refused', () => {
  const off = Buffer.from(published.publicKey)
  off[64]! ^= 1
  for (const bytes of [off, published.publicKey.subarray(1), Buffer.alloc(0), Buffer.alloc(65), Buffer.alloc(65, 0xff).fill(4, 0, 1)])
    assert.throws(() => sm2Check(bytes), TypeError)
})

test('what is signed with sm-crypto-v2 holds by our arithmetic, for messages of every length', () => {
  const keys = generateKeys('sm2')
  const signer = sm2Signer(keys.privateKey)
  const check = sm2Check(pointOf(keys.publicKey))
  for (let length = 0; length < 200; length += 1) {
    const message = randomBytes(length)
    const signature = signer.sign(message)
    assert.equal(signature.length, 64)
    assert.ok(check(message, signature), `${length} bytes: ${message.toString('hex')} ${signature.toString('hex')}`)
  }
})

const openssl = spawnSync('openssl', ['list', '-signature-algorithms'], { encoding: 'utf8' })
const withoutSm2 = /SM2/i.test(openssl.stdout ?? '') ? false : 'this machine has no openssl with SM2'

test('openssl accepts what we sign and we accept what it signs, with the id and not without', { skip: withoutSm2 }, () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yifa-sm2-'))
  try {
    const at = (name: string): string => path.join(folder, name)
    const run = (...words: string[]): string => {
      const { status, stdout, stderr } = spawnSync('openssl', words, { encoding: 'utf8', cwd: folder })
      return status === 0 ? '' : `${stdout}${stderr}`.trim() || `exit ${status}`
    }
    const id = (text: string): string[] => ['-rawin', '-digest', 'sm3', '-pkeyopt', `distid:${text}`]
    const message = Buffer.from('yifa/341302\n0\n', 'utf8')
    fs.writeFileSync(at('message'), message)

    const ours = generateKeys('sm2')
    fs.writeFileSync(at('ours.pem'), ours.publicKey)
    fs.writeFileSync(at('ours.sig'), derOf(sm2Signer(ours.privateKey).sign(message)))
    const verify = (text: string): string =>
      run('pkeyutl', '-verify', '-pubin', '-inkey', 'ours.pem', '-in', 'message', '-sigfile', 'ours.sig', ...id(text))
    assert.equal(verify('1234567812345678'), '')
    assert.match(verify('8765432187654321'), /Failure/i)

    assert.equal(run('genpkey', '-algorithm', 'SM2', '-out', 'theirs.pem'), '')
    const theirs = fs.readFileSync(at('theirs.pem'), 'utf8')
    assert.equal(run('pkeyutl', '-sign', '-inkey', 'theirs.pem', '-in', 'message', '-out', 'theirs.sig', ...id('1234567812345678')), '')
    const check = sm2Check(pointOf(theirs))
    assert.equal(check(message, plainOf(fs.readFileSync(at('theirs.sig')))), true)
    assert.equal(check(message, sm2Signer(theirs).sign(message)), true, 'our signer reads the key that openssl made')
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
})

function pointOf(key: string): Buffer {
  return noteKey(createPublicKey(key)).raw
}

/** r ‖ s as the DER SEQUENCE of two INTEGERs that openssl has. */
function derOf(signature: Buffer): Buffer {
  const integers = [signature.subarray(0, 32), signature.subarray(32)].map((part) => {
    const least = part.subarray(part.findIndex((byte) => byte !== 0))
    const signed = least[0]! >= 0x80 ? Buffer.concat([Buffer.of(0), least]) : least
    return Buffer.concat([Buffer.of(2, signed.length), signed])
  })
  const body = Buffer.concat(integers)
  return Buffer.concat([Buffer.of(0x30, body.length), body])
}

function plainOf(der: Buffer): Buffer {
  const parts: Buffer[] = []
  for (let at = 2; at < der.length; at += 2 + der[at + 1]!) {
    const integer = der.subarray(at + 2, at + 2 + der[at + 1]!)
    parts.push(Buffer.concat([Buffer.alloc(32), integer]).subarray(-32))
  }
  return Buffer.concat(parts)
}
