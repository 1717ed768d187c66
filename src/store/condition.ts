import fs from 'node:fs'
import type { Store } from './store.ts'

/** Whether the place can work: each part, and all together. */
export interface Readiness {
  readonly database: boolean
  /** Bytes free where the data folder lies; the database is there too, where it is the embedded one. */
  readonly discFree: number
  readonly disc: boolean
}

/** Less free than this, and steps will soon not be saved. */
const DISC_LEAST = 512 * 1024 * 1024

/** Looks whether the database answers and the disc has room. The tables were brought up to date before anybody could ask. */
export async function readinessOf({ pool, folder }: Store): Promise<Readiness> {
  const database = await pool.query('select 1').then(
    () => true,
    () => false, // why not is in the log of the database; who asks here wants to know whether
  )
  const { bavail, bsize } = await fs.promises.statfs(folder)
  const discFree = bavail * bsize
  return { database, discFree, disc: discFree >= DISC_LEAST }
}

/** What waits to be done. */
export interface Waiting {
  readonly ledgerUnsealed: number
  readonly outboxWaiting: number
  readonly outboxGivenUp: number
  readonly clocksOverdue: number
}

/** Counts what waits, each by an index. @param today `YYYY-MM-DD` */
export async function waitingIn({ pool, region }: Store, today: string): Promise<Waiting> {
  const { rows } = await pool.query<Waiting>(
    `select
       (select count(*) from ledger_leaf l where l.region = $1
          and l.txid >= coalesce((select sealed_to from ledger_checkpoint p where p.region = $1 order by ordinal desc limit 1), '0'::xid8)
          and not exists (select 1 from ledger_position q where q.region = l.region and q.id = l.id)) as "ledgerUnsealed",
       (select count(*) from outbox where region = $1 and state = 'waiting') as "outboxWaiting",
       (select count(*) from outbox where region = $1 and state = 'given-up') as "outboxGivenUp",
       (select count(*) from clock_run where region = $1 and state <> 'stopped' and due_date < $2) as "clocksOverdue"`,
    [region, today],
  )
  return rows[0]!
}
