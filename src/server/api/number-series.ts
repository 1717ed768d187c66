import { administratorOf } from '../reader.ts'
import { numberGaps, numberText, seriesYears } from '#store/number-series.ts'
import { readQuery, word, year } from '../query.ts'
import type { FastifyInstance } from 'fastify'
import type { Services } from '../services.ts'
import type { View } from '../view.ts'

/** A series of numbers (字号), and how far it has come. */
export interface NumberSeriesJson {
  readonly series: string
  /** What it numbers: cases of a procedure, documents. */
  readonly numbers: readonly string[]
  /** What its next number would be called in a year without one yet. */
  readonly form: string
  /** The latest first. */
  readonly years: readonly { readonly year: number; readonly last: number; readonly lastNumber: string }[]
}

export interface NumberGapsJson {
  /** Serials that were given and that nothing bears. */
  readonly gaps: readonly number[]
  /** There are more than are told. */
  readonly more: boolean
}

const GAPS_TOLD = 200

/** `/number-series`: the numbers of cases and documents; the system administrator's to look at. A number once given is never given again. */
export function numberSeriesApi(api: FastifyInstance, { store, catalogue, now }: Services): void {
  api.get(
    '/number-series',
    { schema: { summary: ['编号', 'Number series'], answer: 'NumberSeriesJson[]' } },
    async (request): Promise<readonly NumberSeriesJson[]> => {
      administratorOf(request, 'system')
      const numbered = new Map(usesOf(request.view))
      const given = Map.groupBy(await seriesYears(store), ({ series }) => series)
      const thisYear = Number(now().slice(0, 4))
      // A series whose definition is gone keeps its numbers.
      return [...new Set([...numbered.keys(), ...given.keys()])].map((series) => ({
        series,
        numbers: [...(numbered.get(series) ?? [])],
        form: numberText(series, thisYear, 1),
        years: (given.get(series) ?? []).map((one) => ({
          year: one.year,
          last: one.last,
          lastNumber: numberText(series, one.year, one.last),
        })),
      }))
    },
  )

  api.get(
    '/number-series/gaps',
    { schema: { summary: ['缺号', 'Numbers that nothing bears'], parameters: { series: word, year }, answer: 'NumberGapsJson' } },
    async (request): Promise<NumberGapsJson> => {
      administratorOf(request, 'system')
      const { series, year: of } = readQuery({ series: word, year }, request.query)
      const procedures = catalogue.filter(({ definitions }) => definitions.some((one) => one.series === series)).map(({ id }) => id)
      const gaps = await numberGaps(store, { series, year: of, procedures, limit: GAPS_TOLD + 1 })
      return { gaps: gaps.slice(0, GAPS_TOLD), more: gaps.length > GAPS_TOLD }
    },
  )

  /** Series of the definitions, with what each numbers. */
  function usesOf({ say }: View): Map<string, Set<string>> {
    const uses = new Map<string, Set<string>>()
    const add = (series: string, name: string): void => void uses.set(series, (uses.get(series) ?? new Set()).add(name))
    for (const definition of catalogue.flatMap(({ definitions }) => definitions)) {
      add(definition.series, say(definition.name))
      for (const { series, name } of Object.values(definition.parts.documents))
        if (series !== undefined) add(series, `${say(definition.name)} · ${say(name)}`)
    }
    return uses
  }
}
