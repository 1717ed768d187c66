// All tests in one command: sets up what they need (packages, fonts, a browser), then types, lint, form, and every *.test.ts.
// `npm test -- src/engine` runs those of a folder.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildWorkbench } from './build-workbench.mjs'
import { setUpBrowser, setUpFonts, setUpPackages } from './setup.mjs'

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..')
const bin = path.join(root, 'node_modules', '.bin')

setUpPackages()
setUpFonts()
setUpBrowser()
buildWorkbench()
step('tsc', [])
step('tsc', ['--project', 'src/workbench'])
step('oxlint', ['--deny-warnings'])
step('oxfmt', ['--check'])
// node:test starts a process a file; two at once suit the smallest machine that this is meant for.
const folders = process.argv.slice(2)
step('node', [
  '--test',
  '--test-concurrency=2',
  '--test-timeout=600000',
  ...(folders.length ? folders : ['{district,law,procedures,registers,report,src,tools}/**/*.test.ts']),
])

function step(program, words) {
  const { status } = spawnSync(path.join(bin, program), words, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, PATH: `${bin}:${process.env.PATH}` },
  })
  if (status !== 0) process.exit(status ?? 1)
}
