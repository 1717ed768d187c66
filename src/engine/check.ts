import { isFrom } from './apply-step.ts'
import { indicatorProblems } from './check-indicators.ts'
import { intakesOf, statedIn } from './guide.ts'
import { isPersonal } from './field.ts'
import { unitOf } from './limit.ts'
import type { Citation } from './citation.ts'
import type { Clock, Definition, LimitChoice, Mark, Publicity, Step } from './definition.ts'
import type { Field, FieldKind, Fields } from './field.ts'
import type { Register } from './register.ts'
import type { System } from './system.ts'

/** Something that does not hold of a definition: where, and what. */
export interface CheckProblem {
  readonly at: string
  readonly problem: string
}

/** What there is beside procedures, for names to exist. */
export interface Known {
  readonly registers: ReadonlyMap<string, Register>
  readonly systems: readonly System[]
}

/**
 * Proves over one system: every state reachable, every state that is not final with a way out and somebody responsible, every clock can stop,
 * every name (guard, fact, document, register, indicator, linked procedure) exists, every lapse has a day to take effect on, and what the public
 * brings has a guide.
 */
export function checkSystem(system: System, known: Known): CheckProblem[] {
  return [
    ...system.definitions.flatMap((definition) => checkDefinition(definition, known)),
    ...versionProblems(system),
    ...recurrenceProblems(system, known),
    ...indicatorProblems(system, known),
    ...yearProblems(system),
  ]
}

