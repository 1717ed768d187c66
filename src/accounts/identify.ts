import { dateIn, instantOf } from '#engine/day.ts'
import { endSessions, readSession, touchSession } from '#store/sessions.ts'
import { isSessionOver } from '#identity/session-limit.ts'
import { signedCookie } from '#identity/sign-in-library.ts'
import type { AccountOffice } from './account-office.ts'
import type { Holding, Owed, Viewer } from '#identity/viewer.ts'
import type { IncomingHttpHeaders } from 'node:http'
import type { SessionRead } from '#store/sessions.ts'

/** How exactly we know when somebody was last there. */
const TOUCH_EVERY_MS = 60_000

/**
 * Who sends a request, by the cookie of their session and the posts that they hold today. Asked anew each time, in one query and at most one
 * write a minute: what is taken away is gone with the next request.
 */
export async function identify(office: AccountOffice, headers: IncomingHttpHeaders): Promise<Viewer | undefined> {
  const { store, policy } = office
  const token = signedCookie(headers.cookie, office.cookies.session, office.secret)
  if (token === undefined) return undefined
  const now = office.now()
  const session = await readSession(store, token, dateIn(now))
  if (!session) return undefined
  if (isSessionOver(session, now, policy)) {
    await endSessions(store.pool, session.account, { only: session.id })
    return undefined
  }
  if (instantOf(now) - instantOf(session.seenAt) >= TOUCH_EVERY_MS) await touchSession(store, session.id, now)
  return viewerFrom(session, office)
}

/** The viewer that a session makes. An administrator holds no post, whatever a register says. */
export function viewerFrom(session: SessionRead, { demonstration }: Pick<AccountOffice, 'demonstration'>): Viewer {
  const { id, account, username, person, administrator, secondFactor, posts } = session
  const holdings = administrator ? [] : posts.map(holdingFrom)
  const owes = demonstration ? undefined : owedBy(session, holdings)
  return {
    person,
    holdings,
    ...(administrator ? { administrator } : {}),
    session: { id, account, username, secondFactor },
    ...(owes ? { owes } : {}),
  }
}

/** Whoever came through a provider chose their password, and gave their second factor, there. */
function owedBy(
  { means, passwordMustChange, secondFactor, administrator, secondFactorOrgans }: SessionRead,
  holdings: readonly Holding[],
): Owed | undefined {
  if (means === 'provider') return undefined
  if (passwordMustChange) return 'password'
  const needed = administrator !== null || holdings.some(({ organ }) => secondFactorOrgans.includes(organ))
  return needed && !secondFactor ? 'second-factor' : undefined
}

function holdingFrom({ key, value }: SessionRead['posts'][number]): Holding {
  const { post, name, organ, procedures, as, standsFor, supervises } = value as Partial<Record<string, unknown>>
  return {
    key,
    post: String(post),
    ...(typeof name === 'string' ? { name } : {}),
    organ: String(organ),
    procedures: Array.isArray(procedures) ? procedures.map(String) : [],
    as: as === 'acting' || as === 'delegated' ? as : 'regular',
    ...(typeof standsFor === 'string' ? { standsFor } : {}),
    ...(supervises === true ? { supervises } : {}),
  }
}
