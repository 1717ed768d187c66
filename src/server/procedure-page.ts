import { citations } from './citations.ts'
import { clockWords } from '#readings/clock-words.ts'
import { definitionHash } from '#readings/definition-json.ts'
import { facts, page, scrolling } from './page.ts'
import { html } from './markup.ts'
import { joined } from '#engine/words.ts'
import { numberText } from '#store/number-series.ts'
import { takersOf } from '#readings/guide.ts'
import { words } from './words.ts'
import type { Definition, Step } from '#engine/definition.ts'
import type { Field } from '#engine/field.ts'
import type { Markup } from './markup.ts'
import type { System } from '#engine/system.ts'
import type { View } from './view.ts'

/**
 * One version of a procedure, read off its definition.
 *
 * @param chart its flow chart
 */
export function procedurePage(system: System, definition: Definition, chart: Markup, view: View): Markup {
  const { say } = view
  const { inForce, id } = definition
  return page(view, {
    title: definition.name,
    above: [{ href: '/procedures', name: words.procedures }],
    section: 'procedures',
    main: html`<p class="downloads">
        <a class="button" href="/procedures/${id}.json?version=${inForce.from}">JSON</a>
        <a class="button" href="/cases?procedure=${id}">${say(words.cases)}</a>
      </p>
      ${facts([
        [say(words.inForce), inForce.until === undefined ? say(words.inForceFrom(inForce.from)) : `${inForce.from} – ${inForce.until}`],
        [
          say(words.versions),
          html`<ul class="row tight">
            ${system.definitions.map((one) => html`<li><a class="chip" href="/procedures/${id}?version=${one.inForce.from}" ${one === definition ? html` aria-current="true"` : ''}>${one.inForce.from} –${one.inForce.until ? ` ${one.inForce.until}` : ''}</a></li> `)}
          </ul>`,
        ],
        [say(words.basis), citations(definition.basis, view)],
        [say(words.series), numberText(definition.series, Number(inForce.from.slice(0, 4)), 1)],
        [say(words.hash), html`<code class="hash">${definitionHash(definition)}</code>`],
      ])}
      <section aria-labelledby="chart">
        <h2 id="chart">${say(words.flowChart)}</h2>
        <p class="quiet">${say(words.flowChartNote)}</p>
        ${scrolling(say(words.flowChart), chart)}
      </section>
      <section aria-labelledby="states">
        <h2 id="states">${say(words.states)}</h2>
        ${stateTable(definition, view)}
      </section>
      <section aria-labelledby="steps">
        <h2 id="steps">${say(words.steps)}</h2>
        ${stepTable(definition, view)}
      </section>
      <section aria-labelledby="clocks">
        <h2 id="clocks">${say(words.clocks)}</h2>
        ${clockTable(definition, view)}
      </section>
      <section aria-labelledby="indicators">
        <h2 id="indicators">${say(words.indicators)}</h2>
        ${indicatorList(system, view)}
      </section>`,
  })
}

function stateTable({ states, posts }: Definition, { say }: View): Markup {
  return scrolling(
    say(words.states),
    html`<table>
      <caption>
        ${say(words.states)}
      </caption>
      <thead>
        <tr>
          <th scope="col">${say(words.state)}</th>
          <th scope="col">${say(words.mustAct)}</th>
        </tr>
      </thead>
      <tbody>
        ${Object.values(states).map(
          ({ name, final, with: post }) =>
            html`<tr>
              <th scope="row">${say(name)}</th>
              <td>${final ? say(words.finalState) : post === undefined ? '—' : say(posts[post]?.name ?? [post, post])}</td>
            </tr> `,
        )}
      </tbody>
    </table>`,
  )
}

function stepTable(definition: Definition, view: View): Markup {
  const { say } = view
  return scrolling(
    say(words.steps),
    html`<table class="wide-cells">
      <caption>
        ${say(words.steps)}
      </caption>
      <thead>
        <tr>
          <th scope="col">${say(words.step)}</th>
          <th scope="col">${say(words.by)}</th>
          <th scope="col">${say(words.fromTo)}</th>
          <th scope="col">${say(words.particulars)}</th>
          <th scope="col">${say(words.basis)}</th>
        </tr>
      </thead>
      <tbody>
        ${Object.entries(definition.steps).map(
          ([id, step]) =>
            html`<tr id="step-${id}">
              <th scope="row">${say(step.name)}</th>
              <td>${say(joined(takersOf(definition, step), words.listComma))}</td>
              <td>${fromTo(definition, step, view)}</td>
              <td>${particulars(step, definition, view)}</td>
              <td class="quiet">${citations(step.article, view)}</td>
            </tr> `,
        )}
      </tbody>
    </table>`,
  )
}

