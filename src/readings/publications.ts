import { Converter } from 'opencc-js/t2cn'
import { dateIn } from '#engine/day.ts'
import { fieldsOf } from './case-title.ts'
import { holds } from '#engine/clocks.ts'
import { isPersonal } from '#engine/field.ts'
import { lastDay } from '#engine/deadline.ts'
import { placesOf, standing } from '#engine/case.ts'
import { searchQuery, searchVector } from './search-words.ts'
import type { Calendar } from '#engine/calendar.ts'
import type { Case, StepTaken } from '#engine/case.ts'
import type { Definition, Mark, Publicity } from '#engine/definition.ts'
import type { Words } from '#engine/words.ts'

/** Something of a case that is, or may be, published: read off its steps, nothing stored. */
export interface Publishable {
  readonly duty: string
  /** The place of the step that it rests on: a correction keeps it. */
  readonly seq: number
  /** The version that says so. */
  readonly version: string
  /** The organ that took the step. */
  readonly organ: string
  /** Nothing is left to decide. */
  readonly isAutomatic: boolean
  /** Published only where somebody chose it. */
  readonly isChosen: boolean
  /** The last day by law; `null` where it names none. */
  readonly due: string | null
  readonly title: Words
  /** The public fields, by name; nothing else of the case. */
  readonly body: Readonly<Record<string, unknown>>
}

type Law = (seq: number) => Definition

/**
 * What of a case is to be public as its steps stand: a step struck out or undone by a later one brings nothing.
 *
 * @param law which version each step was taken under
 * @param organName the organ's name: titles are for people
 */
export function publishables(law: Law, theCase: Case, calendar: Calendar, organName: (id: string) => string): Publishable[] {
  const places = placesOf(theCase.steps)
  const steps = standing(theCase.steps)
  return steps.flatMap((taken, index) => {
    const definition = law(taken.seq)
    return Object.entries(definition.publicity ?? {}).flatMap(([id, duty]): Publishable[] => {
      const later = steps.slice(index + 1)
      const isAgain = later.some((other) => isAt(duty.after, other, theCase.fields))
      const isOver = later.some((other) => (duty.until ?? []).some((mark) => isAt(mark, other, theCase.fields)))
      if (!isAt(duty.after, taken, theCase.fields) || isAgain || isOver) return []
      const body = publicBody(definition, duty, { ...theCase.fields, ...taken.input })
      if (duty.text !== undefined && String(body[duty.text] ?? '').trim() === '') return []
      return [
        {
          duty: id,
          seq: places.get(taken.seq)!,
          version: definition.inForce.from,
          organ: taken.by.organ,
          isAutomatic: duty.by === undefined,
          isChosen: duty.chosen === true,
          due: duty.within ? dateIn(lastDay({ start: dateIn(taken.on), limit: duty.within }, calendar).due) : null,
          title: titleOf(definition, duty, body, organName),
          body,
        },
      ]
    })
  })
}

/** May this new step bring a publication, or end one? Most steps do neither, and nothing is looked up for them. */
export function touchesPublications(definition: Definition, { steps, fields }: Case, taken: StepTaken): boolean {
  return Object.values(definition.publicity ?? {}).some((duty) => {
    const marks = [duty.after, ...(duty.until ?? [])]
    if (!steps.some((one) => isAt(duty.after, one, fields))) return taken.supersedes !== undefined
    return taken.supersedes !== undefined || marks.some((mark) => isAt(mark, taken, fields))
  })
}

function isAt(mark: Mark, { step, input }: StepTaken, fields: Case['fields']): boolean {
  if (typeof mark === 'string') return mark === step
  return mark.step === step && (mark.when === undefined || holds(mark.when, { ...fields, ...input }))
}

/** The second lock beside `yifa check`: a field that is not public is not taken whatever the duty names. */
function publicBody(definition: Definition, { fields }: Publicity, values: Case['fields']): Record<string, unknown> {
  const asked = Object.values(definition.steps)
  const isPublic = (name: string): boolean =>
    asked.every(({ input }) => input?.[name] === undefined || (input[name].public === true && !isPersonal(input[name])))
  return Object.fromEntries(
    fields.flatMap((name) => (values[name] !== undefined && values[name] !== null && isPublic(name) ? [[name, values[name]]] : [])),
  )
}

function titleOf(definition: Definition, duty: Publicity, body: Case['fields'], organName: (id: string) => string): Words {
  const kinds = fieldsOf(definition)
  const parts = (duty.title ?? []).flatMap((name): Words[] => {
    const [field, value] = [kinds.get(name), body[name]]
    if (field === undefined || value === undefined) return []
    const text = field.kind === 'organ' ? organName(String(value)) : String(value)
    return [field.options?.[String(value)] ?? [text, text]]
  })
  const [zh, en] = [0, 1].map((index) => [duty.name[index]!, ...parts.map((part) => part[index]!)])
  return [zh!.join(' · '), en!.join(' · ')]
}

/** The words by which a publication is found: its title and its texts; 繁體 and 简体 find the same. */
export function publicationVector(definition: Definition, title: Words, body: Case['fields']): string {
  const kinds = fieldsOf(definition)
  const texts = Object.entries(body).flatMap(([name, value]) => {
    const field = kinds.get(name)
    return field?.options?.[String(value)] ?? (typeof value === 'string' && field?.kind !== 'organ' ? [value] : [])
  })
  return searchVector([...title, ...texts].map(simplified))
}

/** A reader's query over publications; `undefined` where it holds nothing that can be found. */
export function publicationQuery(text: string): string | undefined {
  return searchQuery(simplified(text))
}

const simplified = Converter({ from: 't', to: 'cn' })
