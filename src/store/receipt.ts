import { caseIdOf } from './read-case.ts'
import { ledgerRecord } from './read-ledger.ts'
import { inclusionProof, subtrees } from '#ledger/tree.ts'
import { Refusal } from '#engine/refusal.ts'
import type { Receipt } from '#ledger/verify.ts'
import type { Store } from './store.ts'
import type { Subtrees } from '#ledger/tree.ts'

// One tree per pool: complete subtrees never change, so what was computed once serves every later proof.
const trees = new WeakMap<object, Subtrees>()

/**
 * What proves that a step stands in the ledger with its values: the leaf, the way to the root, the signed checkpoint. Nothing personal.
 *
 * @param seq number of the step; absent: the last
 * @throws Refusal `case.unknown` · `ledger.no-such-step` · `ledger.not-sealed-yet`
 */
export async function receiptOf(store: Store, idOrNumber: string, seq?: number): Promise<Receipt> {
  const { pool, region } = store
  const id = await caseIdOf(pool, region, idOrNumber)
  const { rows } = await pool.query<{ seq: number; leaf: string; position: number | null }>(
    `select l.seq, l.leaf, p.position from ledger_leaf l left join ledger_position p on p.region = l.region and p.id = l.id
     where l.region = $1 and l.kind = 'step' and l.subject = $2 and ($3::int is null or l.seq = $3) order by l.seq desc limit 1`,
    [region, id, seq ?? null],
  )
  const leaf = rows[0]
  if (!leaf) throw noSuchStep(idOrNumber, seq)
  if (leaf.position === null) throw notSealed()

  const { rows: last } = await pool.query<{ size: number; text: string }>(
    'select size, text from ledger_checkpoint where region = $1 order by ordinal desc limit 1',
    [region],
  )
  const proof = await inclusionProof(await treeOf(store), leaf.position, last[0]!.size)
  const record = await ledgerRecord(store, id, leaf.seq)
  if (!record) throw noSuchStep(idOrNumber, seq)
  return {
    leaf: leaf.leaf,
    openPayload: record.openPayload,
    saltOpen: Buffer.from(record.saltOpen as Uint8Array).toString('hex'),
    index: leaf.position,
    proof: proof.map((hash) => hash.toString('base64')),
    checkpoint: last[0]!.text,
  }
}

async function treeOf(store: Store): Promise<Subtrees> {
  const { pool, region } = store
  let tree = trees.get(pool)
  if (!tree) {
    const { digest } = await store.algorithms()
    tree = subtrees(digest, async (from, to) => {
      const { rows } = await pool.query<{ hash: Buffer }>(
        'select hash from ledger_position where region = $1 and position >= $2 and position < $3 order by position',
        [region, from, to],
      )
      return rows.map(({ hash }) => hash)
    })
    trees.set(pool, tree)
  }
  return tree
}

function noSuchStep(theCase: string, seq: number | undefined): Refusal {
  return new Refusal({
    code: 'ledger.no-such-step',
    message: [`案件“${theCase}”在存证中没有第 ${seq ?? '—'} 步。`, `Case “${theCase}” has no step ${seq ?? '—'} in the ledger.`],
    basis: ['每一步有一条存证。', 'Every step has one leaf.'],
    remedy: ['请核对步骤序号。', 'Check the number of the step.'],
  })
}

function notSealed(): Refusal {
  return new Refusal({
    code: 'ledger.not-sealed-yet',
    message: ['该步骤已存证，尚未封存。', 'The step is in the ledger but not sealed yet.'],
    basis: ['存证按批封存并签名。', 'Leaves are sealed and signed in batches.'],
    remedy: ['稍候重试，或运行 yifa ledger checkpoint。', 'Try again in a moment, or run yifa ledger checkpoint.'],
  })
}
