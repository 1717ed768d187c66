import { handInApi } from './hand-ins.ts'
import { assignmentApi } from './assignments.ts'
import { accountApi } from './accounts.ts'
import { accountImportApi } from './account-imports.ts'
import { auditApi } from './audit.ts'
import { calendarApi } from './calendars.ts'
import { caseApi } from './cases.ts'
import { caseListApi } from './case-lists.ts'
import { clientApi } from './clients.ts'
import { describeOnly } from './described.ts'
import { documentApi } from './documents.ts'
import { documentIssueApi } from './document-issues.ts'
import { draftApi } from './drafts.ts'
import { oneCaseApi } from './case.ts'
import { organApi } from './organs.ts'
import { previewApi } from './previews.ts'
import { procedureApi } from './procedures.ts'
import { publicationApi } from './publications.ts'
import { readingApi } from './readings.ts'
import { todayApi } from './today.ts'
import { doneOnce } from './done-once.ts'
import { numberSeriesApi } from './number-series.ts'
import { fileApi } from './files.ts'
import { notedRoutes, openapiApi } from './openapi.ts'
import { notificationApi } from './notifications.ts'
import { notificationChannelApi } from './notification-channels.ts'
import { notificationDeliveryApi } from './notification-deliveries.ts'
import { notificationSettingApi } from './notification-settings.ts'
import { ownAccountApi } from './my-account.ts'
import { ownSessionApi } from './my-sessions.ts'
import { personPostApi } from './person-posts.ts'
import { postProposalApi } from './post-proposals.ts'
import { Refusal } from '#engine/refusal.ts'
import { reportApi } from './reports.ts'
import { reportEditionApi } from './report-editions.ts'
import { proposalApi } from './proposals.ts'
import { registerApi } from './registers.ts'
import { sessionApi } from './session.ts'
import { templateApi } from './templates.ts'
import { viewApi } from './views.ts'
import { supervisionApi } from './supervision.ts'
import { webhookApi } from './webhooks.ts'
import { signInApi } from './sign-in.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Services } from '../services.ts'

/** Everything under `/api/v1`: what the workbench and other systems of the government use. */
export function apiRoutes(app: FastifyInstance, services: Services): void {
  app.register(
    async (api) => {
      // Only JSON: a form of another site can send text, and none of our writes is a form.
      api.removeContentTypeParser('text/plain')
      api.addHook('onRequest', async (request) => refuseForeignOrigin(request))
      describeOnly(api)
      const routes = notedRoutes(api)
      doneOnce(api, services)
      sessionApi(api, services)
      caseApi(api, services)
      if (services.accounts) {
        const office = services.accounts
        signInApi(api, office)
        ownAccountApi(api, office)
        ownSessionApi(api, office)
        accountApi(api, office)
        accountImportApi(api, office)
        postProposalApi(api, services)
        personPostApi(api, services)
        auditApi(api, services)
      }
      caseListApi(api, services)
      viewApi(api, services)
      registerApi(api, services)
      proposalApi(api, services)
      supervisionApi(api, services)
      reportApi(api, services)
      reportEditionApi(api, services)
      fileApi(api, services)
      clientApi(api, services)
      webhookApi(api, services)
      notificationApi(api, services)
      notificationSettingApi(api, services)
      notificationChannelApi(api, services)
      notificationDeliveryApi(api, services)
      oneCaseApi(api, services)
      previewApi(api, services)
      readingApi(api, services)
      assignmentApi(api, services)
      documentApi(api, services)
      documentIssueApi(api, services)
      publicationApi(api, services)
      draftApi(api, services)
      todayApi(api, services)
      handInApi(api, services)
      procedureApi(api, services)
      organApi(api, services)
      calendarApi(api, services)
      templateApi(api, services)
      numberSeriesApi(api, services)
      openapiApi(api, services, routes)
    },
    { prefix: '/api/v1' },
  )
}

/** A browser names the site that a write comes from; another one's is refused, whatever cookie it carries. */
function refuseForeignOrigin({ method, headers }: FastifyRequest): void {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return
  const { origin, host, cookie } = headers
  if (origin === undefined ? cookie === undefined || headers['sec-fetch-site'] === 'same-origin' : hostOf(origin) === host) return
  throw new Refusal({
    code: 'request.foreign-origin',
    exit: 2,
    message: ['请求来自其他网站，未予处理。', 'The request comes from another site and was not carried out.'],
    basis: ['登录后的办理只接受本站页面发出的请求。', 'What somebody signed in does must come from a page of this site.'],
    remedy: ['请在工作台内办理。', 'Do it in the workbench.'],
  })
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined
}
