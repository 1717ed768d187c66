import type { FieldJson } from '../../server/api/form.ts'

/** What a form holds while it is filled in: texts as typed, days as `YYYY-MM-DD`, instants without their offset, money in yuan. */
export type Values = Readonly<Record<string, unknown>>

/** China has one time, and no other since 1991. */
const BEIJING = '+08:00'

/** The input of a step as the server takes it; what is empty is absent. */
export function inputOf(fields: readonly FieldJson[], values: Values): Record<string, unknown> {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value = valueOf(field, values[field.name])
      return value === undefined ? [] : [[field.name, value]]
    }),
  )
}

/** The other way: what a form shows of an input that was sent before. */
export function valuesOf(fields: readonly FieldJson[], input: Values): Values {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value = input[field.name]
      return value === undefined || value === null ? [] : [[field.name, shownOf(field, value)]]
    }),
  )
}

function valueOf(field: FieldJson, value: unknown): unknown {
  if (value === undefined || value === null) return field.kind === 'list' && !field.optional ? [] : undefined
  switch (field.kind) {
    case 'integer':
      return numberIn(value, /^-?\d+$/)
    case 'ratio':
      return numberIn(value, /^-?\d+(\.\d+)?$/)
    case 'money':
      return fenOf(value)
    case 'instant':
      return typeof value === 'string' && value !== '' ? `${value}${BEIJING}` : undefined
    case 'party':
      return recordOf(value as Values, ['name', 'idNumber', 'phone', 'address'], ['kind'])
    case 'place':
      return placeOf(value as Values)
    case 'list':
      return listOf(field, value as readonly unknown[])
    case 'flag':
    case 'file':
      return value
    default:
      return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
  }
}

/** Entries stay in their places, so that what is said of the third is shown at the third. */
function listOf({ of, optional }: FieldJson, entries: readonly unknown[]): unknown {
  if (entries.length === 0 && optional) return undefined
  if (isFields(of)) return entries.map((entry) => inputOf(of, (entry ?? {}) as Values))
  return entries.map((entry) => valueOf(of as FieldJson, entry) ?? '')
}

function shownOf(field: FieldJson, value: unknown): unknown {
  switch (field.kind) {
    case 'integer':
    case 'ratio':
      return String(value)
    case 'money':
      return yuanOf(Number(value))
    case 'instant':
      return String(value).slice(0, 16)
    case 'place':
      return Object.fromEntries(Object.entries(value as Values).map(([name, part]) => [name, String(part)]))
    case 'list': {
      const { of } = field
      const entries = value as readonly unknown[]
      return isFields(of) ? entries.map((entry) => valuesOf(of, entry as Values)) : entries.map((entry) => shownOf(of as FieldJson, entry))
    }
    default:
      return value
  }
}

export function isFields(of: FieldJson['of']): of is readonly FieldJson[] {
  return Array.isArray(of)
}

/** A number where it is one; else what was typed, for the server to say what is wrong with it. */
function numberIn(value: unknown, form: RegExp): unknown {
  const text = String(value).trim()
  if (text === '') return undefined
  return form.test(text) ? Number(text) : text
}

/** Yuan as typed, in fen; by digits, for no sum of money passes through a fraction of two. */
function fenOf(value: unknown): unknown {
  const text = String(value).trim()
  if (text === '') return undefined
  const [, sign = '', yuan, fen = ''] = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(text) ?? []
  return yuan === undefined ? text : Number(`${sign}${yuan}${fen.padEnd(2, '0')}`)
}

function yuanOf(fen: number): string {
  const [sign, digits] = [fen < 0 ? '-' : '', String(Math.abs(fen)).padStart(3, '0')]
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** A record of texts: absent where nothing is in it that counts. */
function recordOf(value: Values, parts: readonly string[], besides: readonly string[]): unknown {
  const texts = parts.flatMap((name): [string, string][] => {
    const text = value[name]
    return typeof text === 'string' && text.trim() !== '' ? [[name, text.trim()]] : []
  })
  if (texts.length === 0) return undefined
  return Object.fromEntries([...texts, ...besides.flatMap((name) => (value[name] === undefined ? [] : [[name, value[name]]]))])
}

function placeOf(value: Values): unknown {
  const texts = recordOf(value, ['address', 'community'], []) as Values | undefined
  const where = ['longitude', 'latitude'].flatMap((name) => {
    const number = numberIn(value[name] ?? '', /^-?\d+(\.\d+)?$/)
    return number === undefined ? [] : [[name, number]]
  })
  return texts === undefined && where.length === 0 ? undefined : { ...texts, ...Object.fromEntries(where) }
}
