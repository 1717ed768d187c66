import { accountOf } from './account-office.ts'
import { ADDRESS_HEADER, KEPT_OUT, signedCookie } from '#identity/sign-in-library.ts'
import { beginAttempt, forgetAttempts, takeBackAttempt } from '#store/sign-in-attempts.ts'
import { challengedAccount, forgetOldSessions } from '#store/sessions.ts'
import { logEvent } from '#store/log-event.ts'
import { Refusal } from '#engine/refusal.ts'
import { signInName } from '#identity/username.ts'
import type { AccountOffice } from './account-office.ts'
import type { Tried } from '#store/sign-in-attempts.ts'

/** Where a request comes from. */
export interface Caller {
  readonly address: string
  readonly agent?: string
  /** The cookies that it brings. */
  readonly cookie?: string
}

/** What comes of a sign-in: who is in, or what is asked for next; and the cookies that say so. */
export interface SignedIn {
  readonly next: 'in' | 'second-factor'
  readonly setCookies: readonly string[]
}

/**
 * Signs in by user name and password. Whether there is such a name cannot be told from the answer, nor from how long it takes.
 *
 * @throws Refusal `sign-in.wrong` · `sign-in.locked` · `sign-in.account-disabled`
 */
export async function signIn(
  office: AccountOffice,
  { username, password }: { readonly username: string; readonly password: string },
  caller: Caller,
): Promise<SignedIn> {
  const { store, library, now } = office
  const at = now()
  const [ofAddress, ofAccount] = triedBy(office, username, caller)
  if ((await beginAttempt(store, ofAddress, at)) === 'locked') throw locked(ofAddress.minutes)
  const failed = await beginAttempt(store, ofAccount, at)
  if (failed === 'locked') throw locked(ofAccount.minutes)

  const answer = await library.api.signInUsername({ body: { username, password }, headers: headersOf(caller), asResponse: true })
  if (!answer.ok) {
    const code = await codeOf(answer)
    if (code === KEPT_OUT.disabled) {
      await logFailure(office, username, 'account-disabled')
      throw disabled()
    }
    if (answer.status >= 500) throw new Error(`the library did not sign in: ${answer.status} ${code}`)
    await logFailure(office, username, failed >= ofAccount.failures ? 'locked-out' : 'wrong')
    throw wrong(ofAccount)
  }
  await forgetAttempts(store, ofAccount.key)
  await takeBackAttempt(store, ofAddress.key)
  await forgetOldSessions(store, at)
  const { twoFactorRedirect } = (await answer.clone().json()) as { twoFactorRedirect?: boolean }
  return { next: twoFactorRedirect ? 'second-factor' : 'in', setCookies: answer.headers.getSetCookie() }
}

/**
 * The second half of a sign-in: the code of the authenticator app, or a recovery code, each good for once.
 *
 * @throws Refusal `sign-in.code-wrong` · `sign-in.begin-again` · `sign-in.locked`
 */
export async function giveSecondFactor(
  office: AccountOffice,
  given: { readonly code: string } | { readonly recoveryCode: string },
  caller: Caller,
): Promise<SignedIn> {
  const { store, library, policy, now } = office
  const at = now()
  const challenge = signedCookie(caller.cookie, office.cookies.challenge, office.secret)
  const account = challenge === undefined ? undefined : await challengedAccount(store, challenge)
  if (!account) throw beginAgain()
  const { ofAccountAfter: failures, minutes } = policy.lockOut
  const tried: Tried = { key: `factor/${store.region}/${account.id}`, failures, minutes }
  const failed = await beginAttempt(store, tried, at)
  if (failed === 'locked') throw locked(minutes)

  // Only the challenge goes along: with a session the library would take the code for the setting up of a second factor.
  const headers = headersOf({ ...caller, cookie: onlyCookie(caller.cookie, office.cookies.challenge) })
  const answer =
    'code' in given
      ? (await isFresh(office, account.id, given.code, at))
        ? await library.api.verifyTOTP({ body: { code: given.code }, headers, asResponse: true })
        : undefined
      : await library.api.verifyBackupCode({ body: { code: given.recoveryCode }, headers, asResponse: true })
  if (!answer?.ok) {
    if (answer && answer.status >= 500) throw new Error(`the library did not read a second factor: ${answer.status}`)
    await logFailure(office, account.username, failed >= failures ? 'second-factor-locked-out' : 'second-factor-wrong')
    throw codeWrong()
  }
  await forgetAttempts(store, tried.key)
  if ('recoveryCode' in given) await logSignIn(office, account, 'recovery-code-used')
  return { next: 'in', setCookies: answer.headers.getSetCookie() }
}

/** Ends the session that a request brings. @returns the cookies that forget it */
export async function signOut({ library }: AccountOffice, caller: Caller): Promise<readonly string[]> {
  const answer = await library.api.signOut({ headers: headersOf(caller), asResponse: true })
  return answer.headers.getSetCookie()
}

