import { administratorOf } from '../reader.ts'
import { listAccounts, readAccount } from '#store/accounts.ts'
import { logEvent } from '#store/log-event.ts'
import { makeAccounts, resetPassword, resetSecondFactor, switchAccount } from '#accounts/manage-accounts.ts'
import { read } from './cases.ts'
import { readQuery, word } from '../query.ts'
import { readSecondFactorOrgans, writeSecondFactorOrgans } from '#store/place-setting.ts'
import { Refusal } from '#engine/refusal.ts'
import { z } from 'zod'
import type { AccountOffice } from '#accounts/account-office.ts'
import type { AccountRead } from '#store/accounts.ts'
import type { FastifyInstance } from 'fastify'
import type { MadeAccount } from '#accounts/manage-accounts.ts'

const wanted = z.object({ username: z.string().min(1).max(80), person: z.string().trim().min(1).max(80) })
const state = z.object({ state: z.enum(['open', 'closed']) })
const organs = z.object({ organs: z.array(word).max(2000) })

/** Where a page of accounts goes on: `NAME/ID`. */
const afterAccount = z.string().transform((text) => [text.slice(0, text.lastIndexOf('/')), text.slice(text.lastIndexOf('/') + 1)] as const)

export type AccountJson = AccountRead
/** An account with the password to begin with: told once. */
export type MadeAccountJson = MadeAccount

export interface AccountsJson {
  readonly accounts: readonly AccountJson[]
  /** What to ask `after` for the next page; null on the last. */
  readonly next: string | null
}

/** `/accounts`: the system administrator's. Administrators' own accounts are kept at the command line: nobody here becomes another of the three. */
export function accountApi(api: FastifyInstance, office: AccountOffice): void {
  const { store, now } = office

  api.get('/accounts', { schema: { summary: ['账号', 'Accounts'], answer: 'AccountsJson' } }, async (request): Promise<AccountsJson> => {
    administratorOf(request, 'system')
    const { after, text, administrators, limit } = readQuery(
      {
        after: afterAccount.optional(),
        text: word.optional(),
        administrators: z.stringbool().default(false),
        limit: z.coerce.number().int().min(1).max(200).default(50),
      },
      request.query,
    )
    const found = await listAccounts(store, { ...(after ? { after } : {}), ...(text ? { text } : {}), administrators, limit: limit + 1 })
    const accounts = found.slice(0, limit)
    const last = accounts.at(-1)
    return { accounts, next: found.length > limit && last ? `${last.username}/${last.id}` : null }
  })

  // Repeatable, here and below: the answer holds a password, which must not be kept for somebody who asks again. The name can be taken once only.
  api.post(
    '/accounts',
    { schema: { summary: ['新建账号', 'Make an account'], answer: 'MadeAccountJson' }, config: { repeatable: true } },
    async (request, reply): Promise<MadeAccountJson> => {
      const by = administratorOf(request, 'system')
      const [made] = await makeAccounts(office, [read(wanted, request.body)], by)
      reply.code(201)
      return made!
    },
  )

  api.put<{ Params: { id: string } }>(
    '/accounts/:id/state',
    { schema: { summary: ['启用停用', 'Open or close an account'] } },
    async (request, reply) => {
      const by = administratorOf(request, 'system')
      const { state: to } = read(state, request.body)
      await refuseAdministrators(request.params.id)
      await switchAccount(office, request.params.id, to, by)
      return reply.code(204).send()
    },
  )

  api.post<{ Params: { id: string } }>(
    '/accounts/:id/initial-passwords',
    { schema: { summary: ['账号与岗位的管理', 'Administration of accounts and posts'] }, config: { repeatable: true } },
    async (request, reply): Promise<MadeAccountJson> => {
      const by = administratorOf(request, 'system')
      await refuseAdministrators(request.params.id)
      reply.code(201)
      return resetPassword(office, request.params.id, by)
    },
  )

  api.delete<{ Params: { id: string } }>(
    '/accounts/:id/second-factor',
    { schema: { summary: ['重置第二重验证', 'Reset a second factor'] } },
    async (request, reply) => {
      const by = administratorOf(request, 'system')
      await refuseAdministrators(request.params.id)
      await resetSecondFactor(office, request.params.id, by)
      return reply.code(204).send()
    },
  )

  // Organs whose people need a second factor, as administrators do everywhere.
  api.get(
    '/second-factor-organs',
    { schema: { summary: ['须用第二重验证的机构', 'Organs that need a second factor'] } },
    async (request): Promise<{ organs: readonly string[] }> => {
      administratorOf(request, 'system')
      return { organs: await readSecondFactorOrgans(store) }
    },
  )

  api.put(
    '/second-factor-organs',
    { schema: { summary: ['规定须用第二重验证的机构', 'Choose the organs that need a second factor'] } },
    async (request, reply) => {
      const by = administratorOf(request, 'system')
      const { organs: chosen } = read(organs, request.body)
      await writeSecondFactorOrgans(store, chosen)
      await logEvent(store, {
        kind: 'administration',
        by,
        what: { did: 'choose-second-factor-organs', organs: chosen },
        at: now(),
      })
      return reply.code(204).send()
    },
  )

  async function refuseAdministrators(id: string): Promise<void> {
    const { administrator, username } = await readAccount(store, id)
    if (administrator !== null) throw ofAdministrator(username)
  }
}

function ofAdministrator(username: string): Refusal {
  return new Refusal({
    code: 'account.of-administrator',
    message: [`“${username}”是管理员账号，不在此办理。`, `“${username}” is an administrator’s account and is not kept here.`],
    basis: [
      '重置他人密码即可冒用其账号；三员的账号由运维人员在命令行办理。',
      'Whoever resets a password can use the account: those of the three administrators are kept at the command line.',
    ],
    remedy: ['请运维人员使用 yifa account。', 'Have whoever runs the machine use yifa account.'],
  })
}
