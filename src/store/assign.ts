import { inTransaction } from './store.ts'
import { logEvent } from './log-event.ts'
import type { Actor } from '#engine/case.ts'
import type { Store } from './store.ts'

/** Who is to handle cases in a post; a person of `null` gives them back to whoever of the post comes. */
export interface Assignment {
  /** Each case, and by which holding it is given. */
  readonly cases: readonly { readonly id: string; readonly by: Actor }[]
  readonly post: string
  readonly person: string | null
  readonly reason: string
  /** An instant. */
  readonly at: string
}

/**
 * Assigns cases: all of them, or none. The act is a row of its own; who handles a case now is an index of these rows. Whether it may be done is
 * asked before (`assigningHolding`).
 */
export async function assign(store: Store, { cases, post, person, reason, at }: Assignment): Promise<void> {
  const { region } = store
  await inTransaction(store.pool, async (client) => {
    for (const { id, by } of [...cases].sort((a, b) => (a.id < b.id ? -1 : 1))) {
      // Two who assign the same case at once take turns by its row.
      await client.query('select 1 from case_file where region = $1 and id = $2 for no key update', [region, id])
      await client.query(
        `insert into assignment (region, case_id, seq, post, person, reason, by_person, by_organ, at)
         select $1, $2, coalesce(max(seq), 0) + 1, $3, $4, $5, $6, $7, $8 from assignment where region = $1 and case_id = $2`,
        [region, id, post, person, reason, by.person, by.organ, at],
      )
      if (person === null)
        await client.query('delete from case_assignee where region = $1 and case_id = $2 and post = $3', [region, id, post])
      else
        await client.query(
          `insert into case_assignee (region, case_id, post, person, procedure, opened_on)
           select $1, $2, $3, $4, procedure, opened_on from case_file where region = $1 and id = $2
           on conflict (region, case_id, post) do update set person = excluded.person`,
          [region, id, post, person],
        )
      await logEvent(store, { kind: 'assignment', by, of: id, what: { post, person, reason }, at }, client)
    }
  })
}
