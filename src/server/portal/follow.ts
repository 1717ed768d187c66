import {
  acknowledge,
  acknowledgementsOf,
  answerEvaluation,
  askEvaluation,
  attachUploads,
  handInByCode,
  handInOf,
  partyPerson,
} from '#store/hand-ins.ts'
import { beginAttempt, forgetAttempts } from '#store/sign-in-attempts.ts'
import { clocksOf } from '#engine/clocks.ts'
import { clockStanding } from '../clock-standing.ts'
import { dateIn } from '#engine/day.ts'
import { documentArticle } from '#documents/html.ts'
import { documentOf, sendFile } from '../documents.ts'
import { empty, facts, page } from '../page.ts'
import { explain } from '#engine/explain.ts'
import { fieldInputs, problemList, radios, readTyped, typedOf } from './field-inputs.ts'
import { html } from '../markup.ts'
import { keepAttachment, readSent } from './attachments.ts'
import { organNames } from '../cases.ts'
import { partyAsked, partyKnown, partyPost } from '#engine/online.ts'
import { partyReads, partyTakes } from '#identity/permission.ts'
import { permittedSteps } from '#engine/apply-step.ts'
import { readOpenCase } from '#store/read-open-case.ts'
import { Refusal } from '#engine/refusal.ts'
import { send } from './hand-in.ts'
import { shownTime } from '../shown-value.ts'
import { standing } from '#engine/case.ts'
import { systemNamed } from '#engine/system.ts'
import { takeStep } from '#store/take-step.ts'
import { textOf } from './visit.ts'
import { versionShown } from './matters.ts'
import { words } from '../words.ts'
import type { Definition } from '#engine/definition.ts'
import type { DocumentRow, OpenCase } from '#store/read-open-case.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Fields } from '#engine/field.ts'
import type { HandIn, Typed } from '#store/hand-ins.ts'
import type { Markup } from '../markup.ts'
import type { PartyByCode } from '#identity/permission.ts'
import type { Problems } from './field-inputs.ts'
import type { Services } from '../services.ts'
import type { Tried } from '#store/sign-in-attempts.ts'
import type { View } from '../view.ts'
import type { Visits } from './visit.ts'

/** Whoever mistypes has ten goes; whoever guesses has as many, at one matter and from one address. */
const TRIES = { matter: { failures: 10, minutes: 30 }, address: { failures: 30, minutes: 15 } } as const

const RATINGS = ['good', 'fair', 'poor'] as const

interface OfStep {
  Params: { step: string }
}
interface OfDocument {
  Params: { seq: string; file: string }
}

