import { beginOnce, finishOnce, forgetOnce } from '#store/idempotency.ts'
import { createHash } from 'node:crypto'
import { Refusal } from '#engine/refusal.ts'
import { viewerOf } from '../reader.ts'
import type { DraftOf } from '#store/drafts.ts'
import type { FastifyInstance } from 'fastify'
import type { Services } from '../services.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The key under which this write is done once. */
    onceKey: string | undefined
    /** Of which step what the reader was typing is done with, once the answer is kept. */
    draftTaken: Omit<DraftOf, 'person'> | undefined
  }
  interface FastifyContextConfig {
    /** A write that may be repeated without harm: it needs no key. */
    repeatable?: true
  }
}

const KEY = /^[\w-]{8,80}$/

/**
 * Every write names a key, `Idempotency-Key`: sent twice, it is done once and answered twice alike. A line that breaks between the doing and
 * the answer loses nothing: the same request again gets the first one's answer.
 */
export function doneOnce(api: FastifyInstance, { store, now }: Pick<Services, 'store' | 'now'>): void {
  api.decorateRequest('onceKey')
  api.decorateRequest('draftTaken')
  api.addHook('preHandler', async (request, reply) => {
    const { method, routeOptions, headers, body, url } = request
    if (method !== 'POST' || routeOptions.config.repeatable || routeOptions.config.open) return
    const key = headers['idempotency-key']
    if (typeof key !== 'string' || !KEY.test(key)) throw keyMissing()
    const { person } = viewerOf(request)
    const digest = createHash('sha256')
      .update(`${method} ${url}\n${JSON.stringify(body ?? null)}`)
      .digest()
    const before = await beginOnce(store, { person, key, digest, at: now() })
    if (before === 'new') {
      request.onceKey = key
      return
    }
    if (before === 'other') throw otherRequest()
    if (before === 'in-progress') throw inProgress()
    return reply.header('idempotent-replay', 'true').code(before.status).send(before.answer)
  })
  api.addHook('onSend', async (request, reply, payload) => {
    const { onceKey: key, draftTaken } = request
    if (key === undefined) return payload
    const { person } = viewerOf(request)
    // A refusal may be mended and sent again under the same key; only what was done is kept.
    if (reply.statusCode >= 400 || typeof payload !== 'string') await forgetOnce(store, person, key)
    else await finishOnce(store, { person, key, status: reply.statusCode, answer: payload, ...(draftTaken ? { draftTaken } : {}) })
    return payload
  })
}

function keyMissing(): Refusal {
  return new Refusal({
    code: 'idempotency.key-missing',
    exit: 2,
    message: ['请求没有幂等键。', 'The request has no idempotency key.'],
    basis: [
      '每次写入须带 Idempotency-Key（8 至 80 个字母、数字、下划线或连字符），重发时不重复办理。',
      'Every write names an Idempotency-Key (8 to 80 letters, digits, _ or -), so that sending it again does it once.',
    ],
    remedy: ['请补上该请求头后重发。', 'Add the header and send it again.'],
  })
}

function otherRequest(): Refusal {
  return new Refusal({
    code: 'idempotency.other-request',
    message: ['同一幂等键已用于内容不同的请求。', 'The same idempotency key was used for another request.'],
    basis: ['一个键只对应一次写入。', 'A key belongs to one write.'],
    remedy: ['请换用新的键。', 'Use a new key.'],
  })
}

function inProgress(): Refusal {
  return new Refusal({
    code: 'idempotency.in-progress',
    message: ['同一请求正在办理。', 'The same request is being carried out.'],
    basis: ['一次写入只办理一次。', 'A write is done once.'],
    remedy: ['请稍候几秒再试。', 'Try again in a few seconds.'],
  })
}
