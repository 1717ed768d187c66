import { answer } from './view.ts'
import { arrivalCharts } from './bar-chart.ts'
import { arrivalsIn, yearsOpened } from '#store/arrivals.ts'
import { countByState } from '#store/list-cases.ts'
import { empty, page } from './page.ts'
import { html } from './markup.ts'
import { ledgerStatus } from '#store/read-checkpoints.ts'
import { shownTime } from './shown-value.ts'
import { stateCounts, stateTable } from './state-table.ts'
import { overlooks } from '#identity/permission.ts'
import { readerOf } from './reader.ts'
import { words } from './words.ts'
import type { FastifyInstance } from 'fastify'
import type { LedgerStatus } from '#store/read-checkpoints.ts'
import type { Markup } from './markup.ts'
import type { Services } from './services.ts'
import type { View } from './view.ts'

/** `/`: what this is, what is in it, and where to go on, for who looks over it all; the way to their first page for everybody else. */
export function homeRoutes(app: FastifyInstance, services: Services): void {
  const { store, catalogue, place } = services
  app.get('/', { config: { open: true } }, async (request, reply) => {
    const { view, viewer } = request
    if (!viewer) return reply.redirect('/portal', 303)
    // Whoever works here has the workbench as their first page, and sees to a password or second factor there that they owe.
    if (viewer.owes || !overlooks(viewer)) return reply.redirect('/workbench', 303)
    const [years, counted, ledger] = await Promise.all([
      yearsOpened(store),
      countByState(store, readerOf(request, services)),
      ledgerStatus(store),
    ])
    const latest = years[0]?.year
    const arrivals = latest === undefined ? [] : await arrivalsIn(store, latest)
    const systems = stateCounts(catalogue, counted)
    return answer(request, reply, {
      json: {
        region: store.region,
        place: place.name,
        systems,
        years,
        arrivals,
        ledger: { size: ledger.last?.size ?? 0, sealedAt: ledger.last?.at ?? null, waiting: ledger.waiting },
      },
      page: () =>
        page(view, {
          title: words.homeTitle(place.name),
          section: 'home',
          main: html`<p class="lead">${view.say(words.whatThisIs)}</p>
            ${
              latest === undefined
                ? empty(view.say(words.noCasesYet), html`<p>${view.say(words.howToBegin)} <code>yifa demo</code></p>`)
                : html`<section aria-labelledby="systems">
                      <h2 id="systems">${view.say(words.casesBySystem)}</h2>
                      ${stateTable(systems, view)}
                    </section>
                    <section aria-labelledby="arrivals">
                      <h2 id="arrivals">${view.say(words.arrivalsIn(latest))}</h2>
                      ${arrivalCharts(arrivals, catalogue, latest, view)}
                    </section>
                    <section aria-labelledby="reports">
                      <h2 id="reports">${view.say(words.report)}</h2>
                      <p>${view.say(words.reportIs)}</p>
                      <ul class="row">
                        ${years.map(({ year }) => html`<li><a class="button" href="/report/${year}">${view.say(words.reportOf(year))}</a></li> `)}
                      </ul>
                    </section>`
            }
            <section aria-labelledby="ledger">
              <h2 id="ledger">${view.say(words.ledger)}</h2>
              ${ledgerWords(ledger, view)}
            </section>`,
        }),
    })
  })
}

/** How far the ledger is sealed, in a sentence. */
export function ledgerWords({ last, waiting }: LedgerStatus, { say }: View): Markup {
  const unsealed = waiting > 0 ? say(words.waiting(waiting)) : say(words.nothingWaiting)
  if (!last) return html`<p>${say(words.neverSealed)} ${unsealed}</p>`
  return html`<p>
    ${say(words.sealedLeaves(last.size))}<a href="/ledger/${last.ordinal}">${say(words.checkpointNumber(last.ordinal))}</a
    >${say(words.sealedAt)}${shownTime(last.at)}${say(words.fullStop)} ${unsealed}
  </p>`
}
