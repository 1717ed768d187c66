import { countEvaluations, handInOf, listHandIns, refuseHandIn, uploadsOf } from '#store/hand-ins.ts'
import { dateIn } from '#engine/day.ts'
import { definitionOn, systemNamed } from '#engine/system.ts'
import { holdingFor } from '#identity/permission.ts'
import { isUuid } from '#store/read-case.ts'
import { keepDraft } from '#store/drafts.ts'
import { logEvent } from '#store/log-event.ts'
import { officerOf } from '../reader.ts'
import { partyAsked, partyKnown } from '#engine/online.ts'
import { read } from './cases.ts'
import { readTyped } from '../portal/field-inputs.ts'
import { Refusal } from '#engine/refusal.ts'
import { z } from 'zod'
import type { Actor } from '#engine/case.ts'
import type { Definition } from '#engine/definition.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { HandIn } from '#store/hand-ins.ts'
import type { Services } from '../services.ts'

/** What was brought through the portal and waits for somebody to register it: nothing personal. */
export interface HandInJson {
  readonly id: string
  readonly number: string
  readonly procedure: string
  readonly procedureName: string
  readonly step: string
  readonly arrivedAt: string
}

/** The same, as its officer fills in the opening step. */
export interface HandInTakenJson extends HandInJson {
  /** Agrees to be served electronically. */
  readonly consents: boolean
  readonly input: Readonly<Record<string, unknown>>
  readonly attachments: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[]
}

const refusing = z.object({ reason: z.string().trim().min(2).max(2000) })

interface Of {
  Params: { id: string }
}

/**
 * `/hand-ins`: 网上收件. Whoever may take the opening step sees that something waits; taking it up is reading personal data, kept in the ledger, and
 * leaves it as their draft of that step. It becomes a case by `POST /cases` with `handIn`, or is turned away with a reason.
 */
export function handInApi(api: FastifyInstance, services: Services): void {
  const { store, catalogue, now } = services

  api.get(
    '/hand-ins',
    { schema: { summary: ['网上收件', 'What was brought online'], answer: 'HandInJson[]' } },
    async (request): Promise<HandInJson[]> => {
      const waiting = await listHandIns(
        store,
        catalogue.map(({ id }) => id),
      )
      return waiting.filter((one) => actorIn(request, one) !== undefined).map((one) => handInJson(one, request))
    },
  )

  api.get(
    '/hand-ins/evaluations',
    { schema: { summary: ['评价的次数', 'How many were asked to evaluate, and answered'] } },
    async (request): Promise<readonly { readonly procedure: string; readonly asked: number; readonly answered: number }[]> => {
      const { holdings } = officerOf(request)
      return countEvaluations(store, [...new Set(holdings.flatMap(({ procedures }) => procedures))])
    },
  )

  api.post<Of>(
    '/hand-ins/:id/drafts',
    { schema: { summary: ['登记网上收件', 'Take one up'], answer: 'HandInTakenJson', refusals: ['hand-in.unknown', 'hand-in.decided'] } },
    async (request, reply) => {
      const { handIn, by, definition } = await waitingFor(request)
      await logEvent(store, { kind: 'reading', by, of: handIn.id, what: { purpose: 'hand-in' }, at: now() })
      const { input } = readTyped(partyAsked(definition, handIn.step) ?? {}, handIn.typed)
      const filled = { ...input, ...partyKnown(definition, handIn.step, handIn.arrivedAt!) }
      await keepDraft(store, { person: by.person, target: handIn.procedure, step: handIn.step }, { input: filled, at: now() })
      const attachments = (await uploadsOf(store, handIn.id)).map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 }))
      const taken: HandInTakenJson = { ...handInJson(handIn, request), consents: handIn.consents === true, input: filled, attachments }
      return reply.code(201).send(taken)
    },
  )

  api.post<Of>(
    '/hand-ins/:id/refusals',
    { schema: { summary: ['不予登记', 'Turn one away'], body: refusing, refusals: ['hand-in.unknown', 'hand-in.decided'] } },
    async (request, reply) => {
      const { reason } = read(refusing, request.body)
      const { handIn, by } = await waitingFor(request)
      if (!(await refuseHandIn(store, handIn.id, by, reason, now()))) throw decided()
      return reply.code(201).send({ id: handIn.id, number: handIn.number })
    },
  )

  function actorIn(request: FastifyRequest, { procedure, step, arrivedAt }: HandIn): Actor | undefined {
    const viewer = officerOf(request)
    const system = systemNamed(catalogue, procedure)
    try {
      const { post, holding } = holdingFor(viewer, definitionOn(system, dateIn(arrivedAt!)), step, undefined, system)
      return { post, person: viewer.person, organ: holding.organ }
    } catch (error) {
      if (error instanceof Refusal) return undefined
      throw error
    }
  }

  async function waitingFor(request: FastifyRequest<Of>): Promise<{ handIn: HandIn; by: Actor; definition: Definition }> {
    const { id } = request.params
    const handIn = isUuid(id) ? await handInOf(store, id) : undefined
    const by = handIn?.arrivedAt ? actorIn(request, handIn) : undefined
    if (!handIn || !by) throw unknownHandIn()
    if (handIn.isCase || handIn.refusedAt !== null) throw decided()
    return { handIn, by, definition: definitionOn(systemNamed(catalogue, handIn.procedure), dateIn(handIn.arrivedAt!)) }
  }

  function handInJson({ id, number, procedure, step, arrivedAt }: HandIn, { view }: FastifyRequest): HandInJson {
    const procedureName = view.say(systemNamed(catalogue, procedure).definitions.at(-1)!.name)
    return { id, number, procedure, procedureName, step, arrivedAt: arrivedAt! }
  }
}

/**
 * What an opening step must hold that comes of something brought online: the moment at which it reached the system is nobody's to change.
 *
 * @throws Refusal `hand-in.unknown` · `hand-in.decided`
 */
export async function refuseUnlessBrought(
  { store }: Services,
  id: string,
  { definition, step }: { readonly definition: Definition; readonly step: string },
): Promise<Record<string, unknown>> {
  const handIn = await handInOf(store, id)
  if (!handIn?.arrivedAt || handIn.procedure !== definition.id || handIn.step !== step) throw unknownHandIn()
  if (handIn.refusedAt !== null) throw decided()
  return partyKnown(definition, step, handIn.arrivedAt)
}

function unknownHandIn(): Refusal {
  return new Refusal({
    code: 'hand-in.unknown',
    message: ['没有这件网上收件。', 'Nothing of that number was brought online.'],
    basis: ['网上收件由办理其首个步骤的岗位登记。', 'It is registered by the post that takes its opening step.'],
    remedy: ['请从“今日”的网上收件进入。', 'Start from the list of what was brought online.'],
  })
}

function decided(): Refusal {
  return new Refusal({
    code: 'hand-in.decided',
    message: ['这件网上收件已经登记或者不予登记。', 'It was registered or turned away already.'],
    basis: ['一件网上收件只处理一次。', 'What was brought once is dealt with once.'],
    remedy: ['请查看案件。', 'Look at the case.'],
  })
}
