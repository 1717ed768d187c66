import { createHmac } from 'node:crypto'
import { inTransaction } from './store.ts'
import { logEvent } from './log-event.ts'
import { signInSecret } from './sign-in-secret.ts'
import type { Actor } from '#engine/case.ts'
import type { Store } from './store.ts'

/** Texts of a form as they were typed, by the name of the input. */
export type Typed = Readonly<Record<string, string>>

/** What somebody brings through the portal: being written until `arrivedAt`, then waiting for an officer, then a case of the same id, or refused. */
export interface HandIn {
  readonly id: string
  readonly number: string
  readonly procedure: string
  readonly step: string
  /** Personal. */
  readonly typed: Typed
  /** Agrees to be served electronically. */
  readonly consents: boolean | null
  readonly begunAt: string
  /** When it reached the system. */
  readonly arrivedAt: string | null
  /** Of the content as it arrived, hex. */
  readonly sha256: string | null
  readonly refusedAt: string | null
  readonly reason: string | null
  readonly isCase: boolean
  readonly askedAt: string | null
  readonly answeredAt: string | null
}

const COLUMNS = `h.id, h.number, h.procedure, h.step, h.typed, h.consents, h.begun_at as "begunAt", h.arrived_at as "arrivedAt", h.sha256,
  h.refused_at as "refusedAt", h.reason, c.id is not null as "isCase", h.asked_at as "askedAt", h.answered_at as "answeredAt"`
const FROM = 'hand_in h left join case_file c on c.region = h.region and c.id = h.id'

/** The person that uploads of a matter, and steps of its party, are recorded under: no name. */
export function partyPerson(id: string): string {
  return `party:${id}`
}

/** Begins one. @returns `false` where the number is another’s already */
export async function beginHandIn(
  store: Store,
  { id, number, procedure, step, begunAt }: Pick<HandIn, 'id' | 'number' | 'procedure' | 'step' | 'begunAt'>,
  code: string,
): Promise<boolean> {
  const { rowCount } = await store.pool.query(
    `insert into hand_in (region, id, number, code_hash, procedure, step, typed, begun_at) values ($1, $2, $3, $4, $5, $6, '{}', $7)
     on conflict (region, number) do nothing`,
    [store.region, id, number, hashed(store, code), procedure, step, begunAt],
  )
  return rowCount === 1
}

export async function handInOf({ pool, region }: Store, id: string): Promise<HandIn | undefined> {
  const { rows } = await pool.query<HandIn>(`select ${COLUMNS} from ${FROM} where h.region = $1 and h.id = $2`, [region, id])
  return rows[0]
}

/** The one whose number and code these are; that the number exists is not told apart. */
export async function handInByCode(store: Store, number: string, code: string): Promise<HandIn | undefined> {
  const { rows } = await store.pool.query<HandIn>(
    `select ${COLUMNS} from ${FROM} where h.region = $1 and h.number = $2 and h.code_hash = $3`,
    [store.region, number, hashed(store, code)],
  )
  return rows[0]
}

/** Keeps what was typed on one page, beside the others. Nothing is changed once it was handed in. */
export async function keepTyped({ pool, region }: Store, id: string, typed: Typed): Promise<void> {
  await pool.query('update hand_in set typed = typed || $3 where region = $1 and id = $2 and arrived_at is null', [
    region,
    id,
    JSON.stringify(typed),
  ])
}

/**
 * Hands it in: its arrival is a leaf of the ledger, with the hash of what was brought and nothing of it.
 *
 * @returns `false` where it had arrived before: twice is once
 */
export async function handIn(
  store: Store,
  { id, procedure }: Pick<HandIn, 'id' | 'procedure'>,
  { consents, sha256, at }: { readonly consents: boolean; readonly sha256: string; readonly at: string },
): Promise<boolean> {
  return inTransaction(store.pool, async (client) => {
    const { rowCount } = await client.query(
      'update hand_in set arrived_at = $3, consents = $4, sha256 = $5 where region = $1 and id = $2 and arrived_at is null',
      [store.region, id, at, consents, sha256],
    )
    if (rowCount !== 1) return false
    const by = { post: 'public', person: partyPerson(id), organ: '' }
    await logEvent(store, { kind: 'hand-in', by, of: id, what: { procedure, sha256 }, at }, client)
    return true
  })
}

/** What of these procedures waits for an officer, oldest first. */
export async function listHandIns({ pool, region }: Store, procedures: readonly string[]): Promise<HandIn[]> {
  const { rows } = await pool.query<HandIn>(
    `select ${COLUMNS} from ${FROM} where h.region = $1 and h.procedure = any($2) and h.arrived_at is not null and h.refused_at is null and c.id is null
     order by h.arrived_at, h.id limit 200`,
    [region, procedures],
  )
  return rows
}

