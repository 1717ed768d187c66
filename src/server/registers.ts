import { address, answer } from './view.ts'
import { dateIn } from '#engine/day.ts'
import { day, readQuery } from './query.ts'
import { empty, facts, page, scrolling } from './page.ts'
import { entriesOn, entryHistory } from '#store/registers.ts'
import { html } from './markup.ts'
import { isPersonal } from '#engine/field.ts'
import { leavesOf } from '#store/read-checkpoints.ts'
import { organNames, pager } from './cases.ts'
import { Refusal } from '#engine/refusal.ts'
import { masked, shownTime, shownValue } from './shown-value.ts'
import { readsRegisterField } from '#identity/permission.ts'
import { viewerOf } from './reader.ts'
import { words } from './words.ts'
import { z } from 'zod'
import type { EntryRead } from '#store/registers.ts'
import type { FastifyInstance } from 'fastify'
import type { LeafPlace } from '#store/read-checkpoints.ts'
import type { Markup } from './markup.ts'
import type { OrganNames } from './shown-value.ts'
import type { Register } from '#engine/register.ts'
import type { Services } from './services.ts'
import type { Field } from '#engine/field.ts'
import type { Viewer } from '#identity/viewer.ts'
import type { View } from './view.ts'

const PAGE = 100

/** `/registers`, what was in force on a day, and what became of an entry. */
export function registerRoutes(app: FastifyInstance, services: Services): void {
  const { store, registers, now } = services

  app.get('/registers', (request, reply) => {
    const { view } = request
    return answer(request, reply, {
      json: { registers: registers.map(({ id, name, key }) => ({ id, name, key })) },
      page: () =>
        page(view, {
          title: words.registers,
          section: 'registers',
          main: html`<p class="lead">${view.say(words.registersAre)}</p>
            ${
              registers.length === 0
                ? empty(view.say(words.noRegisters))
                : html`<ul class="cards">
                    ${registers.map(({ id, name, key }) => html`<li><a href="/registers/${id}">${view.say(name)}</a> <span class="quiet">${view.say(words.keyedBy(key))}</span></li> `)}
                  </ul>`
            }`,
        }),
    })
  })

  app.get<{ Params: { id: string } }>('/registers/:id', async (request, reply) => {
    const { view } = request
    const register = registerNamed(registers, request.params.id)
    const { on = dateIn(now()), after } = readQuery({ on: day.optional(), after: z.string().max(200).optional() }, request.query)
    const [all, organs] = await Promise.all([entriesOn(store, register.id, on), organNames(services, on)])
    const left =
      after === undefined
        ? all
        : all.slice(all.findIndex(({ key }) => key > after) === -1 ? all.length : all.findIndex(({ key }) => key > after))
    const shown = left.slice(0, PAGE)
    const more = left.length > PAGE ? address(`/registers/${register.id}`, { on, after: shown.at(-1)!.key }) : undefined
    return answer(request, reply, {
      json: {
        register: register.id,
        on,
        inForce: all.length,
        entries: shown.map((entry) => maskedEntry(register, entry, viewerOf(request))),
        next: more ?? null,
      },
      page: () =>
        page(view, {
          title: register.name,
          above: [{ href: '/registers', name: words.registers }],
          section: 'registers',
          main: html`<form class="find" method="get" action="/registers/${register.id}">
              <label for="on">${view.say(words.inForceOn)}</label>
              <input id="on" name="on" type="date" value="${on}" required />
              <button>${view.say(words.show)}</button>
            </form>
            <p>${view.say(words.entriesInForce(on, all.length))}</p>
            ${shown.length === 0 ? empty(view.say(words.noEntries)) : entryTable(register, shown, organs, viewerOf(request), view)}
            ${pager(address(`/registers/${register.id}`, { on }), more, after !== undefined, view)}`,
        }),
    })
  })

  app.get<{ Params: { id: string; key: string } }>('/registers/:id/:key', async (request, reply) => {
    const { view } = request
    const register = registerNamed(registers, request.params.id)
    const { key } = request.params
    const [versions, leaves] = await Promise.all([
      entryHistory(store, register.id, key),
      leavesOf(store, 'register', `${register.id}/${key}`),
    ])
    if (versions.length === 0) throw entryUnknown(register, key)
    const organs = await organNames(services, versions[0]!.validFrom)
    return answer(request, reply, {
      json: {
        register: register.id,
        key,
        versions: versions.map((entry) => maskedEntry(register, entry, viewerOf(request))),
        ledger: leaves,
      },
      page: () =>
        page(view, {
          title: [`${register.name[0]} · ${key}`, `${register.name[1]} · ${key}`],
          above: [
            { href: '/registers', name: words.registers },
            { href: `/registers/${register.id}`, name: register.name },
          ],
          section: 'registers',
          main: html`<h2>${view.say(words.versions)}</h2>
            <ol class="timeline" reversed>
              ${versions.map((entry) => versionPart(register, entry, leaves, organs, viewerOf(request), view))}
            </ol>`,
        }),
    })
  })
}

