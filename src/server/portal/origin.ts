import type { FastifyRequest } from 'fastify'
import type { Services } from '../services.ts'

/** The address of this place for whoever keeps links: the one that it is set up with, or the one under which the request came. */
export function originOf({ accounts }: Pick<Services, 'accounts'>, { protocol, host }: FastifyRequest): string {
  return accounts?.origin ?? `${protocol}://${host}`
}
