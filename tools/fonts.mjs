// Fetches the four Chinese faces that official documents are set in (仿宋, 黑体, 楷体, 宋体) into `.fonts/`.
//
// They are the Fandol fonts (GPL with font exception), which Debian ships in texlive-lang-chinese: the package is downloaded by apt from
// whatever mirror the machine is set up for and only unpacked, never installed, so no root is needed where apt's lists are present.
// Nothing depends on it: without these files documents are set in Noto Serif SC, which comes with npm. So "not possible" is a note, not an error.
//
//   node tools/fonts.mjs            Node 20 or later, no dependencies, may be run again

import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'

const PACKAGE = 'texlive-lang-chinese'
const FACES = [
  'FandolFang-Regular.otf',
  'FandolHei-Regular.otf',
  'FandolHei-Bold.otf',
  'FandolKai-Regular.otf',
  'FandolSong-Regular.otf',
  'FandolSong-Bold.otf',
]
const IN_PACKAGE = { faces: 'usr/share/texlive/texmf-dist/fonts/opentype/public/fandol', licence: 'usr/share/doc/texlive-doc/fonts/fandol' }
const target = join(dirname(fileURLToPath(import.meta.url)), '..', '.fonts')

try {
  console.log(setUp())
} catch (error) {
  console.log(
    `Chinese fonts: not set up (${String(error.stderr || error.message)
      .trim()
      .split('\n')
      .at(-1)}).`,
  )
  console.log(
    'Documents will be set in Noto Serif SC. To have 仿宋, put .otf or .ttf files into .fonts/ or name their folder in YIFA_FONTS.',
  )
}

/** Puts the faces into `.fonts/` and says in one line what was done; throws where the machine cannot. */
function setUp() {
  if (isComplete()) return `Chinese fonts: already in ${target}`

  const installed = join('/', IN_PACKAGE.faces)
  if (existsSync(installed)) return copyFrom('/', 'from the installed package')

  if (process.platform !== 'linux' || !has('apt-get') || !has('dpkg-deb')) throw new Error('this needs a Debian-like system with apt-get')
  const work = mkdtempSync(join(tmpdir(), 'yifa-fonts-'))
  chmodSync(work, 0o755) // apt downloads as its own user where it can
  try {
    download(work)
    const archive = readdirSync(work).find((name) => name.endsWith('.deb'))
    if (archive === undefined) throw new Error(`apt-get left no ${PACKAGE} package`)
    execFileSync('dpkg-deb', ['-x', archive, 'unpacked'], { cwd: work, stdio: 'pipe' })
    return copyFrom(join(work, 'unpacked'), `from Debian's ${PACKAGE}`)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** Downloads the package; as root, with apt's lists missing or stale, refreshes them once and tries again. */
function download(folder) {
  const get = () => execFileSync('apt-get', ['download', PACKAGE], { cwd: folder, stdio: 'pipe', timeout: 300_000 })
  try {
    get()
  } catch (error) {
    if (process.getuid?.() !== 0) throw error
    execFileSync('apt-get', ['update'], { stdio: 'pipe', timeout: 300_000 })
    get()
  }
}

function copyFrom(root, whence) {
  mkdirSync(target, { recursive: true })
  const licence = join(root, IN_PACKAGE.licence, 'COPYING.gz')
  if (existsSync(licence)) writeFileSync(join(target, 'COPYING'), gunzipSync(readFileSync(licence)))
  const readme = join(root, IN_PACKAGE.licence, 'README')
  if (existsSync(readme)) copyFileSync(readme, join(target, 'README'))
  for (const face of FACES) copyFileSync(join(root, IN_PACKAGE.faces, face), join(target, face))
  return `Chinese fonts: ${FACES.length} Fandol faces ${whence} into ${target}`
}

function isComplete() {
  return FACES.every((face) => existsSync(join(target, face)))
}

function has(command) {
  return (process.env.PATH ?? '').split(':').some((folder) => folder !== '' && existsSync(join(folder, command)))
}
