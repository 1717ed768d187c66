import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import manifest from '../package.json' with { type: 'json' }

// What a reviewer would have to look for in every change, looked for by a machine. Each rule says what to do when it is broken.

const root = path.join(import.meta.dirname, '..')
/** Folders that are not the project's text: what is installed, fetched, produced. */
const OUTSIDE = ['node_modules', '.git', '.fonts', 'data', 'out', 'build']
const files = filesUnder(root)
const sources = files.filter((file) => /\.tsx?$/.test(file))
const isTest = (file: string): boolean => file.endsWith('.test.ts')

/** What is started and not imported. */
const ENTRIES = ['src/cli/yifa.ts', 'src/workbench/main.tsx', 'src/workbench/vite.config.ts', 'src/portal-verify/verify-page.ts']

interface Import {
  readonly file: string
  /** As written: `#engine/day.ts`, `./day.ts`, `pg`. */
  readonly named: string
  /** The file meant, when it is one of ours. */
  readonly target: string | undefined
}

const imports: readonly Import[] = sources.flatMap((file) =>
  importsOf(file).map((named) => ({ file, named, target: targetOf(file, named) })),
)

/** For each folder the folders that its code may import beside itself; its tests may look around. */
const INWARD: Readonly<Record<string, readonly string[]>> = {
  law: ['src/engine'],
  district: ['src/engine', 'law'],
  registers: ['src/engine', 'law', 'district'],
  procedures: ['src/engine', 'law'],
  report: ['src/engine', 'src/readings'],
  'src/engine': ['law'],
  'src/ledger': [],
  'src/sampling': ['src/engine'],
  'src/readings': ['src/engine', 'src/ledger', 'law', 'district'],
  'src/documents': ['src/engine', 'src/readings'],
  'src/identity': ['src/engine'],
  'src/report-check': ['src/engine'],
  'src/store': ['src/engine', 'src/ledger', 'src/readings', 'src/identity', 'district'],
  'src/accounts': ['src/engine', 'src/identity', 'src/store'],
  // It runs in a browser, by itself: the server hands it out as text.
  'src/portal-verify': [],
  'src/server': [
    'src/engine',
    'src/ledger',
    'src/readings',
    'src/documents',
    'src/identity',
    'src/report-check',
    'src/store',
    'src/accounts',
    'registers',
    'report',
  ],
  // Of the server only what its answers look like; a test of the workbench's own sees that they are types alone.
  'src/workbench': ['src/engine', 'src/server'],
  'src/cli': [
    'src/engine',
    'src/ledger',
    'src/sampling',
    'src/readings',
    'src/documents',
    'src/identity',
    'src/report-check',
    'src/store',
    'src/accounts',
    'src/server',
    'law',
    'district',
    'procedures',
    'registers',
    'report',
  ],
}

test('imports point inward', () => {
  const outward = imports.flatMap(({ file, target }) => {
    if (isTest(file) || target === undefined) return []
    const [from, to] = [folderOf(file), folderOf(target)]
    if (from === undefined || to === undefined || from === to || INWARD[from]!.includes(to)) return []
    return [
      `${file} imports ${target}: ${from}/ may import only ${INWARD[from]!.join(', ') || 'itself'}. Move the thing inward or pass it in.`,
    ]
  })
  none(outward)
})

test('every folder of code has its place in that order', () => {
  const homeless = sources.filter((file) => folderOf(file) === undefined && !file.startsWith('tools/'))
  none(homeless.map((file) => `${file}: add its folder to INWARD in tools/tidy.test.ts, with what it may import`))
})

test('between law and the engine only citations and counting rules cross', () => {
  // law ⇄ engine is one word in two halves: law says what a citation and a refusal are by the engine’s types, the engine reads law’s counting rules.
  const allowed = ['src/engine/citation.ts', 'law/counting-rules.ts']
  const wrong = imports.filter(({ file, target }) => {
    if (isTest(file) || target === undefined) return false
    const between = [folderOf(file), folderOf(target)].sort().join()
    return between === 'law,src/engine' && !allowed.includes(target)
  })
  none(wrong.map(({ file, target }) => `${file} imports ${target}: between law/ and src/engine/ only ${allowed.join(' and ')} cross`))
})

