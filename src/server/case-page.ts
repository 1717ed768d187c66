import { clockBar, hatching } from './clock-bar.ts'
import { clocksOf } from '#engine/clocks.ts'
import { cited } from '#engine/citation.ts'
import { dateIn, dayIn, instantOf, isInstant } from '#engine/day.ts'
import { definitionHash } from '#readings/definition-json.ts'
import { explain } from '#engine/explain.ts'
import { facts, page, scrolling, empty } from './page.ts'
import { html } from './markup.ts'
import { inputRows, shownTime } from './shown-value.ts'
import { lapsed, permittedSteps, SYSTEM } from '#engine/apply-step.ts'
import { standing, STRIKE } from '#engine/case.ts'
import { words } from './words.ts'
import type { Citation } from '#engine/citation.ts'
import type { ClockRun } from '#engine/clocks.ts'
import type { Clock, Definition, Step } from '#engine/definition.ts'
import type { LeafPlace } from '#store/read-checkpoints.ts'
import type { Markup } from './markup.ts'
import type { OpenCase } from '#store/read-open-case.ts'
import type { OrganNames } from './shown-value.ts'
import type { Refusal } from '#engine/refusal.ts'
import type { Services } from './services.ts'
import type { StepTaken } from '#engine/case.ts'
import type { View } from './view.ts'
import type { Words } from '#engine/words.ts'

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
        ${clocks(shown, view)}
      </section>
      <section aria-labelledby="steps">
        <h2 id="steps">${view.say(words.stepsTaken)}</h2>
        ${timeline(shown, view)}
      </section>
      <section aria-labelledby="next">
        <h2 id="next">${view.say(words.whatNow)}</h2>
        ${nextSteps(shown, view)}
      </section>
      ${links(shown, view)}
      <section aria-labelledby="proofs">
        <h2 id="proofs">${view.say(words.ledger)}</h2>
        ${proofs(shown, view)}
      </section>`,
  })
}

/** The same as values, for programs. Nothing personal: of a personal field only its name. */
export function caseJson({ theCase, definition, personal, documents, links: linked, leaves, services }: CaseShown): unknown {
  return {
    ...theCase,
    steps: theCase.steps.map((taken) => ({
      ...taken,
      by: { post: taken.by.post, organ: taken.by.organ },
      ...(taken.supersedes ? { supersedes: { seq: taken.supersedes.seq, reason: taken.supersedes.reason } } : {}),
      personal: personal.get(taken.seq) ?? [],
    })),
    clocks: clocksOf(definition, theCase, services.calendar),
    documents,
    links: linked,
    permitted: permitted(definition, theCase).map(({ id, posts, refusal }) => ({ step: id, posts, ...(refusal ? { refusal: refusal.said } : {}) })),
    ledger: leaves,
  }
}

function head({ theCase, definition, services }: CaseShown, view: View): Markup {
  const state = definition.states[theCase.state]
  const waitsFor = state?.with === undefined ? undefined : definition.posts[state.with]?.name
  const changed = definitionHash(definition) !== theCase.hash
  return html`${facts([
    [view.say(words.state), html`<span class="chip${state?.final ? ' final' : ''}">${state ? view.say(state.name) : theCase.state}</span>${waitsFor ? html` <span class="quiet">${view.say(words.waitsFor(waitsFor))}</span>` : ''}`],
    [view.say(words.openedOn), shownTime(theCase.openedOn)],
    [view.say(words.lawVersion), html`<a href="/procedures/${definition.id}?version=${definition.inForce.from}">${view.say(words.inForceFrom(definition.inForce.from))}</a>`],
    [view.say(words.region), `${view.say(services.place.name)} ${theCase.region}`],
  ])}
  ${changed ? html`<p class="note">${view.say(words.definitionChanged)}</p>` : ''}`
}

function clocks({ theCase, definition, services }: CaseShown, view: View): Markup {
  // What still runs comes first: it is what somebody must act on.
  const all = clocksOf(definition, theCase, services.calendar)
  const runs = [...all.filter(({ state }) => state !== 'stopped'), ...all.filter(({ state }) => state === 'stopped')]
  if (runs.length === 0) return empty(view.say(words.noClockRuns))
  return html`<p class="legend quiet">${view.say(words.legend)}</p>
    ${runs.map((run) => clockRun(run, definition.clocks[run.clock]!, { theCase, definition, services }, view))}`
}

function clockRun(run: ClockRun, clock: Clock, { theCase, definition, services }: Pick<CaseShown, 'theCase' | 'definition' | 'services'>, view: View): Markup {
  const { say } = view
  const now = services.now()
  const since = run.state === 'paused' ? pausedSince(clock, theCase.steps) : undefined
  const { text, kind } = standingOf(run, clock, now)
  const binds = definition.posts[clock.binds]?.name
  return html`<article class="clock">
    <h3>${say(clock.name)} <span class="verdict ${kind}">${say(text)}</span></h3>
    ${clockBar({ run, now, window: clock.window === true, ...(since === undefined ? {} : { pausedSince: since }) }, view)}
    <div class="clock-days">
      <span>${say(words.start)} ${shownTime(run.start)}</span>
      ${run.stoppedOn === undefined ? '' : html`<span>${say(words.stopped)} ${shownTime(run.stoppedOn)}</span>`}
      ${
        run.deadline
          ? html`<span><b>${say(clock.backward ? words.latestOn : words.lastDay)} ${shownTime(run.deadline.due)}</b>${run.deadline.provisional ? html` <span class="chip">${say(words.provisional)}</span>` : ''}</span>`
          : html`<span>${say(run.state === 'paused' ? words.noEndWhilePaused : words.noLimit)}</span>`
      }
    </div>
    <details>
      <summary>${say(words.why)}</summary>
      <ol class="reasons">
        ${(run.deadline?.because ?? []).map((reason) => html`<li>${say(explain(reason))}</li> `)}
      </ol>
      <p class="quiet">${binds ? html`${say(words.binds)}${say(binds)}${say(words.fullStop)} ` : ''}${say(words.basis)}${say(words.colon)}${citations(clock.article, view)} ${clock.window ? say(words.isWindow) : html`${say(words.whenLate)}${say(clock.late)}`}</p>
    </details>
  </article> `
}

/** How a run stands today, as a fact: what lateness means is the clock's own words. */
function standingOf(run: ClockRun, clock: Clock, now: string): { text: Words; kind: 'good' | 'late' | 'open' } {
  if (run.state === 'paused') return { text: words.paused, kind: 'open' }
  const due = run.deadline?.due
  if (due === undefined) return { text: run.state === 'stopped' ? words.ended : words.running, kind: 'open' }
  if (run.state === 'stopped') {
    if (clock.window) return { text: words.ended, kind: 'open' }
    return run.late ? { text: words.afterLastDay(Math.max(0, dayIn(run.stoppedOn!) - dayIn(due))), kind: 'late' } : { text: words.withinLimit, kind: 'good' }
  }
  const over = isInstant(due) ? instantOf(now) > instantOf(due) : dateIn(now) > due
  if (clock.window) return { text: over ? words.windowClosed : words.windowOpen, kind: 'open' }
  const days = dayIn(due) - dayIn(now)
  return over ? { text: words.overSince(-days), kind: 'late' } : { text: days === 0 ? words.dueToday : words.daysLeft(days), kind: days <= 3 ? 'late' : 'open' }
}

/** The day of the step that paused the clock and was not taken back since. */
function pausedSince(clock: Clock, steps: readonly StepTaken[]): string | undefined {
  const marks = (clock.paused ?? []).map(({ from }) => (typeof from === 'string' ? { step: from, field: undefined } : { step: from.step, field: from.field }))
  const last = standing(steps).findLast((taken) => marks.some(({ step }) => step === taken.step))
  if (!last) return undefined
  const field = marks.find(({ step }) => step === last.step)?.field
  return field === undefined ? last.on : ((last.input[field] as string | undefined) ?? last.on)
}

function timeline(shown: CaseShown, view: View): Markup {
  const { theCase } = shown
  const replacedBy = new Map(theCase.steps.flatMap(({ seq, supersedes }) => (supersedes ? [[supersedes.seq, seq] as const] : [])))
  return html`<ol class="timeline">
    ${theCase.steps.map((taken) => stepTaken(taken, replacedBy.get(taken.seq), shown, view))}
  </ol>`
}

function stepTaken(taken: StepTaken, replacedBy: number | undefined, { theCase, definition, personal, documents, organs }: CaseShown, view: View): Markup {
  const { say } = view
  const step = definition.steps[taken.step]
  const name = step ? say(step.name) : taken.step === STRIKE ? say(words.struckOut) : taken.step
  const rows = inputRows(step?.input ?? {}, taken.input, personal.get(taken.seq), view, organs).filter(([label]) => step?.on === undefined || label !== say(step.input![step.on]!.name))
  const issued = documents.filter(({ seq }) => seq === taken.seq)
  const moved = taken.from !== taken.to
  return html`<li id="step-${taken.seq}"${replacedBy === undefined ? '' : html` class="superseded"`}>
    <h3><span class="seq">${taken.seq}</span> ${name} <span class="when">${shownTime(taken.on)}</span></h3>
    ${replacedBy === undefined ? '' : html`<p class="note">${say(words.replacedBy)}<a href="#step-${replacedBy}">${say(words.stepNumber(replacedBy))}</a></p>`}
    ${taken.supersedes ? html`<p class="note">${say(words.corrects)}<a href="#step-${taken.supersedes.seq}">${say(words.stepNumber(taken.supersedes.seq))}</a>${say(words.colon)}${taken.supersedes.reason}</p>` : ''}
    <p class="quiet">
      ${who(taken, definition, organs, view)} · ${say(words.recordedAt)} ${shownTime(taken.at)}${moved && definition.states[taken.to] ? html` · ${taken.from === null ? '' : html`${say(definition.states[taken.from]?.name ?? [taken.from, taken.from])} → `}<b>${say(definition.states[taken.to]!.name)}</b>` : ''}
    </p>
    ${rows.length === 0 ? '' : facts(rows)}
    ${
      issued.length === 0
        ? ''
        : html`<ul class="documents" aria-label="${say(words.documents)}">
            ${issued.map(({ document, number }) => {
              const path = `/cases/${theCase.id}/documents/${taken.seq}/${document}`
              const title = say(definition.parts.documents[document]?.name ?? [document, document])
              return html`<li><a href="${path}.html">${title}</a>${number === null ? '' : html` ${number}`} <span class="forms"><a href="${path}.pdf" aria-label="${title} PDF">PDF</a> <a href="${path}.docx" aria-label="${title} DOCX">DOCX</a></span></li> `
            })}
          </ul>`
    }
    ${step?.tells ? html`<p class="tells"><span class="label">${say(words.tells)}</span> ${say(step.tells)}</p>` : ''}
    ${step ? html`<p class="quiet articles">${citations(step.article, view)}</p>` : ''}
  </li> `
}

/** The post and its organ; never the person. */
function who({ by }: StepTaken, definition: Definition, organs: OrganNames, { say }: View): string {
  if (by.post === SYSTEM.post) return say(words.theSystem)
  const post = say(definition.posts[by.post]?.name ?? [by.post, by.post])
  const organ = organs.get(by.organ)
  return organ === undefined || organ === post ? post : `${organ} ${post}`
}

interface Allowed {
  readonly id: string
  readonly step: Step
  /** The posts that may take it now. */
  readonly posts: readonly string[]
  /** Why nobody may. */
  readonly refusal?: Refusal
}

/** Every step that is some post's to take: by whom now, or why by nobody. */
function permitted(definition: Definition, theCase: CaseShown['theCase']): Allowed[] {
  const byPost = Object.keys(definition.posts).map((post) => ({ post, steps: permittedSteps(definition, theCase, post) }))
  return Object.entries(definition.steps).flatMap(([id, step]): Allowed[] => {
    if (step.by === 'clock' || step.by === 'case') return []
    const own = byPost.flatMap(({ post, steps }) => steps.filter((one) => one.step === id && one.refusal?.code !== 'step.not-your-post').map(({ refusal }) => ({ post, refusal })))
    const posts = own.filter(({ refusal }) => refusal === undefined).map(({ post }) => post)
    const refusal = own.find((one) => one.refusal)?.refusal
    return [{ id, step, posts, ...(posts.length === 0 && refusal ? { refusal } : {}) }]
  })
}

function nextSteps({ theCase, definition, services }: CaseShown, view: View): Markup {
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
                  <b>${say(step.name)}</b> <span class="quiet">${say(words.by)}${posts.map((post) => say(definition.posts[post]!.name)).join(say(words.listComma))}</span>
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
                <thead><tr><th scope="col">${say(words.step)}</th><th scope="col">${say(words.whyNot)}</th><th scope="col">${say(words.remedy)}</th><th scope="col">${say(words.basis)}</th></tr></thead>
                <tbody>
                  ${not.map(({ step, refusal }) => {
                    const said = refusal!.on(view.language)
                    return html`<tr><th scope="row">${say(step.name)}</th><td>${said.message}</td><td>${said.remedy}</td><td class="quiet">${said.basis}</td></tr> `
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
    <ul>${guards.map(({ message, article }) => html`<li>${say(words.refusedWhen)}${say(message)} <span class="quiet">${cited(article, language)}</span></li> `)}</ul>
  </details>`
}

