import type { Definition } from '#engine/definition.ts'
import type { Field } from '#engine/field.ts'
import type { Language } from '#engine/words.ts'

/** What a case is called in a list: the fields that its definition names, nothing personal among them; empty where it names none. */
export function caseTitle(
  definition: Definition,
  fields: Readonly<Record<string, unknown>>,
  organName: (id: string) => string,
  language: Language,
): string {
  const kinds = fieldsOf(definition)
  return (definition.title ?? [])
    .flatMap((name) => {
      const [field, value] = [kinds.get(name), fields[name]]
      if (field === undefined || value === undefined || value === null) return []
      if (field.kind === 'organ') return [organName(String(value))]
      const option = field.options?.[String(value)]
      return [option ? option[language === 'zh' ? 0 : 1] : String(value)]
    })
    .join(' · ')
}

/** Every input field of a definition by its name. */
export function fieldsOf(definition: Definition): ReadonlyMap<string, Field> {
  let fields = known.get(definition)
  if (!fields) {
    fields = new Map(Object.values(definition.steps).flatMap(({ input }) => Object.entries(input ?? {})))
    known.set(definition, fields)
  }
  return fields
}

const known = new WeakMap<Definition, ReadonlyMap<string, Field>>()
