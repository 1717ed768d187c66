import { expressionOf, valueOf } from './candidate-value.ts'
import type { Bounded, Candidate, Claim, Derived, Directed, Lone } from './claim.ts'
import { explain } from './explanations.ts'
import type { Figure } from './figures.ts'
import type { Computation, Explanation, Verdict } from './finding.ts'
import { exceeds, isExact, judge, sumOf } from './quantity.ts'
import type { Range } from './quantity.ts'
import { compare, minus, rational, roundTo, shown } from './rational.ts'
import { REASONS } from './reasons.ts'
import type { Reason } from './reasons.ts'
import { plainValue, rangeShown, shownAs } from './shown-value.ts'

/** What a claim comes to, before it is put in its place in the text. */
export interface Tested {
  readonly verdict: Verdict
  readonly computation: Computation
  readonly explanations?: readonly Explanation[]
  /** The reading that was tested, where there were several. */
  readonly candidate?: Candidate
}

/** Writes a figure as the report printed it, given by the caller who holds the text. */
export type Printed = (figure: Figure) => string

/** Tests the arithmetic of a claim. */
export function testClaim(claim: Claim, printed: Printed): Tested {
  switch (claim.form) {
    case 'derived':
      return testDerived(claim, printed)
    case 'bounded':
      return testBounded(claim)
    case 'directed':
      return testDirected(claim)
    case 'lone':
      return testLone(claim, printed)
  }
}

function testDerived(claim: Derived, printedAs: Printed): Tested {
  const { printed, candidates } = claim
  const judged = candidates.map((candidate) => ({ candidate, value: valueOf(candidate) }))
  const usable = judged.filter((one): one is { candidate: Candidate; value: Range } => one.value !== undefined)
  if (usable.length === 0) return untested(candidates.length === 0 ? claim.reason : 'no-divisor', printedAs(printed))

  const agreeing = usable.find(({ value }) => judge(value, printed.quantity) === 'agrees')
  // That 5次 and 5次 stand near a 100% shows nothing if no word ties them to it.
  if (agreeing !== undefined && !(claim.reason === 'not-tied' && compare(printed.quantity.value, rational(1n)) === 0))
    return consistent(claim, agreeing, printedAs)
  if (usable.some(({ value }) => judge(value, printed.quantity) === 'unclear')) return untested('threshold', printedAs(printed))
  const first = usable[0]!
  if (!claim.certain) return untested(claim.reason, printedAs(printed))
  if (claim.doubts.some((doubt) => agrees(doubt, printed))) return untested('several-pairs', printedAs(printed))

  const computation = computationOf(first, printed, printedAs)
  return {
    verdict: 'contradictory',
    candidate: first.candidate,
    computation: {
      ...computation,
      zh: `${computation.zh}，与报告所载 ${printedAs(printed)} 不符。`,
      en: `${computation.en}; the report prints ${printedAs(printed)}.`,
    },
    explanations: explain(first.candidate, printed),
  }
}

function agrees(candidate: Candidate, printed: Figure): boolean {
  const value = valueOf(candidate)
  return value !== undefined && judge(value, printed.quantity) === 'agrees'
}

function consistent(claim: Derived, agreeing: { candidate: Candidate; value: Range }, printedAs: Printed): Tested {
  const { printed } = claim
  const computation = computationOf(agreeing, printed, printedAs)
  const note = noteOf(agreeing.value, printed)
  return {
    verdict: 'consistent',
    candidate: agreeing.candidate,
    computation: {
      ...computation,
      zh: `${computation.zh}，与报告所载 ${printedAs(printed)} 相符${note.zh}。`,
      en: `${computation.en}; the report prints ${printedAs(printed)}, which agrees${note.en}.`,
    },
  }
}

/** What a reader should know although the figure agrees: a 100% that is only rounded, a half that was rounded to the even digit. */
function noteOf(value: Range, printed: Figure): { zh: string; en: string } {
  const { quantity } = printed
  if (quantity.hedge !== undefined || !isExact(value)) return { zh: '', en: '' }
  if (printed.form === 'percent' && compare(quantity.value, rational(1n)) === 0 && compare(value.low, rational(1n)) < 0) {
    return { zh: '（系四舍五入所得，并非全部）', en: ' (only by rounding: it is not all)' }
  }
  if (compare(roundTo(value.low, quantity.step), quantity.value) !== 0)
    return { zh: '（恰在半数上，按 GB/T 8170 取偶）', en: ' (exactly half-way, rounded to even under GB/T 8170)' }
  return { zh: '', en: '' }
}

