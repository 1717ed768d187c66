import { isPersonal } from '#engine/field.ts'
import { Refusal } from '#engine/refusal.ts'
import type { Definition, Publicity } from '#engine/definition.ts'
import type { Field } from '#engine/field.ts'
import type { Administrator, Holding, Viewer } from './viewer.ts'
import type { Register } from '#engine/register.ts'
import type { standingPosts } from './standing-posts.ts'
import type { System } from '#engine/system.ts'

// The one predicate. Lists, counts, search, statistics, exports, feeds, files and documents ask it by its scopes, which the store turns into
// SQL; an item, a step, a field asks it directly. A test walks every exit for every post and compares both.

/** Where a viewer sees cases: one procedure, in one organ that takes part in them, or everywhere (`null`). */
export interface Scope {
  readonly procedure: string
  readonly organ: string | null
}

/** Where a viewer handles cases by a post: reads who the people are, unless the case is assigned to somebody else of the post. */
export interface Handling extends Scope {
  readonly post: string
  /** Heads those who handle: reads whoever it is assigned to. */
  readonly head: boolean
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

const REPORT_EDITOR: keyof typeof standingPosts = 'report-editor'

/** The holding by which the viewer writes the year's report, if there is one: who looks over the whole place, and holds the post for it. */
export function editsReport(viewer: Viewer): Holding | undefined {
  if (viewer.administrator || !overlooks(viewer)) return undefined
  return viewer.holdings.find(({ post }) => post === REPORT_EDITOR)
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
  const own = isOwn(viewer, concern)
  return handlingsOf(viewer, catalogue).some(
    ({ procedure, organ, post, head }) =>
      procedure === concern.procedure &&
      (organ === null || concern.organs.includes(organ)) &&
      (head || own || concern.assigned[post] === undefined),
  )
}

/** {@link readsPersonal} for what reads many: the store makes it a condition of SQL, with {@link personsOf} and {@link scopesOf}. */
export function handlingsOf(viewer: Viewer, catalogue: readonly System[]): Handling[] {
  if (viewer.administrator) return []
  return catalogue.flatMap((system) =>
    viewer.holdings
      .filter((holding) => takesSteps(holding) && holding.procedures.includes(system.id))
      .map((holding) => ({
        procedure: system.id,
        organ: seesEverywhere(holding, system) ? null : holding.organ,
        post: holding.post,
        head: isHead(holding, system),
      })),
  )
}

/** The viewer, and those for whom they stand in: what is theirs is the viewer's. */
export function personsOf({ person, holdings }: Viewer): string[] {
  return [person, ...holdings.flatMap(({ standsFor }) => standsFor ?? [])]
}

/** May the viewer read which person holds a post, or has a case? Whoever works here; a visitor of a demonstration reads the post alone. */
export function readsOfficers(viewer: Viewer): boolean {
  return viewer.demonstration !== true
}

/** May the viewer propose entries of a register, or decide on what another proposed? By the post that the register names for it. */
export function keepsRegister(viewer: Viewer, { id, keeper }: Register, as: 'propose' | 'approve'): Holding | undefined {
  if (!keeper || viewer.administrator) return undefined
  return viewer.holdings.find(({ post, procedures }) => post === keeper[as] && procedures.includes(`${REGISTER}${id}`))
}

/** A post in the keeping of a register counts there as others do in a procedure: `register:organs`. */
export const REGISTER = 'register:'

/** May the viewer see the value of this field in an entry of a register? What is personal only whoever keeps it; who holds a post, whoever works here. */
export function readsRegisterField(viewer: Viewer, register: Register, field: Pick<Field, 'personal' | 'kind'>): boolean {
  if (field.personal)
    return keepsRegister(viewer, register, 'propose') !== undefined || keepsRegister(viewer, register, 'approve') !== undefined
  return field.kind !== 'person' || readsOfficers(viewer)
}

/** May the viewer see the value of this field in a case that it sees? What is personal is shown only on request, and the request recorded. */
export function readsField(viewer: Viewer, field: Field, concern: Concern, catalogue: readonly System[]): boolean {
  return isPersonal(field) ? readsPersonal(viewer, concern, catalogue) : seesCase(viewer, concern, catalogue)
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
        (holding) => takesSteps(holding) && holding.procedures.includes(definition.id) && (!concern || takesPart(holding, system, concern)),
      )
  const found = posts.flatMap((post) => own.filter((holding) => holding.post === post).map((holding) => ({ post, holding })))
  const outside = posts.filter((post) => definition.posts[post]?.outside)
  const recorded = outside.flatMap((post) => own.slice(0, 1).map((holding) => ({ post, holding })))
  const candidates = found.length > 0 ? found : recorded
  if (candidates.length === 0) throw notYourPost(definition, stepId, posts)
  const free = candidates.find(({ holding }) => isNotAnothers(viewer, holding, concern))
  if (!free) throw assignedToAnother(definition, stepId)
  return free
}

