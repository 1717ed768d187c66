import { dateIn, dateText, dayOf } from '#engine/day.ts'
import { day, word } from '../query.ts'
import { isUuid } from '#store/read-case.ts'
import { readQuery } from '../query.ts'
import { readsOfficers } from '#identity/permission.ts'
import { Refusal } from '#engine/refusal.ts'
import { viewerOf } from '../reader.ts'
import { z } from 'zod'
import type { After, CaseFilter, CaseOrder } from '#store/case-filter.ts'
import type { FastifyRequest } from 'fastify'
import type { PersonalReader } from '#store/scope.ts'

/** Yes in an address. */
const yes = z.literal('yes').optional()

const filters = {
  /** Several are separated by commas. */
  procedure: z
    .string()
    .max(2000)
    .transform((text) => text.split(','))
    .optional(),
  state: word.optional(),
  running: z.enum(['yes', 'no']).optional(),
  mine: yes,
  unassigned: yes,
  assignee: word.optional(),
  organ: word.optional(),
  openedFrom: day.optional(),
  openedUntil: day.optional(),
  dueUntil: day.optional(),
  late: yes,
  q: z.string().max(200).optional(),
  people: yes,
}

const orders = ['newest', 'oldest', 'due', 'number'] as const satisfies readonly CaseOrder[]

const PAGE = 50
const PAGE_MOST = 200
const page = {
  order: z.enum(orders).default('newest'),
  after: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_MOST).default(PAGE),
}

/** The filters of an address. @throws Refusal `query.invalid` · `search.too-short` · `permission.not-officers` */
export function filterOf(request: FastifyRequest, reader: PersonalReader, now: string): CaseFilter {
  const { procedure, mine, assignee, unassigned, late, q, people, running, dueUntil, ...rest } = readQuery(filters, request.query)
  const viewer = viewerOf(request)
  if (assignee !== undefined && !readsOfficers(viewer)) throw notOfficers()
  const text = q?.trim()
  if (people && text !== undefined && [...text].length < 2) throw tooShort()
  // Late is what should have been done by yesterday.
  const until = late ? dateText(dayOf(dateIn(now)) - 1) : undefined
  const due = [dueUntil, until].filter((one) => one !== undefined).sort()[0]
  return {
    ...present(rest),
    ...(procedure === undefined ? {} : { procedures: procedure }),
    ...(running === undefined ? {} : { running: running === 'yes' }),
    ...(mine ? { assignedTo: reader.persons } : assignee === undefined ? {} : { assignedTo: [assignee] }),
    ...(unassigned ? { unassigned: true } : {}),
    ...(due === undefined ? {} : { dueUntil: due }),
    ...(text === undefined || text === '' ? {} : { text, ...(people ? { people: true } : {}) }),
  }
}

/** The order, where the page goes on, and how long it is. @throws Refusal `query.invalid` */
export function pageOf(request: FastifyRequest): { readonly order: CaseOrder; readonly after: After | undefined; readonly limit: number } {
  const asked = readQuery(page, request.query)
  // Read by the form of the order: what is no day would be a defect in the database.
  const { after } = readQuery(asked.order === 'number' ? afterByNumber : afterByDay, { after: asked.after })
  return { order: asked.order, limit: asked.limit, after }
}

/** `2020-03-02_<id>` */
export function afterText({ key, id }: { readonly key: string; readonly id: string }): string {
  return `${key}_${id}`
}

const afterNumber = z
  .string()
  .transform((text): After => [text.slice(0, -37), text.slice(-36)])
  .refine(([, id]) => isUuid(id))
  .optional()
const afterDay = z
  .string()
  .transform((text): After => [text.slice(0, -37), text.slice(-36)])
  .refine(([key, id]) => day.safeParse(key).success && isUuid(id))
  .optional()

const afterByNumber = { after: afterNumber }
const afterByDay = { after: afterDay }

function present<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}

function tooShort(): Refusal {
  return new Refusal({
    code: 'search.too-short',
    exit: 2,
    message: ['查找当事人至少输入两个字。', 'People are searched for by two characters at least.'],
    basis: ['一个字会找出过多无关人员。', 'One would bring up people who have nothing to do with it.'],
    remedy: ['请输入姓名或电话的更多字。', 'Enter more of the name or the telephone number.'],
  })
}

function notOfficers(): Refusal {
  return new Refusal({
    code: 'permission.not-officers',
    message: ['访客不能按承办人查看案件。', 'A visitor cannot list cases by who handles them.'],
    basis: ['承办人的姓名只供有岗位的人员查看。', 'Who handles a case is for those who hold a post.'],
    remedy: ['请登录。', 'Sign in.'],
  })
}
