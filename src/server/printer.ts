import { pdfPrinter } from '#documents/pdf.ts'
import type { PdfPrinter } from '#documents/pdf.ts'

let kept: PdfPrinter | undefined

/** One printer for the process, made when the first PDF is asked for: it keeps the fonts and the compiler. */
export function printer(): PdfPrinter {
  return (kept ??= pdfPrinter())
}
