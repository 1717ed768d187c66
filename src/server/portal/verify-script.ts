import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import type { FastifyInstance } from 'fastify'

/** The check that runs in the browser: two sources without their types, one after the other, so that it can also stand inside a saved page. */
export const verifyScript = ['verify-receipt.ts', 'verify-page.ts'].map(plain).join('\n')

/** Its address changes with its content. */
export const verifyScriptHref = `/assets/verify.${createHash('sha256').update(verifyScript).digest('hex').slice(0, 16)}.js`

export function verifyScriptRoutes(app: FastifyInstance): void {
  app.get(verifyScriptHref, { config: { open: true } }, (_, reply) =>
    reply.header('cache-control', 'public, max-age=31536000, immutable').type('text/javascript; charset=utf-8').send(verifyScript),
  )
}

function plain(name: string): string {
  const source = readFileSync(new URL(`../../portal-verify/${name}`, import.meta.url), 'utf8')
  return stripTypeScriptTypes(source)
    .replaceAll(/^import .*$/gm, '')
    .replaceAll(/^export /gm, '')
    .replaceAll(/[ \t]+$/gm, '')
}
