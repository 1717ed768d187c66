import type { Store } from './store.ts'
import type pg from 'pg'

/** Is every case of this place synthetic? Then whoever comes may look. */
export async function isDemonstration({ pool, region }: Store): Promise<boolean> {
  const { rows } = await pool.query<{ value: unknown }>("select value from place_setting where region = $1 and name = 'demonstration'", [
    region,
  ])
  return rows[0]?.value === true
}

/** Marks a place as a demonstration, before its first case is written. */
export async function markDemonstration(db: Pick<pg.Pool, 'query'>, region: string): Promise<void> {
  await db.query(
    "insert into place_setting (region, name, value) values ($1, 'demonstration', 'true') on conflict (region, name) do update set value = excluded.value",
    [region],
  )
}

/** Organs whose people need a second factor. */
export async function readSecondFactorOrgans({ pool, region }: Store): Promise<readonly string[]> {
  const { rows } = await pool.query<{ value: readonly string[] }>(
    "select value from place_setting where region = $1 and name = 'second-factor-organs'",
    [region],
  )
  return rows[0]?.value ?? []
}

/** Chooses the organs whose people need a second factor. */
export async function writeSecondFactorOrgans({ pool, region }: Store, organs: readonly string[]): Promise<void> {
  await pool.query(
    `insert into place_setting (region, name, value) values ($1, 'second-factor-organs', $2)
     on conflict (region, name) do update set value = excluded.value`,
    [region, JSON.stringify(organs)],
  )
}
