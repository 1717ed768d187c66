import { channelsFor, NO_SETTING, settingsOf } from './notification-settings.ts'
import { dateIn, dateText, dayIn } from '#engine/day.ts'
import { dutiesOf } from '#readings/duties.ts'
import { findingRules } from '#readings/finding-rules.ts'
import { handlesFor, keepsRegister } from '#identity/permission.ts'
import { holdingsOn } from './holdings.ts'
import { inTransaction } from './store.ts'
import { notify } from './notifications.ts'
import { readChannels } from './notification-channels.ts'
import { readConcern } from './read-concern.ts'
import { readWarningDays } from './place-setting.ts'
import { systemNamed, versionFrom } from '#engine/system.ts'
import type { Happening } from './to-tell.ts'
import type { Notice } from './notifications.ts'
import type { Office } from './take-step.ts'
import type { Register } from '#engine/register.ts'
import type { Store } from './store.ts'
import type { System } from '#engine/system.ts'
import type { Viewer } from '#identity/viewer.ts'
import type pg from 'pg'

/** What telling needs beside the office: which registers are kept, and by whom. */
export interface TellingOffice extends Office {
  readonly registers: readonly Register[]
}

const BATCH = 200
/** So many days after its last one a clock is told of no more: it was told of, or is from before anybody was told of anything. Supervision finds it. */
const LATE_DAYS = 30
/** The link by which a case of supervision names the case that it is about. */
const SUPERVISES = 'supervisedCase'

/** How many days before its last one a clock is due soon here. */
export async function warningDays(store: Store): Promise<number> {
  return (await readWarningDays(store)) ?? findingRules.find(({ kind }) => kind === 'due-soon')!.days
}

/**
 * Tells people of what has happened, and of clocks that are due soon or late: whom, is read off the definitions and asked of the predicate.
 * What happened is struck out in the transaction that tells of it, so that nobody is told twice and nothing is forgotten.
 *
 * @param now an instant
 * @returns how many notifications were made
 * @throws AggregateError of what could not be told; the rest was, and it is tried again
 */
