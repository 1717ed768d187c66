import { address, answer, languageTag } from '../view.ts'
import { attachment } from '../attachment.ts'
import { listCheckpoints } from '#store/read-checkpoints.ts'
import { createHash } from 'node:crypto'
import { editionWithDigest, issuedDocument, leafWithHash } from '#store/public-proof.ts'
import { facts, page } from '../page.ts'
import { html, trusted } from '../markup.ts'
import { ledgerKeys } from '#store/ledger.ts'
import { openCheckpoint, verifierOf } from '#ledger/checkpoint.ts'
import { readQuery } from '../query.ts'
import { renderSVG } from 'uqr'
import { verifyReceipt } from '#ledger/verify.ts'
import { verifyScript, verifyScriptHref, verifyScriptRoutes } from './verify-script.ts'
import { words } from '../words.ts'
import { z } from 'zod'
import type { CheckpointRow } from '#store/read-checkpoints.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Markup } from '../markup.ts'
import type { PublicPlace } from '#store/public-proof.ts'
import type { Receipt } from '#ledger/verify.ts'
import type { Services } from '../services.ts'
import type { System } from '#engine/system.ts'
import type { View } from '../view.ts'
import type { Words } from '#engine/words.ts'

/** A document to be looked up: the largest is a decision with its pictures. Larger ones are looked up by their digest, which the browser works out. */
const LARGEST_BYTES = 30 * 1024 * 1024
const SHA256 = /^[0-9a-f]{64}$/

/** What was asked, and what can be said of it. */
interface Verdict {
  readonly holds: boolean
  readonly says: Words
  readonly problems: readonly Words[]
  readonly place?: PublicPlace
  /** Of a receipt that holds: where it can be looked up again. */
  readonly again?: string
  readonly sha256?: string
}