/** `/portal/follow`: whoever has number and code sees how this one matter stands, and does in it what is theirs to do. */
export function followRoutes(app: FastifyInstance, services: Services, visits: Visits): void {
  const { store, catalogue, calendar, now } = services
  const open = { config: { open: true as const } }

  app.get<{ Querystring: { number?: unknown } }>('/portal/follow', open, async (request, reply) => {
    const { number } = request.query
    return send(reply, enterPage(typeof number === 'string' ? number : '', request, reply))
  })

  app.post('/portal/follow', open, async (request, reply) => {
    visits.refuseForged(request)
    const number = textOf(request.body, 'number').normalize('NFKC').trim().toUpperCase().slice(0, 40)
    const code = textOf(request.body, 'code').normalize('NFKC').replaceAll(/[\s-]/g, '').toUpperCase().slice(0, 40)
    const tried: readonly Tried[] = [
      { key: `follow-address:${request.ip}`, ...TRIES.address },
      { key: `follow-matter:${number}`, ...TRIES.matter },
    ]
    for (const one of tried)
      if ((await beginAttempt(store, one, now())) === 'locked') return send(reply.code(429), enterPage(number, request, reply, locked()))
    const matter = await handInByCode(store, number, code)
    if (!matter) return send(reply.code(422), enterPage(number, request, reply, wrongCode()))
    for (const { key } of tried) await forgetAttempts(store, key)
    visits.open(request, reply, matter.id)
    return reply.redirect('/portal/follow/matter', 303)
  })

  app.get('/portal/follow/matter', open, async (request, reply) => send(reply, await matterPage(request, reply)))

  app.get<OfStep>('/portal/follow/matter/steps/:step', open, async (request, reply) => {
    const { fields, ...own } = await ownStep(request, reply)
    return send(reply, await stepPage(own, fields, { typed: {}, problems: {} }, request, reply))
  })

  app.post<OfStep>('/portal/follow/matter/steps/:step', { config: { open: true, takesLong: true } }, async (request, reply) => {
    const { fields, ...own } = await ownStep(request, reply)
    const { body, file } = await readSent(request, services)
    request.body = body
    visits.refuseForged(request)
    const { step } = request.params
    const { matter, definition, party } = own
    const typed = typedOf(fields, body)
    const { input, problems } = readTyped(fields, typed)
    if (Object.keys(problems).length > 0) return send(reply.code(422), await stepPage(own, fields, { typed, problems }, request, reply))
    try {
      if (file && file.name !== '') await keepAttachment(services, matter.id, file, body['keepLocation'] === 'yes')
      // The party acts in the name of their post; who they are stands in the case, not in who took the step.
      const by = { post: party.post!, person: partyPerson(matter.id), organ: party.post! }
      const at = now()
      const { theCase } = await takeStep(services, matter.id, { step, input: { ...input, ...partyKnown(definition, step, at) }, by, at })
      await attachUploads(store, matter.id, theCase.steps.length)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return send(reply.code(422), await stepPage(own, fields, { typed, problems: {}, refusal: error }, request, reply))
    }
    return reply.redirect('/portal/follow/matter', 303)
  })

  app.get<OfDocument>('/portal/follow/matter/documents/:seq/:file', open, async (request, reply) => {
    const own = await ownCase(request, reply)
    const { seq, file } = request.params
    const served = documentsFor(own).find((one) => String(one.seq) === seq && file.startsWith(`${one.document}.`))
    if (!served) throw notForYou()
    const made = await documentOf(services, own.matter.id, seq, file, true)
    reply.header('cache-control', 'no-store')
    if (made.form !== 'html') return sendFile(reply, made)
    const { view } = request
    return send(
      reply,
      page(view, {
        title: made.template.name,
        above: [{ href: '/portal/follow/matter', name: words.follow }],
        withDocument: true,
        unlisted: true,
        main: html`<p class="downloads"><a class="button" href="/portal/follow/matter/documents/${seq}/${made.name}.pdf">PDF</a></p>
          ${documentArticle(made.document)}`,
      }),
    )
  })

  app.post('/portal/follow/matter/acknowledgements', open, async (request, reply) => {
    const own = await ownCase(request, reply)
    visits.refuseForged(request)
    const served = documentsFor(own).find(
      ({ seq, document }) => String(seq) === textOf(request.body, 'seq') && document === textOf(request.body, 'document'),
    )
    if (!served) throw notForYou()
    await acknowledge(store, own.matter.id, served, now())
    return reply.redirect('/portal/follow/matter', 303)
  })

  app.post('/portal/follow/matter/evaluation', open, async (request, reply) => {
    const { matter } = await ownCase(request, reply)
    visits.refuseForged(request)
    const rating = RATINGS.find((one) => one === textOf(request.body, 'rating'))
    if (rating === undefined) return send(reply.code(422), await matterPage(request, reply, { rating: words.fieldMissing }))
    await answerEvaluation(store, matter.id, rating, textOf(request.body, 'remark').slice(0, LONGEST_REMARK), now())
    return reply.redirect('/portal/follow/matter', 303)
  })

  app.post('/portal/follow/matter/end', open, async (request, reply) => {
    visits.refuseForged(request)
    visits.close(request, reply)
    return reply.redirect('/portal/follow', 303)
  })

  interface Own {
    readonly matter: HandIn
    readonly open: OpenCase
    readonly definition: Definition
    readonly party: PartyByCode
  }

  async function ownMatter(request: FastifyRequest, reply: FastifyReply): Promise<HandIn> {
    const matter = await handInOf(store, visits.matter(request, reply))
    if (!matter) throw noCaseYet()
    return matter
  }

  async function ownCase(request: FastifyRequest, reply: FastifyReply): Promise<Own> {
    const matter = await ownMatter(request, reply)
    if (!matter.isCase) throw noCaseYet()
    const read = await readOpenCase(store, catalogue, matter.id)
    return { matter, open: read, definition: read.definition, party: { caseId: matter.id, post: partyPost(read.definition) } }
  }

  async function ownStep(request: FastifyRequest<OfStep>, reply: FastifyReply): Promise<Own & { fields: Fields }> {
    const own = await ownCase(request, reply)
    if (!stepsFor(own).includes(request.params.step)) throw notYourStep()
    return { ...own, fields: partyAsked(own.definition, request.params.step)! }
  }

  /** What the party may do now. */
  function stepsFor({ matter, definition, party, open: { theCase } }: Own): string[] {
    return permittedSteps(definition, theCase, party.post ?? '')
      .filter(({ step, refusal }) => refusal === undefined && partyTakes(party, definition, step, matter.id))
      .map(({ step }) => step)
      .filter((step) => partyAsked(definition, step) !== undefined && isLater(definition, step))
  }

  /** Served here is only who agreed to it. */
  function documentsFor({ matter, open: read, party }: Own): DocumentRow[] {
    if (matter.consents !== true) return []
    return read.documents.filter(({ seq, document }) => {
      const definition = read.law.of(seq)
      const to = definition.guide?.online?.documents?.includes(document) && party.post ? [party.post] : []
      return partyReads(party, { addressee: definition.parts.documents[document]?.addressee, to }, matter.id)
    })
  }

  function enterPage(number: string, request: FastifyRequest, reply: FastifyReply, refusal?: Refusal): Markup {
    const { view } = request
    const { say } = view
    const said = refusal?.on(view.language)
    return page(view, {
      title: words.follow,
      section: 'follow',
      unlisted: true,
      main: html`<p class="lead">${say(words.followIs)}</p>
        ${said ? refused(said) : ''}
        <form method="post" action="/portal/follow" class="page">
          <input type="hidden" name="token" value="${visits.token(request, reply)}" />
          <div class="asked">
            <label for="number">${say(words.numberOfMatter)}</label>
            <input id="number" name="number" value="${number}" autocomplete="off" />
          </div>
          <div class="asked">
            <label for="code">${say(words.queryCode)}</label>
            <input id="code" name="code" autocomplete="off" />
          </div>
          <button>${say(words.follow)}</button>
        </form>`,
    })
  }

  async function matterPage(request: FastifyRequest, reply: FastifyReply, problems: Problems = {}): Promise<Markup> {
    const matter = await ownMatter(request, reply)
    const { view } = request
    const { say } = view
    const token = visits.token(request, reply)
    const name = versionShown(systemNamed(catalogue, matter.procedure), dateIn(now())).name
    return page(view, {
      title: words.follow,
      section: 'follow',
      unlisted: true,
      main: html`${facts([
          [say(words.matter), say(name)],
          [say(words.numberOfMatter), html`<code>${matter.number}</code>`],
          matter.arrivedAt === null
            ? undefined
            : [
                say(words.arrivedAt),
                html`${shownTime(matter.arrivedAt)} <a href="/portal/hand-in/${matter.procedure}/receipt">${say(words.handInReceipt)}</a>`,
              ],
        ])}
        ${matter.isCase ? await caseSections(await ownCase(request, reply), token, problems, view) : beforeCase(matter, view)}
        <form method="post" action="/portal/follow/matter/end" class="page">
          <input type="hidden" name="token" value="${token}" />
          <button>${say(words.leave)}</button>
        </form>`,
    })
  }

  async function caseSections(own: Own, token: string, problems: Problems, view: View): Promise<Markup> {
    const { matter, definition, open: read } = own
    const { theCase } = read
    const { say } = view
    const state = definition.states[theCase.state]!
    const waits = state.with === undefined ? undefined : definition.posts[state.with]?.name
    const steps = stepsFor(own)
    const documents = documentsFor(own)
    const acknowledged = new Map((await acknowledgementsOf(store, matter.id)).map(({ seq, document, at }) => [`${seq}/${document}`, at]))
    if (state.final) await askEvaluation(store, matter.id, now())
    return html`<section aria-labelledby="state">
        <h2 id="state">${say(words.whereItStands)}</h2>
        ${facts([
          [say(words.caseNumber), theCase.number],
          [say(words.whereItStands), html`<b>${say(state.name)}</b>`],
          waits && !state.final ? [say(words.waitsForWhom), say(waits)] : undefined,
        ])}
      </section>
      <section aria-labelledby="yours">
        <h2 id="yours">${say(words.whatYouCanDo)}</h2>
        ${
          steps.length === 0
            ? empty(say(words.nothingForYou))
            : html`<ul class="cards">
                ${steps.map((step) => html`<li><a href="/portal/follow/matter/steps/${step}">${say(definition.steps[step]!.name)}</a></li> `)}
              </ul>`
        }
      </section>
      <section aria-labelledby="next">
        <h2 id="next">${say(words.nextAndWhen)}</h2>
        ${clocksNow(own, view)}
      </section>
      <section aria-labelledby="documents">
        <h2 id="documents">${say(words.documentsForYou)}</h2>
        ${
          matter.consents !== true
            ? html`<p class="quiet">${say(words.servedOtherwise)}</p>`
            : documents.length === 0
              ? html`<p class="quiet">${say(words.noDocumentsForYou)}</p>`
              : html`<ul class="found">
                  ${documents.map((one) => documentLine(one, read, acknowledged.get(`${one.seq}/${one.document}`), token, view))}
                </ul>`
        }
      </section>
      <section aria-labelledby="so-far">
        <h2 id="so-far">${say(words.soFar)}</h2>
        <ol>
          ${standing(theCase.steps).map(({ seq, step, on }) => {
            const name = read.law.of(seq).steps[step]?.name
            return name ? html`<li>${shownTime(on)} ${say(name)}</li> ` : ''
          })}
        </ol>
      </section>
      ${state.final ? evaluation(matter, token, problems, view) : ''}`
  }

  function clocksNow({ definition, open: { theCase } }: Own, { say }: View): Markup {
    const running = clocksOf(definition, theCase, calendar).filter(({ state }) => state !== 'stopped')
    if (running.length === 0) return html`<p class="quiet">${say(words.noLimitRuns)}</p>`
    return html`<ul class="found">
      ${running.map((run) => {
        const clock = definition.clocks[run.clock]!
        return html`<li>
          <b>${say(clock.name)}</b> ${run.deadline ? shownTime(run.deadline.due) : ''}
          <span class="quiet">${say(clockStanding(run, clock, now()).text)}</span>
          ${
            run.deadline
              ? html`<details class="small">
                  <summary>${say(words.whyThisDay)}</summary>
                  <ul>
                    ${run.deadline.because.map((reason) => html`<li>${say(explain(reason))}</li> `)}
                  </ul>
                </details>`
              : ''
          }
        </li> `
      })}
    </ul>`
  }

  async function stepPage(
    own: Own,
    fields: Fields,
    { typed, problems, refusal }: { readonly typed: Typed; readonly problems: Problems; readonly refusal?: Refusal },
    request: FastifyRequest<OfStep>,
    reply: FastifyReply,
  ): Promise<Markup> {
    const { view } = request
    const { step } = request.params
    const organs = await organNames(services, dateIn(now()))
    return page(view, {
      title: own.definition.steps[step]!.name,
      above: [{ href: '/portal/follow/matter', name: words.follow }],
      section: 'follow',
      unlisted: true,
      main: html`${problemList(problems, fields, view)}${refusal ? refused(refusal.on(view.language)) : ''}
        <form method="post" action="/portal/follow/matter/steps/${step}" enctype="multipart/form-data" class="page">
          <input type="hidden" name="token" value="${visits.token(request, reply)}" />
          ${fieldInputs(fields, { typed, problems, organs }, view)}
          <div class="asked">
            <label for="file">${view.say(words.attachments)} <span class="quiet">${view.say(words.fieldOptional)}</span></label>
            <input id="file" name="file" type="file" />
          </div>
          <label class="option"><input type="checkbox" name="keepLocation" value="yes" /> ${view.say(words.keepLocation)}</label>
          <button>${view.say(words.send)}</button>
        </form>`,
    })
  }
}

