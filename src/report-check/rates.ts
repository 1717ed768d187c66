import { isAverage } from './averages.ts'
import { only } from './claim.ts'
import type { Candidate, Derived, Term } from './claim.ts'
import { labelOf } from './figures.ts'
import type { Figure, Passage } from './figures.ts'
import { isComparable, isDenied, isSameMatter, isSynonym, matterOf, sharesWord, tieStrength } from './labels.ts'
import { exceeds, quotientOf } from './quantity.ts'
import { compare } from './rational.ts'
import type { Reason } from './reasons.ts'

/**
 * Finds the rates (率, 比例) and shares (占) of a sentence, each with the pairs of counts that it can be the quotient of.
 *
 * The numerator is the count whose words say what the rate's name says: 调解成功2663件 for 调成率. The denominator is a count of the same unit and
 * matter. Where the words do not single out a pair, all pairs are offered but the claim is not `certain`, and can only turn out consistent.
 *
 * @param before the sentence before, in the same paragraph; its counts serve where the sentence has none of its own
 * @param wholes counts from anywhere earlier in the report that a rate may silently refer to
 */
export function findRates(passage: Passage, before: Passage | undefined, wholes: readonly Figure[] = []): Derived[] {
  return passage.figures
    .filter((figure) => figure.form === 'percent' && !isChange(leadOf(passage, figure)))
    .map((printed) => {
      const lead = leadOf(passage, printed)
      const share = SHARE.exec(lead)
      const surroundings = { before, wholes }
      return share === null ? rateClaim(passage, surroundings, printed, lead) : shareClaim(passage, surroundings, printed, share)
    })
}

/** Whether the words before a percentage make it one of growth: 同比增长12%, but not 提高到98%. */
export function isChange(lead: string): boolean {
  return /(?:增长|增加|增幅|增速|上升|提高|提升|上涨|攀升|下降|减少|降低|降幅|减幅|下滑|回落|压缩|压减|缩短|精简|缩减|提速|跃升|[增减降升])(?:率|幅度?|比例)?(?:了|约|近|超过?|逾|达到?|为|:|均|分别|高达|将近|接近|不足|大约)*$/.test(
    lead,
  )
}

/** The words of a percentage's clause up to it; of percentages listed together (24.7%、21.1%), those before the first. */
export function leadOf({ sentence: { plain }, figures }: Passage, figure: Figure): string {
  const listed = figures.filter(({ form, start }) => form === 'percent' && start <= figure.start)
  let first = figure
  for (const earlier of listed.toReversed()) if (/^[、和,，及]{0,1}$/.test(plain.slice(earlier.end, first.start))) first = earlier
  const clauses = plain.slice(0, first.start).split(/[，；;()。]|(?<!\d),|,(?!\d)/)
  return clauses.at(-1)!.replace(/:$/, '')
}

const SHARE =
  /占(?![有用道领线地])(?:比|了|到)?([^占]*?)(?:的比例|的比重|比例|比重|的比|比)?(?:的|为|达到?|约|近|超过?|仅|逾|高达|:|不足|分别|了|[一二]成)*$/
const NAME = /([\p{Script=Han}A-Za-z]+?)(?:率|比例|比重)/gu
const PLANNED = /力争|争取|预计|到20\d\d年底?|下一步|将达|将实现/
const REQUIRED = /目标|计划|确保|要求|规划|应达|需达|须达|标准/

/** What lies before a sentence: the one just before it, and the counts further up that may be wholes. */
interface Surroundings {
  readonly before: Passage | undefined
  readonly wholes: readonly Figure[]
}

function rateClaim(passage: Passage, { before, wholes }: Surroundings, printed: Figure, lead: string): Derived {
  const names = namesOf(passage, printed, lead)
  const counts = countsBefore(passage, before, printed)
  const tied = tiedTo(names, counts, printed)
  const { whole, reason } = certaintyOf({ passage, before, printed, lead, names, tied, counts })

  const parts = tied.length > 0 ? tied : counts
  const pairs = pairsOf(parts, counts).toSorted((a, b) => Number(b.whole === whole) - Number(a.whole === whole))
  const complements = counts
    .filter((count) => names.some((name) => isDenied(name, labelOf(count))))
    .flatMap((denied) => complementsOf(denied, counts))
  const candidates = tied.length > 0 ? withVariants(pairs, counts) : [...complements, ...quotients(pairs)]
  const doubts = reason === undefined ? doubtsAbout(parts, counts, [...countsElsewhere(passage, before, counts), ...wholes]) : []
  const why = counts.length < 2 ? 'no-counts' : (reason ?? 'several-pairs')
  return { form: 'derived', kind: 'rate', printed, candidates, doubts, certain: reason === undefined, reason: why }
}

