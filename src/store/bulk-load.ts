import { inTransaction } from './store.ts'
import { clockRow, linksOf, nextLastDay, openFields, organsOf, partiesOf, searchRow, stepRow } from './case-rows.ts'
import { clocksOf } from '#engine/clocks.ts'
import { dateIn } from '#engine/day.ts'
import { from as copyFrom } from 'pg-copy-streams'
import { eventLeaf } from './log-event.ts'
import { INDEX_NUMBERS, indexNumber, numberText } from './number-series.ts'
import { once } from 'node:events'
import { publishables } from '#readings/publications.ts'
import { publishedRow } from './publications.ts'
import { randomUUID } from 'node:crypto'
import { SYSTEM } from '#engine/apply-step.ts'
import type { Case } from '#engine/case.ts'
import type { Definition } from '#engine/definition.ts'
import type { Office } from './take-step.ts'
import type pg from 'pg'

// COPY, for whole years of cases at once: the rows are those that `take-step` writes one by one, and made by the same functions.

const COLUMNS = {
  case_file: 'region, id, procedure, number, version, hash, opened_on, state, is_final, step_count, last_leaf, fields, due',
  step: 'region, case_id, seq, procedure, step, on_date, taken_on, at, post, person, organ, input, from_state, to_state, supersedes',
  personal: 'region, subject, seq, salt, payload',
  ledger_leaf: 'region, id, kind, subject, seq, leaf, hash, salt, payload',
  clock_run: 'region, case_id, clock, seq, item, procedure, start_at, state, due, due_date, provisional, stopped_on, stopped_by, late',
  document: 'region, case_id, seq, document, number, issued_on',
  party: 'region, case_id, role, ordinal, seq',
  case_link: 'region, case_id, other, kind',
  case_organ: 'region, case_id, organ, procedure, opened_on, running, number, due',
  case_search: 'region, case_id, open, personal',
  publication:
    'region, id, case_id, seq, duty, procedure, version, organ, due, index_number, title, body, words, published_at, published_on, valid_until',
} as const

type Table = keyof typeof COLUMNS

/** Writes many walked cases; numbers of documents are given in the order in which the cases come. */
export interface BulkLoad {
  add(definition: Definition, theCase: Case): void
  /** Writes what was added since; one transaction. */
  flush(): Promise<void>
  /** The next number of a series, as `take-step` would give it. */
  number(series: string, year: number): string
  /** Writes the rest and where the number series stand. */
  finish(): Promise<void>
}

/**
 * Begins a load; what is added is written by `flush`.
 *
 * @param organName as titles of what is published say it
 */
