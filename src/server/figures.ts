import { address, answer } from './view.ts'
import { afterCase, readQuery, word, year as yearOfQuery } from './query.ts'
import { casesBehind, computeFigures, computeSeries, figuresQuery } from '#store/count-steps.ts'
import { caseTable, pageOf, pager } from './cases.ts'
import { countingsOf, isSeries, wholeOf } from '#readings/figures.ts'
import { countingWords, formulaWords, termWords } from '#readings/formula-words.ts'
import { empty, facts, page } from './page.ts'
import { html } from './markup.ts'
import { latestYear } from './report.ts'
import { Refusal } from '#engine/refusal.ts'
import { seriesFound, seriesTable, valueText } from './series-table.ts'
import { shownTime } from './shown-value.ts'
import { readerOf, refuseUnlessOverlooking } from './reader.ts'
import { words } from './words.ts'
import { z } from 'zod'
import type { CaseLine } from '#store/count-steps.ts'
import type { Counted, Figure } from '#readings/figures.ts'
import type { FastifyInstance } from 'fastify'
import type { Formula } from '#engine/indicator.ts'
import type { Markup } from './markup.ts'
import type { ReportFigure } from '#readings/annual-report.ts'
import type { SeriesFound, SeriesRow } from './series-table.ts'
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
      {
        year: yearOfQuery.optional(),
        of: z.coerce.number().int().min(0).max(99).optional(),
        group: word.optional(),
        after: afterCase.optional(),
      },
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
    const query = figuresQuery(store.region, system.id, countings, period)

    const chosen = Math.min(asked.of ?? 0, Math.max(0, countings.length - 1))
    const counted = countings[chosen]
    const self = ({ of = chosen, group = asked.group, after }: { of?: number; group?: string; after?: string }) =>
      address(`/figures/${named.id}`, { year, of, group, after })

    const byGroup = isSeries(system.indicators, indicator)
    const series = byGroup
      ? await seriesFound(
          services,
          system,
          countings,
          await computeSeries(store, system, [indicator, ...sides, ...countings], period),
          period,
          (group) => self({ group }),
        )
      : undefined
    const group = series?.rows.find((row) => row.group === asked.group)
    if (asked.group !== undefined && !group) throw groupUnknown(named, asked.group, series)
    // By groups, what stands beside a counting is its whole, or its part in the group that is looked at.
    const asOne = byGroup ? countings.map(wholeOf) : countings
    const figures = await computeFigures(store, system, byGroup ? asOne : [indicator, ...sides, ...asOne], period)
    const counts = group?.counts ?? figures.slice(figures.length - countings.length)

    const isOfCases = counted && !('entries' in counted) && !('values' in counted)
    const lines = isOfCases
      ? await casesBehind(store, system, counted, period, {
          limit: PAGE + 1,
          reader: readerOf(request, services),
          ...(asked.after ? { after: asked.after } : {}),
          ...(group ? { group: group.group } : {}),
        })
      : []
    const { shown, next } = pageOf(lines, PAGE)
    const more = next === undefined ? undefined : self({ after: next })
    const found: FigureFound = {
      ...named,
      system,
      formula,
      year,
      period,
      value: byGroup ? null : figures[0]!,
      ...(series ? { series } : {}),
      ...(group ? { group } : {}),
      sides: sides.map((term, index) => ({
        words: termWords(system.indicators, term, system.definitions),
        value: byGroup ? null : figures[1 + index]!,
      })),
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
        status: byGroup ? 'by-group' : found.value === null ? 'no-denominator' : 'computed',
        text: valueText(found.value),
        definition: formulaWords(system.indicators, indicator, system.definitions),
        next: more ?? null,
      },
      page: () =>
        figurePage(
          found,
          { first: self({}), all: address(`/figures/${named.id}`, { year, of: chosen }), next: more, isLater: asked.after !== undefined },
          services,
          view,
        ),
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
  /** `null` also where the figure is a series. */
  readonly value: Figure
  readonly series?: SeriesFound
  /** The group whose cases are listed. */
  readonly group?: SeriesRow
  readonly sides: readonly { readonly words: Words; readonly value: Figure }[]
  readonly countings: readonly { readonly counted: Counted; readonly count: Figure; readonly words: Words; readonly href: string }[]
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

