/**
 * The independent verifier. It is written from FORMAT.md and shares no code with what writes the ledger: this file, verify-sm2.ts beside it and Node
 * are enough to check a region's ledger, and a mistake in the writing code is not repeated here. The two import `node:crypto` and nothing else.
 *
 * It reads the ledger once, in order, and keeps one small note per subject (and per erased payload), never the leaves. What it finds are values, not
 * exceptions. It is longer than our files are: that it can be carried away at once is worth more here.
 */
import { createPublicKey, hash, verify as verifySignature } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { sm2Check } from './verify-sm2.ts'

/**
 * One position of the ledger with the row that stands for it today. The payloads are the row's present values, so a value changed in the row
 * shows. Where the leaf has no row any more, `openPayload` is null; where a row has no leaf, `index` and `leaf` are null; where a leaf was not given
 * its place by a sealing yet, only `index` is null.
 */
export interface LedgerRecord {
  readonly index: number | null
  /** The stored text of the leaf. */
  readonly leaf: string | null
  readonly region: string | null
  readonly kind: string | null
  readonly subject: string | null
  readonly seq: number | null
  readonly openPayload: unknown
  /** 16 bytes, or their hex. */
  readonly saltOpen: Uint8Array | string | null
  readonly personalPayload: unknown
  readonly saltPersonal: Uint8Array | string | null
  /** Does the row itself say that its personal payload was erased? */
  readonly erased: boolean
}

export interface Ledger {
  readonly region: string
  /**
   * By index; then the leaves that have no index yet, in the order of their writing. Rows without a leaf may come anywhere. Leaves that are not
   * sealed, with an index or without, are checked for everything but the root.
   */
  readonly records: Iterable<LedgerRecord> | AsyncIterable<LedgerRecord>
  /** Every checkpoint text, oldest first. */
  readonly checkpoints: readonly string[]
  /** Ed25519 or SM2, PEM (SPKI) or as a key object. */
  readonly publicKey: string | KeyObject
  /** How many steps each case itself claims to have. Names the last steps of a case that were removed without a trace in the leaves. */
  readonly heads?: Iterable<Head> | AsyncIterable<Head>
  /** What the outsider kept: checkpoints from print or from an earlier visit, leaves from receipts. A rewriting of everything shows only against these. */
  readonly kept?: {
    readonly checkpoints?: readonly string[]
    readonly leaves?: readonly { readonly index: number; readonly leaf: string }[]
  }
  /** How many problems are described one by one (1000); all are counted. */
  readonly maxProblems?: number
}

export interface Head {
  readonly kind?: string
  readonly subject: string
  readonly seq: number
}

export type ProblemName =
  | 'changed-value'
  | 'removed-step'
  | 'reordered-step'
  | 'missing-leaf'
  | 'malformed-leaf'
  | 'extra-record'
  | 'broken-chain'
  | 'missing-personal'
  | 'not-erased'
  | 'bad-signature'
  | 'rewritten-checkpoint'
  | 'inconsistent-checkpoint'
  | 'missing-checkpoint'
  | 'not-included'

export interface Problem {
  readonly problem: ProblemName
  readonly region: string
  /** With `subject` and `seq`: which case and step, where that can be known. */
  readonly kind: string | null
  readonly subject: string | null
  readonly seq: number | null
  /** Position in the ledger, from 0. */
  readonly index: number | null
  /** Position in the list of checkpoints, from 0, where the problem is one of a checkpoint. */
  readonly checkpoint: number | null
  readonly zh: string
  readonly en: string
}

export interface LedgerReport {
  readonly ok: boolean
  readonly region: string
  /** All leaves that were read, sealed or not. */
  readonly leaves: number
  /** Leaves under a signed checkpoint whose root was recomputed from them. */
  readonly sealed: number
  readonly checkpoints: number
  /** Checkpoints with a good signature whose root was recomputed. */
  readonly checkpointsConfirmed: number
  /** Root over all leaves that have an index, base64; null where one was missing. */
  readonly root: string | null
  /** By index; at most `maxProblems`. */
  readonly problems: readonly Problem[]
  readonly problemCount: number
}

