import { concernSeen } from '../reader.ts'
import { documentBytes, documentOf, sendFile } from '../documents.ts'
import { purpose } from './readings.ts'
import { readQuery } from '../query.ts'
import { recordIssue, recordReading } from './acting.ts'
import { sendFramed } from './framed-document.ts'
import { z } from 'zod'
import type { FastifyInstance } from 'fastify'
import type { Services } from '../services.ts'

/**
 * `/cases/:id/documents/:seq/:document.(html|pdf|docx)`: a document, masked; `?reveal=1&purpose=…` as it was issued, for who may read who the
 * people of the case are: that reading is in the ledger before the document is made.
 */
export function documentApi(api: FastifyInstance, services: Services): void {
  api.get<{ Params: { id: string; seq: string; file: string } }>(
    '/cases/:id/documents/:seq/:file',
    { schema: { summary: ['文书', 'A document'] } },
    async (request, reply) => {
      const { id, seq, file } = request.params
      const query = readQuery({ reveal: z.literal('1').optional(), purpose: purpose.optional() }, request.query)
      await concernSeen(request, services, id)
      const reveal = query.reveal === '1'
      if (reveal)
        await recordReading(request, services, id, { purpose: readQuery({ purpose }, request.query).purpose, document: `${seq}/${file}` })
      const made = await documentOf(services, id, seq, file, reveal)
      if (made.form !== 'html') {
        if (!reveal) return sendFile(reply, made)
        const bytes = await documentBytes(made)
        await recordIssue(request, services, id, made, bytes)
        return sendFile(reply, made, bytes)
      }
      return sendFramed(reply, made.template.name[0], made.document)
    },
  )
}
