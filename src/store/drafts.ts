import type { Store } from './store.ts'

/** Whose draft of which step: of a case by its id, or of a new case by its procedure. */
export interface DraftOf {
  readonly person: string
  readonly target: string
  readonly step: string
}

/** What somebody was typing, and when they last did. */
export interface Draft {
  readonly input: Readonly<Record<string, unknown>>
  readonly at: string
}

/** Keeps what is being typed; the latest replaces what was there. */
export async function keepDraft({ pool, region }: Store, { person, target, step }: DraftOf, { input, at }: Draft): Promise<void> {
  await pool.query(
    `insert into draft (region, person, target, step, input, at) values ($1, $2, $3, $4, $5, $6)
     on conflict (region, person, target, step) do update set input = excluded.input, at = excluded.at`,
    [region, person, target, step, JSON.stringify(input), at],
  )
}

/** @returns `undefined` where nothing is kept */
export async function draftOf({ pool, region }: Store, { person, target, step }: DraftOf): Promise<Draft | undefined> {
  const { rows } = await pool.query<Draft>('select input, at from draft where region = $1 and person = $2 and target = $3 and step = $4', [
    region,
    person,
    target,
    step,
  ])
  return rows[0]
}

/** Throws a draft away: it was taken, or is not wanted. */
export async function dropDraft({ pool, region }: Store, { person, target, step }: DraftOf): Promise<void> {
  const text = 'delete from draft where region = $1 and person = $2 and target = $3 and step = $4'
  await pool.query({ name: 'drop-draft', text, values: [region, person, target, step] })
}
