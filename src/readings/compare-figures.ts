import { percent, ratioText } from '#engine/ratio-text.ts'
import { Refusal } from '#engine/refusal.ts'
import { say } from '#engine/words.ts'
import { z } from 'zod'
import type { Figure } from './figures.ts'
import type { FigureValue } from './annual-report.ts'
import type { Language, Words } from '#engine/words.ts'

/** Figures of a report set beside the figures that it was expected to have. */
export interface Comparison {
  /** The year and region that the expected figures say they are of. */
  readonly year: number | null
  readonly region: string | null
  readonly rows: readonly ComparedFigure[]
  readonly totals: { readonly match: number; readonly differs: number; readonly notBuilt: number }
}

export interface ComparedFigure {
  readonly figure: string
  readonly zh: string
  readonly en: string
  /** `55513` · `≥ 98.00%` · `51–59` · `15000 ± 3.4%` */
  readonly expected: string
  /** `55513` · `98.41%`; `—` where nothing was computed. */
  readonly computed: string
  readonly verdict: 'match' | 'differs' | 'not-built'
  /** As the source printed it, where that is not what its own counts give. */
  readonly printed?: string
  readonly note?: Words
}

const named = { id: z.string().min(1), zh: z.string(), en: z.string(), unit: z.string().optional() }
const expectedFigure = z.discriminatedUnion('match', [
  z.object({ ...named, match: z.literal('exact'), value: z.number() }),
  z.object({ ...named, match: z.literal('about'), value: z.number(), tolerance: z.number().min(0) }),
  z.object({
    ...named,
    match: z.literal('between'),
    value: z.tuple([z.number(), z.number()]).refine(([least, most]) => least <= most, 'the first exceeds the second'),
  }),
  z.object({ ...named, match: z.literal('atLeast'), value: z.number() }),
  z.object({ ...named, match: z.literal('atMost'), value: z.number() }),
  z.object({ ...named, match: z.literal('derived'), value: z.number(), printed: z.number().optional() }),
])
const expectedFile = z.object({ year: z.int().optional(), region: z.string().optional(), figures: z.array(expectedFigure).min(1) })

type Expected = z.infer<typeof expectedFigure>

/**
 * Compares computed figures with expected ones, exactly: on quotients of whole numbers, never on binary floats.
 *
 * `exact` equal · `about` within value × (1 ± tolerance) · `between` both ends included · `atLeast` · `atMost` · `derived` the percentage of
 * the computed quotient, at two digits.
 *
 * @param expected the parsed JSON of an expected-figures file
 * @throws Refusal `compare.file-invalid`
 */
export function compareFigures(expected: unknown, values: readonly FigureValue[]): Comparison {
  const { year, region, figures } = readExpected(expected)
  const byId = new Map(values.map((value) => [value.figure.id, value]))
  const rows = figures.map((figure) => compared(figure, byId.get(figure.id), figures))
  const number = (verdict: ComparedFigure['verdict']): number => rows.filter((row) => row.verdict === verdict).length
  return {
    year: year ?? null,
    region: region ?? null,
    rows,
    totals: { match: number('match'), differs: number('differs'), notBuilt: number('not-built') },
  }
}

function readExpected(expected: unknown): z.infer<typeof expectedFile> {
  const read = expectedFile.safeParse(expected)
  if (!read.success) {
    const issue = read.error.issues[0]!
    const place = issue.path.join('.') || 'figures'
    throw invalid(
      [`期望数据文件的“${place}”不符合格式。`, `The expected figures are malformed at “${place}”: ${issue.message}.`],
      read.error,
    )
  }
  const seen = new Set<string>()
  for (const { id } of read.data.figures) {
    if (seen.has(id)) throw invalid([`期望数据文件中“${id}”出现两次。`, `“${id}” is expected twice.`])
    seen.add(id)
  }
  return read.data
}