/** The counts whose words are the rate's own, as far as they have equally many of them. */
function tiedTo(names: readonly string[], counts: readonly Figure[], printed: Figure): Figure[] {
  const context = counts
    .map(({ clauseBefore, noun }) => clauseBefore + noun)
    .filter((words) => !/[、和及与]/.test(words))
    .join('，')
  const strengths = counts.map((count) => {
    const usable = !count.aside || printed.aside
    return usable ? Math.max(0, ...names.map((name) => tieStrength(name, labelOf(count), context))) : 0
  })
  const strongest = Math.max(0, ...strengths)
  return counts.filter((_, index) => strongest > 0 && strengths[index] === strongest)
}

function namesOf(passage: Passage, printed: Figure, lead: string): string[] {
  const names = [...lead.matchAll(NAME)].map(([, name = '']) => name.replace(/^[、和及与]/, ''))
  if (!/分别/.test(lead)) return names.length > 1 && !/[、和及与均都]/.test(lead) ? names.slice(-1) : names

  // 办结率、满意率分别为99%、98%: each percentage has the name in its own place.
  const listed = passage.figures.filter((figure) => figure.form === 'percent' && leadOf(passage, figure) === lead)
  return listed.length === names.length ? names.slice(listed.indexOf(printed)).slice(0, 1) : []
}

interface Reading {
  readonly passage: Passage
  readonly before: Passage | undefined
  readonly printed: Figure
  readonly lead: string
  readonly names: readonly string[]
  readonly tied: readonly Figure[]
  readonly counts: readonly Figure[]
}

/** The whole that the words single out for the one numerator they tie to the rate; where something speaks against testing them, the reason. */
function certaintyOf({ passage, before, printed, lead, names, tied, counts }: Reading): { whole?: Figure | undefined; reason?: Reason } {
  const part = tied.at(-1)
  if (isFuture(passage, printed)) return { reason: 'future' }
  if (part === undefined) return { reason: 'not-tied' }
  if (tied.length > 1) return { reason: 'several-pairs' }

  const matching = wholesOf(part, counts).filter((whole) => isAmong(part, whole, names) || isSameMatter(labelOf(part), wordsOf(whole)))
  const whole = matching.findLast((other) => isBefore(other, part, counts)) ?? matching[0]
  if (whole === undefined) return { reason: 'not-tied' }

  if (isOpposite(labelOf(part), wordsOf(whole))) return { whole, reason: 'several-pairs' }
  const later = counts.slice(counts.indexOf(part) + 1)
  if (later.some((count) => !count.aside && count !== whole && isComparable(part, count))) return { whole, reason: 'several-pairs' }
  if (before?.figures.includes(whole) && matching.length > 1) return { whole, reason: 'several-pairs' }
  if (/均|都/.test(lead) && (names.length < 2 || matching.length > 1)) return { whole, reason: 'collective' }
  if (isOfOtherPeriod(lead, part.clauseBefore + whole.clauseBefore)) return { whole, reason: 'other-period' }
  const mayCarryOver = /新收|新受理|新增|新立|收案|新发/.test(labelOf(whole)) && /结/.test(names.join())
  return mayCarryOver && isBelow(printed, part, whole) ? { whole, reason: 'carry-over' } : { whole }
}

/** 受理152件，其中撤销8件: 其中 says what the part is of, where the part has no words but the rate's own (民事结案 is not of all that was 结案). */
function isAmong(part: Figure, whole: Figure, names: readonly string[]): boolean {
  const isOwn = names.some((name) => isSynonym(name, matterOf(labelOf(part))))
  return isOwn && part.clauseBefore.startsWith('其中') && part.clause - whole.clause === 1
}

/** 逮捕25人，不捕24人: two outcomes beside each other, whose sum is the whole. */
function isOpposite(part: string, whole: string): boolean {
  const denied = /[不未](\p{Script=Han}{1,3})$/u.exec(part)?.[1]
  return denied !== undefined && whole.includes(denied)
}

