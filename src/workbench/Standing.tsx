import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  ExclamationCircleOutlined,
  PauseCircleOutlined,
  WarningOutlined,
} from '@ant-design/icons'
import { useSay } from './language.tsx'
import { words } from './words.ts'
import type { ComponentType } from 'react'
import type { StandingKind } from '../server/clock-standing.ts'

const ICONS: Readonly<Record<StandingKind, ComponentType<{ 'aria-hidden'?: boolean }>>> = {
  good: CheckCircleOutlined,
  soon: ClockCircleOutlined,
  late: WarningOutlined,
  paused: PauseCircleOutlined,
  open: ExclamationCircleOutlined,
}

/** How a clock stands: by a word and a sign, and by colour besides. */
export function Standing({ kind, text }: { readonly kind: StandingKind; readonly text: string }) {
  const say = useSay()
  const Icon = ICONS[kind]
  const word = say(words.clockKinds[kind])
  return (
    <span className={`standing ${kind}`}>
      <Icon aria-hidden /> {kind === 'open' || kind === 'paused' ? text : `${word} · ${text}`}
    </span>
  )
}