function checkDefinition(definition: Definition, known: Known): CheckProblem[] {
  const name = `${definition.id}@${definition.inForce.from}`
  const problems: CheckProblem[] = []
  const say = (at: string, problem: string): void => {
    problems.push({ at: `${name} ${at}`, problem })
  }
  const steps = Object.entries(definition.steps)
  const fields = fieldsOf(definition)

  if (!steps.some(([, step]) => Array.isArray(step.from) && step.from.length === 0)) say('steps', 'no step opens a case')
  for (const state of unreachable(definition)) say(`state ${state}`, 'is reached by no step')
  for (const [id, state] of Object.entries(definition.states)) {
    if (state.final) continue
    if (!steps.some(([, step]) => leaves(definition, step, id))) say(`state ${id}`, 'has no way out')
    if (state.with === undefined || (definition.posts[state.with] === undefined && state.with !== 'system'))
      say(`state ${id}`, 'has no responsible post')
  }
  if (!(definition.opened in fields)) say('opened', `no input field “${definition.opened}”`)
  for (const name of definition.title ?? []) {
    if (!(name in fields)) say('title', `no input field “${name}”`)
    else if (fields[name]!.personal) say('title', `“${name}” is personal`)
  }

  for (const [id, step] of steps) {
    for (const post of [step.by].flat() as readonly string[]) {
      if (post !== 'clock' && post !== 'case' && !(post in definition.posts)) say(`step ${id}`, `post “${post}” does not exist`)
    }
    if (step.on !== undefined && !(step.on in (step.input ?? {}))) say(`step ${id}`, `its day “${step.on}” is no input field`)
    for (const code of step.guards ?? []) checkGuard(definition, id, code, fields, say)
    for (const document of step.produces ?? [])
      if (!(document in definition.parts.documents)) say(`step ${id}`, `document “${document}” does not exist`)
    if (step.switches) checkSwitch(definition, id, step, known, say)
    if (step.opens && !known.systems.some((system) => system.id === step.opens!.procedure))
      say(`step ${id}`, `opens “${step.opens.procedure}”, which is not in the catalogue`)
    if (([step.by].flat() as readonly string[]).includes('case') && !followsLinked(step, fields) && !isHandedOver(known, definition.id, id))
      say(`step ${id}`, 'follows no linked case and no recurrence, and no other case opens one by it')
    if (
      step.to !== undefined &&
      typeof step.to === 'object' &&
      'by' in step.to &&
      !(step.to.by in fields) &&
      !(step.to.by in definition.parts.facts)
    )
      say(`step ${id}`, `its state depends on “${step.to.by}”, which is no field`)
    if (([step.article].flat() as readonly Citation[]).length === 0) say(`step ${id}`, 'cites no article')
    for (const other of step.apart?.from ?? [])
      if (!(other in definition.steps)) say(`step ${id}`, `is kept apart from “${other}”, which is no step`)
  }
  const brought = broughtFrom(definition, known)
  for (const [id, clock] of Object.entries(definition.clocks)) checkClock(definition, id, clock, fields, brought, say)
  for (const [id, { register, key, field }] of Object.entries(definition.asks ?? {})) {
    if (!known.registers.has(register)) say(`asks ${id}`, `register “${register}” does not exist`)
    const keys = [key].flat() as readonly string[]
    for (const name of keys) if (!(name in fields)) say(`asks ${id}`, `key “${name}” is no field`)
    if (field !== undefined && (keys.length > 1 || fields[keys[0]!]?.kind === 'list'))
      say(`asks ${id}`, `asks several entries for one “${field}”`)
  }
  for (const [id, document] of Object.entries(definition.parts.documents)) {
    for (const field of document.fields)
      if (field !== DEADLINES && !(field.split('.')[0]! in fields) && !(field in definition.parts.facts))
        say(`document ${id}`, `field “${field}” is asked by no step`)
    for (const [, clock] of JSON.stringify(document.body).matchAll(/\{deadlines\.([\w-]+)/g))
      if (!(clock! in definition.clocks)) say(`document ${id}`, `prints the last day of “${clock}”, which is no clock`)
    if (document.id !== id) say(`document ${id}`, `calls itself “${document.id}”`)
  }
  for (const problem of guideProblems(definition)) say('guide', problem)
  for (const [id, duty] of Object.entries(definition.publicity ?? {}))
    for (const problem of publicityProblems(definition, duty)) say(`publicity ${id}`, problem)
  const used = new Set(steps.flatMap(([, step]) => [...(step.guards ?? [])]))
  for (const code of Object.keys(definition.parts.guards)) {
    if (
      !used.has(code) &&
      !known.systems.some((system) =>
        system.definitions.some((other) => Object.values(other.steps).some((step) => step.guards?.includes(code))),
      )
    )
      say(`guard ${code}`, 'guards no step')
  }
  return problems
}

/** What names or locates somebody, or is not text, is not published by a field: deny by default. */
const PUBLISHABLE: ReadonlySet<FieldKind> = new Set<FieldKind>([
  'text',
  'longText',
  'integer',
  'ratio',
  'money',
  'date',
  'instant',
  'choice',
  'flag',
  'organ',
])

/** What is published is marked public wherever a step asks it, and names nobody. */
function publicityProblems({ steps, posts }: Definition, duty: Publicity): string[] {
  const { fields, title = [], text, by, chosen } = duty
  const asking = (name: string): Field[] => Object.values(steps).flatMap(({ input }) => input?.[name] ?? [])
  const marks = [duty.after, ...(duty.until ?? [])].map((mark) => (typeof mark === 'string' ? mark : mark.step))
  return [
    ...marks.filter((step) => !(step in steps)).map((step) => `step “${step}” does not exist`),
    ...(by !== undefined && !(by in posts) ? [`post “${by}” does not exist`] : []),
    ...(chosen && by === undefined ? ['is chosen, but no post chooses'] : []),
    ...(chosen && duty.within !== undefined ? ['is chosen, and yet has a last day'] : []),
    ...[...title, ...(text === undefined ? [] : [text])]
      .filter((name) => !fields.includes(name))
      .map((name) => `“${name}” is not among its fields`),
    ...fields.flatMap((name) => {
      const asked = asking(name)
      if (asked.length === 0) return [`field “${name}” is asked by no step`]
      if (asked.some((field) => isPersonal(field))) return [`field “${name}” is personal`]
      if (asked.some((field) => !field.public)) return [`field “${name}” is not marked public wherever it is asked`]
      const kind = asked.find((field) => !PUBLISHABLE.has(field.kind))?.kind
      return kind === undefined ? [] : [`field “${name}” is of the kind “${kind}”, which is not published`]
    }),
    ...(([duty.article].flat() as readonly Citation[]).length === 0 ? ['cites no article'] : []),
  ]
}

/** Whoever brings something must find out who may, and every sentence to the public is in both languages and says where it stands. */
function guideProblems(definition: Definition): string[] {
  const { guide } = definition
  const intakes = intakesOf(definition)
  if (!guide) return intakes.length > 0 ? [`is missing, though the public brings something by “${intakes.join('”, “')}”`] : []
  return [
    ...(intakes.length > 0 && !guide.audience?.length ? ['says not who may ask'] : []),
    ...onlineProblems(definition),
    ...statedIn(guide).flatMap(({ at, stated: { words, article } }) => [
      ...(words.some((text) => text.trim() === '') ? [`${at} is not in both languages`] : []),
      ...(([article].flat() as readonly Citation[]).length === 0 ? [`${at} cites no article`] : []),
    ]),
  ]
}

/** What the portal is told must be there, and the party's post outside government: by a code nobody acts within it. */
function onlineProblems({ guide, posts, steps, parts }: Definition): string[] {
  const { online } = guide ?? {}
  if (!online) return []
  const named = Object.entries(online.steps ?? {}).flatMap(([step, { left = [], sets = {}, arrived = [] }]) =>
    [...left, ...Object.keys(sets), ...arrived]
      .filter((field) => !Object.hasOwn(steps[step]?.input ?? {}, field))
      .map((field) => `online: step “${step}” has no field “${field}”`),
  )
  return [
    ...(posts[online.as]?.outside ? [] : [`online: “${online.as}” is no post outside government`]),
    ...(online.opens === undefined || Object.hasOwn(steps, online.opens) ? [] : [`online: there is no step “${online.opens}”`]),
    ...named,
    ...(online.documents ?? []).filter((id) => !Object.hasOwn(parts.documents, id)).map((id) => `online: there is no document “${id}”`),
  ]
}

/** What a document may print beside the fields of its case: the last days of its clocks. */
const DEADLINES = 'deadlines'

const GIVEN_FACTS = new Set(['openedOn', 'by', 'byPost', 'byOrgan', 'at', 'on'])

function checkGuard(definition: Definition, step: string, code: string, fields: Fields, say: (at: string, problem: string) => void): void {
  const guard = definition.parts.guards[code]
  if (!guard) return say(`step ${step}`, `guard “${code}” does not exist`)
  for (const fact of guard.needs) {
    if (
      fact in fields ||
      fact in definition.parts.facts ||
      fact in (definition.asks ?? {}) ||
      GIVEN_FACTS.has(fact) ||
      setBySomeStep(definition, fact)
    )
      continue
    say(`guard ${code}`, `needs the fact “${fact}”, which nothing gives`)
  }
}

function followsLinked(step: Step, fields: Fields): boolean {
  return step.follows !== undefined && fields[step.follows]?.kind === 'case'
}

/** Does another case's step open a case by this one, or a rule of recurrence open one, take cases in or tell of a relapse by it? */
function isHandedOver(known: Known, procedure: string, step: string): boolean {
  const opened = known.systems.some(({ definitions }) =>
    definitions.some(({ steps }) => Object.values(steps).some(({ opens }) => opens?.procedure === procedure && opens.step === step)),
  )
  if (opened) return true
  return known.systems.some(
    ({ id, recurrence }) =>
      recurrence !== undefined &&
      ((recurrence.opens.procedure === procedure && [recurrence.opens.step, recurrence.relapses.step].includes(step)) ||
        (id === procedure && recurrence.joins.step === step)),
  )
}

function setBySomeStep(definition: Definition, fact: string): boolean {
  return Object.values(definition.steps).some((step) => step.sets !== undefined && fact in step.sets)
}

/** The versions from which a case may come over to this one: its clocks may look at the steps that such a case has taken there. */
function broughtFrom(definition: Definition, known: Known): Definition[] {
  const all = known.systems.find(({ id }) => id === definition.id)?.definitions ?? []
  return all.filter(({ steps }) => Object.values(steps).some(({ switches }) => switches?.to === definition.inForce.from))
}

function checkSwitch(definition: Definition, id: string, step: Step, known: Known, say: (at: string, problem: string) => void): void {
  const { to, reason, record } = step.switches!
  const at = `step ${id}`
  const target = known.systems.find((system) => system.id === definition.id)?.definitions.find(({ inForce }) => inForce.from === to)
  if (!target || to <= definition.inForce.from) return say(at, `switches to “${to}”, which is no later version`)
  if (step.by === 'clock' || step.by === 'case') say(at, 'switches the law without a person')
  for (const name of [reason, record]) {
    const field = step.input?.[name]
    if (!field || field.optional) say(at, `“${name}” is no field that it must ask`)
  }
  for (const state of Object.keys(definition.states))
    if (isFrom(definition, step, state) && !(state in target.states)) say(at, `the version of ${to} has no state “${state}”`)
}

function checkClock(
  definition: Definition,
  id: string,
  clock: Clock,
  fields: Fields,
  brought: readonly Definition[],
  say: (at: string, problem: string) => void,
): void {
  const at = `clock ${id}`
  const marks = (list: Mark | readonly Mark[]): readonly Mark[] => [list].flat() as readonly Mark[]
  for (const mark of [...marks(clock.starts), ...clock.stops, ...(clock.paused ?? []).flatMap(({ from, until }) => [from, ...until])]) {
    const step = typeof mark === 'string' ? mark : mark.step
    const field = typeof mark === 'string' ? undefined : mark.field
    if (!(step in definition.steps)) say(at, `step “${step}” does not exist`)
    else if (field !== undefined && ![definition, ...brought].some(({ steps }) => field in (steps[step]?.input ?? {})))
      say(at, `step “${step}” asks no “${field}”`)
  }
  if (clock.stops.length === 0 && !clock.window) say(at, 'nothing stops it')
  if (clock.each) checkEach(definition, clock, (problem) => say(at, problem))
  if (clock.lapse !== undefined) {
    const lapse = definition.steps[clock.lapse]
    if (!lapse) say(at, `lapse step “${clock.lapse}” does not exist`)
    else {
      if (lapse.by !== 'clock') say(at, `lapse step “${clock.lapse}” is not the machine's`)
      if (lapse.on === undefined) say(at, `lapse step “${clock.lapse}” has no day on which it takes effect`)
      const asked = Object.entries(lapse.input ?? {}).filter(([name, field]) => name !== lapse.on && !field.optional)
      if (asked.length > 0) say(at, `lapse step “${clock.lapse}” asks what no machine knows: ${asked.map(([name]) => name).join(', ')}`)
    }
  }
  if (clock.longer && !(clock.longer.field in (definition.steps[clock.longer.by]?.input ?? {})))
    say(at, `extension field “${clock.longer.field}” is not asked`)
  for (const choice of Array.isArray(clock.limit) ? (clock.limit as readonly LimitChoice[]) : []) {
    if ('fact' in choice) {
      if (!(choice.fact in fields)) say(at, `limit fact “${choice.fact}” is no field`)
    } else unitOf(choice)
    for (const fact of Object.keys(choice.when ?? {}))
      if (!(fact in fields) && !setBySomeStep(definition, fact)) say(at, `limit depends on “${fact}”, which nothing gives`)
  }
  if (clock.earlierOf && !(clock.earlierOf.from in fields)) say(at, `“${clock.earlierOf.from}” is no field`)
}

function checkEach({ steps }: Definition, { each, starts, stops, lapse }: Clock, say: (problem: string) => void): void {
  const { of, by } = each!
  const asks = (mark: Mark): Fields => steps[typeof mark === 'string' ? mark : mark.step]?.input ?? {}
  for (const mark of [starts].flat() as readonly Mark[])
    if (asks(mark)[of]?.kind !== 'list') say(`runs for each of “${of}”, which its start does not ask as a list`)
  if (!stops.some((mark) => by in asks(mark))) say(`runs for each of “${of}”, but no step that stops it asks “${by}”`)
  if (lapse !== undefined) say(`runs for each of “${of}”: a lapse would not say for which`)
}

function fieldsOf(definition: Definition): Record<string, Field> {
  return Object.assign({}, ...Object.values(definition.steps).map((step) => step.input ?? {})) as Record<string, Field>
}

/** Does this step lead out of the state? */
function leaves(definition: Definition, step: Step, state: string): boolean {
  const from = step.from === 'any' || step.from === 'running' ? true : step.from.includes(state)
  return from && targets(definition, step, state).some((target) => target !== state)
}

function targets(definition: Definition, step: Step, state: string | undefined): string[] {
  if (step.to === undefined) return state === undefined ? [] : [state]
  if (typeof step.to === 'string') return [step.to]
  if ('before' in step.to) {
    const before = definition.steps[step.to.before]
    return before === undefined
      ? []
      : before.from === 'any' || before.from === 'running'
        ? Object.keys(definition.states).filter((id) => !definition.states[id]!.final)
        : [...before.from]
  }
  return Object.values(step.to.is).flatMap((target) => (target === 'stays' ? (state === undefined ? [] : [state]) : [target]))
}

function unreachable(definition: Definition): string[] {
  const reached = new Set<string>()
  for (let grown = true; grown;) {
    grown = false
    for (const step of Object.values(definition.steps)) {
      const from =
        Array.isArray(step.from) && step.from.length === 0
          ? [undefined]
          : [...reached].filter(
              (state) => step.from === 'any' || (step.from === 'running' ? !definition.states[state]?.final : step.from.includes(state)),
            )
      for (const state of from) {
        for (const target of targets(definition, step, state)) {
          if (reached.has(target)) continue
          reached.add(target)
          grown = true
        }
      }
    }
  }
  return Object.keys(definition.states).filter((state) => !reached.has(state))
}

function versionProblems(system: System): CheckProblem[] {
  return system.definitions.flatMap((definition, index) => {
    const next = system.definitions[index + 1]
    if (!next)
      return definition.inForce.until === undefined ? [] : [{ at: system.id, problem: `no version after ${definition.inForce.until}` }]
    const until = definition.inForce.until
    return until !== undefined && dayAfter(until) === next.inForce.from
      ? []
      : [{ at: system.id, problem: `versions do not join: ${until ?? 'open'} and ${next.inForce.from}` }]
  })
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}

/** Every step, field and clock that a rule of recurrence names. */
function recurrenceProblems({ id, definitions, recurrence }: System, { systems }: Known): CheckProblem[] {
  if (!recurrence) return []
  const { step, merged, opens, joins, relapses } = recurrence
  const targets = systems.find((one) => one.id === opens.procedure)?.definitions ?? []
  const named: [of: readonly Definition[], step: string, field?: string][] = [
    [definitions, step],
    [definitions, merged.step, merged.into],
    [definitions, joins.step, joins.field],
    [targets, opens.step],
    [targets, relapses.step, relapses.field],
  ]
  const problems = named.flatMap(([of, name, field]) =>
    of
      .filter(({ steps }) => !(name in steps) || (field !== undefined && !(field in (steps[name]!.input ?? {}))))
      .map((one) => `${one.id}@${one.inForce.from} has no step “${name}”${field === undefined ? '' : ` that asks “${field}”`}`),
  )
  const clockless = targets.filter(({ clocks }) => !(relapses.clock in clocks))
  return [
    ...problems,
    ...(targets.length === 0 ? [`opens “${opens.procedure}”, which is not in the catalogue`] : []),
    ...clockless.map((one) => `${one.id}@${one.inForce.from} has no clock “${relapses.clock}”`),
  ].map((problem) => ({ at: `${id} recurrence`, problem }))
}

function yearProblems(system: System): CheckProblem[] {
  const steps = new Set(system.definitions.flatMap((definition) => Object.keys(definition.steps)))
  const stories = new Set(system.year?.stories.map(({ id }) => id))
  return (system.year?.stories ?? []).flatMap((story) => [
    ...story.moves
      .filter(({ step }) => !steps.has(step))
      .map(({ step }) => ({ at: `${system.id} story ${story.id}`, problem: `step “${step}” does not exist` })),
    ...(story.companions && !stories.has(story.companions.story)
      ? [{ at: `${system.id} story ${story.id}`, problem: `story “${story.companions.story}” does not exist` }]
      : []),
  ])
}

/** Every citation of a system with the place that rests on it: what `law cite` lists and a statute library is checked against. */
export function citationsOf(system: System): { readonly at: string; readonly name: string; readonly citation: Citation }[] {
  return system.definitions.flatMap((definition) => {
    const place = `${definition.id}@${definition.inForce.from}`
    const all = (
      at: string,
      name: string,
      article: Citation | readonly Citation[] | undefined,
    ): { at: string; name: string; citation: Citation }[] =>
      article === undefined ? [] : ([article].flat() as readonly Citation[]).map((citation) => ({ at: `${place} ${at}`, name, citation }))
    return [
      ...all('basis', definition.name[0], definition.basis),
      ...Object.entries(definition.steps).flatMap(([id, step]) => all(`step ${id}`, step.name[0], step.article)),
      ...Object.entries(definition.clocks).flatMap(([id, clock]) => [
        ...all(`clock ${id}`, clock.name[0], clock.article),
        ...all(`clock ${id} longer`, clock.name[0], clock.longer?.article),
        ...all(`clock ${id} earlier of`, clock.name[0], clock.earlierOf?.article),
        ...(clock.paused ?? []).flatMap(({ article }) => all(`clock ${id} paused`, clock.name[0], article)),
        ...(Array.isArray(clock.limit)
          ? (clock.limit as readonly LimitChoice[]).flatMap(({ article }) => all(`clock ${id} limit`, clock.name[0], article))
          : []),
      ]),
      ...Object.entries(definition.parts.guards).flatMap(([code, guard]) => all(`guard ${code}`, guard.message[0], guard.article)),
      ...Object.entries(definition.publicity ?? {}).flatMap(([id, duty]) => all(`publicity ${id}`, duty.name[0], duty.article)),
      ...(definition.guide ? statedIn(definition.guide) : []).flatMap(({ at, stated }) =>
        all(`guide ${at}`, stated.words[0], stated.article),
      ),
    ]
  })
}
