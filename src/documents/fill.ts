import type { When } from '#engine/definition.ts'
import type { DocumentTemplate, TemplateBlock } from '#engine/document-template.ts'
import { Refusal } from '#engine/refusal.ts'
import { chineseDate, officialDate, officialTime } from './chinese-date.ts'
import type { Block, OfficialDocument } from './official-document.ts'

/** The particulars of a case, as its steps hold them. */
export type Values = Readonly<Record<string, unknown>>

export interface FillOptions {
  /** Full name of the office whose document it is; `{issuer}`. */
  readonly issuer: string
  /** The number that its series gave; a document that is only a draft has none. `{number}` */
  readonly number?: string
  /** 成文日期, `2024-03-05`; `{date}`. */
  readonly date: string
  /** What a choice prints: field → value → label. */
  readonly labels?: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly printedBy?: OfficialDocument['printedBy']
}

/**
 * The document that a template makes of a case's values. A value stands where its placeholder stood and is never read again,
 * so braces that somebody typed into a form stay what they are.
 *
 * @throws Refusal `document.field-missing` naming every value that the document would print and the case does not have
 * @throws Refusal `document.number-invalid` for a number such as 〔2020〕 号: a document not yet issued bears none
 * @throws Refusal `date.invalid`
 * @throws Error for a template that is itself wrong: unknown format, brace without partner
 */
export function fill(template: DocumentTemplate, values: Values, options: FillOptions): OfficialDocument {
  const { issuer, number, date, labels = {}, printedBy } = options
  if (number !== undefined) requireWholeNumber(number)
  const missing = new Set<string>()
  const scope: Scope = { values: { ...values, issuer, number, date: officialDate(date) }, labels, missing }
  const filled = (text: string | undefined): string | undefined => (text === undefined ? undefined : fillText(text, scope))

  const document = withoutAbsent({
    kind: template.kind ?? 'decision',
    redHead: filled(template.redHead),
    number,
    title: fillText(template.title, scope),
    addressee: filled(template.addressee),
    body: inOneForm(template.body.map((block) => fillBlock(block, scope))),
    attachments: template.attachments?.map((name) => fillText(name, scope)),
    signatory: fillText(template.signatory, scope),
    date,
    sealPlace: template.seal !== false,
    copies: filled(template.copies),
    printedBy,
  })
  if (missing.size > 0) throw fieldMissing(template, [...missing])
  return document
}

/** The fields that a template's placeholders, conditions and lists name, for a test to compare with `fields`; parts of list entries are not among them. */
export function fieldsNamed(template: DocumentTemplate): string[] {
  const names = new Set<string>()
  const see = (text = ''): void => {
    for (const match of text.matchAll(PLACEHOLDER)) names.add(match[1]!.split('.')[0]!)
  }
  for (const text of [
    template.redHead,
    template.title,
    template.addressee,
    template.signatory,
    template.copies,
    ...(template.attachments ?? []),
  ])
    see(text)
  for (const block of template.body.map(asObject)) {
    for (const condition of [block.when, block.unless]) {
      for (const name of typeof condition === 'string' ? [condition] : Object.keys(condition ?? {})) names.add(name)
    }
    const each = 'table' in block ? block.table.each : 'each' in block ? block.each : undefined
    if (each !== undefined) names.add(each)
    else if ('paragraph' in block) see(block.paragraph)
    else if ('heading' in block) see(block.heading)
    else if ('fields' in block) for (const [label, value] of block.fields) see(`${label}${value}`)
  }
  return [...names].filter((name) => !['issuer', 'number', 'date'].includes(name))
}

interface Scope {
  readonly values: Values
  readonly labels: NonNullable<FillOptions['labels']>
  /** Collects what is missing, so that the refusal names all of it at once. */
  readonly missing: Set<string>
}

const PLACEHOLDER = /\{([^{}:]+)(?::([^{}]+))?\}/g

const FORMATS: Readonly<Record<string, (value: unknown) => string>> = {
  date: (value) => officialDate(String(value)),
  dateCn: (value) => chineseDate(String(value)),
  time: (value) => officialTime(String(value)),
  money: (value) => `${yuan(value)}元`,
  list: (value) => (Array.isArray(value) ? value.map(String).join('、') : String(value)),
}

function fillText(text: string, scope: Scope): string {
  if (/[{}]/.test(text.replace(PLACEHOLDER, ''))) throw new Error(`Template text with a brace that has no partner: ${text}`)
  return text.replace(PLACEHOLDER, (_, name: string, format: string | undefined) => {
    if (format !== undefined && FORMATS[format] === undefined) throw new Error(`Template text with an unknown format “${format}”: ${text}`)
    const value = valueAt(scope.values, name)
    if (isAbsent(value)) {
      scope.missing.add(name)
      return ''
    }
    return print(value, format, scope.labels[name])
  })
}

function print(value: unknown, format: string | undefined, labels: Readonly<Record<string, string>> | undefined): string {
  if (Array.isArray(value)) return value.map((entry) => print(entry, format === 'list' ? undefined : format, labels)).join('、')
  if (format !== undefined && format !== 'list') return FORMATS[format]!(value)
  const label = labels?.[String(value)]
  if (label !== undefined) return label
  if (typeof value === 'boolean') return value ? '是' : '否'
  // A party, a place: by its name, its address.
  if (typeof value === 'object' && value !== null)
    return String((value as Values).name ?? (value as Values).address ?? JSON.stringify(value))
  return String(value)
}

