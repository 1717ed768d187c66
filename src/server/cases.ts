import { address, answer } from './view.ts'
import { afterCase, readQuery, word } from './query.ts'
import { isUuid } from '#store/read-case.ts'
import { casePage, caseJson } from './case-page.ts'
import { countByState, listCases } from '#store/list-cases.ts'
import { definitionOn, systemNamed } from '#engine/system.ts'
import { empty, page, scrolling } from './page.ts'
import { entriesOn } from '#store/registers.ts'
import { html } from './markup.ts'
import { leavesOf } from '#store/read-checkpoints.ts'
import { readOpenCase } from '#store/read-open-case.ts'
import { receiptOf } from '#store/receipt.ts'
import { caseNumberedSeen, concernSeen, readerOf, withLinksSeen } from './reader.ts'
import { Refusal } from '#engine/refusal.ts'
import { shownTime } from './shown-value.ts'
import { stateCounts, stateTable } from './state-table.ts'
import { words } from './words.ts'
import type { CaseLine } from '#store/count-steps.ts'
import type { FastifyInstance } from 'fastify'
import type { Markup } from './markup.ts'
import type { OrganNames } from './shown-value.ts'
import type { Services } from './services.ts'
import type { System } from '#engine/system.ts'
import type { View } from './view.ts'

const PAGE = 50

/** `/cases`, `/cases/:id` and what proves a case's steps. */
export function caseRoutes(app: FastifyInstance, services: Services): void {
  const { store, catalogue } = services

  app.get('/cases', async (request, reply) => {
    const { view } = request
    const { procedure, state, after, number } = readQuery(
      { procedure: word.optional(), state: word.optional(), after: afterCase.optional(), number: word.optional() },
      request.query,
    )
    if (number !== undefined) return reply.redirect(`/cases/${await caseNumberedSeen(request, services, number.trim())}`)
    if (procedure === undefined) {
      const systems = stateCounts(catalogue, await countByState(store, readerOf(request, services)))
      return answer(request, reply, {
        json: { systems },
        page: () =>
          page(view, {
            title: words.cases,
            section: 'cases',
            main: html`${numberForm(view)}
            ${systems.some(({ total }) => total > 0) ? stateTable(systems, view) : empty(view.say(words.noCasesYet))}`,
          }),
      })
    }
    const system = systemNamed(catalogue, procedure)
    const stateName = state === undefined ? undefined : stateOf(system, state)
    const lines = await listCases(
      store,
      catalogue,
      { filter: { procedures: [procedure], ...(state === undefined ? {} : { state }) }, order: 'newest', after, limit: PAGE + 1 },
      readerOf(request, services),
    )
    const { shown, next } = pageOf(lines)
    const more = next === undefined ? undefined : address('/cases', { procedure, state, after: next })
    const name = system.definitions.at(-1)!.name
    return answer(request, reply, {
      json: { procedure, state: state ?? null, cases: shown, next: more ?? null },
      page: () =>
        page(view, {
          title: stateName ? words.casesInState(name, stateName) : name,
          above: [{ href: '/cases', name: words.cases }],
          section: 'cases',
          main: html`${stateLinks(system, state, view)}
          ${shown.length === 0 ? empty(view.say(words.noCasesHere)) : caseTable(shown, catalogue, view)}
          ${pager(address('/cases', { procedure, state }), more, after !== undefined, view)}`,
        }),
    })
  })

  app.get<{ Params: { id: string } }>('/cases/:id', async (request, reply) => {
    const { id } = request.params
    // A number on paper leads to its case.
    if (!isUuid(id)) return reply.redirect(`/cases/${await caseNumberedSeen(request, services, id)}`)
    await concernSeen(request, services, id.toLowerCase())
    const open = await withLinksSeen(request, services, await readOpenCase(store, catalogue, id.toLowerCase()))
    const [leaves, organs] = await Promise.all([leavesOf(store, 'step', open.theCase.id), organNames(services, open.theCase.openedOn)])
    const shown = { ...open, leaves, organs, services }
    return answer(request, reply, { json: caseJson(shown), page: () => casePage(shown, request.view) })
  })

  app.get<{ Params: { id: string; seq: string } }>('/cases/:id/receipts/:seq', async (request, reply) => {
    const { id, seq } = request.params
    await concernSeen(request, services, id)
    const receipt = await receiptOf(store, id, seqOf(seq))
    return reply
      .header('content-disposition', `attachment; filename="receipt-${id.slice(0, 8)}-${seq}.json"`)
      .type('application/json; charset=utf-8')
      .send(JSON.stringify(receipt, null, 2))
  })
}

