import { say } from '#engine/words.ts'
import type { Counted } from './figures.ts'
import type { Definition, When } from '#engine/definition.ts'
import type { Field } from '#engine/field.ts'
import type { Each, Indicators, PARTS_OF_PLACE, Term } from '#engine/indicator.ts'
import type { Language, Words } from '#engine/words.ts'

/**
 * A formula in words, and under it what each indicator that it names is: how a reader learns what a figure counts.
 *
 * `“调解成功数”÷“调解案件数”。“调解成功数”：本期内办理“达成调解协议”的次数。“调解案件数”：…`
 *
 * @param definitions the versions of the procedure, oldest first, which name its steps, fields and clocks; without them their ids stand
 */
export function formulaWords(indicators: Indicators, term: Term, definitions: readonly Definition[] = []): Words {
  return [explained(indicators, term, definitions, 'zh'), explained(indicators, term, definitions, 'en')]
}

/** The term alone: an indicator by its name, a formula by its parts. */
export function termWords(indicators: Indicators, term: Term, definitions: readonly Definition[] = []): Words {
  return [expression(indicators, term, namesIn(definitions, 'zh'), 'zh'), expression(indicators, term, namesIn(definitions, 'en'), 'en')]
}

/** One counting in words. */
export function countingWords(counted: Counted, definitions: readonly Definition[] = []): Words {
  return [countedZh(counted, namesIn(definitions, 'zh')), countedEn(counted, namesIn(definitions, 'en'))]
}

function explained(indicators: Indicators, term: Term, definitions: readonly Definition[], language: Language): string {
  const names = namesIn(definitions, language)
  const asked = typeof term === 'string' ? indicators.indicators[term] : undefined
  if (typeof term === 'string' && !asked) throw new TypeError(`no indicator ${term}`)
  const formula = asked ? asked.formula : term
  const stop = language === 'zh' ? '。' : '.'
  const noted = (note: Words | undefined): string => (note === undefined ? '' : language === 'zh' ? `（${note[0]}）` : ` (${note[1]})`)

  const sentences = [`${capital(expression(indicators, formula, names, language))}${noted(asked?.note)}${stop}`]
  for (const id of indicatorsIn(indicators, formula)) {
    const { name, formula: part, note } = indicators.indicators[id]!
    const words = expression(indicators, part, names, language)
    sentences.push(language === 'zh' ? `“${name[0]}”：${words}${noted(note)}。` : `“${name[1]}”: ${words}${noted(note)}.`)
  }
  return sentences.join(language === 'zh' ? '' : ' ')
}

/** The indicators that a formula rests on, each once, those that it names itself first. */
function indicatorsIn(indicators: Indicators, formula: Term): Set<string> {
  const found = new Set<string>()
  let level: Term[] = [formula]
  while (level.length > 0) {
    const parts = level.flatMap((term): readonly Term[] =>
      typeof term === 'string' ? [indicators.indicators[term]!.formula] : partsOf(term),
    )
    for (const part of parts) if (typeof part === 'string') found.add(part)
    level = [...parts]
  }
  return found
}

function partsOf(formula: Exclude<Term, string>): readonly Term[] {
  if ('sum' in formula) return formula.sum
  if ('minus' in formula) return formula.minus
  if ('ratio' in formula) return formula.ratio
  return []
}

function expression(indicators: Indicators, term: Term, names: Names, language: Language): string {
  if (typeof term === 'string') {
    const indicator = indicators.indicators[term]
    if (!indicator) throw new TypeError(`no indicator ${term}`)
    return `“${say(indicator.name, language)}”`
  }
  if ('sum' in term || 'minus' in term || 'ratio' in term) {
    const sign = 'sum' in term ? ' + ' : 'minus' in term ? ' − ' : ' ÷ '
    const [open, close] = language === 'zh' ? '（）' : '()'
    return partsOf(term)
      .map((part) => {
        const words = expression(indicators, part, names, language)
        return typeof part === 'string' ? words : `${open}${words}${close}`
      })
      .join(sign)
      .concat('per' in term ? ` × ${term.per}` : '')
  }
  return language === 'zh' ? countedZh(term, names) : countedEn(term, names)
}

function countedZh(counted: Counted, names: Names): string {
  if ('values' in counted) return `期末有效的“${counted.values}”登记各条所载的数（${counted.field}）`
  if ('entries' in counted)
    return `期末有效的“${counted.entries}”登记条数${conditions(counted.where, names, (field, values) => `，“${field}”为${values}`, 'zh')}`
  if ('clock' in counted) {
    const clock = names.clock(counted.clock)
    if (counted.is === 'overdue') return `期末已超过“${clock}”而仍未办结的件数`
    const by = counted.by ? `以${steps(counted.by, names, 'zh')}` : ''
    return `本期内${counted.is === 'in-time' ? '在' : '超过'}“${clock}”${counted.is === 'in-time' ? '内' : ''}${by}办结的件数`
  }
  const ofCase = conditions(counted.whereCase, names, (field, values) => `，案件的“${field}”为${values}`, 'zh')
  if ('asOf' in counted) {
    const none = counted.until.length === 0 ? '' : `、尚未${steps(counted.until, names, 'zh')}`
    return `${counted.asOf === 'start' ? '期初' : '期末'}已${steps(counted.since, names, 'zh')}${none}的案件数${ofCase}`
  }
  const where = conditions(counted.where, names, (field, values) => `，其“${field}”为${values}`, 'zh')
  const earlier = counted.earlier === undefined ? '' : `，且案件的“${names.field(counted.earlier)}”早于本期`
  const done = steps(counted.count, names, 'zh')
  const what = counted.distinctCases
    ? `有${done}的案件数（每案计一次）`
    : counted.distinct === undefined
      ? `${done}的次数`
      : `${done}的不同“${names.field(counted.distinct)}”数（以电话区分，没有电话的以姓名；不具名或信息已删除的无从区分，每次各计一个）`
  const each = counted.each ? `，按${groupWords(counted.each, names, 'zh')}分列` : ''
  return `本期内${what}${where}${ofCase}${earlier}${each}`
}

