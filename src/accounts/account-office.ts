import { accountNamed, emailOf, readAccount } from '#store/accounts.ts'
import { cookieNames, signInLibrary } from '#identity/sign-in-library.ts'
import { datePool } from '#store/date-pool.ts'
import { instantOf } from '#engine/day.ts'
import { signInName } from '#identity/username.ts'
import { signInSecret } from '#store/sign-in-secret.ts'
import type { AccountPolicy } from '#identity/account-policy.ts'
import type { Actor } from '#engine/case.ts'
import type { OidcProvider } from '#identity/oidc-provider.ts'
import type { SignInLibrary } from '#identity/sign-in-library.ts'
import type { Store } from '#store/store.ts'
import type { Viewer } from '#identity/viewer.ts'
import type { Words } from '#engine/words.ts'

/** Where accounts are kept: all that signing in and administering them needs. */
export interface AccountOffice {
  readonly store: Store
  readonly library: SignInLibrary
  readonly secret: string
  readonly cookies: { readonly session: string; readonly challenge: string }
  readonly origin: string
  readonly policy: AccountPolicy
  readonly providers: readonly OidcProvider[]
  readonly place: Words
  /** In a demonstration every case is synthetic: nothing is demanded of an account but its password. */
  readonly demonstration: boolean
  /** The present instant. */
  now(): string
}

export interface AccountOptions extends Pick<
  AccountOffice,
  'store' | 'origin' | 'policy' | 'providers' | 'place' | 'demonstration' | 'now'
> {}

/** Opens the accounts of a place. A provider that does not answer is asked again when somebody comes through it. */
export function openAccounts(options: AccountOptions): AccountOffice {
  const { store, origin, policy, providers, place } = options
  const secret = signInSecret(store)
  const library = signInLibrary({
    database: datePool(store),
    secret,
    region: store.region,
    origin,
    issuer: `依法 ${place[0]}`,
    policy,
    providers,
    now: () => new Date(instantOf(options.now())),
    emailFor: (provider, claim) =>
      emailOf(store, provider.means === 'person' ? { person: claim } : { signInName: signInName(store.region, claim) }),
    async keptOut(account, means) {
      const { disabledAt, administrator } = await readAccount(store, account)
      if (disabledAt !== null) return 'disabled'
      // Whether a provider asked for a second factor we do not know, and administrators must have one.
      return administrator !== null && means === 'provider' ? 'administrator' : undefined
    },
  })
  return { ...options, secret, library, cookies: cookieNames({ origin }) }
}

/** The account that signs in by a name, as typed. */
export function accountOf({ store }: AccountOffice, username: string): ReturnType<typeof accountNamed> {
  return accountNamed(store, signInName(store.region, username))
}

/** Who did something with accounts, for the ledger. */
export function actorOf({ person, administrator }: Pick<Viewer, 'person' | 'administrator'>): Actor {
  return { post: administrator ? `${administrator}-administrator` : 'account', person, organ: 'accounts' }
}

/** Whoever runs the machine, at its command line. */
export const OPERATOR: Actor = { post: 'operator', person: 'operator', organ: 'machine' }
