import { catalogue } from '#procedures/catalogue.ts'
import { command, now, onNewStore, print, withStore } from './command.ts'
import { loadRegisters } from '#store/registers.ts'
import { loadYear } from '#store/load-year.ts'
import { makeDemoAccounts } from './demo-accounts.ts'
import { Refusal } from '#engine/refusal.ts'
import { registers } from '#registers/registers.ts'
import { seal } from '#store/ledger.ts'
import { say } from '#engine/words.ts'
import { SYSTEM } from '#engine/apply-step.ts'
import type { Command } from 'commander'
import type { Language, Words } from '#engine/words.ts'
import type { StoreCommon } from './command.ts'
import type { YearProgress } from '#store/load-year.ts'

interface Options extends StoreCommon {
  readonly year: string
  readonly scale: string
  readonly seed: string
}

/** `yifa demo`: a synthetic year of every system, walked through the real definitions. */
export function demoCommand(): Command {
  return onNewStore(command('demo', 'fill an empty data folder with a synthetic year'))
    .option('--year <year>', 'the year', '2020')
    .option('--scale <factor>', '1 = the report’s own volumes', '1')
    .option('--seed <number>', 'the same seed gives the same year', '1')
    .action((options: Options) =>
      withStore(options, 'guest-or-new', async (store) => {
        const wanted = {
          year: whole(options.year, 'year', 2018, 2026),
          scale: positive(options.scale),
          seed: whole(options.seed, 'seed', 0, 2 ** 31),
        }
        const began = Date.now()
        await loadRegisters(store, registers, SYSTEM, `${wanted.year - 1}-01-02T09:00+08:00`)
        const office = { store, catalogue, calendar: await store.calendar() }
        const loaded = await loadYear(office, registers, wanted, now(), progressOn(process.stderr, options.lang))
        const accounts = await makeDemoAccounts(store)
        const sealed = await seal(store, now())
        await store.pool.query('analyze')
        const seconds = Math.round((Date.now() - began) / 100) / 10
        const ledger = { size: sealed?.size ?? 0, checkpoint: sealed?.text ?? null }
        print(options, { ...wanted, ...loaded, ledger, accounts, seconds }, () =>
          say(
            [
              `${loaded.cases} 件案件、${loaded.steps} 步，用时 ${seconds} 秒；存证 ${sealed?.size} 条。\n演示账号（密码均为 ${accounts.password}，只显示这一次）：${accounts.usernames.join('、')}`,
              `${loaded.cases} cases, ${loaded.steps} steps in ${seconds} s; ${sealed?.size} ledger leaves.\nAccounts of the demonstration (password of all: ${accounts.password}, shown this once): ${accounts.usernames.join(', ')}`,
            ],
            options.lang,
          ),
        )
      }),
    )
}

const STAGES: Record<YearProgress['stage'], Words> = { drawing: ['抽取案件', 'drawing cases'], walking: ['办理案件', 'walking cases'] }

/** A bar on a terminal, a line now and then elsewhere. */
function progressOn(out: NodeJS.WriteStream, language: Language): (progress: YearProgress) => void {
  let lastTenth = -1
  return ({ stage, done, of, steps }) => {
    const share = of === 0 ? 1 : done / of
    const words = `${say(STAGES[stage], language)} ${done}/${of} · ${steps} ${say(['步', 'steps'], language)}`
    if (out.isTTY) {
      const filled = Math.round(share * 30)
      out.write(`\r\x1b[K[${'█'.repeat(filled)}${' '.repeat(30 - filled)}] ${words}${stage === 'walking' && done === of ? '\n' : ''}`)
      return
    }
    const tenth = Math.floor(share * 10)
    if (stage !== 'walking' || tenth === lastTenth) return
    lastTenth = tenth
    out.write(`${words}\n`)
  }
}

function whole(text: string, name: string, least: number, most: number): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= least && value <= most) return value
  throw invalid(name, text, `${least}–${most}`)
}

function positive(text: string): number {
  const value = Number(text)
  if (Number.isFinite(value) && value > 0 && value <= 100) return value
  throw invalid('scale', text, '0–100')
}

function invalid(name: string, text: string, range: string): Refusal {
  return new Refusal({
    code: `${name}.invalid`,
    exit: 2,
    message: [`--${name} “${text}”不可用。`, `--${name} “${text}” cannot be used.`],
    basis: [`范围 ${range}`, `Range ${range}`],
    remedy: ['请改正。', 'Correct it.'],
  })
}