function countedEn(counted: Counted, names: Names): string {
  if ('values' in counted)
    return `the number (${counted.field}) stated by each entry of the register “${counted.values}” in force at the end of the period`
  if ('entries' in counted)
    return `entries of the register “${counted.entries}” in force at the end of the period${conditions(counted.where, names, (field, values) => `, with “${field}” ${values}`, 'en')}`
  if ('clock' in counted) {
    const clock = names.clock(counted.clock)
    if (counted.is === 'overdue') return `cases still open past “${clock}” at the end of the period`
    const by = counted.by ? `by ${steps(counted.by, names, 'en')} ` : ''
    return `completions ${by}${counted.is === 'in-time' ? 'within' : 'after the end of'} “${clock}” in the period`
  }
  const ofCase = conditions(counted.whereCase, names, (field, values) => `, in cases with “${field}” ${values}`, 'en')
  if ('asOf' in counted) {
    const none = counted.until.length === 0 ? '' : ` but not ${steps(counted.until, names, 'en')}`
    return `cases that at the ${counted.asOf} of the period had ${steps(counted.since, names, 'en')}${none}${ofCase}`
  }
  const where = conditions(counted.where, names, (field, values) => `, with its “${field}” ${values}`, 'en')
  const earlier = counted.earlier === undefined ? '' : `, in cases whose “${names.field(counted.earlier)}” lies before the period`
  const done = steps(counted.count, names, 'en')
  const what = counted.distinctCases
    ? `cases with ${done} in the period, each counted once`
    : counted.distinct === undefined
      ? `how often ${done} was done in the period`
      : `how many different persons or firms were “${names.field(counted.distinct)}” of ${done} in the period (told apart by telephone, else by name; those not named, or erased, cannot be told apart and count once each time)`
  const each = counted.each ? `, for each ${groupWords(counted.each, names, 'en')}` : ''
  return `${what}${where}${ofCase}${earlier}${each}`
}

/** What the groups are, within a sentence. */
function groupWords(each: Each, names: Names, language: Language): string {
  if ('taker' in each) return say(['办理机构', 'organ that did it'], language)
  const [name = '', part] = ('input' in each ? each.input : each.case).split('.')
  const field = `“${names.field(name)}”`
  if (part === undefined) return field
  const [zh, en] = PART_OF_PLACE[part as (typeof PARTS_OF_PLACE)[number]]
  return language === 'zh' ? `${field}所在${zh}` : `${en} of ${field}`
}

const PART_OF_PLACE: Readonly<Record<(typeof PARTS_OF_PLACE)[number], Words>> = {
  township: ['镇街', 'township or sub-district'],
  community: ['村、社区', 'village or community'],
}

function steps(ids: string | readonly string[], names: Names, language: Language): string {
  return either(
    [ids].flat().map((id) => `“${names.step(id)}”`),
    language,
  )
}

function conditions(when: When | undefined, names: Names, said: (field: string, values: string) => string, language: Language): string {
  return Object.entries(when ?? {})
    .map(([field, wanted]) =>
      said(
        names.field(field),
        either(
          [wanted].flat().map((value) => `“${names.value(field, value)}”`),
          language,
        ),
      ),
    )
    .join('')
}

/** `“咨询”、“求助”或“投诉”`, `“consultation”, “help” or “complaint”`. */
function either(words: readonly string[], language: Language): string {
  const [first, last] = [words.slice(0, -1), words.at(-1)!]
  if (first.length === 0) return last
  return language === 'zh' ? `${first.join('、')}或${last}` : `${first.join(', ')} or ${last}`
}

/** How a procedure calls its steps, fields, values and clocks. */
interface Names {
  step(id: string): string
  field(id: string): string
  value(field: string, value: string | number | boolean): string
  clock(id: string): string
}

function namesIn(definitions: readonly Definition[], language: Language): Names {
  const newestFirst = definitions.toReversed()
  const words = (find: (definition: Definition) => Words | undefined, id: string): string => {
    for (const definition of newestFirst) {
      const found = find(definition)
      if (found) return say(found, language)
    }
    return id
  }
  const fieldIn = (definition: Definition, id: string): Field | undefined =>
    Object.values(definition.steps).find(({ input }) => input && Object.hasOwn(input, id))?.input?.[id]
  return {
    step: (id) => words(({ steps }) => steps[id]?.name, id),
    clock: (id) => words(({ clocks }) => clocks[id]?.name, id),
    field: (id) => words((definition) => fieldIn(definition, id)?.name, id),
    value(field, value) {
      if (typeof value === 'boolean') return language === 'zh' ? (value ? '是' : '否') : value ? 'yes' : 'no'
      return words((definition) => fieldIn(definition, field)?.options?.[String(value)], String(value))
    },
  }
}

function capital(text: string): string {
  return text.replace(/^[a-z]/, (letter) => letter.toUpperCase())
}