/** Whoever follows a matter by its number and code: a party of this one case, and nobody in any other. */
export interface PartyByCode {
  readonly caseId: string
  /** The outside post in whose name they act; absent where the definition has none for them. */
  readonly post: string | undefined
}

/** May the party take this step of this case? Only one that the definition gives to their own post outside government. */
export function partyTakes({ caseId, post }: PartyByCode, { posts, steps }: Definition, stepId: string, ofCase: string): boolean {
  if (caseId !== ofCase || post === undefined || posts[post]?.outside !== true || !Object.hasOwn(steps, stepId)) return false
  return ([steps[stepId]!.by].flat() as readonly string[]).includes(post)
}

/** May the party read this document of this case? Only one that is addressed to them: by the field that bears their post's name. */
export function partyReads({ caseId, post }: PartyByCode, { addressee, to }: Addressed, ofCase: string): boolean {
  if (caseId !== ofCase || post === undefined) return false
  return to?.includes(post) === true || addressee?.includes(`{${post}.name}`) === true
}

/** To whom a document goes. */
interface Addressed {
  /** As the template has it. */
  readonly addressee?: string | undefined
  /** Posts to which the definition says that it goes, whatever its form. */
  readonly to?: readonly string[] | undefined
}

/**
 * The holding by which the viewer publishes what a duty names, or withdraws it: the post that looks at it, or that took the step where the machine
 * publishes, or a head of an organ that takes part.
 *
 * @throws Refusal `permission.not-publishing`
 */
export function publishingHolding(viewer: Viewer, definition: Definition, duty: Publicity, concern: Concern, system: System): Holding {
  const after = typeof duty.after === 'string' ? duty.after : duty.after.step
  const posts: readonly string[] = duty.by === undefined ? [definition.steps[after]!.by].flat() : [duty.by]
  const own = viewer.administrator ? [] : viewer.holdings
  const found = own.find(
    (holding) => takesSteps(holding) && takesPart(holding, system, concern) && (posts.includes(holding.post) || isHead(holding, system)),
  )
  if (!found) throw notPublishing()
  return found
}

/** Is it the viewer’s to do when a case waits for this post: theirs, or nobody's of the post yet? They are told of it then. */
export function handlesFor(viewer: Viewer, post: string, concern: Concern, catalogue: readonly System[]): boolean {
  const system = catalogue.find(({ id }) => id === concern.procedure)
  if (!system || viewer.administrator || !seesCase(viewer, concern, catalogue)) return false
  return viewer.holdings.some(
    (holding) =>
      holding.post === post && takesSteps(holding) && takesPart(holding, system, concern) && isNotAnothers(viewer, holding, concern),
  )
}

/**
 * The holding by which the viewer gives a case to somebody to handle: as head of the organ in which that person holds the post, or to themself
 * what is nobody's yet. Taking it back is a head's alone.
 *
 * @param to who is to handle it; `null` takes it back from whoever does
 * @param holdings those of that person, or of whom it is taken back from
 * @throws Refusal `assignment.recused` · `assignment.not-a-holder` · `assignment.not-yours`
 */
export function assigningHolding(
  viewer: Viewer,
  system: System,
  concern: Concern,
  post: string,
  to: string | null,
  holdings: readonly Holding[],
): Holding {
  if (to !== null && concern.recused.includes(to)) throw recusedFrom(to)
  const places = holdings.filter((one) => one.post === post && takesSteps(one) && takesPart(one, system, concern))
  if (to !== null && places.length === 0) throw notAHolder(to, post, system)
  const own = seesCase(viewer, concern, [system]) ? viewer.holdings.filter((one) => takesSteps(one) && takesPart(one, system, concern)) : []
  // Whoever left their post is nobody's in particular: any head takes the case back from them.
  const head = own.find((one) => isHead(one, system) && (places.length === 0 || places.some(({ organ }) => organ === one.organ)))
  const self = to === viewer.person && concern.assigned[post] === undefined ? own.find((one) => one.post === post) : undefined
  const found = head ?? self
  if (!found) throw assignmentNotYours()
  return found
}

