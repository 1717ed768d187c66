import { dateIn } from '#engine/day.ts'
import { html, trusted } from '../markup.ts'
import { versionAddress, versionShown } from './matters.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Services } from '../services.ts'

/** What machines that list pages may read: the portal, and what proves it. */
const LISTED = ['/portal', '/ledger', '/procedures', '/assets']

/** `/sitemap.xml` and `/robots.txt`: the public's pages, by the address under which this request came. */
export function sitemapRoutes(app: FastifyInstance, { catalogue, accounts, now }: Services): void {
  const originOf = ({ protocol, host }: FastifyRequest): string => accounts?.origin ?? `${protocol}://${host}`

  app.get('/robots.txt', { config: { open: true } }, (request, reply) =>
    reply
      .header('cache-control', 'public, max-age=3600')
      .type('text/plain; charset=utf-8')
      .send(
        [
          'User-agent: *',
          ...LISTED.map((path) => `Allow: ${path}`),
          'Disallow: /portal/search',
          'Disallow: /',
          `Sitemap: ${originOf(request)}/sitemap.xml`,
          '',
        ].join('\n'),
      ),
  )

  app.get('/sitemap.xml', { config: { open: true } }, (request, reply) => {
    const today = dateIn(now())
    const paths = [
      '/portal',
      '/portal/guides',
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
    const origin = originOf(request)
    const body = html`${trusted('<?xml version="1.0" encoding="UTF-8"?>\n')}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
        ${paths.map((path) => html`<url><loc>${origin}${path}</loc></url> `)}
      </urlset> `
    return reply.header('cache-control', 'public, max-age=3600').type('application/xml; charset=utf-8').send(String(body))
  })
}
