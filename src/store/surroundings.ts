import { effectiveAt, standing } from '#engine/case.ts'
import { documentDigests, documentKey } from './document-digests.ts'
import { entryInForce } from '#engine/register.ts'
import { foldCase } from '#engine/apply-step.ts'
import { instantOf } from '#engine/day.ts'
import { keysAsked } from '#engine/definition.ts'
import { isUuid, stepFrom } from './read-case.ts'
import { systemNamed } from '#engine/system.ts'
import type { Case, StepTaken } from '#engine/case.ts'
import type { Definition } from '#engine/definition.ts'
import type { Office } from './take-step.ts'
import type { StepAsked, Surroundings } from '#engine/apply-step.ts'
import type { StepJson } from './read-case.ts'
import type { RegisterEntry } from '#engine/register.ts'
import type pg from 'pg'

/**
 * What a step will ask of registers and of linked cases, loaded before the pure decision. No query where the step asks nothing.
 *
 * @param definitions the versions under which the steps are tried: one, or more where a correction tries those before and after a switch
 * @param replayed the steps that a correction tries again: each asks what it asked when it was taken
 */
export async function surroundingsFor(
  office: Office,
  definitions: readonly Definition[],
  theCase: Case | undefined,
  asked: StepAsked,
  replayed: readonly StepTaken[] = [],
): Promise<Surroundings> {
  const { store, catalogue, calendar } = office
  const { pool, region } = store
  const known: readonly Facts[] = [{ ...theCase?.fields, ...asked.input }, ...replayed.map(({ input }) => input)]
  const steps = [asked.step, ...replayed.map(({ step }) => step)]
  const entries = await versionsOf(
    pool,
    region,
    definitions.flatMap((definition) => questionsOf(definition, steps, known)),
  )
  const linked = new Map<string, LinkedRow>()
  const ids = definitions.flatMap((definition) => linkedIds(definition, known))
  if (ids.length > 0) for (const row of (await pool.query<LinkedRow>({ ...LINKED, values: [region, ids] })).rows) linked.set(row.id, row)
  const digests = await digestsFor(
    office,
    definitions.flatMap(({ documentIn }) => (documentIn ? known.map((facts) => facts[documentIn.case]) : [])),
  )
  return {
    calendar,
    digestOf: (id, seq, document) => digests.get(id)?.get(documentKey(seq, document)),
    entryOn: (register, key, day) => entryInForce(entries.get(`${register}/${key}`) ?? [], day)?.value,
    // By the days on which its steps took effect, as it is known today: so are the registers asked.
    stateOf(id, at) {
      const row = linked.get(id)
      if (!row) return undefined
      const { procedure, number, version, hash } = row
      const until = instantOf(at)
      const taken = standing(row.steps.map(stepFrom)).filter((step) => instantOf(effectiveAt(step)) <= until)
      if (taken.length === 0) return undefined
      return foldCase(systemNamed(catalogue, procedure), { region, id, number, version, hash }, taken).state
    },
  }
}

/** Of the documents of these cases; what is no case of ours has none. */
async function digestsFor(office: Office, ids: readonly unknown[]): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const found = new Map<string, ReadonlyMap<string, string>>()
  for (const id of new Set(ids)) {
    if (typeof id !== 'string' || !(await caseExists(office.store, id))) continue
    found.set(id, await documentDigests(office, id))
  }
  return found
}

async function caseExists({ pool, region }: Office['store'], id: string): Promise<boolean> {
  if (!isUuid(id)) return false
  const { rowCount } = await pool.query('select 1 from case_file where region = $1 and id = $2', [region, id])
  return rowCount === 1
}

// The steps without what is personal: a state never depends on that.
const LINKED = {
  name: 'linked-cases',
  text: `select c.id, c.procedure, c.number, c.version, c.hash,
    (select jsonb_agg(jsonb_build_object('seq', s.seq, 'step', s.step, 'on', s.taken_on, 'at', s.at, 'post', s.post, 'person', s.person, 'organ', s.organ,
       'input', s.input, 'from', s.from_state, 'to', s.to_state, 'supersedes', s.supersedes) order by s.seq)
     from step s where s.region = c.region and s.case_id = c.id) as steps
  from case_file c where c.region = $1 and c.id = any($2::uuid[])`,
}

interface LinkedRow {
  id: string
  procedure: string
  number: string
  version: string
  hash: string
  steps: StepJson[]
}

type RegisterVersion = Omit<RegisterEntry, 'key'>

/** Every version of the entries asked for, the oldest first, by `register/key`: one query, or none. */
async function versionsOf(
  pool: pg.Pool,
  region: string,
  asked: readonly (readonly [register: string, key: string])[],
): Promise<ReadonlyMap<string, RegisterVersion[]>> {
  const entries = new Map<string, RegisterVersion[]>()
  if (asked.length === 0) return entries
  const { rows } = await pool.query<{ name: string; valid_from: string; valid_until: string | null; value: RegisterEntry['value'] }>({
    name: 'register-versions',
    text: `select e.register || '/' || e.key as name, e.valid_from, e.valid_until, e.value
      from register_entry e join (select distinct * from unnest($2::text[], $3::text[]) as q(register, key)) q on q.register = e.register and q.key = e.key
      where e.region = $1 order by e.version`,
    values: [region, asked.map(([register]) => register), asked.map(([, key]) => key)],
  })
  for (const { name, valid_from: validFrom, valid_until: validUntil, value } of rows)
    entries.set(name, [...(entries.get(name) ?? []), { validFrom, ...(validUntil === null ? {} : { validUntil }), value }])
  return entries
}

type Facts = Readonly<Record<string, unknown>>

/** The register entries that the guards of steps ask for, once each. */
function questionsOf(definition: Definition, steps: readonly string[], known: readonly Facts[]): [register: string, key: string][] {
  const guards = steps.flatMap((step) => definition.steps[step]?.guards ?? [])
  const needed = new Set(guards.flatMap((code) => [...definition.parts.guards[code]!.needs, ...(definition.parts.guards[code]!.may ?? [])]))
  return Object.entries(definition.asks ?? {}).flatMap(([name, question]): [string, string][] => {
    const keys = new Set(known.flatMap((facts) => keysAsked(question, facts, {})))
    return needed.has(name) ? [...keys].map((value) => [question.register, value]) : []
  })
}

function linkedIds(definition: Definition, known: readonly Facts[]): string[] {
  const fields = new Set(
    Object.values(definition.steps).flatMap(({ input }) =>
      Object.entries(input ?? {}).flatMap(([name, { kind }]) => (kind === 'case' ? [name] : [])),
    ),
  )
  return [...new Set([...fields].flatMap((name) => known.map((facts) => facts[name])))].filter(
    (id) => typeof id === 'string' && isUuid(id),
  ) as string[]
}
