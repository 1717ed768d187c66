/**
 * The check of a receipt in a browser: a code path of its own on Web Crypto, written from src/ledger/FORMAT.md and sharing nothing with what writes
 * the ledger or with the verifier for Node. It imports nothing, so that it can be carried away in one page. Ed25519 with SHA-256 only: browsers
 * have neither SM2 nor SM3, and then it says so instead of judging.
 */

export interface ReceiptProblem {
  /** As the verifier for Node names it, and `unreadable` or `not-for-browsers`. */
  readonly problem: string
  readonly zh: string
  readonly en: string
}

export interface ReceiptChecked {
  readonly ok: boolean
  readonly region?: string
  readonly seq?: number
  /** When the act was written, and when it was sealed: instants in UTC. */
  readonly at?: string
  readonly sealedAt?: string
  readonly index?: number
  readonly size?: number
  /** Leaf hash, hex. */
  readonly leafHash?: string
  readonly problems: readonly ReceiptProblem[]
}

const { subtle } = globalThis.crypto

/**
 * @param text the receipt as it was handed out, JSON
 * @param publicKey PEM (SPKI), best from print
 */
export async function verifyReceiptText(text: string, publicKey: string): Promise<ReceiptChecked> {
  let receipt: any
  try {
    receipt = JSON.parse(text)
  } catch {
    receipt = null
  }
  if (receipt === null || typeof receipt !== 'object' || typeof receipt.leaf !== 'string' || typeof receipt.checkpoint !== 'string')
    return wrong(
      'unreadable',
      '这不是回执：应为含 leaf、proof、checkpoint 的 JSON',
      'this is no receipt: JSON with leaf, proof, checkpoint',
    )
  const problems: ReceiptProblem[] = []
  const add = (problem: string, zh: string, en: string): void => {
    problems.push({ problem, zh, en })
  }

  const leaf = readLeaf(receipt.leaf)
  const checkpoint = readCheckpoint(receipt.checkpoint)
  if (leaf?.alg === 'sm3' || checkpoint?.alg === 'sm3')
    return wrong(
      'not-for-browsers',
      '该账本使用国密 SM3、SM2，浏览器无法核验；请用 yifa ledger verify 或 src/ledger/verify.ts',
      'this ledger uses SM3 and SM2, which browsers do not have: use src/ledger/verify.ts with Node',
    )
  const key = await readKey(publicKey)
  if (key === null) return wrong('unreadable', '公钥无法识别：应为 Ed25519 的 PEM', 'the public key cannot be read: PEM of Ed25519')

  if (leaf === null) add('malformed-leaf', '账本此页格式不符', 'the leaf is malformed')
  if (checkpoint === null) add('rewritten-checkpoint', '检查点文本格式不符', 'the checkpoint is malformed')
  else {
    const signature = await judgeSignature(checkpoint, key)
    if (signature === 'bad') add('bad-signature', '检查点签名与内容不符', 'the signature of the checkpoint does not fit its text')
    if (signature === 'unknown') add('bad-signature', '检查点由另一密钥签名', 'the checkpoint is signed with another key')
  }
  const leafHash = await sha256(join([Uint8Array.of(0), utf8(receipt.leaf)]))
  if (leaf && checkpoint) {
    const path = Array.isArray(receipt.proof) ? receipt.proof.map((node: unknown) => fromBase64(`${node}`)) : [null]
    const root = path.includes(null) ? null : await rootFromPath(leafHash, receipt.index, checkpoint.size, path)
    if (leaf.region !== checkpoint.region || root === null || toBase64(root) !== checkpoint.root)
      add('not-included', '包含证明不成立：此页不在该检查点之下', 'the proof fails: the leaf is not under this checkpoint')
  }
  if (leaf) {
    if (!(await isCommitted(leaf.open, receipt.saltOpen, receipt.openPayload)))
      add('changed-value', '公开部分与账本不符，已被改动', 'its open values are not those in the ledger')
    if (receipt.personalPayload != null && !(await isCommitted(leaf.personal, receipt.saltPersonal, receipt.personalPayload)))
      add('changed-value', '个人信息部分与账本不符，已被改动', 'its personal values are not those in the ledger')
  }
  return {
    ok: problems.length === 0,
    problems,
    ...(leaf ? { region: leaf.region, seq: leaf.seq, at: leaf.at, index: receipt.index as number, leafHash: toHex(leafHash) } : {}),
    ...(checkpoint ? { sealedAt: checkpoint.at, size: checkpoint.size } : {}),
  }
}

/** SHA-256 of a file, hex. */
export async function digestOf(bytes: Uint8Array): Promise<string> {
  return toHex(await sha256(bytes))
}

function wrong(problem: string, zh: string, en: string): ReceiptChecked {
  return { ok: false, problems: [{ problem, zh, en }] }
}

// ── Leaves and what they commit to (FORMAT.md §1, §2) ────────────────────────────────────────────────────────────────

