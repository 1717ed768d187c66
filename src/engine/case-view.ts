import { runsOf } from './clocks.ts'
import { dayIn } from './day.ts'
import { effectiveAt, standing } from './case.ts'
import type { Case, StepTaken } from './case.ts'
import type { ClockRun } from './clocks.ts'
import type { Definition } from './definition.ts'
import type { Facts } from './guard.ts'
import type { Surroundings } from './apply-step.ts'

/** What a derived fact may look at: the case as it stands, and the step being taken. */
export interface CaseView {
  readonly definition: Definition
  /** Absent while the case is being opened. */
  readonly theCase: Case | undefined
  readonly input: Facts
  readonly by: { readonly post: string; readonly person: string; readonly organ: string }
  readonly on: string
  readonly at: string
  /** The steps that stand, of one kind or all. */
  taken(step?: string): readonly StepTaken[]
  /** The latest run of a clock. */
  clock(id: string): ClockRun | undefined
  /** Every run of a clock: it may run for each of several at once. */
  runs(id: string): readonly ClockRun[]
  /** The state of a linked case, at the instant at which this step takes effect. */
  stateOf(caseId: string): string | undefined
  /** Digest of a document of a linked case as it would be filled now; `undefined` where its step no longer stands. */
  digestOf(caseId: string, seq: number, document: string): string | undefined
  isWorkingDay(date: string): boolean
}

/** Looks at a case and the step being taken. */
export function viewOf(
  definition: Definition,
  theCase: Case | undefined,
  step: { input: Facts; by: CaseView['by']; on: string; at: string },
  around: Pick<Surroundings, 'calendar' | 'stateOf' | 'digestOf'>,
): CaseView {
  const steps = theCase ? standing(theCase.steps) : []
  return {
    definition,
    theCase,
    ...step,
    taken: (id) => (id === undefined ? steps : steps.filter((taken) => taken.step === id)),
    clock: (id) => (theCase ? runsOf(definition, theCase, id, around.calendar).at(-1) : undefined),
    runs: (id) => (theCase ? runsOf(definition, theCase, id, around.calendar) : []),
    digestOf: (caseId, seq, document) => around.digestOf?.(caseId, seq, document),
    stateOf: (caseId) => around.stateOf(caseId, effectiveAt(step)),
    isWorkingDay: (date) => around.calendar.isWorkingDay(dayIn(date)),
  }
}
