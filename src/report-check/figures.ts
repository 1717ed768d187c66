import { readNumeral, readScale } from './numerals.ts'
import type { Numeral } from './numerals.ts'
import type { Sentence } from './plain-text.ts'
import { quantityOf } from './quantity.ts'
import type { Hedge, Quantity } from './quantity.ts'
import { ONE, over, rational, times } from './rational.ts'

/**
 * A number with its unit and the words around it.
 *
 * `count`: things counted, also money; `duration`: days, hours; `percent`: a ratio; `points`: 百分点; `multiple`: 倍 and 番.
 */
export interface Figure {
  readonly form: 'count' | 'duration' | 'percent' | 'points' | 'multiple'
  readonly quantity: Quantity
  readonly unit: string
  /** Where it stands in the plain sentence: from its first digit or 百分之 to behind its unit and hedge. */
  readonly start: number
  readonly end: number
  /** The words of its item before it, and behind it where no further figure follows in the item. An item ends at any mark of punctuation. */
  readonly before: string
  readonly after: string
  /** The words of its whole clause before it, across 、 and other figures. */
  readonly clauseBefore: string
  /** The few characters directly behind the unit: the thing counted in 25个审务工作站. */
  readonly noun: string
  /** Clauses of the sentence (parted by commas, brackets and semicolons) and its parts (parted by semicolons), from 0. */
  readonly clause: number
  readonly segment: number
  /** Inside brackets: an aside about the figure before them. */
  readonly aside: boolean
  /** 一个, 一次 …: seldom a count; it never makes a finding of its own. */
  readonly weak: boolean
  /** A percentage is printed as hundred times its value, 千分之 as thousand times. */
  readonly scale: bigint
}

/** A sentence with its figures, in order. */
export interface Passage {
  readonly sentence: Sentence
  readonly figures: readonly Figure[]
}

/** Finds the figures of a sentence. Years, dates, ordinals, numbers of documents and articles, names such as 12345热线 and 三项制度 in quotation marks are none. */
export function passageOf(sentence: Sentence): Passage {
  const { plain } = sentence
  const names = namedSpans(plain)
  const figures: Placed[] = []
  let ordinalEnd = -1
  const first = listNumberEnd(plain)
  for (let at = first; at < plain.length;) {
    const found = readFigure(plain, at)
    if (found === undefined) {
      at += 1
      continue
    }
    const ordinal = isOrdinal(plain, at, ordinalEnd)
    if (ordinal) ordinalEnd = found.end
    const named = names.some(([from, to]) => from <= at && at < to)
    if (found.figure !== undefined && !ordinal && !named && !isPartOfName(plain, at, first))
      figures.push({ ...found.figure, ...surroundings(plain, at, found.end) })
    at = found.end
  }
  return { sentence, figures: figures.map((figure, index) => labelled(plain, figure, figures[index - 1], figures[index + 1])) }
}

/** The label of a figure: all words that say what it counts. */
export function labelOf(figure: Figure): string {
  return figure.before + figure.after
}

type Unplaced = Pick<Figure, 'form' | 'quantity' | 'unit' | 'start' | 'end' | 'weak' | 'scale'>
type Placed = Unplaced & Pick<Figure, 'clause' | 'segment' | 'aside' | 'noun'>

const DURATIONS = ['个工作日', '工作日', '个自然日', '个小时', '个月', '小时', '分钟', '天', '日', '周', '个季度']
const COUNTERS = [
  '人次', '户次', '家次', '件次', '场次', '台次', '车次', '班次', '条次', '批次', '课时', '学时', '平方公里', '平方米', '立方米', '公顷', '公里', '美元',
  '件', '宗', '起', '例', '桩', '次', '场', '份', '条', '人', '名', '位', '户', '家', '个', '项', '期', '批', '篇', '部', '套', '台', '辆', '所', '处', '座', '间', '支',
  '队', '册', '本', '张', '枚', '幅', '则', '笔', '轮', '班', '票', '头', '吨', '亩', '元', '对', '组', '株', '类', '卷', '幢', '栋', '艘', '架', '封', '单', '通', '门', '只',
] // prettier-ignore

