import { isUuid, unknownCase, WHOSE } from './read-case.ts'
import type { Concern } from '#identity/permission.ts'
import type { Store } from './store.ts'

const CONCERN = {
  name: 'read-concern',
  text: `select c.procedure, array(select distinct person from step s where s.region = c.region and s.case_id = c.id) as took, ${WHOSE}
  from case_file c where c.region = $1 and c.id = $2`,
}

/** What of a case decides who may do what with it. @throws Refusal `case.unknown` */
export async function readConcern({ pool, region }: Store, id: string): Promise<Concern> {
  if (!isUuid(id)) throw unknownCase(id)
  const { rows } = await pool.query<Omit<Concern, 'assigned'> & { assigned: Concern['assigned'] | null }>({
    ...CONCERN,
    values: [region, id],
  })
  const row = rows[0]
  if (!row) throw unknownCase(id)
  return { ...row, assigned: row.assigned ?? {} }
}
