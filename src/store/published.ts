import { PUBLICATION } from './publications.ts'
import type { Publication } from './publications.ts'
import type { Store } from './store.ts'

// What anybody reads: rows of one table that holds nothing but public fields, and no other.

/** A publication that stands: its number, title, body and days are there. */
export type Published = Publication & {
  readonly indexNumber: string
  readonly title: NonNullable<Publication['title']>
  readonly body: NonNullable<Publication['body']>
  readonly publishedOn: string
  readonly publishedAt: string
}

export interface PublishedQuery {
  readonly procedure?: string | undefined
  readonly duty?: string | undefined
  readonly organ?: string | undefined
  /** First and last day on which it was published, both inclusive. */
  readonly from?: string | undefined
  readonly until?: string | undefined
  /** The literal of a `tsquery`. */
  readonly words?: string | undefined
  /** The last one of the page before. */
  readonly after?: readonly [on: string, index: string] | undefined
  readonly limit: number
}

/**
 * A word that many hold is met soon among the newest, one that few hold is few rows in the index: so many of the newest are read before the
 * index of words is asked.
 */
const NEWEST_FIRST = 2_000

/** What stands, the newest first, by keyset. */
export async function listPublished(store: Store, query: PublishedQuery): Promise<Published[]> {
  if (query.words === undefined) return select(store, query, 'publication')
  const among = await select(store, query, NEWEST_FIRST)
  return among.length >= query.limit ? among : select(store, query, 'words')
}

async function select({ pool, region }: Store, query: PublishedQuery, by: 'publication' | 'words' | number): Promise<Published[]> {
  const values: unknown[] = [region]
  const add = (value: unknown): string => `$${values.push(value)}`
  const { procedure, duty, organ, from, until, words, after, limit } = query
  const conditions = [
    'p.region = $1 and p.published_at is not null and p.withdrawn_at is null',
    ...(procedure === undefined ? [] : [`p.procedure = ${add(procedure)}`]),
    ...(duty === undefined ? [] : [`p.duty = ${add(duty)}`]),
    ...(organ === undefined ? [] : [`p.organ = ${add(organ)}`]),
    ...(from === undefined ? [] : [`p.published_on >= ${add(from)}`]),
    ...(until === undefined ? [] : [`p.published_on <= ${add(until)}`]),
    ...(after === undefined ? [] : [`(p.published_on, p.index_number) < (${add(after[0])}::date, ${add(after[1])})`]),
  ].join(' and ')
  const found = words === undefined ? '' : `words @@ ${add(words)}::tsquery`
  const order = 'published_on desc, p.index_number desc'
  const text =
    by === 'words'
      ? // Materialised, or the planner would walk the newest until it meets enough of a rare word.
        `with m as materialized (select p.id, p.published_on, p.index_number from publication p where ${conditions} and p.${found})
         select ${PUBLICATION} from (select * from m p order by p.${order} limit ${add(limit)}) k
         join publication p on p.region = $1 and p.id = k.id order by p.${order}`
      : by === 'publication'
        ? `select ${PUBLICATION} from publication p where ${conditions} order by p.${order} limit ${add(limit)}`
        : `select ${PUBLICATION} from (select * from publication p where ${conditions} order by p.${order} limit ${by}) p
           where p.${found} order by p.${order} limit ${add(limit)}`
  const { rows } = await pool.query<Published>(text, values)
  return rows
}

/** One by its number, also where it was withdrawn; nothing where it was never published. */
export async function readPublished({ pool, region }: Store, index: string): Promise<Publication | undefined> {
  const { rows } = await pool.query<Publication>({
    name: 'read-published',
    text: `select ${PUBLICATION} from publication p where p.region = $1 and p.index_number = $2`,
    values: [region, index],
  })
  return rows[0]
}

/** How many stand, by kind, organ and year. */
export interface PublishedCount {
  readonly procedure: string
  readonly duty: string
  readonly organ: string
  readonly year: number
  readonly count: number
}

export async function countPublished({ pool, region }: Store): Promise<PublishedCount[]> {
  const { rows } = await pool.query<PublishedCount>(
    `select procedure, duty, organ, extract(year from published_on)::int as year, count(*)::int as count from publication
     where region = $1 and published_at is not null and withdrawn_at is null group by 1, 2, 3, 4 order by 1, 2, 4 desc, 3`,
    [region],
  )
  return rows
}

/** Numbers that stand between two, both inclusive: one page of the sitemap. */
export async function publishedBetween({ pool, region }: Store, first: string, last: string): Promise<string[]> {
  const { rows } = await pool.query<{ index: string }>(
    `select index_number as index from publication where region = $1 and index_number between $2 and $3 and withdrawn_at is null order by index_number`,
    [region, first, last],
  )
  return rows.map(({ index }) => index)
}

/** How far the index numbers of each year have come. */
export async function publishedYears({ pool, region }: Store, series: string): Promise<{ year: number; last: number }[]> {
  const { rows } = await pool.query<{ year: number; last: number }>(
    'select year, last from number_series where region = $1 and series = $2 order by year',
    [region, series],
  )
  return rows
}
