import { html, raw } from 'hono/html'
import { dateIn, instantOf, instantText } from '#engine/day.ts'
import { monthsChart } from './months-chart.ts'
import { officialDate, officialTime } from './chinese-date.ts'
import { provenanceLines } from './report-document.ts'
import { reportCss } from './report-css.ts'
import { say } from '#engine/words.ts'
import type { AnnualReport, FigureValue, ReportParagraph, ReportSection } from '#readings/annual-report.ts'
import type { CountingSource, FigureSource, RecordLine } from '#readings/figure-source.ts'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { Language, Words } from '#engine/words.ts'

export interface ReportHtmlOptions {
  readonly language?: Language
  /** What the figures rest on; a computed figure without a source says that none was asked for. */
  readonly sources?: readonly FigureSource[]
  /** Where a case is shown; without it case numbers are plain text. */
  readonly caseHref?: (record: RecordLine) => string
  /** How to list all records of a figure where its source has no `href`, such as a command. */
  readonly listAll?: (figure: string) => Words
  /** The same report in the other language. */
  readonly otherLanguage?: string
}

type Html = HtmlEscapedString | Promise<HtmlEscapedString>

/**
 * The report as one file that stands alone: no script, nothing loaded. Every figure in its text links to its entry in the last part, which opens
 * onto its definition, its query and its records.
 */
export function reportHtml(report: AnnualReport, options: ReportHtmlOptions = {}): string {
  return String(
    html`<!doctype html>
      <html lang="${options.language === 'en' ? 'en' : 'zh-CN'}">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>${say(report.title, options.language ?? 'zh')}</title>
          <style>
            ${raw(reportCss)}
          </style>
        </head>
        <body>
          ${reportParts(report, options)}
        </body>
      </html> `,
  )
}

/** The report's parts, to be put into a page that contains {@link reportCss}. */
export function reportParts(report: AnnualReport, options: ReportHtmlOptions = {}): Html {
  const language = options.language ?? 'zh'
  const in_ = (words: Words): string => say(words, language)
  const statusOf = new Map(report.figures.map(({ figure, status }) => [figure.id, status]))
  return html`<div class="annual-report" lang="${language === 'zh' ? 'zh-CN' : 'en'}">
    ${header(report, in_, options)} ${contents(report, in_)}
    <main>
      ${report.sections.map((section) => sectionHtml(section, statusOf, language))} ${signature(report, language)}
      ${figuresPart(report, in_, options)}
    </main>
  </div>`
}

/** Id of the entry that a figure's links lead to. */
export function figureAnchor(figure: string): string {
  return `figure-${figure}`
}

type In = (words: Words) => string

function header(report: AnnualReport, in_: In, { language = 'zh', otherLanguage }: ReportHtmlOptions): Html {
  const { title, issuer, period, at, place, region, year } = report
  const row = (label: Words, value: Html | string): Html =>
    html`<div>
      <dt>${in_(label)}</dt>
      <dd>${value}</dd>
    </div>`
  const day = (text: string): string => (language === 'zh' ? officialDate(text) : text)
  return html`<header>
    <p class="issuer">${in_(issuer)}</p>
    <h1>${in_(title)}</h1>
    <dl>
      ${row(['地区', 'Place'], in_([`${place[0]}（${region}）`, `${place[1]} (${region})`]))} ${row(['年度', 'Year'], String(year))}
      ${row(['统计期间', 'Period'], in_([`${day(period.from)}至${day(period.until)}`, `${period.from} to ${period.until}`]))}
      ${row(['计算时间', 'Computed'], html`<time datetime="${at}">${language === 'zh' ? officialTime(at) : at}</time>`)}
      ${row(['数据校核', 'Identities'], identities(report, in_))}
      ${row(['存证账本检查点', 'Ledger checkpoint'], report.checkpoint === null ? in_(['尚无', 'none yet']) : html`<pre>${report.checkpoint.trim()}</pre>`)}
    </dl>
    ${otherLanguage === undefined ? '' : html`<p class="language"><a href="${otherLanguage}" lang="${language === 'zh' ? 'en' : 'zh-CN'}">${in_(['English version', '中文版'])}</a></p>`}
  </header>`
}

