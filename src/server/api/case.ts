import { articlesOf, formOf } from './form.ts'
import { assigningHolding, holdingFor, readsPersonal, recusingHolding } from '#identity/permission.ts'
import { caseTitle } from '#readings/case-title.ts'
import { clockJson } from './clock-json.ts'
import { clocksOf } from '#engine/clocks.ts'
import { caseNumberedSeen, concernSeen, viewerOf, withLinksSeen } from '../reader.ts'
import { dateIn } from '#engine/day.ts'
import { drawnFlowChart } from '../flow-chart.ts'
import { holdersOf } from '#store/holders.ts'
import { lapsed, permittedSteps, SYSTEM } from '#engine/apply-step.ts'
import { lawWords } from '#readings/law-words.ts'
import { leavesOf } from '#store/read-checkpoints.ts'
import { organNames } from '../cases.ts'
import { readOpenCase } from '#store/read-open-case.ts'
import { Refusal } from '#engine/refusal.ts'
import { shownInput } from './shown-input.ts'
import { standing, STRIKE } from '#engine/case.ts'
import { systemNamed } from '#engine/system.ts'
import { words } from '../words.ts'
import type { ClockJson } from './clock-json.ts'
import type { Concern } from '#identity/permission.ts'
import type { Definition } from '#engine/definition.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { FlowChartJson } from '../flow-chart.ts'
import type { FormJson } from './form.ts'
import type { Holder } from '#store/holders.ts'
import type { LeafPlace } from '#store/read-checkpoints.ts'
import type { OpenCase } from '#store/read-open-case.ts'
import type { OrganNames } from '../shown-value.ts'
import type { RowJson } from './shown-input.ts'
import type { Services } from '../services.ts'
import type { StepTaken } from '#engine/case.ts'
import type { System } from '#engine/system.ts'
import type { View } from '../view.ts'
import type { Viewer } from '#identity/viewer.ts'

export interface DocumentJson {
  readonly document: string
  readonly name: string
  readonly number: string | null
  readonly issuedOn: string
}

/** A step as it was taken: who, when, what, and what came of it. */
export interface StepTakenJson {
  readonly seq: number
  readonly step: string
  readonly name: string
  /** When it takes effect, and when it was recorded. */
  readonly on: string
  readonly at: string
  readonly by: { readonly post: string; readonly organ: string | null; readonly person: string | null }
  readonly moved: { readonly from: string | null; readonly to: string } | null
  readonly rows: readonly RowJson[]
  /** What is not personal of its input, as it was sent. */
  readonly input: Readonly<Record<string, unknown>>
  readonly documents: readonly DocumentJson[]
  readonly tells: string | null
  readonly articles: readonly string[]
  readonly supersededBy: number | null
  readonly supersedes: { readonly seq: number; readonly reason: string; readonly approvedBy: string | null } | null
  /** The form by which it could be corrected, where this reader could have taken it. */
  readonly correction: { readonly form: FormJson; readonly mayStrike: boolean } | null
}

/** A step that this reader may take now. */
export interface ActionJson {
  readonly form: FormJson
  /** The post in whose name. */
  readonly as: string
}

export interface RefusedStepJson {
  readonly step: string
  readonly name: string
  readonly code: string
  readonly message: string
  readonly basis: string
  readonly remedy: string
}

/** A post that handles the case, and who of its holders does. */
export interface HandlerJson {
  readonly post: string
  readonly name: string
  readonly person: string | null
  /** Persons to whom this reader may give it now. */
  readonly mayGiveTo: readonly string[]
  readonly mayTakeBack: boolean
}

/** A case for whoever sees it: everything of it but what is personal. */
export interface CaseJson {
  readonly id: string
  readonly number: string
  readonly title: string
  readonly procedure: string
  readonly procedureName: string
  readonly state: string
  readonly stateName: string
  readonly isFinal: boolean
  readonly waitsFor: string | null
  readonly openedOn: string
  readonly law: { readonly version: string; readonly hash: string; readonly notes: readonly string[] }
  /** How many steps there are: what a write expects. */
  readonly steps: number
  readonly now: string
  readonly clocks: readonly ClockJson[]
  readonly timeline: readonly StepTakenJson[]
  readonly actions: readonly ActionJson[]
  readonly refused: readonly RefusedStepJson[]
  /** Names of steps that the machine owes. */
  readonly owed: readonly string[]
  readonly handlers: readonly HandlerJson[]
  readonly mayRecuse: boolean
  readonly mayReadPersonal: boolean
  readonly hasPersonal: boolean
  readonly links: readonly {
    readonly id: string
    readonly number: string
    readonly procedureName: string
    readonly stateName: string
    readonly direction: 'to' | 'from'
  }[]
  readonly leaves: readonly LeafPlace[]
}

/** A case found by its number. */
export interface CaseNumberedJson {
  readonly id: string
  readonly number: string
  readonly title: string
  readonly procedureName: string
  readonly stateName: string
}

