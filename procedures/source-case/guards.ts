import { dateIn } from '#engine/day.ts'
import { guard } from '#engine/guard.ts'
import { local, platform } from '#engine/citation.ts'
import { relapseOrders, sourceOrders } from './thresholds.ts'
import type { CaseView } from '#engine/case-view.ts'
import type { DerivedFact, Guard } from '#engine/guard.ts'

interface Measure {
  readonly measure: string
  readonly owner: string
  readonly dueOn: string
}

/** What the guards ask that is no field: worked out from the case. */
export const facts = {
  proof: ({ input }) => input['proof'] ?? [],
  measuresPlanned: (view) => planned(view).length,
  /** Numbers of the measures that are carried out, this step's own not included. */
  measuresDone: doneNumbers,
  measuresOpen: (view) => planned(view).length - doneNumbers(view).length,
  /** The earliest date that the plan being entered sets. */
  earliestDue: ({ input }) => earliest((input['plannedMeasures'] as readonly Measure[] | undefined) ?? []),
  /** The earliest date among the measures that are left when this one is done. */
  nextDue: (view) => {
    const done = [...doneNumbers(view), view.input['measureNumber']]
    return earliest(planned(view).filter((_, index) => !done.includes(index + 1))) ?? null
  },
  nextDueOn: ({ input }) => input['nextDueOn'] ?? null,
  verifierOrgan: ({ by }) => by.organ,
  responsibleOrgan: ({ theCase }) => theCase?.fields['organ'],
  isWatchOver: ({ clock, on }) => {
    const due = clock('watch')?.deadline?.due
    return due !== undefined && dateIn(on) > due
  },
} satisfies Record<string, DerivedFact>

