import { algorithms, digestLength, emptyRoot, hashNode } from './digest.ts'
import type { Algorithm } from './digest.ts'

/**
 * The right edge of a Merkle tree: the roots of its complete subtrees, largest first, one for each binary 1 of `size`.
 * It is all that must be kept to go on appending, so that sealing a batch costs the batch and not the ledger.
 */
export interface Frontier {
  readonly alg: Algorithm
  readonly size: number
  readonly nodes: readonly Buffer[]
}

export function emptyFrontier(alg: Algorithm): Frontier {
  return { alg, size: 0, nodes: [] }
}

/** The frontier after `leafHashes` were appended; the one given is not changed. O(number of leaf hashes + log size). */
export function appendLeaves(frontier: Frontier, leafHashes: Iterable<Buffer>): Frontier {
  const { alg } = frontier
  const nodes = [...frontier.nodes]
  let size = frontier.size
  for (const leafHash of leafHashes) {
    let node = leafHash
    // Two subtrees of equal size become one, as 1 + 1 carries in binary.
    for (let carry = size; carry % 2 === 1; carry = (carry - 1) / 2) node = hashNode(alg, nodes.pop()!, node)
    nodes.push(node)
    size += 1
  }
  return { alg, size, nodes }
}

/** The Merkle tree hash of RFC 6962 §2.1. */
export function rootOf({ alg, nodes }: Frontier): Buffer {
  return foldRight(alg, nodes)
}

/** As a value for a JSON column. */
export function frontierToJson({ alg, size, nodes }: Frontier): { alg: Algorithm; size: number; nodes: string[] } {
  return { alg, size, nodes: nodes.map((node) => node.toString('hex')) }
}

/** @throws TypeError when the value is not what {@link frontierToJson} writes */
export function frontierFromJson(value: unknown): Frontier {
  const { alg, size, nodes } = value as { alg: Algorithm; size: number; nodes: string[] }
  if (!algorithms.includes(alg)) throw new TypeError(`frontier: unknown alg ${alg}`)
  if (!Number.isSafeInteger(size) || size < 0) throw new TypeError(`frontier: size ${size}`)
  if (!Array.isArray(nodes) || nodes.length !== onesIn(size)) throw new TypeError(`frontier: a tree of ${size} has ${onesIn(size)} nodes`)
  const buffers = nodes.map((node) => Buffer.from(node, 'hex'))
  if (buffers.some((node) => node.length !== digestLength)) throw new TypeError(`frontier: a node has not ${digestLength} bytes`)
  return { alg, size, nodes: buffers }
}

/** Leaf hashes `from` (inclusive) to `to` (exclusive), in order, from wherever they are stored. */
export type ReadLeafHashes = (from: number, to: number) => readonly Buffer[] | Promise<readonly Buffer[]>

/** The complete subtrees of one ledger. Node (level, index) covers the leaves index·2^level to (index + 1)·2^level. */
export interface Subtrees {
  readonly alg: Algorithm
  node(level: number, index: number): Promise<Buffer>
}

/** Smaller subtrees are recomputed from at most 2^7 leaf hashes; the cache of a million leaves then holds some 8,000 nodes. */
const cachedFromLevel = 8
/** One reading of leaf hashes fetches at most 2^12. */
const readUpToLevel = 12

/**
 * Subtrees computed from stored leaf hashes. A complete subtree never changes, so the cache never goes stale and one object serves a process
 * for as long as it runs: the first proof reads the ledger once, each later one reads what is new and at most some 255 leaf hashes beside its leaf.
 */
export function subtrees(alg: Algorithm, readLeafHashes: ReadLeafHashes, cache = new Map<string, Buffer>()): Subtrees {
  return { alg, node }

  async function node(level: number, index: number): Promise<Buffer> {
    const cached = cache.get(`${level}/${index}`)
    if (cached) return cached
    if (level <= readUpToLevel) return fromLeaves(level, index)
    const whole = hashNode(alg, await node(level - 1, index * 2), await node(level - 1, index * 2 + 1))
    cache.set(`${level}/${index}`, whole)
    return whole
  }

  async function fromLeaves(level: number, index: number): Promise<Buffer> {
    const width = 2 ** level
    let row = await readLeafHashes(index * width, (index + 1) * width)
    if (row.length !== width) throw new RangeError(`leaf hashes ${index * width} to ${(index + 1) * width}: ${row.length} were read`)
    for (let height = 1; height <= level; height++) {
      row = pairUp(row)
      if (height < cachedFromLevel) continue
      const first = (index * width) / 2 ** height
      for (const [offset, hash] of row.entries()) cache.set(`${height}/${first + offset}`, hash)
    }
    return row[0]!
  }

  function pairUp(row: readonly Buffer[]): Buffer[] {
    const pairs: Buffer[] = []
    for (let at = 0; at < row.length; at += 2) pairs.push(hashNode(alg, row[at]!, row[at + 1]!))
    return pairs
  }
}

