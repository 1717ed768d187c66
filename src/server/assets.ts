import { createHash } from 'node:crypto'
import { documentCss } from '#documents/html.ts'
import { readFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'

/** A chart that stands alone as an image brings these two along; a page has them in its sheet. */
export const chartCss = `${read('colours.css')}${read('flow-chart.css')}`

const css = {
  style: `${read('colours.css')}${read('style.css')}${read('flow-chart.css')}`,
  document: documentCss,
}

/** The address of a style sheet; it changes with its content, so that browsers may keep it for good. */
export const styleHref = {
  style: hrefOf('style'),
  document: hrefOf('document'),
}

/** Without comments and indentation: a page and its style together must be light. */
function read(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8')
    .replaceAll(/\/\*.*?\*\//gs, '')
    .replaceAll(/\n\s*/g, '\n')
}

function hrefOf(name: keyof typeof css): string {
  return `/assets/${name}.${createHash('sha256').update(css[name]).digest('hex').slice(0, 16)}.css`
}

export function assetRoutes(app: FastifyInstance): void {
  for (const name of Object.keys(css) as (keyof typeof css)[]) {
    app.get(styleHref[name], { config: { open: true } }, (_, reply) =>
      reply.header('cache-control', 'public, max-age=31536000, immutable').type('text/css; charset=utf-8').send(css[name]),
    )
  }
  app.get('/favicon.ico', { config: { open: true } }, (_, reply) => reply.header('cache-control', 'public, max-age=86400').code(204).send())
}
