import { dayOf, instantOf } from './day.ts'
import { Refusal } from './refusal.ts'
import type { Field, Fields } from './field.ts'
import type { Words } from './words.ts'

/** One thing wrong with one field, by its path: `hearing.officers.2`. */
export interface InputProblem {
  readonly path: string
  readonly says: Words
}

/**
 * What is wrong with an input, field by field: nothing missing, nothing unknown, every value of its kind. Values are not changed.
 */
export function inputProblems(fields: Fields, input: Readonly<Record<string, unknown>>, path = ''): InputProblem[] {
  const problems: InputProblem[] = []
  for (const [name, field] of Object.entries(fields)) {
    const value = Object.hasOwn(input, name) ? input[name] : undefined
    const at = path + name
    if (value === undefined || value === null) {
      if (!field.optional) problems.push({ path: at, says: [`缺少“${field.name[0]}”`, `“${field.name[1]}” is missing`] })
      continue
    }
    problems.push(...valueProblems(field, value, at))
  }
  for (const name of Object.keys(input)) {
    if (!Object.hasOwn(fields, name)) problems.push({ path: path + name, says: [`没有“${name}”这一项`, `there is no field “${name}”`] })
  }
  return problems
}

function valueProblems(field: Field, value: unknown, path: string): InputProblem[] {
  const wrong = (zh: string, en: string): InputProblem[] => [{ path, says: [`“${field.name[0]}”${zh}`, `“${field.name[1]}” ${en}`] }]
  switch (field.kind) {
    case 'list':
      return listProblems(field, value, path, wrong)
    case 'choice':
      return typeof value === 'string' && Object.hasOwn(field.options ?? {}, value)
        ? []
        : wrong('不在可选项中', 'is not one of the choices')
    case 'flag':
      return typeof value === 'boolean' ? [] : wrong('应为是或否', 'must be yes or no')
    case 'integer':
    case 'money':
      return Number.isSafeInteger(value) ? boundProblems(field, value as number, wrong) : wrong('应为整数', 'must be a whole number')
    case 'ratio':
      return typeof value === 'number' && Number.isFinite(value) ? boundProblems(field, value, wrong) : wrong('应为数', 'must be a number')
    case 'date':
      return readable(value, dayOf) ? [] : wrong('不是存在的日期', 'is not an existing date')
    case 'instant':
      return readable(value, instantOf) ? [] : wrong('不是存在的时刻', 'is not an existing instant')
    case 'party':
    case 'place':
    case 'file':
      return hasForm(FORMS[field.kind], value) ? [] : wrong('格式不对', 'has the wrong form')
    default:
      if (typeof value !== 'string') return wrong('应为文字', 'must be text')
      return value.trim() === '' ? wrong('不能为空', 'must not be empty') : boundProblems(field, [...value].length, wrong)
  }
}

/** Characters of a name, an address, a telephone: what is longer is none, and would push everything else off a page. */
const LONGEST_PART = 500
const isText = (value: unknown): boolean => typeof value === 'string' && [...value].length <= LONGEST_PART
const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value)

/** The parts of the kinds that are records: what each must be, and which must be there. */
const FORMS: Readonly<
  Record<
    'party' | 'place' | 'file',
    { readonly parts: Readonly<Record<string, (value: unknown) => boolean>>; readonly needs: readonly string[] }
  >
> = {
  party: {
    parts: {
      name: (value) => isText(value) && (value as string).trim() !== '',
      kind: (value) => value === 'person' || value === 'organisation',
      idNumber: isText,
      phone: isText,
      address: isText,
    },
    needs: ['name'],
  },
  place: { parts: { address: isText, township: isText, community: isText, longitude: isNumber, latitude: isNumber }, needs: ['address'] },
  file: {
    parts: {
      name: (value) => isText(value) && (value as string).trim() !== '',
      sha256: isText,
      bytes: (value) => Number.isSafeInteger(value) && (value as number) >= 0,
    },
    needs: ['name', 'sha256', 'bytes'],
  },
}

function hasForm({ parts, needs }: (typeof FORMS)['party'], value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const given = Object.entries(value).filter(([, part]) => part !== undefined)
  return (
    needs.every((name) => Object.hasOwn(value, name)) && given.every(([name, part]) => Object.hasOwn(parts, name) && parts[name]!(part))
  )
}

function listProblems(field: Field, value: unknown, path: string, wrong: (zh: string, en: string) => InputProblem[]): InputProblem[] {
  if (!Array.isArray(value)) return wrong('应为列表', 'must be a list')
  const of = field.of ?? {}
  const entries = value.flatMap((entry, index) =>
    isField(of)
      ? valueProblems(of, entry, `${path}.${index + 1}`)
      : typeof entry === 'object' && entry !== null && !Array.isArray(entry)
        ? inputProblems(of, entry as Record<string, unknown>, `${path}.${index + 1}.`)
        : wrong('每一项应有其各栏', 'must hold records'),
  )
  return [...boundProblems(field, value.length, wrong), ...entries]
}

function isField(of: Field | Fields): of is Field {
  return typeof (of as Field).kind === 'string'
}

function boundProblems(field: Field, size: number, wrong: (zh: string, en: string) => InputProblem[]): InputProblem[] {
  if (field.least !== undefined && size < field.least) return wrong(`不少于 ${field.least}`, `must be at least ${field.least}`)
  if (field.most !== undefined && size > field.most) return wrong(`不多于 ${field.most}`, `must be at most ${field.most}`)
  return []
}

function readable(value: unknown, read: (text: string) => number): boolean {
  if (typeof value !== 'string') return false
  try {
    read(value)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}
