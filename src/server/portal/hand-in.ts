import { address } from '../view.ts'
import { attachmentForm, attachmentList } from './attachment-list.ts'
import { beginAttempt } from '#store/sign-in-attempts.ts'
import { beginHandIn, handIn, handInOf, keepTyped, uploadsOf } from '#store/hand-ins.ts'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { dateIn } from '#engine/day.ts'
import { dropFile } from '#store/files.ts'
import { facts, page } from '../page.ts'
import { fieldInputs, problemList, radios, readTyped, typedOf } from './field-inputs.ts'
import { handInStep, partyAsked } from '#engine/online.ts'
import { html } from '../markup.ts'
import { keepAttachment, readSent } from './attachments.ts'
import { organNames } from '../cases.ts'
import { qrCode } from './qr-code.ts'
import { Refusal } from '#engine/refusal.ts'
import { shownTime } from '../shown-value.ts'
import { systemNamed } from '#engine/system.ts'
import { textOf } from './visit.ts'
import { versionShown } from './matters.ts'
import { words } from '../words.ts'
import type { Definition } from '#engine/definition.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Fields } from '#engine/field.ts'
import type { HandIn } from '#store/hand-ins.ts'
import type { Markup } from '../markup.ts'
import type { OrganNames } from '../shown-value.ts'
import type { Problems } from './field-inputs.ts'
import type { Services } from '../services.ts'
import type { View } from '../view.ts'
import type { Visits } from './visit.ts'

/** So many fields stand on a page. */
const FIELDS_ON_A_PAGE = 5

/** So many may be begun from one address before it waits: a village office hands in for many. */
const BEGINNINGS = { failures: 60, minutes: 60 }

/** No letter is taken for a digit. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
const NUMBER_LENGTH = 8
/** 30 characters in 12 places: nobody tries them. */
const CODE_LENGTH = 12

interface Of {
  Params: { procedure: string }
}
interface OfPage {
  Params: { procedure: string; page: string }
}

