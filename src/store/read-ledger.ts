import { connectionOf } from './store.ts'
import { ledgerPayload } from './case-rows.ts'
import type { LedgerRecord } from '#ledger/verify.ts'
import type pg from 'pg'
import type { Store } from './store.ts'
import type { StepTaken } from '#engine/case.ts'

const FETCH = 10_000

// Every row that the ledger should speak of, and every leaf that should have a row: the payload is what the tables hold now, so that a value
// changed behind the ledger's back is compared with what was committed to.
const RECORDS = `
with issued as (
  select case_id, seq, jsonb_agg(jsonb_build_object('document', document, 'number', number) order by document collate "C") as documents
  from document where region = $1 group by case_id, seq
)
select p.position, l.leaf, l.kind, l.subject, l.seq, l.salt, l.payload,
  s.case_id, s.seq as step_seq, s.procedure, s.step, s.taken_on, s.post, s.person, s.organ, s.input, s.from_state, s.to_state, s.supersedes,
  c.number, c.version, c.hash as definition, i.documents,
  e.register, e.key, e.version as entry_version, e.valid_from, e.valid_until, e.value, e.post as entry_post, e.person as entry_person, e.organ as entry_organ,
  pe.salt as personal_salt, pe.payload as personal
from ledger_position p
full join ledger_leaf l on l.region = p.region and l.id = p.id
full join (select *, 'step' as kind, case_id::text as subject from step) s on s.region = l.region and s.kind = l.kind and s.subject = l.subject and s.seq = l.seq
full join (select *, 'register' as kind, register || '/' || key as subject from register_entry) e
  on e.region = l.region and e.kind = l.kind and e.subject = l.subject and e.version = l.seq
left join case_file c on c.region = s.region and c.id = s.case_id
left join issued i on i.case_id = s.case_id and i.seq = s.seq
left join personal pe on pe.region = l.region and pe.subject = l.subject and pe.seq = l.seq and l.kind = 'step'
where coalesce(p.region, l.region, s.region, e.region) = $1 $ONLY
order by p.position nulls last, l.id nulls last, s.subject, s.seq`

interface Row {
  position: number | null
  leaf: string | null
  kind: string | null
  subject: string | null
  seq: number | null
  salt: Buffer | null
  payload: unknown
  case_id: string | null
  step_seq: number
  procedure: string
  step: string
  taken_on: string
  post: string
  person: string
  organ: string
  input: unknown
  from_state: string | null
  to_state: string
  supersedes: StepTaken['supersedes'] | null
  number: string
  version: string
  definition: string
  documents: { document: string; number: string | null }[] | null
  register: string | null
  key: string
  entry_version: number
  valid_from: string
  valid_until: string | null
  value: unknown
  entry_post: string
  entry_person: string
  entry_organ: string
  personal_salt: Buffer | null
  personal: unknown
}

/** The records of the ledger in the order of the tree (or of one step); rows that no leaf speaks of and leaves without a row come too. Streams. */
export async function* ledgerRecords(
  { pool, region }: Store,
  only?: { readonly subject: string; readonly seq: number },
): AsyncGenerator<LedgerRecord> {
  const client = await connectionOf(pool)
  try {
    await client.query('begin transaction isolation level repeatable read read only')
    await client.query("set local work_mem = '256MB'") // whole tables are joined here, once; spilling them to disc doubles the time
    const one = only ? `and l.subject = '${only.subject.replaceAll("'", '')}' and l.seq = ${Math.trunc(only.seq)} and l.kind = 'step'` : ''
    await client.query(
      `declare records no scroll cursor for ${RECORDS.replaceAll('$1', `'${region.replaceAll("'", '')}'`).replace('$ONLY', one)}`,
    )
    // The next rows are on their way while these are looked at: the database and the verifier work side by side.
    const fetch = (): Promise<pg.QueryResult<Row>> => client.query<Row>(`fetch ${FETCH} from records`)
    let coming = fetch()
    for (;;) {
      const { rows } = await coming
      if (rows.length === 0) return
      coming = fetch()
      coming.catch(() => {}) // met where it is awaited; a reader that stops early never does
      for (const row of rows) yield recordOf(row, region)
    }
  } finally {
    await client.query('rollback').catch(() => {}) // the cursor ends with its transaction, or with the connection
    client.release()
  }
}

function recordOf(row: Row, region: string): LedgerRecord {
  const isStep = row.case_id !== null
  const isEntry = row.register !== null
  return {
    index: row.position,
    leaf: row.leaf,
    region,
    kind: row.kind ?? (isStep ? 'step' : isEntry ? 'register' : null),
    subject: row.subject ?? row.case_id ?? (isEntry ? `${row.register}/${row.key}` : null),
    seq: row.seq ?? (isStep ? row.step_seq : isEntry ? row.entry_version : null),
    openPayload: isStep ? stepPayload(row) : isEntry ? entryPayload(row) : row.payload,
    saltOpen: row.salt,
    personalPayload: row.personal,
    saltPersonal: row.personal_salt,
    erased: false,
  }
}

function stepPayload(row: Row): Record<string, unknown> {
  return ledgerPayload(
    { procedure: row.procedure, number: row.number, version: row.version, hash: row.definition },
    {
      seq: row.step_seq,
      step: row.step,
      on: row.taken_on,
      by: { post: row.post, person: row.person, organ: row.organ },
      from: row.from_state,
      to: row.to_state,
      ...(row.supersedes ? { supersedes: row.supersedes } : {}),
    },
    row.input,
    (row.documents ?? []).map((one) => ({ ...one, seq: row.step_seq })),
  )
}

/** What the ledger commits to for a version of a register entry. */
export function entryPayload(
  row: Pick<Row, 'valid_from' | 'valid_until' | 'value' | 'entry_post' | 'entry_person' | 'entry_organ'>,
): Record<string, unknown> {
  return {
    validFrom: row.valid_from,
    validUntil: row.valid_until,
    value: row.value,
    by: { post: row.entry_post, person: row.entry_person, organ: row.entry_organ },
  }
}

/** Every checkpoint of the region, in order. */
export async function checkpointTexts({ pool, region }: Store): Promise<string[]> {
  const { rows } = await pool.query<{ text: string }>('select text from ledger_checkpoint where region = $1 order by ordinal', [region])
  return rows.map(({ text }) => text)
}

/** For every case, how many steps its file says it has: a step cut off the end with its leaf is missed there. */
export async function* caseHeads({ pool, region }: Store): AsyncGenerator<{ kind: string; subject: string; seq: number }> {
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const { rows } = await pool.query<{ id: string; step_count: number }>(
      'select id, step_count from case_file where region = $1 and id > $2 order by id limit 20000',
      [region, after],
    )
    if (rows.length === 0) return
    for (const { id, step_count } of rows) yield { kind: 'step', subject: id, seq: step_count }
    after = rows.at(-1)!.id
  }
}
