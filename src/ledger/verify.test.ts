import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  checkpointBody,
  checkpointHash,
  ed25519Signer,
  generateKeys,
  printedKey,
  signCheckpoint,
  verifierOf,
  openCheckpoint,
} from './checkpoint.ts'
import type { Checkpoint, Signer } from './checkpoint.ts'
import type { Algorithm } from './digest.ts'
import { hashLeaf } from './digest.ts'
import { makeLeaf } from './entry.ts'
import { sm2Signer } from './sm2-signer.ts'
import { appendLeaves, emptyFrontier, inclusionProof, rootOf, subtrees } from './tree.ts'
import { verifyLedger, verifyReceipt } from './verify.ts'
import type { Ledger, LedgerRecord, LedgerReport, ProblemName, Receipt } from './verify.ts'

const region = '341302'
const keys = generateKeys()
const signer = ed25519Signer(keys.privateKey)

type Row = { -readonly [Member in keyof LedgerRecord]: LedgerRecord[Member] }

/** A ledger as a store would hand it over, open to every kind of tampering. */
interface Sample {
  rows: Row[]
  checkpoints: string[]
  heads: { subject: string; seq: number }[]
}

interface Shape {
  readonly leaves?: number
  readonly cases?: number
  readonly batch?: number
  readonly alg?: Algorithm
  readonly payload?: (index: number) => unknown
}

/** Cases take turns irregularly; every leaf has its own second; the last few leaves are not sealed yet. */
function sample({
  leaves = 60,
  cases = 5,
  batch = 8,
  alg = 'sha256',
  payload = (index) => ({ step: 'act', note: `办理${index}` }),
}: Shape = {}): Sample {
  const rows: Row[] = []
  const last = new Map<string, { seq: number; leafHash: Buffer }>()
  for (let index = 0; index < leaves; index++)
    append(rows, last, alg, 'step', `案-${cases < leaves ? (index * index + (index >> 2)) % cases : index}`, payload(index), {
      姓名: `张${index}`,
    })
  const sizes = []
  for (let size = batch; size <= leaves - 3; size += batch) sizes.push(size)
  const heads = [...last].map(([key, { seq }]) => ({ subject: key.slice('step '.length), seq }))
  return { rows, checkpoints: seal(rows, sizes, alg), heads }
}

function append(
  rows: Row[],
  last: Map<string, { seq: number; leafHash: Buffer }>,
  alg: Algorithm,
  kind: string,
  subject: string,
  open: unknown,
  personal: unknown = null,
): void {
  const before = last.get(`${kind} ${subject}`)
  const seq = (before?.seq ?? 0) + 1
  const at = new Date(Date.UTC(2020, 0, 1) + rows.length * 1000).toISOString()
  const { text, leafHash, saltOpen, saltPersonal } = makeLeaf({
    alg,
    region,
    kind,
    subject,
    seq,
    at,
    open,
    personal,
    prev: before?.leafHash ?? null,
  })
  last.set(`${kind} ${subject}`, { seq, leafHash })
  rows.push({
    index: rows.length,
    leaf: text,
    region,
    kind,
    subject,
    seq,
    openPayload: structuredClone(open),
    saltOpen,
    personalPayload: structuredClone(personal),
    saltPersonal,
    erased: false,
  })
}

function seal(rows: readonly Row[], sizes: readonly number[], alg: Algorithm = 'sha256', key = signer): string[] {
  const texts: string[] = []
  let frontier = emptyFrontier(alg)
  for (const size of sizes) {
    frontier = appendLeaves(frontier, hashesOf(rows.slice(frontier.size, size), alg))
    const root = rootOf(frontier).toString('base64')
    const previous = texts.length > 0 ? checkpointHash(texts.at(-1)!) : null
    texts.push(signCheckpoint({ origin: `yifa/${region}`, size, root, at: '2021-01-04T00:30:00Z', previous, alg }, key))
  }
  return texts
}

function hashesOf(rows: readonly Row[], alg: Algorithm = 'sha256'): Buffer[] {
  return rows.map(({ leaf }) => hashLeaf(alg, leaf!))
}

function check({ rows, checkpoints }: Sample, more: Partial<Ledger> = {}): Promise<LedgerReport> {
  return verifyLedger({ region, records: rows, checkpoints, publicKey: keys.publicKey, ...more })
}

/** Is there this problem with exactly this case and step? */
function names(report: LedgerReport, problem: ProblemName, { subject, seq }: { subject: string | null; seq: number | null }): boolean {
  return report.problems.some((found) => found.problem === problem && found.subject === subject && found.seq === seq)
}

function described(report: LedgerReport): string {
  return report.problems.map(({ problem, index, en }) => `${problem} ${index} ${en}`).join('\n')
}

function assertNames(report: LedgerReport, problem: ProblemName, place: { subject: string | null; seq: number | null }): void {
  assert.ok(!report.ok)
  assert.ok(names(report, problem, place), `${problem} of ${place.subject} ${place.seq} is not among:\n${described(report)}`)
}

/** Closes the gaps in the numbering, as someone would who removes a row with care. */
function renumber(rows: Row[]): void {
  for (const [index, row] of rows.entries()) row.index = index
}

