import { connectionOf } from './store.ts'
import { ledgerPayload } from './case-rows.ts'
import type { LedgerRecord } from '#ledger/verify.ts'
import type pg from 'pg'
import type { Store } from './store.ts'
import type { StepTaken } from '#engine/case.ts'

/** Leaves read at a time: enough that the way to the database does not count, few enough that none of it is sorted on disc. */
const CHUNK = 10_000

// The payload of a record is what the tables hold now, so that a value changed behind the ledger's back is compared with what was committed to.
const COLUMNS = `l.leaf, l.kind, l.subject, l.seq, l.salt, l.payload,
  s.case_id, s.seq as step_seq, s.procedure, s.step, s.taken_on, s.post, s.person, s.organ, s.input, s.from_state, s.to_state, s.supersedes,
  c.number, c.version, c.hash as definition,
  (select jsonb_agg(jsonb_build_object('document', d.document, 'number', d.number) order by d.document collate "C")
   from document d where d.region = s.region and d.case_id = s.case_id and d.seq = s.seq) as documents,
  e.register, e.key, e.version as entry_version, e.valid_from, e.valid_until, e.value, e.post as entry_post, e.person as entry_person, e.organ as entry_organ,
  pe.salt as personal_salt, pe.payload as personal`

/** What a leaf speaks of: the step or the register entry as it stands. */
const ROWS_OF_LEAF = `
left join step s on s.region = l.region and s.case_id = case when l.kind = 'step' then l.subject::uuid end and s.seq = l.seq
left join case_file c on c.region = s.region and c.id = s.case_id
left join personal pe on pe.region = l.region and l.kind = 'step' and pe.subject = l.subject and pe.seq = l.seq
left join register_entry e on l.kind = 'register' and e.region = l.region and e.version = l.seq
  and e.register = split_part(l.subject, '/', 1) and e.key = substr(l.subject, strpos(l.subject, '/') + 1)`

const SEALED = `select p.position, ${COLUMNS}
from ledger_position p left join ledger_leaf l on l.region = p.region and l.id = p.id ${ROWS_OF_LEAF}
where p.region = $1 and p.position >= $2 and p.position < $3 order by p.position`

const UNSEALED = `select null::bigint as position, ${COLUMNS}
from ledger_leaf l ${ROWS_OF_LEAF}
where l.region = $1 and not exists (select 1 from ledger_position p where p.region = l.region and p.id = l.id) order by l.id`

const ONE = `select p.position, ${COLUMNS}
from ledger_leaf l left join ledger_position p on p.region = l.region and p.id = l.id ${ROWS_OF_LEAF}
where l.region = $1 and l.kind = 'step' and l.subject = $2 and l.seq = $3`

/** Steps and register entries that no leaf speaks of. */
const WITHOUT_LEAF = `select null::bigint as position, ${COLUMNS}
from (select null::char(6) as region, null::text as leaf, null::text as kind, null::text as subject, null::int as seq, null::bytea as salt, null::jsonb as payload) l
cross join (
  select region, case_id, seq, null::text as register, null::text as key, null::int as version from step s
  where s.region = $1 and not exists (select 1 from ledger_leaf k where k.region = s.region and k.kind = 'step' and k.subject = s.case_id::text and k.seq = s.seq)
  union all
  select region, null, null, register, key, version from register_entry r
  where r.region = $1 and not exists (select 1 from ledger_leaf k where k.region = r.region and k.kind = 'register' and k.subject = r.register || '/' || r.key and k.seq = r.version)
) w
left join step s on s.region = w.region and s.case_id = w.case_id and s.seq = w.seq
left join case_file c on c.region = s.region and c.id = s.case_id
left join personal pe on pe.region = s.region and pe.subject = s.case_id::text and pe.seq = s.seq
left join register_entry e on e.region = w.region and e.register = w.register and e.key = w.key and e.version = w.version`

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

/** The records of the ledger in the order of the tree; then leaves that are not sealed yet, then rows that no leaf speaks of. Streams. */
export async function* ledgerRecords({ pool, region }: Store): AsyncGenerator<LedgerRecord> {
  const client = await connectionOf(pool)
  try {
    await client.query('begin transaction isolation level repeatable read read only')
    await client.query('set local max_parallel_workers_per_gather = 0') // the verifier beside it needs the other core
    const { rows: last } = await client.query<{ last: number | null }>(
      'select max(position) as last from ledger_position where region = $1',
      [region],
    )
    const chunk = (from: number): Promise<pg.QueryResult<Row>> => {
      const coming = client.query<Row>({ name: 'ledger-chunk', text: SEALED, values: [region, from, from + CHUNK] })
      coming.catch(() => {}) // met where it is awaited; a reader that stops early never does
      return coming
    }
    // The next leaves are on their way while these are looked at: the database and the verifier work side by side.
    let coming = chunk(0)
    for (let from = 0; from <= (last[0]!.last ?? -1); from += CHUNK) {
      const { rows } = await coming
      coming = chunk(from + CHUNK)
      for (const row of rows) yield recordOf(row, region)
    }
    await coming
    for (const text of [UNSEALED, WITHOUT_LEAF]) {
      const { rows } = await client.query<Row>(text, [region])
      for (const row of rows) yield recordOf(row, region)
    }
  } finally {
    await client.query('rollback').catch(() => {}) // reading only: nothing to keep
    client.release()
  }
}

/** The record of one step. */
export async function ledgerRecord({ pool, region }: Store, caseId: string, seq: number): Promise<LedgerRecord | undefined> {
  const { rows } = await pool.query<Row>(ONE, [region, caseId, seq])
  return rows[0] && recordOf(rows[0], region)
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
    { procedure: row.procedure, number: row.number, openedUnder: { version: row.version, hash: row.definition } },
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
