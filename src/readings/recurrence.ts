import { dateIn, dayIn } from '#engine/day.ts'
import { isFrom } from '#engine/apply-step.ts'
import { metresBetween } from '#engine/distance.ts'
import { runsOf } from '#engine/clocks.ts'
import type { Calendar } from '#engine/calendar.ts'
import type { Case } from '#engine/case.ts'
import type { Definition } from '#engine/definition.ts'
import type { Particular, RecurrenceRule } from '#engine/recurrence-rule.ts'
import type { Party, Place } from '#engine/field.ts'
import type { Point } from '#engine/distance.ts'

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
  /** Only one with longitude and latitude can be near another. */
  readonly place?: Place
  /** Tells callers apart. Absent for anonymous ones: nobody can say that they differ, so together they count as one. */
  readonly callerKey?: string
}

/** What orders have in common: `{ topic, community }`, `{ topic, subject }`, or `{ topic, place }` where they are near that place. */
export interface Common {
  readonly topic?: string
  readonly community?: string
  readonly subject?: string
  readonly place?: Place
}

/** Orders with a cause in common, enough to open a case on it. */
export interface Recurrence<Order extends RecurringOrder = RecurringOrder> {
  readonly same: Common
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
 * Where nearness is the cause, the group are the orders of the window that lie within the distance of the newest one, and later orders join
 * that lie within the distance of that one (platform): pairwise distance would have several answers for the same orders, and a chain of
 * neighbours could cross the district.
 *
 * @param orders in any order of time
 * @param isOpen is the group's case still open when this order comes? Asked in order of time; the group's `later` are those that came before
 * @returns the groups, in the order in which they were opened
 */
export function recurring<Order extends RecurringOrder>(
  orders: readonly Order[],
  rule: RecurrenceRule,
  isOpen: (group: Recurrence<Order>, order: Order) => boolean = () => true,
): Recurrence<Order>[] {
  type Group = Recurrence<Order> & { readonly later: Order[] }
  const windows = new Map<string, Order[]>()
  const open = new Map<string, Group[]>()
  const taken = new Set<string>()
  const groups: Group[] = []

  for (const order of [...orders].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))) {
    const causes = rule.same.flatMap((particulars) => causeOf(order, particulars) ?? [])
    const running = causes
      .flatMap(({ key, metres }) => (open.get(key) ?? []).filter(({ same }) => isNear(order.place, same.place, metres)))
      .find((group) => isOpen(group, order))
    if (running) {
      running.later.push(order)
      continue
    }
    for (const { key, same, metres } of causes) {
      const window = (windows.get(key) ?? []).filter((one) => !taken.has(one.id) && dayIn(order.on) - dayIn(one.on) < rule.within.days)
      window.push(order)
      windows.set(key, window)
      const alike = window.filter(({ place }) => isNear(place, order.place, metres))
      if (new Set(alike.map((one) => one[rule.distinct])).size < rule.atLeast) continue
      const group: Group = { same, on: order.on, orders: alike, later: [] }
      for (const one of alike) taken.add(one.id)
      open.set(key, [...(open.get(key) ?? []), group])
      groups.push(group)
      break
    }
  }
  return groups
}

/** Has this order the cause on which a case was opened? @param known what that case says of its cause */
export function isOnCause(order: RecurringOrder, known: Common, { same }: RecurrenceRule): boolean {
  return same.some((particulars) =>
    particulars.every((particular) =>
      typeof particular === 'string'
        ? Boolean(order[particular]) && order[particular] === known[particular]
        : isNear(order.place, known.place, particular.place.within.metres),
    ),
  )
}

interface Cause {
  readonly key: string
  readonly same: Common
  /** How near to the place, where nearness makes the cause. */
  readonly metres?: number
}

/** The cause that an order's particulars name, or none where one of them is not known. */
function causeOf(order: RecurringOrder, particulars: readonly Particular[]): Cause | undefined {
  const named: Record<string, string> = {}
  let metres: number | undefined
  for (const particular of particulars) {
    if (typeof particular !== 'string') {
      if (pointOf(order.place) === undefined) return undefined
      metres = particular.place.within.metres
      continue
    }
    const value = order[particular]
    if (!value) return undefined
    named[particular] = value
  }
  return metres === undefined
    ? { key: JSON.stringify(named), same: named }
    : { key: JSON.stringify({ ...named, metres }), same: { ...named, place: order.place! }, metres }
}

/** Within the distance, the distance itself included; `true` where nearness is not asked. */
function isNear(a: Place | undefined, b: Place | undefined, metres: number | undefined): boolean {
  if (metres === undefined) return true
  const [here, there] = [pointOf(a), pointOf(b)]
  return here !== undefined && there !== undefined && metresBetween(here, there) <= metres
}

function pointOf(place: Place | undefined): Point | undefined {
  const { longitude, latitude } = place ?? {}
  return longitude === undefined || latitude === undefined ? undefined : { longitude, latitude }
}

/**
 * What of a case the rule looks at. The caller is told apart by telephone, else by name; who it is never leaves the store.
 *
 * @param joined the fields of the order that this one was merged into: the matter is that one's, the caller its own
 */
export function recurringOrder(
  { id, fields, openedOn }: Pick<Case, 'id' | 'fields' | 'openedOn'>,
  on: string = openedOn,
  joined: Case['fields'] = fields,
): RecurringOrder {
  const [place, caller] = [joined['place'] as Place | undefined, fields['caller'] as Party | undefined]
  const callerKey = caller?.phone ?? caller?.name
  return {
    id,
    on,
    topic: String(joined['topic'] ?? ''),
    ...(place === undefined ? {} : { place }),
    ...(place?.community === undefined ? {} : { community: place.community }),
    ...(joined['subject'] === undefined ? {} : { subject: String(joined['subject']) }),
    ...(callerKey === undefined ? {} : { callerKey }),
  }
}

/** What the case on a common cause begins with. */
export function openingOf(group: Recurrence, topicName: string): Record<string, unknown> {
  return {
    orders: group.orders.map(({ id }) => id),
    callers: new Set(group.orders.map(({ callerKey }) => callerKey)).size,
    topicName,
    ...group.same,
  }
}

/**
 * What the case on a common cause is told when the cause recurs while it is watched.
 *
 * @param joined the orders that it has taken in, with the day or instant of acceptance. Those count that were accepted after the day on which
 *   the clock began (that day is not counted) and by its last day.
 * @returns the input of the step, without its day; `undefined` where there is no relapse
 */
export function relapseOf(
  definition: Definition,
  theCase: Case,
  joined: readonly Pick<RecurringOrder, 'id' | 'on'>[],
  { relapses: { step, field, clock, atLeast } }: RecurrenceRule,
  calendar: Calendar,
): Record<string, unknown> | undefined {
  if (!isFrom(definition, definition.steps[step]!, theCase.state)) return undefined
  const run = runsOf(definition, theCase, clock, calendar).at(-1)
  if (run?.state !== 'running' || run.deadline === undefined) return undefined
  const { due } = run.deadline
  const again = joined.filter(({ on }) => dateIn(on) > dateIn(run.start) && dateIn(on) <= due)
  return again.length < atLeast ? undefined : { [field]: again.map(({ id }) => id) }
}
