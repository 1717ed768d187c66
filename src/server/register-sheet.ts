import ExcelJS from 'exceljs'
import { isDay } from '#engine/day.ts'
import { entryProblems } from '#store/registers.ts'
import { isDeepStrictEqual } from 'node:util'
import { Refusal } from '#engine/refusal.ts'
import { unzipSync } from 'fflate'
import { valueText } from './value-text.ts'
import { words } from './words.ts'
import type { EntryRead } from '#store/registers.ts'
import type { Field } from '#engine/field.ts'
import type { OrganNames } from './shown-value.ts'
import type { Register, RegisterEntry } from '#engine/register.ts'
import type { View } from './view.ts'
import type { Words } from '#engine/words.ts'

/** Something wrong in one cell of a sheet. */
export interface RowError {
  /** As the spreadsheet counts: the first row below the head is 2. */
  readonly row: number
  readonly column: string
  readonly message: string
}

/** An entry read from a row. */
export interface RowRead {
  readonly row: number
  readonly entry: RegisterEntry
}

/** What an import would come to. */
export interface ImportRead {
  readonly added: readonly RowRead[]
  readonly changed: readonly (RowRead & { readonly was: EntryRead; readonly differs: readonly string[] })[]
  readonly unchanged: number
  readonly errors: readonly RowError[]
}

const ROWS_MOST = 20_000
const COLUMNS_MOST = 60
/** A workbook is an archive: a small one can hold more than the machine. Bytes when unpacked. */
const UNPACKED_MOST = 200_000_000

interface Column {
  readonly id: string
  readonly name: Words
  readonly field: Field | undefined
}

/** The columns of a register's sheet. `key`, `validFrom` and `validUntil` are every register's. */
function columnsOf(register: Register): Column[] {
  return [
    { id: 'key', name: register.key, field: undefined },
    { id: 'validFrom', name: words.validFrom, field: { kind: 'date', name: words.validFrom } },
    { id: 'validUntil', name: words.validUntil, field: { kind: 'date', name: words.validUntil, optional: true } },
    ...Object.entries(register.fields).map(([id, field]) => ({ id, name: field.name, field })),
  ]
}

/** The head of a column names its field beside its label: a sheet in one language is read in the other. */
function headOf({ id, name }: Column, view: View): string {
  return `${view.say(name)} [${id}]`
}

/** An empty sheet to be filled, or one with entries to be changed, and beside it what each column takes. */
export async function registerTemplate(
  register: Register,
  entries: readonly EntryRead[],
  shown: (field: Field) => boolean,
  view: View,
  organs: OrganNames,
): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook()
  const columns = columnsOf(register).filter(({ field }) => field === undefined || shown(field))
  const sheet = workbook.addWorksheet(view.say(register.name).slice(0, 31), { views: [{ state: 'frozen', ySplit: 1 }] })
  sheet.columns = columns.map((column) => ({ header: headOf(column, view), width: 24, style: { numFmt: '@' } }))
  sheet.getRow(1).font = { bold: true }
  for (const { key, validFrom, validUntil, value } of entries) {
    const all: Record<string, unknown> = { ...value, validFrom, validUntil }
    sheet.addRow(columns.map(({ id, field }) => (field ? valueText(field, all[id], view, organs) : key)))
  }
  const guide = workbook.addWorksheet(view.say(words.howToFill))
  guide.columns = [{ width: 30 }, { width: 12 }, { width: 80 }]
  guide.addRow([words.column, words.required, words.takes].map(view.say))
  guide.getRow(1).font = { bold: true }
  for (const column of columns)
    guide.addRow([headOf(column, view), view.say(column.field?.optional ? words.no : words.yes), takes(column.field, view)])
  return Buffer.from(await workbook.xlsx.writeBuffer())
}

function takes(field: Field | undefined, view: View): string {
  switch (field?.kind) {
    case 'choice':
      return Object.values(field.options ?? {})
        .map(view.say)
        .join(' / ')
    case 'flag':
      return `${view.say(words.yes)} / ${view.say(words.no)}`
    case 'date':
      return 'YYYY-MM-DD'
    case 'organ':
      return view.say(words.organNameOrId)
    case 'list':
      return view.say(words.listInCell)
    default:
      return view.say(words.text)
  }
}

