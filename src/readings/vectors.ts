import { checkIdentifier } from '#district/identifiers.ts'
import { countClock } from '#engine/clocks.ts'
import { countingOf, firstRefusal } from '#engine/apply-step.ts'
import { definitionOn } from '#engine/system.ts'
import { durationOf, unitOf } from '#engine/limit.ts'
import { evaluateStatement } from './figures.ts'
import { limitFor } from '#engine/clocks.ts'
import { Refusal } from '#engine/refusal.ts'
import type { Calendar } from '#engine/calendar.ts'
import type { Clock, Definition } from '#engine/definition.ts'
import type { System } from '#engine/system.ts'

/** One case that every implementation must pass; told apart by `clock`, `step`, `indicator`, `compute` or `kind`. */
export interface Vector {
  readonly procedure: string
  readonly clock?: string
  readonly step?: string
  readonly indicator?: string
  readonly compute?: string
  readonly kind?: string
  readonly openedOn?: string
  readonly law?: string
  readonly given: Readonly<Record<string, unknown>>
  readonly expect: Readonly<Record<string, unknown>>
  readonly why?: string
}

/** What a vector came to. */
export interface Outcome {
  readonly ok: boolean
  readonly got: Readonly<Record<string, unknown>>
  readonly expect: Readonly<Record<string, unknown>>
  readonly why: string
}

/**
 * Evaluates one vector against the catalogue. It passes when everything that it expects is so. A refusal on the way (no such procedure, no
 * such clock) is its result, not an error: a system not yet built fails and says so.
 *
 * @param today for identifiers that must not lie in the future, `YYYY-MM-DD`
 */
export function evaluateVector(vector: Vector, catalogue: readonly System[], calendar: Calendar, today: string): Outcome {
  let got: Readonly<Record<string, unknown>>
  try {
    got = resultOf(vector, catalogue, calendar, today)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    got = { refused: error.code, message: error.said.message[0] }
  }
  const expect = isRecord(vector.expect) ? vector.expect : {}
  const ok = Object.keys(expect).length > 0 && Object.entries(expect).every(([name, value]) => isSame(got[name], value))
  return { ok, got, expect, why: vector.why ?? '' }
}

function resultOf(vector: Vector, catalogue: readonly System[], calendar: Calendar, today: string): Readonly<Record<string, unknown>> {
  if (!isRecord(vector.given)) throw malformed('given')
  if (vector.kind !== undefined) return { ...checkIdentifier(vector.kind, String(vector.given['value']), today) }
  const system = catalogue.find((one) => one.id === vector.procedure)
  if (!system) throw notBuilt(String(vector.procedure))
  if (vector.indicator !== undefined) {
    const statement = system.indicators.statements[vector.indicator]
    if (!statement) throw unknownName(system, 'indicator', vector.indicator, Object.keys(system.indicators.statements))
    return evaluateStatement(system.indicators, statement, vector.given)
  }
  if (vector.compute !== undefined) {
    const compute = system.computes?.[vector.compute]
    if (!compute) throw unknownName(system, 'compute', vector.compute, Object.keys(system.computes ?? {}))
    return compute(vector.given)
  }
  const definition = definitionOn(system, openedOn(vector))
  if (vector.clock !== undefined) return clockResult(definition, vector.clock, vector.given, calendar)
  if (vector.step !== undefined) return stepResult(definition, vector.step, vector.given, calendar)
  throw malformed('clock | step | indicator | compute | kind')
}

/** The day that chooses the law: as stated, or the latest that the vector's own facts know. */
function openedOn(vector: Vector): string {
  const stated = vector.openedOn ?? vector.given['openedOn']
  if (typeof stated === 'string') return stated.slice(0, 10)
  const start = vector.given['start']
  return typeof start === 'string' ? start.slice(0, 10) : '2024-06-03'
}

function clockResult(
  definition: Definition,
  id: string,
  given: Readonly<Record<string, unknown>>,
  calendar: Calendar,
): Readonly<Record<string, unknown>> {
  const clock: Clock | undefined = definition.clocks[id]
  if (!clock) throw unknownClock(definition, id)
  const { start, pauses, extensions, direction: _direction, ...facts } = given
  if (typeof start !== 'string') throw malformed('given.start')
  const chosen = limitFor(clock, facts, start)
  if (!chosen) throw noLimit(definition, id)
  const { unit } = unitOf(chosen.limit)
  const deadline = countClock(
    clock,
    {
      start,
      facts,
      pauses: (pauses as readonly (readonly [string, string])[] | undefined) ?? [],
      extensions: ((extensions as readonly string[] | undefined) ?? []).map((text) => durationOf(text, unit)),
    },
    calendar,
  )!
  return { due: deadline.due, provisional: deadline.provisional }
}

