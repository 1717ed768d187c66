import { canonical } from '#ledger/canonical.ts'
import { createHash } from 'node:crypto'
import { deadlinesOf } from '#engine/clocks.ts'
import { foldCase } from '#engine/apply-step.ts'
import { governing } from '#engine/governing.ts'
import { readCase } from './read-case.ts'
import { standing } from '#engine/case.ts'
import { systemNamed } from '#engine/system.ts'
import type { Office } from './take-step.ts'

/** A document by the step that made it. */
export function documentKey(seq: number, document: string): string {
  return `${seq}/${document}`
}

/**
 * SHA-256 of what each document of a case is filled with now: its template, number, day and values, the people's own among them, as canonical
 * JSON. It is another as soon as anything is that the document prints; a document whose step was corrected since has none.
 *
 * @returns by {@link documentKey}
 * @throws Refusal `case.unknown`
 */
export async function documentDigests({ store, catalogue, calendar }: Office, id: string): Promise<Map<string, string>> {
  const { pool, region } = store
  const { theCase } = await readCase(pool, region, id, catalogue)
  const { rows } = await pool.query<{ seq: number; document: string; number: string | null; issuedOn: string }>(
    'select seq, document, number, issued_on as "issuedOn" from document where region = $1 and case_id = $2',
    [region, id],
  )
  const system = systemNamed(catalogue, theCase.procedure)
  const law = governing(system, theCase)
  const stands = new Set(standing(theCase.steps).map(({ seq }) => seq))
  const digests = new Map<string, string>()
  for (const { seq, document, number, issuedOn } of rows) {
    const definition = law.of(seq)
    const template = definition.parts.documents[document]
    if (template === undefined || !stands.has(seq)) continue
    const { number: caseNumber, openedUnder } = theCase
    const then = foldCase(system, { region, id, number: caseNumber, ...openedUnder }, theCase.steps.slice(0, seq))
    const deadlines = deadlinesOf(definition, then, calendar)
    const values = Object.fromEntries(
      template.fields.flatMap((name) => (then.fields[name] === undefined ? [] : [[name, then.fields[name] as unknown]])),
    )
    const printed = template.fields.includes('deadlines') ? { ...values, deadlines } : values
    // Through JSON, as the store keeps it: what is absent is absent.
    const made = JSON.parse(JSON.stringify({ template, number, issuedOn, values: printed })) as Parameters<typeof canonical>[0]
    digests.set(documentKey(seq, document), createHash('sha256').update(canonical(made)).digest('hex'))
  }
  return digests
}