/** Characters of what somebody says of how it was handled. */
const LONGEST_REMARK = 2000

/** Is it a step of a case that there is? */
function isLater({ steps }: Definition, step: string): boolean {
  const { from } = steps[step]!
  return !Array.isArray(from) || from.length > 0
}

function beforeCase(matter: HandIn, { say }: View): Markup {
  if (matter.arrivedAt === null)
    return html`<p>${say(words.stateUnfinished)}</p>
      <p><a class="button" href="/portal/hand-in/${matter.procedure}/pages/1">${say(words.goOn)}</a></p>`
  if (matter.refusedAt === null) return html`<p class="note">${say(words.stateWaiting)}</p>`
  return html`<p class="note">${say(words.stateTurnedAway)}${matter.reason}</p>`
}

function documentLine(
  { seq, document, issuedOn }: DocumentRow,
  read: OpenCase,
  at: string | undefined,
  token: string,
  { say }: View,
): Markup {
  const name = read.law.of(seq).parts.documents[document]!.name
  const path = `/portal/follow/matter/documents/${seq}/${document}`
  return html`<li>
    <a href="${path}.html">${say(name)}</a> <a href="${path}.pdf" aria-label="PDF: ${say(name)}">PDF</a>
    <span class="quiet small">${issuedOn}</span>
    ${
      at !== undefined
        ? html`<p class="small">${say(words.acknowledgedAt)} ${shownTime(at)}</p>`
        : html`<form method="post" action="/portal/follow/matter/acknowledgements" class="inline">
            <input type="hidden" name="token" value="${token}" />
            <input type="hidden" name="seq" value="${seq}" />
            <input type="hidden" name="document" value="${document}" />
            <button>${say(words.acknowledgeIt(name))}</button>
          </form>`
    }
  </li> `
}

