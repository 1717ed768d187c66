import type { Candidate, Term } from './claim.ts'
import { plainValue } from './shown-value.ts'
import type { Figure } from './figures.ts'
import { acceptedBy, differenceOf, quotientOf, sumOf } from './quantity.ts'
import type { Range } from './quantity.ts'

/** A candidate's value; undefined where its divisor can be zero. */
export function valueOf({ sum, over: divisor }: Candidate): Range | undefined {
  return divisor === undefined ? totalOf(sum) : quotientOf(totalOf(sum), totalOf(divisor))
}

/** `(60 − 50) ÷ 50`, in plain numbers. */
export function expressionOf({ sum, over: divisor }: Candidate): string {
  return divisor === undefined ? termShown(sum) : `${bracketed(sum)} ÷ ${bracketed(divisor)}`
}

function bracketed(term: Term): string {
  return term.length === 1 ? termShown(term) : `(${termShown(term)})`
}

function termShown(term: Term): string {
  return term.map(({ figure, negative }, index) => `${index === 0 ? '' : negative ? ' − ' : ' + '}${plainValue(figure)}`).join('')
}

function totalOf(term: Term): Range {
  const added = sumOf(term.filter(({ negative }) => !negative).map(({ figure }) => rangeOf(figure)))
  const taken = term.filter(({ negative }) => negative).map(({ figure }) => rangeOf(figure))
  return taken.length === 0 ? added : differenceOf(added, sumOf(taken))
}

/** A percentage that is computed with is itself rounded: of 98.3% and 90.5% the difference lies between 7.7 and 7.9 points. */
function rangeOf({ form, quantity }: Figure): Range {
  return form === 'percent' ? acceptedBy(quantity) : quantity
}
