import { appendEntry, newestEntries } from './registers.ts'
import { inTransaction } from './store.ts'
import { isUuid } from './read-case.ts'
import { logEvent } from './log-event.ts'
import { noteToTell } from './to-tell.ts'
import { Refusal } from '#engine/refusal.ts'
import { randomUUID } from 'node:crypto'
import type { Actor } from '#engine/case.ts'
import type { RegisterEntry } from '#engine/register.ts'
import type { Store } from './store.ts'
import type { Words } from '#engine/words.ts'

/** An entry as somebody would have it. */
export interface ProposedEntry extends RegisterEntry {
  /** The version of its key that was the newest when it was proposed; 0: there was none. */
  readonly was: number
}

/** One entry, or all rows of an import: they are approved together or not at all. */
export interface Proposal {
  readonly id: string
  readonly register: string
  readonly entries: readonly ProposedEntry[]
  readonly reason: string
  readonly by: Actor
  readonly at: string
  readonly decision?: { readonly approved: boolean; readonly reason: string; readonly by: Actor; readonly at: string }
}

/** A proposal without its entries. */
export interface ProposalLine extends Omit<Proposal, 'entries'> {
  readonly size: number
  /** The key of its entry where it has one alone. */
  readonly key: string | null
}

/** Keeps a proposal. @param at an instant @returns its id */
export async function propose(
  store: Store,
  register: string,
  entries: readonly RegisterEntry[],
  reason: string,
  by: Actor,
  at: string,
): Promise<string> {
  const newest = await newestEntries(
    store,
    register,
    entries.map(({ key }) => key),
  )
  const proposed = entries.map((entry): ProposedEntry => ({ ...entry, was: newest.get(entry.key)?.version ?? 0 }))
  const id = randomUUID()
  await inTransaction(store.pool, async (client) => {
    await client.query(
      'insert into register_proposal (region, id, register, entries, reason, post, person, organ, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
      [store.region, id, register, JSON.stringify(proposed), reason, by.post, by.person, by.organ, at],
    )
    await noteToTell(client, store.region, { kind: 'register-proposal', subject: id, at })
    const what = { proposal: id, register, entries: entries.length, reason }
    await logEvent(store, { kind: 'administration', by, of: `register/${register}`, what, at }, client)
  })
  return id
}

const COLUMNS = `p.id, p.register, p.reason, p.at, jsonb_build_object('post', p.post, 'person', p.person, 'organ', p.organ) as by,
  d.approved, d.reason as decision_reason, d.at as decided_at, jsonb_build_object('post', d.post, 'person', d.person, 'organ', d.organ) as decided_by`
const FROM = 'from register_proposal p left join register_decision d on d.region = p.region and d.proposal = p.id'

interface ProposalRow {
  readonly id: string
  readonly register: string
  readonly reason: string
  readonly at: string
  readonly by: Actor
  readonly approved: boolean | null
  readonly decision_reason: string
  readonly decided_at: string
  readonly decided_by: Actor
}

/** Proposals for some registers, the newest first. @param after `at` and `id` of the last one of the page before */
export async function listProposals(
  { pool, region }: Store,
  {
    registers,
    after,
    limit,
  }: { readonly registers: readonly string[]; readonly after?: readonly [at: string, id: string]; readonly limit: number },
): Promise<ProposalLine[]> {
  const { rows } = await pool.query<ProposalRow & { size: number; key: string | null }>(
    `select ${COLUMNS}, jsonb_array_length(p.entries) as size,
       case when jsonb_array_length(p.entries) = 1 then p.entries->0->>'key' end as key
     from unnest($2::text[]) as r(register) cross join lateral (
       select * from register_proposal q where q.region = $1 and q.register = r.register
         and ($3::timestamptz is null or (q.at, q.id) < ($3, $4::uuid)) order by q.at desc, q.id desc limit $5) p
     left join register_decision d on d.region = p.region and d.proposal = p.id order by p.at desc, p.id desc limit $5`,
    [region, registers, after?.[0] ?? null, after?.[1] ?? null, limit],
  )
  return rows.map(({ size, key, ...row }) => ({ ...readProposalRow(row), size, key }))
}

/** @throws Refusal `proposal.unknown` */
export async function readProposal({ pool, region }: Store, id: string): Promise<Proposal> {
  const { rows } = isUuid(id)
    ? await pool.query<ProposalRow & { entries: ProposedEntry[] }>(
        `select ${COLUMNS}, p.entries ${FROM} where p.region = $1 and p.id = $2`,
        [region, id],
      )
    : { rows: [] }
  const row = rows[0]
  if (!row) throw unknownProposal(id)
  const { entries, ...rest } = row
  return { ...readProposalRow(rest), entries }
}

