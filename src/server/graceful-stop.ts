import type { FastifyInstance } from 'fastify'

/**
 * A stop takes nothing new, finishes what runs, and then closes: a connection whose last answer goes out while it stops is told to end,
 * for kept alive it would hold the stop up for as long as its client likes.
 */
export function finishRunning(app: FastifyInstance): void {
  let stopping = false
  app.addHook('preClose', async () => {
    stopping = true
  })
  app.addHook('onSend', async (_, reply) => {
    if (stopping) reply.header('connection', 'close')
  })
}
