import { Refusal } from '#engine/refusal.ts'
import type { Definition } from '#engine/definition.ts'
import type { Field, Fields, FileRef } from '#engine/field.ts'
import type { FileVault } from './file-vault.ts'
import type { Store } from './store.ts'
import type pg from 'pg'

/** A file; whole once its type and hash are known. */
export interface StoredFile {
  readonly id: string
  readonly name: string
  readonly bytes: number
  readonly person: string
  readonly at: string
  readonly type: string | null
  readonly sha256: string | null
  /** The case and step that named it first; `null` while it is its uploader's. */
  readonly caseId: string | null
  readonly seq: number | null
  /** Every field that names it is public. */
  readonly isPublic: boolean
  readonly erasedAt: string | null
}

const COLUMNS = 'id, name, bytes, person, at, type, sha256, case_id as "caseId", seq, is_public as "isPublic", erased_at as "erasedAt"'

/** An upload that begins. */
export async function addFile(
  { pool, region }: Store,
  { id, name, bytes, person, at }: Pick<StoredFile, 'id' | 'name' | 'bytes' | 'person' | 'at'>,
): Promise<void> {
  await pool.query('insert into file (region, id, name, bytes, person, at) values ($1, $2, $3, $4, $5, $6)', [
    region,
    id,
    name,
    bytes,
    person,
    at,
  ])
}

/** An upload that is whole. */
export async function finishFile(
  { pool, region }: Store,
  id: string,
  whole: { readonly type: string; readonly sha256: string },
): Promise<void> {
  await pool.query('update file set type = $3, sha256 = $4 where region = $1 and id = $2', [region, id, whole.type, whole.sha256])
}

/** Forgets an upload that nothing names. @returns whether it did */
export async function dropFile({ pool, region }: Store, id: string): Promise<boolean> {
  const { rowCount } = await pool.query('delete from file where region = $1 and id = $2 and case_id is null', [region, id])
  return rowCount === 1
}

export async function fileOf({ pool, region }: Store, id: string): Promise<StoredFile | undefined> {
  const { rows } = await pool.query<StoredFile>(`select ${COLUMNS} from file where region = $1 and id = $2`, [region, id])
  return rows[0]
}

/** The files of a case, in the order of the steps that named them. */
export async function filesOfCase({ pool, region }: Store, caseId: string): Promise<StoredFile[]> {
  const { rows } = await pool.query<StoredFile>(
    `select ${COLUMNS} from file where region = $1 and case_id = $2 order by seq, name, id limit 1000`,
    [region, caseId],
  )
  return rows
}

/** A file that an input names, and whether the field that names it is public. */
export interface NamedFile {
  readonly ref: FileRef
  readonly isPublic: boolean
}

/** The files that the input of a step names. */
export function filesNamed(definition: Definition, step: string, input: Readonly<Record<string, unknown>>): NamedFile[] {
  return inRecord(definition.steps[step]?.input ?? {}, input)
}

function inRecord(fields: Fields, record: Readonly<Record<string, unknown>>): NamedFile[] {
  return Object.entries(fields).flatMap(([name, field]) => inValue(field, record[name]))
}

function inValue(field: Field, value: unknown): NamedFile[] {
  if (value === undefined || value === null) return []
  if (field.kind === 'file') return [{ ref: value as FileRef, isPublic: field.public === true }]
  if (field.kind !== 'list' || field.of === undefined) return []
  const of = field.of as Field | Fields
  return (value as readonly unknown[]).flatMap((entry) =>
    typeof of.kind === 'string' ? inValue(of as Field, entry) : inRecord(of as Fields, entry as Readonly<Record<string, unknown>>),
  )
}

/** Uploads are kept for so long without a step that names them. */
const KEPT_DAYS = 7

/**
 * The uploads that a step names: the asker's own, or such as the case has already.
 *
 * @throws Refusal `file.unknown` where one was not uploaded, or its name, size or hash is another
 */
export async function findNamed(
  { pool, region }: Store,
  named: readonly NamedFile[],
  { person, caseId, now }: { readonly person: string; readonly caseId: string; readonly now: string },
): Promise<{ readonly id: string; readonly isPublic: boolean }[]> {
  if (named.length === 0) return []
  const { rows } = await pool.query<{ id: string; name: string; bytes: number; sha256: string }>(
    `select id, name, bytes, sha256 from file where region = $1 and sha256 = any($2) and erased_at is null
       and (case_id = $3 or (case_id is null and person = $4 and at > $5::timestamptz - make_interval(days => ${KEPT_DAYS})))
     order by case_id nulls last, at desc`,
    [region, named.map(({ ref }) => ref.sha256), caseId, person, now],
  )
  const found = new Map<string, boolean>()
  for (const { ref, isPublic } of named) {
    const file = rows.find(({ name, bytes, sha256 }) => sha256 === ref.sha256 && name === ref.name && bytes === ref.bytes)
    if (!file) throw notUploaded(ref.name)
    found.set(file.id, isPublic && found.get(file.id) !== false)
  }
  return [...found].map(([id, isPublic]) => ({ id, isPublic }))
}

/**
 * Removes uploads that no step named in time, and the contents of those that were erased.
 *
 * @param now an instant
 * @returns how many were removed
 */
export async function sweepFiles({ pool, region }: Store, vault: FileVault, now: string): Promise<number> {
  // An hour later than a step could still name it: a step that is just being taken finds it.
  const { rows } = await pool.query<{ id: string }>(
    `select id from file where region = $1 and (case_id is null and at < $2::timestamptz - make_interval(days => ${KEPT_DAYS}, hours => 1)
         and not exists (select 1 from hand_in h where h.region = file.region and person = 'party:' || h.id and h.refused_at is null) or erased_at is not null)`,
    [region, now],
  )
  for (const { id } of rows) {
    // The content first: what cannot be removed now is tried again by the next sweep.
    await vault.remove(id)
    await pool.query('delete from file where region = $1 and id = $2', [region, id])
  }
  return rows.length
}

/** Marks what is not public of a case's files as erased: nobody reads them from then on, and the next sweep removes them. */
export async function eraseFiles(client: pg.PoolClient, region: string, caseId: string, at: string): Promise<number> {
  const { rowCount } = await client.query(
    'update file set erased_at = $3 where region = $1 and case_id = $2 and not is_public and erased_at is null',
    [region, caseId, at],
  )
  return rowCount ?? 0
}

function notUploaded(name: string): Refusal {
  return new Refusal({
    code: 'file.unknown',
    message: [`没有上传过文件“${name}”，或其内容不同。`, `The file “${name}” was not uploaded, or its content is another.`],
    basis: [
      `步骤只能引用办理人自己在 ${KEPT_DAYS} 日内上传的文件，或本案已有的文件；名称、大小、哈希须一致。`,
      `A step names what its taker uploaded within ${KEPT_DAYS} days, or what the case has: name, size and hash agree.`,
    ],
    remedy: ['请重新上传后再办理；已填内容不会丢失。', 'Upload it again, then take the step; nothing entered is lost.'],
  })
}
