import { answer, variantOf } from '../view.ts'
import { chartStyleHash, flowChartImage, flowChartWords } from '../flow-chart.ts'
import { cited } from '#engine/citation.ts'
import { dateIn } from '#engine/day.ts'
import { day, readQuery } from '../query.ts'
import { definitionOn, systemNamed } from '#engine/system.ts'
import { guideOf } from '#readings/guide.ts'
import { guidePage } from './guide-page.ts'
import { handInStep } from '#engine/online.ts'
import { html } from '../markup.ts'
import { mattersOn, versionAddress, versionShown } from './matters.ts'
import { page } from '../page.ts'
import { Refusal } from '#engine/refusal.ts'
import { say } from '#engine/words.ts'
import { sendKept } from './kept-page.ts'
import { words } from '../words.ts'
import type { Definition } from '#engine/definition.ts'
import type { FastifyInstance } from 'fastify'
import type { KeptPages } from './kept-page.ts'
import type { Language } from '#engine/words.ts'
import type { Markup } from '../markup.ts'
import type { Services } from '../services.ts'
import type { System } from '#engine/system.ts'
import type { View } from '../view.ts'

/** `/portal/guides`, `/portal/guides/:procedure[?on=YYYY-MM-DD]` and its chart. */
export function guideRoutes(app: FastifyInstance, { catalogue, now }: Services, pages: KeptPages): void {
  app.get('/portal/guides', { config: { open: true } }, async (request, reply) => {
    const today = dateIn(now())
    if (request.view.wantsJson)
      return answer(request, reply, {
        json: {
          guides: catalogue.map(({ id, definitions }) => ({
            id,
            name: definitions.at(-1)!.name,
            versions: definitions.map(({ inForce }) => inForce),
          })),
        },
        page: () => html``,
      })
    const view: View = { ...request.view, path: '/portal/guides' }
    const versions = catalogue.map((system) => versionShown(system, today).inForce.from).join()
    return sendKept(
      request,
      reply,
      await pages.page(`guides ${variantOf(view)} ${versions}`, () => String(listPage(catalogue, today, view))),
    )
  })

  app.get<{ Params: { procedure: string } }>('/portal/guides/:procedure', { config: { open: true } }, async (request, reply) => {
    const system = systemNamed(catalogue, request.params.procedure)
    const { on } = readQuery({ on: day.optional() }, request.query)
    const current = versionShown(system, dateIn(now()))
    const definition = on === undefined ? current : definitionOn(system, on)
    const guide = guideOf(definition)
    if (request.view.wantsJson) return answer(request, reply, { json: guide, page: () => html`` })
    // The page is the same whatever day of the version was asked for: what a reader typed is not kept.
    const view: View = { ...request.view, path: versionAddress(definition, current) }
    const key = `guide ${system.id} ${definition.inForce.from} ${current.inForce.from} ${variantOf(view)}`
    const kept = await pages.page(key, async () => {
      const { width, height } = await flowChartImage(definition, view)
      const chart = { src: chartAddress(definition, view.language), width, height, inWords: flowChartWords(definition, view) }
      const takesOnline = definition === current && handInStep(definition) !== undefined
      return String(guidePage(guide, { chart, takesOnline, current, versions: system.definitions }, view))
    })
    return sendKept(request, reply, kept)
  })

  app.get<{ Params: { procedure: string; from: string; file: string } }>(
    '/portal/guides/:procedure/:from/:file',
    { config: { open: true } },
    async (request, reply) => {
      const { procedure, from, file } = request.params
      const definition = systemNamed(catalogue, procedure).definitions.find(({ inForce }) => inForce.from === from)
      const language = /^flow-chart\.(zh|en)\.svg$/.exec(file)?.[1] as Language | undefined
      if (!definition || !language) throw noSuchChart()
      const view = { language, say: (both: readonly [string, string]) => say(both, language) }
      const kept = await pages.page(`chart ${procedure} ${from} ${language}`, async () => (await flowChartImage(definition, view)).svg)
      reply.header('content-security-policy', `default-src 'none'; style-src ${chartStyleHash}; frame-ancestors 'none'`)
      return sendKept(request, reply, kept, 'image/svg+xml')
    },
  )
}

function chartAddress({ id, inForce }: Definition, language: Language): string {
  return `/portal/guides/${id}/${inForce.from}/flow-chart.${language}.svg`
}

function listPage(catalogue: readonly System[], today: string, view: View): Markup {
  const { brought, own } = mattersOn(catalogue, today)
  const section = (id: string, title: string, definitions: readonly Definition[]) =>
    definitions.length === 0
      ? ''
      : html`<section aria-labelledby="${id}">
          <h2 id="${id}">${title}</h2>
          <ul class="found">
            ${definitions.map((current) => html`<li>${listLine(systemNamed(catalogue, current.id), current, view)}</li> `)}
          </ul>
        </section>`
  return page(view, {
    title: words.guides,
    description: words.guidesAre,
    section: 'guides',
    main: html`<p class="lead">${view.say(words.guidesAre)}</p>
      ${section('bring', view.say(words.whatYouCanBring), brought)} ${section('own', view.say(words.whatGovernmentDoes), own)}`,
  })
}

function listLine({ definitions }: System, current: Definition, { say: said, language }: View): Markup {
  const others = definitions.filter((one) => one !== current)
  const basis = [...new Set(current.basis.map((one) => (one.article === undefined ? cited(one, language) : one.law)))]
  return html`<a href="${versionAddress(current, current)}">${said(current.name)}</a>
    <span class="quiet small">${basis.join(said(words.listComma))}</span>
    ${
      others.length === 0
        ? ''
        : html`<p class="small">
            ${said(words.versions)}${said(words.colon)}${others.map(
              (one, index) =>
                html`${index === 0 ? '' : said(words.listComma)}<a href="${versionAddress(one, current)}"
                    >${one.inForce.from} – ${one.inForce.until ?? ''}</a
                  >`,
            )}
          </p>`
    }`
}

function noSuchChart(): Refusal {
  return new Refusal({
    code: 'chart.unknown',
    message: ['没有这张流程图。', 'There is no such flow chart.'],
    basis: ['流程图按程序、版本和语言各有一张。', 'There is one for each procedure, version and language.'],
    remedy: ['请从办事指南的页面打开。', 'Open it from the page of the guide.'],
  })
}
