import { html as tagged, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'

/** Markup that this program made: what was put into it was escaped. */
export type Markup = HtmlEscapedString

/** Escapes every value that is no markup itself; arrays are joined, `undefined`, `null` and booleans print nothing. */
export function html(strings: TemplateStringsArray, ...values: unknown[]): Markup {
  const made = tagged(strings, ...values)
  // `html` answers a promise only where a promise was put in, and we put in none.
  if (made instanceof Promise) throw new TypeError('markup holds a promise')
  return made
}

/** Markup from text of our own making; never for anything that a person typed. */
export const trusted = raw
