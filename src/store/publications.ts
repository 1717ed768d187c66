import { canonical } from '#ledger/canonical.ts'
import { createHash } from 'node:crypto'
import { dateIn } from '#engine/day.ts'
import { entriesOn } from './registers.ts'
import { governing } from '#engine/governing.ts'
import { INDEX_NUMBERS, indexNumber, nextSerial } from './number-series.ts'
import { inTransaction } from './store.ts'
import { isUuid } from './read-case.ts'
import { isDeepStrictEqual } from 'node:util'
import { lastDay } from '#engine/deadline.ts'
import { logEvent } from './log-event.ts'
import { placesOf } from '#engine/case.ts'
import { publicationVector, publishables } from '#readings/publications.ts'
import { Refusal } from '#engine/refusal.ts'
import { SYSTEM } from '#engine/apply-step.ts'
import { systemNamed, versionFrom } from '#engine/system.ts'
import type { Actor, Case } from '#engine/case.ts'
import type { LoggedEvent } from './log-event.ts'
import type { Office } from './take-step.ts'
import type { Publicity } from '#engine/definition.ts'
import type { Publishable } from '#readings/publications.ts'
import type { Store } from './store.ts'
import type { Withdrawal } from '#engine/withdrawal.ts'
import type { Words } from '#engine/words.ts'
import type pg from 'pg'

/** One row: what is to be published, is, or was. */
export interface Publication {
  readonly id: string
  readonly caseId: string
  readonly seq: number
  readonly duty: string
  readonly procedure: string
  readonly version: string
  readonly organ: string
  readonly due: string | null
  readonly indexNumber: string | null
  readonly title: Words | null
  readonly body: Readonly<Record<string, unknown>> | null
  readonly publishedOn: string | null
  /** An instant, in UTC. */
  readonly publishedAt: string | null
  readonly validUntil: string | null
  readonly withdrawnOn: string | null
  readonly withdrawnFor: Withdrawal | null
}

/** The columns of a {@link Publication}. Days are those in China. */
export const PUBLICATION = `p.id, p.case_id as "caseId", p.seq, p.duty, p.procedure, p.version::text as version, p.organ, p.due::text as due,
  p.index_number as "indexNumber", p.title, p.body, p.published_on::text as "publishedOn",
  to_char(p.published_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "publishedAt", p.valid_until::text as "validUntil",
  (p.withdrawn_at at time zone 'Asia/Shanghai')::date::text as "withdrawnOn", p.withdrawn_for as "withdrawnFor"`

/**
 * Brings what the public reads of a case to what its steps say: publishes what nobody has to decide, notes what an officer must look at, and
 * withdraws what no longer holds. Doing it twice does nothing twice.
 *
 * @param now an instant
 */
export async function settlePublications(office: Office, theCase: Case, now: string): Promise<void> {
  const { pool } = office.store
  const wanted = await publishablesOf(office, theCase, now)
  const places = placesOf(theCase.steps)
  await inTransaction(pool, async (client) => {
    const existing = await standingOf(client, office.store, theCase.id)
    for (const row of existing) {
      const found = wanted.find(({ seq, duty }) => seq === row.seq && duty === row.duty)
      // What waits for an officer holds no content yet.
      if (found && (row.indexNumber === null || isSame(row, found))) continue
      const isCorrected = theCase.steps.some(({ seq, supersedes }) => supersedes && places.get(seq) === row.seq)
      await withdrawRow(office.store, client, row, isCorrected ? 'corrected' : 'undone', SYSTEM, now)
    }
    const left = await standingOf(client, office.store, theCase.id)
    for (const one of wanted) {
      if (one.isChosen || left.some(({ seq, duty }) => seq === one.seq && duty === one.duty)) continue
      const id = await noteDue(client, office.store.region, theCase, one)
      if (id !== undefined && one.isAutomatic) await publishRow(office, client, theCase, id, one, SYSTEM, now)
    }
  })
}

/** What of the case may be published as it stands. */
export async function publishablesOf({ store, catalogue, calendar }: Office, theCase: Case, now: string): Promise<Publishable[]> {
  const law = governing(systemNamed(catalogue, theCase.procedure), theCase)
  const named = new Set<string>(Object.values(theCase.fields).filter((value) => typeof value === 'string'))
  const names = new Map(
    (await entriesOn(store, 'organs', dateIn(now), [...named])).map(({ key, value }) => [key, String(value['name'] ?? key)]),
  )
  return publishables(law.of, theCase, calendar, (id) => names.get(id) ?? id)
}

