import { address } from '../view.ts'
import { citations } from '../citations.ts'
import { dutyOf, excerpt, particularsOf, textOf } from './publication-kinds.ts'
import { empty, facts, page } from '../page.ts'
import { html } from '../markup.ts'
import { shownTime, shownValue } from '../shown-value.ts'
import { words } from '../words.ts'
import type { Filters, PublishedList } from './publications.ts'
import type { Markup } from '../markup.ts'
import type { OrganNames } from '../shown-value.ts'
import type { Published } from '#store/published.ts'
import type { System } from '#engine/system.ts'
import type { View } from '../view.ts'

const LIST = '/portal/publications'

/** 公开目录: what was published, by kind, organ and year, the newest first. */
export function publicationsPage(list: PublishedList, view: View): Markup {
  const { say } = view
  const { filters, shown, next, kinds, organs, catalogue } = list
  const kind = kinds.find(({ id }) => id === filters.kind)
  const organ = filters.organ === undefined ? undefined : (organs.get(filters.organ) ?? filters.organ)
  const narrowed = [kind && say(kind.name), organ, filters.year, filters.q].filter((one) => one !== undefined && one !== '')
  return page(view, {
    title:
      narrowed.length === 0
        ? words.publications
        : [`${words.publications[0]}：${narrowed.join('、')}`, `${words.publications[1]}: ${narrowed.join(', ')}`],
    ...(narrowed.length === 0 ? {} : { above: [{ href: LIST, name: words.publications }] }),
    section: 'publications',
    description: words.publicationsAre,
    ...(filters.q === undefined ? {} : { unlisted: true as const }),
    feeds: [
      { href: address(`${LIST}.atom`, { kind: filters.kind, organ: filters.organ }), type: 'application/atom+xml' },
      { href: address(`${LIST}.rss`, { kind: filters.kind, organ: filters.organ }), type: 'application/rss+xml' },
    ],
    main: html`<p class="lead">${say(words.publicationsAre)}</p>
      ${filterForm(list, view)}
      <section aria-labelledby="found">
        <h2 id="found">${say(words.newestFirst)}</h2>
        ${
          shown.length === 0
            ? empty(say(words.nothingPublished))
            : html`<ol class="found">
                ${shown.map((one) => html`<li>${publicationLine(one, { organs, catalogue, q: filters.q }, view)}</li> `)}
              </ol>`
        }
        ${next === undefined ? '' : html`<p><a class="button" href="${next}">${say(words.olderPublications)}</a></p>`}
      </section>
      ${catalogueTrees(list, view)}
      <p class="quiet small">
        ${say(words.followByFeed)}
        <a href="${address(`${LIST}.atom`, { kind: filters.kind, organ: filters.organ })}">Atom</a>
        <a href="${address(`${LIST}.rss`, { kind: filters.kind, organ: filters.organ })}">RSS</a>
      </p>`,
  })
}

interface LineOf {
  readonly organs: OrganNames
  readonly catalogue: readonly System[]
  readonly q?: string | undefined
}

/** One item in a list: its title, and what stands around the word looked for. */
export function publicationLine(one: Published, { organs, catalogue, q }: LineOf, { say }: View): Markup {
  const { duty } = dutyOf(one, catalogue)
  const text = textOf(one, catalogue)
  return html`<a href="${LIST}/${one.indexNumber}">${say(one.title)}</a>
    <span class="quiet small">${say(duty.name)} · ${organs.get(one.organ) ?? one.organ} · ${shownTime(one.publishedOn)}</span>
    ${text ? html`<p class="small">${excerpt(text, q)}</p>` : ''}`
}

function filterForm({ filters, kinds, counts, organs }: PublishedList, { say }: View): Markup {
  const organIds = [...new Set(counts.map(({ organ }) => organ))]
  const option = (value: string, name: string, chosen: string | undefined) =>
    html`<option value="${value}" ${value === chosen ? html` selected` : ''}>${name}</option> `
  return html`<search>
    <form class="find filters" action="${LIST}">
      <label for="q">${say(words.searchPublications)}</label>
      <input id="q" name="q" type="search" value="${filters.q ?? ''}" maxlength="100" />
      <label for="kind">${say(words.kinds)}</label>
      <select id="kind" name="kind">
        ${option('', say(words.allKinds), filters.kind ?? '')}${kinds.map(({ id, name, of }) => option(id, `${say(name)} · ${say(of)}`, filters.kind))}
      </select>
      <label for="organ">${say(words.publishingOrgan)}</label>
      <select id="organ" name="organ">
        ${option('', say(words.allKinds), filters.organ ?? '')}${organIds.map((id) => option(id, organs.get(id) ?? id, filters.organ))}
      </select>
      <label for="from">${say(words.publishedFrom)}</label>
      <input id="from" name="from" type="date" value="${filters.from ?? ''}" />
      <label for="until">${say(words.publishedUntil)}</label>
      <input id="until" name="until" type="date" value="${filters.until ?? ''}" />
      <button>${say(words.search)}</button>
    </form>
  </search>`
}

