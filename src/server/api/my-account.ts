import { beginSecondFactor, changePassword, confirmSecondFactor, newRecoveryCodes } from '#accounts/own-account.ts'
import { callerOf } from '../caller.ts'
import { read } from './cases.ts'
import { signedInViewerOf } from '../reader.ts'
import { z } from 'zod'
import type { AccountOffice } from '#accounts/account-office.ts'
import type { FastifyInstance } from 'fastify'
import type { SecondFactorOffer } from '#accounts/own-account.ts'

const password = z.string().min(1).max(600)
const changing = z.object({ current: password, chosen: password })
const confirming = z.object({ password })
const firstCode = z.object({ code: z.string().regex(/^\d{6}$/) })

/** What an authenticator app is set up with, and the codes to keep on paper. Shown once. */
export type SecondFactorJson = SecondFactorOffer

export interface RecoveryCodesJson {
  readonly recoveryCodes: readonly string[]
}

/** `/my-password`, `/my-second-factor`, `/my-recovery-codes`: what is everybody's own. */
export function ownAccountApi(api: FastifyInstance, office: AccountOffice): void {
  api.put(
    '/my-password',
    { schema: { summary: ['更换密码', 'Change one’s password'] }, config: { owing: true } },
    async (request, reply) => {
      await changePassword(office, signedInViewerOf(request), read(changing, request.body))
      return reply.code(204).send()
    },
  )

  // Repeatable: the answer holds secrets, which must not be kept for somebody who asks again.
  api.post(
    '/my-second-factor',
    {
      schema: { summary: ['设置第二重验证', 'Begin a second factor'], answer: 'SecondFactorJson' },
      config: { owing: true, repeatable: true },
    },
    async (request, reply): Promise<SecondFactorJson> => {
      const { password: given } = read(confirming, request.body)
      reply.code(201)
      return beginSecondFactor(office, signedInViewerOf(request), given, callerOf(request))
    },
  )

  api.put(
    '/my-second-factor',
    { schema: { summary: ['确认第二重验证', 'Confirm a second factor'] }, config: { owing: true } },
    async (request, reply) => {
      const { code } = read(firstCode, request.body)
      reply.header('set-cookie', await confirmSecondFactor(office, signedInViewerOf(request), code, callerOf(request)))
      return reply.code(204).send()
    },
  )

  api.post(
    '/my-recovery-codes',
    { schema: { summary: ['新的恢复码', 'New recovery codes'], answer: 'RecoveryCodesJson' }, config: { repeatable: true } },
    async (request, reply): Promise<RecoveryCodesJson> => {
      const { password: given } = read(confirming, request.body)
      reply.code(201)
      return { recoveryCodes: await newRecoveryCodes(office, signedInViewerOf(request), given, callerOf(request)) }
    },
  )
}
