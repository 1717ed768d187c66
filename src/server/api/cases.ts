import { actorFor, refuseUnseenLinks, stepOf } from './acting.ts'
import { concernSeen, officerOf } from '../reader.ts'
import { correctStep, openCase, takeStep } from '#store/take-step.ts'
import { createHash } from 'node:crypto'
import { definitionOn, systemNamed } from '#engine/system.ts'
import { governing } from '#engine/governing.ts'
import { handInOpened } from '#store/hand-ins.ts'
import { holdingFor } from '#identity/permission.ts'
import { readCase } from '#store/read-case.ts'
import { refuseUnlessBrought } from './hand-ins.ts'
import { Refusal } from '#engine/refusal.ts'
import { splitInput } from '#store/case-rows.ts'
import { z } from 'zod'
import type {} from './done-once.ts' // what it adds to a request
import type { Actor, StepTaken } from '#engine/case.ts'
import type { Concern } from '#identity/permission.ts'
import type { Definition } from '#engine/definition.ts'
import type { FastifyInstance } from 'fastify'
import type { Services } from '../services.ts'
import type { Taken } from '#store/take-step.ts'

export const input = z.record(z.string().max(80), z.unknown())
export const opening = z.object({ procedure: z.string().max(80), step: z.string().max(80), input, handIn: z.uuid().optional() })
type Input = z.infer<typeof input>
const taking = z.object({ step: z.string().max(80), input, expected: z.number().int().min(1) })
const correcting = z.object({
  seq: z.number().int().min(1),
  input: input.optional(),
  reason: z.string().min(1).max(2000),
  approvedBy: z.string().min(1).max(80),
})

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
      const { procedure, step, input: typed, handIn } = read(opening, request.body)
      const viewer = officerOf(request)
      const system = systemNamed(catalogue, procedure)
      const definition = definitionOn(system, String(typed[system.definitions.at(-1)!.opened] ?? now()).slice(0, 10))
      if (stepOf(definition, step).from.length > 0) throw notOpening(step)
      const { post, holding } = holdingFor(viewer, definition, step, undefined, system)
      const given = handIn === undefined ? typed : { ...typed, ...(await refuseUnlessBrought(services, handIn, { definition, step })) }
      await refuseUnseenLinks(request, services, stepOf(definition, step), given)
      const by: Actor = { post, person: viewer.person, organ: holding.organ }
      const taken = await openCase(
        services,
        procedure,
        { step, input: given, by, at: now() },
        handIn ?? idFor(store.region, viewer.person, request.onceKey!),
      )
      if (handIn !== undefined) await handInOpened(store, handIn)
      request.draftTaken = { target: procedure, step }
      return reply.code(201).send(takenJson(taken))
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
      const by = (definition: Definition, concern: Concern) => actorFor(request, services, id, { definition, concern }, step, given)
      const taken = await takeStep(services, id, { step, input: given, by, at: now() }, expected)
      request.draftTaken = { target: id, step }
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
      const { theCase, definition: current } = await readCase(store.pool, store.region, id, catalogue)
      const definition = governing(systemNamed(catalogue, theCase.procedure), theCase).of(correction.seq)
      const wrong = theCase.steps.find(({ seq }) => seq === correction.seq)
      const by = await actorFor(request, services, id, { definition: current, concern }, wrong?.step ?? '', given ?? {})
      const taken = await correctStep(services, id, {
        ...correction,
        ...(given ? { input: withWhatWasHeld(given, wrong, definition) } : {}),
        by,
        at: now(),
      })
      return reply.code(201).send(takenJson(taken))
    },
  )
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

/** Who corrects a step need not know who its people are: what is personal stays as it was where the correction does not name it; `null` removes it. */
function withWhatWasHeld(given: Input, wrong: StepTaken | undefined, definition: Definition): Input {
  const { personal } = splitInput(definition.steps[wrong?.step ?? '']?.input ?? {}, wrong?.input ?? {})
  return Object.fromEntries(Object.entries({ ...personal, ...given }).filter(([, value]) => value !== null))
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
