import { cited } from './citation.ts'
import { countClock } from './clocks.ts'
import { dateIn, dayIn, endOf, instantOf, isInstant } from './day.ts'
import { governing } from './governing.ts'
import { inputProblems } from './check-input.ts'
import { keysAsked } from './definition.ts'
import { runsOf } from './clocks.ts'
import { standing, STRIKE } from './case.ts'
import { Refusal } from './refusal.ts'
import { versionFrom } from './system.ts'
import { viewOf } from './case-view.ts'
import type { Actor, Case, StepTaken } from './case.ts'
import type { Calendar } from './calendar.ts'
import type { Citation } from './citation.ts'
import type { Counting, Facts, Guard } from './guard.ts'
import type { Definition, RegisterQuestion, Step } from './definition.ts'
import type { Versions } from './system.ts'
import type { Words } from './words.ts'

/** A step as somebody wants to take it. */
export interface StepAsked {
  readonly step: string
  readonly input: Readonly<Record<string, unknown>>
  readonly by: Actor
  /** When it is recorded. */
  readonly at: string
}

/** What a decision needs from outside: the calendar, and what registers said on a day. */
export interface Surroundings {
  readonly calendar: Calendar
  /** The register entry in force on a day, if there is one. */
  entryOn(register: string, key: string, day: string): Readonly<Record<string, unknown>> | undefined
  /** The state in which a linked case was at an instant; `undefined` if there is no such case. */
  stateOf(caseId: string, at: string): string | undefined
  /** Digest of a document of a linked case as it would be filled now; absent where the definition names none in `documentIn`. */
  digestOf?(caseId: string, seq: number, document: string): string | undefined
}

/** Who and what a new case is. */
export interface Opening {
  readonly region: string
  readonly id: string
  readonly number: string
  readonly hash: string
}

/**
 * Takes one step: pure, and the only way in which a case changes. A step that switches leaves the case under another version.
 *
 * @param theCase the case as it stands; an {@link Opening} for the step that opens one
 * @returns the case after the step
 * @throws Refusal `step.unknown` · `version.switched-already` · `step.not-your-post` · `step.not-now` · `step.not-apart` · `input.invalid` · `step.in-the-future` · `step.before-opening`, or the code of the guard
 */
export function applyStep(definition: Definition, theCase: Case | Opening, asked: StepAsked, around: Surroundings): Case {
  const before = 'steps' in theCase ? theCase : undefined
  const step = Object.hasOwn(definition.steps, asked.step) ? definition.steps[asked.step] : undefined
  if (!step) throw before && switchedBy(before, asked.step) ? switchedAlready(definition, before) : unknownStep(definition, asked.step)
  refusePost(definition, step, asked.by.post)
  refuseState(definition, step, before?.state)
  refuseSamePerson(definition, step, before, asked.by.person)
  const problems = inputProblems(step.input ?? {}, asked.input)
  if (problems.length > 0) throw invalidInput(step, problems)

  const on = effectiveOn(step, asked)
  refuseDates(step, on, asked, before)
  const facts = factsFor(definition, before, asked, on, around)
  const refused = firstRefusal(definition, step.guards ?? [], facts, countingOf(definition, around.calendar))
  if (refused) throw refused

  const openedOn = before?.openedOn ?? dateIn(String(asked.input[definition.opened] ?? on))
  const taken: StepTaken = {
    seq: (before?.steps.length ?? 0) + 1,
    step: asked.step,
    on,
    at: asked.at,
    by: asked.by,
    input: asked.input,
    from: before?.state ?? null,
    to: stateAfter(step, before?.state, facts, before ? standing(before.steps) : []),
  }
  return {
    region: theCase.region,
    id: theCase.id,
    number: theCase.number,
    procedure: definition.id,
    version: step.switches?.to ?? definition.inForce.from,
    hash: step.switches ? String(asked.input[step.switches.record]) : theCase.hash,
    openedUnder: before?.openedUnder ?? { version: definition.inForce.from, hash: theCase.hash },
    openedOn,
    state: taken.to,
    fields: { ...before?.fields, ...asked.input, ...step.sets },
    steps: before ? [...before.steps, taken] : [taken],
  }
}

/** A step that may be taken now, or why it may not. */
export interface Permission {
  readonly step: string
  /** Absent when the state and the post allow it; guards that need the input are tried when it is taken. */
  readonly refusal?: Refusal
}

/**
 * Every step of the definition: open to this post now, or refused and why.
 *
 * @param person who would take it, where that is known: some steps are not for who took another
 */
