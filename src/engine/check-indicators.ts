import { groupsOf, PARTS_OF_PLACE } from './indicator.ts'
import { isPersonal } from './field.ts'
import type { CheckProblem, Known } from './check.ts'
import type { Formula, Term } from './indicator.ts'
import type { Field, Fields } from './field.ts'
import type { Mark, When } from './definition.ts'
import type { System } from './system.ts'

/**
 * What does not hold of a system's indicators and statements: a name that there is not (step, field, clock, register, indicator), something
 * personal that is counted by, groups of different kinds reckoned together, a statement of a figure that is a series.
 */
export function indicatorProblems(system: System, known: Known): CheckProblem[] {
  const { indicators, statements } = system.indicators
  const at = (place: string, problems: readonly string[]): CheckProblem[] =>
    problems.map((problem) => ({ at: `${system.id} ${place}`, problem }))
  return [
    ...Object.entries(indicators).flatMap(([id, { formula }]) =>
      at(`indicator ${id}`, [...termProblems(system, known, formula), ...mixedGroups(system, formula)]),
    ),
    ...Object.entries(statements).flatMap(([id, { figures, identities, within, printed }]) =>
      [
        ...Object.values(figures).map(({ is }) => is),
        ...[...Object.values(identities ?? {}), ...Object.values(within ?? {})].flat(),
        ...(printed === undefined ? [] : [printed]),
      ].flatMap((term) =>
        at(`statement ${id}`, [
          ...termProblems(system, known, term),
          ...(groupsIn(system, term).size > 0 ? [`states ${JSON.stringify(term)}, which is a series`] : []),
        ]),
      ),
    ),
  ]
}

function termProblems(system: System, known: Known, term: Term): string[] {
  if (typeof term === 'string') return absent('indicator', [term], Object.keys(system.indicators.indicators))
  const parts = partsOf(term)
  return parts.length > 0 ? parts.flatMap((part) => termProblems(system, known, part)) : countingProblems(system, known, term)
}

function partsOf(formula: Formula): readonly Term[] {
  return 'sum' in formula ? formula.sum : 'minus' in formula ? formula.minus : 'ratio' in formula ? formula.ratio : []
}

function countingProblems({ definitions }: System, known: Known, formula: Formula): string[] {
  const steps = definitions.flatMap((definition) => Object.keys(definition.steps))
  const inputOf = (step: string): Fields => Object.assign({}, ...definitions.map((definition) => definition.steps[step]?.input ?? {}))
  const ofCase: Fields = Object.assign({}, ...steps.map(inputOf))
  const set = definitions.flatMap((definition) => Object.values(definition.steps).flatMap(({ sets }) => Object.keys(sets ?? {})))
  const whereCase = (when: When = {}): string[] =>
    Object.keys(when)
      .filter((name) => !set.includes(name))
      .flatMap((name) => fieldProblems(name, ofCase, 'the case'))

  if ('count' in formula) {
    const { where = {}, earlier, distinct, distinctCases, each } = formula
    const counted = [formula.count].flat() as readonly string[]
    const missing = absent('step', counted, steps)
    if (missing.length > 0) return missing
    const ofEach = (name: string, problems: (fields: Fields, whose: string) => string[]): string[] =>
      counted.flatMap((step) => (name in inputOf(step) ? problems(inputOf(step), `step “${step}”`) : [`step “${step}” asks no “${name}”`]))
    return [
      ...Object.keys(where).flatMap((name) => ofEach(name, (fields, whose) => fieldProblems(name, fields, whose))),
      ...whereCase(formula.whereCase),
      ...(earlier === undefined ? [] : fieldProblems(earlier, ofCase, 'the case', ['date', 'instant'])),
      ...(distinct === undefined
        ? []
        : ofEach(distinct, (fields) => (fields[distinct]!.kind === 'party' ? [] : [`field “${distinct}” is no party`]))),
      ...(distinct !== undefined && distinctCases ? ['counts cases or parties, not both'] : []),
      ...(each === undefined || 'taker' in each
        ? []
        : 'case' in each
          ? groupProblems(each.case, ofCase, 'the case')
          : ofEach(each.input.split('.')[0]!, (fields, whose) => groupProblems(each.input, fields, whose))),
    ]
  }
  if ('asOf' in formula)
    return [...absent('step', [...([formula.since].flat() as string[]), ...formula.until], steps), ...whereCase(formula.whereCase)]
  if ('clock' in formula) {
    const marks = definitions.flatMap(({ clocks }) => {
      const clock = clocks[formula.clock]
      // A step that starts a clock anew ends the run before.
      return clock ? ([clock.starts, clock.stops].flat() as readonly Mark[]) : []
    })
    if (marks.length === 0) return [`clock “${formula.clock}” does not exist`]
    const stopping = marks.map((mark) => (typeof mark === 'string' ? mark : mark.step))
    const by = formula.is === 'overdue' ? [] : (formula.by ?? [])
    return by.filter((step) => !stopping.includes(step)).map((step) => `step “${step}” does not stop the clock “${formula.clock}”`)
  }
  if ('entries' in formula || 'values' in formula) {
    const id = 'entries' in formula ? formula.entries : formula.values
    const fields = known.registers.get(id)?.fields
    if (!fields) return [`register “${id}” does not exist`]
    const whose = `the register “${id}”`
    return 'values' in formula
      ? fieldProblems(formula.field, fields, whose, ['integer', 'money'])
      : Object.keys(formula.where ?? {}).flatMap((name) => fieldProblems(name, fields, whose))
  }
  return []
}