export async function tell(office: TellingOffice, now: string): Promise<number> {
  const { store } = office
  const viewers = [...(await holdingsOn(store, dateIn(now)))].map(([person, holdings]): Viewer => ({ person, holdings }))
  const on = new Set([...(await readChannels(store)).values()].flatMap(({ id, isOn }) => (isOn ? [id] : [])))
  const failures: unknown[] = []
  let told = 0

  for (const happening of await happenings(store)) {
    await attempt(async () => {
      const notices = await NOTICES[happening.kind](office, happening, viewers)
      await tellOnce(notices, async (client) => {
        const { rowCount } = await client.query('delete from to_tell where region = $1 and id = $2', [store.region, happening.id])
        return rowCount === 1
      })
    })
  }
  for (const run of await runsToTell(office, now)) {
    await attempt(async () => {
      const notices = await noticesOfClock(office, run, viewers)
      await tellOnce(notices, async (client) => {
        const { rowCount } = await client.query(
          'insert into clock_told (region, case_id, clock, seq, item, kind, due, at) values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing',
          [store.region, run.case_id, run.clock, run.seq, run.item, run.kind, run.due, now],
        )
        return rowCount === 1
      })
    })
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} happenings could not be told of: ${String(failures[0])}`)
  return told

  async function attempt(turn: () => Promise<void>): Promise<void> {
    try {
      await turn()
    } catch (error) {
      failures.push(error) // one that cannot be told does not keep the others from being told
    }
  }

  async function tellOnce(notices: readonly Notice[], isFirst: (client: pg.PoolClient) => Promise<boolean>): Promise<void> {
    const settings = await settingsOf(
      store,
      notices.map(({ person }) => person),
    )
    await inTransaction(store.pool, async (client) => {
      if (!(await isFirst(client))) return
      for (const notice of notices) {
        const channels = channelsFor(settings.get(notice.person) ?? NO_SETTING, notice.kind).filter((id) => on.has(id))
        if (await notify(client, store.region, notice, channels, now)) told += 1
      }
    })
  }
}

interface HappeningRead extends Required<Happening> {
  readonly id: string
}

async function happenings({ pool, region }: Store): Promise<HappeningRead[]> {
  const { rows } = await pool.query<HappeningRead>(
    'select id, kind, subject, seq, at from to_tell where region = $1 order by at, id limit $2',
    [region, BATCH],
  )
  return rows
}

type NoticesOf = (office: TellingOffice, happening: HappeningRead, viewers: readonly Viewer[]) => Promise<Notice[]>

const NOTICES: Readonly<Record<Happening['kind'], NoticesOf>> = {
  step: noticesOfStep,
  assignment: noticesOfAssignment,
  'register-proposal': noticesOfProposal,
  'register-decision': noticesOfDecision,
  'post-proposal': noticesOfPostProposal,
  'post-decision': noticesOfPostDecision,
}

/** A step that makes a case wait for another post: those who handle it there. Where the case has gone on since, nobody. */
async function noticesOfStep(
  { store, catalogue }: TellingOffice,
  { subject, seq }: HappeningRead,
  viewers: readonly Viewer[],
): Promise<Notice[]> {
  const { rows } = await store.pool.query<{
    procedure: string
    version: string
    from_state: string | null
    to_state: string
    person: string
    opened_by: string
    supervises: boolean
    before: string[]
  }>(
    `select c.procedure, c.version, s.from_state, s.to_state, s.person, (select o.post from step o where o.region = c.region and o.case_id = c.id and o.seq = 1) as opened_by,
       exists (select 1 from case_link l where l.region = c.region and l.case_id = c.id and l.kind = $4) as supervises,
       array(select distinct b.person from step b where b.region = c.region and b.case_id = c.id and b.seq < s.seq) as before
     from step s join case_file c on c.region = s.region and c.id = s.case_id
     where s.region = $1 and s.case_id = $2 and s.seq = $3 and c.state = s.to_state and not c.is_final
       and not exists (select 1 from step n where n.region = s.region and n.case_id = s.case_id and n.seq > s.seq and n.from_state is distinct from n.to_state)`,
    [store.region, subject, seq, SUPERVISES],
  )
  const row = rows[0]
  if (!row) return []
  const { states, posts } = versionFrom(systemNamed(catalogue, row.procedure), row.version)
  const post = states[row.to_state]?.with
  if (post === undefined || posts[post]?.outside || (row.from_state !== null && states[row.from_state]?.with === post)) return []
  const concern = await readConcern(store, subject)
  return viewers
    .filter((viewer) => viewer.person !== row.person && handlesFor(viewer, post, concern, catalogue))
    .map(({ person }) => ({
      person,
      kind: row.before.includes(person)
        ? 'case-returned'
        : row.supervises && post !== row.opened_by
          ? 'supervision-notice'
          : 'case-arrived',
      about: `${subject}/${seq}`,
      caseId: subject,
      what: { state: row.to_state },
    }))
}

/** Whoever was given a case by somebody else, and has it still. */
async function noticesOfAssignment(
  { store, catalogue }: TellingOffice,
  { subject, seq }: HappeningRead,
  viewers: readonly Viewer[],
): Promise<Notice[]> {
  const { rows } = await store.pool.query<{ person: string; post: string; state: string }>(
    `select a.person, a.post, c.state from assignment a join case_file c on c.region = a.region and c.id = a.case_id
       join case_assignee n on n.region = a.region and n.case_id = a.case_id and n.post = a.post and n.person = a.person
     where a.region = $1 and a.case_id = $2 and a.seq = $3 and a.person <> a.by_person and not c.is_final`,
    [store.region, subject, seq],
  )
  const row = rows[0]
  const viewer = viewers.find(({ person }) => person === row?.person)
  if (!row || !viewer || !handlesFor(viewer, row.post, await readConcern(store, subject), catalogue)) return []
  return [{ person: row.person, kind: 'case-assigned', about: `${subject}/${seq}`, caseId: subject, what: { state: row.state } }]
}

/** Whoever approves what is proposed for the register, but for the one who proposed it. */
async function noticesOfProposal(
  { store, registers }: TellingOffice,
  { subject }: HappeningRead,
  viewers: readonly Viewer[],
): Promise<Notice[]> {
  const { rows } = await store.pool.query<{ register: string; person: string }>(
    `select register, person from register_proposal p where region = $1 and id = $2
       and not exists (select 1 from register_decision d where d.region = p.region and d.proposal = p.id)`,
    [store.region, subject],
  )
  const [row] = rows
  const register = registers.find(({ id }) => id === row?.register)
  if (!row || !register) return []
  return viewers
    .filter((viewer) => viewer.person !== row.person && keepsRegister(viewer, register, 'approve'))
    .map(({ person }) => ({ person, kind: 'proposal-waiting', about: subject, proposal: subject, what: { register: row.register } }))
}

async function noticesOfDecision({ store }: TellingOffice, { subject }: HappeningRead): Promise<Notice[]> {
  const { rows } = await store.pool.query<{ register: string; person: string; approved: boolean }>(
    `select p.register, p.person, d.approved from register_proposal p join register_decision d on d.region = p.region and d.proposal = p.id
     where p.region = $1 and p.id = $2`,
    [store.region, subject],
  )
  return rows.map(({ person, ...what }) => ({ person, kind: 'proposal-decided', about: subject, proposal: subject, what }))
}

/** Posts are given by security administrators: another than the one who proposed it decides. */
async function noticesOfPostProposal({ store }: TellingOffice, { subject }: HappeningRead): Promise<Notice[]> {
  const { rows } = await store.pool.query<{ person: string }>(
    `select a.person from administrator a join post_proposal p on p.region = a.region and p.id = $2 and p.decided_by is null and p.proposed_by <> a.person
     where a.region = $1 and a.kind = 'security'`,
    [store.region, subject],
  )
  return rows.map(({ person }) => ({ person, kind: 'proposal-waiting', about: subject, what: { register: POSTS } }))
}

async function noticesOfPostDecision({ store }: TellingOffice, { subject }: HappeningRead): Promise<Notice[]> {
  const { rows } = await store.pool.query<{ person: string; approved: boolean }>(
    'select proposed_by as person, approved from post_proposal where region = $1 and id = $2 and approved is not null',
    [store.region, subject],
  )
  return rows.map(({ person, approved }) => ({ person, kind: 'proposal-decided', about: subject, what: { register: POSTS, approved } }))
}

const POSTS = 'posts'

interface RunToTell {
  readonly case_id: string
  readonly clock: string
  readonly seq: number
  readonly item: string
  readonly procedure: string
  readonly state: string
  readonly due: string
  readonly kind: 'clock-soon' | 'clock-late'
}

/** Running clocks that have come to their last days, or past them, since they were last told of. */
async function runsToTell({ store, catalogue }: TellingOffice, now: string): Promise<RunToTell[]> {
  const today = dayIn(now)
  const { rows } = await store.pool.query<RunToTell>(
    `select * from (
       select k.case_id, k.clock, k.seq, k.item, k.procedure, k.due, k.due_date, c.state,
         case when case when length(k.due) > 10 then k.due::timestamptz < $2::timestamptz else k.due_date < $3::date end then 'clock-late' else 'clock-soon' end as kind
       from clock_run k join case_file c on c.region = k.region and c.id = k.case_id
       where k.region = $1 and k.state = 'running' and k.due_date between $4::date and $5::date and k.procedure || '/' || k.clock || '/' || c.state = any($6)
     ) k where not exists (select 1 from clock_told t where t.region = $1 and t.case_id = k.case_id and t.clock = k.clock and t.seq = k.seq
       and t.item = k.item and t.kind = k.kind and t.due = k.due)
     order by due_date, case_id, clock, seq, item limit $7`,
    [
      store.region,
      now,
      dateText(today),
      dateText(today - LATE_DAYS),
      dateText(today + (await warningDays(store))),
      [...dutyPosts(catalogue).keys()],
      BATCH,
    ],
  )
  return rows
}

/** `procedure/clock/state` → the posts whose duty the clock is then. */
function dutyPosts(catalogue: readonly System[]): ReadonlyMap<string, readonly string[]> {
  const every = catalogue.flatMap(({ id, definitions }) =>
    definitions.flatMap(({ posts }) =>
      Object.entries(posts).flatMap(([post, { outside }]) => (outside ? [] : [{ post, procedures: [id] }])),
    ),
  )
  const found = new Map<string, string[]>()
  for (const { post, clocks } of dutiesOf(catalogue, every))
    for (const clock of clocks) found.set(clock, [...(found.get(clock) ?? []), post])
  return found
}

async function noticesOfClock({ store, catalogue }: TellingOffice, run: RunToTell, viewers: readonly Viewer[]): Promise<Notice[]> {
  const { case_id: caseId, clock, seq, item, procedure, state, due, kind } = run
  const posts = dutyPosts(catalogue).get(`${procedure}/${clock}/${state}`) ?? []
  const concern = await readConcern(store, caseId)
  return viewers
    .filter((viewer) => posts.some((post) => handlesFor(viewer, post, concern, catalogue)))
    .map(({ person }) => ({ person, kind, about: `${caseId}/${clock}/${seq}/${item}/${due}`, caseId, clock, what: { state, due } }))
}
