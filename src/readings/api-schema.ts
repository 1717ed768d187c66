import { cited } from '#engine/citation.ts'
import { isPersonal } from '#engine/field.ts'
import { say } from '#engine/words.ts'
import type { Citation } from '#engine/citation.ts'
import type { Definition, Step } from '#engine/definition.ts'
import type { Field, Fields } from '#engine/field.ts'
import type { Language } from '#engine/words.ts'
import type { System } from '#engine/system.ts'

/** JSON Schema 2020-12, as OpenAPI 3.1 has it. */
export type JsonSchema = Readonly<Record<string, unknown>>

/** What one step of one version asks, as a schema with a name of its own: `reconsideration.2024-01-01.accept`. */
export interface StepSchema {
  readonly name: string
  readonly procedure: string
  readonly step: string
  /** It opens a case. */
  readonly opens: boolean
  readonly schema: JsonSchema
}

/** The steps of a system that somebody takes, of every version; what the machine takes is asked of nobody. */
export function stepSchemas(system: System, language: Language): StepSchema[] {
  return system.definitions.flatMap((definition) =>
    Object.entries(definition.steps)
      .filter(([, { by }]) => by !== 'clock' && by !== 'case')
      .map(([id, step]) => ({
        name: `${definition.id}.${definition.inForce.from}.${id}`,
        procedure: definition.id,
        step: id,
        opens: step.from !== 'any' && step.from !== 'running' && step.from.length === 0,
        schema: stepSchema(definition, step, language),
      })),
  )
}

function stepSchema(definition: Definition, step: Step, language: Language): JsonSchema {
  const posts = ([step.by].flat() as readonly string[]).filter((id) => id !== 'clock' && id !== 'case')
  return {
    title: `${say(definition.name, language)} · ${say(step.name, language)}`,
    description: articles(step.article, language),
    ...recordSchema(step.input ?? {}, language),
    'x-by': posts,
    'x-by-names': posts.map((id) => say(definition.posts[id]!.name, language)),
    'x-from': step.from,
    // What may refuse it: conditions by their code, each with its article. 409 and 422 alike carry the code.
    'x-refusals': (step.guards ?? []).map((code) => {
      const { article, message, remedy } = definition.parts.guards[code]!
      return { code, status: 422, article: cited(article, language), message: say(message, language), remedy: say(remedy, language) }
    }),
  }
}

/** The fields of a record. Nothing beside them is taken. */
export function recordSchema(fields: Fields, language: Language): JsonSchema {
  const required = Object.entries(fields).flatMap(([name, { optional }]) => (optional ? [] : [name]))
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, fieldSchema(field, language)])),
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
  }
}

/** A field by its kind, with its bounds and choices. */
export function fieldSchema(field: Field, language: Language): JsonSchema {
  return {
    title: say(field.name, language),
    ...(field.help ? { description: say(field.help, language) } : {}),
    ...valueSchema(field, language),
    ...(isPersonal(field) ? { 'x-personal': true } : {}),
    ...(field.public ? { 'x-public': true } : {}),
  }
}

function valueSchema(field: Field, language: Language): JsonSchema {
  switch (field.kind) {
    case 'text':
    case 'longText':
      return { type: 'string', minLength: Math.max(1, field.least ?? 1), ...(field.most === undefined ? {} : { maxLength: field.most }) }
    case 'integer':
      return { type: 'integer', ...numberBounds(field) }
    case 'money':
      return { type: 'integer', ...numberBounds(field), 'x-unit': say(['分（人民币）', 'fen (CNY)'], language) }
    case 'ratio':
      return { type: 'number', ...numberBounds(field) }
    case 'date':
      return { type: 'string', format: 'date' }
    case 'instant':
      return { type: 'string', format: 'date-time' }
    case 'choice':
      return {
        type: 'string',
        enum: Object.keys(field.options ?? {}),
        'x-enum-names': Object.values(field.options ?? {}).map((name) => say(name, language)),
      }
    case 'flag':
      return { type: 'boolean' }
    case 'person':
      return { type: 'string', minLength: 1 }
    case 'organ':
      return { type: 'string', minLength: 1, 'x-register': 'organs' }
    case 'subject':
      return { type: 'string', minLength: 1, 'x-identifier': 'unified-social-credit-code' }
    case 'case':
      return { type: 'string', format: 'uuid' }
    case 'party':
      return { $ref: '#/components/schemas/Party' }
    case 'place':
      return { $ref: '#/components/schemas/Place' }
    case 'file':
      return { $ref: '#/components/schemas/FileRef' }
    case 'list':
      return {
        type: 'array',
        items: itemSchema(field.of ?? {}, language),
        ...(field.least === undefined ? {} : { minItems: field.least }),
        ...(field.most === undefined ? {} : { maxItems: field.most }),
      }
  }
}

function itemSchema(of: Field | Fields, language: Language): JsonSchema {
  return typeof of.kind === 'string' ? fieldSchema(of as Field, language) : recordSchema(of as Fields, language)
}

function numberBounds({ least, most }: Field): JsonSchema {
  return { ...(least === undefined ? {} : { minimum: least }), ...(most === undefined ? {} : { maximum: most }) }
}

function articles(article: Step['article'], language: Language): string {
  return ([article].flat() as readonly Citation[]).map((one) => cited(one, language)).join(language === 'zh' ? '；' : '; ')
}

/** The kinds that are records, by the names under which fields refer to them. */
export const valueSchemas: Readonly<Record<string, JsonSchema>> = {
  Party: {
    type: 'object',
    properties: {
      name: { type: 'string', minLength: 1 },
      kind: { enum: ['person', 'organisation'] },
      idNumber: { type: 'string' },
      phone: { type: 'string' },
      address: { type: 'string' },
    },
    required: ['name'],
    additionalProperties: false,
    'x-personal': true,
  },
  Place: {
    type: 'object',
    properties: {
      address: { type: 'string' },
      community: { type: 'string' },
      longitude: { type: 'number' },
      latitude: { type: 'number' },
    },
    required: ['address'],
    additionalProperties: false,
  },
  FileRef: {
    type: 'object',
    properties: {
      name: { type: 'string', minLength: 1 },
      sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
      bytes: { type: 'integer', minimum: 1 },
    },
    required: ['name', 'sha256', 'bytes'],
    additionalProperties: false,
  },
}
