import { hash } from 'node:crypto'

/** The digest of a ledger. One ledger has one, from its first leaf to its last; a change of digest starts a new ledger. */
export type Algorithm = 'sha256' | 'sm3'

export const algorithms: readonly Algorithm[] = ['sha256', 'sm3']

/** Both digests are 32 bytes long. */
export const digestLength = 32

export function digest(alg: Algorithm, bytes: Uint8Array): Buffer {
  // By way of hex, since 'buffer' gives each digest memory of its own outside the heap: half the speed over a whole ledger, measured.
  return Buffer.from(hash(alg, bytes, 'hex'), 'hex')
}

/** H(0x00 ‖ leaf), RFC 6962 §2.1. The prefix keeps a leaf from ever being read as an inner node. */
export function hashLeaf(alg: Algorithm, leaf: Uint8Array | string): Buffer {
  const bytes = typeof leaf === 'string' ? Buffer.from(leaf, 'utf8') : leaf
  const prefixed = Buffer.allocUnsafe(1 + bytes.length)
  prefixed[0] = 0x00
  prefixed.set(bytes, 1)
  return digest(alg, prefixed)
}

/** H(0x01 ‖ left ‖ right), RFC 6962 §2.1. */
export function hashNode(alg: Algorithm, left: Uint8Array, right: Uint8Array): Buffer {
  const prefixed = Buffer.allocUnsafe(1 + left.length + right.length)
  prefixed[0] = 0x01
  prefixed.set(left, 1)
  prefixed.set(right, 1 + left.length)
  return digest(alg, prefixed)
}

/** The root of a tree without leaves: the digest of nothing. */
export function emptyRoot(alg: Algorithm): Buffer {
  return digest(alg, Buffer.alloc(0))
}
