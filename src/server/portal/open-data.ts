import { answer } from '../view.ts'
import { attachment } from '../attachment.ts'
import { createHash } from 'node:crypto'
import { csvOf } from '../table-file.ts'
import { dataSets, schemaOf } from './data-sets.ts'
import { dateIn } from '#engine/day.ts'
import { facts, page } from '../page.ts'
import { html } from '../markup.ts'
import { Readable } from 'node:stream'
import { Refusal } from '#engine/refusal.ts'
import { words } from '../words.ts'
import { writtenMark } from '#store/read-checkpoints.ts'
import type { DataSet } from './data-sets.ts'
import type { FastifyInstance } from 'fastify'
import type { Markup } from '../markup.ts'
import type { Services } from '../services.ts'
import type { View } from '../view.ts'

/** What the platform proposes; SPDX. */
const LICENCE = 'CC-BY-4.0'
const FRESH_SECONDS = 300

/** `/portal/data` and its files: CSV, JSON and the JSON Schema of each set. */
export function openDataRoutes(app: FastifyInstance, services: Services): void {
  const { store, now } = services
  const sets = dataSets(services)

  app.get('/portal/data', { config: { open: true } }, (request, reply) =>
    answer(request, reply, {
      json: {
        licence: LICENCE,
        datasets: sets.map(({ id, name, about, columns }) => ({ id, name, about, columns, ...filesOf(id) })),
      },
      page: () => listPage(sets, dateIn(now()), request.view),
    }),
  )

  app.get<{ Params: { name: string } }>('/portal/data/:name', { config: { open: true, takesLong: true } }, async (request, reply) => {
    const [, id, form] = /^([\w-]+)(?:\.(csv|schema))?$/.exec(request.params.name) ?? []
    const set = sets.find((one) => one.id === id)
    if (set === undefined) throw noSuchSet(request.params.name, sets)
    if (form === 'schema') return reply.type('application/schema+json; charset=utf-8').send(JSON.stringify(schemaOf(set), null, 2))
    if (form === undefined && !request.view.wantsJson) return reply.redirect(`/portal/data#${set.id}`, 303)
    // Whatever was written since, or the day on which other entries are in force, makes another file.
    const made = `${await writtenMark(store)} ${dateIn(now())} ${set.id} ${form ?? 'json'}`
    const etag = `"${createHash('sha256').update(made).digest('base64url').slice(0, 27)}"`
    reply.header('etag', etag)
    if (!reply.hasHeader('set-cookie')) reply.header('cache-control', `public, max-age=${FRESH_SECONDS}`)
    if (request.headers['if-none-match']?.includes(etag)) return reply.code(304).send()
    if (form === undefined) return reply.type('application/json; charset=utf-8').send(jsonFile(set, dateIn(now())))
    return reply
      .header('content-disposition', attachment(`${set.id}.csv`, `${request.view.say(set.name)}.csv`))
      .type('text/csv; charset=utf-8')
      .send(csvOf(csvRows(set)))
  })
}

function filesOf(id: string): Readonly<Record<string, string>> {
  return { csv: `/portal/data/${id}.csv`, json: `/portal/data/${id}.json`, schema: `/portal/data/${id}.schema.json` }
}

async function* csvRows({ columns, rows }: DataSet): AsyncGenerator<string[]> {
  yield columns.map(({ id }) => id)
  for await (const row of rows()) yield columns.map(({ id }) => (row[id] === null || row[id] === undefined ? '' : String(row[id])))
}

/** Row by row, so that no set is held whole. */
function jsonFile({ id, name, rows }: DataSet, updated: string): Readable {
  async function* parts(): AsyncGenerator<string> {
    const head = JSON.stringify({ dataset: id, name, licence: LICENCE, updated })
    yield `${head.slice(0, -1)},"rows":[`
    let first = true
    for await (const row of rows()) {
      yield `${first ? '' : ','}\n${JSON.stringify(row)}`
      first = false
    }
    yield '\n]}\n'
  }
  return Readable.from(parts(), { objectMode: false })
}

function listPage(sets: readonly DataSet[], updated: string, view: View): Markup {
  const { say } = view
  return page(view, {
    title: words.openData,
    description: words.openDataIs,
    section: 'data',
    main: html`<p class="lead">${say(words.openDataIs)}</p>
      ${facts([
        [say(words.licence), LICENCE],
        [say(words.updated), updated],
      ])}
      ${sets.map(
        (set) =>
          html`<section aria-labelledby="${set.id}">
            <h2 id="${set.id}">${say(set.name)}</h2>
            <p>${say(set.about)}</p>
            <p class="quiet small">${set.columns.map(({ name }) => say(name)).join(say(words.listComma))}</p>
            <p class="downloads">
              ${Object.entries(filesOf(set.id)).map(([form, href]) => {
                const name = form === 'schema' ? 'JSON Schema' : form.toUpperCase()
                return html`<a class="button" href="${href}" aria-label="${say(set.name)} ${name}">${name}</a> `
              })}
            </p>
          </section> `,
      )}`,
  })
}

function noSuchSet(name: string, sets: readonly DataSet[]): Refusal {
  const known = sets.map(({ id }) => id)
  return new Refusal({
    code: 'data-set.unknown',
    message: [`没有数据集“${name.slice(0, 80)}”。`, `There is no data set “${name.slice(0, 80)}”.`],
    basis: ['只开放定义中标明公开的内容。', 'Only what the definitions mark as public is open.'],
    remedy: [`已有：${known.join('、')}`, `There are: ${known.join(', ')}`],
  })
}