/** The guards whose declared facts are all given, in the order of the definition. */
function stepResult(
  definition: Definition,
  id: string,
  given: Readonly<Record<string, unknown>>,
  calendar: Calendar,
): Readonly<Record<string, unknown>> {
  const step = definition.steps[id]
  if (!step) throw unknownStep(definition, id)
  const refusal = firstRefusal(definition, step.guards ?? [], given, countingOf(definition, calendar), true)
  return refusal ? { allowed: false, reason: refusal.code, message: refusal.said.message[0] } : { allowed: true }
}

function isSame(got: unknown, expected: unknown): boolean {
  if (Array.isArray(expected))
    return Array.isArray(got) && got.length === expected.length && expected.every((value, index) => isSame(got[index], value))
  if (isRecord(expected)) return isRecord(got) && Object.entries(expected).every(([name, value]) => isSame(got[name], value))
  if (got === expected) return true
  // A rate may be stated as a number (0) or as the text of a percentage ("0.00"): the value decides, not the spelling.
  return typeof expected === 'number' && typeof got === 'string' && got.trim() !== '' && Number(got) === expected
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const VECTORS = ['案例须合于约定的格式。', 'A vector follows the agreed form.'] as const

function malformed(what: string): Refusal {
  return new Refusal({
    code: 'vector.malformed',
    exit: 2,
    message: [`案例缺少 ${what}。`, `The vector lacks ${what}.`],
    basis: VECTORS,
    remedy: ['请补正案例文件。', 'Correct the file.'],
  })
}

function notBuilt(procedure: string): Refusal {
  return new Refusal({
    code: 'procedure.not-built',
    message: [`系统“${procedure}”尚未建成。`, `The system “${procedure}” is not built yet.`],
    basis: ['程序目录 procedures/catalogue.ts', 'The catalogue, procedures/catalogue.ts'],
    remedy: ['建成后再运行。', 'Run it again when it is.'],
  })
}

function unknownName(system: System, what: string, name: string, known: readonly string[]): Refusal {
  return new Refusal({
    code: `${what}.unknown`,
    message: [`“${system.id}”没有“${name}”。`, `“${system.id}” has no ${what} “${name}”.`],
    basis: VECTORS,
    remedy: [`已有：${known.join('、')}`, `Known: ${known.join(', ')}`],
  })
}

/** @throws never; builds the refusal for a clock that the version in force does not have */
export function unknownClock(definition: Definition, id: string): Refusal {
  return new Refusal({
    code: 'clock.unknown',
    exit: 2,
    message: [
      `“${definition.name[0]}”（${definition.inForce.from} 起）没有“${id}”这一期限。`,
      `“${definition.name[1]}” (from ${definition.inForce.from}) has no clock “${id}”.`,
    ],
    basis: ['期限见程序定义。', 'Clocks are those of the definition.'],
    remedy: [`已有：${Object.keys(definition.clocks).join('、')}`, `Known: ${Object.keys(definition.clocks).join(', ')}`],
  })
}

/** @throws never; builds the refusal for facts that choose no limit */
export function noLimit(definition: Definition, id: string): Refusal {
  const clock = definition.clocks[id]!
  const asked = [clock.limit]
    .flat()
    .flatMap((choice) => ('fact' in choice ? [choice.fact] : 'when' in choice && choice.when ? Object.keys(choice.when) : []))
  return new Refusal({
    code: 'clock.no-limit',
    exit: 2,
    message: [`所给事实不能确定“${clock.name[0]}”的长短。`, `The facts given do not choose the limit of “${clock.name[1]}”.`],
    basis: ['期限的长短由定义所列事实决定。', 'The limit depends on the facts that the definition names.'],
    remedy: [`请给出：${[...new Set(asked)].join('、')}`, `Give: ${[...new Set(asked)].join(', ')}`],
  })
}

function unknownStep(definition: Definition, id: string): Refusal {
  return new Refusal({
    code: 'step.unknown',
    exit: 2,
    message: [`“${definition.name[0]}”没有“${id}”这一步骤。`, `“${definition.name[1]}” has no step “${id}”.`],
    basis: ['步骤见程序定义。', 'Steps are those of the definition.'],
    remedy: [`已有：${Object.keys(definition.steps).join('、')}`, `Known: ${Object.keys(definition.steps).join(', ')}`],
  })
}
