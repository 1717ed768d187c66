import fs from 'node:fs'
import path from 'node:path'
import { catalogue } from '#procedures/catalogue.ts'
import { chapters } from '#report/chapters.ts'
import { checkpointTexts } from '#store/read-ledger.ts'
import { checkReport } from '#report-check/check-report.ts'
import { command, now, onStore, print, readJson, withStore } from './command.ts'
import { compareFigures, comparisonTable } from '#readings/compare-figures.ts'
import { describeFindings, summary } from '#report-check/finding.ts'
import { documentDocx } from '#documents/docx.ts'
import { figures } from '#report/figures.ts'
import { figureSources, reportValues } from '#store/report-source.ts'
import { dayOf } from '#engine/day.ts'
import { pdfPrinter } from '#documents/pdf.ts'
import { place } from '#district/place.ts'
import { readReport } from '#report-check/read-report.ts'
import { Refusal } from '#engine/refusal.ts'
import { reportDocument } from '#documents/report-document.ts'
import { reportHtml } from '#documents/report-html.ts'
import { say } from '#engine/words.ts'
import { writeReport } from '#readings/annual-report.ts'
import type { AnnualReport } from '#readings/annual-report.ts'
import type { Command } from 'commander'
import type { Common, StoreCommon } from './command.ts'
import type { Store } from '#store/store.ts'

interface Options extends StoreCommon {
  readonly format?: string
  readonly out?: string
  readonly compare?: string
  readonly asOf?: string
}

const FORMATS = ['json', 'html', 'docx', 'pdf'] as const
type Format = (typeof FORMATS)[number]
/** Newest records listed under a figure of the HTML file; the pages list all. */
const RECORDS = 20

/** `yifa report YEAR` and `yifa report check FILE` */
export function reportCommand(): Command {
  const report = onStore(command('report', 'the year’s report, written from the records'))
    .argument('<year>', 'the year')
    .option('--format <format>', 'json, html, docx or pdf; several with commas (default: by --out, else the figures as text)')
    .option('--out <file>', 'the file to write; its ending chooses the format')
    .option('--compare <file>', 'compare with expected figures and print a table')
    .option('--as-of <date>', 'last day counted (default: 31 December)')
    .action((text: string, options: Options) => {
      const year = yearOf(text)
      const formats = formatsOf(options)
      const expected = options.compare === undefined ? undefined : readJson(options.compare)
      return withStore(options, 'guest', async (store) => {
        const written = await annualReport(store, year, options.asOf)
        if (expected !== undefined) {
          const comparison = compareFigures(expected, written.figures)
          print(options, comparison, () => comparisonTable(comparison, options.lang))
          if (comparison.totals.differs > 0) process.exitCode = 1
          if (options.out === undefined) return
        }
        const files = await writeFormats(store, written, formats, options)
        if (expected !== undefined) return
        if (files.length > 0) print(options, { files }, () => files.join('\n'))
        else print(options, written, () => figureLines(written, options))
      })
    })
  report.addCommand(checkFileCommand())
  return report
}

/** Computes and writes the report of a year. */
export async function annualReport(store: Store, year: number, asOf?: string): Promise<AnnualReport> {
  const until = asOf ?? `${year}-12-31`
  dayOf(until)
  const period = { from: `${year}-01-01`, until }
  const { values, builtSystems, findings } = await reportValues(store, catalogue, figures, period)
  const checkpoint = (await checkpointTexts(store)).at(-1) ?? null
  return writeReport({
    chapters,
    figures,
    values,
    builtSystems,
    findings,
    year,
    period,
    region: store.region,
    place: place.name,
    issuer: place.issuer,
    at: now(),
    checkpoint,
  })
}

async function writeFormats(store: Store, report: AnnualReport, formats: readonly Format[], options: Options): Promise<string[]> {
  const files: string[] = []
  for (const format of formats) {
    const content = await contentOf(store, report, format, options)
    if (options.out === undefined) {
      process.stdout.write(content)
      continue
    }
    const file = formats.length === 1 ? options.out : `${options.out.replace(/\.(json|html|docx|pdf)$/, '')}.${format}`
    fs.mkdirSync(path.dirname(path.resolve(file)), { recursive: true })
    fs.writeFileSync(file, content)
    files.push(file)
  }
  return files
}

async function contentOf(store: Store, report: AnnualReport, format: Format, { lang }: Options): Promise<string | Uint8Array> {
  switch (format) {
    case 'json':
      return `${JSON.stringify(report, null, 2)}\n`
    case 'html':
      return reportHtml(report, { language: lang, sources: await figureSources(store, catalogue, figures, report.period, RECORDS) })
    case 'docx':
      return documentDocx(reportDocument(report, lang))
    case 'pdf':
      return pdfPrinter().print(reportDocument(report, lang)).pdf
  }
}

function figureLines({ title, figures: values }: AnnualReport, { lang }: Common): string {
  return [
    say(title, lang),
    ...values.map(({ figure, text }) => `${figure.section}  ${say(figure.name, lang)}: ${say(text, lang)}  [${figure.id}]`),
  ].join('\n')
}

function checkFileCommand(): Command {
  return command('check', 'test the arithmetic of a finished report: txt, md or docx, by anyone')
    .argument('<file>', 'the report')
    .option('--all', 'list what cannot be tested too')
    .action(async (file: string, options: Common & { readonly all?: boolean }) => {
      const findings = checkReport(await readReport(file))
      print(options, { summary: summary(findings), findings }, () =>
        describeFindings(findings, options.lang, { all: options.all === true }),
      )
      if (findings.some(({ verdict }) => verdict === 'contradictory')) process.exitCode = 1
    })
}

function yearOf(text: string): number {
  const year = Number(text)
  if (/^\d{4}$/.test(text) && year >= 2000 && year <= 2079) return year
  throw new Refusal({
    code: 'year.invalid',
    exit: 2,
    message: [`“${text}”不是年份。`, `“${text}” is not a year.`],
    basis: ['年份为四位数字。', 'A year has four digits.'],
    remedy: ['请写作如 2020。', 'Write it as 2020.'],
  })
}

function formatsOf({ format, out, json }: Options): Format[] {
  const asked = format?.split(',') ?? (out ? [path.extname(out).slice(1)] : json ? [] : [])
  const unknown = asked.find((one) => !(FORMATS as readonly string[]).includes(one))
  if (unknown === undefined) return asked as Format[]
  throw new Refusal({
    code: 'format.unknown',
    exit: 2,
    message: [`没有“${unknown}”这一格式。`, `There is no format “${unknown}”.`],
    basis: ['可用：json、html、docx、pdf', 'Known: json, html, docx, pdf'],
    remedy: ['请改正。', 'Correct it.'],
  })
}
