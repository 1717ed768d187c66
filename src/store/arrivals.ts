import type { Store } from './store.ts'

/** Cases of one procedure opened in one month. */
export interface Arrivals {
  readonly procedure: string
  /** 1 … 12 */
  readonly month: number
  readonly count: number
}

/** How many cases of each procedure were opened in each month of a year. */
export async function arrivalsIn({ pool, region }: Store, year: number): Promise<Arrivals[]> {
  const { rows } = await pool.query<Arrivals>(
    `select procedure, extract(month from opened_on)::int as month, count(*) as count from case_file
     where region = $1 and opened_on between make_date($2, 1, 1) and make_date($2, 12, 31) group by 1, 2 order by 1, 2`,
    [region, year],
  )
  return rows
}

/** The years in which cases were opened, the latest first, and how many in each. */
export async function yearsOpened({ pool, region }: Store): Promise<{ year: number; count: number }[]> {
  const { rows } = await pool.query<{ year: number; count: number }>(
    'select extract(year from opened_on)::int as year, count(*) as count from case_file where region = $1 group by 1 order by 1 desc',
    [region],
  )
  return rows
}
