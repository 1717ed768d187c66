import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** How long whoever keeps a copy may show it without asking: seconds. Which version of a law is in force can change at midnight. */
const FRESH_SECONDS = 300

interface Kept {
  readonly body: string
  readonly etag: string
}

/** Pages that hold nothing but definitions: made once, and kept while the process runs. */
export interface KeptPages {
  /** @param key names the page, its version and language: never what a reader typed, or there would be no end of them */
  page(key: string, make: () => string | Promise<string>): Promise<Kept>
}

export function keptPages(): KeptPages {
  const kept = new Map<string, Promise<Kept>>()
  return { page: (key, make) => kept.get(key) ?? keep(kept, key, make) }
}

/**
 * Pages of what changes: each kept for a moment, so that many who read the same at once cost one reading. The oldest are given up first, so
 * that a key may hold what a reader chose.
 *
 * @param ms how long a page is kept; what was withdrawn is seen no longer than that
 */
export function passingPages({ most, ms }: { readonly most: number; readonly ms: number }): KeptPages {
  const kept = new Map<string, Promise<Kept>>()
  const madeAt = new Map<string, number>()
  return {
    page(key, make) {
      const known = kept.get(key)
      if (known && performance.now() - madeAt.get(key)! < ms) return known
      kept.delete(key) // so that the new one stands last
      if (kept.size >= most) {
        const [oldest] = kept.keys()
        kept.delete(oldest!)
        madeAt.delete(oldest!)
      }
      madeAt.set(key, performance.now())
      return keep(kept, key, make)
    },
  }
}

/** What takes long to read and changes little: read anew after a while, and again at once where it failed. */
export function readEvery<Value>(ms: number, read: () => Promise<Value>): () => Promise<Value> {
  let kept: { readonly value: Promise<Value>; readonly at: number } | undefined
  return () => {
    if (kept && performance.now() - kept.at < ms) return kept.value
    const value = read()
    kept = { value, at: performance.now() }
    value.catch(() => (kept = undefined))
    return value
  }
}

function keep(kept: Map<string, Promise<Kept>>, key: string, make: () => string | Promise<string>): Promise<Kept> {
  const made = Promise.resolve()
    .then(make)
    .then(squeezed)
    .then((body) => ({ body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"` }))
  kept.set(key, made)
  // What failed once is tried again.
  made.catch(() => kept.delete(key))
  return made
}

/** Without the indentation of our templates, a fifth of a page; nothing kept has text that is set as typed. */
function squeezed(body: string): string {
  return body.replaceAll(/\s*\n\s*/g, '\n')
}

/** Sends a kept page, or that the reader's copy is still right. @param fresh seconds for which copies elsewhere need not ask */
export function sendKept(
  request: FastifyRequest,
  reply: FastifyReply,
  { body, etag }: Kept,
  type = 'text/html',
  fresh = FRESH_SECONDS,
): FastifyReply {
  reply.header('etag', etag)
  // An answer that sets the cookie of a language is one reader's.
  if (!reply.hasHeader('set-cookie')) reply.header('cache-control', `public, max-age=${fresh}`)
  const known = (request.headers['if-none-match'] ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''))
  if (known.includes(etag) || known.includes('*')) return reply.code(304).send()
  return reply.type(`${type}; charset=utf-8`).send(body)
}
