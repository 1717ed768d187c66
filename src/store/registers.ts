import { entryPayload } from './read-ledger.ts'
import { inputProblems } from '#engine/check-input.ts'
import { dayOf, instantOf } from '#engine/day.ts'
import { makeLeaf } from '#ledger/entry.ts'
import { Refusal } from '#engine/refusal.ts'
import { inTransaction } from './store.ts'
import type { InputProblem } from '#engine/check-input.ts'
import type { Actor } from '#engine/case.ts'
import type { Algorithm } from '#ledger/digest.ts'
import type { Register, RegisterEntry } from '#engine/register.ts'
import type { Store } from './store.ts'
import type pg from 'pg'

/** An entry as it stands in the store. */
export interface EntryRead extends RegisterEntry {
  readonly version: number
}

/**
 * Writes a version of a register entry, with its leaf in the ledger.
 *
 * @param at when it is recorded, an instant
 * @throws Refusal `register.entry-invalid`
 */
export async function putEntry(store: Store, register: Register, entry: RegisterEntry, by: Actor, at: string): Promise<number> {
  checkEntry(register, entry)
  const { digest } = await store.algorithms()
  return inTransaction(store.pool, (client) => appendEntry(client, store.region, digest, register.id, entry, by, at))
}

/** Writes the entries that a release brings for registers that are still empty here. @returns how many were written */
export async function loadRegisters(store: Store, registers: readonly Register[], by: Actor, at: string): Promise<number> {
  const { rows } = await store.pool.query<{ register: string }>('select distinct register from register_entry where region = $1', [
    store.region,
  ])
  const { digest } = await store.algorithms()
  const filled = new Set(rows.map(({ register }) => register))
  let written = 0
  await inTransaction(store.pool, async (client) => {
    for (const register of registers) {
      if (filled.has(register.id)) continue
      for (const entry of register.entries) {
        checkEntry(register, entry)
        await appendEntry(client, store.region, digest, register.id, entry, by, at)
        written += 1
      }
    }
  })
  return written
}

/** The entries of a register in force on a day, by key: `entryInForce` as SQL; of some keys only, where they are named. */
export async function entriesOn({ pool, region }: Store, register: string, day: string, keys?: readonly string[]): Promise<EntryRead[]> {
  const { rows } = await pool.query<EntryRow>(
    `select key, version, valid_from, valid_until, value from (
       select distinct on (key) key, version, valid_from, valid_until, value from register_entry
       where region = $1 and register = $2 and valid_from <= $3::date and ($4::text[] is null or key = any($4))
       order by key, valid_from desc, version desc) last
     where valid_until is null or valid_until >= $3::date order by key`,
    [region, register, day, keys ?? null],
  )
  return rows.map(readEntry)
}

/** The newest version of every entry, in force or not, by key: what a change is written against. */
export async function newestEntries({ pool, region }: Store, register: string, keys?: readonly string[]): Promise<Map<string, EntryRead>> {
  const { rows } = await pool.query<EntryRow>(
    `select distinct on (key) key, version, valid_from, valid_until, value from register_entry
     where region = $1 and register = $2 and ($3::text[] is null or key = any($3)) order by key, version desc`,
    [region, register, keys ?? null],
  )
  return new Map(rows.map((row) => [row.key, readEntry(row)]))
}

/** Every version of one entry, the newest first. */
export async function entryHistory({ pool, region }: Store, register: string, key: string): Promise<EntryRead[]> {
  const { rows } = await pool.query<EntryRow>(
    'select key, version, valid_from, valid_until, value from register_entry where region = $1 and register = $2 and key = $3 order by version desc',
    [region, register, key],
  )
  return rows.map(readEntry)
}

interface EntryRow {
  readonly key: string
  readonly version: number
  readonly valid_from: string
  readonly valid_until: string | null
  readonly value: Record<string, unknown>
}

function readEntry(row: EntryRow): EntryRead {
  return {
    key: row.key,
    version: row.version,
    validFrom: row.valid_from,
    ...(row.valid_until === null ? {} : { validUntil: row.valid_until }),
    value: row.value,
  }
}

/** Appends a version with its leaf, in a transaction of its caller's; the entry was checked. @returns its version */
export async function appendEntry(
  client: pg.PoolClient,
  region: string,
  alg: Algorithm,
  register: string,
  entry: RegisterEntry,
  by: Actor,
  at: string,
): Promise<number> {
  const { rows } = await client.query<{ version: number; last_leaf: Buffer }>(
    'select version, last_leaf from register_entry where region = $1 and register = $2 and key = $3 order by version desc limit 1',
    [region, register, entry.key],
  )
  const version = (rows[0]?.version ?? 0) + 1
  const subject = `${register}/${entry.key}`
  const leaf = makeLeaf({
    alg,
    region,
    kind: 'register',
    subject,
    seq: version,
    at: new Date(instantOf(at)).toISOString().replace('.000Z', 'Z'),
    open: entryPayload({
      valid_from: entry.validFrom,
      valid_until: entry.validUntil ?? null,
      value: entry.value,
      entry_post: by.post,
      entry_person: by.person,
      entry_organ: by.organ,
    }),
    prev: rows[0]?.last_leaf ?? null,
  })
  await client.query(
    `with e as (insert into register_entry (region, register, key, version, valid_from, valid_until, value, at, post, person, organ, last_leaf)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12))
     insert into ledger_leaf (region, kind, subject, seq, leaf, hash, salt) values ($1, 'register', $13, $4, $14, $12, $15)`,
    [
      region,
      register,
      entry.key,
      version,
      entry.validFrom,
      entry.validUntil ?? null,
      JSON.stringify(entry.value),
      at,
      by.post,
      by.person,
      by.organ,
      leaf.leafHash,
      subject,
      leaf.text,
      leaf.saltOpen,
    ],
  )
  return version
}

/** What is wrong with an entry: with its fields by their names, with its days as `validUntil`. */
export function entryProblems(register: Register, entry: RegisterEntry): InputProblem[] {
  const problems = inputProblems(register.fields, entry.value)
  if (entry.validUntil === undefined || dayOf(entry.validUntil) >= dayOf(entry.validFrom)) return problems
  return [...problems, { path: 'validUntil', says: ['失效日早于生效日', 'it ends before it begins'] }]
}

/** @throws Refusal `register.entry-invalid` */
export function checkEntry(register: Register, entry: RegisterEntry): void {
  const problems = entryProblems(register, entry).map(({ says }) => says)
  if (problems.length === 0) return
  throw new Refusal({
    code: 'register.entry-invalid',
    message: [
      `“${register.name[0]}”的“${entry.key}”：${problems.map((one) => one[0]).join('；')}。`,
      `“${entry.key}” of “${register.name[1]}”: ${problems.map((one) => one[1]).join('; ')}.`,
    ],
    basis: ['登记事项须合于该名录的各栏。', 'An entry has the fields of its register.'],
    remedy: ['请补正后再登记。', 'Correct the entry.'],
  })
}
