import { answer, address } from '../view.ts'
import { atomFeed, FEED_LENGTH, rssFeed } from './publication-feeds.ts'
import { countPublished, listPublished, readPublished } from '#store/published.ts'
import { dateIn } from '#engine/day.ts'
import { day, readQuery, word, year as yearAsked } from '../query.ts'
import { dutyOf, kindsOf, particularsOf, textOf } from './publication-kinds.ts'
import { html } from '../markup.ts'
import { organNames } from '../cases.ts'
import { originOf } from './origin.ts'
import { passingPages, readEvery, sendKept } from './kept-page.ts'
import { publicationPage, publicationsPage } from './publication-pages.ts'
import { publicationQuery } from '#readings/publications.ts'
import { Refusal } from '#engine/refusal.ts'
import { withdrawals } from '#engine/withdrawal.ts'
import { cited } from '#engine/citation.ts'
import { z } from 'zod'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Kind } from './publication-kinds.ts'
import type { OrganNames } from '../shown-value.ts'
import type { Published, PublishedCount, PublishedQuery } from '#store/published.ts'
import type { Publication } from '#store/publications.ts'
import type { Services } from '../services.ts'
import type { System } from '#engine/system.ts'
import type { View } from '../view.ts'

const PAGE = 30
/** Characters of a query. */
const LONGEST = 100
/** Seconds for which copies elsewhere need not ask: what was withdrawn must not be shown for long. */
const FRESH_SECONDS = 60
/** A page is some kilobytes; as many are kept as a small machine has room for. */
const KEPT = { most: 5_000, ms: 5_000 }

/** How old the numbers beside the catalogue may be. */
const COUNTED_MS = 10_000

const filters = {
  q: z.string().trim().max(LONGEST).optional(),
  kind: word.optional(),
  organ: word.optional(),
  year: yearAsked.optional(),
  from: day.optional(),
  until: day.optional(),
  after: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d_[\d-]{1,40}$/)
    .transform((text) => text.split('_') as [string, string])
    .refine(([on]) => day.safeParse(on).success)
    .optional(),
}

/** What a reader narrows the list by. */
export interface Filters {
  readonly q?: string | undefined
  readonly kind?: string | undefined
  readonly organ?: string | undefined
  readonly year?: number | undefined
  readonly from?: string | undefined
  readonly until?: string | undefined
}

/** What the list and its search answer with. */
export interface PublishedList {
  readonly filters: Filters
  readonly shown: readonly Published[]
  readonly next: string | undefined
  readonly counts: readonly PublishedCount[]
  readonly kinds: readonly Kind[]
  readonly organs: OrganNames
  readonly catalogue: readonly System[]
}

/** `/portal/publications`: what was published, its feeds, and each item at its number. */
export function publicationRoutes(app: FastifyInstance, services: Services): void {
  const { store, catalogue, now } = services
  const pages = passingPages(KEPT)
  const kinds = kindsOf(catalogue)
  // Names of organs, and how many there are of each: of everything that is published, and so not for every reader.
  const organs = readEvery(COUNTED_MS, () => organNames(services, dateIn(now())))
  const counts = readEvery(COUNTED_MS, () => countPublished(store))

  const read = async (asked: Filters & { after?: [string, string] | undefined }): Promise<PublishedList> => {
    const { after, ...given } = asked
    const found = await listPublished(store, { ...queryOf(given, kinds), after, limit: PAGE + 1 })
    const shown = found.slice(0, PAGE)
    const last = shown.at(-1)
    const next =
      found.length > PAGE && last
        ? address('/portal/publications', { ...given, after: `${last.publishedOn}_${last.indexNumber}` })
        : undefined
    return { filters: given, shown, next, counts: await counts(), kinds, organs: await organs(), catalogue }
  }

  app.get('/portal/publications', { config: { open: true } }, async (request, reply) => {
    const asked = readQuery(filters, request.query)
    if (request.view.wantsJson) {
      const list = await read(asked)
      return answer(request, reply, {
        json: { items: list.shown.map((one) => publishedJson(one, list, request.view)), next: list.next ?? null },
        page: () => html``,
      })
    }
    const view: View = { ...request.view, path: address('/portal/publications', { ...asked, after: asked.after?.join('_') }) }
    // A search is one reader's.
    if (asked.q !== undefined) {
      return reply.type('text/html; charset=utf-8').send(String(publicationsPage(await read(asked), view)))
    }
    const kept = await pages.page(`list ${view.language} ${view.path}`, async () => String(publicationsPage(await read(asked), view)))
    return sendKept(request, reply, kept, 'text/html', FRESH_SECONDS)
  })

  const feed = async (request: FastifyRequest, reply: FastifyReply, type: 'atom' | 'rss') => {
    const { kind, organ } = readQuery(filters, request.query)
    const view: View = { ...request.view, path: address(`/portal/publications.${type}`, { kind, organ }) }
    const origin = originOf(services, request)
    const kept = await pages.page(`${type} ${view.language} ${origin} ${view.path}`, async () => {
      const items = await listPublished(store, { ...queryOf({ kind, organ }, kinds), limit: FEED_LENGTH })
      const of = { items, kind: kinds.find(({ id }) => id === kind), origin, organs: await organs(), services }
      return String(type === 'atom' ? atomFeed(of, view) : rssFeed(of, view))
    })
    return sendKept(request, reply, kept, type === 'atom' ? 'application/atom+xml' : 'application/rss+xml', FRESH_SECONDS)
  }
  app.get('/portal/publications.atom', { config: { open: true } }, (request, reply) => feed(request, reply, 'atom'))
  app.get('/portal/publications.rss', { config: { open: true } }, (request, reply) => feed(request, reply, 'rss'))

  app.get<{ Params: { index: string } }>('/portal/publications/:index', { config: { open: true } }, async (request, reply) => {
    const { index } = request.params
    const view: View = { ...request.view, path: `/portal/publications/${encodeURIComponent(index)}` }
    const make = async () => {
      const found = await readPublished(store, index)
      if (!found) throw unknownIndex(index)
      if (!isStanding(found)) throw withdrawnItem(found, catalogue)
      return { one: found, organs: await organs() }
    }
    if (view.wantsJson) {
      const { one, organs: names } = await make()
      return answer(request, reply, { json: publishedJson(one, { organs: names, catalogue }, view), page: () => html`` })
    }
    const kept = await pages.page(`item ${view.language} ${index}`, async () => {
      const { one, organs: names } = await make()
      return String(publicationPage(one, { organs: names, catalogue }, view))
    })
    return sendKept(request, reply, kept, 'text/html', FRESH_SECONDS)
  })
}

