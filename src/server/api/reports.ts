import { annotateFigure, listEditions, readDraft, writeSection } from '#store/report-editions.ts'
import { checkNarrative } from '../check-narrative.ts'
import { editsReport } from '#identity/permission.ts'
import { formulaWords } from '#readings/formula-words.ts'
import { liveReports } from '../live-report.ts'
import { percent } from '#engine/ratio-text.ts'
import { placeholdersIn, REPORT_FACTS, TO_BE_WRITTEN, writeReport } from '#readings/annual-report.ts'
import { read } from './cases.ts'
import { readQuery, year as yearOfQuery } from '../query.ts'
import { Refusal } from '#engine/refusal.ts'
import { refuseUnlessOverlooking, viewerOf } from '../reader.ts'
import { yearsOpened } from '#store/arrivals.ts'
import { z } from 'zod'
import type { Actor } from '#engine/case.ts'
import type { AnnualReport, Chapter, FigureValue, ReportParts, ReportRun } from '#readings/annual-report.ts'
import type { Edition, ReportDraft } from '#store/report-editions.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { NarrativeFinding } from '../check-narrative.ts'
import type { Services } from '../services.ts'
import type { View } from '../view.ts'
import type { Words } from '#engine/words.ts'

/** A figure of the report with what it is and what it was. Nobody writes its value. */
export interface ReportFigureJson {
  readonly id: string
  readonly section: string
  readonly name: string
  readonly status: FigureValue['status']
  /** As printed, with its measure word. */
  readonly text: string
  readonly lastYear: string
  /** Against last year: `+12（+5.20%）`, in points for a percentage; `null` where there is nothing to compare. */
  readonly change: string | null
  /** What it counts; `null` while its system is not built. */
  readonly definition: string | null
  /** Its page, which opens onto the records. */
  readonly href: string
  readonly note: { readonly zh: string; readonly en: string; readonly by: string; readonly at: string } | null
}

export interface ReportSectionJson {
  readonly number: string
  readonly level: 1 | 2 | 3
  readonly label: string
  readonly heading: string
  /** As printed, in the reader's language; a run with `figure` is a live figure. */
  readonly paragraphs: readonly (readonly ReportRun[])[]
  readonly toBeWritten: boolean
  /** What is edited: sentences with `{figure-id}` in both languages. */
  readonly source: readonly { readonly zh: string; readonly en: string }[]
  /** In which version it was written last; 0: as the release has it. */
  readonly version: number
  readonly by: string | null
  readonly at: string | null
}

export interface ReportFindingJson extends Omit<NarrativeFinding, 'says'> {
  readonly says: string
}

export interface ReportCheckJson {
  readonly findings: readonly ReportFindingJson[]
}

export type EditionJson = Edition

export interface ReportJson {
  readonly year: number
  readonly title: string
  readonly version: number
  /** May the reader write it? */
  readonly editable: boolean
  readonly sections: readonly ReportSectionJson[]
  readonly figures: readonly ReportFigureJson[]
  readonly findings: readonly ReportFindingJson[]
  /** The newest first. */
  readonly editions: readonly EditionJson[]
}

/** The years in which cases were opened, the latest first. */
export interface ReportYearsJson {
  readonly years: readonly { readonly year: number; readonly count: number }[]
}

/** An answer to what was written: the version that it is. */
export interface ReportWrittenJson {
  readonly version: number
}

const sentence = z.string().max(8000)
const paragraphs = z
  .array(z.object({ zh: sentence.trim().min(1), en: sentence.trim() }))
  .max(60)
  // What is not said in English yet is said in Chinese there: no part of the report is left out.
  .transform((all) => all.map(({ zh, en }): Words => [zh, en === '' ? zh : en]))
const writing = z.object({ paragraphs, expected: z.number().int().min(0) })
const noting = z.object({ zh: z.string().trim().max(2000), en: z.string().trim().max(2000) })
const checking = z.object({ narrative: z.record(z.string().max(20), paragraphs).default({}) })

