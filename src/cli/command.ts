import { algorithmsNamed, isAlgorithmsName } from '#ledger/algorithms.ts'
import { Command, CommanderError, Option } from 'commander'
import fs from 'node:fs'
import path from 'node:path'
import { openStore } from '#store/store.ts'
import { Refusal } from '#engine/refusal.ts'
import { say } from '#engine/words.ts'
import type { Language, Words } from '#engine/words.ts'
import type { Store } from '#store/store.ts'

/** Options that every command has. */
export interface Common {
  readonly json?: boolean
  readonly lang: Language
}

/** Options of commands that open the store. */
export interface StoreCommon extends Common {
  readonly data?: string
  readonly region: string
  /** Only of commands that may begin a place. */
  readonly algorithms?: string
}

/** The reader's language: `--lang`, else the environment's; Chinese where it does not say. */
export function environmentLanguage(): Language {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env
  return /^en/i.test(LC_ALL || LC_MESSAGES || LANG || '') ? 'en' : 'zh'
}

/** A command with what all have. */
export function command(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .option('--json', 'print JSON')
    .option('--lang <language>', 'zh or en', environmentLanguage())
    .enablePositionalOptions()
    .exitOverride()
    .showHelpAfterError(false)
}

/** Adds what commands on the store have. */
export function onStore(given: Command): Command {
  return given
    .option('--data <folder>', 'data folder (default: ./data, or $YIFA_DATA)')
    .option('--region <code>', 'six-digit division code', '321302')
}

/** Adds what commands have that may begin a place. */
export function onNewStore(given: Command): Command {
  const names = Object.keys(algorithmsNamed).join(' or ')
  return onStore(given).addOption(
    new Option('--algorithms <name>', `what the ledger of a new place is made with: ${names}`).env('YIFA_ALGORITHMS'),
  )
}

/**
 * Where the data is: `--data`, `$YIFA_DATA`, else `data` in the current folder.
 */
export function dataFolder(options: StoreCommon): string {
  return path.resolve(options.data ?? process.env['YIFA_DATA'] ?? 'data')
}

/** Opens the store for one command and closes it after, whatever happens. */
export async function withStore<T>(
  options: StoreCommon,
  as: 'own' | 'guest' | 'guest-or-new',
  use: (store: Store) => Promise<T>,
): Promise<T> {
  if (!/^\d{6}$/.test(options.region)) throw badRegion(options.region)
  const { algorithms } = options
  if (algorithms !== undefined && !isAlgorithmsName(algorithms)) throw unknownAlgorithms(algorithms)
  const databaseUrl = process.env['DATABASE_URL']
  const folder = dataFolder(options)
  if (as === 'guest' && !databaseUrl && !fs.existsSync(folder)) throw noData(folder)
  const store = await openStore({
    folder,
    region: options.region,
    as: as === 'own' ? 'own' : 'guest',
    ...(databaseUrl ? { databaseUrl } : {}),
    ...(algorithms ? { algorithms } : {}),
  })
  try {
    return await use(store)
  } finally {
    await store.close()
  }
}

/** Prints a value as JSON, or its words. */
export function print(options: Common, value: unknown, words: () => string): void {
  process.stdout.write(options.json ? `${JSON.stringify(value)}\n` : `${words()}\n`)
}

/** Says something to the person beside the result, on standard error. */
export function tell(options: Common, words: Words): void {
  process.stderr.write(`${say(words, options.lang)}\n`)
}

/** Now, as an instant of China. */
export function now(): string {
  const china = new Date(Date.now() + 8 * 3_600_000).toISOString()
  return `${china.slice(0, 19)}+08:00`
}

/**
 * Prints what stopped a command and returns its exit code: 1 refused, 2 wrong usage. Anything else is a defect of ours, with its stack.
 */
export function exitFor(error: unknown, options: Common): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (error instanceof Refusal) {
    const said = error.on(options.lang)
    if (options.json) process.stdout.write(`${JSON.stringify(said)}\n`)
    const [basis, remedy] = options.lang === 'zh' ? ['依据', '办法'] : ['Basis', 'Remedy']
    process.stderr.write(`${said.message} [${said.code}]\n${basis}: ${said.basis}\n${remedy}: ${said.remedy}\n`)
    return error.exit
  }
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return 1
}

/** Reads a file as text. @throws Refusal `file.missing` */
export function readText(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch (cause) {
    throw new Refusal({
      code: 'file.missing',
      exit: 2,
      message: [`读不到文件“${file}”。`, `The file “${file}” cannot be read.`],
      basis: [(cause as Error).message, (cause as Error).message],
      remedy: ['请核对路径。', 'Check the path.'],
      cause,
    })
  }
}

/** Reads a JSON file. @throws Refusal `file.missing` · `file.not-json` */
export function readJson(file: string): unknown {
  const text = readText(file)
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown
  } catch (cause) {
    throw new Refusal({
      code: 'file.not-json',
      exit: 2,
      message: [`“${file}”不是 JSON 文件。`, `“${file}” is not JSON.`],
      basis: [(cause as Error).message, (cause as Error).message],
      remedy: ['请检查文件内容。', 'Check what is in the file.'],
      cause,
    })
  }
}

function badRegion(region: string): Refusal {
  return new Refusal({
    code: 'region.invalid',
    exit: 2,
    message: [`“${region}”不是六位行政区划代码。`, `“${region}” is not a six-digit division code.`],
    basis: ['GB/T 2260', 'GB/T 2260'],
    remedy: ['请写作如 321302。', 'Write it as 321302.'],
  })
}

function unknownAlgorithms(text: string): Refusal {
  const names = Object.keys(algorithmsNamed)
  return new Refusal({
    code: 'algorithms.unknown',
    exit: 2,
    message: [`没有名为“${text}”的算法组合。`, `There are no algorithms “${text}”.`],
    basis: [`可选：${names.join('、')}`, `Known: ${names.join(', ')}`],
    remedy: ['请改用其中之一。', 'Name one of these.'],
  })
}

function noData(folder: string): Refusal {
  return new Refusal({
    code: 'data.missing',
    message: [`没有数据目录“${folder}”。`, `There is no data folder “${folder}”.`],
    basis: ['该命令读取已有数据。', 'This command reads data that is there.'],
    remedy: ['请先运行 yifa demo 或 yifa start，或用 --data 指定。', 'Run yifa demo or yifa start first, or name the folder with --data.'],
  })
}
