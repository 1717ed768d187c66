import type { Algorithm } from './digest.ts'

/** How checkpoints are signed. */
export type Signature = 'ed25519' | 'sm2'

/** What a ledger is made with, from its first leaf to its last. */
export interface LedgerAlgorithms {
  readonly digest: Algorithm
  readonly signature: Signature
}

/** The choices that a place has at its birth. */
export const algorithmsNamed = {
  'sha256-ed25519': { digest: 'sha256', signature: 'ed25519' },
  'sm3-sm2': { digest: 'sm3', signature: 'sm2' },
} as const satisfies Readonly<Record<string, LedgerAlgorithms>>

export type AlgorithmsName = keyof typeof algorithmsNamed

/** What a place has that chose nothing, and had before there was a choice. */
export const USUAL: AlgorithmsName = 'sha256-ed25519'

export function isAlgorithmsName(text: string): text is AlgorithmsName {
  return Object.hasOwn(algorithmsNamed, text)
}
