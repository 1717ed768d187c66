import { address } from '../view.ts'
import { html } from '../markup.ts'
import { intakesOf } from '#engine/guide.ts'
import type { Definition } from '#engine/definition.ts'
import type { Markup } from '../markup.ts'
import type { System } from '#engine/system.ts'
import type { View } from '../view.ts'

/** The version in force on a day; before the first and after the last, that. */
export function versionShown({ definitions }: System, day: string): Definition {
  const begun = definitions.findLast(({ inForce }) => inForce.from <= day)
  return begun ?? definitions[0]!
}

/** The stable address of a version: the bare one is the one in force today. */
export function versionAddress({ id, inForce }: Definition, current: Definition): string {
  return address(`/portal/guides/${id}`, inForce.from === current.inForce.from ? {} : { on: inForce.from })
}

/** The systems of the catalogue by what a reader wants of them: those in which the public brings something, and the others. */
export function mattersOn(
  catalogue: readonly System[],
  day: string,
): { readonly brought: readonly Definition[]; readonly own: readonly Definition[] } {
  const all = catalogue.map((system) => versionShown(system, day))
  const isBrought = (definition: Definition): boolean => intakesOf(definition).length > 0
  return { brought: all.filter(isBrought), own: all.filter((definition) => !isBrought(definition)) }
}

/** One card for each. */
export function matterCards(definitions: readonly Definition[], { say }: View): Markup {
  return html`<ul class="cards">
    ${definitions.map(
      ({ id, name, guide }) =>
        html`<li>
          <a href="/portal/guides/${id}">${say(name)}</a>
          ${guide ? html`<span class="quiet small">${say(guide.about.words)}</span>` : ''}
        </li> `,
    )}
  </ul>`
}
