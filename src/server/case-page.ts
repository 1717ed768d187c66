import { caseClocks } from './case-clocks.ts'
import { caseNext, permitted } from './case-next.ts'
import { caseSteps } from './case-steps.ts'
import { caseTitle } from '#readings/case-title.ts'
import { clocksOf } from '#engine/clocks.ts'
import { definitionHash } from '#readings/definition-json.ts'
import { facts, page, scrolling } from './page.ts'
import { hatching } from './clock-bar.ts'
import { html } from './markup.ts'
import { lawWords } from '#readings/law-words.ts'
import { shownTime } from './shown-value.ts'
import { words } from './words.ts'
import type { LeafPlace } from '#store/read-checkpoints.ts'
import type { Markup } from './markup.ts'
import type { OpenCase } from '#store/read-open-case.ts'
import type { OrganNames } from './shown-value.ts'
import type { Services } from './services.ts'
import type { View } from './view.ts'

/** A case and everything beside it that its page shows. */
export interface CaseShown extends OpenCase {
  readonly leaves: readonly LeafPlace[]
  readonly organs: OrganNames
  readonly services: Services
}

/** A case from its head to its proofs. */
export function casePage(shown: CaseShown, view: View): Markup {
  const { theCase, definition } = shown
  return page(view, {
    title: words.caseTitle(theCase.number),
    above: [
      { href: '/cases', name: words.cases },
      { href: `/cases?procedure=${definition.id}`, name: definition.name },
    ],
    section: 'cases',
    main: html`${hatching} ${head(shown, view)}
      <section aria-labelledby="clocks">
        <h2 id="clocks">${view.say(words.clocks)}</h2>
        ${caseClocks(shown, view)}
      </section>
      <section aria-labelledby="steps">
        <h2 id="steps">${view.say(words.stepsTaken)}</h2>
        ${caseSteps(shown, view)}
      </section>
      <section aria-labelledby="next">
        <h2 id="next">${view.say(words.whatNow)}</h2>
        ${caseNext(shown, view)}
      </section>
      ${links(shown, view)}
      <section aria-labelledby="proofs">
        <h2 id="proofs">${view.say(words.ledger)}</h2>
        ${proofs(shown, view)}
      </section>`,
  })
}

/** The same as values, for programs. Nothing personal: of a personal field only its name. */
export function caseJson({ theCase, definition, law, personal, documents, links: linked, leaves, organs, services }: CaseShown): unknown {
  return {
    ...theCase,
    title: caseTitle(definition, theCase.fields, (organ) => organs.get(organ) ?? organ, 'zh'),
    switches: law.switches.map(({ seq, from, to, reason }) => ({ seq, from: from.inForce.from, to: to.inForce.from, reason })),
    steps: theCase.steps.map((taken) => ({
      ...taken,
      by: { post: taken.by.post, organ: taken.by.organ },
      ...(taken.supersedes ? { supersedes: { seq: taken.supersedes.seq, reason: taken.supersedes.reason } } : {}),
      personal: personal.get(taken.seq) ?? [],
    })),
    clocks: clocksOf(definition, theCase, services.calendar),
    documents,
    links: linked,
    permitted: permitted(definition, theCase).map(({ id, posts, refusal }) => ({
      step: id,
      posts,
      ...(refusal ? { refusal: refusal.said } : {}),
    })),
    ledger: leaves,
  }
}

function head({ theCase, definition, law, services }: CaseShown, view: View): Markup {
  const state = definition.states[theCase.state]
  const waitsFor = state?.with === undefined ? undefined : definition.posts[state.with]?.name
  const changed = definitionHash(definition) !== theCase.hash
  return html`${facts([
    [
      view.say(words.state),
      html`<span class="chip${state?.final ? ' final' : ''}">${state ? view.say(state.name) : theCase.state}</span
        >${waitsFor ? html` <span class="quiet">${view.say(words.waitsFor(waitsFor))}</span>` : ''}`,
    ],
    [view.say(words.openedOn), shownTime(theCase.openedOn)],
    [
      view.say(words.lawVersion),
      html`<a href="/procedures/${definition.id}?version=${definition.inForce.from}"
          >${view.say(words.inForceFrom(definition.inForce.from))}</a
        >
        <code class="hash" title="${theCase.hash}">${theCase.hash.slice(0, 16)}…</code>`,
    ],
    [view.say(words.region), `${view.say(services.place.name)} ${theCase.region}`],
  ])}
  ${law.switches.length === 0 ? '' : lawWords(theCase, law).map((why) => html`<p class="note">${view.say(why)}</p>`)}
  ${changed ? html`<p class="note">${view.say(words.definitionChanged)}</p>` : ''}`
}

function links({ links: linked, services }: CaseShown, { say }: View): Markup | '' {
  if (linked.length === 0) return ''
  return html`<section aria-labelledby="links">
    <h2 id="links">${say(words.otherCases)}</h2>
    <ul>
      ${linked.map(({ id, procedure, number, state, from }) => {
        const system = services.catalogue.find((one) => one.id === procedure)
        const stateName = system?.definitions.findLast(({ states }) => states[state])?.states[state]?.name
        return html`<li>
          ${say(from === 'this' ? words.linksTo : words.linkedFrom)} <a href="/cases/${id}">${number}</a>
          <span class="quiet"
            >${say(system?.definitions.at(-1)!.name ?? [procedure, procedure])} · ${stateName ? say(stateName) : state}</span
          >
        </li> `
      })}
    </ul>
  </section>`
}

function proofs({ theCase, law, leaves }: CaseShown, view: View): Markup {
  const { say } = view
  const caption = say(words.leavesOfCase)
  return html`<p>${say(words.whatProofs)}</p>
    ${scrolling(
      caption,
      html`<table>
        <caption>
          ${caption}
        </caption>
        <thead>
          <tr>
            <th scope="col">${say(words.step)}</th>
            <th scope="col">${say(words.leafHash)}</th>
            <th scope="col" class="number">${say(words.position)}</th>
            <th scope="col">${say(words.checkpoint)}</th>
            <th scope="col">${say(words.receipt)}</th>
          </tr>
        </thead>
        <tbody>
          ${leaves.map(({ seq, hash, position, checkpoint }) => {
            const step = theCase.steps.find((taken) => taken.seq === seq)?.step
            return html`<tr>
              <th scope="row">${seq}. ${say(law.of(seq).steps[step ?? '']?.name ?? words.struckOut)}</th>
              <td><code class="hash" title="${hash}">${hash.slice(0, 16)}…</code></td>
              <td class="number">${position ?? '—'}</td>
              <td>
                ${checkpoint === null ? say(words.notSealed) : html`<a href="/ledger/${checkpoint}">${say(words.checkpointNumber(checkpoint))}</a>`}
              </td>
              <td>
                ${position === null ? '—' : html`<a href="/cases/${theCase.id}/receipts/${seq}.json" aria-label="${say(words.receiptOfStep(seq))}">JSON</a>`}
              </td>
            </tr> `
          })}
        </tbody>
      </table>`,
    )}`
}
