import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { versionsOf } from '#law/statutes.ts'
import type { Citation } from '#engine/citation.ts'

/** Articles by number: `62`, and `62-1` for 第六十二条之一. Lines of the text are its paragraphs (款) and items (项). */
export type Articles = Map<string, string>

/** What is wrong with a citation. `text-missing`: the library does not have that version, so nothing can be said. */
export interface CitationProblem {
  readonly code: 'text-missing' | 'article-missing' | 'part-missing' | 'words-missing'
  readonly message: string
}

/** A folder of statutes in Markdown, one file a version. The project itself stores no statute text. */
export interface StatuteLibrary {
  /** The articles of a version; undefined where the folder does not have it. */
  articlesOf(law: string, version?: string): Articles | undefined
}

/** Opens a folder; each statute is read when it is first cited and kept. */
export function openLibrary(folder: string): StatuteLibrary {
  const read = new Map<string, Articles | undefined>()
  return {
    articlesOf(law, version) {
      const key = `${law}(${version})`
      if (!read.has(key)) read.set(key, readStatute(folder, law, version))
      return read.get(key)
    },
  }
}

/**
 * Do the citation's words stand, verbatim apart from white space, in the article, paragraph and item that it names?
 *
 * A citation without an article (a notice, a local rule) has nothing that could be looked up, and is not a problem.
 */
export function checkCitation(library: StatuteLibrary, citation: Citation): CitationProblem | undefined {
  const { law, version, article, words } = citation
  if (article === undefined) return undefined

  const where = `${law}${version ? `(${version})` : ''} §${article}`
  const articles = library.articlesOf(law, version)
  if (!articles) return { code: 'text-missing', message: `${where}: the library does not have this version` }

  const [, number, paragraph, item] = /^(\d+(?:-\d+)?)(?:\((\d+)\))?(\d+)?$/.exec(article) ?? []
  const whole = number === undefined ? undefined : articles.get(number)
  if (whole === undefined) return { code: 'article-missing', message: `${where}: there is no such article` }

  const text = partOf(whole, paragraph === undefined ? undefined : Number(paragraph), item === undefined ? undefined : Number(item))
  if (text === undefined) return { code: 'part-missing', message: `${where}: the article has no such paragraph or item` }

  if (words === undefined || squeezed(text).includes(squeezed(words))) return undefined
  return { code: 'words-missing', message: `${where}: “${words}” does not stand there` }
}

/** The articles of one version, or undefined where the folder does not have it. Without `version`: of the only one known. */
export function readStatute(folder: string, law: string, version?: string): Articles | undefined {
  const file = fileNames(law, version)
    .map((name) => path.join(folder, `${name}.md`))
    .find((candidate) => existsSync(candidate))
  return file === undefined ? undefined : articlesIn(readFileSync(file, 'utf8'))
}

/** 民法典 is kept by books; all that procedures cite of it, the counting of periods, is in 总则. */
const BOOKS: Record<string, string> = { 民法典: '总则' }

/** What a version's file may be called, without extension; an undated name serves only a law of which one version is known. */
function fileNames(law: string, version: string | undefined): string[] {
  const known = versionsOf(law)
  const titles = [law, known[0]?.title, BOOKS[law]].filter((title) => title !== undefined)
  const only = known.length === 1 ? known[0]!.version : undefined
  const dated = titles.map((title) => `${title}(${version ?? only})`)
  return version === undefined || version === only ? [...dated, ...titles] : dated
}

const NUMERAL = '[〇零一二三四五六七八九十百千]+'
const ARTICLE = new RegExp(`^[#*\\s\\u200b]*第(${NUMERAL})条(?:之(${NUMERAL}))?(?=$|[\\s\\u200b*])(.*)$`)
const HEADING = new RegExp(`^(?:#|<!--|第${NUMERAL}[编章节](?:\\s|$))`)

/**
 * The articles of a statute. What stands before the first one (title, history, preamble) and chapter headings are left out.
 *
 * An article begins where a line does: `第六十二条 …`. References to articles within a text are followed by no blank.
 */
export function articlesIn(markdown: string): Articles {
  const lines = new Map<string, string[]>()
  let current: string[] | undefined
  for (const line of markdown.split('\n').map((raw) => raw.replaceAll('\u200b', '').trim())) {
    const [shaped, number, inserted, text] = ARTICLE.exec(line) ?? []
    if (shaped !== undefined) {
      current = text!.replace(/^[*\s]+/, '') === '' ? [] : [text!.replace(/^[*\s]+/, '')]
      lines.set(inserted === undefined ? String(numberOf(number!)) : `${numberOf(number!)}-${numberOf(inserted)}`, current)
    } else if (line !== '' && !HEADING.test(line)) current?.push(line)
  }
  return new Map([...lines].map(([number, paragraphs]) => [number, paragraphs.join('\n')]))
}

const DIGITS = '零一二三四五六七八九'
const UNITS: Record<string, number> = { 十: 10, 百: 100, 千: 1000 }

/** 一百零五 → 105 */
export function numberOf(numeral: string): number {
  let [sum, digit] = [0, 0]
  for (const character of numeral.replaceAll('〇', '零')) {
    const unit = UNITS[character]
    if (unit === undefined) digit = DIGITS.indexOf(character)
    else {
      // 十 alone is 一十.
      sum += (digit || 1) * unit
      digit = 0
    }
  }
  return sum + digit
}

const ITEM = new RegExp(`^[（(](${NUMERAL})[）)]`)
const SUB_ITEM = /^\d+[.．、]/

/**
 * A paragraph (款) or item (项) of an article. An item belongs to the paragraph above it, a sub-item (目) to its item;
 * an item without a paragraph is looked for in the whole article. Undefined where there is none.
 */
function partOf(article: string, paragraph: number | undefined, item: number | undefined): string | undefined {
  const paragraphs: string[][] = []
  for (const line of article.split('\n')) {
    const belongsAbove = ITEM.test(line) || SUB_ITEM.test(line)
    if (belongsAbove && paragraphs.length > 0) paragraphs.at(-1)!.push(line)
    else paragraphs.push([line])
  }
  const lines = paragraph === undefined ? paragraphs.flat() : paragraphs[paragraph - 1]
  if (lines === undefined || item === undefined) return lines?.join('\n')

  const first = lines.findIndex((line) => numberOf(ITEM.exec(line)?.[1] ?? '') === item)
  if (first === -1) return undefined
  const length = lines.slice(first + 1).findIndex((line) => !SUB_ITEM.test(line))
  return lines.slice(first, length === -1 ? undefined : first + 1 + length).join('\n')
}

/** Without white space; U+200B has none of its own but is used as such. */
function squeezed(text: string): string {
  return text.replace(/[\s\u200b]/g, '')
}