/** The root the ledger had when it held `size` leaves. */
export function rootAt(tree: Subtrees, size: number): Promise<Buffer> {
  return rangeHash(tree, 0, size)
}

/**
 * What proves that leaf `index` is in the tree of `size` leaves: PATH(index, D[size]) of RFC 6962 §2.1.1, from the leaf upwards.
 *
 * @throws RangeError unless 0 ≤ index < size
 */
export async function inclusionProof(tree: Subtrees, index: number, size: number): Promise<Buffer[]> {
  if (!(Number.isSafeInteger(index) && Number.isSafeInteger(size) && index >= 0 && index < size)) {
    throw new RangeError(`no leaf ${index} in a tree of ${size}`)
  }
  const siblings: [from: number, to: number][] = []
  let from = 0
  let to = size
  while (to - from > 1) {
    const middle = from + split(to - from)
    if (index < middle) {
      siblings.unshift([middle, to])
      to = middle
    } else {
      siblings.unshift([from, middle])
      from = middle
    }
  }
  return hashRanges(tree, siblings)
}

/**
 * What proves that the tree of `second` leaves begins with the tree of `first`: PROOF(first, D[second]) of RFC 6962 §2.1.2.
 * Empty for equal sizes, and for `first` = 0, since everything begins with nothing.
 *
 * @throws RangeError unless 0 ≤ first ≤ second
 */
export async function consistencyProof(tree: Subtrees, first: number, second: number): Promise<Buffer[]> {
  if (!(Number.isSafeInteger(first) && Number.isSafeInteger(second) && first >= 0 && first <= second)) {
    throw new RangeError(`a tree of ${second} cannot begin with one of ${first}`)
  }
  if (first === 0 || first === second) return []
  const ranges: [from: number, to: number][] = []
  let from = 0
  let to = second
  while (to !== first) {
    const middle = from + split(to - from)
    if (first <= middle) {
      ranges.unshift([middle, to])
      to = middle
    } else {
      ranges.unshift([from, middle])
      from = middle
    }
  }
  // Where the old tree is itself one complete subtree at the left edge, the verifier has its hash: it is the old root.
  if (from > 0) ranges.unshift([from, to])
  return hashRanges(tree, ranges)
}

async function hashRanges(tree: Subtrees, ranges: readonly [from: number, to: number][]): Promise<Buffer[]> {
  const hashes: Buffer[] = []
  for (const [from, to] of ranges) hashes.push(await rangeHash(tree, from, to))
  return hashes
}

/** The hash over the leaves `from` to `to`, where `from` is a boundary of the splitting in RFC 6962 and so divides into complete subtrees. */
async function rangeHash(tree: Subtrees, from: number, to: number): Promise<Buffer> {
  const nodes: Buffer[] = []
  for (let at = from; at < to;) {
    let level = 0
    while (2 ** (level + 1) <= to - at) level += 1
    nodes.push(await tree.node(level, at / 2 ** level))
    at += 2 ** level
  }
  return foldRight(tree.alg, nodes)
}

function foldRight(alg: Algorithm, nodes: readonly Buffer[]): Buffer {
  if (nodes.length === 0) return emptyRoot(alg)
  return nodes.reduceRight((right, left) => hashNode(alg, left, right))
}

/** The largest power of two below `count`, the k of RFC 6962. Arithmetic, since JavaScript's shifts stop at 2^31. */
function split(count: number): number {
  let power = 1
  while (power * 2 < count) power *= 2
  return power
}

function onesIn(size: number): number {
  let ones = 0
  for (let left = size; left > 0; left = Math.floor(left / 2)) ones += left % 2
  return ones
}
