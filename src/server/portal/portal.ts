import { accessibilityRoutes } from './accessibility.ts'
import { deadlineRoutes } from './deadlines.ts'
import { guideRoutes } from './guides.ts'
import { keptPages } from './kept-page.ts'
import { portalHomeRoutes } from './portal-home.ts'
import { openDataRoutes } from './open-data.ts'
import { publishedReportRoutes } from './reports.ts'
import { searchRoutes } from './search.ts'
import { sitemapRoutes } from './sitemap.ts'
import { verifyRoutes } from './verify.ts'
import type { FastifyInstance } from 'fastify'
import type { Services } from '../services.ts'

/** `/portal`: the pages of the public. Open to anybody, and so nothing of a case and nothing internal is on them. */
export async function portalRoutes(app: FastifyInstance, services: Services): Promise<void> {
  const pages = keptPages()
  portalHomeRoutes(app, services, pages)
  guideRoutes(app, services, pages)
  searchRoutes(app, services)
  deadlineRoutes(app, services)
  accessibilityRoutes(app)
  openDataRoutes(app, services)
  publishedReportRoutes(app, services)
  await verifyRoutes(app, services)
  sitemapRoutes(app, services)
}
