import { Refusal } from '#engine/refusal.ts'
import type { Definition } from '#engine/definition.ts'
import type { Field } from '#engine/field.ts'
import type { Administrator, Holding, Viewer } from './viewer.ts'
import type { System } from '#engine/system.ts'

// The one predicate. Lists, counts, search, statistics, exports, feeds, files and documents ask it by its scopes, which the store turns into
// SQL; an item, a step, a field asks it directly. A test walks every exit for every post and compares both.

/** Where a viewer sees cases: one procedure, in one organ that takes part in them, or everywhere (`null`). */
export interface Scope {
  readonly procedure: string
  readonly organ: string | null
}

/** What of a case decides who may do what with it. */
export interface Concern {
  readonly procedure: string
  /** Organs that take part: they took a step, or a field that says so names them. */
  readonly organs: readonly string[]
  /** Post → the person to whom the case is assigned. */
  readonly assigned: Readonly<Record<string, string>>
  /** Persons who took a step. */
  readonly took: readonly string[]
  /** Persons who must keep away (回避). */
  readonly recused: readonly string[]
}

/** Everything that a viewer may look at. Deny by default: no holding, no scope. */
export function scopesOf(viewer: Viewer, catalogue: readonly System[]): Scope[] {
  if (viewer.administrator) return []
  if (viewer.demonstration) return catalogue.map(({ id }) => ({ procedure: id, organ: null }))
  const scopes = new Map<string, Scope>()
  for (const system of catalogue) {
    for (const holding of viewer.holdings) {
      if (!holding.procedures.includes(system.id)) continue
      const organ = seesEverywhere(holding, system) ? null : holding.organ
      scopes.set(`${system.id}/${organ ?? ''}`, { procedure: system.id, organ })
    }
  }
  const everywhere = new Set([...scopes.values()].flatMap(({ procedure, organ }) => (organ === null ? [procedure] : [])))
  return [...scopes.values()].filter(({ procedure, organ }) => organ === null || !everywhere.has(procedure))
}

/** May the viewer look over the whole place: its figures, its report while it is written? */
export function overlooks(viewer: Viewer): boolean {
  return viewer.demonstration === true || (!viewer.administrator && viewer.holdings.some(({ supervises }) => supervises))
}

/** May the viewer do what is this administrator's? Nobody is two of them. */
export function administers(viewer: Viewer, kind: Administrator): boolean {
  return viewer.administrator === kind
}

/** A post that the procedure fixes to this very organ takes part in every case; so does one that supervises. */
function seesEverywhere(holding: Holding, { definitions }: System): boolean {
  return holding.supervises === true || definitions.some(({ posts }) => posts[holding.post]?.organ === holding.organ)
}

/** May the viewer know of this case at all? */
export function seesCase(viewer: Viewer, concern: Concern, catalogue: readonly System[]): boolean {
  if (concern.recused.includes(viewer.person)) return false
  return scopesOf(viewer, catalogue).some(
    ({ procedure, organ }) => procedure === concern.procedure && (organ === null || concern.organs.includes(organ)),
  )
}

/**
 * May the viewer read who the people of this case are? Whoever works on it: it is theirs, nobody's yet, or their organ's as its head.
 * A supervisor and a visitor read without names.
 */
export function readsPersonal(viewer: Viewer, concern: Concern, catalogue: readonly System[]): boolean {
  if (!seesCase(viewer, concern, catalogue)) return false
  const system = catalogue.find(({ id }) => id === concern.procedure)!
  return viewer.holdings.some((holding) => {
    if (holding.supervises || !takesPart(holding, system, concern)) return false
    const assignee = concern.assigned[holding.post]
    return assignee === undefined || isHead(holding, system) || isOwn(viewer, concern)
  })
}

/** May the viewer see the value of this field in a case that it sees? What is personal is shown only on request, and the request recorded. */
export function readsField(
  viewer: Viewer,
  field: Pick<Field, 'personal' | 'public'>,
  concern: Concern,
  catalogue: readonly System[],
): boolean {
  return field.personal ? readsPersonal(viewer, concern, catalogue) : seesCase(viewer, concern, catalogue)
}

