import { z } from 'zod'

// How a gateway is spoken to, as data: what its own documentation prescribes is written here once, and can be changed without a program.

const template: z.ZodType<Template> = z.lazy(() =>
  z.union([z.string().max(2000), z.number(), z.boolean(), z.array(template).max(50), z.record(z.string().max(100), template)]),
)

/** JSON whose texts may hold placeholders: `{address}`, `{title}`, `{text}`, `{link}`, `{token}`, `{secret.NAME}`. */
export type Template = string | number | boolean | readonly Template[] | { readonly [name: string]: Template }

const request = z.strictObject({
  method: z.enum(['GET', 'POST']),
  url: z.string().min(8).max(1000),
  headers: z.record(z.string().regex(/^[\w-]{1,80}$/), z.string().max(1000)),
  body: template.optional(),
})
const names = z.string().regex(/^[\w.]{1,100}$/)
const codes = z.array(z.union([z.string().max(60), z.number()])).max(100)

/** How a gateway is spoken to. Paths such as `data.code` name a value of its answer. */
export const httpForm = z.strictObject({
  /** A token that is asked for first, and used until it expires. */
  token: z.strictObject({ request, value: names, seconds: names }).optional(),
  send: request,
  answer: z.strictObject({
    /** Where the answer says how it went; absent: its status alone does. */
    code: names.optional(),
    /** What says that it was taken. */
    good: codes,
    /** Too many, too busy: another attempt later. So are 429 and 5xx. */
    again: codes,
    /** The token is not good any more: a new one is asked for, once. */
    expired: codes,
    /** Not empty although it was taken: it reached nobody. */
    unreached: names.optional(),
    message: names.optional(),
  }),
})
export type HttpForm = z.infer<typeof httpForm>
export type HttpRequestForm = z.infer<typeof request>

/** Forms to begin from, as the documentation of each has them; what is in capitals is the place's own. */
export const HTTP_FORMS: Readonly<Record<'sms' | 'wecom' | 'wechat', HttpForm>> = {
  // 短信网关没有统一的格式：按所在地网关的文档改写。 The usual shape; every gateway has its own document.
  sms: {
    send: {
      method: 'POST',
      url: 'https://sms.example.gov.cn/v1/messages',
      headers: { authorization: 'Bearer {secret.key}' },
      body: { mobile: '{address}', sign: '依法', content: '{text} {link}' },
    },
    answer: { code: 'code', good: [0], again: [429], expired: [], message: 'message' },
  },
  // 企业微信：获取 access_token（gettoken）；发送应用消息（message/send）。
  wecom: {
    token: {
      request: {
        method: 'GET',
        url: 'https://qyapi.weixin.qq.com/cgi-bin/gettoken?corpid=CORPID&corpsecret={secret.corpsecret}',
        headers: {},
      },
      value: 'access_token',
      seconds: 'expires_in',
    },
    send: {
      method: 'POST',
      url: 'https://qyapi.weixin.qq.com/cgi-bin/message/send?access_token={token}',
      headers: {},
      body: {
        touser: '{address}',
        msgtype: 'textcard',
        agentid: 1_000_002,
        textcard: { title: '{title}', description: '{text}', url: '{link}' },
      },
    },
    answer: {
      code: 'errcode',
      good: [0],
      again: [-1, 45_009],
      expired: [40_001, 40_014, 42_001],
      unreached: 'invaliduser',
      message: 'errmsg',
    },
  },
  // 微信服务号：获取稳定版接口调用凭据（stable_token）；发送模板消息（message/template/send）。
  wechat: {
    token: {
      request: {
        method: 'POST',
        url: 'https://api.weixin.qq.com/cgi-bin/stable_token',
        headers: {},
        body: { grant_type: 'client_credential', appid: 'APPID', secret: '{secret.appsecret}' },
      },
      value: 'access_token',
      seconds: 'expires_in',
    },
    send: {
      method: 'POST',
      url: 'https://api.weixin.qq.com/cgi-bin/message/template/send?access_token={token}',
      headers: {},
      body: {
        touser: '{address}',
        template_id: 'TEMPLATE_ID',
        url: '{link}',
        data: { thing1: { value: '{title}' }, thing2: { value: '{text}' } },
      },
    },
    answer: { code: 'errcode', good: [0], again: [-1, 45_009], expired: [40_001, 40_014, 42_001], message: 'errmsg' },
  },
}
