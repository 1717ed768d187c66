import { checkReport } from '#report-check/check-report.ts'
import { passageOf } from '#report-check/figures.ts'
import { asPrinted, plainParagraphs } from '#report-check/plain-text.ts'
import { placeholdersIn, REPORT_FACTS } from '#readings/annual-report.ts'
import { rational, shown, times } from '#report-check/rational.ts'
import type { AnnualReport, FigureValue } from '#readings/annual-report.ts'
import type { Words } from '#engine/words.ts'

/** Something about the report as written. `to-write` is work that is left; the others are to be mended or answered for. */
export interface NarrativeFinding {
  readonly kind: 'contradiction' | 'typed-number' | 'figure-missing' | 'languages-differ' | 'identity' | 'to-write'
  /** The section and, from 0, its paragraph; `null` where it is about the whole. */
  readonly section: string | null
  readonly paragraph: number | null
  /** The sentence as printed. */
  readonly sentence: string | null
  readonly says: Words
}

/** A paragraph's place in the text that is checked, and the stretches of it that are live figures. */
interface Placed {
  readonly section: string
  readonly paragraph: number
  readonly start: number
  readonly end: number
  readonly figures: readonly (readonly [start: number, end: number])[]
}

/**
 * Checks the report as composed: its arithmetic, numbers that were typed and are no figure of it, and figures that its own section no longer
 * states. The Chinese text is what is checked.
 *
 * @param narrative what the drafting office wrote, by section
 */
export function checkNarrative(report: AnnualReport, narrative: Readonly<Record<string, readonly Words[]>>): NarrativeFinding[] {
  const { text, placed } = composed(report)
  const placeOf = (offset: number): Placed | undefined => placed.find(({ start, end }) => start <= offset && offset < end)
  const at = (offset: number): Pick<NarrativeFinding, 'section' | 'paragraph'> => {
    const place = placeOf(offset)
    return { section: place?.section ?? null, paragraph: place?.paragraph ?? null }
  }
  const contradictions = checkReport(text)
    .filter(({ verdict }) => verdict === 'contradictory')
    .map(({ where, sentence, computation, explanations = [] }): NarrativeFinding => ({
      kind: 'contradiction',
      ...at(where.offset),
      sentence,
      says: [[computation, ...explanations].map(({ zh }) => zh).join(' '), [computation, ...explanations].map(({ en }) => en).join(' ')],
    }))
  const known = new Set(report.figures.map(numberOf))
  const typed = plainParagraphs(text).flatMap((sentences) =>
    sentences.flatMap((sentence): NarrativeFinding[] =>
      passageOf(sentence).figures.flatMap((figure) => {
        const offset = sentence.places[figure.start]!
        const place = placeOf(offset)
        const isLive = place?.figures.some(([start, end]) => start <= offset && offset < end)
        // What the release itself writes holds no typed number: a test of the chapters sees to that.
        if (
          place === undefined ||
          narrative[place.section] === undefined ||
          isLive ||
          figure.weak ||
          (figure.form !== 'count' && figure.form !== 'percent')
        )
          return []
        if (known.has(`${figure.form} ${Number(shown(times(figure.quantity.value, rational(figure.scale)), 9))}`)) return []
        const printed = asPrinted(text, sentence, figure.start, figure.end)
        return [
          {
            kind: 'typed-number',
            ...at(offset),
            sentence: asPrinted(text, sentence).trim(),
            says: [
              `“${printed}”是手工填写的数字，与报告的任何一项数据都不相同。`,
              `“${printed}” is typed, and equals no figure of the report.`,
            ],
          },
        ]
      }),
    ),
  )
  return [...contradictions, ...typed, ...missing(report, narrative), ...differing(narrative), ...identities(report), ...toWrite(report)]
}

/** `count 2663`, `percent 38`: how a typed number is compared with a figure. */
function numberOf({ figure, status, text: [text] }: FigureValue): string {
  return status === 'computed' ? `${figure.as} ${Number(text.replace('%', ''))}` : ''
}

/** The Chinese text with blank lines between its paragraphs: lines that only follow each other would be joined. */
function composed({ sections }: AnnualReport): { text: string; placed: Placed[] } {
  let text = ''
  const placed: Placed[] = []
  for (const { number, paragraphs } of sections) {
    for (const [paragraph, { zh, toBeWritten }] of paragraphs.entries()) {
      if (toBeWritten) continue
      const start = text.length
      const figures: [number, number][] = []
      for (const run of zh) {
        const from = text.length
        text += typeof run === 'string' ? run : run.text
        if (typeof run !== 'string') figures.push([from, text.length])
      }
      placed.push({ section: number, paragraph, start, end: text.length, figures })
      text += '\n\n'
    }
  }
  return { text, placed }
}

function missing({ figures }: AnnualReport, narrative: Readonly<Record<string, readonly Words[]>>): NarrativeFinding[] {
  const stated = new Set(Object.values(narrative).flatMap((paragraphs) => paragraphs.flatMap(([zh]) => placeholdersIn(zh))))
  return figures
    .filter(({ figure: { id, section } }) => narrative[section] !== undefined && !stated.has(id))
    .map(({ figure: { section, id, name } }) => ({
      kind: 'figure-missing',
      section,
      paragraph: null,
      sentence: null,
      says: [`本节不再写明“${name[0]}”（{${id}}）。`, `The section no longer states “${name[1]}” ({${id}}).`],
    }))
}

function differing(narrative: Readonly<Record<string, readonly Words[]>>): NarrativeFinding[] {
  const facts: readonly string[] = REPORT_FACTS
  const figuresIn = (sentence: string): string =>
    [...new Set(placeholdersIn(sentence).filter((name) => !facts.includes(name)))].sort().join()
  return Object.entries(narrative).flatMap(([section, paragraphs]) =>
    paragraphs.flatMap(([zh, en], paragraph): NarrativeFinding[] =>
      en === '' || en === zh || figuresIn(zh) === figuresIn(en)
        ? []
        : [
            {
              kind: 'languages-differ',
              section,
              paragraph,
              sentence: en,
              says: ['中文与英文写明的数据不同。', 'The Chinese and the English text state different figures.'],
            },
          ],
    ),
  )
}

function identities({ findings }: AnnualReport): NarrativeFinding[] {
  return findings.map(({ words, statement, finding }) => ({
    kind: 'identity',
    section: null,
    paragraph: null,
    sentence: null,
    says: words ?? [`${statement}：${finding}`, `${statement}: ${finding}`],
  }))
}

function toWrite({ sections }: AnnualReport): NarrativeFinding[] {
  return sections
    .filter(({ paragraphs }) => paragraphs.some(({ toBeWritten }) => toBeWritten))
    .map(({ number, heading }) => ({
      kind: 'to-write',
      section: number,
      paragraph: null,
      sentence: null,
      says: [`“${heading[0]}”尚未撰写。`, `“${heading[1]}” is still to be written.`],
    }))
}