export const guards = {
  'too-few-orders': guard({
    needs: [],
    may: ['orders', 'callers'],
    article: local,
    message: [
      '同类工单或不同诉求人不足三个，不自动溯源。',
      'There are fewer than three orders or callers: no source case opens by itself.',
    ],
    remedy: ['确有共性原因的，由溯源专员依职权启动。', 'Where there is a common cause all the same, an officer opens it by choice.'],
    refuses: ({ orders, callers }) => [orders, callers].some((some) => some !== undefined && sizeOf(some) < sourceOrders),
  }),
  'topic-not-in-force': guard({
    needs: ['topicInForce'],
    may: ['topic'],
    article: local,
    message: ['派单目录当日没有类别“{topic}”。', 'The duty directory has no topic “{topic}” on that day.'],
    remedy: ['从派单目录中选择类别。', 'Choose a topic of the directory.'],
    refuses: ({ topicInForce }) => topicInForce !== true,
  }),
  'organ-not-in-force': guard({
    needs: ['organInForce'],
    may: ['organ'],
    article: local,
    message: ['单位“{organ}”当日不在机构名册中。', 'Organ “{organ}” is not in the register on that day.'],
    remedy: ['交给现行的有权机构。', 'Assign it to an organ in force that holds the power.'],
    refuses: ({ organInForce }) => organInForce !== true,
  }),
  'due-dates-disagree': guard({
    needs: ['firstDueOn', 'earliestDue'],
    article: platform,
    message: [
      '首项到期日 {firstDueOn} 与各项措施中最早的日期 {earliestDue} 不一致。',
      'The first due date {firstDueOn} is not the earliest of the measures ({earliestDue}).',
    ],
    remedy: ['请核对各项措施的完成日期。', 'Check the dates of the measures.'],
    refuses: ({ firstDueOn, earliestDue }) => firstDueOn !== earliestDue,
  }),
  'measure-unknown': guard({
    needs: ['measureNumber', 'measuresPlanned'],
    article: platform,
    message: [
      '方案共 {measuresPlanned} 项，没有第 {measureNumber} 项。',
      'The plan has {measuresPlanned} measure(s); there is no no. {measureNumber}.',
    ],
    remedy: ['请核对序号。', 'Check the number.'],
    refuses: ({ measureNumber, measuresPlanned }) => measureNumber > measuresPlanned,
  }),
  'measure-already-done': guard({
    needs: ['measureNumber', 'measuresDone'],
    article: platform,
    message: ['第 {measureNumber} 项已经完成。', 'Measure no. {measureNumber} is done already.'],
    remedy: ['请核对序号；登记有误的，办理更正。', 'Check the number; a wrong entry is corrected.'],
    refuses: ({ measureNumber, measuresDone }) => (measuresDone as readonly number[]).includes(measureNumber),
  }),
  'proof-missing': guard({
    needs: ['proof'],
    article: local,
    message: ['措施完成须附证明。', 'A measure done is proved.'],
    remedy: ['上传照片、文件或验收材料。', 'Add photos or papers.'],
    refuses: ({ proof }) => !proof || proof.length === 0,
  }),
  'next-due-wrong': guard({
    needs: ['nextDueOn', 'nextDue'],
    article: platform,
    message: ['下一项到期日应为 {nextDue}。', 'The next due date is {nextDue}.'],
    remedy: ['按方案填写；全部完成的，不填。', 'Take it from the plan; leave it out when all are done.'],
    refuses: ({ nextDueOn, nextDue }) => nextDueOn !== nextDue,
  }),
  'measures-open': guard({
    needs: ['measuresOpen'],
    article: local,
    message: ['还有 {measuresOpen} 项措施未完成。', '{measuresOpen} measure(s) are not done.'],
    remedy: ['全部完成后再核验。', 'Verify when all are done.'],
    refuses: ({ measuresOpen }) => sizeOf(measuresOpen) > 0,
  }),
  'verifier-not-independent': guard({
    needs: ['verifierOrgan', 'responsibleOrgan'],
    article: local,
    message: ['核验不得由责任单位自己进行。', 'The responsible organ does not verify its own work.'],
    remedy: ['由热线机构人员到现场核验。', 'An officer of the centre verifies on the spot.'],
    refuses: ({ verifierOrgan, responsibleOrgan }) => verifierOrgan === responsibleOrgan,
  }),
  'not-on-the-spot': guard({
    needs: ['onTheSpot'],
    article: local,
    message: ['核验须到现场。', 'It is verified on the spot.'],
    remedy: ['到现场核验后再登记。', 'Go there, then record it.'],
    refuses: ({ onTheSpot }) => onTheSpot !== true,
  }),
  'no-relapse': guard({
    needs: ['relapseOrders'],
    article: local,
    message: [
      '同一类别、同一地点再次出现的工单不足两件，不认定复发。',
      'Fewer than two new orders on the same topic at the same place: it is no relapse.',
    ],
    remedy: ['继续观察。', 'Go on watching.'],
    refuses: ({ relapseOrders: orders }) => sizeOf(orders) < relapseOrders,
  }),
  'watch-not-over': guard({
    needs: ['isWatchOver'],
    article: local,
    message: ['观察期未满，不能办结。', 'The watch is not over: the case cannot be closed.'],
    remedy: ['观察期满无复发后办结。', 'Close it when the watch has ended without a relapse.'],
    refuses: ({ isWatchOver }) => isWatchOver !== true,
  }),
  'cause-not-rule-gap': guard({
    needs: ['cause'],
    article: local,
    message: ['只有制度缺失才提出修订建议。', 'A change of rule is proposed only where the rule has a gap.'],
    remedy: ['如原因有变，先重新分析。', 'If the cause is another one, analyse it again.'],
    refuses: ({ cause }) => cause !== 'rule-gap',
  }),
  'cause-not-unenforced': guard({
    needs: ['cause'],
    article: local,
    message: ['只有执行不到位才移送监督线索。', 'A clue for supervision is opened only where a rule is not enforced.'],
    remedy: ['如原因有变，先重新分析。', 'If the cause is another one, analyse it again.'],
    refuses: ({ cause }) => cause !== 'not-enforced',
  }),
} satisfies Record<string, Guard>

function planned({ theCase }: CaseView): readonly Measure[] {
  return (theCase?.fields['plannedMeasures'] as readonly Measure[] | undefined) ?? []
}

/** Of the plan that now holds: a relapse brings a new plan, and what was done under the old one is done with. */
function doneNumbers({ taken }: CaseView): number[] {
  const plan = taken('plan').at(-1)?.seq ?? 0
  return taken('measure-done')
    .filter(({ seq }) => seq > plan)
    .map(({ input }) => Number(input['measureNumber']))
}

function earliest(measures: readonly Measure[]): string | undefined {
  return measures.map(({ dueOn }) => dueOn).sort()[0]
}

function sizeOf(value: number | readonly unknown[]): number {
  return typeof value === 'number' ? value : value.length
}