/**
 * Reads a filled sheet: its rows as entries, what is wrong with which cell, and how the rows differ from what is there.
 *
 * @param newest the newest version of each entry, by key
 * @throws Refusal `import.unreadable` · `import.too-large` · `import.columns`
 */
export async function readRegisterSheet(
  file: Buffer,
  register: Register,
  newest: ReadonlyMap<string, EntryRead>,
  view: View,
  organs: OrganNames,
): Promise<ImportRead> {
  const sheet = await firstSheet(file)
  if (sheet.rowCount > ROWS_MOST + 1 || sheet.columnCount > COLUMNS_MOST) throw tooLarge()
  const columns = columnsIn(sheet, register)
  const idOf = new Map([...organs].flatMap(([id, name]) => [[id, id] as const, [name, id] as const]))
  const labels = new Map(columnsOf(register).map(({ id, name }) => [id, view.say(name)]))
  const errors: RowError[] = []
  const rows: RowRead[] = []
  const seen = new Map<string, number>()

  sheet.eachRow((cells, row) => {
    if (row === 1) return
    const wrong = (column: string, says: Words): void => {
      errors.push({ row, column: labels.get(column) ?? column, message: view.say(says) })
    }
    const before = errors.length
    const value: Record<string, unknown> = {}
    for (const [place, column] of columns) {
      const read = cellText(cells.getCell(place).value)
      if (typeof read !== 'string') {
        wrong(column.id, read.says)
        continue
      }
      if (read === '') continue
      const parsed = parse(column.field ?? { kind: 'text', name: column.name }, read, idOf)
      if (isWrong(parsed)) wrong(column.id, parsed.says)
      else value[column.id] = parsed
    }
    if (errors.length > before) return
    if (Object.keys(value).length === 0) return
    const { key, validFrom, validUntil, ...rest } = value
    if (typeof key !== 'string') return wrong('key', words.missing)
    if (typeof validFrom !== 'string') return wrong('validFrom', words.missing)
    const entry: RegisterEntry = {
      key,
      validFrom,
      ...(typeof validUntil === 'string' ? { validUntil } : {}),
      // What this sheet does not show stays as it is: a column may be left out.
      value: { ...kept(register, columns, newest.get(key)), ...rest },
    }
    for (const { path, says } of entryProblems(register, entry)) wrong(path.split('.')[0]!, says)
    const twin = seen.get(key)
    if (twin === undefined) seen.set(key, row)
    else wrong('key', words.sameAsRow(twin))
    if (errors.length === before) rows.push({ row, entry })
  })

  const added = rows.filter(({ entry }) => !newest.has(entry.key))
  const known = rows.flatMap(({ row, entry }) => {
    const was = newest.get(entry.key)
    return was ? [{ row, entry, was, differs: differences(register, was, entry) }] : []
  })
  const changed = known.filter(({ differs }) => differs.length > 0)
  return { added, changed, unchanged: known.length - changed.length, errors }
}

/** The names of what differs between two versions of an entry: fields, `validFrom`, `validUntil`. */
export function differences(register: Register, was: RegisterEntry, is: RegisterEntry): string[] {
  return [
    ...(was.validFrom === is.validFrom ? [] : ['validFrom']),
    ...(was.validUntil === is.validUntil ? [] : ['validUntil']),
    ...Object.keys(register.fields).filter((name) => !isDeepStrictEqual(was.value[name], is.value[name])),
  ]
}

async function firstSheet(file: Buffer): Promise<ExcelJS.Worksheet> {
  let unpacked = 0
  try {
    unzipSync(file, {
      filter: ({ originalSize }) => {
        unpacked += originalSize
        return false
      },
    })
  } catch (error) {
    throw unreadable(error)
  }
  if (unpacked > UNPACKED_MOST) throw tooLarge()
  const workbook = new ExcelJS.Workbook()
  try {
    await workbook.xlsx.load(file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer)
  } catch (error) {
    throw unreadable(error)
  }
  const sheet = workbook.worksheets[0]
  if (!sheet) throw unreadable()
  return sheet
}

