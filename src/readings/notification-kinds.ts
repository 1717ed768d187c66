import type { Words } from '#engine/words.ts'

/** What somebody may be told. */
export type NotificationKind =
  | 'case-assigned'
  | 'case-arrived'
  | 'case-returned'
  | 'clock-soon'
  | 'clock-late'
  | 'supervision-notice'
  | 'proposal-waiting'
  | 'proposal-decided'

/** A way by which somebody is reached beside the workbench, where everything is told. */
export type ChannelId = 'email' | 'sms' | 'wecom' | 'wechat'

export const CHANNELS = {
  email: { name: ['电子邮件', 'E-mail'], address: ['邮箱', 'E-mail address'], is: /^[^\s@<>,;:"]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+$/i },
  sms: { name: ['短信', 'Text message'], address: ['手机号码', 'Mobile number'], is: /^\+?\d{6,15}$/ },
  wecom: { name: ['企业微信', 'WeCom'], address: ['企业微信成员账号', 'WeCom user id'], is: /^[\w.@-]{1,64}$/ },
  wechat: { name: ['微信服务号', 'WeChat service account'], address: ['微信 OpenID', 'WeChat OpenID'], is: /^[\w-]{10,64}$/ },
} as const satisfies Record<ChannelId, { readonly name: Words; readonly address: Words; readonly is: RegExp }>

export const CHANNEL_IDS = Object.keys(CHANNELS) as [ChannelId, ...ChannelId[]]

interface KindOfNotification {
  readonly name: Words
  /** Placeholders: number, state, clock, due, register, answer. Nothing else is in a message: no party, no address. */
  readonly says: Words
  /** The ways by which one is told who chose none. */
  readonly channels: readonly ChannelId[]
}

export const NOTIFICATIONS: Readonly<Record<NotificationKind, KindOfNotification>> = {
  'case-assigned': {
    name: ['案件分派给我', 'A case given to you'],
    says: ['案件 {number} 已分派给您（{state}）。', 'Case {number} was given to you ({state}).'],
    channels: ['email'],
  },
  'case-arrived': {
    name: ['案件转到本岗位', 'A case for your post'],
    says: ['案件 {number} 转到您的岗位（{state}）。', 'Case {number} came to your post ({state}).'],
    channels: [],
  },
  'case-returned': {
    name: ['案件退回', 'A case sent back to you'],
    says: ['您经办过的案件 {number} 又转回您的岗位（{state}）。', 'Case {number}, on which you acted, came back to your post ({state}).'],
    channels: ['email'],
  },
  'clock-soon': {
    name: ['期限临近', 'A clock due soon'],
    says: ['案件 {number} 的“{clock}”末日为 {due}。', 'The last day of “{clock}” in case {number} is {due}.'],
    channels: ['email'],
  },
  'clock-late': {
    name: ['期限已过', 'A clock that is late'],
    says: ['案件 {number} 的“{clock}”末日 {due} 已过。', 'The last day of “{clock}” in case {number}, {due}, is past.'],
    channels: ['email', 'sms'],
  },
  'supervision-notice': {
    name: ['监督通知', 'A notice of supervision'],
    says: ['监督案件 {number} 须由您的岗位办理（{state}）。', 'Supervision case {number} waits for your post ({state}).'],
    channels: ['email', 'sms'],
  },
  'proposal-waiting': {
    name: ['提案待审批', 'A proposal to decide'],
    says: ['名册“{register}”有一件提案等您审批。', 'A proposal for the register “{register}” waits for your decision.'],
    channels: ['email'],
  },
  'proposal-decided': {
    name: ['提案已决定', 'A proposal decided'],
    says: ['您对名册“{register}”的提案已有决定：{answer}。', 'Your proposal for the register “{register}” was decided: {answer}.'],
    channels: ['email'],
  },
}

export const NOTIFICATION_KINDS = Object.keys(NOTIFICATIONS) as [NotificationKind, ...NotificationKind[]]
