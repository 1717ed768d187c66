import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { hmac } from '@noble/hashes/hmac.js'
import { Refusal } from '#engine/refusal.ts'
import { sha256 } from '@noble/hashes/sha2.js'

// 双随机抽查 by the protocol `yifa-sampling-v1`: lists are frozen and hashed, two parties or more commit to secrets, a public number that nobody here
// controls comes last, and whoever has what was published draws again and finds the same. It runs as it is in a browser too, and so hashes by
// @noble/hashes: Web Crypto only answers later, and a draw asks it thousands of times.

const PROTOCOL = 'yifa-sampling-v1'

/** What is fixed before anybody can know the outcome. */
export interface Plan {
  readonly plan: string
  /** Id and risk class of each object; in any order. */
  readonly objects: readonly (readonly [id: string, riskClass: string])[]
  /** Certificate number and organ of each inspector. */
  readonly inspectors: readonly (readonly [certificate: string, organ: string])[]
  /** Share of a class that is drawn, in thousandths. */
  readonly permille: Readonly<Record<string, number>>
  /** Inspectors for one object. */
  readonly team: number
  /** Organs of which each team needs somebody. */
  readonly organs: readonly string[]
  /** `YYYY-MM-DDTHH:MM+08:00` */
  readonly drawNotBefore: string
  /** The public number by which it is decided; `none`, `none` where there is none, which is weaker. */
  readonly beacon: { readonly source: string; readonly reference: string }
}

/** What is known of a draw once its secrets are revealed: enough for anybody to repeat it. */
export interface Revealed {
  /** By party. */
  readonly commitments: Readonly<Record<string, string>>
  readonly secrets: Readonly<Record<string, string>>
  readonly beaconValue: string
  /** Inspectors who may not inspect an object, with the reason on record elsewhere. By object. */
  readonly recused?: Readonly<Record<string, readonly string[]>>
}

/** A draw: which objects, and who inspects each. */
export interface Draw {
  /** Hexadecimal. */
  readonly planHash: string
  readonly seed: string
  readonly counts: Readonly<Record<string, number>>
  /** In the order in which they were drawn. */
  readonly drawn: readonly string[]
  /** By object. */
  readonly teams: Readonly<Record<string, readonly string[]>>
}

/**
 * Makes the draw, or makes it again.
 *
 * @throws Refusal `reveal-mismatch` · `too-few-parties` · `not-enough-inspectors` · `sampling-list-invalid` · `ratio-invalid`
 */
export function draw(plan: Plan, revealed: Revealed): Draw {
  const hash = planHash(plan)
  checkReveals(hash, revealed)
  const seed = seedOf(hash, revealed.secrets, revealed.beaconValue)
  const counts = countsOf(plan)
  const drawn = drawObjects(plan, seed)
  const inspectors = inspectorsSorted(plan)
  const teams = Object.fromEntries(
    drawn.map((object) => [object, teamFor(plan, inspectorOrder(inspectors, seed, object), object, new Set(revealed.recused?.[object]))]),
  )
  return { planHash: hash, seed: bytesToHex(seed), counts, drawn, teams }
}

/** A canonical list: one line for each entry, ascending by the bytes of its id; what is hashed and published. @throws Refusal `sampling-list-invalid` */
export function canonicalList(entries: readonly (readonly [string, string])[]): string {
  return sorted(entries)
    .map(([id, other]) => `${id}\t${other}\n`)
    .join('')
}

/** SHA-256 of a text, lower-case hexadecimal. */
export function hashOf(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)))
}

/** How many of each class are drawn: rounded up, so that a class with a share above nothing has one at least. @throws Refusal `ratio-invalid` */
export function countsOf({ objects, permille }: Plan): Record<string, number> {
  const sizes = new Map<string, number>()
  for (const [, riskClass] of objects) sizes.set(riskClass, (sizes.get(riskClass) ?? 0) + 1)
  return Object.fromEntries(
    [...sizes.keys()].sort(byBytes).map((riskClass) => {
      const share = permille[riskClass]
      if (share === undefined || !Number.isInteger(share) || share < 0 || share > 1000) throw ratioInvalid(riskClass)
      return [riskClass, Math.floor((sizes.get(riskClass)! * share + 999) / 1000)]
    }),
  )
}

