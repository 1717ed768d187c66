import type { Words } from './words.ts'

/** What a field may be. Kinds, not widgets: form, API schema, validation and storage are read off. */
export type FieldKind =
  | 'text'
  | 'longText'
  | 'integer'
  | 'ratio'
  | 'money'
  | 'date'
  | 'instant'
  | 'choice'
  | 'flag'
  | 'person'
  | 'organ'
  | 'party'
  | 'subject'
  | 'place'
  | 'file'
  | 'case'
  | 'list'

/** One typed particular of a step. */
export interface Field {
  readonly kind: FieldKind
  readonly name: Words
  readonly optional?: true
  /** Erasable, masked by default, never public. */
  readonly personal?: true
  readonly public?: true
  /** `organ`: the organ named takes part in the case, and its posts see it. */
  readonly takesPart?: true
  /** How service came about: a case with the field named here, which the same step alone asks, but without this one has a service that nothing proves. */
  readonly showsServiceOf?: string
  /** `choice`: value → words. */
  readonly options?: Readonly<Record<string, Words>>
  /** `list`: the fields of one entry, or the one field that each entry is. */
  readonly of?: Field | Fields
  /** Smallest and largest number, shortest and longest list or text. */
  readonly least?: number
  readonly most?: number
  readonly help?: Words
}

export type Fields = Readonly<Record<string, Field>>

/** A natural person or an organisation that takes part in a case. */
export interface Party {
  readonly name: string
  readonly kind?: 'person' | 'organisation'
  readonly idNumber?: string
  readonly phone?: string
  readonly address?: string
}

export interface Place {
  readonly address: string
  /** Nine-digit code of the township or sub-district. */
  readonly township?: string
  /** Village or community, the finest place that statistics use. */
  readonly community?: string
  readonly longitude?: number
  readonly latitude?: number
}

export interface FileRef {
  readonly name: string
  readonly sha256: string
  readonly bytes: number
}

interface ValueOfKind {
  text: string
  longText: string
  integer: number
  ratio: number
  /** In fen. */
  money: number
  date: string
  instant: string
  flag: boolean
  person: string
  organ: string
  party: Party
  /** Unified social credit code. */
  subject: string
  place: Place
  file: FileRef
  /** Id of a linked case. */
  case: string
}

export type ValueOf<F extends Field> = F extends { kind: 'choice'; options: infer O }
  ? keyof O & string
  : F extends { kind: 'list'; of: infer Of }
    ? Of extends Field
      ? ValueOf<Of>[]
      : Of extends Fields
        ? InputOfFields<Of>[]
        : never
    : F['kind'] extends keyof ValueOfKind
      ? ValueOfKind[F['kind']]
      : never

/** The values that fields ask for; optional ones may be absent. */
export type InputOfFields<F extends Fields> = {
  [K in keyof F as F[K] extends { optional: true } ? never : K]: ValueOf<F[K]>
} & { [K in keyof F as F[K] extends { optional: true } ? K : never]?: ValueOf<F[K]> }

type Plain<K extends FieldKind> = { readonly kind: K; readonly name: Words }
type Bounds = { readonly least?: number; readonly most?: number; readonly help?: Words }

function plain<const K extends FieldKind>(kind: K) {
  return (zh: string, en: string, bounds?: Bounds): Plain<K> & Bounds => ({ kind, name: [zh, en], ...bounds })
}

export const text = plain('text')
export const longText = plain('longText')
export const integer = plain('integer')
export const ratio = plain('ratio')
/** Yuan, held in fen. */
export const money = plain('money')
export const date = plain('date')
export const instant = plain('instant')
export const flag = plain('flag')
export const person = plain('person')
export const organ = plain('organ')
/** A party is a person until shown otherwise: its particulars are personal data. */
export const party = (zh: string, en: string): Plain<'party'> & { readonly personal: true } => ({
  kind: 'party',
  name: [zh, en],
  personal: true,
})
export const subject = plain('subject')
export const place = plain('place')
export const file = plain('file')
export const linkedCase = plain('case')

export function choice<const O extends Readonly<Record<string, Words>>>(zh: string, en: string, options: O) {
  return { kind: 'choice', name: [zh, en], options } as const
}

/** A list of one field (`list('…', '…', text(…))`) or of records (`list('…', '…', { name: text(…) })`). */
export function list<const Of extends Field | Fields>(zh: string, en: string, of: Of, bounds?: Bounds) {
  return { kind: 'list', name: [zh, en] as Words, of, ...bounds } as const
}

export function optional<const F extends Field>(field: F): F & { readonly optional: true } {
  return { ...field, optional: true }
}

/** Erasable, masked by default, never public. */
export function personal<const F extends Field>(field: F): F & { readonly personal: true } {
  return { ...field, personal: true }
}

/** Is this field, or any part of it, personal? Then its whole value is kept apart. A file is, unless it is said to be public. */
export function isPersonal(field: Field): boolean {
  if (field.personal || (field.kind === 'file' && !field.public)) return true
  if (field.kind !== 'list' || field.of === undefined) return false
  return typeof field.of.kind === 'string' ? isPersonal(field.of as Field) : Object.values(field.of as Fields).some(isPersonal)
}

/** May be shown to everybody. */
export function open<const F extends Field>(field: F): F & { readonly public: true } {
  return { ...field, public: true }
}

/** The organ named takes part in the case from then on: its posts see it. */
export function takesPart<const F extends Field & { readonly kind: 'organ' }>(field: F): F & { readonly takesPart: true } {
  return { ...field, takesPart: true }
}
