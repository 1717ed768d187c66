import { entriesOn } from './registers.ts'
import type { Holding } from '#identity/viewer.ts'
import type { Store } from './store.ts'

/** The posts held on a day, by who holds them: entries of the posts' register in force. */
export async function holdingsOn(
  store: Store,
  day: string,
): Promise<ReadonlyMap<string, readonly (Holding & { readonly name: string })[]>> {
  const held = new Map<string, (Holding & { readonly name: string })[]>()
  for (const { key, value } of await entriesOn(store, 'posts', day)) {
    const { person, post, organ, name, procedures, as, standsFor, supervises } = value as unknown as Holding & {
      person: string
      name: string
    }
    const holding = {
      key,
      post,
      organ,
      name,
      procedures,
      as: as ?? 'regular',
      ...(standsFor === undefined ? {} : { standsFor }),
      ...(supervises ? { supervises } : {}),
    } as const
    held.set(person, [...(held.get(person) ?? []), holding])
  }
  return held
}
