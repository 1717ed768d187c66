import { dated, SYSTEM } from '#engine/apply-step.ts'
import { dateIn, dateText, dayIn } from '#engine/day.ts'
import { definitionOn, systemNamed } from '#engine/system.ts'
import { governing } from '#engine/governing.ts'
import { isOnCause, openingOf, recurring, recurringOrder, relapseOf } from '#readings/recurrence.ts'
import { readCase } from './read-case.ts'
import { openCaseUnless, takeStep } from './take-step.ts'
import { Refusal } from '#engine/refusal.ts'
import { settlePublications } from './publications.ts'
import { touchesPublications } from '#readings/publications.ts'
import { refusalFrom } from './store.ts'
import type { Case, StepTaken } from '#engine/case.ts'
import type { Common, RecurringOrder } from '#readings/recurrence.ts'
import type { Definition } from '#engine/definition.ts'
import type { Office } from './take-step.ts'
import type { RecurrenceRule } from '#engine/recurrence-rule.ts'
import type { System } from '#engine/system.ts'
import type pg from 'pg'

// A step may set something going in other cases. Each of these is a step of its own, taken by the machine after the first is kept. That it is
// owed is written together with the first, and struck out when it is done: a process that dies in between leaves the debt, and the sweep pays it.

/**
 * What a step owes to other cases. `opens`: the case that its definition hands over to. `recurs`: whether its order has a cause in common with
 * others. `joins`: the orders that a case on a common cause was opened with are to be taken into it. `publishes`: what it brings the public,
 * or takes from it.
 */
export interface Pending {
  /** Of the step that owes it. */
  readonly seq: number
  readonly kind: 'opens' | 'recurs' | 'joins' | 'publishes'
}

/** What a new step owes. A step that corrects another owes other cases nothing: what the wrong one set going stands until it is corrected there. */
export function handOversOf(catalogue: readonly System[], definition: Definition, theCase: Case, taken: StepTaken): Pending[] {
  const { id, steps } = definition
  const { step, seq, supersedes } = taken
  const publishes = touchesPublications(definition, theCase, taken) ? [{ seq, kind: 'publishes' } as const] : []
  if (supersedes) return publishes
  const recurrence = catalogue.find((system) => system.id === id)?.recurrence
  return [
    ...publishes,
    ...(steps[step]?.opens ? [{ seq, kind: 'opens' } as const] : []),
    ...(recurrence && [recurrence.step, recurrence.merged.step].includes(step) ? [{ seq, kind: 'recurs' } as const] : []),
    ...(seq === 1 && systemOpening(catalogue, id) ? [{ seq, kind: 'joins' } as const] : []),
  ]
}

/** The system whose recurrence opens cases of this procedure. */
function systemOpening(catalogue: readonly System[], procedure: string): System | undefined {
  return catalogue.find(({ recurrence }) => recurrence?.opens.procedure === procedure)
}

/**
 * Pays what steps of one case owe to others. Paying twice does nothing twice. What is refused stays owed, and is said in the log when it is
 * refused for another reason than before: the step that owes it is kept all the same.
 *
 * @param now when it is recorded, an instant; it takes effect at the instant of the step that owes it
 */
export async function handOver(office: Office, theCase: Case, owed: readonly Pending[], now: string): Promise<void> {
  const { pool, region } = office.store
  for (const { seq, kind } of owed) {
    const debt = { caseId: theCase.id, seq, kind, at: theCase.steps.find((taken) => taken.seq === seq)!.at, now }
    try {
      await PAY[kind](office, theCase, debt)
      await strike(pool, region, debt)
    } catch (error) {
      const refusal = refusalFrom(error)
      if (!(refusal instanceof Refusal)) throw error
      await sayRefused(office, debt, refusal.code)
    }
  }
}

/** Pays what was left owed: a process died, or something was in the way. */
export async function payPending(office: Office, now: string): Promise<void> {
  const { store, catalogue } = office
  const { rows } = await store.pool.query<Pending & { case_id: string }>(
    'select case_id, seq, kind from pending where region = $1 order by case_id, seq, kind',
    [store.region],
  )
  for (const { case_id, seq, kind } of rows) {
    const { theCase } = await readCase(store.pool, store.region, case_id, catalogue)
    await handOver(office, theCase, [{ seq, kind }], now)
  }
}

interface Debt extends Pending {
  readonly caseId: string
  /** When the step that owes it was taken, and when this is recorded. */
  readonly at: string
  readonly now: string
}

const PAY: Readonly<Record<Pending['kind'], (office: Office, theCase: Case, debt: Debt) => Promise<void>>> = {
  opens: openNext,
  recurs: findCommonCause,
  joins: joinAll,
  publishes: (office, theCase, { now }) => settlePublications(office, theCase, now),
}

