import { administers } from '#identity/permission.ts'
import { administratorOf, viewerOf } from '../reader.ts'
import { dateIn } from '#engine/day.ts'
import { entryFor, registerJson } from './registers.ts'
import { organNames } from '../cases.ts'
import { postsOfPerson } from '#store/person-posts.ts'
import type { EntryJson, RegisterJson } from './registers.ts'
import type { FastifyInstance } from 'fastify'
import type { Services } from '../services.ts'

/** Which posts somebody has held, held in another's stead, and holds. */
export interface PersonPostsJson {
  readonly person: string
  readonly register: RegisterJson
  /** Versions of entries, the latest first; `at` is when one was written. */
  readonly held: readonly (EntryJson & { readonly at: string })[]
}

/** `/people/:person/posts`: for the administrators who propose and decide on posts. */
export function personPostApi(api: FastifyInstance, services: Services): void {
  const { store, registers, now } = services
  const posts = registers.find(({ id }) => id === 'posts')
  if (!posts) return

  api.get<{ Params: { person: string } }>(
    '/people/:person/posts',
    { schema: { summary: ['一人历任岗位', 'Posts of a person'], answer: 'PersonPostsJson' } },
    async (request): Promise<PersonPostsJson> => {
      const viewer = viewerOf(request)
      if (!administers(viewer, 'system')) administratorOf(request, 'security')
      const { person } = request.params
      const [held, organs] = await Promise.all([postsOfPerson(store, person), organNames(services, dateIn(now()))])
      const json = entryFor(posts, request, organs)
      return {
        person,
        register: registerJson(posts, viewer, request.view),
        held: held.map((version) => ({ ...json(version), at: version.at })),
      }
    },
  )
}