const anyRow = fc.nat({ max: 59 })

// ── Nothing wrong ────────────────────────────────────────────────────────────────────────────────────────────────────

test('the verifier is two files that import node:crypto and nothing else; the ledger imports nothing from the rest', () => {
  const imports = (file: string) =>
    [...readFileSync(new URL(file, import.meta.url), 'utf8').matchAll(/from '([^']+)'/g)].map(([, source]) => source)
  assert.deepEqual(new Set(imports('verify.ts')), new Set(['node:crypto', './verify-sm2.ts']))
  assert.deepEqual(new Set(imports('verify-sm2.ts')), new Set(['node:crypto']))
  for (const file of ['canonical.ts', 'digest.ts', 'entry.ts', 'tree.ts', 'proof.ts', 'checkpoint.ts']) {
    for (const source of imports(file)) assert.match(source!, /^node:crypto$|^\.\/[a-z0-9-]+\.ts$/, file)
  }
})

for (const alg of ['sha256', 'sm3'] as const) {
  test(`${alg}: an untouched ledger has no problem, and all but the unsealed leaves are sealed`, async () => {
    const report = await check(sample({ alg }))
    assert.deepEqual(report.problems, [])
    assert.ok(report.ok)
    assert.deepEqual(
      { ...report, root: null },
      { ok: true, region, leaves: 60, sealed: 56, checkpoints: 7, checkpointsConfirmed: 7, root: null, problems: [], problemCount: 0 },
    )
  })
}

test('SM3 and SM2: an untouched ledger has no problem; a signature changed, or by another key of either kind, is named', async () => {
  const { rows } = sample({ alg: 'sm3' })
  const sizes = [20, 40, 57]
  const sm2Keys = generateKeys('sm2')
  const checkpoints = seal(rows, sizes, 'sm3', sm2Signer(sm2Keys.privateKey))
  const { publicKey } = sm2Keys
  const whole = await check({ rows, checkpoints, heads: [] }, { publicKey })
  assert.deepEqual([whole.problems, whole.sealed, whole.checkpointsConfirmed], [[], 57, 3])

  const problems = async (texts: string[], key = publicKey) =>
    (await check({ rows, checkpoints: texts, heads: [] }, { publicKey: key })).problems.map((one) => [one.problem, one.checkpoint])
  const resigned = (with_: Signer): string[] => checkpoints.with(1, signCheckpoint(opened(checkpoints[1]!), with_))
  assert.deepEqual(await problems(resigned(sm2Signer(generateKeys('sm2').privateKey))), [['bad-signature', 1]])
  assert.deepEqual(await problems(resigned(signer)), [['bad-signature', 1]])
  assert.deepEqual(await problems(checkpoints.with(1, checkpoints[1]!.replace('00:30:00', '00:31:00'))), [
    ['bad-signature', 1],
    ['rewritten-checkpoint', 1],
  ])
  assert.deepEqual(
    (await problems(checkpoints, keys.publicKey)).map(([problem]) => problem),
    ['bad-signature', 'bad-signature', 'bad-signature'],
  )
  const receipt = await receiptOf({ rows, checkpoints, heads: [] }, 19, 'sm3')
  assert.ok(verifyReceipt(receipt, publicKey).ok)
  assert.ok(!verifyReceipt(receipt, keys.publicKey).ok)
  assert.ok(!verifyReceipt({ ...receipt, openPayload: { step: 'act', note: '改' } }, publicKey).ok)
})

test('a key that is neither Ed25519 nor SM2 is a mistake of the caller and said to be one', async () => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  await assert.rejects(check(sample(), { publicKey }), TypeError)
})

test('any JSON in any batches: tree.ts and verify.ts come to the same root', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.jsonValue(), { maxLength: 40 }), fc.integer({ min: 1, max: 9 }), async (payloads, batch) => {
      const { rows } = sample({ leaves: payloads.length, cases: 3, batch, payload: (index) => ({ value: payloads[index] }) })
      const report = await check({ rows, checkpoints: seal(rows, [0, 0, payloads.length]), heads: [] })
      assert.deepEqual(report.problems, [])
      assert.equal(report.root, rootOf(appendLeaves(emptyFrontier('sha256'), hashesOf(rows))).toString('base64'))
    }),
  )
})

test('records may come from an asynchronous source, salts as hex, and payloads with their members in another order', async () => {
  const { rows, checkpoints, heads } = sample()
  async function* records(): AsyncGenerator<LedgerRecord> {
    for (const row of rows) {
      const { step, note } = row.openPayload as { step: string; note: string }
      yield { ...row, openPayload: { note, step }, saltOpen: Buffer.from(row.saltOpen as Buffer).toString('hex') }
    }
  }
  assert.deepEqual((await check({ rows, checkpoints, heads }, { records: records(), heads })).problems, [])
})

test('a ledger before its first checkpoint is checked as far as it can be, in its own digest', async () => {
  const { rows } = sample({ alg: 'sm3' })
  const report = await check({ rows, checkpoints: [], heads: [] })
  assert.deepEqual([report.ok, report.sealed], [true, 0])
})

