import { organNames } from '../cases.ts'
import { dateIn } from '#engine/day.ts'
import { standingPosts } from '#identity/standing-posts.ts'
import { holdingsOn } from '#store/holdings.ts'
import { viewerOf } from '../reader.ts'
import type { FastifyInstance } from 'fastify'
import type { Administrator, Holding, Owed } from '#identity/viewer.ts'
import type { Services } from '../services.ts'
import type { Words } from '#engine/words.ts'

/** Who is signed in, and with which posts. */
export interface SessionJson {
  readonly person: string
  /** The account's name; null for a visitor. */
  readonly username: string | null
  /** Whether the account has a second factor. */
  readonly secondFactor: boolean
  /** What must be seen to before anything else. */
  readonly owes: Owed | null
  readonly administrator: Administrator | null
  readonly demonstration: boolean
  readonly place: string
  /** Today in China, `YYYY-MM-DD`. */
  readonly today: string
  readonly holdings: readonly (Holding & { readonly postName: string; readonly organName: string })[]
}

/** `/session`: who I am here. */
export function sessionApi(api: FastifyInstance, services: Services): void {
  const { catalogue, place, now } = services
  api.get(
    '/session',
    { config: { owing: true }, schema: { summary: ['本人与岗位', 'Who I am here'], answer: 'SessionJson' } },
    async (request): Promise<SessionJson> => {
      const viewer = viewerOf(request)
      const { say } = request.view
      const today = dateIn(now())
      const [organs, held] = await Promise.all([organNames(services, today), holdingsOn(services.store, today)])
      // A post that no procedure knows, such as one that keeps a register, is called as its register has it.
      const names = new Map((held.get(viewer.person) ?? []).map(({ key, name: called }) => [key, called]))
      return {
        person: viewer.person,
        username: viewer.session?.username ?? null,
        secondFactor: viewer.session?.secondFactor ?? false,
        owes: viewer.owes ?? null,
        administrator: viewer.administrator ?? null,
        demonstration: viewer.demonstration === true,
        place: say(place.name),
        today,
        holdings: viewer.holdings.map((holding) => {
          const post = catalogue
            .filter(({ id }) => holding.procedures.includes(id))
            .flatMap(({ definitions }) => definitions)
            .findLast(({ posts }) => posts[holding.post])?.posts[holding.post]
          const name = post?.name ?? (standingPosts as Readonly<Record<string, Words>>)[holding.post]
          return {
            ...holding,
            postName: name ? say(name) : (names.get(holding.key) ?? holding.post),
            organName: organs.get(holding.organ) ?? holding.organ,
          }
        }),
      }
    },
  )
}