/** May the viewer give cases of a procedure to the holder of this post? As head of the organ in which it is held, or to themself. */
export function givesTo(viewer: Viewer, to: Holding, system: System): boolean {
  if (viewer.administrator || !takesSteps(to) || !to.procedures.includes(system.id)) return false
  return viewer.holdings.some(
    (own) =>
      takesSteps(own) && own.procedures.includes(system.id) && ((isHead(own, system) && own.organ === to.organ) || own.key === to.key),
  )
}

/** Who supervises, or is there to read, does not work on cases. */
function takesSteps({ supervises, readsOnly }: Holding): boolean {
  return !supervises && !readsOnly
}

/** The holding by which the viewer has somebody keep away from a case: that of a head. @throws Refusal `assignment.not-yours` */
export function recusingHolding(viewer: Viewer, system: System, concern: Concern): Holding {
  const own = seesCase(viewer, concern, [system]) ? viewer.holdings : []
  const head = own.find((one) => takesSteps(one) && takesPart(one, system, concern) && isHead(one, system))
  if (!head) throw assignmentNotYours()
  return head
}

/** A holding takes part in a case where its organ does. */
function takesPart(holding: Holding, system: System, concern: Concern): boolean {
  return holding.procedures.includes(concern.procedure) && (seesEverywhere(holding, system) || concern.organs.includes(holding.organ))
}

function isHead(holding: Holding, { definitions }: System): boolean {
  return definitions.some(({ posts }) => posts[holding.post]?.head === true)
}

function isOwn(viewer: Viewer, concern: Concern): boolean {
  return personsOf(viewer).some((person) => concern.took.includes(person) || Object.values(concern.assigned).includes(person))
}

function isNotAnothers(viewer: Viewer, holding: Holding, concern: Concern | undefined): boolean {
  const assignee = concern?.assigned[holding.post]
  return assignee === undefined || ownersOf(viewer, holding).includes(assignee)
}

function ownersOf(viewer: Viewer, holding: Holding): readonly string[] {
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

function notPublishing(): Refusal {
  return new Refusal({
    code: 'permission.not-publishing',
    message: ['您现在的岗位不能公开或者撤下这项内容。', 'The posts that you hold neither publish nor withdraw this.'],
    basis: [
      '由定义所列岗位或者参与本案机构的负责人公开和撤下。',
      'The post that the definition names does, or the head of an organ that takes part.',
    ],
    remedy: ['请由该岗位或者本单位负责人办理。', 'Leave it to that post, or to the head of the organ.'],
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

function recusedFrom(person: string): Refusal {
  return new Refusal({
    code: 'assignment.recused',
    message: [`${person} 须回避本案。`, `${person} must keep away from this case.`],
    basis: ['回避的人员不得承办。', 'Whoever must keep away does not handle it.'],
    remedy: ['请指定其他人员。', 'Name somebody else.'],
  })
}

function notAHolder(person: string, post: string, { definitions }: System): Refusal {
  const name = definitions.findLast(({ posts }) => posts[post])?.posts[post]?.name ?? ([post, post] as const)
  return new Refusal({
    code: 'assignment.not-a-holder',
    message: [`${person} 不在参与本案的机构任“${name[0]}”。`, `${person} does not hold “${name[1]}” in an organ that takes part.`],
    basis: ['承办人须任办理该步骤的岗位。', 'A case is handled by holders of its posts.'],
    remedy: ['请从名单中选择，或先登记任职。', 'Choose from the list, or have the post registered first.'],
  })
}

function assignmentNotYours(): Refusal {
  return new Refusal({
    code: 'assignment.not-yours',
    message: ['指派、改派与回避由本机构负责人决定。', 'Assigning, reassigning and recusal are for the head of the organ.'],
    basis: ['无人承办的案件，本岗位人员可以自行承办。', 'What is nobody’s yet, a holder of the post may take on themself.'],
    remedy: ['请由负责人办理。', 'Ask the head.'],
  })
}
