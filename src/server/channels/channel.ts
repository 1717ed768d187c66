import type { ChannelWithSecrets } from '#store/notification-channels.ts'

/** What is sent: a line, a link, and the kind as its subject; nothing about a party. */
export interface Message {
  readonly title: string
  readonly text: string
  readonly link: string
}

/** How a message was taken. `again`: another attempt may do better; `refused`: none will. `error` names neither secret nor address. */
export type Sent = { readonly is: 'delivered' } | { readonly is: 'again' | 'refused'; readonly error: string; readonly status?: number }

/** A channel about to send. */
export interface Sender {
  readonly channel: Pick<ChannelWithSecrets, 'id' | 'form' | 'secrets' | 'changedAt'>
  /** Names or addresses inside the network that the operator allows. */
  readonly allowed: readonly string[]
}

/** The secrets of a channel: what the operator's environment says goes before what was entered. `YIFA_CHANNEL_SMS_KEY` is `key` of `sms`. */
export function secretsOf(
  { id, secrets }: Pick<ChannelWithSecrets, 'id' | 'secrets'>,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Readonly<Record<string, string>> {
  const prefix = `YIFA_CHANNEL_${id.toUpperCase()}_`
  const given = Object.entries(environment).flatMap(([name, value]) =>
    name.startsWith(prefix) && value ? [[name.slice(prefix.length).toLowerCase(), value] as const] : [],
  )
  return { ...secrets, ...Object.fromEntries(given) }
}

/** What went wrong, without what nobody is to read: a server may repeat in its answer what it was sent. */
export function withoutSecrets(error: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length > 0)
    .flatMap((secret) => [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')])
    .toSorted((a, b) => b.length - a.length)
    .reduce((text, secret) => text.replaceAll(secret, '***'), error)
}