export function permittedSteps(definition: Definition, theCase: Case, post: string, person?: string): Permission[] {
  return Object.entries(definition.steps)
    .filter(([, step]) => step.by !== 'clock' && step.by !== 'case')
    .map(([id, step]) => {
      try {
        refusePost(definition, step, post)
        refuseState(definition, step, theCase.state)
        if (person !== undefined) refuseSamePerson(definition, step, theCase, person)
        return { step: id }
      } catch (error) {
        if (error instanceof Refusal) return { step: id, refusal: error }
        throw error
      }
    })
}

/**
 * The steps that the machine owes by now, because a clock has run out; each takes effect on its clock's last day.
 *
 * @param now an instant
 */
export function lapsed(definition: Definition, theCase: Case, now: string, calendar: Calendar): StepAsked[] {
  const owed: { due: string; asked: StepAsked }[] = []
  for (const [id, clock] of Object.entries(definition.clocks)) {
    if (clock.lapse === undefined) continue
    const step = definition.steps[clock.lapse]!
    if (!isFrom(definition, step, theCase.state)) continue
    const run = runsOf(definition, theCase, id, calendar).at(-1)
    if (run?.state !== 'running' || run.deadline === undefined || !isOver(run.deadline.due, now)) continue
    const { due } = run.deadline
    owed.push({
      due,
      asked: {
        step: clock.lapse,
        input: dated(definition, clock.lapse, due),
        by: SYSTEM,
        at: now,
      },
    })
  }
  return owed.sort((a, b) => (a.due < b.due ? -1 : 1)).map(({ asked }) => asked)
}

/** The input of a step that the machine takes: nothing but its day. A day alone, where an instant is asked, is its end. */
export function dated(definition: Definition, stepId: string, on: string): Record<string, unknown> {
  const { on: field, input } = definition.steps[stepId]!
  if (field === undefined || !input?.[field]) return {}
  return { [field]: input[field]!.kind === 'instant' ? endOf(on) : dateIn(on) }
}

/** The machine itself, when a clock lapses or a linked case ends. */
export const SYSTEM: Actor = { post: 'system', person: 'system', organ: 'system' }

/**
 * Brings a case up to `now`: takes every step that a lapsed clock owes, in order of the days on which they were owed.
 */
export function advance(definition: Definition, theCase: Case, now: string, around: Surroundings): Case {
  let current = theCase
  for (;;) {
    const [next] = lapsed(definition, current, now, around.calendar)
    if (next === undefined) return current
    current = applyStep(definition, current, next, around)
  }
}

/** A correction: replaces a wrong step, or strikes it out when `input` is absent. Both stay visible. */
export interface Correction {
  readonly seq: number
  readonly input?: Readonly<Record<string, unknown>>
  readonly reason: string
  readonly approvedBy: string
  readonly by: Actor
  readonly at: string
}

/**
 * Supersedes a wrong step. The steps after it are tried again in order: where one could not have been taken, the correction is refused.
 *
 * @throws Refusal `correction.no-such-step` · `correction.not-approved` · `correction.breaks-later-step`, or what a step's own input refuses
 */
export function correct(versions: Versions, theCase: Case, correction: Correction, around: Surroundings): Case {
  const wrong = standing(theCase.steps).find((taken) => taken.seq === correction.seq)
  if (!wrong || (correction.input === undefined && wrong.from === null)) throw noSuchStep(theCase, correction.seq)
  if (correction.approvedBy.trim() === '' || correction.reason.trim() === '' || correction.approvedBy === correction.by.person)
    throw notApproved()

  const { region, id, number, openedUnder } = theCase
  let replayed: Case | Opening = { region, id, number, hash: openedUnder.hash }
  let definition = versionFrom(versions, openedUnder.version)
  let entry: StepTaken | undefined
  for (const taken of standing(theCase.steps)) {
    const isWrong = taken.seq === correction.seq
    if (isWrong && correction.input === undefined) continue
    const asked = { step: taken.step, input: isWrong ? correction.input! : taken.input, by: taken.by, at: taken.at }
    try {
      const after: Case = applyStep(definition, replayed, asked, around)
      if (isWrong) entry = after.steps.at(-1)
      replayed = after
      if (after.version !== definition.inForce.from) definition = versionFrom(versions, after.version)
    } catch (error) {
      if (error instanceof Refusal && !isWrong) throw breaksLater(definition, taken, error)
      throw error
    }
  }

  const after = replayed as Case
  const supersedes = { seq: correction.seq, reason: correction.reason, approvedBy: correction.approvedBy }
  const appended: StepTaken = {
    seq: theCase.steps.length + 1,
    step: entry?.step ?? STRIKE,
    on: entry?.on ?? wrong.on,
    at: correction.at,
    by: correction.by,
    input: entry?.input ?? {},
    from: wrong.from,
    to: entry?.to ?? wrong.from!,
    supersedes,
  }
  return { ...after, steps: [...theCase.steps, appended] }
}

