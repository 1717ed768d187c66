import { cited } from '#engine/citation.ts'
import { Converter } from 'opencc-js/t2cn'
import { guideOf } from './guide.ts'
import { isHan, normal, runsOf } from './search-words.ts'
import { numberOf } from './citations.ts'
import { statedIn } from '#engine/guide.ts'
import type { Citation } from '#engine/citation.ts'
import type { Definition } from '#engine/definition.ts'
import type { ProcedureGuide } from './guide.ts'
import type { Words } from '#engine/words.ts'

/** What can be found of a guide, in the order in which equals are listed. */
export const FINDABLE = ['guide', 'step', 'clock', 'particular', 'document', 'article'] as const
export type Findable = (typeof FINDABLE)[number]

/** One thing that can be found. */
export interface Entry {
  readonly kind: Findable
  readonly procedure: string
  /** The procedure's name. */
  readonly of: Words
  readonly title: Words
  /** A sentence about it. */
  readonly says?: Words
  /** Where it stands on the page of the guide. */
  readonly anchor: string
}

interface Indexed {
  readonly entry: Entry
  readonly title: Text
  readonly text: Text
  readonly context: Text
}

/** A text as it is compared. */
interface Text {
  readonly whole: string
  /** Its words of letters and digits. */
  readonly words: readonly string[]
}

export type GuideIndex = readonly Indexed[]

/** Everything that can be found in the guides of these versions; some dozens of kilobytes a procedure. */
export function guideIndex(definitions: readonly Definition[]): GuideIndex {
  return definitions.flatMap((definition) => {
    const guide = guideOf(definition)
    const context = textOf(guide.name)
    return entriesOf(guide).map(({ texts, ...entry }) => ({
      entry,
      title: textOf(entry.title),
      text: textOf(entry.title, ...(entry.says ? [entry.says] : []), ...texts),
      context,
    }))
  })
}

/**
 * What holds every word of a query, the best first. A Chinese word of two characters is found as it stands; of a longer one it is enough that
 * each pair of neighbours is there. 繁體 and 简体 find the same, and 第六十二条 is 第62条.
 *
 * @param kind only this kind is listed; all are counted
 */
export function searchGuides(
  index: GuideIndex,
  query: string,
  kind?: Findable,
): { readonly found: readonly Entry[]; readonly counts: Readonly<Partial<Record<Findable, number>>> } {
  const runs = [...new Set(runsOf(plain(query)))].slice(0, MOST_RUNS)
  const scored = runs.length === 0 ? [] : index.flatMap((one) => scoreOf(one, runs) ?? [])
  const counts: Partial<Record<Findable, number>> = {}
  for (const { entry } of scored) counts[entry.kind] = (counts[entry.kind] ?? 0) + 1
  const found = scored.filter(({ entry }) => kind === undefined || entry.kind === kind).sort((a, b) => b.score - a.score)
  return { found: found.map(({ entry }) => entry), counts }
}

/** More words than this are left unread. */
const MOST_RUNS = 12

/** How well a run fits: whole title, its beginning, in it, in the text, in pairs only; by the procedure's name alone it does not count. */
const FITS = { title: 16, beginning: 9, inTitle: 7, inText: 3, pairs: 1, context: 0 } as const

function scoreOf({ entry, title, text, context }: Indexed, runs: readonly string[]): { entry: Entry; score: number } | undefined {
  const fits = runs.map((run) =>
    isWholeTitle(title, run)
      ? FITS.title
      : title.whole.startsWith(run)
        ? FITS.beginning
        : stands(run, title)
          ? FITS.inTitle
          : stands(run, text)
            ? FITS.inText
            : inPairs(run, text)
              ? FITS.pairs
              : stands(run, context)
                ? FITS.context
                : undefined,
  )
  if (fits.includes(undefined)) return undefined
  const score = (fits as number[]).reduce((sum, one) => sum + one, 0)
  if (score === 0) return undefined
  // Whoever asks for a matter wants its guide first, and of equals the kinds in their order.
  const named = entry.kind === 'guide' && score >= FITS.inTitle ? FITS.title : 0
  return { entry, score: score + named + (FINDABLE.length - FINDABLE.indexOf(entry.kind)) / FINDABLE.length }
}

