import type { Figure } from './figures.ts'
import { isExact } from './quantity.ts'
import type { Range } from './quantity.ts'
import { decimalsOf, rational, shown, times, written } from './rational.ts'
import type { Rational } from './rational.ts'

/** The value of a figure in the digits printed; a percentage with its sign: `38.02%`. */
export function plainValue(figure: Figure, value: Rational = figure.quantity.value): string {
  return withSign(figure, written(times(value, rational(figure.scale)), printedDecimals(figure)))
}

/** A computed value in the manner of the figure that it is compared with, with a few digits more. */
export function shownAs(figure: Figure, value: Rational): string {
  return withSign(figure, shown(times(value, rational(figure.scale)), printedDecimals(figure) + 2))
}

/** A computed range, or the one value that it is. */
export function rangeShown(figure: Figure, { low, high }: Range): string {
  return isExact({ low, high }) ? shownAs(figure, low) : `${shownAs(figure, low)}–${high === undefined ? '∞' : shownAs(figure, high)}`
}

/** How many decimals a figure was printed with. */
function printedDecimals(figure: Figure): number {
  return decimalsOf(times(figure.quantity.step, rational(figure.scale)))
}

function withSign(figure: Figure, digits: string): string {
  if (figure.form === 'percent') return `${digits}${figure.scale === 1000n ? '‰' : '%'}`
  return figure.form === 'points' ? `${digits}个百分点` : digits
}
