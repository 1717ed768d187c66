import { dateIn } from '#engine/day.ts'
import { guard } from '#engine/guard.ts'
import { platform } from '#engine/citation.ts'
import type { Guard } from '#engine/guard.ts'

/** Received in the last month of the law of 2017, and accepted in the first one of the revision: only such cases may go over. */
const RECEIVED = { from: '2023-12-01', until: '2023-12-31' }
const ACCEPTED = { from: '2024-01-01', until: '2024-01-31' }

/** 新旧法衔接: the one step by which a case leaves the law under which it was received. */
export const transitionGuards = {
  'received-outside-transition': guard({
    needs: ['receivedOn'],
    article: platform,
    message: [
      '申请收到于 {receivedOn}，不在2023年12月，不能改按修订后的法律办理。',
      'The application was received on {receivedOn}, not in December 2023: the case cannot go over to the revised law.',
    ],
    remedy: ['按收到之日有效的法律办理至结案。', 'It is handled to its end under the law in force on the day of its receipt.'],
    refuses: ({ receivedOn }) => !isWithin(RECEIVED, receivedOn),
  }),
  'accepted-outside-transition': guard({
    needs: ['reviewFinishedOn'],
    article: platform,
    message: [
      '受理审查完毕于 {reviewFinishedOn}，不在2024年1月，不能改按修订后的法律办理。',
      'The review for acceptance was finished on {reviewFinishedOn}, not in January 2024: the case cannot go over to the revised law.',
    ],
    remedy: ['按收到之日有效的法律办理至结案。', 'It is handled to its end under the law in force on the day of its receipt.'],
    refuses: ({ reviewFinishedOn }) => !isWithin(ACCEPTED, reviewFinishedOn),
  }),
  // As with an extension: what has run out is not brought back by counting anew.
  'switched-outside-limit': guard({
    needs: ['switchedOn', 'reviewFinishedOn', 'due'],
    article: platform,
    message: [
      '{switchedOn} 早于受理（{reviewFinishedOn}），或者晚于原审理期限（{due}），不能改按修订后的法律办理。',
      '{switchedOn} is before the acceptance ({reviewFinishedOn}) or after the time to decide has run out ({due}): the case cannot go over.',
    ],
    remedy: ['在受理之后、原审理期限届满之前决定。', 'Decide on it after the acceptance and within the time to decide.'],
    refuses: ({ switchedOn, reviewFinishedOn, due }) =>
      Boolean(reviewFinishedOn && switchedOn < dateIn(reviewFinishedOn)) || Boolean(due && switchedOn > due),
  }),
} satisfies Record<string, Guard>

function isWithin({ from, until }: { readonly from: string; readonly until: string }, on: unknown): boolean {
  return typeof on === 'string' && from <= dateIn(on) && dateIn(on) <= until
}