test('leaves that no sealing has given a place yet are checked for everything but the root', async () => {
  const unplaced = () => {
    const ledger = sample()
    for (const row of ledger.rows.slice(56)) row.index = null
    return ledger
  }
  const whole = unplaced()
  const report = await check(whole, { heads: whole.heads })
  assert.deepEqual([report.problems, report.leaves, report.sealed], [[], 60, 56])

  const changed = unplaced()
  changed.rows[58]!.openPayload = { note: '改' }
  assertNames(await check(changed), 'changed-value', changed.rows[58]!)

  const removed = unplaced()
  const [gone] = removed.rows.splice(57, 1)
  assertNames(await check(removed, { heads: removed.heads }), 'removed-step', gone!)

  // A sealed leaf cannot pass for one that is still waiting.
  const unsealed = unplaced()
  for (const row of unsealed.rows.slice(50)) row.index = null
  assert.ok((await check(unsealed)).problems.some(({ problem, index }) => problem === 'missing-leaf' && index === 50))
})

// ── (a) A changed value ──────────────────────────────────────────────────────────────────────────────────────────────

test('a changed value, open or personal, in any step: named', async () => {
  await fc.assert(
    fc.asyncProperty(anyRow, fc.boolean(), async (at, personal) => {
      const ledger = sample()
      const row = ledger.rows[at]!
      if (personal) row.personalPayload = { 姓名: '李四' }
      else (row.openPayload as { note: string }).note += '。'
      const report = await check(ledger)
      assertNames(report, 'changed-value', row)
      assert.equal(report.problemCount, 1)
    }),
  )
})

test('a salt gone, a value that is not JSON, a value added, a step filed under another case: named', async () => {
  for (const change of [{ saltOpen: null }, { saltOpen: 'ff' }, { saltPersonal: null }, { openPayload: new Date() }, { subject: '案-9' }]) {
    const ledger = sample()
    const { subject, seq } = ledger.rows[20]!
    Object.assign(ledger.rows[20]!, change)
    assertNames(await check(ledger), 'changed-value', { subject: subject!, seq: seq! })
  }
  const rows: Row[] = []
  append(rows, new Map(), 'sha256', 'register', '权力清单', { item: 1 })
  rows[0]!.personalPayload = { 姓名: '某' }
  assertNames(await check({ rows, checkpoints: seal(rows, [1]), heads: [] }), 'changed-value', { subject: '权力清单', seq: 1 })
})

test('a value changed together with its leaf: the next step of the case names it, and the root fails', async () => {
  await fc.assert(
    fc.asyncProperty(anyRow, async (at) => {
      const ledger = sample()
      const row = ledger.rows[at]!
      forgeLeaf(row, { step: 'act', note: '伪造' })
      const report = await check(ledger)
      const followed = ledger.rows.some(({ subject, seq }) => subject === row.subject && seq === row.seq! + 1)
      if (followed) assertNames(report, 'broken-chain', row)
      if (at < 56) assert.ok(report.problems.some(({ problem }) => problem === 'inconsistent-checkpoint'))
      assert.equal(report.ok, !followed && at >= 56) // the last step of a case, not sealed and not followed, has nothing that attests it yet
    }),
  )
})

test('a last step changed together with its leaf: the receipt names it', async () => {
  const ledger = sample()
  const at = ledger.rows.findLastIndex(
    ({ index }) => index! < 56 && !ledger.rows.some((row) => row.index! > index! && row.subject === ledger.rows[index!]!.subject),
  )
  const row = ledger.rows[at === -1 ? 55 : at]!
  const kept = { leaves: [{ index: row.index!, leaf: row.leaf! }] }
  forgeLeaf(row, { step: 'act', note: '伪造' })
  assertNames(await check(ledger, { kept }), 'changed-value', row)
})

/** Writes the leaf anew over other values, as someone would who knows the format. */
function forgeLeaf(row: Row, open: unknown): void {
  const { alg, at, prev } = JSON.parse(row.leaf!) as { alg: Algorithm; at: string; prev: string | null }
  const { text, saltOpen, saltPersonal } = makeLeaf({
    alg,
    region,
    kind: row.kind!,
    subject: row.subject!,
    seq: row.seq!,
    at,
    open,
    personal: row.personalPayload,
    prev: prev === null ? null : Buffer.from(prev, 'hex'),
  })
  Object.assign(row, { leaf: text, openPayload: open, saltOpen, saltPersonal })
}

// ── (b) A removed step ───────────────────────────────────────────────────────────────────────────────────────────────

const noRow = {
  region: null,
  kind: null,
  subject: null,
  seq: null,
  openPayload: null,
  saltOpen: null,
  personalPayload: null,
  saltPersonal: null,
}

test('a step removed and its leaf left: named', async () => {
  await fc.assert(
    fc.asyncProperty(anyRow, async (at) => {
      const ledger = sample()
      const { subject, seq } = ledger.rows[at]!
      Object.assign(ledger.rows[at]!, noRow)
      const report = await check(ledger)
      assertNames(report, 'removed-step', { subject, seq })
      assert.equal(report.problemCount, 1)
    }),
  )
})

test('a step removed, while a join still fills in its name from the leaf: named', async () => {
  const ledger = sample()
  ledger.rows[20]!.openPayload = null
  assertNames(await check(ledger), 'removed-step', ledger.rows[20]!)
})

