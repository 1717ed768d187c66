import { casesBehind, computeFigures, figuresQuery } from './count-steps.ts'
import { checkIdentities, identityTerms } from '#readings/annual-report.ts'
import { countingsOf } from '#readings/figures.ts'
import { countingWords, formulaWords } from '#readings/formula-words.ts'
import type { CaseLine, RecordsAsked } from './count-steps.ts'
import type { CountingSource, FigureSource, RecordLine } from '#readings/figure-source.ts'
import type { Figure, Period } from '#readings/figures.ts'
import type { Reader } from './scope.ts'
import type { ReportFigure, ReportFinding } from '#readings/annual-report.ts'
import type { Store } from './store.ts'
import type { System } from '#engine/system.ts'

/**
 * The report's figures of every system that is built, and the identities between figures that do not hold. One query a system.
 *
 * @returns `values` by the report's id of each figure; figures of systems not built have none
 */
export async function reportValues(
  store: Store,
  catalogue: readonly System[],
  figures: readonly ReportFigure[],
  period: Period,
): Promise<{ values: Map<string, Figure>; builtSystems: Set<string>; findings: ReportFinding[] }> {
  const values = new Map<string, Figure>()
  const findings: ReportFinding[] = []
  for (const system of catalogue) {
    const wanted = figures.filter((figure) => figure.system === system.id)
    const terms = [...wanted.map(({ indicator }) => indicator), ...identityTerms(system.indicators)]
    const computed = await computeFigures(store, system, terms, period)
    for (const [index, { id }] of wanted.entries()) values.set(id, computed[index]!)
    const byTerm = new Map(terms.map((term, index) => [term, computed[index]!]))
    findings.push(...checkIdentities(system.id, system.indicators, (term) => byTerm.get(term)!))
  }
  return { values, builtSystems: new Set(catalogue.map(({ id }) => id)), findings }
}

/**
 * What each figure of a built system rests on: its definition, its query, the newest cases behind each of its countings, and its months.
 *
 * @param limit how many cases of a counting are listed at most
 * @param reader who reads them; absent where it is whoever runs the machine
 */
export async function figureSources(
  store: Store,
  catalogue: readonly System[],
  figures: readonly ReportFigure[],
  period: Period,
  limit: number,
  reader?: Reader,
): Promise<FigureSource[]> {
  const asked = { limit, ...(reader ? { reader } : {}) }
  const sources: FigureSource[] = []
  for (const system of catalogue) {
    const wanted = figures.filter((figure) => figure.system === system.id)
    const months = await monthsOf(store, system, wanted, period)
    for (const figure of wanted) sources.push({ ...(await sourceOf(store, system, figure, period, asked)), ...months.get(figure.id) })
  }
  return sources
}

async function sourceOf(
  store: Store,
  system: System,
  { id, indicator }: ReportFigure,
  period: Period,
  asked: RecordsAsked,
): Promise<FigureSource> {
  const { indicators, definitions } = system
  const counted = [...countingsOf(indicators, [indicator]).values()]
  const totals = await computeFigures(store, system, counted, period)
  const countings: CountingSource[] = []
  for (const [index, counting] of counted.entries()) {
    const cases = await casesBehind(store, system, counting, period, asked)
    countings.push({
      definition: countingWords(counting, definitions),
      total: totals[index] as number,
      records: cases.map((line) => recordLine(line, system)),
    })
  }
  const { text, values } = figuresQuery(store.region, system.id, counted, period)
  return {
    id,
    definition: formulaWords(indicators, indicator, definitions),
    query: `prepare figure as\n${text};\nexecute figure(${values.map(literal).join(', ')});`,
    countings,
  }
}

function recordLine({ id, number, procedure, openedOn, state }: CaseLine, system: System): RecordLine {
  // Whichever version knows it: a case may have gone over to another law than the one it was opened under.
  const named = system.definitions.findLast(({ states }) => states[state])
  return { id, number, procedure, openedOn, state: named?.states[state]!.name ?? [state, state] }
}

/** A value as SQL writes it, so that the query runs as it is printed, in any client. */
function literal(value: unknown): string {
  const text = Array.isArray(value) ? `{${value.map((one) => `"${String(one).replace(/["\\]/g, '\\$&')}"`).join(',')}}` : String(value)
  return `'${text.replaceAll("'", "''")}'`
}

/** The months of the period, for figures that are plain counts of steps: one query a month however many they are. */
async function monthsOf(
  store: Store,
  system: System,
  figures: readonly ReportFigure[],
  period: Period,
): Promise<Map<string, Pick<FigureSource, 'months'>>> {
  const counts = figures.filter(({ indicator }) => 'count' in system.indicators.indicators[indicator]!.formula)
  const byFigure = new Map(counts.map(({ id }) => [id, [] as { month: string; count: number }[]]))
  if (counts.length > 0) {
    for (const month of monthsIn(period)) {
      const values = await computeFigures(
        store,
        system,
        counts.map(({ indicator }) => indicator),
        month,
      )
      for (const [index, { id }] of counts.entries())
        byFigure.get(id)!.push({ month: month.from.slice(0, 7), count: values[index] as number })
    }
  }
  return new Map([...byFigure].map(([id, months]) => [id, { months }]))
}

function monthsIn({ from, until }: Period): Period[] {
  const months: Period[] = []
  for (let first = from; first <= until;) {
    const [year, month] = first.split('-').map(Number) as [number, number]
    const last = new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)
    months.push({ from: first, until: last < until ? last : until })
    first = new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10)
  }
  return months
}
