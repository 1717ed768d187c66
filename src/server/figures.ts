import { address, answer } from './view.ts'
import { afterCase, readQuery, year as yearOfQuery } from './query.ts'
import { casesBehind, computeFigures, figuresQuery } from '#store/count-steps.ts'
import { caseTable, pageOf, pager } from './cases.ts'
import { countingsOf } from '#readings/figures.ts'
import { countingWords, formulaWords, termWords } from '#readings/formula-words.ts'
import { empty, facts, page } from './page.ts'
import { html } from './markup.ts'
import { latestYear } from './report.ts'
import { percent } from '#engine/ratio-text.ts'
import { Refusal } from '#engine/refusal.ts'
import { shownTime } from './shown-value.ts'
import { refuseUnlessOverlooking } from './reader.ts'
import { words } from './words.ts'
import { z } from 'zod'
import type { CaseLine } from '#store/count-steps.ts'
import type { Counted, Figure } from '#readings/figures.ts'
import type { FastifyInstance } from 'fastify'
import type { Formula } from '#engine/indicator.ts'
import type { Markup } from './markup.ts'
import type { ReportFigure } from '#readings/annual-report.ts'
import type { Services } from './services.ts'
import type { System } from '#engine/system.ts'
import type { View } from './view.ts'
import type { Words } from '#engine/words.ts'

const PAGE = 50

/** `/figures/:id?year=2020`: what a figure is, how it was asked, and the cases that it found. */
export function figureRoutes(app: FastifyInstance, services: Services): void {
  const { store } = services
  app.get<{ Params: { id: string } }>('/figures/:id', async (request, reply) => {
    refuseUnlessOverlooking(request)
    const { view } = request
    const asked = readQuery(
      { year: yearOfQuery.optional(), of: z.coerce.number().int().min(0).max(99).optional(), after: afterCase.optional() },
      request.query,
    )
    const year = asked.year ?? (await latestYear(services))
    const named = figureNamed(services, request.params.id)
    if (!named.system || named.formula === undefined) {
      return answer(request, reply, {
        json: { id: named.id, name: named.name, year, status: 'not-built' },
        page: () => notBuiltPage(named, year, view),
      })
    }
    const { system, formula, indicator } = named
    const period = { from: `${year}-01-01`, until: `${year}-12-31` }
    const countings = [...countingsOf(system.indicators, [indicator]).values()]
    const sides = 'ratio' in formula ? formula.ratio : []
    const figures = await computeFigures(store, system, [indicator, ...sides, ...countings], period)
    const counts = figures.slice(1 + sides.length) as number[]
    const query = figuresQuery(store.region, system.id, countings, period)

    const chosen = Math.min(asked.of ?? 0, Math.max(0, countings.length - 1))
    const counted = countings[chosen]
    const lines =
      counted && !('entries' in counted)
        ? await casesBehind(store, system, counted, period, { limit: PAGE + 1, ...(asked.after ? { after: asked.after } : {}) })
        : []
    const { shown, next } = pageOf(lines, PAGE)
    const self = (query_: { of?: number; after?: string }) =>
      address(`/figures/${named.id}`, { year, of: query_.of ?? chosen, after: query_.after })
    const more = next === undefined ? undefined : self({ after: next })
    const found: FigureFound = {
      ...named,
      system,
      formula,
      year,
      period,
      value: figures[0]!,
      sides: sides.map((term, index) => ({ words: termWords(system.indicators, term, system.definitions), value: figures[1 + index]! })),
      countings: countings.map((one, index) => ({
        counted: one,
        count: counts[index]!,
        words: countingWords(one, system.definitions),
        href: self({ of: index }),
      })),
      query,
      chosen,
      records: shown,
    }
    return answer(request, reply, {
      json: {
        ...withoutFunctions(found),
        status: found.value === null ? 'no-denominator' : 'computed',
        text: valueText(found.value),
        definition: formulaWords(system.indicators, indicator, system.definitions),
        next: more ?? null,
      },
      page: () => figurePage(found, { first: self({}), next: more, isLater: asked.after !== undefined }, services, view),
    })
  })
}

/** A figure by its name: one of the report, or an indicator of a system as `system.indicator`. */
interface FigureNamed {
  readonly id: string
  readonly name: Words
  readonly indicator: string
  /** Absent while the system is not built. */
  readonly system?: System
  readonly formula?: Formula
  readonly section?: string
  readonly systemId: string
}

interface FigureFound extends FigureNamed {
  readonly system: System
  readonly formula: Formula
  readonly year: number
  readonly period: { readonly from: string; readonly until: string }
  readonly value: Figure
  readonly sides: readonly { readonly words: Words; readonly value: Figure }[]
  readonly countings: readonly { readonly counted: Counted; readonly count: number; readonly words: Words; readonly href: string }[]
  readonly query: { readonly text: string; readonly values: readonly unknown[] }
  readonly chosen: number
  readonly records: readonly CaseLine[]
}

