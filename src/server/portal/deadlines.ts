import { address, answer } from '../view.ts'
import { citations } from '../citations.ts'
import { clockCard } from './guide-page.ts'
import { clockWords } from '#readings/clock-words.ts'
import { dateIn, isDay } from '#engine/day.ts'
import { day, readQuery } from '../query.ts'
import { deadlineAsked, deadlineBoxes } from './deadline-asked.ts'
import { definitionOn, systemNamed } from '#engine/system.ts'
import { explain } from '#engine/explain.ts'
import { factsAsked } from '#readings/clock-facts.ts'
import { page } from '../page.ts'
import { html } from '../markup.ts'
import { limitWords, limitOf } from '#engine/limit.ts'
import { Refusal } from '#engine/refusal.ts'
import { shownTime } from '../shown-value.ts'
import { versionShown } from './matters.ts'
import { words } from '../words.ts'
import type { AskedFact } from '#readings/clock-facts.ts'
import type { DeadlineAsked, DeadlineBoxes } from './deadline-asked.ts'
import type { Deadline, Reason } from '#engine/deadline.ts'
import type { Definition } from '#engine/definition.ts'
import type { FastifyInstance } from 'fastify'
import type { Markup } from '../markup.ts'
import type { Services } from '../services.ts'
import type { View } from '../view.ts'
import type { Words } from '#engine/words.ts'

/** Characters of a box. */
const LONGEST = 40

/** `/portal/deadlines` and `/portal/deadlines/:procedure/:clock?start=`: the last day of any clock of the catalogue, by the engine, with its reasons. */
export function deadlineRoutes(app: FastifyInstance, { catalogue, calendar, now }: Services): void {
  app.get('/portal/deadlines', { config: { open: true } }, (request, reply) => {
    const { view } = request
    const { on } = readQuery({ on: day.optional() }, request.query)
    const definitions = catalogue
      .map((system) => versionShown(system, on ?? dateIn(now())))
      .filter(({ clocks }) => Object.keys(clocks).length > 0)
    return answer(request, reply, {
      json: {
        on: on ?? dateIn(now()),
        systems: definitions.map((definition) => ({
          id: definition.id,
          name: definition.name,
          inForce: definition.inForce,
          clocks: Object.entries(definition.clocks).map(([id, { name }]) => ({ id, name, href: clockAddress(definition, id, on) })),
        })),
      },
      page: () => listPage(definitions, on ?? dateIn(now()), on, view),
    })
  })

  app.get<{ Params: { procedure: string; clock: string } }>(
    '/portal/deadlines/:procedure/:clock',
    { config: { open: true } },
    (request, reply) => {
      const { view } = request
      const system = systemNamed(catalogue, request.params.procedure)
      const { on } = readQuery({ on: day.optional() }, request.query)
      const typed = typedIn(request.query)
      // The law of the day governs: where no day was named, that of the start.
      const started = typed['start']?.slice(0, 10)
      const governing = on ?? (started !== undefined && isDay(started) ? started : undefined)
      const definition = on === undefined ? versionShown(system, governing ?? dateIn(now())) : definitionOn(system, on)
      const clock = definition.clocks[request.params.clock] ? request.params.clock : undefined
      if (clock === undefined) throw noSuchClock(definition, request.params.clock)
      const asked = deadlineAsked(definition, clock, typed, calendar)
      if (Object.keys(asked.problems).length > 0) reply.code(422)
      return answer(request, reply, { json: jsonOf(definition, clock, asked), page: () => clockPage(definition, clock, asked, on, view) })
    },
  )
}

function typedIn(query: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries((query ?? {}) as Record<string, unknown>).flatMap(([box, value]) =>
      typeof value === 'string' && value.trim() !== '' && /^(start|fact-|pause-|longer-)/.test(box)
        ? [[box, value.trim().slice(0, LONGEST)]]
        : [],
    ),
  )
}

function clockAddress({ id }: Definition, clock: string, on: string | undefined): string {
  return address(`/portal/deadlines/${id}/${clock}`, { on })
}