/** Checks a whole ledger: every value against its leaf, every leaf against its predecessor, all leaves against every signed checkpoint. */
export async function verifyLedger(ledger: Ledger): Promise<LedgerReport> {
  const found = findings(ledger.region, ledger.maxProblems ?? 1000)
  const seals = sealing(ledger, found)
  const chains = subjectChains(found)
  const payloads = payloadChecks(found)
  const erasures = erasureChecks(found)
  const kept = keptLeaves(ledger.kept?.leaves ?? [], found)
  let next = 0
  /** Leaves that no sealing has given a place yet. */
  let waiting = 0

  for await (const record of ledger.records) {
    const { index, leaf: text } = record
    if (index !== null && !isCount(index))
      throw new TypeError(`index: ${JSON.stringify(index)} is not a number from 0 (a bigint read as text?)`)
    if (text === null && (index === null || index < next)) {
      found.add('extra-record', rowPlace(record), '有记录而账本中没有对应的一页', 'is recorded but has no leaf in the ledger')
      continue
    }
    if (index !== null && index < next) {
      const place = placeOf(readLeaf(text!), index) ?? rowPlace(record)
      found.add('reordered-step', place, `账本序号 ${index} 重复或次序颠倒`, `comes at ledger index ${index} again or too late`)
      continue
    }
    if (index === null) waiting += 1
    else {
      if (index > next) missingLeaves(next, index)
      next = index + 1
    }
    if (text === null) {
      found.add('missing-leaf', rowPlace(record), `账本序号 ${index} 的一页已不存在`, `has lost its leaf at ledger index ${index}`)
      seals.miss()
      continue
    }
    checkLeaf(record, text, index)
  }

  missingTail()
  await chains.finish(ledger.heads ?? [])
  payloads.finish()
  erasures.finish()
  seals.finish()
  const problems = found.sorted()
  return {
    ok: found.count() === 0,
    region: ledger.region,
    leaves: next + waiting,
    ...seals.summary(),
    problems,
    problemCount: found.count(),
  }

  function checkLeaf(record: LedgerRecord, text: string, index: number | null): void {
    const leaf = readLeaf(text)
    const alg = seals.algOf(leaf)
    const leafHash = hashLeaf(alg, text)
    const well = leaf !== null && leaf.region === ledger.region && leaf.alg === alg
    if (!well) {
      const place = placeOf(leaf, index) ?? rowPlace(record)
      found.add('malformed-leaf', place, '账本此页格式、区划或摘要算法不符', 'has a leaf of wrong form, region or digest')
    }
    const outOfPlace = !well || chains.see(leaf, leafHash, index)
    if (index !== null) {
      kept.see(index, text)
      seals.append(leafHash, leaf, index, outOfPlace)
    }
    if (well) checkRow(record, leaf, index)
  }

  /** The row against its leaf: is it there, does it say it is what the leaf says, has it the values the leaf commits to? */
  function checkRow(record: LedgerRecord, leaf: Leaf, index: number | null): void {
    const place = placeOf(leaf, index)!
    // No row has a null for its open values, so null says that there is no row, whatever else was filled in from elsewhere.
    if (record.subject === null || record.openPayload == null) {
      found.add('removed-step', place, '账本有此页而记录已被删除', 'was removed; its leaf is still in the ledger')
      return
    }
    if (record.region !== leaf.region || record.kind !== leaf.kind || record.subject !== leaf.subject) {
      const now = `${record.region}/${record.kind}/${record.subject}`
      found.add('changed-value', place, `记录现归于 ${now}，与账本不符`, `is now filed under ${now}`)
    } else if (record.seq !== leaf.seq) {
      found.add('reordered-step', place, `记录现排在第 ${record.seq} 位，与账本不符`, `now stands in place ${record.seq}`)
    }

    const openHolds = payloads.check(leaf, place, 'open', record.openPayload, record.saltOpen)
    if (openHolds && leaf.kind === 'erasure') erasures.recorded(leaf, record.openPayload)

    if (leaf.personal === null) {
      if (record.personalPayload != null)
        found.add('changed-value', place, '原无个人信息而现有', 'has personal values that it did not have')
    } else if (record.personalPayload == null) {
      erasures.missing(place, record.saltPersonal !== null)
    } else {
      payloads.check(leaf, place, 'personal', record.personalPayload, record.saltPersonal)
      if (record.erased)
        found.add('not-erased', place, '标明已删除个人信息而仍在', 'says its personal values were erased, but they are there')
    }
  }

  function missingLeaves(from: number, to: number): void {
    const known = kept.namesBetween(from, to)
    for (const place of known)
      found.add(
        'removed-step',
        place,
        '回执可证此步，账本与记录中均已不存在',
        'is proved by a receipt, but is gone from ledger and records',
      )
    const range = to - from === 1 ? `${from}` : `${from}–${to - 1}`
    found.add('missing-leaf', { index: from }, `账本缺少序号 ${range}`, `the ledger lacks index ${range}`)
    seals.miss()
  }

  /** What a signed size, or a receipt, says should follow the last record. */
  function missingTail(): void {
    const sealedSize = seals.claimedSize()
    if (sealedSize > next) missingLeaves(next, sealedSize)
    for (const place of kept.namesBetween(Math.max(next, sealedSize), Infinity)) {
      found.add(
        'removed-step',
        place,
        '回执可证此步，账本与记录中均已不存在',
        'is proved by a receipt, but is gone from ledger and records',
      )
    }
  }
}

// ── Findings ─────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Place {
  readonly kind?: string | null
  readonly subject?: string | null
  readonly seq?: number | null
  readonly index?: number | null
  readonly checkpoint?: number | null
}

type Findings = ReturnType<typeof findings>

function findings(region: string, most: number) {
  const problems: Problem[] = []
  let total = 0
  return {
    add(problem: ProblemName, place: Place, zh: string, en: string): void {
      total += 1
      if (problems.length >= most) return
      const { kind = null, subject = null, seq = null, index = null, checkpoint = null } = place
      const [whoZh, whoEn] = subject === null ? ['', ''] : called(kind, subject, seq)
      problems.push({ problem, region, kind, subject, seq, index, checkpoint, zh: whoZh + zh, en: whoEn + en })
    },
    count: () => total,
    sorted: () => problems.sort((one, other) => (one.index ?? Infinity) - (other.index ?? Infinity) || 0),
  }
}

function called(kind: string | null, subject: string, seq: number | null): [zh: string, en: string] {
  if (kind === 'step') return [`案件 ${subject} 第 ${seq} 步：`, `case ${subject}, step ${seq}: `]
  return [`${kind} ${subject} 第 ${seq} 条：`, `${kind} ${subject}, entry ${seq}: `]
}

function placeOf(leaf: Leaf | null, index: number | null): Place | null {
  return leaf && { kind: leaf.kind, subject: leaf.subject, seq: leaf.seq, index }
}

function rowPlace({ kind, subject, seq, index }: LedgerRecord): Place {
  return { kind, subject, seq, index }
}

// ── Values: does the row still hold what the leaf commits to? ────────────────────────────────────────────────────────

interface Mismatch {
  readonly leaf: Leaf
  readonly place: Place
  readonly part: 'open' | 'personal'
  readonly payload: string
  readonly salt: Uint8Array | null
}

const partNames = { open: ['公开部分', 'open'], personal: ['个人信息部分', 'personal'] } as const

