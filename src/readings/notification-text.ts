import { NOTIFICATIONS } from './notification-kinds.ts'
import { systemNamed } from '#engine/system.ts'
import type { NotificationKind } from './notification-kinds.ts'
import type { Register } from '#engine/register.ts'
import type { System } from '#engine/system.ts'
import type { Words } from '#engine/words.ts'

/** What a notification is about. */
export interface NotificationFacts {
  readonly kind: NotificationKind
  readonly number: string | null
  readonly procedure: string | null
  readonly clock: string | null
  readonly what: { readonly state?: string; readonly due?: string; readonly register?: string; readonly approved?: boolean }
}

/** A notification as it is read: number, step and day, read off the definitions; nothing about a party. */
export function notificationText(
  { kind, number, procedure, clock, what }: NotificationFacts,
  catalogue: readonly System[],
  registers: readonly Register[],
): Words {
  // A state or a clock is named as the newest version that has it names it.
  const definitions = procedure === null ? [] : systemNamed(catalogue, procedure).definitions.toReversed()
  const state = what.state === undefined ? undefined : definitions.find(({ states }) => states[what.state!])?.states[what.state]?.name
  const clockName = clock === null ? undefined : definitions.find(({ clocks }) => clocks[clock])?.clocks[clock]?.name
  const register = registers.find(({ id }) => id === what.register)?.name
  const day = (what.due ?? '').slice(0, 16).replace('T', ' ')
  const values: Readonly<Record<string, Words>> = {
    number: [number ?? '', number ?? ''],
    state: state ?? [what.state ?? '', what.state ?? ''],
    clock: clockName ?? [clock ?? '', clock ?? ''],
    due: [day, day],
    register: register ?? [what.register ?? '', what.register ?? ''],
    answer: what.approved ? ['通过', 'approved'] : ['不通过', 'rejected'],
  }
  const filled = (language: 0 | 1): string =>
    NOTIFICATIONS[kind].says[language].replace(/\{(\w+)\}/g, (_, name: string) => values[name]![language])
  return [filled(0), filled(1)]
}
