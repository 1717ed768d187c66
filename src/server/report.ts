import { answer } from './view.ts'
import { arrivalCharts } from './bar-chart.ts'
import { arrivalsIn, yearsOpened } from '#store/arrivals.ts'
import { attachment } from './attachment.ts'
import { documentDocx } from '#documents/docx.ts'
import { empty, facts, page, scrolling } from './page.ts'
import { html, trusted } from './markup.ts'
import { liveReports } from './live-report.ts'
import { printer } from './printer.ts'
import { readQuery, year as yearOfQuery } from './query.ts'
import { reportDocument } from '#documents/report-document.ts'
import { reportHtml } from '#documents/report-html.ts'
import { shownTime } from './shown-value.ts'
import { readerOf, refuseUnlessOverlooking } from './reader.ts'
import { words } from './words.ts'
import { writeReport } from '#readings/annual-report.ts'
import type { AnnualReport, FigureValue, ReportSection } from '#readings/annual-report.ts'
import type { Arrivals } from '#store/arrivals.ts'
import type { FastifyInstance } from 'fastify'
import type { Markup } from './markup.ts'
import type { Services } from './services.ts'
import type { View } from './view.ts'

/** `/report`, `/report/:year` and the year as a file. */
export function reportRoutes(app: FastifyInstance, services: Services): void {
  const { store } = services
  const yearOf = liveReports(services)

  app.get('/report', async (request, reply) => {
    refuseUnlessOverlooking(request)
    const { view } = request
    const years = await yearsOpened(store)
    return answer(request, reply, {
      json: { years },
      page: () =>
        page(view, {
          title: words.report,
          section: 'report',
          main: html`<p class="lead">${view.say(words.reportIs)}</p>
            ${
              years.length === 0
                ? empty(view.say(words.noCasesYet))
                : html`<ul class="row">
                    ${years.map(({ year, count }) => html`<li><a class="button" href="/report/${year}">${view.say(words.reportOf(year))}</a> <span class="quiet">${view.say(words.casesCount(count))}</span></li> `)}
                  </ul>`
            }`,
        }),
    })
  })

  app.get<{ Params: { name: string } }>('/report/:name', async (request, reply) => {
    refuseUnlessOverlooking(request)
    const { view } = request
    const [, name, form] = /^([^.]*)(?:\.(docx|pdf|html))?$/.exec(request.params.name) ?? []
    const { year } = readQuery({ year: yearOfQuery }, { year: name ?? 'none' })
    const written = await yearOf(year)
    const report = writeReport(await written.parts)
    const file = (extension: string) => attachment(`report-${year}.${extension}`, `${view.say(report.title)}.${extension}`)
    if (form === 'docx') {
      const bytes = await documentDocx(reportDocument(report, view.language))
      return reply
        .header('content-disposition', file('docx'))
        .type('application/vnd.openxmlformats-officedocument.wordprocessingml.document')
        .send(Buffer.from(bytes))
    }
    if (form === 'pdf') {
      const { pdf } = printer().print(reportDocument(report, view.language))
      return reply.header('content-disposition', file('pdf')).type('application/pdf').send(Buffer.from(pdf))
    }
    if (form === 'html') {
      const sources = await written.sources(readerOf(request, services))
      return reply
        .header('content-disposition', file('html'))
        .type('text/html; charset=utf-8')
        .send(reportHtml(report, { language: view.language, sources }))
    }
    const arrivals = await arrivalsIn(store, year)
    return answer(request, reply, { json: report, page: () => reportPage(report, arrivals, services, view) })
  })
}

/** The year whose figures are shown where the address names none: the latest with cases. */
export async function latestYear({ store, now }: Services): Promise<number> {
  return (await yearsOpened(store))[0]?.year ?? Number(now().slice(0, 4))
}

