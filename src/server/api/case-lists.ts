import { afterText, filterOf, pageOf } from './case-query.ts'
import { attachment } from '../attachment.ts'
import { caseTitle } from '#readings/case-title.ts'
import { countCases, listCases } from '#store/list-cases.ts'
import { csvOf, xlsxOf } from '../table-file.ts'
import { dateIn } from '#engine/day.ts'
import { handlingsOf, readsOfficers } from '#identity/permission.ts'
import { languageTag } from '../view.ts'
import { logEvent } from '#store/log-event.ts'
import { organNames } from '../cases.ts'
import { readerOf, viewerOf } from '../reader.ts'
import { systemNamed, versionFrom } from '#engine/system.ts'
import { words } from '../words.ts'
import type { CaseFilter } from '#store/case-filter.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ListAsked, ListedCase } from '#store/list-cases.ts'
import type { OrganNames } from '../shown-value.ts'
import type { Services } from '../services.ts'
import type { Viewer } from '#identity/viewer.ts'
import type { Actor } from '#engine/case.ts'
import type { View } from '../view.ts'

/** A case in a list. Days are `YYYY-MM-DD`. */
export interface CaseLineJson {
  readonly id: string
  readonly number: string
  readonly procedure: string
  readonly procedureName: string
  /** Empty where the definition names no fields for it. */
  readonly title: string
  readonly state: string
  readonly stateName: string
  readonly isFinal: boolean
  readonly openedOn: string
  /** Who handles it, by post; a visitor is told the post alone. */
  readonly assignees: readonly { readonly post: string; readonly postName: string; readonly person: string | null }[]
  /** The next last day of a duty that runs. */
  readonly due: string | null
  /** Is that day over? */
  readonly late: boolean
}

export interface CaseListJson {
  readonly cases: readonly CaseLineJson[]
  /** `after` of the next page. */
  readonly next: string | null
}

export interface CaseCountJson {
  readonly count: number
  /** There are more than `count`: they are not counted further. */
  readonly more: boolean
}

/** What a list can be narrowed by, for this reader. */
export interface CaseChoicesJson {
  readonly procedures: readonly {
    readonly id: string
    readonly name: string
    readonly states: readonly { readonly id: string; readonly name: string; readonly isFinal: boolean }[]
    readonly posts: readonly { readonly id: string; readonly name: string }[]
  }[]
  readonly organs: readonly { readonly id: string; readonly name: string }[]
  /** May the reader look for people in any of them? */
  readonly people: boolean
  /** How many lines an export has at most. */
  readonly exportedMost: number
}

const COUNTED_MOST = 10_000
const EXPORTED_MOST = 50_000
const EXPORTED_AT_ONCE = 500