/** Whether the rate is of another time than the counts: 去年受理100件, 今年办结率98%; 办结率由去年的90%. */
function isOfOtherPeriod(lead: string, counted: string): boolean {
  if (/去年|上年|同期|由|从|原来|此前/.test(lead)) return true
  const periods = ['今年', '当年', '本年', '累计', '历年', '上半年', '下半年', '季度', '月']
  return /去年|上年|同期/.test(counted) || periods.some((period) => lead.includes(period) && !counted.includes(period))
}

/** Whether the printed rate is below `part ÷ whole`, so that a whole larger than the one printed would explain it. */
function isBelow(printed: Figure, part: Figure, whole: Figure): boolean {
  const quotient = quotientOf(part.quantity, whole.quantity)
  return quotient !== undefined && compare(printed.quantity.value, quotient.low) < 0
}

/** A share names its whole (占受理总数的30%) or leaves it to the sentence (其中民事60件，占30%). Its part is the count just before. */
function shareClaim(passage: Passage, { before, wholes: further }: Surroundings, printed: Figure, share: RegExpExecArray): Derived {
  const sentence = countsBefore(passage, undefined, printed)
  const own = sentence.filter((count) => !isAsideElsewhere(count, printed))
  const counts = [...(before?.figures.filter(({ form }) => form === 'count').slice(-NEAREST) ?? []), ...sentence]
  const part = placedPart(passage, printed, own) ?? own.findLast((count) => printed.clause - count.clause <= 1)
  const none: Derived = { form: 'derived', kind: 'share', printed, candidates: [], doubts: [], certain: false, reason: 'no-counts' }
  if (part === undefined) return none

  const wholes = wholesOf(part, counts).filter((whole) => isBefore(whole, part, counts))
  const named = (share[1] ?? '').replace(/全部|所有|总[件人户个]?数|总量|总额|总体|总|数量|数|同期|其|的|一审|约|近|超过?/g, '')
  const matching = named.length < 2 ? wholes : wholes.filter((whole) => sharesWord(named, wordsOf(whole)))
  const whole = likeliestWhole(matching, part, passage)
  // A whole in the sentence before is sure only where the sentence itself offers none.
  const near = whole !== undefined && (own.includes(whole) || wholesOf(part, own).length === 0)
  const certain = near && !isFuture(passage, printed) && !/均|都/.test(share[0])
  const ordered = whole === undefined ? matching : [whole, ...matching.filter((other) => other !== whole)]
  const candidates = withVariants(
    ordered.map((other) => ({ part, whole: other })),
    counts,
  )
  const doubts = certain ? doubtsAbout([part], counts, [...countsElsewhere(passage, before, counts), ...further]) : []
  const reason: Reason = matching.length === 0 && named.length >= 2 ? 'other-whole' : matching.length === 0 ? 'no-counts' : 'several-pairs'
  return { ...none, candidates, doubts, certain, reason }
}

/** 民事60件、行政40件，分别占30%、20%: each percentage is of the count in its own place. */
function placedPart(passage: Passage, printed: Figure, own: readonly Figure[]): Figure | undefined {
  const lead = leadOf(passage, printed)
  const listed = passage.figures.filter((figure) => figure.form === 'percent' && leadOf(passage, figure) === lead)
  return /分别/.test(lead) && listed.length > 1 ? own.slice(-listed.length)[listed.indexOf(printed)] : undefined
}

