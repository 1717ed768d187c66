import { address } from './view.ts'
import { html } from './markup.ts'
import { scrolling } from './page.ts'
import { words } from './words.ts'
import type { Markup } from './markup.ts'
import type { System } from '#engine/system.ts'
import type { View } from './view.ts'
import type { Words } from '#engine/words.ts'

export interface SystemCount {
  readonly procedure: string
  readonly name: Words
  readonly total: number
  readonly states: readonly { readonly state: string; readonly name: Words; readonly final: boolean; readonly count: number }[]
}

/** Counts of every system, in the order of its states; a state that only an older version of the law knows comes last. */
export function stateCounts(
  catalogue: readonly System[],
  counted: readonly { procedure: string; state: string; count: number }[],
): SystemCount[] {
  return catalogue.map((system) => {
    const own = counted.filter(({ procedure }) => procedure === system.id)
    const names = new Map(
      [...system.definitions]
        .reverse()
        .flatMap(({ states }) => Object.entries(states))
        .reverse(),
    )
    const order = [...new Set([...system.definitions].reverse().flatMap(({ states }) => Object.keys(states)))]
    const states = order.flatMap((state) => {
      const count = own.find((one) => one.state === state)?.count ?? 0
      return count === 0 ? [] : [{ state, name: names.get(state)!.name, final: names.get(state)!.final === true, count }]
    })
    return { procedure: system.id, name: system.definitions.at(-1)!.name, total: own.reduce((sum, { count }) => sum + count, 0), states }
  })
}

/** One row a system: how many cases, and how many in each state, each a link to the list. */
export function stateTable(systems: readonly SystemCount[], view: View): Markup {
  const caption = view.say(words.casesBySystemAndState)
  return scrolling(
    caption,
    html`<table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          <th scope="col">${view.say(words.system)}</th>
          <th scope="col" class="number">${view.say(words.cases)}</th>
          <th scope="col">${view.say(words.states)}</th>
        </tr>
      </thead>
      <tbody>
        ${systems.map(
          ({ procedure, name, total, states }) =>
            html`<tr>
              <th scope="row"><a href="/procedures/${procedure}">${view.say(name)}</a></th>
              <td class="number">${total === 0 ? '0' : html`<a href="${address('/cases', { procedure })}">${total}</a>`}</td>
              <td>
                <ul class="row tight">
                  ${states.map(
                    ({ state, name: stateName, final, count }) =>
                      html`<li>
                        <a class="chip${final ? ' final' : ''}" href="${address('/cases', { procedure, state })}"
                          >${view.say(stateName)} <b>${count}</b></a
                        >
                      </li> `,
                  )}
                </ul>
              </td>
            </tr> `,
        )}
      </tbody>
    </table>`,
  )
}