/** The text of a plan, which is published together with the commitments. @throws Refusal as {@link canonicalList} and {@link countsOf} */
export function planText(plan: Plan): string {
  const counts = Object.entries(countsOf(plan)).map(([riskClass, count]) => `${riskClass}=${count}`)
  return [
    PROTOCOL,
    `plan:${plan.plan}`,
    `objects:${hashOf(canonicalList(plan.objects))}`,
    `inspectors:${hashOf(canonicalList(plan.inspectors))}`,
    `counts:${counts.join(',')}`,
    `team:${plan.team}`,
    `organs:${plan.organs.toSorted(byBytes).join(',')}`,
    `draw-not-before:${plan.drawNotBefore}`,
    `beacon:${plan.beacon.source}:${plan.beacon.reference}`,
    '',
  ].join('\n')
}

/** @throws Refusal as {@link planText} */
export function planHash(plan: Plan): string {
  return hashOf(planText(plan))
}

/** What a party publishes before the beacon exists. @param secret 32 random bytes, lower-case hexadecimal */
export function commitment(hash: string, party: string, secret: string): string {
  return hashOf(`${hash}:${party}:${secret}`)
}

/** @throws Refusal `reveal-mismatch` where a secret is missing or another than was committed to; `too-few-parties` */
export function checkReveals(hash: string, { commitments, secrets }: Pick<Revealed, 'commitments' | 'secrets'>): void {
  const parties = Object.keys(commitments)
  if (parties.length < 2) throw tooFewParties()
  for (const party of new Set([...parties, ...Object.keys(secrets)])) {
    const secret = secrets[party]
    if (secret === undefined || !/^[0-9a-f]{64}$/.test(secret) || commitment(hash, party, secret) !== commitments[party])
      throw revealMismatch(party)
  }
}

/** The 32 bytes from which everything follows. */
export function seedOf(hash: string, secrets: Readonly<Record<string, string>>, beaconValue: string): Uint8Array {
  const ordered = Object.keys(secrets)
    .sort(byBytes)
    .map((party) => `${secrets[party]}\n`)
  return sha256(utf8ToBytes(`${hash}\n${ordered.join('')}${beaconValue}\n`))
}

/** The objects drawn, class after class. @throws Refusal as {@link canonicalList} and {@link countsOf} */
export function drawObjects(plan: Plan, seed: Uint8Array): string[] {
  const byClass = Map.groupBy(sorted(plan.objects), ([, riskClass]) => riskClass)
  return Object.entries(countsOf(plan)).flatMap(([riskClass, count]) => {
    const ids = byClass.get(riskClass)!.map(([id]) => id)
    return [...shuffled(ids, integersOf(seed, `objects/${riskClass}`))].slice(0, count)
  })
}

/** Certificate numbers in the order of the bytes: what {@link inspectorOrder} shuffles. @throws Refusal `sampling-list-invalid` */
export function inspectorsSorted({ inspectors }: Plan): string[] {
  return sorted(inspectors).map(([certificate]) => certificate)
}

/** In which order inspectors are asked for one object; made only as far as it is read. */
export function inspectorOrder(inspectors: readonly string[], seed: Uint8Array, object: string): Iterable<string> {
  return shuffled(inspectors, integersOf(seed, `inspectors/${object}`))
}

/**
 * Walks the order: whoever is not recused, and leaves room for the organs of which nobody is there yet.
 *
 * @throws Refusal `not-enough-inspectors`
 */
export function teamFor(
  { inspectors, team, organs }: Plan,
  order: Iterable<string>,
  object: string,
  recused: ReadonlySet<string> = new Set(),
): string[] {
  const organOf = organsOf(inspectors)
  const taken: string[] = []
  const missing = new Set(organs)
  for (const certificate of order) {
    if (recused.has(certificate)) continue
    const organ = organOf.get(certificate)!
    const missingAfter = missing.size - (missing.has(organ) ? 1 : 0)
    if (team - taken.length - 1 < missingAfter) continue
    taken.push(certificate)
    missing.delete(organ)
    if (taken.length === team) return taken
  }
  throw notEnoughInspectors(object)
}

const organs = new WeakMap<Plan['inspectors'], ReadonlyMap<string, string>>()

/** Thousands of objects ask the same list. */
function organsOf(inspectors: Plan['inspectors']): ReadonlyMap<string, string> {
  const known = organs.get(inspectors) ?? new Map(inspectors)
  organs.set(inspectors, known)
  return known
}

/** A shuffle from the front: element `i` is final once it was given out. What was moved is remembered instead of copying the list. */
function* shuffled(list: readonly string[], below: (m: number) => number): Generator<string> {
  const moved = new Map<number, string>()
  for (let i = 0; i < list.length; i += 1) {
    const j = i + below(list.length - i)
    const chosen = moved.get(j) ?? list[j]!
    moved.set(j, moved.get(i) ?? list[i]!)
    moved.delete(i)
    yield chosen
  }
}

