import { isFrom } from '#engine/apply-step.ts'
import type { Definition, Mark, Step } from '#engine/definition.ts'
import type { System } from '#engine/system.ts'

/** Somebody's post in some procedures: of a holding what matters here. */
export interface PostHeld {
  readonly post: string
  readonly procedures: readonly string[]
}

/** What is a post's to do: `procedure/clock/state` for its clocks, `procedure/state` for the cases that wait for it. */
export interface DutiesOfPost {
  readonly post: string
  readonly clocks: readonly string[]
  readonly states: readonly string[]
}

/**
 * What the posts held have to do, read off the definitions: the clocks that bind a post; while a case waits for it, every clock of the case that
 * binds nobody outside. A time within which something is allowed is no duty; in a final state only what can still be stopped is one.
 */
export function dutiesOf(catalogue: readonly System[], held: readonly PostHeld[]): DutiesOfPost[] {
  const posts = [...new Set(held.map(({ post }) => post))]
  return posts.map((post) => {
    const clocks = new Set<string>()
    const states = new Set<string>()
    for (const system of catalogue) {
      if (!held.some((one) => one.post === post && one.procedures.includes(system.id))) continue
      for (const definition of system.definitions) {
        for (const [state, { with: waitsFor, final }] of Object.entries(definition.states)) {
          if (waitsFor === post) states.add(`${system.id}/${state}`)
          for (const [id, clock] of Object.entries(definition.clocks)) {
            const isBound = clock.binds === post || (waitsFor === post && definition.posts[clock.binds]?.outside !== true)
            if (clock.window || !isBound) continue
            if (final && !stepsThatStop(definition, id).some((step) => isFrom(definition, definition.steps[step]!, state))) continue
            clocks.add(`${system.id}/${id}/${state}`)
          }
        }
      }
    }
    return { post, clocks: [...clocks], states: [...states] }
  })
}

/** `procedure/state` of every state that waits for somebody else than the posts held, in the procedures in which they are held. */
export function statesOfOthers(catalogue: readonly System[], held: readonly PostHeld[]): string[] {
  return catalogue.flatMap((system) => {
    const own = new Set(held.filter(({ procedures }) => procedures.includes(system.id)).map(({ post }) => post))
    if (own.size === 0) return []
    const states = new Map(system.definitions.flatMap(({ states: all }) => Object.entries(all)))
    return [...states].flatMap(([state, { with: waitsFor, final }]) =>
      final || waitsFor === undefined || own.has(waitsFor) ? [] : [`${system.id}/${state}`],
    )
  })
}

/** Steps expected of a post in a state: where a clock is named, those that stop it if there are any. What is a party's to do, however recorded, is not. */
export function expectedSteps(definition: Definition, state: string, posts: readonly string[], clock?: string): string[] {
  const possible = Object.entries(definition.steps).flatMap(([id, step]) => {
    const by = postsOf(step)
    const isTheirs = by.some((post) => posts.includes(post)) && !by.some((post) => definition.posts[post]?.outside)
    return isTheirs && step.from !== 'any' && isFrom(definition, step, state) ? [id] : []
  })
  const stopping = clock === undefined ? [] : stepsThatStop(definition, clock)
  const found = possible.filter((id) => stopping.includes(id))
  return found.length > 0 ? found : possible
}

function stepsThatStop(definition: Definition, clock: string): string[] {
  return definition.clocks[clock]!.stops.map((mark: Mark) => (typeof mark === 'string' ? mark : mark.step)).filter((step) => {
    const { by } = definition.steps[step]!
    return by !== 'clock' && by !== 'case'
  })
}

function postsOf({ by }: Step): readonly string[] {
  return [by].flat() as readonly string[]
}
