import type { EntryRead } from './registers.ts'
import type { Store } from './store.ts'

/** Every version of the posts' register that names this person as holder, the latest first. */
export async function postsOfPerson({ pool, region }: Store, person: string): Promise<(EntryRead & { readonly at: string })[]> {
  const { rows } = await pool.query<{
    key: string
    version: number
    valid_from: string
    valid_until: string | null
    value: Record<string, unknown>
    at: string
  }>(
    `select key, version, valid_from, valid_until, value, at from register_entry
     where region = $1 and register = 'posts' and value->>'person' = $2 order by valid_from desc, key, version desc limit 1000`,
    [region, person],
  )
  return rows.map(({ valid_from, valid_until, ...row }) => ({
    ...row,
    validFrom: valid_from,
    ...(valid_until === null ? {} : { validUntil: valid_until }),
  }))
}
