import { createHash } from 'node:crypto'
import { concernSeen, officerOf } from '../reader.ts'
import { holdingFor, readsPersonal, seesCase } from '#identity/permission.ts'
import { logEvent } from '#store/log-event.ts'
import { Refusal } from '#engine/refusal.ts'
import { systemNamed } from '#engine/system.ts'
import { unknownCase } from '#store/read-case.ts'
import type { Actor } from '#engine/case.ts'
import type { Concern } from '#identity/permission.ts'
import type { Definition, Step } from '#engine/definition.ts'
import type { FastifyRequest } from 'fastify'
import type { Services } from '../services.ts'

/**
 * In whose name the reader takes a step of a case.
 *
 * @param of the version under which the case runs, and what decides who may do what with it
 * @throws Refusal `case.unknown` · `step.unknown`, and as `holdingFor`
 */
export async function actorFor(
  request: FastifyRequest,
  services: Services,
  id: string,
  { definition, concern }: { readonly definition: Definition; readonly concern: Concern },
  step: string,
  given: Readonly<Record<string, unknown>>,
): Promise<Actor> {
  const viewer = officerOf(request)
  if (!seesCase(viewer, concern, services.catalogue)) throw unknownCase(id)
  await refuseUnseenLinks(request, services, stepOf(definition, step), given)
  const { post, holding } = holdingFor(viewer, definition, step, concern, systemNamed(services.catalogue, concern.procedure))
  return { post, person: viewer.person, organ: holding.organ }
}

/**
 * Lets the reader know who the people of a case are: an act of its own, for a purpose, kept in the ledger before anything is shown.
 *
 * @throws Refusal `case.unknown` · `permission.not-personal`
 */
export async function recordReading(
  request: FastifyRequest,
  services: Services,
  id: string,
  what: { readonly purpose: string; readonly document?: string },
): Promise<void> {
  const by = readerFor(request, services, await concernSeen(request, services, id))
  await logEvent(services.store, { kind: 'reading', by, of: id, what, at: services.now() })
}

/** The digest of a document as it leaves the office with people's own particulars: whoever gets that file can have it looked up in the ledger. */
export async function recordIssue(
  request: FastifyRequest,
  services: Services,
  id: string,
  { name, form, procedure }: { readonly name: string; readonly form: string; readonly procedure: string },
  bytes: Uint8Array,
): Promise<void> {
  const by = readerFor(request, services, await concernSeen(request, services, id))
  const what = { issued: 'document', procedure, document: name, form, sha256: createHash('sha256').update(bytes).digest('hex') }
  await logEvent(services.store, { kind: 'export', by, of: id, what, at: services.now() })
}

/** Who reads who the people of a case are, for the ledger to name. @throws Refusal `permission.not-personal` */
export function readerFor(request: FastifyRequest, { catalogue }: Pick<Services, 'catalogue'>, concern: Concern): Actor {
  const viewer = officerOf(request)
  if (!readsPersonal(viewer, concern, catalogue)) throw notForYou()
  const { post, organ } = viewer.holdings.find(({ procedures }) => procedures.includes(concern.procedure))!
  return { post, person: viewer.person, organ }
}

/**
 * A case is linked to others that its taker sees, and to no others: a link shows their number and state.
 *
 * @throws Refusal `case.unknown`
 */
export async function refuseUnseenLinks(
  request: FastifyRequest,
  services: Services,
  step: Step,
  given: Readonly<Record<string, unknown>>,
): Promise<void> {
  for (const [name, field] of Object.entries(step.input ?? {})) {
    const isList = field.kind === 'list' && (field.of as { kind?: unknown } | undefined)?.kind === 'case'
    if (field.kind !== 'case' && !isList) continue
    const named = isList && Array.isArray(given[name]) ? (given[name] as unknown[]) : [given[name]]
    for (const id of named) if (typeof id === 'string') await concernSeen(request, services, id)
  }
}

/** A step of a definition. @throws Refusal `step.unknown` */
export function stepOf({ steps }: Definition, step: string): Step {
  if (Object.hasOwn(steps, step)) return steps[step]!
  throw unknownStep(step)
}

function notForYou(): Refusal {
  return new Refusal({
    code: 'permission.not-personal',
    message: ['您不能查看本案的个人信息。', 'Who the people of this case are is not for you to read.'],
    basis: ['个人信息限承办人及其负责人因办案查看。', 'It is read by who handles the case and their head, for the handling.'],
    remedy: ['如需办理本案，请由负责人指定承办人。', 'If you are to handle it, have a head assign it to you.'],
  })
}

function unknownStep(step: string): Refusal {
  return new Refusal({
    code: 'step.unknown',
    exit: 2,
    message: [`本案没有“${step}”这一步骤。`, `The case has no step “${step}”.`],
    basis: ['步骤由程序的定义列出。', 'The definition lists its steps.'],
    remedy: ['请查看该案可办理的步骤。', 'See which steps the case permits.'],
  })
}
