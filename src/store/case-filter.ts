import { INVISIBLE, placeWord, searchQuery, unprovenRuns } from '#readings/search-words.ts'
import { notRecused, readable, readablePersonal } from './scope.ts'
import type { PersonalReader } from './scope.ts'
import type { Scope } from '#identity/permission.ts'
import type { System } from '#engine/system.ts'

/** Which cases a list holds. What is absent restricts nothing. */
export interface CaseFilter {
  readonly procedures?: readonly string[]
  readonly state?: string
  readonly running?: boolean
  /** Assigned to one of these persons. */
  readonly assignedTo?: readonly string[]
  /** Runs, and is nobody's yet. */
  readonly unassigned?: boolean
  /** An organ that takes part. */
  readonly organ?: string
  readonly openedFrom?: string
  readonly openedUntil?: string
  /** Runs, and has a duty whose last day is this one or before. */
  readonly dueUntil?: string
  /** Of the number, the title, the texts. */
  readonly text?: string
  /** The text may also be of the people, in cases where the reader may read who they are. */
  readonly people?: boolean
}

/** `due`: by the next last day, and only cases that have one. */
export type CaseOrder = 'newest' | 'oldest' | 'due' | 'number'

/** Where a page goes on: the last line's place in the order, and its id. */
export type After = readonly [key: string, id: string]

interface Asked {
  readonly filter: CaseFilter
  readonly order: CaseOrder
  readonly after?: After | undefined
  readonly limit: number
  /** Only how many there are is asked: in any order, the first that are found. */
  readonly counted?: true
}

const ORDERS: Readonly<
  Record<CaseOrder, { readonly key: 'opened_on' | 'number_key' | 'due'; readonly type: string; readonly down: boolean }>
> = {
  newest: { key: 'opened_on', type: 'date', down: true },
  oldest: { key: 'opened_on', type: 'date', down: false },
  due: { key: 'due', type: 'date', down: false },
  number: { key: 'number_key', type: 'text', down: false },
}

/** The words of the order in SQL, over `key` and `id`. */
export function orderWords(order: CaseOrder, key: string, id: string): string {
  const way = ORDERS[order].down ? 'desc' : 'asc'
  return `${key} ${way}, ${id} ${way}`
}

/**
 * The ids of the cases asked for, and the key of their order, as one query: at most `limit`, the first ones. Where it begins decides what it
 * costs: with the words of a search, with a person's cases, or else along the order itself through every place that the reader
 * sees, so that a page costs as much as it shows and not as much as there is.
 */
export function caseQuery(asked: Asked, reader: PersonalReader, catalogue: readonly System[], add: (value: unknown) => string): string {
  const from = new Branches(asked, reader, catalogue, add)
  const { filter, order } = asked
  const branches =
    filter.text !== undefined
      ? from.search(filter.text)
      : filter.assignedTo !== undefined
        ? [from.assigned(filter.assignedTo)]
        : from.walk()
  return merged(branches, order, asked.limit)
}

/**
 * The same, of the search's matches among the `within` first cases of the order: a common word fills its page from them, and reading the whole
 * index for it would be slow. Complete only if it yields `limit` cases. `undefined` where the order or the search does not allow it.
 */
export function caseQueryNearby(
  asked: Asked,
  within: number,
  reader: PersonalReader,
  catalogue: readonly System[],
  add: (value: unknown) => string,
): string | undefined {
  const { filter, order, limit } = asked
  const { text, people, ...rest } = filter
  if (text === undefined || people || filter.assignedTo || filter.dueUntil !== undefined || numberIn(text)) return undefined
  const from = new Branches({ ...asked, filter: rest, limit: within }, reader, catalogue, add)
  const query = searchQuery(text)
  if (query === undefined) return undefined
  const withCase = unprovenRuns(text).length > 0 ? 'join case_file c on c.region = s.region and c.id = s.case_id' : ''
  return `select n.id, n.key from (${merged(from.walk(), order, within)}) n join case_search s on s.region = $1 and s.case_id = n.id ${withCase}
    where s.open @@ ${add(query)}::tsquery${from.proven(text, 'open')} order by ${orderWords(order, 'n.key', 'n.id')} limit ${limit}`
}

/** `宿区行复〔2024〕1号` is looked up as such: as words, `2024` and `1` would begin a tenth of all numbers. Other brackets are taken for the right ones. */
function numberIn(text: string): string | undefined {
  const [, series, year, serial] = /^\s*(\S+?)[〔[［(（【]((?:19|20)\d\d)[〕\]］)）】]\s*(\d+)\s*号?\s*$/u.exec(text) ?? []
  return serial === undefined ? undefined : `${series}〔${year}〕${serial}号`
}

function merged(branches: readonly string[], order: CaseOrder, limit: number): string {
  if (branches.length === 0) return 'select c.id, c.opened_on as key from case_file c where c.region = $1 and false'
  // A case may stand in two places that the reader sees: a union shows it once.
  return `select id, key from (${branches.map((one) => `(${one})`).join(' union ')}) b order by ${orderWords(order, 'key', 'id')} limit ${limit}`
}

