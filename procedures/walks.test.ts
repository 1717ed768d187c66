import assert from 'node:assert/strict'
import { test } from 'node:test'
import { advance, applyStep, isFrom, SYSTEM } from '#engine/apply-step.ts'
import { catalogue } from './catalogue.ts'
import { dateIn, dateText, dayIn, instantOf, instantText } from '#engine/day.ts'
import { inventedParty, inventedPlace } from '#readings/invented.ts'
import { publishedCalendar } from '#district/calendar.ts'
import { randomOf } from '#readings/random.ts'
import { Refusal } from '#engine/refusal.ts'
import { registers } from '#registers/registers.ts'
import { registerSurroundings } from '#store/load-year.ts'
import type { Case } from '#engine/case.ts'
import type { Definition } from '#engine/definition.ts'
import type { Field, Fields } from '#engine/field.ts'
import type { Random } from '#readings/random.ts'

// Walks by chance: inputs are drawn by the kind of each field, steps are tried as the state allows, whatever a guard refuses is drawn again.
// Every step, every state and every lapse of every definition must have been reached: what no walk reaches, no case ever will.

const around = registerSurroundings(registers, publishedCalendar)
const TRIES = 60_000
const DIGEST = 'a'.repeat(64)

for (const definition of catalogue.flatMap(({ definitions }) => definitions)) {
  test(`${definition.id}@${definition.inForce.from}：每一步骤、状态与期限届满都能走到`, () => {
    const reached = walkByChance(definition)
    assert.deepEqual(
      Object.keys(definition.steps).filter((step) => !reached.steps.has(step)),
      [],
      'steps that no walk reached',
    )
    assert.deepEqual(
      Object.keys(definition.states).filter((state) => !reached.states.has(state)),
      [],
      'states that no walk reached',
    )
  })
}

function walkByChance(definition: Definition): { steps: Set<string>; states: Set<string> } {
  const random = randomOf('walks', definition.id, definition.inForce.from)
  const steps = new Set<string>()
  const states = new Set<string>()
  const pool: { theCase: Case; now: number }[] = []
  const openings = Object.keys(definition.steps).filter((id) => isFrom(definition, definition.steps[id]!, undefined))
  const begin = instantOf(
    definition.inForce.until
      ? `${Math.max(2019, Number(definition.inForce.from.slice(0, 4)) + 1)}-03-04T09:30+08:00`
      : `${Math.max(2022, Number(definition.inForce.from.slice(0, 4)) + 1)}-03-04T09:30+08:00`,
  )
  // A step that takes a case over to the next version is for cases of this version's last days.
  const switching = Object.values(definition.steps).some(({ switches }) => switches !== undefined)
  const lastDays = instantOf(`${definition.inForce.until ?? definition.inForce.from}T09:30+08:00`)
  const keep = (theCase: Case, now: number): void => {
    for (const taken of theCase.steps) steps.add(taken.step)
    // A case that has gone over to another version walks there no further.
    if (theCase.version !== definition.inForce.from) return
    states.add(theCase.state)
    pool.push({ theCase, now })
    if (pool.length > 400) pool.splice(random.whole(0, 300), 1)
  }
  const done = (): boolean => steps.size === Object.keys(definition.steps).length && states.size === Object.keys(definition.states).length

  for (let tries = 0; tries < TRIES && !done(); tries += 1) {
    const missing = Object.keys(definition.steps).filter((id) => !steps.has(id))
    if (pool.length === 0 || random.chance(0.06)) {
      const id = openings[random.whole(0, openings.length - 1)]!
      const day = switching && random.chance(0.3) ? lastDays - random.whole(0, 9) * 86_400_000 : begin
      attempt(() =>
        keep(
          taking(
            definition,
            { region: '321302', id: `0190aaaa-0000-7000-8000-${String(tries).padStart(12, '0')}`, number: String(tries), hash: 'h' },
            id,
            day,
            random,
            pool,
          ),
          day,
        ),
      )
      continue
    }
    // Half of the time a case from which a missing step may be taken at once, if there is one.
    const hopeful = random.chance(0.5)
      ? pool.filter(({ theCase }) => missing.some((id) => isFrom(definition, definition.steps[id]!, theCase.state)))
      : []
    const { theCase, now } = hopeful.length > 0 ? hopeful[random.whole(0, hopeful.length - 1)]! : pool[random.whole(0, pool.length - 1)]!
    if (definition.states[theCase.state]?.final && random.chance(0.7)) continue
    const then =
      now +
      random.pick([
        [0, 3],
        [random.whole(1, 300) * 60_000, 5],
        [random.whole(1, 4) * 86_400_000, 4],
        [random.whole(5, 100) * 86_400_000, 3],
      ])
    attempt(() => {
      const current = advance(definition, theCase, instantText(then), around)
      if (current !== theCase) keep(current, then)
      const possible = Object.keys(definition.steps).filter(
        (id) =>
          isFrom(definition, definition.steps[id]!, current.state) &&
          definition.steps[id]!.by !== 'clock' &&
          definition.steps[id]!.from.length !== 0,
      )
      const wanted = possible.filter((id) => missing.includes(id))
      const from = wanted.length > 0 && random.chance(0.6) ? wanted : possible
      if (from.length > 0) keep(taking(definition, current, from[random.whole(0, from.length - 1)]!, then, random, pool), then)
    })
  }
  return { steps, states }
}