function figurePage(
  found: FigureFound,
  pages: { first: string; all: string; next: string | undefined; isLater: boolean },
  services: Services,
  view: View,
): Markup {
  const { say } = view
  const { system, indicator, value, series, group, sides, countings, query, chosen, records, period, year, section } = found
  const selected = countings[chosen]
  return page(view, {
    title: found.name,
    above: [
      { href: '/report', name: words.report },
      { href: `/report/${year}`, name: words.reportOf(year) },
    ],
    section: 'report',
    main: html`${series ? '' : html`<p class="figure-value">${valueText(value)}</p>`}
      ${sides.length === 2 && !series ? html`<p class="quotient">${sides.map((side, index) => html`${index === 0 ? '' : ' ÷ '}<span>${say(side.words)} <b>${valueText(side.value)}</b></span>`)}</p>` : ''}
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
      ${series ? seriesPart(found, series, view) : ''}
      <section aria-labelledby="records">
        <h2 id="records">${say(group ? words.recordsOf(group.name) : words.records)}</h2>
        ${group ? html`<p><a href="${pages.all}#records">${say(words.allGroups)}</a></p>` : ''}
        ${
          countings.length < 2
            ? ''
            : html`<nav aria-label="${say(words.parts)}">
                <ul class="parts">
                  ${countings.map(
                    (one, index) =>
                      html`<li>
                        <a href="${one.href}" ${index === chosen ? html` aria-current="true"` : ''}
                          >${say(one.words)} <b>${valueText(one.count)}</b></a
                        >
                      </li> `,
                  )}
                </ul>
              </nav>`
        }
        ${
          selected === undefined
            ? empty(say(words.noRecords))
            : 'entries' in selected.counted || 'values' in selected.counted
              ? registerPart(selected.counted, found, selected.count, view)
              : html`<p class="quiet">${say(words.countedNote(selected.count as number))}</p>
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

function seriesPart({ name, sides, group }: FigureFound, series: SeriesFound, view: View): Markup {
  const { header, rows } = series
  return html`<section aria-labelledby="groups">
    <h2 id="groups">${view.say(header)}</h2>
    ${
      rows.length === 0
        ? empty(view.say(words.noGroups))
        : html`<p class="quiet">${view.say(words.byGroup(header, rows.length))}</p>
            ${seriesTable(
              name,
              sides.map((side) => side.words),
              series,
              group?.group,
              view,
            )}`
    }
  </section>`
}

/** Where entries of a register were counted or read: the register as it stood at the end of the period, or the entry of the group. */
function registerPart(
  counted: Extract<Counted, { entries: string } | { values: string }>,
  { period, group }: FigureFound,
  count: Figure,
  view: View,
): Markup {
  if ('entries' in counted || !group)
    return html`<p>
      <a href="/registers/${'entries' in counted ? counted.entries : counted.values}?on=${period.until}"
        >${view.say(words.entriesCounted(count as number))}</a
      >
    </p>`
  return count === null
    ? empty(view.say(words.notKnown))
    : html`<p>
        <a href="/registers/${counted.values}/${encodeURIComponent(group.group)}">${view.say(group.name)} ${valueText(count)}</a>
      </p>`
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

function groupUnknown({ id }: FigureNamed, group: string, series: SeriesFound | undefined): Refusal {
  const some = (series?.rows ?? []).slice(0, 3).map((row) => row.group)
  return new Refusal({
    code: 'figure.group-unknown',
    message: [`指标“${id}”在本期没有“${group}”这一组。`, `The figure “${id}” has no group “${group}” in the period.`],
    basis: ['分列的指标按其记录中出现的各组计算。', 'A figure by groups has those that its records name.'],
    remedy: [
      `请从指标页面选择${some.length ? `；例如 ${some.join('、')}` : '；该指标不分组'}。`,
      `Choose one on the page of the figure${some.length ? `; for example ${some.join(', ')}` : '; this one has none'}.`,
    ],
  })
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
