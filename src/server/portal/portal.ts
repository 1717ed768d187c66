import { followRoutes } from './follow.ts'
import { guideRoutes } from './guides.ts'
import { handInRoutes } from './hand-in.ts'
import { keptPages } from './kept-page.ts'
import multipart from '@fastify/multipart'
import { portalHomeRoutes } from './portal-home.ts'
import { searchRoutes } from './search.ts'
import { sitemapRoutes } from './sitemap.ts'
import { visits } from './visit.ts'
import type { FastifyInstance } from 'fastify'
import type { Services } from '../services.ts'

/** `/portal`: the pages of the public. Open to anybody, and so nothing internal is on them, and of a case only to who has its code. */
export function portalRoutes(app: FastifyInstance, services: Services): void {
  const pages = keptPages()
  portalHomeRoutes(app, services, pages)
  guideRoutes(app, services, pages)
  searchRoutes(app, services)
  sitemapRoutes(app, services)
  app.register(async (forms) => {
    // What a browser sends of a form without a script; only these routes take it.
    forms.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
      done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    )
    await forms.register(multipart, { throwFileSizeLimit: false })
    const visit = visits(services)
    handInRoutes(forms, services, visit)
    followRoutes(forms, services, visit)
  })
}
