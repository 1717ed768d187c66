import { Converter } from 'opencc-js/t2cn'

/** A sentence made plain for analysis, with the way back to the characters that were printed. */
export interface Sentence {
  /** Simplified characters, half-width digits and signs, no blanks, no markup. */
  readonly plain: string
  /** For each character of `plain`, where it stands in the text given. */
  readonly places: readonly number[]
  /** The paragraph's number in the text, from 1. */
  readonly paragraph: number
}

interface Character {
  readonly plain: string
  readonly place: number
}

/** A line of the text with its place; `end` is after its last character. */
interface Line {
  readonly start: number
  readonly end: number
  readonly text: string
}

/**
 * Cuts a text into paragraphs and sentences in the form in which the rest of the report check reads them.
 *
 * Lines that were broken to fit a width are joined; markdown and HTML marks are dropped; a table becomes one paragraph with its rows as clauses,
 * so that `| 调解案件 | 7007件 |` reads 调解案件7007件.
 */
export function plainParagraphs(text: string): Sentence[][] {
  return paragraphsOf(linesOf(text)).map((lines, index) => {
    const characters = TABLE_ROW.test(lines[0]!.text) ? tableClauses(lines.map(plainCharacters)) : lines.flatMap(plainCharacters)
    return sentencesOf(characters, index + 1)
  })
}

/** The characters of `text` that `sentence`, or its part from `from` to `to`, was read from, as printed. */
export function asPrinted(text: string, sentence: Sentence, from = 0, to = sentence.plain.length): string {
  const start = sentence.places[from]!
  const end = sentence.places[to - 1]!
  return text.slice(start, end + (text.codePointAt(end)! > 0xffff ? 2 : 1))
}

const toSimplified = Converter({ from: 't', to: 'cn' })
const simplified = new Map<string, string>()

const SIGNS: Readonly<Record<string, string>> = {
  '﹪': '%', '٪': '%', '–': '-', '‒': '-', '―': '—', '−': '-', '〜': '~', '∼': '~', '「': '“', '」': '”', '『': '“', '』': '”',
  '〔': '[', '〕': ']', '【': '[', '】': ']', '﹐': '，', '､': '、', '｡': '。', '○': '〇', '∶': ':', '•': '·', '‧': '·', '・': '·', '＊': '*',
} // prettier-ignore

/** The plain form of one printed character: always one UTF-16 unit, so that places stay true. */
function plainCharacter(printed: string): string {
  if (printed in SIGNS) return SIGNS[printed]!
  // The full-width comma stays what it is: 30,005 is one number, 调解30，005 is not.
  if (printed === '，') return printed
  const code = printed.codePointAt(0)!
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0)
  if (code < 0x3400) return printed

  // Character by character: whole phrases may convert to another length, and no number word needs its phrase.
  const known = simplified.get(printed)
  if (known !== undefined) return known
  const converted = toSimplified(printed)
  const plain = converted.length === 1 ? converted : '□'
  simplified.set(printed, plain)
  return plain
}

function linesOf(text: string): Line[] {
  const lines: Line[] = []
  for (let start = 0; start <= text.length;) {
    BREAK.lastIndex = start
    const end = BREAK.exec(text)?.index ?? text.length
    lines.push({ start, end, text: text.slice(start, end) })
    start = end + (text.startsWith('\r\n', end) ? 2 : 1)
  }
  return lines
}

