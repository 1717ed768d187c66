import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import { officialDate } from './chinese-date.ts'
import { plainText, printable } from './official-document.ts'
import type { Block, OfficialDocument, Text } from './official-document.ts'
import { columnsOf, titleLines } from './page-layout.ts'

export interface HtmlOptions {
  /** Where a figure's records are shown; without it figures are plain text. */
  readonly figureHref?: (figure: string) => string
}

/**
 * The document as an `<article>`, to be put into a page that links or contains {@link documentCss}.
 * Every text is escaped by the template; nothing of the document becomes markup.
 */
export function documentArticle(given: OfficialDocument, options: HtmlOptions = {}): HtmlEscapedString {
  const document = printable(given)
  const { redHead, number, classification, urgency, addressee, attachments = [], copies, printedBy } = document
  const isLetter = document.kind === 'letter' && redHead !== undefined
  return sync(
    html`<article class="official-document ${document.kind}" lang="zh-CN">
      <header>
        ${[classification, urgency].map((mark) => (mark === undefined ? '' : html`<p class="urgency">${mark}</p>`))}
        ${redHead === undefined ? '' : html`<p class="red-head${redHead.length > 11 ? ' long' : ''}">${redHead}</p>`}
        ${redHead !== undefined && number !== undefined ? html`<p class="number">${number}</p>` : ''}
        ${redHead === undefined ? '' : html`<hr class="red-line" />`}
      </header>
      <h1>${titleLines(document.title).map((line, index) => html`${index === 0 ? '' : raw('<br>')}${line}`)}</h1>
      ${redHead === undefined && number !== undefined ? html`<p class="number">${number}</p>` : ''}
      ${addressee === undefined ? '' : html`<p class="addressee">${addressee}：</p>`}
      ${document.body.map((block) => bodyBlock(block, document, options))} ${attachments.length === 0 ? '' : attachmentList(attachments)}
      <footer>
        <div class="signature${document.sealPlace ? ' sealed' : ''}">
          ${document.sealPlace ? html`<p class="seal" aria-hidden="true">（印章）</p>` : ''}
          <p class="signatory">${document.signatory}</p>
          <p><time datetime="${document.date}">${officialDate(document.date)}</time></p>
        </div>
        ${
          copies === undefined && printedBy === undefined
            ? ''
            : html`<div class="imprint">
                ${copies === undefined ? '' : html`<p class="copies">抄送：${copies}。</p>`}
                ${printedBy === undefined || isLetter ? '' : html`<p class="printed-by"><span>${printedBy.organ}</span><span>${officialDate(printedBy.date)}印发</span></p>`}
              </div>`
        }
      </footer>
    </article> `,
  )
}

/** A whole page that shows and prints the one document. No script. */
export function documentPage(document: OfficialDocument, options: HtmlOptions = {}): string {
  return String(
    sync(
      html`<!doctype html>
        <html lang="zh-CN">
          <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <title>${printable(document).title.replaceAll('\n', ' ')}</title>
            <style>
              ${raw(documentCss)}
            </style>
          </head>
          <body>
            ${documentArticle(document, options)}
          </body>
        </html> `,
    ),
  )
}

