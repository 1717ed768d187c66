import pg from 'pg'
import type { Store } from './store.ts'

/** What a query asks for how a column is read. */
type TypeParsers = NonNullable<pg.QueryConfig['types']>

const asDates: TypeParsers = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === 1184
      ? (text: string) => new Date(/[+-]\d{2}$/.test(text) ? `${text}:00` : text)
      : pg.types.getTypeParser(oid, format as 'text')) as TypeParsers['getTypeParser'],
}

/** What a library needs of a pool. */
export interface DatePool {
  connect(): Promise<{ query(text: string, values?: unknown[]): Promise<pg.QueryResult>; release(): void }>
  end(): Promise<void>
}

/**
 * The store's own pool for a library that reads instants as `Date`: the store reads them as text, and text compared with a `Date` is neither
 * before nor after it, so that nothing would ever run out.
 */
export function datePool({ pool }: Pick<Store, 'pool'>): DatePool {
  return {
    async connect() {
      const client = await pool.connect()
      return {
        query: (text, values) => client.query({ text, ...(values ? { values } : {}), types: asDates }),
        release: () => client.release(),
      }
    },
    end: async () => {}, // the store closes its pool
  }
}
