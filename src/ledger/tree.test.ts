import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { algorithms, digest, emptyRoot, hashLeaf } from './digest.ts'
import { verifyConsistency, verifyInclusion } from './proof.ts'
import {
  appendLeaves,
  consistencyProof,
  emptyFrontier,
  frontierFromJson,
  frontierToJson,
  inclusionProof,
  rootAt,
  rootOf,
  subtrees,
} from './tree.ts'
import type { Subtrees } from './tree.ts'

/** The reference leaves and roots of certificate-transparency (`merkle_tree_test`), one root per size. */
const ctLeaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const ctRoots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]
const ctHashes = ctLeaves.map((leaf) => hashLeaf('sha256', Buffer.from(leaf, 'hex')))

for (const [size, root] of ctRoots.entries()) {
  test(`RFC 6962 reference tree: root of ${size} leaves`, async () => {
    assert.equal(rootOf(appendLeaves(emptyFrontier('sha256'), ctHashes.slice(0, size))).toString('hex'), root)
    assert.equal((await rootAt(treeOver(ctHashes), size)).toString('hex'), root)
  })
}

test('RFC 6962 reference tree: PATH(0, D[8]) and PROOF(6, D[8])', async () => {
  assert.deepEqual(hex(await inclusionProof(treeOver(ctHashes), 0, 8)), [
    '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
    '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
    '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
  ])
  assert.deepEqual(hex(await consistencyProof(treeOver(ctHashes), 6, 8)), [
    '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
    'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  ])
})

for (const alg of algorithms) {
  const most = 70
  const hashes = Array.from({ length: most }, (_, at) => hashLeaf(alg, `leaf ${at}`))
  const tree = treeOver(hashes, alg)
  const roots = Array.from({ length: most + 1 }, (_, size) => rootOf(appendLeaves(emptyFrontier(alg), hashes.slice(0, size))))

  test(`${alg}: every inclusion proof up to size ${most} holds, and for no other leaf, place, size or root`, async () => {
    for (let size = 1; size <= most; size++) {
      for (let index = 0; index < size; index++) {
        const claim = { leafHash: hashes[index]!, index, size, proof: await inclusionProof(tree, index, size), root: roots[size]! }
        assert.ok(verifyInclusion(alg, claim), `${index} of ${size}`)
        assert.ok(!verifyInclusion(alg, { ...claim, leafHash: hashes[(index + 1) % most]! }))
        assert.ok(!verifyInclusion(alg, { ...claim, root: roots[size - 1]! }))
        assert.ok(!verifyInclusion(alg, { ...claim, proof: [...claim.proof, hashes[0]!] }))
        assert.ok(!verifyInclusion(alg, { ...claim, proof: claim.proof.slice(1) }) || size === 1)
        if (size > 1) assert.ok(!verifyInclusion(alg, { ...claim, index: (index + 1) % size }))
      }
    }
  })

  test(`${alg}: every consistency proof up to size ${most} holds, and for no other root`, async () => {
    for (let second = 0; second <= most; second++) {
      for (let first = 0; first <= second; first++) {
        const claim = {
          first,
          firstRoot: roots[first]!,
          second,
          secondRoot: roots[second]!,
          proof: await consistencyProof(tree, first, second),
        }
        assert.ok(verifyConsistency(alg, claim), `${first} in ${second}`)
        assert.ok(!verifyConsistency(alg, { ...claim, firstRoot: hashes[0]!.map((byte) => byte ^ 1) as Buffer }))
        if (first > 0) assert.ok(!verifyConsistency(alg, { ...claim, secondRoot: hashes[0]!.map((byte) => byte ^ 1) as Buffer }))
        assert.ok(!verifyConsistency(alg, { ...claim, proof: [...claim.proof, hashes[0]!] }))
      }
    }
  })
}

test('a changed byte anywhere in a proof breaks it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 2, max: 300 }), fc.nat(), fc.nat(), fc.nat(), async (size, someIndex, someNode, someByte) => {
      const hashes = Array.from({ length: size }, (_, at) => hashLeaf('sha256', `${at}`))
      const index = someIndex % size
      const proof = (await inclusionProof(treeOver(hashes), index, size)).map((node) => Buffer.from(node))
      const node = proof[someNode % proof.length]!
      node[someByte % 32]! ^= 0x40
      assert.ok(
        !verifyInclusion('sha256', {
          leafHash: hashes[index]!,
          index,
          size,
          proof,
          root: rootOf(appendLeaves(emptyFrontier('sha256'), hashes)),
        }),
      )
    }),
  )
})

test('appending in any batches, through JSON in between, gives the root of appending at once', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(40), { maxLength: 12 }), (batches) => {
      let frontier = emptyFrontier('sha256')
      const all: Buffer[] = []
      for (const count of batches) {
        const batch = Array.from({ length: count }, (_, at) => hashLeaf('sha256', `${all.length + at}`))
        all.push(...batch)
        frontier = frontierFromJson(JSON.parse(JSON.stringify(frontierToJson(appendLeaves(frontier, batch)))))
      }
      assert.equal(frontier.size, all.length)
      assert.deepEqual(rootOf(frontier), rootOf(appendLeaves(emptyFrontier('sha256'), all)))
    }),
  )
})

test('the cache of subtrees serves proofs beyond one reading, and a ledger that goes on growing', async () => {
  const hashes: Buffer[] = []
  let leavesRead = 0
  const tree = subtrees('sha256', (from, to) => {
    leavesRead += to - from
    return hashes.slice(from, to)
  })
  for (const size of [9_000, 9_001, 12_345]) {
    while (hashes.length < size) hashes.push(hashLeaf('sha256', `${hashes.length}`))
    const root = rootOf(appendLeaves(emptyFrontier('sha256'), hashes))
    for (const index of [0, 255, 256, 8_191, 8_192, size - 1]) {
      const proof = await inclusionProof(tree, index, size)
      assert.ok(verifyInclusion('sha256', { leafHash: hashes[index]!, index, size, proof, root }), `${index} of ${size}`)
    }
  }
  leavesRead = 0
  await inclusionProof(tree, 5_000, 12_345)
  assert.ok(leavesRead < 512, `${leavesRead} leaf hashes were read for a proof that the cache should serve`)
})

test('refused: a proof for a leaf that is not there, a reader that reads short, a frontier that is none', async () => {
  await assert.rejects(inclusionProof(treeOver(ctHashes), 8, 8), RangeError)
  await assert.rejects(consistencyProof(treeOver(ctHashes), 8, 7), RangeError)
  await assert.rejects(
    rootAt(
      subtrees('sha256', () => []),
      4,
    ),
    RangeError,
  )
  assert.throws(() => frontierFromJson({ alg: 'sha256', size: 3, nodes: [] }), TypeError)
  assert.throws(() => frontierFromJson({ alg: 'md5', size: 0, nodes: [] }), TypeError)
})

test('SM3 (GB/T 32905): "abc", and the empty tree', () => {
  assert.equal(emptyRoot('sm3').toString('hex'), '1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b')
  assert.equal(digest('sm3', Buffer.from('abc')).toString('hex'), '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0')
})

function treeOver(hashes: readonly Buffer[], alg: 'sha256' | 'sm3' = 'sha256'): Subtrees {
  return subtrees(alg, (from, to) => hashes.slice(from, to))
}

function hex(hashes: readonly Buffer[]): string[] {
  return hashes.map((hash) => hash.toString('hex'))
}