/** 500050 fen → `5000.50`. */
function yuan(fen: unknown): string {
  const amount = Number(fen)
  if (!Number.isSafeInteger(amount)) throw new Error(`Money is held in whole fen, not as ${String(fen)}`)
  const [whole, rest] = [Math.trunc(Math.abs(amount) / 100), Math.abs(amount) % 100]
  return `${amount < 0 ? '-' : ''}${whole}.${String(rest).padStart(2, '0')}`
}

function fillBlock(given: TemplateBlock, scope: Scope): Block[] {
  const block = asObject(given)
  if (!applies(block, scope.values)) return []
  if ('heading' in block) return [{ kind: 'heading', level: block.level, text: fillText(block.heading, scope) }]
  if ('table' in block) {
    const { caption, columns, each, row } = block.table
    const rows = entries(each, scope).map((entry) => row.map((cell) => fillText(cell, entry)))
    return rows.length === 0 ? [] : [withoutAbsent({ kind: 'table' as const, caption: caption && fillText(caption, scope), columns, rows })]
  }
  const scopes = block.each === undefined ? [scope] : entries(block.each, scope)
  if ('paragraph' in block) {
    return scopes.flatMap((entry) => paragraphsOf(fillText(block.paragraph, entry)).map((text): Block => ({ kind: 'paragraph', text })))
  }
  const fields = (entry: Scope) => block.fields.map(([label, value]) => ({ label: fillText(label, entry), value: fillText(value, entry) }))
  return scopes.map((entry) => ({ kind: 'fields', fields: fields(entry) }))
}

/** Lists of fields that stand one after the other, because some have a condition, are one list: in a record they are one ruled form. */
function inOneForm(filled: readonly (readonly Block[])[]): Block[] {
  const body: Block[] = []
  for (const blocks of filled) {
    const [first, ...more] = blocks
    const last = body.at(-1)
    if (more.length === 0 && first?.kind === 'fields' && last?.kind === 'fields')
      body[body.length - 1] = { kind: 'fields', fields: [...last.fields, ...first.fields] }
    else body.push(...blocks)
  }
  return body
}

type ObjectBlock = Exclude<TemplateBlock, string>

function asObject(block: TemplateBlock): ObjectBlock {
  return typeof block === 'string' ? { paragraph: block } : block
}

/** One scope for each entry of a list; its parts come before the case's fields of the same name. */
function entries(name: string, scope: Scope): Scope[] {
  const list = valueAt(scope.values, name)
  if (!Array.isArray(list)) {
    scope.missing.add(name)
    return []
  }
  return list.map((entry: unknown, index) => {
    const parts = typeof entry === 'object' && entry !== null ? (entry as Values) : {}
    return { ...scope, values: { ...scope.values, ...parts, entry, index: index + 1 } }
  })
}

function applies({ when, unless }: { when?: string | When; unless?: string | When }, values: Values): boolean {
  return (when === undefined || holds(when, values)) && (unless === undefined || !holds(unless, values))
}

function holds(condition: string | When, values: Values): boolean {
  if (typeof condition === 'string') {
    const value = valueAt(values, condition)
    return !isAbsent(value) && value !== false && !(Array.isArray(value) && value.length === 0)
  }
  return Object.entries(condition).every(([name, wanted]) => [wanted].flat().includes(valueAt(values, name) as string))
}

function valueAt(values: Values, path: string): unknown {
  let value: unknown = values
  for (const part of path.split('.'))
    value = typeof value === 'object' && value !== null && Object.hasOwn(value, part) ? (value as Values)[part] : undefined
  return value
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
}

function paragraphsOf(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

function withoutAbsent<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as never
}

/** 〔2024〕1号 or 第12号: a series gave it. Nothing between 〕 and 号, or a sign that holds a place, is no number. */
function requireWholeNumber(number: string): void {
  if (/^[^{}\s×X*＊_]*(〔\d{4}〕|第)\d+号$/.test(number)) return
  throw new Refusal({
    code: 'document.number-invalid',
    message: [`“${number}”不是完整的发文字号。`, `“${number}” is not a whole document number.`],
    basis: [
      '发文字号由机关代字、年份、发文顺序号组成（GB/T 9704-2012 第7.2.5条）。',
      'A number consists of the office’s sign, the year in 〔 〕 and the serial number (GB/T 9704-2012, 7.2.5).',
    ],
    remedy: [
      '文书签发后由编号系列给号；签发之前不写字号。',
      'The series numbers a document when it is issued; leave the number out until then.',
    ],
  })
}

function fieldMissing(template: DocumentTemplate, names: readonly string[]): Refusal {
  const [nameZh, nameEn] = template.name
  return new Refusal({
    code: 'document.field-missing',
    message: [`《${nameZh}》缺少：${names.join('、')}。`, `“${nameEn}” lacks: ${names.join(', ')}.`],
    basis: [
      '文书所载事项应当齐全，不得留空或者以占位符代替。',
      'A document states all its particulars; none is left blank or stands as a placeholder.',
    ],
    remedy: ['请在案件中补齐这些事项后再制作文书。', 'Enter these particulars in the case, then make the document.'],
  })
}