/** Mismatches are held back to the end, to tell two steps whose contents were exchanged from two that were changed. */
function payloadChecks(found: Findings) {
  const held: Mismatch[] = []
  return {
    check(leaf: Leaf, place: Place, part: 'open' | 'personal', value: unknown, givenSalt: Uint8Array | string | null): boolean {
      const payload = value == null ? null : canonicalText(value)
      const salt = saltBytes(givenSalt)
      if (payload !== null && salt !== null && commitmentOf(leaf.alg, salt, payload) === leaf[part]) return true
      const mismatch = { leaf, place, part, payload: payload ?? '', salt }
      if (held.length < 1000 && mismatch.payload.length < 10_000) held.push(mismatch)
      else report(mismatch)
      return false
    },
    finish(): void {
      for (const mismatch of held) {
        const exchanged = held.find((other) => other !== mismatch && explains(mismatch, other) && explains(other, mismatch))
        if (!exchanged) report(mismatch)
        else if (mismatch.part === 'open' || !held.some((other) => other.place === mismatch.place && other.part === 'open')) {
          const { seq } = exchanged.leaf
          found.add('reordered-step', mismatch.place, `内容与第 ${seq} 位互换`, `has the contents of place ${seq}, and the other way round`)
        }
      }
    },
  }

  function report({ place, part, payload, salt }: Mismatch): void {
    const [zh, en] = partNames[part]
    if (payload === '')
      found.add('changed-value', place, `${zh}缺失或无法写成规范文本`, `its ${en} values are gone or cannot be written as JSON`)
    else if (salt === null)
      found.add('changed-value', place, `${zh}的盐值缺失或格式不符，无法证明未改`, `the salt of its ${en} values is gone or malformed`)
    else found.add('changed-value', place, `${zh}与账本不符，已被改动`, `its ${en} values are not those in the ledger`)
  }

  /** Is what `other` holds what the leaf of `one` commits to, whether or not the salt was moved along? */
  function explains(one: Mismatch, other: Mismatch): boolean {
    if (one.part !== other.part || one.leaf.kind !== other.leaf.kind || one.leaf.subject !== other.leaf.subject) return false
    return [one.salt, other.salt].some((salt) => salt !== null && commitmentOf(one.leaf.alg, salt, other.payload) === one.leaf[one.part])
  }
}

// ── Chains: does each leaf follow on the one before it of the same subject? ──────────────────────────────────────────

interface Link {
  seq: number
  hash: Buffer
  index: number | null
}

/** A leaf that stands before others which its chain has before it. */
interface Jump {
  readonly place: Place
  named: boolean
}

function subjectChains(found: Findings) {
  const links = new Map<string, Link>()
  /** Places that a later leaf has jumped over, with the leaf hash that the later one attests. */
  const skipped = new Map<string, { place: Place; prev: string | null; by: Jump }>()

  return {
    /** @returns whether something is wrong with the leaf's place in its subject */
    see(leaf: Leaf, leafHash: Buffer, index: number | null): boolean {
      const key = `${leaf.kind} ${leaf.subject}`
      const link = links.get(key)
      const expected = (link?.seq ?? 0) + 1
      const place = placeOf(leaf, index)!
      if (leaf.seq < expected) return seeLate(key, leaf, leafHash, place)

      let wrong = false
      if (leaf.seq > expected) {
        wrong = true
        skip(key, leaf, expected, index)
      } else if (leaf.prev !== (link ? link.hash.toString('hex') : null)) {
        wrong = true
        if (link) {
          // The later leaf was written over another text than stands there now: the earlier one is what was changed.
          const earlier = { ...place, seq: link.seq, index: link.index }
          const zh = `账本此页已不是第 ${leaf.seq} 位写入时所接续的那一页`
          found.add('broken-chain', earlier, zh, `its leaf is not the one that place ${leaf.seq} was written over`)
        } else {
          found.add('broken-chain', place, '为首位却指有前一页', 'is the first, yet names one before it')
        }
      }
      if (link) {
        link.seq = leaf.seq
        link.hash = leafHash
        link.index = index
      } else links.set(key, { seq: leaf.seq, hash: leafHash, index })
      return wrong
    },

    async finish(heads: NonNullable<Ledger['heads']>): Promise<void> {
      for (const { place, by } of skipped.values()) {
        const zh = `已从账本与记录中一并删除（其后一步见账本序号 ${by.place.index ?? '未封存部分'}）`
        found.add(
          'removed-step',
          place,
          zh,
          `was removed with its leaf (a later one is at ledger index ${by.place.index ?? 'not yet sealed'})`,
        )
      }
      for await (const { kind = 'step', subject, seq } of heads) {
        const last = links.get(`${kind} ${subject}`)?.seq ?? 0
        for (let gone = last + 1; gone <= Math.min(seq, last + 100); gone++) {
          found.add(
            'removed-step',
            { kind, subject, seq: gone },
            `案件自称有 ${seq} 步，账本只到第 ${last} 步`,
            `the case claims ${seq}, the ledger ends at ${last}`,
          )
        }
        if (seq < last) {
          found.add(
            'changed-value',
            { kind, subject, seq: seq + 1 },
            `账本到第 ${last} 步，案件自称只有 ${seq} 步`,
            `the ledger has ${last}, the case claims ${seq}`,
          )
        }
      }
    },
  }

  function seeLate(key: string, leaf: Leaf, leafHash: Buffer, place: Place): boolean {
    const jumped = skipped.get(`${key} ${leaf.seq}`)
    if (!jumped) {
      found.add('extra-record', place, '账本中同一位次出现两次', 'is in the ledger twice')
      return true
    }
    skipped.delete(`${key} ${leaf.seq}`)
    found.add(
      'reordered-step',
      place,
      `在账本中排到了后一步（序号 ${jumped.by.place.index ?? '未封存'}）之后`,
      `stands in the ledger behind a later one (index ${jumped.by.place.index ?? 'not yet sealed'})`,
    )
    if (!jumped.by.named)
      found.add('reordered-step', jumped.by.place, '在账本中排到了前一步之前', 'stands in the ledger before an earlier one')
    jumped.by.named = true
    if (jumped.prev !== null && jumped.prev !== leafHash.toString('hex')) {
      found.add('broken-chain', place, '账本此页已不是后一步写入时所接续的那一页', 'its leaf is not the one that the next was written over')
    }
    return true
  }

  function skip(key: string, leaf: Leaf, expected: number, index: number | null): void {
    // A forged number must not make us list a billion places, nor many forged numbers fill the memory.
    if (leaf.seq - expected > 100 || skipped.size > 10_000) {
      found.add(
        'broken-chain',
        placeOf(leaf, index)!,
        `位次由 ${expected - 1} 跳到 ${leaf.seq}`,
        `jumps from place ${expected - 1} to ${leaf.seq}`,
      )
      return
    }
    const by = { place: placeOf(leaf, index)!, named: false }
    for (let seq = expected; seq < leaf.seq; seq++) {
      const prev = seq === leaf.seq - 1 ? leaf.prev : null
      skipped.set(`${key} ${seq}`, { place: { kind: leaf.kind, subject: leaf.subject, seq }, prev, by })
    }
  }
}

