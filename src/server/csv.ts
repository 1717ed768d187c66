/** A spreadsheet program takes a cell that begins so for a formula. */
const FORMULA = /^[=+\-@\t\r]/

/**
 * One line of a table for spreadsheet programs (RFC 4180). What would be a formula is made plain text by an apostrophe before it.
 */
export function csvLine(cells: readonly unknown[]): string {
  return `${cells.map(cell).join(',')}\r\n`
}

/** Tells spreadsheet programs that the text is UTF-8. */
export const CSV_MARK = '\uFEFF'

function cell(value: unknown): string {
  const text = value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)
  const plain = FORMULA.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
