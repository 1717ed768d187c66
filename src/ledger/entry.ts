import { randomFillSync } from 'node:crypto'
import { canonical } from './canonical.ts'
import { algorithms, digest, digestLength, hashLeaf } from './digest.ts'
import type { Algorithm } from './digest.ts'

/**
 * What the ledger says of one act, without saying what was in it: who may know the payload can check it, who may not learns nothing.
 * Version 1; FORMAT.md §2 is the specification, and the version is the first thing to change when a member does.
 */
export interface Leaf {
  readonly v: 1
  /** The digest of this leaf, of its commitments and of its whole ledger. */
  readonly alg: Algorithm
  /** Six-digit division code, GB/T 2260. */
  readonly region: string
  readonly kind: LeafKind
  /** A case id or a register key. */
  readonly subject: string
  /** 1, 2, 3 … within (kind, subject): for a step of a case, the number of the step. */
  readonly seq: number
  /** The instant of writing, in UTC: `2020-03-02T01:30:00Z`. */
  readonly at: string
  /** H(salt ‖ canonical(open payload)), hex. */
  readonly open: string
  /** H(salt ‖ canonical(personal payload)), hex; null where there is nothing personal. Stays when payload and salt are erased. */
  readonly personal: string | null
  /** Leaf hash of the leaf with seq − 1 of the same kind and subject, hex; null for the first. */
  readonly prev: string | null
}

/** The kinds the format knows by name. Only `erasure` means something to a verifier; another kind is a leaf like any other. */
export type LeafKind = 'step' | 'register' | 'publication' | 'reading' | 'erasure' | (string & {})

/** The open payload of an `erasure` leaf: it names the leaves of its own subject whose personal payload is gone. Further members are free. */
export interface Erasure {
  readonly erases: readonly { readonly kind: LeafKind; readonly seq: number }[]
}

export interface Entry {
  readonly alg: Algorithm
  readonly region: string
  readonly kind: LeafKind
  readonly subject: string
  readonly seq: number
  readonly at: string
  /** Any JSON value but null. */
  readonly open: unknown
  /** Any JSON value; null or absent: nothing personal. */
  readonly personal?: unknown
  readonly prev: Uint8Array | null
}

export interface MadeLeaf {
  readonly leaf: Leaf
  /** Canonical JSON. These characters, in UTF-8, are what is hashed and what must be stored. */
  readonly text: string
  readonly leafHash: Buffer
  readonly saltOpen: Buffer
  /** null where there is nothing personal. */
  readonly saltPersonal: Buffer | null
}

export const saltLength = 16

/**
 * Makes the leaf of one act. A fresh salt for each payload keeps a short one (a name, an identity number) from being found by trying all of them.
 *
 * @param salt  where salts come from; a test gives its own, everything else leaves it alone
 * @throws TypeError when the entry has no form in FORMAT.md: a defect of the caller
 */
export function makeLeaf(entry: Entry, salt: () => Buffer = freshSalt): MadeLeaf {
  const { alg, region, kind, subject, seq, at, open, prev } = entry
  const personal = entry.personal ?? null
  checkEntry(entry)

  const saltOpen = salt()
  const saltPersonal = personal === null ? null : salt()
  const leaf: Leaf = {
    v: 1,
    alg,
    region,
    kind,
    subject,
    seq,
    at,
    open: commitment(alg, saltOpen, open),
    personal: saltPersonal === null ? null : commitment(alg, saltPersonal, personal),
    prev: prev === null ? null : Buffer.from(prev).toString('hex'),
  }
  const text = canonical(leaf)
  return { leaf, text, leafHash: hashLeaf(alg, text), saltOpen, saltPersonal }
}

/** H(salt ‖ canonical(payload)), hex. The salt has a fixed length, so the two parts cannot be shifted into one another. */
export function commitment(alg: Algorithm, salt: Uint8Array, payload: unknown): string {
  if (salt.length !== saltLength) throw new TypeError(`a salt has ${saltLength} bytes, not ${salt.length}`)
  return digest(alg, Buffer.concat([salt, Buffer.from(canonical(payload), 'utf8')])).toString('hex')
}

/** Random bytes ahead for 256 salts: asking the system for each would take longer than everything else a leaf needs. */
const random = Buffer.alloc(256 * saltLength)
let used = random.length

function freshSalt(): Buffer {
  if (used === random.length) {
    randomFillSync(random)
    used = 0
  }
  const salt = Buffer.from(random.subarray(used, used + saltLength))
  // A salt that has been given out is kept nowhere else: erasing it where it is stored must be enough.
  random.fill(0, used, used + saltLength)
  used += saltLength
  return salt
}

function checkEntry({ alg, region, kind, subject, seq, at, open, prev }: Entry): void {
  if (!algorithms.includes(alg)) throw new TypeError(`alg: ${alg} is none of ${algorithms.join(', ')}`)
  if (!/^\d{6}$/.test(region)) throw new TypeError(`region: ${region} is not a six-digit division code`)
  if (!/^[a-z][a-z-]*$/.test(kind)) throw new TypeError(`kind: ${kind} is not a lower-case word`)
  if (subject === '') throw new TypeError('subject: empty')
  if (!Number.isSafeInteger(seq) || seq < 1) throw new TypeError(`seq: ${seq} is not 1, 2, 3 …`)
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(at))
    throw new TypeError(`at: ${at} is not an instant in UTC such as 2020-03-02T01:30:00Z`)
  if (open === null || open === undefined) throw new TypeError('open: null would be indistinguishable from a payload that is gone')
  if ((prev === null) !== (seq === 1)) throw new TypeError(`prev: given exactly when seq is above 1; here seq is ${seq}`)
  if (prev !== null && prev.length !== digestLength) throw new TypeError(`prev: ${prev.length} bytes, not ${digestLength}`)
}