// ── Erasure: personal values may go, but not without a leaf that says so ─────────────────────────────────────────────

function erasureChecks(found: Findings) {
  const gone = new Map<string, { place: Place; saltKept: boolean; recorded: boolean }>()
  return {
    missing(place: Place, saltKept: boolean): void {
      gone.set(`${place.kind} ${place.subject} ${place.seq}`, { place, saltKept, recorded: false })
    },
    /** An erasure leaf always comes after the leaf it is about, so what it erases must have been found missing by now. */
    recorded({ subject }: Leaf, payload: unknown): void {
      const { erases } = payload as { erases?: unknown }
      if (!Array.isArray(erases)) return
      for (const { kind, seq } of erases.filter(isErased)) {
        const missing = gone.get(`${kind} ${subject} ${seq}`)
        if (missing) missing.recorded = true
        else
          found.add(
            'not-erased',
            { kind, subject, seq },
            '账本记载已删除个人信息，而个人信息仍在或本就没有',
            'is named as erased, but its personal values are still there or never were',
          )
      }
    },
    finish(): void {
      for (const { place, saltKept, recorded } of gone.values()) {
        if (!recorded)
          found.add(
            'missing-personal',
            place,
            '个人信息缺失，且账本无删除记载',
            'its personal values are gone and no leaf records their erasure',
          )
        else if (saltKept)
          found.add(
            'not-erased',
            place,
            '个人信息已删除而盐值仍在，可被猜出',
            'the salt of its erased values is still there, so they can be guessed',
          )
      }
    },
  }
}

function isErased(value: unknown): value is { kind: string; seq: number } {
  const { kind, seq } = (value ?? {}) as { kind?: unknown; seq?: unknown }
  return isKind(kind) && isCount(seq)
}

// ── What the outsider kept ───────────────────────────────────────────────────────────────────────────────────────────

function keptLeaves(leaves: readonly { readonly index: number; readonly leaf: string }[], found: Findings) {
  const byIndex = new Map(leaves.map(({ index, leaf }) => [index, leaf]))
  return {
    see(index: number, text: string): void {
      const leaf = byIndex.get(index)
      if (leaf === undefined || leaf === text) return
      found.add('changed-value', placeOf(readLeaf(leaf), index) ?? { index }, '账本此页与回执不符', 'has another leaf than its receipt')
    },
    namesBetween(from: number, to: number): Place[] {
      const gone = [...byIndex].filter(([index]) => index >= from && index < to)
      return gone.map(([index, leaf]) => placeOf(readLeaf(leaf), index) ?? { index })
    },
  }
}

// ── Seals: do the leaves give the roots that were signed? ────────────────────────────────────────────────────────────

/** A leaf, as far as it is needed to name it. */
interface Sighting {
  readonly place: Place
  readonly at: string
  readonly index: number
}

/** The leaves since the last checkpoint whose root came out. */
interface Batch {
  readonly before: Tree
  readonly from: number
  /** Of at most `searchableBatch` leaves. */
  readonly hashes: Buffer[]
  /** Of at most `pairableBatch` leaves. */
  readonly sightings: Sighting[]
  /** Where time runs backwards from one leaf to the next. Nothing wrong in itself; a trace to follow when the root is wrong. */
  readonly descents: { readonly left: Sighting; readonly right: Sighting; readonly stranger: Sighting }[]
  latest: readonly Sighting[]
  /** Is a problem already named that changes the root? */
  explained: boolean
}

/** Up to here an exchange of two leaves is proved by exchanging them back. */
const searchableBatch = 10_000
/** Up to here every pair is tried; beyond, only leaves beside a descent in time. */
const pairableBatch = 128

