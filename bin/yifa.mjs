#!/usr/bin/env node
// Node 26 runs our TypeScript as it is. An older Node hands over to the one that npm installed beside us.
import { existsSync } from 'node:fs'
import { spawn } from 'node:child_process'
import path from 'node:path'

const here = path.dirname(new URL(import.meta.url).pathname)
const main = path.join(here, '..', 'src', 'cli', 'yifa.ts')
const own = path.join(here, '..', 'node_modules', 'node', 'bin', 'node')

if (Number(process.versions.node.split('.')[0]) >= 26) {
  await import(main)
} else if (existsSync(own)) {
  const child = spawn(own, [main, ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
} else {
  console.error('Yifa needs Node 26 or its own copy of it: run “npm ci” in the project first. 请先在项目目录运行 npm ci。')
  process.exit(1)
}