/** `/cases/:id`: a case as this reader sees it, and what they can do with it. */
export function oneCaseApi(api: FastifyInstance, services: Services): void {
  const { store, catalogue, calendar, now } = services

  api.get<{ Params: { id: string } }>(
    '/cases/:id',
    { schema: { summary: ['一个案件', 'One case'], answer: 'CaseJson' } },
    async (request): Promise<CaseJson> => {
      const { id } = request.params
      const concern = await concernSeen(request, services, id)
      const open = await withLinksSeen(request, services, await readOpenCase(store, catalogue, id))
      const system = systemNamed(catalogue, concern.procedure)
      const [leaves, organs] = await Promise.all([leavesOf(store, 'step', id), organNames(services, open.theCase.openedOn)])
      const viewer = viewerOf(request)
      const isHead = !throwsRefusal(() => recusingHolding(viewer, system, concern))
      const holders = viewer.holdings.length > 0 ? await holdersOf(store, concern.procedure, dateIn(now())) : []
      const { theCase, definition, law } = open
      const { view } = request
      const { say } = view
      const state = definition.states[theCase.state]!
      const { actions, refused } = stepsFor(request, open, concern, system)
      return {
        id,
        number: theCase.number,
        title: titleOf(open, organs, view),
        procedure: definition.id,
        procedureName: say(definition.name),
        state: theCase.state,
        stateName: say(state.name),
        isFinal: state.final === true,
        waitsFor: state.with === undefined ? null : say(definition.posts[state.with]?.name ?? [state.with, state.with]),
        openedOn: theCase.openedOn,
        law: { version: definition.inForce.from, hash: theCase.hash, notes: lawWords(theCase, law).map(say) },
        steps: theCase.steps.length,
        now: now(),
        clocks: clocksOf(definition, theCase, calendar).map((run) => clockJson(run, { definition, theCase, calendar, now: now() }, view)),
        timeline: timelineOf(open, organs, viewer, concern, system, view),
        actions,
        refused,
        owed: lapsed(definition, theCase, now(), calendar).map(({ step }) => say(definition.steps[step]!.name)),
        handlers: handlersOf(definition, concern, system, viewer, holders, view),
        mayRecuse: isHead,
        mayReadPersonal: readsPersonal(viewer, concern, catalogue),
        hasPersonal: [...open.personal.values()].some((held) => held !== 'erased'),
        links: open.links.map((link) => {
          const other = systemNamed(catalogue, link.procedure)
          const named = other.definitions.findLast(({ states }) => states[link.state])
          return {
            id: link.id,
            number: link.number,
            procedureName: say(other.definitions.at(-1)!.name),
            stateName: named ? say(named.states[link.state]!.name) : link.state,
            direction: link.from === 'this' ? ('to' as const) : ('from' as const),
          }
        }),
        leaves,
      }
    },
  )

  api.get<{ Params: { id: string } }>(
    '/cases/:id/flow-chart',
    { schema: { summary: ['流程图', 'Its flow chart'], answer: 'FlowChartJson' } },
    async (request): Promise<FlowChartJson> => {
      const { id } = request.params
      await concernSeen(request, services, id)
      const { theCase, definition } = await readOpenCase(store, catalogue, id)
      const been = standing(theCase.steps).flatMap(({ from, to }) => (from === null ? [to] : [from, to]))
      return drawnFlowChart(definition, request.view, { present: theCase.state, been })
    },
  )

  api.get<{ Params: { number: string } }>(
    '/cases/numbered/:number',
    { schema: { summary: ['按案号查找', 'The case of a number'] } },
    async (request): Promise<CaseNumberedJson> => {
      const id = await caseNumberedSeen(request, services, request.params.number.trim())
      const open = await readOpenCase(store, catalogue, id)
      const { theCase, definition } = open
      const organs = await organNames(services, theCase.openedOn)
      return {
        id,
        number: theCase.number,
        title: titleOf(open, organs, request.view),
        procedureName: request.view.say(definition.name),
        stateName: request.view.say(definition.states[theCase.state]!.name),
      }
    },
  )

  /** Every step that is some post's to take: this reader's now, or why it is not. */
  function stepsFor(
    request: FastifyRequest,
    { theCase, definition }: OpenCase,
    concern: Concern,
    system: System,
  ): Pick<CaseJson, 'actions' | 'refused'> {
    const viewer = viewerOf(request)
    const { view } = request
    const actions: ActionJson[] = []
    const refused: RefusedStepJson[] = []
    const permissions = new Map<string, ReturnType<typeof permittedSteps>>()
    const refusalAs = (step: string, post: string, person?: string): Refusal | undefined => {
      const key = `${post}/${person ?? ''}`
      const known = permissions.get(key) ?? permittedSteps(definition, theCase, post, person)
      permissions.set(key, known)
      return known.find((one) => one.step === step)?.refusal
    }
    for (const [id, step] of Object.entries(definition.steps)) {
      if (step.by === 'clock' || step.by === 'case' || (Array.isArray(step.from) && step.from.length === 0)) continue
      const first = ([step.by].flat() as readonly string[]).find((post) => post !== 'clock' && post !== 'case')!
      const notNow = refusalAs(id, first)
      let refusal = notNow
      if (!notNow) {
        try {
          const { post } = holdingFor(viewer, definition, id, concern, system)
          refusal = refusalAs(id, post, viewer.person)
          if (!refusal) actions.push({ form: formOf(definition, id, view), as: view.say(definition.posts[post]!.name) })
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
          refusal = error
        }
      }
      if (refusal) refused.push({ step: id, name: view.say(step.name), ...refusal.on(view.language) })
    }
    return { actions, refused }
  }
}

