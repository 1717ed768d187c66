import { dropUnfinished } from '#store/hand-ins.ts'
import { accountPolicy, oidcProviders, originOf } from './account-settings.ts'
import { calendarInForce } from '#store/calendar-in-force.ts'
import { catalogue } from '#procedures/catalogue.ts'
import { command, dataFolder, now, onNewStore, tell, withStore } from './command.ts'
import { createServer } from '#server/server.ts'
import { deliverEvents } from '#server/deliver-events.ts'
import { deliverNotifications } from '#server/deliver-notifications.ts'
import { fileVault } from '#store/file-vault.ts'
import { forgetOldKeys } from '#store/idempotency.ts'
import { hasAccounts } from '#store/accounts.ts'
import { isDemonstration } from '#store/place-setting.ts'
import { loadRegisters } from '#store/registers.ts'
import { openAccounts } from '#accounts/account-office.ts'
import { place } from '#district/place.ts'
import { Refusal } from '#engine/refusal.ts'
import { registers } from '#registers/registers.ts'
import { seal } from '#store/ledger.ts'
import { sweepFiles } from '#store/files.ts'
import { sweep } from '#store/sweep.ts'
import { SYSTEM } from '#engine/apply-step.ts'
import type { CalendarInForce } from '#store/calendar-in-force.ts'
import { tell as tellPeople } from '#store/tell.ts'
import type { Command } from 'commander'
import type { SendingOffice } from '#server/deliver-notifications.ts'
import type { StoreCommon } from './command.ts'

interface Options extends StoreCommon {
  readonly port: string
  readonly host: string
  readonly origin?: string
}

const SEAL_EVERY_MS = 10_000
const SWEEP_EVERY_MS = 60_000
const SWEEP_FILES_EVERY_MS = 600_000
const DELIVER_EVERY_MS = 2_000
const TELL_EVERY_MS = 5_000

/** `yifa start`: the database and the pages, until it is interrupted. */
export function startCommand(): Command {
  return onNewStore(command('start', 'start the database and the pages'))
    .option('--port <number>', 'port to listen on; 0 for a free one', '8020')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--origin <url>', 'address under which people open the pages, behind a proxy (or $YIFA_ORIGIN)')
    .action((options: Options) =>
      withStore(options, 'own', async (store) => {
        await loadRegisters(store, registers, SYSTEM, now())
        const calendar = await calendarInForce(store)
        const office = { store, catalogue, calendar }
        const demonstration = await isDemonstration(store)
        const origin = originOf(options.origin ?? (process.env['YIFA_ORIGIN'] || `http://127.0.0.1:${portOf(options.port)}`))
        const accounts = openAccounts({
          store,
          origin,
          policy: accountPolicy(),
          providers: oidcProviders(),
          place: place.name,
          demonstration,
          now,
        })
        const server = await createServer({
          ...office,
          calendarChanged: calendar.refresh,
          place,
          now,
          demonstration,
          accounts,
          hosts: [new URL(origin).hostname],
          logLevel: 'info',
        })
        const address = await server.listen({ port: portOf(options.port), host: options.host }).catch((error: unknown) => {
          throw listenRefusal(error, options.port)
        })
        if (options.json) process.stdout.write(`${JSON.stringify({ address, data: dataFolder(options), region: store.region })}\n`)
        else
          tell(options, [
            `依法已启动：${address}\n数据目录：${dataFolder(options)}\n按 Ctrl-C 停止。`,
            `Yifa runs at ${address}\nData folder: ${dataFolder(options)}\nCtrl-C stops it.`,
          ])
        if (!(await hasAccounts(store)))
          tell(options, [
            '尚无账号。请先建立三名管理员（三人分任）：\n  yifa account add --person 姓名 --username 用户名 --administrator system（另有 security、audit）',
            'There is no account yet. Make the three administrators first, three people:\n  yifa account add --person NAME --username NAME --administrator system (then security, audit)',
          ])
        const chores = choresOf({ ...office, registers, origin }, calendar)
        await interrupted()
        chores.stop()
        await server.close()
        await seal(store, now())
      }),
    )
}

/** What runs beside the pages: sealing the ledger, looking at clocks that have run out, removing files that nothing names, telling other systems and our own people. A failed turn is said and tried again. */
function choresOf(office: SendingOffice, calendar: CalendarInForce): { stop(): void } {
  const every = (ms: number, turn: () => Promise<unknown>): NodeJS.Timeout => {
    let busy = false
    const take = (): void => {
      if (busy) return
      busy = true
      turn()
        .catch((error: unknown) => process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`))
        .finally(() => {
          busy = false
        })
    }
    take() // what an earlier process left is not left for another turn
    return setInterval(take, ms)
  }
  const timers = [
    every(SEAL_EVERY_MS, () => seal(office.store, now())),
    // A schedule may have been imported at the command line.
    every(SWEEP_EVERY_MS, () => calendar.refresh()),
    every(SWEEP_EVERY_MS, () => sweep(office, now())),
    every(SWEEP_FILES_EVERY_MS, () => dropUnfinished(office.store, now())),
    every(SWEEP_FILES_EVERY_MS, () => sweepFiles(office.store, fileVault(office.store), now())),
    every(SWEEP_FILES_EVERY_MS, () => forgetOldKeys(office.store, now())),
    every(DELIVER_EVERY_MS, () => deliverEvents(office, now())),
    every(TELL_EVERY_MS, () => tellPeople(office, now())),
    every(DELIVER_EVERY_MS, () => deliverNotifications(office, now())),
  ]
  return { stop: () => timers.forEach((timer) => clearInterval(timer)) }
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
  })
}

function portOf(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new Refusal({
    code: 'port.invalid',
    exit: 2,
    message: [`“${text}”不是端口号。`, `“${text}” is not a port.`],
    basis: ['端口为 0 至 65535 的整数。', 'A port is a whole number from 0 to 65535.'],
    remedy: ['请改正。', 'Correct it.'],
  })
}

function listenRefusal(error: unknown, port: string): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code !== 'EADDRINUSE' && code !== 'EACCES') return error
  return new Refusal({
    code: 'port.not-free',
    message: [`端口 ${port} 不可用。`, `Port ${port} cannot be used.`],
    basis: [(error as Error).message, (error as Error).message],
    remedy: ['请用 --port 另选端口。', 'Choose another with --port.'],
    cause: error,
  })
}
