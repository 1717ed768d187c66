import { backupCommand, restoreCommand } from './backup.ts'
import { calendarCommand } from './calendar.ts'
import { checkCommand } from './check.ts'
import { Command } from 'commander'
import { demoCommand } from './demo.ts'
import { dueCommand } from './due.ts'
import { environmentLanguage, exitFor } from './command.ts'
import { explainCommand } from './explain.ts'
import { lawCommand } from './law.ts'
import { ledgerCommand } from './ledger.ts'
import { reportCommand } from './report.ts'
import { startCommand } from './start.ts'
import { vectorsCommand } from './vectors.ts'
import manifest from '../../package.json' with { type: 'json' }

/** The command line. Exit code: 0 done, 1 refused or falls short, 2 wrong usage. */
const program = new Command('yifa')
  .description('依法 · the procedures by which law binds a county or district government')
  .version(manifest.version)
  .exitOverride()
  .showHelpAfterError(false)
for (const make of [
  startCommand,
  demoCommand,
  reportCommand,
  dueCommand,
  vectorsCommand,
  explainCommand,
  checkCommand,
  ledgerCommand,
  lawCommand,
  calendarCommand,
  backupCommand,
  restoreCommand,
]) {
  program.addCommand(make())
}

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
