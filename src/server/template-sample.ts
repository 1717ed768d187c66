import { fieldsNamed, fill } from '#documents/fill.ts'
import { maskOf, withoutFormats } from './masked-document.ts'
import type { Definition } from '#engine/definition.ts'
import type { DocumentTemplate } from '#engine/document-template.ts'
import type { Field } from '#engine/field.ts'
import type { OfficialDocument } from '#documents/official-document.ts'

/**
 * What a template looks like: each value is the name of its field in brackets. A part that a case has only sometimes is shown where a bare
 * field decides on it, and left out where the field's value does.
 *
 * @param on the day that it bears, `YYYY-MM-DD`
 */
export function sampleOf(template: DocumentTemplate, definition: Definition, on: string): OfficialDocument {
  const fields = new Map<string, Field>(Object.values(definition.steps).flatMap(({ input }) => Object.entries(input ?? {})))
  const values = Object.fromEntries([
    // What no step asks is derived, or the machine's own: it stands there by its name.
    ...fieldsNamed(template).map((name) => [name, bracketed(name)] as const),
    ...[...fields].map(([name, field]) => [name, maskOf(field, bracketed(field.name[0]))] as const),
    [
      'deadlines',
      Object.fromEntries(Object.entries(definition.clocks).map(([id, { name }]) => [id, bracketed(`${name[0]}末日`)])),
    ] as const,
  ])
  return fill(
    withoutFormats(template, () => true),
    values,
    { issuer: bracketed('制作机关'), date: on },
  )
}

function bracketed(text: string): string {
  return `〔${text}〕`
}