/** `/portal/hand-in/:procedure`: a matter is brought, page by page, saved at each, and handed in once. */
export function handInRoutes(app: FastifyInstance, services: Services, visits: Visits): void {
  const { store, catalogue, now, accounts } = services
  const open = { config: { open: true as const } }

  app.get<Of>('/portal/hand-in/:procedure', open, async (request, reply) => {
    const { definition } = broughtBy(request.params.procedure)
    return send(reply, startPage(definition, request, reply, false))
  })

  app.post<Of>('/portal/hand-in/:procedure', open, async (request, reply) => {
    const { definition, step } = broughtBy(request.params.procedure)
    visits.refuseForged(request)
    if (!visits.isAnswered(request)) return send(reply.code(422), startPage(definition, request, reply, true))
    if ((await beginAttempt(store, { key: `hand-in:${request.ip}`, ...BEGINNINGS }, now())) === 'locked') throw tooMany()
    const [id, code] = [randomUUID(), randomText(CODE_LENGTH)]
    let number = numberOf(now())
    while (!(await beginHandIn(store, { id, number, procedure: definition.id, step, begunAt: now() }, code))) number = numberOf(now())
    visits.open(request, reply, id)
    return send(reply, begunPage(definition, number, code, request.view))
  })

  app.get<OfPage>('/portal/hand-in/:procedure/pages/:page', open, async (request, reply) => {
    const own = await ownUnfinished(request, reply)
    const at = pageOf(request, own.pages)
    return send(reply, formPage(own, at, { typed: own.matter.typed, problems: {} }, request, reply))
  })

  app.post<OfPage>('/portal/hand-in/:procedure/pages/:page', open, async (request, reply) => {
    const own = await ownUnfinished(request, reply)
    visits.refuseForged(request)
    const at = pageOf(request, own.pages)
    const typed = typedOf(own.pages[at]!, request.body)
    const { problems } = readTyped(own.pages[at]!, typed)
    // Kept though it be wrong: whoever goes on later finds it as it was typed.
    await keepTyped(
      store,
      own.matter.id,
      Object.fromEntries(Object.entries(typed).map(([name, text]) => [name, text.slice(0, LONGEST_KEPT)])),
    )
    if (Object.keys(problems).length > 0) return send(reply.code(422), formPage(own, at, { typed, problems }, request, reply))
    const base = `/portal/hand-in/${own.definition.id}`
    return reply.redirect(at + 1 < own.pages.length ? `${base}/pages/${at + 2}` : `${base}/attachments`, 303)
  })

  app.get<Of>('/portal/hand-in/:procedure/attachments', open, async (request, reply) => {
    const own = await ownUnfinished(request, reply)
    return send(reply, await attachmentPage(own, request, reply))
  })

  app.post<Of>('/portal/hand-in/:procedure/attachments', { config: { open: true, takesLong: true } }, async (request, reply) => {
    const own = await ownUnfinished(request, reply)
    const { body, file } = await readSent(request, services)
    request.body = body
    visits.refuseForged(request)
    try {
      await keepAttachment(services, own.matter.id, file, body['keepLocation'] === 'yes')
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return send(reply.code(422), await attachmentPage(own, request, reply, error))
    }
    return reply.redirect(`/portal/hand-in/${own.definition.id}/attachments`, 303)
  })

  app.post<Of>('/portal/hand-in/:procedure/attachments/removals', open, async (request, reply) => {
    const own = await ownUnfinished(request, reply)
    visits.refuseForged(request)
    const file = (await uploadsOf(store, own.matter.id)).find(({ id }) => id === textOf(request.body, 'file'))
    if (file && (await dropFile(store, file.id))) await services.vault.remove(file.id)
    return reply.redirect(`/portal/hand-in/${own.definition.id}/attachments`, 303)
  })

  app.get<Of>('/portal/hand-in/:procedure/check', open, async (request, reply) => {
    const own = await ownUnfinished(request, reply)
    return send(reply, await checkPage(own, {}, request, reply))
  })

  app.post<Of>('/portal/hand-in/:procedure/check', open, async (request, reply) => {
    const own = await ownMatter(request, reply)
    const receipt = `/portal/hand-in/${own.definition.id}/receipt`
    // Pressed twice, or sent again by the browser: the same receipt.
    if (own.matter.arrivedAt !== null) return reply.redirect(receipt, 303)
    visits.refuseForged(request)
    const consent = textOf(request.body, 'consent')
    const { problems, input } = readTyped(own.fields, own.matter.typed)
    const all: Problems = { ...problems, ...(consent === 'yes' || consent === 'no' ? {} : { consent: words.fieldMissing }) }
    if (Object.keys(all).length > 0) return send(reply.code(422), await checkPage(own, all, request, reply))
    const attachments = (await uploadsOf(store, own.matter.id)).map(({ sha256 }) => sha256)
    const sha256 = createHash('sha256').update(JSON.stringify({ input, attachments })).digest('hex')
    await handIn(store, own.matter, { consents: consent === 'yes', sha256, at: now() })
    return reply.redirect(receipt, 303)
  })

  app.get<Of>('/portal/hand-in/:procedure/receipt', open, async (request, reply) => {
    const own = await ownMatter(request, reply)
    if (own.matter.arrivedAt === null) return reply.redirect(`/portal/hand-in/${own.definition.id}/check`, 303)
    const origin = accounts?.origin ?? `${request.protocol}://${request.host}`
    return send(reply, receiptPage(own, `${origin}${address('/portal/follow', { number: own.matter.number })}`, request.view))
  })

  interface Own {
    readonly matter: HandIn
    readonly definition: Definition
    readonly fields: Fields
    readonly pages: readonly Fields[]
    readonly organs: OrganNames
  }

  function broughtBy(procedure: string): { definition: Definition; step: string } {
    const definition = versionShown(systemNamed(catalogue, procedure), dateIn(now()))
    const step = handInStep(definition)
    if (step === undefined) throw notTaken(definition)
    return { definition, step }
  }

  async function ownMatter(request: FastifyRequest<Of>, reply: FastifyReply): Promise<Own> {
    const matter = await handInOf(store, visits.matter(request, reply))
    if (!matter || matter.procedure !== request.params.procedure) throw unknownMatter()
    const definition = versionShown(systemNamed(catalogue, matter.procedure), dateIn(matter.arrivedAt ?? now()))
    const fields = partyAsked(definition, matter.step) ?? {}
    return { matter, definition, fields, pages: pagesOf(fields), organs: await organNames(services, dateIn(now())) }
  }

  async function ownUnfinished(request: FastifyRequest<Of>, reply: FastifyReply): Promise<Own> {
    const own = await ownMatter(request, reply)
    if (own.matter.arrivedAt !== null) throw handedIn()
    return own
  }

  function startPage(definition: Definition, request: FastifyRequest, reply: FastifyReply, isWrong: boolean): Markup {
    const { view } = request
    const { say } = view
    const token = visits.token(request, reply)
    const { zh, en, seal } = visits.question(request, reply)
    const problems: Problems = isWrong ? { answer: words.questionWrong } : {}
    return portalPage(
      definition,
      html`<p class="lead">${say(words.handInIs)}</p>
        <p>${say(words.handInFollows)}<a href="/portal/follow">${say(words.follow)}</a></p>
        ${problemList(problems, {}, view)}
        <form method="post" action="/portal/hand-in/${definition.id}" class="page">
          <input type="hidden" name="token" value="${token}" />
          <input type="hidden" name="seal" value="${seal}" />
          <div class="asked">
            <label for="answer">${say(words.question(zh, en))}</label>
            <p class="quiet small" id="answer-help">${say(words.questionWhy)}</p>
            <input id="answer" name="answer" inputmode="numeric" autocomplete="off" aria-describedby="answer-help" />
          </div>
          <button>${say(words.begin)}</button>
        </form>`,
      view,
    )
  }

  function formPage(
    { definition, pages, organs }: Own,
    at: number,
    filled: { readonly typed: HandIn['typed']; readonly problems: Problems },
    request: FastifyRequest,
    reply: FastifyReply,
  ): Markup {
    const { view } = request
    const fields = pages[at]!
    return portalPage(
      definition,
      html`<p class="quiet">${view.say(words.handInPage(at + 1, pages.length))}</p>
        ${problemList(filled.problems, fields, view)}
        <form method="post" action="/portal/hand-in/${definition.id}/pages/${at + 1}" class="page">
          <input type="hidden" name="token" value="${visits.token(request, reply)}" />
          ${fieldInputs(fields, { ...filled, organs }, view)}
          <button>${view.say(words.next)}</button>
        </form>
        <p class="quiet small">${view.say(words.stopHere)}</p>`,
      view,
    )
  }

  async function attachmentPage(
    { definition, matter }: Own,
    request: FastifyRequest,
    reply: FastifyReply,
    refusal?: Refusal,
  ): Promise<Markup> {
    const base = `/portal/hand-in/${definition.id}`
    const token = visits.token(request, reply)
    const { view } = request
    return portalPage(
      definition,
      html`<h2>${view.say(words.attachments)}</h2>
        ${attachmentList(await uploadsOf(store, matter.id), { token, action: `${base}/attachments/removals` }, view)}
        ${attachmentForm({ token, action: `${base}/attachments` }, services, view, refusal)}
        <p><a class="button" href="${base}/check">${view.say(words.checkAnswers)}</a></p>`,
      view,
    )
  }

  async function checkPage(own: Own, problems: Problems, request: FastifyRequest, reply: FastifyReply): Promise<Markup> {
    const { definition, pages, fields, matter, organs } = own
    const { view } = request
    const { say } = view
    const files = await uploadsOf(store, matter.id)
    const base = `/portal/hand-in/${definition.id}`
    return portalPage(
      definition,
      html`<h2>${say(words.checkAnswers)}</h2>
        ${problemList(problems, fields, view)}
        <dl class="facts">
          ${pages.flatMap((fieldsOfPage, index) =>
            Object.entries(fieldsOfPage).map(
              ([name, field]) =>
                html`<div id="${name}">
                  <dt>${say(field.name)}</dt>
                  <dd>
                    <span class="lines">${typedText(name, matter.typed, field.options, organs, view)}</span>
                    <a class="small" href="${base}/pages/${index + 1}" aria-label="${say(words.change(field.name))}"
                      >${say(words.changeIt)}</a
                    >
                  </dd>
                </div> `,
            ),
          )}
          <div>
            <dt>${say(words.attachments)}</dt>
            <dd>
              ${files.length === 0 ? '—' : files.map(({ name }) => name).join(say(words.listComma))}
              <a class="small" href="${base}/attachments">${say(words.changeIt)}</a>
            </dd>
          </div>
        </dl>
        <form method="post" action="${base}/check" class="page">
          <input type="hidden" name="token" value="${visits.token(request, reply)}" />
          ${radios(
            'consent',
            html`${say(words.consentQuestion)}`,
            [
              ['yes', words.yes],
              ['no', words.no],
            ],
            { typed: {}, problems },
            view,
          )}
          <p class="quiet small">${say(words.consentIs)}</p>
          <button>${say(words.handInNow)}</button>
        </form>`,
      view,
    )
  }
}

