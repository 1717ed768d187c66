import { placeWord, searchQuery, unprovenRuns } from '#readings/search-words.ts'
import { readable, readablePersonal } from './scope.ts'
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
 * costs: with the words of a search, with a person's cases, with what is due, or else along the order itself through every place that the reader
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
        : filter.dueUntil !== undefined || order === 'due'
          ? from.due()
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
  if (text === undefined || people || order === 'due' || filter.assignedTo || filter.dueUntil !== undefined || numberIn(text))
    return undefined
  const from = new Branches({ ...asked, filter: rest, limit: within }, reader, catalogue, add)
  const query = searchQuery(text)
  if (query === undefined) return undefined
  return `select n.id, n.key from (${merged(from.walk(), order, within)}) n
    join case_search s on s.region = $1 and s.case_id = n.id join case_file c on c.region = s.region and c.id = s.case_id
    where s.open @@ ${add(query)}::tsquery${from.proven(text, 'open')} order by ${orderWords(order, 'n.key', 'n.id')} limit ${limit}`
}

/** Has a case a duty that runs? What is only a time in which something is allowed is none; what still runs when a case has ended is a party's. */
export function nextLastDay(catalogue: readonly System[], add: (value: unknown) => string): string {
  return `select min(k.due_date) as due from clock_run k where k.region = c.region and k.case_id = c.id and k.state <> 'stopped' and ${isDuty('k', catalogue, add)}`
}

function isDuty(run: string, catalogue: readonly System[], add: (value: unknown) => string): string {
  const windows = catalogue.flatMap(({ id, definitions }) =>
    definitions.flatMap(({ clocks }) => Object.entries(clocks).flatMap(([clock, { window }]) => (window ? [`${id}/${clock}`] : []))),
  )
  return `${run}.procedure || '/' || ${run}.clock <> all(${add([...new Set(windows)])}::text[])`
}

/** `宿区行复〔2024〕1号` is looked up as such: as words, `2024` and `1` would begin a tenth of all numbers. Other brackets are taken for the right ones. */
function numberIn(text: string): string | undefined {
  const [, series, year, serial] = /^\s*(\S+?)[〔[［(（【]((?:19|20)\d\d)[〕\]］)）】]\s*(\d+)\s*号?\s*$/u.exec(text) ?? []
  return serial === undefined ? undefined : `${series}〔${year}〕${serial}号`
}

