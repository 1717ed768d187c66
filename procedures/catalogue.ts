import * as caseSupervision from './case-supervision/system.ts'
import * as documentIssue from './document-issue/system.ts'
import * as hotline from './hotline-12345/system.ts'
import * as preTrialMediation from './pre-trial-mediation/system.ts'
import * as reconsideration from './reconsideration/system.ts'
import * as sourceCase from './source-case/system.ts'
import type { System } from '#engine/system.ts'

/** The table of contents: one import and one line per system. */
export const catalogue: readonly System[] = [
  preTrialMediation.system,
  hotline.system,
  sourceCase.system,
  reconsideration.system,
  caseSupervision.system,
  documentIssue.system,
]
