import { answer } from '../view.ts'
import { editionNumbered, latestEditions, listEditions } from '#store/report-editions.ts'
import { empty, facts, page, scrolling } from '../page.ts'
import { html, trusted } from '../markup.ts'
import { readQuery, year as yearOfQuery } from '../query.ts'
import { Refusal } from '#engine/refusal.ts'
import { sendReport } from '../api/report-editions.ts'
import { shownTime } from '../shown-value.ts'
import { words } from '../words.ts'
import type { AnnualReport, FigureValue, ReportSection } from '#readings/annual-report.ts'
import type { EditionPublished } from '#store/report-editions.ts'
import type { FastifyInstance } from 'fastify'
import type { Markup } from '../markup.ts'
import type { Services } from '../services.ts'
import type { View } from '../view.ts'

/** How many years stand side by side. */
const YEARS_BESIDE = 5
/** Of a bar, in pixels. */
const LONGEST_BAR = 160

/** `/portal/reports` and `/portal/reports/:year[.pdf|.docx|.html|.txt]`: the yearly reports as published, frozen; no draft, no live figure, no case. */
export function publishedReportRoutes(app: FastifyInstance, { store }: Services): void {
  app.get('/portal/reports', { config: { open: true } }, async (request, reply) => {
    const { view } = request
    const editions = await latestEditions(store)
    return answer(request, reply, {
      json: { reports: editions.map(({ year, number, sha256, at }) => ({ year, number, sha256, at, href: `/portal/reports/${year}` })) },
      page: () =>
        page(view, {
          title: words.annualReports,
          section: 'report',
          main:
            editions.length === 0
              ? empty(view.say(words.reportsToCome))
              : html`<ul class="found">
                  ${editions.map(({ year, number, at }) => html`<li><a href="/portal/reports/${year}">${view.say(words.reportOf(year))}</a> <span class="quiet small">${view.say(words.editionNumber(number))} · ${shownTime(at)}</span></li> `)}
                </ul>`,
        }),
    })
  })

  app.get<{ Params: { name: string } }>('/portal/reports/:name', { config: { open: true } }, async (request, reply) => {
    const { view } = request
    const [, name, form] = /^(\d{4})(?:\.(pdf|docx|html|txt))?$/.exec(request.params.name) ?? []
    const { year } = readQuery({ year: yearOfQuery }, { year: name ?? 'none' })
    const [latest] = await listEditions(store, year)
    if (latest === undefined) throw notPublished(year)
    const edition = await editionNumbered(store, year, latest.number)
    // The text exactly as it was hashed: whoever has it can have it looked up.
    if (form === 'txt') return reply.type('text/plain; charset=utf-8').send(edition.report)
    const report = JSON.parse(edition.report) as AnnualReport
    if (form !== undefined) return sendReport(reply, report, form, view)
    // Who froze it is the office's own matter.
    const { version, sha256, checkpoint, at } = edition
    const open = { number: latest.number, version, sha256, checkpoint, at }
    const beside = await latestEditions(store)
    return answer(request, reply, { json: { ...open, report }, page: () => reportPage(report, open, beside, view) })
  })
}

function reportPage(
  report: AnnualReport,
  {
    number,
    sha256,
    checkpoint,
    at,
  }: { readonly number: number; readonly sha256: string; readonly checkpoint: string; readonly at: string },
  editions: readonly EditionPublished[],
  view: View,
): Markup {
  const { say } = view
  const { year, period, sections, figures, findings } = report
  return page(view, {
    title: report.title,
    above: [{ href: '/portal/reports', name: words.annualReports }],
    section: 'report',
    main: html`<p class="downloads">
        ${['pdf', 'docx', 'html', 'json', 'txt'].map((form) => html`<a class="button" href="/portal/reports/${year}.${form}">${form.toUpperCase()}</a> `)}
      </p>
      ${facts([
        [say(words.published), html`${say(words.editionNumber(number))} · ${shownTime(at)}`],
        [say(words.period), html`${shownTime(period.from)} – ${shownTime(period.until)}`],
        [
          say(words.findings),
          findings.length === 0
            ? say(words.noFindings)
            : html`<ul>
                ${findings.map(({ words: told, statement, finding }) => html`<li>${told ? say(told) : `${statement}: ${finding}`}</li>`)}
              </ul>`,
        ],
        ['SHA-256', html`<code class="hash">${sha256}</code> <a href="/portal/verify?sha256=${sha256}">${say(words.verify)}</a>`],
        [
          say(words.checkpoint),
          html`<details>
            <summary>${say(words.showCheckpoint)}</summary>
            <pre tabindex="0" aria-label="${say(words.checkpoint)}">${checkpoint.trim()}</pre>
          </details>`,
        ],
      ])}
      <nav class="contents" aria-label="${say(words.contents)}">
        <ul>
          ${sections.filter(({ number: of }) => of !== '0' && !of.includes('.')).map((section) => html`<li><a href="#section-${section.number}">${headingOf(section, view)}</a></li> `)}
          <li><a href="#figures">${say(words.figuresByYear)}</a></li>
        </ul>
      </nav>
      <article class="report">${sections.map((section) => sectionPart(section, view))}</article>
      <section aria-labelledby="figures">
        <h2 id="figures">${say(words.figuresByYear)}</h2>
        <p>${say(words.figuresOpen)} <a href="/portal/data#figures">${say(words.openData)}</a></p>
        ${figureTable(figures, report, editions, view)}
      </section>`,
  })
}

