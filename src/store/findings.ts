import { dateText, dayIn } from '#engine/day.ts'
import { dutyClocks, findingRules, servicesShown, waitingStates } from '#readings/finding-rules.ts'
import { readable } from './scope.ts'
import type { FindingKind, FindingRule } from '#readings/finding-rules.ts'
import type { Reader } from './scope.ts'
import type { Store } from './store.ts'
import type { System } from '#engine/system.ts'

/** Something found about a running case. */
export interface Finding {
  readonly kind: FindingKind
  /** The clock that it is about, or the duty to publish; empty where it is about the case. */
  readonly clock: string
  /** The clock's last day; else the day on which the case was opened. The list is ordered by it. */
  readonly on: string
  readonly id: string
  readonly number: string
  readonly procedure: string
  readonly state: string
  readonly openedOn: string
  readonly version: string
  /** Its particulars, nothing personal among them. */
  readonly fields: Readonly<Record<string, unknown>>
  /** The day of the last step. */
  readonly lastOn: string
  /** Organs that take part. */
  readonly organs: readonly string[]
  /** The supervision case that runs on it already, if the reader sees that. */
  readonly supervision: { readonly id: string; readonly number: string } | null
}

/** Last finding of the page before. */
export type AfterFinding = readonly [on: string, id: string, kind: string, clock: string]

export interface FindingQuery {
  /** `YYYY-MM-DD` */
  readonly today: string
  readonly kind?: FindingKind
  readonly procedure?: string
  readonly organ?: string
  readonly after?: AfterFinding
  readonly limit: number
}

/** A post that somebody holds on the day: where nobody does, a case that waits for it is stuck. */
export interface PostHeld {
  readonly procedure: string
  readonly post: string
  readonly organ: string
}

/**
 * What the rules find about running cases that the reader sees, the oldest first: one query, by keyset. Each rule reads the index that holds
 * its order and stops at the page's end.
 *
 * @param held the posts that are held today
 */
