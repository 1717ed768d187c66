import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import type { NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler'
import { fileURLToPath } from 'node:url'
import { officialDate } from './chinese-date.ts'
import { findFonts } from './fonts.ts'
import type { Fonts } from './fonts.ts'
import { everyText, printable } from './official-document.ts'
import type { OfficialDocument } from './official-document.ts'
import { columnsOf, labelShare, lastBlockIsShort, POINTS, RED, redHeadPoints, signatureIndents, titleLines } from './page-layout.ts'

export interface PrintedPdf {
  readonly pdf: Uint8Array
  readonly pages: number
  /** Characters for which no font was found; they stand as empty boxes. */
  readonly undrawable: readonly string[]
}

export interface PdfPrinter {
  /** What the pages are set in; `fonts.missing` names the faces that Noto Serif SC stands in for. */
  readonly fonts: Fonts
  print(document: OfficialDocument): PrintedPdf
}

const WORKSPACE = fileURLToPath(new URL('.', import.meta.url))
const TEMPLATE = fileURLToPath(new URL('official-document.typ', import.meta.url))

/**
 * A printer keeps one Typst compiler: the first page takes a tenth of a second, later documents some ten milliseconds.
 * The same document with the same fonts gives the same bytes, so that its hash can be recorded.
 */
export function pdfPrinter(fonts: Fonts = findFonts()): PdfPrinter {
  const compiler = NodeCompiler.create({ workspace: WORKSPACE, fontArgs: [{ fontPaths: [...fonts.files] }] })
  return {
    fonts,
    print(given) {
      const document = printable(given)
      const compiled = compile(compiler, document, fonts)
      const [year, month, day] = document.date.split('-').map(Number)
      const pdf = compiler.pdf(compiled, { creationTimestamp: Date.UTC(year!, month! - 1, day!) / 1000 })
      const pages = compiled.numOfPages
      compiler.evictCache(10)
      return { pdf: new Uint8Array(pdf), pages, undrawable: fonts.undrawable(everyText(document)) }
    },
  }
}

/** The text goes in as data: Typst reads it with `json` and shows it as strings, never as markup. */
function compile(compiler: NodeCompiler, document: OfficialDocument, fonts: Fonts): NodeTypstDocument {
  const [year, month, day] = document.date.split('-').map(Number)
  const layout = {
    families: fonts.families,
    missing: fonts.missing,
    points: POINTS,
    red: RED,
    redHeadPoints: redHeadPoints(document.redHead ?? ''),
    titleLines: titleLines(document.title),
    date: officialDate(document.date),
    day: { year, month, day },
    printedOn: document.printedBy && officialDate(document.printedBy.date),
    signature: signatureIndents(document),
    lastBlockIsShort: lastBlockIsShort(document),
    labelShare: labelShare(document),
    columns: document.body.map((block) => (block.kind === 'table' ? columnsOf(block) : [])),
  }
  const result = compiler.compile({
    mainFilePath: TEMPLATE,
    inputs: { document: JSON.stringify(document), layout: JSON.stringify(layout) },
  })
  if (result.result) return result.result
  const error = result.takeDiagnostics()
  throw new Error(`Typst could not set “${document.title}”: ${JSON.stringify(error?.shortDiagnostics)}`)
}
