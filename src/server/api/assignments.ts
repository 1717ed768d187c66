import { assign, recuse } from '#store/assign.ts'
import { assigningHolding, givesTo, recusingHolding } from '#identity/permission.ts'
import { concernSeen, officerOf } from '../reader.ts'
import { dateIn } from '#engine/day.ts'
import { holdingsOn } from '#store/holdings.ts'
import { organNames } from '../cases.ts'
import { read } from './cases.ts'
import { readQuery, word } from '../query.ts'
import { systemNamed } from '#engine/system.ts'
import { z } from 'zod'
import type { FastifyInstance } from 'fastify'
import type { Services } from '../services.ts'

/** People to whom cases of a procedure can be given, by post. */
export interface AssigneesJson {
  readonly people: readonly { readonly person: string; readonly post: string; readonly organ: string; readonly organName: string }[]
}

/** Who handles a case in a post now. */
export interface AssignmentJson {
  readonly case: string
  readonly post: string
  readonly person: string | null
}

const MOST = 200
const assigningOne = z.object({ post: word, person: word.nullable(), reason: z.string().trim().min(1).max(2000) })
const recusing = z.object({ person: word, reason: z.string().trim().min(1).max(2000) })
const assigning = z.object({
  cases: z.array(z.uuid()).min(1).max(MOST),
  post: word,
  person: word.nullable(),
  reason: z.string().trim().min(1).max(500),
})

/** Who handles cases, one or many at once, all or none; and who keeps away from one. */
export function assignmentApi(api: FastifyInstance, services: Services): void {
  const { store, catalogue, now } = services

  api.post('/cases/assignments', { schema: { summary: ['批量指派', 'Assign many cases'] } }, async (request, reply) => {
    const viewer = officerOf(request)
    const { cases, post, person, reason } = read(assigning, request.body)
    const held = await holdingsOn(store, dateIn(now()))
    const given = []
    for (const id of new Set(cases)) {
      const concern = await concernSeen(request, services, id)
      const theirs = person ?? concern.assigned[post]
      const holdings = theirs === undefined ? [] : (held.get(theirs) ?? [])
      const holding = assigningHolding(viewer, systemNamed(catalogue, concern.procedure), concern, post, person, holdings)
      given.push({ id, by: { post: holding.post, person: viewer.person, organ: holding.organ } })
    }
    await assign(store, { cases: given, post, person, reason, at: now() })
    return reply.code(201).send({ cases: given.map(({ id }) => id), post, person })
  })

  api.post<{ Params: { id: string } }>(
    '/cases/:id/assignments',
    { schema: { summary: ['指派', 'Assign a case'], answer: 'AssignmentJson' } },
    async (request, reply): Promise<AssignmentJson> => {
      const { id } = request.params
      const { post, person, reason } = read(assigningOne, request.body)
      const viewer = officerOf(request)
      const concern = await concernSeen(request, services, id)
      const theirs = person ?? concern.assigned[post]
      const holdings = theirs === undefined ? [] : ((await holdingsOn(store, dateIn(now()))).get(theirs) ?? [])
      const holding = assigningHolding(viewer, systemNamed(catalogue, concern.procedure), concern, post, person, holdings)
      const by = { post: holding.post, person: viewer.person, organ: holding.organ }
      await assign(store, { cases: [{ id, by }], post, person, reason, at: now() })
      reply.code(201)
      return { case: id, post, person }
    },
  )

  api.post<{ Params: { id: string } }>(
    '/cases/:id/recusals',
    { schema: { summary: ['回避', 'Have somebody keep away'] } },
    async (request, reply) => {
      const { id } = request.params
      const { person, reason } = read(recusing, request.body)
      const viewer = officerOf(request)
      const concern = await concernSeen(request, services, id)
      const { post, organ } = recusingHolding(viewer, systemNamed(catalogue, concern.procedure), concern)
      await recuse(store, { id, person, reason, by: { post, person: viewer.person, organ }, at: now() })
      return reply.code(201).send({ case: id, person })
    },
  )

  api.get(
    '/cases/assignees',
    { schema: { summary: ['可指派的人员', 'To whom cases can be given'], answer: 'AssigneesJson' } },
    async (request): Promise<AssigneesJson> => {
      const viewer = officerOf(request)
      const { procedure } = readQuery({ procedure: word }, request.query)
      const system = systemNamed(catalogue, procedure)
      const today = dateIn(now())
      const [held, organs] = await Promise.all([holdingsOn(store, today), organNames(services, today)])
      const seen = [...held].flatMap(([person, holdings]) =>
        holdings
          .filter((holding) => givesTo(viewer, holding, system))
          .map(({ post, organ }) => ({ person, post, organ, organName: organs.get(organ) ?? organ })),
      )
      return { people: seen }
    },
  )
}