function jsonOf({ id, inForce, clocks }: Definition, clock: string, { typed, problems, answer: counted }: DeadlineAsked): unknown {
  const deadline = counted === 'none' ? undefined : counted
  return {
    procedure: id,
    version: inForce.from,
    clock,
    name: clocks[clock]!.name,
    asked: typed,
    problems,
    runs: counted === undefined ? null : counted !== 'none',
    due: deadline?.due ?? null,
    provisional: deadline?.provisional ?? null,
    because: deadline?.because.map(explain) ?? [],
  }
}

function listPage(definitions: readonly Definition[], shownOn: string, on: string | undefined, view: View): Markup {
  const { say } = view
  return page(view, {
    title: words.deadlines,
    description: words.deadlinesAre,
    section: 'deadlines',
    main: html`<p class="lead">${say(words.deadlinesAre)}</p>
      <form class="find" action="/portal/deadlines">
        <label for="on">${say(words.lawOfDay)}</label>
        <input id="on" name="on" type="date" value="${shownOn}" required />
        <button>${say(words.show)}</button>
      </form>
      ${definitions.map(
        (definition) =>
          html`<section aria-labelledby="${definition.id}">
            <h2 id="${definition.id}">${say(definition.name)}</h2>
            <ul class="columns">
              ${Object.entries(definition.clocks).map(
                ([id, { name }]) => html`<li><a href="${clockAddress(definition, id, on)}">${say(name)}</a></li> `,
              )}
            </ul>
          </section> `,
      )}`,
  })
}

function clockPage(definition: Definition, id: string, asked: DeadlineAsked, on: string | undefined, view: View): Markup {
  const { say } = view
  const clock = clockWords(definition, id)
  const { answer: counted } = asked
  return page(view, {
    title: words.deadlineOf(definition.name, clock.name),
    above: [{ href: address('/portal/deadlines', { on }), name: words.deadlines }],
    section: 'deadlines',
    unlisted: true,
    main: html`${Object.keys(asked.problems).length > 0 ? html`<p class="problem" role="alert">${say(asked.problems['form'] ?? words.boxesToCorrect)}</p>` : ''}
      ${counted === undefined ? '' : counted === 'none' ? html`<p class="problem" role="status">${say(words.clockDoesNotRun)}</p>` : result(definition, id, counted, view)}
      ${form(definition, id, deadlineBoxes(definition, id), asked, on, view)}
      <section aria-labelledby="law">
        <h2 id="law">${say(words.whatTheLawSays)}</h2>
        <p class="quiet small">
          ${say(words.byVersion(definition.inForce.from))}
          <a href="/portal/guides/${definition.id}">${say(words.guideOf(definition.name))}</a>
        </p>
        ${clockCard(clock, view)}
      </section>`,
  })
}

function result(definition: Definition, id: string, { due, provisional, because }: Deadline, view: View): Markup {
  const { say } = view
  const clock = definition.clocks[id]!
  return html`<section aria-labelledby="answer" role="status">
    <h2 id="answer">${say(clock.backward ? words.latestOn : words.lastDay)}</h2>
    <p class="lead due"><b>${shownTime(due)}</b>${provisional ? html` <span class="chip">${say(words.provisional)}</span>` : ''}</p>
    <h3>${say(words.why)}</h3>
    <ol class="reasons">
      ${because.map((reason) => html`<li>${say(explain(named(reason, factsAsked(definition, id), view)))}</li> `)}
    </ol>
    <p class="note">${say(words.deadlineNoAdvice)}</p>
  </section>`
}

/** A reason whose facts bear the names that a reader knows. */
function named(reason: Reason, asked: readonly AskedFact[], { say }: View): Reason {
  if (!reason.facts) return reason
  const inWords = Object.entries(reason.facts).map(([fact, value]) => {
    const one = asked.find((other) => other.fact === fact)
    return [one ? say(one.name) : fact, say(one?.options.find((option) => option.value === value)?.name ?? [String(value), String(value)])]
  })
  return { ...reason, facts: Object.fromEntries(inWords) as Record<string, string> }
}

