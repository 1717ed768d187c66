// Builds the workbench where its sources have changed since it was built last.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..')
const mark = path.join(root, 'build', 'workbench', '.built')

export function buildWorkbench() {
  const hash = createHash('sha256')
  for (const file of ['package-lock.json', 'tools/build-workbench.mjs', ...sources('src/workbench'), ...sources('src/engine')])
    hash.update(file).update(readFileSync(path.join(root, file)))
  const digest = hash.digest('hex')
  if (existsSync(mark) && readFileSync(mark, 'utf8') === digest) return
  console.error('Building the workbench … 正在构建工作台 …')
  const bin = path.join(root, 'node_modules', '.bin')
  const { status } = spawnSync(
    path.join(bin, 'node'),
    [path.join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', '--config', 'src/workbench/vite.config.ts', '--logLevel', 'warn'],
    {
      cwd: root,
      stdio: ['ignore', 2, 'inherit'],
    },
  )
  if (status !== 0) process.exit(status ?? 1)
  compress(path.join(root, 'build', 'workbench', 'assets'))
  writeFileSync(mark, digest)
}

/** Once here, instead of on every request: the server sends what lies beside a file under its name with `.gz`. */
function compress(folder) {
  for (const name of readdirSync(folder))
    writeFileSync(path.join(folder, `${name}.gz`), gzipSync(readFileSync(path.join(folder, name)), { level: 9 }))
}

function sources(folder) {
  return readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .sort()
}

if (process.argv[1] === fileURLToPath(import.meta.url)) buildWorkbench()
