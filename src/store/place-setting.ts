import { Refusal } from '#engine/refusal.ts'
import { USUAL } from '#ledger/algorithms.ts'
import type { AlgorithmsName } from '#ledger/algorithms.ts'
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

/**
 * What the ledger of a place is made with: its choice, or the usual, which is thereby chosen. Leaves without a choice are from before there was one.
 *
 * @param wanted what is chosen where nothing was yet
 */
export async function algorithmsOf(db: Pick<pg.Pool, 'query'>, region: string, wanted: AlgorithmsName = USUAL): Promise<AlgorithmsName> {
  await db.query(
    `insert into place_setting (region, name, value)
     select $1, 'algorithms', to_jsonb(case when exists (select 1 from ledger_leaf where region = $1) then $2 else $3 end::text)
     on conflict (region, name) do nothing`,
    [region, USUAL, wanted],
  )
  const { rows } = await db.query<{ value: AlgorithmsName }>("select value from place_setting where region = $1 and name = 'algorithms'", [
    region,
  ])
  return rows[0]!.value
}

/** @throws Refusal `ledger.algorithms-fixed` */
export async function chooseAlgorithms(db: Pick<pg.Pool, 'query'>, region: string, wanted: AlgorithmsName): Promise<void> {
  const chosen = await algorithmsOf(db, region, wanted)
  if (chosen === wanted) return
  throw new Refusal({
    code: 'ledger.algorithms-fixed',
    message: [
      `${region} 的存证采用 ${chosen}，不能改为 ${wanted}。`,
      `The ledger of ${region} is made with ${chosen}, not with ${wanted}.`,
    ],
    basis: [
      '一个账本自首条起只用一种摘要算法与一种签名算法。',
      'A ledger has one digest and one kind of signature, from its first leaf to its last.',
    ],
    remedy: [
      '请去掉 --algorithms 与 YIFA_ALGORITHMS，或用 --data 指定空目录。',
      'Leave out --algorithms and YIFA_ALGORITHMS, or name an empty folder with --data.',
    ],
  })
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

/** How many days before its last one a clock is told of as due soon; absent where the place has chosen none. */
export async function readWarningDays({ pool, region }: Store): Promise<number | undefined> {
  const { rows } = await pool.query<{ value: number }>("select value from place_setting where region = $1 and name = 'warning-days'", [
    region,
  ])
  return rows[0]?.value
}

export async function writeWarningDays({ pool, region }: Store, days: number): Promise<void> {
  await pool.query(
    `insert into place_setting (region, name, value) values ($1, 'warning-days', $2)
     on conflict (region, name) do update set value = excluded.value`,
    [region, JSON.stringify(days)],
  )
}