/**
 * A case from its steps alone, as the store reads them: each under the version that governed it.
 *
 * @param opening who the case is, and the version that it was opened under with its hash
 */
export function foldCase(versions: Versions, opening: Opening & Pick<Case, 'version'>, steps: readonly StepTaken[]): Case {
  const { version, hash, ...who } = opening
  const openedUnder = { version, hash }
  const law = governing(versions, { openedUnder, steps })
  const counted = standing(steps)
  const first = counted[0]!
  let state: string | undefined
  let fields: Facts = {}
  counted.forEach((taken, index) => {
    const step = law.of(taken.seq).steps[taken.step]!
    state = stateAfter(step, state, { ...fields, ...taken.input }, counted.slice(0, index))
    fields = { ...fields, ...taken.input, ...step.sets }
  })
  return {
    ...who,
    procedure: law.now.id,
    version: law.now.inForce.from,
    hash: law.hash,
    openedUnder,
    openedOn: dateIn(String(first.input[law.of(first.seq).opened] ?? first.on)),
    state: state!,
    fields,
    steps,
  }
}

/**
 * The first guard that refuses, of those named, in order.
 *
 * @param onlyDecidable leave out guards whose needed facts are not all given: for cases stated as bare facts
 */
export function firstRefusal(
  definition: Definition,
  guards: readonly string[],
  facts: Facts,
  counting: Counting,
  onlyDecidable = false,
): Refusal | undefined {
  for (const code of guards) {
    const condition = definition.parts.guards[code]!
    if (onlyDecidable && condition.needs.some((name) => !(name in facts))) continue
    if (condition.refuses(facts, counting)) return refusalOf(code, condition, facts)
  }
  return undefined
}

/** What guards may count with, on this definition's clocks. */
export function countingOf(definition: Definition, calendar: Calendar): Counting {
  return {
    lastDay: (clock, start, facts) => countClock(definition.clocks[clock]!, { start, facts }, calendar)?.due,
    isWorkingDay: (date) => calendar.isWorkingDay(dayIn(date)),
  }
}

/** May this step be taken in this state, whoever takes it? */
export function isFrom(definition: Definition, step: Step, state: string | undefined): boolean {
  if (step.from === 'any') return state !== undefined
  if (step.from === 'running') return state !== undefined && definition.states[state]?.final !== true
  return state === undefined ? step.from.length === 0 : step.from.includes(state)
}

function factsFor(definition: Definition, before: Case | undefined, asked: StepAsked, on: string, around: Surroundings): Facts {
  const facts: Record<string, unknown> = {
    ...before?.fields,
    ...asked.input,
    by: asked.by.person,
    byPost: asked.by.post,
    byOrgan: asked.by.organ,
    at: asked.at,
    on,
  }
  facts['openedOn'] = before?.openedOn ?? dateIn(String(asked.input[definition.opened] ?? on))
  const needed = new Set(
    (definition.steps[asked.step]!.guards ?? []).flatMap((code) => {
      const condition = definition.parts.guards[code]!
      return condition.may ? [...condition.needs, ...condition.may] : condition.needs
    }),
  )
  const view = viewOf(definition, before, { input: asked.input, by: asked.by, on, at: asked.at }, around)
  for (const name of needed) {
    const derive = definition.parts.facts[name]
    if (derive) facts[name] = derive(view)
    const question = definition.asks?.[name]
    if (!question) continue
    facts[name] = answerOf(question, keysAsked(question, asked.input, before?.fields ?? {}), (key) =>
      around.entryOn(question.register, key, dateIn(on)),
    )
  }
  return facts
}

function answerOf(
  { field, absent }: RegisterQuestion,
  keys: readonly string[],
  entryOf: (key: string) => Readonly<Record<string, unknown>> | undefined,
): unknown {
  if (absent) return keys.filter((one) => entryOf(one) === undefined)
  if (field === undefined) return keys.length > 0 && keys.every((one) => entryOf(one) !== undefined)
  return keys[0] === undefined ? undefined : entryOf(keys[0])?.[field]
}

