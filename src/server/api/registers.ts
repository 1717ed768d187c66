import { attachment } from '../attachment.ts'
import { dateIn } from '#engine/day.ts'
import { day, readQuery } from '../query.ts'
import { entriesOn, entryHistory, newestEntries } from '#store/registers.ts'
import { entryUnknown, registerNamed } from '../registers.ts'
import { isPersonal } from '#engine/field.ts'
import { keepsRegister, readsRegisterField } from '#identity/permission.ts'
import { leavesOf } from '#store/read-checkpoints.ts'
import { logEvent } from '#store/log-event.ts'
import { organNames } from '../cases.ts'
import { actorOf } from './case-lists.ts'
import { registerTemplate } from '../register-sheet.ts'
import { valueText } from '../value-text.ts'
import { viewerOf } from '../reader.ts'
import { z } from 'zod'
import type { EntryRead } from '#store/registers.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Field, FieldKind } from '#engine/field.ts'
import type { LeafPlace } from '#store/read-checkpoints.ts'
import type { OrganNames } from '../shown-value.ts'
import type { Register } from '#engine/register.ts'
import type { Services } from '../services.ts'
import type { View } from '../view.ts'
import type { Viewer } from '#identity/viewer.ts'

export interface RegisterFieldJson {
  readonly id: string
  readonly name: string
  readonly kind: FieldKind
  readonly optional: boolean
  /** May this reader see its values? */
  readonly isShown: boolean
  readonly options?: readonly { readonly value: string; readonly name: string }[]
  /** Of a list of single values: what each is. */
  readonly of?: FieldKind
}

export interface RegisterJson {
  readonly id: string
  readonly name: string
  readonly keyName: string
  readonly fields: readonly RegisterFieldJson[]
  /** May this reader propose entries, decide on what another proposed? */
  readonly proposes: boolean
  readonly approves: boolean
}

/** A version of an entry. */
export interface EntryJson {
  readonly key: string
  readonly version: number
  readonly validFrom: string
  readonly validUntil: string | null
  /** Values that the reader may see, as they are kept. */
  readonly value: Readonly<Record<string, unknown>>
  /** The same as text. */
  readonly shown: Readonly<Record<string, string>>
}

export interface EntriesJson {
  readonly register: RegisterJson
  readonly on: string
  /** How many entries are in force on that day. */
  readonly inForce: number
  readonly entries: readonly EntryJson[]
  readonly next: string | null
}

export interface EntryHistoryJson {
  readonly register: RegisterJson
  readonly key: string
  /** The newest first. */
  readonly versions: readonly EntryJson[]
  readonly ledger: readonly LeafPlace[]
}

const PAGE = 100

