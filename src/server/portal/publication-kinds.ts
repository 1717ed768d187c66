import { systemNamed, versionFrom } from '#engine/system.ts'
import { fieldsOf } from '#readings/case-title.ts'
import type { Definition, Publicity } from '#engine/definition.ts'
import type { Publication } from '#store/publications.ts'
import type { Published } from '#store/published.ts'
import type { System } from '#engine/system.ts'
import type { Words } from '#engine/words.ts'

/** A kind of what is published: a duty of a procedure. Its id stands in addresses: `procedure.duty`. */
export interface Kind {
  readonly id: string
  readonly procedure: string
  readonly duty: string
  readonly name: Words
  readonly of: Words
}

/** Every kind that a version of the catalogue knows, by its newest name. */
export function kindsOf(catalogue: readonly System[]): Kind[] {
  return catalogue.flatMap(({ id: procedure, definitions }) => {
    const kinds = new Map<string, Kind>()
    for (const { name: of, publicity } of definitions)
      for (const [duty, { name }] of Object.entries(publicity ?? {}))
        kinds.set(duty, { id: `${procedure}.${duty}`, procedure, duty, name, of })
    return [...kinds.values()]
  })
}

/** The definition and the duty by which it was published. */
export function dutyOf(
  { procedure, version, duty }: Pick<Publication, 'procedure' | 'version' | 'duty'>,
  catalogue: readonly System[],
): { readonly definition: Definition; readonly duty: Publicity } {
  const definition = versionFrom(systemNamed(catalogue, procedure), version)
  return { definition, duty: definition.publicity![duty]! }
}

/** The text that was written for the public; a list of facts has none. */
export function textOf(one: Published, catalogue: readonly System[]): string | undefined {
  const { duty } = dutyOf(one, catalogue)
  return duty.text === undefined ? undefined : String(one.body[duty.text] ?? '')
}

/** The other particulars, each with its field. */
export function particularsOf(one: Published, catalogue: readonly System[]) {
  const { definition, duty } = dutyOf(one, catalogue)
  const kinds = fieldsOf(definition)
  return duty.fields
    .filter((name) => name !== duty.text && one.body[name] !== undefined)
    .map((name) => ({ name, field: kinds.get(name)!, value: one.body[name] }))
}

/** The beginning of the text, or what stands around the first word looked for. */
export function excerpt(text: string, query: string | undefined): string {
  const at = Math.max(0, ...(query ?? '').split(/\s+/).map((word) => (word === '' ? -1 : text.toLowerCase().indexOf(word.toLowerCase()))))
  const from = Math.max(0, at - AROUND)
  const shown = text.slice(from, from + LENGTH)
  return `${from > 0 ? '…' : ''}${shown}${from + LENGTH < text.length ? '…' : ''}`
}

/** Characters. */
const LENGTH = 120
const AROUND = 40
