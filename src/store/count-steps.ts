import { countingsOf, figureOf, isByGroup, seriesOf } from '#readings/figures.ts'
import { NOT_STATED } from '#engine/indicator.ts'
import { readable } from './scope.ts'
import { refusalFrom } from './store.ts'
import { STRIKE } from '#engine/case.ts'
import type { Count, Counted, Figure, Period, Series } from '#readings/figures.ts'
import type { Each, Term } from '#engine/indicator.ts'
import type { Reader } from './scope.ts'
import type { Store } from './store.ts'
import type { System } from '#engine/system.ts'
import type { When } from '#engine/definition.ts'

/**
 * Figures of one system over a period, in one query however many they are.
 *
 * @returns each term's figure, in their order
 */
export async function computeFigures(store: Store, system: System, terms: readonly Term[], period: Period): Promise<Figure[]> {
  const count = await countInStore(store, system, terms, period)
  return terms.map((term) => figureOf(system.indicators, term, count))
}

/**
 * Figures of one system by groups, in one query as well.
 *
 * @returns each term's series, in their order and over the same groups; a term without groups has the same figure in each
 */
export async function computeSeries(store: Store, system: System, terms: readonly Term[], period: Period): Promise<Series[]> {
  return seriesOf(system.indicators, terms, await countInStore(store, system, terms, period))
}

/** Asks for every counting that the terms rest on. */
async function countInStore(store: Store, system: System, terms: readonly Term[], period: Period): Promise<Count> {
  const countings = [...countingsOf(system.indicators, terms).entries()]
  const answers = new Map<string, ReturnType<Count>>()
  if (countings.length === 0) return (counted) => answers.get(JSON.stringify(counted))!
  const { text, values } = figuresQuery(
    store.region,
    system.id,
    countings.map(([, counted]) => counted),
    period,
  )
  try {
    const { rows } = await store.pool.query<Record<string, number | Readonly<Record<string, number>> | null>>(text, values)
    for (const [index, [key, counted]] of countings.entries()) {
      const found = rows[0]![`f${index}`]
      answers.set(key, isByGroup(counted) ? new Map(Object.entries(found ?? {})) : Number(found))
    }
    return (counted) => answers.get(JSON.stringify(counted))!
  } catch (error) {
    throw refusalFrom(error)
  }
}

/** The query behind figures: printed beside every figure of the report, so that anybody can run it. */
export function figuresQuery(
  region: string,
  procedure: string,
  countings: readonly Counted[],
  period: Period,
): { text: string; values: unknown[] } {
  const sql = new Sql([region, procedure, period.from, period.until])
  // One reading of the period's steps answers every plain count of them.
  const ofSteps = countings.flatMap((counted, index) => (isPlainCount(counted) ? [[counted, index] as const] : []))
  // The fields of cases that conditions ask for, taken out once before the join: whole rows of particulars are too wide to be joined.
  const asked = [
    ...new Set(
      ofSteps.flatMap(([counted]) => [
        ...Object.keys(counted.whereCase ?? {}),
        ...(counted.earlier === undefined ? [] : [counted.earlier]),
      ]),
    ),
  ]
  const caseField: CaseField = (name) => `c.f${asked.indexOf(name)}`
  const joins = asked.length
    ? `\n  join (select id, ${asked.map((name, index) => `fields->>${sql.add(name)} as f${index}`).join(', ')} from case_file where region = $1 and procedure = $2 offset 0) c on c.id = s.case_id`
    : ''
  const columns = ofSteps.map(
    ([counted, index]) =>
      `${counted.distinctCases ? 'count(distinct s.case_id)' : 'count(*)'} filter (where ${stepCondition(counted, sql, caseField)}) as f${index}`,
  )
  const names = [...new Set(ofSteps.flatMap(([counted]) => [counted.count].flat() as string[]))]
  const steps = ofSteps.length
    ? [
        `(select ${columns.join(',\n    ')}\n  from step s${joins}\n  where s.region = $1 and s.procedure = $2 and s.on_date between $3 and $4 and s.step = any(${sql.add(names)}) and ${STANDS}) as counted`,
      ]
    : []
  const others = countings.flatMap((counted, index) =>
    isPlainCount(counted) ? [] : [`(select ${scalar(counted, sql)}) as o${index}(f${index})`],
  )
  // Every parameter is named once more, so that its type is known also where no counting uses it.
  return {
    text: `select * from ${[...steps, ...others].join(',\n')}\nwhere $1::text is not null and $2::text is not null and $3::date <= $4::date`,
    values: sql.values,
  }
}