function titleOf({ definition, theCase }: OpenCase, organs: OrganNames, { language }: View): string {
  return caseTitle(definition, theCase.fields, (organ) => organs.get(organ) ?? organ, language)
}

function timelineOf(open: OpenCase, organs: OrganNames, viewer: Viewer, concern: Concern, system: System, view: View): StepTakenJson[] {
  const { theCase } = open
  const replacedBy = new Map(theCase.steps.flatMap(({ seq, supersedes }) => (supersedes ? [[supersedes.seq, seq] as const] : [])))
  const stand = new Set(standing(theCase.steps).map(({ seq }) => seq))
  return theCase.steps.map((taken) => stepJson(taken, replacedBy.get(taken.seq) ?? null, stand.has(taken.seq)))

  function stepJson(taken: StepTaken, supersededBy: number | null, stands: boolean): StepTakenJson {
    const { say } = view
    const { seq, supersedes } = taken
    // Under the law of its day: its name, its particulars and its articles stay what they were when the case goes on under another.
    const definition = open.law.of(seq)
    const step = definition.steps[taken.step]
    const isMachine = taken.by.post === SYSTEM.post
    const mayCorrect =
      stands &&
      step !== undefined &&
      !isMachine &&
      viewer.person !== '' &&
      !throwsRefusal(() => holdingFor(viewer, definition, taken.step, concern, system))
    return {
      seq,
      step: taken.step,
      name: step ? say(step.name) : taken.step === STRIKE ? say(words.struckOut) : taken.step,
      on: taken.on,
      at: taken.at,
      by: {
        post: isMachine ? say(words.theSystem) : say(definition.posts[taken.by.post]?.name ?? [taken.by.post, taken.by.post]),
        organ: organs.get(taken.by.organ) ?? null,
        person: isMachine || viewer.demonstration ? null : taken.by.person,
      },
      moved:
        taken.from === taken.to
          ? null
          : { from: taken.from === null ? null : stateName(definition, taken.from), to: stateName(definition, taken.to) },
      rows: shownInput(step?.input ?? {}, taken.input, open.personal.get(seq), view, organs),
      input: taken.input,
      documents: open.documents
        .filter((one) => one.seq === seq)
        .map(({ document, number, issuedOn }) => ({
          document,
          name: say(definition.parts.documents[document]?.name ?? [document, document]),
          number,
          issuedOn,
        })),
      tells: step?.tells ? say(step.tells) : null,
      articles: step ? articlesOf(step.article, view) : [],
      supersededBy,
      supersedes: supersedes
        ? { seq: supersedes.seq, reason: supersedes.reason, approvedBy: viewer.demonstration ? null : supersedes.approvedBy }
        : null,
      correction: mayCorrect ? { form: formOf(definition, taken.step, view), mayStrike: taken.from !== null } : null,
    }

    function stateName(of: Definition, state: string): string {
      return say(of.states[state]?.name ?? [state, state])
    }
  }
}

/** The posts inside government that handle the case, by whom, and to whom this reader may give it. */
function handlersOf(
  definition: Definition,
  concern: Concern,
  system: System,
  viewer: Viewer,
  holders: readonly Holder[],
  { say }: View,
): HandlerJson[] {
  const may = (post: string, person: string | null): boolean => {
    const of = person ?? concern.assigned[post]
    const holdings = holders.flatMap((one) => (one.person === of ? [one.holding] : []))
    return !throwsRefusal(() => assigningHolding(viewer, system, concern, post, person, holdings))
  }
  return Object.entries(definition.posts).flatMap(([post, { name, outside }]) => {
    if (outside) return []
    const person = concern.assigned[post] ?? null
    const candidates = [...new Set(holders.flatMap((one) => (one.holding.post === post ? [one.person] : [])))]
    const mayGiveTo = candidates.filter((one) => one !== person && may(post, one))
    return person === null && mayGiveTo.length === 0
      ? []
      : [
          {
            post,
            name: say(name),
            person: viewer.demonstration ? null : person,
            mayGiveTo,
            mayTakeBack: person !== null && may(post, null),
          },
        ]
  })
}

function throwsRefusal(ask: () => unknown): boolean {
  try {
    ask()
    return false
  } catch (error) {
    if (error instanceof Refusal) return true
    throw error
  }
}
