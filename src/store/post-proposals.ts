import { accountRefusal } from './accounts.ts'
import { appendEntry } from './registers.ts'
import { inTransaction, refusalFrom } from './store.ts'
import { isUuid } from './read-case.ts'
import { logEvent } from './log-event.ts'
import { noteToTell } from './to-tell.ts'
import { randomUUID } from 'node:crypto'
import { Refusal } from '#engine/refusal.ts'
import type { Actor } from '#engine/case.ts'
import type { RegisterEntry } from '#engine/register.ts'
import type { Store } from './store.ts'

/** A change of posts that somebody proposed. Instants as text. */
export interface PostProposal {
  readonly id: string
  readonly entry: RegisterEntry
  readonly reason: string
  readonly proposedBy: string
  readonly proposedAt: string
  readonly decidedBy: string | null
  readonly decidedAt: string | null
  readonly approved: boolean | null
}

const READ = `select id, entry, reason, proposed_by as "proposedBy", proposed_at as "proposedAt", decided_by as "decidedBy", decided_at as "decidedAt", approved
  from post_proposal`

/** Proposes a version of an entry of the posts' register. @returns its id */
export async function proposePost(
  store: Store,
  { entry, reason, by, at }: { readonly entry: RegisterEntry; readonly reason: string; readonly by: Actor; readonly at: string },
): Promise<string> {
  const id = randomUUID()
  await inTransaction(store.pool, async (tx) => {
    await tx.query('insert into post_proposal (region, id, entry, reason, proposed_by, proposed_at) values ($1, $2, $3, $4, $5, $6)', [
      store.region,
      id,
      JSON.stringify(entry),
      reason,
      by.person,
      at,
    ])
    await noteToTell(tx, store.region, { kind: 'post-proposal', subject: id, at })
    await logEvent(store, { kind: 'administration', by, of: id, what: { did: 'propose-post', key: entry.key }, at }, tx)
  })
  return id
}

/** Proposals, the newest first; those that wait for a decision, or all. */
export async function listPostProposals(
  { pool, region }: Store,
  { open, after, limit }: { readonly open: boolean; readonly after?: readonly [at: string, id: string]; readonly limit: number },
): Promise<PostProposal[]> {
  const { rows } = await pool.query<PostProposal>(
    `${READ} where region = $1 ${open ? 'and decided_by is null' : ''} and ($3::timestamptz is null or (proposed_at, id) < ($3, $4::uuid))
     order by proposed_at desc, id desc limit $2`,
    [region, limit, after?.[0] ?? null, after?.[1] ?? null],
  )
  return rows
}

/**
 * Decides a proposal; an approved one is in the register with the same transaction. The database refuses who decides their own.
 *
 * @throws Refusal `proposal.unknown` · `proposal.decided` · `proposal.own` · `administrator.holds-post`
 */
export async function decidePost(
  store: Store,
  id: string,
  { approved, by, at }: { readonly approved: boolean; readonly by: Actor; readonly at: string },
): Promise<void> {
  if (!isUuid(id)) throw unknown(id)
  await inTransaction(store.pool, async (tx) => {
    const { rows } = await tx.query<PostProposal>(`${READ} where region = $1 and id = $2 for update`, [store.region, id])
    const proposal = rows[0]
    if (!proposal) throw unknown(id)
    if (proposal.decidedBy !== null) throw decided()
    try {
      await tx.query('update post_proposal set decided_by = $3, decided_at = $4, approved = $5 where region = $1 and id = $2', [
        store.region,
        id,
        by.person,
        at,
        approved,
      ])
      if (approved) await appendEntry(tx, store.region, (await store.algorithms()).digest, 'posts', proposal.entry, by, at)
    } catch (error) {
      const { code } = error as { code?: string }
      if (code === '23514') throw own(error)
      throw code === 'YF002' ? accountRefusal(error, { person: String(proposal.entry.value['person']) }) : refusalFrom(error)
    }
    await noteToTell(tx, store.region, { kind: 'post-decision', subject: id, at })
    await logEvent(store, { kind: 'administration', by, of: id, what: { did: 'decide-post', key: proposal.entry.key, approved }, at }, tx)
  })
}

function unknown(id: string): Refusal {
  return new Refusal({
    code: 'proposal.unknown',
    message: [`没有变更申请“${id}”。`, `There is no proposal “${id}”.`],
    basis: ['岗位变更申请中查无此件。', 'It is not among the proposals.'],
    remedy: ['请从列表进入。', 'Start from the list.'],
  })
}

function decided(): Refusal {
  return new Refusal({
    code: 'proposal.decided',
    message: ['该变更申请已经审批。', 'The proposal was decided already.'],
    basis: ['一件申请只审批一次。', 'A proposal is decided once.'],
    remedy: ['需要再变更的，另行提出申请。', 'For another change, make another proposal.'],
  })
}

function own(cause: unknown): Refusal {
  return new Refusal({
    code: 'proposal.own',
    message: ['不能审批自己提出的变更。', 'Nobody decides what they proposed themselves.'],
    basis: ['岗位变更由一人提出、另一人审批。', 'One person proposes a change of posts, another decides.'],
    remedy: ['请由另一名安全管理员审批。', 'Have another security administrator decide.'],
    cause,
  })
}