function bodyBlock(block: Block, document: OfficialDocument, options: HtmlOptions) {
  const shown = (text: Text) => runs(text, options)
  if (block.kind === 'paragraph') return html`<p class="text">${shown(block.text)}</p> `
  if (block.kind === 'heading') {
    // The title is the page's h1, so level 1 一、 is h2.
    const open = raw(`<h${block.level + 1} class="level-${block.level}">`)
    return html`${open}${shown(block.text)}${raw(`</h${block.level + 1}>`)} `
  }
  if (block.kind === 'fields') {
    // Term and value are put together without a space between, which would show in the line.
    const term = (label: string) => html`<dt>${label}</dt>`
    const description = (value: Text) => html`<dd>${shown(value)}</dd>`
    return html`<dl class="${document.kind === 'record' ? 'form' : 'lines'}">
      ${block.fields.map(({ label, value }) => html`<div>${term(label)}${description(value)}</div>`)}
    </dl>`
  }
  const columns = columnsOf(block)
  return html`<table>
    ${
      block.caption === undefined
        ? ''
        : html`<caption>
            ${block.caption}
          </caption> `
    }
    <thead>
      <tr>
        ${block.columns.map((column) => html`<th scope="col">${column}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${block.rows.map(
        (row) =>
          html`<tr>
            ${block.columns.map((_, index) => html`<td class="${columns[index]!.align}">${shown(row[index] ?? '')}</td>`)}
          </tr> `,
      )}
    </tbody>
  </table> `
}

function runs(text: Text, { figureHref }: HtmlOptions) {
  if (typeof text === 'string' || figureHref === undefined) return html`${plainText(text)}`
  return html`${text.map((run) => {
    if (typeof run === 'string' || run.figure === undefined) return plainText([run])
    return html`<a class="figure" href="${figureHref(run.figure)}">${run.text}</a>`
  })}`
}

function attachmentList(names: readonly string[]) {
  if (names.length === 1) return html`<p class="attachments">附件：${names[0]}</p>`
  return html`<div class="attachments">
    <p>附件：</p>
    <ol>
      ${names.map((name) => html`<li>${name}</li>`)}
    </ol>
  </div>`
}

/** `html` answers a promise only where a promise was put in, and we put in none. */
function sync(page: HtmlEscapedString | Promise<HtmlEscapedString>): HtmlEscapedString {
  if (page instanceof Promise) throw new Error('An official document holds no promise.')
  return page
}

/** The measures of GB/T 9704-2012 on paper, and a sheet of the same look on the screen. */
export const documentCss = `
@page { size: A4; margin: 37mm 26mm 35mm 28mm; }
@page :right { @bottom-right { content: "— " counter(page) " —"; font: 14pt SimSun, "Noto Serif SC", serif; vertical-align: top; padding: 5mm 14pt 0; } }
@page :left { @bottom-left { content: "— " counter(page) " —"; font: 14pt SimSun, "Noto Serif SC", serif; vertical-align: top; padding: 5mm 14pt 0; } }
.official-document {
  --song: "FZXiaoBiaoSong-B05S", "方正小标宋简体", "Noto Serif SC", "Noto Serif CJK SC", serif;
  --hei: SimHei, "黑体", FandolHei, "Noto Sans CJK SC", sans-serif;
  --kai: KaiTi_GB2312, KaiTi, "楷体", FandolKai, serif;
  font: 16pt/29pt FangSong_GB2312, FangSong, "仿宋", FandolFang, "Noto Serif SC", "Noto Serif CJK SC", serif;
  color: #000; overflow-wrap: anywhere; text-align: justify;
}
.official-document p, .official-document dl, .official-document dd, .official-document h1, .official-document h2, .official-document h3,
.official-document h4, .official-document h5 { margin: 0; font-size: inherit; font-weight: normal; }
.official-document .urgency { font-family: var(--hei); }
.official-document .red-head { margin: 35mm 0 2lh; color: #f00; font: 900 min(38pt, 7vw)/1.2 var(--song); text-align: center; }
.official-document .red-head.long { font-size: min(25pt, 5vw); text-wrap: balance; }
.official-document .urgency ~ .red-head { margin-top: 15mm; }
.official-document .red-line { border: 0; border-top: 1.5pt solid #f00; margin: 4mm 0 2lh; }
.official-document h1 { font: 700 22pt/36pt var(--song); text-align: center; text-wrap: balance; margin-bottom: 29pt; }
.official-document header .number { text-align: center; }
.official-document h1 + .number { text-align: right; padding-right: 1em; margin: -29pt 0 29pt; }
.official-document .text, .official-document .level-1, .official-document .level-2, .official-document .level-3, .official-document .level-4,
.official-document dl.lines > div { text-indent: 2em; }
.official-document :is(.text, dd, td) { white-space: pre-line; }
.official-document :is(.level-1, .level-2, .level-3, .level-4) { break-after: avoid; }
.official-document .level-1 { font-family: var(--hei); }
.official-document .level-2 { font-family: var(--kai); }
.official-document dl.lines :is(dt, dd) { display: inline; }
.official-document dl.lines dt::after { content: "："; }
.official-document dl.form { border: .5pt solid; font-size: 14pt; line-height: 1.5; }
.official-document dl.form > div { display: grid; grid-template-columns: 27% 1fr; }
.official-document dl.form > div + div { border-top: .5pt solid; }
.official-document dl.form dt { font-family: var(--hei); text-align: center; padding: 4pt; }
.official-document dl.form dd { border-left: .5pt solid; padding: 4pt; }
.official-document table { width: 100%; border-collapse: collapse; font-size: 12pt; line-height: 1.4; }
.official-document caption { font: 14pt/29pt var(--hei); }
.official-document :is(th, td) { border: .5pt solid; padding: 5pt 4pt; }
.official-document th { font-family: var(--hei); font-weight: normal; text-align: center; }
.official-document td.center { text-align: center; }
.official-document :is(th, td.center) { word-break: keep-all; overflow-wrap: normal; }
.official-document td.left { text-align: left; }
.official-document tr { break-inside: avoid; }
.official-document thead { display: table-header-group; }
.official-document a.figure { color: inherit; text-decoration: underline dotted; }
.official-document .attachments { margin-top: 29pt; padding-left: 2em; }
.official-document div.attachments { display: flex; }
.official-document div.attachments p { white-space: nowrap; }
.official-document .attachments ol { margin: 0; padding-left: 1.5em; }
.official-document .signature { width: fit-content; margin: 29pt 2em 0 auto; padding-right: 2em; text-align: center; break-inside: avoid; break-before: avoid; }
.official-document .seal { color: #6b6b6b; font-size: 12pt; }
.official-document .imprint { margin-top: 58pt; border-block: 1pt solid; font-size: 14pt; line-height: 22pt; break-inside: avoid; }
.official-document .imprint p { padding: 3pt 1em; }
.official-document .imprint p + p { border-top: .7pt solid; }
.official-document .copies { padding-left: 4em !important; text-indent: -3em; }
.official-document .printed-by { display: flex; justify-content: space-between; }
.official-document.letter .red-head { margin: 0 0 4mm; }
.official-document.letter header { display: flex; flex-direction: column; }
.official-document.letter header .red-line { order: 1; border-top: 3pt double #f00; margin: 0 -7mm; }
.official-document.letter header .urgency { order: 2; }
.official-document.letter header .number { order: 3; text-align: right; margin-bottom: 2lh; }
.official-document.letter .imprint { border: 0; }
@media screen {
  .official-document { max-width: 156mm; margin: 1rem auto; padding: clamp(1rem, 6vw, 37mm) clamp(1rem, 5vw, 27mm); background: #fff; box-shadow: 0 0 .5rem #0003; }
}
@media print {
  .official-document a.figure { text-decoration: none; }
}
`
