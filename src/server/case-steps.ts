import { citations } from './citations.ts'
import { facts } from './page.ts'
import { html } from './markup.ts'
import { inputRows, shownTime } from './shown-value.ts'
import { STRIKE } from '#engine/case.ts'
import { SYSTEM } from '#engine/apply-step.ts'
import { words } from './words.ts'
import type { CaseShown } from './case-page.ts'
import type { Definition } from '#engine/definition.ts'
import type { Markup } from './markup.ts'
import type { OrganNames } from './shown-value.ts'
import type { StepTaken } from '#engine/case.ts'
import type { View } from './view.ts'

/** What was done, in the order of recording: a superseded step stays, and says what replaced it. */
export function caseSteps(shown: CaseShown, view: View): Markup {
  const { theCase } = shown
  const replacedBy = new Map(theCase.steps.flatMap(({ seq, supersedes }) => (supersedes ? [[supersedes.seq, seq] as const] : [])))
  return html`<ol class="timeline">
    ${theCase.steps.map((taken) => stepTaken(taken, replacedBy.get(taken.seq), shown, view))}
  </ol>`
}

function stepTaken(
  taken: StepTaken,
  replacedBy: number | undefined,
  { theCase, law, personal, documents, organs }: CaseShown,
  view: View,
): Markup {
  const { say } = view
  // Under the law of its day: its name, its particulars and its articles stay what they were when the case goes on under another.
  const definition = law.of(taken.seq)
  const step = definition.steps[taken.step]
  const name = step ? say(step.name) : taken.step === STRIKE ? say(words.struckOut) : taken.step
  const rows = inputRows(step?.input ?? {}, taken.input, personal.get(taken.seq), view, organs).filter(
    ([label]) => step?.on === undefined || label !== say(step.input![step.on]!.name),
  )
  const issued = documents.filter(({ seq }) => seq === taken.seq)
  const moved = taken.from !== taken.to
  return html`<li id="step-${taken.seq}" ${replacedBy === undefined ? '' : html` class="superseded"`}>
    <h3><span class="seq">${taken.seq}</span> ${name} <span class="when">${shownTime(taken.on)}</span></h3>
    ${replacedBy === undefined ? '' : html`<p class="note">${say(words.replacedBy)}<a href="#step-${replacedBy}">${say(words.stepNumber(replacedBy))}</a></p>`}
    ${taken.supersedes ? html`<p class="note">${say(words.corrects)}<a href="#step-${taken.supersedes.seq}">${say(words.stepNumber(taken.supersedes.seq))}</a>${say(words.colon)}${taken.supersedes.reason}</p>` : ''}
    <p class="quiet">
      ${who(taken, definition, organs, view)} · ${say(words.recordedAt)}
      ${shownTime(taken.at)}${moved && definition.states[taken.to] ? html` · ${taken.from === null ? '' : html`${say(definition.states[taken.from]?.name ?? [taken.from, taken.from])} → `}<b>${say(definition.states[taken.to]!.name)}</b>` : ''}
    </p>
    ${rows.length === 0 ? '' : facts(rows)}
    ${
      issued.length === 0
        ? ''
        : html`<ul class="documents" aria-label="${say(words.documents)}">
            ${issued.map(({ document, number }) => {
              const path = `/cases/${theCase.id}/documents/${taken.seq}/${document}`
              const title = say(definition.parts.documents[document]?.name ?? [document, document])
              return html`<li>
                <a href="${path}.html">${title}</a>${number === null ? '' : html` ${number}`}
                <span class="forms"
                  ><a href="${path}.pdf" aria-label="${title} PDF">PDF</a> <a href="${path}.docx" aria-label="${title} DOCX">DOCX</a></span
                >
              </li> `
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