function headingOf({ label, heading }: ReportSection, { say, language }: View): string {
  return language === 'zh' ? `${say(label)}${say(heading)}` : `${say(label)} ${say(heading)}`.trim()
}

function sectionPart(section: ReportSection, view: View): Markup {
  const { number, paragraphs } = section
  const level = Math.min(number.split('.').length + 1, 5)
  return html`<section id="section-${number}">
    ${number === '0' ? '' : html`${trusted(`<h${level}>`)}${headingOf(section, view)}${trusted(`</h${level}>`)}`}
    ${paragraphs.map((paragraph) => html`<p>${paragraph[view.language].map((run) => (typeof run === 'string' ? run : run.text)).join('')}</p> `)}
  </section> `
}

/** Figures of this report and of the years before as they were published; beside each count its bar, among the counts of its section. */
function figureTable(
  figures: readonly FigureValue[],
  { year }: AnnualReport,
  editions: readonly EditionPublished[],
  { say }: View,
): Markup {
  const others = editions
    .filter((edition) => edition.year !== year)
    .slice(0, YEARS_BESIDE - 1)
    .map((edition) => {
      const read = (JSON.parse(edition.report) as AnnualReport).figures
      return { year: edition.year, byId: new Map(read.map((value) => [value.figure.id, value])) }
    })
  const shown = figures.filter(({ status }) => status !== 'not-built')
  const most = new Map<string, number>()
  for (const { figure, value } of shown)
    if (typeof value === 'number') most.set(figure.section, Math.max(most.get(figure.section) ?? 0, value))
  const caption = say(words.figuresByYear)
  return scrolling(
    caption,
    html`<table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          <th scope="col">${say(words.figure)}</th>
          <th scope="col" class="number">${year}</th>
          ${others.map((other) => html`<th scope="col" class="number">${other.year}</th>`)}
          <td></td>
        </tr>
      </thead>
      <tbody>
        ${shown.map(
          ({ figure, value, text }) =>
            html`<tr>
              <th scope="row">${say(figure.name)}</th>
              <td class="number">${say(text)}</td>
              ${others.map(({ byId }) => html`<td class="number">${byId.has(figure.id) ? say(byId.get(figure.id)!.text) : '—'}</td>`)}
              <td>${typeof value === 'number' && value > 0 ? bar(value / most.get(figure.section)!) : ''}</td>
            </tr> `,
        )}
      </tbody>
    </table>`,
  )
}

/** @param share of the longest, above 0 up to 1; the number itself stands beside it */
function bar(share: number): Markup {
  return html`<svg class="bars" width="${LONGEST_BAR}" height="12" aria-hidden="true">
    <rect width="${Math.max(1, Math.round(share * LONGEST_BAR))}" height="12" />
  </svg>`
}

function notPublished(year: number): Refusal {
  return new Refusal({
    code: 'report.unknown',
    message: [`${year} 年度报告尚未公布。`, `The report of ${year} has not been published yet.`],
    basis: ['年度报告定稿后才公布。', 'A report is public once it is frozen.'],
    remedy: ['请在年度报告栏目查看已公布的年份。', 'See which years are published.'],
  })
}