/** @returns whether it was still owed: of two that pay at once, one finds it struck out */
async function strike(db: pg.Pool | pg.PoolClient, region: string, { caseId, seq, kind }: Debt): Promise<boolean> {
  const { rowCount } = await db.query('delete from pending where region = $1 and case_id = $2 and seq = $3 and kind = $4', [
    region,
    caseId,
    seq,
    kind,
  ])
  return rowCount === 1
}

async function sayRefused({ store }: Office, { caseId, seq, kind }: Debt, code: string): Promise<void> {
  const said = `what follows a step was not taken: ${code} (${kind} of ${caseId}, step ${seq})`
  try {
    const { rowCount } = await store.pool.query(
      'update pending set refused = $5 where region = $1 and case_id = $2 and seq = $3 and kind = $4 and refused is distinct from $5',
      [store.region, caseId, seq, kind, code],
    )
    if (rowCount === 1) process.emitWarning(said)
  } catch (error) {
    // The database went away: the row stands as it was, and the next sweep finds it.
    if (!(refusalFrom(error) instanceof Refusal)) throw error
    process.emitWarning(said)
  }
}

/** The case that the step's definition hands over to. It is opened in the transaction that strikes out the debt: once, or not yet. */
async function openNext(office: Office, theCase: Case, debt: Debt): Promise<void> {
  const { catalogue, store } = office
  const taken = theCase.steps.find(({ seq }) => seq === debt.seq)!
  const { opens } = governing(systemNamed(catalogue, theCase.procedure), theCase).of(debt.seq).steps[taken.step]!
  const target = definitionOn(systemNamed(catalogue, opens!.procedure), dateIn(debt.at))
  // `passes`: field of the new case → field of this one, or `id` for the link to it.
  const passed = Object.entries(opens!.passes ?? {}).map(([field, from]) => [field, from === 'id' ? theCase.id : theCase.fields[from]])
  const input = { ...dated(target, opens!.step, debt.at), ...Object.fromEntries(passed.filter(([, value]) => value !== undefined)) }
  await openCaseUnless(
    office,
    target.id,
    { step: opens!.step, input, by: SYSTEM, at: debt.now },
    async (client) => !(await strike(client, store.region, debt)),
  )
}

