import { concernSeen, officerOf } from '../reader.ts'
import { dutyOf } from '../portal/publication-kinds.ts'
import { OFFICERS_GROUNDS } from '#engine/withdrawal.ts'
import {
  nothingToPublish,
  publicationsOfCase,
  publish,
  publishablesOf,
  readPublication,
  unknownPublication,
  withdraw,
} from '#store/publications.ts'
import { publishingHolding, seesCase } from '#identity/permission.ts'
import { read } from './cases.ts'
import { readCase } from '#store/read-case.ts'
import { readConcern } from '#store/read-concern.ts'
import { systemNamed } from '#engine/system.ts'
import { z } from 'zod'
import type { Actor } from '#engine/case.ts'
import type { Concern } from '#identity/permission.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Publication } from '#store/publications.ts'
import type { Services } from '../services.ts'

/** What the public reads of a case, and what it could. */
export interface CasePublicationsJson {
  readonly publications: readonly {
    readonly id: string
    readonly seq: number
    readonly duty: string
    readonly name: string
    /** The last day by law; null where it names none. */
    readonly due: string | null
    readonly indexNumber: string | null
    readonly publishedOn: string | null
    readonly withdrawnOn: string | null
    readonly withdrawnFor: string | null
  }[]
  /** What is not published but may be, by whom it is looked at: read it before publishing it. */
  readonly publishable: readonly {
    readonly seq: number
    readonly duty: string
    readonly title: string
    readonly body: Readonly<Record<string, unknown>>
    readonly due: string | null
  }[]
}

/** Something that was published. */
export interface PublishedJson {
  readonly id: string
  readonly indexNumber: string
}

const publishing = z.object({ seq: z.number().int().min(1), duty: z.string().min(1).max(80) })
const withdrawing = z.object({ ground: z.enum(OFFICERS_GROUNDS as [string, ...string[]]) })

/** `/cases/:id/publications`: what an officer publishes of a case; `/publications/:id/withdrawals`: and takes back. */
export function publicationApi(api: FastifyInstance, services: Services): void {
  const { store, catalogue, now } = services

  const actorFor = (request: FastifyRequest, concern: Concern, of: Pick<Publication, 'procedure' | 'version' | 'duty'>): Actor => {
    const { definition, duty } = dutyOf(of, catalogue)
    const viewer = officerOf(request)
    const holding = publishingHolding(viewer, definition, duty, concern, systemNamed(catalogue, concern.procedure))
    return { post: holding.post, person: viewer.person, organ: holding.organ }
  }

  api.get<{ Params: { id: string } }>(
    '/cases/:id/publications',
    { schema: { summary: ['案件的公开', 'What is published of a case'], answer: 'CasePublicationsJson' } },
    async (request): Promise<CasePublicationsJson> => {
      const { id } = request.params
      await concernSeen(request, services, id)
      const { theCase } = await readCase(store.pool, store.region, id, catalogue)
      const [rows, wanted] = await Promise.all([publicationsOfCase(store, id), publishablesOf(services, theCase, now())])
      const { say } = request.view
      return {
        publications: rows.map((row) => ({
          id: row.id,
          seq: row.seq,
          duty: row.duty,
          name: say(dutyOf(row, catalogue).duty.name),
          due: row.due,
          indexNumber: row.indexNumber,
          publishedOn: row.publishedOn,
          withdrawnOn: row.withdrawnOn,
          withdrawnFor: row.withdrawnFor,
        })),
        publishable: wanted
          .filter(({ seq, duty }) => !rows.some((row) => row.seq === seq && row.duty === duty && row.indexNumber && !row.withdrawnOn))
          .map(({ seq, duty, title, body, due }) => ({ seq, duty, title: say(title), body, due })),
      }
    },
  )

  api.post<{ Params: { id: string } }>(
    '/cases/:id/publications',
    {
      schema: {
        summary: ['公开', 'Publish something of a case'],
        body: publishing,
        answer: 'PublishedJson',
        refusals: ['publication.nothing-to-publish', 'publication.already-published', 'permission.not-publishing'],
      },
    },
    async (request, reply): Promise<PublishedJson> => {
      const { id } = request.params
      const wanted = read(publishing, request.body)
      officerOf(request)
      const concern = await concernSeen(request, services, id)
      const { theCase } = await readCase(store.pool, store.region, id, catalogue)
      const one = (await publishablesOf(services, theCase, now())).find(({ seq, duty }) => seq === wanted.seq && duty === wanted.duty)
      if (!one) throw nothingToPublish()
      const by = actorFor(request, concern, { procedure: theCase.procedure, version: one.version, duty: one.duty })
      reply.code(201)
      return publish(services, theCase, wanted, by, now())
    },
  )

  api.post<{ Params: { id: string } }>(
    '/publications/:id/withdrawals',
    {
      schema: {
        summary: ['撤下', 'Withdraw something published'],
        body: withdrawing,
        refusals: ['publication.unknown', 'publication.not-standing', 'permission.not-publishing'],
      },
    },
    async (request, reply) => {
      const { ground } = read(withdrawing, request.body)
      const viewer = officerOf(request)
      const found = await readPublication(store, request.params.id)
      const concern = await readConcern(store, found.caseId)
      if (!seesCase(viewer, concern, catalogue)) throw unknownPublication(found.id)
      const by = actorFor(request, concern, found)
      await withdraw(
        store,
        found.id,
        OFFICERS_GROUNDS.find((one) => one === ground)!,
        by,
        now(),
      )
      return reply.code(201).send({ id: found.id, ground })
    },
  )
}
