import dns from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import net from 'node:net'

// What we send goes where an administrator said. An address inside the network is a way to reach what is not meant to be reached (SSRF): only
// the operator, who knows the network, may allow one.

/** Names or addresses inside that the operator allows: `YIFA_WEBHOOK_INNER=10.1.2.3,bus.gov.internal`. */
export function innerAllowed(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  return (environment['YIFA_WEBHOOK_INNER'] ?? '').split(',').flatMap((name) => name.trim().toLowerCase() || [])
}

/** Why nothing is sent to an address: not https, or inside. */
export type Unreachable = 'not-https' | 'inner' | 'not-a-url'

// Two lists: one that holds both reads an IPv4 address also as the IPv6 address that wraps it.
const INNER_4 = new net.BlockList()
const INNER_6 = new net.BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  INNER_4.addSubnet(network, prefix, 'ipv4')
// IPv6: all but 2000::/3, which is what the Internet uses; of that the wrappings of IPv4.
for (const [network, prefix] of [
  ['::', 3],
  ['4000::', 2],
  ['8000::', 1],
  ['2001::', 32],
  ['2002::', 16],
] as const)
  INNER_6.addSubnet(network, prefix, 'ipv6')

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Whether an address may be sent to by its form; where its name leads is looked at when it is sent. @returns why not, or `undefined` */
export function unreachable(address: string, allowed: readonly string[]): Unreachable | undefined {
  if (!URL.canParse(address)) return 'not-a-url'
  const { protocol, hostname, username, password } = new URL(address)
  if (username !== '' || password !== '') return 'not-a-url'
  if (LOOPBACK.has(hostname) && (protocol === 'http:' || protocol === 'https:')) return undefined
  if (protocol !== 'https:') return 'not-https'
  const bare = hostname.replace(/^\[|\]$/g, '')
  return net.isIP(bare) !== 0 && isInner(bare) && !allowed.includes(bare) ? 'inner' : undefined
}

/** Is this address of the machine or of an inner network? */
export function isInner(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped) return isInner(mapped)
  return net.isIPv6(address) ? INNER_6.check(address, 'ipv6') : INNER_4.check(address, 'ipv4')
}

export interface Sending {
  readonly method?: 'GET' | 'POST'
  readonly url: string
  /** JSON; absent where nothing is sent. */
  readonly body?: string
  readonly headers: Readonly<Record<string, string>>
  readonly allowed: readonly string[]
  readonly timeoutMs: number
}

export interface Answer {
  readonly status: number
  readonly text: string
}

/** An answer that says whether something was taken is short: more of it is not read. */
const ANSWER_MOST = 64 * 1024

/** Posts JSON; reads of the answer only its status. @throws Error as {@link exchange} */
export async function post(sending: Sending & { readonly body: string }): Promise<number> {
  return (await exchange(sending)).status
}

/**
 * Sends a request; follows no redirection.
 *
 * @throws Error where the address is inner, does not answer in time, or the line breaks
 */
export function exchange({ method = 'POST', url, body, headers, allowed, timeoutMs }: Sending): Promise<Answer> {
  const why = unreachable(url, allowed)
  if (why) return Promise.reject(new Error(why))
  const target = new URL(url)
  const mayBeInner = LOOPBACK.has(target.hostname) || allowed.includes(target.hostname)
  return new Promise((resolve, reject) => {
    const request = (target.protocol === 'https:' ? https : http).request(
      target,
      {
        method,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body) }),
          ...headers,
        },
        signal: AbortSignal.timeout(timeoutMs),
        // Asked at the moment of sending: a name that was outside yesterday may lead inside today.
        ...(mayBeInner ? {} : { lookup: lookupOutside }),
      },
      (answer) => {
        const parts: Buffer[] = []
        let size = 0
        answer.on('data', (part: Buffer) => {
          size += part.length
          if (size <= ANSWER_MOST) parts.push(part)
        })
        answer.on('error', reject)
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') }))
      },
    )
    request.on('error', reject)
    request.end(body)
  })
}

const lookupOutside: net.LookupFunction = (hostname, options, done) => {
  dns.lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, '')
    if (addresses.some(({ address }) => isInner(address))) return done(new Error('inner'), '')
    if (options.all) return done(null, addresses)
    done(null, addresses[0]!.address, addresses[0]!.family)
  })
}