/** What is kept of one text, however long it is: beyond what any form asks. */
const LONGEST_KEPT = 20_000

/** Private, kept by nobody on the way, listed nowhere. */
export function send(reply: FastifyReply, markup: Markup): FastifyReply {
  return reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(String(markup))
}

function portalPage(definition: Definition, main: Markup, view: View): Markup {
  return page(view, {
    title: words.handInTitle(definition.name),
    above: [{ href: `/portal/guides/${definition.id}`, name: words.guideOf(definition.name) }],
    section: 'guides',
    unlisted: true,
    main,
  })
}

function begunPage(definition: Definition, number: string, code: string, view: View): Markup {
  const { say } = view
  return portalPage(
    definition,
    html`<div class="note" role="status">
        <p>${say(words.codeShownOnce)}</p>
        ${facts([
          [say(words.numberOfMatter), html`<code id="matter-number">${number}</code>`],
          [say(words.queryCode), html`<code id="matter-code">${code.match(/.{4}/g)!.join('-')}</code>`],
        ])}
      </div>
      <p><a class="button" href="/portal/hand-in/${definition.id}/pages/1">${say(words.begin)}</a></p>`,
    view,
  )
}

function receiptPage({ matter, definition }: { matter: HandIn; definition: Definition }, address: string, view: View): Markup {
  const { say } = view
  return page(view, {
    title: words.handInReceipt,
    above: [{ href: `/portal/guides/${definition.id}`, name: words.guideOf(definition.name) }],
    unlisted: true,
    main: html`${facts([
        [say(words.numberOfMatter), html`<code>${matter.number}</code>`],
        [say(words.matter), say(definition.name)],
        [say(words.arrivedAt), shownTime(matter.arrivedAt!)],
        [say(words.contentHash), html`<code class="long">${matter.sha256 ?? ''}</code>`],
      ])}
      <p>${say(words.receiptProof)} <a href="/ledger">${say(words.toLedger)}</a></p>
      <p>${say(words.printThis)}</p>
      ${qrCode(address, say(words.receiptQr))}
      <p><a class="button" href="/portal/follow/matter">${say(words.followThis)}</a></p>`,
  })
}