function form(definition: Definition, id: string, boxes: DeadlineBoxes, asked: DeadlineAsked, on: string | undefined, view: View): Markup {
  const { say } = view
  const clock = definition.clocks[id]!
  const text = clockWords(definition, id)
  const box = (name: string, label: Words, control: (attributes: Markup) => Markup): Markup => {
    const problem = asked.problems[name]
    const attributes = problem
      ? html`id="${name}" name="${name}" aria-invalid="true" aria-describedby="${name}-problem"`
      : html`id="${name}" name="${name}"`
    return html`<p class="box">
      <label for="${name}">${say(label)}</label>
      ${problem ? html`<span class="late-text" id="${name}-problem">${say(problem)}</span>` : ''} ${control(attributes)}
    </p>`
  }
  const value = (name: string): string => asked.typed[name] ?? ''
  const dateBox = (name: string, label: Words): Markup =>
    box(name, label, (its) => html`<input ${its} type="date" value="${value(name)}" />`)
  return html`<form class="boxes" action="/portal/deadlines/${definition.id}/${id}">
    ${on === undefined ? '' : html`<input type="hidden" name="on" value="${on}" />`}
    ${box('start', [`${words.startingOn[0]}（${text.starts[0]}）`, `${words.startingOn[1]} (${text.starts[1]})`], (its) =>
      boxes.byTheHour
        ? html`<input ${its} type="datetime-local" value="${value('start').replace(/^(\S{10})$/, '$1T00:00')}" required />`
        : html`<input ${its} type="date" value="${value('start')}" required />`,
    )}
    ${boxes.facts.map(({ fact, name, kind, options }) =>
      kind === 'date'
        ? dateBox(`fact-${fact}`, name)
        : box(`fact-${fact}`, name, (its) =>
            kind === 'number'
              ? html`<input ${its} inputmode="numeric" value="${value(`fact-${fact}`)}" />`
              : html`<select ${its}>
                  <option value="">${say(words.notStated)}</option>
                  ${options.map(
                    (option) =>
                      html`<option value="${option.value}" ${String(option.value) === value(`fact-${fact}`) ? html` selected` : ''}>
                        ${say(option.name)}
                      </option> `,
                  )}
                </select>`,
          ),
    )}
    ${
      boxes.extensions === undefined
        ? ''
        : html`<fieldset>
            <legend>
              ${say(words.extensionsOf(limitWords(limitOf(boxes.extensions.unit, 2)).map((one) => one.replace('2', '').trim()) as unknown as Words))}
            </legend>
            <p class="quiet small">${say(definition.steps[clock.longer!.by]!.name)} · ${citations(clock.longer!.article, view)}</p>
            ${boxes.extensions.names.map((name, at) => box(name, words.extensionNumber(at + 1), (its) => html`<input ${its} inputmode="numeric" value="${value(name)}" />`))}
          </fieldset>`
    }
    ${
      boxes.pauses.length === 0
        ? ''
        : html`<fieldset>
            <legend>${say(words.pausesOf)}</legend>
            ${boxes.pauses.map(
              ({ from, until }, at) => html`${dateBox(from, words.pauseFrom(at + 1))}${dateBox(until, words.pauseUntil(at + 1))}`,
            )}
          </fieldset>`
    }
    <p><button>${say(words.count)}</button></p>
  </form>`
}

function noSuchClock(definition: Definition, clock: string): Refusal {
  const known = Object.keys(definition.clocks)
  return new Refusal({
    code: 'clock.unknown',
    message: [`“${definition.name[0]}”没有期限“${clock}”。`, `“${definition.name[1]}” has no clock “${clock}”.`],
    basis: [`按 ${definition.inForce.from} 起施行的版本。`, `By the version in force from ${definition.inForce.from}.`],
    remedy: [`已有：${known.join('、')}`, `Known: ${known.join(', ')}`],
  })
}
