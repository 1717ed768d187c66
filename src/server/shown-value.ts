import { dateIn, instantText, instantOf, isInstant } from '#engine/day.ts'
import { html } from './markup.ts'
import { isPersonal } from '#engine/field.ts'
import { isUuid } from '#store/read-case.ts'
import { words } from './words.ts'
import type { Field, Fields, FileRef, Place } from '#engine/field.ts'
import type { Markup } from './markup.ts'
import type { PersonalHeld } from '#store/read-open-case.ts'
import type { View } from './view.ts'

/** Names of organs by their ids. */
export type OrganNames = ReadonlyMap<string, string>

/** A day or an instant, as people read it, with the machine's form beside. */
export function shownTime(text: string): Markup {
  return html`<time datetime="${text}">${timeWords(text)}</time>`
}

/** `2020-03-05`, and `2020-03-05 10:15` for an instant: Beijing time. */
export function timeWords(text: string): string {
  return isInstant(text) ? instantText(instantOf(text)).slice(0, 16).replace('T', ' ') : dateIn(text)
}

/** What stands in place of a personal value. */
export function masked(view: View, held: 'held' | 'erased' = 'held'): Markup {
  return html`<span class="masked">${view.say(held === 'erased' ? words.personalErased : words.personal)}</span>`
}

/**
 * The input of a step as label and value, in the order of its definition. Of what is personal only that it is there; its values are not even read.
 *
 * @param held what the store says that the step holds of it
 */
export function inputRows(
  fields: Fields,
  input: Readonly<Record<string, unknown>>,
  held: PersonalHeld | undefined,
  view: View,
  organs: OrganNames,
): [string, Markup][] {
  const rows = Object.entries(fields).flatMap(([name, field]): [string, Markup][] => {
    const label = view.say(field.name)
    if (isPersonal(field)) {
      if (held === undefined) return []
      if (held === 'erased') return field.optional ? [] : [[label, masked(view, 'erased')]]
      return held.includes(name) ? [[label, masked(view)]] : []
    }
    const value = input[name]
    return value === undefined || value === null ? [] : [[label, shownValue(field, value, view, organs)]]
  })
  const strangers = Object.keys(input).filter((name) => !(name in fields))
  return [...rows, ...strangers.map((name): [string, Markup] => [name, html`${JSON.stringify(input[name])}`])]
}

/** One value by its field's kind. Anything personal is masked whatever the value is. */
export function shownValue(field: Field, value: unknown, view: View, organs: OrganNames): Markup {
  if (isPersonal(field)) return masked(view)
  if (value === undefined || value === null) return html`—`
  switch (field.kind) {
    case 'list':
      return shownList(field, value, view, organs)
    case 'choice':
      return html`${field.options?.[String(value)] ? view.say(field.options[String(value)]!) : String(value)}`
    case 'flag':
      return html`${view.say(value === true ? words.yes : words.no)}`
    case 'money':
      return html`${view.say(words.yuan((Number(value) / 100).toFixed(2)))}`
    case 'date':
    case 'instant':
      return shownTime(String(value))
    case 'case':
      return isUuid(String(value)) ? html`<a href="/cases/${value}">${view.say(words.linkedCase)}</a>` : html`${String(value)}`
    case 'organ':
      return html`${organs.get(String(value)) ?? String(value)}`
    case 'place':
      return html`${typeof value === 'object' ? (value as Place).address : String(value)}`
    case 'file':
      return typeof value === 'object' ? shownFile(value as FileRef) : html`${String(value)}`
    case 'party':
      return html`${typeof value === 'object' ? ((value as { name?: string }).name ?? '—') : String(value)}`
    default:
      return html`<span class="lines">${typeof value === 'object' ? JSON.stringify(value) : String(value)}</span>`
  }
}

function shownList(field: Field, value: unknown, view: View, organs: OrganNames): Markup {
  const entries = Array.isArray(value) ? value : [value]
  if (entries.length === 0) return html`—`
  const of = field.of ?? {}
  if (isField(of))
    return html`${entries.map((entry, index) => html`${index === 0 ? '' : view.say(words.listComma)}${shownValue(of, entry, view, organs)}`)}`
  return html`<ol class="records">
    ${entries.map(
      (entry) =>
        html`<li>
          ${Object.entries(of).map(([name, part]) => {
            const own = (entry as Record<string, unknown> | null)?.[name]
            return own === undefined
              ? ''
              : html`<span class="part"><span class="label">${view.say(part.name)}</span> ${shownValue(part, own, view, organs)}</span> `
          })}
        </li>`,
    )}
  </ol>`
}

function shownFile({ name, bytes, sha256 }: FileRef): Markup {
  const size = bytes < 10_000 ? `${bytes} B` : bytes < 10_000_000 ? `${Math.round(bytes / 1000)} kB` : `${Math.round(bytes / 1_000_000)} MB`
  return html`${name} <span class="quiet">${size} · SHA-256 <code title="${sha256}">${String(sha256).slice(0, 12)}…</code></span>`
}

function isField(of: Field | Fields): of is Field {
  return typeof (of as Field).kind === 'string'
}
