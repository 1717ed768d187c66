import { termWords } from './formula-words.ts'
import { ratioText } from '#engine/ratio-text.ts'
import { say } from '#engine/words.ts'
import type { Figure } from './figures.ts'
import type { Indicators, Term } from '#engine/indicator.ts'
import type { Language, Words } from '#engine/words.ts'

/** One figure that the yearly report states: where it stands and which indicator of which system it is. */
export interface ReportFigure {
  /** `reconsideration.received` */
  readonly id: string
  /** Chapter that states it: `2.6.2`. */
  readonly section: string
  readonly name: Words
  /** Id of the system and of its indicator. The system may not be built yet: then the figure is shown as such. */
  readonly system: string
  readonly indicator: string
  readonly as: 'count' | 'percent'
  /** Measure word, that the Chinese sentence sets after a count; in English the sentence names what is counted. */
  readonly unit?: Words
}

/**
 * A chapter: headings and sentences as data; `{figure-id}` in a sentence is that figure, in Chinese with its measure word. `{year}`,
 * `{lastYear}` and `{place}` are those of the report.
 */
export interface Chapter {
  /** `2.6.2`; `0` is the preamble, whose heading is not printed. */
  readonly number: string
  readonly heading: Words
  readonly paragraphs: readonly Words[]
  readonly chapters?: readonly Chapter[]
}

/** A figure as computed for a period. */
export interface FigureValue {
  readonly figure: ReportFigure
  readonly status: 'computed' | 'not-built' | 'no-denominator'
  readonly value: Figure
  /** As printed: `55,513` is `55513`; a ratio `98.41%`; a system not built 「待建」. */
  readonly text: Words
}

/** A stretch of a sentence; one with `figure` is that figure's text, in Chinese with its measure word. */
export type ReportRun = string | { readonly text: string; readonly figure: string }

export interface ReportParagraph {
  readonly zh: readonly ReportRun[]
  readonly en: readonly ReportRun[]
  /** No record can tell it: the drafting office writes it. */
  readonly toBeWritten?: true
}

export interface ReportSection {
  readonly number: string
  /** The rank of the heading as official documents number it: 1 一、 2 （一） 3 `1.`; a chapter's first subdivision may be of rank 3. */
  readonly level: 1 | 2 | 3
  /** How the heading is numbered: `（六）`, in English `2.6`; empty for the preamble. */
  readonly label: Words
  readonly heading: Words
  readonly paragraphs: readonly ReportParagraph[]
}

/** An identity between figures that does not hold. */
export interface ReportFinding {
  readonly system: string
  /** Name of the statement in the system's indicators, and of its identity. */
  readonly statement: string
  readonly finding: string
  /** Both sides with their values. */
  readonly words?: Words
}

/** The year's report: written from the records, every figure traceable. */
export interface AnnualReport {
  readonly title: Words
  readonly year: number
  readonly region: string
  readonly place: Words
  readonly issuer: Words
  readonly period: { readonly from: string; readonly until: string }
  /** When it was computed, an instant. */
  readonly at: string
  readonly sections: readonly ReportSection[]
  readonly figures: readonly FigureValue[]
  /** Identities between figures that do not hold, by statement and name. */
  readonly findings: readonly ReportFinding[]
  /** The ledger checkpoint that it was computed under, if there is one. */
  readonly checkpoint: string | null
  /** What the drafting office remarks on figures; absent where it remarks nothing. */
  readonly notes?: readonly { readonly figure: string; readonly name: Words; readonly note: Words }[]
}

/** The paragraph that stands where a machine has nothing to say. */
export const TO_BE_WRITTEN: Words = ['（本部分由起草单位撰写）', '(to be written by the drafting office)']

