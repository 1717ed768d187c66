import type { Story, YearPlan } from '#engine/year.ts'

/**
 * How a source case runs once the recurrence rule has opened it: what it begins with (`orders`, `callers`, `topic`, `topicName` and `community`,
 * `place` or `subject`) is given by the rule, and so are its relapses.
 */
export const sourceCaseStory: Story = {
  id: 'recurring-cause',
  quota: 0,
  companionOnly: true,
  opens: ['01-01', '12-31'],
  // What comes again in the watch is analysed anew, by the same organ.
  resumes: { relapse: 'analyse' },
  moves: [
    {
      step: 'open',
      input: {
        openedAt: { instantOfStep: 0 },
        orders: { field: 'orders' },
        callers: { field: 'callers' },
        topic: { field: 'topic' },
        topicName: { field: 'topicName' },
        community: { field: 'community' },
        place: { field: 'place' },
        subject: { field: 'subject' },
      },
    },
    {
      step: 'assign',
      after: { hours: [1, 8] },
      input: {
        assignedOn: { dayOfStep: 0 },
        organ: { entryOf: 'duty-directory', where: { key: 'topic' }, field: 'organ' },
        assignmentReason: '（演示）按派单目录确定的有权机构。',
      },
    },
    {
      step: 'analyse',
      after: { workingDays: [1, 5] },
      organFrom: 'organ',
      input: {
        analysedOn: { dayOfStep: 0 },
        cause: {
          pick: [
            ['facility', 30],
            ['not-enforced', 22],
            ['service', 16],
            ['information', 12],
            ['staff', 6],
            ['rule-gap', 8],
            ['other', 6],
          ],
        },
        causeFacts: { words: '（演示）经核查，{topicName}问题反复出现，原因已查明。' },
      },
    },
    {
      step: 'propose-rule',
      after: { workingDays: [0, 1] },
      chance: 0.7,
      when: { cause: 'rule-gap' },
      by: 'handler',
      organFrom: 'organ',
      input: {
        proposedOn: { dayOfStep: 0 },
        ruleProposal: '（演示）建议补充管理规定。',
        proposalFor: {
          pick: [
            ['normative-document', 3],
            ['duty-directory', 7],
          ],
        },
      },
    },
    {
      step: 'open-clue',
      after: { workingDays: [0, 1] },
      chance: 0.5,
      when: { cause: 'not-enforced' },
      input: { clueOn: { dayOfStep: 0 }, clue: '（演示）有规定而执行不到位，移送执法监督。' },
    },
    {
      step: 'plan',
      after: { beforeDue: 'plan', workingDays: [0, 2] },
      organFrom: 'organ',
      input: {
        plannedOn: { dayOfStep: 0 },
        firstDueOn: { dayAround: [12, 25] },
        plannedMeasures: [
          {
            record: {
              measure: { words: '（演示）集中整治{topicName}问题并建立巡查制度' },
              owner: { invented: 'official' },
              dueOn: { field: 'firstDueOn' },
            },
          },
        ],
        planApprovedBy: { invented: 'official' },
      },
    },
    {
      step: 'measure-done',
      after: { beforeDue: 'measure', workingDays: [0, 6] },
      organFrom: 'organ',
      input: { doneOn: { dayOfStep: 0 }, measureNumber: 1, proof: [{ file: '整改照片.jpg' }] },
    },
    {
      step: 'verify',
      after: { workingDays: [1, 5] },
      input: { verifiedOn: { dayOfStep: 0 }, onTheSpot: true, effective: true, verification: '（演示）现场核验，措施已落实。' },
    },
    { step: 'watch', after: { workingDays: [0, 1] }, input: { watchedFrom: { dayOfStep: 0 } } },
    {
      step: 'close',
      after: { afterDue: 'watch', days: [1, 8] },
      input: { closedOn: { dayOfStep: 0 }, conclusion: '（演示）观察期内没有复发，予以办结。' },
    },
  ],
}

/** Source cases have no arrivals of their own: work orders bring them about. */
export const year: YearPlan = {
  arrivals: { months: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], weekdays: [1, 1, 1, 1, 1, 1, 1], restDays: 1, hours: 'all-day' },
  stories: [sourceCaseStory],
}