const TWO_64 = 1n << 64n

/** Integers below `m`, every one as likely: numbers of 64 bits from the stream of a label; those that would favour the small ones are left out. */
function integersOf(seed: Uint8Array, label: string): (m: number) => number {
  const numbers = streamOf(seed, label)
  return (m) => {
    const size = BigInt(m)
    const most = TWO_64 - (TWO_64 % size)
    for (;;) {
      const u = numbers()
      if (u < most) return Number(u % size)
    }
  }
}

function streamOf(seed: Uint8Array, label: string): () => bigint {
  let [block, at] = [0, 32]
  let bytes = new DataView(new ArrayBuffer(32))
  return () => {
    if (at === 32) {
      const made = hmac(sha256, seed, utf8ToBytes(`${label}#${block}`))
      bytes = new DataView(made.buffer, made.byteOffset, 32)
      block += 1
      at = 0
    }
    const u = bytes.getBigUint64(at)
    at += 8
    return u
  }
}

/** @throws Refusal `sampling-list-invalid`: an id that comes twice, or is no line of a list */
function sorted(entries: readonly (readonly [string, string])[]): (readonly [string, string])[] {
  const ids = new Set<string>()
  for (const [id, other] of entries) {
    if (id === '' || ids.has(id) || /[\t\n\r]/.test(id + other)) throw listInvalid(id)
    ids.add(id)
  }
  return entries.toSorted(([a], [b]) => byBytes(a, b))
}

/** By the bytes of UTF-8, never by a language's rules: these differ from machine to machine. */
function byBytes(a: string, b: string): number {
  // Only a surrogate is ordered otherwise by UTF-16 than by UTF-8.
  if (!/[\ud800-\udfff]/.test(a + b)) return a < b ? -1 : a > b ? 1 : 0
  const [x, y] = [utf8ToBytes(a), utf8ToBytes(b)]
  const at = x.findIndex((byte, i) => byte !== y[i])
  return at === -1 ? x.length - y.length : at >= y.length ? 1 : x[at]! - y[at]!
}

const basis = [
  '双随机抽查按 yifa-sampling-v1 进行：名单冻结，各方先承诺后揭示，任何人可据公布的数据重算。',
  'Draws follow yifa-sampling-v1: lists are frozen, parties commit before they reveal, and anybody can repeat it from what is published.',
] as const

function revealMismatch(party: string): Refusal {
  return new Refusal({
    code: 'reveal-mismatch',
    message: [`“${party}”揭示的密数缺失，或与其承诺不符。`, `What “${party}” revealed is missing or is not what it committed to.`],
    basis,
    remedy: ['本次抽取作废并公布；各方重新承诺后再抽。', 'The draw is void, and published as such; all parties commit anew.'],
  })
}

function tooFewParties(): Refusal {
  return new Refusal({
    code: 'too-few-parties',
    message: ['承诺方不足两方。', 'Fewer than two parties have committed.'],
    basis,
    remedy: ['请由抽查机构和司法行政机关等至少两方分别承诺。', 'Have two at least commit, such as the organ and the justice bureau.'],
  })
}

function notEnoughInspectors(object: string): Refusal {
  return new Refusal({
    code: 'not-enough-inspectors',
    message: [
      `检查对象“${object}”没有足够的检查人员（回避后或缺少应参加的部门）。`,
      `There are not enough inspectors for “${object}”, recused ones left out and each organ represented.`,
    ],
    basis,
    remedy: ['请在新的计划中增补检查人员。', 'Add inspectors under a new plan.'],
  })
}

function listInvalid(id: string): Refusal {
  return new Refusal({
    code: 'sampling-list-invalid',
    message: [`名单中的“${id}”为空、重复或含制表符、换行。`, `“${id}” of the list is empty, comes twice, or holds a tab or a line's end.`],
    basis,
    remedy: ['请改正名单后重新冻结。', 'Correct the list and freeze it again.'],
  })
}

function ratioInvalid(riskClass: string): Refusal {
  return new Refusal({
    code: 'ratio-invalid',
    message: [
      `风险类别“${riskClass}”没有抽查比例，或比例不是0至1000的整数。`,
      `Class “${riskClass}” has no share, or one that is no whole number from 0 to 1000.`,
    ],
    basis,
    remedy: ['请写明每一类别的千分比。', 'State the share of each class in thousandths.'],
  })
}