/** Is the run one of the title's two languages, whole? */
function isWholeTitle({ whole }: Text, run: string): boolean {
  return whole.split('\n').some((one) => one === run)
}

function stands(run: string, { whole, words }: Text): boolean {
  if (isHan(run)) return whole.includes(run)
  return /^\d+$/.test(run) ? words.includes(run) : words.some((word) => word.startsWith(run))
}

function inPairs(run: string, { whole }: Text): boolean {
  const characters = [...run]
  return isHan(run) && characters.length > 2 && characters.slice(1).every((one, index) => whole.includes(characters[index]! + one))
}

function textOf(...all: readonly Words[]): Text {
  const whole = plain(all.flat().join('\n'))
  return { whole, words: runsOf(whole).filter((run) => !isHan(run)) }
}

const simplified = Converter({ from: 't', to: 'cn' })

/** Simplified characters, half-width, lower case, the numbers of articles in digits. */
function plain(text: string): string {
  return simplified(normal(text)).replaceAll(
    /第([〇零一二三四五六七八九十百千]+)条/g,
    (_: string, numeral: string) => `第${numberOf(numeral)}条`,
  )
}

type EntryText = Entry & { readonly texts: readonly Words[] }

function entriesOf(guide: ProcedureGuide): EntryText[] {
  const entry = (
    kind: Findable,
    title: Words,
    anchor: string,
    { says, texts = [] }: { says?: Words | undefined; texts?: readonly Words[] },
  ) => ({
    kind,
    procedure: guide.id,
    of: guide.name,
    title,
    ...(says ? { says } : {}),
    anchor,
    texts,
  })
  const { said } = guide
  const stated = said.about ? statedIn({ ...said, about: said.about }) : []
  return [
    entry('guide', guide.name, 'main', { says: said.about?.words, texts: stated.map((one) => one.stated.words) }),
    ...guide.steps.map(({ id, name, tells, by }) => entry('step', name, `step-${id}`, { says: tells, texts: by })),
    ...guide.clocks.map(({ id, name, late, limits, binds }) =>
      entry('clock', name, `clock-${id}`, { says: late, texts: [binds, ...limits.map((limit) => limit.words)] }),
    ),
    ...guide.intakes
      .flatMap(({ needed }) => needed)
      .filter(({ name }, index, all) => all.findIndex((other) => other.name[0] === name[0]) === index)
      .map(({ name, help, options }) => entry('particular', name, 'needed', { says: help, texts: options })),
    ...guide.documents.map(({ name, steps }) => entry('document', name, 'documents', { texts: steps })),
    ...articlesOf(guide).map(({ citation, places }) =>
      entry('article', [cited(citation), cited(citation, 'en')], places[0]!.anchor, {
        says: [places.map(({ name }) => name[0]).join('、'), places.map(({ name }) => name[1]).join(', ')],
        texts: [[`${citation.law}第${/^[\d-]+/.exec(citation.article!)?.[0]}条`, citation.words ?? '']],
      }),
    ),
  ]
}

interface Place {
  readonly name: Words
  readonly anchor: string
}

/** Every article that a guide rests on, once, with the places. */
function articlesOf(guide: ProcedureGuide): { readonly citation: Citation; readonly places: readonly Place[] }[] {
  const all = new Map<string, { citation: Citation; places: Place[] }>()
  const add = (article: Citation | readonly Citation[], name: Words, anchor: string): void => {
    for (const citation of [article].flat() as readonly Citation[]) {
      if (citation.article === undefined) continue
      const known = all.get(cited(citation)) ?? { citation, places: [] }
      all.set(cited(citation), known)
      if (!known.places.some((place) => place.name[0] === name[0])) known.places.push({ name, anchor })
    }
  }
  for (const { id, name, article } of guide.steps) add(article, name, `step-${id}`)
  for (const { id, name, article } of guide.clocks) add(article, name, `clock-${id}`)
  const { said } = guide
  for (const { at, stated } of said.about ? statedIn({ ...said, about: said.about }) : []) add(stated.article, guide.name, at)
  add(guide.basis, guide.name, 'main')
  return [...all.values()]
}