function reportPage(report: AnnualReport, arrivals: readonly Arrivals[], { catalogue }: Services, view: View): Markup {
  const { say } = view
  const { year, period, at, sections, figures, findings, checkpoint } = report
  const computed = figures.filter(({ status }) => status !== 'not-built').length
  const top = sections.filter(({ number }) => number !== '0' && !number.includes('.'))
  return page(view, {
    title: report.title,
    above: [{ href: '/report', name: words.report }],
    section: 'report',
    main: html`<p class="downloads">
        ${['pdf', 'docx', 'html', 'json'].map((form) => html`<a class="button" href="/report/${year}.${form}">${form.toUpperCase()}</a> `)}
      </p>
      ${facts([
        [say(words.period), html`${shownTime(period.from)} – ${shownTime(period.until)}`],
        [say(words.computedAt), shownTime(at)],
        [say(words.figures), say(words.figuresComputed(computed, figures.length))],
        [
          say(words.findings),
          findings.length === 0
            ? say(words.noFindings)
            : html`<ul>
                ${findings.map(({ words: told, statement, finding }) => html`<li class="late-text">${told ? say(told) : `${statement}: ${finding}`}</li>`)}
              </ul>`,
        ],
        [
          say(words.checkpoint),
          checkpoint === null
            ? say(words.neverSealed)
            : html`<details>
                <summary>${say(words.showCheckpoint)}</summary>
                <pre tabindex="0">${checkpoint.trim()}</pre>
              </details>`,
        ],
      ])}
      <nav class="contents" aria-label="${say(words.contents)}">
        <ul>
          ${top.map((section) => html`<li><a href="#section-${section.number}">${headingWords(section, view)}</a></li> `)}
          <li><a href="#arrivals">${say(words.arrivalsIn(year))}</a></li>
          <li><a href="#figures">${say(words.allFigures)}</a></li>
        </ul>
      </nav>
      <article class="report">${sections.map((section) => sectionPart(section, year, view))}</article>
      <section aria-labelledby="arrivals">
        <h2 id="arrivals">${say(words.arrivalsIn(year))}</h2>
        ${arrivals.length === 0 ? empty(say(words.noCasesIn(year))) : arrivalCharts(arrivals, catalogue, year, view)}
      </section>
      <section aria-labelledby="figures">
        <h2 id="figures">${say(words.allFigures)}</h2>
        ${figureTable(figures, year, view)}
      </section>`,
  })
}

function sectionPart(section: ReportSection, year: number, view: View): Markup {
  const { number, paragraphs } = section
  // Below the page's own heading; how deep a chapter lies decides, not the rank that its number has on paper.
  const level = Math.min(number.split('.').length + 1, 5)
  const heading = number === '0' ? '' : html`${trusted(`<h${level}>`)}${headingWords(section, view)}${trusted(`</h${level}>`)}`
  return html`<section id="section-${number}">
    ${heading}
    ${paragraphs.map(
      (paragraph) =>
        html`<p${paragraph.toBeWritten ? html` class="quiet"` : ''}>${paragraph[view.language].map((run) => (typeof run === 'string' ? run : html`<a class="figure" href="/figures/${run.figure}?year=${year}">${run.text}</a>`))}</p>`,
    )}
  </section> `
}

function headingWords({ label, heading }: ReportSection, { say, language }: View): string {
  return language === 'zh' ? `${say(label)}${say(heading)}` : `${say(label)} ${say(heading)}`.trim()
}

function figureTable(figures: readonly FigureValue[], year: number, { say }: View): Markup {
  const caption = say(words.allFigures)
  return scrolling(
    caption,
    html`<table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          <th scope="col">${say(words.chapter)}</th>
          <th scope="col">${say(words.figure)}</th>
          <th scope="col" class="number">${say(words.value)}</th>
        </tr>
      </thead>
      <tbody>
        ${figures.map(
          ({ figure, status, text }) =>
            html`<tr${status === 'not-built' ? html` class="quiet"` : ''}>
              <td><a href="#section-${figure.section}">${figure.section}</a></td>
              <th scope="row"><a href="/figures/${figure.id}?year=${year}">${say(figure.name)}</a></th>
              <td class="number">${status === 'not-built' ? say(words.notBuiltShort) : say(text)}${status === 'computed' && figure.unit ? html` <span class="quiet">${say(figure.unit)}</span>` : ''}</td>
            </tr> `,
        )}
      </tbody>
    </table>`,
  )
}