/** Turns it away with a reason, kept in the ledger; what was typed goes. @returns `false` where it waits no more */
export async function refuseHandIn(store: Store, id: string, by: Actor, reason: string, at: string): Promise<boolean> {
  return inTransaction(store.pool, async (client) => {
    const { rowCount } = await client.query(
      `update hand_in h set refused_at = $3, refused_by = $4, reason = $5, typed = '{}'
       where region = $1 and id = $2 and arrived_at is not null and refused_at is null
         and not exists (select 1 from case_file c where c.region = h.region and c.id = h.id)`,
      [store.region, id, at, by.person, reason],
    )
    if (rowCount !== 1) return false
    await logEvent(store, { kind: 'hand-in', by, of: id, what: { refused: true }, at }, client)
    return true
  })
}

/** Its case was opened: what was typed is the case's, and so are the attachments. */
export async function handInOpened({ pool, region }: Store, id: string): Promise<void> {
  await pool.query("update hand_in set typed = '{}' where region = $1 and id = $2", [region, id])
  await attachUploads({ pool, region }, id, 1)
}

/** What the party uploaded and no step has named yet goes to a step of the case. */
export async function attachUploads({ pool, region }: Pick<Store, 'pool' | 'region'>, id: string, seq: number): Promise<void> {
  await pool.query(
    'update file set case_id = $2, seq = $3, is_public = false where region = $1 and person = $4 and case_id is null and sha256 is not null',
    [region, id, seq, partyPerson(id)],
  )
}

/** The party’s uploads that no case has yet. */
export async function uploadsOf(
  { pool, region }: Store,
  id: string,
): Promise<{ id: string; name: string; bytes: number; sha256: string }[]> {
  const { rows } = await pool.query<{ id: string; name: string; bytes: number; sha256: string }>(
    'select id, name, bytes, sha256 from file where region = $1 and person = $2 and case_id is null and sha256 is not null order by at, id',
    [region, partyPerson(id)],
  )
  return rows
}

/** The party has a document since then: said once, in the ledger. */
export async function acknowledge(store: Store, id: string, { seq, document }: Acknowledged, at: string): Promise<void> {
  await inTransaction(store.pool, async (client) => {
    const { rowCount } = await client.query(
      'insert into acknowledgement (region, hand_in, seq, document, at) values ($1, $2, $3, $4, $5) on conflict do nothing',
      [store.region, id, seq, document, at],
    )
    if (rowCount !== 1) return
    const by = { post: 'public', person: partyPerson(id), organ: '' }
    await logEvent(store, { kind: 'acknowledgement', by, of: id, what: { seq, document }, at }, client)
  })
}

export interface Acknowledged {
  readonly seq: number
  readonly document: string
}

export async function acknowledgementsOf({ pool, region }: Store, id: string): Promise<(Acknowledged & { readonly at: string })[]> {
  const { rows } = await pool.query<Acknowledged & { at: string }>(
    'select seq, document, at from acknowledgement where region = $1 and hand_in = $2 order by seq, document',
    [region, id],
  )
  return rows
}

/** Whoever follows a closed matter was asked what they think of it. */
export async function askEvaluation({ pool, region }: Store, id: string, at: string): Promise<void> {
  await pool.query('update hand_in set asked_at = $3 where region = $1 and id = $2 and asked_at is null', [region, id, at])
}

/** The first answer stands. */
export async function answerEvaluation({ pool, region }: Store, id: string, rating: string, remark: string, at: string): Promise<void> {
  await pool.query(
    'update hand_in set answered_at = $3, rating = $4, remark = $5 where region = $1 and id = $2 and asked_at is not null and answered_at is null',
    [region, id, at, rating, remark],
  )
}

/** How many were asked, and what they answered: nobody's words. */
export async function countEvaluations(
  { pool, region }: Store,
  procedures: readonly string[],
): Promise<{ procedure: string; asked: number; answered: number }[]> {
  const { rows } = await pool.query<{ procedure: string; asked: number; answered: number }>(
    `select procedure, count(asked_at)::int as asked, count(answered_at)::int as answered from hand_in
     where region = $1 and procedure = any($2) group by procedure having count(asked_at) > 0 order by procedure`,
    [region, procedures],
  )
  return rows
}

/** Unfinished ones are kept for so long. */
export const KEPT_UNFINISHED_DAYS = 30

/** Removes what was begun and never handed in. Its files are nobody's then, and go with the next sweep of files. */
export async function dropUnfinished({ pool, region }: Store, now: string): Promise<number> {
  const { rowCount } = await pool.query(
    'delete from hand_in where region = $1 and arrived_at is null and begun_at < $2::timestamptz - make_interval(days => $3)',
    [region, now, KEPT_UNFINISHED_DAYS],
  )
  return rowCount ?? 0
}

/** With the place's own secret: whoever reads the database cannot try codes. */
function hashed(store: Pick<Store, 'folder'>, code: string): string {
  return createHmac('sha256', signInSecret(store)).update(`hand-in:${code}`).digest('base64url')
}
