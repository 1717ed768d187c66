import { callerOf } from './caller.ts'
import { codeOf, headersOf, logSignIn } from '#accounts/sign-in.ts'
import { html } from './markup.ts'
import { KEPT_OUT } from '#identity/sign-in-library.ts'
import { languageTag } from './view.ts'
import { Refusal } from '#engine/refusal.ts'
import { words } from './words.ts'
import type { AccountOffice } from '#accounts/account-office.ts'
import type { FastifyInstance } from 'fastify'
import type { Services } from './services.ts'

/**
 * `/api/auth`: the ways to a provider of identities and back. They are navigations of a browser, not calls, and the only routes of the sign-in
 * library that the public reaches.
 */
export function authRoutes(app: FastifyInstance, { accounts }: Services): void {
  if (!accounts) return
  const office = accounts

  app.get<{ Params: { id: string } }>('/api/auth/providers/:id', { config: { open: true } }, async (request, reply) => {
    const provider = office.providers.find(({ id }) => id === request.params.id)
    if (!provider) throw unknownProvider(request.params.id)
    const answer = await office.library.api.signInSocial({
      body: { provider: provider.id, callbackURL: home(office), disableRedirect: true },
      headers: headersOf(callerOf(request)),
      asResponse: true,
    })
    const { url } = (answer.ok ? await answer.json() : {}) as { url?: string }
    // It was asked again just now, if it did not answer when this server began.
    if (url === undefined) throw failed(provider.name, await codeOf(answer))
    return reply.header('set-cookie', answer.headers.getSetCookie()).redirect(url)
  })

  app.get<{ Params: { id: string } }>('/api/auth/callback/:id', { config: { open: true } }, async (request, reply) => {
    const provider = office.providers.find(({ id }) => id === request.params.id)
    if (!provider) throw unknownProvider(request.params.id)
    const answer = await office.library.handler(new Request(`${office.origin}${request.url}`, { headers: headersOf(callerOf(request)) }))
    const target = answer.headers.get('location')
    const error = target === null ? await codeOf(answer) : new URL(target, office.origin).searchParams.get('error')
    if (target !== home(office) || error !== null) {
      const refusal = refusalFor(provider.name, error ?? '')
      await logSignIn(office, undefined, `provider-${provider.id}: ${refusal.code}`)
      throw refusal
    }
    // A redirect would be part of the navigation from the provider, along which a browser sends no cookie of the session that just began;
    // from a page of our own it does.
    return reply
      .header('set-cookie', answer.headers.getSetCookie())
      .type('text/html; charset=utf-8')
      .send(
        String(
          html`<!doctype html>
            <html lang="${languageTag(request.view.language)}">
              <head>
                <meta charset="utf-8" />
                <meta http-equiv="refresh" content="0;url=/" />
                <title>${request.view.say(words.product)}</title>
              </head>
              <body>
                <a href="/">${request.view.say(words.toHome)}</a>
              </body>
            </html>`,
        ),
      )
  })
}

function home({ origin }: AccountOffice): string {
  return `${origin}/`
}

/** The library's words for why not, as refusals. */
function refusalFor(provider: string, error: string): Refusal {
  if (error === KEPT_OUT.administrator) return administratorByProvider()
  if (error === 'signup_disabled' || error === KEPT_OUT.disabled) return notKnownHere(provider)
  return failed(provider, error)
}

function unknownProvider(id: string): Refusal {
  return new Refusal({
    code: 'provider.unknown',
    message: [`没有“${id}”这一认证平台。`, `There is no provider “${id}”.`],
    basis: ['认证平台由运维人员配置。', 'Whoever runs the machine configures them.'],
    remedy: ['请从登录页进入。', 'Start from the sign-in page.'],
  })
}

function notKnownHere(provider: string): Refusal {
  return new Refusal({
    code: 'sign-in.not-known-here',
    message: [
      `${provider}已确认您的身份，但您在本系统没有可用的账号。`,
      `${provider} vouches for you, but you have no account here that may be used.`,
    ],
    basis: ['只有系统管理员建立了账号的人员可以登录。', 'Only people for whom the system administrator made an account can sign in.'],
    remedy: ['请联系系统管理员。', 'Ask the system administrator.'],
  })
}

function administratorByProvider(): Refusal {
  return new Refusal({
    code: 'sign-in.administrator-by-provider',
    message: ['管理员须用密码和第二重验证登录。', 'Administrators sign in by a password and a second factor.'],
    basis: ['认证平台是否使用了第二重验证，本系统无从得知。', 'Whether the provider asked for a second factor cannot be known here.'],
    remedy: ['请用用户名和密码登录。', 'Sign in by user name and password.'],
  })
}

function failed(provider: string, error: string): Refusal {
  return new Refusal({
    code: 'sign-in.provider-failed',
    message: [`通过${provider}登录未成功。`, `The sign-in through ${provider} did not succeed.`],
    basis: [
      error === '' ? '认证平台没有应答。' : `认证平台的答复不可用（${error}）。`,
      error === '' ? 'The provider did not answer.' : `Its answer cannot be used (${error}).`,
    ],
    remedy: ['请重试；仍不成功的，用用户名和密码登录。', 'Try again; if it fails again, sign in by user name and password.'],
  })
}
