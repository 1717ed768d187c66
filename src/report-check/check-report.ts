import { testClaim } from './arithmetic.ts'
import type { Tested } from './arithmetic.ts'
import type { Claim } from './claim.ts'
import { findClaims } from './claims.ts'
import { passageOf } from './figures.ts'
import type { Figure, Passage } from './figures.ts'
import type { FigureFound, Finding } from './finding.ts'
import { asPrinted, plainParagraphs } from './plain-text.ts'
import { rational, shown, times } from './rational.ts'

/**
 * Reads a finished report, in simplified or traditional characters, and tests the arithmetic of its figures.
 *
 * `checkReport('共调解案件7007件，调解成功2663件，调成率为38.02%。')` finds one contradiction: 2663 ÷ 7007 is 38.00 %.
 *
 * A claim is contradictory only where its words leave no reading that gives the figure printed; where a pairing of figures is a guess, the claim is
 * not testable and says why.
 *
 * @param text plain text or markdown, as {@link readReport} gives it
 * @returns one finding per claim, in the order of the text
 */
export function checkReport(text: string): Finding[] {
  const wholes: Figure[] = []
  const findings = plainParagraphs(text).flatMap((sentences) => {
    const passages = sentences.map(passageOf)
    return passages.flatMap((passage, index) => {
      const found = checkPassage(text, passage, passages[index - 1], wholes.slice(-WHOLES_REMEMBERED))
      wholes.push(...passage.figures.filter(canBeWhole))
      return found
    })
  })
  return findings.toSorted((a, b) => a.where.offset - b.where.offset)
}

/** A report of a hundred pages states fewer totals; the limit keeps the work proportional to the length of any text. */
const WHOLES_REMEMBERED = 400

/** Whether later sentences may give rates of this count without printing it again. */
function canBeWhole(figure: Figure): boolean {
  return figure.form === 'count' && !figure.weak && /收|受理|共|总|计|办理|审结|办结|结案|登记|接|立案|现有|案件/.test(figure.clauseBefore)
}

type Role = FigureFound['role']

/** A claim with what it comes to and the figures it was tested on. */
interface Outcome {
  readonly claim: Claim
  readonly tested: Tested
  readonly figures: readonly (readonly [Figure, Role])[]
}

function checkPassage(text: string, passage: Passage, before: Passage | undefined, wholes: readonly Figure[]): Finding[] {
  if (passage.figures.length === 0) return []
  const place = (figure: Figure) => (passage.figures.includes(figure) ? passage.sentence : before!.sentence)
  const printed = (figure: Figure) => asPrinted(text, place(figure), figure.start, figure.end).replace(/\s+/g, ' ')
  const outcomeOf = (claim: Claim): Outcome => {
    const tested = testClaim(claim, printed)
    return { claim, tested, figures: figuresTested(claim, tested) }
  }

  const outcomes = withoutRepeats(findClaims(passage, before, wholes).map(outcomeOf))
  const used = new Set(outcomes.flatMap(({ figures }) => figures.map(([figure]) => figure)))
  const alone = passage.figures.filter((figure) => !used.has(figure) && countsByItself(figure))
  const lone = alone.map((figure): Claim => ({ form: 'lone', kind: figure.quantity.hedge === '之间' ? 'range' : 'count', printed: figure }))

  return [...outcomes, ...lone.map(outcomeOf)].map(({ claim, tested, figures }): Finding => {
    const found = figures.map(([figure, role]): FigureFound => {
      const value = shown(times(figure.quantity.value, rational(figure.scale)), 9)
      return { printed: printed(figure), value, unit: figure.unit, role, offset: place(figure).places[figure.start]! }
    })
    return {
      verdict: tested.verdict,
      kind: claim.kind,
      sentence: asPrinted(text, passage.sentence).trim(),
      figures: found,
      computation: tested.computation,
      ...(tested.explanations === undefined ? {} : { explanations: tested.explanations }),
      where: { paragraph: passage.sentence.paragraph, offset: Math.min(...found.map(({ offset }) => offset)) },
    }
  })
}

/** The figures that were computed with, each with what it is in the computation. What could not be tested is about the figure printed alone. */
function figuresTested(claim: Claim, { verdict, candidate }: Tested): (readonly [Figure, Role])[] {
  switch (claim.form) {
    case 'derived': {
      if (verdict === 'not-testable' || candidate === undefined) return [[claim.printed, 'printed']]
      const summed: Role = candidate.over === undefined ? 'addend' : 'part'
      const parts = candidate.sum.map(({ figure }) => [figure, summed] as const)
      const wholes = candidate.over
        ?.filter(({ figure }) => !candidate.sum.some((part) => part.figure === figure))
        .map(({ figure }) => [figure, 'whole'] as const)
      return [...parts, ...(wholes ?? []), [claim.printed, 'printed']]
    }
    case 'bounded':
      return [[claim.whole, 'whole'] as const, ...claim.parts.map((part) => [part, 'part'] as const)]
    case 'directed':
      return [[claim.from, 'from'] as const, [claim.to, 'to'] as const]
    case 'lone':
      return [[claim.printed, 'printed']]
  }
}

/** Leaves out that a part does not exceed its whole where a rate, share or sum of the same two figures already says more. */
function withoutRepeats(outcomes: readonly Outcome[]): Outcome[] {
  const derived = outcomes.filter(({ claim, tested }) => claim.form === 'derived' && tested.verdict !== 'not-testable')
  const isRepeat = ({ claim, tested, figures }: Outcome) =>
    claim.form === 'bounded' &&
    tested.verdict !== 'contradictory' &&
    derived.some((other) => figures.every(([figure]) => other.figures.some(([known]) => known === figure)))
  return outcomes.filter((outcome) => !isRepeat(outcome))
}

/** A duration such as 8小时 counts nothing by itself, and 一个 seldom does. */
function countsByItself(figure: Figure): boolean {
  return figure.form === 'count' && !figure.weak
}