/** What the law refuses is no failure of the walk; anything else is. */
function attempt(work: () => void): void {
  try {
    work()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
}

function taking(
  definition: Definition,
  theCase: Case | { region: string; id: string; number: string; hash: string },
  id: string,
  now: number,
  random: Random,
  pool: readonly { theCase: Case }[],
): Case {
  const step = definition.steps[id]!
  const posts = [step.by].flat() as readonly string[]
  const post = posts[random.whole(0, posts.length - 1)]!
  const known = 'fields' in theCase ? theCase.fields : {}
  const input = drawFields(step.input ?? {}, known, now, random, pool)
  if (step.on && step.input?.[step.on])
    input[step.on] = step.input[step.on]!.kind === 'instant' ? instantText(now) : dateIn(instantText(now))
  const by =
    post === 'case' || post === 'clock'
      ? SYSTEM
      : {
          post,
          organ:
            definition.posts[post]!.organ ??
            random.pick([
              ['justice', 1],
              ['grid-centre', 1],
              ['urban', 1],
              // Often an organ that the step itself names: some report only for themselves.
              ...namedOrgans(step.input ?? {}, input).map((organ): [string, number] => [organ, 2]),
            ]),
          person: `甲${random.whole(1, 4)}`,
        }
  const around2 = {
    ...around,
    digestOf: () => DIGEST,
    stateOf: (caseId: string) => pool.find((one) => one.theCase.id === caseId)?.theCase.state,
  }
  return applyStep(definition, theCase, { step: id, input, by, at: instantText(now) }, around2)
}

function namedOrgans(fields: Fields, input: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(fields).flatMap(([name, { kind }]) => (kind === 'organ' && typeof input[name] === 'string' ? [input[name]] : []))
}

function drawFields(
  fields: Fields,
  known: Readonly<Record<string, unknown>>,
  now: number,
  random: Random,
  pool: readonly { theCase: Case }[],
): Record<string, unknown> {
  const input: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(fields)) {
    // Means of service must bear out the day of the step, which chance hardly ever does.
    if (field.optional && random.chance(field.showsServiceOf === undefined ? 0.4 : 0.95)) continue
    // Often what the case says already: the same organ, the same person, the same day.
    if (known[name] !== undefined && random.chance(0.35) && field.kind !== 'date' && field.kind !== 'instant') input[name] = known[name]
    else input[name] = drawField(name, field, known, now, random, pool)
  }
  return input
}

function drawField(
  name: string,
  field: Field,
  known: Readonly<Record<string, unknown>>,
  now: number,
  random: Random,
  pool: readonly { theCase: Case }[],
): unknown {
  const today = dateIn(instantText(now))
  const near = (): string =>
    dateText(
      dayIn(today) +
        random.pick([
          [0, 8],
          [random.whole(-5, -1), 3],
          [random.whole(-40, -1), 2],
          [random.whole(1, 30), 2],
        ]),
    )
  switch (field.kind) {
    case 'choice': {
      const options = Object.keys(field.options!)
      return options[random.whole(0, options.length - 1)]
    }
    case 'flag':
      return random.chance(0.5)
    case 'integer':
    case 'money':
      return random.pick([
        [field.least ?? 0, 2],
        [random.whole(field.least ?? 0, Math.min(field.most ?? 5, (field.least ?? 0) + 5)), 5],
        [random.whole(field.least ?? 0, field.most ?? 90), 1],
      ])
    case 'ratio':
      return 0.5
    case 'date':
      return near()
    case 'instant':
      return random.chance(0.7) ? instantText(now) : `${near()}T10:00+08:00`
    case 'party':
      return inventedParty(random)
    case 'place':
      return inventedPlace(random)
    case 'file':
      return { name: '演示.pdf', sha256: '0'.repeat(64), bytes: 1 }
    case 'case':
      return pool.length > 0 ? pool[random.whole(0, pool.length - 1)]!.theCase.id : '0190aaaa-0000-7000-8000-000000000000'
    case 'list':
      return drawList(field, known, now, random, pool)
    case 'organ':
      return entryKey('organs', today, random)
    case 'subject':
      return '91321302000000000Q'
    default:
      // A text of one length is a digest, and here they are all the same.
      return field.least !== undefined && field.least === field.most ? DIGEST.slice(0, field.least) : drawText(name, known, today, random)
  }
}

function drawList(
  field: Field,
  known: Readonly<Record<string, unknown>>,
  now: number,
  random: Random,
  pool: readonly { theCase: Case }[],
): unknown[] {
  const of = field.of as Field | Fields
  const isField = typeof (of as Field).kind === 'string'
  const options = isField && (of as Field).kind === 'choice' ? Object.keys((of as Field).options!) : undefined
  // Everything that can be ticked, as often as not: conditions are mostly “all of them”.
  if (options && random.chance(0.6)) return options
  const length = random.whole(field.least ?? 0, Math.min(field.most ?? 3, (field.least ?? 0) + 3))
  return Array.from({ length }, (_, index) =>
    isField ? drawField(`entry${index}`, of as Field, known, now, random, pool) : drawFields(of as Fields, known, now, random, pool),
  )
}

/** Texts that a guard looks at are keys of registers, telephone numbers, or who approved. */
function drawText(name: string, known: Readonly<Record<string, unknown>>, today: string, random: Random): string {
  const same = known[name]
  if (typeof same === 'string' && random.chance(0.3)) return same
  const register = { topic: 'duty-directory', mediator: 'mediators', knowledgeEntry: 'knowledge', organ: 'organs' }[name]
  if (register) return entryKey(register, today, random)
  return random.pick([
    [`甲${random.whole(1, 4)}`, 3],
    ['（演示）情况已查明，理由充分，逐点答复如下。', 5],
    ['office-head', 1],
    ['organ-head', 1],
    ['13000000001', 1],
    ['321302-urban', 1],
    ['collective', 1],
  ])
}

function entryKey(register: string, day: string, random: Random): string {
  const entries = around.entriesOn(register, day)
  return entries.length > 0 ? entries[random.whole(0, entries.length - 1)]!.key : 'none'
}
