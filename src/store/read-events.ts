import { instantOf } from '#engine/day.ts'
import type { EventKind } from './log-event.ts'
import type { Store } from './store.ts'

/** Something that the ledger keeps beside steps and registers. */
export interface EventRead {
  /** The number of its leaf. */
  readonly id: number
  readonly kind: EventKind
  /** An instant, in UTC. */
  readonly at: string
  readonly by: { readonly post: string; readonly person: string; readonly organ: string }
  readonly of: string | null
  readonly what: Readonly<Record<string, unknown>>
  /** Its leaf of the ledger, in hexadecimal. */
  readonly hash: string
  /** The first checkpoint that seals it; null while it waits for one. */
  readonly checkpoint: number | null
}

export interface EventQuery {
  readonly kind?: EventKind
  readonly person?: string
  /** First and last day in China, both inclusive. */
  readonly from?: string
  readonly until?: string
  /** The last one of the page before. */
  readonly after?: readonly [at: string, id: number]
  readonly limit: number
}

const AT = "((l.leaf::jsonb)->>'at')"

/** Events, the newest first, by keyset. */
export async function listEvents({ pool, region }: Store, { kind, person, from, until, after, limit }: EventQuery): Promise<EventRead[]> {
  const values: unknown[] = [region, limit]
  const add = (value: unknown): string => `$${values.push(value)}`
  const conditions = [
    ...(kind === undefined ? [] : [`l.kind = ${add(kind)}`]),
    ...(person === undefined ? [] : [`l.payload->'by'->>'person' = ${add(person)}`]),
    ...(from === undefined ? [] : [`${AT} >= ${add(utc(from))}`]),
    ...(until === undefined ? [] : [`${AT} < ${add(utc(until, 1))}`]),
    ...(after === undefined ? [] : [`(${AT}, l.id) < (${add(after[0])}, ${add(after[1])}::bigint)`]),
  ]
  const { rows } = await pool.query<EventRead>(
    `select l.id, l.kind, ${AT} as at, l.payload->'by' as by, l.payload->>'of' as of, l.payload->'what' as what,
       encode(l.hash, 'hex') as hash,
       (select min(k.ordinal) from ledger_position p join ledger_checkpoint k on k.region = p.region and k.size > p.position
        where p.region = l.region and p.id = l.id) as checkpoint
     from ledger_leaf l where l.region = $1 and l.payload is not null ${conditions.map((one) => `and ${one}`).join(' ')}
     order by ${AT} desc, l.id desc limit $2`,
    values,
  )
  return rows
}

/** The first moment of a day in China, some days on, as leaves write it. */
function utc(day: string, daysOn = 0): string {
  return new Date(instantOf(day) + daysOn * 86_400_000).toISOString().replace('.000Z', 'Z')
}
