import ExcelJS from 'exceljs'
import { PassThrough, Readable } from 'node:stream'

// Tables as files, line by line: nothing is held but the line that is being written.

/** What a spreadsheet would take for a formula, in half and full width: such a cell gets an apostrophe before it, and is text. */
const FORMULA = /^[\s\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]*[=+\-@＝＋－＠]|^[\t\r]/

/** As CSV (RFC 4180) in UTF-8 with a mark of order, without which a spreadsheet takes Chinese for something else. */
export function csvOf(rows: AsyncIterable<readonly string[]>): Readable {
  return Readable.from(
    (async function* () {
      yield '\ufeff'
      for await (const row of rows) yield `${row.map(csvCell).join(',')}\r\n`
    })(),
    { objectMode: false },
  )
}

/** As a workbook of one sheet. Every cell is text: a workbook takes no text for a formula. */
export function xlsxOf(sheetName: string, rows: AsyncIterable<readonly string[]>): Readable {
  const out = new PassThrough()
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: out, useStyles: false, useSharedStrings: false })
  const sheet = workbook.addWorksheet(sheetName.replace(/[*?:/\\[\]]/g, ' ').slice(0, 31), { views: [{ state: 'frozen', ySplit: 1 }] })
  const write = async (): Promise<void> => {
    for await (const row of rows) {
      sheet.addRow(row.map(xlsxCell)).commit()
      // The writer does not wait for a slow reader; this does.
      if (out.writableNeedDrain) await new Promise((resolve) => out.once('drain', resolve).once('close', resolve))
      if (out.destroyed) return
    }
    sheet.commit()
    await workbook.commit()
  }
  write().catch((error: unknown) => out.destroy(error as Error))
  return out
}

function csvCell(text: string): string {
  const harmless = FORMULA.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/** Characters that XML cannot hold are left out. */
function xlsxCell(text: string): string {
  return text
    .toWellFormed()
    .replace(/[[\p{Cc}\ufffe\uffff]--[\t\n\r]]/gv, '')
    .slice(0, 32_000)
}
