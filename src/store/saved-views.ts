import type { Store } from './store.ts'

/** A list as somebody keeps it: its filters and its order, by the names of the address. */
export interface SavedView {
  readonly name: string
  readonly query: Readonly<Record<string, string>>
}

/** The views of a person, by name. */
export async function savedViews({ pool, region }: Store, person: string): Promise<SavedView[]> {
  const { rows } = await pool.query<SavedView>('select name, query from saved_view where region = $1 and person = $2 order by name', [
    region,
    person,
  ])
  return rows
}

/** Keeps a view under its name, in place of what was kept under it. @returns whether there was room: a person has at most `most` */
export async function saveView({ pool, region }: Store, person: string, { name, query }: SavedView, most: number): Promise<boolean> {
  const { rowCount } = await pool.query(
    `insert into saved_view (region, person, name, query)
     select $1, $2, $3, $4 where (select count(*) from saved_view where region = $1 and person = $2 and name <> $3) < $5
     on conflict (region, person, name) do update set query = excluded.query`,
    [region, person, name, JSON.stringify(query), most],
  )
  return rowCount === 1
}

/** Forgets a view; one that is not there is forgotten already. */
export async function forgetView({ pool, region }: Store, person: string, name: string): Promise<void> {
  await pool.query('delete from saved_view where region = $1 and person = $2 and name = $3', [region, person, name])
}
