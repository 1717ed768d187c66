import { address, answer } from './view.ts'
import { attachment } from './attachment.ts'
import { checkpointNumbered, ledgerStatus, listCheckpoints } from '#store/read-checkpoints.ts'
import { empty, facts, page, scrolling } from './page.ts'
import { html } from './markup.ts'
import { ledgerKeys } from '#store/ledger.ts'
import { ledgerWords } from './home.ts'
import { openCheckpoint, printedKey, verifierOf } from '#ledger/checkpoint.ts'
import { pager } from './cases.ts'
import { readQuery } from './query.ts'
import { Refusal } from '#engine/refusal.ts'
import { shownTime } from './shown-value.ts'
import { words } from './words.ts'
import { z } from 'zod'
import type { CheckpointRow } from '#store/read-checkpoints.ts'
import type { FastifyInstance } from 'fastify'
import type { Markup } from './markup.ts'
import type { Services } from './services.ts'
import type { View } from './view.ts'

const PAGE = 50

/** `/ledger`: the signed checkpoints and the key that opens them. Receipts are beside the case that they prove. */
export async function ledgerRoutes(app: FastifyInstance, { store }: Services): Promise<void> {
  const { publicKey } = await ledgerKeys(store)
  const verifier = verifierOf(publicKey)
  const name = `yifa/${store.region}`

  app.get('/ledger', { config: { open: true } }, async (request, reply) => {
    const { view } = request
    const { before } = readQuery({ before: z.coerce.number().int().min(1).optional() }, request.query)
    const [status, rows] = await Promise.all([
      ledgerStatus(store),
      listCheckpoints(store, { limit: PAGE + 1, ...(before === undefined ? {} : { before }) }),
    ])
    const shown = rows.slice(0, PAGE)
    const more = rows.length > PAGE ? address('/ledger', { before: shown.at(-1)!.ordinal }) : undefined
    return answer(request, reply, {
      json: { name, publicKey, waiting: status.waiting, checkpoints: shown, next: more ?? null },
      page: () =>
        page(view, {
          title: words.ledger,
          section: 'ledger',
          main: html`<p class="lead">${view.say(words.ledgerIs)}</p>
            ${ledgerWords(status, view)}
            ${facts([
              [
                view.say(words.publicKey),
                html`<code class="hash">${printedKey(name, publicKey)}</code> <a class="button" href="/ledger/public-key.pem">PEM</a>`,
              ],
              [view.say(words.howToVerify), html`<code>yifa ledger verify</code>`],
            ])}
            ${shown.length === 0 ? empty(view.say(words.neverSealed)) : checkpointTable(shown, view)}
            ${pager('/ledger', more, before !== undefined, view)}`,
        }),
    })
  })

  app.get('/ledger/public-key.pem', { config: { open: true } }, (_, reply) =>
    reply
      .header('content-disposition', attachment(`yifa-${store.region}.public.pem`))
      .type('application/x-pem-file')
      .send(publicKey),
  )

  app.get<{ Params: { ordinal: string } }>('/ledger/:ordinal', { config: { open: true } }, async (request, reply) => {
    const { view } = request
    const [, number, asText] = /^(\d{1,9})(\.txt)?$/.exec(request.params.ordinal) ?? []
    if (number === undefined) throw notACheckpoint(request.params.ordinal)
    const row = await checkpointNumbered(store, Number(number))
    if (asText !== undefined) {
      return reply
        .header('content-disposition', attachment(`checkpoint-${store.region}-${row.ordinal}.txt`))
        .type('text/plain; charset=utf-8')
        .send(row.text)
    }
    const opened = openCheckpoint(row.text, verifier)
    return answer(request, reply, {
      json: { ...row, opened },
      page: () =>
        page(view, {
          title: words.checkpointNumber(row.ordinal),
          above: [{ href: '/ledger', name: words.ledger }],
          section: 'ledger',
          main: html`<p class="downloads">
              <a class="button" href="/ledger/${row.ordinal}.txt">TXT</a> <a class="button" href="/ledger/${row.ordinal}.json">JSON</a>
            </p>
            ${facts([
              [view.say(words.leaves), row.size],
              [view.say(words.sealedOn), shownTime(row.at)],
              [
                view.say(words.signature),
                'checkpoint' in opened
                  ? view.say(words.signatureGood)
                  : html`<span class="late-text">${view.say([opened.zh, opened.en])}</span>`,
              ],
              'checkpoint' in opened ? [view.say(words.root), html`<code class="hash">${opened.checkpoint.root}</code>`] : undefined,
              'checkpoint' in opened && opened.checkpoint.previous !== null
                ? [
                    view.say(words.previousCheckpoint),
                    row.ordinal > 1
                      ? html`<a href="/ledger/${row.ordinal - 1}">${view.say(words.checkpointNumber(row.ordinal - 1))}</a>
                          <code class="hash">${opened.checkpoint.previous}</code>`
                      : opened.checkpoint.previous,
                  ]
                : undefined,
            ])}
            <pre tabindex="0" aria-label="${view.say(words.checkpoint)}">${row.text}</pre>`,
        }),
    })
  })
}

function checkpointTable(rows: readonly CheckpointRow[], { say }: View): Markup {
  const caption = say(words.checkpoints)
  return scrolling(
    caption,
    html`<table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          <th scope="col" class="number">${say(words.ordinal)}</th>
          <th scope="col">${say(words.sealedOn)}</th>
          <th scope="col" class="number">${say(words.leaves)}</th>
          <th scope="col">${say(words.root)}</th>
          <th scope="col">${say(words.download)}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ ordinal, at, size, text }) =>
            html`<tr>
              <th scope="row" class="number"><a href="/ledger/${ordinal}">${ordinal}</a></th>
              <td>${shownTime(at)}</td>
              <td class="number">${size}</td>
              <td><code class="hash">${text.split('\n')[2]?.slice(0, 16)}…</code></td>
              <td><a href="/ledger/${ordinal}.txt" aria-label="${say(words.checkpointNumber(ordinal))} TXT">TXT</a></td>
            </tr> `,
        )}
      </tbody>
    </table>`,
  )
}

function notACheckpoint(text: string): Refusal {
  return new Refusal({
    code: 'ledger.checkpoint-unknown',
    message: [`“${text}”不是检查点的序号。`, `“${text}” is not the number of a checkpoint.`],
    basis: ['检查点自 1 起连续编号。', 'Checkpoints are numbered from 1.'],
    remedy: ['请从检查点列表中选择。', 'Choose one from the list.'],
  })
}