function computationOf({ candidate, value }: { candidate: Candidate; value: Range }, printed: Figure, printedAs: Printed): Computation {
  const expression = expressionOf(candidate)
  const operation = candidate.over === undefined ? 'sum' : 'quotient'
  const data = { operation, expression, printed: printedAs(printed) } as const
  if (!isExact(value)) {
    const between = `${shownAs(printed, value.low)}–${value.high === undefined ? '∞' : shownAs(printed, value.high)}`
    return { zh: `${expression} 在 ${between} 之间`, en: `${expression} lies between ${between}`, data }
  }
  const rounded = plainValue(printed, roundTo(value.low, printed.quantity.step))
  const result = shownAs(printed, value.low)
  const exact = `${value.low.numerator}/${value.low.denominator}`
  const rounding =
    result === rounded ? { zh: '', en: '' } : { zh: `，按所载位数为 ${rounded}`, en: `, that is ${rounded} in the digits printed` }
  return {
    zh: `${expression} = ${result}${rounding.zh}`,
    en: `${expression} = ${result}${rounding.en}`,
    data: { ...data, exact, rounded },
  }
}

function testBounded({ parts, whole, exhaustive, certain, reason }: Bounded): Tested {
  const sum = sumOf(parts.map((part) => part.quantity))
  const expression = parts.map((part) => plainValue(part)).join(' + ')
  const total = parts.length === 1 ? expression : `${expression} = ${rangeShown(whole, sum)}`
  const of = plainValue(whole)
  const data = { operation: 'comparison', expression: `${expression} ≤ ${of}`, printed: of } as const

  if (exceeds(sum, whole.quantity)) {
    if (!certain) return untested(reason, of)
    const computation = {
      zh: `部分 ${total}，大于全体 ${of}。`,
      en: `The part${parts.length > 1 ? 's' : ''} ${total} exceed${parts.length > 1 ? '' : 's'} the whole ${of}.`,
      data,
    }
    return { verdict: 'contradictory', computation, explanations: explainSum(sum, whole) }
  }
  if (exhaustive && exceeds(whole.quantity, sum)) {
    const computation = {
      zh: `各部分 ${total}，与全体 ${of} 不等。`,
      en: `The parts ${total} do not make up the whole ${of}.`,
      data: { ...data, expression: `${expression} = ${of}` },
    }
    return certain ? { verdict: 'contradictory', computation, explanations: explainSum(sum, whole) } : untested(reason, of)
  }
  const rest = isExact(sum) && isExact(whole.quantity) ? minus(whole.quantity.value, sum.low) : undefined
  const left =
    rest === undefined || rest.numerator === 0n ? { zh: '', en: '' } : { zh: `，余 ${shown(rest, 4)}`, en: `, leaving ${shown(rest, 4)}` }
  return {
    verdict: 'consistent',
    computation: {
      zh: `部分 ${total}，不超过全体 ${of}${left.zh}。`,
      en: `The part${parts.length > 1 ? 's' : ''} ${total} do${parts.length > 1 ? '' : 'es'} not exceed the whole ${of}${left.en}.`,
      data,
    },
  }
}

function explainSum(sum: Range, whole: Figure): Explanation[] {
  if (!isExact(sum)) return []
  const [from, to] = [plainValue(whole), shown(sum.low, 4)]
  return [{ zh: `若全体为 ${to}，则相符。`, en: `A whole of ${to} would agree.`, data: { change: 'whole', from, to: [to] } }]
}

function testDirected({ from, to, direction }: Directed): Tested {
  const [a, b] = [plainValue(from), plainValue(to)]
  const data = { operation: 'comparison', expression: `${a} → ${b}`, printed: b } as const
  if (direction === undefined) return untested('no-direction', `${a} → ${b}`)
  const [more, less] = direction === 'up' ? [to, from] : [from, to]
  const said = direction === 'up' ? { zh: '上升', en: 'rise' } : { zh: '下降', en: 'fall' }
  if (exceeds(more.quantity, less.quantity))
    return {
      verdict: 'consistent',
      computation: { zh: `由 ${a} 到 ${b}，确为${said.zh}。`, en: `From ${a} to ${b} is indeed a ${said.en}.`, data },
    }
  const isWrong = exceeds(less.quantity, more.quantity) || (isExact(more.quantity) && isExact(less.quantity))
  if (!isWrong) return untested('no-direction', `${a} → ${b}`)
  return {
    verdict: 'contradictory',
    computation: { zh: `由 ${a} 到 ${b}，并非${said.zh}。`, en: `From ${a} to ${b} is no ${said.en}.`, data },
    explanations: [],
  }
}

function testLone({ printed, kind }: Lone, printedAs: Printed): Tested {
  const { quantity } = printed
  if (kind === 'range' && quantity.high !== undefined && compare(quantity.low, quantity.high) <= 0) {
    const expression = `${plainValue(printed, quantity.low)} ≤ ${plainValue(printed, quantity.high)}`
    return {
      verdict: 'consistent',
      computation: {
        zh: `区间下限不大于上限：${expression}。`,
        en: `The range begins below its end: ${expression}.`,
        data: { operation: 'comparison', expression },
      },
    }
  }
  return untested('alone', printedAs(printed))
}

function untested(reason: Reason, printed: string): Tested {
  const [zh, en] = REASONS[reason]
  return {
    verdict: 'not-testable',
    computation: { zh: `${printed}：${zh}。`, en: `${printed}: ${en}.`, data: { operation: 'none', printed, reason } },
  }
}
