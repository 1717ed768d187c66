import { only } from './claim.ts'
import type { Candidate, Derived, Directed, Term } from './claim.ts'
import { labelOf } from './figures.ts'
import type { Figure, Passage } from './figures.ts'
import { isComparable, unitClass } from './labels.ts'
import { isChange, leadOf } from './rates.ts'
import type { Reason } from './reasons.ts'

/**
 * Finds changes: from one printed figure to another (由53家下降至11家), what they are said to amount to (增长25%, 增加10件, 翻一番), and growth
 * that follows from a level and a difference (受理60件，同比增加10件，增长20%) or from two years' figures.
 */
export function findChanges(passage: Passage): (Directed | Derived)[] {
  const moves = findMoves(passage)
  return [...moves, ...passage.figures.flatMap((figure) => amountOf(passage, moves, figure))]
}

type Direction = 'up' | 'down' | undefined

const UP = '增长|增加|上升|提高|提升|扩大|上涨|攀升|扩充|跃升|扩展|壮大|增|升|扩'
const DOWN = '下降|减少|降低|压缩|缩短|精简|压减|缩减|下滑|回落|缩小|削减|减|降|缩'
const NEUTRAL = '调整|整合|优化|变|归并|变更|变动'
const MOVE = new RegExp(`(${UP}|${DOWN}|${NEUTRAL})[了]?(?:到|至|为|成)[了]?(?:20\\d\\d年底?的?)?(?:[^，。；\\d]{0,4})$`)
const AMOUNT = new RegExp(`(${UP}|${DOWN}|多|少|翻|增幅|降幅|减幅)(?:了|约|近|超过?|逾|达到?|为|:|幅度|率|分别|将近|接近)*$`)

/** 由A…至B. Ranks are left out: a rank that rises becomes a smaller number. */
function findMoves({ sentence: { plain }, figures }: Passage): Directed[] {
  return figures.slice(1).flatMap((to, index): Directed[] => {
    const from = figures[index]!
    const verb = MOVE.exec(plain.slice(from.end, to.start))?.[1]
    const opens = /[由从自](?:[^，。；;由从]{0,20})$/.test(plain.slice(0, from.start))
    if (verb === undefined || !opens || to.clause - from.clause > 1 || from.form !== to.form || !isComparable(from, to)) return []
    if (/排名|位次|名次|列|第$/.test(plain.slice(Math.max(0, from.start - 20), to.start)) || from.form === 'multiple') return []
    // 办理时间由5天提升到1天 praises the speed, and says nothing of a rise.
    const direction = to.form === 'duration' && directionOf(verb) === 'up' ? undefined : directionOf(verb)
    return [{ form: 'directed', kind: 'change', from, to, direction }]
  })
}

/** What a figure says about how much something changed, if it says so. */
function amountOf(passage: Passage, moves: readonly Directed[], printed: Figure): Derived[] {
  const { plain } = passage.sentence
  const lead = printed.form === 'percent' ? leadOf(passage, printed) : clauseBefore(plain, printed.start)
  const verb = AMOUNT.exec(lead.replace(/[与和]$/, ''))?.[1]
  if (printed.form === 'percent' && !isChange(lead)) return []
  if (printed.form === 'count' && (verb === undefined || verb.length < 2)) return []
  if (printed.form === 'duration' && verb === undefined) return []
  if (moves.some(({ from, to }) => from === printed || to === printed)) return []

  const none: Derived = { form: 'derived', kind: 'change', printed, candidates: [], doubts: [], certain: false, reason: 'no-base' }
  if (/[年月季]均|分别|累计|以来|连续/.test(lead)) return printed.form === 'count' || printed.form === 'duration' ? [] : [none]
  const direction = directionOf(verb ?? '')
  const move = moveBefore(passage, moves, printed)
  if (move !== undefined) return [ofMove(passage, move, printed, direction, lead)]
  if (printed.form === 'percent') return [byDifference(passage, printed, direction) ?? byYears(passage, printed, direction) ?? none]
  return printed.form === 'points' || printed.form === 'multiple' ? [none] : []
}

