import { createPrivateKey, createPublicKey } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { sm2 } from 'sm-crypto-v2'
import { noteKey } from './checkpoint.ts'
import type { Signer } from './checkpoint.ts'

/**
 * Signs with SM2 (GB/T 32918.2) as FORMAT.md §4 says: the user id is `1234567812345678`, the signature r ‖ s.
 *
 * By sm-crypto-v2, since node:crypto cannot be told a user id: it signs without one, says nothing, and no other program accepts the signature.
 * What is signed here is checked by arithmetic of our own, verify-sm2.ts.
 *
 * @param privateKey  PEM (PKCS#8), as node:crypto and openssl write it
 * @throws TypeError when it is not an SM2 key
 */
export function sm2Signer(privateKey: string): Signer {
  const key = createPrivateKey(privateKey)
  const { alg, keyId, raw } = noteKey(createPublicKey(key))
  if (alg !== 'sm2') throw new TypeError(`${alg} is not an SM2 key`)
  const secret = secretNumber(key)
  const how = { hash: true, publicKey: raw.toString('hex'), userId: '1234567812345678' }
  return { alg, keyId, sign: (bytes) => Buffer.from(sm2.doSignature(bytes, secret, how), 'hex') }
}

/** The private number, hex, out of the key's DER: behind the curve's name an ECPrivateKey of version 1 (RFC 5915). */
function secretNumber(key: KeyObject): string {
  const der = key.export({ type: 'pkcs8', format: 'der' }).toString('hex')
  const [, secret] = /06082a811ccf5501822d04..30..0201010420([0-9a-f]{64})/.exec(der) ?? []
  if (secret === undefined) throw new TypeError('the private number of the key is not where RFC 5915 has it')
  return secret
}