function readLeaf(text: string): any {
  let leaf: any
  try {
    leaf = JSON.parse(text)
  } catch {
    return null
  }
  const members = 'alg,at,kind,open,personal,prev,region,seq,subject,v'
  const isHex = (value: unknown): boolean => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
  const well =
    leaf !== null &&
    typeof leaf === 'object' &&
    Object.keys(leaf).join() === members &&
    leaf.v === 1 &&
    /^(sha256|sm3)$/.test(leaf.alg) &&
    /^\d{6}$/.test(leaf.region) &&
    /^[a-z][a-z-]*$/.test(leaf.kind) &&
    typeof leaf.subject === 'string' &&
    Number.isSafeInteger(leaf.seq) &&
    leaf.seq > 0 &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(leaf.at) &&
    isHex(leaf.open) &&
    (leaf.personal === null || isHex(leaf.personal)) &&
    (leaf.prev === null || isHex(leaf.prev))
  return well && canonical(leaf) === text ? leaf : null
}

async function isCommitted(commitment: string | null, salt: unknown, payload: unknown): Promise<boolean> {
  if (typeof salt !== 'string' || !/^[0-9a-f]{32}$/i.test(salt) || payload == null) return false
  const bytes = Uint8Array.from(salt.match(/../g)!, (pair) => parseInt(pair, 16))
  try {
    return toHex(await sha256(join([bytes, utf8(canonical(payload))]))) === commitment
  } catch {
    return false
  }
}

/** RFC 8785. What JSON.parse gives has no other values; its numbers and strings JSON.stringify already writes as that RFC wants. */
function canonical(value: any): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') {
    if (typeof value === 'string' && !value.isWellFormed()) throw new TypeError('lone surrogate')
    return JSON.stringify(value)
  }
  const members = Object.keys(value).sort()
  return `{${members.map((name) => `${canonical(name)}:${canonical(value[name])}`).join(',')}}`
}

// ── Tree (FORMAT.md §3; RFC 9162 §2.1.3.2) ───────────────────────────────────────────────────────────────────────────

async function rootFromPath(leafHash: Uint8Array, index: unknown, size: number, path: readonly Uint8Array[]): Promise<Uint8Array | null> {
  if (!Number.isSafeInteger(index) || (index as number) < 0 || (index as number) >= size) return null
  let node = index as number
  let last = size - 1
  let root = leafHash
  for (const beside of path) {
    if (last === 0 || beside.length !== 32) return null
    if (node % 2 === 1 || node === last) {
      root = await hashPair(beside, root)
      while (node % 2 === 0 && node !== 0) {
        node /= 2
        last = Math.floor(last / 2)
      }
    } else root = await hashPair(root, beside)
    node = Math.floor(node / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 ? root : null
}

function hashPair(left: Uint8Array, right: Uint8Array): Promise<Uint8Array> {
  return sha256(join([Uint8Array.of(1), left, right]))
}

// ── Checkpoints (FORMAT.md §4) ───────────────────────────────────────────────────────────────────────────────────────

interface CheckpointText {
  readonly region: string
  readonly name: string
  readonly size: number
  readonly root: string
  readonly at: string
  readonly alg: string
  readonly signed: Uint8Array
  readonly lines: readonly string[]
}

function readCheckpoint(text: string): CheckpointText | null {
  const [, body, name, region, size, root, at, alg, lines] =
    /^((yifa\/(\d{6}))\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\nat (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z)\nprevious (?:-|[A-Za-z0-9+/]{43}=)\nalg (sha256|sm3)\n)\n((?:— .+\n)+)$/.exec(
      text,
    ) ?? []
  if (body === undefined) return null
  return {
    region: region!,
    name: name!,
    size: Number(size),
    root: root!,
    at: at!,
    alg: alg!,
    signed: utf8(body),
    lines: lines!.trimEnd().split('\n'),
  }
}

interface Key {
  readonly raw: Uint8Array
  readonly verify: (message: Uint8Array, signature: Uint8Array) => Promise<boolean>
}

async function readKey(pem: string): Promise<Key | null> {
  const der = fromBase64(pem.replace(/-----[A-Z ]+-----/g, '').replace(/\s/g, ''))
  if (der === null || der.length !== 44) return null
  try {
    const key = await subtle.importKey('spki', der as Uint8Array<ArrayBuffer>, { name: 'Ed25519' }, false, ['verify'])
    return {
      raw: der.subarray(12),
      verify: (message, signature) =>
        subtle.verify('Ed25519', key, signature as Uint8Array<ArrayBuffer>, message as Uint8Array<ArrayBuffer>),
    }
  } catch {
    // Not a key of that kind, or a browser too old to know it: either way this check cannot judge.
    return null
  }
}

async function judgeSignature({ name, signed, lines }: CheckpointText, key: Key): Promise<'good' | 'bad' | 'unknown'> {
  const keyId = (await sha256(join([utf8(`${name}\n`), Uint8Array.of(1), key.raw]))).subarray(0, 4)
  let judged: 'bad' | 'unknown' = 'unknown'
  for (const line of lines) {
    const bytes = line.startsWith(`— ${name} `) ? fromBase64(line.slice(name.length + 3)) : null
    if (bytes === null || bytes.length !== 68 || toHex(bytes.subarray(0, 4)) !== toHex(keyId)) continue
    if (await key.verify(signed, bytes.subarray(4))) return 'good'
    judged = 'bad'
  }
  return judged
}

// ── Bytes ────────────────────────────────────────────────────────────────────────────────────────────────────────────

async function sha256(bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>))
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}

/** `null` for what is no base64, or base64 that is written otherwise than it must be. */
function fromBase64(text: string): Uint8Array | null {
  try {
    const bytes = Uint8Array.from(atob(text), (unit) => unit.charCodeAt(0))
    return toBase64(bytes) === text ? bytes : null
  } catch {
    return null
  }
}
