import { foldCase } from '#engine/apply-step.ts'
import { readable } from './scope.ts'
import { stepFrom } from './read-case.ts'
import { systemNamed } from '#engine/system.ts'
import type { Case } from '#engine/case.ts'
import type { DutiesOfPost } from '#readings/duties.ts'
import type { Reader } from './scope.ts'
import type { StepJson } from './read-case.ts'
import type { Store } from './store.ts'
import type { System } from '#engine/system.ts'

/** Whose day it is. */
export interface Worker extends Reader {
  /** Themself, and those for whom they stand in. */
  readonly persons: readonly string[]
}

/** Where a page of clocks goes on: after this one. Without a last day it is among the paused ones, which come last. */
export interface AfterClock {
  readonly dueDate: string | null
  readonly caseId: string
  readonly clock: string
  readonly seq: number
}

export type AfterCase = readonly [openedOn: string, id: string]

/** A clock that somebody must keep, with its case as it stands: nothing personal of it. */
export interface DueRow extends AfterClock {
  readonly theCase: Case
}

/** A case of somebody's that another has now. */
export interface OwnCaseRow {
  readonly id: string
  readonly number: string
  readonly procedure: string
  readonly version: string
  readonly state: string
  readonly openedOn: string
  /** Nothing personal among them. */
  readonly fields: Readonly<Record<string, unknown>>
  /** The step by which it came where it is, its post and organ, and when. */
  readonly last: { readonly step: string; readonly post: string; readonly organ: string; readonly on: string }
  /** Next last day of a running clock. */
  readonly due: string | null
}

type Add = (value: unknown) => string

/**
 * The clocks that a worker must keep, by last day; paused ones after the others. One query, by the index of last days.
 *
 * @param catalogue in which the cases are folded
 */
export async function listDue(
  { pool, region }: Store,
  catalogue: readonly System[],
  worker: Worker,
  duties: readonly DutiesOfPost[],
  { after, limit }: { readonly after?: AfterClock; readonly limit: number },
): Promise<DueRow[]> {
  const values: unknown[] = [region, limit]
  const add: Add = (value) => `$${values.push(value)}`
  const own = duties.filter(({ clocks }) => clocks.length > 0)
  if (own.length === 0) return []
  const is = own.map(
    ({ post, clocks }) => `(k.procedure || '/' || k.clock || '/' || c.state = any(${add(clocks)}) and ${notAnothers(post, worker, add)})`,
  )
  const lines = (
    which: string,
    order: string,
  ): string => `(select k.case_id, k.clock, k.seq, k.due_date, c.number, c.procedure, c.version, c.hash
    from clock_run k join case_file c on c.region = k.region and c.id = k.case_id
    where k.region = $1 and k.state <> 'stopped' and ${which} and (${is.join(' or ')}) and ${readable(worker, add)}${drivenBy(worker, 'k.case_id', add)}
    order by ${order} limit $2)`
  const onward = after && `(${add(after.caseId)}::uuid, ${add(after.clock)}, ${add(after.seq)}::int)`
  const dated =
    after?.dueDate === null
      ? []
      : [
          lines(
            `k.due_date is not null${after ? ` and k.due_date >= ${add(after.dueDate)}::date and (k.due_date > ${add(after.dueDate)}::date or (k.case_id, k.clock, k.seq) > ${onward})` : ''}`,
            'k.due_date, k.case_id, k.clock, k.seq',
          ),
        ]
  const undated = lines(
    `k.due_date is null${after?.dueDate === null ? ` and (k.case_id, k.clock, k.seq) > ${onward}` : ''}`,
    'k.case_id, k.clock, k.seq',
  )
  const { rows } = await pool.query<DueLine>(
    `with page as (select * from (${[...dated, undated].join(' union all ')}) as x order by due_date nulls last, case_id, clock, seq limit $2)
     select p.*, (select jsonb_agg(jsonb_build_object('seq', s.seq, 'step', s.step, 'on', s.taken_on, 'at', s.at, 'post', s.post, 'person', s.person, 'organ', s.organ,
       'input', s.input, 'from', s.from_state, 'to', s.to_state, 'supersedes', s.supersedes) order by s.seq)
       from step s where s.region = $1 and s.case_id = p.case_id) as steps
     from page p order by p.due_date nulls last, p.case_id, p.clock, p.seq`,
    values,
  )
  return rows.map(({ case_id: id, clock, seq, due_date: dueDate, procedure, number, version, hash, steps }) => ({
    caseId: id,
    clock,
    seq,
    dueDate,
    theCase: foldCase(systemNamed(catalogue, procedure), { region, id, number, version, hash }, steps.map(stepFrom)),
  }))
}

