import { answer, variantOf } from '../view.ts'
import { dateIn } from '#engine/day.ts'
import { empty, page } from '../page.ts'
import { html } from '../markup.ts'
import { matterCards, mattersOn } from './matters.ts'
import { searchForm } from './search.ts'
import { sendKept } from './kept-page.ts'
import { words } from '../words.ts'
import type { FastifyInstance } from 'fastify'
import type { KeptPages } from './kept-page.ts'
import type { Markup } from '../markup.ts'
import type { Services } from '../services.ts'
import type { View } from '../view.ts'

/** `/portal`: where a citizen begins. */
export function portalHomeRoutes(app: FastifyInstance, services: Services, pages: KeptPages): void {
  const { catalogue, place, now } = services
  app.get('/portal', { config: { open: true } }, async (request, reply) => {
    const today = dateIn(now())
    const matters = mattersOn(catalogue, today)
    const lines = (list: typeof matters.brought) => list.map(({ id, name }) => ({ id, name, guide: `/portal/guides/${id}` }))
    if (request.view.wantsJson)
      return answer(request, reply, {
        json: { place: place.name, brought: lines(matters.brought), own: lines(matters.own) },
        page: () => html``,
      })
    const view: View = { ...request.view, path: '/portal' }
    const versions = [...matters.brought, ...matters.own].map(({ inForce }) => inForce.from).join()
    const kept = await pages.page(`home ${variantOf(view)} ${versions}`, () => String(homePage(matters, services, view)))
    return sendKept(request, reply, kept)
  })
}

function homePage({ brought, own }: ReturnType<typeof mattersOn>, { place, demonstration }: Services, view: View): Markup {
  const { say } = view
  return page(view, {
    title: words.portalTitle(place.name),
    description: words.portalIs,
    section: 'home',
    main: html`<p class="lead">${say(words.portalIs)}</p>
      ${searchForm(view)}
      <section aria-labelledby="bring">
        <h2 id="bring">${say(words.whatYouCanBring)}</h2>
        ${brought.length === 0 ? empty(say(words.nothingToBring)) : matterCards(brought, view)}
      </section>
      <section aria-labelledby="own">
        <h2 id="own">${say(words.whatGovernmentDoes)}</h2>
        ${matterCards(own, view)}
      </section>
      <section aria-labelledby="reports">
        <h2 id="reports">${say(words.annualReports)}</h2>
        ${
          demonstration
            ? html`<p>${say(words.reportsSynthetic)}</p>
                <p><a class="button" href="/report">${say(words.toReports)}</a></p>`
            : html`<p><a class="button" href="/portal/reports">${say(words.toReports)}</a></p>`
        }
      </section>
      <section aria-labelledby="verify">
        <h2 id="verify">${say(words.howVerified)}</h2>
        <p>${say(words.ledgerIs)}</p>
        <p><a class="button" href="/ledger">${say(words.toLedger)}</a></p>
      </section>`,
  })
}
