import { addAccount, forgetSecondFactor, readAccount, setDisabled, setPassword } from '#store/accounts.ts'
import { endSessions } from '#store/sessions.ts'
import { forgetAttempts } from '#store/sign-in-attempts.ts'
import { hashOf } from './own-account.ts'
import { initialPassword } from '#identity/initial-password.ts'
import { inTransaction } from '#store/store.ts'
import { isUsername, signInName } from '#identity/username.ts'
import { logEvent } from '#store/log-event.ts'
import { Refusal } from '#engine/refusal.ts'
import { triedOnAccount } from './sign-in.ts'
import type { AccountOffice } from './account-office.ts'
import type { Actor } from '#engine/case.ts'
import type { Administrator } from '#identity/viewer.ts'

export interface WantedAccount {
  readonly username: string
  /** The person as the posts' register names them. */
  readonly person: string
  readonly administrator?: Administrator
}

export interface MadeAccount {
  readonly id: string
  readonly username: string
  /** Told once, and kept nowhere. */
  readonly initialPassword: string
}

/**
 * Makes accounts, all of them or none.
 *
 * @param password one for all, for a demonstration; else each gets its own
 * @throws Refusal `account.username-invalid` and those of {@link addAccount}
 */
export async function makeAccounts(
  office: AccountOffice,
  wanted: readonly WantedAccount[],
  by: Actor,
  password?: string,
): Promise<MadeAccount[]> {
  const { store, policy, now } = office
  for (const { username } of wanted) if (!isUsername(username)) throw usernameInvalid(username)
  // Hashed before the transaction, side by side: a hash takes a moment by design.
  const passwords = wanted.map(() => password ?? initialPassword(policy.password.least))
  const hashes = await Promise.all(passwords.map((one) => hashOf(office, one)))
  const at = now()
  return inTransaction(store.pool, async (tx) => {
    const made: MadeAccount[] = []
    for (const [index, { username, person, administrator }] of wanted.entries()) {
      const id = await addAccount(tx, store.region, {
        username,
        signInName: signInName(store.region, username),
        person,
        passwordHash: hashes[index]!,
        passwordMustChange: true,
        ...(administrator ? { administrator } : {}),
        at,
      })
      await logEvent(
        store,
        { kind: 'administration', by, of: id, what: { did: 'add-account', username, ...(administrator ? { administrator } : {}) }, at },
        tx,
      )
      made.push({ id, username, initialPassword: passwords[index]! })
    }
    return made
  })
}

/** Closes an account or opens it again; closing ends its sessions. @throws Refusal `account.unknown` */
export async function switchAccount(office: AccountOffice, id: string, to: 'open' | 'closed', by: Actor): Promise<void> {
  const { store, now } = office
  const { username } = await readAccount(store, id)
  const at = now()
  await inTransaction(store.pool, async (tx) => {
    await setDisabled(tx, store.region, id, to === 'closed' ? at : null)
    if (to === 'closed') await endSessions(tx, id)
    const did = to === 'closed' ? 'close-account' : 'open-account'
    await logEvent(store, { kind: 'administration', by, of: id, what: { did, username }, at }, tx)
  })
}

/** Gives an account a password to begin with, ends its sessions and lifts its lock. @returns the password @throws Refusal `account.unknown` */
export async function resetPassword(office: AccountOffice, id: string, by: Actor): Promise<MadeAccount> {
  const { store, policy, now } = office
  const { username } = await readAccount(store, id)
  const password = initialPassword(policy.password.least)
  const passwordHash = await hashOf(office, password)
  const at = now()
  await inTransaction(store.pool, async (tx) => {
    await setPassword(tx, store.region, { account: id, passwordHash, mustChange: true, at })
    await endSessions(tx, id)
    await logEvent(store, { kind: 'administration', by, of: id, what: { did: 'reset-password', username }, at }, tx)
  })
  await forgetAttempts(store, triedOnAccount(office, username).key)
  return { id, username, initialPassword: password }
}

/** Takes an account's second factor away, for a new one to be set up, and ends its sessions. @throws Refusal `account.unknown` */
export async function resetSecondFactor(office: AccountOffice, id: string, by: Actor): Promise<void> {
  const { store, now } = office
  const { username } = await readAccount(store, id)
  await inTransaction(store.pool, async (tx) => {
    await forgetSecondFactor(tx, store.region, id)
    await endSessions(tx, id)
    await logEvent(store, { kind: 'administration', by, of: id, what: { did: 'reset-second-factor', username }, at: now() }, tx)
  })
}

function usernameInvalid(username: string): Refusal {
  return new Refusal({
    code: 'account.username-invalid',
    exit: 2,
    message: [`“${username}”不能作为用户名。`, `“${username}” cannot be a user name.`],
    basis: [
      '用户名由文字和数字组成，中间可用 . _ -，最长四十个字符。',
      'Letters and digits of any script, with . _ - between them, at most forty.',
    ],
    remedy: ['请改正。', 'Correct it.'],
  })
}
