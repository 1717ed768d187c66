import { keysAsked } from '#engine/definition.ts'
import type { Calendar } from '#engine/calendar.ts'
import type { Case, StepTaken } from '#engine/case.ts'
import type { Definition } from '#engine/definition.ts'
import type { StepAsked, Surroundings } from '#engine/apply-step.ts'
import type pg from 'pg'

/**
 * What a step will ask of registers and of linked cases, loaded before the pure decision. No query where the step asks nothing.
 *
 * @param replayed the steps that a correction tries again: each asks what it asked when it was taken
 */
export async function surroundingsFor(
  db: Pick<pg.Pool, 'query'>,
  region: string,
  calendar: Calendar,
  definition: Definition,
  theCase: Case | undefined,
  asked: StepAsked,
  replayed: readonly StepTaken[] = [],
): Promise<Surroundings> {
  const known: readonly Facts[] = [{ ...theCase?.fields, ...asked.input }, ...replayed.map(({ input }) => input)]
  const entries = new Map<string, RegisterVersion[]>()
  for (const [register, key] of questionsOf(definition, [asked.step, ...replayed.map(({ step }) => step)], known)) {
    const { rows } = await db.query<RegisterVersion>({
      name: 'register-versions',
      text: 'select valid_from, valid_until, value from register_entry where region = $1 and register = $2 and key = $3 order by version desc',
      values: [region, register, key],
    })
    entries.set(`${register}/${key}`, rows)
  }
  const states = new Map<string, string>()
  const linked = linkedIds(definition, known)
  if (linked.length > 0) {
    const { rows } = await db.query<{ id: string; state: string }>(
      'select id, state from case_file where region = $1 and id = any($2::uuid[])',
      [region, linked],
    )
    for (const { id, state } of rows) states.set(id, state)
  }
  return {
    calendar,
    entryOn: (register, key, day) =>
      entries
        .get(`${register}/${key}`)
        ?.find(({ valid_from, valid_until }) => valid_from <= day && (valid_until === null || day <= valid_until))?.value,
    stateOf: (id) => states.get(id),
  }
}

interface RegisterVersion {
  valid_from: string
  valid_until: string | null
  value: Readonly<Record<string, unknown>>
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

const UUID = /^[0-9a-f-]{36}$/

function linkedIds(definition: Definition, known: readonly Facts[]): string[] {
  const fields = new Set(
    Object.values(definition.steps).flatMap(({ input }) =>
      Object.entries(input ?? {}).flatMap(([name, { kind }]) => (kind === 'case' ? [name] : [])),
    ),
  )
  return [...new Set([...fields].flatMap((name) => known.map((facts) => facts[name])))].filter(
    (id) => typeof id === 'string' && UUID.test(id),
  ) as string[]
}
