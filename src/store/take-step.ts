import { advance, applyStep, correct, dated, isFrom, SYSTEM } from '#engine/apply-step.ts'
import { clockRow, linksOf, nextLastDay, openFields, organsOf, partiesOf, searchRow, stepRow } from './case-rows.ts'
import { clocksOf } from '#engine/clocks.ts'
import { STRIKE } from '#engine/case.ts'
import { dateIn, instantOf } from '#engine/day.ts'
import { definitionHash } from '#readings/definition-json.ts'
import { definitionOn, systemNamed, versionFrom } from '#engine/system.ts'
import { eventOf } from './outbox.ts'
import { filesNamed, findNamed } from './files.ts'
import { governing } from '#engine/governing.ts'
import { handOver, handOversOf } from './hand-over.ts'
import { nextNumber } from './number-series.ts'
import { randomBytes } from 'node:crypto'
import { readCase, readCaseAndConcern } from './read-case.ts'
import { Refusal } from '#engine/refusal.ts'
import { inTransaction, refusalFrom } from './store.ts'
import { surroundingsFor } from './surroundings.ts'
import type { Algorithm } from '#ledger/digest.ts'
import type { Actor, Case } from '#engine/case.ts'
import type { Calendar } from '#engine/calendar.ts'
import type { CaseRead } from './read-case.ts'
import type { Concern } from '#identity/permission.ts'
import type { Pending } from './hand-over.ts'
import type { Correction, StepAsked } from '#engine/apply-step.ts'
import type { Definition } from '#engine/definition.ts'
import type { Governing } from '#engine/governing.ts'
import type { Store } from './store.ts'
import type { System } from '#engine/system.ts'
import type { Words } from '#engine/words.ts'
import type pg from 'pg'

/** What taking steps needs beside the store: which procedures there are, and the calendar they count on. */
export interface Office {
  readonly store: Store
  readonly catalogue: readonly System[]
  readonly calendar: Calendar
}

/** A case after a step was taken, and the numbers of the documents that it produced. */
export interface Taken {
  readonly theCase: Case
  readonly documents: readonly { readonly document: string; readonly number: string | null }[]
}

/**
 * Takes one step of one case: first what lapsed clocks owe, then the step. Everything that it writes is written together or not at all.
 *
 * @param expected how many steps the asker had seen; absent: does not mind
 * @throws Refusal as `applyStep`; `case.unknown` · `case.changed-meanwhile` · `database.unreachable` · `store.disc-full`
 */
export async function takeStep(office: Office, caseId: string, asked: StepWanted, expected?: number): Promise<Taken> {
  const taken = await write(office, decideStep(office, caseId, asked, expected))
  await handOver(office, taken.theCase, taken.pending, asked.at)
  try {
    await followEnd(office, taken.theCase, asked.at)
  } catch (error) {
    owed(error)
  }
  return taken
}

/** A step whose taker is known, or is found out once it is known whose the case is and under which version it runs: so it is read once. */
export interface StepWanted extends Omit<StepAsked, 'by'> {
  readonly by: Actor | ((definition: Definition, concern: Concern) => Promise<Actor>)
}

/** What a step would come to. */
export interface Tried {
  /** The version under which it would be taken. */
  readonly definition: Definition
  readonly before: Case | undefined
  readonly after: Case
}

/** What a step would come to if it were taken now; nothing is written. @throws Refusal as {@link takeStep} */
export async function tryStep(office: Office, caseId: string, asked: StepWanted): Promise<Tried> {
  return decideStep(office, caseId, asked, undefined)
}

/** What an opening step would come to; nothing is written. @throws Refusal as {@link openCase} */
export async function tryOpening(office: Office, procedure: string, asked: StepAsked): Promise<Tried> {
  return decideOpening(office, procedure, asked, newId(instantOf(asked.at)))
}

/**
 * Opens a case by its opening step, under the law in force on the day that the step names.
 *
 * @param id of the case; the same one again opens no second case
 * @throws Refusal as {@link takeStep}; `version.none-in-force`
 */
export async function openCase(office: Office, procedure: string, asked: StepAsked, id = newId(instantOf(asked.at))): Promise<Taken> {
  return (await openCaseUnless(office, procedure, asked, never, id))!
}

