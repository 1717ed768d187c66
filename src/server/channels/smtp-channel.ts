import nodemailer from 'nodemailer'
import { secretsOf, withoutSecrets } from './channel.ts'
import { z } from 'zod'
import type { Message, Sender, Sent } from './channel.ts'

/** Where mail is handed in. `tls` from the first byte, `starttls` before anything is said; `none` without a password alone. */
export const smtpForm = z
  .strictObject({
    host: z.string().regex(/^[\w.:-]{1,253}$/),
    port: z.int().min(1).max(65_535),
    security: z.enum(['tls', 'starttls', 'none']),
    user: z.string().max(200),
    from: z.email(),
  })
  .refine(({ security, user }) => security !== 'none' || user === '')
export type SmtpForm = z.infer<typeof smtpForm>

const TIMEOUT_MS = 15_000

/** Sends one mail. A server's 5xx about the recipient is for good; that it cannot be reached, or does not know us, is not. */
export async function sendMail({ channel }: Sender, address: string, { title, text, link }: Message): Promise<Sent> {
  const { host, port, security, user, from } = smtpForm.parse(channel.form)
  const password = secretsOf(channel)['password'] ?? ''
  const transport = nodemailer.createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(user === '' ? {} : { auth: { user, pass: password } }),
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  try {
    await transport.sendMail({ from, to: { name: '', address }, subject: title, text: `${text}\n\n${link}\n` })
    return { is: 'delivered' }
  } catch (error) {
    const { code, responseCode: status, message } = error as Error & { code?: string; responseCode?: number }
    const isForGood = code === 'EENVELOPE' || code === 'EMESSAGE' ? status === undefined || status >= 500 : false
    return {
      is: isForGood ? 'refused' : 'again',
      error: withoutSecrets(message, [password, address]),
      ...(status === undefined ? {} : { status }),
    }
  } finally {
    transport.close()
  }
}
