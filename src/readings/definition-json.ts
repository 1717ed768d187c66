import { createHash } from 'node:crypto'
import { canonical } from '#ledger/canonical.ts'
import type { Definition } from '#engine/definition.ts'

/** A definition as JSON: the literal, its documents, and of its guards what they need, cite and say. Functions are named, not printed. */
export function definitionJson({ parts, ...literal }: Definition): Record<string, unknown> {
  const guards = Object.fromEntries(Object.entries(parts.guards).map(([code, { refuses: _refuses, ...said }]) => [code, said]))
  return { ...literal, guards, derivedFacts: Object.keys(parts.facts), documents: parts.documents }
}

const hashes = new WeakMap<Definition, string>()

/**
 * SHA-256 of the canonical JSON: what a case carries of the definition it began under. The guide is not in it: a word to the public that is
 * put better changes no running case.
 */
export function definitionHash(definition: Definition): string {
  let hash = hashes.get(definition)
  if (hash === undefined) {
    hash = createHash('sha256')
      .update(canonical(JSON.parse(JSON.stringify({ ...definitionJson(definition), guide: undefined }))))
      .digest('hex')
    hashes.set(definition, hash)
  }
  return hash
}