function sealing(ledger: Ledger, found: Findings) {
  const listed = readCheckpoints(ledger, found)
  const waiting = listed.filter(({ trusted }) => trusted).sort((one, other) => one.size - other.size || one.position - other.position)
  const tree = new Tree((waiting[0] ?? listed[0])?.alg ?? 'sha256')
  let decided = listed.length > 0
  let batch = newBatch()
  /** Checkpoints whose root did not come out, since the last whose root did. */
  let failing: ListedCheckpoint[] = []
  let upcoming = 0
  let confirmed = 0
  let sealed = 0
  let lastConfirmed = -1
  let complete = true
  compare()

  return {
    /** The digest of the ledger: its checkpoints name it; before the first checkpoint, its first leaf. */
    algOf(leaf: Leaf | null): Algorithm {
      if (!decided && leaf) {
        tree.alg = leaf.alg
        decided = true
      }
      return tree.alg
    },
    append(leafHash: Buffer, leaf: Leaf | null, index: number, explained: boolean): void {
      if (!complete) return
      tree.append(leafHash)
      remember(leafHash, leaf, index)
      if (explained) batch.explained = true
      compare()
    },
    miss(): void {
      complete = false
    },
    /** The size that checkpoints not yet reached speak of, unless a later checkpoint has taken it back; else 0. */
    claimedSize(): number {
      const sizes = waiting.slice(upcoming).filter(({ position }) => position > lastConfirmed)
      return sizes.at(-1)?.size ?? 0
    },
    finish(): void {
      for (const { position, size } of waiting.slice(upcoming)) {
        if (position < lastConfirmed)
          rewritten(position, `大小 ${size} 与其后检查点不符`, `its size ${size} is denied by a later checkpoint`)
      }
      if (failing.length > 0) reportFailing(failing[0]!, failing.length - 1)
    },
    summary: () => ({
      sealed,
      checkpoints: ledger.checkpoints.length,
      checkpointsConfirmed: confirmed,
      root: complete ? tree.root().toString('base64') : null,
    }),
  }

  /** Is a checkpoint due at this size, and is its root the one the leaves give? */
  function compare(): void {
    let root: string | undefined
    for (; waiting[upcoming]?.size === tree.size; upcoming++) {
      const checkpoint = waiting[upcoming]!
      root ??= tree.root().toString('base64')
      if (checkpoint.root !== root) {
        failing.push(checkpoint)
        continue
      }
      // Leaves that give a later signed root are the leaves that were there before it: what failed in between is not they.
      for (const { position } of failing)
        rewritten(position, '根值与其后检查点所证的账本不符', 'its root is not that of the leaves a later checkpoint proves')
      confirmed += 1
      sealed = tree.size
      lastConfirmed = Math.max(lastConfirmed, checkpoint.position)
      failing = []
      batch = newBatch()
    }
  }

  function rewritten(position: number, zh: string, en: string): void {
    found.add('rewritten-checkpoint', { checkpoint: position }, `第 ${position + 1} 个检查点：${zh}`, `checkpoint ${position + 1}: ${en}`)
  }

  function newBatch(): Batch {
    return { before: tree.copy(), from: tree.size, hashes: [], sightings: [], descents: [], latest: [], explained: false }
  }

  function remember(leafHash: Buffer, leaf: Leaf | null, index: number): void {
    if (failing.length === 0 && batch.hashes.length < searchableBatch) batch.hashes.push(leafHash)
    if (leaf === null) return
    const right = { place: placeOf(leaf, index)!, at: leaf.at, index }
    if (batch.sightings.length < pairableBatch) batch.sightings.push(right)
    const [left, older] = batch.latest
    if (left && isEarlier(right.at, left.at) && batch.descents.length < 8) {
      // Of two that stand the wrong way round, the stranger is the one that does not fit what came before both.
      const stranger = older && isEarlier(right.at, older.at) ? right : left
      batch.descents.push({ left, right, stranger })
    }
    batch.latest = left ? [right, left] : [right]
  }

  function reportFailing(first: ListedCheckpoint, later: number): void {
    const { from, explained, descents } = batch
    const leaves = `${from}–${first.size - 1}`
    const zh = `第 ${first.position + 1} 个检查点：由账本序号 ${leaves} 算出的根值与已签名的不符${later > 0 ? `，其后 ${later} 个亦然` : ''}`
    const en = `checkpoint ${first.position + 1}: leaves ${leaves} do not give the signed root${later > 0 ? `; nor do they for ${later} more` : ''}`
    found.add('inconsistent-checkpoint', { index: from, checkpoint: first.position }, zh, en)

    const pair = exchangedPair(batch, first)
    for (const [here, there] of pair) {
      const zhExchanged = `账本序号 ${here.index} 与 ${there.index} 两页被互换（换回即与已签名的根值相符）`
      const enExchanged = `ledger indexes ${here.index} and ${there.index} were exchanged (exchanged back, they give the signed root)`
      found.add('reordered-step', here.place, zhExchanged, enExchanged)
    }
    if (pair.length > 0 || explained) return
    for (const place of new Set(descents.map(({ stranger }) => stranger.place))) {
      found.add(
        'reordered-step',
        place,
        '在账本中的位置与其时间不符，疑被移动',
        'stands in the ledger where its time does not belong; probably moved',
      )
    }
  }
}

/** Two leaves of the batch that give the signed root when they are exchanged, each with the other; empty when there are none such. */
function exchangedPair({ before, from, hashes, sightings, descents }: Batch, { size, root }: ListedCheckpoint): [Sighting, Sighting][] {
  const count = size - from
  if (hashes.length !== count) return []
  const candidates = count <= pairableBatch ? sightings : [...new Set(descents.flatMap(({ left, right }) => [left, right]))]
  const within = candidates.filter(({ index }) => index < size)
  for (const [at, one] of within.entries()) {
    for (const other of within.slice(at + 1)) {
      const exchanged = [...hashes]
      exchanged[one.index - from] = hashes[other.index - from]!
      exchanged[other.index - from] = hashes[one.index - from]!
      const tree = before.copy()
      for (const leafHash of exchanged) tree.append(leafHash)
      if (tree.root().toString('base64') === root)
        return [
          [one, other],
          [other, one],
        ]
    }
  }
  return []
}

// ── Checkpoints (FORMAT.md §4) ───────────────────────────────────────────────────────────────────────────────────────

