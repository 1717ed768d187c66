import { foldCase } from '#engine/apply-step.ts'
import { governing } from '#engine/governing.ts'
import { isUuid, stepFrom, unknownCase } from './read-case.ts'
import { systemNamed } from '#engine/system.ts'
import type { Case } from '#engine/case.ts'
import type { Definition } from '#engine/definition.ts'
import type { Governing } from '#engine/governing.ts'
import type { StepJson } from './read-case.ts'
import type { Store } from './store.ts'
import type { System } from '#engine/system.ts'

/** What a step holds that is personal: the names of its fields, never their values. `erased`: it held some, and they are gone. */
export type PersonalHeld = readonly string[] | 'erased'

export interface DocumentRow {
  readonly seq: number
  readonly document: string
  readonly number: string | null
  readonly issuedOn: string
}

export interface LinkedCase {
  readonly id: string
  /** The field that names the link, and which of the two cases it is a field of. */
  readonly kind: string
  readonly from: 'this' | 'other'
  readonly procedure: string
  readonly number: string
  readonly state: string
}

/** A case as a page shows it to somebody who need not know who the parties are. */
export interface OpenCase {
  /** Its steps and fields lack everything personal: those values did not leave the database. */
  readonly theCase: Case
  /** The version under which it runs now. */
  readonly definition: Definition
  /** Under which version each step was taken. */
  readonly law: Governing
  /** By `seq`; absent where a step held nothing personal. */
  readonly personal: ReadonlyMap<number, PersonalHeld>
  readonly documents: readonly DocumentRow[]
  readonly links: readonly LinkedCase[]
}

const CASE = {
  name: 'read-open-case',
  text: `select c.procedure, c.number, c.version, c.hash,
    (select jsonb_agg(jsonb_build_object('seq', s.seq, 'step', s.step, 'on', s.taken_on, 'at', s.at, 'post', s.post, 'person', s.person, 'organ', s.organ,
       'input', s.input, 'from', s.from_state, 'to', s.to_state, 'supersedes', s.supersedes,
       'personal', case when l.leaf is null or l.leaf::jsonb->>'personal' is null then null when p.seq is null then '"erased"'::jsonb
         else (select jsonb_agg(name order by name) from jsonb_object_keys(p.payload) as name) end) order by s.seq)
     from step s
     left join ledger_leaf l on l.region = s.region and l.kind = 'step' and l.subject = s.case_id::text and l.seq = s.seq
     left join personal p on p.region = s.region and p.subject = s.case_id::text and p.seq = s.seq
     where s.region = c.region and s.case_id = c.id) as steps
  from case_file c where c.region = $1 and c.id = $2`,
}

const LINKS = `select k.other as id, k.kind, 'this' as from, c.procedure, c.number, c.state
  from case_link k join case_file c on c.region = k.region and c.id = k.other where k.region = $1 and k.case_id = $2
  union all
  select k.case_id, k.kind, 'other', c.procedure, c.number, c.state
  from case_link k join case_file c on c.region = k.region and c.id = k.case_id where k.region = $1 and k.other = $2
  order by number limit 200`

interface OpenCaseRow {
  procedure: string
  number: string
  version: string
  hash: string
  steps: (StepJson & { personal: PersonalHeld | null })[]
}

/**
 * Reads one case without what is personal.
 *
 * @throws Refusal `case.unknown`
 */
export async function readOpenCase({ pool, region }: Store, catalogue: readonly System[], id: string): Promise<OpenCase> {
  if (!isUuid(id)) throw unknownCase(id)
  const [cases, documents, links] = await Promise.all([
    pool.query<OpenCaseRow>({ ...CASE, values: [region, id] }),
    pool.query<DocumentRow>(
      'select seq, document, number, issued_on as "issuedOn" from document where region = $1 and case_id = $2 order by seq, document',
      [region, id],
    ),
    pool.query<LinkedCase>(LINKS, [region, id]),
  ])
  const row = cases.rows[0]
  if (!row) throw unknownCase(id)
  const system = systemNamed(catalogue, row.procedure)
  const { number, version, hash } = row
  const theCase = foldCase(system, { region, id, number, version, hash }, row.steps.map(stepFrom))
  const law = governing(system, theCase)
  return {
    theCase,
    definition: law.now,
    law,
    personal: new Map(row.steps.flatMap(({ seq, personal }) => (personal === null ? [] : [[seq, personal] as const]))),
    documents: documents.rows,
    links: links.rows,
  }
}
