import { cited } from '#engine/citation.ts'
import type { Citation } from '#engine/citation.ts'
import type { Definition } from '#engine/definition.ts'
import type { Field, FieldKind, Fields } from '#engine/field.ts'
import type { View } from '../view.ts'

/** One particular that a step asks, in the reader's language. */
export interface FieldJson {
  readonly name: string
  readonly kind: FieldKind
  readonly label: string
  readonly help: string | null
  readonly optional: boolean
  readonly personal: boolean
  readonly public: boolean
  /** Smallest and largest number, shortest and longest list or text. */
  readonly least: number | null
  readonly most: number | null
  /** `choice` */
  readonly options: readonly { readonly value: string; readonly label: string }[] | null
  /** `list`: the field that each entry is, or the fields of one. */
  readonly of: FieldJson | readonly FieldJson[] | null
}

/** What a step asks, and what is said beside it. */
export interface FormJson {
  readonly step: string
  readonly name: string
  /** The articles that it rests on. */
  readonly articles: readonly string[]
  /** What it tells the party. */
  readonly tells: string | null
  /** The field that holds the day on which it takes effect. */
  readonly on: string | null
  readonly fields: readonly FieldJson[]
  /** When it is refused, each with its article. */
  readonly conditions: readonly { readonly says: string; readonly article: string }[]
  /** Names of the documents that it makes. */
  readonly produces: readonly string[]
}

/** The form of a step, read off its definition. */
export function formOf(definition: Definition, stepId: string, view: View): FormJson {
  const { say, language } = view
  const step = definition.steps[stepId]!
  // What a step that switches records is the machine's to fill in.
  const asked = Object.entries(step.input ?? {}).filter(([name]) => name !== step.switches?.record)
  return {
    step: stepId,
    name: say(step.name),
    articles: articlesOf(step.article, view),
    tells: step.tells ? say(step.tells) : null,
    on: step.on ?? null,
    fields: fieldsJson(Object.fromEntries(asked), view),
    conditions: (step.guards ?? []).map((code) => {
      const { message, article } = definition.parts.guards[code]!
      return { says: say(message), article: cited(article, language) }
    }),
    produces: (step.produces ?? []).map((id) => say(definition.parts.documents[id]!.name)),
  }
}

export function articlesOf(article: Citation | readonly Citation[], { language }: View): string[] {
  return ([article].flat() as Citation[]).map((one) => cited(one, language))
}

function fieldsJson(fields: Fields, view: View): FieldJson[] {
  return Object.entries(fields).map(([name, field]) => fieldJson(name, field, view))
}

function fieldJson(name: string, field: Field, view: View): FieldJson {
  const { of } = field
  return {
    name,
    kind: field.kind,
    label: view.say(field.name),
    help: field.help ? view.say(field.help) : null,
    optional: field.optional === true,
    personal: field.personal === true,
    public: field.public === true,
    least: field.least ?? null,
    most: field.most ?? null,
    options: field.options ? Object.entries(field.options).map(([value, label]) => ({ value, label: view.say(label) })) : null,
    of: of === undefined ? null : isField(of) ? fieldJson('', of, view) : fieldsJson(of, view),
  }
}

function isField(of: Field | Fields): of is Field {
  return typeof (of as Field).kind === 'string'
}
