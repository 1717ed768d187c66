import { answer } from './view.ts'
import { attachment } from './attachment.ts'
import { day, readQuery } from './query.ts'
import { definitionHash, definitionJson } from '#readings/definition-json.ts'
import { flowChart } from './flow-chart.ts'
import { html } from './markup.ts'
import { page, scrolling } from './page.ts'
import { procedurePage } from './procedure-page.ts'
import { Refusal } from '#engine/refusal.ts'
import { systemNamed } from '#engine/system.ts'
import { words } from './words.ts'
import type { Definition } from '#engine/definition.ts'
import type { FastifyInstance } from 'fastify'
import type { Markup } from './markup.ts'
import type { Services } from './services.ts'
import type { System } from '#engine/system.ts'
import type { View } from './view.ts'

/** `/procedures` and `/procedures/:id`: what a definition says, read off. */
export function procedureRoutes(app: FastifyInstance, { catalogue }: Services): void {
  app.get('/procedures', { config: { open: true } }, (request, reply) => {
    const { view } = request
    return answer(request, reply, {
      json: {
        procedures: catalogue.map(({ id, definitions }) => ({
          id,
          name: definitions.at(-1)!.name,
          versions: definitions.map(({ inForce }) => inForce),
        })),
      },
      page: () =>
        page(view, {
          title: words.procedures,
          section: 'procedures',
          main: html`<p class="lead">${view.say(words.proceduresAre)}</p>
            ${procedureTable(catalogue, view)}`,
        }),
    })
  })

  app.get<{ Params: { id: string } }>('/procedures/:id', { config: { open: true } }, async (request, reply) => {
    const { view } = request
    const system = systemNamed(catalogue, request.params.id)
    const { version } = readQuery({ version: day.optional() }, request.query)
    const definition = versionOf(system, version)
    if (view.wantsJson) {
      const name = `${system.id}.${definition.inForce.from}.json`
      return reply
        .header('content-disposition', attachment(name))
        .type('application/json; charset=utf-8')
        .send(JSON.stringify({ hash: definitionHash(definition), ...definitionJson(definition) }, null, 2))
    }
    const chart = await flowChart(definition, view)
    return answer(request, reply, { json: undefined, page: () => procedurePage(system, definition, chart, view) })
  })
}

function procedureTable(catalogue: readonly System[], view: View): Markup {
  const { say } = view
  return scrolling(
    say(words.procedures),
    html`<table>
      <caption>
        ${say(words.procedures)}
      </caption>
      <thead>
        <tr>
          <th scope="col">${say(words.procedure)}</th>
          <th scope="col">${say(words.versions)}</th>
          <th scope="col" class="number">${say(words.states)}</th>
          <th scope="col" class="number">${say(words.steps)}</th>
          <th scope="col" class="number">${say(words.clocks)}</th>
        </tr>
      </thead>
      <tbody>
        ${catalogue.map(({ id, definitions }) => {
          const current = definitions.at(-1)!
          const size = (record: object) => Object.keys(record).length
          return html`<tr>
            <th scope="row"><a href="/procedures/${id}">${say(current.name)}</a></th>
            <td>
              ${definitions.map(({ inForce }, index) => html`${index === 0 ? '' : say(words.listComma)}<a href="/procedures/${id}?version=${inForce.from}">${inForce.from}</a>`)}
            </td>
            <td class="number">${size(current.states)}</td>
            <td class="number">${size(current.steps)}</td>
            <td class="number">${size(current.clocks)}</td>
          </tr> `
        })}
      </tbody>
    </table>`,
  )
}

/** @throws Refusal `version.unknown` */
function versionOf(system: System, from: string | undefined): Definition {
  const found = from === undefined ? system.definitions.at(-1) : system.definitions.find(({ inForce }) => inForce.from === from)
  if (found) return found
  const known = system.definitions.map(({ inForce }) => inForce.from)
  const [zh, en] = system.definitions.at(-1)!.name
  throw new Refusal({
    code: 'version.unknown',
    message: [`“${zh}”没有自 ${from} 起施行的版本。`, `“${en}” has no version in force from ${from}.`],
    basis: ['法律修改一次，程序有一个版本。', 'Each change of the law is a version.'],
    remedy: [`已有：${known.join('、')}`, `Known: ${known.join(', ')}`],
  })
}
