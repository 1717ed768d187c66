import { dateIn, instantOf } from '#engine/day.ts'
import { makeLeaf } from '#ledger/entry.ts'
import type { Case, StepTaken } from '#engine/case.ts'
import type { ClockRun } from '#engine/clocks.ts'
import type { Definition } from '#engine/definition.ts'
import type { Fields } from '#engine/field.ts'

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
 */
export function stepRow(
  definition: Definition,
  theCase: Case,
  taken: StepTaken,
  previous: Buffer | null,
  documents: readonly IssuedDocument[],
): StepRow {
  const fields = definition.steps[taken.step]?.input ?? {}
  const { open, personal } = splitInput(fields, taken.input)
  const { text, leafHash, saltOpen, saltPersonal } = makeLeaf({
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
  theCase: Pick<Case, 'procedure' | 'number' | 'version' | 'hash'>,
  taken: Pick<StepTaken, 'step' | 'on' | 'by' | 'from' | 'to' | 'supersedes' | 'seq'>,
  open: unknown,
  documents: readonly IssuedDocument[],
): Record<string, unknown> {
  const { step, on, by, from, to, supersedes, seq } = taken
  // By code unit, as the database orders with collation C: the same list whatever the order of writing.
  const issued = documents.map(({ document, number }) => ({ document, number })).sort((a, b) => (a.document < b.document ? -1 : 1))
  const opening = seq === 1 ? { number: theCase.number, version: theCase.version, definition: theCase.hash } : {}
  return {
    procedure: theCase.procedure,
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

/** Personal values apart from the others; a value stays with its field's name. */
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

/** Is this field, or any part of it, personal? Then its whole value is kept apart. */
export function isPersonal(field: Fields[string]): boolean {
  if (field.personal) return true
  if (field.kind !== 'list' || field.of === undefined) return false
  return typeof (field.of as { kind?: unknown }).kind === 'string'
    ? isPersonal(field.of as Fields[string])
    : Object.values(field.of as Fields).some(isPersonal)
}

/** The fields of the case without what is personal: what lists and figures may look at. */
export function openFields(definition: Definition, theCase: Case): Record<string, unknown> {
  const open: Record<string, unknown> = { ...theCase.fields }
  for (const step of Object.values(definition.steps)) {
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
    late: run.late ?? null,
  }
}
