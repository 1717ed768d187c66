import { addClient, clients, revokeClient } from '#store/api-clients.ts'
import { administratorOf } from '../reader.ts'
import { dateIn } from '#engine/day.ts'
import { day } from '../query.ts'
import { isUuid } from '#store/read-case.ts'
import { logEvent } from '#store/log-event.ts'
import { organNames } from '../cases.ts'
import { read } from './cases.ts'
import { Refusal } from '#engine/refusal.ts'
import { systemNamed } from '#engine/system.ts'
import { z } from 'zod'
import type { ApiClient } from '#store/api-clients.ts'
import type { FastifyInstance } from 'fastify'
import type { Services } from '../services.ts'

/** A client of the API: another system of the government. */
export type ClientJson = ApiClient

/** A client just made. Its key is shown this once. */
export interface NewClientJson extends ClientJson {
  readonly key: string
}

const making = z.object({
  name: z.string().trim().min(2).max(80),
  organ: z.string().min(1).max(80),
  post: z.string().min(1).max(80),
  procedures: z.array(z.string().max(80)).min(1).max(500),
  scope: z.enum(['read', 'act']),
  expiresOn: day,
})

/**
 * `/clients`: other systems of the government, made and ended by the system administrator. Each holds a post in an organ, as a person would;
 * the same predicate says what it sees. It signs in by `Authorization: Bearer yifa_…`.
 */
export function clientApi(api: FastifyInstance, services: Services): void {
  const { store, catalogue, now } = services

  api.get(
    '/clients',
    { schema: { summary: ['接口客户端', 'Clients of the API'], answer: 'ClientJson[]', refusals: ['permission.not-administrator'] } },
    async (request): Promise<ClientJson[]> => {
      administratorOf(request, 'system')
      return clients(store)
    },
  )

  // It may be repeated: kept as the answer of a key, the client's own key would stand in the database.
  api.post(
    '/clients',
    {
      config: { repeatable: true },
      schema: {
        summary: ['新增接口客户端；密钥只显示一次', 'Make a client; its key is shown once'],
        body: making,
        answer: 'NewClientJson',
        refusals: ['permission.not-administrator', 'client.post-unknown', 'client.expired'],
      },
    },
    async (request, reply) => {
      const by = administratorOf(request, 'system')
      const wanted = read(making, request.body)
      for (const procedure of wanted.procedures) {
        const { definitions } = systemNamed(catalogue, procedure)
        if (!definitions.some(({ posts }) => Object.hasOwn(posts, wanted.post) && !posts[wanted.post]!.outside))
          throw noSuchPost(wanted.post)
      }
      const organs = await organNames(services, dateIn(now()))
      if (organs.size > 0 && !organs.has(wanted.organ)) throw noSuchOrgan(wanted.organ)
      if (wanted.expiresOn < dateIn(now())) throw expired()
      const { client, key } = await addClient(store, { ...wanted, by: by.person, at: now() })
      await logEvent(store, { kind: 'administration', by, of: client.id, what: { act: 'client-made', ...wanted }, at: now() })
      return reply.code(201).send({ ...client, key } satisfies NewClientJson)
    },
  )

  api.delete<{ Params: { id: string } }>(
    '/clients/:id',
    {
      schema: {
        summary: ['吊销接口客户端的密钥', 'Take a client’s key away'],
        refusals: ['permission.not-administrator', 'client.unknown'],
      },
    },
    async (request, reply) => {
      const by = administratorOf(request, 'system')
      const { id } = request.params
      if (!isUuid(id) || !(await revokeClient(store, id, now()))) throw unknownClient()
      await logEvent(store, { kind: 'administration', by, of: id, what: { act: 'client-revoked' }, at: now() })
      return reply.code(204).send()
    },
  )
}

/** @returns a refusal for a client that is not there, or not any more */
export function unknownClient(): Refusal {
  return new Refusal({
    code: 'client.unknown',
    message: ['没有这个接口客户端，或已吊销。', 'There is no such client, or its key was taken away.'],
    basis: ['客户端由系统管理员登记。', 'Clients are made by the system administrator.'],
    remedy: ['请从客户端列表选择。', 'Choose one from the list.'],
  })
}

function noSuchPost(post: string): Refusal {
  return new Refusal({
    code: 'client.post-unknown',
    exit: 2,
    message: [`所列程序中没有“${post}”这一岗位。`, `Not every procedure named has the post “${post}”.`],
    basis: ['客户端与人员一样，以程序定义中的岗位办理。', 'A client holds a post of the definitions, as a person does.'],
    remedy: ['请从定义所列岗位中选择；机构以外的岗位除外。', 'Choose a post of the definitions that is not outside the government.'],
  })
}

function noSuchOrgan(organ: string): Refusal {
  return new Refusal({
    code: 'client.organ-unknown',
    exit: 2,
    message: [`机构名册中没有“${organ}”。`, `The organs’ register has no “${organ}”.`],
    basis: ['客户端属于一个机构。', 'A client belongs to an organ.'],
    remedy: ['请从机构名册选择。', 'Choose one of the register.'],
  })
}

function expired(): Refusal {
  return new Refusal({
    code: 'client.expired',
    exit: 2,
    message: ['到期日已过。', 'The last day has passed.'],
    basis: ['密钥须在将来到期。', 'A key ends in the future.'],
    remedy: ['请另选到期日。', 'Choose another day.'],
  })
}