/**
 * Opens a case, unless in the same transaction, before anything is written, it is found that it must not be.
 *
 * @param isRefrained looks, and may write what is to be kept together with the opening
 * @throws Refusal as {@link openCase}
 */
export async function openCaseUnless(
  office: Office,
  procedure: string,
  asked: StepAsked,
  isRefrained: (client: pg.PoolClient) => Promise<boolean>,
  id = newId(instantOf(asked.at)),
): Promise<Taken | undefined> {
  const taken = await writeUnless(office, decideOpening(office, procedure, asked, id), isRefrained)
  if (taken) await handOver(office, taken.theCase, taken.pending, asked.at)
  return taken
}

/**
 * The step itself is kept, and so must not be refused for what follows the end of its case in others: that is said in the log, and taken by the
 * next sweep.
 */
function owed(error: unknown): void {
  const refusal = refusalFrom(error)
  if (!(refusal instanceof Refusal)) throw error
  process.emitWarning(`what follows a step was not taken: ${refusal.code}`)
}

/** Supersedes a wrong step. @throws Refusal as `correct` and {@link takeStep} */
export async function correctStep(office: Office, caseId: string, correction: Correction): Promise<Taken> {
  const taken = await write(office, decideCorrection(office, caseId, correction))
  await handOver(office, taken.theCase, taken.pending, correction.at)
  return taken
}

/** Brings one case up to now: what lapsed clocks owe. @returns how many steps the machine took */
export async function advanceCase(office: Office, caseId: string, now: string): Promise<number> {
  const read = await readCase(office.store.pool, office.store.region, caseId, office.catalogue)
  const asked = { step: '', input: {}, by: SYSTEM, at: now }
  const around = await surroundingsFor(office, [read.definition], read.theCase, asked)
  const after = advance(read.definition, read.theCase, now, around)
  const owed = after.steps.length - read.theCase.steps.length
  if (owed === 0) return 0
  const taken = await write(
    office,
    Promise.resolve({ definition: read.definition, before: read.theCase, after, lastLeaf: read.lastLeaf, files: [] }),
  )
  await handOver(office, taken.theCase, taken.pending, now)
  return owed
}

async function decideStep(office: Office, caseId: string, wanted: StepWanted, expected: number | undefined): Promise<Change> {
  const { theCase, definition, lastLeaf, by } = await readFor(wanted.by, office, caseId)
  if (expected !== undefined && theCase.steps.length !== expected) throw changedMeanwhile(office, theCase, expected)
  const asked = recorded(office, definition, { ...wanted, by })
  const around = await surroundingsFor(office, [definition], theCase, asked)
  const current = advance(definition, theCase, asked.at, around)
  const after = applyStep(definition, current, asked, around)
  return { definition, before: theCase, after, lastLeaf, files: await filesFor(office, definition, after, asked) }
}

async function readFor(by: StepWanted['by'], { store, catalogue }: Office, caseId: string): Promise<CaseRead & { readonly by: Actor }> {
  if (typeof by !== 'function') return { ...(await readCase(store.pool, store.region, caseId, catalogue)), by }
  const { concern, ...read } = await readCaseAndConcern(store.pool, store.region, caseId, catalogue)
  return { ...read, by: await by(read.definition, concern) }
}

async function decideOpening(office: Office, procedure: string, asked: StepAsked, id: string): Promise<Change> {
  const { store, catalogue } = office
  const system = systemNamed(catalogue, procedure)
  const openedOn = dateIn(String(asked.input[system.definitions.at(-1)!.opened] ?? asked.at))
  const definition = definitionOn(system, openedOn)
  const around = await surroundingsFor(office, [definition], undefined, asked)
  const opening = { region: store.region, id, number: '', hash: definitionHash(definition) }
  const after = applyStep(definition, opening, asked, around)
  return { definition, before: undefined, after, lastLeaf: null, files: await filesFor(office, definition, after, asked) }
}

/** The uploads that a step names. What the machine passes on stays with the case that it came from. */
async function filesFor(
  { store }: Office,
  definition: Definition,
  after: Case,
  { step, input, by, at }: StepAsked,
): Promise<Change['files']> {
  if (by.person === SYSTEM.person) return []
  const found = await findNamed(store, filesNamed(definition, step, input), { person: by.person, caseId: after.id, now: at })
  return found.map((file) => ({ ...file, seq: after.steps.length }))
}

