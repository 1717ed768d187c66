import {
  ApiOutlined,
  AuditOutlined,
  BellOutlined,
  BookOutlined,
  CalendarOutlined,
  EyeOutlined,
  FileAddOutlined,
  FileTextOutlined,
  NumberOutlined,
  SafetyOutlined,
  ScheduleOutlined,
  SendOutlined,
  SnippetsOutlined,
  TeamOutlined,
  UnorderedListOutlined,
  UserAddOutlined,
  UserOutlined,
} from '@ant-design/icons'
import { words } from './words.ts'
import type { ComponentType } from 'react'
import type { SessionJson } from '../server/api/session.ts'
import type { Words } from '#engine/words.ts'

/** A place of the workbench in its menu. */
export interface Place {
  readonly path: string
  readonly name: Words
  readonly icon: ComponentType<{ 'aria-hidden'?: boolean }>
  /** Whether this reader finds anything there: the server decides what they see, this only spares an empty page. */
  isFor(session: SessionJson | undefined): boolean
}

const worksOnCases = (session: SessionJson | undefined): boolean => session?.administrator === null

const holdsAPost = (session: SessionJson | undefined): boolean => (session?.holdings ?? []).some(({ supervises }) => !supervises)
const overlooks = (session: SessionJson | undefined): boolean =>
  session?.administrator === null && (session.demonstration || session.holdings.some(({ supervises }) => supervises))

const isSomebody = (session: SessionJson | undefined): boolean => session !== undefined
const keepsRegisters = (session: SessionJson | undefined): boolean =>
  session?.holdings.some(({ procedures }) => procedures.some((one) => one.startsWith('register:'))) ?? false

/** The same that the server asks of each of these pages. */
const isAdministrator =
  (...kinds: readonly NonNullable<SessionJson['administrator']>[]) =>
  (session: SessionJson | undefined): boolean =>
    kinds.some((kind) => session?.administrator === kind)

export const navigation: readonly Place[] = [
  { path: '/today', name: words.today, icon: CalendarOutlined, isFor: worksOnCases },
  { path: '/cases', name: words.cases, icon: UnorderedListOutlined, isFor: worksOnCases },
  { path: '/open', name: words.openCase, icon: FileAddOutlined, isFor: holdsAPost },
  { path: '/registers', name: words.registers, icon: BookOutlined, isFor: isSomebody },
  { path: '/proposals', name: words.proposals, icon: AuditOutlined, isFor: keepsRegisters },
  { path: '/supervision', name: words.supervision, icon: EyeOutlined, isFor: worksOnCases },
  { path: '/administration/accounts', name: words.accounts, icon: UserOutlined, isFor: isAdministrator('system') },
  { path: '/administration/people-import', name: words.importPeople, icon: UserAddOutlined, isFor: isAdministrator('system') },
  { path: '/administration/posts', name: words.posts, icon: TeamOutlined, isFor: isAdministrator('system', 'security') },
  { path: '/administration/clients', name: words.clients, icon: ApiOutlined, isFor: isAdministrator('system') },
  { path: '/administration/webhooks', name: words.webhooks, icon: SendOutlined, isFor: isAdministrator('system') },
  { path: '/administration/calendars', name: words.calendars, icon: ScheduleOutlined, isFor: isAdministrator('system') },
  { path: '/administration/templates', name: words.templates, icon: SnippetsOutlined, isFor: isAdministrator('system') },
  { path: '/administration/number-series', name: words.numberSeries, icon: NumberOutlined, isFor: isAdministrator('system') },
  { path: '/administration/audit', name: words.audit, icon: SafetyOutlined, isFor: isAdministrator('audit') },
  { path: '/reports', name: words.reports, icon: FileTextOutlined, isFor: overlooks },
  { path: '/administration/notifications', name: words.notificationChannels, icon: BellOutlined, isFor: isAdministrator('system') },
]
