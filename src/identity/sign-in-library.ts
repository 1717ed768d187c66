import { APIError, betterAuth } from 'better-auth'
import { createHmac, timingSafeEqual } from 'node:crypto'
import { genericOAuth, twoFactor, username } from 'better-auth/plugins'
import { isUsername, signInName } from './username.ts'
import type { AccountPolicy } from './account-policy.ts'
import type { BetterAuthOptions } from 'better-auth'
import type { Means } from './viewer.ts'
import type { OidcProvider } from './oidc-provider.ts'

export interface LibrarySettings {
  /** A pool that reads instants as `Date`. */
  readonly database: BetterAuthOptions['database']
  /** Signs cookies and enciphers second factors; of the data folder. */
  readonly secret: string
  readonly region: string
  /** The address under which people open the workbench, `https://yifa.example.gov.cn`. */
  readonly origin: string
  /** How an authenticator app names the place. */
  readonly issuer: string
  readonly policy: AccountPolicy
  readonly providers: readonly OidcProvider[]
  /** The made-up e-mail of the account that a provider's claim means; absent where there is none. */
  emailFor(provider: OidcProvider, claim: string): Promise<string | undefined>
  now(): Date
  /** Why this account may not begin a session; absent where it may. */
  keptOut(account: string, means: Means): Promise<KeptOut | undefined>
}

export type KeptOut = 'disabled' | 'administrator'

/** What the library answers where an account is kept out. */
export const KEPT_OUT: Readonly<Record<KeptOut, string>> = { disabled: 'ACCOUNT_DISABLED', administrator: 'ADMINISTRATOR_BY_PROVIDER' }

/** The header in which the address of a request reaches the library. */
export const ADDRESS_HEADER = 'x-yifa-address'

const PREFIX = 'yifa'
const NOBODY = 'nobody@invalid'
/** A second factor must be given within ten minutes of the password. */
const CHALLENGE_SECONDS = 600

export type SignInLibrary = ReturnType<typeof signInLibrary>

/**
 * better-auth as we use it: it keeps passwords' hashes, second factors, sessions and providers. Who may do what is decided elsewhere, and no
 * route of it is open to the public but those of the providers.
 *
 * @see https://better-auth.com/docs
 */
export function signInLibrary(settings: LibrarySettings) {
  const { database, secret, region, origin, issuer, policy, providers } = settings
  return betterAuth({
    appName: issuer,
    baseURL: origin,
    basePath: '/api/auth',
    secret,
    database,
    trustedOrigins: [origin],
    telemetry: { enabled: false },
    logger: { disabled: true }, // its messages name users; what matters of them is in our ledger
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: policy.password.least,
      maxPasswordLength: policy.password.most * 4, // it counts otherwise than people do; our own rule is the one that is told
    },
    user: {
      modelName: 'account',
      fields: {
        name: 'person',
        emailVerified: 'email_verified',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    session: {
      modelName: 'session',
      fields: {
        expiresAt: 'expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        userId: 'user_id',
      },
      additionalFields: { means: { type: 'string', input: false, required: false } },
      expiresIn: policy.session.hours * 3600,
      disableSessionRefresh: true, // a session has an end, however busy
    },
    account: {
      modelName: 'credential',
      fields: {
        accountId: 'account_id',
        providerId: 'provider_id',
        userId: 'user_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
      accountLinking: { enabled: true, trustedProviders: providers.map(({ id }) => id) },
      encryptOAuthTokens: true,
    },
    verification: {
      modelName: 'verification',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    advanced: {
      // Our tables have columns that it never writes: the region, which a trigger knows, and what is ours of an account.
      database: { validateSchema: false },
      cookiePrefix: PREFIX,
      useSecureCookies: origin.startsWith('https:'),
      defaultCookieAttributes: { sameSite: 'strict', httpOnly: true },
      // The way back from a provider is a navigation from another site: only this cookie, good for nothing else, comes along with it.
      cookies: { state: { attributes: { sameSite: 'lax' } } },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
    onAPIError: { errorURL: `${origin}/api/auth/error` },
    databaseHooks: {
      session: {
        create: {
          async before(session, context) {
            const means: Means = context?.path.startsWith('/callback')
              ? 'provider'
              : ((session['means'] as Means | undefined) ?? 'password')
            const why = await settings.keptOut(session.userId, means)
            if (why) throw new APIError('FORBIDDEN', { code: KEPT_OUT[why], message: why })
            // One clock for a session's beginning and its end: ours.
            return { data: { ...session, means, createdAt: settings.now() } }
          },
        },
      },
    },
    plugins: [
      username({
        minUsernameLength: 1,
        maxUsernameLength: 80,
        usernameValidator: isUsername,
        usernameNormalization: (name) => signInName(region, name),
        displayUsername: false,
        schema: { user: { fields: { username: 'sign_in_name' } } },
      }),
      twoFactor({
        issuer,
        twoFactorCookieMaxAge: CHALLENGE_SECONDS,
        schema: {
          user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
          twoFactor: {
            modelName: 'second_factor',
            fields: {
              backupCodes: 'backup_codes',
              userId: 'user_id',
              failedVerificationCount: 'failed_verification_count',
              lockedUntil: 'locked_until',
            },
          },
        },
      }),
      genericOAuth({
        config: providers.map((provider) => ({
          providerId: provider.id,
          discoveryUrl: provider.discoveryUrl,
          clientId: provider.clientId,
          ...(provider.clientSecret === undefined ? {} : { clientSecret: provider.clientSecret }),
          scopes: [...provider.scopes],
          pkce: true,
          disableImplicitSignUp: true,
          disableSignUp: true,
          // Whoever the provider vouches for must be somebody here; nothing else of their profile is taken over.
          async mapProfileToUser(profile: Readonly<Record<string, unknown>>) {
            const claim = profile[provider.claim]
            const email = typeof claim === 'string' && claim !== '' ? await settings.emailFor(provider, claim) : undefined
            return { email: email ?? NOBODY, emailVerified: true, name: '', image: '' }
          },
        })),
      }),
    ],
  })
}

/** The names of the cookies: of a session, and of a password that waits for its second factor. */
export function cookieNames({ origin }: { readonly origin: string }): { readonly session: string; readonly challenge: string } {
  const secure = origin.startsWith('https:') ? '__Secure-' : ''
  return { session: `${secure}${PREFIX}.session_token`, challenge: `${secure}${PREFIX}.two_factor` }
}

/** The value of a cookie that we signed; `undefined` where it is missing or somebody else's. */
export function signedCookie(header: string | undefined, name: string, secret: string): string | undefined {
  const found = header
    ?.split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name}=`))
  if (found === undefined) return undefined
  let text: string
  try {
    text = decodeURIComponent(found.slice(name.length + 1))
  } catch {
    return undefined // no cookie of ours is written so
  }
  const dot = text.lastIndexOf('.')
  if (dot < 1) return undefined
  const value = text.slice(0, dot)
  const given = Buffer.from(text.slice(dot + 1), 'base64')
  const right = createHmac('sha256', secret).update(value).digest()
  return given.length === right.length && timingSafeEqual(given, right) ? value : undefined
}