/** `/portal/verify`: is a receipt or a document genuine, unchanged, in the ledger, and under which checkpoint. Nothing that is sent is kept. */
export async function verifyRoutes(app: FastifyInstance, services: Services): Promise<void> {
  const { store, catalogue } = services
  const { publicKey } = await ledgerKeys(store)
  const verifier = verifierOf(publicKey)
  verifyScriptRoutes(app)

  app.get('/portal/verify', { config: { open: true } }, async (request, reply) => {
    const { view } = request
    const asked = readQuery(
      {
        sha256: z.string().regex(SHA256).optional(),
        leaf: z.string().regex(SHA256).optional(),
        index: z.coerce.number().int().min(0).optional(),
      },
      request.query,
    )
    const verdict =
      asked.sha256 !== undefined
        ? await documentVerdict(services, asked.sha256)
        : asked.leaf !== undefined && asked.index !== undefined
          ? await leafVerdict(services, asked.index, asked.leaf)
          : undefined
    allowOwnScript(reply)
    return answer(request, reply, { json: verdict ?? { publicKey }, page: () => verifyPage(publicKey, verdict, request, view) })
  })

  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      ['multipart/form-data', 'application/x-www-form-urlencoded'],
      { parseAs: 'buffer', bodyLimit: LARGEST_BYTES },
      (_, body, done) => done(null, body),
    )
    scope.post('/portal/verify', { config: { open: true, takesLong: true }, bodyLimit: LARGEST_BYTES }, async (request, reply) => {
      const { view } = request
      const bytes = await whatWasSent(request)
      const verdict = await verdictOn(bytes)
      allowOwnScript(reply)
      return answer(request, reply, { json: verdict, page: () => verifyPage(publicKey, verdict, request, view) })
    })
  })

  app.get('/portal/verify/standalone', { config: { open: true } }, (request, reply) =>
    reply
      .header('content-disposition', attachment(`yifa-verify-${store.region}.html`))
      .type('text/html; charset=utf-8')
      .send(String(standalone(publicKey, request.view))),
  )

  app.get('/portal/checkpoints.txt', { config: { open: true } }, async (_, reply) =>
    reply
      .header('content-disposition', attachment(`checkpoints-${store.region}.txt`))
      .type('text/plain; charset=utf-8')
      .send((await allCheckpoints()).map(({ text }) => text).join('\n')),
  )
  app.get('/portal/checkpoints', { config: { open: true } }, async (request, reply) => {
    if (request.view.wantsJson)
      return answer(request, reply, { json: { publicKey, checkpoints: await allCheckpoints() }, page: () => html`` })
    return reply.redirect('/ledger', 303)
  })

  async function allCheckpoints(): Promise<CheckpointRow[]> {
    const rows = await listCheckpoints(store, { limit: 100_000 })
    return rows.reverse()
  }

  /** A receipt, a checkpoint or a document: told by what it is. */
  async function verdictOn(bytes: Buffer): Promise<Verdict> {
    if (bytes.length === 0) return { holds: false, says: words.nothingToVerify, problems: [] }
    const text = bytes.toString('utf8')
    if (/^yifa\/\d{6}\n/.test(text)) return checkpointVerdict(text)
    const receipt = receiptIn(text)
    if (receipt === undefined) return documentVerdict(services, createHash('sha256').update(bytes).digest('hex'))
    const { ok, problems, at } = verifyReceipt(receipt, publicKey)
    const told = problems.map(({ problem, zh, en }): Words => [`${problem}：${zh}`, `${problem}: ${en}`])
    if (!ok) return { holds: false, says: words.receiptFails, problems: told }
    const hash = leafHashOf(receipt.leaf)
    const place = hash === undefined ? undefined : await leafWithHash(store, receipt.index, hash)
    return {
      holds: true,
      says: words.receiptHolds(at ?? ''),
      problems: [],
      ...(place && hash ? { place, again: address('/portal/verify', { index: receipt.index, leaf: hash }) } : {}),
    }
  }

  async function checkpointVerdict(text: string): Promise<Verdict> {
    const opened = openCheckpoint(text, verifier)
    if (!('checkpoint' in opened)) return { holds: false, says: words.checkpointFails, problems: [[opened.zh, opened.en]] }
    const listed = (await listCheckpoints(store, { limit: 100_000 })).find((row) => row.text === text)
    return listed
      ? { holds: true, says: words.checkpointHolds(listed.ordinal), problems: [] }
      : { holds: false, says: words.checkpointNotListed, problems: [] }
  }

  function leafHashOf(leaf: string): string | undefined {
    const alg = (JSON.parse(leaf) as { alg?: unknown }).alg
    if (alg !== 'sha256' && alg !== 'sm3') return undefined
    return createHash(alg)
      .update(Buffer.concat([Buffer.of(0), Buffer.from(leaf, 'utf8')]))
      .digest('hex')
  }

  async function documentVerdict({ store: from }: Services, sha256: string): Promise<Verdict> {
    const issued = await issuedDocument(from, sha256)
    if (issued) return { holds: true, says: words.documentIssued(documentName(catalogue, issued)), problems: [], place: issued, sha256 }
    const edition = await editionWithDigest(from, sha256)
    if (edition) return { holds: true, says: words.isEdition(edition.year, edition.edition), problems: [], sha256 }
    return { holds: false, says: words.documentNotKnown, problems: [], sha256 }
  }

  async function leafVerdict({ store: from }: Services, index: number, hash: string): Promise<Verdict> {
    const place = await leafWithHash(from, index, hash)
    return place
      ? { holds: true, says: words.leafStands, problems: [], place, again: address('/portal/verify', { index, leaf: hash }) }
      : { holds: false, says: words.leafDoesNotStand, problems: [] }
  }
}

/** The name of a document in the newest version that has it. */
function documentName(catalogue: readonly System[], { procedure, document }: { procedure: string; document: string }): Words {
  const named = catalogue.find(({ id }) => id === procedure)?.definitions.findLast(({ parts }) => Object.hasOwn(parts.documents, document))
  return named?.parts.documents[document]?.name ?? [document, document]
}

/** What was pasted, or else the file that was chosen. */
async function whatWasSent({ headers, body }: FastifyRequest): Promise<Buffer> {
  const sent = await new Response(new Uint8Array(body as Buffer), { headers: { 'content-type': headers['content-type'] ?? '' } })
    .formData()
    .catch(
      // A form that broke off in the middle: there is nothing in it.
      () => new FormData(),
    )
  const [file, pasted] = [sent.get('file'), sent.get('receipt')]
  if (file instanceof Blob && file.size > 0) return Buffer.from(await file.arrayBuffer())
  return Buffer.from(typeof pasted === 'string' ? pasted.trim() : '', 'utf8')
}

