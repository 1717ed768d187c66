import { listCheckpoints, writtenMark } from '#store/read-checkpoints.ts'
import { reportValues } from '#store/report-source.ts'
import type { ReportParts } from '#readings/annual-report.ts'
import type { Services } from './services.ts'

/** What reports of years are written from, each kept until something is written: whoever asks meanwhile is told the same figures, computed once. */
export function liveReports(services: Services): (year: number) => Promise<ReportParts> {
  const kept = new Map<number, { readonly mark: string; readonly parts: ReportParts }>()
  return async (year) => {
    const mark = await writtenMark(services.store)
    const known = kept.get(year)
    if (known?.mark === mark) return known.parts
    const parts = await liveReport(services, year)
    kept.set(year, { mark, parts })
    return parts
  }
}

/** The parts of a year's report as the records have them now. */
export async function liveReport(services: Services, year: number): Promise<ReportParts> {
  const { store, catalogue, report, place, now } = services
  const period = { from: `${year}-01-01`, until: `${year}-12-31` }
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