function stateAfter(step: Step, state: string | undefined, facts: Facts, earlier: readonly StepTaken[]): string {
  const { to } = step
  if (to === undefined) return state!
  if (typeof to === 'string') return to
  if ('before' in to) return earlier.findLast((taken) => taken.step === to.before)?.from ?? state!
  const next = to.is[String(facts[to.by])]
  return next === undefined || next === 'stays' ? state! : next
}

function effectiveOn(step: Step, asked: StepAsked): string {
  const value = step.on === undefined ? undefined : (asked.input[step.on] as string | undefined)
  return value ?? (step.by === 'clock' ? dateIn(asked.at) : asked.at)
}

function isOver(due: string, now: string): boolean {
  return isInstant(due) ? instantOf(now) > instantOf(due) : dateIn(now) > due
}

function refusePost(definition: Definition, step: Step, post: string): void {
  const allowed = [step.by].flat() as readonly string[]
  const machine = allowed.includes('clock') || allowed.includes('case')
  if (post === SYSTEM.post ? machine : allowed.includes(post)) return
  const names = allowed.map((id) => definition.posts[id]?.name ?? (['系统', 'the system'] as const))
  throw new Refusal({
    code: 'step.not-your-post',
    message: [`“${step.name[0]}”不由该岗位办理。`, `“${step.name[1]}” is not this post's to take.`],
    basis: [basisWords(step.article)[0], basisWords(step.article)[1]],
    remedy: [`由${names.map((name) => name[0]).join('、')}办理。`, `It is for: ${names.map((name) => name[1]).join(', ')}.`],
  })
}

function refuseState(definition: Definition, step: Step, state: string | undefined): void {
  if (isFrom(definition, step, state)) return
  const now = state === undefined ? (['尚未立案', 'not opened yet'] as const) : definition.states[state]!.name
  const wanted = Array.isArray(step.from) && step.from.length > 0 ? step.from.map((id) => definition.states[id]!.name) : []
  throw new Refusal({
    code: 'step.not-now',
    message: [`案件现为“${now[0]}”，不能办理“${step.name[0]}”。`, `The case is “${now[1]}”: “${step.name[1]}” cannot be taken.`],
    basis: basisWords(step.article),
    remedy: wanted.length
      ? [`须在“${wanted.map((name) => name[0]).join('”或“')}”时办理。`, `It is taken while: ${wanted.map((name) => name[1]).join(' or ')}.`]
      : ['请查看该案可办理的步骤。', 'See which steps the case permits.'],
  })
}

/** Who took one of the steps that this one must be kept apart from may not take it. */
function refuseSamePerson(definition: Definition, step: Step, theCase: Case | undefined, person: string): void {
  if (!step.apart || !theCase || person === SYSTEM.person) return
  const earlier = standing(theCase.steps).find((taken) => taken.by.person === person && step.apart!.from.includes(taken.step))
  if (!earlier) return
  const other = definition.steps[earlier.step]!.name
  throw new Refusal({
    code: 'step.not-apart',
    message: [`办理过“${other[0]}”的人员不能再办理“${step.name[0]}”。`, `“${step.name[1]}” is not for the person who took “${other[1]}”.`],
    basis: basisWords(step.apart.article),
    remedy: ['请由本岗位的其他人员办理。', 'Let another holder of the post take it.'],
  })
}

function refuseDates(step: Step, on: string, asked: StepAsked, before: Case | undefined): void {
  // A deemed date (a lapse) is the clock's own; a hearing may be fixed for later, but an act does not take effect before it is recorded.
  if (instantOf(on) > instantOf(asked.at)) {
    throw new Refusal({
      code: 'step.in-the-future',
      message: [
        `“${step.name[0]}”的日期 ${on} 晚于登记时间 ${asked.at}。`,
        `“${step.name[1]}” is dated ${on}, after it is recorded (${asked.at}).`,
      ],
      basis: ['已发生的行为才能登记。', 'Only what has happened can be recorded.'],
      remedy: ['请核对日期。', 'Check the date.'],
    })
  }
  if (before && dateIn(on) < before.openedOn) {
    throw new Refusal({
      code: 'step.before-opening',
      message: [
        `“${step.name[0]}”的日期 ${on} 早于立案日 ${before.openedOn}。`,
        `“${step.name[1]}” is dated ${on}, before the case was opened (${before.openedOn}).`,
      ],
      basis: ['案件自立案日起计。', 'A case begins on the day it is opened.'],
      remedy: ['请核对日期；立案日有误的，先更正立案步骤。', 'Check the date; if the opening is wrong, correct that step first.'],
    })
  }
}

