import { existsSync, readFileSync } from 'node:fs'
import fastifyStatic from '@fastify/static'
import path from 'node:path'
import { randomBytes } from 'node:crypto'
import { Refusal } from '#engine/refusal.ts'
import type { FastifyInstance, FastifyReply } from 'fastify'

const BUILT = path.join(import.meta.dirname, '..', '..', 'build', 'workbench')

/** `/workbench`: the staff application, built by `tools/build-workbench.mjs`. Open to anybody: it holds nothing, and asks the API for all it shows. */
export function workbenchRoutes(app: FastifyInstance): void {
  app.register(async (scope) => {
    scope.addHook('onRoute', (route) => {
      route.config = { ...route.config, open: true }
    })
    await scope.register(fastifyStatic, {
      root: path.join(BUILT, 'assets'),
      prefix: '/workbench/assets/',
      decorateReply: false,
      preCompressed: true,
      immutable: true,
      maxAge: '365d',
      setHeaders: (reply) => reply.header('cache-control', 'public, max-age=31536000, immutable'),
    })
    // Every other address below is a page of the application: it finds its own way.
    scope.get('/workbench', (_, reply) => page(reply))
    scope.get('/workbench/*', (_, reply) => page(reply))
  })
}

/** The one document, with a nonce for the styles that its components make. */
function page(reply: FastifyReply): FastifyReply {
  const file = path.join(BUILT, 'index.html')
  if (!existsSync(file)) throw notBuilt()
  const nonce = randomBytes(16).toString('base64')
  return reply
    .header(
      'content-security-policy',
      `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; frame-src 'self' blob:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    )
    .type('text/html; charset=utf-8')
    .send(readFileSync(file, 'utf8').replace('__NONCE__', nonce))
}

function notBuilt(): Refusal {
  return new Refusal({
    code: 'workbench.not-built',
    message: ['工作台尚未构建。', 'The workbench has not been built.'],
    basis: ['工作台由源码构建为静态文件。', 'It is built from its sources into static files.'],
    remedy: ['请运行 node tools/setup.mjs。', 'Run node tools/setup.mjs.'],
  })
}
