import type { Store } from './store.ts'

// What anybody may ask of the ledger who holds the thing itself: each is found by a digest of 256 bits, so that nothing can be listed or guessed.

/** Where something stands in the ledger. */
export interface PublicPlace {
  /** `null` until it is sealed. */
  readonly index: number | null
  /** The first checkpoint that covers it; `null` until then. */
  readonly checkpoint: number | null
  /** When it was written: an instant in UTC. */
  readonly at: string
}

const PLACE = `p.position as index, (l.leaf::jsonb)->>'at' as at,
  (select min(k.ordinal) from ledger_checkpoint k where k.region = l.region and k.size > p.position) as checkpoint`

/** The leaf at an index, if it is the one of this hash (hex). */
export async function leafWithHash({ pool, region }: Store, index: number, hash: string): Promise<PublicPlace | undefined> {
  const { rows } = await pool.query<PublicPlace>(
    `select ${PLACE} from ledger_position p join ledger_leaf l on l.region = p.region and l.id = p.id
     where p.region = $1 and p.position = $2 and p.hash = decode($3, 'hex')`,
    [region, index, hash],
  )
  return rows[0]
}

/** A file of a document as it was handed out, by its SHA-256 (hex): every copy that was handed out has an entry. */
export async function issuedDocument(
  { pool, region }: Store,
  sha256: string,
): Promise<(PublicPlace & { readonly document: string; readonly procedure: string }) | undefined> {
  const { rows } = await pool.query<PublicPlace & { document: string; procedure: string }>(
    `select ${PLACE}, l.payload->'what'->>'document' as document, l.payload->'what'->>'procedure' as procedure
     from ledger_leaf l left join ledger_position p on p.region = l.region and p.id = l.id
     where l.region = $1 and l.kind = 'export' and l.payload is not null and l.payload->'what'->>'issued' = 'document'
       and l.payload->'what'->>'sha256' = $2
     order by l.id limit 1`,
    [region, sha256],
  )
  return rows[0]
}

/** An edition of a yearly report, by the SHA-256 (hex) of its JSON. */
export async function editionWithDigest(
  { pool, region }: Store,
  sha256: string,
): Promise<{ readonly year: number; readonly edition: number } | undefined> {
  const { rows } = await pool.query<{ year: number; edition: number }>(
    'select year, edition from report_edition where region = $1 and sha256 = $2 and edition is not null',
    [region, sha256],
  )
  return rows[0]
}
