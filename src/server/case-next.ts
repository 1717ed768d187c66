import { cited } from '#engine/citation.ts'
import { empty, scrolling } from './page.ts'
import { html } from './markup.ts'
import { lapsed, permittedSteps } from '#engine/apply-step.ts'
import { words } from './words.ts'
import type { CaseShown } from './case-page.ts'
import type { Definition, Step } from '#engine/definition.ts'
import type { Markup } from './markup.ts'
import type { Refusal } from '#engine/refusal.ts'
import type { View } from './view.ts'

/** A step that is some post's to take. */
export interface Allowed {
  readonly id: string
  readonly step: Step
  /** The posts that may take it now. */
  readonly posts: readonly string[]
  /** Why nobody may. */
  readonly refusal?: Refusal
}

/** Every step that is some post's to take: by whom now, or why by nobody. */
export function permitted(definition: Definition, theCase: CaseShown['theCase']): Allowed[] {
  const byPost = Object.keys(definition.posts).map((post) => ({ post, steps: permittedSteps(definition, theCase, post) }))
  return Object.entries(definition.steps).flatMap(([id, step]): Allowed[] => {
    if (step.by === 'clock' || step.by === 'case') return []
    const own = byPost.flatMap(({ post, steps }) =>
      steps.filter((one) => one.step === id && one.refusal?.code !== 'step.not-your-post').map(({ refusal }) => ({ post, refusal })),
    )
    const posts = own.filter(({ refusal }) => refusal === undefined).map(({ post }) => post)
    const refusal = own.find((one) => one.refusal)?.refusal
    return [{ id, step, posts, ...(posts.length === 0 && refusal ? { refusal } : {}) }]
  })
}

/** What can be done now and by whom, and why the rest cannot. */
export function caseNext({ theCase, definition, services }: CaseShown, view: View): Markup {
  const { say } = view
  const all = permitted(definition, theCase)
  const now = all.filter(({ refusal }) => !refusal)
  const not = all.filter(({ refusal }) => refusal)
  const owed = lapsed(definition, theCase, services.now(), services.calendar)
  return html`${owed.map(({ step }) => html`<p class="note">${say(words.machineOwes(definition.steps[step]!.name))}</p>`)}
  ${
    now.length === 0
      ? empty(say(definition.states[theCase.state]?.final ? words.caseIsOver : words.nothingPermitted))
      : html`<ul class="steps-now">
          ${now.map(
            ({ step, posts }) =>
              html`<li>
                <b>${say(step.name)}</b>
                <span class="quiet"
                  >${say(words.by)}${posts.map((post) => say(definition.posts[post]!.name)).join(say(words.listComma))}</span
                >
                ${conditions(step, definition, view)}
              </li> `,
          )}
        </ul>`
  }
  ${
    not.length === 0
      ? ''
      : html`<details>
          <summary>${say(words.notNow(not.length))}</summary>
          ${scrolling(
            say(words.notNow(not.length)),
            html`<table>
              <thead>
                <tr>
                  <th scope="col">${say(words.step)}</th>
                  <th scope="col">${say(words.whyNot)}</th>
                  <th scope="col">${say(words.remedy)}</th>
                  <th scope="col">${say(words.basis)}</th>
                </tr>
              </thead>
              <tbody>
                ${not.map(({ step, refusal }) => {
                  const said = refusal!.on(view.language)
                  return html`<tr>
                    <th scope="row">${say(step.name)}</th>
                    <td>${said.message}</td>
                    <td>${said.remedy}</td>
                    <td class="quiet">${said.basis}</td>
                  </tr> `
                })}
              </tbody>
            </table>`,
          )}
        </details>`
  }`
}

/** What is tried when the step is taken: each condition with its article. */
function conditions(step: Step, definition: Definition, { say, language }: View): Markup | '' {
  const guards = (step.guards ?? []).map((code) => definition.parts.guards[code]!)
  if (guards.length === 0) return ''
  return html`<details class="small">
    <summary>${say(words.conditions(guards.length))}</summary>
    <ul>
      ${guards.map(({ message, article }) => html`<li>${say(words.refusedWhen)}${say(message)} <span class="quiet">${cited(article, language)}</span></li> `)}
    </ul>
  </details>`
}