async function decideCorrection(office: Office, caseId: string, correction: Correction): Promise<Change> {
  const { store, catalogue } = office
  const { theCase, lastLeaf } = await readCase(store.pool, store.region, caseId, catalogue)
  const system = systemNamed(catalogue, theCase.procedure)
  const law = governing(system, theCase)
  const wrong = theCase.steps.find(({ seq }) => seq === correction.seq)
  const definition = law.of(correction.seq)
  const asked = recorded(office, definition, {
    step: wrong?.step ?? '',
    input: correction.input ?? {},
    by: correction.by,
    at: correction.at,
  })
  const around = await surroundingsFor(office, versionsOf(law), theCase, asked, theCase.steps)
  const corrected = correction.input === undefined ? correction : { ...correction, input: asked.input }
  const after = correct(system, theCase, corrected, around)
  return { definition, before: theCase, after, lastLeaf, files: await filesFor(office, definition, after, asked) }
}

/** A step that switches records which definition, to the letter, the case comes under: that is not for whoever takes it to say. */
function recorded({ catalogue }: Office, definition: Definition, asked: StepAsked): StepAsked {
  const switches = definition.steps[asked.step]?.switches
  if (!switches) return asked
  const to = versionFrom(systemNamed(catalogue, definition.id), switches.to)
  return { ...asked, input: { ...asked.input, [switches.record]: definitionHash(to) } }
}

/** Every version that the case has run under, oldest first. */
function versionsOf({ of, switches }: Governing): Definition[] {
  return [of(1), ...switches.map(({ to }) => to)]
}

/** What was written, with what its steps set going in other cases. */
interface Written extends Taken {
  readonly pending: readonly Pending[]
}

interface Change {
  /** The version under which the new steps were taken. */
  readonly definition: Definition
  readonly before: Case | undefined
  readonly after: Case
  readonly lastLeaf: Buffer | null
  /** The uploads that the new step names: the case's from now on. */
  readonly files: readonly { readonly id: string; readonly isPublic: boolean; readonly seq: number }[]
}

/**
 * Writes what was decided. A step that needs no number is one statement, and so a transaction of its own; one that does takes its numbers in
 * the same transaction, so that a number is used exactly when its document exists. What was read before is not locked: the write finds out
 * whether somebody else came first.
 */
async function write(office: Office, decided: Promise<Change>): Promise<Written> {
  return (await writeUnless(office, decided, never))!
}

const never = (): Promise<boolean> => Promise.resolve(false)

/** @param isRefrained asked of openings alone: what it finds decides whether anything is written */
async function writeUnless(
  office: Office,
  decided: Promise<Change>,
  isRefrained: (client: pg.PoolClient) => Promise<boolean>,
): Promise<Written | undefined> {
  const { pool, region } = office.store
  try {
    const change = await decided
    const { digest } = await office.store.algorithms()
    const documents = numbered(change)
    if (change.before && documents.length === 0) return await writeChange(office, pool, digest, change, [])
    return await inTransaction(pool, async (client) => {
      if (await isRefrained(client)) return undefined
      const number =
        change.before?.number ?? (await nextNumber(client, region, change.definition.series, Number(change.after.openedOn.slice(0, 4))))
      const numbers: string[] = []
      for (const { series, year } of documents) numbers.push(await nextNumber(client, region, series, year))
      return writeChange(office, client, digest, { ...change, after: { ...change.after, number } }, numbers)
    })
  } catch (error) {
    throw refusalFrom(error)
  }
}

/** The numbered documents of the new steps, in order. */
function numbered({ definition, before, after }: Change): { seq: number; document: string; series: string; year: number }[] {
  return newDocuments(definition, before, after).flatMap(({ seq, document, on }) => {
    const { series } = definition.parts.documents[document]!
    return series === undefined ? [] : [{ seq, document, series, year: Number(on.slice(0, 4)) }]
  })
}

function newDocuments(definition: Definition, before: Case | undefined, after: Case): { seq: number; document: string; on: string }[] {
  return after.steps
    .slice(before?.steps.length ?? 0)
    .flatMap((taken) =>
      (definition.steps[taken.step]?.produces ?? []).map((document) => ({ seq: taken.seq, document, on: dateIn(taken.on) })),
    )
}

