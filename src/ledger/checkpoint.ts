import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { Signature } from './algorithms.ts'
import { algorithms, digest, digestLength } from './digest.ts'
import type { Algorithm } from './digest.ts'
import { sm2Check } from './verify-sm2.ts'

/** What a region says of its whole ledger at one moment, and signs. */
export interface Checkpoint {
  /** `yifa/<region>`; also the name in the signature line. */
  readonly origin: string
  readonly size: number
  /** Base64. */
  readonly root: string
  /** The instant of sealing, in UTC. */
  readonly at: string
  /** {@link checkpointHash} of the checkpoint before this one; null for the first. */
  readonly previous: string | null
  readonly alg: Algorithm
}

/** Signs the body of a checkpoint: with Ed25519 below, with SM2 in sm2-signer.ts. */
export interface Signer {
  readonly alg: Signature
  /** Four bytes that tell a reader which key to try; depends on the name in the signature line, as C2SP signed-note has it. */
  keyId(name: string): Buffer
  sign(bytes: Uint8Array): Buffer
}

/** The public half of a {@link Signer}. */
export interface Verifier {
  readonly alg: Signature
  keyId(name: string): Buffer
  verify(bytes: Uint8Array, signature: Uint8Array): boolean
}

export type Opened =
  | { readonly checkpoint: Checkpoint; readonly hash: string }
  | { readonly reason: 'malformed' | 'unknown-key' | 'bad-signature'; readonly zh: string; readonly en: string }

/**
 * The checkpoint as signed note (C2SP tlog-checkpoint), e.g.
 *
 *     yifa/341302
 *     250000
 *     CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
 *     at 2021-01-04T00:30:00Z
 *     previous 9jw7…=
 *     alg sha256
 *
 *     — yifa/341302 Az3grl…
 *
 * @throws TypeError when the checkpoint has no such form
 */
export function signCheckpoint(checkpoint: Checkpoint, signer: Signer): string {
  const body = checkpointBody(checkpoint)
  if (readBody(body) === null) throw new TypeError(`not a checkpoint: ${JSON.stringify(checkpoint)}`)
  const signature = Buffer.concat([signer.keyId(checkpoint.origin), signer.sign(Buffer.from(body, 'utf8'))])
  return `${body}\n— ${checkpoint.origin} ${signature.toString('base64')}\n`
}

/**
 * Reads a checkpoint that `verifier` has signed. Signature lines of others (witnesses) are allowed beside it and not judged.
 *
 * @returns the checkpoint and its hash, to be the next one's `previous`; or the reason why it is none
 */
export function openCheckpoint(text: string, verifier: Verifier): Opened {
  const malformed: Opened = { reason: 'malformed', zh: '检查点文本格式不符', en: 'the text is not a checkpoint' }
  const end = text.indexOf('\n\n')
  if (end < 0) return malformed
  const body = text.slice(0, end + 1)
  const checkpoint = readBody(body)
  if (checkpoint === null || !text.endsWith('\n')) return malformed

  let knewKey = false
  for (const line of text.slice(end + 2, -1).split('\n')) {
    const [, name, encoded] = /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/.exec(line) ?? []
    if (name === undefined || encoded === undefined) return malformed
    const bytes = Buffer.from(encoded, 'base64')
    if (name !== checkpoint.origin || !bytes.subarray(0, 4).equals(verifier.keyId(name))) continue
    knewKey = true
    if (verifier.verify(Buffer.from(body, 'utf8'), bytes.subarray(4))) return { checkpoint, hash: hashBody(checkpoint.alg, body) }
  }
  return knewKey
    ? { reason: 'bad-signature', zh: '签名与内容不符', en: 'the signature does not fit the text' }
    : { reason: 'unknown-key', zh: '不是由该公钥对应的密钥签名', en: 'it is not signed by this key' }
}

/**
 * The digest, in base64, of the signed lines of a checkpoint without its signatures: a witness may sign later without breaking the chain.
 *
 * @throws TypeError when the text is not a checkpoint
 */
export function checkpointHash(text: string): string {
  const body = text.slice(0, text.indexOf('\n\n') + 1)
  const checkpoint = readBody(body)
  if (checkpoint === null) throw new TypeError('not a checkpoint')
  return hashBody(checkpoint.alg, body)
}

/** The lines that are signed, each with its line end. */
export function checkpointBody({ origin, size, root, at, previous, alg }: Checkpoint): string {
  return `${origin}\n${size}\n${root}\nat ${at}\nprevious ${previous ?? '-'}\nalg ${alg}\n`
}