interface CheckpointRead {
  readonly region: string
  readonly size: number
  readonly root: string
  readonly at: string
  readonly previous: string | null
  readonly alg: Algorithm
  /** What the next checkpoint must name as its previous. */
  readonly bodyHash: string
  readonly signature: 'good' | 'bad' | 'unknown-key'
}

interface ListedCheckpoint extends CheckpointRead {
  readonly position: number
  /** Well signed, by this region, in this ledger's digest: its root counts. */
  readonly trusted: boolean
}

function readCheckpoints({ region, checkpoints, publicKey, kept }: Ledger, found: Findings): ListedCheckpoint[] {
  const key = keyOf(publicKey)
  const listed: ListedCheckpoint[] = []
  let before: ListedCheckpoint | null = null
  for (const [position, text] of checkpoints.entries()) {
    const add = (problem: ProblemName, zh: string, en: string, at = position) =>
      found.add(problem, { checkpoint: at }, `第 ${at + 1} 个检查点：${zh}`, `checkpoint ${at + 1}: ${en}`)

    const read = readCheckpoint(text, key)
    if (read === null) {
      add('rewritten-checkpoint', '文本格式不符', 'its text is malformed')
      before = null
      continue
    }
    if (read.signature !== 'good') addBadSignature(add, read.signature)
    const here = read.region === region && read.alg === (listed.find(({ trusted }) => trusted)?.alg ?? read.alg)
    if (!here) add('inconsistent-checkpoint', '属于另一区划或另一摘要算法的账本', 'is of another region or another digest')

    if (position === 0 && read.previous !== null) add('missing-checkpoint', '之前的检查点缺失', 'the ones before it are missing')
    if (position > 0 && read.previous === null)
      add('rewritten-checkpoint', '未指明前一检查点', 'names none before it, yet is not the first')
    if (before && read.previous !== null && read.previous !== before.bodyHash) {
      add('rewritten-checkpoint', '不是后一检查点签名时所接续的那一个', 'is not the one that the next was signed after', before.position)
    }
    if (before && read.size < before.size)
      add('inconsistent-checkpoint', `大小由 ${before.size} 减为 ${read.size}`, `size falls from ${before.size} to ${read.size}`)

    before = { ...read, position, trusted: here && read.signature === 'good' }
    listed.push(before)
  }

  for (const text of kept?.checkpoints ?? []) {
    const read = readCheckpoint(text, key)
    if (read === null || read.signature !== 'good' || read.region !== region) {
      found.add('bad-signature', {}, '自存的检查点格式、签名或区划不符', 'a kept checkpoint is malformed, ill signed or of another region')
      continue
    }
    if (listed.some(({ bodyHash }) => bodyHash === read.bodyHash)) continue
    const instead = listed.find(({ size }) => size === read.size)
    const zh = `自存的检查点（大小 ${read.size}，${read.at}）已不在列`
    const en = `a kept checkpoint (size ${read.size}, ${read.at}) is no longer listed`
    if (instead)
      found.add('rewritten-checkpoint', { checkpoint: instead.position }, `${zh}，同一大小处另有一个`, `${en}; another stands at that size`)
    else found.add('missing-checkpoint', {}, zh, en)
  }
  return listed
}

function addBadSignature(add: (problem: ProblemName, zh: string, en: string) => void, signature: 'bad' | 'unknown-key'): void {
  if (signature === 'bad') add('bad-signature', '签名与内容不符', 'its signature does not fit its text')
  else add('bad-signature', '由另一密钥签名', 'it is signed with another key')
}

function readCheckpoint(text: string, key: Key): CheckpointRead | null {
  const [body, signatures, ...more] = text.split('\n\n')
  const lines = body!.split('\n')
  if (signatures === undefined || more.length > 0 || lines.length !== 6 || !signatures.endsWith('\n')) return null
  const [origin, size, root, at, previous, alg] = lines as [string, string, string, string, string, string]
  const region = origin.slice('yifa/'.length)
  const well =
    /^yifa\/\d{6}$/.test(origin) &&
    String(Number(size)) === size &&
    isCount(Number(size)) &&
    isDigest(root) &&
    at.startsWith('at ') &&
    isInstant(at.slice(3)) &&
    (previous === 'previous -' || (previous.startsWith('previous ') && isDigest(previous.slice(9)))) &&
    (alg === 'alg sha256' || alg === 'alg sm3')
  if (!well) return null

  const digestName = alg.slice(4) as Algorithm
  const signed = Buffer.from(`${body}\n`, 'utf8')
  return {
    region,
    size: Number(size),
    root,
    at: at.slice(3),
    previous: previous === 'previous -' ? null : previous.slice(9),
    alg: digestName,
    bodyHash: hash(digestName, signed, 'buffer').toString('base64'),
    signature: judgeSignatures(origin, signed, signatures.slice(0, -1).split('\n'), key),
  }
}

/** One line by our key must hold; lines by other keys (witnesses) are not ours to judge. */
function judgeSignatures(name: string, signed: Buffer, lines: string[], key: Key): 'good' | 'bad' | 'unknown-key' {
  const keyId = hash(key.idDigest, Buffer.concat([Buffer.from(`${name}\n`, 'utf8'), key.typed]), 'buffer').subarray(0, 4)
  let judgement: 'bad' | 'unknown-key' = 'unknown-key'
  for (const line of lines) {
    const start = `— ${name} `
    if (!line.startsWith(start)) continue
    const bytes = Buffer.from(line.slice(start.length), 'base64')
    if (!bytes.subarray(0, 4).equals(keyId)) continue
    if (bytes.length === 68 && key.signed(signed, bytes.subarray(4))) return 'good'
    judgement = 'bad'
  }
  return judgement
}

