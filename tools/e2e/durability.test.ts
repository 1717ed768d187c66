import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { once } from 'node:events'
import { test } from 'node:test'
import { caseHeads, checkpointTexts, ledgerRecords } from '#store/read-ledger.ts'
import { exampleSystem } from '#engine/example.ts'
import { ledgerKeys, seal } from '#store/ledger.ts'
import { openCase } from '#store/take-step.ts'
import { openStore } from '#store/store.ts'
import { publishedCalendar } from '#district/calendar.ts'
import { randomOf } from '#readings/random.ts'
import { Refusal } from '#engine/refusal.ts'
import { verifyLedger } from '#ledger/verify.ts'

const WORKER = path.join(import.meta.dirname, 'load-worker.ts')
/** How often server and database are killed; each kill comes after steps were acknowledged. */
const KILLS = Number(process.env['YIFA_KILLS'] ?? 50)
const clerk = { post: 'clerk', person: 'c', organ: 'justice' }

test(`${KILLS} 次在办理中强行终止服务与数据库：已确认的步骤一个不少，存证核对无误`, async () => {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'yifa-kill-'))
  const folder = path.join(root, 'data')
  const random = randomOf('kills', Date.now())
  const acknowledged: string[] = []
  let refusals = 0
  try {
    for (let round = 0; round < KILLS; round += 1) {
      const worker = spawn(process.execPath, [WORKER, folder], { stdio: ['ignore', 'pipe', 'pipe'] })
      let said = ''
      let errors = ''
      worker.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
      worker.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
      const ended = once(worker, 'exit')
      while (!said.includes('\n', said.indexOf('ready') + 6) && worker.exitCode === null)
        await new Promise((resolve) => setTimeout(resolve, 10))
      assert.match(said, /ready/, `round ${round}: the worker did not start: ${errors}`)
      await new Promise((resolve) => setTimeout(resolve, random.whole(5, 400)))
      // The database alone, the server alone, or both at once.
      const victim = round % 3
      if (victim !== 1) killDatabase(folder)
      if (victim !== 0) worker.kill('SIGKILL')
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 15_000))])
      if (worker.exitCode === null) worker.kill('SIGKILL')
      if (victim === 0) {
        assert.match(said, /refused (database\.unreachable|case\.changed-meanwhile)/, `round ${round}: ${errors || said.slice(-300)}`)
        refusals += 1
      }
      // The last line may have been cut by the kill: it was not read whole by anybody.
      acknowledged.push(
        ...said
          .slice(0, said.lastIndexOf('\n') + 1)
          .split('\n')
          .filter((line) => /^[0-9a-f-]{36} \d$/.test(line)),
      )
    }

    const store = await openStore({ folder, region: '321302', as: 'own' })
    try {
      const { rows } = await store.pool.query<{ step: string }>("select case_id || ' ' || seq as step from step")
      const kept = new Set(rows.map(({ step }) => step))
      assert.deepEqual(
        acknowledged.filter((step) => !kept.has(step)),
        [],
        'acknowledged steps that are gone',
      )
      assert.ok(acknowledged.length > KILLS * 3, `only ${acknowledged.length} steps were acknowledged`)
      await seal(store, '2024-12-31T12:00+08:00')
      const report = await verifyLedger({
        region: '321302',
        records: ledgerRecords(store),
        checkpoints: await checkpointTexts(store),
        publicKey: (await ledgerKeys(store)).publicKey,
        heads: caseHeads(store),
      })
      assert.deepEqual(report.problems, [])
      assert.ok(refusals > 0)
      console.log(
        `${acknowledged.length} steps acknowledged over ${KILLS} kills, ${kept.size} kept, ${report.checkpointsConfirmed} checkpoints`,
      )
    } finally {
      await store.close()
    }
  } finally {
    fs.rmSync(root, { recursive: true, force: true })
  }
})

test(
  '磁盘已满：明确拒绝，腾出空间后可继续，存证无误',
  { skip: mayMount() ? false : 'a small file system cannot be mounted here' },
  async () => {
    const root = fs.mkdtempSync(path.join(os.tmpdir(), 'yifa-full-'))
    fs.chmodSync(root, 0o755)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=260m,mode=755', 'tmpfs', root])
    const folder = path.join(root, 'data')
    const store = await openStore({ folder, region: '321302', as: 'own' })
    try {
      const office = { store, catalogue: [exampleSystem], calendar: publishedCalendar }
      const receive = (): Promise<unknown> =>
        openCase(office, 'example', {
          step: 'receive',
          input: { receivedOn: '2024-03-05', applicant: { name: '虚构'.repeat(250), address: '虚构'.repeat(250) } },
          by: clerk,
          at: '2024-03-05T10:00+08:00',
        })
      await receive()
      const ballast = path.join(root, 'ballast')
      const { bavail, bsize } = fs.statfsSync(root)
      fs.writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - 1_000_000)))
      let refusal: unknown
      for (let tries = 0; tries < 20_000 && refusal === undefined; tries += 1) await receive().catch((error: unknown) => (refusal = error))
      assert.ok(refusal instanceof Refusal, String(refusal))
      assert.ok(['store.disc-full', 'database.unreachable'].includes(refusal.code), refusal.code)
      fs.rmSync(ballast)
      await store.close()

      const again = await openStore({ folder, region: '321302', as: 'own' })
      try {
        await openCase({ ...office, store: again }, 'example', {
          step: 'receive',
          input: { receivedOn: '2024-03-06', applicant: { name: '虚构' } },
          by: clerk,
          at: '2024-03-06T10:00+08:00',
        })
        await seal(again, '2024-12-31T12:00+08:00')
        const report = await verifyLedger({
          region: '321302',
          records: ledgerRecords(again),
          checkpoints: await checkpointTexts(again),
          publicKey: (await ledgerKeys(again)).publicKey,
          heads: caseHeads(again),
        })
        assert.deepEqual(report.problems, [])
      } finally {
        await again.close()
      }
    } finally {
      execFileSync('umount', ['-l', root])
      fs.rmSync(root, { recursive: true, force: true })
    }
  },
)

function killDatabase(folder: string): void {
  const pid = Number(fs.readFileSync(path.join(folder, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0])
  process.kill(pid, 'SIGKILL')
}

function mayMount(): boolean {
  if (process.getuid?.() !== 0) return false
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yifa-mount-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' })
    execFileSync('umount', [folder], { stdio: 'ignore' })
    return true
  } catch {
    return false
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}
