import { citations } from '../citations.ts'
import { facts, page, scrolling } from '../page.ts'
import { html } from '../markup.ts'
import { joined } from '#engine/words.ts'
import { versionAddress } from './matters.ts'
import { words } from '../words.ts'
import type { ClockWords } from '#readings/clock-words.ts'
import type { Definition } from '#engine/definition.ts'
import type { GuideStep, Intake, Needed, ProcedureGuide } from '#readings/guide.ts'
import type { Markup } from '../markup.ts'
import type { Stated } from '#engine/guide.ts'
import type { View } from '../view.ts'
import type { Words } from '#engine/words.ts'

interface Around {
  readonly chart: { readonly src: string; readonly width: number; readonly height: number; readonly inWords: Markup }
  /** Is it the version in force, and can it be handed in here? */
  readonly takesOnline: boolean
  /** The version in force today. */
  readonly current: Definition
  /** All, oldest first. */
  readonly versions: readonly Definition[]
}

/** 办事指南 of a procedure: what it is, who may, what is needed, who does what, how long, the chart, fees, remedies, documents. */
export function guidePage(guide: ProcedureGuide, around: Around, view: View): Markup {
  const { say } = view
  const { said, intakes } = guide
  const sections: readonly (readonly [id: string, title: Words, content: Markup])[] = [
    ['audience', intakes.length > 0 ? words.whoMay : words.whomItBinds, statedList(said.audience, words.audienceUnsaid, view, 'audience')],
    ['needed', words.whatIsNeeded, needed(intakes, view)],
    [
      'steps',
      words.whoDoesWhat,
      html`<ol class="guide-steps">
        ${guide.steps.map((step) => stepLine(step, view))}
      </ol>`,
    ],
    [
      'clocks',
      words.howLong,
      guide.clocks.length === 0 ? quiet(words.noClocks, view) : html`${guide.clocks.map((clock) => clockCard(clock, view))}`,
    ],
    ['chart', words.flowChart, chartFigure(around.chart, guide, view)],
    ['fee', words.cost, statedList(said.fee ? [said.fee] : undefined, intakes.length > 0 ? words.costUnsaid : words.costNothing, view)],
    ['remedies', words.ifYouDisagree, remedies(guide, view)],
    ['documents', words.documentsMade, documents(guide, view)],
  ]
  return page(view, {
    title: words.guideOf(guide.name),
    above: [{ href: '/portal/guides', name: words.guides }],
    section: 'guides',
    ...(said.about ? { description: said.about.words } : {}),
    main: html`<div itemscope itemtype="https://schema.org/GovernmentService">
      <meta itemprop="name" content="${say(guide.name)}" />
      ${said.about ? html`<p class="lead" itemprop="description">${say(said.about.words)}</p>` : ''} ${versionNote(guide, around, view)}
      ${around.takesOnline ? html`<p><a class="button" href="/portal/hand-in/${guide.id}">${say(words.handInStart)}</a></p>` : ''}
      ${facts([
        [say(words.basis), citations([...guide.basis, ...(said.about ? [said.about.article].flat() : [])], view)],
        [say(words.versions), versionChips(guide, around, view)],
      ])}
      <nav class="contents" aria-label="${say(words.onThisPage)}">
        <ul>
          ${sections.map(([id, title]) => html`<li><a href="#${id}">${say(title)}</a></li> `)}
        </ul>
      </nav>
      ${sections.map(
        ([id, title, content]) =>
          html`<section aria-labelledby="${id}">
            <h2 id="${id}">${say(title)}</h2>
            ${content}
          </section> `,
      )}
    </div>`,
  })
}

function versionNote({ inForce }: ProcedureGuide, { current }: Around, { say }: View): Markup | '' {
  if (inForce.from === current.inForce.from) return ''
  const says = inForce.until === undefined ? words.comingVersion(inForce.from) : words.otherVersion(inForce.from, inForce.until)
  return html`<p class="note">${say(says)} <a href="${versionAddress(current, current)}">${say(words.versionNow)}</a></p>`
}

function versionChips({ inForce }: ProcedureGuide, { current, versions }: Around, { say }: View): Markup {
  return html`<ul class="row tight">
    ${versions.map(
      (one) =>
        html`<li>
          <a class="chip" href="${versionAddress(one, current)}" ${one.inForce.from === inForce.from ? html` aria-current="true"` : ''}
            >${one.inForce.from} – ${one.inForce.until ?? ''}${one === current ? ` ${say(words.inForceToday)}` : ''}</a
          >
        </li> `,
    )}
  </ul>`
}

function quiet(text: Words, { say }: View): Markup {
  return html`<p class="quiet">${say(text)}</p>`
}

