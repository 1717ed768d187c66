// The main job in one command: a year in a box. Sets everything up, walks the year of 2020 if the data folder is new, writes the report in four
// formats, and shows it at the printed address until interrupted. `npm run year -- --no-start` stops after the report.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildWorkbench } from './build-workbench.mjs'
import { setUpFonts, setUpPackages } from './setup.mjs'

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..')
const words = process.argv.slice(2)
const start = !words.includes('--no-start')
const rest = words.filter((word) => word !== '--no-start')
const data = process.env.YIFA_DATA ?? path.join(root, 'data')

setUpPackages()
setUpFonts()
buildWorkbench()
if (!existsSync(path.join(data, 'yifa-data.json'))) yifa('demo', '--year', '2020', '--data', data, ...rest)
yifa('report', '2020', '--format', 'html,docx,pdf,json', '--out', path.join(root, 'out', 'report-2020.html'), '--data', data)
if (start) yifa('start', '--data', data)

function yifa(...args) {
  const { status } = spawnSync(process.execPath, [path.join(root, 'bin', 'yifa.mjs'), ...args], { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
