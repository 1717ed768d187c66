import { emptyRoot, hashNode } from './digest.ts'
import type { Algorithm } from './digest.ts'

export interface InclusionClaim {
  readonly leafHash: Buffer
  readonly index: number
  readonly size: number
  readonly proof: readonly Buffer[]
  readonly root: Buffer
}

/** Is the leaf at `index` of the tree of `size` leaves with this root? RFC 9162 §2.1.3.2, its numbering. */
export function verifyInclusion(alg: Algorithm, { leafHash, index, size, proof, root }: InclusionClaim): boolean {
  if (!isCount(index) || !isCount(size) || index >= size) return false // 1
  let fn = index // 2
  let sn = size - 1
  let r = leafHash // 3
  for (const p of proof) {
    if (sn === 0) return false // 4a
    if (isOdd(fn) || fn === sn) {
      r = hashNode(alg, p, r) // 4b
      while (!isOdd(fn) && fn !== 0) {
        fn = half(fn)
        sn = half(sn)
      }
    } else {
      r = hashNode(alg, r, p)
    }
    fn = half(fn) // 4c
    sn = half(sn)
  }
  return sn === 0 && r.equals(root) // 5
}

export interface ConsistencyClaim {
  readonly first: number
  readonly firstRoot: Buffer
  readonly second: number
  readonly secondRoot: Buffer
  readonly proof: readonly Buffer[]
}

/** Does the tree of `second` leaves begin with the tree of `first`? RFC 9162 §2.1.4.2, its numbering. */
export function verifyConsistency(alg: Algorithm, { first, firstRoot, second, secondRoot, proof }: ConsistencyClaim): boolean {
  if (!isCount(first) || !isCount(second) || first > second) return false
  // The RFC leaves equal and empty trees to the caller: nothing needs proving, and a proof of something would be one of something else.
  if (first === second) return proof.length === 0 && firstRoot.equals(secondRoot)
  if (first === 0) return proof.length === 0 && firstRoot.equals(emptyRoot(alg))

  if (proof.length === 0) return false // 1
  const path = isPowerOfTwo(first) ? [firstRoot, ...proof] : proof // 2
  let fn = first - 1 // 3
  let sn = second - 1
  while (isOdd(fn)) {
    fn = half(fn) // 4
    sn = half(sn)
  }
  let fr = path[0]! // 5
  let sr = fr
  for (const c of path.slice(1)) {
    if (sn === 0) return false // 6a
    if (isOdd(fn) || fn === sn) {
      fr = hashNode(alg, c, fr) // 6b
      sr = hashNode(alg, c, sr)
      while (!isOdd(fn) && fn !== 0) {
        fn = half(fn)
        sn = half(sn)
      }
    } else {
      sr = hashNode(alg, sr, c)
    }
    fn = half(fn) // 6c
    sn = half(sn)
  }
  return sn === 0 && fr.equals(firstRoot) && sr.equals(secondRoot) // 7
}

// Arithmetic instead of shifts, which in JavaScript stop at 2^31.
function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

function isOdd(value: number): boolean {
  return value % 2 === 1
}

function half(value: number): number {
  return Math.floor(value / 2)
}

function isPowerOfTwo(value: number): boolean {
  let left = value
  while (left > 1 && !isOdd(left)) left = half(left)
  return left === 1
}