interface Key {
  /** The key behind the byte or bytes that say of which kind it is: what its id is a digest of. */
  readonly typed: Buffer
  readonly idDigest: Algorithm
  signed(message: Buffer, signature: Buffer): boolean
}

/** In DER, what says that a public key is a point of the SM2 curve, uncompressed. */
const sm2Point = Buffer.from('3059301306072a8648ce3d020106082a811ccf5501822d034200', 'hex')

function keyOf(given: string | KeyObject): Key {
  const key = typeof given === 'string' ? createPublicKey(given) : given
  if (key.asymmetricKeyType === 'ed25519') {
    const { x } = key.export({ format: 'jwk' })
    return {
      typed: Buffer.concat([Buffer.of(1), Buffer.from(x!, 'base64url')]),
      idDigest: 'sha256',
      signed: (message, signature) => verifySignature(null, message, key, signature),
    }
  }
  const der = key.export({ type: 'spki', format: 'der' })
  if (!der.subarray(0, sm2Point.length).equals(sm2Point))
    throw new TypeError(`${key.asymmetricKeyType} is neither an Ed25519 nor an SM2 key`)
  const point = der.subarray(sm2Point.length)
  return { typed: Buffer.concat([Buffer.of(0xff), Buffer.from('sm2', 'utf8'), point]), idDigest: 'sm3', signed: sm2Check(point) }
}

// ── Leaves, commitments, tree (FORMAT.md §1–3) ───────────────────────────────────────────────────────────────────────

type Algorithm = 'sha256' | 'sm3'

interface Leaf {
  readonly v: 1
  readonly alg: Algorithm
  readonly region: string
  readonly kind: string
  readonly subject: string
  readonly seq: number
  readonly at: string
  readonly open: string
  readonly personal: string | null
  readonly prev: string | null
}

/** The leaf, if the text is one to the letter: no member missing, none added, none written otherwise. */
function readLeaf(text: string): Leaf | null {
  let read: unknown
  try {
    read = JSON.parse(text)
  } catch {
    return null
  }
  if (typeof read !== 'object' || read === null) return null
  const leaf = read as Leaf
  const well =
    leaf.v === 1 &&
    (leaf.alg === 'sha256' || leaf.alg === 'sm3') &&
    typeof leaf.region === 'string' &&
    /^\d{6}$/.test(leaf.region) &&
    isKind(leaf.kind) &&
    typeof leaf.subject === 'string' &&
    leaf.subject.length > 0 &&
    leaf.subject.isWellFormed() &&
    isCount(leaf.seq) &&
    leaf.seq > 0 &&
    isInstant(leaf.at) &&
    isHex(leaf.open) &&
    (leaf.personal === null || isHex(leaf.personal)) &&
    (leaf.prev === null || isHex(leaf.prev))
  return well && leafText(leaf) === text ? leaf : null
}

function leafText({ alg, at, kind, open, personal, prev, region, seq, subject }: Leaf): string {
  const orNull = (hex: string | null) => (hex === null ? 'null' : `"${hex}"`)
  const before = `{"alg":"${alg}","at":"${at}","kind":"${kind}","open":"${open}","personal":${orNull(personal)},"prev":${orNull(prev)}`
  return `${before},"region":"${region}","seq":${seq},"subject":${quoted(subject)},"v":1}`
}

/** Canonical JSON (RFC 8785); null where the value has no such form. */
function canonicalText(value: unknown): string | null {
  try {
    return jcs(value)
  } catch {
    return null
  }
}

function jcs(value: unknown): string {
  if (value === null || value === true || value === false) return `${value}`
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'number' && Number.isFinite(value)) return `${value}`
  if (Array.isArray(value)) return `[${Array.from(value, jcs).join(',')}]`
  if (typeof value !== 'object' || ![Object.prototype, null].includes(Object.getPrototypeOf(value))) throw new TypeError('not JSON')
  const members = value as Record<string, unknown>
  let text = ''
  // Without a comparison of its own, sort compares UTF-16 code units.
  for (const name of Object.keys(members).sort()) {
    if (members[name] !== undefined) text += `${text === '' ? '' : ','}${quoted(name)}:${jcs(members[name])}`
  }
  return `{${text}}`
}

