import { concernSeen, officerOf } from '../reader.ts'
import { draftOf, dropDraft, keepDraft } from '#store/drafts.ts'
import { holdingFor } from '#identity/permission.ts'
import { isUuid } from '#store/read-case.ts'
import { read } from './cases.ts'
import { stepOf } from './acting.ts'
import { readOpenCase } from '#store/read-open-case.ts'
import { systemNamed } from '#engine/system.ts'
import { z } from 'zod'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Services } from '../services.ts'

/** What was being typed, and when it was last kept. */
export interface DraftJson {
  readonly input: Readonly<Record<string, unknown>>
  readonly at: string
}

const keeping = z.object({ input: z.record(z.string().max(80), z.unknown()) })

interface Where {
  Params: { target: string; step: string }
}

/**
 * `/drafts/:target/:step`: what somebody is typing, kept so that nothing is lost by a closed lid. Theirs alone; gone when the step is taken.
 * `target` is a case, or the procedure that a new case is to be of.
 */
export function draftApi(api: FastifyInstance, services: Services): void {
  const { store, now } = services

  api.put<Where>(
    '/drafts/:target/:step',
    { schema: { summary: ['保存草稿', 'Keep a draft'], body: keeping, answer: 'DraftJson' } },
    async (request): Promise<DraftJson> => {
      const { input } = read(keeping, request.body)
      await refuseUnlessTheirs(request)
      const draft = { input, at: now() }
      await keepDraft(store, ownDraft(request), draft)
      return draft
    },
  )

  api.get<Where>(
    '/drafts/:target/:step',
    { schema: { summary: ['读取草稿', 'Read a draft'], answer: 'DraftJson' } },
    async (request): Promise<DraftJson | null> => (await draftOf(store, ownDraft(request))) ?? null,
  )

  api.delete<Where>('/drafts/:target/:step', { schema: { summary: ['删除草稿', 'Throw a draft away'] } }, async (request, reply) => {
    await dropDraft(store, ownDraft(request))
    return reply.code(204).send()
  })

  /** A draft is of a step that its writer may take: it holds what the step would. */
  async function refuseUnlessTheirs(request: FastifyRequest<Where>): Promise<void> {
    const viewer = officerOf(request)
    const { target, step } = request.params
    if (isUuid(target)) {
      const concern = await concernSeen(request, services, target)
      const { definition } = await readOpenCase(store, services.catalogue, target)
      stepOf(definition, step)
      holdingFor(viewer, definition, step, concern, systemNamed(services.catalogue, concern.procedure))
      return
    }
    const system = systemNamed(services.catalogue, target)
    const definition = system.definitions.findLast(({ steps }) => Object.hasOwn(steps, step)) ?? system.definitions.at(-1)!
    stepOf(definition, step)
    holdingFor(viewer, definition, step, undefined, system)
  }
}

function ownDraft(request: FastifyRequest<Where>): { person: string; target: string; step: string } {
  return { person: officerOf(request).person, ...request.params }
}