/** What a report is written from. */
export interface ReportParts {
  readonly chapters: readonly Chapter[]
  readonly figures: readonly ReportFigure[]
  /** Computed figures by the report's id of each. */
  readonly values: ReadonlyMap<string, Figure>
  readonly builtSystems: ReadonlySet<string>
  readonly year: number
  readonly period: AnnualReport['period']
  readonly region: string
  readonly place: Words
  readonly issuer: Words
  /** When it was computed, an instant. */
  readonly at: string
  readonly findings: readonly ReportFinding[]
  readonly checkpoint: string | null
  /** What the drafting office wrote, by the number of the chapter: it stands in place of the chapter's own paragraphs. */
  readonly narrative?: Readonly<Record<string, readonly Words[]>>
  /** By the figure's id. */
  readonly notes?: Readonly<Record<string, Words>>
}

/** The facts of a report that a sentence may name beside its figures. */
export const REPORT_FACTS = ['year', 'lastYear', 'place'] as const

/** What a sentence names in braces, in order. */
export function placeholdersIn(sentence: string): string[] {
  return [...sentence.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name!)
}

/**
 * Writes the year's report: figures as text, sentences with their figures set in. A figure of a system that is not built is shown as such.
 *
 * @throws TypeError when a figure of a built system has no value, or a sentence names a figure that there is not: defects of ours
 */
export function writeReport(parts: ReportParts): AnnualReport {
  const { year, period, region, place, issuer, at, findings, checkpoint, narrative = {}, notes = {} } = parts
  const figures = parts.figures.map((figure) => figureValue(figure, parts))
  const texts = new Map(figures.map((value) => [value.figure.id, inSentence(value)]))
  const facts: Readonly<Record<(typeof REPORT_FACTS)[number], Words>> = {
    year: [String(year), String(year)],
    lastYear: [String(year - 1), String(year - 1)],
    place,
  }
  return {
    title: [`${place[0]}${year}年度法治政府建设工作报告`, `${place[1]}: Report on Building a Law-based Government, ${year}`],
    year,
    region,
    place,
    issuer,
    period,
    at,
    sections: parts.chapters.flatMap((chapter) =>
      sectionsOf(chapter, narrative, (sentence, language) => runsOf(sentence, language, texts, facts)),
    ),
    figures,
    findings,
    checkpoint,
    ...(Object.keys(notes).length > 0
      ? { notes: parts.figures.flatMap(({ id, name }) => (notes[id] ? [{ figure: id, name, note: notes[id] }] : [])) }
      : {}),
  }
}

/**
 * The identities of a system's statements over computed figures: those that do not hold. An identity whose totals no indicator computes is
 * for texts of others and is left out.
 *
 * @param valueOf the figures of {@link identityTerms}
 */
export function checkIdentities(system: string, indicators: Indicators, valueOf: (term: Term) => Figure): ReportFinding[] {
  return relationsOf(indicators).flatMap(({ statement, finding, left, sign, right }) => {
    const [a, b] = [valueOf(left), valueOf(right)]
    if (typeof a !== 'number' || typeof b !== 'number' || (sign === '=' ? a === b : a <= b)) return []
    const broken = sign === '=' ? '≠' : '>'
    const [leftWords, rightWords] = [termWords(indicators, left), termWords(indicators, right)]
    const [zh, en] = indicators.statements[statement]!.name
    const words: Words = [
      `${zh}：${leftWords[0]}（${a}）${broken} ${rightWords[0]}（${b}）`,
      `${en}: ${leftWords[1]} (${a}) ${broken} ${rightWords[1]} (${b})`,
    ]
    return [{ system, statement, finding, words }]
  })
}

/** Every term that {@link checkIdentities} asks for. */
export function identityTerms(indicators: Indicators): Term[] {
  return relationsOf(indicators).flatMap(({ left, right }) => [left, right])
}

interface Relation {
  readonly statement: string
  readonly finding: string
  readonly left: Term
  readonly sign: '=' | '≤'
  readonly right: Term
}

