import { entriesOn } from '#store/registers.ts'
import { groupsOf, NOT_STATED } from '#engine/indicator.ts'
import { html } from './markup.ts'
import { ratioText } from '#engine/ratio-text.ts'
import { scrolling } from './page.ts'
import { words } from './words.ts'
import type { Counted, Figure, Period, Series } from '#readings/figures.ts'
import type { Field } from '#engine/field.ts'
import type { Markup } from './markup.ts'
import type { Services } from './services.ts'
import type { System } from '#engine/system.ts'
import type { View } from './view.ts'
import type { Words } from '#engine/words.ts'

/** A figure by groups as its page shows it. */
export interface SeriesFound {
  /** What the groups are: organs, townships. */
  readonly header: Words
  readonly rows: readonly SeriesRow[]
}

export interface SeriesRow {
  readonly group: string
  readonly name: Words
  readonly value: Figure
  /** Of a quotient: what is divided by what. */
  readonly sides: readonly Figure[]
  /** Of each counting, in their order. */
  readonly counts: readonly Figure[]
  readonly href: string
}

/**
 * Brings the series of a figure, its sides and its countings together, group by group: the greatest number first, what is not stated last.
 *
 * @param countings what the figure rests on
 * @param series of the figure, then of its sides, then of the countings
 */
export async function seriesFound(
  services: Services,
  system: System,
  countings: readonly Counted[],
  [figure, ...rest]: readonly Series[],
  period: Period,
  hrefOf: (group: string) => string,
): Promise<SeriesFound> {
  const { header, nameOf } = await groupNames(services, system, countings, period)
  const sides = rest.slice(0, rest.length - countings.length)
  const at = (series: readonly Series[], group: string): Figure[] => series.map((one) => one.get(group) ?? null)
  const rows = [...figure!.keys()].map((group): SeriesRow => ({
    group,
    name: group === NOT_STATED ? words.notStated : nameOf(group),
    value: figure!.get(group)!,
    sides: at(sides, group),
    counts: at(rest.slice(sides.length), group),
    href: hrefOf(group),
  }))
  return { header, rows: rows.sort((a, b) => weight(b) - weight(a) || (a.group < b.group ? -1 : 1)) }
}

function weight({ group, value, sides }: SeriesRow): number {
  const first = sides[0] ?? value
  return group === NOT_STATED ? -2 : typeof first === 'number' ? first : -1
}

/** How the groups are called: organs and townships as they were named in the period, choices by their words. */
async function groupNames(
  { store, registers }: Services,
  { definitions }: System,
  countings: readonly Counted[],
  { from, until }: Period,
): Promise<{ header: Words; nameOf: (group: string) => Words }> {
  const fieldNamed = (name: string): Field | undefined =>
    definitions.flatMap(({ steps }) => Object.values(steps)).findLast(({ input }) => input && Object.hasOwn(input, name))?.input?.[name]
  const each = countings.flatMap((counted) => ('count' in counted && counted.each ? [counted.each] : []))[0]
  const kind = each && groupsOf(each, fieldNamed)
  if (kind === undefined || kind === 'organ' || kind === 'township') {
    // One that was dissolved in the period stands in the register of its first day only.
    const entries = [...(await entriesOn(store, 'organs', from)), ...(await entriesOn(store, 'organs', until))]
    const names = new Map(entries.map(({ key, value }) => [key, String(value[kind === 'organ' ? 'name' : 'short'] ?? key)]))
    const values = countings.find((counted) => 'values' in counted)
    const key = values && registers.find(({ id }) => id === values.values)?.key
    return {
      header: kind === 'organ' ? words.organ : kind === 'township' ? words.township : (key ?? words.group),
      nameOf: (group) => [names.get(group) ?? group, names.get(group) ?? group],
    }
  }
  if (kind === 'community') return { header: words.community, nameOf: (group) => [group, group] }
  const field = fieldNamed(kind)
  return {
    header: field?.name ?? words.group,
    nameOf: (group) =>
      field?.kind === 'flag' ? (group === 'true' ? words.yes : words.no) : (field?.options?.[group] ?? ([group, group] as const)),
  }
}

/** Group by group: the sides of a quotient, and the figure. */
export function seriesTable(
  name: Words,
  sides: readonly Words[],
  { header, rows }: SeriesFound,
  chosen: string | undefined,
  view: View,
): Markup {
  const { say } = view
  return scrolling(
    say(name),
    html`<table>
      <caption>
        ${say(name)}
      </caption>
      <thead>
        <tr>
          <th scope="col">${say(header)}</th>
          ${sides.map((side) => html`<th scope="col" class="number">${say(side)}</th>`)}
          <th scope="col" class="number">${say(sides.length > 0 ? words.quotient : words.value)}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              <th scope="row">
                <a href="${row.href}#records" ${row.group === chosen ? html` aria-current="true"` : ''}>${say(row.name)}</a>
              </th>
              ${row.sides.map((side) => html`<td class="number">${side === null && row.group !== NOT_STATED ? say(words.notKnown) : valueText(side)}</td>`)}
              <td class="number">${valueText(row.value)}</td>
            </tr> `,
        )}
      </tbody>
    </table>`,
  )
}

/** `2663`, `38.00%`, `12.35` per so many; a dash where there is nothing to divide by. */
export function valueText(value: Figure): string {
  if (value === null) return '—'
  return typeof value === 'number' ? String(value) : (ratioText(value) ?? '—')
}