const ARABIC_ONLY = new Set(['单', '通', '对', '组', '类', '只', '门', '票', '则', '班', '头', '队', '日', '周', '位'])
/** What makes a counter part of another word, or the number part of a name. */
const NO_COUNTER =
  /^(?:条例|条款|条线|项目部|台阶|起诉|起草|所有|所属|所在|场所|部门|部委|部队|间隔|位一体|位数|位于|人民|人大|人均|户均|本级|本区|处级|处室|个一|项制度|个百分点|个全面|个意识|个自信|个维护|个确立|个代表|个百分|元化|家园|期工程|期项目|期建设|次会议精神|级|门式|门课?题|类型|对一|单一|单位|组织|组长|支部|日常|日前|周年|天然|班子|队伍|本土)/

function readFigure(plain: string, at: number): { figure?: Unplaced; end: number } | undefined {
  return readFraction(plain, at) ?? readNumbered(plain, at)
}

/** 百分之三十八点零二, 千分之五, 三分之一. */
function readFraction(plain: string, at: number): { figure?: Unplaced; end: number } | undefined {
  const opening = /^(百|千|[二两三四五六七八九十])分之/.exec(plain.slice(at, at + 4))
  if (opening === null) return undefined
  const from = at + opening[0].length
  const hedge = hedgeBefore(plain, at)
  if (plain.startsWith('百', from) && opening[1] === '百') {
    return { figure: percent(ONE, rational(1n, 100n), hedge, at, from + 1, 100n), end: from + 1 }
  }
  const numeral = readNumeral(plain, from)
  if (numeral === undefined) return { end: from }
  const after = hedgeAfter(plain, from + numeral.length)
  const end = from + numeral.length + after.length
  const scale = opening[1] === '百' ? 100n : opening[1] === '千' ? 1000n : undefined
  if (scale !== undefined) {
    const [value, step] = [over(numeral.value, rational(scale)), over(numeral.step, rational(scale))]
    return { figure: percent(value, step, after.hedge ?? hedge, at, end, scale), end }
  }
  // 三分之一 is never meant to the unit.
  const value = over(numeral.value, readNumeral(opening[1]!, 0)!.value)
  return { figure: percent(value, rational(1n, 100n), after.hedge ?? hedge ?? '约', at, end, 100n), end }
}

function percent(
  value: Numeral['value'],
  step: Numeral['step'],
  hedge: Hedge | undefined,
  start: number,
  end: number,
  scale: bigint,
): Unplaced {
  return { form: 'percent', quantity: quantityOf(value, step, hedge, false), unit: '', start, end, weak: false, scale }
}

function readNumbered(plain: string, at: number): { figure?: Unplaced; end: number } | undefined {
  const numeral = readPercentWithComma(plain, at) ?? readNumeral(plain, at)
  if (numeral === undefined) return undefined
  let end = at + numeral.length
  let { value, step, scaled } = numeral
  let hedge = hedgeBefore(plain, at)

  const range = readRange(plain, at, numeral)
  if (range !== undefined) return range
  const between = /^[余多来]/.exec(plain.slice(end, end + 1))
  if (between !== null) {
    hedge = '余'
    end += 1
    const scale = readScale(plain, end)
    if (scale !== undefined) {
      const factor = rational(scale.factor)
      ;[value, step, scaled] = [times(value, factor), times(step, factor), true]
      end += scale.length
    }
  }

  const sign = /^(?:%|‰|个?百分点|倍|番)/.exec(plain.slice(end, end + 4))?.[0]
  if (sign !== undefined) {
    end += sign.length
    const after = hedgeAfter(plain, end)
    end += after.length
    hedge = after.hedge ?? hedge
    return { figure: relative(sign, value, step, hedge, at, end, plain), end }
  }

  const unit = unitAt(plain, end, numeral.chinese)
  if (unit === undefined) return { end }
  end += unit.text.length
  const after = hedgeAfter(plain, end)
  end += after.length
  const quantity = quantityOf(value, step, after.hedge ?? hedge, scaled)
  const weak = numeral.chinese && value.numerator === 1n && value.denominator === 1n
  const form = DURATIONS.includes(unit.text) ? 'duration' : 'count'
  return { figure: { form, quantity, unit: unit.name, start: at, end, weak, scale: 1n }, end }
}

