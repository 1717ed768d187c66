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
  return {
    page(key, make) {
      const known = kept.get(key)
      if (known) return known
      const made = Promise.resolve()
        .then(make)
        .then(squeezed)
        .then((body) => ({ body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"` }))
      kept.set(key, made)
      // What failed once is tried again.
      made.catch(() => kept.delete(key))
      return made
    },
  }
}

/** Without the indentation of our templates, a fifth of a page; nothing kept has text that is set as typed. */
function squeezed(body: string): string {
  return body.replaceAll(/\s*\n\s*/g, '\n')
}

/** Sends a kept page, or that the reader's copy is still right. */
export function sendKept(request: FastifyRequest, reply: FastifyReply, { body, etag }: Kept, type = 'text/html'): FastifyReply {
  reply.header('etag', etag)
  // An answer that sets the cookie of a language is one reader's.
  if (!reply.hasHeader('set-cookie')) reply.header('cache-control', `public, max-age=${FRESH_SECONDS}`)
  const known = (request.headers['if-none-match'] ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''))
  if (known.includes(etag) || known.includes('*')) return reply.code(304).send()
  return reply.type(`${type}; charset=utf-8`).send(body)
}
