import { actorFor, refuseUnseenLinks, stepOf } from './acting.ts'
import { clockJson } from './clock-json.ts'
import { clocksOf } from '#engine/clocks.ts'
import { definitionOn, systemNamed, versionFrom } from '#engine/system.ts'
import { holdingFor } from '#identity/permission.ts'
import { input, opening, read } from './cases.ts'
import { inputProblems } from '#engine/check-input.ts'
import { concernSeen, officerOf } from '../reader.ts'
import { Refusal } from '#engine/refusal.ts'
import { readOpenCase } from '#store/read-open-case.ts'
import { tryOpening, tryStep } from '#store/take-step.ts'
import { z } from 'zod'
import type { ClockJson } from './clock-json.ts'
import type { Definition } from '#engine/definition.ts'
import type { FastifyInstance } from 'fastify'
import type { Services } from '../services.ts'
import type { Tried } from '#store/take-step.ts'
import type { View } from '../view.ts'

const trying = z.object({ step: z.string().max(80), input })

/** What is wrong with one field, by its path: `requests.2`. */
export interface ProblemJson {
  readonly path: string
  readonly says: string
  /** Nothing is there yet. */
  readonly missing: boolean
}

/** What a step would come to, or why it would be refused. Nothing is written. */
export interface PreviewJson {
  /** First day in force of the version under which it would be taken. */
  readonly version: string
  readonly problems: readonly ProblemJson[]
  readonly refusal: {
    readonly code: string
    readonly message: string
    readonly basis: string
    readonly remedy: string
    /** The fields of the form on which it rests. */
    readonly fields: readonly string[]
  } | null
  /** Absent where it would be refused. */
  readonly would: {
    readonly stateName: string
    /** Clocks that would start, move or stop. */
    readonly clocks: readonly ClockJson[]
    readonly documents: readonly string[]
  } | null
}

/** `/cases/preview` and `/cases/:id/steps/preview`: what a form would do if it were sent, asked while it is filled in. */
export function previewApi(api: FastifyInstance, services: Services): void {
  const { store, catalogue, calendar, now } = services

  api.post(
    '/cases/preview',
    { schema: { summary: ['试立案', 'Try an opening'], answer: 'PreviewJson' }, config: { repeatable: true } },
    async (request): Promise<PreviewJson> => {
      const { procedure, step, input: given } = read(opening, request.body)
      const viewer = officerOf(request)
      const system = systemNamed(catalogue, procedure)
      const definition = definitionOn(system, dayGiven(given[system.definitions.at(-1)!.opened]) ?? now().slice(0, 10))
      const taken = stepOf(definition, step)
      const { post, holding } = holdingFor(viewer, definition, step, undefined, system)
      await refuseUnseenLinks(request, services, taken, given)
      const asked = { step, input: given, by: { post, person: viewer.person, organ: holding.organ }, at: now() }
      return previewOf(definition, step, given, request.view, () => tryOpening(services, procedure, asked))
    },
  )

  api.post<{ Params: { id: string } }>(
    '/cases/:id/steps/preview',
    { schema: { summary: ['试办一步', 'Try a step'], answer: 'PreviewJson' }, config: { repeatable: true } },
    async (request): Promise<PreviewJson> => {
      const { id } = request.params
      const { step, input: given } = read(trying, request.body)
      const concern = await concernSeen(request, services, id)
      const { definition } = await readOpenCase(store, catalogue, id)
      const by = await actorFor(request, services, id, { definition, concern }, step, given)
      return previewOf(definition, step, given, request.view, () => tryStep(services, id, { step, input: given, by, at: now() }))
    },
  )

  async function previewOf(
    definition: Definition,
    step: string,
    given: Readonly<Record<string, unknown>>,
    view: View,
    attempt: () => Promise<Tried>,
  ): Promise<PreviewJson> {
    const version = definition.inForce.from
    // What a step that switches records is the machine's to fill in.
    const { [definition.steps[step]!.switches?.record ?? '']: _recorded, ...fields } = definition.steps[step]!.input ?? {}
    const problems = inputProblems(fields, given).map(({ path, says }) => ({ path, says: view.say(says), missing: isMissing(given, path) }))
    if (problems.length > 0) return { version, problems, refusal: null, would: null }
    try {
      return { version, problems, refusal: null, would: outcome(await attempt(), view) }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return { version, problems, refusal: { ...error.on(view.language), fields: fieldsBehind(error.code, definition, step) }, would: null }
    }
  }

  function outcome({ definition, before, after }: Tried, view: View): PreviewJson['would'] {
    const now0 = now()
    const law = versionFrom(systemNamed(catalogue, after.procedure), after.version)
    const known = new Set(
      before
        ? clocksOf(versionFrom(systemNamed(catalogue, before.procedure), before.version), before, calendar).map((run) =>
            JSON.stringify(run),
          )
        : [],
    )
    return {
      stateName: view.say(law.states[after.state]!.name),
      clocks: clocksOf(law, after, calendar)
        .filter((run) => !known.has(JSON.stringify(run)))
        .map((run) => clockJson(run, { definition: law, theCase: after, calendar, now: now0 }, view)),
      documents: after.steps
        .slice(before?.steps.length ?? 0)
        .flatMap(({ step }) => definition.steps[step]?.produces ?? [])
        .map((id) => view.say(definition.parts.documents[id]!.name)),
    }
  }
}

/** Which fields of the form a refusal rests on: those that its guard looks at, or the day of the step. */
function fieldsBehind(code: string, definition: Definition, stepId: string): string[] {
  const { input: fields = {}, on } = definition.steps[stepId]!
  if (on !== undefined && (code === 'step.in-the-future' || code === 'step.before-opening')) return [on]
  const guard = definition.parts.guards[code]
  return guard ? [...guard.needs, ...(guard.may ?? [])].filter((name) => Object.hasOwn(fields, name)) : []
}

function isMissing(given: unknown, path: string): boolean {
  let value = given
  for (const part of path.split('.')) {
    if (typeof value !== 'object' || value === null) return false
    // Entries of lists are counted from 1 in a path.
    value = Array.isArray(value)
      ? value[Number(part) - 1]
      : Object.hasOwn(value, part)
        ? (value as Record<string, unknown>)[part]
        : undefined
  }
  return value === undefined || value === null || value === ''
}

/** A day that is still being typed governs nothing. */
function dayGiven(value: unknown): string | undefined {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value) ? value.slice(0, 10) : undefined
}