/** The change that `printed` sizes: in the same part of the sentence, at most two clauses before, with nothing but other sizes between. */
function moveBefore({ figures }: Passage, moves: readonly Directed[], printed: Figure): Directed | undefined {
  const move = moves.findLast(({ to }) => to.end <= printed.start && to.segment === printed.segment && printed.clause - to.clause <= 2)
  if (move === undefined) return undefined
  const between = figures.filter((figure) => figure.start >= move.to.end && figure.end <= printed.start)
  const sized =
    printed.form === 'percent' ||
    printed.form === 'multiple' ||
    unitClass(printed.unit) === unitClass(move.to.unit) ||
    (printed.form === 'points' && move.to.form === 'percent')
  return sized && between.every((figure) => AMOUNT.test(figure.before)) ? move : undefined
}

function ofMove(passage: Passage, { from, to, direction: moved }: Directed, printed: Figure, direction: Direction, lead: string): Derived {
  const [more, less] = direction === 'down' || (direction === undefined && moved === 'down') ? [from, to] : [to, from]
  const difference: Term = [{ figure: more }, { figure: less, negative: true }]
  const claim: Omit<Derived, 'candidates'> = {
    form: 'derived',
    kind: 'change',
    printed,
    doubts: [],
    ...certaintyOfMove(passage, from, lead),
  }
  switch (printed.form) {
    case 'percent':
      // Of a change between two rates, 提高8% may mean percentage points; both readings are tried.
      return { ...claim, candidates: [{ sum: difference, over: only(from) }, ...(from.form === 'percent' ? [{ sum: difference }] : [])] }
    case 'multiple':
      return {
        ...claim,
        candidates:
          printed.unit === '番'
            ? [{ sum: only(to), over: only(from) }]
            : [
                { sum: difference, over: only(from) },
                { sum: only(to), over: only(from) },
              ],
      }
    default:
      return { ...claim, candidates: [{ sum: difference }] }
  }
}

/** 同比 compares with the year before; a change that begins in another year does not say what that was. */
function certaintyOfMove({ sentence: { plain } }: Passage, from: Figure, lead: string): { certain: boolean; reason: Reason } {
  const compared = /同比|环比|[比较]上年|[比较]去年|较?上年同期/.test(lead)
  const lastYear = /上年|去年|同期|上一年|上月|上季/.test(plain.slice(Math.max(0, from.start - 20), from.start))
  if (hasOwnSubject(lead)) return { certain: false, reason: 'several-bases' }
  return { certain: !compared || lastYear, reason: 'other-period' }
}

/** 受理60件，同比增加10件，增长20%, in either order: the base is what was there before the difference. */
function byDifference(passage: Passage, printed: Figure, direction: Direction): Derived | undefined {
  const { figures, sentence } = passage
  if (direction === undefined) return undefined
  const at = figures.indexOf(printed)
  const isDifference = (figure: Figure | undefined, levels: readonly Figure[]): figure is Figure =>
    figure !== undefined &&
    figure.form === 'count' &&
    Math.abs(figure.clause - printed.clause) <= 1 &&
    figure.segment === printed.segment &&
    directionOf(AMOUNT.exec(clauseBefore(sentence.plain, figure.start))?.[1] ?? '') === direction &&
    levels.some((level) => unitClass(level.unit) === unitClass(figure.unit))

  const difference = [figures[at - 1], figures[at + 1]].find((figure) =>
    isDifference(
      figure,
      figures.slice(0, at).filter((other) => other !== figure),
    ),
  )
  if (difference === undefined) return undefined
  const levels = figures
    .slice(0, at)
    .filter(
      (figure) =>
        figure !== difference && figure.form === 'count' && figure.segment === printed.segment && !isAmount(sentence.plain, figure),
    )
    .filter((figure) => unitClass(figure.unit) === unitClass(difference.unit))
    .toReversed()
  const candidates = levels.map((level): Candidate => ({
    sum: only(difference),
    over: [{ figure: level }, { figure: difference, negative: direction === 'up' }],
  }))
  const near = levels[0] !== undefined && printed.clause - levels[0].clause <= 2
  const certain = levels.length === 1 && near && ![printed, difference].some((figure) => hasOwnSubject(leadAfterFigure(passage, figure)))
  return {
    form: 'derived',
    kind: 'change',
    printed,
    candidates,
    doubts: [],
    certain,
    reason: levels.length === 0 ? 'no-base' : 'several-bases',
  }
}