/** Takes an order into the case on its cause that is open, or opens one where the order makes the cause recur. */
async function findCommonCause(office: Office, theCase: Case, debt: Debt): Promise<void> {
  const { catalogue, store } = office
  const system = systemNamed(catalogue, theCase.procedure)
  const rule = system.recurrence!
  const target = definitionOn(systemNamed(catalogue, rule.opens.procedure), dateIn(debt.at))
  const joined =
    theCase.fields[rule.merged.into] === undefined ? undefined : await fieldsOf(office, String(theCase.fields[rule.merged.into]))
  const own = recurringOrder(theCase, theCase.steps[0]!.on, joined)

  const traced = theCase.fields[rule.joins.field]
  const running = traced === undefined ? await caseOnCause(store.pool, store.region, target.id, own, rule) : String(traced)
  if (running !== undefined) return joinRunning(office, theCase.id, running, rule, debt)

  const orders = await untraced(office, theCase, own, rule)
  const group = recurring(orders, rule).find((one) => [...one.orders, ...one.later].some(({ id }) => id === theCase.id))
  if (!group) return
  const input = {
    ...dated(target, rule.opens.step, debt.at),
    ...openingOf(group, String((joined ?? theCase.fields)['topicName'] ?? own.topic)),
  }
  let other: string | undefined
  await openCaseUnless(office, target.id, { step: rule.opens.step, input, by: SYSTEM, at: debt.now }, async (client) => {
    // Two orders of one cause may come at the same moment: the second waits here, and finds the case that the first opened.
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${store.region}/${target.id}/${own.topic}`])
    other = await caseOnCause(client, store.region, target.id, own, rule)
    return other !== undefined || !(await strike(client, store.region, debt))
  })
  // An order that the opening does not name comes after it: it joins as any later one.
  if (other === undefined && !group.orders.some(({ id }) => id === theCase.id))
    other = await caseOnCause(store.pool, store.region, target.id, own, rule)
  if (other !== undefined) await joinRunning(office, theCase.id, other, rule, debt)
}

/** An order joins the case on its cause; where enough of them came while that was watched, it is a relapse. */
async function joinRunning(office: Office, orderId: string, into: string, rule: RecurrenceRule, debt: Debt): Promise<void> {
  const { store, catalogue, calendar } = office
  await join(office, orderId, into, rule, debt)
  const { theCase, definition } = await readCase(store.pool, store.region, into, catalogue)
  const { rows } = await store.pool.query<{ id: string; on: string }>(
    `select l.case_id as id, s.taken_on as on from case_link l
     join step s on s.region = l.region and s.case_id = l.case_id and s.seq = 1
     where l.region = $1 and l.other = $2 and l.kind = $3 order by s.taken_on, l.case_id`,
    [store.region, into, rule.joins.field],
  )
  const relapse = relapseOf(definition, theCase, rows, rule, calendar)
  if (!relapse) return
  const { step } = rule.relapses
  await takeStep(office, into, { step, input: { ...dated(definition, step, debt.at), ...relapse }, by: SYSTEM, at: debt.now })
}

/** The orders that a case on a common cause was opened with, by the rule or by an officer, are taken into it. */
async function joinAll(office: Office, theCase: Case, debt: Debt): Promise<void> {
  const rule = systemOpening(office.catalogue, theCase.procedure)!.recurrence!
  for (const id of (theCase.fields['orders'] as readonly string[] | undefined) ?? []) await join(office, id, theCase.id, rule, debt)
}

/** Takes one order into a case, unless it is in that one or in another one that is open. */
async function join(office: Office, orderId: string, into: string, rule: RecurrenceRule, { at, now }: Debt): Promise<void> {
  const { store, catalogue } = office
  const { rows } = await store.pool.query<{ procedure: string; isIn: boolean | null }>(
    `select c.procedure, t.id = $4::uuid or not t.is_final as "isIn" from case_file c
     left join case_file t on t.region = c.region and t.id = (c.fields->>$3)::uuid
     where c.region = $1 and c.id = $2`,
    [store.region, orderId, rule.joins.field, into],
  )
  const [order] = rows
  if (order === undefined || order.isIn || systemNamed(catalogue, order.procedure).recurrence !== rule) return
  const { definition } = await readCase(store.pool, store.region, orderId, catalogue)
  const input = { ...dated(definition, rule.joins.step, at), [rule.joins.field]: into }
  await takeStep(office, orderId, { step: rule.joins.step, input, by: SYSTEM, at: now })
}

/** The latest case that is open on this cause. */
async function caseOnCause(
  db: pg.Pool | pg.PoolClient,
  region: string,
  procedure: string,
  order: RecurringOrder,
  rule: RecurrenceRule,
): Promise<string | undefined> {
  const { rows } = await db.query<{ id: string; fields: Common }>(
    "select id, fields from case_file where region = $1 and procedure = $2 and not is_final and fields->>'topic' = $3 order by opened_on desc, id desc",
    [region, procedure, order.topic],
  )
  return rows.find(({ fields }) => isOnCause(order, fields, rule))?.id
}

/**
 * The orders of the topic that no case on a common cause has taken in, as far from this one's day as the window reaches: one that is recorded
 * late may stand before others. What they have in common beside the topic is decided by the rule.
 */
async function untraced({ store }: Office, theCase: Case, { topic }: RecurringOrder, rule: RecurrenceRule): Promise<RecurringOrder[]> {
  const [first, last] = [1 - rule.within.days, rule.within.days - 1].map((days) => dateText(dayIn(theCase.openedOn) + days))
  const { rows } = await store.pool.query<{
    id: string
    on: string
    fields: Record<string, unknown>
    personal: Record<string, unknown> | null
    joined: Record<string, unknown> | null
  }>(
    `select c.id, s.taken_on as on, c.fields, p.payload as personal, t.fields as joined
     from case_file c join step s on s.region = c.region and s.case_id = c.id and s.seq = 1 and s.step = $3
     left join personal p on p.region = c.region and p.subject = c.id::text and p.seq = 1
     left join case_file t on t.region = c.region and t.id = (c.fields->>$8)::uuid
     where c.region = $1 and c.procedure = $2 and c.opened_on between $4 and $5 and coalesce(t.fields, c.fields)->>'topic' = $6 and not c.fields ? $7`,
    [store.region, theCase.procedure, rule.step, first, last, topic, rule.joins.field, rule.merged.into],
  )
  return rows.map(({ id, on, fields, personal, joined }) =>
    recurringOrder({ id, openedOn: theCase.openedOn, fields: { ...fields, ...personal } }, on, joined ?? fields),
  )
}

async function fieldsOf({ store }: Office, id: string): Promise<Case['fields'] | undefined> {
  const { rows } = await store.pool.query<{ fields: Case['fields'] }>('select fields from case_file where region = $1 and id = $2', [
    store.region,
    id,
  ])
  return rows[0]?.fields
}
