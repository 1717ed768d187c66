import { dayIn } from '#engine/day.ts'
import type { Case } from '#engine/case.ts'
import type { Particular, RecurrenceRule } from '#engine/recurrence-rule.ts'
import type { Party, Place } from '#engine/field.ts'

/** What of an order decides whether it recurs. */
export interface RecurringOrder {
  readonly id: string
  /** Day or instant of acceptance. */
  readonly on: string
  readonly topic: string
  /** Village or community. */
  readonly community?: string
  /** Credit code of the firm or institution concerned. */
  readonly subject?: string
  /** Tells callers apart. Absent for anonymous ones: nobody can say that they differ, so together they count as one. */
  readonly callerKey?: string
}

/** Orders with a cause in common, enough to open a case on it. */
export interface Recurrence<Order extends RecurringOrder = RecurringOrder> {
  /** What they have in common: `{ topic, community }` or `{ topic, subject }`. */
  readonly same: Readonly<Partial<Record<Particular, string>>>
  /** When the last of them made it enough. */
  readonly on: string
  /** The orders that open it, in order of time. */
  readonly orders: readonly Order[]
  /** Later ones on the same cause while it is open. */
  readonly later: readonly Order[]
}

/**
 * Finds what recurs: a window slides over the orders of each cause, and the order that brings `atLeast` different callers into it opens a
 * group. An order belongs to one group at most; while a cause's group is open, its later orders join that group and open no second one.
 *
 * @param orders in any order of time
 * @param openUntil the last day on which a group's case is open; by default it stays open
 * @returns the groups, in the order in which they were opened
 */
export function recurring<Order extends RecurringOrder>(
  orders: readonly Order[],
  rule: RecurrenceRule,
  openUntil: (group: Recurrence<Order>) => string | undefined = () => undefined,
): Recurrence<Order>[] {
  const windows = new Map<string, Order[]>()
  const open = new Map<string, { readonly group: Recurrence<Order> & { later: Order[] }; readonly until: number }>()
  const taken = new Set<string>()
  const groups: Recurrence<Order>[] = []

  for (const order of [...orders].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))) {
    const day = dayIn(order.on)
    const causes = rule.same.flatMap((particulars) => causeOf(order, particulars) ?? [])

    const running = causes.map(({ key }) => open.get(key)).find((one) => one !== undefined && day <= one.until)
    if (running) {
      running.group.later.push(order)
      continue
    }
    for (const { key, same } of causes) {
      const window = (windows.get(key) ?? []).filter((one) => !taken.has(one.id) && day - dayIn(one.on) < rule.within.days)
      window.push(order)
      windows.set(key, window)
      if (new Set(window.map((one) => one[rule.distinct])).size < rule.atLeast) continue
      const group = { same, on: order.on, orders: window, later: [] as Order[] }
      for (const one of window) taken.add(one.id)
      windows.delete(key)
      const until = openUntil(group)
      open.set(key, { group, until: until === undefined ? Infinity : dayIn(until) })
      groups.push(group)
      break
    }
  }
  return groups
}

/** The cause that an order's particulars name, or none where one of them is not known. */
function causeOf(
  order: RecurringOrder,
  particulars: readonly Particular[],
): { key: string; same: Partial<Record<Particular, string>> } | undefined {
  const same: Partial<Record<Particular, string>> = {}
  for (const particular of particulars) {
    const value = order[particular]
    if (!value) return undefined
    same[particular] = value
  }
  return { key: JSON.stringify(same), same }
}

/**
 * What of a case the rule looks at. The caller is told apart by telephone, else by name; who it is never leaves the store.
 */
export function recurringOrder({ id, fields, openedOn }: Pick<Case, 'id' | 'fields' | 'openedOn'>, on: string = openedOn): RecurringOrder {
  const [place, caller] = [fields['place'] as Place | undefined, fields['caller'] as Party | undefined]
  const callerKey = caller?.phone ?? caller?.name
  return {
    id,
    on,
    topic: String(fields['topic'] ?? ''),
    ...(place?.community === undefined ? {} : { community: place.community }),
    ...(fields['subject'] === undefined ? {} : { subject: String(fields['subject']) }),
    ...(callerKey === undefined ? {} : { callerKey }),
  }
}

/** What the case on a common cause begins with. */
export function openingOf(group: Recurrence, topicName: string): Record<string, unknown> {
  const { topic, community, subject } = group.same
  return {
    orders: group.orders.map(({ id }) => id),
    callers: new Set(group.orders.map(({ callerKey }) => callerKey)).size,
    topic,
    topicName,
    ...(community === undefined ? {} : { community }),
    ...(subject === undefined ? {} : { subject }),
  }
}
