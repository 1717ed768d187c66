import type { Scope } from '#identity/permission.ts'

/** Who reads: where they see cases, and who they are. */
export interface Reader {
  readonly scopes: readonly Scope[]
  readonly person: string
}

/** The predicate of `#identity/permission.ts` as a condition on `case_file c`: the same cases, and no others. */
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
  return `(${where.join(' or ')}) and not exists (select 1 from recusal r where r.region = c.region and r.case_id = c.id and r.person = ${add(person)})`
}