/** @throws Refusal `figure.unknown` */
function figureNamed({ catalogue, report }: Services, id: string): FigureNamed {
  const inReport = report.figures.find((figure) => figure.id === id)
  const dot = id.indexOf('.')
  const [systemId, indicator] = inReport ? [inReport.system, inReport.indicator] : [id.slice(0, dot), id.slice(dot + 1)]
  const system = catalogue.find((one) => one.id === systemId)
  const found = system && Object.hasOwn(system.indicators.indicators, indicator) ? system.indicators.indicators[indicator] : undefined
  if (!inReport && !found) throw figureUnknown(id, report.figures)
  return {
    id,
    systemId,
    indicator,
    name: inReport?.name ?? found!.name,
    ...(system ? { system } : {}),
    ...(found ? { formula: found.formula } : {}),
    ...(inReport ? { section: inReport.section } : {}),
  }
}

/** `2663`, `38.00%`; a dash where there is nothing to divide by. */
export function valueText(value: Figure): string {
  if (value === null) return '—'
  if (typeof value === 'number') return String(value)
  const digits = percent(value)
  return digits === null ? '—' : `${digits}%`
}

function figurePage(
  found: FigureFound,
  pages: { first: string; next: string | undefined; isLater: boolean },
  services: Services,
  view: View,
): Markup {
  const { say } = view
  const { system, indicator, value, sides, countings, query, chosen, records, period, year, section } = found
  const selected = countings[chosen]
  return page(view, {
    title: found.name,
    above: [
      { href: '/report', name: words.report },
      { href: `/report/${year}`, name: words.reportOf(year) },
    ],
    section: 'report',
    main: html`<p class="figure-value">${valueText(value)}</p>
      ${sides.length === 2 ? html`<p class="quotient">${sides.map((side, index) => html`${index === 0 ? '' : ' ÷ '}<span>${say(side.words)} <b>${valueText(side.value)}</b></span>`)}</p>` : ''}
      ${value !== null && typeof value !== 'number' && value.den === 0 ? html`<p class="note">${say(words.noDenominator)}</p>` : ''}
      ${facts([
        [say(words.period), html`${shownTime(period.from)} – ${shownTime(period.until)}`],
        [say(words.system), html`<a href="/procedures/${system.id}">${say(system.definitions.at(-1)!.name)}</a>`],
        section === undefined
          ? undefined
          : [say(words.statedIn), html`<a href="/report/${year}#section-${section}">${say(words.reportOf(year))} ${section}</a>`],
        [say(words.definition), say(formulaWords(system.indicators, indicator, system.definitions))],
        [say(words.figureId), html`<code>${found.id}</code>`],
      ])}
      <section aria-labelledby="records">
        <h2 id="records">${say(words.records)}</h2>
        ${
          countings.length < 2
            ? ''
            : html`<nav aria-label="${say(words.parts)}">
                <ul class="parts">
                  ${countings.map(
                    (one, index) =>
                      html`<li>
                        <a href="${one.href}" ${index === chosen ? html` aria-current="true"` : ''}
                          >${say(one.words)} <b>${one.count}</b></a
                        >
                      </li> `,
                  )}
                </ul>
              </nav>`
        }
        ${
          selected === undefined
            ? empty(say(words.noRecords))
            : 'entries' in selected.counted
              ? html`<p>
                  <a href="/registers/${selected.counted.entries}?on=${period.until}">${say(words.entriesCounted(selected.count))}</a>
                </p>`
              : html`<p class="quiet">${say(words.countedNote(selected.count))}</p>
                  ${records.length === 0 ? empty(say(words.noRecords)) : caseTable(records, services.catalogue, view)}
                  ${pager(pages.first, pages.next, pages.isLater, view)}`
        }
      </section>
      <section aria-labelledby="how">
        <h2 id="how">${say(words.howComputed)}</h2>
        <details>
          <summary>${say(words.formula)}</summary>
          <pre tabindex="0">${JSON.stringify(found.formula, null, 2)}</pre>
        </details>
        <details>
          <summary>${say(words.query)}</summary>
          <p class="quiet">${say(words.queryNote)}</p>
          <pre tabindex="0">${query.text}</pre>
          <pre tabindex="0">${query.values.map((one, index) => `$${index + 1} = ${JSON.stringify(one)}`).join('\n')}</pre>
        </details>
      </section>`,
  })
}

function notBuiltPage({ id, name, systemId, section }: FigureNamed, year: number, view: View): Markup {
  return page(view, {
    title: name,
    above: [
      { href: '/report', name: words.report },
      { href: `/report/${year}`, name: words.reportOf(year) },
    ],
    section: 'report',
    main: html`${empty(view.say(words.notBuilt(systemId)))}
    ${facts([[view.say(words.figureId), html`<code>${id}</code>`], section === undefined ? undefined : [view.say(words.statedIn), html`<a href="/report/${year}#section-${section}">${section}</a>`]])}`,
  })
}

/** What of a figure is plain values: a system holds functions. */
function withoutFunctions({ system, ...rest }: FigureFound): Record<string, unknown> {
  return { ...rest, system: system.id }
}

function figureUnknown(id: string, figures: readonly ReportFigure[]): Refusal {
  const some = figures.slice(0, 3).map((figure) => figure.id)
  return new Refusal({
    code: 'figure.unknown',
    message: [`没有指标“${id}”。`, `There is no figure “${id}”.`],
    basis: ['指标以报告中的编号，或“系统.指标”命名。', 'A figure has its id in the report, or is named system.indicator.'],
    remedy: [
      `请从报告页面进入${some.length ? `；例如 ${some.join('、')}` : ''}。`,
      `Start from the report${some.length ? `; for example ${some.join(', ')}` : ''}.`,
    ],
  })
}
