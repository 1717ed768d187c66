import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { instantOf } from '#engine/day.ts'
import { Refusal } from '#engine/refusal.ts'
import { signInSecret } from '#store/sign-in-secret.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Services } from '../services.ts'

// Two cookies of the portal, both for it alone: `visit`, to which the forms of a browser are bound, and `matter`, which opens one matter for a while.

/** Whoever leaves the page open is out after this. */
const MATTER_MINUTES = 30
const QUESTION_MINUTES = 30
const MS_PER_MINUTE = 60_000

/** What binds forms to a browser, and a browser to a matter. */
export interface Visits {
  /** The token of a form, which its browser must send back. */
  token(request: FastifyRequest, reply: FastifyReply): string
  /** @throws Refusal `portal.form-expired` where a form does not come from a page of ours in the same browser */
  refuseForged(request: FastifyRequest): void
  /** Opens a matter in this browser. */
  open(request: FastifyRequest, reply: FastifyReply, id: string): void
  close(request: FastifyRequest, reply: FastifyReply): void
  /** The matter that is open, for as long again. @throws Refusal `portal.session-over` */
  matter(request: FastifyRequest, reply: FastifyReply): string
  /** A sum to be reckoned, and what its answer is checked by. */
  question(request: FastifyRequest, reply: FastifyReply): Question
  isAnswered(request: FastifyRequest): boolean
}

export interface Question {
  readonly zh: string
  readonly en: string
  readonly seal: string
}

const DIGITS = [
  ['二', 'two'],
  ['三', 'three'],
  ['四', 'four'],
  ['五', 'five'],
  ['六', 'six'],
  ['七', 'seven'],
  ['八', 'eight'],
  ['九', 'nine'],
] as const
const FIRST_DIGIT = 2

export function visits({ store, accounts, now }: Services): Visits {
  const secret = signInSecret(store)
  const secure = accounts?.origin.startsWith('https:') ? '; Secure' : ''
  const sealed = (text: string): string => createHmac('sha256', secret).update(`portal ${text}`).digest('base64url')
  const nowMs = (): number => instantOf(now())

  function setCookie(reply: FastifyReply, name: string, value: string, seconds?: number): void {
    const age = seconds === undefined ? '' : `; Max-Age=${seconds}`
    reply.header('set-cookie', `${name}=${value}; Path=/portal; HttpOnly; SameSite=Strict${age}${secure}`)
  }

  function visit(request: FastifyRequest, reply: FastifyReply): string {
    const known = cookie(request, 'visit')
    if (known !== undefined && /^[\w-]{22}$/.test(known)) return known
    const made = randomBytes(16).toString('base64url')
    setCookie(reply, 'visit', made)
    // A page with two forms asks twice.
    request.headers.cookie = `${request.headers.cookie ?? ''}; visit=${made}`
    return made
  }

  function open(reply: FastifyReply, id: string): void {
    const until = nowMs() + MATTER_MINUTES * MS_PER_MINUTE
    setCookie(reply, 'matter', `${id}.${until}.${sealed(`matter ${id} ${until}`)}`, MATTER_MINUTES * 60)
  }

  return {
    token: (request, reply) => sealed(`form ${visit(request, reply)}`),
    refuseForged(request) {
      const known = cookie(request, 'visit')
      if (known === undefined || !same(textOf(request.body, 'token'), sealed(`form ${known}`))) throw formExpired()
    },
    open: (_request, reply, id) => open(reply, id),
    close: (_request, reply) => setCookie(reply, 'matter', '', 0),
    matter(request, reply) {
      const [id = '', until = '', seal = ''] = (cookie(request, 'matter') ?? '').split('.')
      if (!same(seal, sealed(`matter ${id} ${until}`)) || Number(until) < nowMs()) throw sessionOver()
      open(reply, id)
      return id
    },
    question(request, reply) {
      const [a, b] = [...randomBytes(2)].map((byte) => byte % DIGITS.length) as [number, number]
      const until = nowMs() + QUESTION_MINUTES * MS_PER_MINUTE
      const sum = a + b + 2 * FIRST_DIGIT
      return {
        zh: `${DIGITS[a]![0]}加${DIGITS[b]![0]}`,
        en: `${DIGITS[a]![1]} plus ${DIGITS[b]![1]}`,
        seal: `${until}.${sealed(`sum ${visit(request, reply)} ${until} ${sum}`)}`,
      }
    },
    isAnswered(request) {
      const [until = '', seal = ''] = textOf(request.body, 'seal').split('.')
      const answer = textOf(request.body, 'answer').normalize('NFKC').trim()
      return Number(until) >= nowMs() && same(seal, sealed(`sum ${cookie(request, 'visit') ?? ''} ${until} ${answer}`))
    },
  }
}

/** A text of a form; empty where it is none. */
export function textOf(body: unknown, name: string): string {
  const value = (body as Record<string, unknown> | undefined)?.[name]
  return typeof value === 'string' ? value : ''
}

function cookie({ headers }: FastifyRequest, name: string): string | undefined {
  return new RegExp(`(?:^|;\\s*)${name}=([^;]*)`).exec(headers.cookie ?? '')?.[1]
}

function same(given: string, right: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(right)]
  return one.length === other.length && timingSafeEqual(one, other)
}

function formExpired(): Refusal {
  return new Refusal({
    code: 'portal.form-expired',
    message: ['表单已失效，没有提交。', 'The form is no longer valid: nothing was sent.'],
    basis: [
      '表单只在打开它的浏览器里有效，以防其他网站冒用。',
      'A form is valid in the browser that opened it, so that no other site sends it.',
    ],
    remedy: [
      '请允许本站的 Cookie，返回上一页（填写的内容还在），刷新后再提交。',
      'Allow cookies of this site, go back (what you typed is there), reload and send it again.',
    ],
  })
}

function sessionOver(): Refusal {
  return new Refusal({
    code: 'portal.session-over',
    message: ['查询已结束。', 'You are no longer in the matter.'],
    basis: [
      `${MATTER_MINUTES} 分钟没有操作，或者没有输入编号和查询码。`,
      `Nothing was done for ${MATTER_MINUTES} minutes, or number and code were not entered.`,
    ],
    remedy: [
      '请在“查询进度”再次输入编号和查询码；保存过的内容都在。',
      'Enter number and code again under “Follow a matter”; what was saved is there.',
    ],
  })
}