/**
 * An officer publishes what waits for it, or what the definition lets them choose.
 *
 * @throws Refusal `publication.nothing-to-publish` · `publication.already-published`
 */
export async function publish(office: Office, theCase: Case, { seq, duty }: Pick<Publishable, 'seq' | 'duty'>, by: Actor, now: string) {
  const one = (await publishablesOf(office, theCase, now)).find((other) => other.seq === seq && other.duty === duty)
  if (!one) throw nothingToPublish()
  return inTransaction(office.store.pool, async (client) => {
    const known = (await standingOf(client, office.store, theCase.id)).find((row) => row.seq === seq && row.duty === duty)
    if (known?.indexNumber) throw alreadyPublished(known.indexNumber)
    const id = known?.id ?? (await noteDue(client, office.store.region, theCase, one))
    if (id === undefined) throw alreadyPublished('')
    return { id, indexNumber: await publishRow(office, client, theCase, id, one, by, now) }
  })
}

/** An officer withdraws what stands. @throws Refusal `publication.not-standing` */
export async function withdraw(store: Store, id: string, ground: Withdrawal, by: Actor, now: string): Promise<void> {
  await inTransaction(store.pool, async (client) => {
    const { rows } = await client.query<Publication>(
      `select ${PUBLICATION} from publication p where p.region = $1 and p.id = $2 and p.published_at is not null and p.withdrawn_at is null for update`,
      [store.region, id],
    )
    if (!rows[0]) throw notStanding()
    await withdrawRow(store, client, rows[0], ground, by, now)
  })
}

/** Withdraws what was to stay only for a time that is over. */
export async function endPublications(store: Store, now: string): Promise<void> {
  const { rows } = await store.pool.query<Publication>(
    `select ${PUBLICATION} from publication p where p.region = $1 and p.valid_until < $2::date and p.published_at is not null and p.withdrawn_at is null`,
    [store.region, dateIn(now)],
  )
  for (const row of rows) await inTransaction(store.pool, (client) => withdrawRow(store, client, row, 'ended', SYSTEM, now))
}

/** Every publication of a case that is due, stands or was withdrawn, the oldest first. */
export async function publicationsOfCase({ pool, region }: Store, caseId: string): Promise<Publication[]> {
  const { rows } = await pool.query<Publication>(
    `select ${PUBLICATION} from publication p where p.region = $1 and p.case_id = $2 order by p.seq, p.duty, p.published_at nulls last`,
    [region, caseId],
  )
  return rows
}

/** One by its id. @throws Refusal `publication.unknown` */
export async function readPublication({ pool, region }: Store, id: string): Promise<Publication> {
  if (!isUuid(id)) throw unknownPublication(id)
  const { rows } = await pool.query<Publication>(`select ${PUBLICATION} from publication p where p.region = $1 and p.id = $2`, [region, id])
  if (!rows[0]) throw unknownPublication(id)
  return rows[0]
}

/** When something is published, as its row and its leaf say it; a year that is loaded at once is written by the same. */
export function publishedRow(office: Pick<Office, 'catalogue' | 'calendar'>, region: string, theCase: Case, one: Publishable, at: string) {
  const definition = versionFrom(systemNamed(office.catalogue, theCase.procedure), one.version)
  const duty: Publicity = definition.publicity![one.duty]!
  const on = dateIn(at)
  return {
    on,
    year: Number(on.slice(0, 4)),
    validUntil: duty.stays ? dateIn(lastDay({ start: on, limit: duty.stays, rolls: false }, office.calendar).due) : null,
    words: publicationVector(definition, one.title, one.body),
    eventOf: (index: string, by: Actor): LoggedEvent => ({
      kind: 'publication',
      by,
      of: theCase.id,
      what: { act: 'publish', index, duty: `${theCase.procedure}/${one.duty}`, sha256: contentHash(region, one) },
      at,
    }),
  }
}

function contentHash(region: string, { title, body }: Pick<Publishable, 'title' | 'body'>): string {
  return createHash('sha256').update(canonical({ region, title, body })).digest('hex')
}

function isSame({ title, body }: Publication, wanted: Publishable): boolean {
  return isDeepStrictEqual([title, body], JSON.parse(JSON.stringify([wanted.title, wanted.body])))
}