/** A caller's headers for the library. */
export function headersOf({ address, agent, cookie }: Caller): Headers {
  return new Headers({
    [ADDRESS_HEADER]: address,
    ...(agent === undefined ? {} : { 'user-agent': agent }),
    ...(cookie ? { cookie } : {}),
  })
}

/** How long a code of an authenticator app can be read: its half minute and the ones beside it. */
const CODE_MINUTES = 2

/** A code that somebody looked at over a shoulder is good for nothing once it was used. */
async function isFresh({ store }: AccountOffice, account: string, code: string, at: string): Promise<boolean> {
  return (await beginAttempt(store, { key: `code/${account}/${code}`, failures: 1, minutes: CODE_MINUTES }, at)) !== 'locked'
}

function triedBy({ store, policy }: AccountOffice, username: string, { address }: Caller): [Tried, Tried] {
  const { ofAccountAfter, ofAddressAfter, minutes } = policy.lockOut
  return [
    { key: `address/${store.region}/${address}`, failures: ofAddressAfter, minutes },
    { key: `account/${signInName(store.region, username)}`, failures: ofAccountAfter, minutes },
  ]
}

/** The attempts on an account's password, wherever it is asked for. */
export function triedOnAccount({ store, policy }: AccountOffice, username: string): Tried {
  const { ofAccountAfter, minutes } = policy.lockOut
  return { key: `account/${signInName(store.region, username)}`, failures: ofAccountAfter, minutes }
}

function onlyCookie(header: string | undefined, name: string): string {
  return (header ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${name}=`))
    .join('; ')
}

/** What the library says of why not. */
export async function codeOf(answer: Response): Promise<string> {
  const said = (await answer
    .clone()
    .json()
    .catch(() => ({}))) as { code?: string } // an answer without a body has no code
  return said.code ?? ''
}

async function logFailure(office: AccountOffice, username: string, result: string): Promise<void> {
  // What was typed is kept only where it is the name of an account: people type passwords into the wrong box.
  const account = await accountOf(office, username)
  await logSignIn(office, account, result)
}

/** Something about signing in, for the ledger. */
export async function logSignIn(
  { store, now }: Pick<AccountOffice, 'store' | 'now'>,
  account: { readonly id: string; readonly username: string; readonly person: string } | undefined,
  result: string,
): Promise<void> {
  await logEvent(store, {
    kind: 'sign-in',
    by: { post: 'account', person: account?.person ?? '', organ: 'accounts' },
    ...(account ? { of: account.id } : {}),
    what: { result, username: account?.username ?? null },
    at: now(),
  })
}

/** The password is not the account's. */
export function wrong({ failures, minutes }: Pick<Tried, 'failures' | 'minutes'>): Refusal {
  return new Refusal({
    code: 'sign-in.wrong',
    message: ['用户名或密码不对。', 'The user name or the password is wrong.'],
    basis: [
      `连续输错 ${failures} 次的，锁定 ${minutes} 分钟。`,
      `After ${failures} failures in a row it is locked for ${minutes} minutes.`,
    ],
    remedy: [
      '请核对后重试；忘记密码的，请系统管理员重置。',
      'Check them and try again; a forgotten password is reset by the system administrator.',
    ],
  })
}

export function locked(minutes: number): Refusal {
  return new Refusal({
    code: 'sign-in.locked',
    message: [`连续输错次数过多，已锁定 ${minutes} 分钟。`, `Too many failures in a row: locked for ${minutes} minutes.`],
    basis: ['锁定期间正确的密码也不受理。', 'Until then the right password is not taken either.'],
    remedy: [`请在最后一次输错 ${minutes} 分钟后再试。`, `Try again ${minutes} minutes after the last failure.`],
  })
}

function disabled(): Refusal {
  return new Refusal({
    code: 'sign-in.account-disabled',
    message: ['该账号已停用。', 'The account is closed.'],
    basis: ['停用由系统管理员办理，留有记录。', 'The system administrator closed it; the ledger has it.'],
    remedy: ['需要恢复的，请联系系统管理员。', 'If it is needed again, ask the system administrator.'],
  })
}

function beginAgain(): Refusal {
  return new Refusal({
    code: 'sign-in.begin-again',
    message: ['本次登录已过期。', 'This sign-in has run out.'],
    basis: ['输入密码后须在十分钟内输入验证码。', 'The code is to be given within ten minutes of the password.'],
    remedy: ['请重新输入用户名和密码。', 'Give user name and password again.'],
  })
}

function codeWrong(): Refusal {
  return new Refusal({
    code: 'sign-in.code-wrong',
    message: ['验证码不对，或已经用过。', 'The code is wrong, or was used already.'],
    basis: ['每个验证码和恢复码只能使用一次。', 'Each code, and each recovery code, is good for once.'],
    remedy: [
      '请等待验证器显示下一个验证码后重试；没有验证器的，使用恢复码。',
      'Wait for the next code of the app and try again; without the app, use a recovery code.',
    ],
  })
}
