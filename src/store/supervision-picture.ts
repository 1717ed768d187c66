import { dateText, dayIn } from '#engine/day.ts'
import { dutyClocks, endingSteps, findingRules, waitingStates } from '#readings/finding-rules.ts'
import { readable } from './scope.ts'
import type { Reader } from './scope.ts'
import type { Store } from './store.ts'
import type { System } from '#engine/system.ts'

/** How many cases, seen from one side: a system, an organ that takes part, or a month. */
export interface PictureLine {
  readonly part: 'all' | 'system' | 'organ' | 'month'
  /** Id of the system or the organ; `2024-03`; empty for all. An organ's lines overlap: several take part in one case. */
  readonly key: string
  /** In the period. */
  readonly opened: number
  readonly closed: number
  /** Today. A month has none of these. */
  readonly running: number
  readonly dueSoon: number
  readonly late: number
  readonly paused: number
}

export interface PictureQuery {
  readonly today: string
  readonly from: string
  readonly until: string
}

/** The picture of the cases that the reader sees, in one query. Late comes before due soon, and both before paused: a case is in one of them. */
export async function supervisionPicture(
  { pool, region }: Store,
  catalogue: readonly System[],
  { today, from, until }: PictureQuery,
  reader: Reader,
): Promise<PictureLine[]> {
  const values: unknown[] = [region]
  const add = (value: unknown): string => `$${values.push(value)}`
  const waiting = waitingStates(catalogue).filter(({ organ }) => organ !== null)
  const duty = dutyClocks(catalogue)
  const soon = findingRules.find(({ kind }) => kind === 'due-soon')!.days
  const [now, ahead, first, last] = [add(today), add(dateText(dayIn(today) + soon)), add(from), add(until)]
  const systems = add(catalogue.map(({ id }) => id))
  const { rows } = await pool.query<PictureLine>(
    `with duty as (select * from unnest(${add(duty.map(({ procedure }) => procedure))}::text[], ${add(duty.map(({ clock }) => clock))}::text[]) as d(procedure, clock)),
    fixed as (select distinct * from unnest(${add(waiting.map(({ procedure }) => procedure))}::text[], ${add(waiting.map(({ organ }) => organ))}::text[]) as f(procedure, organ)),
    clocks as (
      select k.case_id, bool_or(k.state = 'running' and k.due_date < ${now}::date) as late, bool_or(k.state = 'running' and k.due_date between ${now}::date and ${ahead}::date) as soon,
        bool_or(k.state = 'paused') as paused
      from clock_run k join duty d on d.procedure = k.procedure and d.clock = k.clock where k.region = $1 and k.state <> 'stopped' group by k.case_id),
    seen as (
      select c.id, c.procedure, c.opened_on, not c.is_final as running, coalesce(k.late, false) as late, coalesce(k.soon, false) as soon, coalesce(k.paused, false) as paused,
        case when c.is_final then (select s.on_date from step s where s.region = c.region and s.case_id = c.id and s.seq = c.step_count) end as closed_on
      from (select id from case_file where region = $1 and not is_final
            union select id from case_file where region = $1 and procedure = any(${systems}::text[]) and opened_on between ${first}::date and ${last}::date
            union select case_id from step where region = $1 and procedure = any(${systems}::text[]) and on_date between ${first}::date and ${last}::date and step = any(${add(endingSteps(catalogue))}::text[])) i
        join case_file c on c.region = $1 and c.id = i.id left join clocks k on k.case_id = c.id and not c.is_final
      where ${readable(reader, add)}),
    organs as (
      select s.id, o.organ from seen s join case_organ o on o.region = $1 and o.case_id = s.id
      union select s.id, f.organ from seen s join fixed f on f.procedure = s.procedure)
    select 'all' as part, '' as key, ${COUNTS(first, last)} from seen s
    union all select 'system', s.procedure, ${COUNTS(first, last)} from seen s group by s.procedure
    union all select 'organ', o.organ, ${COUNTS(first, last)} from seen s join organs o on o.id = s.id group by o.organ
    union all select 'month', m.month, sum(m.opened)::int, sum(m.closed)::int, 0, 0, 0, 0 from (
      select to_char(opened_on, 'YYYY-MM') as month, 1 as opened, 0 as closed from seen where opened_on between ${first}::date and ${last}::date
      union all select to_char(closed_on, 'YYYY-MM'), 0, 1 from seen where closed_on between ${first}::date and ${last}::date) m group by m.month
    order by part, key`,
    values,
  )
  return rows
}

const COUNTS = (first: string, last: string): string =>
  `(count(*) filter (where s.opened_on between ${first}::date and ${last}::date))::int as opened,
   (count(*) filter (where s.closed_on between ${first}::date and ${last}::date))::int as closed,
   (count(*) filter (where s.running))::int as running,
   (count(*) filter (where s.running and s.soon and not s.late))::int as "dueSoon",
   (count(*) filter (where s.running and s.late))::int as late,
   (count(*) filter (where s.running and s.paused and not s.late and not s.soon))::int as paused`
