import { Refusal } from './refusal.ts'
import type { Definition } from './definition.ts'
import type { RecurrenceRule } from './recurrence-rule.ts'
import type { Indicators } from './indicator.ts'
import type { YearPlan } from './year.ts'

/** A named pure function of a system that is no clock and no guard: a fee, a surcharge. */
export type Compute = (given: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>

/** One system of the catalogue: a procedure under each version of its law, and what is read beside it. */
export interface System {
  readonly id: string
  /** The versions, oldest first. */
  readonly definitions: readonly Definition[]
  readonly indicators: Indicators
  readonly year?: YearPlan
  /** When its cases recur so that another case is opened on their common cause. */
  readonly recurrence?: RecurrenceRule
  readonly computes?: Readonly<Record<string, Compute>>
}

/** A procedure under each version of its law, oldest first. */
export type Versions = Pick<System, 'definitions'>

/**
 * The version of a procedure in force on the day on which a case was opened.
 *
 * @throws Refusal `version.none-in-force`
 */
export function definitionOn(system: Versions, openedOn: string): Definition {
  const found = system.definitions.find(
    ({ inForce }) => inForce.from <= openedOn && (inForce.until === undefined || openedOn <= inForce.until),
  )
  if (found) return found
  const spans = system.definitions.map(({ inForce }) => `${inForce.from}–${inForce.until ?? ''}`).join(', ')
  throw new Refusal({
    code: 'version.none-in-force',
    message: [
      `${openedOn} 没有适用的“${system.definitions[0]!.name[0]}”版本。`,
      `No version of “${system.definitions[0]!.name[1]}” is in force on ${openedOn}.`,
    ],
    basis: ['案件适用立案之日有效的法律。', 'A case follows the law in force when it was opened.'],
    remedy: [`已有版本：${spans}`, `Versions here: ${spans}`],
  })
}

/** The version that begins on a day; where versions were joined since, the one then in force. @throws Refusal `version.none-in-force` */
export function versionFrom(system: Versions, from: string): Definition {
  return system.definitions.find(({ inForce }) => inForce.from === from) ?? definitionOn(system, from)
}

/** @throws Refusal `procedure.unknown` */
export function systemNamed(catalogue: readonly System[], id: string): System {
  const found = catalogue.find((system) => system.id === id)
  if (found) return found
  throw new Refusal({
    code: 'procedure.unknown',
    exit: 2,
    message: [`没有“${id}”这一程序。`, `There is no procedure “${id}”.`],
    basis: ['程序目录 procedures/catalogue.ts', 'The catalogue, procedures/catalogue.ts'],
    remedy: [`已有：${catalogue.map((system) => system.id).join('、')}`, `Known: ${catalogue.map((system) => system.id).join(', ')}`],
  })
}
