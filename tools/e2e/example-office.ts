import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createServer } from '#server/server.ts'
import { example, exampleSystem } from '#engine/example.ts'
import { file, list, open, optional, text } from '#engine/field.ts'
import { openStore } from '#store/store.ts'
import { place } from '#district/place.ts'
import { platform } from '#engine/citation.ts'
import { publishedCalendar } from '#district/calendar.ts'
import type { Definition } from '#engine/definition.ts'
import type { FastifyInstance } from 'fastify'
import type { Office } from '#store/take-step.ts'
import type { ServerOptions } from '#server/server.ts'
import type { System } from '#engine/system.ts'
import type { Viewer } from '#identity/viewer.ts'

const attaching: Definition = {
  ...example,
  steps: {
    ...example.steps,
    attach: {
      name: ['附件', 'Attach'],
      by: 'clerk',
      from: ['received', 'running'],
      input: {
        note: optional(text('说明', 'Note')),
        papers: optional(list('材料', 'Papers', file('材料', 'Paper'))),
        notice: optional(open(file('公告', 'Notice'))),
      },
      article: platform,
    },
  },
}

/** The engine's example with a step that takes files, one of them public. */
export const attachingSystem: System = { ...exampleSystem, definitions: [attaching] }

const post = (person: string, holding: { post: string; organ: string }, more: object = {}): Viewer => ({
  person,
  holdings: [{ key: person, procedures: ['example'], as: 'regular', ...holding, ...more }],
})

/** Who knocks, by the name in `x-person`; all invented. */
export const people: Readonly<Record<string, Viewer>> = {
  clerk: post('虚构甲', { post: 'clerk', organ: 'justice' }),
  colleague: post('虚构乙', { post: 'clerk', organ: 'justice' }),
  head: post('虚构丙', { post: 'head', organ: 'justice' }),
  elsewhere: post('虚构丁', { post: 'clerk', organ: 'civil' }),
  supervisor: post('虚构戊', { post: 'clerk', organ: 'gov' }, { supervises: true }),
  system: { person: '虚构己', holdings: [], administrator: 'system' },
  audit: { person: '虚构庚', holdings: [], administrator: 'audit' },
}

/** An office of the example for tests of the API: a database of its own, and people who are who they say. */
export interface ExampleOffice {
  readonly office: Office
  readonly app: FastifyInstance
  /** Who the office takes part for now; a test moves it. */
  now: string
  /** Sends a request as somebody; a write brings a key of its own. */
  as(
    person: string | undefined,
    method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH' | 'HEAD',
    url: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Awaited<ReturnType<FastifyInstance['inject']>>>
  /** Opens a case as the clerk. @returns its id */
  opened(applicant?: string): Promise<string>
  /** Another server process on the same database, as far as it can tell. */
  restart(): Promise<void>
  close(): Promise<void>
}

export async function exampleOffice(options: Partial<ServerOptions> = {}, connections?: number): Promise<ExampleOffice> {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'yifa-example-'))
  fs.chmodSync(root, 0o755) // the database's user must reach it
  const store = await openStore({ folder: path.join(root, 'data'), region: '321302', as: 'own', ...(connections ? { connections } : {}) })
  const office = { store, catalogue: [attachingSystem], calendar: publishedCalendar }
  let keys = 0
  const own: ExampleOffice = {
    office,
    now: '2024-03-05T10:00:00+08:00',
    app: undefined as unknown as FastifyInstance,
    as: (person, method, url, body, headers = {}) => {
      keys += 1
      return own.app.inject({
        method,
        url,
        headers: {
          ...(person === undefined ? {} : { 'x-person': person }),
          ...(method === 'POST' ? { 'idempotency-key': `test-key-${keys}` } : {}),
          ...headers,
        },
        ...(body === undefined ? {} : { payload: body as object }),
      })
    },
    async opened(applicant = '虚构张三丰') {
      const input = { receivedOn: '2024-03-04', applicant: { name: applicant, phone: '13000000001' } }
      const answer = await own.as('clerk', 'POST', '/api/v1/cases', { procedure: 'example', step: 'receive', input })
      return (answer.json() as { id: string }).id
    },
    async restart() {
      await own.app.close()
      Object.assign(own, { app: await served() })
    },
    async close() {
      await own.app.close()
      await store.close()
      fs.rmSync(root, { recursive: true, force: true })
    },
  }
  const served = (): Promise<FastifyInstance> =>
    createServer({
      ...office,
      place,
      now: () => own.now,
      identify: async (headers) => people[String(headers['x-person'])],
      ...options,
    })
  Object.assign(own, { app: await served() })
  return own
}