/**
 * Decides on a proposal: what is approved is written, every entry of it with its leaf in the ledger, or nothing is.
 *
 * @param at an instant
 * @throws Refusal `proposal.decided` · `proposal.stale` · `proposal.administrator`
 */
export async function decideProposal(
  store: Store,
  proposal: Proposal,
  { approved, reason, by, at }: NonNullable<Proposal['decision']>,
): Promise<void> {
  const { pool, region } = store
  const { id, register, entries } = proposal
  try {
    await inTransaction(pool, async (client) => {
      // Two proposals for one register are written one after the other: the second one sees that what it was written against has changed.
      await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${region}/register/${register}`])
      const { rowCount } = await client.query(
        `insert into register_decision (region, proposal, approved, reason, post, person, organ, at) values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict do nothing`,
        [region, id, approved, reason, by.post, by.person, by.organ, at],
      )
      if (rowCount === 0) throw decidedAlready()
      if (approved) {
        const { rows } = await client.query<{ key: string; version: number }>(
          'select key, max(version) as version from register_entry where region = $1 and register = $2 and key = any($3) group by key',
          [region, register, entries.map(({ key }) => key)],
        )
        const { digest } = await store.algorithms()
        const newest = new Map(rows.map(({ key, version }) => [key, version]))
        const stale = entries.filter(({ key, was }) => (newest.get(key) ?? 0) !== was)
        if (stale.length > 0) throw changedSince(stale.map(({ key }) => key))
        for (const { was: _, ...entry } of entries) await appendEntry(client, region, digest, register, entry, by, at)
      }
      await noteToTell(client, region, { kind: 'register-decision', subject: id, at })
      const what = { proposal: id, register, approved, entries: entries.length, reason, proposedBy: proposal.by }
      await logEvent(store, { kind: 'administration', by, of: `register/${register}`, what, at }, client)
    })
  } catch (error) {
    if ((error as { code?: string }).code === 'YF002') throw administratorNamed(error)
    throw error
  }
}

function readProposalRow({ approved, decision_reason, decided_at, decided_by, ...row }: ProposalRow): Omit<Proposal, 'entries'> {
  return approved === null ? row : { ...row, decision: { approved, reason: decision_reason, by: decided_by, at: decided_at } }
}

function unknownProposal(id: string): Refusal {
  return new Refusal({
    code: 'proposal.unknown',
    message: [`没有提案“${id}”。`, `There is no proposal “${id}”.`],
    basis: ['提案由名册管理员提出。', 'Proposals are made by those who keep a register.'],
    remedy: ['请从提案列表进入。', 'Start from the list of proposals.'],
  })
}

function decidedAlready(): Refusal {
  return new Refusal({
    code: 'proposal.decided',
    message: ['该提案已有决定。', 'The proposal has been decided on.'],
    basis: ['一个提案只决定一次。', 'A proposal is decided on once.'],
    remedy: ['如需再改，请重新提出。', 'If it is to be changed again, propose it anew.'],
  })
}

function changedSince(keys: readonly string[]): Refusal {
  const shown = keys.slice(0, 10)
  const names = (comma: string, more: string): string => `${shown.join(comma)}${keys.length > shown.length ? more : ''}`
  const said: Words = [
    `提案提出后，${names('、', ` 等 ${keys.length} 条`)}已有新版本。`,
    `Since it was proposed there are newer versions of ${names(', ', ` and others, ${keys.length} in all`)}.`,
  ]
  return new Refusal({
    code: 'proposal.stale',
    message: said,
    basis: [
      '提案针对当时的版本；整份提案一并通过或者一并不通过。',
      'A proposal is written against the versions of its day, and approved as a whole or not at all.',
    ],
    remedy: ['请不予通过，由提出人对照最新版本重新提出。', 'Reject it; whoever proposed it writes it anew against the newest version.'],
  })
}

function administratorNamed(cause: unknown): Refusal {
  return new Refusal({
    code: 'proposal.administrator',
    message: ['提案使一名管理员担任办案岗位。', 'The proposal would give an administrator a post in the organs.'],
    basis: ['系统、安全、审计管理员不得兼任办案岗位。', 'The three administrators hold no other post.'],
    remedy: ['请另选人员。', 'Name somebody else.'],
    cause,
  })
}