function relationsOf(indicators: Indicators): Relation[] {
  const computable = (term: Term): boolean => {
    if (typeof term === 'string') return Object.hasOwn(indicators.indicators, term)
    const parts = 'sum' in term ? term.sum : 'minus' in term ? term.minus : 'ratio' in term ? term.ratio : []
    return parts.every(computable)
  }
  return Object.entries(indicators.statements)
    .flatMap(([statement, { identities = {}, within = {} }]) => [
      ...Object.entries(identities).map(([finding, [left, right]]): Relation => ({ statement, finding, left, sign: '=', right })),
      ...Object.entries(within).map(([finding, [left, right]]): Relation => ({ statement, finding, left, sign: '≤', right })),
    ])
    .filter(({ left, right }) => computable(left) && computable(right))
}

const NOT_BUILT: Words = ['（系统待建）', '(system not built yet)']
const NO_DENOMINATOR: Words = ['无（分母为零）', 'none (nothing to divide by)']

function figureValue(figure: ReportFigure, { builtSystems, values }: ReportParts): FigureValue {
  if (!builtSystems.has(figure.system)) return { figure, status: 'not-built', value: null, text: NOT_BUILT }
  const value = values.get(figure.id)
  if (value === undefined) throw new TypeError(`no value for ${figure.id}, although ${figure.system} is built`)
  if (figure.as === 'count') {
    if (typeof value !== 'number') throw new TypeError(`${figure.id} is a count, but its indicator gave ${JSON.stringify(value)}`)
    return { figure, status: 'computed', value, text: [String(value), String(value)] }
  }
  if (typeof value === 'number') throw new TypeError(`${figure.id} is a percentage, but its indicator gave ${value}`)
  const text = value && ratioText(value)
  if (text === null) return { figure, status: 'no-denominator', value, text: NO_DENOMINATOR }
  return { figure, status: 'computed', value, text: [text, text] }
}

function inSentence({ figure, status, text: [zh, en] }: FigureValue): Words {
  return [status === 'computed' && figure.unit ? `${zh}${figure.unit[0]}` : zh, en]
}

function sectionsOf(
  chapter: Chapter,
  narrative: Readonly<Record<string, readonly Words[]>>,
  runs: (sentence: Words, language: Language) => ReportRun[],
): ReportSection[] {
  const { number, heading, chapters = [] } = chapter
  const depth = number.split('.').length
  const level = depth === 1 ? 1 : depth === 2 && chapters.length > 0 ? 2 : 3
  const paragraphs = (narrative[number] ?? chapter.paragraphs).map((sentence) => ({
    zh: runs(sentence, 'zh'),
    en: runs(sentence, 'en'),
    ...(sentence === TO_BE_WRITTEN && { toBeWritten: true as const }),
  }))
  return [
    { number, level, label: labelOf(number, level), heading, paragraphs },
    ...chapters.flatMap((part) => sectionsOf(part, narrative, runs)),
  ]
}

function labelOf(number: string, level: 1 | 2 | 3): Words {
  if (number === '0') return ['', '']
  const last = Number(number.split('.').at(-1))
  return [level === 1 ? `${HAN[last]}、` : level === 2 ? `（${HAN[last]}）` : `${last}.`, number]
}

const HAN = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二']

function runsOf(
  sentence: Words,
  language: Language,
  figures: ReadonlyMap<string, Words>,
  facts: Readonly<Record<string, Words>>,
): ReportRun[] {
  const runs: ReportRun[] = []
  const add = (text: string): void => {
    const last = runs.at(-1)
    if (typeof last === 'string') runs[runs.length - 1] = last + text
    else if (text !== '') runs.push(text)
  }
  // Text and names of placeholders in turn.
  for (const [index, part] of say(sentence, language)
    .split(/\{([^{}]*)\}/)
    .entries()) {
    const [fact, figure] = [facts[part], figures.get(part)]
    if (index % 2 === 0) add(part)
    else if (fact) add(say(fact, language))
    else if (figure) runs.push({ text: say(figure, language), figure: part })
    else throw new TypeError(`a sentence names “${part}”, which is no figure of the report`)
  }
  return runs
}
