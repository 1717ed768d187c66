import { caseJson } from '../case-page.ts'
import { concernSeen, viewerOf } from '../reader.ts'
import { correctStep, openCase, takeStep } from '#store/take-step.ts'
import { createHash } from 'node:crypto'
import { definitionOn, systemNamed } from '#engine/system.ts'
import { dropDraft } from '#store/drafts.ts'
import { holdingFor, readsPersonal } from '#identity/permission.ts'
import { leavesOf } from '#store/read-checkpoints.ts'
import { logEvent } from '#store/log-event.ts'
import { organNames } from '../cases.ts'
import { readCase } from '#store/read-case.ts'
import { readOpenCase } from '#store/read-open-case.ts'
import { Refusal } from '#engine/refusal.ts'
import { splitInput } from '#store/case-rows.ts'
import { z } from 'zod'
import type {} from './done-once.ts' // what it adds to a request
import type { Actor } from '#engine/case.ts'
import type { Definition, Step } from '#engine/definition.ts'
import type { Concern } from '#identity/permission.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Services } from '../services.ts'
import type { Taken } from '#store/take-step.ts'

const input = z.record(z.string().max(80), z.unknown())
const opening = z.object({ procedure: z.string().max(80), step: z.string().max(80), input })
const taking = z.object({ step: z.string().max(80), input, expected: z.number().int().min(1) })
const correcting = z.object({
  seq: z.number().int().min(1),
  input: input.optional(),
  reason: z.string().min(1).max(2000),
  approvedBy: z.string().min(1).max(80),
})
const reading = z.object({ purpose: z.string().trim().min(2).max(500) })

/** What a step may be refused with, beside the conditions of its definition. */
const TAKING = [
  'step.unknown',
  'step.not-now',
  'step.not-apart',
  'input.invalid',
  'file.unknown',
  'permission.not-your-post',
  'permission.assigned-to-another',
]

