import { holds } from '#engine/clocks.ts'
import { percent } from '#engine/ratio-text.ts'
import { standing } from '#engine/case.ts'
import { Refusal } from '#engine/refusal.ts'
import type { Case } from '#engine/case.ts'
import type { ClockRun } from '#engine/clocks.ts'
import type { Formula, Indicators, Statement, Term } from '#engine/indicator.ts'
import type { Ratio } from '#engine/ratio-text.ts'

/** A figure: a count, or an exact quotient of counts. `null`: nothing to divide by, or a total not given. */
export type Figure = number | Ratio | null

/** The period that figures are computed over; both days belong to it. */
export interface Period {
  readonly from: string
  readonly until: string
}

/** The countings that only records can answer; everything else is arithmetic over them. */
export type Counted = Exclude<Formula, { sum: unknown } | { minus: unknown } | { ratio: unknown }>

/** Answers one counting from records: in memory here, in SQL in the store. Both must agree. */
export type Count = (counted: Counted) => number

/**
 * The figure of a term: an indicator of the system by its id, or a formula.
 *
 * @param count answers the countings
 */
export function figureOf(indicators: Indicators, term: Term, count: Count): Figure {
  const formula = typeof term === 'string' ? indicators.indicators[term]?.formula : term
  if (!formula) throw new TypeError(`no indicator ${String(term)}`)
  if ('sum' in formula) return combine(formula.sum, (values) => values.reduce((a, b) => a + b, 0))
  if ('minus' in formula) return combine(formula.minus, ([first = 0, ...rest]) => rest.reduce((a, b) => a - b, first))
  if ('ratio' in formula) {
    const [num, den] = formula.ratio.map((part) => figureOf(indicators, part, count))
    return typeof num === 'number' && typeof den === 'number' ? { num, den } : null
  }
  return count(formula)

  function combine(terms: readonly Term[], by: (values: readonly number[]) => number): number | null {
    const values = terms.map((part) => figureOf(indicators, part, count))
    return values.every((value) => typeof value === 'number') ? by(values) : null
  }
}

/** Every counting that a set of terms rests on, once each, by its JSON. */
export function countingsOf(indicators: Indicators, terms: readonly Term[]): Map<string, Counted> {
  const found = new Map<string, Counted>()
  for (const term of terms) {
    figureOf(indicators, term, (counted) => {
      found.set(JSON.stringify(counted), counted)
      return 0
    })
  }
  return found
}

/** The counting of a formula over cases in memory. */
export function countInMemory(cases: readonly Case[], clocks: (theCase: Case) => readonly ClockRun[], period: Period): Count {
  const within = (on: string): boolean => on.slice(0, 10) >= period.from && on.slice(0, 10) <= period.until
  return (counted) => {
    if ('entries' in counted) throw new TypeError('register entries are counted by the store')
    if ('clock' in counted) {
      return cases
        .flatMap((theCase) => clocks(theCase).filter((run) => run.clock === counted.clock && run.deadline !== undefined))
        .filter((run) =>
          counted.is === 'overdue'
            ? run.deadline!.due.slice(0, 10) <= period.until &&
              run.start.slice(0, 10) <= period.until &&
              (run.stoppedOn === undefined || run.stoppedOn.slice(0, 10) > period.until) &&
              run.state !== 'paused'
            : run.state === 'stopped' &&
              within(run.stoppedOn!) &&
              run.late === (counted.is === 'late') &&
              (counted.by === undefined || counted.by.includes(run.stoppedBy!)),
        ).length
    }
    if ('asOf' in counted) {
      const cutOff = (on: string): boolean => (counted.asOf === 'start' ? on.slice(0, 10) < period.from : on.slice(0, 10) <= period.until)
      const [since, until] = [[counted.since].flat(), counted.until]
      return cases.filter((theCase) => {
        const steps = standing(theCase.steps).filter((taken) => cutOff(taken.on))
        return (
          steps.some((taken) => since.includes(taken.step)) &&
          !steps.some((taken) => until.includes(taken.step)) &&
          (counted.whereCase === undefined || holds(counted.whereCase, theCase.fields))
        )
      }).length
    }
    const wanted = [counted.count].flat() as readonly string[]
    let total = 0
    for (const theCase of cases) {
      if (counted.whereCase && !holds(counted.whereCase, theCase.fields)) continue
      if (counted.earlier !== undefined && !(String(theCase.fields[counted.earlier] ?? '9999').slice(0, 10) < period.from)) continue
      const matching = standing(theCase.steps).filter(
        (taken) => wanted.includes(taken.step) && within(taken.on) && (counted.where === undefined || holds(counted.where, taken.input)),
      )
      total += counted.distinctCases ? Math.min(matching.length, 1) : matching.length
    }
    return total
  }
}