function compared(expected: Expected, actual: FigureValue | undefined, all: readonly Expected[]): ComparedFigure {
  const { id: figure, zh, en } = expected
  const row = { figure, zh, en, expected: expectedText(expected), ...printedNote(expected, all) }
  if (actual === undefined)
    return { ...row, computed: '—', verdict: 'not-built', note: ['报告中没有这一数据。', 'The report has no such figure.'] }
  if (actual.status === 'not-built') return { ...row, computed: '—', verdict: 'not-built' }
  const computed = computedText(actual.value)
  return { ...row, computed, verdict: meets(expected, actual.value) ? 'match' : 'differs' }
}

function meets(expected: Expected, figure: Figure): boolean {
  if (figure === null) return false
  if (expected.match === 'derived') {
    // A rate typed in would not be derived: only a quotient of two counts can be right.
    return typeof figure !== 'number' && percent(figure) === percent(toPercentRatio(expected.value))
  }
  const actual =
    typeof figure === 'number' ? decimal(figure) : figure.den === 0 ? null : { num: BigInt(figure.num), den: BigInt(figure.den) }
  if (actual === null) return false
  switch (expected.match) {
    case 'exact':
      return compare(actual, decimal(expected.value)) === 0
    case 'atLeast':
      return compare(actual, decimal(expected.value)) >= 0
    case 'atMost':
      return compare(actual, decimal(expected.value)) <= 0
    case 'between':
      return compare(actual, decimal(expected.value[0])) >= 0 && compare(actual, decimal(expected.value[1])) <= 0
    case 'about': {
      const [value, tolerance] = [decimal(expected.value), decimal(expected.tolerance)]
      const edge = (sign: bigint): Quotient => ({ num: value.num * (tolerance.den + sign * tolerance.num), den: value.den * tolerance.den })
      const [one, other] = [compare(actual, edge(-1n)), compare(actual, edge(1n))]
      return one * other <= 0 // between the two edges, whichever is the larger
    }
  }
}

/**
 * What was printed is told only where it is not what it is derived from: 38.02 % beside 2663 of 7007. Which two counts those are is found among the
 * expected ones: the pair of the same name's first part whose quotient is the expected percentage.
 */
function printedNote(expected: Expected, all: readonly Expected[]): Pick<ComparedFigure, 'printed' | 'note'> {
  if (expected.match !== 'derived' || expected.printed === undefined) return {}
  const [printed, wanted] = [percentOf(expected.printed), percent(toPercentRatio(expected.value))]
  if (printed === percentOf(expected.value)) return {}
  const family = `${expected.id.split('.')[0]}.`
  const counts = all.flatMap((other) =>
    other.match === 'exact' && other.id.startsWith(family) && Number.isSafeInteger(other.value) && other.value >= 0 ? [other.value] : [],
  )
  const pairs = counts.flatMap((num) => counts.map((den) => ({ num, den })))
  const pair = pairs.find((ratio) => ratio.num !== ratio.den && percent(ratio) === wanted)
  const note: Words = pair
    ? [
        `印发稿为 ${printed}%，与其两个数矛盾：${pair.num} ÷ ${pair.den} = ${wanted}%。`,
        `The printed ${printed}% contradicts its own two counts: ${pair.num} ÷ ${pair.den} = ${wanted}%.`,
      ]
    : [`印发稿为 ${printed}%，应为 ${wanted}%。`, `Printed as ${printed}%; should be ${wanted}%.`]
  return { printed: `${printed}%`, note }
}

function expectedText(expected: Expected): string {
  const text = (value: number): string => (expected.unit === 'ratio' ? `${percentOf(value)}%` : String(value))
  switch (expected.match) {
    case 'exact':
    case 'derived':
      return text(expected.value)
    case 'atLeast':
      return `≥ ${text(expected.value)}`
    case 'atMost':
      return `≤ ${text(expected.value)}`
    case 'between':
      return `${text(expected.value[0])}–${text(expected.value[1])}`
    case 'about':
      return `${text(expected.value)} ± ${percentOf(expected.tolerance).replace(/\.?0+$/, '')}%`
  }
}

function computedText(figure: Figure): string {
  if (figure === null) return '—'
  if (typeof figure === 'number') return String(figure)
  return ratioText(figure) ?? `${figure.num} ÷ 0`
}