/** `/cases`: opening them, taking their steps, reading who their people are. A verb becomes a thing that is created. */
export function caseApi(api: FastifyInstance, services: Services): void {
  const { store, catalogue, now } = services

  api.post(
    '/cases',
    { schema: { summary: ['立案', 'Open a case'], body: opening, inputs: 'opening', answer: 'TakenJson', refusals: TAKING } },
    async (request, reply) => {
      const { procedure, step, input: given } = read(opening, request.body)
      const viewer = viewerOf(request)
      const system = systemNamed(catalogue, procedure)
      const definition = definitionOn(system, String(given[system.definitions.at(-1)!.opened] ?? now()).slice(0, 10))
      if (stepOf(definition, step).from.length > 0) throw notOpening(step)
      const { post, holding } = holdingFor(viewer, definition, step, undefined, system)
      await refuseUnseenLinks(request, services, stepOf(definition, step), given)
      const by: Actor = { post, person: viewer.person, organ: holding.organ }
      const taken = await openCase(
        services,
        procedure,
        { step, input: given, by, at: now() },
        idFor(store.region, viewer.person, request.onceKey!),
      )
      await dropDraft(store, { person: viewer.person, target: procedure, step })
      return reply.code(201).send(takenJson(taken))
    },
  )

  api.get<{ Params: { id: string } }>(
    '/cases/:id',
    { schema: { summary: ['一个案件', 'One case'], answer: 'CaseJson', refusals: ['case.unknown'] } },
    async (request) => {
      const { id } = request.params
      await concernSeen(request, services, id)
      const open = await readOpenCase(store, catalogue, id)
      const [leaves, organs] = await Promise.all([leavesOf(store, 'step', id), organNames(services, open.theCase.openedOn)])
      return caseJson({ ...open, leaves, organs, services })
    },
  )

  api.post<{ Params: { id: string } }>(
    '/cases/:id/steps',
    {
      schema: {
        summary: ['办理一步', 'Take a step'],
        body: taking,
        inputs: 'taking',
        answer: 'TakenJson',
        refusals: ['case.unknown', 'case.changed-meanwhile', ...TAKING],
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const { step, input: given, expected } = read(taking, request.body)
      const by = await actorFor(request, id, step, given)
      const taken = await takeStep(services, id, { step, input: given, by, at: now() }, expected)
      await dropDraft(store, { person: by.person, target: id, step })
      return reply.code(201).send(takenJson(taken))
    },
  )

  api.post<{ Params: { id: string } }>(
    '/cases/:id/corrections',
    {
      schema: {
        summary: ['更正一步', 'Correct a step'],
        body: correcting,
        answer: 'TakenJson',
        refusals: ['case.unknown', 'correction.no-such-step', 'correction.not-approved', 'correction.breaks-later-step'],
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const { input: given, ...correction } = read(correcting, request.body)
      const concern = await concernSeen(request, services, id)
      const { theCase } = await readOpenCase(store, catalogue, id)
      const wrong = theCase.steps.find(({ seq }) => seq === correction.seq)
      const by = await actorFor(request, id, wrong?.step ?? '', given ?? {}, concern)
      const taken = await correctStep(services, id, { ...correction, ...(given ? { input: given } : {}), by, at: now() })
      return reply.code(201).send(takenJson(taken))
    },
  )

  // Reading who the people of a case are is an act of its own, for a purpose, and is kept in the ledger before anything is shown.
  // It may be repeated: kept as the answer of a key, what is personal would outlive its erasure.
  api.post<{ Params: { id: string } }>(
    '/cases/:id/readings',
    {
      config: { repeatable: true },
      schema: {
        summary: ['查看个人信息，写明用途', 'Read who the people are, for a purpose'],
        body: reading,
        answer: 'ReadingJson',
        refusals: ['case.unknown', 'permission.not-personal'],
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const { purpose } = read(reading, request.body)
      const by = readerFor(request, services, await concernSeen(request, services, id))
      const { theCase, definition } = await readCase(store.pool, store.region, id, catalogue)
      await logEvent(store, { kind: 'reading', by, of: id, what: { purpose }, at: now() })
      const steps = theCase.steps.flatMap(({ seq, step, input: taken }) => {
        const { personal } = splitInput(definition.steps[step]?.input ?? {}, taken)
        return personal ? [{ seq, values: personal }] : []
      })
      return reply.code(201).send({ case: id, steps })
    },
  )

  async function actorFor(
    request: Parameters<typeof viewerOf>[0],
    id: string,
    step: string,
    given: Readonly<Record<string, unknown>>,
    seen?: Awaited<ReturnType<typeof concernSeen>>,
  ): Promise<Actor> {
    const viewer = viewerOf(request)
    const concern = seen ?? (await concernSeen(request, services, id))
    const { definition } = await readOpenCase(store, catalogue, id)
    await refuseUnseenLinks(request, services, stepOf(definition, step), given)
    const { post, holding } = holdingFor(viewer, definition, step, concern, systemNamed(catalogue, concern.procedure))
    return { post, person: viewer.person, organ: holding.organ }
  }
}

/** Who reads who the people of a case are, for the ledger to name. @throws Refusal `permission.not-personal` */
export function readerFor(request: FastifyRequest, { catalogue }: Pick<Services, 'catalogue'>, concern: Concern): Actor {
  const viewer = viewerOf(request)
  if (!readsPersonal(viewer, concern, catalogue)) throw notForYou()
  const holding = viewer.holdings.find(({ procedures }) => procedures.includes(concern.procedure))!
  return { post: holding.post, person: viewer.person, organ: holding.organ }
}

/**
 * A case is linked to others that its taker sees, and to no others: a link shows their number and state.
 *
 * @throws Refusal `case.unknown`
 */
async function refuseUnseenLinks(
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

/** Reads a body. @throws Refusal `body.invalid` */
export function read<Shape extends z.ZodType>(shape: Shape, body: unknown): z.infer<Shape> {
  const result = shape.safeParse(body)
  if (result.success) return result.data
  const where = result.error.issues.map(({ path, message }) => `${path.join('.') || '·'}: ${message}`)
  throw new Refusal({
    code: 'body.invalid',
    exit: 2,
    message: [`请求内容无法识别：${where.join('；')}。`, `The body cannot be read: ${where.join('; ')}.`],
    basis: ['各项的形式见接口说明。', 'The form of each part is in the description of the API.'],
    remedy: ['请改正后重发。', 'Correct it and send it again.'],
  })
}

/** The id of a case that this request opens: the same request, sent again, opens no second one. */
function idFor(region: string, person: string, key: string): string {
  const hex = createHash('sha256').update(`${region}/${person}/${key}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

function takenJson({ theCase, documents }: Taken) {
  const { id, number, procedure, state, steps } = theCase
  return { id, number, procedure, state, steps: steps.length, documents }
}

function notOpening(step: string): Refusal {
  return new Refusal({
    code: 'step.not-opening',
    exit: 2,
    message: [`“${step}”不是立案步骤。`, `“${step}” opens no case.`],
    basis: ['新案由定义所列的立案步骤开始。', 'A case begins by a step that its definition names for it.'],
    remedy: ['请从程序页面选择立案步骤。', 'Choose an opening step of the procedure.'],
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

function notForYou(): Refusal {
  return new Refusal({
    code: 'permission.not-personal',
    message: ['您不能查看本案的个人信息。', 'Who the people of this case are is not for you to read.'],
    basis: ['个人信息限承办人及其负责人因办案查看。', 'It is read by who handles the case and their head, for the handling.'],
    remedy: ['如需办理本案，请由负责人指定承办人。', 'If you are to handle it, have a head assign it to you.'],
  })
}
