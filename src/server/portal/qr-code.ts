import { encode } from 'uqr'
import { html, trusted } from '../markup.ts'
import type { Markup } from '../markup.ts'

/** Modules of quiet around the code, as ISO/IEC 18004 asks. */
const QUIET = 4

/** A QR code as a picture within the page. @param label what it leads to */
export function qrCode(text: string, label: string): Markup {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET })
  const path = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  return html`<svg class="qr" role="img" aria-label="${label}" viewBox="0 0 ${size} ${size}" width="180" height="180">
    <rect width="${size}" height="${size}" fill="#fff" />
    <path d="${trusted(path)}" fill="#000" />
  </svg>`
}
