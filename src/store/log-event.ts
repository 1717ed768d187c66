import { instantOf } from '#engine/day.ts'
import { makeLeaf } from '#ledger/entry.ts'
import { randomUUID } from 'node:crypto'
import type { Algorithm } from '#ledger/digest.ts'
import type { Actor } from '#engine/case.ts'
import type { Store } from './store.ts'
import type pg from 'pg'

/** What is kept in the ledger beside steps and registers. */
export type EventKind =
  | 'reading'
  | 'export'
  | 'sign-in'
  | 'administration'
  | 'assignment'
  | 'recusal'
  | 'publication'
  | 'hand-in'
  | 'acknowledgement'

/** Something that happened: who, when, and what; never a personal value. */
export interface LoggedEvent {
  readonly kind: EventKind
  readonly by: Actor
  /** What it was done to, e.g. a case. */
  readonly of?: string
  readonly what: Readonly<Record<string, unknown>>
  /** An instant. */
  readonly at: string
}

/** Writes an event as a leaf of the ledger, its payload beside it. Each is a chain of its own: nothing waits for another. */
export async function logEvent(store: Store, event: LoggedEvent, db: Pick<pg.Pool, 'query'> = store.pool): Promise<void> {
  const { digest } = await store.algorithms()
  const { kind, leaf, payload } = eventLeaf(store.region, event, digest)
  await db.query('insert into ledger_leaf (region, kind, subject, seq, leaf, hash, salt, payload) values ($1, $2, $3, 1, $4, $5, $6, $7)', [
    store.region,
    kind,
    leaf.leaf.subject,
    leaf.text,
    leaf.leafHash,
    leaf.saltOpen,
    payload,
  ])
}

/** The leaf of an event, and its payload as it is stored. */
export function eventLeaf(region: string, { kind, by, of, what, at }: LoggedEvent, alg: Algorithm) {
  const payload = { by: { ...by }, of: of ?? null, what }
  const leaf = makeLeaf({
    alg,
    region,
    kind,
    subject: randomUUID(),
    seq: 1,
    at: new Date(instantOf(at)).toISOString().replace('.000Z', 'Z'),
    open: payload,
    prev: null,
  })
  return { kind, leaf, payload: JSON.stringify(payload) }
}
