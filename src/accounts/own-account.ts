import { actorOf } from './account-office.ts'
import { beginAttempt, forgetAttempts } from '#store/sign-in-attempts.ts'
import { checkPassword } from '#identity/password-rule.ts'
import { codeOf, headersOf, locked, triedOnAccount, wrong } from './sign-in.ts'
import { endSessions } from '#store/sessions.ts'
import { inTransaction } from '#store/store.ts'
import { logEvent } from '#store/log-event.ts'
import { passwordHashOf, setPassword } from '#store/accounts.ts'
import { Refusal } from '#engine/refusal.ts'
import type { AccountOffice } from './account-office.ts'
import type { Caller } from './sign-in.ts'
import type { Viewer, ViewerSession } from '#identity/viewer.ts'

/** Somebody who signed in. */
export type SignedInViewer = Viewer & { readonly session: ViewerSession }

/**
 * Chooses another password of one's own; every other session ends.
 *
 * @throws Refusal `sign-in.wrong` · `sign-in.locked` · `password.unchanged` and those of {@link checkPassword}
 */
export async function changePassword(
  office: AccountOffice,
  viewer: SignedInViewer,
  { current, chosen }: { readonly current: string; readonly chosen: string },
): Promise<void> {
  const { store, policy, now } = office
  const { account, username, id } = viewer.session
  await confirmPassword(office, viewer, current)
  checkPassword(chosen, policy, { username, person: viewer.person, place: placeNames(office) })
  if (chosen === current) throw unchanged()
  const passwordHash = await hashOf(office, chosen)
  const at = now()
  await inTransaction(store.pool, async (tx) => {
    await setPassword(tx, store.region, { account, passwordHash, mustChange: false, at })
    await endSessions(tx, account, { except: id })
    await logEvent(store, { kind: 'administration', by: actorOf(viewer), of: account, what: { did: 'change-own-password' }, at }, tx)
  })
}

/** What an authenticator app is set up with: shown once. */
export interface SecondFactorOffer {
  /** `otpauth://totp/…`, for the app to read as a picture. */
  readonly uri: string
  readonly recoveryCodes: readonly string[]
}

/**
 * Begins to set up the second factor; it counts from the first code that is confirmed.
 *
 * @throws Refusal `second-factor.already-set-up` · `sign-in.wrong` · `sign-in.locked`
 */
export async function beginSecondFactor(
  office: AccountOffice,
  viewer: SignedInViewer,
  password: string,
  caller: Caller,
): Promise<SecondFactorOffer> {
  if (viewer.session.secondFactor) throw alreadySetUp()
  await confirmPassword(office, viewer, password)
  const { totpURI, backupCodes } = (await office.library.api.enableTwoFactor({
    body: { password, method: 'totp' },
    headers: headersOf(caller),
  })) as { totpURI: string; backupCodes: string[] }
  return { uri: named(totpURI, office.place[0], viewer.session.username), recoveryCodes: backupCodes }
}

/**
 * Confirms the second factor by a first code. @returns the cookies of the session that goes on
 * @throws Refusal `second-factor.not-begun` · `second-factor.code-wrong` · `second-factor.already-set-up`
 */
export async function confirmSecondFactor(
  office: AccountOffice,
  viewer: SignedInViewer,
  code: string,
  caller: Caller,
): Promise<readonly string[]> {
  if (viewer.session.secondFactor) throw alreadySetUp()
  const { store, library, now } = office
  const answer = await library.api.verifyTOTP({ body: { code }, headers: headersOf(caller), asResponse: true })
  if (!answer.ok) {
    if (answer.status >= 500) throw new Error(`the library did not confirm a second factor: ${answer.status}`)
    throw (await codeOf(answer)) === 'TOTP_NOT_ENABLED' ? notBegun() : confirmationWrong()
  }
  await logEvent(store, {
    kind: 'administration',
    by: actorOf(viewer),
    of: viewer.session.account,
    what: { did: 'set-up-own-second-factor' },
    at: now(),
  })
  return answer.headers.getSetCookie()
}

/** Makes recovery codes anew; the old ones are void. @throws Refusal `second-factor.not-begun` · `sign-in.wrong` · `sign-in.locked` */
export async function newRecoveryCodes(
  office: AccountOffice,
  viewer: SignedInViewer,
  password: string,
  caller: Caller,
): Promise<readonly string[]> {
  if (!viewer.session.secondFactor) throw notBegun()
  await confirmPassword(office, viewer, password)
  const { backupCodes } = await office.library.api.generateBackupCodes({ body: { password }, headers: headersOf(caller) })
  await logEvent(office.store, {
    kind: 'administration',
    by: actorOf(viewer),
    of: viewer.session.account,
    what: { did: 'renew-own-recovery-codes' },
    at: office.now(),
  })
  return backupCodes
}

/** The hash of a password, as the library makes it. */
export async function hashOf({ library }: AccountOffice, password: string): Promise<string> {
  return (await library.$context).password.hash(password)
}

/** Names of the place that anybody would try: 宿城区, 宿城, Sucheng. */
export function placeNames({ place }: Pick<AccountOffice, 'place'>): string[] {
  return [place[0], place[0].replace(/[省市区县]$/, ''), place[1].split(' ')[0]!]
}

async function confirmPassword(office: AccountOffice, { session }: SignedInViewer, password: string): Promise<void> {
  const { store, library, now } = office
  const tried = triedOnAccount(office, session.username)
  if ((await beginAttempt(store, tried, now())) === 'locked') throw locked(tried.minutes)
  const hash = await passwordHashOf(store, session.account)
  const isRight = hash !== undefined && (await (await library.$context).password.verify({ hash, password }))
  if (!isRight) throw wrong(tried)
  await forgetAttempts(store, tried.key)
}

/** The library labels the secret with an e-mail that nobody has. */
function named(uri: string, place: string, username: string): string {
  const [, query = ''] = uri.split('?')
  return `otpauth://totp/${encodeURIComponent(`依法 ${place}`)}:${encodeURIComponent(username)}?${query}`
}

function unchanged(): Refusal {
  return new Refusal({
    code: 'password.unchanged',
    exit: 2,
    message: ['新密码与现在的密码相同。', 'The new password is the present one.'],
    basis: ['更换密码须换成另一个。', 'A change is to another one.'],
    remedy: ['请换一个。', 'Choose another.'],
  })
}

function alreadySetUp(): Refusal {
  return new Refusal({
    code: 'second-factor.already-set-up',
    message: ['第二重验证已经设置。', 'The second factor is set up already.'],
    basis: ['更换验证器须先由系统管理员重置。', 'Another app is set up after the system administrator has reset it.'],
    remedy: [
      '换了手机的，用恢复码登录，并请系统管理员重置。',
      'With another phone, sign in by a recovery code and ask the system administrator to reset it.',
    ],
  })
}

function notBegun(): Refusal {
  return new Refusal({
    code: 'second-factor.not-begun',
    message: ['尚未开始设置第二重验证。', 'The second factor was not begun.'],
    basis: ['先取得密钥，再用验证器的第一个验证码确认。', 'First comes the secret, then the first code of the app.'],
    remedy: ['请从第一步开始。', 'Begin with the first step.'],
  })
}

function confirmationWrong(): Refusal {
  return new Refusal({
    code: 'second-factor.code-wrong',
    message: ['验证码不对，第二重验证尚未生效。', 'The code is wrong: the second factor does not count yet.'],
    basis: ['验证器与本系统的时间须一致。', 'The clock of the app and that of this machine must agree.'],
    remedy: ['请核对手机时间后重试。', 'Check the clock of the phone and try again.'],
  })
}
