import { overlooks, scopesOf, seesCase } from '#identity/permission.ts'
import { readConcern } from '#store/read-concern.ts'
import { Refusal } from '#engine/refusal.ts'
import { unknownCase } from '#store/read-case.ts'
import { VISITOR } from '#identity/viewer.ts'
import type { Concern } from '#identity/permission.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Reader } from '#store/scope.ts'
import type { Services } from './services.ts'
import type { Viewer } from '#identity/viewer.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; only routes that say `config: { open: true }` are answered to nobody. */
    viewer: Viewer | undefined
  }
  interface FastifyContextConfig {
    /** Answered to anybody: nothing of a case is in it. */
    open?: true
  }
}

/** Finds out who asks, and refuses whoever is nobody: every route is closed that does not say that it is open. */
export function identifyReaders(app: FastifyInstance, { identify, demonstration }: Pick<Services, 'identify' | 'demonstration'>): void {
  app.decorateRequest('viewer')
  app.addHook('onRequest', async (request) => {
    request.viewer = (await identify(request.headers)) ?? (demonstration ? VISITOR : undefined)
    const exists = request.routeOptions.url !== undefined
    if (exists && !request.viewer && !request.routeOptions.config.open) throw notSignedIn()
  })
}

/** Who asks. @throws Refusal `session.missing` */
export function viewerOf(request: FastifyRequest): Viewer {
  if (!request.viewer) throw notSignedIn()
  return request.viewer
}

/** Who asks, as somebody known: whoever only looks at a demonstration is nobody. @throws Refusal `session.missing` */
export function officerOf(request: FastifyRequest): Viewer {
  const viewer = viewerOf(request)
  if (viewer.demonstration) throw notSignedIn()
  return viewer
}

/** Where the viewer sees cases, for what reads many. @throws Refusal `session.missing` */
export function readerOf(request: FastifyRequest, { catalogue }: Pick<Services, 'catalogue'>): Reader {
  const viewer = viewerOf(request)
  return { scopes: scopesOf(viewer, catalogue), person: viewer.person }
}

/**
 * What decides on a case, if the viewer may see it.
 *
 * @throws Refusal `case.unknown` also where the case is there and not to be seen: nobody learns which ids exist
 */
export async function concernSeen(request: FastifyRequest, { store, catalogue }: Services, id: string): Promise<Concern> {
  const concern = await readConcern(store, id)
  if (!seesCase(viewerOf(request), concern, catalogue)) throw unknownCase(id)
  return concern
}

/** Refuses who may not look over the whole place. @throws Refusal `permission.not-overlooking` */
export function refuseUnlessOverlooking(request: FastifyRequest): void {
  if (overlooks(viewerOf(request))) return
  throw new Refusal({
    code: 'permission.not-overlooking',
    message: ['您的岗位不能查看全区的统计与报告。', 'Your posts do not look over the whole place.'],
    basis: [
      '全区数据由承担监督职责的岗位查看；本机构的数据见工作台。',
      'The whole is for posts that supervise; what is yours is in the workbench.',
    ],
    remedy: ['请打开工作台，或由负责人申请监督岗位。', 'Open the workbench, or have a supervising post given.'],
  })
}

function notSignedIn(): Refusal {
  return new Refusal({
    code: 'session.missing',
    message: ['请先登录。', 'Sign in first.'],
    basis: ['案件与名册只供有岗位的人员查看。', 'Cases and registers are for those who hold a post.'],
    remedy: ['登录后再打开本页；已填写的内容不会丢失。', 'Sign in and open this page again; nothing entered is lost.'],
  })
}