const WRITE = `with changed as (
  insert into case_file (region, id, procedure, number, version, hash, opened_on, state, is_final, step_count, last_leaf, fields, due)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $25)
  on conflict (region, id) do update set state = excluded.state, is_final = excluded.is_final, step_count = excluded.step_count,
    last_leaf = excluded.last_leaf, fields = excluded.fields, due = excluded.due
  where case_file.step_count = $13
  returning 1
), s as (
  insert into step (region, case_id, seq, procedure, step, on_date, taken_on, at, post, person, organ, input, from_state, to_state, supersedes)
  select $1, $2, x.seq, $3, x.step, x.on_date, x.taken_on, x.at, x.post, x.person, x.organ, x.input, x.from_state, x.to_state, x.supersedes
  from jsonb_to_recordset($14) as x(seq int, step text, on_date date, taken_on text, at timestamptz, post text, person text, organ text, input jsonb, from_state text, to_state text, supersedes jsonb)
  where exists (select 1 from changed)
), p as (
  insert into personal (region, subject, seq, salt, payload)
  select $1, $2::uuid::text, x.seq, decode(x.personal_salt, 'hex'), x.personal from jsonb_to_recordset($14) as x(seq int, personal jsonb, personal_salt text)
  where x.personal_salt is not null and exists (select 1 from changed)
), l as (
  insert into ledger_leaf (region, kind, subject, seq, leaf, hash, salt)
  select $1, 'step', $2::uuid::text, x.seq, x.leaf, decode(x.hash, 'hex'), decode(x.salt, 'hex') from jsonb_to_recordset($14) as x(seq int, leaf text, hash text, salt text)
  where exists (select 1 from changed) order by x.seq
), c as (
  insert into clock_run (region, case_id, clock, seq, item, procedure, start_at, state, due, due_date, provisional, stopped_on, stopped_by, late)
  select $1, $2, x.clock, x.seq, x.item, $3, x.start_at, x.state, x.due, x.due_date, x.provisional, x.stopped_on, x.stopped_by, x.late
  from jsonb_to_recordset($15) as x(clock text, seq int, item text, start_at text, state text, due text, due_date date, provisional boolean, stopped_on date, stopped_by text, late boolean)
  where exists (select 1 from changed)
  on conflict (region, case_id, clock, seq, item) do update set start_at = excluded.start_at, state = excluded.state, due = excluded.due,
    due_date = excluded.due_date, provisional = excluded.provisional, stopped_on = excluded.stopped_on, stopped_by = excluded.stopped_by, late = excluded.late
), g as (
  delete from clock_run k using jsonb_to_recordset($19) as x(clock text, seq int, item text)
  where k.region = $1 and k.case_id = $2 and k.clock = x.clock and k.seq = x.seq and k.item = x.item and exists (select 1 from changed)
), d as (
  insert into document (region, case_id, seq, document, number, issued_on)
  select $1, $2, x.seq, x.document, x.number, x.issued_on from jsonb_to_recordset($16) as x(seq int, document text, number text, issued_on date)
  where exists (select 1 from changed)
), y as (
  insert into party (region, case_id, role, ordinal, seq)
  select $1, $2, x.role, x.ordinal, x.seq from jsonb_to_recordset($17) as x(role text, ordinal int, seq int)
  where exists (select 1 from changed) on conflict do nothing
), k as (
  insert into case_link (region, case_id, other, kind)
  select $1, $2, x.other, x.kind from jsonb_to_recordset($18) as x(other uuid, kind text)
  where exists (select 1 from changed) on conflict do nothing
), o as (
  insert into case_organ (region, case_id, organ, procedure, opened_on, running, number, due)
  select $1, $2, x.organ, $3, $7, not $9::boolean, $4, $25::date from unnest($20::text[]) as x(organ) where exists (select 1 from changed)
  on conflict (region, case_id, organ) do update set running = excluded.running, due = excluded.due
  where case_organ.running <> excluded.running or case_organ.due is distinct from excluded.due
), n as (
  delete from case_organ where region = $1 and case_id = $2 and organ <> all($20::text[]) and exists (select 1 from changed)
), f as (
  insert into case_search (region, case_id, open, personal)
  select $1, $2, $21::tsvector, $22::tsvector where $21 is not null and exists (select 1 from changed)
  on conflict (region, case_id) do update set open = excluded.open, personal = excluded.personal
), q as (
  insert into pending (region, case_id, seq, kind)
  select $1, $2, x.seq, x.kind from jsonb_to_recordset($23) as x(seq int, kind text)
), u as (
  update file set case_id = $2, seq = coalesce(file.seq, x.seq), is_public = x."isPublic" and (file.is_public or file.case_id is null)
  from jsonb_to_recordset($24) as x(id uuid, seq int, "isPublic" boolean)
  where file.region = $1 and file.id = x.id and exists (select 1 from changed)
), e as (
  insert into outbox (region, webhook, event, case_id, seq, at, next_at)
  select $1, w.id, x.event, $2, x.seq, x.at, x.at
  from jsonb_to_recordset($14) as x(seq int, at timestamptz, event text)
  join webhook w on w.region = $1 and w.ended_at is null and x.event = any(w.events)
  join api_client i on i.region = $1 and i.id = w.client and i.revoked_at is null and $3 = any(i.procedures)
  where exists (select 1 from changed)
), t as (
  insert into to_tell (region, kind, subject, seq, at)
  select $1, 'step', $2, x.seq, x.at from jsonb_to_recordset($14) as x(seq int, at timestamptz, from_state text, to_state text)
  where x.from_state is distinct from x.to_state and exists (select 1 from changed)
)
select count(*)::int as changed from changed`

