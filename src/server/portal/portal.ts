import { accessibilityRoutes } from './accessibility.ts'
import { deadlineRoutes } from './deadlines.ts'
import { followRoutes } from './follow.ts'
import { guideRoutes } from './guides.ts'
import { handInRoutes } from './hand-in.ts'
import { keptPages } from './kept-page.ts'
import multipart from '@fastify/multipart'
import { portalHomeRoutes } from './portal-home.ts'
import { openDataRoutes } from './open-data.ts'
import { publicationRoutes } from './publications.ts'
import { publishedReportRoutes } from './reports.ts'
import { searchRoutes } from './search.ts'
import { sitemapRoutes } from './sitemap.ts'
import { verifyRoutes } from './verify.ts'
import { visits } from './visit.ts'
import type { FastifyInstance } from 'fastify'
import type { Services } from '../services.ts'

/** `/portal`: the pages of the public. Open to anybody: nothing internal is on them, and of a case what is public, or what who has its code may read. */
export async function portalRoutes(app: FastifyInstance, services: Services): Promise<void> {
  const pages = keptPages()
  portalHomeRoutes(app, services, pages)
  guideRoutes(app, services, pages)
  publicationRoutes(app, services)
  searchRoutes(app, services)
  deadlineRoutes(app, services)
  accessibilityRoutes(app)
  openDataRoutes(app, services)
  publishedReportRoutes(app, services)
  await verifyRoutes(app, services)
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
