import { dateIn, instantOf } from '#engine/day.ts'
import { SYSTEM } from '#engine/apply-step.ts'
import { isPersonal } from '#engine/field.ts'
import { makeLeaf } from '#ledger/entry.ts'
import { placeWord, searchVector } from '#readings/search-words.ts'
import { standing } from '#engine/case.ts'
import type { Algorithm } from '#ledger/digest.ts'
import type { Case, StepTaken } from '#engine/case.ts'
import type { ClockRun } from '#engine/clocks.ts'
import type { Definition } from '#engine/definition.ts'
import type { Field, Fields } from '#engine/field.ts'

/** One step as the store writes it: the open part, the personal part, and the ledger's leaf over both. */
export interface StepRow {
  readonly taken: StepTaken
  readonly open: Readonly<Record<string, unknown>>
  readonly personal: Readonly<Record<string, unknown>> | null
  readonly leaf: { readonly text: string; readonly hash: Buffer; readonly salt: Buffer; readonly personalSalt: Buffer | null }
}

/** A document that a step produced, with its number if it bears one. */
export interface IssuedDocument {
  readonly seq: number
  readonly document: string
  readonly number: string | null
}

/**
 * Splits the input of a step and makes its leaf.
 *
 * @param previous hash of the leaf of the case's step before
 * @param alg digest of the ledger
 */
export function stepRow(
  definition: Definition,
  theCase: Case,
  taken: StepTaken,
  previous: Buffer | null,
  documents: readonly IssuedDocument[],
  alg: Algorithm,
): StepRow {
  const fields = definition.steps[taken.step]?.input ?? {}
  const { open, personal } = splitInput(fields, taken.input)
  const { text, leafHash, saltOpen, saltPersonal } = makeLeaf({
    alg,
    region: theCase.region,
    kind: 'step',
    subject: theCase.id,
    seq: taken.seq,
    at: new Date(instantOf(taken.at)).toISOString().replace('.000Z', 'Z'),
    open: ledgerPayload(
      theCase,
      taken,
      open,
      documents.filter(({ seq }) => seq === taken.seq),
    ),
    personal,
    prev: previous,
  })
  return { taken, open, personal, leaf: { text, hash: leafHash, salt: saltOpen, personalSalt: saltPersonal } }
}

/** What the ledger commits to for a step, besides what is personal: every stored value of the row, and of the case when it opens it. */
export function ledgerPayload(
  { procedure, number, openedUnder }: Pick<Case, 'procedure' | 'number' | 'openedUnder'>,
  taken: Pick<StepTaken, 'step' | 'on' | 'by' | 'from' | 'to' | 'supersedes' | 'seq'>,
  open: unknown,
  documents: readonly IssuedDocument[],
): Record<string, unknown> {
  const { step, on, by, from, to, supersedes, seq } = taken
  // By code unit, as the database orders with collation C: the same list whatever the order of writing.
  const issued = documents.map(({ document, number }) => ({ document, number })).sort((a, b) => (a.document < b.document ? -1 : 1))
  const opening = seq === 1 ? { number, version: openedUnder.version, definition: openedUnder.hash } : {}
  return {
    procedure,
    step,
    on,
    by: { ...by },
    from,
    to,
    supersedes: supersedes ?? null,
    input: open,
    documents: issued,
    ...opening,
  }
}

/** Personal values apart from the others, a field with a personal part as a whole; a value stays with its field's name. */
export function splitInput(
  fields: Fields,
  input: Readonly<Record<string, unknown>>,
): { open: Record<string, unknown>; personal: Record<string, unknown> | null } {
  const open: Record<string, unknown> = {}
  let personal: Record<string, unknown> | null = null
  for (const [name, value] of Object.entries(input)) {
    if (value === undefined) continue
    if (fields[name] && isPersonal(fields[name])) (personal ??= {})[name] = value
    else open[name] = value
  }
  return { open, personal }
}

/** The fields of the case without what is personal under any of the versions that it has run under: what lists and figures may look at. */
export function openFields(definitions: readonly Definition[], theCase: Case): Record<string, unknown> {
  const open: Record<string, unknown> = { ...theCase.fields }
  for (const step of definitions.flatMap(({ steps }) => Object.values(steps))) {
    for (const [name, field] of Object.entries(step.input ?? {})) if (isPersonal(field)) delete open[name]
  }
  return open
}

/** The parties that a step names: by role and place in the list. Who they are stays in the step's personal part. */
export function partiesOf(definition: Definition, taken: StepTaken): { role: string; ordinal: number }[] {
  return Object.entries(definition.steps[taken.step]?.input ?? {}).flatMap(([role, field]) => {
    const value = taken.input[role]
    if (value === undefined) return []
    if (field.kind === 'party') return [{ role, ordinal: 1 }]
    if (field.kind === 'list' && (field.of as { kind?: unknown })?.kind === 'party')
      return (value as unknown[]).map((_, index) => ({ role, ordinal: index + 1 }))
    return []
  })
}

