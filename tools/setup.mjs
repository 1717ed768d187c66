// Makes the checkout ready: packages, the command `yifa`, fonts, and for the tests a browser. Plain JavaScript for whatever Node is there;
// does nothing that is done already.
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { buildWorkbench } from './build-workbench.mjs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..')

/** Installs the packages of the lock file, if they are not the ones that are there, and links the command. */
export function setUpPackages() {
  const mark = path.join(root, 'node_modules', '.yifa-installed')
  const lock = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex')
  if (!existsSync(mark) || readFileSync(mark, 'utf8') !== lock) {
    console.error('Installing packages … 正在安装依赖 …')
    run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
    writeFileSync(mark, lock)
  }
  linkCommand()
}

/** `node_modules/.bin/yifa`, as npm makes it for a package that depends on us. */
export function linkCommand() {
  const bin = path.join(root, 'node_modules', '.bin')
  const link = path.join(bin, 'yifa')
  mkdirSync(bin, { recursive: true })
  rmSync(link, { force: true })
  symlinkSync(path.join('..', '..', 'bin', 'yifa.mjs'), link)
  chmodSync(path.join(root, 'bin', 'yifa.mjs'), 0o755)
}

/** 仿宋, 黑体 and 楷体 for documents; without them documents fall back to a serif that npm brings. */
export function setUpFonts() {
  run('node', [path.join(root, 'tools', 'fonts.mjs')])
}

/** Debian's Chromium for the browser tests, where none is. */
export function setUpBrowser() {
  if (browser()) return
  console.error('Installing Chromium … 正在安装浏览器 …')
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  const apt = (...words) => {
    const [program, ...rest] = [...sudo, 'apt-get', ...words]
    return (
      spawnSync(program, rest, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
        .status === 0
    )
  }
  if (!apt('install', '-y', '-q', 'chromium')) {
    apt('update', '-q')
    if (!apt('install', '-y', '-q', 'chromium'))
      console.error('Chromium could not be installed: the browser tests will fail. 未能安装浏览器，浏览器测试将不通过。')
  }
}

/** Where the browser is: `$YIFA_CHROMIUM`, or where Debian puts it. */
export function browser() {
  return [process.env.YIFA_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
    (file) => file && existsSync(file) && statSync(file).isFile(),
  )
}

function run(program, words) {
  execFileSync(program, words, { cwd: root, stdio: ['ignore', 2, 'inherit'] })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--link')) linkCommand()
  else {
    setUpPackages()
    setUpFonts()
    buildWorkbench()
  }
}
