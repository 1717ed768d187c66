import type { Caller } from '#accounts/sign-in.ts'
import type { FastifyRequest } from 'fastify'

/** Browsers say more about themselves than anybody reads. */
const LONGEST_AGENT = 300

/** Where a request comes from. */
export function callerOf({ ip, headers }: FastifyRequest): Caller {
  const { cookie } = headers
  const agent = headers['user-agent']?.slice(0, LONGEST_AGENT)
  return { address: ip, ...(agent === undefined ? {} : { agent }), ...(cookie === undefined ? {} : { cookie }) }
}
