import type { Bounded, Derived } from './claim.ts'
import { only } from './claim.ts'
import { labelOf } from './figures.ts'
import type { Figure, Passage } from './figures.ts'
import { isComparable, isSameMatter, matterOf, OVERLAPPING, STAGE, unitClass } from './labels.ts'
import { exceeds, sumOf } from './quantity.ts'
import type { Reason } from './reasons.ts'

/** Finds totals that follow what they sum up: 行政复议12件、行政应诉8件，共计20件. */
export function findTotals({ figures }: Passage): Derived[] {
  return figures.flatMap((printed, index): Derived[] => {
    if (
      printed.form !== 'count' ||
      !/^(?:[一总]?共|共计|合计|总计|总共|累计|两项合计|三项合计|以上共)(?:为|达到?|有)?$/.test(
        printed.before.replace(/(?:约|近|超过?)$/, ''),
      )
    )
      return []
    const parts = runBefore(figures, index)
    if (parts.length < 2) return []

    // The last two, the last three … may be what is summed up; only the whole run can be relied on.
    const suffixes = parts.map((_, from) => parts.slice(from)).filter((run) => run.length >= 2)
    // 审结12件，审结8件，共3件改判: what follows the number makes it a count of something else.
    const certain = !areStages(parts) && printed.after === '' && figures.indexOf(parts[0]!) === firstOfSegment(figures, printed)
    return [
      {
        form: 'derived',
        kind: 'sum',
        printed,
        candidates: suffixes.map((run) => ({ sum: only(...run) })),
        doubts: [],
        certain,
        reason: 'stages',
      },
    ]
  })
}

/** Finds parts and their whole: 其中, 含, 包括, a list in brackets, and a later stage of the same cases (受理17件，审结14件). */
export function findParts(passage: Passage, before: Passage | undefined): Bounded[] {
  const marked = [...passage.sentence.plain.matchAll(MARK)].flatMap((mark) => markedParts(passage, before, mark))
  const listed = bracketLists(passage).filter((claim) => !marked.some(({ whole }) => whole === claim.whole))
  const parted = new Set([...marked, ...listed].flatMap(({ parts }) => parts))
  return [...marked, ...listed, ...stages(passage, parted)]
}

