import { httpForm } from './http-form.ts'
import { sendByHttp } from './http-channel.ts'
import { sendMail, smtpForm } from './smtp-channel.ts'
import type { ChannelId } from '#readings/notification-kinds.ts'
import type { Message, Sender, Sent } from './channel.ts'
import type { z } from 'zod'

interface Way {
  /** What setting it up asks. */
  readonly form: z.ZodType
  send(sender: Sender, address: string, message: Message): Promise<Sent>
}

/** How each channel sends. */
export const WAYS: Readonly<Record<ChannelId, Way>> = {
  email: { form: smtpForm, send: sendMail },
  sms: { form: httpForm, send: sendByHttp },
  wecom: { form: httpForm, send: sendByHttp },
  wechat: { form: httpForm, send: sendByHttp },
}
