import { algorithmsNamed } from '#ledger/algorithms.ts'
import { algorithmsOf, chooseAlgorithms } from './place-setting.ts'
import { calendarOf } from '#engine/calendar.ts'
import { instantText } from '#engine/day.ts'
import { migrate } from './migrate.ts'
import { Refusal } from '#engine/refusal.ts'
import pg from 'pg'
import { runningServer, startEmbeddedServer } from './embedded-server.ts'
import { schedulesInForce } from './schedules.ts'
import type { AlgorithmsName, LedgerAlgorithms } from '#ledger/algorithms.ts'
import type { Calendar } from '#engine/calendar.ts'

/** The database of one place: the only way to it. */
export interface Store {
  readonly pool: pg.Pool
  /** For lists and searches: each kind of question is planned once a connection and not for its values, which takes as long as to answer it. */
  readonly lists: pg.Pool
  /** Six-digit division code; every query names it. */
  readonly region: string
  /** The data folder: keys, backups, and the database itself where it is the embedded one. */
  readonly folder: string
  calendar(): Promise<Calendar>
  /** What the ledger of this place is made with. Chosen before its first leaf, and the same ever after. */
  algorithms(): Promise<LedgerAlgorithms>
  close(): Promise<void>
}

export interface StoreOptions {
  readonly folder: string
  readonly region: string
  /** `own`: start the database and hold the folder. `guest`: use a server that runs on it, else start one for this command. */
  readonly as: 'own' | 'guest'
  /** A server of the user's own (15 or later), instead of the embedded one. */
  readonly databaseUrl?: string
  readonly connections?: number
  /** Chosen for the ledger of a place that is new; one that is not must have chosen the same. */
  readonly algorithms?: AlgorithmsName
}

// Dates stay text: a JavaScript Date would give a day a time zone. Instants come back as the ISO text in which they were given.
pg.types.setTypeParser(1082, (text) => text)
pg.types.setTypeParser(1184, (text) => instantText(Date.parse(text.replace(' ', 'T').replace(/([+-]\d{2})$/, '$1:00'))))
pg.types.setTypeParser(20, Number)

/**
 * Opens the store: the embedded database, or a server of the user's own; brings its tables up to date.
 *
 * @throws Refusal `data.*` · `database.unreachable` · `database.too-old` · `database.newer-version` · `ledger.algorithms-fixed`
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { folder, region, databaseUrl } = options
  const running = databaseUrl || options.as === 'own' ? undefined : runningServer(folder)
  const server = databaseUrl || running ? undefined : await startEmbeddedServer(folder)
  const where = databaseUrl
    ? { connectionString: databaseUrl }
    : (running ?? { host: server!.host, user: server!.user, database: server!.database })
  const pool = poolOf(where, options.connections ?? 10, SETTINGS)
  const lists = poolOf(where, LIST_CONNECTIONS, `${SETTINGS} -c plan_cache_mode=force_generic_plan`)
  try {
    await migrate(pool)
    if (options.algorithms) await chooseAlgorithms(pool, region, options.algorithms)
  } catch (error) {
    await Promise.all([pool.end(), lists.end()])
    await server?.stop()
    throw error instanceof Refusal ? error : unreachable(error)
  }
  let chosen: LedgerAlgorithms | undefined
  return {
    pool,
    lists,
    region,
    folder,
    calendar: async () => calendarOf(await schedulesInForce({ pool, region })),
    async algorithms() {
      try {
        return (chosen ??= algorithmsNamed[await algorithmsOf(pool, region)])
      } catch (error) {
        throw refusalFrom(error)
      }
    },
    async close() {
      await Promise.all([pool.end(), lists.end()])
      await server?.stop()
    },
  }
}

// To start a second worker takes twenty milliseconds: longer than a whole page of a list. Only a report is worth it.
const SETTINGS = '-c timezone=Asia/Shanghai -c jit=off -c work_mem=64MB -c parallel_setup_cost=20000'
/** More at once would only take turns on the cores that there are. */
const LIST_CONNECTIONS = 4

function poolOf(where: pg.PoolConfig, max: number, options: string): pg.Pool {
  const pool = new pg.Pool({ ...where, max, application_name: 'yifa', options })
  pool.on('error', () => {}) // an idle connection that the server closes: the next query opens another or is refused
  // A connection in use that dies tells its query; without a listener it would also end the process.
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/**
 * Turns what the database or its disc says into a refusal that a person can act on; anything else is a defect and goes on as it is.
 */
export function refusalFrom(error: unknown): unknown {
  if (error instanceof Refusal) return error
  const { code } = error as { code?: string }
  if (code === '53100' || code === 'ENOSPC') {
    return new Refusal({
      code: 'store.disc-full',
      message: ['磁盘空间已满，此步未保存。', 'The disc is full: this step was not saved.'],
      basis: ['未写入磁盘的步骤不算办理。', 'A step that is not on disc was not taken.'],
      remedy: ['请腾出磁盘空间后重试；已保存的内容没有损失。', 'Free disc space and try again; nothing saved is lost.'],
      cause: error,
    })
  }
  if (code === 'YF001') {
    return new Refusal({
      code: 'store.append-only',
      message: ['数据库拒绝改写已有记录。', 'The database refuses to change what is recorded.'],
      basis: ['步骤、登记、文书与存证只增不改。', 'Steps, registers, documents and the ledger are append-only.'],
      remedy: ['请用更正步骤。', 'Take a correcting step.'],
      cause: error,
    })
  }
  if (code !== undefined && (/^(57P0\d|08\d{3})$/.test(code) || ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE'].includes(code)))
    return unreachable(error)
  if (
    error instanceof Error &&
    /Connection terminated|timeout exceeded when trying to connect|not queryable|connection error/.test(error.message)
  )
    return unreachable(error)
  return error
}

/** A connection of the pool. @throws Refusal `database.unreachable` */
export async function connectionOf(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect()
  } catch (error) {
    throw refusalFrom(error)
  }
}

/**
 * Does work in one transaction: all of it is kept, or none.
 *
 * @throws Refusal `database.unreachable` · `store.disc-full`, and what the work itself throws
 */
export async function inTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await connectionOf(pool)
  try {
    await client.query('begin')
    const done = await work(client)
    await client.query('commit')
    return done
  } catch (error) {
    await client.query('rollback').catch(() => {}) // a lost connection rolls back by itself; the first error is the one to tell
    throw refusalFrom(error)
  } finally {
    client.release()
  }
}

function unreachable(cause: unknown): Refusal {
  return new Refusal({
    code: 'database.unreachable',
    message: ['数据库没有应答。', 'The database does not answer.'],
    basis: [cause instanceof Error ? cause.message : String(cause), cause instanceof Error ? cause.message : String(cause)],
    remedy: [
      '请检查数据库是否运行；已办理的步骤没有损失，重试即可。',
      'Check that the database runs; steps acknowledged are not lost, try again.',
    ],
    cause,
  })
}
