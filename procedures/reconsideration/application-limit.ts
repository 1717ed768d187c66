import { dateIn, dateText, dayOf } from '#engine/day.ts'
import type { Counting, Facts } from '#engine/guard.ts'

/** The day that counts for the applicant: transit is not counted (C9), so the postmark decides where there is one. */
export function appliedDay(facts: Facts): string | undefined {
  const on = facts['postmarkDate'] ?? facts['appliedOn'] ?? facts['receivedOn'] ?? facts['openedOn']
  return on ? dateIn(on) : undefined
}

/**
 * The last day on which the application could be made.
 *
 * @param untold does the law have a limit of its own where the right was not told (2023年修订第二十条第三款)?
 * @returns `undefined` where there is no limit (urgent protection of person or property) or nothing to count from
 */
export function lastDayToApply(facts: Facts, counting: Counting, untold: boolean): string | undefined {
  if (facts['inaction'] === true) {
    // 实施条例第十六条第二款: in an emergency nobody waits for a limit to run out.
    if (facts['urgent'] === true) return undefined
    const start = facts['performDueOn'] ?? facts['requestReceivedOn']
    return start
      ? lastDay('apply-inaction', start, { ...facts, noPerformLimit: facts['noPerformLimit'] ?? !facts['performDueOn'] }, counting)
      : undefined
  }
  if (untold && facts['toldRights'] === false) {
    // Whoever does not know the right yet learns it when applying at the latest; the year from knowing the content runs all the same.
    const start = facts['knewRightsOn'] ?? appliedDay(facts)
    return start && lastDay('apply-untold', start, { ...facts, knewContentOn: facts['knewContentOn'] ?? facts['learnedOn'] }, counting)
  }
  return facts['learnedOn'] ? lastDay('apply', facts['learnedOn'], facts, counting) : undefined
}

/**
 * 自障碍消除之日起继续计算: the obstacle's days are not counted. On a limit in calendar days, leaving out N days within it ends on the same day
 * as beginning N days later.
 */
function lastDay(clock: string, start: string, facts: Facts, counting: Counting): string | undefined {
  const { obstacleFrom, obstacleUntil } = facts
  const due = counting.lastDay(clock, start, facts)
  if (!due || !obstacleFrom || !obstacleUntil || obstacleFrom > due) return due
  const later = (day: string): string => {
    const days = dayOf(obstacleUntil) - Math.max(dayOf(obstacleFrom), dayOf(day) + 1)
    return days > 0 ? dateText(dayOf(day) + days) : day
  }
  // 第二十条第二款 speaks of every limit to apply, that of one year (第三款) among them.
  const { knewContentOn } = facts
  return counting.lastDay(clock, later(start), knewContentOn ? { ...facts, knewContentOn: later(knewContentOn) } : facts)
}
