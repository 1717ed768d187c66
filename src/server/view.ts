import { say } from '#engine/words.ts'
import { words } from './words.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Language, Words } from '#engine/words.ts'
import type { Markup } from './markup.ts'

/** Who reads: their language, and which form of the answer they want. */
export interface View {
  readonly language: Language
  /** Path and query as asked for, without the language. */
  readonly path: string
  readonly wantsJson: boolean
  /** Is it one of the public's pages, or shown to somebody who is nobody? Then its frame leads to what is open to all. */
  readonly portal: boolean
  /** Larger text and fewer things; stronger contrast: what a reader of the portal chose. */
  readonly elder: boolean
  readonly contrast: boolean
  say(words: Words): string
}

declare module 'fastify' {
  interface FastifyRequest {
    view: View
  }
}

/** `?lang=` first, then the cookie that it set, then what the browser prefers; Chinese where nothing says otherwise. */
export function viewOf(request: FastifyRequest): View {
  const url = new URL(request.url, 'http://yifa')
  const language = asked(url.searchParams.get('lang')) ?? asked(cookie(request)) ?? preferred(request.headers['accept-language'])
  const look = lookOf(request, url.searchParams)
  for (const own of ['lang', ...LOOKS]) url.searchParams.delete(own)
  const accept = request.headers.accept ?? ''
  const json = accept.indexOf('application/json')
  const page = accept.indexOf('text/html')
  return {
    language,
    path: url.pathname + url.search,
    wantsJson: url.pathname.startsWith('/api/') || (json >= 0 && (page < 0 || json < page)),
    ...look,
    portal: /^\/portal(\/|$)/.test(url.pathname),
    say: (both) => say(both, language),
  }
}

const LOOKS = ['elder', 'contrast'] as const

/** `?elder=1`, `?contrast=0` first, then the cookie that they set. */
function lookOf({ headers }: FastifyRequest, asked: URLSearchParams): Pick<View, 'elder' | 'contrast'> {
  const kept = /(?:^|;\s*)look=([a-z.]*)(?:;|$)/.exec(headers.cookie ?? '')?.[1]?.split('.') ?? []
  const has = (look: (typeof LOOKS)[number]): boolean => {
    const now = asked.get(look)
    return now === '1' || (now !== '0' && kept.includes(look))
  }
  return { elder: has('elder'), contrast: has('contrast') }
}

/** What a kept page differs by, beside what it shows. */
export function variantOf({ language, elder, contrast }: View): string {
  return `${language}${elder ? ' elder' : ''}${contrast ? ' contrast' : ''}`
}

/** The same page in another look. */
export function inOtherLook(view: View, look: (typeof LOOKS)[number]): string {
  return `${view.path}${view.path.includes('?') ? '&' : '?'}${look}=${view[look] ? 0 : 1}`
}

/** Remembers the look that was asked for in the address. */
export function rememberLook(request: FastifyRequest, reply: FastifyReply): void {
  const query = (request.query ?? {}) as Readonly<Record<string, unknown>>
  if (!LOOKS.some((look) => query[look] === '0' || query[look] === '1')) return
  const chosen = LOOKS.filter((look) => request.view[look]).join('.')
  reply.header('set-cookie', `look=${chosen}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly`)
}

/** Remembers a language that was asked for in the address. */
export function rememberLanguage(request: FastifyRequest, reply: FastifyReply): void {
  const language = asked((request.query as { lang?: unknown } | undefined)?.lang)
  if (language) reply.header('set-cookie', `lang=${language}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly`)
}

/** Sends the page, or the values behind it to whoever asks for JSON. */
export function answer(request: FastifyRequest, reply: FastifyReply, { json, page }: { json: unknown; page: () => Markup }): FastifyReply {
  if (request.view.wantsJson) return reply.type('application/json; charset=utf-8').send(JSON.stringify(json, null, 2))
  return reply.type('text/html; charset=utf-8').send(String(page()))
}

/** The address of a page with parameters; those without a value are left out. */
export function address(path: string, query: Readonly<Record<string, string | number | undefined>> = {}): string {
  const parameters = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(String(value))}`],
  )
  return parameters.length ? `${path}?${parameters.join('&')}` : path
}

/** The same page in the other language. */
export function inOtherLanguage({ path, language }: View): { href: string; language: Language; name: string } {
  const other: Language = language === 'zh' ? 'en' : 'zh'
  return { href: `${path}${path.includes('?') ? '&' : '?'}lang=${other}`, language: other, name: say(words.languageName, other) }
}

export function languageTag(language: Language): string {
  return language === 'zh' ? 'zh-CN' : 'en'
}

function asked(value: unknown): Language | undefined {
  return value === 'zh' || value === 'en' ? value : undefined
}

function cookie(request: FastifyRequest): string | undefined {
  return /(?:^|;\s*)lang=(zh|en)(?:;|$)/.exec(request.headers.cookie ?? '')?.[1]
}

function preferred(header: string | undefined): Language {
  const named = (header ?? '').split(',').flatMap((range) => {
    const [, tag, quality] = /^\s*([a-z]{2})[^;]*(?:;\s*q=([\d.]+))?/i.exec(range) ?? []
    const language = asked(tag?.toLowerCase())
    return language ? [{ language, quality: Number(quality ?? 1) }] : []
  })
  return named.sort((a, b) => b.quality - a.quality)[0]?.language ?? 'zh'
}
