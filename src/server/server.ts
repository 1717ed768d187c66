import { apiRoutes } from './api/api.ts'
import { authRoutes } from './auth.ts'
import { assetRoutes } from './assets.ts'
import { caseRoutes } from './cases.ts'
import { chapters } from '#report/chapters.ts'
import { documentRoutes } from './documents.ts'
import { fileVault } from '#store/file-vault.ts'
import { figureRoutes } from './figures.ts'
import { figures } from '#report/figures.ts'
import { finishRunning } from './graceful-stop.ts'
import { handleProblems, sendUnreadable } from './problem.ts'
import { healthRoutes } from './health.ts'
import { homeRoutes } from './home.ts'
import { identify } from '#accounts/identify.ts'
import { identifyReaders } from './reader.ts'
import { ledgerRoutes } from './ledger.ts'
import { LIMITS, limitLoad } from './overload.ts'
import { metricsRoutes } from './metrics.ts'
import { portalRoutes } from './portal/portal.ts'
import { procedureRoutes } from './procedures.ts'
import { Refusal } from '#engine/refusal.ts'
import { refuseUnreadableText } from './readable-text.ts'
import { registerRoutes } from './registers.ts'
import { registers as releaseRegisters } from '#registers/registers.ts'
import { rememberLanguage, rememberLook, viewOf } from './view.ts'
import { reportRoutes } from './report.ts'
import { workbenchRoutes } from './workbench.ts'
import Fastify, { LogController } from 'fastify'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Services } from './services.ts'

/** What has a default. */
type Defaulted = 'registers' | 'calendarChanged' | 'report' | 'identify' | 'demonstration' | 'vault' | 'fileLimit' | 'limits' | 'accounts'

/** 200 MB: an hour of recorded hearing. */
const FILE_LIMIT = 200 * 1024 * 1024

/** An office and who it is; the rest has defaults. */
export interface ServerOptions extends Omit<Services, Defaulted>, Partial<Pick<Services, Defaulted>> {
  /** Names under which the server is asked for besides those of this machine itself: behind a proxy, the proxy's. */
  readonly hosts?: readonly string[]
  /** Where the log goes; by default standard error. */
  readonly log?: NodeJS.WritableStream
  /** `info` writes a line for each request as well, `warn` only what went wrong. */
  readonly logLevel?: 'info' | 'warn'
}

/**
 * The pages and the API. Closed to whoever is nobody, but for what says that it is open; a demonstration is open to look at.
 *
 * @example
 * const server = await createServer({ store, catalogue, calendar, place, now })
 * await server.listen({ port: 8020, host: '127.0.0.1' })
 */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const services: Services = {
    registers: releaseRegisters,
    report: { chapters, figures },
    identify: async (headers) => (options.accounts ? identify(options.accounts, headers) : undefined),
    demonstration: false,
    vault: options.vault ?? fileVault(options.store),
    fileLimit: FILE_LIMIT,
    limits: LIMITS,
    ...options,
  }
  const app = Fastify({
    // Addresses hold what people typed, such as a name in a search box: requests are logged by us, by route.
    logger: { level: options.logLevel ?? 'warn', stream: options.log ?? process.stderr },
    logController: new LogController({ disableRequestLogging: true }),
    frameworkErrors: (_, request, reply) => {
      // An address that cannot even be read: none of our hooks ran.
      request.view = viewOf(request)
      return sendUnreadable(request, reply.headers(SECURITY))
    },
    trustProxy: 'loopback', // whom a request comes from, when the proxy is on this machine; nobody else's word is taken
    rewriteUrl: jsonTwin,
    routerOptions: { maxParamLength: 300, ignoreTrailingSlash: true },
  })
  app.decorateRequest('view')
  app.addHook('onRequest', async (request, reply) => {
    request.view = viewOf(request)
    reply.headers(SECURITY)
    rememberLanguage(request, reply)
    rememberLook(request, reply)
    refuseStrangeHost(request, options.hosts ?? [])
  })
  finishRunning(app)
  handleProblems(app)
  await limitLoad(app, services)
  identifyReaders(app, services)
  refuseUnreadableText(app)
  metricsRoutes(app, services)
  healthRoutes(app, services)
  assetRoutes(app)
  homeRoutes(app, services)
  reportRoutes(app, services)
  figureRoutes(app, services)
  caseRoutes(app, services)
  documentRoutes(app, services)
  await portalRoutes(app, services)
  procedureRoutes(app, services)
  registerRoutes(app, services)
  await ledgerRoutes(app, services)
  apiRoutes(app, services)
  authRoutes(app, services)
  workbenchRoutes(app)
  await app.ready()
  return app
}

const SECURITY = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'cache-control': 'private, no-cache',
  vary: 'Accept, Accept-Language, Cookie',
}

/** `/cases/….json` is `/cases/…` for a program that asks for JSON: every page has its twin. */
function jsonTwin(request: { url?: string | undefined; headers: Record<string, string | string[] | undefined> }): string {
  const url = request.url ?? '/'
  const [, path, query] = /^([^?]+)\.json(\?.*)?$/s.exec(url) ?? []
  if (path === undefined) return url
  request.headers['accept'] = 'application/json'
  return `${path}${query ?? ''}`
}

const OWN_NAMES = ['localhost', '127.0.0.1', '[::1]']

/**
 * A page of the web must not read this machine's pages through a name of its own that it makes point to 127.0.0.1 (DNS rebinding): over the
 * loopback only the machine's own names are answered.
 */
function refuseStrangeHost({ headers, socket }: FastifyRequest, hosts: readonly string[]): void {
  const loopback = /^(127\.|::1$|::ffff:127\.)/.test(socket.localAddress ?? '')
  const name = (headers.host ?? '').replace(/:\d+$/, '').toLowerCase()
  if (!loopback || [...OWN_NAMES, ...hosts].includes(name)) return
  throw new Refusal({
    code: 'host.unknown',
    exit: 2,
    message: [`本服务不以“${name}”为名。`, `This server is not called “${name}”.`],
    basis: [
      '本机网页只应答本机的名称，以防其他网站借名读取。',
      'Over the loopback only this machine’s own names are answered, so that no other site reads these pages.',
    ],
    remedy: ['请用 http://127.0.0.1 打开。', 'Open it at http://127.0.0.1.'],
  })
}