function readBody(body: string): Checkpoint | null {
  const lines =
    /^(yifa\/\d{6})\n(0|[1-9]\d{0,15})\n(\S+)\nat (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z)\nprevious (\S+)\nalg (\S+)\n$/.exec(body)
  if (!lines) return null
  const [, origin, size, root, at, previous, alg] = lines as unknown as [string, string, string, string, string, string, Algorithm]
  if (!algorithms.includes(alg) || !isDigest(root) || !(previous === '-' || isDigest(previous))) return null
  if (!Number.isSafeInteger(Number(size))) return null
  return { origin, size: Number(size), root, at, previous: previous === '-' ? null : previous, alg }
}

function isDigest(base64: string): boolean {
  const bytes = Buffer.from(base64, 'base64')
  return bytes.length === digestLength && bytes.toString('base64') === base64
}

function hashBody(alg: Algorithm, body: string): string {
  return digest(alg, Buffer.from(body, 'utf8')).toString('base64')
}

/** A new pair as PEM: PKCS#8 and SPKI. The private one belongs in a file that only Yifa's own account can read. */
export function generateKeys(signature: Signature = 'ed25519'): { privateKey: string; publicKey: string } {
  const privateKeyEncoding = { type: 'pkcs8', format: 'pem' } as const
  const publicKeyEncoding = { type: 'spki', format: 'pem' } as const
  return signature === 'ed25519'
    ? generateKeyPairSync('ed25519', { privateKeyEncoding, publicKeyEncoding })
    : generateKeyPairSync('ec', { namedCurve: 'SM2', privateKeyEncoding, publicKeyEncoding })
}

export function ed25519Signer(privateKey: string | KeyObject): Signer {
  const key = typeof privateKey === 'string' ? createPrivateKey(privateKey) : privateKey
  const { alg, keyId } = noteKey(createPublicKey(key))
  if (alg !== 'ed25519') throw new TypeError(`${alg} is not an Ed25519 key`)
  return { alg, keyId, sign: (bytes) => sign(null, bytes, key) }
}

/** What opens the checkpoints that the key has signed, whichever of the two kinds it is. */
export function verifierOf(publicKey: string | KeyObject): Verifier {
  const key = typeof publicKey === 'string' ? createPublicKey(publicKey) : publicKey
  const { alg, keyId, raw } = noteKey(key)
  const holds: Verifier['verify'] = alg === 'sm2' ? sm2Check(raw) : (bytes, signature) => verify(null, bytes, key, signature)
  return { alg, keyId, verify: (bytes, signature) => signature.length === 64 && holds(bytes, signature) }
}

/** The public key in one line, for print: `yifa/341302+a1b2c3d4+AX…`, the verifier key of C2SP signed-note. */
export function printedKey(name: string, publicKey: string | KeyObject): string {
  const { keyId, typed } = noteKey(typeof publicKey === 'string' ? createPublicKey(publicKey) : publicKey)
  return `${name}+${keyId(name).toString('hex')}+${typed.toString('base64')}`
}

/** A public key as signed notes have it (FORMAT.md §4). */
export interface NoteKey {
  readonly alg: Signature
  /** Ed25519: 32 bytes; SM2: the uncompressed point, 65. */
  readonly raw: Buffer
  /** `raw` behind what says of which type it is. */
  readonly typed: Buffer
  keyId(name: string): Buffer
}

/** What a public key in DER (SPKI) begins with, the type by which a note calls it, and the digest of the key id. */
const noteTypes = [
  // RFC 8410. The type and the digest are C2SP signed-note's, so that its tools open our checkpoints.
  { alg: 'ed25519', der: '302a300506032b6570032100', length: 32, type: Buffer.of(0x01), idDigest: 'sha256' },
  // RFC 5480 with the curve 1.2.156.10197.1.301. signed-note leaves 0xff and a name to whoever has a type of his own.
  {
    alg: 'sm2',
    der: '3059301306072a8648ce3d020106082a811ccf5501822d034200',
    length: 65,
    type: Buffer.from('\xffsm2', 'latin1'),
    idDigest: 'sm3',
  },
] as const

/** @throws TypeError when it is neither an Ed25519 nor an SM2 key */
export function noteKey(publicKey: KeyObject): NoteKey {
  const der = publicKey.export({ type: 'spki', format: 'der' })
  const known = noteTypes.find((one) => der.subarray(0, -one.length).toString('hex') === one.der)
  if (!known) throw new TypeError(`${publicKey.asymmetricKeyType} is neither an Ed25519 nor an SM2 key`)
  const raw = der.subarray(-known.length)
  const typed = Buffer.concat([known.type, raw])
  return {
    alg: known.alg,
    raw,
    typed,
    keyId: (name) => digest(known.idDigest, Buffer.concat([Buffer.from(`${name}\n`, 'utf8'), typed])).subarray(0, 4),
  }
}
