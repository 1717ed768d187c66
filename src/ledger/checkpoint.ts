import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { algorithms, digest, digestLength } from './digest.ts'
import type { Algorithm } from './digest.ts'

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

/**
 * Signs the body of a checkpoint. Ed25519 is below; SM2 is a second object of this shape, made where an SM2 library is at hand
 * (node:crypto's own SM2 signs wrongly), with `keyId` as FORMAT.md §4 says for it.
 */
export interface Signer {
  readonly alg: string
  /** Four bytes that tell a reader which key to try; depends on the name in the signature line, as C2SP signed-note has it. */
  keyId(name: string): Buffer
  sign(bytes: Uint8Array): Buffer
}

/** The public half of a {@link Signer}. */
export interface Verifier {
  readonly alg: string
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

/** A new Ed25519 pair as PEM. The private one belongs in a file that only Yifa's own account can read. */
export function generateKeys(): { privateKey: string; publicKey: string } {
  return generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
}

export function ed25519Signer(privateKey: string | KeyObject): Signer {
  const key = typeof privateKey === 'string' ? createPrivateKey(privateKey) : privateKey
  const rawPublic = rawEd25519(createPublicKey(key))
  return { alg: 'ed25519', keyId: (name) => ed25519KeyId(name, rawPublic), sign: (bytes) => sign(null, bytes, key) }
}

export function ed25519Verifier(publicKey: string | KeyObject): Verifier {
  const key = typeof publicKey === 'string' ? createPublicKey(publicKey) : publicKey
  const rawPublic = rawEd25519(key)
  return {
    alg: 'ed25519',
    keyId: (name) => ed25519KeyId(name, rawPublic),
    verify: (bytes, signature) => signature.length === 64 && verify(null, bytes, key, signature),
  }
}

/** The public key in one line, for print: `yifa/341302+a1b2c3d4+AX…`, the verifier key of C2SP signed-note. */
export function printedKey(name: string, publicKey: string | KeyObject): string {
  const rawPublic = rawEd25519(typeof publicKey === 'string' ? createPublicKey(publicKey) : publicKey)
  return `${name}+${ed25519KeyId(name, rawPublic).toString('hex')}+${Buffer.concat([Buffer.from([0x01]), rawPublic]).toString('base64')}`
}

/** First four bytes of SHA-256(name ‖ LF ‖ 0x01 ‖ public key): C2SP signed-note's, so that its tools open our checkpoints. */
function ed25519KeyId(name: string, rawPublic: Buffer): Buffer {
  return createHash('sha256')
    .update(`${name}\n`)
    .update(Buffer.from([0x01]))
    .update(rawPublic)
    .digest()
    .subarray(0, 4)
}

/** The 32 bytes of the key itself, which end its DER form (RFC 8410). */
function rawEd25519(publicKey: KeyObject): Buffer {
  if (publicKey.asymmetricKeyType !== 'ed25519') throw new TypeError(`${publicKey.asymmetricKeyType} is not an Ed25519 key`)
  return publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)
}