export async function bulkLoad({ store, catalogue, calendar }: Office, organName: (id: string) => string): Promise<BulkLoad> {
  const { pool, region } = store
  const { digest } = await store.algorithms()
  const series = new Map<string, number>()
  for (const row of (
    await pool.query<{ series: string; year: number; last: number }>('select series, year, last from number_series where region = $1', [
      region,
    ])
  ).rows) {
    series.set(`${row.series}/${row.year}`, row.last)
  }
  let leafId = (await pool.query<{ last: number }>('select coalesce(max(id), 0) as last from ledger_leaf where region = $1', [region]))
    .rows[0]!.last
  let waiting = empty()

  const serial = (name: string, year: number): number => {
    const last = (series.get(`${name}/${year}`) ?? 0) + 1
    series.set(`${name}/${year}`, last)
    return last
  }
  const number = (name: string, year: number): string => numberText(name, year, serial(name, year))

  /** What an officer would have to look at is published by whoever took the step, on its day. */
  const publish = (definition: Definition, theCase: Case): void => {
    if (definition.publicity === undefined) return
    for (const one of publishables(() => definition, theCase, calendar, organName)) {
      if (one.isChosen) continue
      const taken = theCase.steps.find(({ seq }) => seq === one.seq)!
      const { on, year, validUntil, words, eventOf } = publishedRow({ catalogue, calendar }, region, theCase, one, taken.at)
      const index = indexNumber(region, year, serial(INDEX_NUMBERS, year))
      waiting.publication.push(
        line([
          region,
          randomUUID(),
          theCase.id,
          one.seq,
          one.duty,
          theCase.procedure,
          one.version,
          one.organ,
          one.due,
          index,
          JSON.stringify(one.title),
          JSON.stringify(one.body),
          words,
          taken.at,
          on,
          validUntil,
        ]),
      )
      const { kind, leaf, payload } = eventLeaf(region, eventOf(index, one.isAutomatic ? SYSTEM : taken.by), digest)
      leafId += 1
      waiting.ledger_leaf.push(line([region, leafId, kind, leaf.leaf.subject, 1, leaf.text, leaf.leafHash, leaf.saltOpen, payload]))
    }
  }

  const flush = async (): Promise<void> => {
    const rows = waiting
    waiting = empty()
    if (rows.case_file.length === 0) return
    await inTransaction(pool, async (client) => {
      for (const table of Object.keys(COLUMNS) as Table[]) {
        const text = rows[table].join('')
        await copy(client, table, COLUMNS[table], text)
      }
    })
  }

  return {
    number,
    flush,
    add(definition, theCase) {
      let previous: Buffer | null = null
      for (const taken of theCase.steps) {
        const documents = (definition.steps[taken.step]?.produces ?? []).map((document) => {
          const own = definition.parts.documents[document]!.series
          return {
            seq: taken.seq,
            document,
            number: own === undefined ? null : number(own, Number(dateIn(taken.on).slice(0, 4))),
            issuedOn: dateIn(taken.on),
          }
        })
        const row = stepRow(definition, theCase, taken, previous, documents, digest)
        previous = row.leaf.hash
        const { seq, by } = taken
        waiting.step.push(
          line([
            region,
            theCase.id,
            seq,
            theCase.procedure,
            taken.step,
            dateIn(taken.on),
            taken.on,
            taken.at,
            by.post,
            by.person,
            by.organ,
            JSON.stringify(row.open),
            taken.from,
            taken.to,
            taken.supersedes ? JSON.stringify(taken.supersedes) : null,
          ]),
        )
        if (row.personal) waiting.personal.push(line([region, theCase.id, seq, row.leaf.personalSalt!, JSON.stringify(row.personal)]))
        leafId += 1
        waiting.ledger_leaf.push(line([region, leafId, 'step', theCase.id, seq, row.leaf.text, row.leaf.hash, row.leaf.salt, null]))
        for (const { document, number: given, issuedOn } of documents)
          waiting.document.push(line([region, theCase.id, seq, document, given, issuedOn]))
        for (const { role, ordinal } of partiesOf(definition, taken)) waiting.party.push(line([region, theCase.id, role, ordinal, seq]))
        for (const { other, kind } of linksOf(definition, taken)) waiting.case_link.push(line([region, theCase.id, other, kind]))
      }
      publish(definition, theCase)
      const runs = clocksOf(definition, theCase, calendar)
      const due = nextLastDay(definition, theCase, runs)
      const final = definition.states[theCase.state]?.final === true
      waiting.case_file.push(
        line([
          region,
          theCase.id,
          theCase.procedure,
          theCase.number,
          theCase.openedUnder.version,
          theCase.openedUnder.hash,
          theCase.openedOn,
          theCase.state,
          final,
          theCase.steps.length,
          previous!,
          JSON.stringify(openFields([definition], theCase)),
          due,
        ]),
      )
      for (const organ of organsOf(definition, theCase))
        waiting.case_organ.push(line([region, theCase.id, organ, theCase.procedure, theCase.openedOn, !final, theCase.number, due]))
      const { open, personal } = searchRow(definition, theCase)
      waiting.case_search.push(line([region, theCase.id, open, personal]))
      for (const run of runs) {
        const { clock, seq, item, start_at, state, due, due_date, provisional, stopped_on, stopped_by, late } = clockRow(run)
        waiting.clock_run.push(
          line([
            region,
            theCase.id,
            clock,
            seq,
            item,
            theCase.procedure,
            start_at,
            state,
            due,
            due_date,
            provisional,
            stopped_on,
            stopped_by,
            late,
          ] as Cell[]),
        )
      }
    },
    async finish() {
      await flush()
      await pool.query("select setval(pg_get_serial_sequence('ledger_leaf', 'id'), greatest($1, 1))", [leafId])
      for (const [key, last] of series) {
        const slash = key.lastIndexOf('/')
        await pool.query(
          'insert into number_series (region, series, year, last) values ($1, $2, $3, $4) on conflict (region, series, year) do update set last = excluded.last',
          [region, key.slice(0, slash), Number(key.slice(slash + 1)), last],
        )
      }
    },
  }
}

/** Sends rows in COPY's text form. */
export async function copy(client: pg.PoolClient, table: string, columns: string, text: string): Promise<void> {
  if (text === '') return
  const stream = client.query(copyFrom(`copy ${table} (${columns}) from stdin`))
  const ended = once(stream, 'finish')
  stream.end(text)
  await ended
}

function empty(): Record<Table, string[]> {
  return {
    case_file: [],
    step: [],
    personal: [],
    ledger_leaf: [],
    clock_run: [],
    document: [],
    party: [],
    case_link: [],
    case_organ: [],
    case_search: [],
    publication: [],
  }
}

type Cell = string | number | boolean | Buffer | null

const SPECIAL = /[\\\t\n\r]/
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** One row in COPY's text form. */
export function line(cells: readonly Cell[]): string {
  return `${cells.map(cell).join('\t')}\n`
}

function cell(value: Cell): string {
  if (value === null) return '\\N'
  if (typeof value === 'string') return SPECIAL.test(value) ? value.replace(/[\\\t\n\r]/g, (special) => ESCAPES[special]!) : value
  if (typeof value === 'boolean') return value ? 't' : 'f'
  return typeof value === 'number' ? String(value) : `\\\\x${value.toString('hex')}`
}