function identities({ findings }: AnnualReport, in_: In): Html | string {
  if (findings.length === 0) return in_(['各数据之间未发现矛盾', 'no contradiction between figures was found'])
  return html`<ul class="findings">
    ${findings.map(({ words, statement, finding }) => html`<li>${in_(words ?? [`${statement}：${finding}`, `${statement}: ${finding}`])}</li>`)}
  </ul>`
}

function contents({ sections }: AnnualReport, in_: In): Html {
  const [outline, shown] = [[] as { section: ReportSection; parts: ReportSection[] }[], sections.filter(({ number }) => number !== '0')]
  for (const section of shown) {
    if (section.level === 1) outline.push({ section, parts: [] })
    else if (section.number.split('.').length === 2) outline.at(-1)?.parts.push(section)
  }
  const entry = ({ number, level, label, heading }: ReportSection): Html =>
    html`<a class="of-rank-${level}" href="#section-${number}"><span>${in_(label)}</span>${in_(heading)}</a>`
  return html`<nav aria-label="${in_(['目录', 'Contents'])}">
    <p>${in_(['目录', 'Contents'])}</p>
    <ol>
      ${outline.map(
        ({ section, parts }) =>
          html`<li>
            ${entry(section)}${
              parts.length === 0
                ? ''
                : html`<ol>
                    ${parts.map((part) => html`<li>${entry(part)}</li>`)}
                  </ol>`
            }
          </li> `,
      )}
      <li><a href="#figures">${in_(FIGURES)}</a></li>
    </ol>
  </nav>`
}

type StatusOf = ReadonlyMap<string, FigureValue['status']>

function sectionHtml({ number, level, label, heading, paragraphs }: ReportSection, statusOf: StatusOf, language: Language): Html {
  const texts = paragraphs.map((paragraph) => paragraphHtml(paragraph, statusOf, language))
  if (number === '0') return html`<section id="section-0">${texts}</section> `
  // The element follows how deep the section lies, its look the rank that the numbering gives it.
  const tag = `h${number.split('.').length + 1}`
  return html`<section id="section-${number}">
    ${raw(`<${tag} class="rank-${level}">`)}<span>${say(label, language)}</span>${say(heading, language)}${raw(`</${tag}>`)} ${texts}
  </section> `
}

function paragraphHtml(paragraph: ReportParagraph, statusOf: StatusOf, language: Language): Html {
  const runs = paragraph[language].map((run) =>
    typeof run === 'string'
      ? run
      : html`<a class="figure ${statusOf.get(run.figure) ?? ''}" href="#${figureAnchor(run.figure)}">${run.text}</a>`,
  )
  return html`<p${paragraph.toBeWritten ? raw(' class="to-be-written"') : ''}>${runs}</p>`
}

function signature({ issuer, at }: AnnualReport, language: Language): Html {
  return html`<footer class="signature">
    <p>${say(issuer, language)}</p>
    <p>${language === 'zh' ? officialDate(at) : dateIn(instantText(instantOf(at)))}</p>
  </footer>`
}

const FIGURES: Words = ['附：数据及其来源', 'Annex: figures and their sources']

function figuresPart(report: AnnualReport, in_: In, options: ReportHtmlOptions): Html {
  const sources = new Map((options.sources ?? []).map((source) => [source.id, source]))
  const bySection = Map.groupBy(report.figures, ({ figure }) => figure.section)
  const groups = report.sections.flatMap((section) => {
    const figures = bySection.get(section.number)
    return figures ? [{ section, figures }] : []
  })
  return html`<section id="figures">
    <h2 class="rank-1">${in_(FIGURES)}</h2>
    ${provenanceLines({ ...report, checkpoint: null, findings: [] }, options.language ?? 'zh').map((line) => html`<p>${line}</p>`)}
    <p>
      ${in_([
        '展开任一数据，可见其定义、查询语句和所依据的记录。被更正取代的步骤不计入。记录只列案号、立案日期和状态，不含个人信息。',
        'Open a figure to see its definition, its query and the records that it rests on. Steps that a correction has superseded are not counted. Records show case number, day of opening and state, nothing personal.',
      ])}
    </p>
    ${groups.map(
      ({ section, figures }) =>
        html`<section class="group" aria-labelledby="figures-${section.number}">
          <h3 id="figures-${section.number}"><span>${section.number}</span>${in_(section.heading)}</h3>
          ${figures.map((value) => figureEntry(value, sources.get(value.figure.id), in_, options))}
        </section> `,
    )}
  </section>`
}