test('a step removed with its leaf, gap left or closed: named by its case', async () => {
  await fc.assert(
    fc.asyncProperty(anyRow, fc.boolean(), async (at, closeGap) => {
      const ledger = sample()
      const [removed] = ledger.rows.splice(at, 1)
      if (closeGap) renumber(ledger.rows)
      const report = await check(ledger, { heads: ledger.heads })
      assertNames(report, 'removed-step', removed!)
      if (!closeGap && at < 59) assert.ok(report.problems.some(({ problem, index }) => problem === 'missing-leaf' && index === at))
    }),
  )
})

test('without the cases’ own count, a followed step is still named by the step after it', async () => {
  const ledger = sample()
  const at = ledger.rows.findIndex(({ subject, seq }) => ledger.rows.some((row) => row.subject === subject && row.seq === seq! + 1))
  const [removed] = ledger.rows.splice(at, 1)
  renumber(ledger.rows)
  assertNames(await check(ledger), 'removed-step', removed!)
})

test('steps cut off at the end: the signed size says so; the cases’ counts and receipts name them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 5, max: 50 }), async (cut) => {
      const ledger = sample()
      const removed = ledger.rows.splice(-cut)
      const report = await check(ledger)
      assert.ok(
        report.problems.some(({ problem, index }) => problem === 'missing-leaf' && index === 60 - cut),
        described(report),
      )

      const byHeads = await check(ledger, { heads: ledger.heads })
      for (const row of removed) assertNames(byHeads, 'removed-step', row)
      const byReceipts = await check(ledger, { kept: { leaves: removed.map(({ index, leaf }) => ({ index: index!, leaf: leaf! })) } })
      for (const row of removed) assertNames(byReceipts, 'removed-step', row)
    }),
    { numRuns: 20 },
  )
})

test('leaves and checkpoints cut off together: a kept checkpoint, a count or a receipt says so', async () => {
  const ledger = sample()
  const removed = ledger.rows.splice(40)
  const cut = { ...ledger, checkpoints: ledger.checkpoints.slice(0, 5) }
  assert.ok((await check(cut)).ok, 'what is left is in itself in order')
  assert.deepEqual(
    (await check(cut, { kept: { checkpoints: [ledger.checkpoints[6]!] } })).problems.map(({ problem }) => problem),
    ['missing-checkpoint'],
  )
  for (const row of removed) assertNames(await check(cut, { heads: ledger.heads }), 'removed-step', row)
  const leaf = { index: 45, leaf: removed[5]!.leaf! }
  assertNames(await check(cut, { kept: { leaves: [leaf] } }), 'removed-step', removed[5]!)
})

test('a leaf removed and its step left; a step that never had a leaf: named', async () => {
  const ledger = sample()
  ledger.rows[30]!.leaf = null
  assertNames(await check(ledger), 'missing-leaf', ledger.rows[30]!)

  const other = sample()
  other.rows.splice(17, 0, { ...other.rows[30]!, index: null, leaf: null, subject: '案-外', seq: 1 })
  const report = await check(other)
  assertNames(report, 'extra-record', { subject: '案-外', seq: 1 })
  assert.equal(report.problemCount, 1)
})

test('a leaf inserted: the root fails; a place taken twice is named', async () => {
  const ledger = sample()
  ledger.rows.splice(30, 0, structuredClone(ledger.rows[20]!))
  renumber(ledger.rows)
  const report = await check(ledger)
  assertNames(report, 'extra-record', ledger.rows[20]!)
  assert.ok(report.problems.some(({ problem }) => problem === 'inconsistent-checkpoint'))
})

// ── (c) A reordered step ─────────────────────────────────────────────────────────────────────────────────────────────

/** Two different rows of one case. */
function twoOfOneCase({ rows }: Sample, at: number, further: number): [Row, Row] {
  const row = rows[at]!
  const others = rows.filter(({ subject, seq }) => subject === row.subject && seq !== row.seq)
  return [row, others[further % others.length]!]
}

test('two steps of a case exchanged in number: both named', async () => {
  await fc.assert(
    fc.asyncProperty(anyRow, fc.nat(), async (at, further) => {
      const ledger = sample()
      const [one, other] = twoOfOneCase(ledger, at, further)
      const before = [{ ...one }, { ...other }]
      ;[one.seq, other.seq] = [other.seq, one.seq]
      const report = await check(ledger)
      for (const row of before) assertNames(report, 'reordered-step', row)
      assert.equal(report.problemCount, 2)
    }),
  )
})

test('two steps of a case exchanged in contents, salts moved along or not: both named as reordered, not as changed', async () => {
  await fc.assert(
    fc.asyncProperty(anyRow, fc.nat(), fc.boolean(), fc.boolean(), async (at, further, withSalts, withPersonal) => {
      const ledger = sample()
      const [one, other] = twoOfOneCase(ledger, at, further)
      const before = [{ ...one }, { ...other }] as const
      const parts = [
        'openPayload',
        ...(withSalts ? ['saltOpen'] : []),
        ...(withPersonal ? ['personalPayload', ...(withSalts ? ['saltPersonal'] : [])] : []),
      ]
      for (const part of parts as 'openPayload'[]) {
        one[part] = before[1][part]
        other[part] = before[0][part]
      }
      const report = await check(ledger)
      for (const row of before) assertNames(report, 'reordered-step', row)
      assert.equal(report.problemCount, 2, described(report))
    }),
  )
})

