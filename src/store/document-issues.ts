import { readable } from './scope.ts'
import type { Reader } from './scope.ts'
import type { Store } from './store.ts'

/** A case in which a document of another case is approved and sealed. */
export interface DocumentIssue {
  readonly id: string
  readonly number: string
  readonly state: string
  readonly seq: number
  readonly document: string
  /** How many steps it has: a write says what it had seen. */
  readonly steps: number
  /** Digest of what was submitted last. */
  readonly sha256: string
}

/** The latest such case of each document of a case, of those that the reader sees. Two steps may make the same kind of document: these are two. */
export async function documentIssues({ pool, region }: Store, caseId: string, reader: Reader): Promise<DocumentIssue[]> {
  const values: unknown[] = [region, caseId]
  const add = (value: unknown): string => `$${values.push(value)}`
  const { rows } = await pool.query<DocumentIssue>(
    `select distinct on (seq, document) c.id, c.number, c.state, c.step_count as steps, (c.fields ->> 'documentSeq')::integer as seq,
       c.fields ->> 'documentId' as document, c.fields ->> 'documentSha256' as sha256
     from case_link l join case_file c on c.region = l.region and c.id = l.case_id
     where l.region = $1 and l.other = $2 and l.kind = 'issuedCase' and c.state <> 'withdrawn' and ${readable(reader, add)}
     order by seq, document, c.opened_on desc, c.number desc`,
    values,
  )
  return rows
}
