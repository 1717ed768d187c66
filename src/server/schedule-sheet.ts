import ExcelJS from 'exceljs'
import { isDay } from '#engine/day.ts'
import { Refusal } from '#engine/refusal.ts'
import { unzipSync } from 'fflate'
import type { RowError } from './register-sheet.ts'
import type { View } from './view.ts'
import type { Words } from '#engine/words.ts'

const HEADS: readonly Words[] = [
  ['日期', 'Day'],
  ['放假或上班', 'Off or at work'],
]
const OFF: Words = ['放假', 'off']
const AT_WORK: Words = ['上班', 'work']
const ROWS_MOST = 2000
/** A workbook is an archive: a small one can hold more than the machine. Bytes when unpacked. */
const UNPACKED_MOST = 20_000_000

export interface ScheduleFile {
  /** Keyed by year, as `district/holidays.json`. */
  readonly schedules: Readonly<Record<string, unknown>>
  readonly errors: readonly RowError[]
}

/** A sheet to fill in from the State Council's notice: a day a row, off or at work. */
export async function scheduleTemplate({ say }: View): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet(say(['放假安排', 'Holiday schedule']))
  sheet.addRow(HEADS.map(say)).font = { bold: true }
  sheet.columns = HEADS.map(() => ({ width: 24, numFmt: '@' }))
  return Buffer.from(await book.xlsx.writeBuffer())
}

/** Reads a schedule from JSON, or from the sheet: what is wrong with which row is told. @throws Refusal `import.unreadable` */
export async function readScheduleFile(file: Buffer, view: View): Promise<ScheduleFile> {
  // A workbook is an archive, and begins as one.
  if (file.subarray(0, 2).toString('latin1') === 'PK') return readSheet(file, view)
  try {
    const value: unknown = JSON.parse(file.toString('utf8'))
    if (typeof value === 'object' && value !== null) return { schedules: value as Record<string, unknown>, errors: [] }
  } catch (error) {
    throw unreadable(error)
  }
  throw unreadable(undefined)
}

async function readSheet(file: Buffer, { say }: View): Promise<ScheduleFile> {
  const sheet = await firstSheet(file)
  const errors: RowError[] = []
  const schedules: Record<string, { holidays: string[]; workdays: string[] }> = {}
  const seen = new Map<string, number>()
  sheet.eachRow((cells, row) => {
    if (row === 1) return
    const wrong = (column: 0 | 1, says: Words): void => void errors.push({ row, column: say(HEADS[column]!), message: say(says) })
    const day = dayText(cells.getCell(1))
    const kind = cells.getCell(2).text.trim()
    if (day === '' && kind === '') return
    if (!isDay(day)) return wrong(0, [`“${day}”不是日期，应写作 YYYY-MM-DD`, `“${day}” is no day: write YYYY-MM-DD`])
    const twin = seen.get(day)
    if (twin !== undefined) return wrong(0, [`与第 ${twin} 行同一日`, `the same day as in row ${twin}`])
    seen.set(day, row)
    const off = OFF.includes(kind)
    if (!off && !AT_WORK.includes(kind)) return wrong(1, ['应写“放假”或“上班”', 'write “off” or “work”'])
    const year = (schedules[day.slice(0, 4)] ??= { holidays: [], workdays: [] })
    year[off ? 'holidays' : 'workdays'].push(day)
  })
  return { schedules, errors }
}

async function firstSheet(file: Buffer): Promise<ExcelJS.Worksheet> {
  const book = new ExcelJS.Workbook()
  try {
    let unpacked = 0
    unzipSync(file, {
      filter: ({ originalSize }) => {
        unpacked += originalSize
        return false
      },
    })
    if (unpacked > UNPACKED_MOST) throw new Error('unpacks to too much')
    await book.xlsx.load(file as unknown as ExcelJS.Buffer)
  } catch (error) {
    throw unreadable(error)
  }
  const sheet = book.worksheets[0]
  if (!sheet || sheet.rowCount > ROWS_MOST) throw unreadable(undefined)
  return sheet
}

/** A spreadsheet keeps a day that it recognised as an instant in UTC. */
function dayText(cell: ExcelJS.Cell): string {
  return cell.value instanceof Date ? cell.value.toISOString().slice(0, 10) : cell.text.trim()
}

function unreadable(cause: unknown): Refusal {
  return new Refusal({
    code: 'import.unreadable',
    exit: 2,
    message: ['文件不能作为放假安排读取。', 'The file cannot be read as a holiday schedule.'],
    basis: [
      `JSON 每年一项，或者表格每日一行（不超过 ${ROWS_MOST} 行）。`,
      `JSON, one entry a year; or a sheet, a day a row (at most ${ROWS_MOST}).`,
    ],
    remedy: ['请下载模板填写。', 'Take the template and fill it in.'],
    cause,
  })
}
