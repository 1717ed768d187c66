import { asker, setWords, valueWords } from './clock-words.ts'
import type { Clock, Definition, LimitChoice, When } from '#engine/definition.ts'
import type { Words } from '#engine/words.ts'

/** A fact on which a clock depends, and what it can be. */
export interface AskedFact {
  readonly fact: string
  readonly name: Words
  readonly kind: 'choice' | 'number' | 'date'
  /** Of a choice: every value with its words. */
  readonly options: readonly { readonly value: string | number | boolean; readonly name: Words }[]
}

/** What must be known of a case beside its days before one of its clocks can be counted: read off the conditions of the clock. */
export function factsAsked(definition: Definition, id: string): AskedFact[] {
  const clock = definition.clocks[id]!
  const limits = ([clock.limit].flat() as readonly LimitChoice[]).map((choice) => ('fact' in choice ? choice.fact : undefined))
  const numbers = limits.filter((fact) => fact !== undefined)
  const wanted = conditionsOf(clock)
  const asked = [...wanted.keys()].filter((fact) => !numbers.includes(fact)).map((fact) => choiceOf(definition, fact, wanted.get(fact)!))
  const named = (fact: string): Words => asker(definition.steps, fact)?.name ?? [fact, fact]
  const plain = (kind: 'number' | 'date') => (fact: string) => ({ fact, name: named(fact), kind, options: [] })
  return [...asked, ...new Set(numbers)]
    .map((one) => (typeof one === 'string' ? plain('number')(one) : one))
    .concat(clock.earlierOf ? [plain('date')(clock.earlierOf.from)] : [])
}

/** Every fact that the clock's conditions name, with the values that they want of it. */
function conditionsOf({ when, limit, longer }: Clock): Map<string, Set<string | number | boolean>> {
  const wanted = new Map<string, Set<string | number | boolean>>()
  const conditions: readonly (When | undefined)[] = [
    when,
    ...([limit].flat() as readonly LimitChoice[]).map((choice) => choice.when),
    longer?.when,
    longer?.unless,
  ]
  for (const condition of conditions)
    for (const [fact, values] of Object.entries(condition ?? {})) {
      const all = wanted.get(fact) ?? new Set()
      for (const value of [values].flat() as readonly (string | number | boolean)[]) all.add(value)
      wanted.set(fact, all)
    }
  return wanted
}

function choiceOf(definition: Definition, fact: string, wanted: ReadonlySet<string | number | boolean>): AskedFact {
  const field = asker(definition.steps, fact)
  if (field?.options !== undefined) {
    const options = Object.entries(field.options).map(([value, name]) => ({ value, name }))
    return { fact, name: field.name, kind: 'choice', options }
  }
  const values = field?.kind === 'flag' ? [true, false] : [...wanted]
  const options = values.map((value) => ({ value, name: field ? valueWords(field, value) : setWords(definition, fact, [value]) }))
  return { fact, name: field?.name ?? ['办理情况', 'What was done'], kind: 'choice', options }
}