/**
 * Evaluates a statement over totals given by name instead of records (`concludedCarriedOver` gives `concluded-carried-over`): its figures, and
 * what it finds.
 *
 * @throws Refusal `indicator.total-missing` when a figure rests on totals that are not given
 */
export function evaluateStatement(
  indicators: Indicators,
  statement: Statement,
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const totals = new Map(Object.entries(given).map(([name, value]) => [kebab(name), value]))
  const fromTotals = (term: Term): Figure => {
    if (typeof term === 'string' && totals.has(term)) {
      const value = Number(totals.get(term))
      return Number.isFinite(value) ? value : null
    }
    const formula = typeof term === 'string' ? indicators.indicators[term]?.formula : term
    if (!formula) return null
    if ('sum' in formula || 'minus' in formula) {
      const values = ('sum' in formula ? formula.sum : formula.minus).map(fromTotals)
      if (!values.every((value) => typeof value === 'number')) return null
      return 'sum' in formula ? values.reduce((a, b) => a + b, 0) : values.reduce((a, b) => a - b)
    }
    if ('ratio' in formula) {
      const [num, den] = formula.ratio.map(fromTotals)
      return typeof num === 'number' && typeof den === 'number' ? { num, den } : null
    }
    return null
  }

  const result: Record<string, unknown> = {}
  const missing: string[] = []
  for (const [name, { is, as }] of Object.entries(statement.figures)) {
    const figure = fromTotals(is)
    if (figure === null) missing.push(name)
    else if (typeof figure === 'number') result[name] = figure
    else result[name] = as === 'ratio' ? (figure.den === 0 ? null : figure.num / figure.den) : percent(figure)
  }
  if (Object.keys(result).length === 0) throw totalsMissing(statement, missing)

  const findings: string[] = []
  for (const [name, [left, right]] of Object.entries(statement.identities ?? {})) {
    const [a, b] = [fromTotals(left), fromTotals(right)]
    if (typeof a === 'number' && typeof b === 'number' && a !== b) findings.push(name)
  }
  for (const [name, [small, large]] of Object.entries(statement.within ?? {})) {
    const [a, b] = [fromTotals(small), fromTotals(large)]
    if (typeof a === 'number' && typeof b === 'number' && a > b) findings.push(name)
  }
  const printed = given['printed']
  const ratio = statement.printed === undefined ? null : fromTotals(statement.printed)
  if ((typeof printed === 'string' || typeof printed === 'number') && ratio !== null && typeof ratio !== 'number') {
    const text = String(printed).replace(/%$/, '')
    if (percent(ratio, text.split('.')[1]?.length ?? 0) !== text) findings.push('ratio-mismatch')
  }
  if (findings.length > 0) result['finding'] = findings[0]
  result['findings'] = findings
  return result
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

function totalsMissing(statement: Statement, missing: readonly string[]): Refusal {
  return new Refusal({
    code: 'indicator.total-missing',
    message: [
      `“${statement.name[0]}”缺少计算所需的数：${missing.join('、')}。`,
      `“${statement.name[1]}” lacks totals for: ${missing.join(', ')}.`,
    ],
    basis: ['指标由其公式计算。', 'An indicator is computed by its formula.'],
    remedy: ['请给出所需的各数。', 'Give the totals that it rests on.'],
  })
}
