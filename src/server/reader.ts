import { clientByKey, isClientKey, viewerOfClient } from '#store/api-clients.ts'
import { handlingsOf, overlooks, personsOf, scopesOf, seesCase } from '#identity/permission.ts'
import { readableAmong } from '#store/readable-cases.ts'
import { readConcern } from '#store/read-concern.ts'
import { Refusal } from '#engine/refusal.ts'
import { caseIdOf, unknownCase } from '#store/read-case.ts'
import { VISITOR } from '#identity/viewer.ts'
import type { Actor } from '#engine/case.ts'
import type { Concern } from '#identity/permission.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { OpenCase } from '#store/read-open-case.ts'
import type { PersonalReader } from '#store/scope.ts'
import type { Services } from './services.ts'
import type { Administrator, Owed, Viewer } from '#identity/viewer.ts'
import type { SignedInViewer } from '#accounts/own-account.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; only routes that say `config: { open: true }` are answered to nobody. */
    viewer: Viewer | undefined
  }
  interface FastifyContextConfig {
    /** Answered to anybody: nothing of a case is in it. */
    open?: true
    /** Answered also to an account that owes a password of its own or a second factor: by this it can see to it. */
    owing?: true
  }
}

/** Finds out who asks, and refuses whoever is nobody: every route is closed that does not say that it is open. */
export function identifyReaders(
  app: FastifyInstance,
  { identify, demonstration, store, now }: Pick<Services, 'identify' | 'demonstration' | 'store' | 'now'>,
): void {
  app.decorateRequest('viewer')
  app.addHook('onRequest', async (request) => {
    const key = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
    if (key !== undefined && isClientKey(key)) {
      // A wrong key is refused even where anybody may look: whoever sends one believes that it opens.
      const client = await clientByKey(store, key, now())
      if (!client) throw keyInvalid()
      request.viewer = viewerOfClient(client)
      return
    }
    request.viewer = (await identify(request.headers)) ?? (demonstration ? VISITOR : undefined)
    if (!request.viewer) request.view = { ...request.view, portal: true }
    const { url, config } = request.routeOptions
    if (url === undefined || config.open) return
    if (!request.viewer) throw notSignedIn()
    if (request.viewer.owes && !config.owing) throw owing(request.viewer.owes)
  })
}

/** Who asks. @throws Refusal `session.missing` */
export function viewerOf(request: FastifyRequest): Viewer {
  if (!request.viewer) throw notSignedIn()
  return request.viewer
}

/** Who asks in a session of their own. @throws Refusal `session.missing` */
export function signedInViewerOf(request: FastifyRequest): SignedInViewer {
  const viewer = viewerOf(request)
  if (!viewer.session) throw notSignedIn()
  return { ...viewer, session: viewer.session }
}

/** Who asks, as somebody known: whoever only looks at a demonstration is nobody. @throws Refusal `session.missing` */
export function officerOf(request: FastifyRequest): Viewer {
  const viewer = viewerOf(request)
  if (viewer.demonstration) throw notSignedIn()
  return viewer
}

/**
 * Who administers, for the ledger to name. An administrator holds no post: the office is its own.
 *
 * @throws Refusal `permission.not-administrator`
 */
export function administratorOf(request: FastifyRequest, kind: Administrator): Actor {
  const { person, administrator } = viewerOf(request)
  if (administrator === kind) return { post: `${kind}-administrator`, person, organ: '' }
  throw new Refusal({
    code: 'permission.not-administrator',
    message: ['您不是办理此事的管理员。', 'This is for an administrator that you are not.'],
    basis: ['系统、安全、审计三员各管其事。', 'The system, security and audit administrators each have their own.'],
    remedy: ['请由相应的管理员办理。', 'Have that administrator do it.'],
  })
}

/** Where the viewer sees cases, for what reads many. @throws Refusal `session.missing` */
export function readerOf(request: FastifyRequest, { catalogue }: Pick<Services, 'catalogue'>): PersonalReader {
  const viewer = viewerOf(request)
  return {
    scopes: scopesOf(viewer, catalogue),
    person: viewer.person,
    handlings: handlingsOf(viewer, catalogue),
    persons: personsOf(viewer),
  }
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

/**
 * The id of a case by its number, if the viewer may see it.
 *
 * @throws Refusal `case.unknown`, which names the number as it was asked for and never the id behind it
 */
export async function caseNumberedSeen(request: FastifyRequest, { store, catalogue }: Services, number: string): Promise<string> {
  const id = await caseIdOf(store.pool, store.region, number)
  if (!seesCase(viewerOf(request), await readConcern(store, id), catalogue)) throw unknownCase(number)
  return id
}

/** A case beside which the reader sees the linked cases that they may see, and no others. */
export async function withLinksSeen(request: FastifyRequest, services: Services, open: OpenCase): Promise<OpenCase> {
  const ids = open.links.map(({ id }) => id)
  const seen = await readableAmong(services.store, ids, readerOf(request, services))
  return { ...open, links: open.links.filter(({ id }) => seen.has(id)) }
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

function keyInvalid(): Refusal {
  return new Refusal({
    code: 'client.key-invalid',
    message: ['接口密钥无效、已到期或已吊销。', 'The key does not open: it is wrong, has expired, or was taken away.'],
    basis: ['密钥由系统管理员发放，只显示一次。', 'Keys are given by the system administrator and shown once.'],
    remedy: ['请向系统管理员申请新的密钥。', 'Ask the system administrator for a new one.'],
  })
}

function owing(owed: Owed): Refusal {
  if (owed === 'password')
    return new Refusal({
      code: 'session.password-must-change',
      message: ['请先更换初始密码。', 'Change the initial password first.'],
      basis: ['初始密码由他人设定，只用于第一次登录。', 'Somebody else made it: it is for the first sign-in only.'],
      remedy: ['请设定自己的密码，然后继续。', 'Choose one of your own, then go on.'],
    })
  return new Refusal({
    code: 'session.second-factor-required',
    message: ['请先设置第二重验证。', 'Set up the second factor first.'],
    basis: ['管理员和本单位规定的人员须使用第二重验证。', 'Administrators need it, and whoever is in an organ that asks for it.'],
    remedy: ['请用手机验证器设置，然后继续。', 'Set it up with an authenticator app, then go on.'],
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