/** Exchanges two whole records, leaf and row, in the ledger. */
function exchange({ rows }: Sample, one: number, other: number): void {
  ;[rows[one], rows[other]] = [rows[other]!, rows[one]!]
  renumber(rows)
}

test('two leaves of a case exchanged in the ledger: named', async () => {
  await fc.assert(
    fc.asyncProperty(anyRow, fc.nat(), async (at, further) => {
      const ledger = sample()
      const [one, other] = twoOfOneCase(ledger, at, further)
      exchange(ledger, one.index!, other.index!)
      const report = await check(ledger)
      assert.ok(names(report, 'reordered-step', one) || names(report, 'reordered-step', other), described(report))
    }),
  )
})

test('two leaves of different cases exchanged within a batch: both named, proved by exchanging them back', async () => {
  for (const batch of [8, 50]) {
    const ledger = sample({ leaves: 60, cases: 60, batch })
    exchange(ledger, 41, 46)
    const report = await check(ledger)
    for (const row of [ledger.rows[41]!, ledger.rows[46]!]) assertNames(report, 'reordered-step', row)
    assert.match(described(report), /exchanged back/)
  }
})

test('two leaves exchanged within a batch of 1000, found by the traces in time', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: 999 }), fc.nat({ max: 998 }), async (one, further) => {
      const ledger = sample({ leaves: 1003, cases: 1003, batch: 1000 })
      const other = (one + 1 + further) % 1000
      exchange(ledger, one, other)
      const report = await check(ledger)
      for (const at of [one, other]) assertNames(report, 'reordered-step', ledger.rows[at]!)
    }),
    { numRuns: 10 },
  )
})

test('two leaves of different cases exchanged across batches: named as probably moved', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: 55 }), fc.nat({ max: 55 }), async (one, other) => {
      fc.pre(Math.floor(one / 8) !== Math.floor(other / 8) && Math.abs(one - other) > 1)
      const ledger = sample({ cases: 1000 })
      exchange(ledger, one, other)
      const report = await check(ledger)
      const named = [one, other].filter((at) => names(report, 'reordered-step', ledger.rows[at]!))
      assert.equal(named.length, 2, described(report))
    }),
  )
})

test('a record that comes late or twice in the stream: named', async () => {
  const ledger = sample()
  ledger.rows.push({ ...ledger.rows[12]! })
  assertNames(await check(ledger), 'reordered-step', ledger.rows[12]!)
})

// ── (d) A rewritten checkpoint ───────────────────────────────────────────────────────────────────────────────────────

function opened(text: string): Checkpoint {
  const [origin, size, root, at, previous, alg] = text.split('\n') as [string, string, string, string, string, string]
  const previousHash = previous === 'previous -' ? null : previous.slice(9)
  return { origin, size: Number(size), root, at: at.slice(3), previous: previousHash, alg: alg.slice(4) as Algorithm }
}

const otherRoot = Buffer.alloc(32, 9).toString('base64')
const anyCheckpoint = fc.nat({ max: 6 })

function problemsAt(report: LedgerReport, position: number): ProblemName[] {
  return report.problems.filter(({ checkpoint }) => checkpoint === position).map(({ problem }) => problem)
}

test('signed again with another key: bad signature', async () => {
  await fc.assert(
    fc.asyncProperty(anyCheckpoint, async (position) => {
      const ledger = sample()
      ledger.checkpoints[position] = signCheckpoint(opened(ledger.checkpoints[position]!), ed25519Signer(generateKeys().privateKey))
      const report = await check(ledger)
      assert.deepEqual(problemsAt(report, position), ['bad-signature'])
      assert.equal(report.problemCount, 1)
    }),
    { numRuns: 20 },
  )
})

test('root, size or time changed under the old signature: bad signature, and the next checkpoint does not follow on it', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyCheckpoint,
      fc.constantFrom({ root: otherRoot }, { size: 3 }, { at: '2021-01-05T00:00:00Z' }),
      async (position, change) => {
        const ledger = sample()
        const text = ledger.checkpoints[position]!
        ledger.checkpoints[position] = checkpointBody({ ...opened(text), ...change }) + text.slice(text.indexOf('\n\n') + 1)
        const report = await check(ledger)
        assert.ok(problemsAt(report, position).includes('bad-signature'), described(report))
        if (position < 6) assert.ok(problemsAt(report, position).includes('rewritten-checkpoint'), described(report))
      },
    ),
  )
})

test('root or size changed and signed again with the same key: named', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyCheckpoint,
      fc.constantFrom({ root: otherRoot }, { size: 3 }, { size: 50 }, { size: 9999 }),
      async (position, change) => {
        const ledger = sample()
        ledger.checkpoints[position] = signCheckpoint({ ...opened(ledger.checkpoints[position]!), ...change }, signer)
        const report = await check(ledger)
        assert.ok(!report.ok)
        if (position < 6) assert.ok(problemsAt(report, position).includes('rewritten-checkpoint'), described(report))
        else if ('size' in change && change.size === 9999)
          assert.ok(report.problems.some(({ problem, index }) => problem === 'missing-leaf' && index === 60))
        else assert.ok(problemsAt(report, position).includes('inconsistent-checkpoint'), described(report))
      },
    ),
  )
})

