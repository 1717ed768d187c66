import { articlesOf } from './form.ts'
import { attachment } from '../attachment.ts'
import { dateIn } from '#engine/day.ts'
import { fieldsNamed } from '#documents/fill.ts'
import { numberText } from '#store/number-series.ts'
import { printer } from '../printer.ts'
import { Refusal } from '#engine/refusal.ts'
import { sampleOf } from '../template-sample.ts'
import { sendFramed } from './framed-document.ts'
import { viewerOf } from '../reader.ts'
import type { Definition } from '#engine/definition.ts'
import type { DocumentTemplate } from '#engine/document-template.ts'
import type { FastifyInstance } from 'fastify'
import type { Services } from '../services.ts'
import type { View } from '../view.ts'

/** A document template of one version of a procedure. */
export interface TemplateJson {
  readonly id: string
  readonly name: string
  /** Names of the steps that make it. */
  readonly steps: readonly string[]
  readonly articles: readonly string[]
  /** The fields that it prints, by what forms call them. */
  readonly placeholders: readonly string[]
  /** What its numbers look like; null where it bears none. */
  readonly numbered: string | null
}

export interface TemplateVersionJson {
  readonly procedure: string
  readonly procedureName: string
  readonly from: string
  readonly until: string | null
  readonly templates: readonly TemplateJson[]
}

/** `/templates`: the documents of every version of every procedure. They are part of the definitions: nobody edits them here. */
export function templateApi(api: FastifyInstance, { catalogue, now }: Services): void {
  api.get(
    '/templates',
    { schema: { summary: ['文书模板', 'Document templates'], answer: 'TemplateVersionJson[]' } },
    async (request): Promise<readonly TemplateVersionJson[]> => {
      viewerOf(request)
      const { view } = request
      return catalogue.flatMap(({ definitions }) =>
        definitions.toReversed().map((definition) => ({
          procedure: definition.id,
          procedureName: view.say(definition.name),
          from: definition.inForce.from,
          until: definition.inForce.until ?? null,
          templates: Object.values(definition.parts.documents).map((template) => templateJson(template, definition, view)),
        })),
      )
    },
  )

  api.get<{ Params: { procedure: string; from: string; file: string } }>(
    '/templates/:procedure/:from/:file',
    { schema: { summary: ['文书模板样张', 'What a template looks like'], refusals: ['template.unknown'] } },
    async (request, reply) => {
      viewerOf(request)
      const { procedure, from, file } = request.params
      const [, id, form] = /^([\w-]+)\.(html|pdf)$/.exec(file) ?? []
      const definition = catalogue.find((system) => system.id === procedure)?.definitions.find(({ inForce }) => inForce.from === from)
      const template =
        id !== undefined && definition && Object.hasOwn(definition.parts.documents, id) ? definition.parts.documents[id] : undefined
      if (!template || !definition) throw unknownTemplate(file)
      const sample = sampleOf(template, definition, dateIn(now()))
      if (form === 'html') return sendFramed(reply, template.name[0], sample)
      return reply
        .type('application/pdf')
        .header('content-disposition', attachment(file, `${template.name[0]}（样张）.pdf`))
        .send(Buffer.from(printer().print(sample).pdf))
    },
  )
}

function templateJson(template: DocumentTemplate, definition: Definition, view: View): TemplateJson {
  const makers = Object.values(definition.steps).filter(({ produces }) => produces?.includes(template.id))
  const labels = new Map(
    Object.values(definition.steps).flatMap(({ input }) =>
      Object.entries(input ?? {}).map(([name, field]) => [name, view.say(field.name)] as const),
    ),
  )
  return {
    id: template.id,
    name: view.say(template.name),
    steps: makers.map(({ name }) => view.say(name)),
    articles: [...new Set(makers.flatMap(({ article }) => articlesOf(article, view)))],
    placeholders: fieldsNamed(template).flatMap((name) => labels.get(name) ?? []),
    numbered: template.series === undefined ? null : numberText(template.series, Number(definition.inForce.from.slice(0, 4)), 1),
  }
}

function unknownTemplate(file: string): Refusal {
  return new Refusal({
    code: 'template.unknown',
    message: [`没有文书模板“${file}”。`, `There is no template “${file}”.`],
    basis: ['模板由程序的定义列出，样张为 html 或 pdf。', 'Definitions list the templates; a sample is html or pdf.'],
    remedy: ['请从模板列表选择。', 'Choose one from the list.'],
  })
}
