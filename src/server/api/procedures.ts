import { dateIn } from '#engine/day.ts'
import { formOf } from './form.ts'
import { holdingFor } from '#identity/permission.ts'
import { Refusal } from '#engine/refusal.ts'
import { systemNamed } from '#engine/system.ts'
import { viewerOf } from '../reader.ts'
import type { Definition } from '#engine/definition.ts'
import type { FastifyInstance } from 'fastify'
import type { FormJson } from './form.ts'
import type { Services } from '../services.ts'
import type { System } from '#engine/system.ts'
import type { Viewer } from '#identity/viewer.ts'

/** A system of the catalogue. */
export interface ProcedureLineJson {
  readonly id: string
  readonly name: string
  /** Names of the steps by which this reader may open a case today; none where that is not for their posts. */
  readonly opens: readonly string[]
  /** The posts of its versions that are of the government: what somebody, or a client of the API, may hold. */
  readonly posts: readonly { readonly id: string; readonly name: string }[]
}

/** One version of a procedure. */
export interface VersionJson {
  readonly from: string
  readonly until: string | null
  readonly basis: readonly string[]
  readonly posts: readonly { readonly id: string; readonly name: string; readonly outside: boolean; readonly head: boolean }[]
  /** The input field that holds the day on which a case counts as opened: it decides which version governs. */
  readonly opened: string
  /** The steps that open a case. */
  readonly opening: readonly (FormJson & { readonly mayTake: boolean })[]
}

export interface ProcedureJson {
  readonly id: string
  readonly name: string
  /** Oldest first. */
  readonly versions: readonly VersionJson[]
}

/** `/procedures`: what there is, and the forms of what opens a case, read off the definitions. */
export function procedureApi(api: FastifyInstance, { catalogue, now }: Services): void {
  api.get(
    '/procedures',
    { schema: { summary: ['程序目录', 'Procedures'], answer: 'ProceduresJson' } },
    async (request): Promise<readonly ProcedureLineJson[]> => {
      const viewer = viewerOf(request)
      const { say } = request.view
      const today = dateIn(now())
      return catalogue.map((system) => {
        const definition = system.definitions.find(({ inForce }) => inForce.from <= today && (inForce.until ?? today) >= today)
        const opens = definition ? openingSteps(definition).filter((step) => mayOpen(viewer, definition, step, system)) : []
        const posts = Object.entries(Object.assign({}, ...system.definitions.map((one) => one.posts)) as Definition['posts'])
        return {
          id: system.id,
          name: say(system.definitions.at(-1)!.name),
          opens: opens.map((step) => say(definition!.steps[step]!.name)),
          posts: posts.filter(([, { outside }]) => !outside).map(([id, { name }]) => ({ id, name: say(name) })),
        }
      })
    },
  )

  api.get<{ Params: { id: string } }>(
    '/procedures/:id',
    { schema: { summary: ['一个程序及其表单', 'One procedure and its forms'], answer: 'ProcedureJson' } },
    async (request): Promise<ProcedureJson> => {
      const viewer = viewerOf(request)
      const { view } = request
      const system = systemNamed(catalogue, request.params.id)
      return {
        id: system.id,
        name: view.say(system.definitions.at(-1)!.name),
        versions: system.definitions.map((definition) => ({
          from: definition.inForce.from,
          until: definition.inForce.until ?? null,
          basis: [...new Set(definition.basis.map(({ law }) => law))],
          posts: Object.entries(definition.posts).map(([id, { name, outside, head }]) => ({
            id,
            name: view.say(name),
            outside: outside === true,
            head: head === true,
          })),
          opened: definition.opened,
          opening: openingSteps(definition).map((step) => ({
            ...formOf(definition, step, view),
            mayTake: mayOpen(viewer, definition, step, system),
          })),
        })),
      }
    },
  )
}

/** Steps by which somebody opens a case; what the machine opens is not among them. */
function openingSteps({ steps }: Definition): string[] {
  return Object.entries(steps).flatMap(([id, { from, by }]) =>
    Array.isArray(from) && from.length === 0 && by !== 'clock' && by !== 'case' ? [id] : [],
  )
}

function mayOpen(viewer: Viewer, definition: Definition, step: string, system: System): boolean {
  try {
    holdingFor(viewer, definition, step, undefined, system)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}
