import { administratorOf } from '../reader.ts'
import { attachment } from '../attachment.ts'
import { csvOf, xlsxOf } from '../table-file.ts'
import { day, readQuery, word } from '../query.ts'
import { instantText } from '#engine/day.ts'
import { listEvents } from '#store/read-events.ts'
import { logEvent } from '#store/log-event.ts'
import { z } from 'zod'
import type { EventQuery, EventRead } from '#store/read-events.ts'
import type { FastifyInstance } from 'fastify'
import type { Services } from '../services.ts'

const KINDS = [
  'reading',
  'export',
  'sign-in',
  'administration',
  'assignment',
  'recusal',
  'publication',
  'hand-in',
  'acknowledgement',
] as const
const PAGE_OF_EXPORT = 1000

const filters = {
  kind: z.enum(KINDS).optional(),
  person: word.optional(),
  from: day.optional(),
  until: day.optional(),
}

/** Where a page of events goes on: `INSTANT_NUMBER`. */
const afterEvent = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ_\d{1,15}$/)
  .transform((text) => [text.slice(0, text.indexOf('_')), Number(text.slice(text.indexOf('_') + 1))] as const)

type Rows = AsyncIterable<readonly string[]>

/** `at` is in Beijing time, as everything that people read. */
export type AuditEventJson = EventRead

export interface AuditEventsJson {
  readonly events: readonly AuditEventJson[]
  /** What to ask `after` for the next page; null on the last. */
  readonly next: string | null
}

/** `/audit-events`: readings of personal data, exports, failed sign-ins, administration, as the ledger has them; the audit administrator's. */
export function auditApi(api: FastifyInstance, { store, now }: Services): void {
  api.get(
    '/audit-events',
    { schema: { summary: ['审计记录', 'What the ledger keeps beside steps'], answer: 'AuditEventsJson' } },
    async (request): Promise<AuditEventsJson> => {
      administratorOf(request, 'audit')
      const { limit, ...wanted } = readQuery(
        { ...filters, after: afterEvent.optional(), limit: z.coerce.number().int().min(1).max(200).default(50) },
        request.query,
      )
      const found = await listEvents(store, { ...given(wanted), limit: limit + 1 })
      const events = found.slice(0, limit)
      const last = events.at(-1)
      return { events: events.map(inBeijing), next: found.length > limit && last ? `${last.at}_${last.id}` : null }
    },
  )

  for (const [form, type, fileOf] of [
    ['csv', 'text/csv; charset=utf-8', csvOf],
    ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', (rows: Rows) => xlsxOf('审计记录', rows)],
  ] as const) {
    api.get(
      `/audit-events.${form}`,
      { schema: { summary: [`导出审计记录（${form.toUpperCase()}）`, `The same as ${form.toUpperCase()}`] } },
      async (request, reply) => {
        const by = administratorOf(request, 'audit')
        const wanted = given(readQuery(filters, request.query))
        const at = now()
        // Before anything leaves: an export of the log is in the log.
        await logEvent(store, { kind: 'export', by, what: { did: 'export-audit-events', ...wanted }, at })
        return reply
          .type(type)
          .header('content-disposition', attachment(`audit-events.${form}`, `审计日志 ${at.slice(0, 10)}.${form}`))
          .send(fileOf(rowsOf(wanted)))
      },
    )
  }

  async function* rowsOf(wanted: Omit<EventQuery, 'limit'>): AsyncGenerator<readonly string[]> {
    yield ['时间', '类别', '人员', '岗位', '机构', '对象', '内容', '存证']
    for (let after: EventQuery['after']; ;) {
      const page = await listEvents(store, { ...wanted, ...(after ? { after } : {}), limit: PAGE_OF_EXPORT })
      for (const { kind, at, by, of, what, hash } of page)
        yield [beijing(at), kind, by.person, by.post, by.organ, of ?? '', JSON.stringify(what), hash]
      const last = page.at(-1)
      if (!last || page.length < PAGE_OF_EXPORT) return
      after = [last.at, last.id]
    }
  }
}

function inBeijing(event: EventRead): AuditEventJson {
  return { ...event, at: beijing(event.at) }
}

/** A leaf is written in UTC. */
function beijing(at: string): string {
  return instantText(Date.parse(at))
}

/** Without what was not asked for. */
function given<Query extends object>(query: Query): { [Key in keyof Query]: Exclude<Query[Key], undefined> } {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)) as never
}
