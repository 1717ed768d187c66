import { rational, times } from './rational.ts'
import type { Rational } from './rational.ts'

/** A numeral as it stands in a text that {@link plainParagraphs} has made plain. */
export interface Numeral {
  readonly value: Rational
  /** The worth of one unit of the last printed place: 1/100 for 38.02, 1000 for 1.5万. */
  readonly step: Rational
  /** Characters read. */
  readonly length: number
  /** Written in 汉字 (四, 一百二十, 三十八点零二). */
  readonly chinese: boolean
  /** Written with a power such as 万 or 亿, so that the digits below are not known. */
  readonly scaled: boolean
}

const DIGITS: Readonly<Record<string, bigint>> = {
  零: 0n, 〇: 0n, 一: 1n, 二: 2n, 两: 2n, 三: 3n, 四: 4n, 五: 5n, 六: 6n, 七: 7n, 八: 8n, 九: 9n,
  壹: 1n, 贰: 2n, 叁: 3n, 肆: 4n, 伍: 5n, 陆: 6n, 柒: 7n, 捌: 8n, 玖: 9n,
} // prettier-ignore

const POWERS: Readonly<Record<string, bigint>> = {
  十: 10n,
  拾: 10n,
  百: 100n,
  佰: 100n,
  千: 1000n,
  仟: 1000n,
  万: 10_000n,
  亿: 100_000_000n,
}

const ARABIC = /(?:\d{1,3}(?:,\d{3})+(?![\d])|\d{1,3}(?: \d{3})+(?!\d)|\d+)(?:[.·]\d+)?/y
const SCALE = /[十百千]?[万亿]亿?|[百千](?![分克瓦米])/y
const CHINESE = /[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]+(?:点[零〇一二三四五六七八九]+)?/y

/**
 * Reads the numeral that begins at `at`, Arabic (`30,005`, `1.5万`) or Chinese (`二十三`, `三十八点零二`).
 *
 * @returns undefined where none begins, or where the characters are no numeral (`四五`, `千万` without a digit, `007`)
 */
export function readNumeral(text: string, at: number): Numeral | undefined {
  return readArabic(text, at) ?? readChinese(text, at)
}

/** The power that stands at `at` after a hedge, as 万 in 30余万, with the characters it takes. */
export function readScale(text: string, at: number): { factor: bigint; length: number } | undefined {
  const scale = matchAt(SCALE, text, at)
  return scale === undefined ? undefined : { factor: powerOf(scale), length: scale.length }
}

function readArabic(text: string, at: number): Numeral | undefined {
  const printed = matchAt(ARABIC, text, at)
  if (printed === undefined || /^0\d/.test(printed)) return undefined
  const [whole = '', decimals = ''] = printed.replace(/[, ]/g, '').split(/[.·]/)
  const value = rational(BigInt(whole + decimals), 10n ** BigInt(decimals.length))
  const step = rational(1n, 10n ** BigInt(decimals.length))
  const scale = readScale(text, at + printed.length)
  if (scale === undefined) return { value, step, length: printed.length, chinese: false, scaled: false }

  const factor = rational(scale.factor)
  return { value: times(value, factor), step: times(step, factor), length: printed.length + scale.length, chinese: false, scaled: true }
}

function readChinese(text: string, at: number): Numeral | undefined {
  const printed = matchAt(CHINESE, text, at)
  if (printed === undefined) return undefined
  const [whole = '', decimals = ''] = printed.split('点')
  const integer = chineseInteger(whole)
  if (integer === undefined) return undefined

  const digits = [...decimals].map((digit) => String(DIGITS[digit])).join('')
  const unit = 10n ** BigInt(digits.length)
  const value = rational(integer * unit + BigInt(digits || '0'), unit)
  // 一万 and 三百 are as often exact as not, but only 万 and above are used for rounding in reports.
  const step = digits === '' && /[万亿]$/.test(whole) ? rational(POWERS[whole.at(-1)!]!) : rational(1n, unit)
  return { value, step, length: printed.length, chinese: true, scaled: /[万亿]/.test(whole) }
}

/** 一百二十 → 120, 二〇二〇 → 2020; undefined for what is no numeral: 四五 ("four or five"), 百 alone. */
function chineseInteger(printed: string): bigint | undefined {
  const characters = [...printed]
  if (characters.every((character) => character in DIGITS)) {
    if (characters.length === 1) return DIGITS[printed]
    const positional = characters.length >= 3 || /[零〇]/.test(printed)
    return positional ? BigInt(characters.map((digit) => String(DIGITS[digit])).join('')) : undefined
  }
  if (/[百千万亿佰仟]/.test(characters[0]!)) return undefined

  let [total, section, digit] = [0n, 0n, undefined as bigint | undefined]
  for (const character of characters) {
    if (character in DIGITS) {
      if (digit !== undefined && digit !== 0n) return undefined
      digit = DIGITS[character]
      continue
    }
    const power = POWERS[character]!
    if (power >= 10_000n) {
      total = (total + section + (digit ?? 0n)) * power
      section = 0n
    } else {
      section += (digit ?? 1n) * power
    }
    digit = undefined
  }
  return total + section + (digit ?? 0n)
}

function powerOf(scale: string): bigint {
  return [...scale].reduce((power, character) => power * POWERS[character]!, 1n)
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}
