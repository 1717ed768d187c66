import { holds } from '#engine/clocks.ts'
import { NOT_STATED } from '#engine/indicator.ts'
import { percent } from '#engine/ratio-text.ts'
import { standing } from '#engine/case.ts'
import { Refusal } from '#engine/refusal.ts'
import type { Case, StepTaken } from '#engine/case.ts'
import type { ClockRun } from '#engine/clocks.ts'
import type { Each, Formula, Indicators, Statement, Term } from '#engine/indicator.ts'
import type { Party } from '#engine/field.ts'
import type { Ratio } from '#engine/ratio-text.ts'
import type { RegisterEntry } from '#engine/register.ts'

/** A figure: a count, or an exact quotient of counts. `null`: nothing to divide by, or a total not given. */
export type Figure = number | Ratio | null

/** A figure for each group; a group that nothing was counted in may be missing. */
export type Series<Value = Figure> = ReadonlyMap<string, Value>

/** The period that figures are computed over; both days belong to it. */
export interface Period {
  readonly from: string
  readonly until: string
}

/** The countings that only records can answer; everything else is arithmetic over them. */
export type Counted = Exclude<Formula, { sum: unknown } | { minus: unknown } | { ratio: unknown }>

/** Answers one counting from records, one by groups with a series: in memory here, in SQL in the store. Both must agree. */
export type Count = (counted: Counted) => number | Series<number>

/**
 * The figure of a term: an indicator of the system by its id, or a formula.
 *
 * @param count answers the countings; `null` where the records do not know
 * @throws TypeError for a term that is a series
 */
export function figureOf(indicators: Indicators, term: Term, count: (counted: Counted) => ReturnType<Count> | null): Figure {
  const formula = typeof term === 'string' ? indicators.indicators[term]?.formula : term
  if (!formula) throw new TypeError(`no indicator ${String(term)}`)
  if ('sum' in formula) return combine(formula.sum, (values) => values.reduce((a, b) => a + b, 0))
  if ('minus' in formula) return combine(formula.minus, ([first = 0, ...rest]) => rest.reduce((a, b) => a - b, first))
  if ('ratio' in formula) {
    const [num, den] = formula.ratio.map((part) => figureOf(indicators, part, count))
    if (typeof num !== 'number' || typeof den !== 'number') return null
    return { num, den, ...(formula.per === undefined ? {} : { per: formula.per }) }
  }
  const answer = count(formula)
  if (answer !== null && typeof answer !== 'number') throw new TypeError(`${JSON.stringify(term)} is a series, one figure was asked for`)
  return answer

  function combine(terms: readonly Term[], by: (values: readonly number[]) => number): number | null {
    const values = terms.map((part) => figureOf(indicators, part, count))
    return values.every((value) => typeof value === 'number') ? by(values) : null
  }
}

/**
 * The figures of terms for each group that any of their countings knows. What is not counted in a group is 0 there; a value that a register does
 * not state is unknown, and so is what is reckoned from it.
 *
 * @returns a series for each term, over the same groups
 */
export function seriesOf(indicators: Indicators, terms: readonly Term[], count: Count): Series[] {
  const answers = new Map([...countingsOf(indicators, terms)].map(([key, counted]) => [key, count(counted)]))
  const groups = new Set([...answers.values()].flatMap((answer) => (typeof answer === 'number' ? [] : [...answer.keys()])))
  return terms.map(
    (term) =>
      new Map(
        [...groups].map((group) => [
          group,
          figureOf(indicators, term, (counted) => {
            const answer = answers.get(JSON.stringify(counted))!
            return typeof answer === 'number' ? answer : (answer.get(group) ?? ('values' in counted ? null : 0))
          }),
        ]),
      ),
  )
}

/** Is the term counted by groups? */
export function isSeries(indicators: Indicators, term: Term): boolean {
  return [...countingsOf(indicators, [term]).values()].some(isByGroup)
}

/** Is the counting answered with a series? */
export function isByGroup(counted: Counted): boolean {
  return 'values' in counted || ('count' in counted && counted.each !== undefined)
}

/** What a counting by groups takes apart: all its steps; of a register's values all its entries. */
export function wholeOf(counted: Counted): Counted {
  if ('values' in counted) return { entries: counted.values }
  if (!('count' in counted) || counted.each === undefined) return counted
  const { each: _each, ...whole } = counted
  return whole
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

/**
 * The counting of a formula over cases in memory.
 *
 * @param inForce the entries of a register in force at the end of the period, where formulas ask for them
 */
export function countInMemory(
  cases: readonly Case[],
  clocks: (theCase: Case) => readonly ClockRun[],
  period: Period,
  inForce?: (register: string) => readonly RegisterEntry[],
): Count {
  const within = (on: string): boolean => on.slice(0, 10) >= period.from && on.slice(0, 10) <= period.until
  return (counted) => {
    if ('entries' in counted)
      return entries(counted.entries).filter(({ value }) => counted.where === undefined || holds(counted.where, value)).length
    if ('values' in counted)
      return new Map(
        entries(counted.values).flatMap(({ key, value }) => {
          const stated = value[counted.field]
          return typeof stated === 'number' ? [[key, stated]] : []
        }),
      )
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
    const units = new Map<string, Set<string>>()
    for (const [index, theCase] of cases.entries()) {
      if (counted.whereCase && !holds(counted.whereCase, theCase.fields)) continue
      if (counted.earlier !== undefined && !(String(theCase.fields[counted.earlier] ?? '9999').slice(0, 10) < period.from)) continue
      for (const taken of standing(theCase.steps)) {
        if (!wanted.includes(taken.step) || !within(taken.on) || (counted.where !== undefined && !holds(counted.where, taken.input)))
          continue
        const group = counted.each ? groupOf(counted.each, taken, theCase) : NOT_STATED
        const party = counted.distinct === undefined ? undefined : partyKey(taken.input[counted.distinct] as Party | undefined)
        const unit = counted.distinctCases ? String(index) : (party ?? `${index}/${taken.seq}`)
        units.set(group, (units.get(group) ?? new Set()).add(unit))
      }
    }
    return counted.each ? new Map([...units].map(([group, { size }]) => [group, size])) : (units.get(NOT_STATED)?.size ?? 0)
  }

  function entries(register: string): readonly RegisterEntry[] {
    if (!inForce) throw new TypeError(`the entries of the register “${register}” were not given`)
    return inForce(register)
  }
}

function groupOf(each: Each, taken: StepTaken, { fields }: Case): string {
  if ('taker' in each) return taken.by.organ
  const [name = '', part] = ('input' in each ? each.input : each.case).split('.')
  const value = ('input' in each ? taken.input : fields)[name]
  const stated = part === undefined ? value : (value as Readonly<Record<string, unknown>> | undefined)?.[part]
  return stated === undefined || stated === null ? NOT_STATED : String(stated as string | number | boolean)
}

/** What tells parties apart: the telephone, else the name. */
function partyKey(party: Party | undefined): string | undefined {
  return party?.phone ? `phone ${party.phone}` : party?.name ? `name ${party.name}` : undefined
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
      if (typeof num !== 'number' || typeof den !== 'number') return null
      return { num, den, ...(formula.per === undefined ? {} : { per: formula.per }) }
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
