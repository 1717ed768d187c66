import { Refusal } from '#engine/refusal.ts'
import type { Store } from './store.ts'

/** A leaf of a subject and where it stands. */
export interface LeafPlace {
  readonly seq: number
  /** Hex. */
  readonly hash: string
  /** `null` until it is sealed. */
  readonly position: number | null
  /** The first checkpoint that covers it. */
  readonly checkpoint: number | null
}

export interface CheckpointRow {
  readonly ordinal: number
  readonly size: number
  readonly text: string
  readonly at: string
}

/** The leaves of one subject, in order. */
export async function leavesOf({ pool, region }: Store, kind: string, subject: string): Promise<LeafPlace[]> {
  const { rows } = await pool.query<LeafPlace>(
    `select l.seq, encode(l.hash, 'hex') as hash, p.position, 
       (select min(k.ordinal) from ledger_checkpoint k where k.region = l.region and k.size > p.position) as checkpoint
     from ledger_leaf l left join ledger_position p on p.region = l.region and p.id = l.id
     where l.region = $1 and l.kind = $2 and l.subject = $3 order by l.seq`,
    [region, kind, subject],
  )
  return rows
}

/** The checkpoints, newest first, a page at a time. */
export async function listCheckpoints(
  { pool, region }: Store,
  { before, limit }: { readonly before?: number; readonly limit: number },
): Promise<CheckpointRow[]> {
  const { rows } = await pool.query<CheckpointRow>(
    'select ordinal, size, text, at from ledger_checkpoint where region = $1 and ($2::int is null or ordinal < $2) order by ordinal desc limit $3',
    [region, before ?? null, limit],
  )
  return rows
}

/** @throws Refusal `ledger.checkpoint-unknown` */
export async function checkpointNumbered({ pool, region }: Store, ordinal: number): Promise<CheckpointRow> {
  const { rows } = await pool.query<CheckpointRow>(
    'select ordinal, size, text, at from ledger_checkpoint where region = $1 and ordinal = $2',
    [region, ordinal],
  )
  if (rows[0]) return rows[0]
  throw new Refusal({
    code: 'ledger.checkpoint-unknown',
    message: [`没有第 ${ordinal} 个检查点。`, `There is no checkpoint ${ordinal}.`],
    basis: ['检查点自 1 起连续编号。', 'Checkpoints are numbered from 1.'],
    remedy: ['请从检查点列表中选择。', 'Choose one from the list.'],
  })
}

export interface LedgerStatus {
  readonly last: CheckpointRow | null
  /** Leaves written since. */
  readonly waiting: number
}

/** The last checkpoint, and how much waits for the next. */
export async function ledgerStatus(store: Store): Promise<LedgerStatus> {
  const { pool, region } = store
  const [last] = await listCheckpoints(store, { limit: 1 })
  const { rows: sealed } = await pool.query<{ to: string }>(
    'select sealed_to::text as to from ledger_checkpoint where region = $1 order by ordinal desc limit 1',
    [region],
  )
  // Apart, so that the planner knows how few leaves lie beyond that point instead of guessing a third of the ledger.
  const { rows } = await pool.query<{ waiting: number }>(
    `select count(*) as waiting from ledger_leaf l
     where l.region = $1 and l.txid >= $2::xid8 and not exists (select 1 from ledger_position p where p.region = l.region and p.id = l.id)`,
    [region, sealed[0]?.to ?? '0'],
  )
  return { last: last ?? null, waiting: rows[0]!.waiting }
}

/** Changes whenever anything was written that a figure can rest on: what was computed under the same mark is still so. */
export async function writtenMark({ pool, region }: Store): Promise<string> {
  const { rows } = await pool.query<{ mark: string }>(
    `select concat_ws('/', (select max(id) from ledger_leaf where region = $1), (select ordinal from ledger_checkpoint where region = $1 order by ordinal desc limit 1),
       (select count(*) from schedule where region = $1)) as mark`,
    [region],
  )
  return rows[0]!.mark
}
