import { inTransaction } from './store.ts'
import { logEvent } from './log-event.ts'
import { Refusal } from '#engine/refusal.ts'
import type { Actor } from '#engine/case.ts'
import type { Store } from './store.ts'
import type { Words } from '#engine/words.ts'
import type pg from 'pg'

/** What the drafting office wrote for one section: it stands in place of the section's own paragraphs. */
export interface SectionWritten {
  readonly paragraphs: readonly Words[]
  /** Version of the draft in which it was written. */
  readonly version: number
  readonly by: string
  readonly at: string
}

/** A remark on a figure; the figure itself nobody writes. */
export interface FigureNoted {
  readonly note: Words
  readonly by: string
  readonly at: string
}

/** The report of a year as it stands written. Version 0: nobody has written anything. */
export interface ReportDraft {
  readonly version: number
  readonly narrative: Readonly<Record<string, SectionWritten>>
  readonly annotations: Readonly<Record<string, FigureNoted>>
}

/** A frozen version without the report itself. */
export interface Edition {
  readonly number: number
  readonly version: number
  /** SHA-256 of the report's JSON, in hex. */
  readonly sha256: string
  readonly checkpoint: string
  readonly by: string
  readonly organ: string
  readonly at: string
}

const NOTHING: ReportDraft = { version: 0, narrative: {}, annotations: {} }

/** The latest version. */
export async function readDraft({ pool, region }: Store, year: number): Promise<ReportDraft> {
  return latest(pool, region, year)
}

/**
 * Writes a section. Sections are independent of each other: only who writes the same one is told that it has changed.
 *
 * @param expected the version in which the writer saw the section written; 0 where it was not
 * @returns the version that this is
 * @throws Refusal `report.changed-meanwhile`
 */
export async function writeSection(
  store: Store,
  change: {
    readonly year: number
    readonly section: string
    readonly paragraphs: readonly Words[]
    readonly expected: number
    readonly by: Actor
    readonly at: string
  },
): Promise<number> {
  const { year, section, paragraphs, expected, by, at } = change
  return append(store, year, by, at, (draft, version) => {
    const before = draft.narrative[section]?.version ?? 0
    if (before !== expected) throw changedMeanwhile(draft.narrative[section])
    return { ...draft, narrative: { ...draft.narrative, [section]: { paragraphs, version, by: by.person, at } } }
  })
}

/** Remarks on a figure, or takes the remark back. @returns the version that this is */
export async function annotateFigure(
  store: Store,
  change: { readonly year: number; readonly figure: string; readonly note: Words | null; readonly by: Actor; readonly at: string },
): Promise<number> {
  const { year, figure, note, by, at } = change
  return append(store, year, by, at, (draft) => {
    const { [figure]: _, ...others } = draft.annotations
    return { ...draft, annotations: note === null ? others : { ...others, [figure]: { note, by: by.person, at } } }
  })
}

/** What a frozen version holds beside the draft. */
export interface Frozen {
  readonly checkpoint: string
  /** Figure → its value as printed, Chinese and English. */
  readonly figures: Readonly<Record<string, Words>>
  /** The report as JSON, exactly as hashed. */
  readonly report: string
  readonly sha256: string
}

/**
 * Freezes the draft as the year's next edition, with an entry in the ledger.
 *
 * @param expected the version that was composed
 * @throws Refusal `report.changed-meanwhile`
 */
