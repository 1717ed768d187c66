import { deadlineRoutes } from './deadlines.ts'
import { guideRoutes } from './guides.ts'
import { keptPages } from './kept-page.ts'
import { portalHomeRoutes } from './portal-home.ts'
import { openDataRoutes } from './open-data.ts'
import { publicationRoutes } from './publications.ts'
import { publishedReportRoutes } from './reports.ts'
import { searchRoutes } from './search.ts'
import { sitemapRoutes } from './sitemap.ts'
import { verifyRoutes } from './verify.ts'
import type { FastifyInstance } from 'fastify'
import type { Services } from '../services.ts'

/** `/portal`: the pages of the public. Open to anybody, and so nothing of a case that is not marked public and nothing internal is on them. */
export async function portalRoutes(app: FastifyInstance, services: Services): Promise<void> {
  const pages = keptPages()
  portalHomeRoutes(app, services, pages)
  guideRoutes(app, services, pages)
  publicationRoutes(app, services)
  searchRoutes(app, services)
  deadlineRoutes(app, services)
  openDataRoutes(app, services)
  publishedReportRoutes(app, services)
  await verifyRoutes(app, services)
  sitemapRoutes(app, services)
}