/** Which column of the sheet is which of the register; those of the key and the first day must be there. */
function columnsIn(sheet: ExcelJS.Worksheet, register: Register): Map<number, Column> {
  const known = columnsOf(register)
  const found = new Map<number, Column>()
  const strange: string[] = []
  sheet.getRow(1).eachCell((cell, place) => {
    const text = cell.text.trim()
    const id = /\[(\w+)\]$/.exec(text)?.[1]
    const column = known.find((one) => one.id === id || (id === undefined && (one.name as readonly string[]).includes(text)))
    if (column) found.set(place, column)
    else if (text !== '') strange.push(text)
  })
  const ids = new Set([...found.values()].map(({ id }) => id))
  if (strange.length > 0 || ids.size < found.size || !ids.has('key') || !ids.has('validFrom')) throw wrongColumns(strange)
  return found
}

function kept(register: Register, columns: ReadonlyMap<number, Column>, was: EntryRead | undefined): Record<string, unknown> {
  const shown = new Set([...columns.values()].map(({ id }) => id))
  return Object.fromEntries(Object.entries(was?.value ?? {}).filter(([name]) => name in register.fields && !shown.has(name)))
}

interface Wrong {
  readonly says: Words
}

function isWrong(value: unknown): value is Wrong {
  return typeof value === 'object' && value !== null && 'says' in value
}

/** What a cell says; a formula says nothing that could be relied on. */
function cellText(value: ExcelJS.CellValue): string | Wrong {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  if (typeof value !== 'object') return String(value).trim()
  if ('formula' in value || 'sharedFormula' in value) return { says: words.noFormulas }
  if ('richText' in value)
    return value.richText
      .map(({ text }) => text)
      .join('')
      .trim()
  if ('text' in value) return String(value.text).trim()
  return { says: words.cellInError }
}

const YES = new Set(['是', 'yes', 'true', '1'])
const NO = new Set(['否', 'no', 'false', '0'])

/** A text as a value of its field; whether the value may be there is asked of the whole entry. */
function parse(field: Field, text: string, idOf: ReadonlyMap<string, string>): unknown {
  switch (field.kind) {
    case 'choice':
      return (
        Object.entries(field.options ?? {}).find(([id, names]) => id === text || (names as readonly string[]).includes(text))?.[0] ?? text
      )
    case 'flag': {
      const said = text.toLowerCase()
      return YES.has(said) ? true : NO.has(said) ? false : text
    }
    case 'organ':
      return idOf.get(text) ?? { says: words.noSuchOrgan(text) }
    case 'integer':
    case 'ratio':
      return Number(text)
    case 'money':
      return Math.round(Number(text) * 100)
    case 'date':
      return isDay(text) ? text : { says: words.notADay(text) }
    case 'list':
      return typeof (field.of as Field | undefined)?.kind === 'string'
        ? text
            .split(/[、,，;；\n]/)
            .map((part) => part.trim())
            .filter((part) => part !== '')
            .map((part) => parse(field.of as Field, part, idOf))
        : { says: words.listOfRecords }
    default:
      return text
  }
}

function unreadable(cause?: unknown): Refusal {
  return new Refusal({
    code: 'import.unreadable',
    exit: 2,
    message: ['文件不是可以读取的 XLSX 工作簿。', 'The file is no XLSX workbook that can be read.'],
    basis: ['导入以下载的模板为准。', 'An import is a filled template.'],
    remedy: ['请在表格软件中另存为 XLSX 后再导入。', 'Save it as XLSX in a spreadsheet program and try again.'],
    cause,
  })
}

function tooLarge(): Refusal {
  return new Refusal({
    code: 'import.too-large',
    exit: 2,
    message: [
      `工作簿超过 ${ROWS_MOST} 行或 ${COLUMNS_MOST} 列。`,
      `The workbook has more than ${ROWS_MOST} rows or ${COLUMNS_MOST} columns.`,
    ],
    basis: ['一次导入为一份提案，须能逐行审核。', 'An import is one proposal, which somebody must be able to review.'],
    remedy: ['请分几次导入，并删去空白行列。', 'Import it in parts, and delete empty rows and columns.'],
  })
}

function wrongColumns(strange: readonly string[]): Refusal {
  return new Refusal({
    code: 'import.columns',
    exit: 2,
    message: [
      strange.length > 0 ? `无法识别的列：${strange.join('、')}。` : '缺少编号或生效日一列，或者有重复的列。',
      strange.length > 0
        ? `Columns that are not known: ${strange.join(', ')}.`
        : 'The key or the first day is missing, or a column is there twice.',
    ],
    basis: ['第一行为模板的列名。', 'The first row holds the heads of the template.'],
    remedy: ['请下载模板，把数据填入模板。', 'Download the template and fill it in.'],
  })
}
