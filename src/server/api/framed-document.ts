import { documentArticle } from '#documents/html.ts'
import { html } from '../markup.ts'
import { languageTag } from '../view.ts'
import { styleHref } from '../assets.ts'
import type { FastifyReply } from 'fastify'
import type { OfficialDocument } from '#documents/official-document.ts'

/** The page of the workbench shows a document within itself; nobody else may. */
const FRAMED = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
  'x-frame-options': 'SAMEORIGIN',
}

/** Sends a document as a page for a frame of the workbench. */
export function sendFramed(reply: FastifyReply, name: string, document: OfficialDocument): FastifyReply {
  return reply
    .headers(FRAMED)
    .type('text/html; charset=utf-8')
    .send(
      String(
        html`<!doctype html>
          <html lang="${languageTag('zh')}">
            <head>
              <meta charset="utf-8" />
              <meta name="viewport" content="width=device-width, initial-scale=1" />
              <title>${name}</title>
              <link rel="stylesheet" href="${styleHref.document}" />
            </head>
            <body>
              ${documentArticle(document)}
            </body>
          </html>`,
      ),
    )
}
