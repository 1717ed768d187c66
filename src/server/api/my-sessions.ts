import { endSessions, sessionsOf } from '#store/sessions.ts'
import { logSignIn } from '#accounts/sign-in.ts'
import { Refusal } from '#engine/refusal.ts'
import { signedInViewerOf } from '../reader.ts'
import type { AccountOffice } from '#accounts/account-office.ts'
import type { FastifyInstance } from 'fastify'
import type { SessionLine } from '#store/sessions.ts'

/** A session of one's own. */
export interface OwnSessionJson extends SessionLine {
  /** The one in which this is asked. */
  readonly isThis: boolean
}

/** `/my-sessions`: where somebody is signed in, and how to end it. */
export function ownSessionApi(api: FastifyInstance, office: AccountOffice): void {
  const { store } = office

  api.get(
    '/my-sessions',
    { schema: { summary: ['本人会话', 'One’s sessions'], answer: 'MySessionsJson' }, config: { owing: true } },
    async (request): Promise<{ sessions: OwnSessionJson[] }> => {
      const { session } = signedInViewerOf(request)
      const sessions = await sessionsOf(store, session.account)
      return { sessions: sessions.map((one) => ({ ...one, isThis: one.id === session.id })) }
    },
  )

  api.delete<{ Params: { id: string } }>(
    '/my-sessions/:id',
    { schema: { summary: ['结束会话', 'End a session'] }, config: { owing: true } },
    async (request, reply) => {
      const { session, person } = signedInViewerOf(request)
      const ended = await endSessions(store.pool, session.account, { only: request.params.id })
      if (ended === 0) throw unknownSession()
      await logSignIn(office, { id: session.account, username: session.username, person }, 'session-ended')
      return reply.code(204).send()
    },
  )

  // All but the one in which this is asked.
  api.delete(
    '/my-sessions',
    { schema: { summary: ['结束其他会话', 'End the other sessions'] }, config: { owing: true } },
    async (request): Promise<{ ended: number }> => {
      const { session, person } = signedInViewerOf(request)
      const ended = await endSessions(store.pool, session.account, { except: session.id })
      if (ended > 0) await logSignIn(office, { id: session.account, username: session.username, person }, 'other-sessions-ended')
      return { ended }
    },
  )
}

function unknownSession(): Refusal {
  return new Refusal({
    code: 'session.unknown',
    message: ['没有这个会话，或已经结束。', 'There is no such session, or it has ended.'],
    basis: ['只能结束自己的会话。', 'One ends one’s own sessions only.'],
    remedy: ['请刷新列表。', 'Read the list anew.'],
  })
}