/** `0.985` is `98.50`, exactly: with as many digits as it was written, two at least. */
function percentOf(value: number): string {
  const { num, den } = decimal(value)
  const digits = Math.max(2, String(den).length - 3)
  const units = (num * 100n * 10n ** BigInt(digits)) / den
  const text = String(units < 0n ? -units : units).padStart(digits + 1, '0')
  return `${units < 0n ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`
}

function toPercentRatio(value: number): { num: number; den: number } {
  const { num, den } = decimal(value)
  return { num: Number(num), den: Number(den) }
}

interface Quotient {
  readonly num: bigint
  /** A positive number. */
  readonly den: bigint
}

/** A number as its decimal text says it: 0.98 is 98/100, not the float beside it. */
function decimal(value: number): Quotient {
  const [mantissa, exponent = '0'] = String(value).split('e') as [string, string?]
  const [whole, fraction = ''] = mantissa.split('.') as [string, string?]
  const shift = Number(exponent) - fraction.length
  const digits = BigInt(whole + fraction)
  return shift >= 0 ? { num: digits * 10n ** BigInt(shift), den: 1n } : { num: digits, den: 10n ** BigInt(-shift) }
}

function compare(a: Quotient, b: Quotient): -1 | 0 | 1 {
  const [left, right] = [a.num * b.den, b.num * a.den]
  return left < right ? -1 : left > right ? 1 : 0
}

function invalid(message: Words, cause?: unknown): Refusal {
  return new Refusal({
    code: 'compare.file-invalid',
    exit: 2,
    message,
    basis: [
      '期望数据文件是一个 JSON 对象，其 figures 各项有 id、zh、en、match（exact、about、between、atLeast、atMost、derived）和 value。',
      'An expected-figures file is a JSON object whose figures each have id, zh, en, match (exact, about, between, atLeast, atMost, derived) and value.',
    ],
    remedy: ['请改正该项后重试。', 'Correct it and try again.'],
    cause,
  })
}

const VERDICTS: Readonly<Record<ComparedFigure['verdict'], Words>> = {
  match: ['一致', 'match'],
  differs: ['不一致', 'differs'],
  'not-built': ['系统待建', 'not built'],
}

/** Columns of a terminal that a name may take. */
const NAME_COLUMNS = 40

/** The comparison as a table for a terminal; full-width characters take two columns. */
export function comparisonTable({ rows, totals }: Comparison, language: Language): string {
  const head = language === 'zh' ? ['数据', '名称', '应为', '计算', '结论'] : ['figure', 'name', 'expected', 'computed', 'verdict']
  const cells = rows.map((row) => [
    row.figure,
    shortened(language === 'zh' ? row.zh : row.en),
    row.expected,
    row.computed,
    say(VERDICTS[row.verdict], language),
  ])
  const widths = head.map((title, column) => Math.max(...[title, ...cells.map((row) => row[column]!)].map(columnsTaken)))
  const isNumber = (column: number): boolean => column === 2 || column === 3
  const line = (row: readonly string[]): string =>
    row
      .map((text, column) => {
        const space = ' '.repeat(widths[column]! - columnsTaken(text))
        return isNumber(column) ? space + text : text + space
      })
      .join('  ')
      .trimEnd()
  const notes = rows.flatMap((row) => (row.note ? [`${row.figure}${language === 'zh' ? '：' : ': '}${say(row.note, language)}`] : []))
  const summary =
    language === 'zh'
      ? `共 ${rows.length} 个数据：一致 ${totals.match}，不一致 ${totals.differs}，系统待建 ${totals.notBuilt}`
      : `${rows.length} figures: ${totals.match} match, ${totals.differs} differ, ${totals.notBuilt} not built`
  return [line(head), widths.map((width) => '─'.repeat(width)).join('  '), ...cells.map(line), '', ...notes, summary].join('\n')
}

const FULL_WIDTH = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u

function columnsTaken(text: string): number {
  let columns = 0
  for (const character of text) columns += FULL_WIDTH.test(character) ? 2 : 1
  return columns
}

function shortened(text: string): string {
  if (columnsTaken(text) <= NAME_COLUMNS) return text
  let kept = ''
  for (const character of text) {
    if (columnsTaken(kept + character) > NAME_COLUMNS - 1) break
    kept += character
  }
  return `${kept}…`
}
