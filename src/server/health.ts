import { readinessOf } from '#store/condition.ts'
import type { FastifyInstance } from 'fastify'
import type { Services } from './services.ts'

/**
 * `/health`: the process lives. `/ready`: it can work, so that whoever stands before it may send requests; 503 where it cannot, with the
 * part that is missing. Nothing of a case is in either.
 */
export function healthRoutes(app: FastifyInstance, { store }: Pick<Services, 'store'>): void {
  app.get('/health', { config: { open: true, rateLimit: false } }, async () => ({ live: true }))
  app.get('/ready', { config: { open: true, rateLimit: false } }, async (_, reply) => {
    const { database, disc } = await readinessOf(store)
    const ready = database && disc
    return reply.code(ready ? 200 : 503).send({ ready, database, disc })
  })
}
