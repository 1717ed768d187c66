import { dateIn } from '#engine/day.ts'
import { decisionGuards, decisionGuardsUntil2023 } from './guards.decision.ts'
import { intakeGuards, intakeGuardsUntil2023 } from './guards.intake.ts'
import { noticeGuards, serviceFacts, serviceGuards } from '../service.ts'
import { serviceLaw, serviceLawUntil2023, serving } from './serving.ts'
import { transitionGuards } from './guards.transition.ts'
import { trialGuards, trialGuardsUntil2023 } from './guards.trial.ts'
import type { DerivedFact } from '#engine/guard.ts'

const PENDING: readonly string[] = ['accepted', 'awaiting-reply', 'under-review', 'suspended']

/** What the guards ask that is no field: worked out from the case. */
export const facts = {
  ...serviceFacts(serving),
  correctionsBefore: ({ taken }) => taken('notify-correction').length,
  /** The day from which the running review counts: receipt, or the last corrected papers. */
  reviewFrom: ({ clock }) => clock('review')?.start,
  reviewDue: ({ clock }) => clock('review')?.deadline?.due,
  /** When the review for acceptance was finished: under the law of 2017 the acceptance itself bears the day of the receipt. */
  reviewFinishedOn: ({ taken }) => taken('accept').at(-1)?.input['reviewedOn'] ?? taken('deem-accepted').at(-1)?.on,
  correctDue: ({ clock }) => clock('correct')?.deadline?.due,
  /** The last day for the decision as it stands before this step. */
  due: ({ clock }) => clock('decide')?.deadline?.due,
  extensionsBefore: ({ taken }) => taken('extend').length,
  suspended: ({ theCase }) => theCase?.state === 'suspended',
  // `ground` of the case is the latest of several steps; a termination asks for that of the suspension.
  suspensionGround: ({ theCase, taken }) => (theCase?.state === 'suspended' ? taken('suspend').at(-1)?.input['ground'] : undefined),
  suspendedOn: ({ taken }) => taken('suspend').at(-1)?.on,
  attachedReviewOpen: ({ taken }) => taken('open-attached-review').length > taken('end-attached-review').length,
  viewsHeard: ({ taken }) => taken('hear-views').length + taken('hold-hearing').length > 0,
  hearingHeld: ({ taken }) => taken('hold-hearing').length > 0,
  hearingNotified: ({ taken }) => taken('notify-hearing').length > 0,
  handlersAssigned: ({ taken }) => taken('assign').length > 0,
  mediationAgreed: ({ taken }) => taken('mediate').at(-1)?.input['agreed'] === true,
  decisionServed: ({ taken }) => taken('serve').length > 0,
  opinionIssued: ({ taken }) => taken('opinion-letter').length > 0,
  /** Accepted, not concluded, and the time to decide (with what is not counted) has not run out. */
  pendingWithinLimit: ({ theCase, clock, on }) => {
    if (!PENDING.includes(theCase?.state ?? '')) return false
    const due = clock('decide')?.deadline?.due
    return due === undefined || dateIn(on) <= due
  },
  committeeConsulted: ({ taken }) => taken('consult-committee').length > 0,
  /** Duties still running, and the time to sue as long as it lasts. */
  runningClocks: ({ definition, clock, on }) =>
    ['sue', 'perform', 'perform-ordered', 'remake', 'opinion-report']
      .filter((id) => {
        const run = clock(id)
        return (
          run?.state === 'running' &&
          run.deadline !== undefined &&
          (definition.clocks[id]!.window !== true || run.deadline.due >= on.slice(0, 10))
        )
      })
      .map((id) => definition.clocks[id]!.name[0]),
} satisfies Record<string, DerivedFact>

/** Under the revision of 2023. */
export const guards = { ...intakeGuards, ...trialGuards, ...decisionGuards, ...serviceGuards(serviceLaw), ...noticeGuards(serviceLaw) }

/** Under the law of 2017; what is not listed there is the same. */
export const guardsUntil2023 = {
  ...guards,
  ...intakeGuardsUntil2023,
  ...trialGuardsUntil2023,
  ...transitionGuards,
  ...decisionGuardsUntil2023,
  ...serviceGuards(serviceLawUntil2023),
  ...noticeGuards(serviceLawUntil2023),
}