const BREAK = /\r\n|[\n\r\u2028\u2029\v\f]/g
const TABLE_ROW = /^\s*\|.*\|/
const MARKER =
  /^\s*(?:#|>|[-*+•●◆■]\s|[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）、．]|\d{1,2}\.(?!\d)|第[一二三四五六七八九十\d]{1,3}[章节条部])/
const FINISHED = /[。！？!?；;：:|]["”』」）)]*\s*$/

function paragraphsOf(lines: readonly Line[]): Line[][] {
  const paragraphs: Line[][] = []
  let block: Line[] = []
  for (const line of [...lines, { start: 0, end: 0, text: '' }]) {
    if (line.text.trim() !== '') {
      block.push(line)
      continue
    }
    paragraphs.push(...joinBroken(block))
    block = []
  }
  return paragraphs
}

/** Within a block without blank lines, joins each line to the one before if that one was only broken off. */
function joinBroken(block: readonly Line[]): Line[][] {
  const width = block.reduce((widest, line) => Math.max(widest, line.text.trim().length), 0)
  const paragraphs: Line[][] = []
  for (const [index, line] of block.entries()) {
    const before = block[index - 1]
    if (before !== undefined && continues(before.text, line.text, width)) paragraphs.at(-1)!.push(line)
    else paragraphs.push([line])
  }
  return paragraphs
}

function continues(before: string, line: string, width: number): boolean {
  if (TABLE_ROW.test(before) || TABLE_ROW.test(line)) return TABLE_ROW.test(before) && TABLE_ROW.test(line)
  if (FINISHED.test(before) || MARKER.test(line)) return false
  const broken = /[，、,（(]\s*$/.test(before) || /^\s*(?:[，、。；：,.;:%％）)]|\d)/.test(line)
  const full = width >= 15 && before.trim().length >= width * 0.8
  return broken || full
}

/** A line's characters in plain form. A line joined to the next leaves no trace, except that the digits of two numbers do not run together. */
function plainCharacters(line: Line): Character[] {
  const dropped = markup(line.text)
  const characters: Character[] = []
  let blank = false
  let index = 0
  for (const printed of line.text) {
    const place = line.start + index
    const isDropped = dropped.has(index)
    index += printed.length
    if (isDropped) continue
    if (/[\s\u200b-\u200d\ufeff\u00ad\u2060]/.test(printed)) {
      blank = true
      continue
    }
    const plain = plainCharacter(printed)
    if (blank && /\d/.test(plain) && /\d/.test(characters.at(-1)?.plain ?? '')) characters.push({ plain: ' ', place: place - 1 })
    blank = false
    characters.push({ plain, place })
  }
  return characters
}

/**
 * A table's rows as clauses. A label and the number beside it read together; a bare number takes the label and unit of its column's head
 * (`| 受理（件） |` over `| 22 |` reads 受理22件); other cells are parted, and each row ends in `；`.
 */
function tableClauses(rows: readonly Character[][]): Character[] {
  const table = rows.filter((row) => !row.every(({ plain }) => /[|:-]/.test(plain))).map(cellsOf)
  const head = table[0]!
  return table.flatMap((cells, index) => {
    const labelled = index === 0 ? cells : cells.map((cell, column) => underHead(cell, head[column] ?? [], cells[column - 1] ?? []))
    const clause = labelled.flatMap((cell, column) => [
      ...(column > 0 && !isLabelled(labelled[column - 1]!, cell) ? [sign('，', cell)] : []),
      ...cell,
    ])
    return clause.length === 0 ? [] : [...clause, sign('；', [clause.at(-1)!])]
  })
}

function cellsOf(row: readonly Character[]): Character[][] {
  const cells: Character[][] = [[]]
  for (const character of row) {
    if (character.plain === '|') cells.push([])
    else cells.at(-1)!.push(character)
  }
  return cells.slice(1, -1)
}

function underHead(cell: Character[], head: readonly Character[], before: readonly Character[]): Character[] {
  const [number, label] = [textOf(cell), textOf(head)]
  if (!/^\d[\d,. ]*%?$/.test(number) || !/\p{Script=Han}/u.test(label) || isLabelled(before, cell)) return cell
  const unit = /\((\p{Script=Han}{1,3})\)$/u.exec(label)?.[1] ?? ''
  const name = label.replace(/\([^)]*\)$/, '')
  const place = cell[0]!.place
  const added = (text: string, at: number) => [...text].map((plain) => ({ plain, place: at }))
  return [...added(name, place), ...cell, ...added(unit, cell.at(-1)!.place)]
}

/** Whether `before` is the words to the number that `cell` begins with. A bare number in a row of numbers has its label in the column's head. */
function isLabelled(before: readonly Character[], cell: readonly Character[]): boolean {
  return /^\d[\d,.]*\p{Script=Han}|^\d[\d,.]*%$/u.test(textOf(cell)) && /^\p{Script=Han}+:?$/u.test(textOf(before))
}

function sign(plain: string, beside: readonly Character[]): Character {
  return { plain, place: beside[0]?.place ?? 0 }
}

function textOf(characters: readonly Character[]): string {
  return characters.map(({ plain }) => plain).join('')
}

/** Where a line holds marks of markdown or HTML rather than text. */
function markup(line: string): Set<number> {
  const dropped = new Set<number>()
  const patterns = [
    /^\s*(?:#{1,6}\s|>\s?|[-*+]\s)/g,
    /\*+|`+|~~|__/g,
    /<\/?[a-zA-Z][^<>]*>/g,
    /&(?:nbsp|ensp|emsp);/g,
    /\[(?=[^\]]*\]\([^)\s]*\))|\]\([^)\s]*\)/g,
  ]
  for (const pattern of patterns) {
    for (const { index, 0: found } of line.matchAll(pattern)) {
      for (let at = index; at < index + found.length; at += 1) dropped.add(at)
    }
  }
  return dropped
}

/** A text without any full stop is cut all the same, so that the work stays proportional to its length. */
const LONGEST_SENTENCE = 3000

/** Cuts after 。！？ and after a full stop that stands for one (`38.02%.`), keeping a closing quotation mark or bracket with its sentence. */
function sentencesOf(characters: readonly Character[], paragraph: number): Sentence[] {
  const sentences: Sentence[] = []
  let from = 0
  const close = (to: number) => {
    const part = characters.slice(from, to)
    if (part.length > 0)
      sentences.push({ plain: part.map(({ plain }) => plain).join(''), places: part.map(({ place }) => place), paragraph })
    from = to
  }
  for (let at = 0; at < characters.length; at += 1) {
    if (!endsSentence(characters, at) && at - from < LONGEST_SENTENCE) continue
    while (/[”"’』)]/.test(characters[at + 1]?.plain ?? '')) at += 1
    close(at + 1)
  }
  close(characters.length)
  return sentences
}

function endsSentence(characters: readonly Character[], at: number): boolean {
  const { plain } = characters[at]!
  if (/[。!?]/.test(plain)) return true
  return plain === '.' && /[\p{Script=Han}%)]/u.test(characters[at - 1]?.plain ?? '') && !/\d/.test(characters[at + 1]?.plain ?? '')
}
