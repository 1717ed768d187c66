import { dateIn, dateText, dayIn } from '#engine/day.ts'
import { definitionOn, systemNamed } from '#engine/system.ts'
import { openCase, takeStep } from './take-step.ts'
import { openingOf, recurring, recurringOrder } from '#readings/recurrence.ts'
import { dated, SYSTEM } from '#engine/apply-step.ts'
import type { Case } from '#engine/case.ts'
import type { Office } from './take-step.ts'
import type { RecurrenceRule } from '#engine/recurrence-rule.ts'
import type { RecurringOrder } from '#readings/recurrence.ts'

/**
 * What a step sets going in other cases: the case that its definition hands over to, and the case that recurrence opens on a common cause.
 * Each is a step of its own, taken by the machine after the first is kept.
 */
export async function handOver(office: Office, theCase: Case, at: string): Promise<void> {
  const system = systemNamed(office.catalogue, theCase.procedure)
  const taken = theCase.steps.at(-1)!
  const { opens } = definitionOn(system, theCase.openedOn).steps[taken.step] ?? {}
  if (opens) {
    const target = definitionOn(systemNamed(office.catalogue, opens.procedure), dateIn(at))
    // `passes`: field of the new case → field of this one, or `id` for the link to it.
    const passed = Object.entries(opens.passes ?? {}).map(([field, from]) => [field, from === 'id' ? theCase.id : theCase.fields[from]])
    const input = { ...dated(target, opens.step, at), ...Object.fromEntries(passed.filter(([, value]) => value !== undefined)) }
    await openCase(office, opens.procedure, { step: opens.step, input, by: SYSTEM, at })
  }
  if (system.recurrence?.step === taken.step) await openOnCommonCause(office, theCase, system.recurrence, at)
}

async function openOnCommonCause(office: Office, theCase: Case, rule: RecurrenceRule, at: string): Promise<void> {
  const { store, catalogue } = office
  const target = definitionOn(systemNamed(catalogue, rule.opens.procedure), dateIn(at))
  const join = async (caseId: string, into: string): Promise<void> => {
    const system = systemNamed(catalogue, theCase.procedure)
    await takeStep(office, caseId, {
      step: rule.joins.step,
      input: { ...dated(system.definitions.at(-1)!, rule.joins.step, at), [rule.joins.field]: into },
      by: SYSTEM,
      at,
    })
  }
  for (const particulars of rule.same) {
    const own = recurringOrder(theCase)
    const same = Object.fromEntries(particulars.map((particular) => [particular, own[particular]]))
    if (Object.values(same).some((value) => !value)) continue

    const { rows: running } = await store.pool.query<{ id: string }>(
      'select id from case_file where region = $1 and procedure = $2 and not is_final and fields @> $3 order by opened_on desc limit 1',
      [store.region, target.id, JSON.stringify(same)],
    )
    if (running[0]) return join(theCase.id, running[0].id)

    const orders = await ordersAlike(office, theCase, same, rule)
    const group = recurring(orders, { ...rule, same: [particulars] }).find((one) => one.orders.some(({ id }) => id === theCase.id))
    if (!group) continue
    const input = { ...dated(target, rule.opens.step, at), ...openingOf(group, String(theCase.fields['topicName'] ?? own.topic)) }
    const { theCase: opened } = await openCase(office, target.id, { step: rule.opens.step, input, by: SYSTEM, at })
    for (const { id } of group.orders) await join(id, opened.id)
    return
  }
}

/** Orders of the window with the same particulars that no case on a common cause has taken in. */
async function ordersAlike(
  { store }: Office,
  theCase: Case,
  same: Readonly<Record<string, unknown>>,
  rule: RecurrenceRule,
): Promise<RecurringOrder[]> {
  const { topic, community, subject } = same
  const first = dateText(dayIn(theCase.openedOn) - rule.within.days + 1)
  const alike = { topic, ...(community === undefined ? {} : { place: { community } }), ...(subject === undefined ? {} : { subject }) }
  const { rows } = await store.pool.query<{
    id: string
    on: string
    fields: Record<string, unknown>
    personal: Record<string, unknown> | null
  }>(
    `select c.id, s.taken_on as on, c.fields, p.payload as personal
     from case_file c join step s on s.region = c.region and s.case_id = c.id and s.seq = 1 and s.step = $3
     left join personal p on p.region = c.region and p.subject = c.id::text and p.seq = 1
     where c.region = $1 and c.procedure = $2 and c.opened_on between $4 and $5 and c.fields @> $6 and not c.fields ? $7`,
    [store.region, theCase.procedure, rule.step, first, theCase.openedOn, JSON.stringify(alike), rule.joins.field],
  )
  return rows.map(({ id, on, fields, personal }) =>
    recurringOrder({ id, openedOn: theCase.openedOn, fields: { ...fields, ...personal } }, on),
  )
}
