import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import { dateIn } from '#engine/day.ts'
import { timingSafeEqual } from 'node:crypto'
import { waitingIn } from '#store/condition.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Services } from './services.ts'

/** From one millisecond to ten seconds, closest where pages should be. */
const SECONDS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10]

/**
 * `/metrics` for Prometheus: how many requests by route and status and how long they took, connections, and what waits. Told to the machine
 * itself, and to whoever brings the key in `YIFA_METRICS_KEY` as a bearer. Also writes a line of log for each request: the route's pattern,
 * never the address, which may hold what somebody typed.
 */
export function metricsRoutes(app: FastifyInstance, { store, now }: Pick<Services, 'store' | 'now'>): void {
  const registry = new Registry()
  const requests = new Counter({
    name: 'yifa_http_requests_total',
    help: 'Requests answered',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
  })
  const seconds = new Histogram({
    name: 'yifa_http_request_seconds',
    help: 'Time to the end of the answer',
    labelNames: ['method', 'route'],
    buckets: SECONDS,
    registers: [registry],
  })
  const connections = new Gauge({
    name: 'yifa_database_connections',
    help: 'Connections to the database, and requests that wait for one',
    labelNames: ['state'],
    registers: [registry],
  })
  const waits = new Gauge({ name: 'yifa_waiting', help: 'What waits to be done', labelNames: ['what'], registers: [registry] })

  app.addHook('onResponse', async (request, reply) => {
    const { method } = request
    const route = request.routeOptions.url ?? 'none'
    requests.inc({ method, route, status: reply.statusCode })
    seconds.observe({ method, route }, reply.elapsedTime / 1000)
    request.log.info({ method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'request')
  })

  app.get('/metrics', { config: { open: true, rateLimit: false } }, async (request, reply) => {
    if (!mayRead(request)) return reply.callNotFound()
    const { totalCount, idleCount, waitingCount } = store.pool
    connections.set({ state: 'busy' }, totalCount - idleCount)
    connections.set({ state: 'idle' }, idleCount)
    connections.set({ state: 'waiting' }, waitingCount)
    for (const [what, count] of Object.entries(await waitingIn(store, dateIn(now())))) waits.set({ what }, count)
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}

/** Without a key only the machine itself: a request that came through a proxy says so, and is not. */
function mayRead({ headers, ip }: FastifyRequest): boolean {
  const key = process.env['YIFA_METRICS_KEY']
  if (!key) return /^(127\.|::1$|::ffff:127\.)/.test(ip) && headers['x-forwarded-for'] === undefined && headers['forwarded'] === undefined
  const [given, wanted] = [Buffer.from(headers.authorization ?? ''), Buffer.from(`Bearer ${key}`)]
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}
