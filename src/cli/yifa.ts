import { Command } from 'commander'
import { environmentLanguage, exitFor } from './command.ts'
import manifest from '../../package.json' with { type: 'json' }

// Each command is loaded when it is wanted: counting a deadline must not wait for the printing of documents.
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./start.ts')).startCommand(),
  demo: async () => (await import('./demo.ts')).demoCommand(),
  report: async () => (await import('./report.ts')).reportCommand(),
  account: async () => (await import('./account.ts')).accountCommand(),
  due: async () => (await import('./due.ts')).dueCommand(),
  vectors: async () => (await import('./vectors.ts')).vectorsCommand(),
  draw: async () => (await import('./draw.ts')).drawCommand(),
  explain: async () => (await import('./explain.ts')).explainCommand(),
  check: async () => (await import('./check.ts')).checkCommand(),
  ledger: async () => (await import('./ledger.ts')).ledgerCommand(),
  law: async () => (await import('./law.ts')).lawCommand(),
  calendar: async () => (await import('./calendar.ts')).calendarCommand(),
  backup: async () => (await import('./backup.ts')).backupCommand(),
  restore: async () => (await import('./backup.ts')).restoreCommand(),
}

/** The command line. Exit code: 0 done, 1 refused or falls short, 2 wrong usage. */
const program = new Command('yifa')
  .description('依法 · the procedures by which law binds a county or district government')
  .version(manifest.version)
  .enablePositionalOptions()
  .exitOverride()
  .showHelpAfterError(false)
const wanted = commands[process.argv[2] ?? '']
for (const make of wanted ? [wanted] : Object.values(commands)) program.addCommand(await make())

// A reader that goes away (`| head`) is no defect.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

const words = process.argv.slice(2)
const langAt = words.indexOf('--lang')
const options = {
  json: words.includes('--json'),
  lang: words[langAt + 1] === 'en' || words[langAt + 1] === 'zh' ? (words[langAt + 1] as 'en' | 'zh') : environmentLanguage(),
}
try {
  await program.parseAsync(process.argv)
} catch (error) {
  process.exitCode = exitFor(error, options)
}
