import { figureSources, reportValues } from '#store/report-source.ts'
import { listCheckpoints, writtenMark } from '#store/read-checkpoints.ts'
import type { FigureSource } from '#readings/figure-source.ts'
import type { Period } from '#readings/figures.ts'
import type { ReportParts } from '#readings/annual-report.ts'
import type { Reader } from '#store/scope.ts'
import type { Services } from './services.ts'

/** How many cases of each counting stand in the file that is handed out. */
const RECORDS_IN_FILE = 20

/** What a year's page and files are made of. Where its figures come from is asked for by one file only, and takes the longest. */
export interface LiveReport {
  readonly parts: Promise<ReportParts>
  /** With the records behind each figure that this reader sees. */
  sources(reader: Reader): Promise<readonly FigureSource[]>
}

/**
 * Years as they stand, each kept until something is written: whoever asks meanwhile is told the same figures, computed once, also when several
 * ask at the same time.
 */
export function liveReports(services: Services): (year: number) => Promise<LiveReport> {
  const { store, catalogue } = services
  const kept = new Map<number, { readonly mark: string; readonly live: LiveReport }>()
  return async (year) => {
    const mark = await writtenMark(store)
    const known = kept.get(year)
    if (known?.mark === mark) return known.live
    const forget = (): void => {
      if (kept.get(year)?.mark === mark) kept.delete(year)
    }
    const sources = new Map<string, Promise<readonly FigureSource[]>>()
    const live: LiveReport = {
      parts: liveReport(services, year),
      sources: ({ scopes, person }) => {
        const key = JSON.stringify([person, scopes])
        const found =
          sources.get(key) ?? figureSources(store, catalogue, services.report.figures, periodOf(year), RECORDS_IN_FILE, { scopes, person })
        if (!sources.has(key)) found.catch(forget)
        sources.set(key, found)
        return found
      },
    }
    // What failed is asked for again by the next reader; whoever waits for this one is told.
    live.parts.catch(forget)
    kept.set(year, { mark, live })
    return live
  }
}

/** The parts of a year's report as the records have them now. */
export async function liveReport(services: Services, year: number): Promise<ReportParts> {
  const { store, catalogue, report, place, now } = services
  const period = periodOf(year)
  const { values, builtSystems, findings } = await reportValues(store, catalogue, report.figures, period)
  const [checkpoint] = await listCheckpoints(store, { limit: 1 })
  return {
    ...report,
    values,
    builtSystems,
    findings,
    year,
    period,
    region: store.region,
    place: place.name,
    issuer: place.issuer,
    at: now(),
    checkpoint: checkpoint?.text ?? null,
  }
}

function periodOf(year: number): Period {
  return { from: `${year}-01-01`, until: `${year}-12-31` }
}
