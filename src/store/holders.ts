import type { Holding } from '#identity/viewer.ts'
import type { Store } from './store.ts'

/** Somebody who holds a post on a day. */
export interface Holder {
  readonly person: string
  readonly holding: Holding
}

/** Who holds posts of a procedure on a day: entries of the posts' register in force. */
export async function holdersOf({ pool, region }: Store, procedure: string, day: string): Promise<Holder[]> {
  const { rows } = await pool.query<{ key: string; value: PostEntry }>(
    `select key, value from (select distinct on (key) key, value from register_entry
       where region = $1 and register = 'posts' and valid_from <= $2::date and (valid_until is null or valid_until >= $2::date) order by key, version desc) e
     where value->'procedures' ? $3 order by key`,
    [region, day, procedure],
  )
  return rows.map(({ key, value: { person, post, organ, procedures, as, standsFor, supervises } }) => ({
    person,
    holding: {
      key,
      post,
      organ,
      procedures,
      as: as ?? 'regular',
      ...(standsFor === undefined ? {} : { standsFor }),
      ...(supervises ? { supervises: true } : {}),
    },
  }))
}

interface PostEntry {
  readonly person: string
  readonly post: string
  readonly organ: string
  readonly procedures: readonly string[]
  readonly as?: Holding['as']
  readonly standsFor?: string
  readonly supervises?: boolean
}
