import type pg from 'pg'

/** Something that somebody may have to be told of. `seq`: which step or assignment of the case. */
export interface Happening {
  readonly kind: 'step' | 'assignment' | 'register-proposal' | 'register-decision' | 'post-proposal' | 'post-decision'
  readonly subject: string
  readonly seq?: number
  /** An instant. */
  readonly at: string
}

/** Notes it in the transaction in which it happens. Steps are noted by the statement that writes them. */
export async function noteToTell(db: Pick<pg.Pool, 'query'>, region: string, { kind, subject, seq, at }: Happening): Promise<void> {
  await db.query('insert into to_tell (region, kind, subject, seq, at) values ($1, $2, $3, $4, $5)', [region, kind, subject, seq ?? 0, at])
}