/** Sentences with where they stand; where there are none, that there are none. */
function statedList(all: readonly Stated[] | undefined, otherwise: Words, view: View, property?: 'audience'): Markup {
  if (!all?.length) return quiet(otherwise, view)
  const says = (text: string): Markup =>
    property === 'audience'
      ? html`<span itemprop="audience" itemscope itemtype="https://schema.org/Audience"><span itemprop="audienceType">${text}</span></span>`
      : html`${text}`
  return html`<ul class="stated">
    ${all.map(({ words: both, article }) => html`<li>${says(view.say(both))} <span class="quiet small">${citations(article, view)}</span></li> `)}
  </ul>`
}

function needed(intakes: readonly Intake[], view: View): Markup {
  const { say } = view
  if (intakes.length === 0) return quiet(words.nothingNeeded, view)
  const list = (title: Words, fields: readonly Needed[]): Markup | '' =>
    fields.length === 0
      ? ''
      : html`<h4>${say(title)}</h4>
          <ul class="columns">
            ${fields.map((field) => html`<li>${neededLine(field, view)}</li> `)}
          </ul>`
  return html`${quiet(words.neededNote, view)}
  ${intakes.map(
    (intake) =>
      html`<h3>
          ${say(intake.name)}
          <span class="quiet small">${say(joined(intake.by, words.listComma))} · ${citations(intake.article, view)}</span>
        </h3>
        ${list(
          words.mustHave,
          intake.needed.filter(({ optional }) => !optional),
        )}
        ${list(
          words.mayHave,
          intake.needed.filter(({ optional }) => optional),
        )}`,
  )}`
}

function neededLine({ name, kind, help, options }: Needed, { say }: View): Markup {
  return html`${say(name)}${kind === 'file' ? html` <span class="masked">${say(words.attachment)}</span>` : ''}${
    options.length === 0
      ? ''
      : html`<span class="quiet small">${say(words.oneOf(options.map((option) => say(option)).join(say(words.listComma))))}</span>`
  }${help ? html` <span class="quiet small">${say(help)}</span>` : ''}`
}

function stepLine({ id, name, by, documents: made, article }: GuideStep, view: View): Markup {
  const { say } = view
  return html`<li id="step-${id}">
    <b>${say(name)}</b> ${say(joined(by, words.listComma))}${made.length === 0 ? '' : html` → ${say(joined(made, words.listComma))}`}
    <span class="quiet small">${citations(article, view)}</span>
  </li> `
}

/** A clock in words: how long, from what, what is not counted, what then. */
export function clockCard(clock: ClockWords, view: View): Markup {
  const { say } = view
  const cite = (article: Stated['article'] | undefined): Markup | '' =>
    article === undefined ? '' : html` <span class="quiet small">${citations(article, view)}</span>`
  return html`<article class="clock" id="clock-${clock.id}">
    <h3>${say(clock.name)} <span class="quiet small">${say(clock.binds)}</span></h3>
    <ul class="plain">
      ${clock.limits.map(({ words: text, article }) => html`<li><b>${say(text)}</b>${cite(article)}</li> `)}${clock.when ? html`<li class="quiet">${say(words.onlyWhen(clock.when))}</li>` : ''}
      <li>${say(words.startsWith)}${say(words.colon)}${say(clock.starts)}</li>
      ${clock.notes.map(({ words: text, article }) => html`<li>${say(text)}${cite(article)}</li> `)}
      <li>
        ${say(clock.isWindow ? words.closedMeans : words.lateMeans)}${say(words.colon)}${say(clock.late)}${clock.lapse ? html` ${say(words.lapsesInto(clock.lapse))}` : ''}
      </li>
    </ul>
    <p class="quiet small">${citations(clock.article, view)}</p>
  </article> `
}

function chartFigure({ src, width, height, inWords }: Around['chart'], { name }: ProcedureGuide, { say }: View): Markup {
  const label = say(words.flowChartOf(name))
  return html`<p class="quiet">${say(words.flowChartNote)}</p>
    ${scrolling(label, html`<img class="flow" src="${src}" width="${width}" height="${height}" loading="lazy" alt="${label} (${say(words.imageOfChart)})" />`)}
    ${inWords}`
}

function remedies({ said, told }: ProcedureGuide, view: View): Markup {
  const { say } = view
  return html`${statedList(said.remedies, words.remediesUnsaid, view)}
  ${
    told.length === 0
      ? ''
      : html`<h3>${say(words.youAreTold)}</h3>
          <ul class="stated">
            ${told.map(({ step, words: text, article }) => html`<li><b>${say(step)}</b> ${say(text)} <span class="quiet small">${citations(article, view)}</span></li> `)}
          </ul>`
  }`
}

function documents({ documents: made }: ProcedureGuide, view: View): Markup {
  const { say } = view
  if (made.length === 0) return quiet(words.noDocuments, view)
  return html`<ul class="columns">
    ${made.map(({ name, steps }) => html`<li>${say(name)} <span class="quiet small">${say(joined(steps, words.listComma))}</span></li> `)}
  </ul>`
}