export async function freezeEdition(
  store: Store,
  {
    year,
    expected,
    frozen,
    by,
    at,
  }: { readonly year: number; readonly expected: number; readonly frozen: Frozen; readonly by: Actor; readonly at: string },
): Promise<Edition> {
  const { region, pool } = store
  return inTransaction(pool, async (client) => {
    await lock(client, region, year)
    const draft = await latest(client, region, year)
    if (draft.version !== expected) throw changedMeanwhile({ by: '', at })
    const { rows } = await client.query<{ number: number }>(
      'select coalesce(max(edition), 0) + 1 as number from report_edition where region = $1 and year = $2',
      [region, year],
    )
    const [number, version] = [rows[0]!.number, draft.version + 1]
    await client.query(
      `insert into report_edition (region, year, version, narrative, annotations, state, edition, checkpoint, figures, report, sha256, person, organ, at)
       values ($1, $2, $3, $4, $5, 'frozen', $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        region,
        year,
        version,
        JSON.stringify(draft.narrative),
        JSON.stringify(draft.annotations),
        number,
        frozen.checkpoint,
        JSON.stringify(frozen.figures),
        frozen.report,
        frozen.sha256,
        by.person,
        by.organ,
        at,
      ],
    )
    const what = { froze: 'report', year, edition: number, sha256: frozen.sha256 }
    await logEvent(store, { kind: 'administration', by, of: `report/${year}`, what, at }, client)
    return { number, version, sha256: frozen.sha256, checkpoint: frozen.checkpoint, by: by.person, organ: by.organ, at }
  })
}

/** The editions of a year, the newest first. */
export async function listEditions({ pool, region }: Store, year: number): Promise<Edition[]> {
  const { rows } = await pool.query<Edition>(
    `select edition as number, version, sha256, checkpoint, person as by, organ, at from report_edition
     where region = $1 and year = $2 and edition is not null order by edition desc`,
    [region, year],
  )
  return rows
}

/** The last edition of a year with the report as hashed. */
export interface EditionPublished {
  readonly year: number
  readonly number: number
  readonly sha256: string
  readonly at: string
  readonly report: string
}

/** Of every year that was published the last edition, the newest year first. */
export async function latestEditions({ pool, region }: Store): Promise<EditionPublished[]> {
  const { rows } = await pool.query<EditionPublished>(
    `select distinct on (year) year, edition as number, sha256, at, report from report_edition
     where region = $1 and edition is not null order by year desc, edition desc`,
    [region],
  )
  return rows
}

/** One edition with its report as hashed. @throws Refusal `report.edition-unknown` */
export async function editionNumbered(
  { pool, region }: Store,
  year: number,
  number: number,
): Promise<Edition & { readonly report: string }> {
  const { rows } = await pool.query<Edition & { report: string }>(
    `select edition as number, version, sha256, checkpoint, person as by, organ, at, report from report_edition
     where region = $1 and year = $2 and edition = $3`,
    [region, year, number],
  )
  if (rows[0]) return rows[0]
  throw new Refusal({
    code: 'report.edition-unknown',
    message: [`${year} 年度报告没有第 ${number} 版定稿。`, `The report of ${year} has no edition ${number}.`],
    basis: ['定稿自 1 起连续编号。', 'Editions are numbered from 1.'],
    remedy: ['请从报告页面选择。', 'Choose one on the page of the report.'],
  })
}

async function append(
  { pool, region }: Store,
  year: number,
  by: Actor,
  at: string,
  change: (draft: ReportDraft, version: number) => ReportDraft,
): Promise<number> {
  return inTransaction(pool, async (client) => {
    await lock(client, region, year)
    const draft = await latest(client, region, year)
    const version = draft.version + 1
    const { narrative, annotations } = change(draft, version)
    await client.query(
      `insert into report_edition (region, year, version, narrative, annotations, state, person, organ, at) values ($1, $2, $3, $4, $5, 'draft', $6, $7, $8)`,
      [region, year, version, JSON.stringify(narrative), JSON.stringify(annotations), by.person, by.organ, at],
    )
    return version
  })
}

/** One writer of a year's report at a time: versions follow each other. */
async function lock(client: pg.PoolClient, region: string, year: number): Promise<void> {
  await client.query('select pg_advisory_xact_lock($1::int, $2::int)', [Number(region), year])
}

async function latest(db: Pick<pg.Pool, 'query'>, region: string, year: number): Promise<ReportDraft> {
  const { rows } = await db.query<ReportDraft>(
    'select version, narrative, annotations from report_edition where region = $1 and year = $2 order by version desc limit 1',
    [region, year],
  )
  return rows[0] ?? NOTHING
}

/** @param last who wrote last, and when; absent where nobody did, and the version that the asker goes by is none */
function changedMeanwhile(last: { readonly by: string; readonly at: string } | undefined): Refusal {
  return new Refusal({
    code: 'report.changed-meanwhile',
    message: last
      ? [
          `报告已于 ${last.at} 由${last.by || '他人'}修改，本次未保存。`,
          `The report was changed at ${last.at} by ${last.by || 'somebody else'}: nothing was saved.`,
        ]
      : ['该节尚未编写，没有您所依据的版本，本次未保存。', 'Nobody wrote this section yet: there is no such version. Nothing was saved.'],
    basis: ['后写的不得在不知情时覆盖先写的。', 'Who writes later does not overwrite unawares what was written before.'],
    remedy: ['请读取最新内容，合并后再保存。', 'Read what it says now, bring both together, and save again.'],
  })
}