export async function findings(
  { pool, region }: Store,
  catalogue: readonly System[],
  held: readonly PostHeld[],
  query: FindingQuery,
  reader: Reader,
): Promise<Finding[]> {
  const values: unknown[] = [region]
  const add = (value: unknown): string => `$${values.push(value)}`
  const { today, after, limit } = query
  const waiting = waitingStates(catalogue)
  const duty = dutyClocks(catalogue)
  const shown = servicesShown(catalogue)
  const column = <Row, Name extends keyof Row>(rows: readonly Row[], name: Name): string => `${add(rows.map((row) => row[name]))}::text[]`

  const page = add(limit)
  const seen = readable(reader, add)
  const narrowed = [
    ...(query.procedure === undefined ? [] : [`c.procedure = ${add(query.procedure)}`]),
    ...(query.organ === undefined ? [] : [inOrgan(add(query.organ))]),
  ]
    .map((condition) => ` and ${condition}`)
    .join('')
  const keyset = after && { on: add(after[0]), id: add(after[1]), kind: add(after[2]), clock: add(after[3]) }
  const beyond = (on: string, id: string, kind: string, clock: string): string =>
    keyset === undefined
      ? ''
      : ` and ${on} >= ${keyset.on}::date and (${on}, ${id}, ${kind}, ${clock}) > (${keyset.on}::date, ${keyset.id}::uuid, ${keyset.kind}::text, ${keyset.clock}::text)`

  const branches: Readonly<Record<FindingKind, (rule: FindingRule) => string>> = {
    late: () => ofClock('late', `k.state = 'running' and k.due_date < ${add(today)}::date`),
    'due-soon': ({ days }) =>
      ofClock('due-soon', `k.state = 'running' and k.due_date between ${add(today)}::date and ${add(later(today, days))}::date`),
    'paused-long': ({ days }) =>
      ofCase(
        'paused-long',
        `exists (select 1 from clock_run k where k.region = c.region and k.case_id = c.id and k.state = 'paused') and ${restsSince(days)}`,
      ),
    'no-assignee': ({ days }) =>
      ofCase(
        'no-assignee',
        `exists (select 1 from waiting w where w.procedure = c.procedure and w.state = c.state
           and not exists (select 1 from case_assignee a where a.region = c.region and a.case_id = c.id and a.post = w.post)) and ${restsSince(days)}`,
      ),
    'no-clock': ({ days }) =>
      ofCase(
        'no-clock',
        `exists (select 1 from waiting w where w.procedure = c.procedure and w.state = c.state) and ${restsSince(days)}
           and not exists (select 1 from clock_run k where k.region = c.region and k.case_id = c.id and k.state <> 'stopped')`,
      ),
    'no-holder': () =>
      ofCase(
        'no-holder',
        `exists (select 1 from waiting w where w.procedure = c.procedure and w.state = c.state and not exists (
           select 1 from held h where h.procedure = w.procedure and h.post = w.post and (h.organ = w.organ or w.organ is null and exists (
             select 1 from case_organ o where o.region = c.region and o.case_id = c.id and o.organ = h.organ))))`,
      ),
    'service-unproved': () =>
      ofCase(
        'service-unproved',
        `exists (select 1 from shown w where w.procedure = c.procedure and c.fields ? w.beside and not c.fields ? w.shown_in)`,
      ),
    // Also of a case that is over: most duties begin with its end.
    unpublished: () =>
      `select 'unpublished'::text as kind, p.duty as clock, p.due as "on", c.id
       from publication p join case_file c on c.region = p.region and c.id = p.case_id
       where p.region = $1 and p.published_at is null and p.withdrawn_at is null and p.due < ${add(today)}::date
         and ${seen}${narrowed}${beyond('p.due', 'p.case_id', "'unpublished'::text", 'p.duty')}
       order by p.due, p.case_id, p.duty limit ${page}`,
  }
  const asked = findingRules.filter(({ kind }) => query.kind === undefined || kind === query.kind)
  const text = `with waiting as (select * from unnest(${column(waiting, 'procedure')}, ${column(waiting, 'state')}, ${column(waiting, 'post')}, ${column(waiting, 'organ')}) as w(procedure, state, post, organ)),
    duty as (select * from unnest(${column(duty, 'procedure')}, ${column(duty, 'clock')}) as d(procedure, clock)),
    shown as (select * from unnest(${column(shown, 'procedure')}, ${column(shown, 'beside')}, ${column(shown, 'shownIn')}) as w(procedure, beside, shown_in)),
    held as (select * from unnest(${column(held, 'procedure')}, ${column(held, 'post')}, ${column(held, 'organ')}) as h(procedure, post, organ)),
    found as (select * from (${asked.map((rule) => `(${branches[rule.kind](rule)})`).join('\n union all ')}) u order by "on", id, kind, clock limit ${page})
  select f.kind, f.clock, f."on", f.id, c.number, c.procedure, c.state, c.opened_on as "openedOn", c.version, c.fields,
    (select s.on_date from step s where s.region = c.region and s.case_id = c.id and s.seq = c.step_count) as "lastOn",
    array(select organ from case_organ o where o.region = c.region and o.case_id = c.id
          union select w.organ from waiting w where w.procedure = c.procedure and w.state = c.state and w.organ is not null order by 1) as organs,
    (select jsonb_build_object('id', c.id, 'number', c.number) from case_link l join case_file c on c.region = l.region and c.id = l.case_id
     where l.region = $1 and l.other = f.id and l.kind = 'supervisedCase' and not c.is_final and ${seen} order by c.opened_on desc limit 1) as supervision
  from found f join case_file c on c.region = $1 and c.id = f.id
  order by f."on", f.id, f.kind, f.clock`
  const { rows } = await pool.query<Finding>(text, values)
  return rows

  function ofClock(kind: FindingKind, condition: string): string {
    return `select '${kind}'::text as kind, k.clock, k.due_date as "on", c.id
      from clock_run k join case_file c on c.region = k.region and c.id = k.case_id and not c.is_final
      where k.region = $1 and k.state <> 'stopped' and ${condition} and exists (select 1 from duty d where d.procedure = k.procedure and d.clock = k.clock)
        and ${seen}${narrowed}${beyond('k.due_date', 'k.case_id', `'${kind}'::text`, 'k.clock')}
      order by k.due_date, k.case_id, k.clock limit ${page}`
  }

  function ofCase(kind: FindingKind, condition: string): string {
    return `select '${kind}'::text as kind, ''::text as clock, c.opened_on as "on", c.id
      from case_file c where c.region = $1 and not c.is_final and ${condition} and ${seen}${narrowed}${beyond('c.opened_on', 'c.id', `'${kind}'::text`, `''::text`)}
      order by c.opened_on, c.id limit ${page}`
  }

  /** Nothing was done in the case for so many days. */
  function restsSince(days: number): string {
    return `exists (select 1 from step s where s.region = c.region and s.case_id = c.id and s.seq = c.step_count and s.on_date <= ${add(later(today, -days))}::date)`
  }
}

/** The organ takes part in the case, or is the one that must act where it stands. */
function inOrgan(organ: string): string {
  return `(exists (select 1 from case_organ o where o.region = c.region and o.case_id = c.id and o.organ = ${organ})
    or exists (select 1 from waiting w where w.procedure = c.procedure and w.state = c.state and w.organ = ${organ}))`
}

function later(day: string, days: number): string {
  return dateText(dayIn(day) + days)
}