function merged(branches: readonly string[], order: CaseOrder, limit: number): string {
  if (branches.length === 0) return 'select null::uuid as id, null::date as key where false and $1::text is null'
  // A case may stand in two places that the reader sees: a union shows it once.
  return `select id, key from (${branches.map((one) => `(${one})`).join(' union ')}) b order by ${orderWords(order, 'key', 'id')} limit ${limit}`
}

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
    const { key } = ORDERS[this.#asked.order]
    const running = this.#mustRun() ? 'o.running and ' : ''
    return [
      ...this.#eachPlace(
        (organ) => organ !== null,
        () => `select c.id, o.${key} as key from case_organ o join case_file c on c.region = o.region and c.id = o.case_id
         where o.region = $1 and o.procedure = p.procedure and o.organ = p.organ and ${running}${this.#span('o.opened_on')}
           ${this.#later(`o.${key}`, 'o.case_id')}${this.#conditions()} order by ${this.#along(`o.${key}`, 'o.case_id')}`,
      ),
      ...this.#eachPlace(
        (organ) => organ === null,
        () => `select c.id, c.${key} as key from case_file c where c.region = $1 and c.procedure = p.procedure and ${this.#mustRun() ? 'not c.is_final and ' : ''}${this.#span('c.opened_on')}
           ${this.#later(`c.${key}`, 'c.id')}${this.#conditions()} order by ${this.#along(`c.${key}`, 'c.id')}`,
      ),
    ]
  }

  /** From what is due: an organ's running cases are few enough to be looked at; a whole procedure's are read by their last days. */
  due(): string[] {
    const { order, filter } = this.#asked
    const duty = (run: string) => isDuty(run, this.#catalogue, this.#add)
    const key = order === 'due' ? 'k.due_date' : `c.${ORDERS[order].key}`
    const until = () => (filter.dueUntil === undefined ? '' : `and k.due_date <= ${this.#add(filter.dueUntil)}::date `)
    return [
      ...this.#eachPlace(
        (organ) => organ !== null,
        () => `select c.id, ${this.#key()} as key from case_organ o join case_file c on c.region = o.region and c.id = o.case_id ${this.#withDue()}
         where o.region = $1 and o.procedure = p.procedure and o.organ = p.organ and o.running and ${this.#rest()}`,
      ),
      ...this.#eachPlace(
        (organ) => organ === null,
        () => `select c.id, ${key} as key from clock_run k join case_file c on c.region = k.region and c.id = k.case_id
         where k.region = $1 and k.procedure = p.procedure and k.state <> 'stopped' and k.due_date is not null ${until()}and not c.is_final and ${duty('k')}
           and not exists (select 1 from clock_run e where e.region = k.region and e.case_id = k.case_id and e.state <> 'stopped' and ${duty('e')}
             and (e.due_date, e.clock, e.seq) < (k.due_date, k.clock, k.seq))
           and ${this.#later(key, order === 'due' ? 'k.case_id' : 'c.id')}${this.#conditions()} order by ${this.#along(key, order === 'due' ? 'k.case_id' : 'c.id')}`,
      ),
    ]
  }

  /** From the cases of persons. */
  assigned(persons: readonly string[]): string {
    return `select c.id, ${this.#key()} as key from case_assignee a join case_file c on c.region = a.region and c.id = a.case_id ${this.#withDue()}
      where a.region = $1 and a.person = any(${this.#add(persons)}) and ${this.#rest()}`
  }

  /** From the words of a text: within the reader's places where the text is open; where it is of people, in the cases that they handle. */
  search(text: string): string[] {
    const number = numberIn(text)
    if (number !== undefined)
      return [
        `select c.id, ${this.#key()} as key from case_file c ${this.#withDue()}
         where c.region = $1 and c.procedure = any(${this.#add(this.#places.map(({ procedure }) => procedure))}) and c.number = ${this.#add(number)} and ${this.#rest()}`,
      ]
    const query = searchQuery(text)
    if (query === undefined || this.#places.length === 0) return []
    const within = this.#places.map(placeWord).join(' | ')
    const begin = `select c.id, ${this.#key()} as key from case_search s join case_file c on c.region = s.region and c.id = s.case_id ${this.#withDue()} where s.region = $1`
    return [
      `${begin} and s.open @@ ${this.#add(`(${within}) & ${query}`)}::tsquery${this.proven(text, 'open')} and ${this.#rest()}`,
      ...(this.#asked.filter.people
        ? [
            `${begin} and s.personal @@ ${this.#add(query)}::tsquery${this.proven(text, 'personal')} and ${readablePersonal(this.#reader, this.#add)} and ${this.#rest()}`,
          ]
        : []),
    ]
  }

  /** Of a run of three and more the index proves only its pairs: the text itself is looked at. */
  proven(text: string, where: 'open' | 'personal'): string {
    const holds = (value: string, run: string) => `position(${run} in normalize(${value}, nfkc)) > 0`
    return unprovenRuns(text)
      .map((run) => this.#add(run))
      .map((run) =>
        where === 'open'
          ? ` and (${holds('c.number', run)} or exists (select 1 from step t where t.region = c.region and t.case_id = c.id and ${holds('t.input::text', run)}))`
          : ` and exists (select 1 from personal v where v.region = c.region and v.subject = c.id::text and ${holds('v.payload::text', run)})`,
      )
      .join('')
  }

  /** @param query made only where it is used: a value that no branch mentions has no type for the database */
  #eachPlace(which: (organ: string | null) => boolean, query: () => string): string[] {
    const places = this.#places.filter(({ organ }) => which(organ))
    if (places.length === 0) return []
    const [procedures, organs] = [this.#add(places.map(({ procedure }) => procedure)), this.#add(places.map(({ organ }) => organ))]
    return [
      `select f.id, f.key from unnest(${procedures}::text[], ${organs}::text[]) as p(procedure, organ) cross join lateral (${query()}) f`,
    ]
  }

  /** What follows a branch that does not run along the order: it is sorted. */
  #rest(): string {
    const due = this.#asked.order === 'due' ? 'd.due is not null and not c.is_final and ' : ''
    return `${due}${this.#later(this.#key(), 'c.id')}${this.#conditions()} order by ${this.#along(this.#key(), 'c.id')}`
  }

  #key(): string {
    const { key } = ORDERS[this.#asked.order]
    return key === 'due' ? 'd.due' : `c.${key}`
  }

  #withDue(): string {
    return this.#asked.order === 'due' ? `cross join lateral (${nextLastDay(this.#catalogue, this.#add)}) d` : ''
  }

  #along(key: string, id: string): string {
    return `${orderWords(this.#asked.order, key, id)} limit ${this.#asked.limit}`
  }

  #later(key: string, id: string): string {
    const { after, order } = this.#asked
    if (!after) return ''
    const { type, down } = ORDERS[order]
    return `(${key}, ${id}) ${down ? '<' : '>'} (${this.#add(after[0])}::${type}, ${this.#add(after[1])}::uuid) and `
  }

  #span(column: string): string {
    const { openedFrom, openedUntil } = this.#asked.filter
    return [
      ...(openedFrom === undefined ? [] : [`${column} >= ${this.#add(openedFrom)}::date and `]),
      ...(openedUntil === undefined ? [] : [`${column} <= ${this.#add(openedUntil)}::date and `]),
    ].join('')
  }

  /** Only running cases can be meant: their index is the smaller. */
  #mustRun(): boolean {
    const { running, unassigned, state } = this.#asked.filter
    const ofState =
      state === undefined ? [] : this.#catalogue.flatMap(({ definitions }) => definitions.flatMap(({ states }) => states[state] ?? []))
    return running === true || unassigned === true || (ofState.length > 0 && ofState.every(({ final }) => !final))
  }

  #conditions(): string {
    const { filter } = this.#asked
    const add = this.#add
    const fixed =
      filter.organ === undefined ? [] : this.#catalogue.filter((system) => fixesOrgan(system, filter.organ!)).map(({ id }) => id)
    return [
      readable(this.#reader, add),
      ...(filter.procedures === undefined ? [] : [`c.procedure = any(${add(filter.procedures)})`]),
      ...(filter.state === undefined ? [] : [`c.state = ${add(filter.state)}`]),
      ...(filter.running === undefined ? [] : [filter.running ? 'not c.is_final' : 'c.is_final']),
      `${this.#span('c.opened_on')}true`,
      ...(filter.organ === undefined
        ? []
        : [
            `(c.procedure = any(${add(fixed)}) or exists (select 1 from case_organ w where w.region = c.region and w.case_id = c.id and w.organ = ${add(filter.organ)}))`,
          ]),
      ...(filter.assignedTo === undefined
        ? []
        : [
            `exists (select 1 from case_assignee a where a.region = c.region and a.case_id = c.id and a.person = any(${add(filter.assignedTo)}))`,
          ]),
      ...(filter.unassigned
        ? ['not c.is_final and not exists (select 1 from case_assignee a where a.region = c.region and a.case_id = c.id)']
        : []),
      ...(filter.dueUntil === undefined
        ? []
        : [`not c.is_final and (${nextLastDay(this.#catalogue, add)}) <= ${add(filter.dueUntil)}::date`]),
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
