import { assignCase, recuse } from '#store/assign-case.ts'
import { assigningHolding, recusingHolding } from '#identity/permission.ts'
import { concernSeen, officerOf } from '../reader.ts'
import { dateIn } from '#engine/day.ts'
import { holdersOf } from '#store/holders.ts'
import { read } from './cases.ts'
import { systemNamed } from '#engine/system.ts'
import { z } from 'zod'
import type { FastifyInstance } from 'fastify'
import type { Services } from '../services.ts'

const reason = z.string().trim().min(2).max(2000)
const assigning = z.object({ post: z.string().max(80), person: z.string().min(1).max(80).nullable(), reason })
const recusing = z.object({ person: z.string().min(1).max(80), reason })

/** Who handles a case in a post now. */
export interface AssignmentJson {
  readonly case: string
  readonly post: string
  readonly person: string | null
}

/** `/cases/:id/assignments` and `/cases/:id/recusals`: who handles a case, and who keeps away from it. */
export function assignmentApi(api: FastifyInstance, services: Services): void {
  const { store, catalogue, now } = services

  api.post<{ Params: { id: string } }>('/cases/:id/assignments', async (request, reply): Promise<AssignmentJson> => {
    const { id } = request.params
    const { post, person, reason: why } = read(assigning, request.body)
    const viewer = officerOf(request)
    const concern = await concernSeen(request, services, id)
    const of = person ?? concern.assigned[post]
    const holders = await holdersOf(store, concern.procedure, dateIn(now()))
    const holdings = holders.flatMap((one) => (one.person === of ? [one.holding] : []))
    const by = assigningHolding(viewer, systemNamed(catalogue, concern.procedure), concern, post, person, holdings)
    await assignCase(store, {
      caseId: id,
      post,
      person,
      reason: why,
      by: { post: by.post, person: viewer.person, organ: by.organ },
      at: now(),
    })
    reply.code(201)
    return { case: id, post, person }
  })

  api.post<{ Params: { id: string } }>('/cases/:id/recusals', async (request, reply) => {
    const { id } = request.params
    const { person, reason: why } = read(recusing, request.body)
    const viewer = officerOf(request)
    const concern = await concernSeen(request, services, id)
    const by = recusingHolding(viewer, systemNamed(catalogue, concern.procedure), concern)
    await recuse(store, { caseId: id, person, reason: why, by: { post: by.post, person: viewer.person, organ: by.organ }, at: now() })
    return reply.code(201).send({ case: id, person })
  })
}
