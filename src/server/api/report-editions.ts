import { attachment } from '../attachment.ts'
import { checkNarrative } from '../check-narrative.ts'
import { composedReport, editorOf, narrativeOf, yearIn } from './reports.ts'
import { createHash } from 'node:crypto'
import { documentDocx } from '#documents/docx.ts'
import { editionNumbered, freezeEdition, listEditions, readDraft } from '#store/report-editions.ts'
import { figureSources } from '#store/report-source.ts'
import { liveReport } from '../live-report.ts'
import { printer } from '../printer.ts'
import { read } from './cases.ts'
import { Refusal } from '#engine/refusal.ts'
import { readerOf, refuseUnlessOverlooking } from '../reader.ts'
import { reportDocument } from '#documents/report-document.ts'
import { reportHtml } from '#documents/report-html.ts'
import { seal } from '#store/ledger.ts'
import { writtenMark } from '#store/read-checkpoints.ts'
import { z } from 'zod'
import type { AnnualReport } from '#readings/annual-report.ts'
import type { Edition, ReportDraft } from '#store/report-editions.ts'
import type { FigureSource } from '#readings/figure-source.ts'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Services } from '../services.ts'
import type { View } from '../view.ts'

/** An edition with the report itself; its exact text, which was hashed, is the edition's `.txt`. */
export interface EditionWholeJson extends Edition {
  readonly report: AnnualReport
}

const freezing = z.object({
  /** The version that was read, and how many findings its check had: who freezes has seen them. */
  expected: z.number().int().min(0),
  findingsSeen: z.number().int().min(0),
})

/** How often the figures are computed again where cases were written while they were. */
const TRIES = 5

/** How many cases of each counting stand in the file that is handed out. */
const RECORDS_IN_FILE = 20

/** `/reports/:year/editions`: the report as published, frozen under a checkpoint; `draft` is the one being written. */
export function reportEditionApi(api: FastifyInstance, services: Services): void {
  const { store, now } = services

  api.post<{ Params: { year: string } }>(
    '/reports/:year/editions',
    { schema: { summary: ['定稿', 'Freeze an edition'], answer: 'EditionJson' } },
    async (request, reply) => {
      const by = editorOf(request)
      const year = yearIn(request)
      const { expected, findingsSeen } = read(freezing, request.body)
      const draft = await readDraft(store, year)
      const report = await sealedReport(services, year, draft)
      const toAnswer = checkNarrative(report, narrativeOf(draft)).length
      if (toAnswer !== findingsSeen) throw findingsNotSeen(findingsSeen, toAnswer)
      const text = JSON.stringify(report)
      const edition = await freezeEdition(store, {
        year,
        expected,
        frozen: {
          checkpoint: report.checkpoint!,
          figures: Object.fromEntries(report.figures.map(({ figure, text: printed }) => [figure.id, printed])),
          report: text,
          sha256: createHash('sha256').update(text).digest('hex'),
        },
        by,
        at: now(),
      })
      return reply.code(201).send(edition)
    },
  )

  api.get<{ Params: { year: string } }>(
    '/reports/:year/editions',
    { schema: { summary: ['定稿版本', 'Editions'], answer: 'EditionsJson' } },
    async (request): Promise<{ editions: Edition[] }> => {
      refuseUnlessOverlooking(request)
      return { editions: await listEditions(store, yearIn(request)) }
    },
  )

  api.get<{ Params: { year: string; name: string } }>(
    '/reports/:year/editions/:name',
    { schema: { summary: ['一个定稿版本', 'One edition'] } },
    async (request, reply) => {
      refuseUnlessOverlooking(request)
      const year = yearIn(request)
      const [, name, form] = /^(draft|[1-9]\d{0,3})(?:\.(docx|pdf|html|txt))?$/.exec(request.params.name) ?? []
      if (name === undefined) throw notAnEdition(request.params.name)
      if (name === 'draft') {
        const report = composedReport(await liveReport(services, year), await readDraft(store, year))
        if (form === undefined || form === 'txt') return reply.send(report)
        const sources =
          form === 'html'
            ? await figureSources(
                store,
                services.catalogue,
                services.report.figures,
                report.period,
                RECORDS_IN_FILE,
                readerOf(request, services),
              )
            : undefined
        return sendReport(reply, report, form, request.view, sources)
      }
      const { report: text, ...edition } = await editionNumbered(store, year, Number(name))
      if (form === 'txt') return reply.type('text/plain; charset=utf-8').send(text)
      const report = JSON.parse(text) as AnnualReport
      return form === undefined ? reply.send({ ...edition, report }) : sendReport(reply, report, form, request.view)
    },
  )
}

/** The report computed under a checkpoint that covers every record that it rests on: where cases are written meanwhile it is computed again. */
async function sealedReport(services: Services, year: number, draft: ReportDraft): Promise<AnnualReport> {
  const { store, now } = services
  for (let tried = 0; tried < TRIES; tried += 1) {
    await seal(store, now())
    const mark = await writtenMark(store)
    const report = composedReport(await liveReport(services, year), draft)
    if (report.checkpoint !== null && mark === (await writtenMark(store))) return report
  }
  throw recordsMoving()
}

/** Sends a report as a file. @param sources what figures rest on today; an edition has none, for its records go on */
export async function sendReport(
  reply: FastifyReply,
  report: AnnualReport,
  form: string,
  { language, say }: View,
  sources?: readonly FigureSource[],
): Promise<FastifyReply> {
  reply.header('content-disposition', attachment(`report-${report.year}.${form}`, `${say(report.title)}.${form}`))
  if (form === 'docx') {
    const bytes = await documentDocx(reportDocument(report, language))
    return reply.type('application/vnd.openxmlformats-officedocument.wordprocessingml.document').send(Buffer.from(bytes))
  }
  if (form === 'pdf') {
    const { pdf } = printer().print(reportDocument(report, language))
    return reply.type('application/pdf').send(Buffer.from(pdf))
  }
  return reply.type('text/html; charset=utf-8').send(reportHtml(report, { language, ...(sources ? { sources } : {}) }))
}

function findingsNotSeen(seen: number, found: number): Refusal {
  return new Refusal({
    code: 'report.findings-not-seen',
    message: [`校核现有 ${found} 项，您看到的是 ${seen} 项，未定稿。`, `The check finds ${found}; you saw ${seen}. Nothing was frozen.`],
    basis: [
      '定稿的人须看过全部校核结果；数据在此期间可能有变。',
      'Who freezes the report has seen what its check finds; the figures may have changed meanwhile.',
    ],
    remedy: ['请重新读取报告，看过校核结果后再定稿。', 'Read it again, look at the findings, then freeze it.'],
  })
}

function recordsMoving(): Refusal {
  return new Refusal({
    code: 'report.records-moving',
    message: [
      '办案记录正在持续写入，未能在同一检查点下算出全部数据。',
      'Cases are being written without pause: the figures could not be computed under one checkpoint.',
    ],
    basis: ['定稿的数据须全部出自其检查点封存的记录。', 'An edition rests on the records that its checkpoint seals, and on no others.'],
    remedy: ['请稍后再试。', 'Try again a little later.'],
  })
}

function notAnEdition(name: string): Refusal {
  return new Refusal({
    code: 'report.edition-unknown',
    message: [`没有定稿“${name}”。`, `There is no edition “${name}”.`],
    basis: ['定稿以序号命名；draft 是正在编写的一稿。', 'Editions are named by their number; draft is the one being written.'],
    remedy: ['请从报告页面选择。', 'Choose one on the page of the report.'],
  })
}
