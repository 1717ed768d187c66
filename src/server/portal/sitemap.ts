import { dateIn } from '#engine/day.ts'
import { html, trusted } from '../markup.ts'
import { INDEX_NUMBERS, indexNumber } from '#store/number-series.ts'
import { originOf } from './origin.ts'
import { publishedBetween, publishedYears } from '#store/published.ts'
import { Refusal } from '#engine/refusal.ts'
import { versionAddress, versionShown } from './matters.ts'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Services } from '../services.ts'

/** What machines that list pages may read: the portal, and what proves it. */
const LISTED = ['/portal', '/ledger', '/procedures', '/assets']

/** `/sitemap.xml` and `/robots.txt`: the public's pages, by the address under which this request came. */
export function sitemapRoutes(app: FastifyInstance, services: Services): void {
  const { store, catalogue, now } = services

  app.get('/robots.txt', { config: { open: true } }, async (request, reply) => {
    const origin = originOf(services, request)
    const years = await publishedYears(store, INDEX_NUMBERS)
    const blocks = years.flatMap(({ year, last }) =>
      Array.from({ length: Math.ceil(last / BLOCK) }, (_, block) => `Sitemap: ${origin}/sitemap/${year}-${block + 1}.xml`),
    )
    return reply
      .header('cache-control', 'public, max-age=3600')
      .type('text/plain; charset=utf-8')
      .send(
        [
          'User-agent: *',
          ...LISTED.map((path) => `Allow: ${path}`),
          'Disallow: /portal/search',
          'Disallow: /portal/follow',
          'Disallow: /',
          `Sitemap: ${origin}/sitemap.xml`,
          ...blocks,
          '',
        ].join('\n'),
      )
  })

  app.get('/sitemap.xml', { config: { open: true } }, (request, reply) => {
    const today = dateIn(now())
    const paths = [
      '/portal',
      '/portal/guides',
      '/portal/publications',
      ...catalogue.flatMap((system) => {
        const current = versionShown(system, today)
        return system.definitions.map((definition) => versionAddress(definition, current))
      }),
      '/portal/deadlines',
      '/portal/verify',
      '/portal/accessibility',
      '/portal/data',
      '/portal/reports',
      '/ledger',
    ]
    return sendSitemap(reply, originOf(services, request), paths)
  })

  // A sitemap holds fifty thousand addresses at most, and these are more: each block of index numbers has its own, which never moves.
  app.get<{ Params: { file: string } }>('/sitemap/:file', { config: { open: true } }, async (request, reply) => {
    const [, year, block] = /^(\d{4})-(\d{1,4})\.xml$/.exec(request.params.file) ?? []
    if (year === undefined || Number(block) < 1) throw noSuchSitemap(request.params.file)
    const at = (serial: number): string => indexNumber(store.region, Number(year), serial)
    const indexes = await publishedBetween(store, at((Number(block) - 1) * BLOCK + 1), at(Number(block) * BLOCK))
    return sendSitemap(
      reply,
      originOf(services, request),
      indexes.map((index) => `/portal/publications/${index}`),
    )
  })
}

/** Index numbers of one sitemap. */
const BLOCK = 10_000

function sendSitemap(reply: FastifyReply, origin: string, paths: readonly string[]): FastifyReply {
  const body = html`${trusted('<?xml version="1.0" encoding="UTF-8"?>\n')}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
      ${paths.map((path) => html`<url><loc>${origin}${path}</loc></url> `)}
    </urlset> `
  return reply.header('cache-control', 'public, max-age=3600').type('application/xml; charset=utf-8').send(String(body))
}

function noSuchSitemap(file: string): Refusal {
  return new Refusal({
    code: 'sitemap.unknown',
    message: [`没有站点地图“${file}”。`, `There is no sitemap “${file}”.`],
    basis: ['站点地图列在 /robots.txt 中。', 'The sitemaps are listed in /robots.txt.'],
    remedy: ['请从 /robots.txt 进入。', 'Start from /robots.txt.'],
  })
}
