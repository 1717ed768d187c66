import { timeWords } from './shown-value.ts'
import { words } from './words.ts'
import type { Field, Fields } from '#engine/field.ts'
import type { OrganNames } from './shown-value.ts'
import type { View } from './view.ts'

/** A value by its field's kind, as plain text: for a table's cell, a sheet, a form. Empty where there is none. */
export function valueText(field: Field, value: unknown, view: View, organs: OrganNames): string {
  if (value === undefined || value === null) return ''
  switch (field.kind) {
    case 'list':
      return (value as readonly unknown[]).map((entry) => partText(field.of, entry, view, organs)).join(view.say(words.listComma))
    case 'choice':
      return field.options?.[String(value)] ? view.say(field.options[String(value)]!) : String(value)
    case 'flag':
      return view.say(value === true ? words.yes : words.no)
    case 'money':
      return (Number(value) / 100).toFixed(2)
    case 'date':
    case 'instant':
      return timeWords(String(value))
    case 'organ':
      return organs.get(String(value)) ?? String(value)
    default:
      return typeof value === 'object' ? JSON.stringify(value) : String(value)
  }
}

function partText(of: Field['of'], entry: unknown, view: View, organs: OrganNames): string {
  if (of !== undefined && typeof (of as Field).kind === 'string') return valueText(of as Field, entry, view, organs)
  return Object.entries((of ?? {}) as Fields)
    .map(([name, field]) => valueText(field, (entry as Record<string, unknown>)[name], view, organs))
    .join(' ')
}
