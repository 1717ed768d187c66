import { intakesOf } from './guide.ts'
import type { Definition } from './definition.ts'
import type { Field, Fields } from './field.ts'
import { dateIn } from './day.ts'

/** The step by which a matter is brought through the portal; `undefined` where the public brings nothing. */
export function handInStep(definition: Definition): string | undefined {
  const step = definition.guide?.online?.opens ?? intakesOf(definition)[0]
  return step !== undefined && partyAsked(definition, step) ? step : undefined
}

/** The post in whose name whoever brought a matter takes steps of it; `undefined` where the definition has none. */
export function partyPost(definition: Definition): string | undefined {
  return definition.guide?.online?.as
}

/**
 * What a step asks of whoever takes it through the portal: neither what the system knows nor what is for whoever works on the case.
 *
 * @returns `undefined` where the step needs something that no page of the portal can ask
 */
export function partyAsked(definition: Definition, stepId: string): Fields | undefined {
  const { input = {} } = definition.steps[stepId]!
  const { left = [], sets = {} } = definition.guide?.online?.steps?.[stepId] ?? {}
  const known = new Set([...arrivalFields(definition, stepId), ...left, ...Object.keys(sets)])
  const asked = Object.entries(input).filter(([name]) => !known.has(name))
  if (asked.some(([, field]) => !field.optional && !isAskable(field))) return undefined
  return Object.fromEntries(asked.filter(([, field]) => isAskable(field)))
}

/**
 * What the system knows of such a step: when it reached the system, and that it came through the portal.
 *
 * @param at the instant of its arrival
 */
export function partyKnown(definition: Definition, stepId: string, at: string): Record<string, unknown> {
  const { input = {} } = definition.steps[stepId]!
  const arrived = arrivalFields(definition, stepId).map((name) => [name, input[name]!.kind === 'instant' ? at : dateIn(at)] as const)
  return { ...definition.guide?.online?.steps?.[stepId]?.sets, ...Object.fromEntries(arrived) }
}

/** 申请何时到达系统: the step's own day, and the others that the definition names. */
function arrivalFields(definition: Definition, stepId: string): string[] {
  const { on, input = {} } = definition.steps[stepId]!
  const { arrived = [] } = definition.guide?.online?.steps?.[stepId] ?? {}
  return [...(on === undefined ? [] : [on]), ...arrived].filter((name) => Object.hasOwn(input, name))
}

/** A record of several columns, a file and another case are asked by no plain form. */
function isAskable(field: Field): boolean {
  if (field.kind === 'file' || field.kind === 'case') return false
  if (field.kind !== 'list') return true
  return ['text', 'longText', 'person', 'choice'].includes(String((field.of as Field | undefined)?.kind))
}