async function standingOf(client: pg.PoolClient, { region }: Store, caseId: string): Promise<Publication[]> {
  const { rows } = await client.query<Publication>(
    `select ${PUBLICATION} from publication p where p.region = $1 and p.case_id = $2 and p.withdrawn_at is null for update`,
    [region, caseId],
  )
  return rows
}

/** @returns the new row's id; none where another was as quick */
async function noteDue(client: pg.PoolClient, region: string, { id, procedure }: Case, one: Publishable): Promise<string | undefined> {
  const { rows } = await client.query<{ id: string }>(
    `insert into publication (region, case_id, seq, duty, procedure, version, organ, due) values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict do nothing returning id`,
    [region, id, one.seq, one.duty, procedure, one.version, one.organ, one.due],
  )
  return rows[0]?.id
}

async function publishRow(
  office: Office,
  client: pg.PoolClient,
  theCase: Case,
  id: string,
  one: Publishable,
  by: Actor,
  now: string,
): Promise<string> {
  const { store } = office
  const { on, year, validUntil, words, eventOf } = publishedRow(office, store.region, theCase, one, now)
  const index = indexNumber(store.region, year, await nextSerial(client, store.region, INDEX_NUMBERS, year))
  await client.query(
    `update publication set index_number = $3, title = $4, body = $5, words = $6::tsvector, published_at = $7, published_on = $8, valid_until = $9
     where region = $1 and id = $2`,
    [store.region, id, index, JSON.stringify(one.title), JSON.stringify(one.body), words, now, on, validUntil],
  )
  await logEvent(store, eventOf(index, by), client)
  return index
}

/** What never reached the public leaves no trace on it: only what was published has a number to be remembered by. */
async function withdrawRow(
  store: Store,
  client: pg.PoolClient,
  row: Publication,
  ground: Withdrawal,
  by: Actor,
  now: string,
): Promise<void> {
  if (row.indexNumber === null) {
    await client.query('delete from publication where region = $1 and id = $2', [store.region, row.id])
    return
  }
  const { rowCount } = await client.query(
    `update publication set title = null, body = null, words = null, withdrawn_at = $3, withdrawn_for = $4
     where region = $1 and id = $2 and withdrawn_at is null`,
    [store.region, row.id, now, ground],
  )
  if (rowCount === 0) return
  const what = { act: 'withdraw', index: row.indexNumber, duty: `${row.procedure}/${row.duty}`, ground }
  await logEvent(store, { kind: 'publication', by, of: row.caseId, what, at: now }, client)
}

/** Of a case that the asker sees. */
export function nothingToPublish(): Refusal {
  return new Refusal({
    code: 'publication.nothing-to-publish',
    message: ['案件现在没有这一项可以公开。', 'As it stands, the case has nothing of this kind to publish.'],
    basis: ['公开的内容出自案件现行有效的办理步骤。', 'What is published rests on a step of the case that stands.'],
    remedy: ['请查看案件的最新情况。', 'Look at the case as it stands.'],
  })
}

function alreadyPublished(index: string): Refusal {
  return new Refusal({
    code: 'publication.already-published',
    message: [`已经公开${index ? `，索引号 ${index}` : ''}。`, `It is published already${index ? ` as ${index}` : ''}.`],
    basis: ['一项内容只公开一次，地址不变。', 'A thing is published once, and keeps its address.'],
    remedy: ['请从案件打开已公开的页面。', 'Open the published page from the case.'],
  })
}

function notStanding(): Refusal {
  return new Refusal({
    code: 'publication.not-standing',
    message: ['这一项没有公开，或者已经撤下。', 'It is not published, or withdrawn already.'],
    basis: ['只能撤下正在公开的内容。', 'Only what is published can be withdrawn.'],
    remedy: ['请刷新后查看。', 'Look again.'],
  })
}

/** The same whether there is none, or one of a case that the asker does not see. */
export function unknownPublication(id: string): Refusal {
  return new Refusal({
    code: 'publication.unknown',
    message: [`没有公开项目 ${id}。`, `There is no publication ${id}.`],
    basis: ['只应答已有的公开项目。', 'Only publications that exist are answered for.'],
    remedy: ['请从公开目录进入。', 'Start from the catalogue of publications.'],
  })
}
