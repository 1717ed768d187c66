import type pg from 'pg'
import type { Store } from './store.ts'

/**
 * The next number of a series in a year: `宿区行复决〔2020〕3号`. Taken inside the transaction that uses it, so that none is lost or used twice.
 */
export async function nextNumber(db: Pick<pg.PoolClient, 'query'>, region: string, series: string, year: number): Promise<string> {
  return numberText(series, year, await nextSerial(db, region, series, year))
}

/** The next serial alone, for what is not numbered in words. Taken as {@link nextNumber} is. */
export async function nextSerial(db: Pick<pg.PoolClient, 'query'>, region: string, series: string, year: number): Promise<number> {
  const { rows } = await db.query<{ last: number }>({
    name: 'next-number',
    text: `insert into number_series (region, series, year, last) values ($1, $2, $3, 1)
      on conflict (region, series, year) do update set last = number_series.last + 1 returning last`,
    values: [region, series, year],
  })
  return rows[0]!.last
}

/** `宿区行复决〔2020〕3号` */
export function numberText(series: string, year: number, serial: number): string {
  return `${series}〔${year}〕${serial}号`
}

/** How far a series has come in a year. */
export interface SeriesYear {
  readonly series: string
  readonly year: number
  readonly last: number
}

/** The series of index numbers (索引号) of what is published: it numbers neither cases nor documents. */
export const INDEX_NUMBERS = 'publication'

/** `321302-2020-000123`: the address of a publication for good. */
export function indexNumber(region: string, year: number, serial: number): string {
  return `${region}-${year}-${String(serial).padStart(6, '0')}`
}

/** Every series that has given a number to a case or a document, the latest year first. */
export async function seriesYears({ pool, region }: Store): Promise<SeriesYear[]> {
  const { rows } = await pool.query<SeriesYear>(
    'select series, year, last from number_series where region = $1 and series <> $2 order by series collate "C", year desc',
    [region, INDEX_NUMBERS],
  )
  return rows
}

/**
 * Numbers of a series that were given and that neither a case nor a document bears: none is ever given again.
 *
 * @param procedures whose cases the series numbers
 */
export async function numberGaps(
  { pool, region }: Store,
  {
    series,
    year,
    procedures,
    limit,
  }: Pick<SeriesYear, 'series' | 'year'> & { readonly procedures: readonly string[]; readonly limit: number },
): Promise<number[]> {
  const { rows } = await pool.query<{ serial: number }>(
    `select given.serial from number_series s, generate_series(1, s.last) as given(serial), lateral (select $2 || '〔' || $3 || '〕' || given.serial || '号' as number) n
     where s.region = $1 and s.series = $2 and s.year = $3::int
       and not exists (select 1 from document d where d.region = $1 and d.number = n.number)
       and not exists (select 1 from case_file c where c.region = $1 and c.procedure = any($4) and c.number = n.number)
     order by given.serial limit $5`,
    [region, series, String(year), procedures, limit],
  )
  return rows.map(({ serial }) => serial)
}
