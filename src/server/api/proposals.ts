import { checkEntry, newestEntries } from '#store/registers.ts'
import { dateIn } from '#engine/day.ts'
import { day, readQuery, word } from '../query.ts'
import { decideProposal, listProposals, propose, readProposal } from '#store/register-proposals.ts'
import { differences, readRegisterSheet } from '../register-sheet.ts'
import { entryFor, registerJson } from './registers.ts'
import { isUuid } from '#store/read-case.ts'
import { keepsRegister, personsOf } from '#identity/permission.ts'
import { officerOf } from '../reader.ts'
import { organNames } from '../cases.ts'
import { read } from './cases.ts'
import { Refusal } from '#engine/refusal.ts'
import { registerNamed } from '../registers.ts'
import { words } from '../words.ts'
import { z } from 'zod'
import type { Actor } from '#engine/case.ts'
import type { EntryJson, RegisterJson } from './registers.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ImportRead, RowError } from '../register-sheet.ts'
import type { ProposalLine } from '#store/register-proposals.ts'
import type { Register, RegisterEntry } from '#engine/register.ts'
import type { Services } from '../services.ts'

export interface ProposalJson {
  readonly id: string
  readonly register: string
  readonly registerName: string
  readonly reason: string
  readonly by: Actor
  readonly at: string
  /** How many entries it holds, and the key of one alone. */
  readonly size: number
  readonly key: string | null
  readonly state: 'waiting' | 'approved' | 'rejected'
  readonly decision: { readonly reason: string; readonly by: Actor; readonly at: string } | null
  /** May this reader decide on it? Not on one's own. */
  readonly decides: boolean
}

export interface ProposalsJson {
  readonly proposals: readonly ProposalJson[]
  readonly next: string | null
}

/** What one entry would become. */
export interface ChangeJson {
  /** Of an import: the row of the sheet. */
  readonly row?: number
  readonly key: string
  readonly was: EntryJson | null
  readonly is: EntryJson
  /** What differs, by its name: was and is. Of a new entry everything. */
  readonly differs: readonly { readonly name: string; readonly was: string; readonly is: string }[]
}

export interface ProposalWholeJson extends ProposalJson {
  readonly registerDescribed: RegisterJson
  readonly changes: readonly ChangeJson[]
}

export interface ImportJson {
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  readonly errors: readonly RowError[]
  /** Added and changed, as many as are shown. */
  readonly changes: readonly ChangeJson[]
}

const PAGE = 50
const CHANGES_SHOWN = 200
const FILE_MOST = 10 * 1024 * 1024
/** Base64 takes four bytes for three; the rest is the reason. */
const IMPORT_BODY_MOST = Math.ceil((FILE_MOST * 4) / 3) + 10_000

const reason = z.string().trim().min(1).max(500)
const value = z.record(z.string().max(80), z.unknown())
const proposing = z.object({ key: z.string().trim().min(1).max(120), validFrom: day, validUntil: day.optional(), value, reason })
const deciding = z.object({ approve: z.boolean(), reason })
const previewing = z.object({ file: z.base64() })
const importing = previewing.extend({ reason })
const afterProposal = z
  .string()
  .max(120)
  .transform((text): [at: string, id: string] => [text.slice(0, -37), text.slice(-36)])
  .refine(([at, id]) => !Number.isNaN(Date.parse(at)) && isUuid(id))