function evaluation({ answeredAt }: HandIn, token: string, problems: Problems, view: View): Markup {
  const { say } = view
  if (answeredAt !== null) return html`<p role="status">${say(words.thanks)}</p>`
  return html`<section aria-labelledby="evaluation">
    <h2 id="evaluation">${say(words.evaluation)}</h2>
    <p class="quiet">${say(words.evaluationIs)}</p>
    <form method="post" action="/portal/follow/matter/evaluation" class="page">
      <input type="hidden" name="token" value="${token}" />
      ${radios(
        'rating',
        html`${say(words.evaluation)}`,
        RATINGS.map((one) => [one, words.rating[one]] as const),
        { typed: {}, problems },
        view,
      )}
      <div class="asked">
        <label for="remark">${say(words.remark)} <span class="quiet">${say(words.fieldOptional)}</span></label>
        <textarea id="remark" name="remark" rows="4"></textarea>
      </div>
      <button>${say(words.send)}</button>
    </form>
  </section>`
}

function refused({ message, basis, remedy }: { readonly message: string; readonly basis: string; readonly remedy: string }): Markup {
  return html`<div class="problem" role="alert">
    <p>${message} ${remedy}</p>
    <p class="quiet small">${basis}</p>
  </div>`
}

const codeBasis = [
  '编号和查询码须同时相符；哪一个不对，不作区分。',
  'Number and code must both be right; which of them is not, is not told.',
] as const

