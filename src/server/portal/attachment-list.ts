import { html } from '../markup.ts'
import { MEGABYTE, portalFileLimit } from './attachments.ts'
import { words } from '../words.ts'
import type { Markup } from '../markup.ts'
import type { Refusal } from '#engine/refusal.ts'
import type { Services } from '../services.ts'
import type { View } from '../view.ts'

interface Form {
  readonly token: string
  readonly action: string
}

/** What was uploaded so far, each with a way to remove it. */
export function attachmentList(
  files: readonly { readonly id: string; readonly name: string }[],
  { token, action }: Form,
  { say }: View,
): Markup {
  if (files.length === 0) return html`<p class="quiet">${say(words.noAttachments)}</p>`
  return html`<ul>
    ${files.map(
      ({ id, name }) =>
        html`<li>
          ${name}
          <form method="post" action="${action}" class="inline">
            <input type="hidden" name="token" value="${token}" />
            <input type="hidden" name="file" value="${id}" />
            <button aria-label="${say(words.removeFile(name))}">${say(words.remove)}</button>
          </form>
        </li> `,
    )}
  </ul>`
}

/** One more; what was wrong with the last stands beside. */
export function attachmentForm({ token, action }: Form, services: Services, { say, language }: View, refusal?: Refusal): Markup {
  const said = refusal?.on(language)
  return html`<form method="post" action="${action}" enctype="multipart/form-data" class="page">
    <input type="hidden" name="token" value="${token}" />
    <div class="asked">
      <label for="file">${say(words.chooseFile)}</label>
      <p class="quiet small" id="file-help">${say(words.attachmentsAre(portalFileLimit(services) / MEGABYTE))}</p>
      ${said ? html`<p class="wrong" id="file-wrong" role="alert">${said.message} ${said.remedy}</p>` : ''}
      <input
        id="file"
        name="file"
        type="file"
        aria-describedby="file-help${said ? ' file-wrong' : ''}"
        ${said ? html` aria-invalid="true"` : ''}
      />
    </div>
    <label class="option"><input type="checkbox" name="keepLocation" value="yes" /> ${say(words.keepLocation)}</label>
    <button>${say(words.upload)}</button>
  </form>`
}
