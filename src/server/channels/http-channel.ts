import { exchange } from '../outbound.ts'
import { httpForm } from './http-form.ts'
import { secretsOf, withoutSecrets } from './channel.ts'
import type { Answer } from '../outbound.ts'
import type { HttpForm, HttpRequestForm, Template } from './http-form.ts'
import type { Message, Sender, Sent } from './channel.ts'

const TIMEOUT_MS = 10_000
/** A token is given up this long before it expires: it must hold until it has arrived. */
const TOKEN_MARGIN_SECONDS = 60

interface Token {
  readonly value: string
  readonly until: number
}

/** Tokens in use, by the channel as it was set up: gateways count how often one is asked for. Of this process alone. */
const tokens = new Map<string, Token>()

/** Sends one message by a gateway that is spoken to as its form says. */
export async function sendByHttp(sender: Sender, address: string, message: Message): Promise<Sent> {
  const form = httpForm.parse(sender.channel.form)
  const secrets = secretsOf(sender.channel)
  const values: Record<string, string> = {
    address,
    ...message,
    ...Object.fromEntries(Object.entries(secrets).map(([name, value]) => [`secret.${name}`, value])),
  }
  const hidden = [...Object.values(secrets), address]
  try {
    let sent = await attempt(false)
    if (sent === 'expired') sent = await attempt(true)
    return sent === 'expired' ? { is: 'again', error: 'the gateway takes no token that it gives' } : sent
  } catch (error) {
    return { is: 'again', error: withoutSecrets(error instanceof Error ? error.message : String(error), hidden) }
  }

  async function attempt(anew: boolean): Promise<Sent | 'expired'> {
    if (form.token) {
      const token = await tokenOf(form.token, anew)
      if (typeof token !== 'string') return token
      values['token'] = token
      hidden.push(token)
    }
    return outcome(form, await ask(form.send), hidden)
  }

  async function tokenOf({ request, value, seconds }: NonNullable<HttpForm['token']>, anew: boolean): Promise<string | Sent> {
    const key = `${sender.channel.id} ${sender.channel.changedAt} ${request.url}`
    const known = tokens.get(key)
    if (known && !anew && known.until > performance.now()) return known.value
    tokens.delete(key)
    const answer = await ask(request)
    const said = jsonOf(answer)
    const token = at(said, value)
    if (typeof token !== 'string' || token === '')
      return { is: 'again', error: withoutSecrets(`no token: ${told(form, answer, said)}`, hidden), status: answer.status }
    const lives = Number(at(said, seconds) ?? 0) - TOKEN_MARGIN_SECONDS
    if (lives > 0) tokens.set(key, { value: token, until: performance.now() + lives * 1000 })
    return token
  }

  function ask({ method, url, headers, body }: HttpRequestForm): Promise<Answer> {
    return exchange({
      method,
      url: filled(url, values, encodeURIComponent),
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, filled(value, values, oneLine)])),
      ...(body === undefined ? {} : { body: JSON.stringify(filledIn(body, values)) }),
      allowed: sender.allowed,
      timeoutMs: TIMEOUT_MS,
    })
  }
}

/** Reads an answer as the form says. */
function outcome(form: HttpForm, answer: Answer, hidden: readonly string[]): Sent | 'expired' {
  const { status } = answer
  const { code: path, good, again, expired, unreached } = form.answer
  const said = jsonOf(answer)
  const code = path === undefined ? undefined : at(said, path)
  const is = (codes: readonly (string | number)[]): boolean => codes.some((one) => String(one) === String(code))
  const failed = (how: 'again' | 'refused', error: string): Sent => ({ is: how, error: withoutSecrets(error, hidden), status })

  if (code !== undefined && is(expired)) return 'expired'
  if (status === 429 || status >= 500 || (code !== undefined && is(again))) return failed('again', told(form, answer, said))
  if (status < 200 || status >= 300) return failed('refused', told(form, answer, said))
  if (path !== undefined && code === undefined) return failed('again', `HTTP ${status}, and no ${path} in the answer`)
  if (path !== undefined && !is(good)) return failed('refused', told(form, answer, said))
  const missed = unreached === undefined ? undefined : at(said, unreached)
  return missed === undefined || missed === null || missed === '' ? { is: 'delivered' } : failed('refused', `${unreached} is not empty`)
}

function told({ answer: { code, message } }: HttpForm, { status }: Answer, said: unknown): string {
  const parts = [code === undefined ? undefined : at(said, code), message === undefined ? undefined : at(said, message)]
  return [`HTTP ${status}`, ...parts.flatMap((part) => (part === undefined ? [] : [String(part)]))].join(' · ')
}

function jsonOf({ text }: Answer): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined // a gateway that fails may answer with a page: its status tells then
  }
}

/** The value at `data.code`. */
function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (one, name) =>
        typeof one === 'object' && one !== null && Object.hasOwn(one, name) ? (one as Record<string, unknown>)[name] : undefined,
      value,
    )
}

function filled(text: string, values: Readonly<Record<string, string>>, written: (value: string) => string): string {
  return text.replace(/\{([\w.]+)\}/g, (whole, name: string) => (Object.hasOwn(values, name) ? written(values[name]!) : whole))
}

/** Texts are filled in after the JSON is read: no value can become a part of its form. */
function filledIn(template: Template, values: Readonly<Record<string, string>>): Template {
  if (typeof template === 'string') return filled(template, values, (value) => value)
  if (Array.isArray(template)) return template.map((one: Template) => filledIn(one, values))
  if (typeof template === 'object')
    return Object.fromEntries(Object.entries(template).map(([name, one]) => [name, filledIn(one as Template, values)]))
  return template
}

function oneLine(value: string): string {
  return value.replace(/[\r\n]/g, ' ')
}
