import { officialDate } from './chinese-date.ts'
import { plainText } from './official-document.ts'
import type { Block, OfficialDocument } from './official-document.ts'

/**
 * The measures of GB/T 9704-2012 that all three renderings share, and the few places where the standard leaves something to be reckoned:
 * where a title is broken, how large a red head is, where the signature stands.
 */
export const PAGE_MM = { width: 210, height: 297, top: 37, left: 28, right: 26, bottom: 35 } // type area 156 × 225, 版心
export const LINES = 22
export const CHARACTERS = 28

const POINTS_PER_MM = 72 / 25.4
export const POINTS = {
  /** 3号, the size of the body. */
  body: 16,
  /** 2号, the title. */
  title: 22,
  /** 4号, page numbers and 版记. */
  small: 14,
  /** 小四, inside tables. */
  table: 12,
  /** 22 lines fill the type area. */
  line: (225 * POINTS_PER_MM) / LINES,
  /** 28 characters fill the line: 3号 is a hair too wide for that, so each is drawn closer. */
  tracking: (156 * POINTS_PER_MM) / CHARACTERS - 16,
}
export const RED = 'FF0000'

/** Width in characters: Chinese and full-width marks count one, the rest half. */
export function widthInCharacters(text: string): number {
  let width = 0
  for (const character of text) width += character.codePointAt(0)! < 0x2000 && character !== '·' ? 0.5 : 1
  return width
}

/** Size of the red head so that it stands in one line of the type area: the standard leaves it to the office, at most 22 mm. */
export function redHeadPoints(redHead: string): number {
  return Math.max(26, Math.min(50, Math.floor((156 * POINTS_PER_MM) / widthInCharacters(redHead)) - 1))
}

/**
 * The title in lines of some 19 characters at most, as even as its words allow: "回行时，要做到词意完整，排列对称，长短适宜" (7.3.1).
 * Line breaks that the author set are kept.
 */
export function titleLines(title: string): string[] {
  return title.split('\n').flatMap((line) => evenLines(wholeWords(line), Math.ceil(widthInCharacters(line) / 19)))
}

/** Breaks where the first line comes nearest to its share, then the rest likewise. */
function evenLines(words: readonly string[], count: number): string[] {
  if (count <= 1 || words.length < 2) return [words.join('')]
  const share = widthInCharacters(words.join('')) / count
  const breaks = words.slice(1).map((_, index) => index + 1)
  const off = (at: number): number => Math.abs(widthInCharacters(words.slice(0, at).join('')) - share)
  const best = breaks.reduce((nearest, at) => (off(at) < off(nearest) ? at : nearest))
  return [words.slice(0, best).join(''), ...evenLines(words.slice(best), count - 1)]
}

const WORDS = new Intl.Segmenter('zh', { granularity: 'word' })
const NEVER_FIRST = /^[的了和与及等号》”）〉〕、，。：；年月日]/
const NEVER_LAST = /(关于|对|[《“（〈〔])$/

/** Words between which a line may be broken: none begins with a particle or a closing mark, a number keeps its 年. */
function wholeWords(text: string): string[] {
  const words: string[] = []
  for (const { segment } of WORDS.segment(text)) {
    if (words.length > 0 && (NEVER_FIRST.test(segment) || NEVER_LAST.test(words.at(-1)!))) words[words.length - 1] += segment
    else words.push(segment)
  }
  return words
}

/**
 * How far signatory and date stand from the right edge, in characters.
 *
 * Sealed (7.3.5.1): the date four from the edge and the signatory centred over it; a long signatory comes no nearer than two, and then
 * the date is centred under it. Unsealed (7.3.5.2): the signatory two from the edge, the date beginning two characters further right.
 */
export function signatureIndents({ signatory, date, sealPlace }: OfficialDocument): { signatory: number; date: number } {
  const [signatoryWidth, dateWidth] = [widthInCharacters(signatory), widthInCharacters(officialDate(date))]
  if (sealPlace) {
    const centred = 4 + (dateWidth - signatoryWidth) / 2
    return centred >= 2 ? { signatory: centred, date: 4 } : { signatory: 2, date: 2 + (signatoryWidth - dateWidth) / 2 }
  }
  const dateIndent = signatoryWidth - dateWidth
  return dateIndent >= 2 ? { signatory: 2, date: dateIndent } : { signatory: 4 + dateWidth - signatoryWidth, date: 2 }
}

/**
 * The columns' shares of the line, and how their cells stand: short ones centred, sentences from the left.
 * A short column gets the room that its longest cell asks for; long ones divide the rest.
 */
export function columnsOf(table: Extract<Block, { kind: 'table' }>): { share: number; align: 'center' | 'left' }[] {
  const cellWidths = table.columns.map((column, index) =>
    [column, ...table.rows.map((row) => plainText(row[index] ?? ''))].map(widthInCharacters),
  )
  const asked = cellWidths.map((widths) => Math.max(...widths) + 1.2)
  const shares = asked.map(() => 0)
  let left = (156 * POINTS_PER_MM) / POINTS.table
  const byNeed = asked.map((_, index) => index).toSorted((one, other) => asked[one]! - asked[other]!)
  for (const [rank, index] of byNeed.entries()) {
    shares[index] = Math.min(asked[index]!, left / (byNeed.length - rank))
    left -= shares[index]
  }
  const total = shares.reduce((sum, share) => sum + share, 0)
  return shares.map((share, index) => ({
    share: share / total,
    align: Math.max(0, ...cellWidths[index]!.slice(1)) <= 12 ? 'center' : 'left',
  }))
}

/**
 * The share of the line that the labels of a record's forms take, the same in all of them: room for the longest label, up to eight characters,
 * so that none is broken before its last.
 */
export function labelShare({ body }: OfficialDocument): number {
  const labels = body.flatMap((block) => (block.kind === 'fields' ? block.fields.map(({ label }) => widthInCharacters(label)) : []))
  const characters = Math.min(8, Math.max(5, ...labels)) + 1
  return (characters * POINTS.small) / (156 * POINTS_PER_MM)
}

/** Whether the last block can be kept whole on the page of the signature: at most a third of a page. */
export function lastBlockIsShort({ body }: OfficialDocument): boolean {
  const last = body.at(-1)
  if (last === undefined) return false
  const texts =
    last.kind === 'table'
      ? last.rows.map((row) => row.map(plainText).join(''))
      : last.kind === 'fields'
        ? last.fields.map(({ label, value }) => label + plainText(value))
        : [plainText(last.text)]
  return texts.reduce((lines, text) => lines + Math.ceil((widthInCharacters(text) + 2) / CHARACTERS), 0) <= LINES / 3
}