function fromTo({ states, steps }: Definition, { from, to }: Step, { say }: View): string {
  const name = (state: string) => (state === 'stays' ? say(words.stays) : say(states[state]?.name ?? [state, state]))
  const list = (all: readonly string[]) => [...new Set(all)].map(name).join(say(words.orComma))
  const before =
    from === 'running' ? say(words.anyRunning) : from === 'any' ? say(words.anyState) : from.length === 0 ? say(words.opening) : list(from)
  const after =
    to === undefined
      ? say(words.stays)
      : typeof to === 'string'
        ? name(to)
        : 'is' in to
          ? list(Object.values(to.is))
          : say(words.backTo(steps[to.before]?.name ?? [to.before, to.before]))
  return `${before} → ${after}`
}

function particulars(step: Step, definition: Definition, view: View): Markup {
  const { say } = view
  const fields = Object.values(step.input ?? {})
  const guards = (step.guards ?? []).map((code) => definition.parts.guards[code]!)
  const documents = (step.produces ?? []).map((id) => definition.parts.documents[id]?.name ?? ([id, id] as const))
  return html`${fields.length === 0 ? '' : html`<p>${fields.map((field, index) => html`${index === 0 ? '' : say(words.listComma)}${fieldWords(field, view)}`)}</p>`}
  ${
    guards.length === 0
      ? ''
      : html`<details class="small">
          <summary>${say(words.conditions(guards.length))}</summary>
          <ul>
            ${guards.map(({ message, article }) => html`<li>${say(words.refusedWhen)}${say(message)} <span class="quiet">${citations(article, view)}</span></li> `)}
          </ul>
        </details>`
  }
  ${documents.length === 0 ? '' : html`<p class="quiet">${say(words.documents)}${say(words.colon)}${documents.map((name) => say(name)).join(say(words.listComma))}</p>`}
  ${step.tells ? html`<p class="quiet">${say(words.tells)}${say(words.colon)}${say(step.tells)}</p>` : ''}`
}

function fieldWords({ name, optional, personal }: Field, { say }: View): Markup {
  return html`${say(name)}${optional ? html`<span class="quiet">${say(words.optional)}</span>` : ''}${personal ? html`<span class="masked">${say(words.personalField)}</span>` : ''}`
}

function clockTable(definition: Definition, view: View): Markup {
  const { say } = view
  return scrolling(
    say(words.clocks),
    html`<table class="wide-cells">
      <caption>
        ${say(words.clocks)}
      </caption>
      <thead>
        <tr>
          <th scope="col">${say(words.clock)}</th>
          <th scope="col">${say(words.binds)}</th>
          <th scope="col">${say(words.limit)}</th>
          <th scope="col">${say(words.startStop)}</th>
          <th scope="col">${say(words.whenLate)}</th>
          <th scope="col">${say(words.basis)}</th>
        </tr>
      </thead>
      <tbody>
        ${Object.keys(definition.clocks).map((id) => {
          const clock = clockWords(definition, id)
          return html`<tr>
            <th scope="row">${say(clock.name)}</th>
            <td>${say(clock.binds)}</td>
            <td>
              <ul class="plain">
                ${clock.limits.map((limit) => html`<li>${say(limit.words)}</li> `)}${clock.when ? html`<li class="quiet">${say(words.onlyWhen(clock.when))}</li>` : ''}${clock.notes.map((note) => html`<li class="quiet">${say(note.words)}</li> `)}
              </ul>
            </td>
            <td>
              <ul class="plain">
                <li>${say(words.start)}${say(words.colon)}${say(clock.starts)}</li>
                <li>${say(words.stopped)}${say(words.colon)}${say(clock.stops)}</li>
              </ul>
            </td>
            <td>${say(clock.late)}${clock.lapse ? html` <span class="quiet">${say(words.lapsesInto(clock.lapse))}</span>` : ''}</td>
            <td class="quiet">${citations(clock.article, view)}</td>
          </tr> `
        })}
      </tbody>
    </table>`,
  )
}

function indicatorList(system: System, { say }: View): Markup {
  return html`<ul class="columns">
    ${Object.entries(system.indicators.indicators).map(([id, { name }]) => html`<li><a href="/figures/${system.id}.${id}">${say(name)}</a></li> `)}
  </ul>`
}