/** The number of a step in an address. @throws Refusal `ledger.no-such-step` */
export function seqOf(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text)
  throw new Refusal({
    code: 'ledger.no-such-step',
    message: [`“${text}”不是步骤序号。`, `“${text}” is not the number of a step.`],
    basis: ['步骤自 1 起连续编号。', 'Steps are numbered from 1.'],
    remedy: ['请从案件页面进入。', 'Start from the page of the case.'],
  })
}

/** The organs' names as they were on a day; of some organs only, where they are named. */
export async function organNames({ store }: Pick<Services, 'store'>, day: string, ids?: readonly string[]): Promise<OrganNames> {
  const entries = ids?.length === 0 ? [] : await entriesOn(store, 'organs', day, ids)
  return new Map(entries.flatMap(({ key, value }) => (typeof value['name'] === 'string' ? [[key, value['name']] as const] : [])))
}

/** One page of a list read with one line more than it shows, and where the next begins. */
export function pageOf(lines: readonly CaseLine[], size = PAGE): { shown: readonly CaseLine[]; next: string | undefined } {
  const shown = lines.slice(0, size)
  const last = shown.at(-1)
  return { shown, next: lines.length > size && last ? `${last.openedOn}_${last.id}` : undefined }
}

/** Cases as a table; nothing in it is personal. */
export function caseTable(lines: readonly CaseLine[], catalogue: readonly System[], view: View): Markup {
  const caption = view.say(words.casesNewestFirst)
  return scrolling(
    caption,
    html`<table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          <th scope="col">${view.say(words.caseNumber)}</th>
          <th scope="col">${view.say(words.state)}</th>
          <th scope="col">${view.say(words.openedOn)}</th>
          <th scope="col" class="number">${view.say(words.steps)}</th>
        </tr>
      </thead>
      <tbody>
        ${lines.map(({ id, number, procedure, openedOn, state, isFinal, stepCount }) => {
          const name = catalogue.find((system) => system.id === procedure)?.definitions.findLast(({ states }) => states[state])?.states[
            state
          ]?.name
          return html`<tr>
            <th scope="row"><a href="/cases/${id}">${number}</a></th>
            <td><span class="chip${isFinal ? ' final' : ''}">${name ? view.say(name) : state}</span></td>
            <td>${shownTime(openedOn)}</td>
            <td class="number">${stepCount}</td>
          </tr> `
        })}
      </tbody>
    </table>`,
  )
}

/** On to the next page, and back to the first. */
export function pager(first: string, next: string | undefined, isLater: boolean, view: View): Markup | '' {
  if (next === undefined && !isLater) return ''
  return html`<nav class="pager" aria-label="${view.say(words.pages)}">
    ${isLater ? html`<a class="button" href="${first}">${view.say(words.firstPage)}</a>` : ''}
    ${next === undefined ? html`<span class="quiet">${view.say(words.lastPage)}</span>` : html`<a class="button" rel="next" href="${next}">${view.say(words.nextPage)}</a>`}
  </nav>`
}

function stateLinks(system: System, chosen: string | undefined, view: View): Markup {
  const states = new Map(system.definitions.flatMap(({ states: own }) => Object.entries(own)))
  const link = (state: string | undefined, name: string) =>
    html`<li>
      <a class="chip" href="${address('/cases', { procedure: system.id, state })}" ${state === chosen ? html` aria-current="true"` : ''}
        >${name}</a
      >
    </li> `
  return html`<nav aria-label="${view.say(words.states)}">
    <ul class="row tight">
      ${link(undefined, view.say(words.all))}${[...states].map(([state, { name }]) => link(state, view.say(name)))}
    </ul>
  </nav>`
}

function numberForm(view: View): Markup {
  return html`<form class="find" action="/cases" method="get" role="search">
    <label for="number">${view.say(words.findByNumber)}</label>
    <input id="number" name="number" required maxlength="80" placeholder="${view.say(words.numberExample)}" autocomplete="off" />
    <button>${view.say(words.find)}</button>
  </form>`
}

function stateOf(system: System, state: string) {
  const found = system.definitions.findLast(({ states }) => Object.hasOwn(states, state))?.states[state]
  if (found) return found.name
  const definition = definitionOn(system, system.definitions.at(-1)!.inForce.from)
  throw new Refusal({
    code: 'state.unknown',
    message: [`“${definition.name[0]}”没有“${state}”这一状态。`, `“${definition.name[1]}” has no state “${state}”.`],
    basis: ['状态由程序的定义列出。', 'The definition lists its states.'],
    remedy: [`已有：${Object.keys(definition.states).join('、')}`, `Known: ${Object.keys(definition.states).join(', ')}`],
  })
}