/** The cases that a step links to. */
export function linksOf(definition: Definition, taken: StepTaken): { other: string; kind: string }[] {
  return Object.entries(definition.steps[taken.step]?.input ?? {}).flatMap(([name, field]) => {
    const value = taken.input[name]
    if (value === undefined) return []
    if (field.kind === 'case') return [{ other: String(value), kind: name }]
    if (field.kind === 'list' && (field.of as { kind?: unknown })?.kind === 'case')
      return (value as string[]).map((other) => ({ other, kind: name }))
    return []
  })
}

/** One run of a clock as a row. */
export function clockRow(run: ClockRun): Record<string, unknown> {
  return {
    clock: run.clock,
    seq: run.seq,
    item: run.item ?? '',
    start_at: run.start,
    state: run.state,
    due: run.deadline?.due ?? null,
    due_date: run.deadline ? dateIn(run.deadline.due) : null,
    provisional: run.deadline?.provisional ?? false,
    stopped_on: run.stoppedOn === undefined ? null : dateIn(run.stoppedOn),
    stopped_by: run.stoppedBy ?? null,
    late: run.late ?? null,
  }
}

/**
 * The next last day of a case's duties; `null` where none runs. What is only a time in which something is allowed is none; what still runs when a
 * case has ended is a party's.
 *
 * @param definition the version that the case follows now
 */
export function nextLastDay(definition: Definition, theCase: Case, runs: readonly ClockRun[]): string | null {
  if (definition.states[theCase.state]?.final === true) return null
  const days = runs.flatMap(({ clock, state, deadline }) =>
    state !== 'stopped' && deadline && !definition.clocks[clock]!.window ? [dateIn(deadline.due)] : [],
  )
  return days.sort()[0] ?? null
}

/** The organs that take part in a case beside those that its procedure fixes: who took a step that stands, and whom a field that says so names. */
export function organsOf(definition: Definition, theCase: Case): string[] {
  const fixed = new Set(Object.values(definition.posts).flatMap(({ organ }) => organ ?? []))
  const organs = new Set<string>()
  for (const { step, by, input } of standing(theCase.steps)) {
    // In a party's own step the organ is who recorded it; in a synthetic year nobody did.
    if (by.organ !== SYSTEM.organ && by.organ !== by.post) organs.add(by.organ)
    for (const [name, field] of Object.entries(definition.steps[step]?.input ?? {}))
      for (const organ of takingPart(field, input[name])) organs.add(organ)
  }
  return [...organs].filter((organ) => !fixed.has(organ)).sort()
}

function takingPart(field: Field, value: unknown): string[] {
  if (value === undefined || value === null) return []
  if (field.takesPart) return [String(value)]
  const of = field.of as (Field & { kind?: unknown }) | Fields | undefined
  if (field.kind !== 'list' || of === undefined) return []
  const entries = value as readonly unknown[]
  if (typeof of.kind === 'string') return entries.flatMap((entry) => takingPart(of as Field, entry))
  return entries.flatMap((entry) =>
    Object.entries(of as Fields).flatMap(([name, one]) => takingPart(one, (entry as Record<string, unknown>)[name])),
  )
}

/** What a case is found by: its number and its texts, within its procedure and its organs; who its people are, apart. */
export function searchRow(definition: Definition, theCase: Case): { open: string; personal: string | null } {
  const open = [theCase.number]
  const personal: string[] = []
  for (const { step, input } of standing(theCase.steps)) {
    for (const [name, field] of Object.entries(definition.steps[step]?.input ?? {})) {
      if (input[name] === undefined) continue
      ;(isPersonal(field) ? personal : open).push(...textsOf(field, input[name]))
    }
  }
  const places = [null, ...organsOf(definition, theCase)].map((organ) => placeWord({ procedure: theCase.procedure, organ }))
  return { open: [searchVector(open), ...places].join(' '), personal: personal.length > 0 ? searchVector(personal) : null }
}

const FOUND_BY: ReadonlySet<string> = new Set(['text', 'longText', 'person', 'subject', 'party', 'place'])

/** The texts in a value that somebody may look for; a place by its address, a party by name, number and telephone. */
function textsOf(field: Field, value: unknown): string[] {
  if (value === null || value === undefined) return []
  if (field.kind === 'list') {
    const of = field.of as (Field & { kind?: unknown }) | Fields
    const entries = value as readonly unknown[]
    if (typeof of.kind === 'string') return entries.flatMap((entry) => textsOf(of as Field, entry))
    return entries.flatMap((entry) =>
      Object.entries(of as Fields).flatMap(([name, one]) => textsOf(one, (entry as Record<string, unknown>)[name])),
    )
  }
  if (!FOUND_BY.has(field.kind)) return []
  return typeof value === 'object' ? Object.values(value).filter((one) => typeof one === 'string') : [String(value)]
}
