import { attachment } from './attachment.ts'
import { deadlinesOf } from '#engine/clocks.ts'
import { documentArticle } from '#documents/html.ts'
import { documentDocx } from '#documents/docx.ts'
import { concernSeen } from './reader.ts'
import { fill } from '#documents/fill.ts'
import { foldCase } from '#engine/apply-step.ts'
import { systemNamed } from '#engine/system.ts'
import { html } from './markup.ts'
import { maskDocument, maskedTemplate, maskedValues } from './masked-document.ts'
import { organNames, seqOf } from './cases.ts'
import { page } from './page.ts'
import { printer } from './printer.ts'
import { readCase } from '#store/read-case.ts'
import { readOpenCase } from '#store/read-open-case.ts'
import { Refusal } from '#engine/refusal.ts'
import { words } from './words.ts'
import type { Calendar } from '#engine/calendar.ts'
import type { Case } from '#engine/case.ts'
import type { Definition } from '#engine/definition.ts'
import type { DocumentTemplate } from '#engine/document-template.ts'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Field, Fields } from '#engine/field.ts'
import type { OfficialDocument } from '#documents/official-document.ts'
import type { OpenCase } from '#store/read-open-case.ts'
import type { Services } from './services.ts'
import type { System } from '#engine/system.ts'

/** `/cases/:id/documents/:seq/:document.(pdf|docx|html)`: a document that a step produced, filled from the case as it stood after that step,
 * and masked. As it was issued it is read through the API, for a purpose. */
export function documentRoutes(app: FastifyInstance, services: Services): void {
  app.get<{ Params: { id: string; seq: string; file: string } }>('/cases/:id/documents/:seq/:file', async (request, reply) => {
    const { view } = request
    const { id, seq, file } = request.params
    await concernSeen(request, services, id)
    const made = await documentOf(services, id, seq, file, false)
    if (made.form !== 'html') return sendFile(reply, made)
    const { document, template, name } = made
    const path = `/cases/${id}/documents/${seq}/${name}`
    return reply.type('text/html; charset=utf-8').send(
      String(
        page(view, {
          title: template.name,
          above: [
            { href: '/cases', name: words.cases },
            { href: `/cases/${id}`, name: words.caseTitle(made.caseNumber) },
          ],
          section: 'cases',
          withDocument: true,
          main: html`<p class="downloads"><a class="button" href="${path}.pdf">PDF</a> <a class="button" href="${path}.docx">DOCX</a></p>
            ${documentArticle(document)}`,
        }),
      ),
    )
  })
}

interface Made {
  readonly document: OfficialDocument
  readonly template: DocumentTemplate
  readonly number: string | null
}

/** A document in the form asked for. */
interface Asked extends Made {
  readonly name: string
  readonly form: 'pdf' | 'docx' | 'html'
  /** `<document>.<form>`, and the name under which it is saved. */
  readonly file: string
  readonly savedAs: string
  readonly caseNumber: string
  readonly procedure: string
}

/**
 * The document that a step produced.
 *
 * @param file `<document>.<form>`
 * @param reveal with the parties' real particulars; else they are masked
 * @throws Refusal `case.unknown` · `document.not-of-step`
 */
export async function documentOf(services: Services, id: string, seq: string, file: string, reveal: boolean): Promise<Asked> {
  const [, name, form] = /^([\w-]+)\.(pdf|docx|html)$/.exec(file) ?? []
  const open = await readOpenCase(services.store, services.catalogue, id)
  const { number: caseNumber } = open.theCase
  const made = name === undefined ? undefined : await makeDocument(services, open, seqOf(seq), name, reveal)
  if (made === undefined) throw notOfStep(open.theCase, seq, file)
  const savedAs = `${made.template.name[0]} ${made.number ?? caseNumber}${reveal ? '' : '（已遮蔽）'}.${form}`
  return { ...made, name: name!, form: form as Asked['form'], file, savedAs, caseNumber, procedure: open.theCase.procedure }
}

/** A document as the bytes of its file. */
export async function documentBytes({ document, form }: Asked): Promise<Buffer> {
  return Buffer.from(form === 'docx' ? await documentDocx(document) : printer().print(document).pdf)
}