/** `/registers`: the lists that procedures rest on, as they were in force on a day, and what became of an entry. */
export function registerApi(api: FastifyInstance, services: Services): void {
  const { store, registers, now } = services

  api.get(
    '/registers',
    { schema: { summary: ['名册目录', 'Registers'], answer: 'RegistersJson' } },
    async (request): Promise<{ registers: RegisterJson[] }> => {
      return { registers: registers.map((register) => registerJson(register, viewerOf(request), request.view)) }
    },
  )

  api.get<{ Params: { id: string } }>(
    '/registers/:id',
    { schema: { summary: ['某日有效的条目', 'Entries in force on a day'], answer: 'RegisterJson' } },
    async (request): Promise<EntriesJson> => {
      const register = registerNamed(registers, request.params.id)
      const {
        on = dateIn(now()),
        after,
        q,
      } = readQuery({ on: day.optional(), after: z.string().max(200).optional(), q: z.string().max(100).optional() }, request.query)
      const [all, organs] = await Promise.all([entriesOn(store, register.id, on), organNames(services, on)])
      const json = entryFor(register, request, organs)
      const wanted = q?.trim().toLowerCase() ?? ''
      const left = all
        .filter(({ key }) => after === undefined || key > after)
        .map(json)
        // What the reader may not see is not searched either.
        .filter(({ key, shown }) => wanted === '' || [key, ...Object.values(shown)].some((text) => text.toLowerCase().includes(wanted)))
      const entries = left.slice(0, PAGE)
      return {
        register: registerJson(register, viewerOf(request), request.view),
        on,
        inForce: all.length,
        entries,
        next: left.length > PAGE ? entries.at(-1)!.key : null,
      }
    },
  )

  api.get<{ Params: { id: string; key: string } }>(
    '/registers/:id/entries/:key',
    { schema: { summary: ['条目沿革', 'What became of an entry'], answer: 'EntryJson' } },
    async (request): Promise<EntryHistoryJson> => {
      const register = registerNamed(registers, request.params.id)
      const { key } = request.params
      const [versions, ledger] = await Promise.all([
        entryHistory(store, register.id, key),
        leavesOf(store, 'register', `${register.id}/${key}`),
      ])
      if (versions.length === 0) throw entryUnknown(register, key)
      const organs = await organNames(services, versions[0]!.validFrom)
      return {
        register: registerJson(register, viewerOf(request), request.view),
        key,
        versions: versions.map(entryFor(register, request, organs)),
        ledger,
      }
    },
  )

  // Empty, or with the entries as they stand, to be changed and imported again.
  api.get<{ Params: { id: string } }>(
    '/registers/:id/template.xlsx',
    { schema: { summary: ['导入模板', 'Template for an import'] } },
    async (request, reply) => {
      const register = registerNamed(registers, request.params.id)
      const { filled } = readQuery({ filled: z.literal('yes').optional() }, request.query)
      const viewer = viewerOf(request)
      const today = dateIn(now())
      const [newest, organs] = await Promise.all([filled ? newestEntries(store, register.id) : new Map(), organNames(services, today)])
      const entries = [...newest.values()]
      if (filled)
        await logEvent(store, {
          kind: 'export',
          by: actorOf(viewer),
          of: `register/${register.id}`,
          what: { list: 'register', format: 'xlsx', lines: entries.length },
          at: now(),
        })
      const shown = (field: Field): boolean => isShown(register, field, viewer)
      return reply
        .header('content-disposition', attachment(`${register.id}.xlsx`, `${request.view.say(register.name)}.xlsx`))
        .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
        .send(await registerTemplate(register, entries, shown, request.view, organs))
    },
  )
}

export function registerJson(register: Register, viewer: Viewer, { say }: View): RegisterJson {
  const { id, name, key, fields } = register
  return {
    id,
    name: say(name),
    keyName: say(key),
    fields: Object.entries(fields).map(([field, one]) => ({
      id: field,
      name: say(one.name),
      kind: one.kind,
      optional: one.optional === true,
      isShown: isShown(register, one, viewer),
      ...(one.options ? { options: Object.entries(one.options).map(([value, words]) => ({ value, name: say(words) })) } : {}),
      ...(typeof (one.of as Field | undefined)?.kind === 'string' ? { of: (one.of as Field).kind } : {}),
    })),
    proposes: keepsRegister(viewer, register, 'propose') !== undefined,
    approves: keepsRegister(viewer, register, 'approve') !== undefined,
  }
}

/** Entries as this reader may see them. */
export function entryFor(register: Register, request: FastifyRequest, organs: OrganNames): (entry: EntryRead) => EntryJson {
  const viewer = viewerOf(request)
  const fields = Object.entries(register.fields).filter(([, field]) => isShown(register, field, viewer))
  return ({ key, version, validFrom, validUntil, value }) => {
    const own = fields.filter(([name]) => value[name] !== undefined)
    return {
      key,
      version,
      validFrom,
      validUntil: validUntil ?? null,
      value: Object.fromEntries(own.map(([name]) => [name, value[name]])),
      shown: Object.fromEntries(own.map(([name, field]) => [name, valueText(field, value[name], request.view, organs)])),
    }
  }
}

/** A list is personal where a part of it is. */
function isShown(register: Register, field: Field, viewer: Viewer): boolean {
  return readsRegisterField(viewer, register, isPersonal(field) ? { ...field, personal: true } : field)
}
