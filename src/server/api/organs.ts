import { dateIn } from '#engine/day.ts'
import { organNames } from '../cases.ts'
import type { FastifyInstance } from 'fastify'
import type { Services } from '../services.ts'

/** An organ that a field may name. */
export interface OrganJson {
  readonly id: string
  readonly name: string
}

/** `/organs`: those in force today, for a field that names one. */
export function organApi(api: FastifyInstance, services: Services): void {
  api.get('/organs', { schema: { summary: ['机构', 'Organs'], answer: 'OrgansJson' } }, async (): Promise<readonly OrganJson[]> => {
    const names = await organNames(services, dateIn(services.now()))
    return [...names].map(([id, name]) => ({ id, name }))
  })
}