function typedText(
  name: string,
  typed: HandIn['typed'],
  options: Readonly<Record<string, readonly [string, string]>> | undefined,
  organs: OrganNames,
  { say }: View,
): string {
  const texts = Object.entries(typed).flatMap(([input, text]) => (input === name || input.startsWith(`${name}.`) ? [text] : []))
  const yesNo: Readonly<Record<string, string>> = {
    yes: say(words.yes),
    no: say(words.no),
    person: say(words.partyPerson),
    organisation: say(words.partyOrganisation),
  }
  const said = texts
    .filter((text) => text !== '')
    .map((text) => (options?.[text] ? say(options[text]) : (organs.get(text) ?? yesNo[text] ?? text)))
  return said.length === 0 ? '—' : said.join(' · ')
}

/** The fields of a form in short pages, in their order. */
function pagesOf(fields: Fields): Fields[] {
  const all = Object.entries(fields)
  return Array.from({ length: Math.ceil(all.length / FIELDS_ON_A_PAGE) }, (_, page) =>
    Object.fromEntries(all.slice(page * FIELDS_ON_A_PAGE, (page + 1) * FIELDS_ON_A_PAGE)),
  )
}

function pageOf({ params }: FastifyRequest<OfPage>, pages: readonly Fields[]): number {
  const at = /^\d{1,3}$/.test(params.page) ? Number(params.page) - 1 : -1
  if (pages[at] === undefined) throw unknownMatter()
  return at
}