function wrongCode(): Refusal {
  return new Refusal({
    code: 'follow.wrong',
    message: ['编号或者查询码不对。', 'The number or the code is wrong.'],
    basis: codeBasis,
    remedy: ['请对照记下的编号和查询码再输入一次。', 'Compare them with what you wrote down and enter them again.'],
  })
}

function locked(): Refusal {
  return new Refusal({
    code: 'follow.locked',
    message: ['输错次数过多，暂时不能查询。', 'Too many were wrong: for a while nothing can be followed.'],
    basis: [
      `同一编号连续输错 ${TRIES.matter.failures} 次锁定 ${TRIES.matter.minutes} 分钟，同一网络地址连续输错 ${TRIES.address.failures} 次锁定 ${TRIES.address.minutes} 分钟。`,
      `A number is locked for ${TRIES.matter.minutes} minutes after ${TRIES.matter.failures} in a row, an address for ${TRIES.address.minutes} after ${TRIES.address.failures}.`,
    ],
    remedy: ['请稍后再试，或者联系受理机关。', 'Try again later, or ask the office.'],
  })
}

function noCaseYet(): Refusal {
  return new Refusal({
    code: 'follow.no-case-unknown',
    message: ['还没有登记为案件。', 'There is no case of it yet.'],
    basis: ['收件以后由工作人员登记。', 'What is received is registered by an officer.'],
    remedy: ['请稍后再看。', 'Look again later.'],
  })
}

function notYourStep(): Refusal {
  return new Refusal({
    code: 'follow.not-your-step',
    message: ['现在不能办理这一步。', 'This is not for you to do now.'],
    basis: ['只能办理程序交给您、并且现在允许的步骤。', 'Only what the procedure gives to you, and only when it does.'],
    remedy: ['请返回查看您可以办理的事。', 'Go back and see what you can do.'],
  })
}

function notForYou(): Refusal {
  return new Refusal({
    code: 'follow.document-unknown',
    message: ['没有这份文书。', 'There is no such document.'],
    basis: ['这里只有给您的文书，并且您同意电子送达。', 'Here are only those addressed to you, if you agreed to be served here.'],
    remedy: ['请返回查看给您的文书。', 'Go back and see those for you.'],
  })
}
