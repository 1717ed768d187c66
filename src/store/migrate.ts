import fs from 'node:fs'
import path from 'node:path'
import { Refusal } from '#engine/refusal.ts'
import type pg from 'pg'

const FOLDER = path.join(import.meta.dirname, 'migrations')

/**
 * Brings the tables up to date: the numbered SQL files that were not run yet, each in a transaction of its own, one process at a time.
 *
 * @throws Refusal `database.too-old` · `database.newer-version`
 */
export async function migrate(pool: pg.Pool): Promise<void> {
  const client = await pool.connect()
  try {
    const { rows: version } = await client.query<{ number: number }>("select current_setting('server_version_num')::int as number")
    if (version[0]!.number < 150_000) throw tooOld(version[0]!.number)
    await client.query('select pg_advisory_lock(751962)')
    await client.query(
      'create table if not exists migration (number integer primary key, name text not null, at timestamptz not null default now())',
    )
    const { rows } = await client.query<{ number: number }>('select number from migration')
    const done = new Set(rows.map(({ number }) => number))
    const files = fs
      .readdirSync(FOLDER)
      .filter((name) => /^\d{3}-.*\.sql$/.test(name))
      .sort()
    const newest = Math.max(...files.map((name) => Number(name.slice(0, 3))))
    if (Math.max(0, ...done) > newest) throw newer(Math.max(...done), newest)
    for (const name of files) {
      const number = Number(name.slice(0, 3))
      if (done.has(number)) continue
      await client.query('begin')
      await client.query(fs.readFileSync(path.join(FOLDER, name), 'utf8'))
      await client.query('insert into migration (number, name) values ($1, $2)', [number, name])
      await client.query('commit')
    }
  } catch (error) {
    await client.query('rollback').catch(() => {}) // the connection may be what failed; the first error is the one to tell
    throw error
  } finally {
    await client.query('select pg_advisory_unlock(751962)').catch(() => {})
    client.release()
  }
}

function tooOld(number: number): Refusal {
  return new Refusal({
    code: 'database.too-old',
    message: [`数据库版本 ${Math.floor(number / 10_000)} 过旧。`, `PostgreSQL ${Math.floor(number / 10_000)} is too old.`],
    basis: ['需要 PostgreSQL 15 或更新。', 'PostgreSQL 15 or later is needed.'],
    remedy: ['请升级，或去掉 DATABASE_URL 以使用内置数据库。', 'Upgrade it, or leave out DATABASE_URL to use the embedded one.'],
  })
}

function newer(found: number, known: number): Refusal {
  return new Refusal({
    code: 'database.newer-version',
    message: [
      `数据库已升级到第 ${found} 版，本程序只认识到第 ${known} 版。`,
      `The database is at version ${found}; this program knows ${known}.`,
    ],
    basis: ['旧程序不打开新数据。', 'An older program does not open newer data.'],
    remedy: ['请使用更新的程序；数据未作改动。', 'Use the newer program; nothing was changed.'],
  })
}
