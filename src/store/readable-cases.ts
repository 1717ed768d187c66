import { readable } from './scope.ts'
import type { Reader } from './scope.ts'
import type { Store } from './store.ts'

/** Which of these cases the reader sees. */
export async function readableAmong({ pool, region }: Store, ids: readonly string[], reader: Reader): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const values: unknown[] = [region, ids]
  const add = (value: unknown): string => `$${values.push(value)}`
  const { rows } = await pool.query<{ id: string }>(
    `select c.id from case_file c where c.region = $1 and c.id = any($2::uuid[]) and ${readable(reader, add)}`,
    values,
  )
  return new Set(rows.map(({ id }) => id))
}