/** What the store is asked for. */
export function queryOf({ q, kind, organ, year, from, until }: Filters, kinds: readonly Kind[]): Omit<PublishedQuery, 'limit'> {
  const found = kinds.find(({ id }) => id === kind)
  return {
    // A kind that there is not finds nothing.
    ...(kind === undefined ? {} : { procedure: found?.procedure ?? '', duty: found?.duty ?? '' }),
    organ,
    from: latest(from, year === undefined ? undefined : `${year}-01-01`),
    until: earliest(until, year === undefined ? undefined : `${year}-12-31`),
    words: q === undefined || q === '' ? undefined : (publicationQuery(q) ?? NOTHING),
  }
}

/** A query of marks alone finds nothing: no text holds this. */
const NOTHING = "'#'"

function latest(...days: readonly (string | undefined)[]): string | undefined {
  return days
    .filter((one) => one !== undefined)
    .sort()
    .at(-1)
}

function earliest(...days: readonly (string | undefined)[]): string | undefined {
  return days
    .filter((one) => one !== undefined)
    .sort()
    .at(0)
}

function isStanding(found: Publication): found is Published {
  return found.indexNumber !== null && found.withdrawnOn === null
}

/** One item for programs: values by field, with names for choices and organs left to its definition. */
export function publishedJson(one: Published, { organs, catalogue }: { organs: OrganNames; catalogue: readonly System[] }, { say }: View) {
  const { definition, duty } = dutyOf(one, catalogue)
  return {
    indexNumber: one.indexNumber,
    kind: `${one.procedure}.${one.duty}`,
    kindName: say(duty.name),
    procedure: say(definition.name),
    title: say(one.title),
    organ: one.organ,
    organName: organs.get(one.organ) ?? one.organ,
    publishedOn: one.publishedOn,
    validUntil: one.validUntil,
    text: textOf(one, catalogue) ?? null,
    particulars: Object.fromEntries(particularsOf(one, catalogue).map(({ name, value }) => [name, value])),
    href: `/portal/publications/${one.indexNumber}`,
  }
}

function unknownIndex(index: string): Refusal {
  return new Refusal({
    code: 'publication.unknown',
    message: [`没有索引号为 ${index} 的公开内容。`, `Nothing is published under ${index}.`],
    basis: ['索引号在公开时给出，不再改变。', 'An index number is given when something is published, and never changes.'],
    remedy: ['请核对索引号，或者从公开目录查找。', 'Check the number, or look in the catalogue of publications.'],
  })
}

/** What it was of, when it was withdrawn and why; never what it said, its title included. */
function withdrawnItem(found: Publication, catalogue: readonly System[]): Refusal {
  const { duty } = dutyOf(found, catalogue)
  const { name, article } = withdrawals[found.withdrawnFor!]
  const { indexNumber, publishedOn, withdrawnOn } = found
  return new Refusal({
    code: 'publication.withdrawn',
    message: [
      `“${duty.name[0]}”（索引号 ${indexNumber}，${publishedOn} 公开）已于 ${withdrawnOn} 撤下：${name[0]}。`,
      `“${duty.name[1]}” (${indexNumber}, published ${publishedOn}) was withdrawn on ${withdrawnOn}: ${name[1]}.`,
    ],
    basis: [cited(article), cited(article, 'en')],
    remedy: [
      '现行有效的内容请从公开目录查找；也可以向公开它的单位申请。',
      'Look in the catalogue for what stands now, or ask the organ that published it.',
    ],
  })
}
