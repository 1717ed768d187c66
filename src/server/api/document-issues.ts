import { concernSeen, readerOf } from '../reader.ts'
import { documentDigests, documentKey } from '#store/document-digests.ts'
import { documentIssues } from '#store/document-issues.ts'
import type { FastifyInstance } from 'fastify'
import type { Services } from '../services.ts'

/** The approval and sealing of one document of a case. */
export interface DocumentIssueJson {
  /** Step that made the document that was submitted last. */
  readonly seq: number
  readonly document: string
  /** The case in which it is approved and sealed. */
  readonly case: string
  readonly number: string
  readonly state: string
  readonly stateName: string
  /** How many steps that case has. */
  readonly steps: number
  /** The document in the file is no longer the one that was submitted. */
  readonly changed: boolean
}

export interface DocumentIssuesJson {
  /** `<seq>/<document>` → SHA-256 of what it is filled with now; a document whose step was corrected has none. */
  readonly digests: Readonly<Record<string, string>>
  readonly issues: readonly DocumentIssueJson[]
}

/** `/cases/:id/document-issues`: how far the documents of a case have come to approval and seal. */
export function documentIssueApi(api: FastifyInstance, services: Services): void {
  const { store, catalogue } = services
  api.get<{ Params: { id: string } }>(
    '/cases/:id/document-issues',
    { schema: { summary: ['文书的审签用印', 'Approval and sealing of documents'], answer: 'DocumentIssuesJson' } },
    async (request): Promise<DocumentIssuesJson> => {
      const { id } = request.params
      await concernSeen(request, services, id)
      const [digests, issues] = await Promise.all([documentDigests(services, id), documentIssues(store, id, readerOf(request, services))])
      // A place may do without this system: then nothing is submitted, and no state is to be named.
      const states = catalogue.find((system) => system.id === 'document-issue')?.definitions.at(-1)!.states ?? {}
      return {
        digests: Object.fromEntries(digests),
        issues: issues.map(({ id: issue, number, state, steps, seq, document, sha256 }) => ({
          seq,
          document,
          case: issue,
          number,
          state,
          steps,
          stateName: request.view.say(states[state]?.name ?? [state, state]),
          changed: digests.get(documentKey(seq, document)) !== sha256,
        })),
      }
    },
  )
}
