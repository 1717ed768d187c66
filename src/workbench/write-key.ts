import { useState } from 'react'

/** Keys for the writes of one form: corrected it is another request, sent twice it is the same one. */
export function useWriteKey(): (body: unknown) => string {
  const [key] = useState(() => crypto.randomUUID())
  return (body) => `${key}-${hashOf(body)}`
}

function hashOf(body: unknown): string {
  let hash = 0
  for (const sign of JSON.stringify(body)) hash = (Math.imul(hash, 31) + sign.codePointAt(0)!) >>> 0
  return hash.toString(36)
}