/** `W20260302-7K3M9QXT`: the day, and what nobody counts up. */
function numberOf(now: string): string {
  return `W${dateIn(now).replaceAll('-', '')}-${randomText(NUMBER_LENGTH)}`
}

function randomText(length: number): string {
  let text = ''
  while (text.length < length) {
    const [byte] = randomBytes(1) as unknown as [number]
    // Beyond the last whole multiple some characters would come more often.
    if (byte < 256 - (256 % ALPHABET.length)) text += ALPHABET[byte % ALPHABET.length]
  }
  return text
}

function notTaken({ name }: Definition): Refusal {
  return new Refusal({
    code: 'hand-in.not-taken-unknown',
    message: [`“${name[0]}”不从网上接收申请。`, `“${name[1]}” is not handed in here.`],
    basis: ['只有由公众提出的事项可以网上申请。', 'Only what the public brings can be handed in.'],
    remedy: ['请查看办事指南。', 'See its guide.'],
  })
}

function unknownMatter(): Refusal {
  return new Refusal({
    code: 'hand-in.unknown',
    message: ['没有这一页。', 'There is no such page.'],
    basis: ['页面属于您打开的事项。', 'Pages belong to the matter that you opened.'],
    remedy: ['请用编号和查询码从“查询进度”进入。', 'Enter by number and code under “Follow a matter”.'],
  })
}

function handedIn(): Refusal {
  return new Refusal({
    code: 'hand-in.handed-in',
    message: ['已经提交，不能再改。', 'It was handed in and cannot be changed.'],
    basis: ['提交的内容已存证。', 'What was handed in stands in the ledger by its hash.'],
    remedy: ['需要补充的，请在“查询进度”办理，或者联系受理机关。', 'Add to it under “Follow a matter”, or ask the office.'],
  })
}

function tooMany(): Refusal {
  return new Refusal({
    code: 'hand-in.too-many',
    message: ['从您的网络新建的申请过多，请稍后再来。', 'Too many were begun from your network: come back later.'],
    basis: [`每个网络地址连续最多 ${BEGINNINGS.failures} 件。`, `At most ${BEGINNINGS.failures} from one address in a row.`],
    remedy: [
      `请 ${BEGINNINGS.minutes} 分钟后再试，或者当面、邮寄提出。`,
      `Try again in ${BEGINNINGS.minutes} minutes, or bring it in person or by post.`,
    ],
  })
}