function relative(
  sign: string,
  value: Numeral['value'],
  step: Numeral['step'],
  hedge: Hedge | undefined,
  start: number,
  end: number,
  plain: string,
): Unplaced | undefined {
  const scale = sign === '‰' ? 1000n : 100n
  const small = rational(scale)
  if (sign === '%' || sign === '‰') return percent(over(value, small), over(step, small), hedge, start, end, scale)
  if (sign.endsWith('百分点')) {
    return {
      form: 'points',
      quantity: quantityOf(over(value, small), over(step, small), hedge, false),
      unit: '百分点',
      start,
      end,
      weak: false,
      scale,
    }
  }
  if (sign === '倍')
    return { form: 'multiple', quantity: quantityOf(value, step, hedge ?? '约', false), unit: '倍', start, end, weak: false, scale: 1n }
  if (!/翻了?$/.test(plain.slice(0, start)) || value.denominator !== 1n || value.numerator > 6n) return undefined
  const doubled = rational(2n ** value.numerator)
  return { form: 'multiple', quantity: quantityOf(doubled, ONE, '约', false), unit: '番', start, end, weak: false, scale: 1n }
}

/** `38,02%` with a decimal comma. Three digits behind the comma would be thousands, and are left to be read so. */
function readPercentWithComma(plain: string, at: number): Numeral | undefined {
  const found = /^(\d{1,3})[,，](\d{1,2})%/.exec(plain.slice(at, at + 8))
  if (found === null || !/[率占比为达至到:于]$/.test(plain.slice(0, at))) return undefined
  const decimals = found[2]!
  const unit = 10n ** BigInt(decimals.length)
  return {
    value: rational(BigInt(found[1]! + decimals), unit),
    step: rational(1n, unit),
    length: found[0].length - 1,
    chinese: false,
    scaled: false,
  }
}

/** 3-5次, 98%~99%: one figure that lies between two numbers. 由53家至11家 names its unit twice and is a change, which begins elsewhere. */
function readRange(plain: string, start: number, first: Numeral): { figure?: Unplaced; end: number } | undefined {
  const joined = /^(?:%?[-~—]{1,2}|%?至|到(?=\d))/.exec(plain.slice(start + first.length, start + first.length + 4))
  if (joined === null) return undefined
  const from = start + first.length + joined[0].length
  const second = readNumeral(plain, from)
  if (second === undefined) return undefined

  const to = from + second.length
  const unit = plain[to] === '%' ? { text: '%', name: '' } : unitAt(plain, to, second.chinese)
  if (unit === undefined) return { end: to }
  const end = to + unit.text.length
  const scale = unit.text === '%' ? 100n : 1n
  const [low, high] = [over(first.value, rational(scale)), over(second.value, rational(scale))]
  const form = unit.text === '%' ? 'percent' : DURATIONS.includes(unit.text) ? 'duration' : 'count'
  const quantity: Quantity = { value: low, step: over(first.step, rational(scale)), hedge: '之间', low, high }
  return { figure: { form, quantity, unit: unit.name, start, end, weak: false, scale }, end }
}

function unitAt(plain: string, at: number, chinese: boolean): { text: string; name: string } | undefined {
  const rest = plain.slice(at, at + 8)
  const perHead = /^([人户家件])\([人户家件]\)次/.exec(rest)
  if (perHead !== null) return { text: perHead[0], name: `${perHead[1]}次` }
  const text = DURATIONS.find((unit) => rest.startsWith(unit)) ?? COUNTERS.find((unit) => rest.startsWith(unit))
  if (text === undefined || NO_COUNTER.test(rest)) return undefined
  if (chinese && ARABIC_ONLY.has(text)) return undefined
  // 12月28日 is a date.
  if (text === '日' && /月\d+$/.test(plain.slice(Math.max(0, at - 5), at))) return undefined
  return { text, name: text }
}

const HEDGES_BEFORE: readonly (readonly [RegExp, Hedge])[] = [
  [/(?:将近|接近|(?<![最附])近)$/, '近'],
  [/(?:不超过|不高于|不多于|不足|不到|低于|少于)(?:了|为)?$/, '以下'],
  [/(?:超过|突破|高于|大于|多达|不少于|不低于|至少|(?<!赶)超|逾)(?:了|为|达|达到)?$/, '以上'],
  [/(?:大约|约为|(?<![节签预违公制集条合大特履守邀])约)$/, '约'],
]

function hedgeBefore(plain: string, at: number): Hedge | undefined {
  const before = plain.slice(Math.max(0, at - 6), at)
  return HEDGES_BEFORE.find(([pattern]) => pattern.test(before))?.[1]
}

