import { isPersonal } from '#engine/field.ts'
import { isUuid } from '#store/read-case.ts'
import { timeWords } from '../shown-value.ts'
import { words } from '../words.ts'
import type { Field, Fields, FileRef, Party, Place } from '#engine/field.ts'
import type { OrganNames } from '../shown-value.ts'
import type { PersonalHeld } from '#store/read-open-case.ts'
import type { View } from '../view.ts'

/** A value as its reader sees it. */
export type ValueJson =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'case'; readonly id: string }
  | ({ readonly kind: 'file' } & FileRef)
  | { readonly kind: 'list'; readonly values: readonly ValueJson[] }
  | { readonly kind: 'records'; readonly records: readonly (readonly RowJson[])[] }

/** One particular: its label, and its value or that it is personal. */
export interface RowJson {
  readonly name: string
  readonly label: string
  /** `held`: there is a value, read on request; `erased`: there was one. */
  readonly personal: 'held' | 'erased' | null
  readonly value: ValueJson | null
}

/** What a step was given, readable, in the order of its definition; of what is personal only that it is there. */
export function shownInput(
  fields: Fields,
  input: Readonly<Record<string, unknown>>,
  held: PersonalHeld | undefined,
  view: View,
  organs: OrganNames,
): RowJson[] {
  return Object.entries(fields).flatMap(([name, field]): RowJson[] => {
    const label = view.say(field.name)
    if (isPersonal(field)) {
      const is = held === undefined ? null : held === 'erased' ? (field.optional ? null : 'erased') : held.includes(name) ? 'held' : null
      return is === null ? [] : [{ name, label, personal: is, value: null }]
    }
    const value = input[name]
    return value === undefined || value === null ? [] : [{ name, label, personal: null, value: shownJson(field, value, view, organs) }]
  })
}

/** What of a step is personal, readable: for who may know it. */
export function shownPersonal(fields: Fields, values: Readonly<Record<string, unknown>>, view: View, organs: OrganNames): RowJson[] {
  return Object.entries(values).map(([name, value]) => ({
    name,
    label: view.say(fields[name]!.name),
    personal: 'held',
    value: shownJson(fields[name]!, value, view, organs),
  }))
}

function shownJson(field: Field, value: unknown, view: View, organs: OrganNames): ValueJson {
  const { say } = view
  switch (field.kind) {
    case 'list':
      return shownList(field, value, view, organs)
    case 'choice':
      return text(field.options?.[String(value)] ? say(field.options[String(value)]!) : value)
    case 'flag':
      return text(say(value === true ? words.yes : words.no))
    case 'money':
      return text(say(words.yuan((Number(value) / 100).toFixed(2))))
    case 'date':
    case 'instant':
      return text(timeWords(String(value)))
    case 'organ':
      return text(organs.get(String(value)) ?? value)
    case 'case':
      return isUuid(String(value)) ? { kind: 'case', id: String(value) } : text(value)
    case 'file':
      return typeof value === 'object' && value !== null ? { kind: 'file', ...(value as FileRef) } : text(value)
    case 'place':
      return text(typeof value === 'object' ? placeWords(value as Place) : value)
    case 'party':
      return text(typeof value === 'object' ? partyWords(value as Party, view) : value)
    default:
      return text(typeof value === 'object' ? JSON.stringify(value) : value)
  }
}

function shownList(field: Field, value: unknown, view: View, organs: OrganNames): ValueJson {
  const of = field.of ?? {}
  const entries = Array.isArray(value) ? value : [value]
  if (typeof (of as Field).kind === 'string')
    return { kind: 'list', values: entries.map((entry) => shownJson(of as Field, entry, view, organs)) }
  return {
    kind: 'records',
    records: entries.map((entry) =>
      Object.entries(of as Fields).flatMap(([name, part]): RowJson[] => {
        const one = (entry as Record<string, unknown>)[name]
        return one === undefined || one === null
          ? []
          : [{ name, label: view.say(part.name), personal: null, value: shownJson(part, one, view, organs) }]
      }),
    ),
  }
}

function placeWords({ address, community, longitude, latitude }: Place): string {
  const where = longitude === undefined || latitude === undefined ? [] : [`${longitude}, ${latitude}`]
  return [address, ...(community === undefined ? [] : [community]), ...where].join(' · ')
}

function partyWords({ name, idNumber, phone, address }: Party, { say }: View): string {
  const parts = [idNumber && `${say(words.idNumber)} ${idNumber}`, phone && `${say(words.phone)} ${phone}`, address].filter(Boolean)
  return parts.length === 0 ? name : `${name}（${parts.join(say(words.listComma))}）`
}

function text(value: unknown): ValueJson {
  return { kind: 'text', text: String(value) }
}