test('all checkpoints signed again with the same key over one rewritten root, chain and all: the later roots give it away', async () => {
  const ledger = sample()
  for (let position = 2; position < 7; position++) {
    const previous = checkpointHash(ledger.checkpoints[position - 1]!)
    ledger.checkpoints[position] = signCheckpoint(
      { ...opened(ledger.checkpoints[position]!), previous, ...(position === 2 ? { root: otherRoot } : {}) },
      signer,
    )
  }
  const report = await check(ledger)
  assert.deepEqual(problemsAt(report, 2), ['rewritten-checkpoint'])
  assert.equal(report.problemCount, 1)
})

test('the whole ledger written anew with the same key: only what an outsider kept gives it away', async () => {
  const ledger = sample()
  const kept = { checkpoints: [ledger.checkpoints[3]!], leaves: [{ index: 20, leaf: ledger.rows[20]!.leaf! }] }
  const rewritten = sample({ payload: (index) => ({ step: 'act', note: `改写${index}` }) })
  assert.ok((await check(rewritten)).ok)
  const report = await check(rewritten, { kept })
  assert.deepEqual(problemsAt(report, 3), ['rewritten-checkpoint'])
  assertNames(report, 'changed-value', rewritten.rows[20]!)
  assert.deepEqual((await check(ledger, { kept })).problems, [])
})

test('chain broken: previous changed, previous left out, a checkpoint taken out, the first taken out', async () => {
  const changed = sample()
  changed.checkpoints[4] = signCheckpoint({ ...opened(changed.checkpoints[4]!), previous: otherRoot }, signer)
  assert.ok(problemsAt(await check(changed), 3).includes('rewritten-checkpoint'))

  const leftOut = sample()
  leftOut.checkpoints[4] = signCheckpoint({ ...opened(leftOut.checkpoints[4]!), previous: null }, signer)
  assert.ok(problemsAt(await check(leftOut), 4).includes('rewritten-checkpoint'))

  const takenOut = sample()
  takenOut.checkpoints.splice(4, 1)
  assert.ok(problemsAt(await check(takenOut), 3).includes('rewritten-checkpoint'))

  const firstOut = sample()
  firstOut.checkpoints.shift()
  assert.ok(problemsAt(await check(firstOut), 0).includes('missing-checkpoint'))
})

test('checkpoints of another region, of another digest, or that are none', async () => {
  const ledger = sample()
  ledger.checkpoints[5] = signCheckpoint({ ...opened(ledger.checkpoints[5]!), origin: 'yifa/341303' }, signer)
  assert.ok(problemsAt(await check(ledger), 5).includes('inconsistent-checkpoint'))
  ledger.checkpoints[5] = signCheckpoint({ ...opened(sample().checkpoints[5]!), alg: 'sm3' }, signer)
  assert.ok(problemsAt(await check(ledger), 5).includes('inconsistent-checkpoint'))
  ledger.checkpoints[5] = '检查点'
  assert.ok(problemsAt(await check(ledger), 5).includes('rewritten-checkpoint'))
})

test('leaves of another digest or region, or written otherwise than to the letter', async () => {
  for (const change of [
    (leaf: string) => leaf.replace('sha256', 'sm3'),
    (leaf: string) => leaf.replace('"region":"341302"', '"region":"341303"'),
    (leaf: string) => leaf.replace('"v":1', '"v": 1'),
    (leaf: string) => leaf.replace('"v":1', '"v":1,"v":1'),
    (leaf: string) => leaf.replace('"v":1', '"v":2'),
    () => '[]',
    () => '',
  ]) {
    const ledger = sample()
    ledger.rows[10]!.leaf = change(ledger.rows[10]!.leaf!)
    assertNames(await check(ledger), 'malformed-leaf', ledger.rows[10]!)
  }
})

test('forged numbers far ahead are told, and do not fill the memory', async () => {
  const rows: Row[] = []
  const last = new Map<string, { seq: number; leafHash: Buffer }>([['step 案-1', { seq: 1e9, leafHash: Buffer.alloc(32) }]])
  append(rows, last, 'sha256', 'step', '案-1', { a: 1 })
  assertNames(await check({ rows, checkpoints: [], heads: [] }), 'broken-chain', { subject: '案-1', seq: 1e9 + 1 })
})

// ── Erasure ──────────────────────────────────────────────────────────────────────────────────────────────────────────

function withErasure(): Sample {
  const rows: Row[] = []
  const last = new Map()
  for (let index = 0; index < 20; index++) append(rows, last, 'sha256', 'step', `案-${index % 4}`, { index }, { 姓名: `张${index}` })
  append(rows, last, 'sha256', 'erasure', '案-2', {
    erases: [
      { kind: 'step', seq: 2 },
      { kind: 'step', seq: 3 },
    ],
    basis: '个人信息保护法第四十七条',
  })
  for (const row of rows) if (row.subject === '案-2' && row.kind === 'step' && [2, 3].includes(row.seq!)) erase(row)
  return { rows, checkpoints: seal(rows, [10, 21]), heads: [] }
}

