import { administers } from '#identity/permission.ts'
import { administratorOf, viewerOf } from '../reader.ts'
import { checkEntry, newestEntries } from '#store/registers.ts'
import { dateIn, isInstant } from '#engine/day.ts'
import { entryFor } from './registers.ts'
import { organNames } from '../cases.ts'
import { day, readQuery } from '../query.ts'
import { decidePost, listPostProposals, proposePost } from '#store/post-proposals.ts'
import { isUuid } from '#store/read-case.ts'
import { read } from './cases.ts'
import { z } from 'zod'
import type { EntryJson } from './registers.ts'
import type { FastifyInstance } from 'fastify'
import type { PostProposal } from '#store/post-proposals.ts'
import type { RegisterEntry } from '#engine/register.ts'
import type { Services } from '../services.ts'

const proposing = z.object({
  key: z.string().trim().min(1).max(120),
  validFrom: day,
  validUntil: day.optional(),
  value: z.record(z.string().max(80), z.unknown()),
  reason: z.string().trim().min(2).max(500),
})
const deciding = z.object({ approved: z.boolean() })

/** Where a page of proposals goes on: `INSTANT_ID`. */
const afterProposal = z
  .string()
  .transform((text) => text.split('_'))
  .refine(
    (parts): parts is [string, string] =>
      parts.length === 2 && isInstant(parts[0]!) && !Number.isNaN(Date.parse(parts[0]!)) && isUuid(parts[1]!),
  )

export interface PostProposalJson extends PostProposal {
  /** The fields of the entry in words, each under its name. */
  readonly shown: Readonly<Record<string, string>>
  /** The version that stands now, where it waits for a decision; null for a new entry. */
  readonly was: EntryJson | null
}

export interface PostProposalsJson {
  readonly proposals: readonly PostProposalJson[]
  /** What to ask `after` for the next page; null on the last. */
  readonly next: string | null
}

/** `/post-proposals`: who holds which post is proposed by the system administrator and decided by the security administrator. */
export function postProposalApi(api: FastifyInstance, services: Services): void {
  const { store, registers, now } = services
  const posts = registers.find(({ id }) => id === 'posts')
  if (!posts) return

  api.get('/post-proposals', { schema: { summary: ['岗位提案', 'Proposals on posts'] } }, async (request): Promise<PostProposalsJson> => {
    if (!administers(viewerOf(request), 'system')) administratorOf(request, 'security')
    const { open, after, limit } = readQuery(
      {
        open: z.stringbool().default(true),
        after: afterProposal.optional(),
        limit: z.coerce.number().int().min(1).max(200).default(50),
      },
      request.query,
    )
    const found = await listPostProposals(store, { open, ...(after ? { after: [after[0]!, after[1]!] as const } : {}), limit: limit + 1 })
    const [newest, organs] = await Promise.all([
      newestEntries(
        store,
        'posts',
        found.map(({ entry }) => entry.key),
      ),
      organNames(services, dateIn(now())),
    ])
    const json = entryFor(posts, request, organs)
    const proposals = found.slice(0, limit).map((proposal): PostProposalJson => {
      const was = proposal.decidedBy === null ? newest.get(proposal.entry.key) : undefined
      return { ...proposal, shown: json({ version: 0, ...proposal.entry }).shown, was: was ? json(was) : null }
    })
    const last = proposals.at(-1)
    return { proposals, next: found.length > limit && last ? `${last.proposedAt}_${last.id}` : null }
  })

  api.post('/post-proposals', { schema: { summary: ['提出岗位变更', 'Propose a change of posts'] } }, async (request, reply) => {
    const by = administratorOf(request, 'system')
    const { reason, key, validFrom, validUntil, value } = read(proposing, request.body)
    const entry: RegisterEntry = { key, validFrom, ...(validUntil === undefined ? {} : { validUntil }), value }
    checkEntry(posts, entry)
    const id = await proposePost(store, { entry, reason, by, at: now() })
    return reply.code(201).send({ id })
  })

  api.put<{ Params: { id: string } }>(
    '/post-proposals/:id/decision',
    { schema: { summary: ['账号与岗位的管理', 'Administration of accounts and posts'] } },
    async (request, reply) => {
      const by = administratorOf(request, 'security')
      const { approved } = read(deciding, request.body)
      await decidePost(store, request.params.id, { approved, by, at: now() })
      return reply.code(204).send()
    },
  )
}
