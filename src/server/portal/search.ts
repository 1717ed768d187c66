import { address, answer } from '../view.ts'
import { dateIn } from '#engine/day.ts'
import { FINDABLE, guideIndex, searchGuides } from '#readings/guide-search.ts'
import { html } from '../markup.ts'
import { kindsOf } from './publication-kinds.ts'
import { listPublished } from '#store/published.ts'
import { organNames } from '../cases.ts'
import { publicationLine } from './publication-pages.ts'
import { publishedJson, queryOf } from './publications.ts'
import { matterCards, versionShown } from './matters.ts'
import { page } from '../page.ts'
import { readQuery } from '../query.ts'
import { words } from '../words.ts'
import { z } from 'zod'
import type { Definition } from '#engine/definition.ts'
import type { Entry, Findable, GuideIndex } from '#readings/guide-search.ts'
import type { FastifyInstance } from 'fastify'
import type { Markup } from '../markup.ts'
import type { OrganNames } from '../shown-value.ts'
import type { Published } from '#store/published.ts'
import type { Services } from '../services.ts'
import type { System } from '#engine/system.ts'
import type { View } from '../view.ts'

const PAGE = 30
/** Publications beside what is found in the guides. */
const PUBLISHED = 10
/** Characters of a query. */
const LONGEST = 100

/** `/portal/search?q=`: over the guides in force today, and the newest of what is published; the rest of that is the catalogue's own search. */
export function searchRoutes(app: FastifyInstance, services: Services): void {
  const { catalogue, store, now } = services
  const indexOf = keptIndex()
  const kinds = kindsOf(catalogue)
  app.get('/portal/search', { config: { open: true } }, async (request, reply) => {
    const { view } = request
    const {
      q = '',
      kind,
      after = 0,
    } = readQuery(
      { q: z.string().trim().max(LONGEST).optional(), kind: z.enum(FINDABLE).optional(), after: z.coerce.number().int().min(0).optional() },
      request.query,
    )
    const today = dateIn(now())
    const definitions = catalogue.map((system) => versionShown(system, today))
    const { found, counts } = searchGuides(indexOf(definitions), q, kind)
    const shown = found.slice(after, after + PAGE)
    const isFirst = q !== '' && kind === undefined && after === 0
    const published = isFirst ? await listPublished(store, { ...queryOf({ q }, kinds), limit: PUBLISHED }) : []
    const organs = published.length === 0 ? new Map() : await organNames(services, today)
    const more = found.length > after + PAGE ? address('/portal/search', { q, kind, after: after + PAGE }) : undefined
    return answer(request, reply, {
      json: {
        query: q,
        count: found.length,
        counts,
        results: shown.map((entry) => ({ ...entry, href: hrefOf(entry) })),
        next: more ?? null,
        published: published.map((one) => publishedJson(one, { organs, catalogue }, view)),
      },
      page: () => resultPage({ q, kind, after, found, counts, shown, more, definitions, published, organs, catalogue }, view),
    })
  })
}

/** Definitions change only with the version in force: one index for each set of them. */
function keptIndex(): (definitions: readonly Definition[]) => GuideIndex {
  let kept: { readonly key: string; readonly index: GuideIndex } | undefined
  return (definitions) => {
    const key = definitions.map(({ id, inForce }) => `${id}@${inForce.from}`).join()
    if (kept?.key !== key) kept = { key, index: guideIndex(definitions) }
    return kept.index
  }
}

/** The search box, on every page that has one. */
export function searchForm({ say }: View, q = ''): Markup {
  return html`<search>
    <form class="find" action="/portal/search">
      <label for="q">${say(words.searchLabel)}</label>
      <input id="q" name="q" type="search" value="${q}" maxlength="${LONGEST}" />
      <button>${say(words.search)}</button>
    </form>
  </search>`
}

interface Results {
  readonly q: string
  readonly kind: Findable | undefined
  readonly after: number
  readonly found: readonly Entry[]
  readonly counts: Readonly<Partial<Record<Findable, number>>>
  readonly shown: readonly Entry[]
  readonly more: string | undefined
  readonly definitions: readonly Definition[]
  readonly published: readonly Published[]
  readonly organs: OrganNames
  readonly catalogue: readonly System[]
}

function resultPage(results: Results, view: View): Markup {
  const { say } = view
  const { q, found } = results
  return page(view, {
    title: q === '' ? words.search : words.searchFor(q),
    section: 'search',
    unlisted: true,
    main: html`${searchForm(view, q)}
    ${
      q === ''
        ? html`<p class="quiet">${say(words.searchHelp)}</p>`
        : found.length === 0 && results.published.length === 0
          ? html`<p role="status">${say(words.noResults)}</p>
              ${matterCards(results.definitions, view)}
              <p class="quiet">${say(words.searchHelp)}</p>`
          : html`${found.length === 0 ? '' : resultList(results, view)} ${publishedList(results, view)}`
    }`,
  })
}

function publishedList({ q, published, organs, catalogue }: Results, view: View): Markup | '' {
  const { say } = view
  if (published.length === 0) return ''
  return html`<section aria-labelledby="published">
    <h2 id="published">${say(words.publications)}</h2>
    <ol class="found">
      ${published.map((one) => html`<li>${publicationLine(one, { organs, catalogue, q }, view)}</li> `)}
    </ol>
    <p><a class="button" href="${address('/portal/publications', { q })}">${say(words.allPublicationsFound)}</a></p>
  </section>`
}

function resultList({ q, kind, after, found, counts, shown, more }: Results, { say }: View): Markup {
  const all = Object.values(counts).reduce((sum, one) => sum + one, 0)
  const chip = (name: string, count: number, of: Findable | undefined) =>
    html`<li>
      <a class="chip" href="${address('/portal/search', { q, kind: of })}" ${of === kind ? html` aria-current="true"` : ''}
        >${name} ${count}</a
      >
    </li> `
  return html`<p role="status">
      ${say(words.resultCount(found.length))}${found.length > PAGE ? say(words.resultsShown(after + 1, after + shown.length)) : ''}
    </p>
    <nav aria-label="${say(words.kinds)}">
      <ul class="row tight">
        ${chip(say(words.allKinds), all, undefined)}${FINDABLE.map((one) => (counts[one] ? chip(say(words.kind[one]), counts[one], one) : ''))}
      </ul>
    </nav>
    <ol class="found" start="${after + 1}">
      ${shown.map(
        (entry) =>
          html`<li>
            <a href="${hrefOf(entry)}">${say(entry.title)}</a>
            <span class="quiet small">${say(words.kind[entry.kind])}${entry.kind === 'guide' ? '' : html` · ${say(entry.of)}`}</span>
            ${entry.says ? html`<p class="small">${say(entry.says)}</p>` : ''}
          </li> `,
      )}
    </ol>
    ${more === undefined ? '' : html`<p><a class="button" href="${more}">${say(words.moreResults)}</a></p>`}`
}

function hrefOf({ procedure, anchor }: Entry): string {
  return `/portal/guides/${procedure}#${anchor}`
}