/** The whole that the words single out: the only one there is, or the only one called 共 or followed by 其中. */
function likeliestWhole(wholes: readonly Figure[], part: Figure, { sentence: { plain } }: Passage): Figure | undefined {
  const unlike = wholes.filter((whole) => /去年|上年|同期/.test(labelOf(whole)))
  if (unlike.length > 0) return undefined
  const marked = wholes.filter(
    (whole) => /共|总|合计|累计/.test(whole.before) || /^[^，。；]{0,6}[，,；;(。]?其中/.test(plain.slice(whole.end)),
  )
  // In a table the rows have one label; what is called a total in each of them is the whole of none.
  if (marked.length === 1 && !/共|总|合计|累计/.test(part.before)) return marked[0]
  return wholes.length === 1 && isSameMatter(labelOf(part), wordsOf(wholes[0]!)) && /其中|有/.test(part.before) ? wholes[0] : undefined
}

/** No sentence of a report states more counts before a rate of two of them; the limit keeps the work proportional to the length of any text. */
const NEAREST = 12

/** The counts that stand before the percentage in its sentence; where these are fewer than two, also those of the sentence before. */
function countsBefore(passage: Passage, before: Passage | undefined, printed: Figure): Figure[] {
  const isCount = (figure: Figure) => figure.form === 'count' && !isAverage(figure)
  const own = passage.figures.filter((figure) => isCount(figure) && figure.start < printed.start).slice(-NEAREST)
  const comparable = own.some((count) => own.some((other) => other !== count && isComparable(count, other)))
  return comparable || before === undefined ? own : [...before.figures.filter(isCount).slice(-NEAREST), ...own]
}

/** Counts further off: after the percentage, and in the sentence before. They can only save a claim from being called contradictory. */
function countsElsewhere(passage: Passage, before: Passage | undefined, counts: readonly Figure[]): Figure[] {
  return [...(before?.figures ?? []), ...passage.figures].filter((figure) => figure.form === 'count' && !counts.includes(figure))
}

/** The counts that can be the whole of `part`: the same unit, not smaller, no aside. */
function wholesOf(part: Figure, counts: readonly Figure[]): Figure[] {
  return counts.filter((whole) => whole !== part && !whole.aside && isComparable(part, whole) && !exceeds(part.quantity, whole.quantity))
}

function pairsOf(parts: readonly Figure[], counts: readonly Figure[]): Pair[] {
  return parts.flatMap((part) => wholesOf(part, counts).map((whole) => ({ part, whole })))
}

interface Pair {
  readonly part: Figure
  readonly whole: Figure
}

function quotients(pairs: readonly Pair[]): Candidate[] {
  return pairs.map(({ part, whole }) => ({ sum: only(part), over: only(whole) }))
}

/**
 * Readings that would explain a rate which its own pair does not give: any two counts of the sentence, the parts as shares of what is told elsewhere
 * in the report, and of the sum of the outcomes told beside them (成功40件、不成60件).
 */
function doubtsAbout(parts: readonly Figure[], counts: readonly Figure[], elsewhere: readonly Figure[]): Candidate[] {
  const beside = parts.flatMap((part) => {
    const others = counts.filter((other) => other !== part && !other.aside && isComparable(part, other))
    return [...others.map((other) => only(part, other)), only(part, ...others)].map((over): Candidate => ({ sum: only(part), over }))
  })
  return [...quotients(pairsOf(counts, counts)), ...quotients(pairsOf(parts, elsewhere)), ...beside]
}

/** What a count of the opposite leaves: of 1500 with 34 不合格, 1466 are 合格. */
function complementsOf(denied: Figure, counts: readonly Figure[]): Candidate[] {
  return wholesOf(denied, counts).map((whole) => ({ sum: [{ figure: whole }, { figure: denied, negative: true }], over: only(whole) }))
}

/**
 * The pairs, then what else a writer may have divided: with the asides (含上年结转1件) added or taken away, with neighbours in a list
 * or with what was carried over added (新收 and 旧存). These only ever save a claim from being called contradictory.
 */
function withVariants(pairs: readonly Pair[], counts: readonly Figure[]): Candidate[] {
  const variants = pairs.slice(0, 12).flatMap(({ part, whole }) => {
    const others = counts.filter((count) => count !== part && count !== whole && isComparable(part, count)).slice(-8)
    const isAddend = (figure: Figure, other: Figure) =>
      other.aside || figure.clause === other.clause || /旧存|结转|存案|遗留|上年|去年/.test(other.before)
    const varied = (figure: Figure): Term[] => [
      only(figure),
      ...others.filter((other) => isAddend(figure, other)).map((other) => only(figure, other)),
      ...others.filter((other) => other.aside).map((other): Term => [{ figure }, { figure: other, negative: true }]),
    ]
    return varied(part).flatMap((sum) => varied(whole).map((over): Candidate => ({ sum, over })))
  })
  return [...quotients(pairs), ...variants]
}

/** All that says what a whole is a count of. */
function wordsOf(whole: Figure): string {
  return whole.clauseBefore + whole.after + whole.noun
}

function isBefore(a: Figure, b: Figure, counts: readonly Figure[]): boolean {
  return counts.indexOf(a) < counts.indexOf(b)
}

/** A count inside brackets that the percentage does not stand in. */
function isAsideElsewhere(count: Figure, printed: Figure): boolean {
  return count.aside && !printed.aside
}

function isFuture(passage: Passage, printed: Figure): boolean {
  const part = passage.sentence.plain
    .slice(0, printed.start)
    .split(/[；;]/)
    .at(-1)!
  return PLANNED.test(part) || REQUIRED.test(leadOf(passage, printed))
}