/** `/reports/:year`: the year's report with live figures, and what the drafting office writes into it. */
export function reportApi(api: FastifyInstance, services: Services): void {
  const { store, now } = services
  const live = liveReports(services)
  const partsOf = async (year: number): Promise<ReportParts> => (await live(year)).parts

  api.get(
    '/reports',
    { schema: { summary: ['各年度报告', 'Reports by year'], answer: 'ReportsJson' } },
    async (request): Promise<ReportYearsJson> => {
      refuseUnlessOverlooking(request)
      return { years: await yearsOpened(store) }
    },
  )

  api.get<{ Params: { year: string } }>(
    '/reports/:year',
    { schema: { summary: ['年度报告', 'The report of a year'], answer: 'ReportJson' } },
    async (request): Promise<ReportJson> => {
      refuseUnlessOverlooking(request)
      const year = yearIn(request)
      const [parts, before, draft, editions] = await Promise.all([
        partsOf(year),
        partsOf(year - 1),
        readDraft(store, year),
        listEditions(store, year),
      ])
      const report = composedReport(parts, draft)
      return {
        year,
        title: request.view.say(report.title),
        version: draft.version,
        editable: editsReport(viewerOf(request)) !== undefined,
        sections: sectionsJson(report, parts.chapters, draft, request.view),
        figures: figuresJson(report, writeReport(before), draft, services, request.view),
        findings: findingsJson(report, narrativeOf(draft), request.view),
        editions,
      }
    },
  )

  api.put<{ Params: { year: string; section: string } }>(
    '/reports/:year/narrative/:section',
    { schema: { summary: ['编写一节', 'Write a section'] } },
    async (request): Promise<ReportWrittenJson> => {
      const by = editorOf(request)
      const year = yearIn(request)
      const { section } = request.params
      const { paragraphs: written, expected } = read(writing, request.body)
      refuseUnknown(services, section, written)
      return { version: await writeSection(store, { year, section, paragraphs: written, expected, by, at: now() }) }
    },
  )

  api.put<{ Params: { year: string; figure: string } }>(
    '/reports/:year/figures/:figure/note',
    { schema: { summary: ['注释数据', 'Annotate a figure'] } },
    async (request): Promise<ReportWrittenJson> => {
      const by = editorOf(request)
      const year = yearIn(request)
      const { figure } = request.params
      const { zh, en } = read(noting, request.body)
      if (!services.report.figures.some(({ id }) => id === figure)) throw noSuchFigure(figure)
      const note: Words | null = zh === '' ? null : [zh, en === '' ? zh : en]
      return { version: await annotateFigure(store, { year, figure, note, by, at: now() }) }
    },
  )

  // Text that is not saved yet is checked as it would stand: the check runs while somebody writes.
  api.post<{ Params: { year: string } }>(
    '/reports/:year/checks',
    { schema: { summary: ['检查报告', 'Check the text'], answer: 'ReportCheckJson' }, config: { repeatable: true } },
    async (request): Promise<ReportCheckJson> => {
      refuseUnlessOverlooking(request)
      const year = yearIn(request)
      const { narrative } = read(checking, request.body)
      for (const [section, written] of Object.entries(narrative)) refuseUnknown(services, section, written)
      const [parts, draft] = await Promise.all([partsOf(year), readDraft(store, year)])
      const whole = { ...narrativeOf(draft), ...narrative }
      return { findings: findingsJson(writeReport({ ...parts, narrative: whole }), whole, request.view) }
    },
  )
}

/** The report with what was written into it. */
export function composedReport(parts: ReportParts, draft: ReportDraft): AnnualReport {
  const notes = Object.fromEntries(Object.entries(draft.annotations).map(([figure, { note }]) => [figure, note]))
  return writeReport({ ...parts, narrative: narrativeOf(draft), notes })
}

export function narrativeOf({ narrative }: ReportDraft): Record<string, readonly Words[]> {
  return Object.fromEntries(Object.entries(narrative).map(([section, { paragraphs: written }]) => [section, written]))
}

/** The year that the address names. @throws Refusal `query.invalid` */
export function yearIn(request: FastifyRequest): number {
  return readQuery({ year: yearOfQuery }, request.params).year
}

/** Who writes the report. @throws Refusal `permission.not-report-editor` */
export function editorOf(request: FastifyRequest): Actor {
  const viewer = viewerOf(request)
  const holding = editsReport(viewer)
  if (!holding) throw notReportEditor()
  return { post: holding.post, person: viewer.person, organ: holding.organ }
}

function sectionsJson(
  report: AnnualReport,
  chapters: readonly Chapter[],
  draft: ReportDraft,
  { say, language }: View,
): ReportSectionJson[] {
  const own = new Map(allChapters(chapters).map(({ number, paragraphs: written }) => [number, written]))
  return report.sections.map(({ number, level, label, heading, paragraphs: printed }) => {
    const written = draft.narrative[number]
    const source = written?.paragraphs ?? own.get(number)!.filter((one) => one !== TO_BE_WRITTEN)
    return {
      number,
      level,
      label: say(label),
      heading: say(heading),
      paragraphs: printed.map((paragraph) => paragraph[language]),
      toBeWritten: printed.some(({ toBeWritten }) => toBeWritten === true),
      source: source.map(([zh, en]) => ({ zh, en })),
      version: written?.version ?? 0,
      by: written?.by ?? null,
      at: written?.at ?? null,
    }
  })
}

