import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { once } from 'node:events'
import { test } from 'node:test'
import { handingOver } from './hand-over-worker.ts'
import { openStore } from '#store/store.ts'
import { publishedCalendar } from '#district/calendar.ts'
import { sweep } from '#store/sweep.ts'

const WORKER = path.join(import.meta.dirname, 'hand-over-worker.ts')
/** Kills until so many steps were caught between their own writing and the case that they open. */
const CAUGHT = 2
const MOST_KILLS = 30

test('办理后、移交前强行终止：下次启动时补办，每件恰好移交一次', async () => {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'yifa-hand-over-kill-'))
  fs.chmodSync(root, 0o755) // where tests run as root, the database's own user must be able to enter
  const folder = path.join(root, 'data')
  try {
    let caught = 0
    for (let kills = 0; caught < CAUGHT; kills += 1) {
      assert.ok(kills < MOST_KILLS, `${caught} steps were caught in ${kills} kills`)
      await killInTheMiddle(folder, 20 + kills)
      const store = await openStore({ folder, region: '321302', as: 'own' })
      try {
        const count = async (sql: string): Promise<number> => (await store.pool.query<{ count: number }>(sql)).rows[0]!.count
        caught += await count('select count(*) as count from pending')
        await sweep({ store, catalogue: handingOver, calendar: publishedCalendar }, '2024-03-11T08:00+08:00')
        assert.equal(await count('select count(*) as count from pending'), 0)
        const accepted = await count("select count(*) as count from step where step = 'accept' and procedure = 'example'")
        assert.deepEqual(
          [
            await count("select count(*) as count from case_file where procedure = 'following'"),
            await count("select count(distinct other) as count from case_link where kind = 'into'"),
          ],
          [accepted, accepted],
        )
      } finally {
        await store.close()
      }
    }
  } finally {
    fs.rmSync(root, { recursive: true, force: true })
  }
})

async function killInTheMiddle(folder: string, afterMs: number): Promise<void> {
  const worker = spawn(process.execPath, [WORKER, folder], { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  let errors = ''
  worker.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
  worker.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  const ended = once(worker, 'exit')
  while (!said.includes('accepted') && worker.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 5))
  assert.match(said, /accepted/, `the worker did not start: ${errors}`)
  await new Promise((resolve) => setTimeout(resolve, afterMs))
  worker.kill('SIGKILL')
  await ended
}