// oxlint-disable-next-line no-control-regex -- these are what RFC 8785 escapes
const escaped = /["\\\u0000-\u001f]/
const everyEscaped = new RegExp(escaped, 'g')
const shortEscapes: Record<string, string> = { '"': '\\"', '\\': '\\\\', '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r' }

function quoted(text: string): string {
  if (!text.isWellFormed()) throw new TypeError('lone surrogate')
  if (!escaped.test(text)) return `"${text}"`
  return `"${text.replace(everyEscaped, (unit) => shortEscapes[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`
}

let scratch = Buffer.alloc(4096)

/** `prefix` and the text in UTF-8, in a buffer that the next call writes over. */
function prefixed(prefix: Uint8Array, text: string): Buffer {
  const most = prefix.length + text.length * 3
  if (most > scratch.length) scratch = Buffer.alloc(most * 2)
  scratch.set(prefix)
  return scratch.subarray(0, prefix.length + scratch.write(text, prefix.length, 'utf8'))
}

function commitmentOf(alg: Algorithm, salt: Uint8Array, payload: string): string {
  return hash(alg, prefixed(salt, payload), 'hex')
}

const leafPrefix = Uint8Array.of(0)

function hashLeaf(alg: Algorithm, text: string): Buffer {
  return Buffer.from(hash(alg, prefixed(leafPrefix, text), 'hex'), 'hex')
}

const pair = Buffer.alloc(65, 1)

function hashPair(alg: Algorithm, left: Uint8Array, right: Uint8Array): Buffer {
  pair.set(left, 1)
  pair.set(right, 33)
  return Buffer.from(hash(alg, pair, 'hex'), 'hex')
}

/** A binary counter of subtrees: place n holds the root of a subtree of 2^n leaves, or nothing. */
class Tree {
  size = 0
  alg: Algorithm
  private places: (Buffer | null)[] = []

  constructor(alg: Algorithm) {
    this.alg = alg
  }

  append(leafHash: Buffer): void {
    let carried = leafHash
    let place = 0
    for (let standing = this.places[0]; standing; standing = this.places[place]) {
      carried = hashPair(this.alg, standing, carried)
      this.places[place++] = null
    }
    this.places[place] = carried
    this.size += 1
  }

  root(): Buffer {
    let root: Buffer | null = null
    for (const standing of this.places) {
      if (standing) root = root ? hashPair(this.alg, standing, root) : standing
    }
    return root ?? hash(this.alg, Buffer.alloc(0), 'buffer')
  }

  copy(): Tree {
    const copy = new Tree(this.alg)
    copy.size = this.size
    copy.places = [...this.places]
    return copy
  }
}

function saltBytes(salt: Uint8Array | string | null): Uint8Array | null {
  const bytes = typeof salt === 'string' ? Buffer.from(salt, 'hex') : salt
  return bytes?.length === 16 ? bytes : null
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

function isKind(value: unknown): boolean {
  return typeof value === 'string' && /^[a-z][a-z-]*$/.test(value)
}

function isHex(value: unknown): boolean {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
}

function isDigest(base64: string): boolean {
  const bytes = Buffer.from(base64, 'base64')
  return bytes.length === 32 && bytes.toString('base64') === base64
}

function isInstant(value: unknown): boolean {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(value)
}

/** Without the Z, whose place in the alphabet is behind the decimal point, instants sort as texts. */
function isEarlier(one: string, other: string): boolean {
  return one.slice(0, -1) < other.slice(0, -1)
}

// ── Receipts ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** What a party carries home: enough to prove later that this act stood in the ledger with these values. */
export interface Receipt {
  readonly leaf: string
  readonly openPayload: unknown
  readonly saltOpen: Uint8Array | string
  /** Only where the receipt is of a person's own data. */
  readonly personalPayload?: unknown
  readonly saltPersonal?: Uint8Array | string | null
  readonly index: number
  /** From the leaf upwards, base64. */
  readonly proof: readonly string[]
  readonly checkpoint: string
}

export interface ReceiptReport {
  readonly ok: boolean
  readonly region: string | null
  readonly kind: string | null
  readonly subject: string | null
  readonly seq: number | null
  /** When the act was written, and when it was sealed. */
  readonly at: string | null
  readonly sealedAt: string | null
  readonly problems: readonly Problem[]
}

/** Checks a receipt: the values against the leaf, the leaf against the root, the root against the signature. Needs no server. */
export function verifyReceipt(receipt: Receipt, publicKey: string | KeyObject): ReceiptReport {
  // A receipt is typed in or photographed: nothing about its shape can be taken for granted.
  const leaf = readLeaf(`${receipt.leaf}`)
  const checkpoint = readCheckpoint(`${receipt.checkpoint}`, keyOf(publicKey))
  const found = findings(leaf?.region ?? checkpoint?.region ?? '', 100)
  const place = placeOf(leaf, receipt.index) ?? { index: receipt.index }

  if (leaf === null) found.add('malformed-leaf', place, '账本此页格式不符', 'the leaf is malformed')
  if (checkpoint === null) found.add('rewritten-checkpoint', place, '检查点文本格式不符', 'the checkpoint is malformed')
  else if (checkpoint.signature !== 'good')
    addBadSignature((problem, zh, en) => found.add(problem, place, `检查点${zh}`, `of the checkpoint, ${en}`), checkpoint.signature)

  if (leaf && checkpoint) {
    const path = Array.isArray(receipt.proof) ? receipt.proof.map((node) => Buffer.from(`${node}`, 'base64')) : []
    const root =
      checkpoint.alg === leaf.alg ? rootFromPath(leaf.alg, hashLeaf(leaf.alg, receipt.leaf), receipt.index, checkpoint.size, path) : null
    if (leaf.region !== checkpoint.region || root?.toString('base64') !== checkpoint.root) {
      found.add('not-included', place, '包含证明不成立：此页不在该检查点之下', 'the proof fails: the leaf is not under this checkpoint')
    }
  }
  if (leaf) {
    const payloads = payloadChecks(found)
    payloads.check(leaf, place, 'open', receipt.openPayload, receipt.saltOpen)
    if (receipt.personalPayload != null) payloads.check(leaf, place, 'personal', receipt.personalPayload, receipt.saltPersonal ?? null)
    payloads.finish()
  }
  const { region = null, kind = null, subject = null, seq = null, at = null } = leaf ?? {}
  return { ok: found.count() === 0, region, kind, subject, seq, at, sealedAt: checkpoint?.at ?? null, problems: found.sorted() }
}

/** The root that a path leads to, by the recursion of RFC 6962 §2.1.1 read downwards; null where the path has the wrong length. */
function rootFromPath(alg: Algorithm, leafHash: Buffer, index: number, size: number, path: readonly Buffer[]): Buffer | null {
  if (!isCount(index) || index >= size) return null
  if (size === 1) return path.length === 0 ? leafHash : null
  const beside = path.at(-1)
  if (beside?.length !== 32) return null
  let left = 1
  while (left * 2 < size) left *= 2
  const inLeft = index < left
  const below = inLeft
    ? rootFromPath(alg, leafHash, index, left, path.slice(0, -1))
    : rootFromPath(alg, leafHash, index - left, size - left, path.slice(0, -1))
  return below && (inLeft ? hashPair(alg, below, beside) : hashPair(alg, beside, below))
}
