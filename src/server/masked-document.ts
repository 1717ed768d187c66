import { isPersonal } from '#engine/field.ts'
import type { Definition } from '#engine/definition.ts'
import type { DocumentTemplate } from '#engine/document-template.ts'
import type { Field, Fields } from '#engine/field.ts'
import type { OfficialDocument } from '#documents/official-document.ts'
import type { OpenCase } from '#store/read-open-case.ts'

const MASK = '（个人信息）'
const ERASED = '（个人信息已删除）'

/** What a masked document says of itself, first of all. */
export const MASKED_MARK = '【个人信息已遮蔽】'

/** A mask for every personal value that the case held after a step; what it did not hold stays absent, so that a template's conditions still tell. */
export function maskedValues({ theCase, law, personal }: OpenCase, seq: number): Record<string, unknown> {
  const masks: Record<string, unknown> = {}
  for (const taken of theCase.steps.slice(0, seq)) {
    const held = personal.get(taken.seq)
    if (held === undefined) continue
    for (const [name, field] of Object.entries(law.of(taken.seq).steps[taken.step]?.input ?? {})) {
      if (!isPersonal(field) || (held === 'erased' ? field.optional : !held.includes(name))) continue
      masks[name] = maskOf(field, held === 'erased' ? ERASED : MASK)
    }
  }
  return masks
}

/** The value of a field whose every part is this text. */
export function maskOf(field: Field, mask: string): unknown {
  if (field.kind === 'party') return { name: mask, idNumber: mask, phone: mask, address: mask }
  if (field.kind === 'place') return { address: mask, community: mask }
  if (field.kind !== 'list') return mask
  const of = field.of ?? {}
  return [isField(of) ? maskOf(of, mask) : Object.fromEntries(Object.entries(of).map(([name, part]) => [name, maskOf(part, mask)]))]
}

/** The template without the formats of personal values: a mask is no date and no sum of money. */
export function maskedTemplate(template: DocumentTemplate, definition: Definition): DocumentTemplate {
  const names = new Set(Object.values(definition.steps).flatMap(({ input }) => personalNames(input ?? {})))
  return withoutFormats(template, (name) => names.has(name))
}

/** The template without the formats of some of its fields. */
export function withoutFormats(template: DocumentTemplate, of: (name: string) => boolean): DocumentTemplate {
  const strip = (text: string): string =>
    text.replace(/\{([^{}:]+):[^{}]+\}/g, (whole, name: string) => (of(name.split('.')[0]!) ? `{${name}}` : whole))
  return throughTexts(template, strip) as DocumentTemplate
}

function personalNames(fields: Fields): string[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    if (!isPersonal(field)) return []
    const of = field.of ?? {}
    return field.kind === 'list' && !isField(of) ? [name, ...Object.keys(of)] : [name]
  })
}

function throughTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((part) => throughTexts(part, change))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, throughTexts(part, change)]))
  return value
}

/** Marks a document so that nobody takes it for the one that was issued. */
export function maskDocument(document: OfficialDocument): OfficialDocument {
  return { ...document, body: [{ kind: 'paragraph', text: MASKED_MARK }, ...document.body] }
}

function isField(of: Field | Fields): of is Field {
  return typeof (of as Field).kind === 'string'
}