/** 目录树: how many there are by kind, by organ, by year; each number leads to its list. */
function catalogueTrees({ counts, kinds, organs }: PublishedList, { say }: View): Markup {
  const sum = (of: readonly { readonly count: number }[]): number => of.reduce((total, { count }) => total + count, 0)
  const branch = (name: string, filters: Filters, of: typeof counts) =>
    of.length === 0 ? '' : html`<li><a href="${address(LIST, { ...filters })}">${name}</a> <span class="quiet">${sum(of)}</span></li> `
  const years = [...new Set(counts.map(({ year }) => year))].sort((a, b) => b - a)
  const organIds = [...new Set(counts.map(({ organ }) => organ))]
  const tree = (id: string, title: string, branches: readonly (Markup | '')[]) =>
    html`<section aria-labelledby="${id}">
      <h2 id="${id}">${title}</h2>
      <ul class="columns">
        ${branches}
      </ul>
    </section> `
  if (counts.length === 0) return html``
  return html`${tree(
    'by-kind',
    say(words.byKind),
    kinds.map(({ id, name, procedure, duty }) =>
      branch(
        say(name),
        { kind: id },
        counts.filter((one) => one.procedure === procedure && one.duty === duty),
      ),
    ),
  )}
  ${tree(
    'by-organ',
    say(words.byOrgan),
    organIds.map((organ) =>
      branch(
        organs.get(organ) ?? organ,
        { organ },
        counts.filter((one) => one.organ === organ),
      ),
    ),
  )}
  ${tree(
    'by-year',
    say(words.byYear),
    years.map((year) =>
      branch(
        String(year),
        { year },
        counts.filter((one) => one.year === year),
      ),
    ),
  )}`
}

/** One item, with what programs read in its markup: the policy of the pages forbids them a script of data. */
export function publicationPage(one: Published, { organs, catalogue }: Omit<LineOf, 'q'>, view: View): Markup {
  const { say } = view
  const { definition, duty } = dutyOf(one, catalogue)
  const organ = organs.get(one.organ) ?? one.organ
  const text = textOf(one, catalogue)
  return page(view, {
    title: one.title,
    above: [
      { href: LIST, name: words.publications },
      { href: address(LIST, { kind: `${one.procedure}.${one.duty}` }), name: duty.name },
    ],
    section: 'publications',
    main: html`<article itemscope itemtype="https://schema.org/CreativeWork">
      <meta itemprop="name" content="${say(one.title)}" />
      <link itemprop="url" href="${LIST}/${one.indexNumber}" />
      ${facts([
        [say(words.indexNumber), html`<span itemprop="identifier">${one.indexNumber}</span>`],
        [say(words.kinds), html`<span itemprop="genre">${say(duty.name)}</span>`],
        [
          say(words.publishingOrgan),
          html`<span itemprop="publisher" itemscope itemtype="https://schema.org/GovernmentOrganization"
            ><span itemprop="name">${organ}</span></span
          >`,
        ],
        [say(words.publishedOn), html`<time itemprop="datePublished" datetime="${one.publishedOn}">${one.publishedOn}</time>`],
        one.validUntil === null
          ? undefined
          : [say(words.staysUntil), html`<time itemprop="expires" datetime="${one.validUntil}">${one.validUntil}</time>`],
        ...particularsOf(one, catalogue).map(({ field, value }) => [say(field.name), shownValue(field, value, view, organs)] as const),
        [say(words.basis), citations([duty.article].flat(), view)],
      ])}
      ${
        text === undefined
          ? ''
          : html`<div class="published" itemprop="text">
              ${text.split(/\n+/).map((paragraph) => (paragraph.trim() === '' ? '' : html`<p>${paragraph}</p> `))}
            </div>`
      }
      <p class="quiet"><a href="/portal/guides/${one.procedure}">${say(words.guideOf(definition.name))}</a></p>
    </article>`,
  })
}
