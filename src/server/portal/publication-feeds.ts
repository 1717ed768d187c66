import { address, languageTag } from '../view.ts'
import { excerpt, textOf } from './publication-kinds.ts'
import { html, trusted } from '../markup.ts'
import { words } from '../words.ts'
import type { Kind } from './publication-kinds.ts'
import type { Markup } from '../markup.ts'
import type { OrganNames } from '../shown-value.ts'
import type { Published } from '#store/published.ts'
import type { Services } from '../services.ts'
import type { View } from '../view.ts'
import type { Words } from '#engine/words.ts'

/** Items of a feed. */
export const FEED_LENGTH = 50

interface Feed {
  readonly items: readonly Published[]
  readonly kind: Kind | undefined
  readonly origin: string
  readonly organs: OrganNames
  readonly services: Pick<Services, 'place' | 'catalogue'>
}

const PROLOGUE = trusted('<?xml version="1.0" encoding="UTF-8"?>\n')

/** RFC 4287. */
export function atomFeed({ items, kind, origin, organs, services }: Feed, view: View): Markup {
  const { say } = view
  const self = `${origin}${view.path}`
  const updated = items[0]?.publishedAt ?? EPOCH
  return html`${PROLOGUE}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${languageTag(view.language)}">
      <id>${self}</id>
      <title>${titleOf(kind, services, view)}</title>
      <updated>${updated}</updated>
      <author><name>${say(services.place.issuer)}</name></author>
      <link rel="self" href="${self}" />
      <link rel="alternate" type="text/html" href="${origin}${listOf(kind)}" />
      ${items.map(
        (one) =>
          html`<entry>
            <id>${linkOf(one, origin)}</id>
            <title>${clean(say(one.title))}</title>
            <updated>${one.publishedAt}</updated>
            <published>${one.publishedAt}</published>
            <author><name>${organs.get(one.organ) ?? one.organ}</name></author>
            <link rel="alternate" type="text/html" href="${linkOf(one, origin)}" />
            <summary>${summaryOf(one, services)}</summary>
          </entry> `,
      )}
    </feed> `
}

/** RSS 2.0, for readers that know nothing newer. */
export function rssFeed({ items, kind, origin, organs, services }: Feed, view: View): Markup {
  const { say } = view
  return html`${PROLOGUE}<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
    <channel>
      <title>${titleOf(kind, services, view)}</title>
      <link>${origin}${listOf(kind)}</link>
      <description>${say(words.publicationsAre)}</description>
      <language>${languageTag(view.language)}</language>
      ${items.map(
        (one) =>
          html`<item>
            <title>${clean(say(one.title))}</title>
            ${trusted('<link>')}${linkOf(one, origin)}${trusted('</link>')}
            <guid isPermaLink="true">${linkOf(one, origin)}</guid>
            <pubDate>${new Date(one.publishedAt).toUTCString()}</pubDate>
            <dc:creator>${organs.get(one.organ) ?? one.organ}</dc:creator>
            <description>${summaryOf(one, services)}</description>
          </item> `,
      )}
    </channel>
  </rss> `
}

/** What a feed without an entry says of its age: it was never changed. */
const EPOCH = '1970-01-01T00:00:00Z'

function titleOf(kind: Kind | undefined, { place }: Pick<Services, 'place'>, { say }: View): string {
  const of: Words = kind?.name ?? words.publications
  return `${say(of)} · ${say(place.name)}`
}

function listOf(kind: Kind | undefined): string {
  return address('/portal/publications', { kind: kind?.id })
}

function linkOf({ indexNumber }: Published, origin: string): string {
  return `${origin}/portal/publications/${indexNumber}`
}

function summaryOf(one: Published, { catalogue }: Pick<Services, 'catalogue'>): string {
  return clean(excerpt(textOf(one, catalogue) ?? '', undefined))
}

/** XML 1.0 has no place for control characters, which a text may hold. */
function clean(text: string): string {
  return text.replaceAll(/[\p{Cc}\ufffe\uffff]/gu, ' ')
}
