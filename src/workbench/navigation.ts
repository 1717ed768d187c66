import { CalendarOutlined, FileAddOutlined } from '@ant-design/icons'
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

export const navigation: readonly Place[] = [
  { path: '/today', name: words.today, icon: CalendarOutlined, isFor: worksOnCases },
  { path: '/open', name: words.openCase, icon: FileAddOutlined, isFor: holdsAPost },
]
