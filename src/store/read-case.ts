import { foldCase } from '#engine/apply-step.ts'
import { systemNamed, versionFrom } from '#engine/system.ts'
import { instantOf, instantText } from '#engine/day.ts'
import { Refusal } from '#engine/refusal.ts'
import type { Case, StepTaken } from '#engine/case.ts'
import type { Concern } from '#identity/permission.ts'
import type { Definition } from '#engine/definition.ts'
import type { System } from '#engine/system.ts'
import type pg from 'pg'

/** A case as it stands, the definition under which it runs now, and what the next write must find unchanged. */
export interface CaseRead {
  readonly theCase: Case
  readonly definition: Definition
  readonly lastLeaf: Buffer
}

type Queryable = Pick<pg.Pool, 'query'>

/** Whose a case `c` is, but for who took its steps. */
export const WHOSE = `array(select organ from case_organ o where o.region = c.region and o.case_id = c.id) as organs,
  (select jsonb_object_agg(post, person) from case_assignee a where a.region = c.region and a.case_id = c.id) as assigned,
  array(select person from recusal r where r.region = c.region and r.case_id = c.id) as recused`

const caseWith = (columns: string): string => `select c.procedure, c.number, c.version, c.hash, c.last_leaf,${columns}
    (select jsonb_agg(jsonb_build_object('seq', s.seq, 'step', s.step, 'on', s.taken_on, 'at', s.at, 'post', s.post, 'person', s.person, 'organ', s.organ,
       'input', s.input || coalesce(p.payload, '{}'), 'from', s.from_state, 'to', s.to_state, 'supersedes', s.supersedes) order by s.seq)
     from step s left join personal p on p.region = s.region and p.subject = s.case_id::text and p.seq = s.seq
     where s.region = c.region and s.case_id = c.id) as steps
  from case_file c where c.region = $1 and c.id = $2`

const CASE = { name: 'read-case', text: caseWith('') }
const CASE_AND_WHOSE = { name: 'read-case-and-whose', text: caseWith(`${WHOSE},`) }

interface CaseRow {
  procedure: string
  number: string
  /** That of the opening, which the first leaf commits to; a switch stands in the steps. */
  version: string
  hash: string
  last_leaf: Buffer
  steps: StepJson[]
}

interface WhoseRow {
  organs: string[]
  assigned: Record<string, string> | null
  recused: string[]
}

/** A step as JSON comes out of the database. */
export interface StepJson {
  seq: number
  step: string
  on: string
  at: string
  post: string
  person: string
  organ: string
  input: Record<string, unknown>
  from: string | null
  to: string
  supersedes: StepTaken['supersedes'] | null
}

/** Is this the form of a case's id? */
export function isUuid(text: string): boolean {
  return UUID.test(text)
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/**
 * Reads one case by its id: one query.
 *
 * @throws Refusal `case.unknown`
 */
export async function readCase(db: Queryable, region: string, id: string, catalogue: readonly System[]): Promise<CaseRead> {
  if (!UUID.test(id)) throw unknownCase(id)
  const { rows } = await db.query<CaseRow>({ ...CASE, values: [region, id] })
  return caseFrom(rows[0], region, id, catalogue)
}

/**
 * Reads one case with what decides who may do what with it: one query still.
 *
 * @throws Refusal `case.unknown`
 */
export async function readCaseAndConcern(
  db: Queryable,
  region: string,
  id: string,
  catalogue: readonly System[],
): Promise<CaseRead & { readonly concern: Concern }> {
  if (!UUID.test(id)) throw unknownCase(id)
  const { rows } = await db.query<CaseRow & WhoseRow>({ ...CASE_AND_WHOSE, values: [region, id] })
  const read = caseFrom(rows[0], region, id, catalogue)
  const { procedure, organs, assigned, recused, steps } = rows[0]!
  return {
    ...read,
    concern: { procedure, organs, assigned: assigned ?? {}, recused, took: [...new Set(steps.map(({ person }) => person))] },
  }
}

function caseFrom(row: CaseRow | undefined, region: string, id: string, catalogue: readonly System[]): CaseRead {
  if (!row) throw unknownCase(id)
  const system = systemNamed(catalogue, row.procedure)
  const { number, version, hash } = row
  const theCase = foldCase(system, { region, id, number, version, hash }, row.steps.map(stepFrom))
  return { theCase, definition: versionFrom(system, theCase.version), lastLeaf: row.last_leaf }
}

/** The id of a case by its id or its number. @throws Refusal `case.unknown` */
export async function caseIdOf(db: Queryable, region: string, idOrNumber: string): Promise<string> {
  if (UUID.test(idOrNumber)) return idOrNumber
  const { rows } = await db.query<{ id: string }>('select id from case_file where region = $1 and number = $2', [region, idOrNumber])
  if (!rows[0]) throw unknownCase(idOrNumber)
  return rows[0].id
}

/** A step from its JSON. */
export function stepFrom(json: StepJson): StepTaken {
  const { seq, step, on, post, person, organ, input, from, to, supersedes } = json
  return {
    seq,
    step,
    on,
    at: instantText(instantOf(json.at)),
    by: { post, person, organ },
    input,
    from,
    to,
    ...(supersedes ? { supersedes } : {}),
  }
}

/** @param id as it was asked for */
export function unknownCase(id: string): Refusal {
  return new Refusal({
    code: 'case.unknown',
    message: [`没有案件“${id}”。`, `There is no case “${id}”.`],
    basis: ['案件按编号或案号查找。', 'A case is found by its id or its number.'],
    remedy: ['请核对案号。', 'Check the number.'],
  })
}