interface DueLine {
  case_id: string
  clock: string
  seq: number
  due_date: string | null
  number: string
  procedure: string
  version: string
  hash: string
  steps: StepJson[]
}

/** A worker's running cases that wait for somebody else, the oldest first. One query, by the index of running cases. @param states `procedure/state` */
export async function listWaiting(
  store: Store,
  worker: Worker,
  states: readonly string[],
  page: { readonly after?: AfterCase; readonly limit: number },
): Promise<OwnCaseRow[]> {
  if (states.length === 0) return []
  return listOwn(store, worker, page, (add) => {
    const persons = add(worker.persons)
    return `c.procedure || '/' || c.state = any(${add(states)})
      and (exists (select 1 from case_assignee a where a.region = c.region and a.case_id = c.id and a.person = any(${persons}))
        or exists (select 1 from step s where s.region = c.region and s.case_id = c.id and s.person = any(${persons})))`
  })
}

/** A worker's running cases that another's step has put back to their post since they last acted. One query, by the same index. */
export async function listReturned(
  store: Store,
  worker: Worker,
  duties: readonly DutiesOfPost[],
  page: { readonly after?: AfterCase; readonly limit: number },
): Promise<OwnCaseRow[]> {
  const own = duties.filter(({ states }) => states.length > 0)
  if (own.length === 0) return []
  return listOwn(store, worker, page, (add) => {
    const persons = add(worker.persons)
    const withThem = own.map(
      ({ post, states }) => `(c.procedure || '/' || c.state = any(${add(states)}) and ${notAnothers(post, worker, add)})`,
    )
    return `(${withThem.join(' or ')})
      and exists (select 1 from step s where s.region = c.region and s.case_id = c.id and s.from_state <> s.to_state and s.to_state = c.state
        and s.seq > (select max(m.seq) from step m where m.region = c.region and m.case_id = c.id and m.person = any(${persons})))`
  })
}

async function listOwn(
  { pool, region }: Store,
  worker: Worker,
  { after, limit }: { readonly after?: AfterCase; readonly limit: number },
  where: (add: Add) => string,
): Promise<OwnCaseRow[]> {
  const values: unknown[] = [region, limit]
  const add: Add = (value) => `$${values.push(value)}`
  const onward = after === undefined ? '' : `and (c.opened_on, c.id) > (${add(after[0])}::date, ${add(after[1])}::uuid)`
  const { rows } = await pool.query<OwnCaseRow>(
    `select c.id, c.number, c.procedure, c.version, c.state, c.opened_on as "openedOn", c.fields,
       (select jsonb_build_object('step', s.step, 'post', s.post, 'organ', s.organ, 'on', s.taken_on) from step s
        where s.region = c.region and s.case_id = c.id and s.to_state = c.state and s.from_state is distinct from s.to_state order by s.seq desc limit 1) as last,
       (select min(k.due) from clock_run k where k.region = c.region and k.case_id = c.id and k.state = 'running') as due
     from case_file c
     where c.region = $1 and not c.is_final ${onward} and ${where(add)} and ${readable(worker, add)}${drivenBy(worker, 'c.id', add)}
     order by c.opened_on, c.id limit $2`,
    values,
  )
  return rows
}

/** Not given to somebody else to handle in this post. */
function notAnothers(post: string, { persons }: Worker, add: Add): string {
  return `not exists (select 1 from case_assignee a where a.region = c.region and a.case_id = c.id and a.post = ${add(post)} and a.person <> all(${add(persons)}))`
}

/** Where a worker sees only what their organs take part in: the same once more, in a form that the index of running cases of an organ answers. */
function drivenBy({ scopes }: Reader, id: string, add: Add): string {
  if (scopes.some(({ organ }) => organ === null)) return ''
  const organs = [...new Set(scopes.map(({ organ }) => organ))]
  const procedures = [...new Set(scopes.map(({ procedure }) => procedure))]
  return ` and ${id} in (select o.case_id from case_organ o where o.region = $1 and o.organ = any(${add(organs)}) and o.procedure = any(${add(procedures)}))`
}
