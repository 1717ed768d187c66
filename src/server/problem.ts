import { html } from './markup.ts'
import { page } from './page.ts'
import { Refusal } from '#engine/refusal.ts'
import { words } from './words.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

const STATUS: Readonly<Record<string, number>> = {
  'session.missing': 401,
  'client.key-invalid': 401,
  'client.post-unknown': 422,
  'client.organ-unknown': 422,
  'webhook.url-refused': 422,
  'notification.address-invalid': 422,
  'notification.form-invalid': 422,
  'notification.url-refused': 422,
  'notification.channel-not-set-up': 409,
  'client.expired': 422,
  'session.password-must-change': 403,
  'session.second-factor-required': 403,
  'sign-in.wrong': 401,
  'sign-in.begin-again': 401,
  'sign-in.code-wrong': 401,
  'sign-in.account-disabled': 403,
  'sign-in.not-known-here': 403,
  'sign-in.administrator-by-provider': 403,
  'sign-in.provider-failed': 502,
  'sign-in.locked': 429,
  'account.of-administrator': 403,
  'account.username-taken': 409,
  'account.person-taken': 409,
  'administrator.holds-post': 409,
  'administrator.holds-another': 409,
  'second-factor.already-set-up': 409,
  'second-factor.not-begun': 409,
  'request.foreign-origin': 403,
  'permission.not-personal': 403,
  'idempotency.in-progress': 409,
  'permission.not-your-post': 403,
  'permission.not-publishing': 403,
  'permission.not-administrator': 403,
  'permission.not-overlooking': 403,
  'permission.not-officers': 403,
  'permission.not-keeper': 403,
  'proposal.own': 403,
  'proposal.decided': 409,
  'proposal.stale': 409,
  'assignment.not-yours': 403,
  'assignment.recused': 409,
  'assignment.not-a-holder': 409,
  'permission.assigned-to-another': 403,
  'permission.not-report-editor': 403,
  'report.changed-meanwhile': 409,
  'report.findings-not-seen': 409,
  'report.records-moving': 409,
  'case.changed-meanwhile': 409,
  'step.not-now': 409,
  'publication.nothing-to-publish': 409,
  'publication.already-published': 409,
  'publication.not-standing': 409,
  'publication.withdrawn': 410,
  'file.unknown': 422,
  'file.too-large': 413,
  'file.type-not-allowed': 415,
  'file.type-differs': 415,
  'file.range-unsatisfiable': 416,
  'ledger.not-sealed-yet': 409,
  'document.field-missing': 409,
  'ledger.no-such-step': 404,
  'document.not-of-step': 404,
  'database.unreachable': 503,
  'store.disc-full': 503,
  'file.store-unreachable': 503,
  'file.scanner-unreachable': 503,
  'server.overloaded': 503,
  'portal.form-expired': 403,
  'portal.session-over': 401,
  'hand-in.handed-in': 409,
  'hand-in.decided': 409,
  'hand-in.too-many': 429,
  'follow.locked': 429,
  'follow.not-your-step': 409,
  'request.too-many': 429,
  'host.unknown': 421,
}

/** The status of a refusal: what is not there is 404, a call that cannot be read 400, what the law or the state refuses 409 or 422. */
export function statusOf({ code, exit }: Pick<Refusal, 'code' | 'exit'>): number {
  return STATUS[code] ?? (/[.-]unknown$/.test(code) ? 404 : exit === 2 ? 400 : 422)
}

/** One shape for every no: as JSON for programs, as a plain page for people. What is no refusal is a defect: logged, and never shown. */
export function handleProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: Error & { statusCode?: number; code?: string }, request, reply) => {
    if (error instanceof Refusal) return sendRefusal(request, reply, error)
    if (error.statusCode !== undefined && error.statusCode < 500) return sendUnreadable(request, reply, error.statusCode)
    // The route's pattern and not the address: an address can hold what somebody typed.
    request.log.error(
      { route: request.routeOptions.url ?? null, method: request.method, code: error.code ?? null, stack: error.stack },
      'defect',
    )
    return sendRefusal(request, reply, defect(), 500)
  })
  app.setNotFoundHandler((request, reply) => sendRefusal(request, reply, noSuchPage()))
}

/** Answers a request that is not well formed. */
export function sendUnreadable(request: FastifyRequest, reply: FastifyReply, status = 400): FastifyReply {
  return sendRefusal(request, reply, unreadable(), status)
}

/** Sends a refusal in the form and language of the reader. */
export function sendRefusal(request: FastifyRequest, reply: FastifyReply, refusal: Refusal, status = statusOf(refusal)): FastifyReply {
  const { view } = request
  reply.code(status)
  const said = refusal.on(view.language)
  if (view.wantsJson) return reply.type('application/json; charset=utf-8').send(said)
  const title = status === 404 ? words.notFound : status >= 500 ? words.failed : words.refused
  return reply.type('text/html; charset=utf-8').send(
    String(
      page(view, {
        title,
        main: html`<div class="problem" role="alert">
          <p class="lead">${said.message}</p>
          <dl class="facts">
            <div>
              <dt>${view.say(words.basis)}</dt>
              <dd>${said.basis}</dd>
            </div>
            <div>
              <dt>${view.say(words.remedy)}</dt>
              <dd>${said.remedy}</dd>
            </div>
            <div>
              <dt>${view.say(words.code)}</dt>
              <dd><code>${said.code}</code></dd>
            </div>
          </dl>
          <p><a href="${view.portal ? '/portal' : '/'}">${view.say(words.toHome)}</a></p>
        </div>`,
      }),
    ),
  )
}

function noSuchPage(): Refusal {
  return new Refusal({
    code: 'page.unknown',
    message: ['没有这个页面。', 'There is no such page.'],
    basis: ['网址与任何页面都不相符。', 'The address is none of ours.'],
    remedy: ['请从首页进入，或核对网址。', 'Start from the first page, or check the address.'],
  })
}

function unreadable(): Refusal {
  return new Refusal({
    code: 'request.unreadable',
    exit: 2,
    message: ['请求无法识别。', 'The request cannot be read.'],
    basis: ['请求不合 HTTP 的格式。', 'It does not have the form of HTTP.'],
    remedy: ['请从页面上的链接进入。', 'Follow a link of a page.'],
  })
}

function defect(): Refusal {
  return new Refusal({
    code: 'server.defect',
    message: ['程序出错，此页未能生成。', 'The program failed: this page could not be made.'],
    basis: ['这是程序的缺陷，不是您的操作有误；已记入日志。', 'This is a defect of ours, nothing that you did; it is in the log.'],
    remedy: [
      '请稍后重试；仍然出错的，请把时间和网址告知运维人员。',
      'Try again; if it stays, tell whoever runs the machine the time and the address.',
    ],
  })
}