/** 今年60件，去年同期50件，同比增长20%; 较去年的50件增长20%. */
function byYears(passage: Passage, printed: Figure, direction: Direction): Derived | undefined {
  const { figures, sentence } = passage
  const levels = figures.filter(
    (figure) =>
      figure.form === 'count' &&
      figure.end <= printed.start &&
      figure.segment === printed.segment &&
      !figure.aside &&
      !isAmount(sentence.plain, figure),
  )
  const bases = levels.filter((level) => isOfYearBefore(sentence.plain, level, levels))
  const base = bases[0]
  const others = levels.filter((level) => !bases.includes(level) && base !== undefined && unitClass(level.unit) === unitClass(base.unit))
  if (direction === undefined || bases.length !== 1 || base === undefined || others.length === 0) return undefined

  const candidates = others.toReversed().map((level): Candidate => {
    const [more, less] = direction === 'up' ? [level, base] : [base, level]
    return { sum: [{ figure: more }, { figure: less, negative: true }], over: only(base) }
  })
  const near = printed.clause - Math.max(base.clause, others[0]!.clause) <= 1
  const certain = levels.length === 2 && near && isComparable(base, others[0]!) && !hasOwnSubject(leadAfterFigure(passage, printed))
  return { form: 'derived', kind: 'change', printed, candidates, doubts: [], certain, reason: 'several-bases' }
}

/** The words of a figure's clause between the figure before it and itself. */
function leadAfterFigure({ sentence: { plain }, figures }: Passage, figure: Figure): string {
  const previous = figures[figures.indexOf(figure) - 1]?.end ?? 0
  const clause = clauseBefore(plain, figure.start)
  return clause.slice(Math.max(0, previous - (figure.start - clause.length)))
}

/** Whether the words before an amount of growth name something of their own: 其中行政案件增长30% is not of all cases. */
function hasOwnSubject(lead: string): boolean {
  return lead.replace(GROWTH_WORDS, '') !== ''
}

const GROWTH_WORDS = new RegExp(
  `同比|环比|[比较与和]|相比|20\\d\\d年|去年|上年|上一年|前一?年|同期|净|实际|${UP}|${DOWN}|增幅|降幅|减幅|幅度|比例|数量|总量|总数|总体|整体|翻|多|少|[了约近超逾达到为:率的量数]|超过|接近|将近|共|实现|则`,
  'g',
)

/** Whether a figure's words place it in the year before: 去年, 上年, 同期, or the earlier of two years named. */
function isOfYearBefore(plain: string, figure: Figure, levels: readonly Figure[]): boolean {
  if (/去年|上年|同期|上一年/.test(figure.before)) return true
  const year = yearOf(plain, figure)
  return year !== undefined && levels.some((other) => (yearOf(plain, other) ?? 0) === year + 1)
}

function yearOf(plain: string, figure: Figure): number | undefined {
  const year = /(20\d\d)年(?!以来)[^，。；]{0,12}$/.exec(plain.slice(0, figure.start))?.[1]
  return year === undefined ? undefined : Number(year)
}

function isAmount(plain: string, figure: Figure): boolean {
  return AMOUNT.test(clauseBefore(plain, figure.start)) && !labelOf(figure).endsWith('新增')
}

function clauseBefore(plain: string, end: number): string {
  return plain
    .slice(0, end)
    .split(/[，；;()。]|,(?!\d)/)
    .at(-1)!
}

function directionOf(verb: string): Direction {
  if (new RegExp(`^(?:${UP}|多|翻|增幅)$`).test(verb)) return 'up'
  return new RegExp(`^(?:${DOWN}|少|降幅|减幅)$`).test(verb) ? 'down' : undefined
}