function refusalOf(code: string, condition: Guard, facts: Facts): Refusal {
  const fill = (words: string): string => words.replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? '—'))
  return new Refusal({
    code,
    message: [fill(condition.message[0]), fill(condition.message[1])],
    basis: [cited(condition.article), cited(condition.article, 'en')],
    remedy: [fill(condition.remedy[0]), fill(condition.remedy[1])],
  })
}

function basisWords(article: Citation | readonly Citation[]): Words {
  const articles = [article].flat() as readonly Citation[]
  return [articles.map((one) => cited(one)).join('；'), articles.map((one) => cited(one, 'en')).join('; ')]
}

/** The step by which the case came under its version, if it was this one. */
function switchedBy({ steps, version, openedUnder }: Case, step: string): boolean {
  return version !== openedUnder.version && standing(steps).some((taken) => taken.step === step)
}

function switchedAlready(definition: Definition, theCase: Case): Refusal {
  return new Refusal({
    code: 'version.switched-already',
    message: [
      `案件 ${theCase.number} 已改按 ${definition.inForce.from} 起施行的版本办理。`,
      `Case ${theCase.number} has been switched already: it runs under the version in force from ${definition.inForce.from}.`,
    ],
    basis: ['适用法律的变更由一个步骤记录，只作一次。', 'The law that governs a case is switched by one step, once.'],
    remedy: ['变更有误的，更正该步骤。', 'If the switch was wrong, correct that step.'],
  })
}

function unknownStep(definition: Definition, step: string): Refusal {
  return new Refusal({
    code: 'step.unknown',
    exit: 2,
    message: [`“${definition.name[0]}”没有“${step}”这一步骤。`, `“${definition.name[1]}” has no step “${step}”.`],
    basis: [`${definition.id}（${definition.inForce.from} 起）`, `${definition.id} (from ${definition.inForce.from})`],
    remedy: [`可用：${Object.keys(definition.steps).join('、')}`, `Known: ${Object.keys(definition.steps).join(', ')}`],
  })
}

function invalidInput(step: Step, problems: readonly { path: string; says: Words }[]): Refusal {
  return new Refusal({
    code: 'input.invalid',
    message: [
      `“${step.name[0]}”：${problems.map((one) => one.says[0]).join('；')}。`,
      `“${step.name[1]}”: ${problems.map((one) => `${one.says[1]} (${one.path})`).join('; ')}.`,
    ],
    basis: basisWords(step.article),
    remedy: ['请补正所列各项后再提交；已填内容不会丢失。', 'Complete what is listed and send it again; nothing entered is lost.'],
  })
}

function noSuchStep(theCase: Case, seq: number): Refusal {
  return new Refusal({
    code: 'correction.no-such-step',
    message: [`案件 ${theCase.number} 没有可更正的第 ${seq} 步。`, `Case ${theCase.number} has no step ${seq} that can be corrected.`],
    basis: [
      '只更正仍有效的步骤；立案步骤不能撤销，只能更正。',
      'Only a step that stands is corrected; an opening is corrected, not struck out.',
    ],
    remedy: ['请核对步骤序号。', 'Check the number of the step.'],
  })
}

function notApproved(): Refusal {
  return new Refusal({
    code: 'correction.not-approved',
    message: ['更正须写明理由，并由他人批准。', 'A correction needs a reason and the approval of another person.'],
    basis: ['错误的步骤不改写，由更正步骤取代，二者都保留。', 'A wrong step is never edited: a correcting one replaces it, and both stay.'],
    remedy: ['请补充理由与批准人。', 'Give the reason and the approver.'],
  })
}

function breaksLater(definition: Definition, later: StepTaken, cause: Refusal): Refusal {
  const name = definition.steps[later.step]!.name
  return new Refusal({
    code: 'correction.breaks-later-step',
    message: [
      `更正后，第 ${later.seq} 步“${name[0]}”将不成立：${cause.said.message[0]}`,
      `After the correction step ${later.seq} “${name[1]}” could not stand: ${cause.said.message[1]}`,
    ],
    basis: cause.said.basis,
    remedy: [`请先更正第 ${later.seq} 步。`, `Correct step ${later.seq} first.`],
    cause,
  })
}