function erase(row: Row): void {
  Object.assign(row, { personalPayload: null, saltPersonal: null, erased: true })
}

test('personal values erased, with a leaf that says so: all proofs hold', async () => {
  assert.deepEqual((await check(withErasure())).problems, [])
})

test('personal values gone, whatever the row says, and no leaf records it: missing-personal', async () => {
  for (const erased of [true, false]) {
    const ledger = withErasure()
    erase(ledger.rows[3]!)
    ledger.rows[3]!.erased = erased
    const report = await check(ledger)
    assertNames(report, 'missing-personal', ledger.rows[3]!)
    assert.equal(report.problemCount, 1)
  }
})

test('an erasure leaf whose own values were changed excuses nothing', async () => {
  const ledger = withErasure()
  ledger.rows[20]!.openPayload = {
    erases: [
      { kind: 'step', seq: 2 },
      { kind: 'step', seq: 3 },
      { kind: 'step', seq: 4 },
    ],
  }
  erase(ledger.rows[14]!)
  const report = await check(ledger)
  assertNames(report, 'changed-value', ledger.rows[20]!)
  assertNames(report, 'missing-personal', ledger.rows[14]!)
})

test('not erased: the values are still there, or the row only says so, or the salt was kept', async () => {
  const still = sample({ leaves: 0 })
  const last = new Map()
  append(still.rows, last, 'sha256', 'step', '案-1', { a: 1 }, { 姓名: '张' })
  append(still.rows, last, 'sha256', 'erasure', '案-1', { erases: [{ kind: 'step', seq: 1 }] })
  assertNames(await check(still), 'not-erased', { subject: '案-1', seq: 1 })

  const says = sample()
  says.rows[5]!.erased = true
  assertNames(await check(says), 'not-erased', says.rows[5]!)

  const salt = withErasure()
  const erased = salt.rows.find((row) => row.erased)!
  erased.saltPersonal = Buffer.alloc(16)
  assertNames(await check(salt), 'not-erased', erased)
})

// ── Anything else ────────────────────────────────────────────────────────────────────────────────────────────────────

test('no single character of a sealed leaf or of a checkpoint can be another one', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: 55 }),
      fc.boolean(),
      fc.nat(),
      fc.constantFrom('0', 'a', 'f', '9', 'Z', ' ', '\n'),
      async (at, inLeaf, place, to) => {
        const ledger = sample()
        const text = inLeaf ? ledger.rows[at]!.leaf! : ledger.checkpoints[at % 7]!
        const position = place % (inLeaf ? text.length : text.indexOf('\n\n'))
        fc.pre(text[position] !== to)
        const changed = text.slice(0, position) + to + text.slice(position + 1)
        if (inLeaf) ledger.rows[at]!.leaf = changed
        else ledger.checkpoints[at % 7] = changed
        assert.ok(!(await check(ledger)).ok, changed)
      },
    ),
    { numRuns: 300 },
  )
})

// ── The report ───────────────────────────────────────────────────────────────────────────────────────────────────────

test('a problem says case and step in both languages', async () => {
  const ledger = sample()
  ledger.rows[7]!.openPayload = {}
  const { subject, seq } = ledger.rows[7]!
  const [problem] = (await check(ledger)).problems
  assert.equal(problem!.zh, `案件 ${subject} 第 ${seq} 步：公开部分与账本不符，已被改动`)
  assert.equal(problem!.en, `case ${subject}, step ${seq}: its open values are not those in the ledger`)
})

test('more problems than are listed are still counted', async () => {
  const ledger = sample()
  for (const row of ledger.rows) row.openPayload = {}
  const report = await check(ledger, { maxProblems: 5 })
  assert.deepEqual([report.problems.length, report.problemCount], [5, 60])
})

test('several tamperings at once: each is named', async () => {
  const ledger = sample()
  ;(ledger.rows[3]!.openPayload as { note: string }).note = '改'
  const removed = { ...ledger.rows[25]! }
  Object.assign(ledger.rows[25]!, noRow)
  ledger.checkpoints[1] = signCheckpoint({ ...opened(ledger.checkpoints[1]!), root: otherRoot }, signer)
  const report = await check(ledger)
  assertNames(report, 'changed-value', ledger.rows[3]!)
  assertNames(report, 'removed-step', removed!)
  assert.ok(problemsAt(report, 1).includes('rewritten-checkpoint'))
})

// ── Receipts ─────────────────────────────────────────────────────────────────────────────────────────────────────────

async function receiptOf({ rows, checkpoints }: Sample, index: number, alg: Algorithm = 'sha256'): Promise<Receipt> {
  const hashes = hashesOf(rows, alg)
  const checkpoint = checkpoints.find((text) => opened(text).size > index)!
  const tree = subtrees(alg, (from, to) => hashes.slice(from, to))
  const proof = (await inclusionProof(tree, index, opened(checkpoint).size)).map((node) => node.toString('base64'))
  const { leaf, openPayload, saltOpen } = rows[index]!
  return { leaf: leaf!, openPayload, saltOpen: saltOpen!, index, proof, checkpoint }
}