function entryTable(register: Register, entries: readonly EntryRead[], organs: OrganNames, viewer: Viewer, view: View): Markup {
  const { say } = view
  const shownField = shownFor(register, organs, viewer, view)
  const fields = Object.entries(register.fields)
  return scrolling(
    say(register.name),
    html`<table>
      <caption>
        ${say(register.name)}
      </caption>
      <thead>
        <tr>
          <th scope="col">${say(register.key)}</th>
          ${fields.map(([, field]) => html`<th scope="col">${say(field.name)}</th>`)}
          <th scope="col">${say(words.validity)}</th>
        </tr>
      </thead>
      <tbody>
        ${entries.map(
          (entry) =>
            html`<tr>
              <th scope="row"><a href="/registers/${register.id}/${encodeURIComponent(entry.key)}">${entry.key}</a></th>
              ${fields.map(([name, field]) => html`<td>${shownField(field, entry.value[name])}</td>`)}
              <td>${validity(entry, view)}</td>
            </tr> `,
        )}
      </tbody>
    </table>`,
  )
}

function versionPart(
  register: Register,
  entry: EntryRead,
  leaves: readonly LeafPlace[],
  organs: OrganNames,
  viewer: Viewer,
  view: View,
): Markup {
  const { say } = view
  const shownField = shownFor(register, organs, viewer, view)
  const leaf = leaves.find(({ seq }) => seq === entry.version)
  return html`<li value="${entry.version}">
    <h3><span class="seq">${entry.version}</span> ${validity(entry, view)}</h3>
    ${facts(Object.entries(register.fields).flatMap(([name, field]) => (entry.value[name] === undefined ? [] : [[say(field.name), shownField(field, entry.value[name])] as const])))}
    ${leaf === undefined ? '' : html`<p class="quiet">${say(words.leafHash)} <code class="hash" title="${leaf.hash}">${leaf.hash.slice(0, 16)}…</code> ${leaf.checkpoint === null ? say(words.notSealed) : html`<a href="/ledger/${leaf.checkpoint}">${say(words.checkpointNumber(leaf.checkpoint))}</a>`}</p>`}
  </li> `
}

function validity({ validFrom, validUntil }: EntryRead, { say }: View): Markup {
  return validUntil === undefined
    ? html`${say(words.from)}${shownTime(validFrom)}${say(words.since)}`
    : html`${shownTime(validFrom)} – ${shownTime(validUntil)}`
}

/** Values as this reader may see them: these pages never show what is personal, and an officer's name only to who works here. */
function shownFor(register: Register, organs: OrganNames, viewer: Viewer, view: View): (field: Field, value: unknown) => Markup {
  return (field, value) => (isShown(register, field, viewer) ? shownValue(field, value, view, organs) : masked(view))
}

/** An entry for programs, with the same values. */
function maskedEntry(register: Register, entry: EntryRead, viewer: Viewer): EntryRead {
  const open = Object.entries(entry.value).filter(([name]) => register.fields[name] && isShown(register, register.fields[name], viewer))
  return { ...entry, value: Object.fromEntries(open) }
}

function isShown(register: Register, field: Field, viewer: Viewer): boolean {
  return !isPersonal(field) && readsRegisterField(viewer, register, field)
}

/** @throws Refusal `register.unknown` */
export function registerNamed(registers: readonly Register[], id: string): Register {
  const found = registers.find((register) => register.id === id)
  if (found) return found
  throw new Refusal({
    code: 'register.unknown',
    message: [`没有名册“${id}”。`, `There is no register “${id}”.`],
    basis: ['名册由程序的目录列出。', 'Registers are those of the catalogue.'],
    remedy: [`已有：${registers.map((one) => one.id).join('、')}`, `Known: ${registers.map((one) => one.id).join(', ')}`],
  })
}

/** A register without such an entry. */
export function entryUnknown(register: Register, key: string): Refusal {
  return new Refusal({
    code: 'register.entry-unknown',
    message: [`“${register.name[0]}”没有“${key}”。`, `“${register.name[1]}” has no entry “${key}”.`],
    basis: [`条目按“${register.key[0]}”登记。`, `Entries are kept by “${register.key[1]}”.`],
    remedy: ['请从名册页面进入。', 'Start from the register.'],
  })
}