/** Sends a document as a file to be saved. */
export async function sendFile(reply: FastifyReply, asked: Asked, bytes?: Buffer): Promise<FastifyReply> {
  const type = asked.form === 'docx' ? 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' : 'application/pdf'
  return reply
    .header('content-disposition', attachment(asked.file, asked.savedAs))
    .type(type)
    .send(bytes ?? (await documentBytes(asked)))
}

/** Fields that hold an organ print its name of that day. */
function organLabels(definition: Definition, organs: ReadonlyMap<string, string>): Record<string, Record<string, string>> {
  const names = Object.fromEntries(organs)
  const isOrgan = ({ kind, of }: Field): boolean => kind === 'organ' || (kind === 'list' && (of as Field | undefined)?.kind === 'organ')
  const fields = Object.values(definition.steps).flatMap(({ input }) => Object.entries(input ?? {}))
  return Object.fromEntries(fields.filter(([, field]) => isOrgan(field)).map(([name]) => [name, names]))
}

/** `undefined` where the step did not produce such a document. */
async function makeDocument(services: Services, open: OpenCase, seq: number, id: string, reveal: boolean): Promise<Made | undefined> {
  const { store, catalogue, calendar, place } = services
  const { theCase } = open
  // The version under which the step was taken: its documents keep their articles when the case goes on under another law.
  const definition = open.law.of(seq)
  const system = systemNamed(catalogue, theCase.procedure)
  const row = open.documents.find((one) => one.seq === seq && one.document === id)
  const taken = theCase.steps.find((step) => step.seq === seq)
  const template = definition.parts.documents[id]
  if (!row || !taken || !template) return undefined
  const organs = await organNames(services, row.issuedOn)
  const options = {
    // An organ of the register signs by its name; a post outside government by what it is.
    issuer: organs.get(taken.by.organ) ?? definition.posts[taken.by.post]?.name[0] ?? place.issuer[0],
    date: row.issuedOn,
    labels: { ...labelsOf(definition), ...organLabels(definition, organs) },
    ...(row.number === null ? {} : { number: row.number }),
  }
  if (reveal) {
    const whole = await readCase(store.pool, store.region, theCase.id, catalogue)
    const values = valuesOf(definition, asItStood(system, whole.theCase, seq), calendar)
    return { document: fill(template, values, options), template, number: row.number }
  }
  const masks = maskedValues(open, seq)
  const document = fill(
    maskedTemplate(template, definition),
    { ...valuesOf(definition, asItStood(system, theCase, seq), calendar), ...masks },
    options,
  )
  return { document: maskDocument(document), template, number: row.number }
}

/** What a document prints: the fields of the case, and the last days of its clocks. */
function valuesOf(definition: Definition, theCase: Case, calendar: Calendar): Record<string, unknown> {
  return { ...theCase.fields, deadlines: deadlinesOf(definition, theCase, calendar) }
}

/** The case after one of its steps. */
function asItStood(system: System, theCase: Case, seq: number): Case {
  const { region, id, number, openedUnder } = theCase
  return foldCase(system, { region, id, number, ...openedUnder }, theCase.steps.slice(0, seq))
}

/** What a choice prints, in Chinese: official documents are. Those within a list's records print alike. */
function labelsOf(definition: Definition): Record<string, Record<string, string>> {
  const labels: Record<string, Record<string, string>> = {}
  const see = (fields: Fields): void => {
    for (const [name, field] of Object.entries(fields)) {
      const of = field.of !== undefined && isField(field.of) ? field.of : undefined
      const options = field.options ?? of?.options
      if (options)
        labels[name] = { ...labels[name], ...Object.fromEntries(Object.entries(options).map(([value, both]) => [value, both[0]])) }
      if (field.of !== undefined && of === undefined) see(field.of as Fields)
    }
  }
  for (const { input } of Object.values(definition.steps)) see(input ?? {})
  return labels
}

function isField(of: Field | Fields): of is Field {
  return typeof (of as Field).kind === 'string'
}

function notOfStep(theCase: Case, seq: string, file: string): Refusal {
  return new Refusal({
    code: 'document.not-of-step',
    message: [`案件 ${theCase.number} 第 ${seq} 步没有文书“${file}”。`, `Step ${seq} of case ${theCase.number} has no document “${file}”.`],
    basis: ['文书由产生它的步骤制作，格式为 pdf、docx 或 html。', 'A document is made by the step that produces it, as pdf, docx or html.'],
    remedy: ['请从案件页面进入。', 'Start from the page of the case.'],
  })
}