function figureEntry(value: FigureValue, source: FigureSource | undefined, in_: In, options: ReportHtmlOptions): Html {
  const { figure, status, text } = value
  const shown = in_(text).replace(/^[（(](.*)[）)]$/, '$1')
  const unit = status === 'computed' && figure.unit ? html`<small>${in_(figure.unit)}</small>` : ''
  const head = html`<span class="name">${in_(figure.name)}</span> <b class="value ${status}">${shown}${unit}</b>`
  const id = figureAnchor(figure.id)
  if (status === 'not-built' || source === undefined) {
    const why: Words =
      status === 'not-built'
        ? [
            `系统“${figure.system}”尚未建成，没有可计算的记录。`,
            `The system “${figure.system}” is not built yet: there are no records to count.`,
          ]
        : ['本次未附来源。', 'No source was asked for.']
    return html`<div class="entry plain" id="${id}">
      <p class="head">${head}</p>
      <p class="why"><code>${figure.id}</code> ${in_(why)}</p>
    </div> `
  }
  return html`<details class="entry" id="${id}">
    <summary class="head">${head}</summary>
    <dl>
      <dt>${in_(['数据编号', 'Figure'])}</dt>
      <dd><code>${figure.id}</code>${in_(['，指标 ', ', indicator '])}<code>${figure.system}:${figure.indicator}</code></dd>
      <dt>${in_(['定义', 'Definition'])}</dt>
      <dd>${in_(source.definition)}</dd>
      ${
        source.months && source.months.length > 1
          ? html`<dt>${in_(['逐月', 'By month'])}</dt>
              <dd>${monthsChart(source.months, in_([`${figure.name[0]}逐月`, `${figure.name[1]} by month`]))}</dd>`
          : ''
      }
      <dt>${in_(['查询', 'Query'])}</dt>
      <dd><pre tabindex="0">${source.query}</pre></dd>
      <dt>${in_(['记录', 'Records'])}</dt>
      <dd>
        ${source.countings.map((counting) => recordsHtml(counting, source.countings.length > 1, in_, options))}
        <p class="all">
          ${source.href === undefined ? in_(options.listAll?.(figure.id) ?? LIST_ALL) : html`<a href="${source.href}">${in_(['查看全部记录', 'All records'])}</a>`}
        </p>
      </dd>
    </dl>
  </details> `
}

const LIST_ALL: Words = [
  '全部记录可在数据库中按上列查询的条件列出。',
  'All records can be listed in the database by the conditions of the query above.',
]

function recordsHtml(
  { definition, total, records }: CountingSource,
  isPart: boolean,
  in_: In,
  { language = 'zh', caseHref }: ReportHtmlOptions,
): Html {
  const shown: Words =
    records.length === 0
      ? [`计数 ${total}。`, `Count: ${total}.`]
      : records.length === total
        ? [`计数 ${total}，案件如下。`, `Count: ${total}. The cases:`]
        : [`计数 ${total}，以下为最近立案的 ${records.length} 件。`, `Count: ${total}. The ${records.length} most recently opened cases:`]
  const row = (record: RecordLine): Html => {
    const number = caseHref ? html`<a href="${caseHref(record)}">${record.number}</a>` : record.number
    const openedOn = language === 'zh' ? officialDate(record.openedOn) : record.openedOn
    return html`<tr>
      <th scope="row">${number}</th>
      <td><time datetime="${record.openedOn}">${openedOn}</time></td>
      <td>${in_(record.state)}</td>
    </tr> `
  }
  const table = html`<table>
    <thead>
      <tr>
        <th scope="col">${in_(['案号', 'Case number'])}</th>
        <th scope="col">${in_(['立案日期', 'Opened'])}</th>
        <th scope="col">${in_(['状态', 'State'])}</th>
      </tr>
    </thead>
    <tbody>
      ${records.map(row)}
    </tbody>
  </table>`
  return html`${isPart ? html`<p class="part">${in_(definition)}</p>` : ''}
    <p>${in_(shown)}</p>
    ${records.length === 0 ? '' : table} `
}
