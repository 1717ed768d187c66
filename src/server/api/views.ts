import { forgetView, savedViews, saveView } from '#store/saved-views.ts'
import { officerOf, viewerOf } from '../reader.ts'
import { read } from './cases.ts'
import { Refusal } from '#engine/refusal.ts'
import { z } from 'zod'
import type { FastifyInstance } from 'fastify'
import type { SavedView } from '#store/saved-views.ts'
import type { Services } from '../services.ts'

export interface SavedViewsJson {
  readonly views: readonly SavedView[]
}

const MOST = 50
const viewName = z.string().trim().min(1).max(60)
const viewBody = z.object({ query: z.record(z.string().max(40), z.string().max(2000)) })

/** `/views`: lists that somebody keeps. Theirs alone. */
export function viewApi(api: FastifyInstance, { store }: Services): void {
  api.get(
    '/views',
    { schema: { summary: ['保存的视图', 'One’s saved views'], answer: 'SavedViewsJson' } },
    async (request): Promise<SavedViewsJson> => ({ views: await savedViews(store, viewerOf(request).person) }),
  )

  api.put<{ Params: { name: string } }>('/views/:name', { schema: { summary: ['保存视图', 'Save a view'] } }, async (request, reply) => {
    const { person } = officerOf(request)
    const name = read(viewName, request.params.name)
    const { query } = read(viewBody, request.body)
    if (!(await saveView(store, person, { name, query }, MOST))) throw tooMany()
    return reply.code(204).send()
  })

  api.delete<{ Params: { name: string } }>(
    '/views/:name',
    { schema: { summary: ['删除视图', 'Remove a view'] } },
    async (request, reply) => {
      await forgetView(store, officerOf(request).person, request.params.name)
      return reply.code(204).send()
    },
  )
}

function tooMany(): Refusal {
  return new Refusal({
    code: 'view.too-many',
    message: [`每人最多保存 ${MOST} 个视图。`, `A person keeps ${MOST} views at most.`],
    basis: ['视图供本人快速打开常用列表。', 'Views are for lists that one opens often.'],
    remedy: ['请先删除不用的视图。', 'Remove one that is no longer used.'],
  })
}