function links({ links: linked, services }: CaseShown, { say }: View): Markup | '' {
  if (linked.length === 0) return ''
  return html`<section aria-labelledby="links">
    <h2 id="links">${say(words.otherCases)}</h2>
    <ul>
      ${linked.map(({ id, procedure, number, state, from }) => {
        const system = services.catalogue.find((one) => one.id === procedure)
        const stateName = system?.definitions.findLast(({ states }) => states[state])?.states[state]?.name
        return html`<li>${say(from === 'this' ? words.linksTo : words.linkedFrom)} <a href="/cases/${id}">${number}</a> <span class="quiet">${say(system?.definitions.at(-1)!.name ?? [procedure, procedure])} · ${stateName ? say(stateName) : state}</span></li> `
      })}
    </ul>
  </section>`
}

function proofs({ theCase, definition, leaves }: CaseShown, view: View): Markup {
  const { say } = view
  const caption = say(words.leavesOfCase)
  return html`<p>${say(words.whatProofs)}</p>
    ${scrolling(
      caption,
      html`<table>
        <caption>${caption}</caption>
        <thead><tr><th scope="col">${say(words.step)}</th><th scope="col">${say(words.leafHash)}</th><th scope="col" class="number">${say(words.position)}</th><th scope="col">${say(words.checkpoint)}</th><th scope="col">${say(words.receipt)}</th></tr></thead>
        <tbody>
          ${leaves.map(({ seq, hash, position, checkpoint }) => {
            const step = theCase.steps.find((taken) => taken.seq === seq)?.step
            return html`<tr>
              <th scope="row">${seq}. ${say(definition.steps[step ?? '']?.name ?? words.struckOut)}</th>
              <td><code class="hash" title="${hash}">${hash.slice(0, 16)}…</code></td>
              <td class="number">${position ?? '—'}</td>
              <td>${checkpoint === null ? say(words.notSealed) : html`<a href="/ledger/${checkpoint}">${say(words.checkpointNumber(checkpoint))}</a>`}</td>
              <td>${position === null ? '—' : html`<a href="/cases/${theCase.id}/receipts/${seq}.json" aria-label="${say(words.receiptOfStep(seq))}">JSON</a>`}</td>
            </tr> `
          })}
        </tbody>
      </table>`,
    )}`
}

/** Articles, one after the other. */
export function citations(article: Citation | readonly Citation[], { language }: View): string {
  return ([article].flat() as Citation[]).map((one) => cited(one, language)).join(language === 'zh' ? '；' : '; ')
}