for (const alg of ['sha256', 'sm3'] as const) {
  test(`${alg}: every receipt of a sealed leaf holds, through JSON too`, async () => {
    const ledger = sample({ alg })
    for (let index = 0; index < 56; index++) {
      const receipt = await receiptOf(ledger, index, alg)
      const printed = JSON.parse(
        JSON.stringify({ ...receipt, saltOpen: Buffer.from(receipt.saltOpen as Buffer).toString('hex') }),
      ) as Receipt
      const report = verifyReceipt(printed, keys.publicKey)
      assert.deepEqual(report.problems, [])
      assert.deepEqual(
        [report.ok, report.subject, report.seq, report.sealedAt],
        [true, ledger.rows[index]!.subject, ledger.rows[index]!.seq, '2021-01-04T00:30:00Z'],
      )
    }
  })
}

test('a receipt is refused when anything in it is changed', async () => {
  const ledger = sample()
  const receipt = await receiptOf(ledger, 19)
  const personal = { personalPayload: ledger.rows[19]!.personalPayload, saltPersonal: ledger.rows[19]!.saltPersonal }
  assert.ok(verifyReceipt({ ...receipt, ...personal }, keys.publicKey).ok)

  const changed: [Partial<Receipt>, ProblemName][] = [
    [{ openPayload: { step: 'act', note: '改' } }, 'changed-value'],
    [{ saltOpen: Buffer.alloc(16) }, 'changed-value'],
    [{ ...personal, personalPayload: { 姓名: '改' } }, 'changed-value'],
    [{ personalPayload: personal.personalPayload }, 'changed-value'],
    [{ leaf: ledger.rows[18]!.leaf! }, 'not-included'],
    [{ leaf: receipt.leaf + ' ' }, 'malformed-leaf'],
    [{ index: 18 }, 'not-included'],
    [{ index: 1e9 }, 'not-included'],
    [{ index: -1 }, 'not-included'],
    [{ proof: receipt.proof.slice(1) }, 'not-included'],
    [{ proof: [...receipt.proof, receipt.proof[0]!] }, 'not-included'],
    [{ proof: receipt.proof.with(0, otherRoot) }, 'not-included'],
    [{ checkpoint: ledger.checkpoints[6]! }, 'not-included'],
    [{ checkpoint: receipt.checkpoint.replace('\n24\n', '\n25\n') }, 'bad-signature'],
    [{ checkpoint: '' }, 'rewritten-checkpoint'],
  ]
  for (const [change, problem] of changed) {
    const report = verifyReceipt({ ...receipt, ...change }, keys.publicKey)
    assert.ok(
      !report.ok && report.problems.some((found) => found.problem === problem),
      `${Object.keys(change)}: ${JSON.stringify(report.problems)}`,
    )
  }
  assert.ok(!verifyReceipt(receipt, generateKeys().publicKey).ok)
})

test('a receipt of any shape is answered, not thrown at', async () => {
  const receipt = await receiptOf(sample(), 19)
  for (const member of Object.keys(receipt)) {
    for (const value of [undefined, null, 5, '', {}, [1], [null]]) {
      assert.equal(verifyReceipt({ ...receipt, [member]: value }, keys.publicKey).ok, false, `${member}: ${JSON.stringify(value)}`)
    }
  }
})

test('an index that is text is a mistake of the caller and said to be one', async () => {
  const ledger = sample()
  ledger.rows[0]!.index = '0' as unknown as number
  await assert.rejects(check(ledger), TypeError)
})

// ── FORMAT.md ────────────────────────────────────────────────────────────────────────────────────────────────────────

test('the examples in FORMAT.md are receipts that hold, and the code makes the same ones', () => {
  const format = readFileSync(new URL('FORMAT.md', import.meta.url), 'utf8')
  const examples = [...format.matchAll(/```json\n([^`]+)```/g)].map(
    ([, block]) => JSON.parse(block!) as { publicKey: string; privateKey: string; receipt: Receipt & { saltPersonal: string } },
  )
  assert.equal(examples.length, 2)
  for (const { receipt, publicKey, privateKey } of examples) {
    assert.deepEqual(verifyReceipt(receipt, publicKey).problems, [])
    const { alg, region: where, kind, subject, seq, at, prev } = JSON.parse(receipt.leaf)
    const salts = [receipt.saltOpen as string, receipt.saltPersonal].map((salt) => Buffer.from(salt, 'hex'))
    const { openPayload: open, personalPayload: personal } = receipt
    const made = makeLeaf({ alg, region: where, kind, subject, seq, at, prev, open, personal }, () => salts.shift()!)
    assert.equal(made.text, receipt.leaf)
    assert.ok(
      format.includes(
        `leaf hash is \`${made.leafHash.toString('hex')}\`; the printed key is \`${printedKey(`yifa/${where}`, publicKey)}\``,
      ),
    )
    const checkpoint = opened(receipt.checkpoint)
    if (alg === 'sha256') assert.equal(signCheckpoint(checkpoint, ed25519Signer(privateKey)), receipt.checkpoint)
    else assert.ok('hash' in openCheckpoint(signCheckpoint(checkpoint, sm2Signer(privateKey)), verifierOf(publicKey)))
  }
})
