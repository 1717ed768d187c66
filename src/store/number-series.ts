import type pg from 'pg'

/**
 * The next number of a series in a year: `宿区行复决〔2020〕3号`. Taken inside the transaction that uses it, so that none is lost or used twice.
 */
export async function nextNumber(db: Pick<pg.PoolClient, 'query'>, region: string, series: string, year: number): Promise<string> {
  const { rows } = await db.query<{ last: number }>({
    name: 'next-number',
    text: `insert into number_series (region, series, year, last) values ($1, $2, $3, 1)
      on conflict (region, series, year) do update set last = number_series.last + 1 returning last`,
    values: [region, series, year],
  })
  return numberText(series, year, rows[0]!.last)
}

/** `宿区行复决〔2020〕3号` */
export function numberText(series: string, year: number, serial: number): string {
  return `${series}〔${year}〕${serial}号`
}
