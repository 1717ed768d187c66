import { only } from './claim.ts'
import type { Candidate, Derived } from './claim.ts'
import type { Figure, Passage } from './figures.ts'
import { sharesWord, unitClass } from './labels.ts'

/** Finds averages: 平均每件, 户均, 人均. The sum and the number it is spread over stand before them. */
export function findAverages(passage: Passage, before: Passage | undefined): Derived[] {
  return passage.figures.flatMap((printed): Derived[] => {
    const average = AVERAGE.exec(printed.before)
    if (average === null || printed.form !== 'count') return []
    const unit = unitClass(average.groups!['each'] ?? average.groups!['per']!)
    const isSum = (figure: Figure) => figure.form === 'count' && unitClass(figure.unit) === unitClass(printed.unit)
    const isNumber = (figure: Figure) => figure.form === 'count' && unitClass(figure.unit) === unit
    const own = passage.figures.filter((figure) => figure.start < printed.start)
    const [sums, numbers] = [own.filter(isSum), own.filter(isNumber)]
    const further = before?.figures ?? []
    const candidates = [
      ...pairsOf(sums, numbers),
      ...pairsOf([...sums, ...further.filter(isSum)], [...numbers, ...further.filter(isNumber)]),
    ]
    const certain = sums.length === 1 && numbers.length === 1 && isOfSum(average, printed, sums[0]!)
    return [
      {
        form: 'derived',
        kind: 'average',
        printed,
        candidates,
        doubts: [],
        certain,
        reason: candidates.length === 0 ? 'no-counts' : 'several-pairs',
      },
    ]
  })
}

/** Whether a figure is an average, and so counts nothing that a rate could be of. */
export function isAverage(figure: Figure): boolean {
  return AVERAGE.test(figure.before)
}

const AVERAGE = /平均每(?<each>[件人户家次场个项所批份条])(?<what>[^，。]{0,6})$|(?<!平)(?<per>[件人户家次场])均(?<of>[^，。]{0,4})$/

/** Whether the average is of the sum itself: 户均增收 is not of the 补助 that was paid, 其中低保户户均 not of all. */
function isOfSum(average: RegExpExecArray, printed: Figure, sum: Figure): boolean {
  const what = average.groups!['what'] ?? average.groups!['of'] ?? ''
  return average.index === 0 && (what === '' || sharesWord(what, sum.clauseBefore)) && printed.clause - sum.clause <= 2
}

function pairsOf(sums: readonly Figure[], numbers: readonly Figure[]): Candidate[] {
  return sums.flatMap((sum) => numbers.filter((number) => number !== sum).map((number) => ({ sum: only(sum), over: only(number) })))
}