const MARK = /其中|(?<!不)(?:包含|包括)|(?<=[(，,])含(?!有|量|义|糊)|分别为|分别是/g
const NEW_MATTER = /共|合计|总计|累计|全年|同时|此外|另|还|先后|今年|去年|上年|同期|同比/

/** `mark` stands between a whole and its parts. */
function markedParts(passage: Passage, before: Passage | undefined, mark: RegExpExecArray): Bounded[] {
  const { figures, sentence } = passage
  const behind = mark.index + mark[0].length
  const earlier = figures.filter((figure) => figure.form === 'count' && figure.end <= mark.index && !figure.weak)
  const segment = [...sentence.plain.slice(0, mark.index).matchAll(/[；;]/g)].length
  const near = earlier.filter((figure) => figure.segment === segment)
  const inBrackets = sentence.plain[mark.index - 1] === '(' && earlier.at(-1)?.end === mark.index - 1
  const wholes = inBrackets ? earlier.slice(-1) : near.length > 0 ? near : earlier.length > 0 ? earlier : wholesBefore(before)
  const nearest = wholes.at(-1)
  if (nearest === undefined) return []

  const following = figures.filter((figure) => figure.start >= behind && figure.segment === segment)
  const parts = runOfParts(sentence.plain, behind, following, nearest)
  if (parts.length === 0) return []
  // 受理100件、办结90件，其中…: the parts may be those of either, so that only what exceeds the largest is wrong.
  const largest = wholes.filter((figure) => unitClass(figure.unit) === unitClass(nearest.unit) && !figure.aside).reduce(larger, nearest)
  const whole = exceeds(sumOf(parts.map(({ quantity }) => quantity)), nearest.quantity) ? largest : nearest
  return bounded(whole, parts, /分别/.test(mark[0]) && wholes.length === 1)
}

/** The counts of a sentence that the next one, beginning 其中, can be about. */
function wholesBefore(before: Passage | undefined): Figure[] {
  const counts = before?.figures.filter((figure) => figure.form === 'count' && !figure.weak && !figure.aside) ?? []
  return counts.length === 1 ? counts : []
}

/** The parts from `behind` on: counts in the unit of the whole, until brackets close or something new is told. */
function runOfParts(plain: string, behind: number, figures: readonly Figure[], whole: Figure): Figure[] {
  const run: Figure[] = []
  for (const figure of figures) {
    const between = plain.slice(run.at(-1)?.end ?? behind, figure.start)
    if (figure.aside && !run.at(-1)?.aside && run.length > 0) continue
    if (/^[^(]*\)/.test(between)) break
    if (figure.form !== 'count' || unitClass(figure.unit) !== unitClass(whole.unit)) {
      if (run.length === 0 && figure.form === 'count') break
      continue
    }
    if (NEW_MATTER.test(run.length === 0 ? figure.before.replace(/^(?:共|今年)/, '') : between)) break
    if (!isComparable(figure, whole)) break
    run.push(figure)
  }
  return run
}

/**
 * What parts and whole claim. The first part is a part for sure. The sum is bounded only where the parts look like kinds, not like stages or
 * properties that one case can have together.
 */
function bounded(whole: Figure, parts: readonly Figure[], exhaustive: boolean): Bounded[] {
  const [first, ...rest] = parts
  // 30项任务，包括50项子任务: what 个, 项 and 条 count may be of another order.
  const sure = !/^[个项条]$/.test(whole.unit) || parts.every((part) => part.noun === '' || part.noun === whole.noun)
  const listedTight = rest.length > 0 && !areStages(parts) && !parts.some((part) => OVERLAPPING.test(labelOf(part)))
  const reason: Reason = listedTight ? 'open-list' : 'overlap'
  if (rest.length === 0) return [{ form: 'bounded', kind: 'part', parts: [first!], whole, exhaustive: false, certain: sure, reason }]
  if (listedTight) return [{ form: 'bounded', kind: 'sum', parts, whole, exhaustive, certain: sure, reason }]
  return parts.map((part, index) => ({
    form: 'bounded',
    kind: 'part',
    parts: [part],
    whole,
    exhaustive: false,
    certain: sure && index === 0,
    reason,
  }))
}

/** 共50件（民事30件、行政20件）: the brackets hold the kinds of the whole before them. */
function bracketLists({ sentence: { plain }, figures }: Passage): Bounded[] {
  return figures.flatMap((whole, index): Bounded[] => {
    if (whole.form !== 'count' || whole.aside || plain[whole.end] !== '(') return []
    const end = figures.slice(index + 1).findIndex((figure) => !figure.aside)
    const inside = figures.slice(index + 1, end === -1 ? undefined : index + 1 + end)
    const isList =
      inside.length >= 2 &&
      inside.every((part) => part.form === 'count' && unitClass(part.unit) === unitClass(whole.unit) && part.before !== '')
    const isOne =
      isList &&
      !/\(.*\(/.test(plain.slice(whole.end, inside.at(-1)!.start)) &&
      !areStages(inside) &&
      !/不含|未含|旧存|上年|去年|同期|另/.test(plain.slice(whole.end, inside.at(-1)!.end))
    if (!isOne || inside.some((part) => OVERLAPPING.test(labelOf(part)))) return []
    return [{ form: 'bounded', kind: 'sum', parts: inside, whole, exhaustive: false, certain: true, reason: 'open-list' }]
  })
}

/** 收到22件，受理17件，审结14件: each stage can have at most what the stage before had, unless cases were carried over. */
function stages({ figures }: Passage, parted: ReadonlySet<Figure>): Bounded[] {
  return figures.flatMap((part, index): Bounded[] => {
    const whole = figures.slice(0, index).findLast((figure) => !figure.aside)
    if (whole === undefined || part.aside || parted.has(part) || part.weak || !isNextStage(whole, part)) return []
    const certain = isSubset(labelOf(whole), labelOf(part))
    return [{ form: 'bounded', kind: 'part', parts: [part], whole, exhaustive: false, certain, reason: 'stages' }]
  })
}

function isNextStage(whole: Figure, part: Figure): boolean {
  const handled = part.before.match(STAGE) !== null && whole.before.match(STAGE) !== null
  const close = part.clause - whole.clause <= 1 && part.segment === whole.segment
  const same = whole.form === 'count' && part.form === 'count' && unitClass(whole.unit) === unitClass(part.unit)
  const narrower =
    matterOf(labelOf(part)) === '' || (isSubset(labelOf(whole), labelOf(part)) && isSameMatter(labelOf(part), labelOf(whole)))
  return handled && close && same && narrower && !/发放|印发|召开|开展|组织/.test(part.before)
}

/** Stages that add nothing to what went before: of what was 调解, some was 调解成功; of what was 抽检, some was 合格. */
function isSubset(whole: string, part: string): boolean {
  return (
    (/成功/.test(part) && ['调解', '调处', '化解'].some((verb) => part.includes(verb) && whole.includes(verb)) && !/成功/.test(whole)) ||
    (/合格|达标/.test(part) && /抽检|检查|抽查|检测|监测|检验/.test(whole)) ||
    (/满意/.test(part) && /回访|测评|评价|满意度调查/.test(whole))
  )
}

/** Whether counts are of stages, which overlap: a verb of handling beyond the one that opens the list (受理民事30件、行政20件 is no stage). */
function areStages(parts: readonly Figure[]): boolean {
  const verbs = parts.map((part) => new Set(part.before.match(STAGE) ?? []))
  const [first, ...rest] = verbs
  return rest.some((own) => own.size > 0 && [...own].some((verb) => !first!.has(verb)))
}

/** The counts of one unit that stand, uninterrupted, before the figure at `index` in its segment. */
function runBefore(figures: readonly Figure[], index: number): Figure[] {
  const total = figures[index]!
  const earlier = figures.slice(0, index).filter((figure) => figure.segment === total.segment && !figure.aside)
  const from = earlier.findLastIndex(
    (figure) => figure.form !== 'count' || unitClass(figure.unit) !== unitClass(total.unit) || /^(?:共|共计|合计)$/.test(figure.before),
  )
  return earlier.slice(from + 1).filter((figure) => figure.quantity.high !== undefined)
}

function firstOfSegment(figures: readonly Figure[], { segment }: Figure): number {
  return figures.findIndex((figure) => figure.segment === segment)
}

function larger(a: Figure, b: Figure): Figure {
  return exceeds(b.quantity, a.quantity) ? b : a
}
