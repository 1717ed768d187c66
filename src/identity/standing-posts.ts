import type { Words } from '#engine/words.ts'

/** Posts of no one procedure: who supervises all of them, and who writes the year's report. */
export const standingPosts = {
  overseer: ['监督岗', 'Overseer'],
  'report-editor': ['年度报告编写人员', 'Editor of the annual report'],
} as const satisfies Record<string, Words>
