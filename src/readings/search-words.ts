// Chinese is found without a dictionary: every character and every pair of neighbours is a word of the index, and what is found is right
// because a query's pairs must all be there; a segmenter would split 低保 and find neither half.

const RUN = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu
const HAN = /\p{Script=Han}/u

/** Soft hyphens, joiners, marks of direction: copied along with a name, they would hide it from whoever types it. */
export const INVISIBLE = '\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff'
const INVISIBLE_MARK = new RegExp([...INVISIBLE].join('|'), 'gu')

/** More than this of one text is not indexed: characters. */
const LONGEST = 4_000

/** A text as the words of a `tsvector`, as its literal; characters outside the first plane (𠮷) count as one. */
export function searchVector(texts: Iterable<string>): string {
  const words = new Set<string>()
  for (const text of texts) for (const word of wordsOf(text.slice(0, LONGEST))) words.add(word)
  return [...words].map(quoted).join(' ')
}

/** A query as the literal of a `tsquery`: all of its words; `undefined` where it holds nothing that can be found. */
export function searchQuery(text: string): string | undefined {
  const words = runsOf(text).flatMap((run) => {
    if (!isHan(run)) return [`${quoted(run)}:*`]
    const characters = [...run]
    if (characters.length === 1) return [quoted(run)]
    return characters.slice(0, -1).map((one, index) => quoted(one + characters[index + 1]!))
  })
  return words.length === 0 ? undefined : words.slice(0, 60).join(' & ')
}

/**
 * The word by which cases of a procedure, or of one organ in it, are found: a search within a place meets the two lists in the index and reads
 * no case of another's. `#` and `/` are in no word of a text.
 */
export function placeWord({ procedure, organ }: { readonly procedure: string; readonly organ: string | null }): string {
  return quoted(organ === null ? `#${procedure}` : `#${procedure}/${organ}`)
}

/** The runs of a query that the index alone does not prove: of 行政复议 it knows the three pairs, and not that they follow one another. */
export function unprovenRuns(text: string): string[] {
  return runsOf(text).filter((run) => isHan(run) && [...run].length > 2)
}

function* wordsOf(text: string): Generator<string> {
  for (const run of runsOf(text)) {
    if (!isHan(run)) {
      yield run
      continue
    }
    const characters = [...run]
    for (const [index, one] of characters.entries()) {
      yield one
      const next = characters[index + 1]
      if (next !== undefined) yield one + next
    }
  }
}

/** The runs of a text between its marks: of Chinese characters, or of letters and digits. */
export function runsOf(text: string): string[] {
  return [...normal(text).matchAll(RUN)].map(([run]) => run)
}

/** Is it of Chinese characters? */
export function isHan(run: string): boolean {
  return HAN.test(run)
}

/** Full-width letters and digits as half-width, everything in lower case, without the marks that nobody sees. */
export function normal(text: string): string {
  return text.normalize('NFKC').replaceAll(INVISIBLE_MARK, '').toLowerCase()
}

function quoted(word: string): string {
  return `'${word.replace(/['\\]/g, '$&$&')}'`
}