/**
 * The holding by which the viewer takes a step of a case, opening one when `concern` is absent.
 * What a party, a court or another outside post does is recorded by whoever works on the case, in that post's name.
 *
 * @returns the post in whose name the step is taken, and the holding by which
 * @throws Refusal `permission.not-your-post` · `permission.assigned-to-another`; who must keep apart from whom is the engine's to say
 */
export function holdingFor(
  viewer: Viewer,
  definition: Definition,
  stepId: string,
  concern: Concern | undefined,
  system: System,
): { readonly post: string; readonly holding: Holding } {
  const step = definition.steps[stepId]!
  const posts = ([step.by].flat() as readonly string[]).filter((post) => post !== 'clock' && post !== 'case')
  const own = viewer.administrator
    ? []
    : viewer.holdings.filter(
        (holding) => !holding.supervises && holding.procedures.includes(definition.id) && (!concern || takesPart(holding, system, concern)),
      )
  const found = posts.flatMap((post) => own.filter((holding) => holding.post === post).map((holding) => ({ post, holding })))
  const outside = posts.filter((post) => definition.posts[post]?.outside)
  const recorded = outside.flatMap((post) => own.slice(0, 1).map((holding) => ({ post, holding })))
  const candidates = found.length > 0 ? found : recorded
  if (candidates.length === 0) throw notYourPost(definition, stepId, posts)
  const free = candidates.find(({ holding }) => {
    const assignee = concern?.assigned[holding.post]
    return assignee === undefined || personsOf(viewer, holding).includes(assignee)
  })
  if (!free) throw assignedToAnother(definition, stepId)
  return free
}

/** A holding takes part in a case where its organ does. */
function takesPart(holding: Holding, system: System, concern: Concern): boolean {
  return holding.procedures.includes(concern.procedure) && (seesEverywhere(holding, system) || concern.organs.includes(holding.organ))
}

function isHead(holding: Holding, { definitions }: System): boolean {
  return definitions.some(({ posts }) => posts[holding.post]?.head === true)
}

function isOwn(viewer: Viewer, concern: Concern): boolean {
  const persons = [viewer.person, ...viewer.holdings.flatMap(({ standsFor }) => standsFor ?? [])]
  return persons.some((person) => concern.took.includes(person) || Object.values(concern.assigned).includes(person))
}

function personsOf(viewer: Viewer, holding: Holding): readonly string[] {
  return holding.standsFor === undefined ? [viewer.person] : [viewer.person, holding.standsFor]
}

function notYourPost(definition: Definition, stepId: string, posts: readonly string[]): Refusal {
  const { name } = definition.steps[stepId]!
  const names = posts.map((post) => definition.posts[post]!.name)
  return new Refusal({
    code: 'permission.not-your-post',
    message: [`您现在的岗位不能办理“${name[0]}”。`, `“${name[1]}” is not for the posts that you hold.`],
    basis: [
      '每一步骤由定义所列岗位、在参与本案的机构内办理。',
      'A step is taken by the post that its definition names, in an organ that takes part.',
    ],
    remedy: [`由${names.map((one) => one[0]).join('、')}办理。`, `It is for: ${names.map((one) => one[1]).join(', ')}.`],
  })
}

function assignedToAnother(definition: Definition, stepId: string): Refusal {
  const { name } = definition.steps[stepId]!
  return new Refusal({
    code: 'permission.assigned-to-another',
    message: [`本案已交由他人承办，您不能办理“${name[0]}”。`, `The case is assigned to somebody else: “${name[1]}” is theirs.`],
    basis: ['案件指定承办人后，由其本人或其代理人办理。', 'Once assigned, a case is handled by that person, or by who stands in for them.'],
    remedy: ['请承办人办理，或由负责人改派。', 'Ask them, or have a head assign it anew.'],
  })
}