/** The cases behind one counting, or behind one of its groups, newest first, a page at a time. */
export async function casesBehind(store: Store, system: System, counted: Counted, period: Period, page: RecordsAsked): Promise<CaseLine[]> {
  const sql = new Sql([store.region, system.id, period.from, period.until])
  const condition = caseCondition(counted, sql, page.group)
  const after = page.after ? `and (c.opened_on, c.id) < (${sql.add(page.after[0])}::date, ${sql.add(page.after[1])}::uuid)` : ''
  const seen = page.reader ? `and ${readable(page.reader, (value) => sql.add(value))}` : ''
  const { rows } = await store.pool.query<CaseLine>(
    `select c.id, c.number, c.procedure, c.opened_on as "openedOn", c.state, c.is_final as "isFinal", c.step_count as "stepCount"
     from case_file c where c.region = $1 and c.procedure = $2 and $3::date <= $4::date and ${condition} ${after} ${seen}
     order by c.opened_on desc, c.id desc limit ${sql.add(page.limit)}`,
    sql.values,
  )
  return rows
}

/** Which of the cases behind a counting are listed. */
export interface RecordsAsked {
  readonly after?: readonly [openedOn: string, id: string]
  readonly limit: number
  readonly group?: string
  /** Who reads them; absent where it is whoever runs the machine. What is counted is the same for everybody. */
  readonly reader?: Reader
}

/** A case as lists show it: nothing personal. */
export interface CaseLine {
  readonly id: string
  readonly number: string
  readonly procedure: string
  readonly openedOn: string
  readonly state: string
  readonly isFinal: boolean
  readonly stepCount: number
}

const STANDS = `s.step <> '${STRIKE}' and not exists (select 1 from step r where r.region = s.region and r.case_id = s.case_id and r.supersedes is not null and (r.supersedes->>'seq')::int = s.seq)`

type StepCount = Extract<Counted, { count: unknown }>

/** A count that is one number, of steps or their cases. */
function isPlainCount(counted: Counted): counted is StepCount {
  return 'count' in counted && counted.each === undefined && counted.distinct === undefined
}

/** Collects parameters as a query is put together: no value is ever written into its text. */
class Sql {
  readonly values: unknown[]

  constructor(values: unknown[]) {
    this.values = values
  }

  add(value: unknown): string {
    this.values.push(value)
    return `$${this.values.length}`
  }
}

/** How a condition reads a field of the case. */
type CaseField = (name: string) => string

function stepCondition(counted: StepCount, sql: Sql, caseField: CaseField = (name) => `c.fields->>${sql.add(name)}`): string {
  const conditions = [`s.step = any(${sql.add([counted.count].flat())})`]
  if (counted.where) conditions.push(...fieldConditions((name) => `s.input->>${sql.add(name)}`, counted.where, sql))
  if (counted.whereCase) conditions.push(...fieldConditions(caseField, counted.whereCase, sql))
  if (counted.earlier !== undefined) conditions.push(`left(${caseField(counted.earlier)}, 10)::date < $3::date`)
  return conditions.join(' and ')
}

function fieldConditions(field: CaseField, when: When, sql: Sql): string[] {
  return Object.entries(when).map(([name, wanted]) => `${field(name)} = any(${sql.add([wanted].flat().map(String))})`)
}

/** What a step belongs to, for a count by groups. */
function groupOf(each: Each, sql: Sql): string {
  if ('taker' in each) return 's.organ'
  const [from, path] = 'input' in each ? ['s.input', each.input] : ['c.fields', each.case]
  return `coalesce(${from} #>> ${sql.add(path.split('.'))}, '${NOT_STATED}')`
}

function scalar(counted: Counted, sql: Sql): string {
  if ('count' in counted) return stepsApart(counted, sql)
  if ('entries' in counted) {
    const where = counted.where ? ` and ${fieldConditions((name) => `e.value->>${sql.add(name)}`, counted.where, sql).join(' and ')}` : ''
    return `count(*) from ${entriesInForce(counted.entries, sql)}${where}`
  }
  if ('values' in counted) {
    const field = sql.add(counted.field)
    return `jsonb_object_agg(e.key, e.value->${field}) from ${entriesInForce(counted.values, sql)} and jsonb_typeof(e.value->${field}) = 'number'`
  }
  if ('clock' in counted) return `count(*) from clock_run k where k.region = $1 and k.procedure = $2 and ${runCondition(counted, sql)}`
  return `count(*) from ${openAsOf(counted, sql)}`
}

