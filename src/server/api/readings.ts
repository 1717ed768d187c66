import { governing } from '#engine/governing.ts'
import { organNames } from '../cases.ts'
import { read } from './cases.ts'
import { readCase } from '#store/read-case.ts'
import { recordReading } from './acting.ts'
import { shownPersonal } from './shown-input.ts'
import { splitInput } from '#store/case-rows.ts'
import { systemNamed } from '#engine/system.ts'
import { z } from 'zod'
import type { FastifyInstance } from 'fastify'
import type { RowJson } from './shown-input.ts'
import type { Services } from '../services.ts'

/** Why somebody reads who the people of a case are. */
export const purpose = z.string().trim().min(2).max(500)
const reading = z.object({ purpose })

/** What of a case is personal, step by step: as it was sent, and readable. */
export interface ReadingJson {
  readonly case: string
  readonly steps: readonly {
    readonly seq: number
    readonly values: Readonly<Record<string, unknown>>
    readonly rows: readonly RowJson[]
  }[]
}

/**
 * `/cases/:id/readings`: who the people of a case are, for a purpose. A write that may be repeated: each reading is in the ledger, and kept as
 * the answer of a key what is personal would outlive its erasure.
 */
export function readingApi(api: FastifyInstance, services: Services): void {
  const { store, catalogue } = services
  api.post<{ Params: { id: string } }>(
    '/cases/:id/readings',
    {
      schema: { summary: ['查看个人信息，写明用途', 'Read who the people are, for a purpose'], answer: 'ReadingJson' },
      config: { repeatable: true },
    },
    async (request, reply): Promise<ReadingJson> => {
      const { id } = request.params
      await recordReading(request, services, id, read(reading, request.body))
      const { theCase } = await readCase(store.pool, store.region, id, catalogue)
      const law = governing(systemNamed(catalogue, theCase.procedure), theCase)
      const organs = await organNames(services, theCase.openedOn)
      reply.code(201)
      return {
        case: id,
        steps: theCase.steps.flatMap(({ seq, step, input }) => {
          const fields = law.of(seq).steps[step]?.input ?? {}
          const { personal } = splitInput(fields, input)
          return personal ? [{ seq, values: personal, rows: shownPersonal(fields, personal, request.view, organs) }] : []
        }),
      }
    },
  )
}
