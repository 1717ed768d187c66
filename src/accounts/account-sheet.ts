import ExcelJS from 'exceljs'
import { Refusal } from '#engine/refusal.ts'
import type { Words } from '#engine/words.ts'

/** A row of a spreadsheet of people. */
export interface SheetRow {
  /** As the spreadsheet numbers it: the first after the heads is 2. */
  readonly row: number
  readonly person: string
  readonly username: string
}

export type SheetColumn = 'person' | 'username'

/** What the columns are called, in their order. */
export const sheetColumns: Readonly<Record<SheetColumn, Words>> = {
  person: ['姓名（与岗位名册一致）', 'Person, as the posts’ register has it'],
  username: ['用户名', 'User name'],
}
/** A hash takes a moment by design: a thousand passwords are what somebody waits for. */
const MOST_ROWS = 1000

/** An empty spreadsheet to fill in. */
export async function accountSheetTemplate(say: (words: Words) => string): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('人员账号')
  sheet.addRow(Object.values(sheetColumns).map(say)).font = { bold: true }
  sheet.columns = Object.keys(sheetColumns).map(() => ({ width: 28, numFmt: '@' })) // text: a number as a user name keeps its zeros
  return Buffer.from(await book.xlsx.writeBuffer())
}

/** Reads the people of a spreadsheet; empty rows are left out. @throws Refusal `import.unreadable` · `import.too-many-rows` */
export async function readAccountSheet(body: unknown): Promise<SheetRow[]> {
  if (!Buffer.isBuffer(body)) throw unreadable('no spreadsheet')
  const book = new ExcelJS.Workbook()
  try {
    await book.xlsx.load(body as unknown as ExcelJS.Buffer)
  } catch (error) {
    throw unreadable((error as Error).message, error)
  }
  const sheet = book.worksheets[0]
  if (!sheet) throw unreadable('no sheet')
  const rows: SheetRow[] = []
  sheet.eachRow((cells, row) => {
    if (row === 1) return
    const [person, username] = [1, 2].map((column) => cells.getCell(column).text.trim().normalize('NFC')) as [string, string]
    if (person !== '' || username !== '') rows.push({ row, person, username })
  })
  if (rows.length > MOST_ROWS) throw tooMany(rows.length)
  return rows
}

function unreadable(why: string, cause?: unknown): Refusal {
  return new Refusal({
    code: 'import.unreadable',
    exit: 2,
    message: ['文件不能作为 XLSX 表格读取。', 'The file cannot be read as a spreadsheet.'],
    basis: [why, why],
    remedy: ['请下载模板，填好后另存为 .xlsx。', 'Take the template, fill it in and save it as .xlsx.'],
    cause,
  })
}

function tooMany(rows: number): Refusal {
  return new Refusal({
    code: 'import.too-many-rows',
    exit: 2,
    message: [`共 ${rows} 行，一次最多 ${MOST_ROWS} 行。`, `${rows} rows; at most ${MOST_ROWS} at a time.`],
    basis: ['每个初始密码的加密都需要时间。', 'The hash of each password takes a moment.'],
    remedy: ['请分成几个文件。', 'Divide it into several files.'],
  })
}
