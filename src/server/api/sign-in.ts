import { callerOf } from '../caller.ts'
import { giveSecondFactor, signIn, signOut } from '#accounts/sign-in.ts'
import { read } from './cases.ts'
import { z } from 'zod'
import type { AccountOffice } from '#accounts/account-office.ts'
import type { FastifyInstance } from 'fastify'

const byPassword = z.object({ username: z.string().min(1).max(80), password: z.string().min(1).max(600) })
const bySecondFactor = z.union([
  z.strictObject({ code: z.string().regex(/^\d{6}$/) }),
  z.strictObject({ recoveryCode: z.string().trim().min(4).max(40) }),
])

/** By which means one can sign in here. */
export interface SignInMeansJson {
  /** Each is begun by opening `/api/auth/providers/ID`. */
  readonly providers: readonly { readonly id: string; readonly name: string }[]
  /** Characters of the shortest and the longest password. */
  readonly password: { readonly least: number; readonly most: number }
}

/** What is next: `in`, or the second factor. */
export interface SignInJson {
  readonly next: 'in' | 'second-factor'
}

/** `/session` is begun by a password and a second factor, and ended. Open: whoever asks is nobody yet. */
export function signInApi(api: FastifyInstance, office: AccountOffice): void {
  const open = { config: { open: true } } as const

  api.get(
    '/sign-in-means',
    { ...open, schema: { summary: ['登录方式', 'By which means one signs in'], answer: 'SignInMeansJson' } },
    async (): Promise<SignInMeansJson> => ({
      providers: office.providers.map(({ id, name }) => ({ id, name })),
      password: office.policy.password,
    }),
  )

  api.post(
    '/session',
    { ...open, schema: { summary: ['登录', 'Sign in'], answer: 'SignInJson' } },
    async (request, reply): Promise<SignInJson> => {
      const { next, setCookies } = await signIn(office, read(byPassword, request.body), callerOf(request))
      reply.code(201).header('set-cookie', setCookies)
      return { next }
    },
  )

  api.post(
    '/session/second-factor',
    { ...open, schema: { summary: ['第二重验证', 'Give the second factor'], answer: 'SignInJson' } },
    async (request, reply): Promise<SignInJson> => {
      const { next, setCookies } = await giveSecondFactor(office, read(bySecondFactor, request.body), callerOf(request))
      reply.code(201).header('set-cookie', setCookies)
      return { next }
    },
  )

  api.delete('/session', { ...open, schema: { summary: ['退出', 'Sign out'] } }, async (request, reply) => {
    reply.header('set-cookie', await signOut(office, callerOf(request)))
    return reply.code(204).send()
  })
}