function hedgeAfter(plain: string, at: number): { hedge?: Hedge; length: number } {
  const rest = plain.slice(at, at + 5)
  const more = /^(?:\(含\))?(?:及|或)?(?:以上|之上)/.exec(rest)
  if (more !== null) return { hedge: '以上', length: more[0].length }
  const less = /^(?:\(含\))?(?:及|或)?(?:以下|以内|之内)/.exec(rest)
  if (less !== null) return { hedge: '以下', length: less[0].length }
  const about = /^(?:左右|上下)/.exec(rest)
  if (about !== null) return { hedge: '约', length: about[0].length }
  const above = /^(?:有余|之多|多(?=[，,；;。、的]|$))/.exec(rest)
  if (above !== null) return { hedge: '余', length: above[0].length }
  return { length: 0 }
}

/** Where the numbering of a list item ends: 1. and (二) and 三、 number the item, they count nothing. 1.5万 counts. */
function listNumberEnd(plain: string): number {
  const found = /^\(?(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:[)、]|[.](?!\d+(?:\.\d+)?[万亿%]))/.exec(plain)
  return found === null ? 0 : found[0].length
}

/** 第二次, 五届三十三次, and what is joined to one: 三十三次和三十四次, 第五、六条. */
function isOrdinal(plain: string, at: number, ordinalEnd: number): boolean {
  const before = plain.slice(Math.max(0, at - 12), at)
  if (/[第届]$|(?<![目提之此年])前$/.test(before) || /第[^，。；]{0,4}[条款项][之的]?$/.test(before)) return true
  return ordinalEnd >= 0 && /^[次条款项个届期批号]?[、和及与至到-]$/.test(plain.slice(ordinalEnd, at))
}

/** Digits that belong to a name or a formula: 1+32+N, 7×24小时, GB/T1234, 每年2次 which is a frequency. */
function isPartOfName(plain: string, at: number, first: number): boolean {
  const before = plain.slice(Math.max(first, at - 8), at)
  return (
    /[+×*/.=_-]$/.test(before) ||
    /(?<!平均)每(?:年度?|半年|季度?|月|周|天|日)(?:至少|不少于)?(?:召开|开展|组织|举办|进行)?$/.test(before) ||
    /[星周]期$/.test(before)
  )
}

/** Titles of documents, and short words in quotation marks, such as “十条意见”: names that may contain numbers. */
function namedSpans(plain: string): (readonly [from: number, to: number])[] {
  const quoted = [...plain.matchAll(/《[^》]*》|“[^”]{1,14}”|"[^"]{1,14}"|\[\d{4}\]\d+号?/g)]
  return quoted.map(({ index, 0: found }) => [index, index + found.length] as const)
}

function surroundings(plain: string, start: number, end: number): Pick<Placed, 'clause' | 'segment' | 'aside' | 'noun'> {
  const before = plain.slice(0, start)
  const commas = before.replace(/(?<=\d),(?=\d{3})/g, '')
  return {
    clause: [...commas.matchAll(/[，,；;()]/g)].length,
    segment: [...before.matchAll(/[；;]/g)].length,
    aside: before.lastIndexOf('(') > before.lastIndexOf(')'),
    noun: /^\p{Script=Han}{0,4}/u.exec(plain.slice(end))?.[0] ?? '',
  }
}

function labelled(plain: string, figure: Placed, previous: Placed | undefined, next: Placed | undefined): Figure {
  const mark = lastMark(plain, figure.start)
  const from = Math.max(mark, previous?.end ?? 0)
  const following = /[，,；;()、。!?]/.exec(plain.slice(figure.end))
  const to = following === null ? plain.length : figure.end + following.index
  const after = next !== undefined && next.start < to ? '' : plain.slice(figure.end, to)
  const clauseBefore = plain.slice(lastMark(plain.replaceAll('、', '和'), figure.start), figure.start)
  return { ...figure, before: plain.slice(from, figure.start).replace(/:$/, ''), after, clauseBefore }
}

/** Just behind the last punctuation mark before `at`; a comma between digits is none. */
function lastMark(plain: string, at: number): number {
  const marks = [...plain.slice(0, at).matchAll(/[，；;()、。!?]|(?<!\d),|,(?!\d{3}(?!\d))/g)]
  return marks.length === 0 ? 0 : marks.at(-1)!.index + 1
}
