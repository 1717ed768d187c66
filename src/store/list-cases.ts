import { caseQuery, caseQueryNearby, orderWords } from './case-filter.ts'
import { createHash } from 'node:crypto'
import { readable } from './scope.ts'
import { refusalFrom } from './store.ts'
import type { After, CaseFilter, CaseOrder } from './case-filter.ts'
import type { CaseLine } from './count-steps.ts'
import type { PersonalReader, Reader } from './scope.ts'
import type { Store } from './store.ts'
import type { System } from '#engine/system.ts'
import type pg from 'pg'

/** A case in a list. Nothing of it is personal but the names of the officers who handle it. */
export interface ListedCase extends CaseLine {
  /** First day of the version of the definition that it follows. */
  readonly version: string
  /** The fields that its title is made of. */
  readonly fields: Readonly<Record<string, unknown>>
  readonly assignees: readonly { readonly post: string; readonly person: string }[]
  /** The next last day of a duty; `null` where none runs. */
  readonly due: string | null
  /** Its place in the order: where the next page goes on after it. */
  readonly key: string
}

export interface ListAsked {
  readonly filter: CaseFilter
  readonly order: CaseOrder
  /** Last line of the page before. */
  readonly after?: After | undefined
  readonly limit: number
}

/**
 * How far a search looks along the order before it asks the index for all matches: a word that one case in four holds fills its page from the
 * first two hundred. Whoever sees a whole procedure looks further: there the index alone could name a tenth of a million cases.
 */
const NEARBY = 200
const NEARBY_EVERYWHERE = 5_000

/** Cases that the reader sees, by keyset: page 10,000 costs what page 1 does. One query; for some searches up to three, however many systems there are. */
export async function listCases(
  { lists, region }: Store,
  catalogue: readonly System[],
  asked: ListAsked,
  reader: PersonalReader,
): Promise<ListedCase[]> {
  const run = async (made: (add: (value: unknown) => string) => string | undefined): Promise<ListedCase[]> => {
    const values: unknown[] = [region]
    const add = (value: unknown): string => `$${values.push(value)}`
    const ids = made(add)
    if (ids === undefined) return []
    return (await lists.query<ListedCase>(prepared(lines(ids, asked, catalogue, add), values))).rows
  }
  try {
    const everywhere = reader.scopes.some(({ organ }) => organ === null)
    for (const within of everywhere ? [NEARBY, NEARBY_EVERYWHERE] : [NEARBY]) {
      const nearby = await run((add) => caseQueryNearby(asked, within, reader, catalogue, add))
      if (nearby.length === asked.limit) return nearby
    }
    return await run((add) => caseQuery(asked, reader, catalogue, add))
  } catch (error) {
    throw refusalFrom(error)
  }
}

/** How many cases a list holds, counted as far as `limit`. */
export async function countCases(
  { lists, region }: Store,
  catalogue: readonly System[],
  { filter, order, limit }: ListAsked,
  reader: PersonalReader,
): Promise<number> {
  const values: unknown[] = [region]
  const add = (value: unknown): string => `$${values.push(value)}`
  // The order matters to the count only by what it leaves out.
  const ids = caseQuery({ filter, order: order === 'due' ? 'due' : 'newest', limit, counted: true }, reader, catalogue, add)
  try {
    return (await lists.query<{ count: number }>(prepared(`select count(*) as count from (${ids}) n`, values))).rows[0]!.count
  } catch (error) {
    throw refusalFrom(error)
  }
}

/** Planned once a connection and kind of question, by its name. */
function prepared(text: string, values: unknown[]): pg.QueryConfig {
  return { name: createHash('md5').update(text).digest('hex'), text, values }
}

function lines(ids: string, { order }: ListAsked, catalogue: readonly System[], add: (value: unknown) => string): string {
  const titles = [...new Set(catalogue.flatMap(({ definitions }) => definitions.flatMap(({ title }) => title ?? [])))]
  return `select c.id, c.number, c.procedure, c.version, c.opened_on as "openedOn", c.state, c.is_final as "isFinal", c.step_count as "stepCount",
      coalesce((select jsonb_object_agg(name, c.fields->name) from unnest(${add(titles)}::text[]) as name where c.fields ? name), '{}') as fields,
      coalesce((select jsonb_agg(jsonb_build_object('post', a.post, 'person', a.person) order by a.post)
        from case_assignee a where a.region = c.region and a.case_id = c.id), '[]') as assignees,
      c.due, l.key::text as key
    from (${ids}) l join case_file c on c.region = $1 and c.id = l.id order by ${orderWords(order, 'l.key', 'l.id')}`
}

/** How many of the cases that the reader sees are in each state, by procedure. */
export async function countByState(
  { pool, region }: Store,
  reader: Reader,
): Promise<{ procedure: string; state: string; count: number }[]> {
  const values: unknown[] = [region]
  const add = (value: unknown): string => `$${values.push(value)}`
  const { rows } = await pool.query<{ procedure: string; state: string; count: number }>(
    `select c.procedure, c.state, count(*) as count from case_file c where c.region = $1 and ${readable(reader, add)}
     group by c.procedure, c.state order by c.procedure, c.state`,
    values,
  )
  return rows
}
