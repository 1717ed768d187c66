import {
  AuditOutlined,
  BellOutlined,
  BookOutlined,
  CalendarOutlined,
  EyeOutlined,
  FileAddOutlined,
  FileTextOutlined,
  UnorderedListOutlined,
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

const isSystemAdministrator = (session: SessionJson | undefined): boolean => session?.administrator === 'system'

export const navigation: readonly Place[] = [
  { path: '/today', name: words.today, icon: CalendarOutlined, isFor: worksOnCases },
  { path: '/cases', name: words.cases, icon: UnorderedListOutlined, isFor: worksOnCases },
  { path: '/open', name: words.openCase, icon: FileAddOutlined, isFor: holdsAPost },
  { path: '/registers', name: words.registers, icon: BookOutlined, isFor: isSomebody },
  { path: '/proposals', name: words.proposals, icon: AuditOutlined, isFor: keepsRegisters },
  { path: '/supervision', name: words.supervision, icon: EyeOutlined, isFor: worksOnCases },
  { path: '/reports', name: words.reports, icon: FileTextOutlined, isFor: overlooks },
  { path: '/administration/notifications', name: words.notificationChannels, icon: BellOutlined, isFor: isSystemAdministrator },
]
