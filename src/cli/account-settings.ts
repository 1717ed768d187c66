import { defaultPolicy, SHORTEST_PASSWORD } from '#identity/account-policy.ts'
import { readJson } from './command.ts'
import { Refusal } from '#engine/refusal.ts'
import { z } from 'zod'
import type { AccountPolicy } from '#identity/account-policy.ts'
import type { OidcProvider } from '#identity/oidc-provider.ts'

/** What a place decides about accounts, by the environment; docs/accounts.md lists it. @throws Refusal `settings.invalid` */
export function accountPolicy(): AccountPolicy {
  const { password, lockOut, session } = defaultPolicy
  return {
    password: { ...password, least: whole('YIFA_PASSWORD_LENGTH', password.least, SHORTEST_PASSWORD.least, SHORTEST_PASSWORD.most) },
    lockOut: {
      ofAccountAfter: whole('YIFA_LOCK_AFTER', lockOut.ofAccountAfter, 3, 20),
      ofAddressAfter: whole('YIFA_LOCK_ADDRESS_AFTER', lockOut.ofAddressAfter, 5, 10_000),
      minutes: whole('YIFA_LOCK_MINUTES', lockOut.minutes, 1, 24 * 60),
    },
    session: {
      idleMinutes: whole('YIFA_IDLE_MINUTES', session.idleMinutes, 5, 12 * 60),
      hours: whole('YIFA_SESSION_HOURS', session.hours, 1, 24),
    },
  }
}

const providerShape = z.array(
  z.strictObject({
    id: z.string().regex(/^[a-z0-9-]{1,40}$/),
    name: z.string().min(1).max(40),
    discoveryUrl: z.url({ protocol: /^https?$/ }),
    clientId: z.string().min(1),
    clientSecret: z.string().min(1).optional(),
    scopes: z.array(z.string().min(1)).default(['openid', 'profile']),
    claim: z.string().min(1),
    means: z.enum(['username', 'person']),
  }),
)

/** The providers of identities, from the JSON file that `YIFA_OIDC` names. @throws Refusal `settings.invalid` · `file.missing` · `file.not-json` */
export function oidcProviders(): readonly OidcProvider[] {
  const file = process.env['YIFA_OIDC']
  if (!file) return []
  const result = providerShape.safeParse(readJson(file))
  if (!result.success)
    throw invalid('YIFA_OIDC', file, result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '))
  return result.data.map(({ clientSecret, ...rest }) => ({ ...rest, ...(clientSecret === undefined ? {} : { clientSecret }) }))
}

/** The address under which people open the pages. @throws Refusal `settings.invalid` */
export function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search === '') return url.origin
  throw invalid('--origin', text, 'https://yifa.example.gov.cn')
}

function whole(name: string, fallback: number, least: number, most: number): number {
  const text = process.env[name]
  if (text === undefined || text === '') return fallback
  const value = Number(text)
  if (Number.isInteger(value) && value >= least && value <= most) return value
  throw invalid(name, text, `${least}–${most}`)
}

function invalid(name: string, text: string, range: string): Refusal {
  return new Refusal({
    code: 'settings.invalid',
    exit: 2,
    message: [`设置 ${name}“${text}”不可用。`, `The setting ${name} “${text}” cannot be used.`],
    basis: [range, range],
    remedy: ['请改正后重新启动。', 'Correct it and start again.'],
  })
}
