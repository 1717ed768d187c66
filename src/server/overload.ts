import rateLimit from '@fastify/rate-limit'
import { Refusal } from '#engine/refusal.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Services } from './services.ts'

/** How many requests a minute: of one person, one client of the API, one address that nobody signed in from. */
export interface Limits {
  readonly person: number
  readonly client: number
  readonly address: number
  /** How many requests may run at the same time before more are turned away; uploads and downloads, which take long and little, are not counted. */
  readonly running: number
}

/** A person who works fast takes a request a second, a page of the workbench a dozen; a whole office may come from one address. */
export const LIMITS: Limits = { person: 1200, client: 3000, address: 6000, running: 200 }

const RETRY_SECONDS = 2

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Moves much and works little: not counted among what runs. */
    takesLong?: true
  }
}

/**
 * Turns requests away where there are too many, before anything is done for them: what is refused was not begun, and what was begun is
 * finished. Must come before the routes; the limits of one person are counted by
 * hooks of each route, which run when it is known who asks.
 */
export async function limitLoad(app: FastifyInstance, { limits }: Pick<Services, 'limits'>): Promise<void> {
  let running = 0
  app.addHook('onRequest', async ({ routeOptions }, reply) => {
    if (routeOptions.config.rateLimit === false || routeOptions.config.takesLong) return
    if (running >= limits.running) {
      reply.header('retry-after', String(RETRY_SECONDS))
      throw overloaded()
    }
    running += 1
    // Not by onResponse: that is not told of an answer which its client did not wait for.
    reply.raw.once('close', () => {
      running -= 1
    })
  })
  await app.register(rateLimit, {
    timeWindow: '1 minute',
    keyGenerator: keyOf,
    max: (_, key) => limits[key.slice(0, key.indexOf(':')) as 'person' | 'client' | 'address'],
    errorResponseBuilder: () => tooMany(),
  })
}

/** Whose requests are counted together. */
function keyOf({ viewer, ip }: FastifyRequest): string {
  if (!viewer || viewer.person === '') return `address:${ip}`
  return viewer.person.startsWith('api:') ? `client:${viewer.person}` : `person:${viewer.person}`
}

function overloaded(): Refusal {
  return new Refusal({
    code: 'server.overloaded',
    message: ['系统正忙，此请求未办理。', 'The server is busy: this request was not carried out.'],
    basis: ['已答复办理成功的都已保存；未受理的没有任何改动。', 'What was acknowledged is saved; what was turned away changed nothing.'],
    remedy: ['请稍候几秒再试；已填内容不会丢失。', 'Try again in a few seconds; nothing entered is lost.'],
  })
}

function tooMany(): Refusal {
  return new Refusal({
    code: 'request.too-many',
    message: ['请求过于频繁，此请求未办理。', 'Too many requests: this one was not carried out.'],
    basis: ['每个账号、接口客户端、网络地址每分钟的请求有上限。', 'A person, a client and an address each have a limit a minute.'],
    remedy: ['请按 Retry-After 所示的秒数等候后再试。', 'Wait as many seconds as Retry-After says, then try again.'],
  })
}
