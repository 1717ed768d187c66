import { dateIn } from '#engine/day.ts'
import { entriesOn } from '#store/registers.ts'
import { isPersonal } from '#engine/field.ts'
import { latestEditions } from '#store/report-editions.ts'
import { words } from '../words.ts'
import type { AnnualReport } from '#readings/annual-report.ts'
import type { Field } from '#engine/field.ts'
import type { Register } from '#engine/register.ts'
import type { Services } from '../services.ts'
import type { Words } from '#engine/words.ts'

/** One column of an open data set. A flag is `true` or `false`, in CSV too; what is not there is `null`, in CSV empty. */
export interface Column {
  readonly id: string
  readonly name: Words
  readonly type: 'string' | 'integer' | 'number' | 'boolean'
  readonly optional?: true
}

export type Cell = string | number | boolean | null

/** A table that anybody may take. */
export interface DataSet {
  readonly id: string
  readonly name: Words
  readonly about: Words
  readonly columns: readonly Column[]
  rows(): AsyncIterable<Readonly<Record<string, Cell>>>
}

/** Every open data set: the figures of the reports as published, and what is public of each register. Read off the definitions: nothing is open unless it says so. */
export function dataSets(services: Services): readonly DataSet[] {
  return [publishedFigures(services), ...services.registers.filter(isPublic).map((register) => publicRegister(services, register))]
}

const FIGURE_COLUMNS: readonly Column[] = [
  { id: 'year', name: words.year, type: 'integer' },
  { id: 'edition', name: words.editionColumn, type: 'integer' },
  { id: 'figure', name: words.figure, type: 'string' },
  { id: 'name_zh', name: words.nameZh, type: 'string' },
  { id: 'name_en', name: words.nameEn, type: 'string' },
  { id: 'value', name: words.value, type: 'number', optional: true },
  { id: 'text', name: words.asPrinted, type: 'string' },
  { id: 'unit', name: words.unit, type: 'string', optional: true },
]

function publishedFigures({ store }: Services): DataSet {
  return {
    id: 'figures',
    name: words.publishedFigures,
    about: words.publishedFiguresAre,
    columns: FIGURE_COLUMNS,
    async *rows() {
      for (const { year, number, report } of await latestEditions(store))
        for (const { figure, status, value, text } of (JSON.parse(report) as AnnualReport).figures) {
          if (status === 'not-built') continue
          yield {
            year,
            edition: number,
            figure: figure.id,
            name_zh: figure.name[0],
            name_en: figure.name[1],
            value: typeof value === 'number' ? value : null,
            text: text[0],
            unit: figure.unit?.[0] ?? null,
          }
        }
    },
  }
}

/** A register is open where it says of a field that it is public and has nothing of a person, who might be its key. */
function isPublic({ fields }: Register): boolean {
  const all = Object.values(fields)
  return all.some((field) => field.public) && !all.some((field) => isPersonal(field) || field.kind === 'person')
}

function publicRegister({ store, now }: Services, { id, name, key, fields }: Register): DataSet {
  const open = Object.entries(fields).filter(([, field]) => field.public)
  return {
    id,
    name,
    about: words.publicRegisterIs,
    columns: [
      { id: 'key', name: key, type: 'string' },
      ...open.map(([column, field]): Column => ({ id: column, name: field.name, type: typeOf(field), optional: true })),
      { id: 'valid_from', name: words.validFrom, type: 'string' },
      { id: 'valid_until', name: words.validUntil, type: 'string', optional: true },
    ],
    async *rows() {
      for (const entry of await entriesOn(store, id, dateIn(now())))
        yield {
          key: entry.key,
          ...Object.fromEntries(open.map(([column, field]) => [column, cellOf(field, entry.value[column])])),
          valid_from: entry.validFrom,
          valid_until: entry.validUntil ?? null,
        }
    },
  }
}

function typeOf({ kind }: Field): Column['type'] {
  return kind === 'flag' ? 'boolean' : kind === 'integer' ? 'integer' : 'string'
}

function cellOf(field: Field, value: unknown): Cell {
  if (value === undefined || value === null) return null
  if (typeOf(field) === 'string') return typeof value === 'string' ? value : JSON.stringify(value)
  return value as Cell
}

/** JSON Schema (2020-12) of the JSON form of a set. */
export function schemaOf({ id, name, about, columns }: DataSet): Readonly<Record<string, unknown>> {
  const type = (column: Column) => (column.optional ? [column.type, 'null'] : column.type)
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: name.join(' · '),
    description: about.join(' '),
    type: 'object',
    required: ['dataset', 'name', 'licence', 'updated', 'rows'],
    additionalProperties: false,
    properties: {
      dataset: { const: id },
      name: { type: 'array', items: { type: 'string' }, minItems: 2, maxItems: 2 },
      licence: { type: 'string' },
      updated: { type: 'string' },
      rows: {
        type: 'array',
        items: {
          type: 'object',
          required: columns.map((column) => column.id),
          additionalProperties: false,
          properties: Object.fromEntries(columns.map((column) => [column.id, { title: column.name.join(' · '), type: type(column) }])),
        },
      },
    },
  }
}