/** `/proposals`: registers are changed by one person's proposal and another's approval; a sheet is one proposal. */
export function proposalApi(api: FastifyInstance, services: Services): void {
  const { store, registers, now } = services

  api.post<{ Params: { id: string } }>(
    '/registers/:id/proposals',
    { schema: { summary: ['提案', 'Propose a change'], answer: 'ProposalJson' } },
    async (request, reply) => {
      const register = registerNamed(registers, request.params.id)
      const by = keeper(request, register, 'propose')
      const { reason: why, validUntil, ...given } = read(proposing, request.body)
      const entry: RegisterEntry = { ...given, ...(validUntil === undefined ? {} : { validUntil }) }
      checkEntry(register, entry)
      return reply.code(201).send({ id: await propose(store, register.id, [entry], why, by, now()), size: 1 })
    },
  )

  // What an import would come to; nothing is kept.
  api.post<{ Params: { id: string } }>(
    '/registers/:id/previews',
    {
      schema: { summary: ['预览导入', 'What an import would change'], answer: 'ImportPreviewJson' },
      bodyLimit: IMPORT_BODY_MOST,
      config: { repeatable: true },
    },
    async (request): Promise<ImportJson> => {
      const register = registerNamed(registers, request.params.id)
      keeper(request, register, 'propose')
      const { file } = read(previewing, request.body)
      return importJson(request, register, await sheetRead(request, register, file))
    },
  )

  api.post<{ Params: { id: string } }>(
    '/registers/:id/imports',
    { schema: { summary: ['导入为提案', 'Propose an import'], answer: 'ProposalJson' }, bodyLimit: IMPORT_BODY_MOST },
    async (request, reply) => {
      const register = registerNamed(registers, request.params.id)
      const by = keeper(request, register, 'propose')
      const { file, reason: why } = read(importing, request.body)
      const { added, changed, errors } = await sheetRead(request, register, file)
      if (errors.length > 0) throw rowsWrong(errors.length)
      const entries = [...added, ...changed].map(({ entry }) => entry)
      if (entries.length === 0) throw nothingNew()
      return reply.code(201).send({ id: await propose(store, register.id, entries, why, by, now()), size: entries.length })
    },
  )

  api.get(
    '/proposals',
    { schema: { summary: ['提案列表', 'Proposals'], answer: 'ProposalsJson' } },
    async (request): Promise<ProposalsJson> => {
      const viewer = officerOf(request)
      const { register, after } = readQuery({ register: word.optional(), after: afterProposal.optional() }, request.query)
      const kept = registers.filter(
        (one) =>
          (register === undefined || one.id === register) &&
          (keepsRegister(viewer, one, 'propose') ?? keepsRegister(viewer, one, 'approve')),
      )
      const found = await listProposals(store, { registers: kept.map(({ id }) => id), limit: PAGE + 1, ...(after ? { after } : {}) })
      const shown = found.slice(0, PAGE)
      const last = shown.at(-1)
      return {
        proposals: shown.map((one) => proposalJson(request, one)),
        next: found.length > PAGE && last ? `${last.at}_${last.id}` : null,
      }
    },
  )

  api.get<{ Params: { id: string } }>(
    '/proposals/:id',
    { schema: { summary: ['一项提案', 'One proposal'], answer: 'ProposalJson' } },
    async (request): Promise<ProposalWholeJson> => {
      const proposal = await readProposal(store, request.params.id)
      const register = registerNamed(registers, proposal.register)
      keeper(request, register, 'propose', 'approve')
      const { entries, ...line } = proposal
      const [newest, organs] = await Promise.all([
        newestEntries(
          store,
          register.id,
          entries.map(({ key }) => key),
        ),
        organNames(services, dateIn(now())),
      ])
      const changes = entries
        .slice(0, CHANGES_SHOWN)
        .map(({ was, ...entry }) => changeJson(request, register, was === 0 ? undefined : newest.get(entry.key), entry, organs))
      const whole = { ...line, size: entries.length, key: entries.length === 1 ? entries[0]!.key : null }
      return { ...proposalJson(request, whole), registerDescribed: registerJson(register, officerOf(request), request.view), changes }
    },
  )

  api.post<{ Params: { id: string } }>(
    '/proposals/:id/decisions',
    { schema: { summary: ['审核提案', 'Decide on a proposal'], answer: 'ProposalJson' } },
    async (request, reply) => {
      const proposal = await readProposal(store, request.params.id)
      const register = registerNamed(registers, proposal.register)
      const by = keeper(request, register, 'approve')
      const { approve, reason: why } = read(deciding, request.body)
      if (personsOf(officerOf(request)).includes(proposal.by.person)) throw ownProposal()
      await decideProposal(store, proposal, { approved: approve, reason: why, by, at: now() })
      return reply.code(201).send({ id: proposal.id, state: approve ? 'approved' : 'rejected' })
    },
  )

  /** By which post the reader keeps a register in one of these ways. @throws Refusal `permission.not-keeper` */
  function keeper(request: FastifyRequest, register: Register, ...as: readonly ('propose' | 'approve')[]): Actor {
    const viewer = officerOf(request)
    const holding = as.flatMap((one) => keepsRegister(viewer, register, one) ?? [])[0]
    if (!holding) throw notKeeper(register)
    return { post: holding.post, person: viewer.person, organ: holding.organ }
  }

  async function sheetRead(request: FastifyRequest, register: Register, file: string): Promise<ImportRead> {
    const [newest, organs] = await Promise.all([newestEntries(store, register.id), organNames(services, dateIn(now()))])
    return readRegisterSheet(Buffer.from(file, 'base64'), register, newest, request.view, organs)
  }

  async function importJson(
    request: FastifyRequest,
    register: Register,
    { added, changed, unchanged, errors }: ImportRead,
  ): Promise<ImportJson> {
    const organs = await organNames(services, dateIn(now()))
    const changes = [
      ...added.map(({ row, entry }) => ({ row, entry, was: undefined })),
      ...changed.map(({ row, entry, was }) => ({ row, entry, was })),
    ]
    return {
      added: added.length,
      changed: changed.length,
      unchanged,
      errors,
      changes: changes
        .slice(0, CHANGES_SHOWN)
        .map(({ row, entry, was }) => ({ row, ...changeJson(request, register, was, entry, organs) })),
    }
  }

  function changeJson(
    request: FastifyRequest,
    register: Register,
    was: (RegisterEntry & { readonly version: number }) | undefined,
    entry: RegisterEntry,
    organs: ReadonlyMap<string, string>,
  ): ChangeJson {
    const { say } = request.view
    const json = entryFor(register, request, organs)
    const [before, is] = [was ? json(was) : null, json({ ...entry, version: (was?.version ?? 0) + 1 })]
    const names: Readonly<Record<string, string>> = {
      validFrom: say(words.validFrom),
      validUntil: say(words.validUntil),
      ...Object.fromEntries(Object.entries(register.fields).map(([name, field]) => [name, say(field.name)])),
    }
    const text = (one: EntryJson | null, name: string): string =>
      name === 'validFrom' || name === 'validUntil' ? (one?.[name] ?? '') : (one?.shown[name] ?? '')
    const differing = was ? differences(register, was, entry) : ['validFrom', 'validUntil', ...Object.keys(register.fields)]
    return {
      key: entry.key,
      was: before,
      is,
      differs: differing
        .map((name) => ({ name: names[name]!, was: text(before, name), is: text(is, name) }))
        .filter(({ was: one, is: other }) => was !== undefined || one !== '' || other !== ''),
    }
  }

  function proposalJson(request: FastifyRequest, { decision, ...line }: ProposalLine): ProposalJson {
    const viewer = officerOf(request)
    const register = registerNamed(registers, line.register)
    const { id, reason: why, by, at, size, key } = line
    return {
      id,
      register: register.id,
      registerName: request.view.say(register.name),
      reason: why,
      by,
      at,
      size,
      key,
      state: decision === undefined ? 'waiting' : decision.approved ? 'approved' : 'rejected',
      decision: decision === undefined ? null : { reason: decision.reason, by: decision.by, at: decision.at },
      decides: decision === undefined && keepsRegister(viewer, register, 'approve') !== undefined && !personsOf(viewer).includes(by.person),
    }
  }
}

