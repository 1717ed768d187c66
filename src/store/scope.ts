import type { Handling, Scope } from '#identity/permission.ts'

/** Who reads: where they see cases, and who they are. */
export interface Reader {
  readonly scopes: readonly Scope[]
  readonly person: string
}

/** Who reads, and where they may find out who the people are. */
export interface PersonalReader extends Reader {
  readonly handlings: readonly Handling[]
  /** The reader, and those for whom they stand in. */
  readonly persons: readonly string[]
}

/** The predicate of `#identity/permission.ts` as a condition on `case_file c`: the same cases, and no others. `$1` is the region. */
export function readable({ scopes, person }: Reader, add: (value: unknown) => string): string {
  const everywhere = scopes.flatMap(({ procedure, organ }) => (organ === null ? [procedure] : []))
  const inOrgans = scopes.flatMap(({ procedure, organ }) => (organ === null ? [] : [`${procedure}/${organ}`]))
  const where = [
    ...(everywhere.length > 0 ? [`c.procedure = any(${add(everywhere)})`] : []),
    ...(inOrgans.length > 0
      ? [
          `exists (select 1 from case_organ o where o.region = c.region and o.case_id = c.id and o.procedure || '/' || o.organ = any(${add(inOrgans)}))`,
        ]
      : []),
  ]
  if (where.length === 0) return 'false'
  return `(${where.join(' or ')}) and ${notRecused(person, 'c.id', add)}`
}

/** What of the predicate remains where the rows are those of the reader's own places already. @param id the column of the case's id */
export function notRecused(person: string, id: string, add: (value: unknown) => string): string {
  return `not exists (select 1 from recusal r where r.region = $1 and r.case_id = ${id} and r.person = ${add(person)})`
}

/** `readsPersonal` as a condition on `case_file c`. */
export function readablePersonal(reader: PersonalReader, add: (value: unknown) => string): string {
  const { handlings, persons } = reader
  if (handlings.length === 0) return 'false'
  const column = (of: (one: Handling) => unknown): string => add(handlings.map(of))
  const people = add(persons)
  const own = `(exists (select 1 from step t where t.region = c.region and t.case_id = c.id and t.person = any(${people}))
      or exists (select 1 from case_assignee a where a.region = c.region and a.case_id = c.id and a.person = any(${people})))`
  const handled = `exists (select 1 from unnest(${column(({ procedure }) => procedure)}::text[], ${column(({ organ }) => organ)}::text[], ${column(({ post }) => post)}::text[], ${column(({ head }) => head)}::boolean[])
      as h(procedure, organ, post, head)
    where h.procedure = c.procedure
      and (h.organ is null or exists (select 1 from case_organ o where o.region = c.region and o.case_id = c.id and o.organ = h.organ))
      and (h.head or ${own} or not exists (select 1 from case_assignee a where a.region = c.region and a.case_id = c.id and a.post = h.post)))`
  return `(${readable(reader, add)} and ${handled})`
}