async function writeChange(
  office: Office,
  db: pg.Pool | pg.PoolClient,
  alg: Algorithm,
  change: Change,
  numbers: readonly (string | null)[],
): Promise<Written> {
  const { definition, before, after } = change
  const { region } = office.store
  const withNumbers = numbered(change).map((one, index) => ({ ...one, number: numbers[index]! }))
  const documents = newDocuments(definition, before, after).map(({ seq, document, on }) => ({
    seq,
    document,
    number: withNumbers.find((one) => one.seq === seq && one.document === document)?.number ?? null,
    issued_on: on,
  }))

  let previous = change.lastLeaf
  const fresh = after.steps.slice(before?.steps.length ?? 0)
  const rows = fresh.map((taken) => {
    const row = stepRow(definition, after, taken, previous, documents, alg)
    previous = row.leaf.hash
    return {
      seq: taken.seq,
      event: eventOf(taken),
      step: taken.step,
      on_date: dateIn(taken.on),
      taken_on: taken.on,
      at: taken.at,
      post: taken.by.post,
      person: taken.by.person,
      organ: taken.by.organ,
      input: row.open,
      from_state: taken.from,
      to_state: taken.to,
      supersedes: taken.supersedes ?? null,
      personal: row.personal,
      personal_salt: row.leaf.personalSalt?.toString('hex') ?? null,
      leaf: row.leaf.text,
      hash: row.leaf.hash.toString('hex'),
      salt: row.leaf.salt.toString('hex'),
    }
  })
  const system = systemNamed(office.catalogue, after.procedure)
  const now = versionFrom(system, after.version)
  const { changed: runs, gone, due } = runChanges(system, before, after, office.calendar)
  const parties = fresh.flatMap((taken) => partiesOf(definition, taken).map((party) => ({ ...party, seq: taken.seq })))
  const links = fresh.flatMap((taken) => linksOf(definition, taken))
  const pending = fresh.flatMap((taken) => handOversOf(office.catalogue, definition, after, taken))

  const found = searchRow(definition, after)
  const foundBefore = before && searchRow(definition, before)
  const isFoundAlike = found.open === foundBefore?.open && found.personal === foundBefore.personal

  const { rows: result } = await db.query<{ changed: number }>({
    name: 'write-step',
    text: WRITE,
    values: [
      region,
      after.id,
      after.procedure,
      after.number,
      after.openedUnder.version,
      after.openedUnder.hash,
      after.openedOn,
      after.state,
      now.states[after.state]?.final === true,
      after.steps.length,
      previous,
      JSON.stringify(openFields(versionsOf(governing(system, after)), after)),
      before?.steps.length ?? 0,
      JSON.stringify(rows),
      JSON.stringify(runs),
      JSON.stringify(documents),
      JSON.stringify(parties),
      JSON.stringify(links),
      JSON.stringify(gone),
      organsOf(definition, after),
      isFoundAlike ? null : found.open,
      isFoundAlike ? null : found.personal,
      JSON.stringify(pending),
      JSON.stringify(change.files),
      due,
    ],
  })
  if (result[0]!.changed !== 1) {
    // Read anew: what is at hand is the case as the asker would have left it.
    const { theCase: meanwhile } = await readCase(db, region, after.id, office.catalogue)
    throw changedMeanwhile(office, meanwhile, before?.steps.length ?? 0)
  }
  return { theCase: after, documents: documents.map(({ document, number }) => ({ document, number })), pending }
}

