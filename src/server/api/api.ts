import { accountApi } from './accounts.ts'
import { accountImportApi } from './account-imports.ts'
import { auditApi } from './audit.ts'
import { caseApi } from './cases.ts'
import { doneOnce } from './done-once.ts'
import { ownAccountApi } from './my-account.ts'
import { ownSessionApi } from './my-sessions.ts'
import { postProposalApi } from './post-proposals.ts'
import { Refusal } from '#engine/refusal.ts'
import { sessionApi } from './session.ts'
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
        auditApi(api, services)
      }
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