/** `/cases`: lists, how long they are, and as files. */
export function caseListApi(api: FastifyInstance, services: Services): void {
  const { store, catalogue, now } = services

  api.get(
    '/cases',
    { schema: { summary: ['案件列表', 'Cases, filtered and ordered'], answer: 'CaseListJson' } },
    async (request): Promise<CaseListJson> => {
      const reader = readerOf(request, services)
      const { order, after, limit } = pageOf(request)
      const filter = filterOf(request, reader, now())
      const found = await listCases(store, catalogue, { filter, order, after, limit: limit + 1 }, reader)
      const shown = found.slice(0, limit)
      const organs = await organNames(services, dateIn(now()), organsNamed(shown))
      if (filter.people) await logPeopleSearch(request, { found: shown.map(({ id }) => id) })
      const line = lineFor(request, organs)
      return { cases: shown.map(line), next: found.length > limit ? afterText(shown.at(-1)!) : null }
    },
  )

  api.get(
    '/cases/count',
    { schema: { summary: ['案件数', 'How many cases'], answer: 'CaseCountJson' } },
    async (request): Promise<CaseCountJson> => {
      const reader = readerOf(request, services)
      const filter = filterOf(request, reader, now())
      const { order } = pageOf(request)
      const count = await countCases(store, catalogue, { filter, order, limit: COUNTED_MOST + 1 }, reader)
      if (filter.people) await logPeopleSearch(request, { counted: count })
      return { count: Math.min(count, COUNTED_MOST), more: count > COUNTED_MOST }
    },
  )

  api.get(
    '/cases/choices',
    { schema: { summary: ['筛选可选项', 'What lists can be filtered by'], answer: 'CaseChoicesJson' } },
    async (request): Promise<CaseChoicesJson> => {
      const reader = readerOf(request, services)
      const { say } = request.view
      const organs = await organNames(services, dateIn(now()))
      const seen = new Set(reader.scopes.map(({ procedure }) => procedure))
      return {
        procedures: catalogue
          .filter(({ id }) => seen.has(id))
          .map(({ id, definitions }) => {
            // A state or a post that only an older version knows is chosen too: its cases are there.
            const states = new Map(definitions.flatMap(({ states: own }) => Object.entries(own)))
            const posts = new Map(definitions.flatMap(({ posts: own }) => Object.entries(own).filter(([, { outside }]) => !outside)))
            return {
              id,
              name: say(definitions.at(-1)!.name),
              states: [...states].map(([state, { name, final }]) => ({ id: state, name: say(name), isFinal: final === true })),
              posts: [...posts].map(([post, { name }]) => ({ id: post, name: say(name) })),
            }
          }),
        organs: [...organs].map(([id, name]) => ({ id, name })),
        people: handlingsOf(viewerOf(request), catalogue).length > 0,
        exportedMost: EXPORTED_MOST,
      }
    },
  )

  api.get('/cases/export.csv', { schema: { summary: ['导出 CSV', 'The list as CSV'] } }, (request, reply) =>
    exported(request, reply, 'csv'),
  )
  api.get('/cases/export.xlsx', { schema: { summary: ['导出 XLSX', 'The list as XLSX'] } }, (request, reply) =>
    exported(request, reply, 'xlsx'),
  )

  /** The list as it is filtered and ordered, as a file; in the ledger before its first line is sent. */
  async function exported(request: FastifyRequest, reply: FastifyReply, format: 'csv' | 'xlsx'): Promise<FastifyReply> {
    const reader = readerOf(request, services)
    const viewer = viewerOf(request)
    const { order } = pageOf(request)
    const filter = filterOf(request, reader, now())
    const [counted, organs] = await Promise.all([
      countCases(store, catalogue, { filter, order, limit: EXPORTED_MOST + 1 }, reader),
      organNames(services, dateIn(now())),
    ])
    const lines = Math.min(counted, EXPORTED_MOST)
    await logEvent(store, {
      kind: 'export',
      by: actorOf(viewer),
      what: { list: 'cases', format, order, filter: logged(filter), lines },
      at: now(),
    })
    const { say, language } = request.view
    const line = lineFor(request, organs)
    const rows = async function* (): AsyncGenerator<string[]> {
      yield [
        words.caseNumber,
        words.procedure,
        words.titleOfCase,
        words.state,
        words.openedOn,
        words.assignees,
        words.nextLastDay,
        words.isLate,
      ].map(say)
      for await (const one of all({ filter, order }, lines)) yield cellsOf(line(one), request.view)
      if (counted > EXPORTED_MOST) yield [say(words.exportCut(EXPORTED_MOST))]
    }
    const name = `${say(words.cases)}-${dateIn(now())}.${format}`
    return reply
      .header('content-disposition', attachment(`cases-${dateIn(now())}.${format}`, name))
      .header('content-language', languageTag(language))
      .type(format === 'csv' ? 'text/csv; charset=utf-8' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
      .send(format === 'csv' ? csvOf(rows()) : xlsxOf(say(words.cases), rows()))

    async function* all(asked: Pick<ListAsked, 'filter' | 'order'>, most: number): AsyncGenerator<ListedCase> {
      let after: ListAsked['after']
      for (let left = most; left > 0;) {
        const limit = Math.min(left, EXPORTED_AT_ONCE)
        const page = await listCases(store, catalogue, { ...asked, after, limit }, reader)
        yield* page
        const last = page.at(-1)
        if (!last || page.length < limit) return
        after = [last.key, last.id]
        left -= page.length
      }
    }
  }

  /** Whoever looks for a person reads personal data, whatever is shown: it is kept that they did, and not for whom. */
  async function logPeopleSearch(request: FastifyRequest, what: Record<string, unknown>): Promise<void> {
    await logEvent(store, { kind: 'reading', by: actorOf(viewerOf(request)), what: { search: 'people', ...what }, at: now() })
  }

  /** Organs that the titles name: most titles name none, and a whole register for one is a second query as dear as the first. */
  function organsNamed(found: readonly ListedCase[]): string[] {
    const named = new Set<string>()
    for (const { procedure, version, fields } of found)
      caseTitle(versionFrom(systemNamed(catalogue, procedure), version), fields, (organ) => (named.add(organ), organ), 'zh')
    return [...named]
  }

  function lineFor(request: FastifyRequest, organs: OrganNames): (found: ListedCase) => CaseLineJson {
    const { say, language } = request.view
    const officers = readsOfficers(viewerOf(request))
    const today = dateIn(now())
    return ({ id, number, procedure, version, state, isFinal, openedOn, fields, assignees, due }) => {
      const definition = versionFrom(systemNamed(catalogue, procedure), version)
      return {
        id,
        number,
        procedure,
        procedureName: say(definition.name),
        title: caseTitle(definition, fields, (organ) => organs.get(organ) ?? organ, language),
        state,
        stateName: definition.states[state] ? say(definition.states[state].name) : state,
        isFinal,
        openedOn,
        assignees: assignees.map(({ post, person }) => ({
          post,
          postName: definition.posts[post] ? say(definition.posts[post].name) : post,
          person: officers ? person : null,
        })),
        due,
        late: due !== null && due < today,
      }
    }
  }
}

/** Who did something that is no step: by their first post. */
export function actorOf({ person, holdings, administrator }: Viewer): Actor {
  const holding = holdings[0]
  return { post: holding?.post ?? administrator ?? 'visitor', person, organ: holding?.organ ?? '' }
}

/** A filter as the ledger keeps it: a text that was searched for may be somebody's name. */
function logged({ text, ...rest }: CaseFilter): Record<string, unknown> {
  return { ...rest, ...(text === undefined ? {} : { text: true }) }
}

function cellsOf(line: CaseLineJson, { say }: View): string[] {
  return [
    line.number,
    line.procedureName,
    line.title,
    line.stateName,
    line.openedOn,
    line.assignees.map(({ postName, person }) => (person === null ? postName : `${postName} ${person}`)).join('; '),
    line.due ?? '',
    say(line.late ? words.yes : words.no),
  ]
}