function figuresJson(
  report: AnnualReport,
  before: AnnualReport,
  draft: ReportDraft,
  { catalogue }: Services,
  { say }: View,
): ReportFigureJson[] {
  const earlier = new Map(before.figures.map((value) => [value.figure.id, value]))
  return report.figures.map((value) => {
    const { figure, status, text } = value
    const system = status === 'not-built' ? undefined : catalogue.find(({ id }) => id === figure.system)
    const last = earlier.get(figure.id)!
    const noted = draft.annotations[figure.id]
    return {
      id: figure.id,
      section: figure.section,
      name: say(figure.name),
      status,
      text: `${say(text)}${status === 'computed' && figure.unit ? ` ${say(figure.unit)}` : ''}`,
      lastYear: say(last.text),
      change: changeText(value, last),
      definition: system ? say(formulaWords(system.indicators, figure.indicator, system.definitions)) : null,
      href: `/figures/${figure.id}?year=${report.year}`,
      note: noted ? { zh: noted.note[0], en: noted.note[1], by: noted.by, at: noted.at } : null,
    }
  })
}

/** `+12 (+5.20%)` for counts, `−0.35` points for percentages. */
function changeText({ value, figure }: FigureValue, { value: before }: FigureValue): string | null {
  const signed = (text: string): string => (text.startsWith('-') ? `−${text.slice(1)}` : `+${text}`)
  if (typeof value === 'number' && typeof before === 'number') {
    const rate = before === 0 ? null : percent({ num: Math.abs(value - before), den: before })
    return `${signed(String(value - before))}${rate === null ? '' : ` (${value < before ? '−' : '+'}${rate}%)`}`
  }
  if (figure.as !== 'percent' || value === null || before === null || typeof value === 'number' || typeof before === 'number') return null
  const [now, then] = [percent(value), percent(before)]
  return now === null || then === null ? null : signed((Number(now) - Number(then)).toFixed(2))
}

function findingsJson(report: AnnualReport, narrative: Readonly<Record<string, readonly Words[]>>, { say }: View): ReportFindingJson[] {
  return checkNarrative(report, narrative).map((finding) => ({ ...finding, says: say(finding.says) }))
}

/** Refuses a section that there is not, and sentences that name what is no figure. */
function refuseUnknown({ report }: Services, section: string, written: readonly Words[]): void {
  if (!allChapters(report.chapters).some(({ number }) => number === section)) throw sectionUnknown(section)
  const known = new Set<string>([...REPORT_FACTS, ...report.figures.map(({ id }) => id)])
  const strange = written.flatMap(([zh, en]) => [...placeholdersIn(zh), ...placeholdersIn(en)]).find((name) => !known.has(name))
  if (strange !== undefined) throw noSuchFigure(strange)
}

function allChapters(chapters: readonly Chapter[]): Chapter[] {
  return chapters.flatMap((chapter) => [chapter, ...allChapters(chapter.chapters ?? [])])
}

function notReportEditor(): Refusal {
  return new Refusal({
    code: 'permission.not-report-editor',
    message: ['您的岗位不编写年度报告。', 'Your posts do not write the annual report.'],
    basis: [
      '年度报告由有权总览全区并任“年度报告编写人员”的人编写。',
      'It is written by who looks over the whole place and holds the post of its editor.',
    ],
    remedy: ['请由编写人员修改，或由负责人在岗位名册中任命。', 'Have an editor change it, or have the post given in the register.'],
  })
}

function sectionUnknown(section: string): Refusal {
  return new Refusal({
    code: 'report.section-unknown',
    message: [`报告没有“${section}”这一节。`, `The report has no section “${section}”.`],
    basis: ['章节由报告的体例列出。', 'The outline of the report lists its sections.'],
    remedy: ['请从报告的目录中选择。', 'Choose one of its contents.'],
  })
}

function noSuchFigure(name: string): Refusal {
  return new Refusal({
    code: 'report.no-such-figure',
    message: [`“{${name}}”不是报告的数据。`, `“{${name}}” is no figure of the report.`],
    basis: [
      '花括号内写数据的编号，数值由办案记录计算，不能手工填写。',
      'Braces hold the id of a figure; its value is computed from the records and typed by nobody.',
    ],
    remedy: ['请从数据列表中插入。', 'Insert it from the list of figures.'],
  })
}