function receiptIn(text: string): Receipt | undefined {
  if (!/^\s*\{/.test(text)) return undefined
  try {
    const read = JSON.parse(text) as Partial<Receipt> | null
    return typeof read?.leaf === 'string' && typeof read.checkpoint === 'string' ? (read as Receipt) : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** The one page of the portal that has a script, from this server and nowhere else. */
function allowOwnScript(reply: { getHeader(name: string): unknown; header(name: string, value: string): unknown }): void {
  reply.header('content-security-policy', `${String(reply.getHeader('content-security-policy'))}; script-src 'self'`)
}

function verifyPage(publicKey: string, verdict: Verdict | undefined, request: FastifyRequest, view: View): Markup {
  const { say } = view
  return page(view, {
    title: words.verify,
    description: words.verifyIs,
    section: 'verify',
    ...(verdict ? { unlisted: true as const } : {}),
    main: html`<p class="lead">${say(words.verifyIs)}</p>
      ${verdict ? verdictPart(verdict, request, view) : ''}
      ${form(publicKey, html`method="post" action="/portal/verify" enctype="multipart/form-data"`, view)}
      <section aria-labelledby="own">
        <h2 id="own">${say(words.verifyYourself)}</h2>
        <p>${say(words.verifyYourselfIs)}</p>
        <p class="downloads">
          <a class="button" href="/portal/verify/standalone">${say(words.standaloneVerifier)}</a>
          <a class="button" href="/ledger/public-key.pem">${say(words.publicKey)} PEM</a>
          <a class="button" href="/portal/checkpoints.json">${say(words.checkpoints)} JSON</a>
          <a class="button" href="/portal/checkpoints.txt">TXT</a>
          <a class="button" href="/ledger">${say(words.toLedger)}</a>
        </p>
        <p>${say(words.verifyByNode)} <code>yifa ledger verify --kept checkpoint.txt --key public-key.pem</code></p>
      </section>
      <script type="module" src="${verifyScriptHref}"></script>`,
  })
}

function verdictPart({ holds, says, problems, place, again, sha256 }: Verdict, request: FastifyRequest, view: View): Markup {
  const { say } = view
  const whole = again === undefined ? undefined : `${request.protocol}://${request.host}${again}`
  return html`<section aria-labelledby="verdict" role="status">
    <h2 id="verdict" class="${holds ? 'good-text' : 'late-text'}">${say(says)}</h2>
    ${
      problems.length === 0
        ? ''
        : html`<ul>
            ${problems.map((problem) => html`<li>${say(problem)}</li> `)}
          </ul>`
    }
    ${facts([
      sha256 === undefined ? undefined : ['SHA-256', html`<code class="hash">${sha256}</code>`],
      place && [say(words.writtenAt), place.at],
      place && [say(words.ordinal), place.index ?? say(words.notSealed)],
      place && [
        say(words.checkpoint),
        place.checkpoint === null
          ? say(words.notSealed)
          : html`<a href="/ledger/${place.checkpoint}">${say(words.checkpointNumber(place.checkpoint))}</a>`,
      ],
    ])}
    ${
      whole === undefined
        ? ''
        : html`<figure class="qr">
            ${trusted(renderSVG(whole, { border: 2 }).replace('<svg', '<svg role="img" aria-label="QR" width="160" height="160"'))}
            <figcaption><a href="${again}">${say(words.lookUpAgain)}</a></figcaption>
          </figure>`
    }
  </section>`
}

/** @param sends where it goes without script; a page that is kept has no server to send to */
function form(publicKey: string, sends: Markup | '', { say }: View): Markup {
  return html`<form id="verify" class="boxes" ${sends}>
      <p class="box"><label for="file">${say(words.fileToVerify)}</label><input id="file" name="file" type="file" /></p>
      <p class="box">
        <label for="receipt">${say(words.receiptToVerify)}</label
        ><textarea id="receipt" name="receipt" rows="6" spellcheck="false"></textarea>
      </p>
      <details>
        <summary>${say(words.keyToVerifyWith)}</summary>
        <p class="box"><label for="key">PEM</label><textarea id="key" rows="4" spellcheck="false">${publicKey}</textarea></p>
      </details>
      <p><button>${say(words.verify)}</button></p>
    </form>
    <div id="outcome" role="status" tabindex="-1"></div>`
}

/** One file to be kept: it holds the check and the key, and asks nobody. */
function standalone(publicKey: string, view: View): Markup {
  const { say } = view
  return html`<!doctype html>
    <html lang="${languageTag(view.language)}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="content-security-policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'" />
        <title>${say(words.standaloneVerifier)}</title>
        <style>
          body {
            font: 1rem/1.5 sans-serif;
            max-width: 46rem;
            margin: 1rem auto;
            padding: 0 1rem;
          }
          textarea {
            width: 100%;
            box-sizing: border-box;
          }
          code {
            overflow-wrap: anywhere;
          }
          .late-text {
            color: #a8201a;
          }
          .good-text {
            color: #1b6a3a;
          }
        </style>
      </head>
      <body>
        <main>
          <h1>${say(words.standaloneVerifier)}</h1>
          <p>${say(words.standaloneIs)}</p>
          ${form(publicKey, '', view)}
        </main>
        <script type="module">
          ${trusted(verifyScript)}
        </script>
      </body>
    </html> `
}
