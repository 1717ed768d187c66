import { holdingsOn } from './holdings.ts'
import type { Holding } from '#identity/viewer.ts'
import type { Store } from './store.ts'

/** Somebody who holds a post on a day. */
export interface Holder {
  readonly person: string
  readonly holding: Holding
}

/** Who holds posts of a procedure on a day. */
export async function holdersOf(store: Store, procedure: string, day: string): Promise<Holder[]> {
  return [...(await holdingsOn(store, day))].flatMap(([person, holdings]) =>
    holdings.filter(({ procedures }) => procedures.includes(procedure)).map((holding) => ({ person, holding })),
  )
}