function absent(what: string, names: readonly string[], among: readonly string[]): string[] {
  return names.filter((name) => !among.includes(name)).map((name) => `${what} “${name}” does not exist`)
}

/** A field that something is counted by: it exists, and nothing of it is personal. */
function fieldProblems(name: string, fields: Fields, whose: string, kinds?: readonly Field['kind'][]): string[] {
  const field = fields[name]
  if (!field) return [`${whose} has no field “${name}”`]
  if (isPersonal(field)) return [`field “${name}” is personal: nothing is counted by it`]
  return kinds === undefined || kinds.includes(field.kind) ? [] : [`field “${name}” of ${whose} is no ${kinds.join(' or ')}`]
}

function groupProblems(path: string, fields: Fields, whose: string): string[] {
  const [name = '', part, ...deeper] = path.split('.')
  const problems = fieldProblems(name, fields, whose)
  if (problems.length > 0) return problems
  const ofPlace = PARTS_OF_PLACE as readonly string[]
  const fits = fields[name]!.kind === 'place' ? part !== undefined && ofPlace.includes(part) && deeper.length === 0 : part === undefined
  return fits ? [] : [`“${path}” makes no groups: a field as a whole does, or of a place its ${ofPlace.join(' or ')}`]
}

function mixedGroups(system: System, formula: Formula): string[] {
  const kinds = [...groupsIn(system, formula)].filter((kind) => kind !== ANY)
  return kinds.length > 1 ? [`reckons groups of different kinds together: ${kinds.join(', ')}`] : []
}

/** The groups of a register's values: whatever its keys are. */
const ANY = 'entry'

/** What the groups of a term's series are; empty where it has none. */
function groupsIn(system: System, term: Term, within: readonly Term[] = []): Set<string> {
  if (within.includes(term)) return new Set()
  const formula = typeof term === 'string' ? system.indicators.indicators[term]?.formula : term
  if (formula === undefined) return new Set()
  if ('values' in formula) return new Set([ANY])
  if ('count' in formula) return new Set(formula.each ? [groupsOf(formula.each, (name) => fieldNamed(system, name))] : [])
  return new Set(partsOf(formula).flatMap((part) => [...groupsIn(system, part, [...within, term])]))
}

function fieldNamed({ definitions }: System, name: string): Field | undefined {
  return definitions.flatMap((definition) => Object.values(definition.steps)).findLast(({ input }) => input && name in input)?.input?.[name]
}
