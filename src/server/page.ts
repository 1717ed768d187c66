import { html } from './markup.ts'
import { inOtherLanguage, inOtherLook, languageTag } from './view.ts'
import { styleHref } from './assets.ts'
import { words } from './words.ts'
import type { Markup } from './markup.ts'
import type { View } from './view.ts'
import type { Words } from '#engine/words.ts'

export type Section =
  | 'home'
  | 'report'
  | 'cases'
  | 'procedures'
  | 'registers'
  | 'ledger'
  | 'guides'
  | 'publications'
  | 'follow'
  | 'search'
  | 'deadlines'
  | 'verify'
  | 'data'

export interface Page {
  readonly title: Words
  /** The pages above this one, from the top. */
  readonly above?: readonly { readonly href: string; readonly name: Words }[]
  readonly section?: Section
  readonly main: Markup
  /** A document on the page brings its own measures. */
  readonly withDocument?: boolean
  /** What the page is about, for whoever lists it elsewhere. */
  readonly description?: Words
  /** Not to be listed elsewhere: it holds what its reader typed. */
  readonly unlisted?: true
  /** The same list for programs that follow it. */
  readonly feeds?: readonly { readonly href: string; readonly type: string }[]
}

type Sections = readonly { readonly id: Section; readonly href: string; readonly name: Words }[]

const SECTIONS: Sections = [
  { id: 'home', href: '/', name: words.home },
  { id: 'report', href: '/report', name: words.report },
  { id: 'cases', href: '/cases', name: words.cases },
  { id: 'procedures', href: '/procedures', name: words.procedures },
  { id: 'registers', href: '/registers', name: words.registers },
  { id: 'ledger', href: '/ledger', name: words.ledger },
]

const PORTAL_SECTIONS: Sections = [
  { id: 'home', href: '/portal', name: words.home },
  { id: 'guides', href: '/portal/guides', name: words.guides },
  { id: 'publications', href: '/portal/publications', name: words.publications },
  { id: 'follow', href: '/portal/follow', name: words.follow },
  { id: 'search', href: '/portal/search', name: words.search },
  { id: 'deadlines', href: '/portal/deadlines', name: words.deadlines },
  { id: 'verify', href: '/portal/verify', name: words.verify },
  { id: 'report', href: '/portal/reports', name: words.annualReports },
  { id: 'data', href: '/portal/data', name: words.openData },
  { id: 'ledger', href: '/ledger', name: words.ledger },
]

/** Where a page has room for little: what most come for. */
const ELDER_SECTIONS: Sections = PORTAL_SECTIONS.filter(({ id }) => ['home', 'guides', 'search', 'verify'].includes(id))

/** A whole page: the head, where one is, what the page shows. */
export function page(view: View, { title, above = [], section, main, withDocument, description, unlisted, feeds = [] }: Page): Markup {
  const { say } = view
  const product = view.portal ? words.portal : words.product
  const other = inOtherLanguage(view)
  const classes = [...(view.elder ? ['elder'] : []), ...(view.contrast ? ['contrast'] : [])]
  const sections = view.portal ? (view.elder ? ELDER_SECTIONS : PORTAL_SECTIONS) : SECTIONS
  return html`<!doctype html>
    <html lang="${languageTag(view.language)}" ${classes.length > 0 ? html` class="${classes.join(' ')}"` : ''}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${say(title)} · ${say(product)}</title>
        ${description ? html`<meta name="description" content="${say(description)}" />` : ''}${unlisted ? html`<meta name="robots" content="noindex" />` : ''}${feeds.map(
          ({ href, type }) => html`<link rel="alternate" type="${type}" href="${href}" title="${say(title)}" />`,
        )}
        <link rel="stylesheet" href="${styleHref.style}" />
        ${withDocument ? html`<link rel="stylesheet" href="${styleHref.document}" />` : ''}
      </head>
      <body>
        <a class="skip" href="#main">${say(words.skip)}</a>
        <header class="top">
          <div class="wide">
            <a class="brand" href="${view.portal ? '/portal' : '/'}">${say(product)}</a>
            <nav aria-label="${say(words.sections)}">
              <ul>
                ${sections.map(({ id, href, name }) => html`<li><a href="${href}" ${id === section ? html` aria-current="page"` : ''}>${say(name)}</a></li> `)}
              </ul>
            </nav>
            ${
              view.portal
                ? html`<a class="look" rel="nofollow" href="${inOtherLook(view, 'elder')}"
                      >${say(view.elder ? words.usualText : words.elderMode)}</a
                    >
                    <a class="look" rel="nofollow" href="${inOtherLook(view, 'contrast')}"
                      >${say(view.contrast ? words.usualContrast : words.highContrast)}</a
                    >`
                : ''
            }
            <a class="language" href="${other.href}" lang="${languageTag(other.language)}" hreflang="${languageTag(other.language)}"
              >${other.name}</a
            >
          </div>
        </header>
        <main id="main" class="wide" tabindex="-1">
          ${
            above.length === 0
              ? ''
              : html`<nav class="above" aria-label="${say(words.whereYouAre)}">
                  <ol>
                    ${above.map(({ href, name }) => html`<li><a href="${href}">${say(name)}</a></li> `)}
                  </ol>
                </nav>`
          }
          <h1>${say(title)}</h1>
          ${main}
        </main>
        <footer class="bottom">
          <div class="wide">
            ${
              view.portal
                ? html`<p>
                    ${say(words.portalFooter)} <a href="/portal/accessibility">${say(words.accessibility)}</a>
                    <a href="/workbench">${say(words.forOfficers)}</a>
                  </p>`
                : html`<p>${say(words.footer)} <a href="/portal">${say(words.portal)}</a></p>`
            }
          </div>
        </footer>
      </body>
    </html> `
}

/** A wide thing that scrolls by itself instead of the page, also by keyboard. */
export function scrolling(label: string, content: Markup): Markup {
  return html`<div class="scrolling" role="group" tabindex="0" aria-label="${label}">${content}</div>`
}

/** Nothing to show, and what to do about it. */
export function empty(text: string, more: Markup | '' = ''): Markup {
  return html`<div class="empty">
    <p>${text}</p>
    ${more}
  </div>`
}

/** Label and value, side by side where there is room. */
export function facts(rows: readonly (readonly [label: string, value: unknown] | undefined)[]): Markup {
  return html`<dl class="facts">
    ${rows.map((row) =>
      row === undefined
        ? ''
        : html`<div>
            <dt>${row[0]}</dt>
            <dd>${row[1]}</dd>
          </div> `,
    )}
  </dl>`
}
