import { appendLeaves, emptyFrontier, frontierFromJson, frontierToJson, rootOf } from '#ledger/tree.ts'
import { checkpointHash, ed25519Signer, generateKeys, signCheckpoint } from '#ledger/checkpoint.ts'
import { createPublicKey } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { connectionOf, refusalFrom } from './store.ts'
import type { Signature } from '#ledger/algorithms.ts'
import type { Signer } from '#ledger/checkpoint.ts'
import type { Store } from './store.ts'

/** A file for each kind of key: two places that share a folder may have chosen differently. */
const KEY_FILES: Readonly<Record<Signature, { readonly secret: string; readonly open: string }>> = {
  ed25519: { secret: 'ledger-key.pem', open: 'ledger-key.public.pem' },
  sm2: { secret: 'ledger-key.sm2.pem', open: 'ledger-key.sm2.public.pem' },
}

/** The key that signs this place's checkpoints: in the data folder, never in the database. Made on first use. */
export async function ledgerKeys(store: Pick<Store, 'folder' | 'algorithms'>): Promise<{ privateKey: string; publicKey: string }> {
  const { signature } = await store.algorithms()
  const file = path.join(store.folder, KEY_FILES[signature].secret)
  if (!fs.existsSync(file)) writeKey(store.folder, signature, generateKeys(signature).privateKey)
  const privateKey = fs.readFileSync(file, 'utf8')
  return { privateKey, publicKey: publicHalf(privateKey) }
}

/** Puts a key where {@link ledgerKeys} finds it, in place of any that is there. */
export function keepKey(folder: string, signature: Signature, privateKey: string): void {
  for (const name of Object.values(KEY_FILES[signature])) fs.rmSync(path.join(folder, name), { force: true })
  writeKey(folder, signature, privateKey)
}

/** Never over another: of two processes that make one at once, the second fails. */
function writeKey(folder: string, signature: Signature, privateKey: string): void {
  const { secret, open } = KEY_FILES[signature]
  fs.mkdirSync(folder, { recursive: true })
  fs.writeFileSync(path.join(folder, secret), privateKey, { mode: 0o600, flag: 'wx' })
  fs.writeFileSync(path.join(folder, open), publicHalf(privateKey))
}

function publicHalf(privateKey: string): string {
  return createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString()
}

async function signerOf(store: Store): Promise<Signer> {
  const { signature } = await store.algorithms()
  const { privateKey } = await ledgerKeys(store)
  if (signature === 'ed25519') return ed25519Signer(privateKey)
  // Loaded where it signs: it takes a tenth of a second, for which no other place should wait.
  const { sm2Signer } = await import('#ledger/sm2-signer.ts')
  return sm2Signer(privateKey)
}

export interface Sealed {
  readonly ordinal: number
  readonly size: number
  readonly text: string
  /** How many leaves this sealing added. */
  readonly added: number
}

const BATCH = 20_000

/**
 * Gives every leaf that was not sealed yet its place in the tree and signs a checkpoint over all. One process at a time; leaves of transactions
 * that still run are left for the next sealing, so that no place is given twice or skipped.
 *
 * @param now an instant
 * @returns the last checkpoint; `undefined` while nothing was ever written
 */
export async function seal(store: Store, now: string): Promise<Sealed | undefined> {
  const { pool, region } = store
  const { digest } = await store.algorithms()
  const signer = await signerOf(store)
  const client = await connectionOf(pool)
  try {
    await client.query('begin')
    await client.query('select pg_advisory_xact_lock(751963, $1::int)', [Number(region)])
    const { rows: last } = await client.query<{ ordinal: number; size: number; text: string; frontier: unknown; sealed_to: string }>(
      'select ordinal, size, text, frontier, sealed_to::text from ledger_checkpoint where region = $1 order by ordinal desc limit 1',
      [region],
    )
    const { rows: horizon } = await client.query<{ xmin: string }>('select pg_snapshot_xmin(pg_current_snapshot())::text as xmin')
    let frontier = last[0] ? frontierFromJson(last[0].frontier) : emptyFrontier(digest)
    let added = 0
    await client.query(
      `declare unsealed no scroll cursor for
       select l.id, l.hash from ledger_leaf l
       where l.region = '${region.replaceAll("'", '')}' and l.txid >= '${last[0]?.sealed_to ?? '0'}'::xid8 and l.txid < '${horizon[0]!.xmin}'::xid8
         and not exists (select 1 from ledger_position p where p.region = l.region and p.id = l.id)
       order by l.id`,
    )
    for (;;) {
      const { rows } = await client.query<{ id: number; hash: Buffer }>(`fetch ${BATCH} from unsealed`)
      if (rows.length === 0) break
      await client.query(
        `insert into ledger_position (region, position, id, hash)
         select $1, $2 + x.place - 1, x.id, x.hash from unnest($3::bigint[], $4::bytea[]) with ordinality as x(id, hash, place)`,
        [region, frontier.size, rows.map(({ id }) => id), rows.map(({ hash }) => hash)],
      )
      frontier = appendLeaves(
        frontier,
        rows.map(({ hash }) => hash),
      )
      added += rows.length
    }
    if (added === 0) {
      await client.query('rollback')
      return last[0] && { ordinal: last[0].ordinal, size: last[0].size, text: last[0].text, added: 0 }
    }
    const at = new Date(now).toISOString().replace(/\.\d+Z$/, 'Z')
    const checkpoint = {
      origin: `yifa/${region}`,
      size: frontier.size,
      root: rootOf(frontier).toString('base64'),
      at,
      previous: last[0] ? checkpointHash(last[0].text) : null,
      alg: frontier.alg,
    }
    const text = signCheckpoint(checkpoint, signer)
    const ordinal = (last[0]?.ordinal ?? 0) + 1
    await client.query(
      'insert into ledger_checkpoint (region, ordinal, size, text, frontier, sealed_to, at) values ($1, $2, $3, $4, $5, $6::xid8, $7)',
      [region, ordinal, frontier.size, text, JSON.stringify(frontierToJson(frontier)), horizon[0]!.xmin, now],
    )
    await client.query('commit')
    return { ordinal, size: frontier.size, text, added }
  } catch (error) {
    await client.query('rollback').catch(() => {}) // a lost connection rolls back by itself
    throw refusalFrom(error)
  } finally {
    client.release()
  }
}