test('the ledger stands alone: it imports itself and node:, so that its verifier can be read by itself', () => {
  // node:crypto cannot sign with SM2 as the standard says.
  const isSigner = ({ file, named }: Import): boolean => file === 'src/ledger/sm2-signer.ts' && named === 'sm-crypto-v2'
  const wrong = imports.filter(
    (one) => one.file.startsWith('src/ledger/') && !isTest(one.file) && !/^(node:|\.\/|#ledger\/)/.test(one.named) && !isSigner(one),
  )
  none(wrong.map(({ file, named }) => `${file} imports ${named}: src/ledger/ imports only itself and node:`))
})

test('the verifier shares only the format with what writes the ledger', () => {
  const verifier = ['src/ledger/verify.ts', 'src/ledger/verify-sm2.ts']
  const wrong = imports.filter(
    ({ file, named, target = '' }) => verifier.includes(file) && !named.startsWith('node:') && !verifier.includes(target),
  )
  none(wrong.map(({ file, named }) => `${file} imports ${named}: a fault shared with the writer would not be found`))
})

test('only the store speaks SQL', () => {
  const speakers = imports.filter(({ file, named }) => /^pg(-|$)/.test(named) && !/^(src\/store|tools)\//.test(file))
  none(speakers.map(({ file, named }) => `${file} imports ${named}: ask src/store/ for what you need`))
})

test('only src/identity knows better-auth', () => {
  const knowing = imports.filter(
    ({ file, named }) =>
      /^@?better-auth/.test(named) && !isTest(file) && !file.endsWith('-of-tests.ts') && !file.startsWith('src/identity/'),
  )
  none(knowing.map(({ file, named }) => `${file} imports ${named}: ask src/identity/sign-in-library.ts for what you need`))
})

test('the engine is pure: it reads no clock, no environment, no file', () => {
  const impure = sources
    .filter((file) => file.startsWith('src/engine/') && !isTest(file))
    .flatMap((file) => {
      const found = /\b(Date\.now\(|new Date\(\)|Temporal\.Now|process\.|Math\.random\()|from 'node:/.exec(textOf(file))
      return found ? [`${file} has “${found[0]}”: take it as an argument`] : []
    })
  none(impure)
})

test('no barrels', () => {
  none(sources.filter((file) => /(^|\/)index\.ts$/.test(file)).map((file) => `${file}: name the file after what it holds`))
})

test('everything has a name of its own', () => {
  const nameless = files.filter((file) => file.split('/').some((part) => /^(utils?|helpers?|common|misc)(\.|$)/.test(part)))
  none(nameless.map((file) => `${file}: a function without a home has not been named yet`))
})

test('no orphans: what nothing imports is a test, a command or removed', () => {
  const used = new Set(imports.map(({ target }) => target))
  const orphans = sources.filter((file) => !file.startsWith('tools/') && !isTest(file) && !used.has(file) && !ENTRIES.includes(file))
  none(orphans.map((file) => `${file}: nothing imports it`))
  const dangling = imports.filter(({ target }) => target !== undefined && !fs.existsSync(path.join(root, target)))
  none(dangling.map(({ file, named }) => `${file}: ${named} does not exist`))
})

test('every refusal code is in docs/refusals.md, and nothing else is', () => {
  const inCode = refusalCodes()
  const rows = [...textOf('docs/refusals.md').matchAll(/^\| `([a-z][a-z0-9.-]*)` \|/gm)].map(([, code]) => code!)
  const documented = new Set(rows)
  none([
    ...[...inCode].filter(([code]) => !documented.has(code)).map(([code, file]) => `${code} (${file}): add a row to docs/refusals.md`),
    ...[...documented].filter((code) => !inCode.has(code)).map((code) => `${code}: no code refuses with it; remove its row`),
    ...rows.filter((code, index) => rows.indexOf(code) !== index).map((code) => `${code}: keep one of its rows`),
  ])
})

test('what the README tells people to run exists', () => {
  const commands = new Set([...textOf('src/cli/yifa.ts').matchAll(/^ {2}(\w+): async \(\) => \(await import/gm)].map(([, name]) => name!))
  assert.ok(
    commands.has('start'),
    'src/cli/yifa.ts no longer lists its commands as “name: async () => (await import(…” : teach this test the new form',
  )
  const wrong = ['README.md', 'README.zh-CN.md', 'CONTRIBUTING.md', 'docs/operations.md'].flatMap((file) => {
    const text = textOf(file)
    const scripts = [...text.matchAll(/npm (?:run (\S+?)|(test))(?=[\s`，。；,.)]|$)/gm)].map(([, run, plain]) => run ?? plain!)
    return [
      ...scripts.filter((name) => !(name in manifest.scripts)).map((name) => `${file}: package.json has no script “${name}”`),
      ...[...text.matchAll(/\bnpx yifa ([a-z]+)/g)]
        .filter(([, name]) => !commands.has(name!))
        .map(([, name]) => `${file}: there is no command “yifa ${name}”`),
    ]
  })
  none(wrong)
  for (const file of ['README.md', 'README.zh-CN.md']) {
    for (const command of ['npm run year', 'npm test']) assert.ok(textOf(file).includes(command), `${file} does not name “${command}”`)
  }
})

test('links between pages lead somewhere', () => {
  const broken = files
    .filter((file) => file.endsWith('.md'))
    .flatMap((file) =>
      [...textOf(file).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)/g)]
        .filter(([, link]) => !fs.existsSync(path.join(root, path.dirname(file), link!)))
        .map(([, link]) => `${file}: ${link} does not exist`),
    )
  none(broken)
})

test('the folders that the README’s map names exist', () => {
  const missing = ['README.md', 'README.zh-CN.md'].flatMap((file) => {
    let top = ''
    return [...textOf(file).matchAll(/^( *)([a-z][\w.-]*\/) {2,}/gm)].flatMap(([, indent, name]) => {
      if (indent === '') top = name!
      const folder = indent === '' ? name! : `${top}${name}`
      return fs.existsSync(path.join(root, folder)) ? [] : [`${file}: ${folder} does not exist`]
    })
  })
  none(missing)
})

test('no file speaks of the machine that it was written on', () => {
  // Put together here, so that this file does not hold what it looks for.
  const strange = [
    ['/wo', 'rk/'],
    ['clau', 'de'],
    ['anthro', 'pic'],
    ['registry.', 'npmjs'],
    ['npm', 'mirror'],
    ['/home', '/'],
    ['/Users', '/'],
  ].map((parts) => parts.join(''))
  const speaking = files
    .filter((file) => !/\.(png|otf|ttf|lock|geojson)$/.test(file) && file !== 'package-lock.json')
    .flatMap((file) => {
      const text = textOf(file).toLowerCase()
      return strange.filter((word) => text.includes(word.toLowerCase())).map((word) => `${file} names “${word}”`)
    })
  none(speaking)
})

/** Codes that are put together from parts, spelled out. */
const SPELLED: Readonly<Record<string, readonly string[]>> = {
  'src/cli/demo.ts code: `${name}.invalid`': ['year.invalid', 'scale.invalid', 'seed.invalid'],
  'src/readings/vectors.ts code: `${what}.unknown`': ['indicator.unknown', 'compute.unknown'],
}

function none(problems: readonly string[]): void {
  assert.equal(problems.length, 0, `\n${problems.join('\n')}`)
}

/** Every text that follows `code:` in code that is no test; codes put together from parts are spelled out here. */
function refusalCodes(): Map<string, string> {
  const codes = new Map<string, string>()
  for (const file of sources.filter((one) => /^(src|district|law|registers|report)\//.test(one) && !isTest(one))) {
    const text = textOf(file)
    if (!/\bRefusal\b/.test(text)) continue
    for (const [, code] of text.matchAll(/\bcode: '([a-z][a-z0-9.-]*)'/g)) codes.set(code!, file)
    for (const [whole] of text.matchAll(/\bcode: `[^`]*`/g)) {
      const spelled = SPELLED[`${file} ${whole}`]
      assert.ok(spelled, `${file}: ${whole} is put together from parts: spell out its codes in SPELLED of tools/tidy.test.ts`)
      for (const code of spelled) codes.set(code, file)
    }
    for (const [, code] of text.matchAll(/\brefuse\(\s*'([a-z][a-z0-9.-]*)'/g)) codes.set(code!, file)
  }
  return codes
}

function importsOf(file: string): string[] {
  const found = textOf(file).matchAll(
    /(?:^|\n|;)\s*(?:import|export)\b[^'";`]*?\bfrom\s+'([^']+)'|(?:^|\n)import '([^']+)'|\bimport\('([^']+)'\)/g,
  )
  return [...found].map(([, from, bare, dynamic]) => from ?? bare ?? dynamic!)
}

/** `#engine/day.ts` and `./day.ts` as paths from the root. */
function targetOf(file: string, named: string): string | undefined {
  if (named.startsWith('.')) return path.posix.join(path.posix.dirname(file), named)
  if (!named.startsWith('#')) return undefined
  const [name = '', ...rest] = named.split('/')
  const folder = (manifest.imports as Readonly<Record<string, string>>)[`${name}/*`]
  assert.ok(folder, `${file}: package.json has no import “${name}/*”`)
  return path.posix.join(folder.replace('*', rest.join('/')))
}

function folderOf(file: string): string | undefined {
  return Object.keys(INWARD).find((folder) => file.startsWith(`${folder}/`))
}

function textOf(file: string): string {
  return fs.readFileSync(path.join(root, file), 'utf8')
}

/** Files of the project, as paths from the root; not what is installed, built or data. */
function filesUnder(folder: string): string[] {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const full = path.join(folder, entry.name)
    if (entry.isDirectory()) return OUTSIDE.includes(path.relative(root, full)) ? [] : filesUnder(full)
    return [path.relative(root, full)]
  })
}
