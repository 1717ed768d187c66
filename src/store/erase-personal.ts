import { eraseFiles } from './files.ts'
import { instantOf } from '#engine/day.ts'
import { makeLeaf } from '#ledger/entry.ts'
import { Refusal } from '#engine/refusal.ts'
import { inTransaction } from './store.ts'
import type { Actor } from '#engine/case.ts'
import type { Store } from './store.ts'

/**
 * Erases the personal values of a case, with their salts, and its files that are not public; an entry in the ledger says that, when, by whom and why. All proofs stay valid.
 *
 * @param at an instant
 * @returns how many steps lost their personal part
 * @throws Refusal `erasure.nothing-there`
 */
export async function erasePersonal(store: Store, caseId: string, reason: string, by: Actor, at: string): Promise<number> {
  const { region } = store
  const { digest } = await store.algorithms()
  return inTransaction(store.pool, async (client) => {
    const { rows } = await client.query<{ seq: number }>('select seq from personal where region = $1 and subject = $2 order by seq', [
      region,
      caseId,
    ])
    if (rows.length === 0) throw nothingThere(caseId)
    const { rows: before } = await client.query<{ seq: number; hash: Buffer }>(
      "select seq, hash from ledger_leaf where region = $1 and kind = 'erasure' and subject = $2 order by seq desc limit 1",
      [region, caseId],
    )
    const payload = { erases: rows.map(({ seq }) => ({ kind: 'step', seq })), reason, by: { ...by } }
    const leaf = makeLeaf({
      alg: digest,
      region,
      kind: 'erasure',
      subject: caseId,
      seq: (before[0]?.seq ?? 0) + 1,
      at: new Date(instantOf(at)).toISOString().replace('.000Z', 'Z'),
      open: payload,
      prev: before[0]?.hash ?? null,
    })
    await client.query(
      "insert into ledger_leaf (region, kind, subject, seq, leaf, hash, salt, payload) values ($1, 'erasure', $2, $3, $4, $5, $6, $7)",
      [region, caseId, leaf.leaf.seq, leaf.text, leaf.leafHash, leaf.saltOpen, JSON.stringify(payload)],
    )
    await client.query('update case_search set personal = null where region = $1 and case_id = $2', [region, caseId])
    await eraseFiles(client, region, caseId, at)
    // What somebody is typing for this case may repeat what is erased.
    await client.query('delete from draft where region = $1 and target = $2', [region, caseId])
    for (const { seq } of rows) {
      await client.query("select set_config('yifa.erasing', $1, true)", [`${caseId}/${seq}`])
      await client.query('delete from personal where region = $1 and subject = $2 and seq = $3', [region, caseId, seq])
    }
    return rows.length
  })
}

function nothingThere(caseId: string): Refusal {
  return new Refusal({
    code: 'erasure.nothing-there',
    message: [`案件 ${caseId} 没有可删除的个人信息。`, `Case ${caseId} holds no personal data to erase.`],
    basis: ['个人信息保护法第四十七条', 'Personal Information Protection Law, article 47'],
    remedy: ['请核对案件。', 'Check the case.'],
  })
}
