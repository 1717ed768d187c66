import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Store } from './store.ts'
import type { Viewer } from '#identity/viewer.ts'

/** Another system of the government: a name, and what it holds, like a post. */
export interface ApiClient {
  readonly id: string
  readonly name: string
  readonly organ: string
  readonly post: string
  readonly procedures: readonly string[]
  /** `read`: sees what the post sees, without who the people are. `act`: takes the steps of the post as well. */
  readonly scope: 'read' | 'act'
  readonly at: string
  /** The last day on which its key opens. */
  readonly expiresOn: string
  readonly revokedAt: string | null
  readonly usedAt: string | null
}

const COLUMNS = 'id, name, organ, post, procedures, scope, at, expires_on as "expiresOn", revoked_at as "revokedAt", used_at as "usedAt"'

const PREFIX = 'yifa_'

/** Makes a client. @returns it, and its key, which is nowhere kept: only its hash is */
export async function addClient(
  { pool, region }: Store,
  client: Pick<ApiClient, 'name' | 'organ' | 'post' | 'procedures' | 'scope' | 'at' | 'expiresOn'> & { readonly by: string },
): Promise<{ client: ApiClient; key: string }> {
  const key = `${PREFIX}${randomBytes(32).toString('base64url')}`
  const { name, organ, post, procedures, scope, at, expiresOn, by } = client
  const { rows } = await pool.query<ApiClient>(
    `insert into api_client (region, id, name, organ, post, procedures, scope, key_hash, made_by, at, expires_on)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning ${COLUMNS}`,
    [region, randomUUID(), name, organ, post, procedures, scope, hashOf(key), by, at, expiresOn],
  )
  return { client: rows[0]!, key }
}

/** All of the place, the latest first: there are as many as the government has systems. */
export async function clients({ pool, region }: Store): Promise<ApiClient[]> {
  const { rows } = await pool.query<ApiClient>(`select ${COLUMNS} from api_client where region = $1 order by at desc, id limit 1000`, [
    region,
  ])
  return rows
}

export async function clientOf({ pool, region }: Store, id: string): Promise<ApiClient | undefined> {
  const { rows } = await pool.query<ApiClient>(`select ${COLUMNS} from api_client where region = $1 and id = $2`, [region, id])
  return rows[0]
}

/** Takes a client's key away. @returns whether it had one */
export async function revokeClient({ pool, region }: Store, id: string, at: string): Promise<boolean> {
  const { rowCount } = await pool.query('update api_client set revoked_at = $3 where region = $1 and id = $2 and revoked_at is null', [
    region,
    id,
    at,
  ])
  return rowCount === 1
}

/** Is this the form of a client's key? */
export function isClientKey(text: string): boolean {
  return text.startsWith(PREFIX)
}

/** Whose key it is, if it opens now; when it was last used is kept to the minute. @param now an instant */
export async function clientByKey({ pool, region }: Store, key: string, now: string): Promise<ApiClient | undefined> {
  const { rows } = await pool.query<ApiClient>(
    `select ${COLUMNS} from api_client
     where region = $1 and key_hash = $2 and revoked_at is null and expires_on >= left($3, 10)::date`,
    [region, hashOf(key), now],
  )
  const client = rows[0]
  if (client)
    await pool.query(
      `update api_client set used_at = $3 where region = $1 and id = $2 and (used_at is null or used_at < $3::timestamptz - interval '1 minute')`,
      [region, client.id, now],
    )
  return client
}

/** A client as the predicate knows it: a holder of its post. */
export function viewerOfClient({ id, organ, post, procedures, scope }: ApiClient): Viewer {
  return {
    person: `api:${id}`,
    holdings: [{ key: `api:${id}`, post, organ, procedures, as: 'regular', ...(scope === 'read' ? { readsOnly: true as const } : {}) }],
  }
}

/** A key has 256 bits of chance: a plain hash of it cannot be searched. */
function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest()
}