/** Where the parts of a case's line are read: in its own row, or in that of an organ that takes part, which is enough for most lists. */
const OF_CASE = { id: 'c.id', procedure: 'c.procedure', openedOn: 'c.opened_on', runs: 'not c.is_final', due: 'c.due' }
const OF_ORGAN = { id: 'o.case_id', procedure: 'o.procedure', openedOn: 'o.opened_on', runs: 'o.running', due: 'o.due' }
const WITH_CASE = 'join case_file c on c.region = o.region and c.id = o.case_id'
type Row = typeof OF_CASE

/** Each branch is a query of `id` and `key`, ordered and limited. */
class Branches {
  readonly #asked: Asked
  readonly #reader: PersonalReader
  readonly #catalogue: readonly System[]
  readonly #add: (value: unknown) => string
  readonly #places: readonly Scope[]

  constructor(asked: Asked, reader: PersonalReader, catalogue: readonly System[], add: (value: unknown) => string) {
    this.#asked = asked
    this.#reader = reader
    this.#catalogue = catalogue
    this.#add = add
    this.#places = placesOf(asked.filter, reader.scopes, catalogue)
  }

  /** Along the order, through every place. */
  walk(): string[] {
    const { filter, order } = this.#asked
    const { key } = ORDERS[order]
    const mustRun = (row: Row) => (this.#mustRun() ? `${row.runs} and ` : '')
    const walk = (row: Row, alias: string, from: string): string => {
      const select = `select ${row.id} as id, ${alias}.${key} as key from ${from} and ${mustRun(row)}`
      // What is due until a day is looked up by it and sorted: along another order the database might run past a million cases that are not.
      return filter.dueUntil === undefined || order === 'due'
        ? `${select}${this.#rest(row, `${alias}.${key}`)}`
        : `select w.id, w.key from (${select}${this.#conditions(row)} offset 0) w where ${this.#later('w.key', 'w.id')}true ${this.#along('w.key', 'w.id')}`
    }
    return [
      ...this.#organs(() => walk(OF_ORGAN, 'o', this.#fromOrgan())),
      ...this.#everywhere(() => walk(OF_CASE, 'c', 'case_file c where c.region = $1 and c.procedure = p.procedure')),
    ]
  }

  /** From the cases of persons. */
  assigned(persons: readonly string[]): string {
    return `select c.id, ${this.#key()} as key from case_assignee a join case_file c on c.region = a.region and c.id = a.case_id
      where a.region = $1 and a.person = any(${this.#add(persons)}) and ${this.#rest(OF_CASE, this.#key())}`
  }

  /** From the words of a text: within the reader's places where the text is open; where it is of people, in the cases that they handle. */
  search(text: string): string[] {
    const number = numberIn(text)
    if (number !== undefined)
      return [
        `select c.id, ${this.#key()} as key from case_file c
         where c.region = $1 and c.procedure = any(${this.#add(this.#places.map(({ procedure }) => procedure))}) and c.number = ${this.#add(number)} and ${this.#rest(OF_CASE, this.#key())}`,
      ]
    const query = searchQuery(text)
    if (query === undefined || this.#places.length === 0) return []
    const within = this.#places.map(placeWord).join(' | ')
    const begin = `select c.id, ${this.#key()} as key from case_search s join case_file c on c.region = s.region and c.id = s.case_id where s.region = $1`
    return [
      `${begin} and s.open @@ ${this.#add(`(${within}) & ${query}`)}::tsquery${this.proven(text, 'open')} and ${this.#rest(OF_CASE, this.#key())}`,
      ...(this.#asked.filter.people
        ? [
            `${begin} and s.personal @@ ${this.#add(query)}::tsquery${this.proven(text, 'personal')} and ${readablePersonal(this.#reader, this.#add)} and ${this.#rest(OF_CASE, this.#key())}`,
          ]
        : []),
    ]
  }

  /** Of a run of three and more the index proves only its pairs: the text itself is looked at. */
  proven(text: string, where: 'open' | 'personal'): string {
    const runs = unprovenRuns(text)
    if (runs.length === 0) return ''
    const marks = this.#add(INVISIBLE)
    // To leave the marks out costs more than all the rest: only where the text as it stands does not hold the run.
    const holds = (value: string, run: string) =>
      `(position(${run} in normalize(${value}, nfkc)) > 0 or position(${run} in translate(normalize(${value}, nfkc), ${marks}, '')) > 0)`
    return runs
      .map((run) => this.#add(run))
      .map((run) =>
        where === 'open'
          ? ` and (${holds('c.number', run)} or exists (select 1 from step t where t.region = c.region and t.case_id = c.id and ${holds('t.input::text', run)}))`
          : ` and exists (select 1 from personal v where v.region = c.region and v.subject = c.id::text and ${holds('v.payload::text', run)})`,
      )
      .join('')
  }

  /** @param query made only where it is used: a value that no branch mentions has no type for the database */
  #organs(query: () => string): string[] {
    return this.#each(
      this.#places.filter(({ organ }) => organ !== null),
      query,
    )
  }

  #everywhere(query: () => string): string[] {
    return this.#each(
      this.#places.filter(({ organ }) => organ === null),
      query,
    )
  }

  #each(places: readonly Scope[], query: () => string): string[] {
    if (places.length === 0) return []
    const [procedures, organs] = [this.#add(places.map(({ procedure }) => procedure)), this.#add(places.map(({ organ }) => organ))]
    return [
      `select f.id, f.key from unnest(${procedures}::text[], ${organs}::text[]) as p(procedure, organ) cross join lateral (${query()}) f`,
    ]
  }

  /** The cases of a place that is an organ's; with the cases' own rows where a condition needs them. */
  #fromOrgan(): string {
    return `case_organ o ${this.#needsCase() ? WITH_CASE : ''} where o.region = $1 and o.procedure = p.procedure and o.organ = p.organ`
  }

  #needsCase(): boolean {
    return this.#asked.filter.state !== undefined || this.#asked.filter.organ !== undefined
  }

  /** What follows a branch: where it goes on, its conditions, its order. */
  #rest(row: Row, key: string): string {
    return `${this.#later(key, row.id)}${this.#conditions(row)} ${this.#along(key, row.id)}`
  }

  #key(): string {
    return `c.${ORDERS[this.#asked.order].key}`
  }

  #along(key: string, id: string): string {
    const { order, limit, counted } = this.#asked
    return counted ? `limit ${limit}` : `order by ${orderWords(order, key, id)} limit ${limit}`
  }

  #later(key: string, id: string): string {
    const { after, order } = this.#asked
    if (!after) return ''
    const { type, down } = ORDERS[order]
    return `(${key}, ${id}) ${down ? '<' : '>'} (${this.#add(after[0])}::${type}, ${this.#add(after[1])}::uuid) and `
  }

  /** Only running cases can be meant: their index is the smaller. */
  #mustRun(): boolean {
    const { running, unassigned, state } = this.#asked.filter
    const ofState =
      state === undefined ? [] : this.#catalogue.flatMap(({ definitions }) => definitions.flatMap(({ states }) => states[state] ?? []))
    return running === true || unassigned === true || (ofState.length > 0 && ofState.every(({ final }) => !final))
  }

  #conditions(row: Row): string {
    const { filter, order } = this.#asked
    const add = this.#add
    const fixed =
      filter.organ === undefined ? [] : this.#catalogue.filter((system) => fixesOrgan(system, filter.organ!)).map(({ id }) => id)
    // An organ's rows are those of the reader's own places; where another organ was asked for, the whole predicate decides.
    const readableHere = row === OF_ORGAN && !this.#needsCase() ? notRecused(this.#reader.person, row.id, add) : readable(this.#reader, add)
    return [
      readableHere,
      ...(order === 'due' ? [`${row.due} is not null`] : []),
      ...(filter.procedures === undefined ? [] : [`${row.procedure} = any(${add(filter.procedures)})`]),
      ...(filter.state === undefined ? [] : [`c.state = ${add(filter.state)}`]),
      ...(filter.running === undefined ? [] : [filter.running ? row.runs : `not (${row.runs})`]),
      ...(filter.openedFrom === undefined ? [] : [`${row.openedOn} >= ${add(filter.openedFrom)}::date`]),
      ...(filter.openedUntil === undefined ? [] : [`${row.openedOn} <= ${add(filter.openedUntil)}::date`]),
      ...(filter.organ === undefined
        ? []
        : [
            `(c.procedure = any(${add(fixed)}) or exists (select 1 from case_organ w where w.region = c.region and w.case_id = c.id and w.organ = ${add(filter.organ)}))`,
          ]),
      ...(filter.assignedTo === undefined
        ? []
        : [
            `exists (select 1 from case_assignee a where a.region = $1 and a.case_id = ${row.id} and a.person = any(${add(filter.assignedTo)}))`,
          ]),
      ...(filter.unassigned
        ? [`${row.runs} and not exists (select 1 from case_assignee a where a.region = $1 and a.case_id = ${row.id})`]
        : []),
      ...(filter.dueUntil === undefined ? [] : [`${row.due} <= ${add(filter.dueUntil)}::date`]),
    ].join(' and ')
  }
}

/** Where to look: the reader's places, of the procedures asked for, by the organ asked for where that is narrower. */
function placesOf({ procedures, organ }: CaseFilter, scopes: readonly Scope[], catalogue: readonly System[]): Scope[] {
  const places = scopes
    .filter(({ procedure }) => procedures === undefined || procedures.includes(procedure))
    .map((scope) => {
      const system = catalogue.find(({ id }) => id === scope.procedure)!
      return organ === undefined || fixesOrgan(system, organ) ? scope : { procedure: scope.procedure, organ }
    })
  return [...new Map(places.map((place) => [placeWord(place), place])).values()]
}

/** An organ to which the procedure fixes a post takes part in every case of it. */
function fixesOrgan({ definitions }: System, organ: string): boolean {
  return definitions.some(({ posts }) => Object.values(posts).some((post) => post.organ === organ))
}