function notKeeper({ name }: Register): Refusal {
  return new Refusal({
    code: 'permission.not-keeper',
    message: [`您的岗位不管理“${name[0]}”。`, `Your posts do not keep “${name[1]}”.`],
    basis: [
      '名册由名册所列的管理岗位提出修改，另一人审核。',
      'A register is changed by the posts that it names: one proposes, another approves.',
    ],
    remedy: ['请联系名册管理员。', 'Ask those who keep it.'],
  })
}

function ownProposal(): Refusal {
  return new Refusal({
    code: 'proposal.own',
    message: ['不能审核自己提出的提案。', 'Nobody decides on their own proposal.'],
    basis: ['修改名册由一人提出、另一人审核。', 'A register is changed by two people.'],
    remedy: ['请由另一名审核人办理。', 'Another approver decides.'],
  })
}

function rowsWrong(count: number): Refusal {
  return new Refusal({
    code: 'import.rows-wrong',
    exit: 2,
    message: [`表中有 ${count} 处错误，未导入任何一行。`, `The sheet has ${count} errors; no row was imported.`],
    basis: ['导入要么全部成功，要么全部不做。', 'An import is done as a whole or not at all.'],
    remedy: ['请按预览逐一改正后再导入。', 'Correct what the preview lists and import it again.'],
  })
}

function nothingNew(): Refusal {
  return new Refusal({
    code: 'import.nothing-new',
    exit: 2,
    message: ['表中各行与名册现有内容相同。', 'Every row is as the register has it.'],
    basis: ['没有变化就没有提案。', 'Without a change there is no proposal.'],
    remedy: ['请核对文件。', 'Check the file.'],
  })
}