/** The runs that differ from what the index holds: most steps touch one clock or two. A correction may make a run vanish, as may a switch of the law. */
function runChanges(
  system: System,
  before: Case | undefined,
  after: Case,
  calendar: Calendar,
): { changed: Record<string, unknown>[]; gone: Record<string, unknown>[]; due: string | null } {
  const old = before ? clocksOf(versionFrom(system, before.version), before, calendar).map(clockRow) : []
  const now = versionFrom(system, after.version)
  const runs = clocksOf(now, after, calendar)
  const fresh = runs.map(clockRow)
  const known = new Set(old.map((row) => JSON.stringify(row)))
  const keyOf = ({ clock, seq, item }: Record<string, unknown>): string => JSON.stringify({ clock, seq, item })
  const still = new Set(fresh.map(keyOf))
  return {
    changed: fresh.filter((row) => !known.has(JSON.stringify(row))),
    gone: old.filter((row) => !still.has(keyOf(row))).map(({ clock, seq, item }) => ({ clock, seq, item })),
    due: nextLastDay(now, after, runs),
  }
}

/** When a case has ended: the steps of cases that follow it. */
export async function followEnd(office: Office, ended: Case, at: string): Promise<void> {
  const { store, catalogue } = office
  const endedDefinition = versionFrom(systemNamed(catalogue, ended.procedure), ended.version)
  if (endedDefinition.states[ended.state]?.final !== true) return
  const { rows } = await store.pool.query<{ id: string; kind: string }>(
    'select case_id as id, kind from case_link where region = $1 and other = $2',
    [store.region, ended.id],
  )
  for (const { id, kind } of rows) {
    const { theCase, definition } = await readCase(store.pool, store.region, id, catalogue)
    for (const [step, { by, follows }] of Object.entries(definition.steps)) {
      if (by !== 'case' || follows !== kind || !isFrom(definition, definition.steps[step]!, theCase.state)) continue
      await takeStep(office, id, { step, input: dated(definition, step, at), by: SYSTEM, at })
    }
  }
}

/** UUID version 7: sorts by time. */
function newId(ms: number): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(ms, 0, 6)
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** Says which steps came since, by which post and when: never by whom. */
function changedMeanwhile({ catalogue }: Office, theCase: Case, expected: number): Refusal {
  const law = governing(systemNamed(catalogue, theCase.procedure), theCase)
  const since = theCase.steps.slice(expected).map(({ seq, step, by, at }): Words => {
    const { steps, posts } = law.of(seq)
    const name = step === STRIKE ? (['撤销一步', 'A step struck out'] as const) : (steps[step]?.name ?? [step, step])
    const post = posts[by.post]?.name ?? (['系统', 'the system'] as const)
    const when = at.slice(0, 16).replace('T', ' ')
    return [`${name[0]}（${post[0]}，${when}）`, `${name[1]} (${post[1]}, ${when})`]
  })
  return new Refusal({
    code: 'case.changed-meanwhile',
    message: [
      `案件 ${theCase.number} 已被他人办理${since.length ? `：${since.map((one) => one[0]).join('、')}` : ''}。`,
      `Case ${theCase.number} was changed by somebody else${since.length ? `: ${since.map((one) => one[1]).join(', ')}` : ''}.`,
    ],
    basis: ['一个案件同时只由一人办理一步。', 'One case takes one step at a time.'],
    remedy: ['请查看最新情况后再办理；已填内容不会丢失。', 'Look at the case as it stands and try again; nothing entered is lost.'],
  })
}
