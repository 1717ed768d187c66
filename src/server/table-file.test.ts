import assert from 'node:assert/strict'
import ExcelJS from 'exceljs'
import { csvOf, xlsxOf } from './table-file.ts'
import { test } from 'node:test'
import type { Readable } from 'node:stream'

async function* rows(...of: readonly (readonly string[])[]): AsyncGenerator<readonly string[]> {
  yield* of
}

async function bytesOf(stream: Readable): Promise<Buffer> {
  return Buffer.concat(await stream.toArray())
}

test('a CSV cell that a spreadsheet would run as a formula is text, also behind spaces, in full width and after marks of direction', async () => {
  const cells = ['=1+1', '+8613000000000', '-2', '@SUM(A1)', ' =1', '＝1', '\u202e=1', '\t=1', '1-2', '虚构𠮷', '说“=1”']
  const text = (await bytesOf(csvOf(rows(cells)))).toString()
  assert.equal(text, `\ufeff${[...cells.slice(0, 8).map((cell) => `'${cell}`), '1-2', '虚构𠮷', '说“=1”'].join(',')}\r\n`)
})

test('commas, quotes and line breaks stay within their cell', async () => {
  assert.equal((await bytesOf(csvOf(rows(['a,b', '说"x"', '一\n二'])))).toString(), '\ufeff"a,b","说""x""","一\n二"\r\n')
})

test('a workbook holds text alone, whatever it looks like, and drops what XML cannot hold', async () => {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load((await bytesOf(xlsxOf('案件/[1]', rows(['案号'], ['=1+1'], ['<b>虚构𠮷\u0001</b>'])))).buffer as ArrayBuffer)
  const sheet = workbook.worksheets[0]!
  assert.deepEqual(
    [1, 2, 3].map((row) => [sheet.getRow(row).getCell(1).type, sheet.getRow(row).getCell(1).text]),
    [
      [ExcelJS.ValueType.String, '案号'],
      [ExcelJS.ValueType.String, '=1+1'],
      [ExcelJS.ValueType.String, '<b>虚构𠮷</b>'],
    ],
  )
})

test('a table that breaks off breaks off as a file too: it never looks whole', async () => {
  async function* broken(): AsyncGenerator<readonly string[]> {
    yield ['a']
    throw new Error('the line broke')
  }
  await assert.rejects(bytesOf(csvOf(broken())), /the line broke/)
  await assert.rejects(bytesOf(xlsxOf('x', broken())), /the line broke/)
})