/** A count by groups or of different parties: as an object from group to count, or one number. */
function stepsApart(counted: StepCount, sql: Sql): string {
  const { each, distinct, distinctCases, whereCase, earlier } = counted
  const ofCase = whereCase !== undefined || earlier !== undefined || (each !== undefined && 'case' in each)
  // Who the parties are is read where it is kept and leaves it only as a number; after an erasure there is nothing to tell them apart by.
  const party = distinct === undefined ? undefined : sql.add(distinct)
  const key = (part: string): string => `'${part} ' || nullif(p.payload->${party}->>'${part}', '')`
  const count = distinctCases
    ? 'count(distinct s.case_id)'
    : party === undefined
      ? 'count(*)'
      : `count(distinct coalesce(${key('phone')}, ${key('name')}, s.case_id || '/' || s.seq))`
  const from = `step s${party === undefined ? '' : ' left join personal p on p.region = s.region and p.subject = s.case_id::text and p.seq = s.seq'}${ofCase ? ' join case_file c on c.region = s.region and c.id = s.case_id' : ''}
    where s.region = $1 and s.procedure = $2 and s.on_date between $3 and $4 and ${stepCondition(counted, sql)} and ${STANDS}`
  return each === undefined
    ? `${count} from ${from}`
    : `jsonb_object_agg(g.key, g.count) from (select ${groupOf(each, sql)} as key, ${count} as count from ${from} group by 1) g`
}

/** The entries of a register at the end of the period; further conditions may follow. */
function entriesInForce(register: string, sql: Sql): string {
  return `(select distinct on (key) * from register_entry where region = $1 and register = ${sql.add(register)} and valid_from <= $4::date order by key, valid_from desc, version desc) e
    where (e.valid_until is null or e.valid_until >= $4::date)`
}

/** The cases that are open as of a day, by one reading of the steps that open and end them. */
function openAsOf(counted: Extract<Counted, { asOf: unknown }>, sql: Sql): string {
  const cutOff = counted.asOf === 'start' ? 's.on_date < $3::date' : 's.on_date <= $4::date'
  const [since, until] = [[counted.since].flat(), counted.until]
  const where = counted.whereCase
    ? `\n    join case_file c on c.region = $1 and c.id = o.case_id and ${fieldConditions((name) => `c.fields->>${sql.add(name)}`, counted.whereCase, sql).join(' and ')}`
    : ''
  return `(select s.case_id from step s where s.region = $1 and s.procedure = $2 and ${cutOff} and s.step = any(${sql.add([...since, ...until])}) and ${STANDS}
    group by s.case_id having bool_or(s.step = any(${sql.add(since)})) and not bool_or(s.step = any(${sql.add(until)}))) o${where}`
}

function runCondition(counted: Extract<Counted, { clock: unknown }>, sql: Sql): string {
  const clock = `k.clock = ${sql.add(counted.clock)} and k.due is not null`
  if (counted.is === 'overdue') {
    return `${clock} and k.due_date <= $4::date and left(k.start_at, 10)::date <= $4::date and k.state <> 'paused' and (k.stopped_on is null or k.stopped_on > $4::date)`
  }
  const by = counted.by ? ` and k.stopped_by = any(${sql.add(counted.by)})` : ''
  return `${clock} and k.state = 'stopped' and k.stopped_on between $3::date and $4::date and k.late = ${counted.is === 'late'}${by}`
}

function asOfCondition(counted: Extract<Counted, { asOf: unknown }>, sql: Sql): string {
  const cutOff = counted.asOf === 'start' ? 's.on_date < $3::date' : 's.on_date <= $4::date'
  const has = (steps: readonly string[]): string =>
    `exists (select 1 from step s where s.region = c.region and s.case_id = c.id and ${cutOff} and s.step = any(${sql.add(steps)}) and ${STANDS})`
  const where = counted.whereCase
    ? ` and ${fieldConditions((name) => `c.fields->>${sql.add(name)}`, counted.whereCase, sql).join(' and ')}`
    : ''
  return `${has([counted.since].flat())} and not ${has(counted.until)}${where}`
}

function caseCondition(counted: Counted, sql: Sql, group: string | undefined): string {
  if ('entries' in counted || 'values' in counted) return 'false'
  if ('clock' in counted)
    return `exists (select 1 from clock_run k where k.region = c.region and k.case_id = c.id and ${runCondition(counted, sql)})`
  if ('asOf' in counted) return asOfCondition(counted, sql)
  const ofGroup = counted.each && group !== undefined ? ` and ${groupOf(counted.each, sql)} = ${sql.add(group)}` : ''
  return `exists (select 1 from step s where s.region = c.region and s.case_id = c.id and s.on_date between $3 and $4 and ${stepCondition(counted, sql)}${ofGroup} and ${STANDS})`
}
